//! One finding: a rule, its verdict, and all that led to it.

use serde::{Deserialize, Serialize};

use super::{DecisionNote, Word};

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
