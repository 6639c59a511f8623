//! The phrases that conditions look for in one text fact.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::engine::compare::is_given;
use crate::facts::{FactValue, Record, Words};
use crate::rulebook::{TextPieces, WordHasher, WordPart};

use super::bits::BitSet;
use super::path_tree::{Branch, PathTree};

/// The position of a phrase in a set.
pub(super) type PhraseNumber = u32;

/// Phrases, to be found in one pass through a text.
#[derive(Debug, Default)]
pub(super) struct PhraseSet<'a> {
    phrases: Vec<&'a Words>,
    /// The positions of the phrases by their first words.
    by_first_word: HashMap<&'a str, Vec<PhraseNumber>, BuildHasherDefault<WordHasher>>,
    /// One bit for each two bytes with which a first word begins: most words of a text need no look at the map.
    beginnings: BitSet,
    /// Pieces of letters of which an ASCII text with a phrase has one.
    pieces: TextPieces,
    /// A phrase without words is among them: nothing is known of any text.
    has_empty: bool,
}

impl<'a> PhraseSet<'a> {
    /// Adds a phrase.
    pub(super) fn add(&mut self, phrase: &'a Words) {
        let Some(first) = phrase.iter().next() else {
            self.has_empty = true;
            return;
        };
        if self.by_first_word.is_empty() {
            self.beginnings = BitSet::with_capacity(1 << 16);
        }
        self.beginnings.insert(beginning(first));
        let numbers = self.by_first_word.entry(first).or_default();
        if numbers.iter().any(|number| self.phrases.get(*number as usize) == Some(&phrase)) {
            return;
        }
        numbers.push(u32::try_from(self.phrases.len()).unwrap_or(PhraseNumber::MAX));
        self.phrases.push(phrase);
        // The words of an ASCII text are ASCII.
        if phrase.iter().all(str::is_ascii) {
            let longest = phrase.iter().map(as_in_all_forms).max_by_key(|piece| piece.len()).unwrap_or_default();
            self.pieces.add_part(longest, WordPart::Beginning);
        }
    }

    /// True if there is no phrase.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first_word.is_empty() && !self.has_empty
    }

    /// True if a phrase may be in a value that is reported: in a text, in one of several, or in a value of any other kind.
    fn may_be_in(&self, value: FactValue<'_>) -> bool {
        self.has_empty
            || match value {
                FactValue::Text(text) => text.is_some_and(|text| self.is_in(text)),
                FactValue::Texts(texts) => texts.is_some_and(|texts| texts.iter().any(|text| self.is_in(text))),
                other => !self.is_empty() && is_given(other),
            }
    }

    fn is_in(&self, text: &str) -> bool {
        if self.is_empty() || (text.is_ascii() && !self.pieces.is_in(text)) {
            return false;
        }
        self.found_in(&Words::new(text)).next().is_some()
    }

    /// The phrases that occur in some words; one that occurs twice is told twice.
    pub(super) fn found_in<'w>(&'w self, words: &'w Words) -> impl Iterator<Item = PhraseNumber> + 'w {
        let may_begin = |(_, word): &(usize, &str)| self.beginnings.contains(beginning(word));
        words.places().filter(may_begin).flat_map(move |(start, word)| {
            let numbers = self.by_first_word.get(word).into_iter().flatten().copied();
            numbers.filter(move |number| self.phrase(*number).is_some_and(|phrase| words.match_at(start, phrase).is_some()))
        })
    }

    /// The phrase with a number.
    pub(super) fn phrase(&self, number: PhraseNumber) -> Option<&'a Words> {
        self.phrases.get(number as usize).copied()
    }
}

impl PathTree<PhraseSet<'_>> {
    /// True if a phrase may be in the text of a record for which it is sought.
    pub(super) fn may_occur_in(&self, record: &dyn Record) -> bool {
        self.branches.iter().any(|Branch { row, value: phrases, children }| match record.value(*row) {
            FactValue::One(Some(Some(inner))) => children.may_occur_in(inner),
            FactValue::Many(Some(list)) => (0..list.len()).filter_map(|i| list.record(i)).any(|r| children.may_occur_in(r)),
            FactValue::One(_) | FactValue::Many(_) => false,
            value => phrases.may_be_in(value),
        })
    }
}

/// The first two bytes of a word as a number.
fn beginning(word: &str) -> usize {
    let mut bytes = word.bytes().map(usize::from);
    bytes.next().unwrap_or_default() << 8 | bytes.next().unwrap_or_default()
}

/// The beginning of a stemmed English word that all its forms have: `company` and `companies`, `knife` and `knives`.
fn as_in_all_forms(word: &str) -> &str {
    ["fe", "f", "y"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::PhraseSet;
    use crate::facts::{FactValue, Words};

    #[test]
    fn a_phrase_is_found_in_every_form() {
        let phrases = ["Foreign Trade Bank", "company", "knife", "Office 39", "КНДР", "y", "battery", "case"].map(Words::new);
        let mut set = PhraseSet::default();
        phrases.iter().for_each(|phrase| set.add(phrase));
        let texts = [
            "the FOREIGN TRADE BANKS of",
            "two Companies",
            "knives",
            "office39",
            "банк КНДР",
            "Y",
            "coastal batteries",
            "cases",
            "seashore",
            "officer 39",
            "foreign bank",
            "",
        ];
        for text in texts {
            let words = Words::new(text);
            let expected = phrases.iter().any(|phrase| words.find(phrase).next().is_some());
            assert_eq!(set.may_be_in(FactValue::Text(Some(text))), expected, "{text}");
        }
    }
}
