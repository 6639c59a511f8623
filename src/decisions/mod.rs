//! What a person has decided about findings: the baseline of a run.
//!
//! A decided finding stays in every report, marked; it only no longer fails the run. A decision therefore names one
//! finding, or one rule on one transaction, and never more than that.

mod read;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

use crate::document::{Diagnostic, Diagnostics, Span};
use crate::engine::Verdict;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It is as found, and that is accepted.
    Accepted,
    /// It is not as found.
    FalsePositive,
    /// Somebody else has it now.
    Referred,
}

/// Whether a decision still holds on the day of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds: the finding does not fail the run.
    InForce,
    /// Its last day has passed: the finding fails the run as if there were no decision.
    Expired,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where it stands.
    pub at: Span,
    /// The finding, by its fingerprint.
    pub fingerprint: Option<String>,
    /// The rule.
    pub rule: Option<String>,
    /// The transaction, `incident/transaction` or by its own id alone.
    pub transaction: Option<String>,
    /// What was decided.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// The last day on which it holds; `None` is without end.
    pub expires: Option<NaiveDate>,
    /// Whether it holds on the day of the run.
    pub state: State,
}

/// A finding as decisions name it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'f> {
    /// The incident's id.
    pub incident: &'f str,
    /// The transaction's id.
    pub transaction: &'f str,
    /// The rule's id.
    pub rule: &'f str,
    /// The finding's fingerprint.
    pub fingerprint: &'f str,
    /// What was found.
    pub verdict: Verdict,
}

/// The decisions of a file, and which of them have met a finding.
#[derive(Debug, Default)]
pub struct Decisions {
    entries: Vec<Decision>,
    by_fingerprint: HashMap<String, Vec<usize>>,
    /// By the transaction as a decision names it: rules are few, and a baseline may have thousands on one of them.
    by_transaction: HashMap<String, Vec<usize>>,
    // Findings are marked while the report is built, one transaction after the other and perhaps on several threads.
    tally: Mutex<DecisionTotals>,
}

/// What decisions have met so far.
#[derive(Debug, Default)]
struct DecisionTotals {
    /// The transactions that each entry has met, two of them at most.
    places: BTreeMap<usize, BTreeSet<(String, String)>>,
    /// How many findings a decision in force covers.
    covered: usize,
    /// The worst of all others.
    open: Option<Verdict>,
}

impl Choice {
    /// The words for it, in the order of [`Choice::ALL`].
    pub const WORDS: [&'static str; 3] = ["accepted", "false-positive", "referred"];
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::FalsePositive, Self::Referred];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::FalsePositive => "false-positive",
            Self::Referred => "referred",
        }
    }
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Expired => "expired",
        }
    }
}

impl Decision {
    /// True if everything that it names is so of the finding.
    fn names(&self, finding: &Named<'_>) -> bool {
        let whole = |t: &str| t.strip_prefix(finding.incident).and_then(|t| t.strip_prefix('/')) == Some(finding.transaction);
        self.fingerprint.as_deref().is_none_or(|f| f == finding.fingerprint)
            && self.rule.as_deref().is_none_or(|r| r == finding.rule)
            && self.transaction.as_deref().is_none_or(|t| t == finding.transaction || whole(t))
    }
}

impl Decisions {
    fn new(entries: Vec<Decision>) -> Self {
        let mut decisions = Self { entries, ..Self::default() };
        for (index, entry) in decisions.entries.iter().enumerate() {
            let (table, key) = match (&entry.fingerprint, &entry.transaction) {
                (Some(fingerprint), _) => (&mut decisions.by_fingerprint, fingerprint),
                (None, Some(transaction)) => (&mut decisions.by_transaction, transaction),
                (None, None) => continue,
            };
            table.entry(key.clone()).or_default().push(index);
        }
        decisions
    }

    /// The decision on a finding: of several the first that is in force, else the first. Notes what it has met.
    pub fn meet(&self, finding: &Named<'_>) -> Option<&Decision> {
        let whole = format!("{}/{}", finding.incident, finding.transaction);
        let by_transaction = [finding.transaction, &whole].map(|named| self.by_transaction.get(named));
        let candidates = by_transaction.into_iter().chain([self.by_fingerprint.get(finding.fingerprint)]).flatten().flatten();
        let mut found: Vec<(usize, &Decision)> = candidates
            .filter_map(|index| Some((*index, self.entries.get(*index)?)))
            .filter(|(_, entry)| entry.names(finding))
            .collect();
        found.sort_by_key(|(index, entry)| (entry.state == State::Expired, *index));
        let decision = found.first().map(|(_, entry)| *entry);
        let mut tally = self.tally();
        for (index, _) in &found {
            let places = tally.places.entry(*index).or_default();
            // Two are enough to know that a name was not clear.
            if places.len() < 2 {
                places.insert((finding.incident.to_owned(), finding.transaction.to_owned()));
            }
        }
        if decision.is_some_and(|d| d.state == State::InForce) {
            tally.covered += 1;
        } else {
            tally.open = tally.open.max(Some(finding.verdict));
        }
        decision
    }

    /// How many findings a decision in force has met.
    pub fn covered(&self) -> usize {
        self.tally().covered
    }

    /// The worst verdict that no decision in force has met: what the run is judged by.
    pub fn open(&self) -> Option<Verdict> {
        self.tally().open
    }

    /// Decisions that have met no finding, in the order of the file.
    pub fn stale(&self) -> Vec<&Decision> {
        let tally = self.tally();
        self.entries.iter().enumerate().filter(|(index, _)| !tally.places.contains_key(index)).map(|(_, entry)| entry).collect()
    }

    /// Decisions whose last day has passed, in the order of the file.
    pub fn expired(&self) -> Vec<&Decision> {
        self.entries.iter().filter(|entry| entry.state == State::Expired).collect()
    }

    /// Says of each decision that has met several transactions that its name is not clear.
    ///
    /// It is an error and not a choice among them: one decision must never silence two transactions.
    pub fn report_ambiguous(&self, problems: &mut Diagnostics) {
        let tally = self.tally();
        for (index, entry) in self.entries.iter().enumerate() {
            let places: Vec<String> = tally.places.get(&index).into_iter().flatten().map(|(i, t)| format!("{i}/{t}")).collect();
            if let [first, second, ..] = places.as_slice() {
                let named = entry.transaction.as_deref().unwrap_or_default();
                let message = format!("`{named}` is more than one transaction: `{first}` and `{second}`");
                problems
                    .push(Diagnostic::error(entry.at, message).help("name one, as `incident/transaction`, or its fingerprint"));
            }
        }
    }

    fn tally(&self) -> MutexGuard<'_, DecisionTotals> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
