//! Related transactions: what a service, payment, leg or response is about stands in another record of the incident.

use std::collections::BTreeSet;

use crate::engine::EvalContext;
use crate::facts::{CodedTerm, FactPath, PathSegment, Relation, Terms};

/// The transactions of the incident that a transaction belongs to, or that belong to it.
#[derive(Default)]
pub(in crate::engine) struct Related {
    /// Their positions, the nearest first.
    pub(in crate::engine) transactions: Vec<usize>,
    /// The paths to relations, from the incident or the transaction, that lead nowhere in the incident.
    pub(in crate::engine) not_found: Vec<FactPath>,
}

/// Only so many transactions are followed; beyond them a condition is unknown unless one of these decides it.
const MOST_TRANSACTIONS: usize = 32;

/// True if a transaction has a relation, or another of the incident has one to it.
pub(in crate::engine) fn has_related(context: &EvalContext<'_>) -> bool {
    !context.transaction.relates_to.known().is_empty()
        || context.reported.transactions().len() > 1 && !context.reported.index().relating(context.index).is_empty()
}

impl Related {
    /// The related transactions of the context's. One step is by any relation; a further one only between records of one and
    /// the same act, such as its parts and legs.
    pub(in crate::engine) fn of_context(context: &EvalContext<'_>) -> Self {
        let mut related = Self::default();
        if !has_related(context) {
            return related;
        }
        let (reported, index) = (context.reported, context.reported.index());
        let one_act = |kind: &Terms| {
            let terms = kind.is().unwrap_or_default();
            !terms.is_empty()
                && terms.iter().all(|t| matches!(t, CodedTerm::Term(t) if context.rulebook.vocabulary.counts_once(*t)))
        };
        let target =
            |relation: &Relation| relation.transaction.as_deref().and_then(|name| index.transaction(reported.id(), name));
        let mut seen = BTreeSet::from([context.index]);
        for (number, relation) in context.transaction.relates_to.known().iter().enumerate() {
            match target(relation) {
                Some(position) => related.add(position, &mut seen),
                None if related.not_found.is_empty() => {
                    let path = FactPath::root().key("relates_to").then(PathSegment::Index(number));
                    related.not_found.push(path.key("transaction"));
                }
                None => {}
            }
        }
        index.relating(context.index).iter().for_each(|(position, _)| related.add(*position, &mut seen));
        let mut next = 0;
        while let Some(position) = related.transactions.get(next).copied() {
            next += 1;
            let relations = reported.transactions().get(position).map(|t| t.relates_to.known()).unwrap_or_default();
            for relation in relations.iter().take(MOST_TRANSACTIONS).filter(|relation| one_act(&relation.kind)) {
                if let Some(position) = target(relation) {
                    related.add(position, &mut seen);
                }
            }
            for (relating, number) in index.relating(position).iter().take(MOST_TRANSACTIONS) {
                let relation = reported.transactions().get(*relating).and_then(|t| t.relates_to.known().get(*number));
                if relation.is_some_and(|relation| one_act(&relation.kind)) {
                    related.add(*relating, &mut seen);
                }
            }
        }
        related
    }

    fn add(&mut self, position: usize, seen: &mut BTreeSet<usize>) {
        if self.transactions.len() < MOST_TRANSACTIONS {
            if seen.insert(position) {
                self.transactions.push(position);
            }
        } else if !seen.contains(&position) && self.not_found.is_empty() {
            self.not_found.push(FactPath::root().key("relates_to"));
        }
    }

    /// True if there is no other transaction to look at, nor one that is missing.
    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.transactions.is_empty() && self.not_found.is_empty()
    }
}
