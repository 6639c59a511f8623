//! Records of facts, handled by their tables: what a reader, an evaluator or a report can do with a record of any type.
//!
//! A fact is in one of three states: *unknown* (not reported), *known to be none* (an empty list, `none`), or known. Every
//! representation of a value here keeps the three apart.

use compact_str::CompactString;

use super::table::{FactKind, FieldRole, FieldSet, Table};
use super::{Amount, Coded, CodedTerm, Codes, HsCode, ImoNumber, PathSegment, Period, Range, Slot, Terms};

/// A record of facts of any type.
///
/// Fields are known by their indices in the record's [`Table`]. Implemented by the `record!` macro; a table
/// itself is a record of which nothing is reported.
pub trait Record {
    /// The table of its fields.
    fn table(&self) -> &'static Table;
    /// The value of a field. That of a field that does not exist is an unknown text.
    fn value(&self, index: usize) -> FactValue<'_>;
    /// Hands every reported fact among some fields to a visitor, in the order of the table. Other fields are not looked at, since
    /// a record is larger than what is mostly asked of it.
    fn visit(&self, fields: FieldSet, visitor: &mut dyn FactVisitor);
    /// Where the value of a field is to be put; `None` if there is no such field.
    fn slot(&mut self, index: usize) -> Option<Slot<'_>>;
    /// Makes every fact unknown, keeping memory, so that another record can be read into the same place.
    fn clear(&mut self);
}

/// The fact at a path from a record, with the record that has it; `None` if the path leads nowhere.
pub fn fact_at<'r>(record: &'r dyn Record, path: &[PathSegment]) -> Option<(&'r dyn Record, FactValue<'r>)> {
    let (PathSegment::Key(key), rest) = path.split_first()? else { return None };
    let value = record.value(record.table().position(key)?);
    match (value, rest) {
        (value, []) => Some((record, value)),
        (FactValue::One(Some(Some(inner))), rest) => fact_at(inner, rest),
        (FactValue::Many(Some(list)), [PathSegment::Index(index), rest @ ..]) => fact_at(list.record(*index)?, rest),
        _ => None,
    }
}

impl dyn Record + '_ {
    /// The value of the field that has a role; `None` if the record has no such field.
    pub fn value_of(&self, role: FieldRole) -> Option<FactValue<'_>> {
        self.table().with_role(role).map(|index| self.value(index))
    }

    /// Whether the record is established or alleged, if it has a field for that.
    pub fn evidence(&self) -> Option<&Terms> {
        match self.value_of(FieldRole::Evidence)? {
            FactValue::Terms(terms) => Some(terms),
            _ => None,
        }
    }

    /// True if no fact of the record is reported that a rule could ask for, nor one of a record in it. The role of somebody or of a
    /// ship of which nothing else is told is none.
    pub fn says_nothing(&self) -> bool {
        self.says_at_most("")
    }

    /// True if nothing is reported that a rule could ask for but the fact under that key.
    fn says_at_most(&self, key: &str) -> bool {
        let asked = self.table().fields.iter().enumerate().filter(|(_, field)| field.rule_key.is_some() && field.key != key);
        asked.map(|(index, _)| self.value(index)).all(|value| match value {
            FactValue::One(Some(Some(inner))) => inner.says_at_most("role"),
            FactValue::Many(Some(list)) => {
                !list.is_empty()
                    && (0..list.len()).filter_map(|index| list.record(index)).all(|record| record.says_at_most("role"))
            }
            FactValue::Text(value) => value.is_none(),
            FactValue::Texts(value) => value.is_none(),
            FactValue::Terms(value) => value.is_unknown(),
            FactValue::Hs(value) => value.is_unknown(),
            FactValue::Amount(value) => value.is_none(),
            FactValue::Count(value) => value.is_none(),
            FactValue::Date(value) => value.is_none(),
            FactValue::YesNo(value) => value.is_none(),
            FactValue::Imo(value) => value.is_none(),
            FactValue::Identifiers(value) => value.is_none(),
            FactValue::One(value) => value.is_none(),
            FactValue::Many(value) => value.is_none(),
        })
    }

    /// The ids of the sources that report the record, where they are given.
    pub fn source_refs(&self) -> Option<&[CompactString]> {
        match self.value_of(FieldRole::Sources)? {
            FactValue::Texts(ids) => ids,
            _ => None,
        }
    }
}

/// Receives the reported facts of a record from [`Record::visit`], each with the index of its field.
///
/// There is a method for each kind that a visitor looks into, because matching on a [`FactValue`] takes longer than what visitors
/// do with it.
pub trait FactVisitor {
    /// Terms, or that there is none.
    fn terms(&mut self, index: usize, terms: &Terms);
    /// HS codes, or that there is none.
    fn codes(&mut self, index: usize, codes: &Codes);
    /// A record; `None` if it is known that there is none.
    fn one(&mut self, index: usize, record: Option<&dyn Record>);
    /// A list of records, perhaps empty.
    fn many(&mut self, index: usize, records: &dyn Records);
    /// `true` or `false`.
    fn yes_no(&mut self, index: usize, answer: bool);
    /// A fact of any other kind.
    fn other(&mut self, index: usize);
}

/// A list of records of any type.
pub trait Records {
    /// The number of records.
    fn len(&self) -> usize;
    /// True if it is known that there is no record.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The record at an index from 0.
    fn record(&self, index: usize) -> Option<&dyn Record>;
}

/// The value of a field, borrowed from its record. `None` is always *unknown*; an empty list is *known to be none*.
#[derive(Clone, Copy)]
pub enum FactValue<'a> {
    /// A text.
    Text(Option<&'a str>),
    /// Several texts.
    Texts(Option<&'a [CompactString]>),
    /// Terms of the vocabulary.
    Terms(&'a Coded<CodedTerm>),
    /// HS codes.
    Hs(&'a Coded<HsCode>),
    /// A number or range with its unit.
    Amount(Option<&'a Amount>),
    /// A number or range without a unit.
    Count(Option<&'a Range>),
    /// A day or a range of days.
    Date(Option<&'a Period>),
    /// `true` or `false`.
    YesNo(Option<bool>),
    /// An IMO number.
    Imo(Option<ImoNumber>),
    /// Kinds of document and their numbers.
    Identifiers(Option<&'a [(CompactString, CompactString)]>),
    /// A record; `Some(None)` if it is known that there is none.
    One(Option<Option<&'a dyn Record>>),
    /// A list of records.
    Many(Option<&'a dyn Records>),
}

static NO_TERMS: Coded<CodedTerm> = Coded::UNKNOWN;
static NO_CODES: Coded<HsCode> = Coded::UNKNOWN;

/// A table is a record of its type of which nothing is reported.
impl Record for &'static Table {
    fn table(&self) -> &'static Table {
        self
    }
    fn value(&self, index: usize) -> FactValue<'_> {
        let Some(field) = self.fields.get(index) else { return FactValue::Text(None) };
        match field.kind {
            FactKind::Text | FactKind::Grade(_) | FactKind::PortCode => FactValue::Text(None),
            FactKind::Texts | FactKind::SourceRefs => FactValue::Texts(None),
            FactKind::Terms => FactValue::Terms(&NO_TERMS),
            FactKind::Hs => FactValue::Hs(&NO_CODES),
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Duration => FactValue::Amount(None),
            FactKind::Count => FactValue::Count(None),
            FactKind::Date => FactValue::Date(None),
            FactKind::YesNo => FactValue::YesNo(None),
            FactKind::Imo => FactValue::Imo(None),
            FactKind::Identifiers => FactValue::Identifiers(None),
            FactKind::One(_) => FactValue::One(None),
            FactKind::Many(_) => FactValue::Many(None),
        }
    }
    fn visit(&self, _: FieldSet, _: &mut dyn FactVisitor) {}
    fn slot(&mut self, _: usize) -> Option<Slot<'_>> {
        None
    }
    fn clear(&mut self) {}
}
