//! Counts of a run: incidents, transactions, findings by verdict.

use std::collections::BTreeMap;

use crate::engine::{TransactionAssessment, Verdict};

/// The counts of a run, added up transaction by transaction.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The number of incidents.
    pub incidents: usize,
    /// The number of transactions checked.
    pub transactions: usize,
    /// The number of transactions with a triage.
    pub triage: usize,
    /// The number of findings of each verdict that occurs.
    pub findings: BTreeMap<Verdict, usize>,
}

impl Counts {
    /// Adds a transaction and its findings.
    pub fn add(&mut self, assessed: &TransactionAssessment<'_>) {
        self.transactions += 1;
        self.triage += usize::from(assessed.triage.is_some());
        for verdict in assessed.findings.iter().filter_map(|f| f.verdict) {
            *self.findings.entry(verdict).or_default() += 1;
        }
    }

    /// Adds the counts of another part of the run, but for its incidents: one incident may be in both parts.
    pub fn append(&mut self, other: &Counts) {
        self.transactions += other.transactions;
        self.triage += other.triage;
        for (verdict, number) in &other.findings {
            *self.findings.entry(*verdict).or_default() += number;
        }
    }

    /// The worst verdict; `None` if there is no finding.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.keys().copied().max()
    }

    /// The number of findings of a verdict.
    pub(super) fn findings_of(&self, verdict: Verdict) -> usize {
        self.findings.get(&verdict).copied().unwrap_or(0)
    }
}
