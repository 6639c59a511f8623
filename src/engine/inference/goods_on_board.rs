//! Goods that are reported with an act of another kind: a landing, a call at a port or a march with arms.

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Item, PathSegment, Transaction};

use super::collector::Collector;

/// Lets such an act be a delivery, too. Which acts are of that kind, and what else they may be, is stated in the vocabulary.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let vocabulary = derived.vocabulary;
    let Some(reported @ [CodedTerm::Term(_), ..]) = transaction.activity.is() else { return };
    // Whoever says what was not done says what was.
    if !transaction.activity.not().is_empty() {
        return;
    }
    let is_goods = |item: &Item| item.vessel.is_none() && (item.description.is_some() || !item.hs.is_unknown());
    let Some(goods) = transaction.items.known().iter().position(is_goods) else { return };
    let is_money = |item: &Item| item.value.is_some();
    let mut acts = reported.to_vec();
    for act in reported {
        let CodedTerm::Term(act) = act else { return };
        let besides = vocabulary.with_goods(*act);
        // Of a loan the money may be told.
        let is_of_money = vocabulary.known_terms().finance.is_some_and(|finance| vocabulary.is_a(*act, finance))
            && (transaction.payment.get().is_some()
                || transaction.value.is_some()
                || transaction.items.known().iter().any(is_money));
        if besides.is_empty() || is_of_money {
            return;
        }
        acts.push(CodedTerm::OneOf(Box::new(besides.iter().chain([act]).copied().collect())));
    }
    let named = transaction.items.known().get(goods).and_then(|item| item.description.clone()).unwrap_or_else(|| "goods".into());
    let from = FactPath::root().key("items").then(PathSegment::Index(goods)).key("description");
    let how = Derivation::Described { named };
    derived.put(&mut transaction.activity, Coded::new(Some(acts), Vec::new()), FactPath::root().key("activity"), from, how);
}
