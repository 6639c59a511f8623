//! Slots: where a reader puts the values of a record whose type it does not know.

use compact_str::CompactString;

use super::{Amount, Codes, ImoNumber, Period, Range, Record, Terms};

/// The place in a record where the value of a field is to be put, by the type that holds it.
///
/// Setting a value to `None` makes it unknown; an empty list says that it is known to be none.
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

/// Where a single record is to be put.
pub trait OneSlot {
    /// Records that there is none.
    fn set_none(&mut self);
    /// Puts an empty record here and gives it, to be filled.
    fn begin(&mut self) -> Option<&mut dyn Record>;
}

/// Where a list of records is to be put.
pub trait ManySlot {
    /// Puts an empty list here: it is then known that there is no record, unless some are added.
    fn begin(&mut self);
    /// Adds an empty record and gives it, to be filled.
    fn add(&mut self) -> Option<&mut dyn Record>;
}
