//! Bit sets of small numbers: candidate rules, (rule, necessary set) pairs, lists of goods, terms.

/// A set of numbers below a fixed capacity, one bit each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct BitSet(Vec<u64>);

impl BitSet {
    /// The empty set, with room for numbers below `size`.
    pub(super) fn with_capacity(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    /// Empties the set and makes room for numbers below `size`. Keeps its memory.
    pub(super) fn reset(&mut self, size: usize) {
        self.0.clear();
        self.0.resize(size.div_ceil(64), 0);
    }

    /// Makes the set hold all numbers below `size`, which is a multiple of 64.
    pub(super) fn fill(&mut self, size: usize) {
        self.0.clear();
        self.0.resize(size.div_ceil(64), u64::MAX);
    }

    /// The numbers that there is room for are below this.
    pub(super) fn capacity(&self) -> usize {
        self.0.len() * 64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Adds a number. One beyond the capacity is ignored.
    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// Makes the set equal to another. Keeps its memory.
    pub(super) fn copy_from(&mut self, other: &BitSet) {
        self.0.clone_from(&other.0);
    }

    /// Removes the numbers of another set.
    pub(super) fn remove_all(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own &= !word);
    }

    /// Adds the numbers of another set of the same capacity.
    pub(super) fn union_with(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own |= word);
    }

    /// Adds the numbers of a sparse set.
    pub(super) fn union_with_sparse(&mut self, other: &SparseSet) {
        for (place, word) in &other.0 {
            if let Some(own) = self.0.get_mut(*place as usize) {
                *own |= word;
            }
        }
    }

    /// Removes the numbers that are not in another set of the same capacity.
    pub(super) fn intersect_with(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own &= word);
    }

    pub(super) fn intersects(&self, other: &BitSet) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Removes a number unless each of its `N` bits is set in `a` or in `b`. The `N` bits of a number stand in `N` words
    /// side by side: the layout of [`RuleIndex`](super::rule_index::RuleIndex).
    pub(super) fn retain_all_of<const N: usize>(&mut self, a: &BitSet, b: &BitSet) {
        let (a, b) = (a.0.as_chunks::<N>().0, b.0.as_chunks::<N>().0);
        for ((own, a), b) in self.0.iter_mut().zip(a).zip(b) {
            a.iter().zip(b).for_each(|(a, b)| *own &= a | b);
        }
    }

    /// The numbers in the set, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(i * 64 + bit as usize)
            })
        })
    }
}

/// A set that stores only its non-zero words: one feature satisfies few of the necessary sets of a large rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SparseSet(Vec<(u32, u64)>);

impl SparseSet {
    /// Adds a number.
    pub(super) fn insert(&mut self, number: usize) {
        let Ok(place) = u32::try_from(number / 64) else { return };
        let bit = 1 << (number % 64);
        match self.0.binary_search_by_key(&place, |(own, _)| *own) {
            Ok(found) => self.0.get_mut(found).into_iter().for_each(|(_, own)| *own |= bit),
            Err(before) => self.0.insert(before, (place, bit)),
        }
    }

    /// Adds the numbers of another sparse set.
    pub(super) fn union_with(&mut self, other: &SparseSet) {
        for (place, word) in &other.0 {
            match self.0.binary_search_by_key(place, |(own, _)| *own) {
                Ok(found) => self.0.get_mut(found).into_iter().for_each(|(_, own)| *own |= word),
                Err(before) => self.0.insert(before, (*place, *word)),
            }
        }
    }
}
