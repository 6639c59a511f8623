//! A set of hashes in little more memory than the hashes take.

/// Hashes of the transactions that were reported.
///
/// A stream of millions of transactions has hundreds of thousands of them, and they are most of what grows with it. A hash
/// table would have room for up to twice as many as it holds, and one sorted list would have to be moved whenever it grows.
#[derive(Debug)]
pub(super) struct SeenIds {
    /// Sorted lists; the upper bits of a hash choose its list.
    parts: Vec<Vec<u64>>,
}

impl SeenIds {
    /// The number of bits that choose the list.
    const BITS: u32 = 10;

    /// Adds a hash; false if it is there already.
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        let Some(part) = self.parts.get_mut((hash >> (u64::BITS - Self::BITS)) as usize) else { return false };
        let Err(place) = part.binary_search(&hash) else { return false };
        if part.len() == part.capacity() {
            part.reserve_exact(4 + part.len() / 8);
        }
        part.insert(place, hash);
        true
    }
}

impl Default for SeenIds {
    fn default() -> Self {
        Self { parts: vec![Vec::new(); 1 << Self::BITS] }
    }
}

#[cfg(test)]
mod tests {
    use super::SeenIds;

    #[test]
    fn a_hash_is_new_only_once() {
        let mut seen = SeenIds::default();
        let hash = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for n in 0..20_000 {
            assert!(seen.insert(hash(n)), "{n}");
            assert!(!seen.insert(hash(n / 2)), "{n}");
        }
        assert!((0..20_000).all(|n| !seen.insert(hash(n))));
    }
}
