//! One transaction of a report, with its findings, duties, red flags and near misses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::{EvidenceLevel, Verdict};
use crate::facts::Period;
use crate::rulebook::Severity;

use super::serial::as_optional_text;
use super::{ElementNames, FileLocation, Finding, PageNote};

/// One transaction. A stream keeps each on disk as one line of JSON and reads it back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TransactionReport {
    /// The transaction's id.
    pub id: String,
    /// The title, if the incident file gives one.
    pub title: Option<String>,
    /// Where it is reported.
    pub at: Option<FileLocation>,
    /// The date of the transaction.
    #[serde(default, with = "as_optional_text")]
    pub date: Option<Period>,
    /// The worst verdict among its findings; `None` if there is no finding.
    pub verdict: Option<Verdict>,
    /// The digest of what is reported of it, if it has a finding: a decision that names it is open again once it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// The evidence for the transaction.
    pub evidence: EvidenceNote,
    /// Who did what to whom, when, on whose word, and what was not checked. Reports of earlier versions have none.
    #[serde(default)]
    pub page: PageNote,
    /// The names of parties and ships by their paths, `parties[1]`: people are told the name.
    #[serde(default, skip_serializing_if = "ElementNames::is_empty")]
    pub names: ElementNames,
    /// The fingerprint of the finding that leads: the page at the top gives its paragraph. `None` if there is no finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leading: Option<String>,
    /// The regimes that speak of it, where there are several, the gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<RegimeNote>,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// The questions that would settle the open findings, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionNote>,
    /// Duties that arise from it.
    pub duties: Vec<DutyNote>,
    /// What to look at although there is no finding and no duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<TriageNote>,
    /// Red flags and notices.
    pub warnings: Vec<WarningNote>,
    /// Facts that were not reported but derived from reported ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived: Vec<DerivedNote>,
    /// Rules that a single condition keeps from a finding, if the run was asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMiss>,
}

impl TransactionReport {
    /// The finding that leads the transaction; `None` if there is no finding.
    pub fn leading_finding(&self) -> Option<&Finding> {
        let leading = self.leading.as_ref()?;
        self.findings.iter().find(|finding| finding.fingerprint == *leading)
    }

    /// All places in inputs at which its facts are reported.
    pub(in crate::report) fn places_mut(&mut self) -> impl Iterator<Item = &mut FileLocation> {
        let of_findings = self.findings.iter_mut().flat_map(|finding| {
            let missing = finding.settled_by.iter_mut().flatten().map(|missing| &mut missing.at);
            finding.because.iter_mut().map(|basis| &mut basis.at).chain(missing)
        });
        let of_warnings = self.warnings.iter_mut().map(|warning| &mut warning.at);
        let of_derived = self.derived.iter_mut().map(|derived| &mut derived.at);
        std::iter::once(&mut self.at).chain(of_findings).chain(of_warnings).chain(of_derived).filter_map(Option::as_mut)
    }

    /// True if there is a finding, a duty, a triage, a red flag or a near miss.
    pub fn has_something_to_report(&self) -> bool {
        self.triage.is_some()
            || !(self.findings.is_empty() && self.duties.is_empty() && self.warnings.is_empty() && self.near_misses.is_empty())
    }
}

/// One of several regimes that have an open finding or a breach in a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeNote {
    /// Its id.
    pub regime: String,
    /// What reports call it: `Yemen`.
    pub title: String,
    /// The fingerprint of the finding that leads among its own.
    pub leading: String,
}

/// A question to whoever knows more of a transaction, and what hangs on the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionNote {
    /// Its id, unique in the transaction: `q1`.
    pub id: String,
    /// The question in words.
    pub text: String,
    /// What else is missing to the findings that hang on it and is in no question: it may be asked next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
    /// The paths of the facts that it asks for.
    pub facts: Vec<String>,
    /// The rules that hang on it, the gravest first, each once.
    pub rules: Vec<String>,
    /// The number of findings that hang on it: of a rule, one for each item.
    pub findings: usize,
    /// How grave a breach of the gravest of the rules is.
    pub severity: Severity,
}

/// What to look at in a transaction that is linked to a target and has no finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageNote {
    /// What was not understood, or keeps the nearest rules away.
    pub why: String,
    /// The nearest rules, the gravest first; at most three.
    pub nearest: Vec<NearRuleNote>,
}

/// A rule whose subject is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearRuleNote {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The conditions that keep it away.
    pub kept_away_by: String,
}

/// The evidence for a transaction.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EvidenceNote {
    /// Whether its facts are established or alleged.
    pub standing: EvidenceLevel,
    /// Admiralty grades of its sources, `B2`: reliability and credibility.
    pub grades: Vec<String>,
    /// The parties or States that deny it.
    pub denied_by: Vec<String>,
}

/// A duty that arises from a transaction.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DutyNote {
    /// The id of the rule that imposes it.
    pub duty: String,
    /// The act that the duty requires.
    pub title: String,
    /// Whom the duty binds.
    pub addressee: Option<String>,
    /// The last day for it; `None` if the rule sets none.
    #[serde(default, with = "as_optional_text")]
    pub by: Option<NaiveDate>,
}

/// A red flag or notice: something that a person should look at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WarningNote {
    /// The warning in words.
    pub text: String,
    /// Where it is reported.
    pub at: Option<FileLocation>,
}

/// A fact that was not reported but derived from a reported one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DerivedNote {
    /// The path of the fact.
    pub fact: String,
    /// Its value.
    pub value: Option<String>,
    /// How it was derived.
    pub because: String,
    /// The path of the reported fact that it was derived from.
    pub from: String,
    /// Where that is reported.
    pub at: Option<FileLocation>,
    /// Whether that is established or alleged.
    pub standing: EvidenceLevel,
}

/// A rule that a single condition keeps from a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NearMiss {
    /// The rule's id.
    pub rule: String,
    /// The condition that does not hold.
    pub condition: String,
    /// The path of the fact that it asks for.
    pub fact: String,
    /// The value of that fact; `None` if it is not reported.
    pub value: Option<String>,
}
