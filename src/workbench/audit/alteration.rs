//! Alterations of a transaction in one fact, by which the audit asks what the rules make of less or more knowledge.

use crate::engine::derived_facts;
use crate::facts::{Codes, FactPath, FieldRole, PathSegment, Period, Record, Slot, Terms, Transaction};
use crate::intake::values::add_implied_facts;
use crate::rulebook::{Forgetting, Vocabulary};

use super::law::Law;
use super::typical::set_typical;

/// A copy of a transaction that differs in one fact is made by this.
pub(super) struct Alteration {
    /// What is done to the fact.
    pub(super) kind: AlterationKind,
    /// The fact as conditions name it: `party.role`.
    pub(super) fact: String,
    /// The path to it: `parties[0].role`.
    pub(super) path: FactPath,
    /// The new value, or that there is none.
    pub(super) value: AlteredValue,
}

/// What an alteration does to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AlterationKind {
    /// It is forgotten, wholly or in part.
    Forgotten(Forgetting),
    /// It is reported, and was not.
    Learned {
        /// The fact is a list of records.
        is_list: bool,
    },
}

impl AlterationKind {
    /// The law that the alteration tests.
    pub(super) fn law(self) -> Law {
        match self {
            AlterationKind::Forgotten(Forgetting::UnlistedWord) => Law::UnlistedWords,
            AlterationKind::Forgotten(_) => Law::Forgetting,
            AlterationKind::Learned { .. } => Law::Learning,
        }
    }

    /// The word by which the audit names the kind.
    pub(super) fn word(self) -> &'static str {
        match self {
            AlterationKind::Forgotten(kind) => kind.word(),
            AlterationKind::Learned { is_list: true } => "learned-list",
            AlterationKind::Learned { is_list: false } => "learned-fact",
        }
    }
}

/// The value of a fact after an alteration.
pub(super) enum AlteredValue {
    Unknown,
    Terms(Terms),
    Codes(Codes),
    Date(Period),
    /// A typical value, by its number from 0.
    Typical(usize),
}

impl Alteration {
    /// The alteration by which the same fact is dropped.
    pub(super) fn dropped(&self) -> Self {
        Self { kind: self.kind, fact: self.fact.clone(), path: self.path.clone(), value: AlteredValue::Unknown }
    }

    /// False if the altered fact belongs to another item than that of a finding: such a trial would tell nothing.
    pub(super) fn concerns_item(&self, item: Option<usize>) -> bool {
        let items = Transaction::TABLE.with_role(FieldRole::Items).map(|row| Transaction::TABLE.key(row));
        match (self.path.segments(), item) {
            ([PathSegment::Key(key), PathSegment::Index(index), ..], Some(item)) if Some(*key) == items => *index == item,
            _ => true,
        }
    }

    /// A copy of a transaction with the alteration; `None` if the transaction has no such fact.
    /// The transaction is given without derived facts, and gets those that follow from the altered facts.
    pub(super) fn apply(&self, transaction: &Transaction, vocabulary: &Vocabulary) -> Option<Transaction> {
        let mut altered = transaction.clone();
        let (last, path) = self.path.segments().split_last()?;
        let PathSegment::Key(key) = last else { return None };
        let record = record_at(&mut altered, path)?;
        let row = record.table().position(key)?;
        match (&self.value, record.slot(row)?) {
            (AlteredValue::Unknown, slot) => slot.clear(),
            (AlteredValue::Terms(terms), Slot::Terms(slot)) => slot.clone_from(terms),
            (AlteredValue::Codes(codes), Slot::Hs(slot)) => slot.clone_from(codes),
            (AlteredValue::Date(period), Slot::Date(slot)) => *slot = Some(*period),
            (AlteredValue::Typical(number), _) => set_typical(record, row, *number, vocabulary)?,
            _ => return None,
        }
        add_implied_facts(record, vocabulary);
        derived_facts(&mut altered, vocabulary);
        Some(altered)
    }
}

/// The record that a path leads to: each key is followed by an index where it names a list.
fn record_at<'r>(record: &'r mut dyn Record, path: &[PathSegment]) -> Option<&'r mut dyn Record> {
    let Some((PathSegment::Key(key), rest)) = path.split_first() else { return path.is_empty().then_some(record) };
    let (index, rest) = match rest.split_first() {
        Some((PathSegment::Index(index), rest)) => (Some(*index), rest),
        _ => (None, rest),
    };
    let row = record.table().position(key)?;
    record_at(record.slot(row)?.record_mut(index)?, rest)
}
