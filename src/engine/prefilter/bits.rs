//! Bit sets: of rules, of gates, of lists of goods.

/// A set of small numbers, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct BitSet(Vec<u64>);

impl BitSet {
    /// The empty set, with room for numbers below `size`.
    pub(super) fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    /// Empties it and makes room for numbers below `size`.
    pub(super) fn clear(&mut self, size: usize) {
        self.0.clear();
        self.0.resize(size.div_ceil(64), 0);
    }

    /// Makes it hold all numbers below `size`, a multiple of 64.
    pub(super) fn fill(&mut self, size: usize) {
        self.0.clear();
        self.0.resize(size.div_ceil(64), u64::MAX);
    }

    /// The numbers that there is room for are below this.
    pub(super) fn room(&self) -> usize {
        self.0.len() * 64
    }

    /// Adds a number; one that there is no room for is left out.
    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub(super) fn copy_from(&mut self, other: &BitSet) {
        self.0.clone_from(&other.0);
    }

    pub(super) fn add(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// This one with another added.
    pub(super) fn with(&self, other: &BitSet) -> Self {
        let mut both = self.clone();
        both.add(other);
        both
    }

    /// Keeps what is in another too.
    pub(super) fn keep(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own &= word);
    }

    /// Adds the numbers of a sparse set.
    pub(super) fn add_sparse(&mut self, other: &SparseSet) {
        for (place, word) in &other.0 {
            if let Some(own) = self.0.get_mut(*place as usize) {
                *own |= word;
            }
        }
    }

    pub(super) fn meets(&self, other: &BitSet) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Keeps what is in all of `N` sets whose words stand side by side, either in `these` or in `those`.
    pub(super) fn keep_all_of<const N: usize>(&mut self, these: &BitSet, those: &BitSet) {
        let (these, those) = (these.0.as_chunks::<N>().0, those.0.as_chunks::<N>().0);
        for ((own, these), those) in self.0.iter_mut().zip(these).zip(those) {
            these.iter().zip(those).for_each(|(a, b)| *own &= a | b);
        }
    }

    /// The numbers in it, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        numbers(&self.0)
    }

    /// Its bits, 64 of them in a word, the first number at the lowest.
    pub(super) fn words(&self) -> &[u64] {
        &self.0
    }
}

/// The numbers in the words of a set, in order.
pub(super) fn numbers(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(i, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (bit < 64).then_some(i * 64 + bit as usize)
        })
    })
}

/// A set of which only the words are kept that hold anything: what one mark lets pass is little of a large rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SparseSet(Vec<(u32, u64)>);

impl SparseSet {
    /// The same numbers.
    pub(super) fn of(set: &BitSet) -> Self {
        let words = set.0.iter().enumerate().filter(|(_, word)| **word != 0);
        Self(words.filter_map(|(i, word)| Some((u32::try_from(i).ok()?, *word))).collect())
    }

    /// Adds the numbers of another.
    pub(super) fn add(&mut self, other: &SparseSet) {
        for (place, word) in &other.0 {
            match self.0.binary_search_by_key(place, |(own, _)| *own) {
                Ok(found) => self.0.get_mut(found).into_iter().for_each(|(_, own)| *own |= word),
                Err(before) => self.0.insert(before, (*place, *word)),
            }
        }
    }
}
