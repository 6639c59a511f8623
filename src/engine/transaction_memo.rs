//! A cache of what the rules find out about one transaction.

use std::cell::{OnceCell, RefCell};

use crate::facts::{Amount, Item, Transaction, Truth};
use crate::rulebook::{GoodsListId, Rulebook};

use super::description::DescriptionWords;
use super::goods::{GoodsMatch, match_goods};
use super::proof::ProofBuilder;
use super::{EvalContext, ItemTotal, Proof};

/// A cache for one transaction: the words of its items' descriptions, and the lists of goods that the items are in. Many rules
/// need the same lists.
pub struct TransactionMemo<'a> {
    rulebook: &'a Rulebook,
    transaction: &'a Transaction,
    descriptions: Vec<OnceCell<DescriptionWords>>,
    matches: RefCell<Vec<(usize, GoodsListId, GoodsMatch<'a>)>>,
    /// The quantity and the value that are reported beyond those of the items.
    beyond_items: [OnceCell<Option<Amount>>; 2],
    /// The buffer in which one proof after another is built.
    builder: RefCell<ProofBuilder<'a>>,
}

impl<'a> TransactionMemo<'a> {
    /// An empty memo for the transaction of `context`.
    pub fn new(context: &EvalContext<'a>) -> Self {
        let (rulebook, transaction) = (context.rulebook, context.transaction);
        let descriptions = transaction.items.known().iter().map(|_| OnceCell::new()).collect();
        let builder = ProofBuilder::with_capacity().into();
        Self { rulebook, transaction, descriptions, matches: RefCell::default(), beyond_items: Default::default(), builder }
    }

    /// An item by its position, and whether it is in a list as that stood on the date of the transaction. `None` if there is
    /// no such item.
    pub(super) fn match_goods(&self, index: usize, list: GoodsListId) -> Option<(&'a Item, GoodsMatch<'a>)> {
        let (item, description) = (self.transaction.items.known().get(index)?, self.descriptions.get(index)?);
        let known = self.matches.borrow().iter().find(|(i, l, _)| (*i, *l) == (index, list)).map(|(.., matched)| *matched);
        let find = || {
            let words = description.get_or_init(|| DescriptionWords::of_item(item, self.transaction));
            let matched = match_goods(&self.rulebook.goods, list, item, words, self.transaction.date);
            self.matches.borrow_mut().push((index, list, matched));
            matched
        };
        Some((item, known.unwrap_or_else(find)))
    }

    /// The quantity, or the value if `is_money`, that is reported of the transaction beyond what its items come to.
    pub(super) fn beyond_items(&self, is_money: bool) -> Option<Amount> {
        let [quantity, value] = &self.beyond_items;
        let find = || ItemTotal::new(self.transaction, is_money, &self.rulebook.vocabulary)?.beyond_items();
        *(if is_money { value } else { quantity }).get_or_init(find)
    }

    /// Builds a proof. `build` adds one root with all below it, and returns its truth.
    pub(super) fn proof(&self, build: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Proof<'a> {
        let mut builder = self.builder.take();
        let truth = build(&mut builder);
        let proof = builder.finish(truth);
        self.builder.replace(builder);
        proof
    }
}
