//! Whether a rule or an exception is in force on the day of a transaction.

use crate::document::Span;
use crate::facts::{FactPath, FactValue, Period, Truth};
use crate::rulebook::{InForce, LawAsOf, Rule};

use super::proof::ProofBuilder;
use super::{Claim, EvalContext, FactText, NodeKind, ProofNode, TestedFact, UnknownCause};

/// The path in place of a fact's where no report could settle a condition, because the law itself is not certain: a renewal
/// that is not recorded, a day that is not known.
pub const IN_FORCE: &str = "in_force";

/// The day as of which the time of a rule is asked. The last day that a later successor set was not set before that successor
/// was made.
pub(super) fn time_as_of(rule: &Rule, context: &EvalContext<'_>) -> LawAsOf {
    let ended_by_unknown = || context.rulebook.rules.iter().any(|r| r.replaces.contains(&rule.id) && context.hides(r.made_on()));
    LawAsOf { known_on: context.known_on, is_end_unknown: context.known_on.is_some() && ended_by_unknown() }
}

/// Whether the transaction is on a day on which something is in force, as far as that is known. `lasted` are days on which an act
/// was surely under way: one of them under a prohibition is enough.
pub(super) fn prove_in_force<'a>(
    in_force: &'a InForce,
    as_of: LawAsOf,
    at: &'a Span,
    lasted: Option<Period>,
    context: &EvalContext<'a>,
    proof: &mut ProofBuilder<'a>,
) -> Truth {
    let stretches = in_force.stretches(as_of);
    let common = lasted.and_then(|lasted| stretches.iter().find_map(|stretch| stretch.common_days(&lasted)));
    let date = common.or(context.date());
    let in_calendar = Truth::any(stretches.iter().map(|stretch| stretch.contains_if_renewed(date)));
    let claim = Claim::InForce(in_force, as_of, at);
    let reported_date = |truth: Truth, claim: Claim<'a>| {
        let cause = match date {
            None => UnknownCause::NotReported,
            // The report could not be more exact: the law is not.
            Some(date) if date.is_one_day() => UnknownCause::UncertainLaw,
            Some(_) => UnknownCause::Imprecise,
        };
        let is_of_law = truth == Truth::Unknown && cause == UnknownCause::UncertainLaw;
        let fact = TestedFact {
            path: FactPath::root().key(if is_of_law { IN_FORCE } else { "date" }),
            value: match is_of_law {
                true => FactText::Nothing,
                false => FactText::FactValue(FactValue::Date(context.transaction.date.as_ref()), &context.rulebook.vocabulary),
            },
            cause: (truth == Truth::Unknown).then_some(cause),
            note: None,
            evidence: None,
        };
        ProofNode::leaf(truth, claim, fact)
    };
    let in_calendar_leaf = proof.leaf(reported_date(in_calendar, claim));
    let certain_to = stretches.iter().find(|s| s.contains_if_renewed(date) == Truth::True).and_then(|s| s.certain_to);
    let Some(certain_to) = certain_to else { return in_calendar_leaf };
    let on_certain_days = date.map_or(Truth::Unknown, |date| date.until(&certain_to));
    if on_certain_days == Truth::True {
        return in_calendar_leaf;
    }
    let renewed = ProofNode::leaf(
        Truth::Unknown,
        Claim::Renewed(certain_to.to, at),
        TestedFact {
            path: FactPath::root().key(IN_FORCE),
            value: FactText::Nothing,
            cause: Some(UnknownCause::UncertainLaw),
            note: None,
            evidence: None,
        },
    );
    let verified = proof.node(
        Claim::Implicit("on a day on which it is verified to be in force, or renewed for it", at),
        NodeKind::Any,
        |proof| {
            let certain = Claim::VerifiedUntil(certain_to.to, at);
            let on_certain_days = proof.leaf(reported_date(on_certain_days, certain));
            on_certain_days.max(proof.leaf(renewed))
        },
    );
    in_calendar_leaf.min(verified)
}
