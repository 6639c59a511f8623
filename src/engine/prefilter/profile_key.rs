//! The key of a [profile](super::profile): a compact serialisation of the facts that profiles distinguish.
//!
//! Each reported fact is its row and a class, and each record ends with an end mark. Two transactions have the same key only
//! if they report the same facts with the same classes: a row implies the kind of its fact, so that the end of each is known,
//! and a list is preceded by the number of its elements.

use crate::facts::FieldSet;

/// Known to be none.
pub(super) const NONE: u16 = 0;
/// Reported, where the profile distinguishes no more than that.
pub(super) const REPORTED: u16 = 1;
/// Several values or elements; their number follows.
pub(super) const SEVERAL: u16 = 2;
/// The first class that stands for terms.
pub(super) const FIRST_CLASS: u16 = 3;
/// A value that no class describes. A key with one is invalid.
pub(super) const NO_CLASS: u16 = u16::MAX;

/// A class below this shares a word with its row; a greater one has the next word.
const IN_A_WORD: u16 = 255;

/// The end of a record. No fact is written like this, since a record has at most 64 rows.
const END: u16 = u16::MAX;

/// A longer key is invalid: caching it would cost more than it saves.
const MAX_LENGTH: usize = 96;

/// The key of the transaction at hand.
#[derive(Debug, Default)]
pub(super) struct ProfileKey {
    words: Vec<u16>,
    /// A fact or number could not be written.
    is_invalid: bool,
}

impl ProfileKey {
    /// Empties the key.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.is_invalid = false;
    }

    /// Appends a fact with its class.
    pub(super) fn push_fact(&mut self, row: usize, class: u16) {
        self.is_invalid |= class == NO_CLASS;
        let word = (row as u16) << 8;
        if class < IN_A_WORD {
            self.words.push(word | class);
        } else {
            self.words.extend([word | IN_A_WORD, class]);
        }
    }

    /// Appends the number of values or elements of a fact, which follow.
    pub(super) fn push_several(&mut self, row: usize, count: usize) {
        self.push_fact(row, SEVERAL);
        self.is_invalid |= count > MAX_LENGTH;
        self.words.push(count as u16);
    }

    /// Appends a number, below 65,536.
    pub(super) fn push_number(&mut self, number: usize) {
        let number = u16::try_from(number);
        self.is_invalid |= number.is_err();
        self.words.push(number.unwrap_or_default());
    }

    /// Appends a subset of some fields.
    pub(super) fn push_fields(&mut self, fields: FieldSet, among: FieldSet) {
        let bits = among.iter().enumerate().filter(|(_, row)| fields.contains(*row));
        let number = bits.fold(0, |number, (bit, _)| number | 1_usize.checked_shl(bit as u32).unwrap_or(usize::MAX));
        self.push_number(number);
    }

    /// Ends a record.
    pub(super) fn end_record(&mut self) {
        self.words.push(END);
    }

    /// True if the key is invalid for its length, whatever follows.
    pub(super) fn is_too_long(&self) -> bool {
        self.words.len() > MAX_LENGTH
    }

    /// The key, if it is valid.
    pub(super) fn as_slice(&self) -> Option<&[u16]> {
        (!self.is_invalid && !self.is_too_long()).then_some(&self.words)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{NO_CLASS, ProfileKey};

    fn key(write: impl FnOnce(&mut ProfileKey)) -> Option<Vec<u16>> {
        let mut key = ProfileKey::default();
        write(&mut key);
        key.as_slice().map(<[u16]>::to_vec)
    }

    #[test]
    fn different_facts_have_different_keys_and_none_is_a_prefix_of_another() {
        let facts = (0..64).flat_map(|row| (0..600).map(move |class| (row, class)));
        let all: BTreeSet<_> = facts.map(|(row, class)| key(|k| k.push_fact(row, class)).unwrap()).collect();
        assert_eq!(all.len(), 64 * 600);
        let mut pairs = all.iter().zip(all.iter().skip(1));
        assert!(pairs.all(|(a, b)| !b.starts_with(a)));
    }

    #[test]
    fn a_key_without_a_class_or_beyond_the_greatest_length_is_invalid() {
        assert_eq!(key(|k| k.push_fact(1, NO_CLASS)), None);
        assert_eq!(key(|k| k.push_number(1 << 16)), None);
        assert_eq!(key(|k| k.push_several(1, 1 << 16)), None);
        assert_eq!(key(|k| (0..97).for_each(|_| k.end_record())), None);
        assert!(key(|k| (0..96).for_each(|_| k.end_record())).is_some());
    }
}
