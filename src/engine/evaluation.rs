//! What one rule says of one transaction, with everything that led to it.

use crate::facts::Truth;
use crate::rulebook::{Exception, Rule};

use super::{EvidenceLevel, MissingFact, Proof, Verdict};

/// A rule's answer for a transaction or one of its items. It is kept also where there is no finding, to be explained.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The item, where the rule binds one.
    pub item: Option<usize>,
    /// The verdict; `None` is no finding.
    pub verdict: Option<Verdict>,
    /// The rule's condition, its time included.
    pub when: Proof<'a>,
    /// Some link to the regime's target.
    pub nexus: Truth,
    /// Exceptions, with what the facts say of each.
    pub exceptions: Vec<ExceptionOutcome<'a>>,
    /// The formal finding that the rule waits for.
    pub determination: Option<DeterminationState>,
    /// Whether the duty is done.
    pub fulfilled: Option<Proof<'a>>,
    /// Why the verdict is not worse.
    pub downgrades: Vec<Downgrade>,
    /// On how good a word the finding rests.
    pub evidence: EvidenceLevel,
    /// The smallest sets of facts that would settle an open verdict.
    pub missing: Vec<Vec<MissingFact<'a>>>,
    /// The answer hangs on a list of designated persons that was not given.
    pub not_assessed: bool,
    /// A duty that arises and of which it is not told whether it is done.
    pub duty_open: bool,
}

/// An exception and what the facts say of it.
#[derive(Debug, Clone)]
pub struct ExceptionOutcome<'a> {
    /// The exception.
    pub exception: &'a Exception,
    /// The proof.
    pub proof: Proof<'a>,
}

/// Whether an exception holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionState {
    /// The facts show it.
    Shown,
    /// The facts leave it open.
    NotShown,
    /// The facts exclude it.
    Excluded,
}

impl ExceptionOutcome<'_> {
    /// Whether it holds.
    pub fn state(&self) -> ExceptionState {
        match self.proof.truth {
            Truth::True => ExceptionState::Shown,
            Truth::Unknown => ExceptionState::NotShown,
            Truth::False => ExceptionState::Excluded,
        }
    }
}

impl ExceptionState {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            ExceptionState::Shown => "shown",
            ExceptionState::NotShown => "not-shown",
            ExceptionState::Excluded => "excluded",
        }
    }
}

/// What became of the formal finding that a rule waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeterminationState {
    /// One is reported, and it holds.
    Holds,
    /// One is reported, and it does not hold.
    DoesNotHold,
    /// None is reported.
    NotReported,
}

/// Why a breach is no more than a potential one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Downgrade {
    /// The facts are only alleged.
    Alleged,
    /// The paragraph only calls upon States.
    CallsUpon,
    /// The determination that it waits for is not reported.
    NotDetermined,
    /// It was planned and has not begun.
    Planned,
    /// It was refused.
    Refused,
    /// It was given up.
    Abandoned,
}

impl Downgrade {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Downgrade::Alleged => "the facts are alleged, not established",
            Downgrade::CallsUpon => "the paragraph calls upon States and does not decide",
            Downgrade::NotDetermined => "the determination that the paragraph needs is not reported",
            Downgrade::Planned => "it is planned and not reported to have begun",
            Downgrade::Refused => "it was refused",
            Downgrade::Abandoned => "it was given up",
        }
    }
}
