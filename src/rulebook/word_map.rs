//! Hash maps of the words of a rulebook, with a fast hash. They are looked up for every word of a stream; their keys come
//! from the rulebook and not from incidents, so they need no hash that withstands chosen keys.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are short words of the rulebook: ids, codes of currencies.
pub(crate) type WordMap<T> = HashMap<String, T, BuildHasherDefault<WordHasher>>;

/// Hashes eight bytes at a time by multiplication with an odd constant, which carries every bit upwards; the result is rotated so
/// that the well-mixed upper bits lie where a hash table takes its index from. It does not withstand chosen keys.
#[derive(Debug, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(byte.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }
}
