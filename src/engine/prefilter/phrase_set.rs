//! The phrases that conditions look for in one text fact.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::facts::{FactValue, Words};
use crate::rulebook::{TextPieces, WordHasher};

/// Phrases, by their first words.
#[derive(Debug, Default)]
pub(super) struct PhraseSet<'a> {
    by_first_word: HashMap<&'a str, Vec<&'a Words>, BuildHasherDefault<WordHasher>>,
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
        let phrases = self.by_first_word.entry(first).or_default();
        if phrases.contains(&phrase) {
            return;
        }
        phrases.push(phrase);
        // The words of an ASCII text are ASCII.
        if phrase.iter().all(str::is_ascii) {
            self.pieces.add(phrase.iter().map(as_in_all_forms).max_by_key(|piece| piece.len()).unwrap_or_default());
        }
    }

    /// True if there is no phrase.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first_word.is_empty() && !self.has_empty
    }

    /// True if a phrase may be in a value: in a text, in one of several, or in a value of any other kind.
    pub(super) fn may_occur_in(&self, value: FactValue<'_>) -> bool {
        self.has_empty
            || match value {
                FactValue::Text(text) => text.is_some_and(|text| self.is_in(text)),
                FactValue::Texts(texts) => texts.is_some_and(|texts| texts.iter().any(|text| self.is_in(text))),
                _ => !self.is_empty(),
            }
    }

    fn is_in(&self, text: &str) -> bool {
        if self.is_empty() || (text.is_ascii() && !self.pieces.is_in(text)) {
            return false;
        }
        let words = Words::new(text);
        words.places().any(|(start, word)| {
            let phrases = self.by_first_word.get(word).into_iter().flatten();
            phrases.into_iter().any(|phrase| words.match_at(start, phrase).is_some())
        })
    }
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
            assert_eq!(set.may_occur_in(FactValue::Text(Some(text))), expected, "{text}");
        }
    }
}
