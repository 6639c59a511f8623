//! A cache with a bound on its size, keyed by [profile keys](super::profile_key), that keeps what comes again.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use smallvec::SmallVec;

use crate::rulebook::WordHasher;

/// Keys of usual length are stored beside their values, without a pointer between: most of the time of a lookup is spent
/// waiting for memory.
type Key = SmallVec<[u16; 24]>;

/// Values by key. A value is computed when its key comes for the second time, so that keys that come once cost next to nothing.
/// When it is full it is emptied, so that neither many different keys nor keys that were chosen to collide
/// cost more than computing every value.
#[derive(Debug)]
pub(super) struct BoundedCache<T> {
    capacity: usize,
    values: HashTable<(Key, T)>,
    /// The hashes of keys that came, each in the place that its first bits name, until another takes it.
    came: Box<[u64]>,
}

impl<T> BoundedCache<T> {
    /// An empty cache for at most `capacity` values; with 0 every value is computed anew.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, values: HashTable::new(), came: vec![0; 2 * capacity.next_power_of_two()].into() }
    }

    /// The number of values.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The value of a key, computed if it is not in the cache; `None` if the key has not come before, as far as is remembered.
    pub(super) fn get_or_insert_with(&mut self, key: &[u16], compute: impl FnOnce() -> T) -> Option<&mut T> {
        if self.values.len() >= self.capacity {
            self.values.clear();
        }
        let hash_of_key = hash(key);
        let is_equal = |(other, _): &(Key, T)| other.as_slice() == key;
        match self.values.entry(hash_of_key, is_equal, |(key, _)| hash(key)) {
            Entry::Occupied(found) => Some(&mut found.into_mut().1),
            Entry::Vacant(place) => {
                let number = hash_of_key as usize & (self.came.len() - 1);
                let came = self.came.get_mut(number)?;
                let came_before = std::mem::replace(came, hash_of_key) == hash_of_key;
                came_before.then(|| &mut place.insert((Key::from_slice(key), compute())).into_mut().1)
            }
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
    fn a_value_is_computed_when_its_key_comes_again_and_kept_until_the_cache_is_full() {
        let mut cache = BoundedCache::new(2);
        let came = [
            ([1, 2], 10, None),
            ([1, 2], 11, Some(11)),
            ([1, 2], 12, Some(11)),
            ([1, 3], 13, None),
            ([1, 3], 14, Some(14)),
            ([1, 2], 15, Some(15)),
        ];
        for (key, value, expected) in came {
            assert_eq!(cache.get_or_insert_with(&key, || value).copied(), expected, "{key:?} with {value}");
        }
    }

    #[test]
    fn a_cache_without_capacity_computes_every_value_of_a_key_that_came() {
        let mut cache = BoundedCache::new(0);
        assert_eq!([1, 2, 3].map(|value| cache.get_or_insert_with(&[7], || value).copied()), [None, Some(2), Some(3)]);
    }
}
