//! The head of a report: the keys above its incidents.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{Code, DiagnosticLevel};
use crate::engine::Verdict;
use crate::facts::Period;

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
    /// All that was not checked, so that no silence about it is taken for a clearance.
    #[serde(default)]
    pub not_checked: Vec<UncheckedNote>,
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
    /// Digest of its text, `sha256:` and hexadecimal digits.
    pub digest: String,
    /// The day on which the list was generated, if the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_optional_text")]
    pub generated: Option<NaiveDate>,
    /// The number of its entries.
    #[serde(default)]
    pub entries: usize,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The paths of the inputs as called, sorted: files, folders and `-`. Reports of earlier versions do not have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The folder of the rulebook; `None` for the built-in one.
    pub rules: Option<String>,
    /// The ids of the regimes to which the run was limited, separated by commas.
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
    /// The period of which the inputs are all that there was, if it was declared.
    #[serde(default, with = "as_optional_text", skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The declared order of day and month in the dates of tables, `dd/mm/yyyy` or `mm/dd/yyyy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csv_dates: Option<String>,
}

/// What fails a run: any one of a set of conditions; nothing if the set is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailOn(Vec<FailCondition>);

/// A condition on which a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailCondition {
    /// A finding of this verdict or a worse one, without a decision in force.
    Verdict(Verdict),
    /// Such a finding that lacks information or is worse, or a transaction without a finding that somebody should look at.
    Triage,
    /// Something that was not checked: see [`Head::not_checked`].
    NotAssessed,
}

impl FailCondition {
    /// The word for it: that of the verdict, `triage` or `not-assessed`.
    pub fn word(self) -> &'static str {
        match self {
            FailCondition::Verdict(verdict) => verdict.word(),
            FailCondition::Triage => "triage",
            FailCondition::NotAssessed => "not-assessed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let others = [FailCondition::Triage, FailCondition::NotAssessed];
        Verdict::ALL.map(FailCondition::Verdict).into_iter().chain(others).find(|condition| condition.word() == word)
    }
}

impl FailOn {
    /// The word for a run that no finding fails.
    pub const NEVER: &'static str = "never";

    /// The set of these conditions.
    pub fn new(conditions: impl IntoIterator<Item = FailCondition>) -> Self {
        let mut conditions: Vec<FailCondition> = conditions.into_iter().collect();
        conditions.sort_unstable();
        conditions.dedup();
        Self(conditions)
    }

    /// Reads words that commas separate: `never` alone, or any of the others; `None` if it is something else.
    pub fn from_words(words: &str) -> Option<Self> {
        if words == Self::NEVER {
            return Some(Self::default());
        }
        let conditions: Option<Vec<FailCondition>> = words.split(',').map(FailCondition::from_word).collect();
        conditions.map(Self::new)
    }

    /// The words of the conditions, separated by commas; `never` if there are none.
    pub fn words(&self) -> String {
        if self.0.is_empty() {
            return Self::NEVER.to_owned();
        }
        self.0.iter().map(|condition| condition.word()).collect::<Vec<_>>().join(",")
    }

    /// True if the run of this head fails. `worst` is the worst verdict among the findings without a decision in force.
    pub fn is_met(&self, head: &Head, worst: Option<Verdict>) -> bool {
        let reaches = |least: Verdict| worst.is_some_and(|worst| worst >= least);
        self.0.iter().any(|condition| match condition {
            FailCondition::Verdict(verdict) => reaches(*verdict),
            FailCondition::Triage => reaches(Verdict::InsufficientInformation) || head.summary.triage > 0,
            FailCondition::NotAssessed => !head.not_checked.is_empty(),
        })
    }
}

impl Serialize for FailOn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.words())
    }
}

impl<'de> Deserialize<'de> for FailOn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parsed(FailOn::from_words))
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
    /// The ids of their regimes. Reports of earlier versions have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// The number of transactions concerned.
    pub transactions: usize,
    /// The reason.
    pub because: String,
}

/// Something that the run did not check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncheckedNote {
    /// What was not checked, in words.
    pub what: String,
    /// The number of transactions concerned; `None` where that is not known, as of a file that was not read.
    pub transactions: Option<usize>,
    /// Why not.
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
