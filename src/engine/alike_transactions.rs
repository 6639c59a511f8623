//! Transactions of one incident of which every rule says the same: rows that tell the same act, but for their ids.
//!
//! The first of a kind is assessed, and what follows from it stands for all that are alike. Transactions are alike if their facts
//! are equal but for the id, what was derived of them too, and what is counted of every quota once each of them is counted. None of
//! them belongs to another one, and the incident tells of nobody and no ship by name: what a name leads to depends on where it
//! stands.

use rustc_hash::FxHashMap;

use crate::facts::{ReportedIncident, Transaction};

use super::inference::related::has_related;
use super::{EvalContext, TransactionAssessment};

/// So many kinds of transactions are remembered of an incident.
const MOST_KINDS: usize = 128;

/// What was found of the transactions of an incident that stand for others.
#[derive(Default)]
pub(super) struct AlikeTransactions<'a> {
    /// The positions of the assessments, by the facts of their transactions but for the id.
    kinds: FxHashMap<Transaction, usize>,
    assessed: Vec<TransactionAssessment<'a>>,
    /// True if no transaction of the incident can stand for another.
    are_apart: bool,
}

impl<'a> AlikeTransactions<'a> {
    /// Nothing found yet of the transactions of an incident.
    pub(super) fn of_incident(reported: &ReportedIncident) -> Self {
        let names_somebody = |transaction: &Transaction| {
            !(transaction.parties.known().is_empty()
                && transaction.vessels.known().is_empty()
                && transaction.aircraft.known().is_empty())
        };
        let are_apart = reported.transactions().len() < 2 || reported.transactions().iter().any(names_somebody);
        Self { are_apart, ..Self::default() }
    }

    /// Hands over the assessment of a transaction of the incident: that of one before it that is alike, else what `assess` finds.
    pub(super) fn assess<R>(
        &mut self,
        context: &EvalContext<'a>,
        assess: impl FnOnce() -> TransactionAssessment<'a>,
        visit: impl FnOnce(&TransactionAssessment<'a>) -> R,
    ) -> R {
        if self.are_apart || has_related(context) {
            return visit(&assess());
        }
        let facts = Transaction { id: None, ..context.transaction.clone() };
        let known = self.kinds.get(&facts).copied();
        if let Some(known) = known.and_then(|known| self.assessed.get_mut(known)).filter(|known| is_alike(known.index, context)) {
            known.alike = known.alike.or(Some(known.index));
            known.index = context.index;
            return visit(known);
        }
        let assessed = assess();
        let result = visit(&assessed);
        // What is silent costs little, and is not looked for among the others.
        if known.is_none() && self.assessed.len() < MOST_KINDS && !assessed.is_silent() {
            self.kinds.insert(facts, self.assessed.len());
            self.assessed.push(assessed);
        }
        result
    }
}

/// True if a transaction is alike to another of its incident, at a position, whose facts are equal but for the id.
fn is_alike(other: usize, context: &EvalContext<'_>) -> bool {
    let of_other = EvalContext { index: other, ..*context };
    let items = context.transaction.items.known().len();
    let is_counted_alike = |ledger: &super::Ledger| {
        let subjects = || std::iter::once(None).chain((0..items).map(Some));
        let is_alike = |quota, item| {
            ledger.state(quota, &EvalContext { item, ..*context }) == ledger.state(quota, &EvalContext { item, ..of_other })
        };
        context.rulebook.quotas().all(|(quota, _)| subjects().all(|item| is_alike(quota, item)))
    };
    context.reported.derived(context.index).eq(context.reported.derived(other)) && context.ledger.is_none_or(is_counted_alike)
}
