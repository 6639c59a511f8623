//! What a report says of the run as a whole: the keys above its incidents.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DecisionsNote, Word};

/// The version of the report's keys.
pub const SCHEMA: &str = "interdict/report/1";

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
    /// The code of the kind of mistake, as in `docs/diagnostics.md`; earlier versions wrote none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Word>,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Option<String>,
    /// What to do.
    pub help: Option<String>,
}
