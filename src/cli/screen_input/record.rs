//! What one row or record says of a party, and the names that it gives to screen.

use std::collections::BTreeSet;

use crate::document::{Code, Diagnostic, Span};
use crate::facts::is_placeholder;
use crate::lists::EntryKind;
use crate::screening::Query;

use super::NamesRead;
use super::births::{DateHabit, HowRead};
use super::headings::{Field, is_bare_name};

/// The most words of a name that are compared.
const MOST_WORDS: usize = 30;

/// A row of a table or a record of a document.
#[derive(Debug, Default)]
pub(super) struct Record {
    names: Vec<(String, Span)>,
    /// A name under a heading that says no more, which may be a part of one.
    bare: Option<(String, Span)>,
    /// Given names, names in the middle, surnames.
    parts: [Vec<String>; 3],
    parts_at: Option<Span>,
    facts: Query,
    /// True if a value of it was refused as a name, and told.
    pub(super) is_refused: bool,
}

impl Record {
    /// Takes a value under a heading.
    pub(super) fn take(&mut self, read: &mut NamesRead, field: Field, heading: &str, value: (&str, Span), habit: DateHabit) {
        let (text, at) = (value.0.trim(), value.1);
        if text.is_empty() || is_placeholder(text) {
            return;
        }
        let facts = &mut self.facts;
        match field {
            Field::Name | Field::Alias if !has_letter(text) => {
                read.error(
                    at,
                    format!("`{text}` is no name: nothing of it can be compared"),
                    "give a name under this heading, or leave it empty",
                );
                self.is_refused = true;
            }
            Field::Name if is_bare_name(heading) && self.bare.is_none() => self.bare = Some((text.to_owned(), at)),
            Field::Name | Field::Alias => self.names.extend(several_names(text).map(|name| (name.to_owned(), at))),
            Field::Given | Field::Middle | Field::Surname => {
                let part = match field {
                    Field::Given => 0,
                    Field::Middle => 1,
                    _ => 2,
                };
                self.parts_at.get_or_insert(at);
                self.parts.get_mut(part).into_iter().for_each(|parts| parts.push(text.to_owned()));
            }
            Field::Kind => match kind_of(text) {
                Some(kind) => facts.kind = Some(kind),
                None => read.tell_once(
                    at,
                    format!("`{text}` is no kind that is known, and the name was compared with all"),
                    "write person, entity or vessel",
                ),
            },
            Field::Born => match habit.read(text) {
                Some(birth) => {
                    facts.born = Some(birth.days);
                    let (from, to) = birth.days;
                    match birth.how {
                        HowRead::Whole => {}
                        HowRead::TwoReadings => read.warn(
                            Code::DateReadings,
                            at,
                            format!("`{text}` can be {from} or {to}, and a date of birth between them agrees with it"),
                            "write YYYY-MM-DD",
                        ),
                        HowRead::YearsOnly => read.warn(
                            Code::NearKey,
                            at,
                            format!("of `{text}` only the year was read"),
                            "write YYYY-MM-DD, YYYY-MM or YYYY",
                        ),
                    }
                }
                None => read.warn(
                    Code::KeyNotRead,
                    at,
                    format!("`{text}` is no date of birth, and the name was screened without one"),
                    "write YYYY-MM-DD, YYYY-MM or YYYY",
                ),
            },
            Field::Country => {
                read.countries.entry(text.to_owned()).or_insert(at);
                facts.countries.push(text.to_owned());
            }
            Field::Gender => facts.gender = gender(text).map(str::to_owned).or(Some(text.to_owned())),
            // `IMO 9074729` says what it numbers; a number alone may be that of a row or of one's own file.
            Field::Id => ids(text).for_each(|id| match says_its_kind(&id) {
                true => facts.identifiers.push(id),
                false => facts.numbers.push(id),
            }),
            Field::Identifier => facts.identifiers.extend(ids(text)),
            Field::On => match text.parse() {
                Ok(day) => facts.on = Some(day),
                Err(_) => {
                    read.error(at, format!("`{text}` is no date; expected YYYY-MM-DD"), "write the day on which the party acted")
                }
            },
        }
    }

    /// True if it has a name, or a name that was refused.
    pub(super) fn has_name(&self) -> bool {
        self.is_refused || self.bare.is_some() || !self.names.is_empty() || self.parts.iter().any(|parts| !parts.is_empty())
    }

    /// Adds its names to those that are screened. Returns whether there is one.
    pub(super) fn finish(mut self, read: &mut NamesRead) -> bool {
        let [given, middle, surname] = &self.parts;
        let bare = self.bare.take();
        let has_words_of =
            |name: &str, parts: &[String]| parts.iter().all(|part| name.to_lowercase().contains(&part.to_lowercase()));
        let mut names = Vec::new();
        let all = |first: &[String], last: &[String]| [first, middle.as_slice(), last].concat();
        let whole = match &bare {
            Some((name, at)) => {
                let own = [name.clone()];
                let parts = match (given.is_empty(), surname.is_empty()) {
                    _ if has_words_of(name, &all(given, surname)) => own.to_vec(),
                    (true, true) => own.to_vec(),
                    (false, true) => all(given, &own),
                    (true, false) => all(&own, surname),
                    (false, false) => {
                        names.push((name.clone(), *at));
                        all(given, surname)
                    }
                };
                Some((parts, *at))
            }
            None => {
                let parts = all(given, surname);
                let is_said = self.names.iter().any(|(name, _)| has_words_of(name, &parts));
                self.parts_at.filter(|_| !parts.is_empty() && !is_said).map(|at| (parts, at))
            }
        };
        if let Some((parts, at)) = whole {
            let name = match parts.as_slice() {
                [only] => only.clone(),
                parts if !surname.is_empty() && parts.iter().all(|part| is_unspaced(part)) => {
                    surname.iter().chain(parts.iter().filter(|part| !surname.contains(part))).cloned().collect()
                }
                parts => parts.join(" "),
            };
            names.extend(several_names(&name).map(|name| (name.to_owned(), at)));
        }
        names.append(&mut self.names);
        let is_named = !names.is_empty() || self.is_refused;
        for (name, at) in names {
            read.add(name, at, &self.facts);
        }
        is_named
    }
}

impl NamesRead {
    /// Adds a name to those that are screened, unless it has more words than any name.
    pub(super) fn add(&mut self, name: String, at: Span, facts: &Query) {
        if name.split_whitespace().count() > MOST_WORDS {
            let message = format!("this has more than the {MOST_WORDS} words of a name that are compared");
            self.error(at, message, "give each name a line, row or record of its own");
            return;
        }
        self.queries.push(Query { name, ..facts.clone() });
    }

    /// Says something once for a text, however often it comes.
    pub(super) fn tell_once(&mut self, at: Span, message: String, help: &str) {
        if self.told.insert(message.clone()) {
            self.warn(Code::KeyNotRead, at, message, help);
        }
    }

    pub(super) fn warn(&mut self, code: Code, at: Span, message: String, help: &str) {
        self.problems.push(Diagnostic::new(code, at, message).help(help));
    }

    pub(super) fn error(&mut self, at: Span, message: String, help: &str) {
        self.warn(Code::NamesUnreadable, at, message, help);
    }

    /// Says which columns or keys were not read.
    pub(super) fn tell_unread(&mut self, noun: (&str, &str), unread: &BTreeSet<(Span, String)>) {
        const SHOWN: usize = 8;
        let Some((at, _)) = unread.first() else { return };
        let mut names: Vec<String> = unread.iter().take(SHOWN).map(|(_, name)| format!("`{name}`")).collect();
        if unread.len() > SHOWN {
            names.push(format!("{} more", unread.len() - SHOWN));
        }
        let (noun, verb) = if unread.len() == 1 { (noun.0, "was") } else { (noun.1, "were") };
        let message = format!("the {noun} {} {verb} not read", names.join(", "));
        let help = format!("read are {}", super::headings::KNOWN);
        self.warn(Code::KeyNotRead, *at, message, &help);
    }
}

/// True if there is something in a text that can be compared as a name.
pub(super) fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The names of a text that holds several, with `;` or line breaks between them.
pub(super) fn several_names(text: &str) -> impl Iterator<Item = &str> {
    let parts = || text.split([';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let are_names = parts().all(has_letter);
    parts().filter(move |_| are_names).chain(std::iter::once(text).filter(move |_| !are_names))
}

fn ids(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split([';', '\n']).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// True for a number behind the word for what it is: `IMO 9074729`, `Passport: A1234567`.
fn says_its_kind(id: &str) -> bool {
    let (kind, number) = id.split_once([' ', ':']).unwrap_or_default();
    kind.chars().count() > 1 && kind.chars().all(char::is_alphabetic) && number.chars().any(|c| c.is_ascii_digit())
}

/// True for a text in a script that has no blanks between surname and given name.
fn is_unspaced(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

/// The kind that a word means.
pub(super) fn kind_of(word: &str) -> Option<EntryKind> {
    const PERSON: &[&str] = &[
        "person",
        "individual",
        "natural person",
        "private person",
        "private individual",
        "private",
        "physical person",
        "people",
        "human",
        "p",
        "np",
        "физическое лицо",
        "физлицо",
        "физ. лицо",
        "фл",
        "个人",
        "自然人",
        "개인",
        "personne physique",
        "persona física",
        "persona fisica",
        "natürliche person",
        "privatperson",
        "pessoa física",
    ];
    const ENTITY: &[&str] = &[
        "entity",
        "company",
        "organisation",
        "organization",
        "legal entity",
        "legal person",
        "business",
        "corporate",
        "corporation",
        "firm",
        "bank",
        "group",
        "body",
        "institution",
        "e",
        "le",
        "юридическое лицо",
        "юрлицо",
        "юр. лицо",
        "юл",
        "компания",
        "企业",
        "公司",
        "法人",
        "기업",
        "법인",
        "회사",
        "personne morale",
        "société",
        "persona jurídica",
        "persona juridica",
        "empresa",
        "juristische person",
        "firma",
        "unternehmen",
        "pessoa jurídica",
    ];
    const VESSEL: &[&str] =
        &["vessel", "ship", "boat", "tanker", "судно", "船", "船舶", "선박", "navire", "buque", "schiff", "navio"];
    let word = word.trim().to_lowercase();
    let kinds = [(PERSON, EntryKind::Person), (ENTITY, EntryKind::Entity), (VESSEL, EntryKind::Vessel)];
    kinds.into_iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, kind)| kind)
}

/// The gender that a word or letter means.
fn gender(word: &str) -> Option<&'static str> {
    match word.trim().to_lowercase().as_str() {
        "m" | "male" | "man" | "м" | "муж" | "мужской" | "男" | "남" | "남성" | "homme" | "hombre" | "masculin" | "männlich"
        | "mann" | "ذكر" => Some("male"),
        "f" | "female" | "woman" | "w" | "ж" | "жен" | "женский" | "女" | "여" | "여성" | "femme" | "mujer" | "féminin"
        | "weiblich" | "frau" | "أنثى" => Some("female"),
        _ => None,
    }
}
