//! The steps from a rule to its verdict on a transaction.
//!
//! [`evaluate_rule`] proves all that a verdict rests on; [`decide`] then looks only at truths:
//!
//! 1. The transaction's date is one more condition: outside the time in which the rule is in force there is no finding.
//! 2. What is unknown becomes `insufficient-information` only where the *nexus*, the link to the regime's target, is true; a regime
//!    without one asks nothing.
//! 3. Condition false: no finding. Unknown: `insufficient-information`, with the facts that would settle it, unless only lists
//!    that are [beside the point](super::pertinence) keep it open.
//! 4. Condition true: an exception that holds makes it `compliant`; one that must be excluded and is unknown leaves
//!    `insufficient-information`.
//! 5. A prohibition is then breached, unless the determination that it needs says that it does not hold; one that is not reported
//!    can leave `insufficient-information`.
//! 6. A duty is breached where it was not done, `compliant` where it was, and otherwise open, which is not a finding.
//! 7. A breach that nobody reports any more is `insufficient-information`. Any other is a `violation`; merely alleged, called upon, undetermined, planned, refused or abandoned, a potential one.
//! 8. An authority's own enforcement breaches no prohibition: that too is one more condition.

use std::sync::Arc;

use crate::document::Span;
use crate::facts::{CodedTerm, FactPath, FieldSet, PathSegment, Transaction, Truth};
use crate::rulebook::{Deadline, Duty, Force, Rule, RuleKind};

use super::deadline::{Lateness, lateness};
use super::determination::find_determination;
use super::evidence_level::is_retracted;
use super::exception::{evaluate_exceptions, facts_that_settle};
use super::excusing_paper::Excuse;
use super::in_force::{prove_in_force, time_as_of};
use super::inference::related::has_related;
use super::lasting::surely_under_way;
use super::nexus::find_nexus;
use super::pertinence::beside_the_point;
use super::proof::ProofBuilder;
use super::settling_sets::smallest_settling_sets;
use super::{
    Claim, DeterminationState, Downgrade, EvalContext, Evaluation, EvidenceLevel, ExceptionState, FactText, MissingFact,
    NodeKind, Proof, ProofNode, ReferenceEvaluator, Stage, TestedFact, TransactionMemo, UnknownCause, Verdict,
};

/// Evaluates a rule on a transaction, or on the item that is bound in `context`. `memo` is that of the transaction.
pub fn evaluate_rule<'a>(rule: &'a Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Evaluation<'a> {
    let evaluator = ReferenceEvaluator::new(context, memo);
    let when = prove_applies(rule, context, &evaluator);
    // What cannot change the verdict is proved only where it is shown.
    let wants_exceptions = context.full_proofs || when.truth != Truth::False;
    let wants_nexus = context.full_proofs || when.truth == Truth::Unknown;
    let nexus = if wants_nexus { find_nexus(rule.regime, context, memo) } else { Truth::Unknown };
    let mut evidence = when.evidence().unwrap_or(context.evidence);
    let exceptions = if wants_exceptions { evaluate_exceptions(rule, &when, evidence, context, memo) } else { Vec::new() };
    let fulfilled = match &rule.kind {
        RuleKind::Duty(duty) if wants_exceptions => {
            let excuse = Excuse { rule, decided_by: None, began: rule.made_on(), span: &rule.span };
            Some(ReferenceEvaluator::for_excuse(context, memo, excuse).prove(&duty.fulfilled))
        }
        RuleKind::Duty(_) | RuleKind::Prohibition => None,
    };
    let needs = rule.needs_determination.as_ref();
    let determination = needs.and_then(|needs| find_determination(rule, needs, evidence, context, &evaluator));
    if let Some((_, Some(own))) = determination {
        evidence = evidence.min(own);
    }
    let determination = determination.map(|(state, _)| state);
    let Pertinence { beside_the_point, only_unlisted } = pertinence(rule, &when, context, memo);
    let mut evaluation = Evaluation {
        rule,
        item: context.item.filter(|_| rule.binds_item),
        alike: Arc::default(),
        verdict: None,
        when,
        nexus,
        exceptions,
        determination,
        fulfilled,
        downgrades: Vec::new(),
        beside_the_point,
        evidence,
        missing: Vec::new(),
        not_assessed: only_unlisted,
        duty_open: false,
    };
    decide(&mut evaluation, context);
    evaluation
}

/// Steps 2 and 3.
fn decide(evaluation: &mut Evaluation<'_>, context: &EvalContext<'_>) {
    match evaluation.when.truth {
        // No list of persons was given, and one could have made the condition true: `shown` must not hide that.
        Truth::False => {
            evaluation.not_assessed = evaluation.when.assuming(UnknownCause::NoList, Truth::True) != Truth::False;
        }
        Truth::Unknown => {
            evaluation.not_assessed |= evaluation.when.assuming(UnknownCause::NoList, Truth::False) == Truth::False;
            // Nobody can have broken a duty before its last day, whether or not it arises.
            let is_early = matches!(&evaluation.rule.kind, RuleKind::Duty(duty) if lateness(duty, context) == Lateness::NotYet);
            // Excused or done either way: there is nothing to ask.
            let is_done = evaluation.fulfilled.as_ref().is_some_and(|done| done.truth == Truth::True);
            let is_excused = is_done || evaluation.exceptions.iter().any(|e| e.state() == ExceptionState::Shown);
            let is_linked = evaluation.nexus == Truth::True;
            // A listing on a list that nobody knows is as if it were not told, where nothing else links the act to the target.
            let if_unread_not_listed = || evaluation.when.assuming(UnknownCause::UnknownReference, Truth::False);
            let is_pertinent = evaluation.beside_the_point.is_empty();
            evaluation.not_assessed |= is_pertinent && !is_linked && if_unread_not_listed() == Truth::False;
            let asks = !is_early && !is_excused && is_pertinent;
            if asks && !evaluation.not_assessed && is_linked {
                evaluation.missing = smallest_settling_sets(&evaluation.when);
                evaluation.verdict = Some(Verdict::InsufficientInformation);
            }
        }
        Truth::True => decide_applicable(evaluation, context),
    }
}

/// Step 4.
fn decide_applicable(evaluation: &mut Evaluation<'_>, context: &EvalContext<'_>) {
    if evaluation.exceptions.iter().any(|e| e.state() == ExceptionState::Shown) {
        evaluation.verdict = Some(Verdict::Compliant);
        return;
    }
    if evaluation.exceptions.iter().any(|e| e.leaves_open) {
        evaluation.missing = facts_that_settle(&evaluation.exceptions);
        evaluation.verdict = Some(Verdict::InsufficientInformation);
        return;
    }
    match &evaluation.rule.kind {
        RuleKind::Prohibition => decide_prohibition(evaluation, context),
        RuleKind::Duty(duty) => decide_duty(duty, evaluation, context),
    }
}

/// Step 5.
fn decide_prohibition(evaluation: &mut Evaluation<'_>, context: &EvalContext<'_>) {
    match evaluation.determination {
        Some(DeterminationState::DoesNotHold) => return,
        Some(DeterminationState::NotReported) => {
            let needs = evaluation.rule.needs_determination.as_ref().filter(|needs| needs.leaves_open);
            if let Some(needs) = needs {
                let path = FactPath::root().key("determinations");
                let missing = MissingFact { path, condition: needs.claim.as_str().into(), reported: None, why: None };
                evaluation.missing = vec![vec![missing]];
                evaluation.verdict = Some(Verdict::InsufficientInformation);
                return;
            }
            evaluation.downgrades.push(Downgrade::NotDetermined);
        }
        Some(DeterminationState::Holds) | None => {}
    }
    // The finding rests on the facts that exclude an exception too, if without them it would have been open.
    let excluded = evaluation.exceptions.iter().filter(|e| e.proof.truth == Truth::False && e.matters_when_excluded());
    let excluded = excluded.filter_map(|e| e.proof.evidence());
    evaluation.evidence = excluded.min().map_or(evaluation.evidence, |e| e.min(evaluation.evidence));
    decide_breach(evaluation, context);
}

/// Step 6.
fn decide_duty(duty: &Duty, evaluation: &mut Evaluation<'_>, context: &EvalContext<'_>) {
    let facts = evaluation.evidence;
    let done = evaluation.fulfilled.as_ref().map_or(Truth::Unknown, |proof| match proof.truth {
        // A duty that somebody claims to have done is not done before it is as firm as what makes it due.
        Truth::True if proof.evidence().is_some_and(|own| own < facts) => Truth::Unknown,
        truth => truth,
    });
    let is_breached = match (done, lateness(duty, context)) {
        (Truth::True, _) => {
            evaluation.verdict = Some(Verdict::Compliant);
            return;
        }
        (_, Lateness::MayPersist(last_day)) => {
            let condition = format!("after {last_day}").into();
            let reported = context.date().map(|date| date.to_string().into());
            let path = FactPath::root().key("date");
            evaluation.missing = vec![vec![MissingFact { path, condition, reported, why: None }]];
            evaluation.verdict = Some(Verdict::InsufficientInformation);
            return;
        }
        (_, Lateness::Persists) | (Truth::False, Lateness::NoDeadline | Lateness::Reported) => true,
        // What is due some days after an act is due, nearly always, when somebody reports the act.
        (Truth::False, Lateness::Open) => matches!(duty.deadline, Some(Deadline::AfterTransaction(_))),
        (Truth::False | Truth::Unknown, _) => false,
    };
    if !is_breached {
        evaluation.duty_open = true;
        return;
    }
    let of_duty = evaluation.fulfilled.as_ref().and_then(Proof::evidence);
    evaluation.evidence = of_duty.map_or(evaluation.evidence, |e| e.min(evaluation.evidence));
    decide_breach(evaluation, context);
}

/// Step 7.
fn decide_breach(evaluation: &mut Evaluation<'_>, context: &EvalContext<'_>) {
    if is_retracted(context.transaction, context.reported) {
        let condition = "a report of it that its author has not taken back".into();
        let path = FactPath::root().key("sources");
        evaluation.missing = vec![vec![MissingFact { path, condition, reported: None, why: None }]];
        evaluation.verdict = Some(Verdict::InsufficientInformation);
        return;
    }
    if evaluation.evidence == EvidenceLevel::Alleged {
        evaluation.downgrades.push(Downgrade::Alleged);
    }
    if evaluation.rule.force == Force::CallsUpon {
        evaluation.downgrades.push(Downgrade::CallsUpon);
    }
    evaluation.downgrades.extend(match context.stage() {
        Some(Stage::Planned) => Some(Downgrade::Planned),
        Some(Stage::Refused) => Some(Downgrade::Refused),
        Some(Stage::Abandoned) => Some(Downgrade::Abandoned),
        Some(Stage::Attempted) => None,
        None => Stage::is_unclear(context.transaction, &context.rulebook.vocabulary).then_some(Downgrade::StageUnclear),
    });
    let violation = evaluation.downgrades.is_empty();
    evaluation.verdict = Some(if violation { Verdict::Violation } else { Verdict::PotentialViolation });
}

/// What is left of an unknown condition without the lists that are [beside the point](super::pertinence).
#[derive(Default)]
struct Pertinence {
    /// The lists, if nothing else is left: then the rule does not ask. Empty if it asks.
    beside_the_point: Vec<&'static str>,
    /// True if only the list of designated persons, which was not given, is left beside them.
    only_unlisted: bool,
}

/// Whether a rule whose condition is unknown asks.
fn pertinence<'a>(rule: &'a Rule, when: &Proof<'a>, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Pertinence {
    // `concerns` looks at related transactions, each with lists of its own that are beside its point.
    let is_any_beside = || !context.beside_the_point.without(rule.asks).is_empty() || has_related(context);
    if when.truth != Truth::Unknown || !is_any_beside() {
        return Pertinence::default();
    }
    let evaluator = ReferenceEvaluator::for_pertinence(context, rule.asks, memo);
    let without = prove_applies(rule, context, &evaluator);
    if without.truth != Truth::False {
        let only_unlisted = without.assuming(UnknownCause::NoList, Truth::False) == Truth::False;
        return Pertinence { only_unlisted, ..Pertinence::default() };
    }
    let open = when.leaves().filter(|(node, _)| node.truth == Truth::Unknown);
    let rows = open
        .filter_map(|(_, leaf)| row_beside_the_point(&leaf.path, rule, context))
        .fold(FieldSet::default(), |rows, row| rows.and(FieldSet::only(row)));
    let keys = rows.iter().map(|row| Transaction::TABLE.key(row));
    Pertinence { beside_the_point: keys.collect(), only_unlisted: false }
}

/// The field of the transaction, or of a related one, that a path leads into, if it is beside the point of that transaction.
fn row_beside_the_point(path: &FactPath, rule: &Rule, context: &EvalContext<'_>) -> Option<usize> {
    let (key, rows) = match path.segments() {
        [PathSegment::Key("transactions"), PathSegment::Index(position), PathSegment::Key(key), ..] => {
            let related = context.reported.transactions().get(*position)?;
            (key, beside_the_point(related, &context.rulebook.vocabulary))
        }
        [PathSegment::Key(key), ..] => (key, context.beside_the_point),
        _ => return None,
    };
    Transaction::TABLE.position(key).filter(|row| rows.without(rule.asks).contains(*row))
}

/// The condition of a rule together with its time (step 1) and, for a prohibition, whose act it is (step 8).
pub(super) fn prove_applies<'a>(rule: &'a Rule, context: &EvalContext<'a>, evaluator: &ReferenceEvaluator<'_, 'a>) -> Proof<'a> {
    let conditions = |proof: &mut ProofBuilder<'a>| {
        let lasted = surely_under_way(context.transaction, &context.rulebook.vocabulary);
        let mut all = prove_in_force(&rule.in_force, time_as_of(rule, context), &rule.span, lasted, context, proof);
        if context.hides(rule.made_on()) {
            let claim = Claim::Implicit("already made on the day that the law is asked for", &rule.span);
            let fact = TestedFact { path: FactPath::root(), value: FactText::Nothing, cause: None, note: None, evidence: None };
            all = all.min(proof.leaf(ProofNode::leaf(Truth::False, claim, fact)));
        }
        if !rule.is_duty() && is_authority_act(context) {
            all = all.min(prove_not_authority_act(&rule.span, context, proof));
        }
        all.min(evaluator.prove_into(&rule.when, proof))
    };
    evaluator.proof(|proof| proof.node(Claim::Rule(rule), NodeKind::All, conditions))
}

/// True if the activities are reported and every one of them is an authority's own act: a State that seizes arms does not
/// procure them.
pub(super) fn is_authority_act(context: &EvalContext<'_>) -> bool {
    let vocabulary = &context.rulebook.vocabulary;
    let activities = context.transaction.activity.is().unwrap_or_default();
    !activities.is_empty() && activities.iter().all(|n| matches!(n, CodedTerm::Term(t) if vocabulary.is_act_of_authority(*t)))
}

/// Adds the claim that the act is not an authority's own, as false. Only for transactions that are an authority's act.
fn prove_not_authority_act<'a>(at: &'a Span, context: &EvalContext<'a>, proof: &mut ProofBuilder<'a>) -> Truth {
    let activities = context.transaction.activity.is().unwrap_or_default();
    let ids = activities.iter().filter_map(|term| match term {
        CodedTerm::Term(term) => Some(context.rulebook.vocabulary.id(*term)),
        _ => None,
    });
    let fact = TestedFact {
        path: FactPath::root().key("activity"),
        value: FactText::Words(ids.collect::<Vec<_>>().join(", ")),
        cause: None,
        note: None,
        evidence: Some(context.evidence),
    };
    let claim = Claim::Implicit("an act other than an authority's own enforcement", at);
    proof.leaf(ProofNode::leaf(Truth::False, claim, fact))
}
