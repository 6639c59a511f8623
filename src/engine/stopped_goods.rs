//! Goods that an authority stopped: the act is the authority's own and breaches nothing, but that they were sent may.
//!
//! Reports tell both in one: *customs seized charcoal from Kismayo, bound for Dubai*. Rules judge what was done, the seizure. Where
//! the same facts would be a breach as a supply, somebody should look, and tell the sending in an entry of its own.

use crate::facts::{Coded, CodedTerm, FactPath, Many, Scheme, Terms, Transaction, Truth};
use crate::rulebook::{RegimeId, Rule};

use super::assess::is_in_force;
use super::decision::is_authority_act;
use super::{EvalContext, ReferenceEvaluator, TransactionMemo, Verdict, Warning, WarningKind, evaluate_rule};

/// So many items of a transaction are looked at.
const MOST_ITEMS: usize = 32;

/// That the goods of an authority's act would breach a rule of some regimes as a supply; `None` if they would breach none.
pub(crate) fn stopped_goods(context: &EvalContext<'_>, is_chosen: impl Fn(RegimeId) -> bool) -> Option<Warning> {
    if context.transaction.items.known().is_empty() || !is_authority_act(context) {
        return None;
    }
    let rulebook = context.rulebook;
    let supply = rulebook.vocabulary.term(Scheme::Activity, "supply")?;
    let sent = Transaction {
        activity: Coded::one(CodedTerm::Term(supply)),
        stage: Terms::UNKNOWN,
        actions: Many::default(),
        ..context.transaction.clone()
    };
    let sent = EvalContext::of_transaction(rulebook, context.reported, &sent, context.known_on, context.ledger);
    let memo = TransactionMemo::new(&sent);
    let is_linked = |regime: &RegimeId| {
        let nexus = rulebook.regime(*regime).and_then(|regime| regime.nexus.as_ref());
        nexus.is_some_and(|nexus| ReferenceEvaluator::for_nexus(&sent, &memo).prove(nexus).truth == Truth::True)
    };
    let linked: Vec<RegimeId> =
        (0..rulebook.regimes.len()).map(RegimeId).filter(|regime| is_chosen(*regime)).filter(is_linked).collect();
    let is_of_them = |rule: &&Rule| linked.contains(&rule.regime) && !rule.is_duty() && is_in_force(rule, &sent);
    let rules: Vec<&Rule> = rulebook.rules.iter().filter(is_of_them).collect();
    let rule = rules.into_iter().find(|&rule| {
        let mut subjects = sent.for_each_item(rule.binds_item).into_iter().take(MOST_ITEMS);
        subjects.any(|subject| evaluate_rule(rule, &subject, &memo).verdict.is_some_and(Verdict::is_breach))
    })?;
    Some(Warning { path: FactPath::root().key("activity"), kind: WarningKind::StoppedGoods(rule.id.clone()) })
}
