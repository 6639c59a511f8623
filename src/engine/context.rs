//! What conditions are asked of: one transaction, in its incident, under a rulebook.

use chrono::NaiveDate;

use crate::facts::{Item, Period, ReportedIncident, Transaction};
use crate::rulebook::Rulebook;

use super::{EvidenceLevel, Ledger, Stage};

/// One transaction with all that its answers depend on.
#[derive(Clone, Copy)]
pub struct EvalContext<'a> {
    /// The law.
    pub rulebook: &'a Rulebook,
    /// The incident.
    pub reported: &'a ReportedIncident,
    /// The transaction's position in it.
    pub index: usize,
    /// The transaction.
    pub transaction: &'a Transaction,
    /// The item that a rule has bound, if it binds one and there are items.
    pub item: Option<usize>,
    /// The totals of the run; `None` while they are being counted.
    pub ledger: Option<&'a Ledger>,
    /// Hides what was made after this day.
    pub known_on: Option<NaiveDate>,
    /// The standing of the transaction as a whole.
    pub evidence: EvidenceLevel,
    /// Exceptions and duties are proved too where the rule does not reach the facts: to explain, not to decide.
    pub full_proofs: bool,
}

impl<'a> EvalContext<'a> {
    /// A transaction as a case; `None` if the incident has none at that position.
    pub fn new(
        rulebook: &'a Rulebook,
        reported: &'a ReportedIncident,
        index: usize,
        known_on: Option<NaiveDate>,
        ledger: Option<&'a Ledger>,
    ) -> Option<Self> {
        let transaction = reported.transactions().get(index)?;
        let evidence = EvidenceLevel::of_transaction(transaction, reported, rulebook);
        Some(Self { rulebook, reported, index, transaction, item: None, ledger, known_on, evidence, full_proofs: false })
    }

    /// The same case with an item bound.
    #[must_use]
    pub fn with_item(self, item: usize) -> Self {
        Self { item: Some(item), ..self }
    }

    /// The same case, to be explained.
    #[must_use]
    pub fn with_full_proofs(self, full_proofs: bool) -> Self {
        Self { full_proofs, ..self }
    }

    /// Once for each item, or once without one where the report names none or the rule binds none.
    pub fn for_each_item(self, binds_item: bool) -> Vec<Self> {
        match self.transaction.items.get() {
            Some(items) if binds_item && !items.is_empty() => (0..items.len()).map(|i| self.with_item(i)).collect(),
            _ => vec![self],
        }
    }

    /// The bound item.
    pub fn bound_item(&self) -> Option<&'a Item> {
        self.transaction.items.get()?.get(self.item?)
    }

    /// When the transaction took place.
    pub fn date(&self) -> Option<Period> {
        self.transaction.date
    }

    /// How far it went, where that makes a difference.
    pub fn stage(&self) -> Option<Stage> {
        Stage::of_transaction(self.transaction, &self.rulebook.vocabulary)
    }

    /// True if something made on that day is hidden.
    pub fn hides(&self, made_on: Option<NaiveDate>) -> bool {
        self.known_on.zip(made_on).is_some_and(|(known, made)| made > known)
    }
}
