//! Numbers that were seen, in little more memory than they take.

/// Hashes of what was told. A stream of millions has hundreds of thousands, and they are most of all that grows with it: a
/// hash table would have room for twice as many as it holds, and one long list would have to be moved whenever it grows.
#[derive(Debug)]
pub(super) struct SeenIds {
    /// Sorted lists, a number in that of its upper bits.
    parts: Vec<Vec<u64>>,
}

impl SeenIds {
    /// So many bits choose the list.
    const BITS: u32 = 10;

    /// Takes in a number; false if it was seen before.
    pub(super) fn insert(&mut self, number: u64) -> bool {
        let Some(part) = self.parts.get_mut((number >> (u64::BITS - Self::BITS)) as usize) else { return false };
        let Err(place) = part.binary_search(&number) else { return false };
        if part.len() == part.capacity() {
            part.reserve_exact(4 + part.len() / 8);
        }
        part.insert(place, number);
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
    fn each_number_is_new_once() {
        let mut seen = SeenIds::default();
        let number = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for n in 0..20_000 {
            assert!(seen.insert(number(n)), "{n}");
            assert!(!seen.insert(number(n / 2)), "{n}");
        }
        assert!((0..20_000).all(|n| !seen.insert(number(n))));
    }
}
