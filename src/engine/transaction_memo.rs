//! A cache of what the rules find out about one transaction.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::facts::{Amount, DerivedFact, FieldSet, Item, PathSegment, ReportedIncident, Transaction, Truth};
use crate::rulebook::{Condition, GoodsListId, Rulebook};

use super::description::DescriptionWords;
use super::goods::{GoodsMatch, match_goods};
use super::proof::ProofBuilder;
use super::{EvalContext, ItemTotal, Proof};

/// A cache for one transaction: the words of its items' descriptions, and the lists of goods that the items are in. Many rules
/// need the same lists.
pub struct TransactionMemo<'a> {
    rulebook: &'a Rulebook,
    transaction: &'a Transaction,
    /// What is known of the items, once one is asked for: a memo for a condition on a named party needs none.
    items: OnceCell<Vec<ItemMemo<'a>>>,
    /// The proofs of conditions on the transaction and those that it is related to.
    concerns: RefCell<Vec<(ConcernsKey<'a>, Rc<Proof<'a>>)>>,
    /// The derived facts by their paths.
    derived: OnceCell<HashMap<&'a [PathSegment], &'a DerivedFact>>,
    reported: &'a ReportedIncident,
    index: usize,
    /// The quantity and the value that are reported beyond those of the items.
    beyond_items: [OnceCell<Option<Amount>>; 2],
    /// The buffer in which one proof after another is built.
    builder: RefCell<ProofBuilder<'a>>,
}

/// A condition on the transaction and those that it is related to, and how it is evaluated.
#[derive(Clone, Copy)]
pub(super) struct ConcernsKey<'a> {
    pub(super) condition: &'a Condition,
    pub(super) ambiguous_is_true: bool,
    pub(super) asks: Option<FieldSet>,
    pub(super) is_related: bool,
}

impl PartialEq for ConcernsKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.condition, other.condition)
            && (self.ambiguous_is_true, self.asks, self.is_related) == (other.ambiguous_is_true, other.asks, other.is_related)
    }
}

/// What is known of one item. Each has its own list of matches, so that none is looked for among those of other items.
#[derive(Default)]
struct ItemMemo<'a> {
    description: OnceCell<DescriptionWords>,
    matches: RefCell<Vec<(GoodsListId, GoodsMatch<'a>)>>,
}

impl<'a> TransactionMemo<'a> {
    /// An empty memo for the transaction of `context`.
    pub fn new(context: &EvalContext<'a>) -> Self {
        let (rulebook, transaction) = (context.rulebook, context.transaction);
        let builder = ProofBuilder::with_capacity().into();
        let concerns = RefCell::default();
        let (reported, index, derived, items) = (context.reported, context.index, OnceCell::new(), OnceCell::new());
        Self { rulebook, transaction, items, concerns, derived, reported, index, beyond_items: Default::default(), builder }
    }

    /// A memo for conditions on a party of which only the name is known: nothing of it was derived.
    pub(super) fn of_named_party(context: &EvalContext<'a>) -> Self {
        Self { derived: OnceCell::from(HashMap::new()), ..Self::new(context) }
    }

    /// An item by its position, and whether it is in a list as that stood on the date of the transaction. `None` if there is
    /// no such item.
    pub(super) fn match_goods(&self, index: usize, list: GoodsListId) -> Option<(&'a Item, GoodsMatch<'a>)> {
        let items = self.transaction.items.known();
        let memos = self.items.get_or_init(|| items.iter().map(|_| ItemMemo::default()).collect());
        let (item, memo) = (items.get(index)?, memos.get(index)?);
        let known = memo.matches.borrow().iter().find(|(known, _)| *known == list).map(|(_, matched)| *matched);
        let find = || {
            let words = memo.description.get_or_init(|| DescriptionWords::of_item(item, self.transaction));
            let matched = match_goods(&self.rulebook.goods, list, item, words, self.transaction.date);
            memo.matches.borrow_mut().push((list, matched));
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

    /// How the fact at a path was derived; `None` if it was reported.
    pub(super) fn derivation(&self, path: &[PathSegment]) -> Option<&'a DerivedFact> {
        // Of several derivations of one fact the first is told.
        let by_path = || self.reported.derived(self.index).rev().map(|fact| (fact.path.segments(), fact)).collect();
        self.derived.get_or_init(by_path).get(path).copied()
    }

    /// The proof of a condition that is the same whichever item is bound.
    pub(super) fn concerns(&self, key: ConcernsKey<'a>, prove: impl FnOnce() -> Proof<'a>) -> Rc<Proof<'a>> {
        let known = self.concerns.borrow().iter().find(|(known, _)| *known == key).map(|(_, proof)| Rc::clone(proof));
        known.unwrap_or_else(|| {
            let proof = Rc::new(prove());
            self.concerns.borrow_mut().push((key, Rc::clone(&proof)));
            proof
        })
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
