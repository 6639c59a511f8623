//! The report as data: the keys of the JSON report, stable and versioned.

use serde::Serialize;

/// The version of the report's keys.
pub const SCHEMA: &str = "interdict/report/1";

/// A whole report.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Which program made it.
    pub tool: Tool,
    /// Which law was asked.
    pub rulebook: RulebookNote,
    /// Lists of designated persons that were used.
    pub designations: Vec<DesignationsNote>,
    /// What was read.
    pub inputs: Vec<InputNote>,
    /// The law as known on this day, if one was given.
    pub known_on: Option<String>,
    /// Counts.
    pub summary: Summary,
    /// What could not be assessed.
    pub not_assessed: Vec<NotAssessedNote>,
    /// Mistakes in the inputs: what they concern was not checked.
    pub problems: Vec<ProblemNote>,
    /// The incidents.
    pub incidents: Vec<IncidentReport>,
}

/// The program.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// `interdict`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// The law.
#[derive(Debug, Clone, Serialize)]
pub struct RulebookNote {
    /// Digest of its files.
    pub digest: String,
    /// How many rules.
    pub rules: usize,
    /// Its regimes.
    pub regimes: Vec<String>,
}

/// A list of designated persons.
#[derive(Debug, Clone, Serialize)]
pub struct DesignationsNote {
    /// Its path.
    pub path: String,
    /// Its digest.
    pub digest: String,
}

/// An input.
#[derive(Debug, Clone, Serialize)]
pub struct InputNote {
    /// As it was named.
    pub path: String,
    /// Digest of its bytes.
    pub digest: String,
    /// Transactions read from it.
    pub transactions: usize,
}

/// Counts.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// The worst verdict; none if there is no finding.
    pub verdict: Option<&'static str>,
    /// Incidents read.
    pub incidents: usize,
    /// Transactions checked.
    pub transactions: usize,
    /// Findings of each verdict.
    pub violation: usize,
    /// Findings of each verdict.
    #[serde(rename = "potential-violation")]
    pub potential_violation: usize,
    /// Findings of each verdict.
    #[serde(rename = "insufficient-information")]
    pub insufficient_information: usize,
    /// Findings of each verdict.
    pub compliant: usize,
    /// Mistakes in the inputs.
    pub errors: usize,
}

/// Rules that could not be assessed.
#[derive(Debug, Clone, Serialize)]
pub struct NotAssessedNote {
    /// Their ids.
    pub rules: Vec<String>,
    /// In how many transactions.
    pub transactions: usize,
    /// Why.
    pub because: String,
}

/// A mistake in an input.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemNote {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// One incident.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentReport {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// The worst verdict.
    pub verdict: Option<&'static str>,
    /// Its transactions.
    pub transactions: Vec<TransactionReport>,
}

/// One transaction.
#[derive(Debug, Clone, Serialize)]
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
    pub verdict: Option<&'static str>,
    /// On whose word it stands.
    pub evidence: EvidenceNote,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// Duties that arise.
    pub duties: Vec<DutyNote>,
    /// Red flags and notices.
    pub warnings: Vec<WarningNote>,
    /// Rules that one condition alone keeps away, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMiss>,
}

/// On whose word.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceNote {
    /// `established` or `alleged`.
    pub standing: &'static str,
    /// Admiralty grades of the sources.
    pub grades: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
}

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The same finding has the same one, wherever its lines move.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// What the rule says.
    pub title: String,
    /// The verdict.
    pub verdict: &'static str,
    /// For sorting.
    pub severity: &'static str,
    /// The item that it speaks of.
    pub subject: Option<Subject>,
    /// The paragraphs.
    pub authority: Vec<AuthorityNote>,
    /// On how good a word it rests.
    pub standing: &'static str,
    /// The facts that made it so.
    pub because: Vec<Because>,
    /// By which exception or act it is compliant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfied_by: Option<String>,
    /// Why it is no more than potential.
    pub limited_by: Vec<&'static str>,
    /// Exceptions that the facts do not show.
    pub unless: Vec<UnlessNote>,
    /// Every fact that could settle it, once.
    pub missing: Vec<String>,
    /// The smallest sets of facts that would settle it.
    pub settled_by: Vec<Vec<MissingNote>>,
    /// Legal doubts about the rule.
    pub flags: Vec<String>,
}

/// An item.
#[derive(Debug, Clone, Serialize)]
pub struct Subject {
    /// Its position, from 0.
    pub item: usize,
    /// What it is called.
    pub label: String,
}

/// A paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorityNote {
    /// The resolution.
    pub symbol: String,
    /// Its operative paragraph.
    pub paragraph: String,
}

/// A fact that a finding rests on.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Because {
    /// The way to it.
    pub fact: String,
    /// What it is; none if the report does not tell it.
    pub value: Option<String>,
    /// What the rule asks.
    pub condition: String,
    /// Where the fact stands.
    pub at: Option<String>,
    /// Where the condition stands.
    pub rule_at: Option<String>,
    /// More to say of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An exception that is not shown.
#[derive(Debug, Clone, Serialize)]
pub struct UnlessNote {
    /// Its id.
    pub exception: String,
    /// What it allows.
    pub title: String,
    /// `not-shown` or `excluded`.
    pub state: &'static str,
    /// Who decides.
    pub decided_by: &'static str,
    /// The facts that would show it, the smallest set.
    pub missing: Vec<String>,
}

/// A fact that is missing.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct MissingNote {
    /// The way to it.
    pub fact: String,
    /// What asks for it.
    pub condition: String,
    /// What is told of it.
    pub told: Option<String>,
}

/// A duty.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct WarningNote {
    /// What is to be looked at.
    pub text: String,
    /// Where.
    pub at: Option<String>,
}

/// A rule that one condition alone keeps away.
#[derive(Debug, Clone, Serialize)]
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
