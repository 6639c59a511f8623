//! Counts of a run: incidents, transactions, findings by verdict.

use std::collections::BTreeMap;

use crate::engine::{TransactionAssessment, Verdict};

/// What is counted over a run.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Incidents read.
    pub incidents: usize,
    /// Transactions checked.
    pub transactions: usize,
    /// Findings, by verdict.
    pub findings: BTreeMap<Verdict, usize>,
}

impl Counts {
    /// Counts a transaction.
    pub fn add(&mut self, assessed: &TransactionAssessment<'_>) {
        self.transactions += 1;
        for verdict in assessed.findings.iter().filter_map(|f| f.verdict) {
            *self.findings.entry(verdict).or_default() += 1;
        }
    }

    /// Counts what another has counted, but for incidents.
    pub fn append(&mut self, other: &Counts) {
        self.transactions += other.transactions;
        for (verdict, number) in &other.findings {
            *self.findings.entry(*verdict).or_default() += number;
        }
    }

    /// The worst verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.keys().copied().max()
    }

    pub(super) fn of(&self, verdict: Verdict) -> usize {
        self.findings.get(&verdict).copied().unwrap_or(0)
    }
}
