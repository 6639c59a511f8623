//! The phrases that conditions look for in one text fact.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::facts::{FactValue, Words};
use crate::rulebook::WordHasher;

/// Phrases, by their first words.
#[derive(Debug, Default)]
pub(super) struct PhraseSet<'a> {
    by_first_word: HashMap<&'a str, Vec<&'a Words>, BuildHasherDefault<WordHasher>>,
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
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
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
        let words = Words::new(text);
        let phrases = words.iter().filter_map(|word| self.by_first_word.get(word)).flatten();
        phrases.into_iter().any(|phrase| words.find(phrase).next().is_some())
    }
}
