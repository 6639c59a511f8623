//! Lists of records inside a record.

use std::hash::{Hash, Hasher};

use super::{ManySlot, Record, Records};

/// A list of records: unknown, or complete, in which case it may be empty (known to be none).
///
/// A record has many such fields, most of them unknown: these take one machine word. Clearing a list keeps its buffer. In a stream
/// every transaction is read into the same place, most have lists of about the same length, and records are large.
#[derive(Debug)]
pub struct Many<T>(Option<Box<List<T>>>);

/// What a list has on the heap.
#[derive(Debug)]
struct List<T> {
    /// The number of records; `None` if the list is unknown.
    len: Option<usize>,
    /// The records and, behind them, cleared ones that are kept for later.
    buffer: Vec<T>,
}

/// The most records that a cleared list keeps in its buffer.
const MOST_KEPT: usize = 8;

impl<T> Many<T> {
    /// The records; `None` if the list is unknown.
    pub fn get(&self) -> Option<&[T]> {
        let list = self.0.as_ref()?;
        list.buffer.get(..list.len?)
    }

    /// The records, mutably; `None` if the list is unknown.
    pub fn get_mut(&mut self) -> Option<&mut [T]> {
        let list = self.0.as_mut()?;
        list.buffer.get_mut(..list.len?)
    }

    /// The records; empty if the list is unknown.
    pub fn known(&self) -> &[T] {
        self.get().unwrap_or_default()
    }

    /// True if the list is known, empty or not.
    pub fn is_reported(&self) -> bool {
        self.0.as_ref().is_some_and(|list| list.len.is_some())
    }

    /// Adds a record. An unknown list becomes a list of this record.
    pub fn push(&mut self, record: T) {
        let list = self.list();
        let len = list.len.unwrap_or(0);
        list.buffer.truncate(len);
        if list.buffer.len() == list.buffer.capacity() {
            // Most lists have one or two elements, and records are large: a buffer for four, as `Vec` would make it, is
            // beyond the sizes that allocators serve fast.
            list.buffer.reserve_exact(len.max(1));
        }
        list.buffer.push(record);
        list.len = Some(len + 1);
    }

    fn list(&mut self) -> &mut List<T> {
        self.0.get_or_insert_with(|| Box::new(List { len: None, buffer: Vec::new() }))
    }
}

impl<T: Record> Many<T> {
    /// Drops the last record. A list of one record becomes unknown.
    pub(crate) fn pop(&mut self) {
        match self.0.as_deref_mut() {
            Some(List { len: Some(len), buffer }) if *len > 1 => {
                buffer.get_mut(*len - 1).into_iter().for_each(T::clear);
                *len -= 1;
            }
            _ => self.clear(),
        }
    }

    /// Makes the list unknown; its buffer is kept, up to eight records.
    pub fn clear(&mut self) {
        let Some(list) = self.0.as_deref_mut() else { return };
        let Some(len) = list.len.take() else { return };
        if list.buffer.len() > MOST_KEPT {
            list.buffer.truncate(MOST_KEPT);
            list.buffer.shrink_to_fit();
        }
        list.buffer.iter_mut().take(len).for_each(T::clear);
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Vec<T>> for Many<T> {
    fn from(records: Vec<T>) -> Self {
        Self(Some(Box::new(List { len: Some(records.len()), buffer: records })))
    }
}

impl<T: Clone> Clone for Many<T> {
    fn clone(&self) -> Self {
        self.get().map(|records| Self::from(records.to_vec())).unwrap_or_default()
    }
}

impl<T: PartialEq> PartialEq for Many<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for Many<T> {}

impl<T: Hash> Hash for Many<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}

impl<T: Record> Records for Many<T> {
    fn len(&self) -> usize {
        self.known().len()
    }
    fn record(&self, index: usize) -> Option<&dyn Record> {
        self.known().get(index).map(|r| r as &dyn Record)
    }
}

impl<T: Record + Default> ManySlot for Many<T> {
    fn clear(&mut self) {
        Many::clear(self);
    }
    fn record_mut(&mut self, index: usize) -> Option<&mut dyn Record> {
        self.get_mut()?.get_mut(index).map(|r| r as &mut dyn Record)
    }
    fn begin(&mut self) {
        self.clear();
        self.list().len = Some(0);
    }
    fn reserve(&mut self, records: usize) {
        let list = self.list();
        list.buffer.reserve_exact(records.saturating_sub(list.buffer.len()));
    }
    fn add(&mut self) -> Option<&mut dyn Record> {
        let list = self.list();
        let at = list.len.unwrap_or(0);
        if at < list.buffer.len() {
            list.len = Some(at + 1);
        } else {
            self.push(T::default());
        }
        self.list().buffer.get_mut(at).map(|record| record as &mut dyn Record)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_KEPT, Many};
    use crate::facts::{ManySlot, Party, Record, Transaction};

    fn named(name: &str) -> Party {
        Party { name: Some(name.into()), ..Party::default() }
    }

    #[test]
    fn nothing_is_left_of_the_list_before() {
        let mut transaction = Transaction::default();
        for count in [3, 1, 0, 2, MOST_KEPT + 2, 2] {
            transaction.clear();
            assert_eq!(transaction, Transaction::default());
            transaction.parties.begin();
            assert_eq!(transaction.parties.get(), Some(&[][..]));
            for _ in 0..count {
                transaction.parties.add();
            }
            assert_eq!(transaction.parties, Many::from(vec![Party::default(); count]));
            let names = ["a", "b", "c", "d"].map(named);
            transaction.parties.get_mut().unwrap().iter_mut().zip(&names).for_each(|(party, named)| *party = named.clone());
        }
    }

    #[test]
    fn a_pushed_record_follows_the_known_ones() {
        let mut parties = Many::from(vec![named("a"), named("b")]);
        parties.begin();
        parties.add();
        parties.push(named("c"));
        assert_eq!(parties.known(), [Party::default(), named("c")]);
        parties.clear();
        assert!(!parties.is_reported());
        parties.push(named("d"));
        assert_eq!(parties.clone().get(), Some(&[named("d")][..]));
    }

    #[test]
    fn a_cleared_list_keeps_only_a_small_buffer() {
        let mut parties = Many::from(vec![Party::default(); 10_000]);
        parties.clear();
        assert!(parties.list().buffer.capacity() <= MOST_KEPT);
    }
}
