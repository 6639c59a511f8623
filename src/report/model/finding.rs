//! One finding: a rule, its verdict, and everything that led to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decisions::DecisionState;
use crate::engine::{Downgrade, EvidenceLevel, ExceptionState, Verdict};
use crate::rulebook::{Decider, Severity};

use super::{DecisionNote, FileLocation, QuotaNote, TransactionReport};

/// A finding: the result of one rule for a transaction or one of its items.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// 32 hexadecimal digits that stay the same when lines move and other items come or go.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The id of the rule's regime. Reports of earlier versions have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub regime: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How grave a breach of the rule is.
    pub severity: Severity,
    /// The item concerned, where the rule is about items.
    pub subject: Option<Subject>,
    /// The operative paragraphs that the rule encodes.
    pub authority: Vec<AuthorityNote>,
    /// Whether the facts that it rests on are established or alleged.
    pub standing: EvidenceLevel,
    /// The facts that it rests on, in the order of the rule.
    pub because: Vec<Basis>,
    /// What makes the finding compliant: an exception that is shown, or a duty that is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied_by: Option<String>,
    /// Why it is only a potential violation.
    pub limited_by: Vec<Downgrade>,
    /// Exceptions that do not apply: those only claimed, those not shown, and those that the facts exclude.
    pub unless: Vec<ExceptionNote>,
    /// Every fact that could settle the finding, each once.
    pub missing: Vec<String>,
    /// The smallest sets of facts of which each would settle the finding.
    pub settled_by: Vec<Vec<MissingNote>>,
    /// The rules that state the same ban on the same subject, and whose findings are told with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNote>,
    /// The id of the rule whose finding this one is told with, if it is not told by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_with: Option<String>,
    /// The id of the question of its transaction that would settle it, if it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Legal doubts about the rule or its encoding.
    pub flags: Vec<String>,
    /// What a person has decided about it, if the baseline has a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionNote>,
}

impl Finding {
    /// True if a decision in force covers the finding: it stays in every report and does not fail the run.
    pub fn is_decided(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.state == DecisionState::InForce)
    }

    /// The number of items that it is about, 1 for a finding about the transaction as a whole: it counts as so many findings.
    pub fn items(&self) -> usize {
        1 + self.subject.as_ref().map_or(0, |subject| subject.alike.len())
    }

    /// True if two findings of a transaction differ in their item alone: the same rule, verdict and decision.
    pub fn differs_in_item_alone(&self, other: &Finding) -> bool {
        (&self.rule, self.verdict, &self.decision) == (&other.rule, other.verdict, &other.decision)
    }

    /// Where the finding is to be shown: at the fact that decides it, else at its transaction.
    ///
    /// Of an open finding that is the fact that is reported, but not exactly enough. Of any other it is the last fact: a
    /// rule asks from the general (the day, the sides) to the particular, and facts about exceptions come after that.
    pub fn location<'a>(&'a self, transaction: &'a TransactionReport) -> Option<&'a FileLocation> {
        let inexact = self.settled_by.iter().flatten().find_map(|missing| missing.at.as_ref());
        inexact.or_else(|| self.because.iter().rev().find_map(|basis| basis.at.as_ref())).or(transaction.at.as_ref())
    }
}

/// A rule that states the same ban as another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlsoNote {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// How grave a breach of the rule is.
    pub severity: Severity,
    /// The operative paragraphs that the rule encodes.
    pub authority: Vec<AuthorityNote>,
}

/// The item that a finding is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subject {
    /// The item's position in the transaction, from 0.
    pub item: usize,
    /// The item's description, else its HS code, else its number.
    pub label: String,
    /// The positions of further items of which the finding says the same, where a transaction has many that are alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<usize>,
}

/// An operative paragraph of a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityNote {
    /// The resolution's symbol, `S/RES/1718 (2006)`.
    pub symbol: String,
    /// The paragraph's number, `8(a)(iii)`.
    pub paragraph: String,
    /// True if the resolution was adopted after the transaction: it says the same again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
}

/// `S/RES/1718 (2006) para 8(a)(iii)`.
impl fmt::Display for AuthorityNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let later = if self.later { " (adopted later)" } else { "" };
        write!(f, "{} para {}{later}", self.symbol, self.paragraph)
    }
}

/// A fact that a finding rests on.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Basis {
    /// The path of the fact, `items[0].description`; empty for a condition as a whole.
    pub fact: String,
    /// The value as reported; `None` if it is not reported.
    pub value: Option<String>,
    /// The condition of the rule that it meets.
    pub condition: String,
    /// Where the fact is reported.
    pub at: Option<FileLocation>,
    /// Where the condition is written in the rulebook.
    pub rule_at: Option<FileLocation>,
    /// Which term of a list matched, or what a total is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The state of the quota, where the condition is about one. Reports of earlier versions have it in the note alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<QuotaNote>,
}

/// An exception that does not apply to a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExceptionNote {
    /// The exception's id.
    pub exception: String,
    /// What it allows.
    pub title: String,
    /// Whether it is claimed on too weak evidence, the facts leave it open, or they exclude it.
    pub state: ExceptionState,
    /// Who decides that it applies.
    pub decided_by: Decider,
    /// The smallest set of facts that would show it, as paths.
    pub missing: Vec<String>,
}

/// A fact that would help to settle a finding.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct MissingNote {
    /// The path of the fact.
    pub fact: String,
    /// The condition that asks for it.
    pub condition: String,
    /// The value, if one is reported that is not exact enough.
    #[serde(rename = "told")]
    pub reported: Option<String>,
    /// What is not exact about that value, where the value does not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where that value is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<FileLocation>,
}
