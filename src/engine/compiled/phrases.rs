//! Texts as words, and all phrases that stand in one found in one pass.

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

/// The texts of one transaction as words, each split once however many conditions ask about it.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Where the text stands in memory, and how long it is: while a transaction is looked at, its texts stay where they are.
    known: Vec<(usize, usize, Words)>,
    used: usize,
    nothing: Words,
}

impl Folded {
    /// Forgets the texts of the transaction before.
    pub(super) fn begin(&mut self) {
        self.used = 0;
    }

    /// A text as words.
    pub(super) fn words(&mut self, text: &str) -> &Words {
        let (at, length) = (text.as_ptr() as usize, text.len());
        let known = self.known.iter().take(self.used).position(|(a, l, _)| *a == at && *l == length);
        let index = known.unwrap_or(self.used);
        if known.is_none() {
            self.used += 1;
            match self.known.get_mut(index) {
                Some((own_at, own_length, words)) => {
                    (*own_at, *own_length) = (at, length);
                    words.read(text);
                }
                None => self.known.push((at, length, Words::of(text))),
            }
        }
        self.known.get(index).map_or(&self.nothing, |(_, _, words)| words)
    }
}
