//! The lists of goods, indexed: from an item to the lists that it may be in.
//!
//! A list is left out only if the item would be classified as *not* in it: no code of the item overlaps a range of the list
//! or of a list that it includes, and no term of theirs stands in the description; and, if the item has no code or is
//! declared as something else, the description names goods, and no code of these overlaps a range. Dates
//! and excluded lists only narrow a classification further, so the index ignores them.

use smallvec::SmallVec;

use crate::engine::description::DescriptionWords;
use crate::engine::goods::is_declared_otherwise;
use crate::engine::goods_description::codes_of_goods;
use crate::engine::naming::NamingKind;
use crate::facts::Item;
use crate::rulebook::{GoodsCatalogue, GoodsListId};

use super::bits::BitSet;
use super::hs_index::HsIndex;

/// The codes and terms of all lists of goods.
#[derive(Debug)]
pub(super) struct GoodsIndex<'a> {
    goods: &'a GoodsCatalogue,
    by_code: HsIndex<usize>,
    /// For each list, the lists that include it, itself among them.
    including: Vec<Vec<GoodsListId>>,
}

/// The lists of goods that an item may be in.
#[derive(Debug, Default)]
pub(super) struct ListsOfItem {
    pub(super) lists: BitSet,
    /// It may be in any list.
    pub(super) may_be_any: bool,
}

impl ListsOfItem {
    /// True if the item is not in a list, whatever the date.
    pub(super) fn exclude(&self, list: GoodsListId) -> bool {
        !self.may_be_any && !self.lists.contains(list.index())
    }
}

impl<'a> GoodsIndex<'a> {
    pub(super) fn new(goods: &'a GoodsCatalogue) -> Self {
        let mut by_code = HsIndex::default();
        for (number, list) in goods.lists().iter().enumerate() {
            list.hs.iter().chain(&list.hs_partly).for_each(|range| by_code.insert(range, number));
        }
        Self { goods, by_code, including: including(goods) }
    }

    /// Finds the lists that an item may be in.
    pub(super) fn find(&self, item: &Item, described: &DescriptionWords, found: &mut ListsOfItem) {
        found.lists.reset(self.len());
        found.may_be_any = !self.find_direct(item, described, &mut found.lists);
        let direct: SmallVec<[usize; 8]> = found.lists.iter().collect();
        let including = direct.into_iter().filter_map(|list| self.including.get(list)).flatten();
        including.for_each(|list| found.lists.insert(list.index()));
    }

    /// Adds the lists of which a code or a term of the item's may be. False if the item may be in any list.
    fn find_direct(&self, item: &Item, described: &DescriptionWords, lists: &mut BitSet) -> bool {
        let codes = item.hs.is().unwrap_or_default();
        for code in codes {
            self.by_code.overlapping(code).for_each(|list| lists.insert(list));
        }
        if (codes.is_empty() || is_declared_otherwise(item)) && !self.find_named(item, described, lists) {
            return false;
        }
        if item.description.is_some() {
            described.lists(self.goods).iter().for_each(|list| lists.insert(list.index()));
        }
        true
    }

    /// Adds the lists of which the words of the lexicon may name goods; false if the description names nothing that is known.
    fn find_named(&self, item: &Item, described: &DescriptionWords, lists: &mut BitSet) -> bool {
        let Some(text) = &item.description else { return false };
        let naming = described.naming(self.goods, text);
        for head in naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()) {
            let codes = head.word.and_then(|id| self.goods.named_goods(id)).map(|named| named.codes).unwrap_or_default();
            for code in codes_of_goods(head, codes).iter() {
                self.by_code.overlapping(code).for_each(|list| lists.insert(list));
            }
        }
        naming.kind == NamingKind::Named
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.goods.lists().len()
    }

    /// For each list, the lists that include it, itself among them.
    pub(super) fn including(&self) -> &[Vec<GoodsListId>] {
        &self.including
    }
}

fn including(goods: &GoodsCatalogue) -> Vec<Vec<GoodsListId>> {
    let mut including = vec![Vec::new(); goods.lists().len()];
    for id in goods.list_ids() {
        for part in goods.with_included(id) {
            if let Some(lists) = including.get_mut(part.index()) {
                lists.push(id);
            }
        }
    }
    including
}
