//! The keys that a condition may have, by the record that it is a condition on.

use crate::facts::{FieldRole, Item, Scheme, Table, Transaction};

use super::date::{DATE_KEYS, OFFSET_KEYS};

/// The keys of a condition that are not facts of a record.
const CONNECTIVES: [&str; 7] = ["all", "any", "not", "shown", "because", "every", "is"];

/// The record that a condition is evaluated against, and the keys that lead to it.
#[derive(Clone, Copy)]
pub(super) struct RecordScope<'s> {
    /// The record's table.
    pub(super) table: &'static Table,
    /// The keys from the transaction to the record, joined by dots.
    pub(super) path: &'s str,
}

impl RecordScope<'_> {
    /// The transaction.
    pub(super) const TRANSACTION: RecordScope<'static> = RecordScope { table: Transaction::TABLE, path: "" };

    /// A record of a table, as in a definition with `of:`.
    pub(super) fn new(table: &'static Table) -> RecordScope<'static> {
        RecordScope { table, path: "" }
    }

    /// The path of a key of the record.
    pub(super) fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// True for a record inside a transaction with a date of its own, such as a notification: `before`, `from`, `until` and
    /// `after` then bound that date.
    pub(super) fn is_dated(&self) -> bool {
        self.table.with_role(FieldRole::MadeOn).is_some()
    }

    /// True for a record that can be on a list of designated persons.
    pub(super) fn can_be_designated(&self) -> bool {
        self.table.with_role(FieldRole::Listings).is_some()
    }

    /// The row of the role that puts the record on a side of the transaction, in a record that has one.
    pub(super) fn role_row(&self) -> Option<usize> {
        self.table.fields.iter().position(|field| field.schemes.contains(&Scheme::Role))
    }

    pub(super) fn is_item(&self) -> bool {
        self.table == Item::TABLE
    }

    pub(super) fn is_transaction(&self) -> bool {
        self.table == Transaction::TABLE
    }

    /// Every key that a condition on the record may have.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        let mut keys: Vec<&str> = self.table.fields.iter().filter_map(|field| field.rule_key).collect();
        keys.extend(CONNECTIVES);
        if self.is_dated() {
            keys.extend(DATE_KEYS);
            keys.extend(OFFSET_KEYS);
        }
        if self.is_item() {
            keys.extend(["in", "within"]);
        }
        if self.can_be_designated() {
            keys.push("designated");
        }
        if self.role_row().is_some() {
            keys.push("side");
        }
        if self.is_transaction() {
            keys.extend(["within", "source", "concerns"]);
        }
        keys
    }
}
