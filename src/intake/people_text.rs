//! A group of people in one text: `300 loggers`, `about 450 North Korean bricklayers`.

use crate::facts::{CodedTerm, Range, Scheme, Term, fold};
use crate::rulebook::Vocabulary;

/// What a text says of a group of people.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PeopleText<'t> {
    /// How many there are.
    pub(super) count: Option<Range>,
    /// The State of which they are nationals, or the States of which it is one.
    pub(super) nationality: Option<CodedTerm>,
    /// A word that may name a State, or a thing.
    pub(super) doubtful: Option<&'t str>,
    /// What they do; `None` if nothing more is said.
    pub(super) occupation: Option<&'t str>,
}

impl<'t> PeopleText<'t> {
    /// Reads a text: a number, then a nationality, then what the people do, any of which may be missing.
    pub(super) fn read(text: &'t str, vocabulary: &Vocabulary) -> Self {
        let text = text.trim();
        let (count, rest) = match Range::parse(text) {
            Ok((range, rest)) if Range::number_with_two_readings(text).is_none() => (Some(range), rest.trim()),
            _ => (None, text),
        };
        let (nationality, doubtful, rest) = match nationality(rest, vocabulary) {
            Nationality::Is(is, rest) => (Some(is), None, rest),
            Nationality::Doubtful(word) => (None, Some(word), rest),
            Nationality::Untold => (None, None, rest),
        };
        let says_only_people = ["people", "persons", "nationals", "citizens", "человек", "명", "人"].contains(&rest);
        Self { count, nationality, doubtful, occupation: Some(rest).filter(|rest| !rest.is_empty() && !says_only_people) }
    }
}

/// True for a text that is the name of one person and says nothing of a group: `Ri Invented`.
pub(super) fn is_name_of_a_person(people: &PeopleText<'_>) -> bool {
    let words = |text: &str| {
        let all: Vec<&str> = text.split_whitespace().collect();
        let begins =
            |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'.".contains(c));
        (2..=5).contains(&all.len()) && all.iter().all(begins) && !all.iter().all(|word| word.chars().all(char::is_uppercase))
    };
    people.count.is_none() && people.nationality.is_none() && people.occupation.is_some_and(words)
}

/// The States whose adjective or name begins or ends a text, and the rest of it.
///
/// A nationality stands as an adjective or as a full name in its place: no code of letters is one (`IT workers`), and no word of
/// other things where these may be meant (`Turkey farm hands`, `Chinese restaurant cooks`).
fn nationality<'t>(text: &'t str, vocabulary: &Vocabulary) -> Nationality<'t> {
    match before_the_people(text, vocabulary) {
        Nationality::Untold => from_a_state(text, vocabulary).map_or(Nationality::Untold, |(is, rest)| Nationality::Is(is, rest)),
        // `IT experts from North Korea`
        Nationality::Doubtful(word) => match from_a_state(text, vocabulary) {
            Some((is, rest)) => Nationality::Is(is, rest),
            None => Nationality::Doubtful(word),
        },
        found => found,
    }
}

/// What a text says of the nationality of people.
enum Nationality<'t> {
    Untold,
    Is(CodedTerm, &'t str),
    /// The word may name a State, and may be one of other things.
    Doubtful(&'t str),
}

/// The longest adjective or name of a State that begins a text.
fn before_the_people<'t>(text: &'t str, vocabulary: &Vocabulary) -> Nationality<'t> {
    /// The most words of an adjective or name.
    const MOST_WORDS: usize = 4;
    let ends = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS).chain([text.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.dedup();
    let found = ends.into_iter().rev().find_map(|end| {
        let (name, rest) = text.split_at_checked(end)?;
        let is = vocabulary.find(&[Scheme::Country], name);
        let is = is.or_else(|| vocabulary.find(&[Scheme::Country], name.strip_suffix('s')?))?;
        Some((is, name, rest.trim()))
    });
    match found {
        None => Nationality::Untold,
        Some((_, name, _)) if is_of_a_job(name, vocabulary) => Nationality::Untold,
        Some((is, name, rest)) if is_in_its_place(&is, name, rest, vocabulary) => Nationality::Is(is, rest),
        Some((_, name, _)) => Nationality::Doubtful(name),
    }
}

/// True for letters that stand for a trade or a thing, and for small letters, which are a word: `IT`, `it`, `us`.
fn is_of_a_job(name: &str, vocabulary: &Vocabulary) -> bool {
    let is_code = name.len() <= 3 && name.is_ascii();
    is_code && (vocabulary.phrase_words().abbreviations.has(&fold(name)) && !IN_RUNNING_TEXT.contains(&name) || is_small(name))
}

fn is_small(name: &str) -> bool {
    !name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// Abbreviations of names that stand in running text.
const IN_RUNNING_TEXT: [&str; 9] = ["US", "USA", "UK", "UAE", "PRC", "ROK", "DRC", "DR Congo", "KSA"];

/// True if a name or adjective of a State in front of people says of which State they are.
fn is_in_its_place(is: &CodedTerm, name: &str, rest: &str, vocabulary: &Vocabulary) -> bool {
    /// Nouns for people of whom no trade is said.
    const PEOPLE: [&str; 14] = [
        "nationals",
        "citizens",
        "workers",
        "people",
        "persons",
        "soldiers",
        "troops",
        "labourers",
        "laborers",
        "students",
        "diplomats",
        "migrants",
        "officials",
        "expatriates",
    ];
    let lists = vocabulary.phrase_words();
    let states: &[Term] = match is {
        CodedTerm::Term(state) => std::slice::from_ref(state),
        CodedTerm::OneOf(states) => states,
        CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => return false,
    };
    let is_letter = |c: char| c.is_alphabetic();
    if name.is_ascii() && name.len() <= 3 && name.chars().all(|c| is_letter(c) || c.is_ascii_digit()) {
        // A code by itself is no running text: `people: [KP]`.
        return IN_RUNNING_TEXT.contains(&name) || rest.is_empty() && !is_small(name);
    }
    let folded = fold(name);
    let is_adjective = states.iter().any(|state| {
        vocabulary
            .adjectives(*state)
            .iter()
            .map(|own| fold(own))
            .any(|own| own == folded || folded.strip_suffix('s') == Some(&own))
    });
    let first = fold(rest.split_whitespace().next().unwrap_or_default());
    let words = rest.split_whitespace().count();
    let is_capitals = name.chars().filter(|c| is_letter(*c)).all(char::is_uppercase);
    // Other scripts than the Latin, Greek and Cyrillic have no capitals.
    let may_be_name = !is_small(name);
    if is_adjective {
        return may_be_name && !(words > 1 && lists.things.has(&first));
    }
    // A full name in place of an adjective: of several words, in capitals, or before people of whom no more is said.
    let is_homograph = lists.homographs.has(&folded);
    let is_thing = words > 0 && lists.things.has(&first);
    may_be_name
        && !(is_thing && words > 1)
        && (rest.is_empty()
            || PEOPLE.contains(&rest)
            || is_capitals && !is_homograph
            || folded.contains(' ')
            || words == 1 && !is_homograph
            || !name.is_ascii())
}

/// The State behind `from` or `of` at the end of a text, and what stands before it: `builders from North Korea`.
fn from_a_state<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(CodedTerm, &'t str)> {
    let (people, state) = [" from ", " of "].iter().find_map(|mark| text.rsplit_once(mark))?;
    let state = state.trim_end_matches(" nationality").trim();
    let state = ["the ", "The "].iter().find_map(|article| state.strip_prefix(article)).unwrap_or(state);
    let is_name = !is_small(state) && (state.len() > 3 || IN_RUNNING_TEXT.contains(&state));
    let found = vocabulary.find(&[Scheme::Country], state).filter(|_| is_name)?;
    matches!(found, CodedTerm::Term(_) | CodedTerm::OneOf(_)).then(|| (found, people.trim()))
}

#[cfg(test)]
mod tests {
    use super::PeopleText;
    use crate::facts::CodedTerm;
    use crate::rulebook::Rulebook;

    #[test]
    fn number_nationality_and_occupation_are_told_apart() {
        let rulebook = Rulebook::built_in().unwrap();
        for (text, count, nationality, occupation) in [
            ("300 loggers", Some("300"), "", Some("loggers")),
            ("North Korean builders", None, "KP", Some("builders")),
            ("450 North Koreans", Some("450"), "KP", None),
            ("DPRK nationals", None, "KP", None),
            ("US soldiers", None, "US", Some("soldiers")),
            ("welders", None, "", Some("welders")),
            ("two dozen cooks", Some("24"), "", Some("cooks")),
            ("300 IT workers", Some("300"), "", Some("IT workers")),
            ("300 North Korean IT workers", Some("300"), "KP", Some("IT workers")),
            ("3 it specialists", Some("3"), "", Some("it specialists")),
            ("IT experts from North Korea", None, "KP", Some("IT experts")),
            ("12 builders from the DPRK", Some("12"), "KP", Some("builders")),
            ("HR managers", None, "", Some("HR managers")),
            ("ID card printers", None, "", Some("ID card printers")),
            ("MD doctors", None, "", Some("MD doctors")),
            ("20 KP builders", Some("20"), "?", Some("KP builders")),
            ("30 Turkey farm hands", Some("30"), "?", Some("Turkey farm hands")),
            ("guinea pig breeders", None, "?", Some("guinea pig breeders")),
            ("china makers", None, "?", Some("china makers")),
            ("Jordan River divers", None, "?", Some("Jordan River divers")),
            ("Chinese restaurant cooks", None, "?", Some("Chinese restaurant cooks")),
            ("Chinese construction workers", None, "CN", Some("construction workers")),
            ("Turkish nationals", None, "TR", None),
            ("Turkey nationals", None, "TR", None),
            ("North Korea workers", None, "KP", Some("workers")),
            ("KP", None, "KP", None),
            ("Cuba doctors", None, "CU", Some("doctors")),
            ("CAR mechanics", None, "?", Some("CAR mechanics")),
            ("40 Nepalese guards", Some("40"), "NP", Some("guards")),
        ] {
            let read = PeopleText::read(text, &rulebook.vocabulary);
            assert_eq!(read.count.map(|count| count.to_string()).as_deref(), count, "{text}");
            let is = match read.nationality {
                Some(CodedTerm::Term(state)) => rulebook.vocabulary.id(state),
                _ => read.doubtful.map_or("", |_| "?"),
            };
            assert_eq!(is, nationality, "{text}");
            assert_eq!(read.occupation, occupation, "{text}");
        }
    }
}
