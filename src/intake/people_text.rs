//! A group of people in one text: `300 loggers`, `about 450 North Korean bricklayers`.

use crate::facts::{CodedTerm, Range, Scheme, Term};
use crate::rulebook::Vocabulary;

/// What a text says of a group of people.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PeopleText<'t> {
    /// How many there are.
    pub(super) count: Option<Range>,
    /// The State of which they are nationals.
    pub(super) nationality: Option<Term>,
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
        let (nationality, rest) = match nationality(rest, vocabulary) {
            Some((term, rest)) => (Some(term), rest),
            None => (None, rest),
        };
        let says_only_people = ["people", "persons", "nationals", "citizens", "человек", "명", "人"].contains(&rest);
        Self { count, nationality, occupation: Some(rest).filter(|rest| !rest.is_empty() && !says_only_people) }
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

/// The State whose adjective or name begins a text, and the text behind it: the longest that is one.
fn nationality<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(Term, &'t str)> {
    /// The most words of an adjective or name.
    const MOST_WORDS: usize = 4;
    let ends = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS).chain([text.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.dedup();
    ends.into_iter().rev().find_map(|end| {
        let (name, rest) = text.split_at_checked(end)?;
        let state = |name| match vocabulary.find(&[Scheme::Country], name) {
            Some(CodedTerm::Term(term)) => Some(term),
            _ => None,
        };
        let term = state(name).or_else(|| state(name.strip_suffix('s')?))?;
        Some((term, rest.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::PeopleText;
    use crate::rulebook::Rulebook;

    #[test]
    fn number_nationality_and_occupation_are_told_apart() {
        let rulebook = Rulebook::built_in().unwrap();
        for (text, count, nationality, occupation) in [
            ("300 loggers", Some("300"), None, Some("loggers")),
            ("North Korean builders", None, Some("KP"), Some("builders")),
            ("450 North Koreans", Some("450"), Some("KP"), None),
            ("DPRK nationals", None, Some("KP"), None),
            ("welders", None, None, Some("welders")),
            ("two dozen cooks", Some("24"), None, Some("cooks")),
        ] {
            let read = PeopleText::read(text, &rulebook.vocabulary);
            assert_eq!(read.count.map(|count| count.to_string()).as_deref(), count, "{text}");
            assert_eq!(read.nationality.map(|term| rulebook.vocabulary.id(term)), nationality, "{text}");
            assert_eq!(read.occupation, occupation, "{text}");
        }
    }
}
