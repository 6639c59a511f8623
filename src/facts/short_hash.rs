//! A quick hash for what nobody chooses to collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from short words that come from a rulebook.
pub(crate) type ByWord<T> = HashMap<String, T, BuildHasherDefault<ShortHash>>;

/// Eight bytes at a time are taken in and multiplied with an odd number, which carries every bit upwards; at the end the
/// upper bits are turned down, where a table looks for its place.
#[derive(Debug, Default)]
pub(crate) struct ShortHash(u64);

impl ShortHash {
    fn take(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

impl Hasher for ShortHash {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.take(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            self.take(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.take(byte.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.take(number as u64);
    }
}
