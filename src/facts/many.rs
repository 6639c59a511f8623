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
    told: Option<usize>,
    /// The records and, behind them, others of which nothing is told.
    room: Vec<T>,
}

/// Room for so many records is kept.
const KEPT: usize = 8;

impl<T> Many<T> {
    /// The records, if it is known which there are.
    pub fn get(&self) -> Option<&[T]> {
        self.told.and_then(|told| self.room.get(..told))
    }

    /// The records, to be changed.
    pub fn get_mut(&mut self) -> Option<&mut [T]> {
        self.told.and_then(|told| self.room.get_mut(..told))
    }

    /// The records that are known.
    pub fn known(&self) -> &[T] {
        self.get().unwrap_or_default()
    }

    /// True if the report tells which there are, or that there is none.
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Adds a record.
    pub fn push(&mut self, record: T) {
        let told = self.told.unwrap_or(0);
        self.room.truncate(told);
        if self.room.len() == self.room.capacity() {
            // Most lists have one or two elements, and records are large: room for four would be too much for the quick
            // bins of an allocator.
            self.room.reserve_exact(told.max(1));
        }
        self.room.push(record);
        self.told = Some(told + 1);
    }
}

impl<T: Record> Many<T> {
    /// Forgets the records and whether there are any.
    pub fn clear(&mut self) {
        let Some(told) = self.told.take() else { return };
        if self.room.len() > KEPT {
            self.room.truncate(KEPT);
            self.room.shrink_to_fit();
        }
        self.room.iter_mut().take(told).for_each(T::clear);
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self { told: None, room: Vec::new() }
    }
}

impl<T> From<Vec<T>> for Many<T> {
    fn from(records: Vec<T>) -> Self {
        Self { told: Some(records.len()), room: records }
    }
}

impl<T: Clone> Clone for Many<T> {
    fn clone(&self) -> Self {
        Self { told: self.told, room: self.known().to_vec() }
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
        Value::Many(self.is_told().then_some(self))
    }
    fn is_told(&self) -> bool {
        Many::is_told(self)
    }
    fn tell(&self, row: usize, hearer: &mut dyn FactVisitor) {
        hearer.many(row, self);
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
        self.told.unwrap_or(0)
    }
    fn record(&self, index: usize) -> Option<&dyn Record> {
        self.known().get(index).map(|r| r as &dyn Record)
    }
}

impl<T: Record + Default> ManySlot for Many<T> {
    fn begin(&mut self) {
        self.clear();
        self.told = Some(0);
    }
    fn add(&mut self) -> Option<&mut dyn Record> {
        let at = self.told.unwrap_or(0);
        if at < self.room.len() {
            self.told = Some(at + 1);
        } else {
            self.push(T::default());
        }
        self.room.get_mut(at).map(|r| r as &mut dyn Record)
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
        assert!(!parties.is_told());
        parties.push(named("d"));
        assert_eq!(parties.clone().get(), Some(&[named("d")][..]));
    }

    #[test]
    fn little_room_is_kept() {
        let mut parties = Many::from(vec![Party::default(); 10_000]);
        parties.clear();
        assert!(parties.room.capacity() <= KEPT);
    }
}
