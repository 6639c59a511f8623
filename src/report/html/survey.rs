//! The first pass over the transactions, which collects what is shown above and below them. All of it is bounded.

use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDate;

use crate::engine::Verdict;
use crate::report::model::{AuthorityNote, DecisionNote, DutyNote, Finding, Report, TransactionReport};

use super::marks::TimelineMarks;
use super::parts::anchor;
use super::quota::{QuotaPeriod, keep_last};
use super::transaction_ref::TransactionRef;

/// The most findings that are listed one by one; a browser stays quick with them.
pub(super) const MOST_FINDINGS: usize = 5_000;
/// The most rows of duties and of decisions that are listed, each.
const MOST_ROWS: usize = 1_000;

/// The result of the first pass.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The resolutions that findings or duties cite, by day, with the number of findings.
    pub resolutions: Vec<CitedResolution>,
    /// The dates of the transactions.
    pub marks: TimelineMarks,
    /// The number of findings of each verdict that are listed, the worst first: what is left out is the least bad.
    pub listed: BTreeMap<Verdict, usize>,
    /// The last states of quotas, by name and period.
    pub quotas: BTreeMap<(String, String), QuotaPeriod>,
    /// Duties, by deadline.
    pub duties: FirstRows<(NaiveDate, usize), DutyRow>,
    /// Findings that a person has decided.
    pub decided: FirstRows<usize, DecidedRow>,
    linked: bool,
}

/// A resolution that findings cite.
#[derive(Debug)]
pub(super) struct CitedResolution {
    /// The symbol of the resolution.
    pub symbol: String,
    /// The day of its adoption.
    pub adopted: NaiveDate,
    /// The number of findings that cite it.
    pub findings: usize,
}

/// A duty that arises from a transaction.
#[derive(Debug)]
pub(super) struct DutyRow {
    /// The transaction that it arises from.
    pub of: TransactionRef,
    /// The duty.
    pub duty: DutyNote,
}

/// A finding with a decision.
#[derive(Debug)]
pub(super) struct DecidedRow {
    /// The transaction of the finding.
    pub of: TransactionRef,
    /// The rule of the finding.
    pub rule: String,
    /// The verdict of the finding.
    pub verdict: Verdict,
    /// The decision on the finding.
    pub decision: DecisionNote,
}

/// The first of many in the order of their keys, and the number of all.
#[derive(Debug)]
pub(super) struct FirstRows<K, V> {
    /// The first rows.
    pub rows: BTreeMap<K, V>,
    /// The number of all rows.
    pub number: usize,
}

impl<K, V> Default for FirstRows<K, V> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), number: 0 }
    }
}

impl<K: Ord, V> FirstRows<K, V> {
    fn keep(&mut self, key: K, row: V) {
        self.number += 1;
        self.rows.insert(key, row);
        if self.rows.len() > MOST_ROWS {
            self.rows.pop_last();
        }
    }
}

impl Survey {
    /// Reads a report once and gathers what the page shows of it.
    pub fn new(report: &Report) -> io::Result<Self> {
        let summary = &report.head.summary;
        // Links are for pages that have room for all they could lead to.
        let mut survey = Self { linked: summary.findings() <= MOST_FINDINGS, ..Self::default() };
        let mut cited: BTreeMap<String, usize> = BTreeMap::new();
        for incident in &report.incidents {
            for transaction in incident.transactions.iter() {
                survey.add(&incident.id, &*transaction?, &mut cited);
            }
        }
        let mut room = MOST_FINDINGS;
        for verdict in Verdict::ALL {
            let listed = summary.count(verdict).min(room);
            survey.listed.insert(verdict, listed);
            room -= listed;
        }
        survey.resolutions = report
            .head
            .resolutions
            .iter()
            .filter_map(|r| {
                let findings = *cited.get(&r.symbol)?;
                Some(CitedResolution { symbol: r.symbol.clone(), adopted: r.adopted, findings })
            })
            .collect();
        survey.resolutions.sort_by(|a, b| (a.adopted, &a.symbol).cmp(&(b.adopted, &b.symbol)));
        Ok(survey)
    }

    /// True if the page has room for all that a link could lead to.
    pub fn is_linked(&self) -> bool {
        self.linked
    }

    fn add(&mut self, incident: &str, transaction: &TransactionReport, cited: &mut BTreeMap<String, usize>) {
        let linked = self.linked && transaction.has_something_to_report();
        let of = || TransactionRef {
            incident: incident.to_owned(),
            transaction: transaction.id.clone(),
            anchor: linked.then(|| anchor(incident, transaction)),
        };
        self.marks.add(transaction.date, transaction.verdict, of);
        for finding in &transaction.findings {
            for symbol in symbols(finding) {
                *cited.entry(symbol.to_owned()).or_default() += finding.items();
            }
            if let Some(decision) = &finding.decision {
                let row =
                    DecidedRow { of: of(), rule: finding.rule.clone(), verdict: finding.verdict, decision: decision.clone() };
                self.decided.keep(self.decided.number, row);
            }
            for state in finding.because.iter().filter_map(|basis| basis.quota.as_ref()) {
                let date = transaction.date.map(|date| date.to_string()).unwrap_or_default();
                keep_last(&mut self.quotas, state, &date, of());
            }
        }
        for duty in &transaction.duties {
            // What has no deadline comes after what has one.
            let deadline = duty.by.unwrap_or(NaiveDate::MAX);
            self.duties.keep((deadline, self.duties.number), DutyRow { of: of(), duty: duty.clone() });
        }
    }
}

/// The resolutions that a finding cites, each once.
fn symbols(finding: &Finding) -> Vec<&str> {
    let mut symbols: Vec<&str> = finding.authority.iter().map(|AuthorityNote { symbol, .. }| symbol.as_str()).collect();
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}
