//! What tells transactions and their elements apart, as it is written to be remembered: the facts told of a record, each as
//! its row and what is told, and an end behind the last. It is written in few bytes, because much is remembered.
//!
//! Two transactions are written alike only if the same is told of them, class for class: a row says of which kind the
//! fact is, so where it ends is known, and a list begins with the number of its elements.

/// What can stand for a fact. Classes of terms begin where the others end.
pub(super) const NONE: u16 = 0;
pub(super) const TOLD: u16 = 1;
pub(super) const SEVERAL: u16 = 2;
pub(super) const FIRST_CLASS: u16 = 3;
/// It cannot be told by a class.
pub(super) const NO_CLASS: u16 = u16::MAX;

/// What is told stands in a word with its row, unless there are many classes: then in a word behind it.
const IN_A_WORD: u16 = 255;

/// No fact is written so: a record has at most 64 rows.
const END: u16 = u16::MAX;

/// A transaction of which more would have to be remembered has no shape.
const LONGEST: usize = 96;

/// What is told of the transaction at hand.
#[derive(Debug, Default)]
pub(super) struct ProfileKey {
    facts: Vec<u16>,
    /// Something in it cannot be told by a class.
    lost: bool,
}

impl ProfileKey {
    /// Forgets what was written.
    pub(super) fn begin(&mut self) {
        self.facts.clear();
        self.lost = false;
    }

    /// Writes a fact.
    pub(super) fn fact(&mut self, row: usize, told: u16) {
        self.lost |= told == NO_CLASS;
        let word = (row as u16) << 8;
        if told < IN_A_WORD {
            self.facts.push(word | told);
        } else {
            self.facts.extend([word | IN_A_WORD, told]);
        }
    }

    /// Writes how many there are of a fact.
    pub(super) fn several(&mut self, row: usize, count: usize) {
        self.fact(row, SEVERAL);
        self.lost |= count > LONGEST;
        self.facts.push(count as u16);
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: usize) {
        let number = u16::try_from(number);
        self.lost |= number.is_err();
        self.facts.push(number.unwrap_or_default());
    }

    /// Ends a record.
    pub(super) fn end(&mut self) {
        self.facts.push(END);
    }

    /// True if it is so long that it is no shape, whatever follows.
    pub(super) fn is_too_long(&self) -> bool {
        self.facts.len() > LONGEST
    }

    /// The shape, if there is one.
    pub(super) fn shape(&self) -> Option<&[u16]> {
        (!self.lost && !self.is_too_long()).then_some(&self.facts)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{NO_CLASS, ProfileKey};

    fn written(write: impl FnOnce(&mut ProfileKey)) -> Option<Vec<u16>> {
        let mut written = ProfileKey::default();
        write(&mut written);
        written.shape().map(<[u16]>::to_vec)
    }

    #[test]
    fn what_differs_is_written_differently() {
        let facts = (0..64).flat_map(|row| (0..600).map(move |told| (row, told)));
        let all: BTreeSet<_> = facts.map(|(row, told)| written(|w| w.fact(row, told)).unwrap()).collect();
        assert_eq!(all.len(), 64 * 600);
        // None is the beginning of another, so that what follows cannot be taken for a part of it.
        let mut pairs = all.iter().zip(all.iter().skip(1));
        assert!(pairs.all(|(a, b)| !b.starts_with(a)));
    }

    #[test]
    fn what_cannot_be_told_or_is_too_long_is_no_shape() {
        assert_eq!(written(|w| w.fact(1, NO_CLASS)), None);
        assert_eq!(written(|w| w.number(1 << 16)), None);
        assert_eq!(written(|w| w.several(1, 1 << 16)), None);
        assert_eq!(written(|w| (0..97).for_each(|_| w.end())), None);
        assert!(written(|w| (0..96).for_each(|_| w.end())).is_some());
    }
}
