//! The head of a report: the keys above its incidents.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{Code, DiagnosticLevel};
use crate::engine::Verdict;

use super::serial::{Parsed, as_optional_text};
use super::{DecisionsNote, FileLocation};

/// The version of the report's keys.
pub const SCHEMA: &str = "interdict/report/1";

/// The part of a report about the run as a whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    /// The version of the report's form, [`SCHEMA`].
    pub schema: String,
    /// The program that made the report.
    pub tool: Tool,
    /// The rulebook that was applied.
    pub rulebook: RulebookNote,
    /// The lists of designated persons that were used.
    pub designations: Vec<DesignationsNote>,
    /// The resolutions of the register, in its order: a timeline draws them from the day of their adoption. They follow
    /// from the rulebook, whose digest is in the report, so the JSON report leaves them out.
    #[serde(skip)]
    pub resolutions: Vec<ResolutionNote>,
    /// The files that were read.
    pub inputs: Vec<InputNote>,
    /// The day as of which the law was applied, if one was given.
    #[serde(default, with = "as_optional_text")]
    pub known_on: Option<NaiveDate>,
    /// The other options of the run: with the inputs they are enough to repeat it.
    pub options: OptionsNote,
    /// The worst verdict and the counts.
    pub summary: Summary,
    /// Rules that could not be assessed.
    pub not_assessed: Vec<NotAssessedNote>,
    /// The effect of the decisions of the baseline, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<DecisionsNote>,
    /// Errors and warnings about the inputs. What an error concerns was not checked.
    pub problems: Vec<ProblemNote>,
}

/// The program that made a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tool {
    /// The name of the program, `interdict`.
    pub name: String,
    /// The version of the program.
    pub version: String,
}

/// The rulebook that was applied.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RulebookNote {
    /// Digest of its files, `sha256:` and hexadecimal digits.
    pub digest: String,
    /// The number of its rules.
    pub rules: usize,
    /// The ids of its regimes.
    pub regimes: Vec<String>,
}

/// A resolution of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionNote {
    /// The symbol of the resolution: `S/RES/1718 (2006)`.
    pub symbol: String,
    /// The day of its adoption.
    pub adopted: NaiveDate,
}

/// A list of designated persons that was used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DesignationsNote {
    /// The path of the file.
    pub path: String,
    /// Digest of its bytes, `sha256:` and hexadecimal digits.
    pub digest: String,
}

/// A file that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputNote {
    /// The path, as named on the command line.
    pub path: String,
    /// Digest of its bytes, `sha256:` and hexadecimal digits.
    pub digest: String,
    /// The number of transactions read from it.
    pub transactions: usize,
}

/// The options of a run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OptionsNote {
    /// The folder of the rulebook; `None` for the built-in one.
    pub rules: Option<String>,
    /// The id of the regime to which the run was limited.
    pub regime: Option<String>,
    /// The verdict from which on the run fails.
    pub fail_on: FailOn,
    /// Whether the report lists near misses.
    pub near_misses: bool,
    /// The ledger of earlier runs.
    pub ledger: Option<FileNote>,
    /// The baseline: the file of decisions.
    pub baseline: Option<FileNote>,
    /// The day of the run, by which decisions expire.
    #[serde(default, rename = "as", with = "as_optional_text")]
    pub run_on: Option<NaiveDate>,
    /// The declared order of day and month in the dates of tables, `dd/mm/yyyy` or `mm/dd/yyyy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csv_dates: Option<String>,
}

/// From which verdict on a run fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FailOn {
    /// The run fails on this verdict and every worse one.
    Verdict(Verdict),
    /// The run fails on insufficient information and worse, and on a transaction without a finding that somebody should look
    /// at.
    Triage,
    /// The run never fails because of findings.
    #[default]
    Never,
}

impl FailOn {
    /// The least verdict that fails the run; `None` if none does.
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            FailOn::Verdict(verdict) => Some(verdict),
            FailOn::Triage => Some(Verdict::InsufficientInformation),
            FailOn::Never => None,
        }
    }

    /// The word for it: that of the verdict, `triage` or `never`.
    pub fn word(self) -> &'static str {
        match self {
            FailOn::Verdict(verdict) => verdict.word(),
            FailOn::Triage => "triage",
            FailOn::Never => "never",
        }
    }
}

impl Serialize for FailOn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for FailOn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = || Verdict::ALL.map(FailOn::Verdict).into_iter().chain([FailOn::Triage, FailOn::Never]);
        deserializer.deserialize_str(Parsed(|text: &str| all().find(|value| value.word() == text)))
    }
}

/// A file that a run rests on beside its inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// The path, as named on the command line.
    pub path: String,
    /// Digest of its bytes, `sha256:` and hexadecimal digits.
    pub digest: String,
}

/// The worst verdict and the counts of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    /// The worst verdict; `None` if there is no finding.
    pub verdict: Option<Verdict>,
    /// The number of incidents.
    pub incidents: usize,
    /// The number of transactions checked.
    pub transactions: usize,
    /// The number of findings that are violations.
    pub violation: usize,
    /// The number of findings that are potential violations.
    #[serde(rename = "potential-violation")]
    pub potential_violation: usize,
    /// The number of findings that lack information.
    #[serde(rename = "insufficient-information")]
    pub insufficient_information: usize,
    /// The number of findings that are compliant.
    pub compliant: usize,
    /// The number of transactions without a finding that somebody should look at.
    #[serde(default)]
    pub triage: usize,
    /// The number of transactions that were not wholly checked: a list, a balance or a readable fact was missing.
    #[serde(default)]
    pub not_wholly_checked: usize,
    /// The number of transactions by their verdict, which is that of their worst finding.
    #[serde(default)]
    pub by_transaction: TransactionCounts,
    /// The number of errors in the inputs.
    pub errors: usize,
}

/// The numbers of transactions by verdict.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TransactionCounts {
    /// The number of transactions whose worst finding is a violation.
    pub violation: usize,
    /// The number of those whose worst finding is a potential violation.
    pub potential_violation: usize,
    /// The number of those whose worst finding lacks information.
    pub insufficient_information: usize,
    /// The number of those that have findings, all of them compliant.
    pub compliant: usize,
    /// The number of those that have no finding.
    pub without_finding: usize,
}

impl TransactionCounts {
    /// The number of transactions of a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Violation => self.violation,
            Verdict::PotentialViolation => self.potential_violation,
            Verdict::InsufficientInformation => self.insufficient_information,
            Verdict::Compliant => self.compliant,
        }
    }
}

impl Summary {
    /// The number of findings of a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Violation => self.violation,
            Verdict::PotentialViolation => self.potential_violation,
            Verdict::InsufficientInformation => self.insufficient_information,
            Verdict::Compliant => self.compliant,
        }
    }

    /// The number of all findings.
    pub fn findings(&self) -> usize {
        Verdict::ALL.into_iter().map(|verdict| self.count(verdict)).sum()
    }
}

/// Rules that could not be assessed for one reason.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotAssessedNote {
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// The number of transactions concerned.
    pub transactions: usize,
    /// The reason.
    pub because: String,
}

/// An error or a warning about an input, or a note on how it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProblemNote {
    /// Whether what it concerns could not be checked (error), was read with doubt (warning) or as it was meant (note).
    pub severity: DiagnosticLevel,
    /// The code of the kind of problem, as in `docs/diagnostics.md`; earlier versions wrote none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The message.
    pub message: String,
    /// The place of the mistake, if it has one.
    pub at: Option<FileLocation>,
    /// How to mend the mistake.
    pub help: Option<String>,
}
