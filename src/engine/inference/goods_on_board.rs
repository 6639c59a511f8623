//! Goods that are reported with an act of another kind: a landing, a call at a port or a march with arms.

use std::collections::HashSet;

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Item, PathSegment, Term, Transaction, fold};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, only_term};

/// The goods whose delivery the transactions of an incident tell by themselves, each with the State that they go to.
#[derive(Default)]
pub(super) struct Deliveries(HashSet<(String, Option<Term>)>);

impl Deliveries {
    /// Those of an incident; none where it has one transaction.
    pub(super) fn new(transactions: &[Transaction], vocabulary: &Vocabulary) -> Self {
        let passes = |transaction: &&Transaction| is_delivery(transaction, vocabulary);
        let several = if transactions.len() > 1 { transactions } else { &[] };
        Self(several.iter().filter(passes).flat_map(goods_and_taker).collect())
    }

    /// True if all goods of a transaction that is no delivery are told to be delivered to the same State by others, which are judged
    /// for themselves.
    pub(super) fn tell_all_of(&self, transaction: &Transaction, vocabulary: &Vocabulary) -> bool {
        let mut goods = goods_and_taker(transaction).peekable();
        !self.0.is_empty()
            && goods.peek().is_some()
            && !is_delivery(transaction, vocabulary)
            && goods.all(|goods| self.0.contains(&goods))
    }
}

fn is_delivery(transaction: &Transaction, vocabulary: &Vocabulary) -> bool {
    let acts = transaction.activity.is().unwrap_or_default();
    let passes = |act: &CodedTerm| match (act, vocabulary.known_terms().passes) {
        (CodedTerm::Term(act), Some(passes)) => vocabulary.is_a(*act, passes),
        _ => false,
    };
    acts.iter().any(passes)
}

fn goods_and_taker(transaction: &Transaction) -> impl Iterator<Item = (String, Option<Term>)> {
    let taker = transaction.to.get().and_then(|side| only_term(&side.country));
    let items = transaction.items.known().iter();
    items.map(move |item| (item.description.as_deref().map(fold).unwrap_or_default(), taker))
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
