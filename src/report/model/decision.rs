//! Decisions of a baseline: the one beside a finding, and what became of all of them.

use serde::{Deserialize, Serialize};

use super::Word;

/// What a person has decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionNote {
    /// `accepted`, `false-positive` or `referred`.
    pub decision: Word,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: String,
    /// The last day on which it holds.
    pub expires: Option<String>,
    /// `in-force`: the finding does not fail the run. `expired`: it does.
    pub state: Word,
}

/// What became of the decisions of a baseline.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionsNote {
    /// How many findings a decision in force covers.
    pub covered: usize,
    /// The worst verdict of the other findings, by which the run is judged.
    pub open: Option<Word>,
    /// Decisions that met no finding.
    pub stale: Vec<UnmetNote>,
    /// Decisions whose last day has passed.
    pub expired: Vec<UnmetNote>,
}

/// A decision that covers nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnmetNote {
    /// The fingerprint that it names.
    pub fingerprint: Option<String>,
    /// The rule that it names.
    pub rule: Option<String>,
    /// The transaction that it names.
    pub transaction: Option<String>,
    /// Who made it.
    pub by: String,
    /// The last day on which it holds.
    pub expires: Option<String>,
    /// Where it stands.
    pub at: String,
}
