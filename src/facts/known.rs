//! A single record inside another.

use super::{OneSlot, Record};

/// A record inside another, such as the contract of a transaction: unknown, known to be none, or known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Known<T> {
    /// It is not reported whether there is such a record.
    #[default]
    Unknown,
    /// There is known to be no record.
    None,
    /// The known record.
    Is(T),
}

impl<T> Known<T> {
    /// The record, if there is known to be one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Known::Is(record) => Some(record),
            Known::Unknown | Known::None => None,
        }
    }
}

impl<T: Record + Default> OneSlot for Known<T> {
    fn clear(&mut self) {
        *self = Known::Unknown;
    }
    fn record_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Known::Is(record) => Some(record),
            Known::Unknown | Known::None => None,
        }
    }
    fn set_none(&mut self) {
        *self = Known::None;
    }
    fn begin(&mut self) -> Option<&mut dyn Record> {
        *self = Known::Is(T::default());
        match self {
            Known::Is(record) => Some(record),
            Known::Unknown | Known::None => None,
        }
    }
}
