//! The report as data: the keys of the JSON report, stable and versioned.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Transactions;

/// A word of the report's own: a verdict, a state, a name of a grade.
pub type Word = Cow<'static, str>;

/// The version of the report's keys.
pub const SCHEMA: &str = "interdict/report/1";

/// A whole report: what a format tells.
#[derive(Debug, Clone)]
pub struct Report {
    /// Everything but the incidents.
    pub head: Head,
    /// The incidents, by id.
    pub incidents: Vec<IncidentReport>,
}

/// What stands in a report above its incidents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    /// [`SCHEMA`].
    pub schema: Word,
    /// Which program made it.
    pub tool: Tool,
    /// Which law was asked.
    pub rulebook: RulebookNote,
    /// Lists of designated persons that were used.
    pub designations: Vec<DesignationsNote>,
    /// The resolutions of the register, in its order: the days from which a timeline draws them. The JSON report leaves
    /// them out; they follow from the rulebook, whose digest it tells.
    #[serde(skip)]
    pub resolutions: Vec<ResolutionNote>,
    /// What was read.
    pub inputs: Vec<InputNote>,
    /// The law as known on this day, if one was given.
    pub known_on: Option<String>,
    /// What else the run was asked: enough to make it again.
    pub options: OptionsNote,
    /// Counts.
    pub summary: Summary,
    /// What could not be assessed.
    pub not_assessed: Vec<NotAssessedNote>,
    /// What became of the decisions of the baseline, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<DecisionsNote>,
    /// Mistakes in the inputs: what they concern was not checked.
    pub problems: Vec<ProblemNote>,
}

/// The program.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tool {
    /// `interdict`.
    pub name: Word,
    /// Its version.
    pub version: Word,
}

/// The law.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RulebookNote {
    /// Digest of its files.
    pub digest: String,
    /// How many rules.
    pub rules: usize,
    /// Its regimes.
    pub regimes: Vec<String>,
}

/// A resolution of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionNote {
    /// `S/RES/1718 (2006)`.
    pub symbol: String,
    /// The day of its adoption.
    pub adopted: NaiveDate,
}

/// A list of designated persons.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DesignationsNote {
    /// Its path.
    pub path: String,
    /// Its digest.
    pub digest: String,
}

/// An input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputNote {
    /// As it was named.
    pub path: String,
    /// Digest of its bytes.
    pub digest: String,
    /// Transactions read from it.
    pub transactions: usize,
}

/// What a run was asked beside its inputs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OptionsNote {
    /// The folder of the rulebook; none is the built-in one.
    pub rules: Option<String>,
    /// The only regime asked for.
    pub regime: Option<String>,
    /// The least verdict that fails the run.
    pub fail_on: Word,
    /// Near misses were asked for.
    pub near_misses: bool,
    /// The ledger.
    pub ledger: Option<FileNote>,
    /// The baseline.
    pub baseline: Option<FileNote>,
    /// The day of the run, by which decisions expire.
    #[serde(rename = "as")]
    pub run_on: Option<String>,
}

/// A file that a run rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// As it was named.
    pub path: String,
    /// Digest of its bytes.
    pub digest: String,
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

/// Counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    /// The worst verdict; none if there is no finding.
    pub verdict: Option<Word>,
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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotAssessedNote {
    /// Their ids.
    pub rules: Vec<String>,
    /// In how many transactions.
    pub transactions: usize,
    /// Why.
    pub because: String,
}

/// A mistake in an input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProblemNote {
    /// `error` or `warning`.
    pub severity: Word,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// One incident. Its transactions may be many more than fit into memory, so they are handed out one by one.
#[derive(Debug, Clone)]
pub struct IncidentReport {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// The worst verdict.
    pub verdict: Option<Word>,
    /// Its transactions.
    pub transactions: Transactions,
}

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

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// The same finding has the same one, wherever its lines move.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// What the rule says.
    pub title: String,
    /// The verdict.
    pub verdict: Word,
    /// For sorting.
    pub severity: Word,
    /// The item that it speaks of.
    pub subject: Option<Subject>,
    /// The paragraphs.
    pub authority: Vec<AuthorityNote>,
    /// On how good a word it rests.
    pub standing: Word,
    /// The facts that made it so.
    pub because: Vec<Basis>,
    /// By which exception or act it is compliant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied_by: Option<String>,
    /// Why it is no more than potential.
    pub limited_by: Vec<Word>,
    /// Exceptions that the facts do not show.
    pub unless: Vec<UnlessNote>,
    /// Every fact that could settle it, once.
    pub missing: Vec<String>,
    /// The smallest sets of facts that would settle it.
    pub settled_by: Vec<Vec<MissingNote>>,
    /// Legal doubts about the rule.
    pub flags: Vec<String>,
    /// What a person has decided about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionNote>,
}

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

/// An item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subject {
    /// Its position, from 0.
    pub item: usize,
    /// What it is called.
    pub label: String,
}

/// A paragraph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuthorityNote {
    /// The resolution.
    pub symbol: String,
    /// Its operative paragraph.
    pub paragraph: String,
}

/// A fact that a finding rests on.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Basis {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An exception that is not shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnlessNote {
    /// Its id.
    pub exception: String,
    /// What it allows.
    pub title: String,
    /// `not-shown` or `excluded`.
    pub state: Word,
    /// Who decides.
    pub decided_by: Word,
    /// The facts that would show it, the smallest set.
    pub missing: Vec<String>,
}

/// A fact that is missing.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct MissingNote {
    /// The way to it.
    pub fact: String,
    /// What asks for it.
    pub condition: String,
    /// What is told of it.
    pub told: Option<String>,
    /// Where that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
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

/// The verdict that has a [`rank`].
pub fn verdict_of_rank(rank: u8) -> Option<&'static str> {
    ["violation", "potential-violation", "insufficient-information", "compliant"].get(usize::from(rank)).copied()
}

/// The place of a verdict in a report that tells the worst first; what has none comes last.
pub fn rank(verdict: Option<&str>) -> u8 {
    match verdict {
        Some("violation") => 0,
        Some("potential-violation") => 1,
        Some("insufficient-information") => 2,
        Some("compliant") => 3,
        _ => 4,
    }
}
