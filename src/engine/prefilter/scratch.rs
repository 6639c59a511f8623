//! What is known of the transaction at hand, in memory that is used again for the next one.

use crate::engine::description::DescriptionWords;
use crate::facts::{FieldSet, Item, Transaction};

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::condition_graph::NodeId;
use super::texts::Texts;

/// What was found out about one transaction.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The answers given, by node; the number says in which round.
    kept: Vec<(u64, Assumptions)>,
    /// Rounds: one for the transaction, one for each bound item.
    transaction_round: u64,
    item_round: u64,
    last_round: u64,
    /// The items' descriptions, each with the round in which it was split.
    described: Vec<(u64, DescriptionWords)>,
    nothing: DescriptionWords,
    /// Other texts as words.
    pub(super) texts: Texts,
    /// Rows of the transaction of which it was found that no element tells a listing.
    pub(super) unlisted: FieldSet,
    /// What passes the gates for its codes, and what for all that takes long to look at.
    pub(super) by_codes: BitSet,
    pub(super) by_costly: BitSet,
    /// The lists of goods that its items may be in.
    pub(super) lists: BitSet,
}

impl Scratch {
    /// Nothing is known yet.
    pub(super) fn new(texts: Texts) -> Self {
        Self { texts, ..Self::default() }
    }

    pub(super) fn begin_transaction(&mut self, nodes: usize) {
        self.kept.resize(nodes, (0, Assumptions::UNKNOWN));
        self.texts.begin();
        self.unlisted = FieldSet::default();
        self.last_round += 1;
        self.transaction_round = self.last_round;
        self.begin_item();
    }

    pub(super) fn begin_item(&mut self) {
        self.last_round += 1;
        self.item_round = self.last_round;
    }

    pub(super) fn kept(&self, id: NodeId) -> Option<Assumptions> {
        let (round, worlds) = self.kept.get(id.index())?;
        (*round == self.transaction_round || *round == self.item_round).then_some(*worlds)
    }

    pub(super) fn keep(&mut self, id: NodeId, worlds: Assumptions, of_bound_item: bool) {
        let round = if of_bound_item { self.item_round } else { self.transaction_round };
        if let Some(kept) = self.kept.get_mut(id.index()) {
            *kept = (round, worlds);
        }
    }

    /// The description of an item as words, split once.
    pub(super) fn described(&mut self, index: usize, item: &Item, transaction: &Transaction) -> &DescriptionWords {
        if self.described.len() <= index {
            self.described.resize_with(index + 1, Default::default);
        }
        match self.described.get_mut(index) {
            Some((round, described)) => {
                if *round != self.transaction_round {
                    *round = self.transaction_round;
                    described.read(item, transaction);
                }
                described
            }
            None => &self.nothing,
        }
    }
}
