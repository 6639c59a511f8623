//! Slots: where a reader puts the values of a record whose type it does not know.

use compact_str::CompactString;

use super::{Amount, Codes, ImoNumber, Period, Range, Record, Terms};

/// The place in a record where the value of a field is to be put, by the type that holds it.
///
/// `None` makes a value unknown; an empty list makes it known to be none.
pub enum Slot<'a> {
    /// A text.
    Text(&'a mut Option<CompactString>),
    /// Several texts.
    Texts(&'a mut Option<Vec<CompactString>>),
    /// Terms of the vocabulary.
    Terms(&'a mut Terms),
    /// HS codes.
    Hs(&'a mut Codes),
    /// A number or range with its unit.
    Amount(&'a mut Option<Amount>),
    /// A number or range without a unit.
    Count(&'a mut Option<Range>),
    /// A day or a range of days.
    Date(&'a mut Option<Period>),
    /// `true` or `false`.
    YesNo(&'a mut Option<bool>),
    /// An IMO number.
    Imo(&'a mut Option<ImoNumber>),
    /// Kinds of document and their numbers.
    Identifiers(&'a mut Option<Vec<(CompactString, CompactString)>>),
    /// A record.
    One(&'a mut dyn OneSlot),
    /// A list of records.
    Many(&'a mut dyn ManySlot),
}

impl<'a> Slot<'a> {
    /// Sets the fact to unknown.
    pub fn clear(self) {
        match self {
            Slot::Text(slot) => *slot = None,
            Slot::Texts(slot) => *slot = None,
            Slot::Terms(slot) => *slot = Terms::UNKNOWN,
            Slot::Hs(slot) => *slot = Codes::UNKNOWN,
            Slot::Amount(slot) => *slot = None,
            Slot::Count(slot) => *slot = None,
            Slot::Date(slot) => *slot = None,
            Slot::YesNo(slot) => *slot = None,
            Slot::Imo(slot) => *slot = None,
            Slot::Identifiers(slot) => *slot = None,
            Slot::One(slot) => slot.clear(),
            Slot::Many(slot) => slot.clear(),
        }
    }

    /// The record in the field: the only one, or the one at an index of a list. `None` if there is none.
    pub fn record_mut(self, index: Option<usize>) -> Option<&'a mut dyn Record> {
        match (self, index) {
            (Slot::One(slot), None) => slot.record_mut(),
            (Slot::Many(slot), Some(index)) => slot.record_mut(index),
            _ => None,
        }
    }
}

/// A field that holds a single record.
pub trait OneSlot {
    /// Sets the field to unknown.
    fn clear(&mut self);
    /// The record in the field; `None` if it is unknown or known to be none.
    fn record_mut(&mut self) -> Option<&mut dyn Record>;
    /// Sets the field to known to be none.
    fn set_none(&mut self);
    /// Sets the field to an empty record, which is returned to be filled in.
    fn begin(&mut self) -> Option<&mut dyn Record>;
}

/// A field that holds a list of records.
pub trait ManySlot {
    /// Sets the field to unknown.
    fn clear(&mut self);
    /// The record at an index from 0.
    fn record_mut(&mut self, index: usize) -> Option<&mut dyn Record>;
    /// Sets the field to an empty list: known to be none, unless records are added.
    fn begin(&mut self);
    /// Makes room for so many records, and no more.
    fn reserve(&mut self, records: usize);
    /// Adds an empty record, which is returned to be filled in.
    fn add(&mut self) -> Option<&mut dyn Record>;
}
