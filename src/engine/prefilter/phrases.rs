//! All phrases that occur in a text, found in one pass.

use aho_corasick::AhoCorasick;

use crate::facts::Words;

/// Phrases, each with a value.
#[derive(Debug)]
pub(super) struct Phrases {
    /// `None` if there are too many phrases for an automaton: then any of them may occur in a text.
    automaton: Option<AhoCorasick>,
    values: Vec<usize>,
}

impl Phrases {
    /// Indexes phrases. They are whole words with the gaps around them ([`Words`]), so that an occurrence is one of whole
    /// words. Empty phrases are left out.
    pub(super) fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, usize)>) -> Self {
        let (patterns, values): (Vec<_>, Vec<_>) = phrases.into_iter().filter(|(phrase, _)| !phrase.is_empty()).unzip();
        Self { automaton: AhoCorasick::new(patterns).ok(), values }
    }

    /// Calls `each` with the value of every phrase that occurs in a text; false if that cannot be determined.
    pub(super) fn find(&self, text: &Words, mut each: impl FnMut(usize)) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        for found in automaton.find_overlapping_iter(text.as_str()) {
            self.values.get(found.pattern().as_usize()).into_iter().for_each(|value| each(*value));
        }
        true
    }
}
