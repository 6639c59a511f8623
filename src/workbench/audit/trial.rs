//! A trial: what becomes of a finding when one fact of its transaction is altered.

use crate::document::Span;
use crate::engine::{
    DeterminationState, EvalContext, Evaluation, ExceptionState, NodeKind, Proof, Subtree, TransactionMemo, Verdict,
    evaluate_rule, triage,
};
use crate::facts::{FactPath, PathSegment, Truth};
use crate::rulebook::Rule;

use super::case::WatchedFinding;
use super::condition_words::claim_in_words;

/// What became of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It stands as it was, or became graver.
    Kept,
    /// It is weaker, or what is left of it is a duty that is open, or a rule that is reported as not assessed.
    Weakened,
    /// It vanished together with the link to the regime's target.
    Unlinked,
    /// It vanished, or became compliant, while there is a link to the target.
    Vanished(Cause),
}

/// Why a finding vanished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) kind: CauseKind,
    /// The id of the exception, or the condition, in words.
    pub(super) words: String,
    /// True if the altered transaction has no finding, and a triage tells of the rule or of an unlisted word.
    pub(super) is_triaged: bool,
}

/// The ways in which a finding vanishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// An exception of the rule is shown.
    Exception,
    /// A condition of the rule is false.
    Condition,
    /// A condition on some element of a list is false because the list is reported now, and no element satisfies it.
    ListGiven,
    /// The determination that the rule needs does not hold.
    Determination,
    /// The duty is done.
    DutyDone,
}

impl CauseKind {
    /// All ways.
    pub const ALL: [CauseKind; 5] =
        [CauseKind::Exception, CauseKind::Condition, CauseKind::ListGiven, CauseKind::Determination, CauseKind::DutyDone];

    /// The word by which the audit names it.
    pub fn word(self) -> &'static str {
        match self {
            CauseKind::Exception => "exception",
            CauseKind::Condition => "condition",
            CauseKind::ListGiven => "list-given",
            CauseKind::Determination => "determination",
            CauseKind::DutyDone => "duty-done",
        }
    }
}

/// What becomes of a finding in the altered transaction of `context`. `altered` is the path to the altered fact.
pub(super) fn outcome_of<'a>(
    finding: &WatchedFinding<'a>,
    context: &EvalContext<'a>,
    memo: &TransactionMemo<'a>,
    altered: &FactPath,
) -> Outcome {
    let contexts = contexts_of(finding, *context);
    let evaluations = || contexts.iter().map(|context| evaluate_rule(finding.rule, context, memo));
    let mut left = false;
    for evaluation in evaluations() {
        match evaluation.verdict {
            Some(verdict) if verdict >= finding.verdict => return Outcome::Kept,
            verdict => left |= verdict > Some(Verdict::Compliant) || evaluation.duty_open || evaluation.not_assessed,
        }
    }
    if left {
        return Outcome::Weakened;
    }
    let Some(context) = contexts.first() else { return Outcome::Unlinked };
    let evaluation = evaluate_rule(finding.rule, &context.with_full_proofs(true), memo);
    if evaluation.nexus == Truth::True {
        let is_triaged = is_triaged(finding.rule, context, memo);
        Outcome::Vanished(Cause { is_triaged, ..cause_of(&evaluation, &finding.truths, altered) })
    } else {
        Outcome::Unlinked
    }
}

/// True if the transaction of a context has no finding, and a triage of it tells of a rule.
fn is_triaged<'a>(rule: &'a Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> bool {
    let whole = context.without_item();
    let has_finding = |rule: &'a Rule| {
        let contexts = whole.for_each_item(rule.binds_item);
        contexts.iter().map(|context| evaluate_rule(rule, context, memo)).any(|e| e.verdict.is_some() || e.duty_open)
    };
    triage(&whole, [rule]).is_some() && !context.rulebook.rules.iter().any(has_finding)
}

/// The contexts in which a finding can stand: that of its item, or of the transaction where no items are reported any more.
fn contexts_of<'c>(finding: &WatchedFinding<'_>, context: EvalContext<'c>) -> Vec<EvalContext<'c>> {
    let contexts = context.for_each_item(finding.rule.binds_item);
    match finding.item {
        Some(item) if contexts.iter().any(|c| c.item == Some(item)) => vec![context.with_item(item)],
        _ => contexts,
    }
}

/// Why an evaluation gives no finding. `before` has the truths of the conditions in the original transaction.
fn cause_of(evaluation: &Evaluation<'_>, before: &[(Span, Truth)], altered: &FactPath) -> Cause {
    let of = |kind, words: &str| Cause { kind, words: words.to_owned(), is_triaged: false };
    if evaluation.when.truth == Truth::False {
        let (kind, words) = false_condition(&evaluation.when, before, altered);
        return Cause { kind, words, is_triaged: false };
    }
    if let Some(exception) = evaluation.exceptions.iter().find(|e| e.state() == ExceptionState::Shown) {
        return of(CauseKind::Exception, &exception.exception.id);
    }
    match evaluation.determination {
        Some(DeterminationState::DoesNotHold) => of(CauseKind::Determination, "the determination does not hold"),
        _ => of(CauseKind::DutyDone, "the duty is done"),
    }
}

/// The condition that makes a proof false: from the root down to the innermost one, by way of those whose truth is new.
fn false_condition(proof: &Proof<'_>, before: &[(Span, Truth)], altered: &FactPath) -> (CauseKind, String) {
    let Some(mut subtree) = proof.root() else { return (CauseKind::Condition, String::new()) };
    loop {
        let node = subtree.node;
        if node.truth == Truth::False && is_on_elements_of(subtree, altered) {
            return (CauseKind::ListGiven, claim_in_words(node.claim));
        }
        let wanted = if matches!(node.kind, NodeKind::Not) { !node.truth } else { node.truth };
        let supporting = subtree.children().filter(|child| child.node.truth == wanted);
        match supporting.min_by_key(|child| before.contains(&(child.node.claim.span(), child.node.truth))) {
            Some(next) => subtree = next,
            None => return (CauseKind::Condition, claim_in_words(node.claim)),
        }
    }
}

/// True of a condition on some element of the list that the path names.
fn is_on_elements_of(subtree: Subtree<'_, '_>, list: &FactPath) -> bool {
    let is_element = |kind: &NodeKind<'_>| match kind {
        NodeKind::Element(path) => matches!(path.segments(), [of @ .., PathSegment::Index(_)] if of == list.segments()),
        _ => false,
    };
    matches!(subtree.node.kind, NodeKind::AnyElement) && subtree.children().any(|child| is_element(&child.node.kind))
}
