//! Lists of records.

use super::FactKind;
use super::record::{Fact, FactVisitor, ManySlot, Record, RecordType, Records, Slot, Value};

/// A list of records: not known, or all of them, of which there may be none.
///
/// A list that is cleared keeps room for the next one: in a stream every transaction is read into the same place, most have
/// lists as long as the others', and records are large.
#[derive(Debug)]
pub struct Many<T> {
    /// How many records there are, if that is known.
    len: Option<usize>,
    /// The records and, behind them, others of which nothing is told.
    buffer: Vec<T>,
}

/// Room for so many records is kept.
const KEPT: usize = 8;

impl<T> Many<T> {
    /// The records, if it is known which there are.
    pub fn get(&self) -> Option<&[T]> {
        self.len.and_then(|len| self.buffer.get(..len))
    }

    /// The records, to be changed.
    pub fn get_mut(&mut self) -> Option<&mut [T]> {
        self.len.and_then(|len| self.buffer.get_mut(..len))
    }

    /// The records that are known.
    pub fn known(&self) -> &[T] {
        self.get().unwrap_or_default()
    }

    /// True if the report tells which there are, or that there is none.
    pub fn is_reported(&self) -> bool {
        self.len.is_some()
    }

    /// Adds a record.
    pub fn push(&mut self, record: T) {
        let len = self.len.unwrap_or(0);
        self.buffer.truncate(len);
        if self.buffer.len() == self.buffer.capacity() {
            // Most lists have one or two elements, and records are large: room for four would be too much for the quick
            // bins of an allocator.
            self.buffer.reserve_exact(len.max(1));
        }
        self.buffer.push(record);
        self.len = Some(len + 1);
    }
}

impl<T: Record> Many<T> {
    /// Forgets the records and whether there are any.
    pub fn clear(&mut self) {
        let Some(len) = self.len.take() else { return };
        if self.buffer.len() > KEPT {
            self.buffer.truncate(KEPT);
            self.buffer.shrink_to_fit();
        }
        self.buffer.iter_mut().take(len).for_each(T::clear);
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self { len: None, buffer: Vec::new() }
    }
}

impl<T> From<Vec<T>> for Many<T> {
    fn from(records: Vec<T>) -> Self {
        Self { len: Some(records.len()), buffer: records }
    }
}

impl<T: Clone> Clone for Many<T> {
    fn clone(&self) -> Self {
        Self { len: self.len, buffer: self.known().to_vec() }
    }
}

impl<T: PartialEq> PartialEq for Many<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: RecordType> Fact for Many<T> {
    const KIND: FactKind = FactKind::Many(T::TABLE);
    fn value(&self) -> Value<'_> {
        Value::Many(self.is_reported().then_some(self))
    }
    fn is_reported(&self) -> bool {
        Many::is_reported(self)
    }
    fn visit(&self, row: usize, visitor: &mut dyn FactVisitor) {
        visitor.many(row, self);
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Many(self)
    }
    fn clear(&mut self) {
        Many::clear(self);
    }
}

impl<T: Record> Records for Many<T> {
    fn len(&self) -> usize {
        self.len.unwrap_or(0)
    }
    fn record(&self, index: usize) -> Option<&dyn Record> {
        self.known().get(index).map(|r| r as &dyn Record)
    }
}

impl<T: Record + Default> ManySlot for Many<T> {
    fn begin(&mut self) {
        self.clear();
        self.len = Some(0);
    }
    fn add(&mut self) -> Option<&mut dyn Record> {
        let at = self.len.unwrap_or(0);
        if at < self.buffer.len() {
            self.len = Some(at + 1);
        } else {
            self.push(T::default());
        }
        self.buffer.get_mut(at).map(|r| r as &mut dyn Record)
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Many};
    use crate::facts::{ManySlot, Party, Record, Transaction};

    fn named(name: &str) -> Party {
        Party { name: Some(name.into()), ..Party::default() }
    }

    #[test]
    fn nothing_is_left_of_what_was_told_before() {
        let mut transaction = Transaction::default();
        for count in [3, 1, 0, 2, KEPT + 2, 2] {
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
    fn what_is_pushed_stands_behind_what_is_told() {
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
    fn little_room_is_kept() {
        let mut parties = Many::from(vec![Party::default(); 10_000]);
        parties.clear();
        assert!(parties.buffer.capacity() <= KEPT);
    }
}
