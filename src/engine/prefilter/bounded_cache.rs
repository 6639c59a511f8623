//! A cache with a bound on its size, keyed by [profile keys](super::profile_key).

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use smallvec::SmallVec;

use crate::rulebook::WordHasher;

/// Keys of usual length are stored beside their values, without a pointer between: most of the time of a lookup is spent
/// waiting for memory.
type Key = SmallVec<[u16; 24]>;

/// Values by key. When it is full it is emptied, so that neither many different keys nor keys that were chosen to collide
/// cost more than computing every value.
#[derive(Debug)]
pub(super) struct BoundedCache<T> {
    capacity: usize,
    values: HashTable<(Key, T)>,
}

impl<T> BoundedCache<T> {
    /// An empty cache for at most `capacity` values; with 0 every value is computed anew.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, values: HashTable::new() }
    }

    /// The number of values.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The value of a key, computed if it is not in the cache.
    pub(super) fn get_or_insert_with(&mut self, key: &[u16], compute: impl FnOnce() -> T) -> &mut T {
        if self.values.len() >= self.capacity {
            self.values.clear();
        }
        let is_equal = |(other, _): &(Key, T)| other.as_slice() == key;
        match self.values.entry(hash(key), is_equal, |(key, _)| hash(key)) {
            Entry::Occupied(found) => &mut found.into_mut().1,
            Entry::Vacant(place) => &mut place.insert((Key::from_slice(key), compute())).into_mut().1,
        }
    }
}

fn hash(key: &[u16]) -> u64 {
    BuildHasherDefault::<WordHasher>::new().hash_one(key)
}

#[cfg(test)]
mod tests {
    use super::BoundedCache;

    #[test]
    fn a_value_is_computed_once_until_the_cache_is_full() {
        let mut cache = BoundedCache::new(2);
        for (key, value, expected) in [([1, 2], 10, 10), ([1, 2], 11, 10), ([1, 3], 12, 12), ([1, 2], 13, 13), ([1, 2], 14, 13)] {
            assert_eq!(*cache.get_or_insert_with(&key, || value), expected, "{key:?}");
        }
    }

    #[test]
    fn a_cache_without_capacity_computes_every_value() {
        let mut cache = BoundedCache::new(0);
        assert_eq!([1, 2].map(|value| *cache.get_or_insert_with(&[7], || value)), [1, 2]);
    }
}
