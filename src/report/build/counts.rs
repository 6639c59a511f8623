//! Counts of a run: incidents, transactions and findings by verdict.

use std::collections::BTreeMap;

use crate::document::Unread;
use crate::engine::Verdict;

use super::super::model::TransactionReport;
use super::not_checked::is_about_a_total;

/// The counts of a run, added up transaction by transaction.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The number of incidents.
    pub incidents: usize,
    /// The number of transactions checked.
    pub transactions: usize,
    /// The number of transactions with a triage.
    pub triage: usize,
    /// The number of transactions that were not wholly checked.
    pub not_wholly_checked: usize,
    /// The number of transactions in whose findings a total could not be known, by what was not checked and why.
    pub without_balance: BTreeMap<(String, String), usize>,
    /// The keys that were not read, each with the number of transactions that have it.
    pub unread_keys: BTreeMap<String, usize>,
    /// The number of transactions with such a key.
    pub with_unread_keys: usize,
    /// The number of transactions of each verdict that occurs; those without a finding are not among them.
    pub by_verdict: BTreeMap<Verdict, usize>,
    /// The number of findings of each verdict that occurs.
    pub findings: BTreeMap<Verdict, usize>,
}

impl Counts {
    /// Adds a transaction and its findings.
    pub fn add(&mut self, report: &TransactionReport, unread: &Unread) {
        self.transactions += 1;
        self.triage += usize::from(report.triage.is_some());
        self.not_wholly_checked += usize::from(!report.page.not_checked.is_empty());
        for note in report.page.not_checked.iter().filter(|note| is_about_a_total(note)) {
            *self.without_balance.entry((note.what.clone(), note.because.clone())).or_default() += 1;
        }
        self.add_keys(unread);
        if let Some(verdict) = report.verdict {
            *self.by_verdict.entry(verdict).or_default() += 1;
        }
        for finding in &report.findings {
            *self.findings.entry(finding.verdict).or_default() += finding.items();
        }
    }

    /// Adds a transaction that has nothing to report, but what could not be read of it, and whether rules could not be assessed.
    pub fn add_silent(&mut self, unread: &Unread, is_partly_assessed: bool) {
        self.transactions += 1;
        self.not_wholly_checked += usize::from(is_partly_assessed || !unread.is_empty());
        self.add_keys(unread);
    }

    fn add_keys(&mut self, unread: &Unread) {
        self.with_unread_keys += usize::from(!unread.keys.is_empty());
        for key in &unread.keys {
            *self.unread_keys.entry(key.clone()).or_default() += 1;
        }
    }

    /// Adds the counts of another part of the run, but for its incidents: one incident may be in both parts.
    pub fn append(&mut self, other: &Counts) {
        self.transactions += other.transactions;
        self.triage += other.triage;
        self.not_wholly_checked += other.not_wholly_checked;
        for (what, number) in &other.without_balance {
            *self.without_balance.entry(what.clone()).or_default() += number;
        }
        self.with_unread_keys += other.with_unread_keys;
        for (key, number) in &other.unread_keys {
            *self.unread_keys.entry(key.clone()).or_default() += number;
        }
        for (into, from) in [(&mut self.by_verdict, &other.by_verdict), (&mut self.findings, &other.findings)] {
            from.iter().for_each(|(verdict, number)| *into.entry(*verdict).or_default() += number);
        }
    }

    /// The worst verdict; `None` if there is no finding.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.keys().copied().max()
    }

    /// The number of transactions of a verdict.
    pub(super) fn transactions_of(&self, verdict: Verdict) -> usize {
        self.by_verdict.get(&verdict).copied().unwrap_or(0)
    }

    /// The number of findings of a verdict.
    pub(super) fn findings_of(&self, verdict: Verdict) -> usize {
        self.findings.get(&verdict).copied().unwrap_or(0)
    }
}
