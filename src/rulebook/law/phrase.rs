//! Phrases by which people describe goods, and an index to find many of them in a text at once.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::facts::Words;
use crate::rulebook::word_map::WordMap;

/// A phrase of a list of goods, folded into words. In a pattern such as `{calibre} mm mortar`, `{calibre}` matches any
/// number within the list's calibres.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The phrase as written.
    pub written: String,
    parts: Vec<Words>,
    calibres: Vec<(Decimal, Decimal)>,
}

/// Phrases indexed by their first words, so that only those whose first word is in a text are compared with it.
#[derive(Debug, Default)]
pub struct PhraseIndex {
    phrases: Vec<Phrase>,
    by_first_word: WordMap<Vec<usize>>,
    /// The patterns that begin with a calibre.
    by_number: Vec<usize>,
}

impl PhraseIndex {
    /// Adds phrases, in their order.
    pub(in crate::rulebook) fn extend(&mut self, phrases: impl IntoIterator<Item = Phrase>) {
        for phrase in phrases {
            let index = self.phrases.len();
            match phrase.parts.first().and_then(|p| p.iter().next()) {
                Some(word) => self.by_first_word.entry(word.to_owned()).or_default().push(index),
                None => self.by_number.push(index),
            }
            self.phrases.push(phrase);
        }
    }

    /// All phrases, in the order of the files.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The phrases that a text contains, in the order of the files, with the range of bytes of each occurrence.
    pub fn find(&self, text: &Words) -> Vec<(&Phrase, Range<usize>)> {
        let mut found = Vec::new();
        for (start, word) in text.places() {
            let is_number = !self.by_number.is_empty() && word.starts_with(char::is_numeric);
            let by_number = if is_number { self.by_number.as_slice() } else { &[] };
            for index in self.by_first_word.get(word).into_iter().flatten().chain(by_number) {
                let phrase = self.phrases.get(*index);
                if let Some((phrase, end)) = phrase.and_then(|p| Some((p, p.match_at(text, start)?))) {
                    found.push((*index, phrase, start..end));
                }
            }
        }
        found.sort_by_key(|(index, _, place)| (*index, place.start));
        found.into_iter().map(|(_, phrase, place)| (phrase, place)).collect()
    }

    /// The words with which some phrase begins.
    pub(super) fn first_words(&self) -> impl Iterator<Item = &String> {
        self.by_first_word.keys()
    }

    /// True if some pattern begins with a calibre.
    pub(super) fn has_number_first(&self) -> bool {
        !self.by_number.is_empty()
    }
}

impl Phrase {
    /// A phrase of words.
    pub(in crate::rulebook) fn from_words(written: &str) -> Self {
        Self { written: written.to_owned(), parts: vec![Words::new(written)], calibres: Vec::new() }
    }

    /// A pattern with `{calibre}` in it. `calibres` are ranges in millimetres, both ends included.
    pub(in crate::rulebook) fn from_pattern(written: &str, calibres: &[(Decimal, Decimal)]) -> Self {
        Self {
            written: written.to_owned(),
            parts: written.split("{calibre}").map(Words::new).collect(),
            calibres: calibres.to_vec(),
        }
    }

    /// True if the phrase has no word.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Words::is_empty)
    }

    /// The words before, between and after calibres; a single part for a phrase that is not a pattern.
    pub(crate) fn parts(&self) -> &[Words] {
        &self.parts
    }

    /// All words of the phrase.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Words::iter)
    }

    /// If the phrase occurs in a text from the byte `start` on, the byte where the occurrence ends.
    fn match_at(&self, text: &Words, start: usize) -> Option<usize> {
        let mut at = start;
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                let word = text.word_at(at)?;
                let number = Decimal::from_str_exact(word).ok()?;
                self.calibres.iter().find(|(low, high)| (*low..=*high).contains(&number))?;
                at += 1 + word.len();
            }
            at = text.match_at(at, part)?;
        }
        Some(at)
    }
}
