//! Decisions of a baseline: the one beside a finding, and the totals of a run.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decisions::{DecisionState, Disposition};
use crate::engine::Verdict;

use super::FileLocation;
use super::serial::{as_optional_text, as_text};

/// What a person has decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionNote {
    /// What was decided: accepted, false positive or referred.
    pub decision: Disposition,
    /// The reason that was given.
    pub reason: String,
    /// The person who decided.
    pub by: String,
    /// The day of the decision.
    #[serde(with = "as_text")]
    pub on: NaiveDate,
    /// The last day on which it holds; `None` if it has no end.
    #[serde(default, with = "as_optional_text")]
    pub expires: Option<NaiveDate>,
    /// Whether it is in force on the day of the run. One that has expired, or was made on something else, does not keep a finding
    /// from failing the run.
    pub state: DecisionState,
    /// What has changed since it was made, if it does not hold for that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

/// The effect of a baseline's decisions on a whole run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionsNote {
    /// The number of findings that a decision in force covers.
    pub covered: usize,
    /// The number of decisions in force that set a hit of screening aside.
    #[serde(default, skip_serializing_if = "is_none")]
    pub hits: usize,
    /// The worst verdict of all other findings, by which the run is judged.
    pub open: Option<Verdict>,
    /// Decisions that match no finding or hit of the report.
    pub stale: Vec<IneffectiveDecision>,
    /// Decisions whose last day has passed.
    pub expired: Vec<IneffectiveDecision>,
    /// Decisions that were made on another verdict or other facts than those of the report.
    #[serde(default)]
    pub reopened: Vec<ReopenedDecision>,
    /// Decisions in force that do not say on what they were made.
    #[serde(default)]
    pub unbound: Vec<UnboundDecision>,
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// A decision that no longer holds for a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReopenedDecision {
    /// The decision.
    #[serde(flatten)]
    pub decision: IneffectiveDecision,
    /// What has changed since it was made.
    pub changes: Vec<String>,
}

/// A decision in force that does not say on what it was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnboundDecision {
    /// The decision.
    #[serde(flatten)]
    pub decision: IneffectiveDecision,
    /// The verdicts of the findings that it covers, to be named by it.
    pub verdict: Vec<Verdict>,
    /// The digest of their facts, to be named by it.
    pub facts: Option<String>,
}

/// A decision that covers no finding, since it matches none or has expired.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IneffectiveDecision {
    /// The fingerprint that it names.
    pub fingerprint: Option<String>,
    /// The rule that it names.
    pub rule: Option<String>,
    /// The transaction that it names.
    pub transaction: Option<String>,
    /// The screened name that it is about, if it is about a hit of screening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reference number that it says is not meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<String>,
    /// The person who decided.
    pub by: String,
    /// The last day on which it holds; `None` if it has no end.
    #[serde(default, with = "as_optional_text")]
    pub expires: Option<NaiveDate>,
    /// The place in the baseline file.
    pub at: FileLocation,
}
