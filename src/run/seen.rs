//! Numbers that were seen, in little more memory than they take.

use std::collections::HashSet;

/// Hashes of what was told. A stream of millions has hundreds of thousands, and a hash table, which has room for twice as
/// many as it holds, would be most of all that grows with the stream.
#[derive(Debug, Default)]
pub(super) struct Seen {
    sorted: Vec<u64>,
    recent: HashSet<u64>,
}

impl Seen {
    /// The recent ones are sorted in when they are as many as this part of the others: seldom, and still few.
    const PART: usize = 32;
    const FEWEST: usize = 1024;

    /// Takes in a number; false if it was seen before.
    pub(super) fn insert(&mut self, number: u64) -> bool {
        if self.sorted.binary_search(&number).is_ok() || !self.recent.insert(number) {
            return false;
        }
        if self.recent.len() >= Self::FEWEST.max(self.sorted.len() / Self::PART) {
            self.sorted.reserve_exact(self.recent.len());
            self.sorted.extend(self.recent.drain());
            // In place: a sort that merges would take half as much memory again.
            self.sorted.sort_unstable();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn each_number_is_new_once() {
        let mut seen = Seen::default();
        let number = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for n in 0..20_000 {
            assert!(seen.insert(number(n)), "{n}");
            assert!(!seen.insert(number(n / 2)), "{n}");
        }
        assert!((0..20_000).all(|n| !seen.insert(number(n))));
    }
}
