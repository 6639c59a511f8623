//! What is found out about a transaction once, whichever rule asks first.

use std::cell::{OnceCell, RefCell};

use crate::facts::{Item, Transaction, Truth};
use crate::rulebook::{GoodsListId, Rulebook};

use super::goods::{Described, GoodsMatch, match_goods};
use super::proof::ProofBuilder;
use super::{EvalContext, Proof};

/// What is known of one transaction under a rulebook: its items as words, and in which lists of goods they are. Rules ask
/// the same again and again.
pub struct TransactionMemo<'a> {
    rulebook: &'a Rulebook,
    transaction: &'a Transaction,
    described: Vec<OnceCell<Described>>,
    judged: RefCell<Vec<(usize, GoodsListId, GoodsMatch<'a>)>>,
    /// Where proofs grow, one after another: how large one will be is not known before.
    growing: RefCell<ProofBuilder<'a>>,
}

impl<'a> TransactionMemo<'a> {
    /// An empty one, for the transaction of a case.
    pub fn new(case: &EvalContext<'a>) -> Self {
        let (rulebook, transaction) = (case.rulebook, case.transaction);
        let described = transaction.items.known().iter().map(|_| OnceCell::new()).collect();
        Self { rulebook, transaction, described, judged: RefCell::default(), growing: ProofBuilder::with_capacity().into() }
    }

    /// An item by its position, and whether it is in a list as that stood on the date of the transaction.
    pub(super) fn match_goods(&self, index: usize, list: GoodsListId) -> Option<(&'a Item, GoodsMatch<'a>)> {
        let (item, described) = (self.transaction.items.known().get(index)?, self.described.get(index)?);
        let known = self.judged.borrow().iter().find(|(i, l, _)| (*i, *l) == (index, list)).map(|(.., judged)| *judged);
        let judge = || {
            let described = described.get_or_init(|| Described::of(item.description.as_deref().unwrap_or_default()));
            let judged = match_goods(&self.rulebook.goods, list, item, described, self.transaction.date);
            self.judged.borrow_mut().push((index, list, judged));
            judged
        };
        Some((item, known.unwrap_or_else(judge)))
    }

    /// The proof that grows from nodes, one of which is above all others.
    pub(super) fn proof(&self, grow: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Proof<'a> {
        let mut nodes = self.growing.take();
        let truth = grow(&mut nodes);
        let proof = nodes.finish(truth);
        self.growing.replace(nodes);
        proof
    }
}
