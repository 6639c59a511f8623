//! A single record inside another.

use std::hash::{Hash, Hasher};

use super::{OneSlot, Record};

/// A record inside another, such as the contract of a transaction: unknown, known to be none, or known.
///
/// The record is on the heap, since most are unknown and records are large. Clearing it keeps its place: in a stream every
/// transaction is read into the same one.
#[derive(Debug)]
pub struct Known<T> {
    state: State,
    /// The known record, or a cleared one that is kept for later.
    place: Option<Box<T>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    /// It is not reported whether there is such a record.
    Unknown,
    /// There is known to be no record.
    None,
    /// There is the record in the place.
    Is,
}

impl<T> Known<T> {
    /// It is not reported whether there is such a record.
    pub const UNKNOWN: Self = Self { state: State::Unknown, place: None };

    /// There is known to be no record.
    pub const NONE: Self = Self { state: State::None, place: None };

    /// The record is known.
    pub fn is(record: T) -> Self {
        Self { state: State::Is, place: Some(Box::new(record)) }
    }

    /// The record, if there is known to be one.
    pub fn get(&self) -> Option<&T> {
        self.place.as_deref().filter(|_| self.state == State::Is)
    }

    /// The record, mutably, if there is known to be one.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.place.as_deref_mut().filter(|_| self.state == State::Is)
    }

    /// True if there is known to be no record.
    pub fn is_none(&self) -> bool {
        self.state == State::None
    }

    /// True if it is known which record there is, or that there is none.
    pub fn is_reported(&self) -> bool {
        self.state != State::Unknown
    }
}

impl<T: Record> Known<T> {
    /// Makes it unknown whether there is such a record.
    pub fn clear(&mut self) {
        self.leave(State::Unknown);
    }

    /// Sets the state to one without a record.
    fn leave(&mut self, state: State) {
        self.get_mut().into_iter().for_each(T::clear);
        self.state = state;
    }
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl<T: Clone> Clone for Known<T> {
    fn clone(&self) -> Self {
        Self { state: self.state, place: self.get().map(|record| Box::new(record.clone())) }
    }
}

impl<T: PartialEq> PartialEq for Known<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.state, self.get()) == (other.state, other.get())
    }
}

impl<T: Eq> Eq for Known<T> {}

impl<T: Hash> Hash for Known<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.state, self.get()).hash(hasher);
    }
}

impl<T: Record + Default> OneSlot for Known<T> {
    fn clear(&mut self) {
        Known::clear(self);
    }
    fn record_mut(&mut self) -> Option<&mut dyn Record> {
        self.get_mut().map(|record| record as &mut dyn Record)
    }
    fn set_none(&mut self) {
        self.leave(State::None);
    }
    fn begin(&mut self) -> Option<&mut dyn Record> {
        self.leave(State::Is);
        Some(self.place.get_or_insert_default().as_mut())
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use crate::facts::{OneSlot, Record, Side, Transaction};

    #[test]
    fn nothing_is_left_of_the_record_before() {
        let side = Side { party: Some("a".into()), ..Side::default() };
        let mut transaction = Transaction { from: Known::is(side), ..Transaction::default() };
        transaction.clear();
        assert_eq!(transaction, Transaction::default());
        transaction.from.begin();
        assert_eq!(transaction.from, Known::is(Side::default()));
        transaction.from.set_none();
        assert!(transaction.from.is_none() && transaction.from.get().is_none());
        assert_eq!(transaction.from, Known::NONE);
    }
}
