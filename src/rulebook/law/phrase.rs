//! Phrases by which people describe goods.

use rust_decimal::Decimal;

use crate::facts::Words;

/// A phrase of a list of goods, folded into words. In a pattern such as `{calibre} mm mortar`, `{calibre}` matches any
/// number within the list's calibres.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The phrase as written.
    pub written: String,
    parts: Vec<Words>,
    calibres: Vec<(Decimal, Decimal)>,
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
    pub(super) fn parts(&self) -> &[Words] {
        &self.parts
    }

    /// All words of the phrase.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Words::iter)
    }

    /// True if the phrase occurs in a text from the byte `start` on.
    pub(super) fn matches_at(&self, text: &Words, start: usize) -> bool {
        let mut at = Some(start);
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                at = at.and_then(|at| {
                    let word = text.word_at(at)?;
                    let number = Decimal::from_str_exact(word).ok()?;
                    self.calibres.iter().find(|(low, high)| (*low..=*high).contains(&number))?;
                    Some(at + 1 + word.len())
                });
            }
            at = at.and_then(|at| text.match_at(at, part));
        }
        at.is_some()
    }
}
