//! The baseline of a run: what a person has decided about findings of earlier runs.
//!
//! A finding with a decision stays in every report, marked; a decision in force only keeps it from failing the run. A
//! decision therefore names one finding, or one rule on one transaction, and never more than that. A decision that a hit of
//! screening is a false positive names one name and one entry of a list.

mod binding;
mod on_hits;
mod reader;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Span};
use crate::engine::Verdict;

pub use binding::{Change, Unbound};
pub use on_hits::{DecidedHit, HitRef};

use on_hits::{HitKey, hit_key};

/// The decision on a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// The finding is right, and the risk is accepted.
    Accepted,
    /// The finding is wrong.
    FalsePositive,
    /// The finding was handed to somebody else.
    Referred,
}

/// Whether a decision holds on the day of the run, for a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionState {
    /// The decision holds: the finding does not fail the run.
    InForce,
    /// The verdict or the facts are not those that were decided: the finding fails the run as if there were no decision.
    Reopened,
    /// The last day of the decision has passed: the finding fails the run as if there were no decision.
    Expired,
}

/// A decision about one finding, or one hit of screening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The entry in the baseline file.
    pub at: Span,
    /// The fingerprint of the finding, if the decision names one.
    pub fingerprint: Option<String>,
    /// The id of the rule, if the decision names one.
    pub rule: Option<String>,
    /// The transaction as `incident/transaction` or by its id alone, if the decision names one.
    pub transaction: Option<String>,
    /// The hit of screening, if the decision is about one.
    pub hit: Option<DecidedHit>,
    /// The verdicts that were decided; empty if the decision does not say.
    pub verdicts: Vec<Verdict>,
    /// The digest of the facts that were decided, as reports have it, if the decision names it.
    pub facts: Option<String>,
    /// The disposition.
    pub disposition: Disposition,
    /// The reason, in words.
    pub reason: String,
    /// The person who decided.
    pub by: String,
    /// The day of the decision.
    pub on: NaiveDate,
    /// The last day on which it holds; `None` if it does not expire.
    pub expires: Option<NaiveDate>,
    /// Whether the decision holds on the day of the run.
    pub state: DecisionState,
}

/// A decision as it applies to one finding.
#[derive(Debug, Clone)]
pub struct AppliedDecision<'d> {
    /// The decision.
    pub decision: &'d Decision,
    /// Whether it holds for the finding.
    pub state: DecisionState,
    /// What has changed since it was made.
    pub changes: Vec<Change>,
}

/// A finding as decisions can name it, with its verdict.
#[derive(Debug, Clone, Copy)]
pub struct FindingRef<'f> {
    /// The incident's id.
    pub incident: &'f str,
    /// The transaction's id.
    pub transaction: &'f str,
    /// The rule's id.
    pub rule: &'f str,
    /// The finding's fingerprint.
    pub fingerprint: &'f str,
    /// The finding's verdict.
    pub verdict: Verdict,
    /// The digest of the facts of its transaction, if they were read from an input.
    pub facts: Option<&'f str>,
}

/// The decisions of a baseline file, and which findings they were applied to.
#[derive(Debug, Default)]
pub struct Decisions {
    entries: Vec<Decision>,
    by_fingerprint: HashMap<String, Vec<usize>>,
    /// Decisions without a fingerprint, by the transaction as they name it. By the rule they would be found less quickly:
    /// there are few rules, and a baseline may have thousands of decisions on one of them.
    by_transaction: HashMap<String, Vec<usize>>,
    /// Decisions about hits of screening.
    by_hit: HashMap<HitKey, Vec<usize>>,
    // Decisions are applied while transactions are reported, which several threads do.
    totals: Mutex<DecisionTotals>,
}

/// The findings that decisions were applied to so far.
#[derive(Debug, Default)]
struct DecisionTotals {
    /// For each decision, by its position, up to two transactions (incident and id) that it was applied to.
    transactions: BTreeMap<usize, BTreeSet<(String, String)>>,
    /// For each decision that no longer holds for a finding, what has changed.
    reopened: BTreeMap<usize, BTreeSet<Change>>,
    /// For each decision in force that does not say on what it was made, what it would have to say.
    unbound: BTreeMap<usize, Unbound>,
    /// The decisions in force that a hit of screening has met.
    hits: BTreeSet<usize>,
    /// The number of findings with a decision in force.
    covered: usize,
    /// The worst verdict of all other findings.
    undecided: Option<Verdict>,
}

impl Disposition {
    /// The words of baseline files for them, in the order of [`Disposition::ALL`].
    pub const WORDS: [&'static str; 3] = ["accepted", "false-positive", "referred"];
    /// All variants.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::FalsePositive, Self::Referred];

    /// The word for it in baseline files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::FalsePositive => "false-positive",
            Self::Referred => "referred",
        }
    }
}

impl DecisionState {
    /// The word for it in baseline files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Reopened => "reopened",
            Self::Expired => "expired",
        }
    }
}

impl Decision {
    /// True if everything that the decision names is the finding's.
    fn names(&self, finding: &FindingRef<'_>) -> bool {
        let whole = |t: &str| t.strip_prefix(finding.incident).and_then(|t| t.strip_prefix('/')) == Some(finding.transaction);
        self.fingerprint.as_deref().is_none_or(|f| f == finding.fingerprint)
            && self.rule.as_deref().is_none_or(|r| r == finding.rule)
            && self.transaction.as_deref().is_none_or(|t| t == finding.transaction || whole(t))
    }
}

impl Decision {
    /// The decision as it applies where this has changed since.
    fn applied(&self, changes: Vec<Change>) -> AppliedDecision<'_> {
        let state = match self.state {
            DecisionState::InForce if !changes.is_empty() => DecisionState::Reopened,
            state => state,
        };
        AppliedDecision { decision: self, state, changes }
    }
}

impl DecisionTotals {
    /// Notes that a decision was met. Gives the transactions that it was applied to so far.
    fn note_met(&mut self, index: usize, applied: &AppliedDecision<'_>) -> &mut BTreeSet<(String, String)> {
        if applied.state == DecisionState::Reopened {
            self.reopened.entry(index).or_default().extend(applied.changes.iter().cloned());
        }
        self.transactions.entry(index).or_default()
    }
}

impl Unbound {
    fn add(&mut self, finding: &FindingRef<'_>) {
        if !self.verdicts.contains(&finding.verdict) {
            self.verdicts.push(finding.verdict);
            self.verdicts.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.facts = finding.facts.map(str::to_owned);
    }
}

impl Decisions {
    fn new(entries: Vec<Decision>) -> Self {
        let mut decisions = Self { entries, ..Self::default() };
        for (index, entry) in decisions.entries.iter().enumerate() {
            if let Some(hit) = &entry.hit {
                decisions.by_hit.entry(hit_key(&hit.name, &hit.listing)).or_default().push(index);
                continue;
            }
            let (table, key) = match (&entry.fingerprint, &entry.transaction) {
                (Some(fingerprint), _) => (&mut decisions.by_fingerprint, fingerprint),
                (None, Some(transaction)) => (&mut decisions.by_transaction, transaction),
                (None, None) => continue,
            };
            table.entry(key.clone()).or_default().push(index);
        }
        decisions
    }

    /// The decision on a finding: of several the first that is in force, else the first that would be but for a change, else the
    /// first. Records that it was applied.
    pub fn apply(&self, finding: &FindingRef<'_>) -> Option<AppliedDecision<'_>> {
        let whole = format!("{}/{}", finding.incident, finding.transaction);
        let by_transaction = [finding.transaction, &whole].map(|named| self.by_transaction.get(named));
        let candidates = by_transaction.into_iter().chain([self.by_fingerprint.get(finding.fingerprint)]).flatten().flatten();
        let mut found: Vec<(usize, AppliedDecision<'_>)> = candidates
            .filter_map(|index| Some((*index, self.entries.get(*index)?)))
            .filter(|(_, entry)| entry.names(finding))
            .map(|(index, entry)| (index, entry.applied(entry.changes(finding))))
            .collect();
        found.sort_by_key(|(index, applied)| (applied.state, *index));
        let mut totals = self.totals();
        for (index, applied) in &found {
            let transactions = totals.note_met(*index, applied);
            // Two are enough to know that a decision is ambiguous.
            if transactions.len() < 2 {
                transactions.insert((finding.incident.to_owned(), finding.transaction.to_owned()));
            }
        }
        let (index, applied) = found.into_iter().next().unzip();
        match (index, &applied) {
            (Some(index), Some(applied)) if applied.state == DecisionState::InForce => {
                totals.covered += 1;
                if !applied.decision.is_bound() {
                    totals.unbound.entry(index).or_default().add(finding);
                }
            }
            _ => totals.undecided = totals.undecided.max(Some(finding.verdict)),
        }
        applied
    }

    /// The number of findings with a decision in force.
    pub fn covered(&self) -> usize {
        self.totals().covered
    }

    /// The worst verdict of the findings without a decision in force, which decides whether the run fails.
    pub fn worst_undecided(&self) -> Option<Verdict> {
        self.totals().undecided
    }

    /// Decisions that were applied to no finding or hit, in the order of the file.
    pub fn stale(&self) -> Vec<&Decision> {
        let totals = self.totals();
        let stale = self.entries.iter().enumerate().filter(|(index, _)| !totals.transactions.contains_key(index));
        stale.map(|(_, entry)| entry).collect()
    }

    /// Decisions that have expired, in the order of the file.
    pub fn expired(&self) -> Vec<&Decision> {
        self.entries.iter().filter(|entry| entry.state == DecisionState::Expired).collect()
    }

    /// Decisions that no longer hold for a finding, with what has changed, in the order of the file.
    pub fn reopened(&self) -> Vec<(&Decision, Vec<Change>)> {
        let totals = self.totals();
        totals
            .reopened
            .iter()
            .filter_map(|(index, changes)| Some((self.entries.get(*index)?, changes.iter().cloned().collect())))
            .collect()
    }

    /// Decisions in force that do not say on what they were made, in the order of the file.
    pub fn unbound(&self) -> Vec<(&Decision, Unbound)> {
        let totals = self.totals();
        totals.unbound.iter().filter_map(|(index, unbound)| Some((self.entries.get(*index)?, unbound.clone()))).collect()
    }

    /// Warns of decisions in force that do not say on what they were made: they hold whatever becomes of the facts.
    pub fn report_unbound(&self, problems: &mut Diagnostics) {
        let unbound = self.unbound();
        let Some((first, needs)) = unbound.first() else { return };
        let message = match unbound.len() {
            1 => "this decision does not say on what it was made, so that it holds whatever the facts become".to_owned(),
            n => format!(
                "this decision and {} more do not say on what they were made, so that they hold whatever the facts become",
                n - 1
            ),
        };
        let verdicts: Vec<&str> = needs.verdicts.iter().map(|verdict| verdict.word()).collect();
        let verdict = if let [only] = verdicts.as_slice() { (*only).to_owned() } else { format!("[{}]", verdicts.join(", ")) };
        let facts = needs.facts.as_deref().map(|facts| format!(", facts: \"{facts}\"")).unwrap_or_default();
        let help = format!("to have it open again when they change, add `verdict: {verdict}{facts}`");
        let help = if unbound.len() == 1 {
            help
        } else {
            help + "; what the others need is under `decisions.unbound` of the JSON report"
        };
        problems.push(Diagnostic::new(Code::UnboundDecision, first.at, message).help(help));
    }

    /// Reports each decision that was applied to several transactions as an error: one decision must never silence two
    /// transactions, and which one was meant is not guessed.
    pub fn report_ambiguous(&self, problems: &mut Diagnostics) {
        let totals = self.totals();
        for (index, entry) in self.entries.iter().enumerate() {
            let applied_to = totals.transactions.get(&index).into_iter().flatten();
            let applied_to: Vec<String> = applied_to.map(|(i, t)| format!("{i}/{t}")).collect();
            if let [first, second, ..] = applied_to.as_slice() {
                let named = entry.transaction.as_deref().unwrap_or_default();
                let message = format!("`{named}` is more than one transaction: `{first}` and `{second}`");
                problems.push(
                    Diagnostic::new(Code::UnclearDecision, entry.at, message)
                        .help("name one, as `incident/transaction`, or its fingerprint"),
                );
            }
        }
    }

    fn totals(&self) -> MutexGuard<'_, DecisionTotals> {
        self.totals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
