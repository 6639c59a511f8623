//! Exceptions: whether they apply, as firmly as the facts that they excuse, and whether an open one leaves a finding open.

use chrono::NaiveDate;

use crate::facts::{FactPath, PathSegment, Truth};
use crate::rulebook::{Burden, Exception, LawAsOf, Matcher, Raising, Rule};

use super::excusing_paper::Excuse;
use super::in_force::prove_in_force;
use super::settling_sets::{smallest_sets_for, smallest_settling_sets};
use super::{
    Claim, EvalContext, EvidenceLevel, ExceptionOutcome, ExceptionState, MissingFact, NodeKind, Proof, ProofNode,
    ReferenceEvaluator, Subtree, TestedFact, TransactionMemo, UnknownCause,
};

/// Evaluates the exceptions of a rule that were known on the day as of which the law is applied. `when` is the proof that the
/// rule applies, and `facts` the evidence for it.
pub(super) fn evaluate_exceptions<'a>(
    rule: &'a Rule,
    when: &Proof<'a>,
    facts: EvidenceLevel,
    context: &EvalContext<'a>,
    memo: &TransactionMemo<'a>,
) -> Vec<ExceptionOutcome<'a>> {
    let known = rule.exceptions.iter().filter(|e| !context.hides(e.authority.first().map(|c| c.adopted)));
    let evaluate = |exception: &'a Exception| {
        let excuse =
            Excuse { rule, decided_by: Some(exception.decided_by), began: began(rule, exception), span: &exception.span };
        let evaluator = ReferenceEvaluator::for_excuse(context, memo, excuse);
        let proof = prove_exception(exception, context, &evaluator);
        let is_claimed = proof.truth == Truth::True && proof.evidence().is_some_and(|own| own < facts);
        let mut outcome = ExceptionOutcome { exception, proof, is_claimed, leaves_open: false };
        outcome.leaves_open = leaves_open(&outcome, when, facts, &evaluator);
        outcome
    };
    known.map(evaluate).collect()
}

/// The day before which nobody could know the measure and its exception: the adoption of the earliest paragraph of both.
fn began(rule: &Rule, exception: &Exception) -> Option<NaiveDate> {
    rule.authority.iter().chain(&exception.authority).map(|citation| citation.adopted).min()
}

/// The facts of which each set would settle the exceptions that leave a finding open.
pub(super) fn facts_that_settle<'a>(exceptions: &[ExceptionOutcome<'a>]) -> Vec<Vec<MissingFact<'a>>> {
    let open = exceptions.iter().filter(|e| e.leaves_open);
    open.flat_map(|e| if e.is_claimed { weak_facts(&e.proof) } else { smallest_settling_sets(&e.proof) }).collect()
}

/// The facts that an exception is claimed by: firmer evidence for all of them would settle it.
fn weak_facts<'a>(proof: &Proof<'a>) -> Vec<Vec<MissingFact<'a>>> {
    let weak = proof.decisive_leaves().into_iter().filter_map(|node| match &node.kind {
        NodeKind::Fact(fact) if fact.evidence == Some(EvidenceLevel::Alleged) => {
            let why = Some("on weaker evidence than what it would excuse");
            Some(MissingFact { path: fact.path.clone(), condition: node.claim.in_words(), reported: fact.value.in_words(), why })
        }
        _ => None,
    });
    vec![weak.collect()]
}

/// The condition of an exception together with its time, where it has one of its own.
fn prove_exception<'a>(exception: &'a Exception, context: &EvalContext<'a>, evaluator: &ReferenceEvaluator<'_, 'a>) -> Proof<'a> {
    if exception.in_force.is_always() {
        return evaluator.prove(&exception.when);
    }
    evaluator.proof(|proof| {
        proof.node(Claim::Exception(exception), NodeKind::All, |proof| {
            let as_of = LawAsOf { known_on: context.known_on, is_end_unknown: false };
            let in_force = prove_in_force(&exception.in_force, as_of, &exception.span, None, context, proof);
            in_force.min(evaluator.prove_into(&exception.when, proof))
        })
    })
}

/// True if an exception that is not shown leaves the finding open: it has to be excluded, the facts do not exclude it, and
/// something raises it that stands as firmly as the facts of the finding.
fn leaves_open<'a>(
    outcome: &ExceptionOutcome<'a>,
    when: &Proof<'a>,
    facts: EvidenceLevel,
    evaluator: &ReferenceEvaluator<'_, 'a>,
) -> bool {
    if outcome.exception.has_to_be_excluded() {
        return matches!(outcome.state(), ExceptionState::NotShown | ExceptionState::Claimed);
    }
    if outcome.state() != ExceptionState::NotShown {
        return false;
    }
    if outcome.exception.burden == Burden::Shown {
        return only_reach_is_open(&outcome.proof, facts);
    }
    match &outcome.exception.raising {
        Raising::Always => true,
        Raising::ByReport => raises(&outcome.proof, facts, |fact| !is_tested_in(fact, when)),
        Raising::By(condition) => {
            let proof = evaluator.prove(condition);
            proof.truth != Truth::False && raises(&proof, facts, |_| true)
        }
    }
}

/// True if an exception would be shown, as firmly as the facts, but for what its paper covers, which is not understood, for
/// what could not be read of it, for its last day, which the act may have come before or after, or for what is told of it less
/// exactly than is asked: a contract dated by the month.
fn only_reach_is_open(proof: &Proof<'_>, facts: EvidenceLevel) -> bool {
    let is_scope = |path: &FactPath| matches!(path.segments(), [.., PathSegment::Key("covers" | "valid_until" | "unread")]);
    let is_told = |missing: &MissingFact<'_>| is_scope(&missing.path) || is_told_inexactly(missing, proof);
    let ways = smallest_sets_for(proof, Truth::True);
    let by_what_is_told = ways.iter().any(|way| !way.is_empty() && way.iter().all(is_told));
    by_what_is_told
        && proof.leaves().all(|(node, fact)| node.truth == Truth::False || fact.evidence.is_none_or(|own| own >= facts))
}

/// True of a fact of a permission, notice, finding, document or contract that is told, and not as exactly as the condition asks.
fn is_told_inexactly(missing: &MissingFact<'_>, proof: &Proof<'_>) -> bool {
    const PAPERS: [&str; 5] = ["authorisations", "notifications", "determinations", "documents", "contract"];
    let is_of_paper = matches!(missing.path.segments(), [PathSegment::Key(key), ..] if PAPERS.contains(key));
    // What a paper is, whoever asks for it, is no condition of the rule.
    let is_asked = |(node, fact): (&ProofNode<'_>, &TestedFact<'_>)| {
        fact.path == missing.path && fact.cause == Some(UnknownCause::Imprecise) && matches!(node.claim, Claim::Condition(_))
    };
    is_of_paper && missing.reported.is_some() && proof.leaves().any(is_asked)
}

/// True if some reported fact that counts meets a condition, or could, and stands firmly enough.
fn raises<'a>(proof: &Proof<'a>, facts: EvidenceLevel, counts: impl Fn(&ProofNode<'a>) -> bool) -> bool {
    let is_firm = |fact: &TestedFact<'a>| fact.evidence.is_some_and(|own| own >= facts);
    let raising = |node: &ProofNode<'a>, fact: &TestedFact<'a>| is_firm(fact) && !is_act_or_time(fact) && counts(node);
    proof.root().is_some_and(|root| meets(root, &raising))
}

/// True if some reported fact meets a part of the condition, or could. That something else is not so raises nothing, unless it is
/// one fact that is not to have a value: `origin: {not: KP}`.
fn meets<'a>(part: Subtree<'_, 'a>, counts: &impl Fn(&ProofNode<'a>, &TestedFact<'a>) -> bool) -> bool {
    let is_raised_by = |node: &ProofNode<'a>| match &node.kind {
        NodeKind::Fact(fact) => is_reported(fact) && counts(node, fact),
        _ => false,
    };
    match &part.node.kind {
        _ if part.node.truth == Truth::False => false,
        NodeKind::Fact(_) => is_raised_by(part.node),
        NodeKind::Not => part.only_child().is_some_and(|child| is_raised_by(child.node)),
        _ => part.children().any(|child| meets(child, counts)),
    }
}

/// True of what is done and when: the rule is about these, whatever its exceptions say of them.
fn is_act_or_time(fact: &TestedFact<'_>) -> bool {
    matches!(fact.path.segments(), [PathSegment::Key("activity" | "date")])
}

/// True if a fact of the transaction is reported, exactly enough or not.
fn is_reported(fact: &TestedFact<'_>) -> bool {
    let is_missing = matches!(fact.cause, Some(UnknownCause::NotReported | UnknownCause::NoList));
    !is_missing && fact.quota().is_none() && fact.value.in_words().is_some()
}

/// True if the proof that the rule applies rests on the same test of the same fact.
fn is_tested_in(node: &ProofNode<'_>, when: &Proof<'_>) -> bool {
    let test = |node: &ProofNode<'_>| -> Option<(FactPath, Option<Matcher>)> {
        let NodeKind::Fact(fact) = &node.kind else { return None };
        Some((fact.path.clone(), node.claim.matcher().cloned()))
    };
    let own = test(node);
    when.leaves().any(|(leaf, fact)| match &own {
        Some((path, matcher)) if fact.path == *path => match (matcher, leaf.claim.matcher()) {
            (Some(one), Some(other)) => one == other,
            // The time of the rule and of its exceptions, and lists of goods: the same fact is asked.
            (None, None) => true,
            _ => false,
        },
        _ => false,
    })
}
