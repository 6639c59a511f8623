//! A quick hash for short words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from short words that come from a rulebook, so that nobody chooses them to collide.
pub(crate) type ByWord<T> = HashMap<String, T, BuildHasherDefault<ShortHash>>;

/// FNV-1a.
#[derive(Debug)]
pub(crate) struct ShortHash(u64);

impl Default for ShortHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ShortHash {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
