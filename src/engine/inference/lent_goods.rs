//! A loan of goods that is told as a loan: `activity: loan` with so many pieces of goods and without a sum.

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Item, PathSegment, Scheme, Transaction};
use crate::rulebook::Vocabulary;

use super::collector::Collector;

/// Lets a loan be one of goods, too, if so many of them are told and no money. A loan of money can be told with the goods that it
/// is for, but then hardly with their number.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let vocabulary = derived.vocabulary;
    let known = vocabulary.known_terms();
    let (Some(money), Some(goods)) = (known.loan, known.loan_of_goods) else { return };
    let is_loan = matches!(transaction.activity.is(), Some([CodedTerm::Term(term)]) if *term == money);
    if !is_loan || transaction.value.is_some() {
        return;
    }
    let Some(lent) = transaction.items.known().iter().position(|item| is_of_goods(item, vocabulary)) else { return };
    let either = CodedTerm::OneOf(Box::new([money, goods].into_iter().collect()));
    let activity_of_both = Coded::new(Some(vec![CodedTerm::Term(money), either]), Vec::new());
    let named = transaction.items.known().get(lent).and_then(|item| item.description.clone()).unwrap_or_else(|| "goods".into());
    let from = FactPath::root().key("items").then(PathSegment::Index(lent)).key("description");
    let activity = FactPath::root().key("activity");
    derived.put(&mut transaction.activity, activity_of_both, activity, from, Derivation::Described { named });
}

/// True if the number of an item is told and no value, and no word of it is one for money: `a credit for 20 tractors`.
fn is_of_goods(item: &Item, vocabulary: &Vocabulary) -> bool {
    let Some(description) = item.description.as_deref().filter(|_| item.value.is_none() && item.quantity.is_some()) else {
        return false;
    };
    let is_money = |word: &str| match vocabulary.find(&[Scheme::Activity], word) {
        Some(CodedTerm::Term(term)) => vocabulary.known_terms().finance.is_some_and(|finance| vocabulary.is_a(term, finance)),
        _ => false,
    };
    !description.split(|c: char| !c.is_alphanumeric()).any(is_money)
}
