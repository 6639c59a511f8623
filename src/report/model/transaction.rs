//! One transaction of a report, with its findings, duties, red flags and near misses.

use serde::{Deserialize, Serialize};

use super::{Finding, Word};

/// One transaction.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TransactionReport {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// Where it stands.
    pub at: Option<String>,
    /// When it took place.
    pub date: Option<String>,
    /// The worst verdict.
    pub verdict: Option<Word>,
    /// On whose word it stands.
    pub evidence: EvidenceNote,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// Duties that arise.
    pub duties: Vec<DutyNote>,
    /// Red flags and notices.
    pub warnings: Vec<WarningNote>,
    /// Rules that one condition alone keeps away, if asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMiss>,
}

impl TransactionReport {
    /// True if there is a finding, a duty, a red flag or a near miss.
    pub fn has_something_to_say(&self) -> bool {
        !(self.findings.is_empty() && self.duties.is_empty() && self.warnings.is_empty() && self.near_misses.is_empty())
    }
}

/// On whose word.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EvidenceNote {
    /// `established` or `alleged`.
    pub standing: Word,
    /// Admiralty grades of the sources.
    pub grades: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
}

/// A duty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DutyNote {
    /// The rule that commands it.
    pub duty: String,
    /// What it commands.
    pub title: String,
    /// Whom.
    pub addressee: Option<String>,
    /// By when.
    pub by: Option<String>,
}

/// A red flag.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WarningNote {
    /// What is to be looked at.
    pub text: String,
    /// Where.
    pub at: Option<String>,
}

/// A rule that one condition alone keeps away.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NearMiss {
    /// The rule.
    pub rule: String,
    /// The condition that is false.
    pub condition: String,
    /// The fact.
    pub fact: String,
    /// What it is.
    pub value: Option<String>,
}
