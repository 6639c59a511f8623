//! Texts as words, and the phrases that stand in them: each is looked at once however many conditions ask about it.
//!
//! Goods and purposes are told in the same words again and again: by one sender, in one trade, in one form of words that
//! an authority asks for. So short texts are remembered from transaction to transaction, each in one of the two places that
//! its hash names. A third text takes the place that was longer not asked for; more is not lost by it than what looking at a
//! short text costs, though somebody chose the three. Longer texts are remembered as long as their transaction is looked at.

use std::hash::{BuildHasher, BuildHasherDefault};

use crate::facts::Words;
use crate::rulebook::WordHasher;

use super::phrases::Phrases;

/// A text of more bytes is long.
const SHORT: usize = 200;

/// Pairs of places for short texts. A place takes some hundred bytes, the text and its words: all together half a megabyte to
/// a whole one, if the longest take them.
pub(super) const PAIRS: usize = 512;

/// The texts that were met.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// How many pairs of places there are for short texts. Room for them is made when the first is met.
    pairs: usize,
    /// Of each pair the text that was asked for last stands first.
    short: Vec<[Short; 2]>,
    long: Vec<Long>,
    /// How many of the long texts are of the transaction at hand.
    used: usize,
    nothing: Known,
}

/// A short text.
#[derive(Debug, Default)]
struct Short {
    text: String,
    known: Known,
}

/// What is known of a text.
#[derive(Debug, Default)]
struct Known {
    words: Words,
    /// What was looked for: for gates, and for details.
    found: [Found; 2],
}

/// The phrases of a book that stand in a text.
#[derive(Debug, Default)]
struct Found {
    /// The book, by where it stands in memory, as the compiled rulebook does not move; 0 is none.
    book: usize,
    /// What those that were found stand for; `None` if that cannot be told.
    what: Option<Vec<usize>>,
}

/// A text that is known as long as its transaction is looked at: meanwhile it stays where it stands in memory.
#[derive(Debug, Default)]
struct Long {
    at: usize,
    length: usize,
    known: Known,
}

impl Texts {
    /// Nothing was met yet. Without places for them, short texts are remembered like long ones.
    pub(super) fn new(pairs: usize) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// Forgets the long texts of the transaction before.
    pub(super) fn begin(&mut self) {
        self.used = 0;
    }

    /// A text as words.
    pub(super) fn words(&mut self, text: &str) -> &Words {
        &self.known(text).words
    }

    /// What the phrases that stand in a text stand for; `None` if that cannot be told.
    pub(super) fn find(&mut self, phrases: &Phrases, text: &str) -> Option<&[usize]> {
        let (Known { words, found }, book) = (self.known(text), std::ptr::from_ref(phrases).addr());
        let [first, second] = found;
        if first.book != book {
            std::mem::swap(first, second);
            if first.book != book {
                first.book = book;
                let mut found = first.what.take().unwrap_or_default();
                found.clear();
                first.what = phrases.find(words, |what| found.push(what)).then_some(found);
            }
        }
        first.what.as_deref()
    }

    fn known(&mut self, text: &str) -> &mut Known {
        if text.len() > SHORT || self.pairs == 0 {
            return self.long(text);
        }
        if self.short.is_empty() {
            self.short.resize_with(self.pairs, Default::default);
        }
        let hash = BuildHasherDefault::<WordHasher>::new().hash_one(text);
        let Some([first, second]) = self.short.get_mut(hash as usize % self.pairs) else { return &mut self.nothing };
        if first.text != text {
            std::mem::swap(first, second);
            if first.text != text {
                first.text.clear();
                first.text.push_str(text);
                first.known.read(text);
            }
        }
        &mut first.known
    }

    fn long(&mut self, text: &str) -> &mut Known {
        let (at, length) = (text.as_ptr() as usize, text.len());
        let met = self.long.iter().take(self.used).position(|long| long.at == at && long.length == length);
        let index = met.unwrap_or(self.used);
        if met.is_none() {
            self.used += 1;
            if self.long.len() == index {
                self.long.push(Long::default());
            }
            if let Some(long) = self.long.get_mut(index) {
                (long.at, long.length) = (at, length);
                long.known.read(text);
            }
        }
        self.long.get_mut(index).map_or(&mut self.nothing, |long| &mut long.known)
    }
}

impl Known {
    /// Another text in the same memory.
    fn read(&mut self, text: &str) {
        self.words.replace(text);
        self.found.iter_mut().for_each(|found| found.book = 0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrases, SHORT, Texts};
    use crate::facts::Words;

    #[test]
    fn a_text_that_is_remembered_is_the_text_that_is_asked_for() {
        let (of_a, of_b) = (Words::new("a b"), Words::new("b b"));
        let books = [Phrases::new([(of_a.as_str(), 7)]), Phrases::new([(of_b.as_str(), 8), (of_a.as_str(), 9)])];
        for pairs in [0, 1, 2, 7] {
            let mut texts = Texts::new(pairs);
            for round in 0..3 {
                texts.begin();
                // Short and long ones, in other places each time, the empty one among them. All stay where they are.
                let text = |n: usize| ["a b ", "b b ", "c "][n % 3].repeat(n * (round + 1) % (SHORT / 2));
                for text in (0..200).map(text).collect::<Vec<_>>().iter() {
                    let words = Words::new(text);
                    for book in [0, 1, 1, 0] {
                        let mut found = Vec::new();
                        assert!(books[book].find(&words, |what| found.push(what)));
                        assert_eq!(texts.find(&books[book], text).unwrap(), found, "{pairs} {text}");
                        assert_eq!(texts.words(text), &words, "{pairs} {text}");
                    }
                }
            }
        }
    }
}
