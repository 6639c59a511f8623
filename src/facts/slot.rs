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

/// A field that holds a single record.
pub trait OneSlot {
    /// Sets the field to known to be none.
    fn set_none(&mut self);
    /// Sets the field to an empty record, which is returned to be filled in.
    fn begin(&mut self) -> Option<&mut dyn Record>;
}

/// A field that holds a list of records.
pub trait ManySlot {
    /// Sets the field to an empty list: known to be none, unless records are added.
    fn begin(&mut self);
    /// Adds an empty record, which is returned to be filled in.
    fn add(&mut self) -> Option<&mut dyn Record>;
}
