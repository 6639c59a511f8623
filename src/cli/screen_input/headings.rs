//! What the columns and keys of lists of names are called, and what of a party they hold.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::facts::fold;
use crate::intake::is_name_of_party;

/// What a column or key says of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A name as a whole.
    Name,
    /// The given names.
    Given,
    /// A name between the given one and the surname: a patronymic, a second name.
    Middle,
    /// The surname.
    Surname,
    /// Other names, with `;` between them.
    Alias,
    /// Person, entity or vessel.
    Kind,
    /// The date or year of birth.
    Born,
    /// A nationality or flag.
    Country,
    /// Male or female.
    Gender,
    /// A number of which the heading does not say what it is.
    Id,
    /// The number of a document, an IMO number, a BIC, the reference number of a listing.
    Identifier,
    /// The day of the act.
    On,
}

/// The columns that every message can name, by which all others are understood.
pub(super) const KNOWN: &str = "name, kind, born, country, gender, passport, document, imo, bic, reference, id and on";

/// The names of columns and keys.
#[derive(Debug, Default)]
struct Names {
    /// What each holds, as it is compared: lower case, without blanks, marks and accents.
    fields: HashMap<String, Field>,
    /// Words for parties of every kind.
    parties: HashSet<&'static str>,
    /// Words that say nothing else beside one for a party.
    beside: HashSet<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for line in include_str!("headings.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((head, words)) = line.split_once(':') else { continue };
        let words = words.split_whitespace();
        match (head, Field::of_word(head)) {
            ("party", _) => names.parties.extend(words),
            ("beside", _) => names.beside.extend(words),
            (_, Some(field)) => {
                for word in words {
                    names.fields.entry(fold(word).replace(' ', "")).or_insert(field);
                }
            }
            _ => {}
        }
    }
    names
});

impl Field {
    fn of_word(word: &str) -> Option<Field> {
        Some(match word {
            "name" => Field::Name,
            "given" => Field::Given,
            "middle" => Field::Middle,
            "surname" => Field::Surname,
            "alias" => Field::Alias,
            "kind" => Field::Kind,
            "born" => Field::Born,
            "country" => Field::Country,
            "gender" => Field::Gender,
            "id" => Field::Id,
            "identifier" => Field::Identifier,
            "on" => Field::On,
            _ => return None,
        })
    }
}

/// True for a heading that says no more than *name*, which beside a first name means the surname, and beside a surname the first name.
pub(super) fn is_bare_name(heading: &str) -> bool {
    matches!(fold(heading).as_str(), "name" | "nom" | "nombre" | "nome" | "имя" | "naam" | "ad")
}

/// What a column or key holds; `None` if that is nothing that screening uses.
pub(super) fn field_of(heading: &str) -> Option<Field> {
    let bare = heading.split(['(', '（', '[']).next().unwrap_or_default();
    let pair = || heading.split(['/', '|', '\n', '\\']).filter(|part| part.trim() != heading.trim());
    of_one(heading)
        .or_else(|| of_one(bare))
        .or_else(|| pair().find_map(of_one))
        .or_else(|| is_name_of_party(heading.trim()).then_some(Field::Name))
}

fn of_one(heading: &str) -> Option<Field> {
    let folded = fold(&apart(heading));
    let key: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit());
    let known = |key: &str| NAMES.fields.get(key).copied();
    if key.is_empty() {
        return None;
    }
    known(key).or_else(|| by_words(&folded, &known))
}

/// Reads a heading by its words: `Name of the customer`, `Client's date of birth`, `Director 2 last name`.
fn by_words(folded: &str, known: &impl Fn(&str) -> Option<Field>) -> Option<Field> {
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let is_party = |word: &&str| -> bool {
        let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let singular = singular.as_deref().or(word.strip_suffix('s')).unwrap_or(word);
        NAMES.parties.contains(word) || NAMES.parties.contains(singular)
    };
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    // What is left without whose it is: `first name` of `Director 2 first name`.
    let is_kept = |word: &&str| (*word == "name" || !is_party(word)) && !matches!(*word, "the" | "s" | "a") && !is_number(word);
    let what: String = words.iter().copied().filter(is_kept).collect();
    // A `reference` is that of a listing only where the heading says no more.
    let found = |key: &str| known(key).filter(|field| key != "reference" && !matches!(field, Field::Kind | Field::On));
    let rest: String = words.iter().copied().filter(|word| !is_party(word) && !NAMES.beside.contains(word)).collect();
    match found(&what) {
        Some(field) => Some(field),
        None if rest.is_empty() => words.iter().any(is_party).then_some(Field::Name),
        None => found(&rest),
    }
}

/// A heading with a blank between the words of `fullName`.
fn apart(heading: &str) -> String {
    let mut apart = String::with_capacity(heading.len());
    let mut was_small = false;
    for c in heading.trim().chars() {
        if was_small && c.is_uppercase() {
            apart.push(' ');
        }
        was_small = c.is_lowercase();
        apart.push(if c == '_' { ' ' } else { c });
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::{Field, field_of};

    #[test]
    fn headings_are_read_as_people_write_them() {
        for (field, headings) in [
            (
                Some(Field::Name),
                &[
                    "Full Name",
                    "fullName",
                    "full_name",
                    "Customer",
                    "NAME",
                    "姓名",
                    "ФИО",
                    "Name of customer",
                    "Beneficiary Name",
                    "Account holder",
                    "customers",
                    "Company name (as registered)",
                    "ФИО / Full name",
                    "Nom",
                    "Firma",
                    "Consignee",
                    "Ultimate beneficial owner",
                    "Vessel",
                    "이름",
                ][..],
            ),
            (Some(Field::Given), &["First Name", "given_name", "Vorname", "Director first name", "firstName"]),
            (Some(Field::Surname), &["Last Name", "Surname", "Фамилия", "lastName", "Family name(s)"]),
            (Some(Field::Born), &["DOB", "Date of birth", "dateOfBirth", "Дата рождения", "出生日期", "D.O.B.", "Customer DOB"]),
            (Some(Field::Country), &["Nationality", "Гражданство", "Country", "国籍", "Customer nationality"]),
            (Some(Field::Identifier), &["Passport No", "Passport number", "IMO", "IMO No."]),
            (Some(Field::Id), &["ID", "Customer ID", "id"]),
            (None, &["Notes", "Address", "Amount", "Street", "Place of birth", "Date", "nmae", "List of things", "City"]),
        ] {
            for heading in headings {
                assert_eq!(field_of(heading), field, "{heading}");
            }
        }
    }
}
