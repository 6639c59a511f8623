//! What is computed once for the transaction at hand, in memory that is reused for the next.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::engine::description::DescriptionWords;
use crate::facts::{Item, Transaction, Truth};
use crate::rulebook::GoodsListId;

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::condition_graph::NodeId;
use super::goods_index::{GoodsIndex, ListsOfItem};
use super::nearness::Circumstances;
use super::phrase_set::{PhraseNumber, PhraseSet};

/// Which truth of a node is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bound {
    /// That which it has.
    Exact,
    /// The greatest that it can have, whatever the facts are that profiles do not distinguish.
    Greatest,
    /// The least that it can have.
    Least,
}

/// A shared condition by its number, and the element of a list of the transaction that it is asked of: the row of the list, and the
/// position in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfElement {
    pub(super) number: usize,
    pub(super) row: usize,
    pub(super) position: usize,
}

impl OfElement {
    /// So many elements of a list have a place each.
    const MOST: usize = 8;

    fn place(self) -> Option<usize> {
        (self.position < Self::MOST).then(|| self.number * Self::MOST + self.position)
    }
}

/// Truths of nodes, item descriptions and working sets of one transaction.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The truths of nodes that were asked, each valid in one round; then the greatest and the least that they can have.
    truths: [Vec<(u64, Assumptions)>; 3],
    /// The truths of shared conditions on elements of lists, each with the round and the row of the list.
    elements: Vec<(u64, usize, Assumptions)>,
    /// The truths of nodes about parties at the ends of links, by transaction and position of the party.
    links: FxHashMap<(NodeId, Bound, usize, usize), Assumptions>,
    /// Whether circumstances alone keep nodes from a truth, by the truth and whether no `not` stands around them, each with the
    /// round.
    repairs: FxHashMap<(NodeId, Truth, bool), (u64, Option<Circumstances>)>,
    /// Rounds: one for the transaction, one for each bound item.
    transaction_round: u64,
    item_round: u64,
    last_round: u64,
    /// The items' descriptions, each with the round in which it was read.
    described: Vec<(u64, DescriptionWords)>,
    /// The phrases in the items' descriptions, each with the round in which they were looked for.
    phrases: Vec<(u64, SmallVec<[PhraseNumber; 4]>)>,
    nothing: DescriptionWords,
    /// The lists of goods that each item may be in, each with the round in which they were found.
    lists_of_items: Vec<(u64, ListsOfItem)>,
    /// Whether each item is in the lists of goods that it was compared with, by their numbers, each with the round.
    goods: Vec<Vec<(u64, Truth)>>,
    /// The necessary sets satisfied by codes, and those satisfied by codes and goods.
    pub(super) by_codes: BitSet,
    pub(super) by_codes_and_goods: BitSet,
    /// The regimes to whose targets the transaction may have a link: the nexus of any other is not true.
    pub(super) linkable: BitSet,
    /// The lists of goods that the items may be in.
    pub(super) goods_lists: BitSet,
    /// The memory for the transactions that this one is related to.
    related: Option<Box<Scratch>>,
}

impl Scratch {
    /// Forgets what was computed for the transaction before.
    pub(super) fn begin_transaction(&mut self, nodes: usize) {
        self.truths.iter_mut().for_each(|truths| truths.resize(nodes, (0, Assumptions::UNKNOWN)));
        self.links.clear();
        self.repairs.clear();
        self.last_round += 1;
        self.transaction_round = self.last_round;
        self.begin_item();
    }

    /// Memory of the same kind for another transaction; to be given back.
    pub(super) fn take_related(&mut self) -> Box<Scratch> {
        self.related.take().unwrap_or_default()
    }

    pub(super) fn give_back_related(&mut self, related: Box<Scratch>) {
        self.related = Some(related);
    }

    /// Forgets the truths that depend on the bound item.
    pub(super) fn begin_item(&mut self) {
        self.last_round += 1;
        self.item_round = self.last_round;
    }

    /// Computes something that is not about the bound item: what depends on the item is then not found, and found again afterwards.
    pub(super) fn without_item<T>(&mut self, compute: impl FnOnce(&mut Self) -> T) -> T {
        let bound = self.item_round;
        self.begin_item();
        let computed = compute(self);
        self.item_round = bound;
        computed
    }

    /// The truth of a node about the transaction, if it was computed.
    pub(super) fn truth(&self, id: NodeId, bound: Bound) -> Option<Assumptions> {
        let (round, truth) = self.truths.get(bound as usize)?.get(id.index())?;
        (*round == self.transaction_round || *round == self.item_round).then_some(*truth)
    }

    pub(super) fn set_truth(&mut self, id: NodeId, bound: Bound, truth: Assumptions, depends_on_item: bool) {
        let round = if depends_on_item { self.item_round } else { self.transaction_round };
        if let Some(slot) = self.truths.get_mut(bound as usize).and_then(|truths| truths.get_mut(id.index())) {
            *slot = (round, truth);
        }
    }

    /// The truth of a shared condition on an element, if it was computed.
    pub(super) fn truth_of_element(&self, of: OfElement) -> Option<Assumptions> {
        let (round, row, truth) = self.elements.get(of.place()?)?;
        (*round == self.transaction_round && *row == of.row).then_some(*truth)
    }

    pub(super) fn set_truth_of_element(&mut self, of: OfElement, truth: Assumptions) {
        let Some(place) = of.place() else { return };
        if self.elements.len() <= place {
            self.elements.resize(place + 1, (0, 0, Assumptions::UNKNOWN));
        }
        let known = (self.transaction_round, of.row, truth);
        self.elements.get_mut(place).into_iter().for_each(|slot| *slot = known);
    }

    /// What keeps a node about the transaction from a truth, if that was computed.
    pub(super) fn repair(&self, key: (NodeId, Truth, bool)) -> Option<Option<Circumstances>> {
        let (round, repair) = self.repairs.get(&key)?;
        (*round == self.transaction_round || *round == self.item_round).then_some(*repair)
    }

    pub(super) fn set_repair(&mut self, key: (NodeId, Truth, bool), repair: Option<Circumstances>, depends_on_item: bool) {
        let round = if depends_on_item { self.item_round } else { self.transaction_round };
        self.repairs.insert(key, (round, repair));
    }

    /// The truth of a node about the party of a transaction and position, if it was computed.
    pub(super) fn of_link(&self, id: NodeId, bound: Bound, (transaction, position): (usize, usize)) -> Option<Assumptions> {
        self.links.get(&(id, bound, transaction, position)).copied()
    }

    pub(super) fn set_of_link(&mut self, id: NodeId, bound: Bound, (transaction, position): (usize, usize), truth: Assumptions) {
        self.links.insert((id, bound, transaction, position), truth);
    }

    /// The phrases of a set that the description of an item has, looked for once per transaction.
    pub(super) fn phrases_in(
        &mut self,
        index: usize,
        item: &Item,
        transaction: &Transaction,
        sought: &PhraseSet<'_>,
    ) -> &[PhraseNumber] {
        let round = self.transaction_round;
        if self.phrases.len() <= index {
            self.phrases.resize_with(index + 1, Default::default);
        }
        if self.phrases.get(index).is_some_and(|(of, _)| *of != round) {
            let mut found = self.phrases.get_mut(index).map(|(_, found)| std::mem::take(found)).unwrap_or_default();
            found.clear();
            found.extend(sought.found_in(self.described(index, item, transaction).words()));
            self.phrases.get_mut(index).into_iter().for_each(|slot| *slot = (round, std::mem::take(&mut found)));
        }
        self.phrases.get(index).map(|(_, found)| found.as_slice()).unwrap_or_default()
    }

    /// The lists of goods that an item may be in, found once per transaction.
    pub(super) fn lists_of_item(
        &mut self,
        index: usize,
        item: &Item,
        transaction: &Transaction,
        goods: &GoodsIndex<'_>,
    ) -> Option<&ListsOfItem> {
        let round = self.transaction_round;
        self.lists_of_items.resize_with(self.lists_of_items.len().max(index + 1), Default::default);
        if self.lists_of_items.get(index).is_some_and(|(of, _)| *of != round) {
            let mut found = self.lists_of_items.get_mut(index).map(|(_, found)| std::mem::take(found)).unwrap_or_default();
            goods.find(item, self.described(index, item, transaction), &mut found);
            self.lists_of_items.get_mut(index).into_iter().for_each(|slot| *slot = (round, std::mem::take(&mut found)));
        }
        self.lists_of_items.get(index).map(|(_, found)| found)
    }

    /// Whether an item is in a list of goods, compared once per transaction; not at all where it is known to be in no such list.
    pub(super) fn in_goods(&mut self, index: usize, list: GoodsListId, compare: impl FnOnce(&mut Self) -> Truth) -> Truth {
        let round = self.transaction_round;
        if self.lists_of_items.get(index).is_some_and(|(of, found)| *of == round && found.exclude(list)) {
            return Truth::False;
        }
        let known = self.goods.get(index).and_then(|lists| lists.get(list.index())).filter(|(of, _)| *of == round);
        if let Some((_, truth)) = known {
            return *truth;
        }
        let truth = compare(self);
        self.goods.resize_with(self.goods.len().max(index + 1), Vec::new);
        if let Some(lists) = self.goods.get_mut(index) {
            lists.resize(lists.len().max(list.index() + 1), (0, Truth::Unknown));
            lists.get_mut(list.index()).into_iter().for_each(|slot| *slot = (round, truth));
        }
        truth
    }

    /// The description of an item, split into words once per transaction.
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
