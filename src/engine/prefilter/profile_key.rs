//! The key of a [profile](super::profile): a compact serialisation of the facts that profiles distinguish.
//!
//! Each reported fact is its row and a class, and each record ends with an end mark. Two transactions have the same key only
//! if they report the same facts with the same classes: a row implies the kind of its fact, so that the end of each is known,
//! and a list is preceded by the number of its elements.

use smallvec::SmallVec;

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

    /// Appends a list of elements, each once and in order: a condition asks whether some element meets it. `write` appends the
    /// facts of one.
    pub(super) fn push_elements<T>(
        &mut self,
        row: usize,
        elements: impl Iterator<Item = T>,
        mut write: impl FnMut(T, &mut Self),
    ) {
        self.push_several(row, 0);
        let start = self.words.len();
        let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
        for element in elements {
            let begin = self.words.len();
            write(element, self);
            let (before, new) = self.words.split_at_checked(begin).unwrap_or_default();
            if elements_of(before, start, &ends).any(|known| known == new) {
                self.words.truncate(begin);
            } else {
                ends.push(self.words.len());
            }
            if self.is_too_long() {
                return;
            }
        }
        if let Some(count) = start.checked_sub(1).and_then(|at| self.words.get_mut(at)) {
            *count = ends.len() as u16;
        }
        if !elements_of(&self.words, start, &ends).is_sorted() {
            let mut sorted: SmallVec<[&[u16]; 8]> = elements_of(&self.words, start, &ends).collect();
            sorted.sort_unstable();
            let sorted: SmallVec<[u16; MAX_LENGTH]> = sorted.into_iter().flatten().copied().collect();
            self.words.truncate(start);
            self.words.extend_from_slice(&sorted);
        }
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

/// The elements of a list in a key, by where the first starts and each ends.
fn elements_of<'w>(words: &'w [u16], start: usize, ends: &'w [usize]) -> impl Iterator<Item = &'w [u16]> {
    let starts = std::iter::once(start).chain(ends.iter().copied());
    starts.zip(ends).filter_map(|(start, end)| words.get(start..*end))
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
    fn elements_are_in_a_key_once_and_in_order() {
        let of = |elements: &[&[u16]]| {
            key(|k| k.push_elements(3, elements.iter(), |facts, k| facts.iter().for_each(|class| k.push_fact(4, *class))))
                .unwrap()
        };
        assert_eq!(of(&[&[5, 300], &[4], &[5, 300], &[]]), of(&[&[], &[4], &[5, 300]]));
        assert_ne!(of(&[&[4], &[5]]), of(&[&[4, 5]]));
        assert_eq!(of(&[&[4], &[5]]).len(), 4);
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
