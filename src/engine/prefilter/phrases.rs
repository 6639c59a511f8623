//! All phrases that stand in a text, found in one pass.

use aho_corasick::AhoCorasick;

use crate::facts::Words;

/// Phrases, each with what it stands for.
#[derive(Debug)]
pub(super) struct Phrases {
    /// None if there are too many: then any phrase may stand in a text.
    automaton: Option<AhoCorasick>,
    what: Vec<usize>,
}

impl Phrases {
    /// Phrases are whole words, the gaps between them included ([`Words`]), so that what is found is whole words too.
    pub(super) fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, usize)>) -> Self {
        let (patterns, what): (Vec<_>, Vec<_>) = phrases.into_iter().filter(|(phrase, _)| !phrase.is_empty()).unzip();
        Self { automaton: AhoCorasick::new(patterns).ok(), what }
    }

    /// Calls `each` with what every phrase in a text stands for; false if that cannot be told.
    pub(super) fn find(&self, text: &Words, mut each: impl FnMut(usize)) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        for found in automaton.find_overlapping_iter(text.as_str()) {
            self.what.get(found.pattern().as_usize()).into_iter().for_each(|what| each(*what));
        }
        true
    }
}
