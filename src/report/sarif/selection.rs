//! Which findings a SARIF report has, and in which order.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use crate::engine::Verdict;
use crate::report::model::{Finding, Report, TransactionReport};
use crate::report::wording::{FindingOrQuestion, findings_and_questions};
use crate::rulebook::Severity;

/// What a SARIF report has beside the open failures, and how many results at most.
///
/// Code hosts raise an alert for each result, whatever its `kind` and its `suppressions` say, so the report has by itself only
/// what somebody has to look at.
#[derive(Debug, Clone, Copy)]
pub struct SarifScope {
    /// Whether it has findings that are compliant.
    pub passed: bool,
    /// Whether it has findings that a person has decided.
    pub decided: bool,
    /// The most results.
    pub most_results: usize,
}

impl SarifScope {
    /// The most results of a run that GitHub takes.
    pub const MOST_RESULTS: usize = 25_000;

    /// True if findings like this one are in the report.
    pub(super) fn has(self, finding: &Finding) -> bool {
        (self.passed || finding.verdict != Verdict::Compliant) && (self.decided || !finding.is_decided())
    }

    /// The rank of an entry of a transaction, the gravest first; `None` if it is not in the report.
    pub(super) fn rank(self, entry: &FindingOrQuestion<'_>) -> Option<Rank> {
        let finding = match entry {
            FindingOrQuestion::Finding(finding) => finding,
            FindingOrQuestion::Question(question) => question.findings.first()?,
        };
        self.has(finding).then(|| (finding.is_decided(), Reverse(finding.verdict), Reverse(finding.severity)))
    }
}

impl Default for SarifScope {
    fn default() -> Self {
        Self { passed: false, decided: false, most_results: Self::MOST_RESULTS }
    }
}

/// What is decided comes last; then the worst verdict, then the gravest rule.
pub(super) type Rank = (bool, Reverse<Verdict>, Reverse<Severity>);

/// The results that a report could have: of each rank, the transactions that have any.
#[derive(Default)]
pub(super) struct Selection {
    /// How many there are.
    pub results: usize,
    /// By rank, the incidents by their position, each with the positions of transactions.
    pub places: BTreeMap<Rank, Vec<(usize, Vec<usize>)>>,
}

impl Selection {
    /// Goes through all transactions once and hands each to `see`.
    pub fn new(report: &Report, scope: SarifScope, mut see: impl FnMut(&TransactionReport)) -> io::Result<Self> {
        let mut selection = Self::default();
        for (incident, transactions) in report.incidents.iter().map(|incident| &incident.transactions).enumerate() {
            for (position, transaction) in transactions.iter().enumerate() {
                let transaction = transaction?;
                see(&transaction);
                for entry in findings_and_questions(&transaction) {
                    let Some(rank) = scope.rank(&entry) else { continue };
                    selection.results += 1;
                    selection.add(rank, incident, position);
                }
            }
        }
        Ok(selection)
    }

    fn add(&mut self, rank: Rank, incident: usize, transaction: usize) {
        let places = self.places.entry(rank).or_default();
        match places.last_mut().filter(|(last, _)| *last == incident) {
            Some((_, transactions)) if transactions.last() == Some(&transaction) => {}
            Some((_, transactions)) => transactions.push(transaction),
            None => places.push((incident, vec![transaction])),
        }
    }
}
