//! Goods that are reported with an act of another kind: a landing, a call at a port or a march with arms.

use std::collections::HashMap;

use crate::engine::Stage;
use crate::facts::{
    Coded, CodedTerm, Derivation, FactPath, Item, Known, Party, PathSegment, Period, Side, Term, Transaction, fold,
};
use crate::rulebook::{PartySide, Vocabulary};

use super::collector::{Collector, only_term};

/// So many deliveries of the same goods between the same States are compared with an act.
const MOST_COMPARED: usize = 16;

/// The deliveries that the transactions of an incident tell by themselves and that nothing excuses: their days, by the goods and the
/// States between which they go.
#[derive(Default)]
pub(super) struct Deliveries(HashMap<Passage, Vec<Option<Period>>>);

/// A good, as it is described, and the States that it leaves and goes to.
type Passage = (String, Option<Term>, Option<Term>);

impl Deliveries {
    /// Those of an incident; none where it has one transaction.
    pub(super) fn new(transactions: &[Transaction], vocabulary: &Vocabulary) -> Self {
        let mut deliveries = Self::default();
        let several = if transactions.len() > 1 { transactions } else { &[] };
        for delivery in several.iter().filter(|transaction| is_delivery(transaction, vocabulary)) {
            for passage in passages(delivery) {
                let days = deliveries.0.entry(passage).or_default();
                if days.len() < MOST_COMPARED {
                    days.push(delivery.date);
                }
            }
        }
        deliveries
    }

    /// True if all goods of a transaction are told to be delivered at that time between the same States by others, which are judged
    /// for themselves: of the act beside them nothing more is asked.
    pub(super) fn tell_all_of(&self, transaction: &Transaction) -> bool {
        let is_then = |days: &Option<Period>| match (days, transaction.date) {
            (Some(days), Some(own)) => days.from <= own.to && own.from <= days.to,
            // Of a delivery without a day it is asked itself when it was.
            (days, _) => days.is_none(),
        };
        let is_told = |passage| self.0.get(&passage).is_some_and(|deliveries| deliveries.iter().any(is_then));
        !self.0.is_empty() && !transaction.items.known().is_empty() && passages(transaction).all(is_told)
    }
}

/// True if goods pass, and nothing is reported that may excuse it: a stage short of that, a paper, a purpose, or who gets them.
fn is_delivery(transaction: &Transaction, vocabulary: &Vocabulary) -> bool {
    let acts = transaction.activity.is().unwrap_or_default();
    let passes = |act: &CodedTerm| match (act, vocabulary.known_terms().passes) {
        (CodedTerm::Term(act), Some(passes)) => vocabulary.is_a(*act, passes),
        _ => false,
    };
    let gives = |role: &CodedTerm| matches!(role, CodedTerm::Term(role) if vocabulary.side(*role) == Some(PartySide::Giving));
    let is_of_giver = |party: &Party| party.role.is().is_some_and(|roles| !roles.is_empty() && roles.iter().all(gives));
    let is_done = matches!(Stage::of_transaction(transaction, vocabulary), None | Some(Stage::Attempted))
        && !Stage::is_unclear(transaction, vocabulary);
    acts.iter().any(passes)
        && is_done
        && transaction.authorisations.known().is_empty()
        && transaction.notifications.known().is_empty()
        && transaction.determinations.known().is_empty()
        && transaction.documents.known().is_empty()
        && transaction.contract.get().is_none()
        && transaction.purpose.is_unknown()
        && transaction.to.get().is_none_or(|to| to.party.is_none())
        && transaction.parties.known().iter().all(is_of_giver)
}

fn passages(transaction: &Transaction) -> impl Iterator<Item = Passage> {
    let state = |side: &Known<Side>| side.get().and_then(|side| only_term(&side.country));
    let (giver, taker) = (state(&transaction.from), state(&transaction.to));
    let items = transaction.items.known().iter();
    items.map(move |item| (item.description.as_deref().map(fold).unwrap_or_default(), giver, taker))
}

/// Lets such an act be an arrival of goods, too. Which acts are of that kind, and what else they may be, is stated in the vocabulary.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let vocabulary = derived.vocabulary;
    let Some(reported @ [CodedTerm::Term(_), ..]) = transaction.activity.is() else { return };
    // Whoever says what was not done says what was.
    if !transaction.activity.not().is_empty() {
        return;
    }
    let is_goods = |item: &Item| item.vessel.is_none() && (item.description.is_some() || !item.hs.is_unknown());
    let Some(goods) = transaction.items.known().iter().position(is_goods) else { return };
    let mut acts = reported.to_vec();
    for act in reported {
        let CodedTerm::Term(act) = act else { return };
        let besides = vocabulary.with_goods(*act);
        if besides.is_empty() {
            return;
        }
        acts.push(CodedTerm::OneOf(Box::new(besides.iter().chain([act]).copied().collect())));
    }
    let named = transaction.items.known().get(goods).and_then(|item| item.description.clone()).unwrap_or_else(|| "goods".into());
    let from = FactPath::root().key("items").then(PathSegment::Index(goods)).key("description");
    let how = Derivation::Described { named };
    derived.put(&mut transaction.activity, Coded::new(Some(acts), Vec::new()), FactPath::root().key("activity"), from, how);
}
