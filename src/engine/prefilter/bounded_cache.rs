//! What was found out, by what was [written](super::profile_key) of a transaction or of an element of it.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use smallvec::SmallVec;

use crate::rulebook::WordHasher;

/// As it was written.
type Key = SmallVec<[u16; 24]>;

/// Keys of usual length stand beside what is remembered: most of the time is spent waiting for memory, so little of it is to
/// be fetched.
#[derive(Debug)]
pub(super) struct BoundedCache<T> {
    /// With so many it is begun anew: also whoever writes lines so that their keys collide does not get far.
    most: usize,
    known: HashTable<(Key, T)>,
}

impl<T> BoundedCache<T> {
    /// Nothing is known yet.
    pub(super) fn new(most: usize) -> Self {
        Self { most, known: HashTable::new() }
    }

    /// How much is known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// False if everything is forgotten at once.
    pub(super) fn remembers(&self) -> bool {
        self.most > 0
    }

    /// What is known of what was written. `find_out` finds it out if it is met for the first time.
    pub(super) fn of(&mut self, written: &[u16], find_out: impl FnOnce() -> T) -> &mut T {
        if self.known.len() >= self.most {
            self.known.clear();
        }
        let is_it = |(key, _): &(Key, T)| key.as_slice() == written;
        match self.known.entry(hash(written), is_it, |(key, _)| hash(key)) {
            Entry::Occupied(found) => &mut found.into_mut().1,
            Entry::Vacant(place) => &mut place.insert((Key::from_slice(written), find_out())).into_mut().1,
        }
    }
}

fn hash(written: &[u16]) -> u64 {
    BuildHasherDefault::<WordHasher>::new().hash_one(written)
}

#[cfg(test)]
mod tests {
    use super::BoundedCache;

    #[test]
    fn what_is_known_is_found_out_once_until_there_is_too_much() {
        let mut memory = BoundedCache::new(2);
        for (key, value, expected) in [([1, 2], 10, 10), ([1, 2], 11, 10), ([1, 3], 12, 12), ([1, 2], 13, 13), ([1, 2], 14, 13)] {
            assert_eq!(*memory.of(&key, || value), expected, "{key:?}");
        }
        let mut nothing = BoundedCache::new(0);
        assert!(memory.remembers() && !nothing.remembers());
        assert_eq!([1, 2].map(|value| *nothing.of(&[7], || value)), [1, 2]);
    }
}
