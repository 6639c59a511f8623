//! The evaluation of one rule on one transaction, with everything that the verdict rests on.

use std::sync::Arc;

use crate::facts::Truth;
use crate::rulebook::{Exception, Rule};

use super::{EvidenceLevel, MissingFact, Proof, Verdict};

/// The result of evaluating a rule on a transaction or one of its items. It exists also where the rule makes no finding, to
/// explain why.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The position of the item, from 0, where the rule is evaluated on each item.
    pub item: Option<usize>,
    /// The positions of further items that are alike to this one, of which the rule says the same; empty unless the transaction
    /// has many such items.
    pub alike: Arc<[usize]>,
    /// The verdict of the finding; `None` if the rule makes none.
    pub verdict: Option<Verdict>,
    /// The proof of the rule's condition, its time included.
    pub when: Proof<'a>,
    /// Whether there is a link to the regime's target. Unknown also where it was not evaluated, because `when` alone decides.
    pub nexus: Truth,
    /// The exceptions of the rule; empty where they were not evaluated.
    pub exceptions: Vec<ExceptionOutcome<'a>>,
    /// The determination that the rule needs here; `None` if it needs none.
    pub determination: Option<DeterminationState>,
    /// The proof that the duty is done; `None` for prohibitions, and where it was not evaluated.
    pub fulfilled: Option<Proof<'a>>,
    /// Why a breach is only a potential violation.
    pub downgrades: Vec<Downgrade>,
    /// The lists that keep the condition open although they are beside the point of the transaction, or of the related one that
    /// does not report them: the rule does not ask for them, and makes no finding. Empty otherwise.
    pub beside_the_point: Vec<&'static str>,
    /// The weakest evidence that the verdict rests on.
    pub evidence: EvidenceLevel,
    /// The smallest sets of facts that would settle a verdict of insufficient information.
    pub missing: Vec<Vec<MissingFact<'a>>>,
    /// True if the condition depends on a list of designated persons that was not given.
    pub not_assessed: bool,
    /// True if the duty arises and it is not reported whether it is done.
    pub duty_open: bool,
}

/// An exception of a rule and whether it applies.
#[derive(Debug, Clone)]
pub struct ExceptionOutcome<'a> {
    /// The exception.
    pub exception: &'a Exception,
    /// The proof of the exception's condition, the days on which it is available included.
    pub proof: Proof<'a>,
    /// True if the exception is only claimed: its condition holds, but on weaker evidence than that of the facts that it would
    /// excuse.
    pub is_claimed: bool,
    /// True if it is not shown and leaves the finding open: it has to be excluded, and the facts raise it.
    pub leaves_open: bool,
}

/// Whether an exception applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionState {
    /// The facts show that the exception applies.
    Shown,
    /// The exception is claimed on weaker evidence than that of the facts that it would excuse, and does not count.
    Claimed,
    /// The facts leave open whether the exception applies.
    NotShown,
    /// The facts show that the exception does not apply.
    Excluded,
}

impl ExceptionOutcome<'_> {
    /// True if the finding would be another one without the facts that exclude the exception: it leaves a finding open where
    /// nothing is reported, or turns on a total, of which nothing reported is nothing counted.
    pub(super) fn matters_when_excluded(&self) -> bool {
        self.exception.has_to_be_excluded() || self.proof.leaves().any(|(_, fact)| fact.quota().is_some())
    }

    /// Whether the exception applies.
    pub fn state(&self) -> ExceptionState {
        match self.proof.truth {
            Truth::True if self.is_claimed => ExceptionState::Claimed,
            Truth::True => ExceptionState::Shown,
            Truth::Unknown => ExceptionState::NotShown,
            Truth::False => ExceptionState::Excluded,
        }
    }
}

impl ExceptionState {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            ExceptionState::Shown => "shown",
            ExceptionState::Claimed => "claimed",
            ExceptionState::NotShown => "not-shown",
            ExceptionState::Excluded => "excluded",
        }
    }
}

/// What is reported about the determination (a formal finding of a committee or State) that a rule needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeterminationState {
    /// A determination is reported, and it holds.
    Holds,
    /// A determination is reported, and it does not hold.
    DoesNotHold,
    /// No determination is reported.
    NotReported,
}

/// Why a breach is only a potential violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Downgrade {
    /// The facts are alleged, not established.
    Alleged,
    /// The paragraph calls upon States and does not decide.
    CallsUpon,
    /// The determination that the paragraph needs is not reported.
    NotDetermined,
    /// The transaction is planned and not reported to have begun.
    Planned,
    /// The transaction was refused.
    Refused,
    /// The transaction was given up.
    Abandoned,
    /// How far the transaction went is told in words that nobody knows, or that could mean that it never began.
    StageUnclear,
}

impl Downgrade {
    /// The reason as reports give it.
    pub fn in_words(self) -> &'static str {
        match self {
            Downgrade::Alleged => "the facts are alleged, not established",
            Downgrade::CallsUpon => "the paragraph calls upon States and does not decide",
            Downgrade::NotDetermined => "the determination that the paragraph needs is not reported",
            Downgrade::Planned => "it is planned and not reported to have begun",
            Downgrade::Refused => "it was refused",
            Downgrade::Abandoned => "it was given up",
            Downgrade::StageUnclear => "how far it went is told in words that are not understood",
        }
    }
}
