//! From proofs to a verdict: the steps of the design, one after another.

use std::fmt;

use crate::document::Span;
use crate::facts::{CodedTerm, FactPath, Truth, Value};
use crate::rulebook::{Burden, Deadline, Duty, Exception, Force, InForce, NeedsDetermination, Rule, RuleKind};

use super::missing::smallest_settling_sets;
use super::proof::ProofBuilder;
use super::{
    Claim, DeterminationState, Downgrade, EvalContext, Evaluation, EvidenceLevel, ExceptionOutcome, FactText, NodeKind, Proof,
    ProofNode, ReferenceEvaluator, Stage, TestedFact, TransactionMemo, UnknownCause,
};

/// What the engine may say. The order is from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Reached and satisfied.
    Compliant,
    /// Whether the rule reaches the facts hangs on facts that are not told.
    InsufficientInformation,
    /// A breach, but for the evidence, the force of the paragraph or a determination.
    PotentialViolation,
    /// A breach of what the Council decided, on established facts.
    Violation,
}

impl Verdict {
    /// All of them, the worst first.
    pub const ALL: [Verdict; 4] =
        [Verdict::Violation, Verdict::PotentialViolation, Verdict::InsufficientInformation, Verdict::Compliant];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Violation => "violation",
            Verdict::PotentialViolation => "potential-violation",
            Verdict::InsufficientInformation => "insufficient-information",
            Verdict::Compliant => "compliant",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Decides one rule for one case, with a bound item if the rule binds one. The notebook is that of the case's transaction.
pub fn evaluate_rule<'a>(rule: &'a Rule, case: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Evaluation<'a> {
    let evaluator = ReferenceEvaluator::new(case, memo);
    let when = reach(rule, case, &evaluator);
    let reached = case.full_proofs || when.truth != Truth::False;
    // The link to the regime decides what is open; and it is shown.
    let asked = case.full_proofs || when.truth == Truth::Unknown;
    let regime = case.rulebook.regime(rule.regime).filter(|_| asked);
    let nexus = regime.map_or(Truth::Unknown, |r| ReferenceEvaluator::for_nexus(case, memo).prove(&r.nexus).truth);
    let known = rule.exceptions.iter().filter(|e| reached && !case.hides(e.authority.first().map(|c| c.adopted)));
    let exceptions =
        known.map(|exception| ExceptionOutcome { exception, proof: excepted(exception, case, &evaluator) }).collect();
    let fulfilled = match &rule.kind {
        RuleKind::Duty(duty) if reached => Some(evaluator.prove(&duty.fulfilled)),
        RuleKind::Duty(_) | RuleKind::Prohibition => None,
    };
    let determination = rule.needs_determination.as_ref().and_then(|needs| determination(needs, case, &evaluator));
    let evidence = when.evidence().unwrap_or(case.evidence);
    let item = case.item.filter(|_| rule.binds_item);
    let outcome = Evaluation {
        rule,
        item,
        verdict: None,
        when,
        nexus,
        exceptions,
        determination,
        fulfilled,
        downgrades: Vec::new(),
        evidence,
        missing: Vec::new(),
        not_assessed: false,
        duty_open: false,
    };
    conclude(outcome, case)
}

/// The condition of the rule with its time, and for a prohibition that the act is not an authority's own.
fn reach<'a>(rule: &'a Rule, case: &EvalContext<'a>, evaluator: &ReferenceEvaluator<'_, 'a>) -> Proof<'a> {
    let all_of_it = |nodes: &mut ProofBuilder<'a>| {
        let mut all = in_force(interval_as_known(rule, case), &rule.span, case, nodes);
        if case.hides(rule.made_on()) {
            let leaf = TestedFact { path: FactPath::root(), value: FactText::Nothing, cause: None, note: None, evidence: None };
            let asked = Claim::Implicit("already made on the day that the law is asked for", &rule.span);
            all = all.min(nodes.leaf(ProofNode::leaf(Truth::False, asked, leaf)));
        }
        if !rule.is_duty() && is_authority_act(case) {
            all = all.min(authority_act(&rule.span, case, nodes));
        }
        all.min(evaluator.prove_into(&rule.when, nodes))
    };
    evaluator.proof(|nodes| nodes.node(Claim::Rule(rule), NodeKind::All, all_of_it))
}

/// The rule's interval as it was known: an end that a later successor set was not yet set before that one was made.
pub(super) fn interval_as_known(rule: &Rule, case: &EvalContext<'_>) -> InForce {
    let ended_by_unknown = || case.rulebook.rules.iter().any(|r| r.replaces.contains(&rule.id) && case.hides(r.made_on()));
    match case.known_on {
        Some(_) if ended_by_unknown() => InForce { to: None, ..rule.in_force },
        _ => rule.in_force,
    }
}

/// The date of the transaction against an interval, as one more fact.
fn in_force<'a>(interval: InForce, at: &'a Span, case: &EvalContext<'a>, nodes: &mut ProofBuilder<'a>) -> Truth {
    let date = case.date();
    let truth = in_force_truth(interval, case);
    let cause =
        (truth == Truth::Unknown).then_some(if date.is_some() { UnknownCause::Imprecise } else { UnknownCause::NotReported });
    let leaf = TestedFact {
        path: FactPath::root().key("date"),
        value: FactText::Value(Value::Date(case.transaction.date.as_ref()), &case.rulebook.vocabulary),
        cause,
        note: None,
        evidence: None,
    };
    nodes.leaf(ProofNode::leaf(truth, Claim::InForce(interval, at), leaf))
}

/// Whether the transaction falls into an interval.
pub(super) fn in_force_truth(interval: InForce, case: &EvalContext<'_>) -> Truth {
    match case.date() {
        Some(date) => date.within(interval.from, interval.to),
        None if interval == InForce::default() => Truth::True,
        None => Truth::Unknown,
    }
}

/// True if all that was done is told, and all of it is an authority's own act.
pub(super) fn is_authority_act(case: &EvalContext<'_>) -> bool {
    let vocabulary = &case.rulebook.vocabulary;
    let activities = case.transaction.activity.is().unwrap_or_default();
    !activities.is_empty() && activities.iter().all(|n| matches!(n, CodedTerm::Term(t) if vocabulary.is_act_of_authority(*t)))
}

/// A State that seizes arms does not procure them. Said only where it decides something.
fn authority_act<'a>(at: &'a Span, case: &EvalContext<'a>, nodes: &mut ProofBuilder<'a>) -> Truth {
    let activities = case.transaction.activity.is().unwrap_or_default();
    let vocabulary = &case.rulebook.vocabulary;
    let value = activities
        .iter()
        .filter_map(|n| if let CodedTerm::Term(t) = n { Some(vocabulary.id(*t)) } else { None })
        .collect::<Vec<_>>()
        .join(", ");
    let leaf = TestedFact {
        path: FactPath::root().key("activity"),
        value: FactText::Words(value),
        cause: None,
        note: None,
        evidence: Some(case.evidence),
    };
    let asked = Claim::Implicit("an act other than an authority's own enforcement", at);
    nodes.leaf(ProofNode::leaf(Truth::False, asked, leaf))
}

fn excepted<'a>(exception: &'a Exception, case: &EvalContext<'a>, evaluator: &ReferenceEvaluator<'_, 'a>) -> Proof<'a> {
    if exception.in_force == InForce::default() {
        return evaluator.prove(&exception.when);
    }
    let all_of_it = |nodes: &mut ProofBuilder<'a>| {
        let in_force = in_force(exception.in_force, &exception.span, case, nodes);
        in_force.min(evaluator.prove_into(&exception.when, nodes))
    };
    evaluator.proof(|nodes| nodes.node(Claim::Exception(exception), NodeKind::All, all_of_it))
}

/// What is reported of the determination that a rule waits for; `None` if it waits for none here.
fn determination<'a>(
    needs: &'a NeedsDetermination,
    case: &EvalContext<'a>,
    evaluator: &ReferenceEvaluator<'_, 'a>,
) -> Option<DeterminationState> {
    if needs.when.as_ref().is_some_and(|when| evaluator.prove(when).truth == Truth::False) {
        return None;
    }
    let vocabulary = &case.rulebook.vocabulary;
    let made_by = |by: &[CodedTerm]| {
        by.iter().any(|named| match named {
            CodedTerm::Term(term) if vocabulary.known_terms().committee == Some(*term) => needs.by_committee,
            CodedTerm::Term(_) | CodedTerm::OneOf(_) => needs.by_state,
            CodedTerm::Unlisted(_) => false,
        })
    };
    let found = case.transaction.determinations.known().iter().filter(|d| {
        let finding = d.finding.is().unwrap_or_default().iter();
        let fits = finding
            .into_iter()
            .any(|n| matches!(n, CodedTerm::Term(t) if needs.findings.iter().any(|f| vocabulary.is_a(*t, *f))));
        let by = d.by.is().is_none_or(made_by);
        fits && by && !case.hides(d.date.map(|d| d.from))
    });
    let holds: Vec<Option<bool>> = found.map(|d| d.holds).collect();
    Some(if holds.contains(&Some(true)) {
        DeterminationState::Holds
    } else if holds.contains(&Some(false)) {
        DeterminationState::DoesNotHold
    } else {
        DeterminationState::NotReported
    })
}

/// Steps 3 to 7 of the design.
fn conclude<'a>(mut outcome: Evaluation<'a>, case: &EvalContext<'a>) -> Evaluation<'a> {
    match outcome.when.truth {
        Truth::False => {
            // Clear only because nobody looked at a list: `shown` must not hide that.
            outcome.not_assessed = outcome.when.assuming(UnknownCause::NoList, Truth::True) != Truth::False;
            outcome
        }
        Truth::Unknown => {
            outcome.not_assessed = outcome.when.assuming(UnknownCause::NoList, Truth::False) == Truth::False;
            if !outcome.not_assessed && outcome.nexus == Truth::True {
                outcome.missing = smallest_settling_sets(&outcome.when);
                outcome.verdict = Some(Verdict::InsufficientInformation);
            }
            outcome
        }
        Truth::True => reached(outcome, case),
    }
}

fn reached<'a>(mut outcome: Evaluation<'a>, case: &EvalContext<'a>) -> Evaluation<'a> {
    if outcome.exceptions.iter().any(|u| u.proof.truth == Truth::True) {
        outcome.verdict = Some(Verdict::Compliant);
        return outcome;
    }
    let open = |u: &&ExceptionOutcome<'_>| u.exception.burden == Burden::Excluded && u.proof.truth == Truth::Unknown;
    let missing: Vec<_> = outcome.exceptions.iter().filter(open).flat_map(|u| smallest_settling_sets(&u.proof)).collect();
    if !missing.is_empty() {
        outcome.missing = missing;
        outcome.verdict = Some(Verdict::InsufficientInformation);
        return outcome;
    }
    match &outcome.rule.kind {
        RuleKind::Duty(duty) => due(duty, outcome, case),
        RuleKind::Prohibition => forbidden(outcome, case),
    }
}

fn due<'a>(duty: &'a Duty, mut outcome: Evaluation<'a>, case: &EvalContext<'a>) -> Evaluation<'a> {
    let done = outcome.fulfilled.as_ref().map_or(Truth::Unknown, |p| p.truth);
    let past = match (duty.deadline, case.date()) {
        (Some(Deadline::Day(day)), Some(date)) => date.after(&crate::facts::Period::day(day)),
        _ => Truth::Unknown,
    };
    match (done, past) {
        (Truth::True, _) => outcome.verdict = Some(Verdict::Compliant),
        // Nobody is late before the last day, nor surely on a day that is not told.
        (Truth::False | Truth::Unknown, Truth::False) => outcome.duty_open = true,
        (Truth::False, Truth::Unknown) if matches!(duty.deadline, Some(Deadline::Day(_))) => outcome.duty_open = true,
        (Truth::False, _) | (Truth::Unknown, Truth::True) => {
            outcome.evidence =
                outcome.evidence.min(outcome.fulfilled.as_ref().and_then(Proof::evidence).unwrap_or(outcome.evidence));
            return breach(outcome, case);
        }
        (Truth::Unknown, _) => outcome.duty_open = true,
    }
    outcome
}

fn forbidden<'a>(mut outcome: Evaluation<'a>, case: &EvalContext<'a>) -> Evaluation<'a> {
    match outcome.determination {
        Some(DeterminationState::DoesNotHold) => return outcome,
        Some(DeterminationState::NotReported) => outcome.downgrades.push(Downgrade::NotDetermined),
        Some(DeterminationState::Holds) | None => {}
    }
    // An exception that the facts exclude is one more thing that the finding rests on.
    let excluded = outcome.exceptions.iter().filter(|u| u.proof.truth == Truth::False).filter_map(|u| u.proof.evidence());
    outcome.evidence = excluded.min().map_or(outcome.evidence, |s| s.min(outcome.evidence));
    breach(outcome, case)
}

fn breach<'a>(mut outcome: Evaluation<'a>, case: &EvalContext<'a>) -> Evaluation<'a> {
    if outcome.evidence == EvidenceLevel::Alleged {
        outcome.downgrades.push(Downgrade::Alleged);
    }
    if outcome.rule.force == Force::CallsUpon {
        outcome.downgrades.push(Downgrade::CallsUpon);
    }
    match case.stage() {
        Some(Stage::Planned) => outcome.downgrades.push(Downgrade::Planned),
        Some(Stage::Refused) => outcome.downgrades.push(Downgrade::Refused),
        Some(Stage::Abandoned) => outcome.downgrades.push(Downgrade::Abandoned),
        Some(Stage::Attempted) | None => {}
    }
    outcome.verdict = Some(if outcome.downgrades.is_empty() { Verdict::Violation } else { Verdict::PotentialViolation });
    outcome
}
