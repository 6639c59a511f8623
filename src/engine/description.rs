//! Descriptions of goods as words, in which the terms of lists are found.

use std::cell::OnceCell;
use std::ops::Range;

use crate::facts::{Item, Transaction, Words};
use crate::rulebook::{GoodsCatalogue, GoodsList, GoodsListId, Phrase, PhraseIndex};

use super::naming::{Naming, NamingKind};

/// The description of an item as words, and which lists may have a term in it.
#[derive(Debug, Default)]
pub(super) struct DescriptionWords {
    words: Words,
    candidate_lists: OnceCell<Vec<GoodsListId>>,
    naming: OnceCell<Naming>,
    /// The description contains the name of a vessel of the transaction, and so is no unknown good.
    names_vessel: bool,
}

impl DescriptionWords {
    #[cfg(test)]
    pub(super) fn new(text: &str) -> Self {
        Self { words: Words::new(text), ..Self::default() }
    }

    /// The description of an item of a transaction.
    pub(super) fn of_item(item: &Item, transaction: &Transaction) -> Self {
        let mut description = Self::default();
        description.read(item, transaction);
        description
    }

    /// Replaces the description and keeps the memory.
    pub(super) fn read(&mut self, item: &Item, transaction: &Transaction) {
        self.words.replace(item.description.as_deref().unwrap_or_default());
        self.candidate_lists = OnceCell::new();
        self.naming = OnceCell::new();
        let has_name = |name: &str| self.words.find(&Words::new(name)).next().is_some();
        self.names_vessel = item.hs.is().unwrap_or_default().is_empty()
            && transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref()).any(has_name);
    }

    /// The words of the description.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// The lists that may have a term in the description, in order of id.
    pub(super) fn candidate_lists(&self, goods: &GoodsCatalogue) -> &[GoodsListId] {
        self.candidate_lists.get_or_init(|| goods.candidates(&self.words))
    }

    /// False if certainly no term of a list is in the description.
    pub(super) fn may_have_term(&self, goods: &GoodsCatalogue, list: GoodsListId) -> bool {
        self.candidate_lists(goods).binary_search(&list).is_ok()
    }

    /// The phrases that are in the description and not inside a longer term for something else, with their places.
    pub(super) fn find<'p>(&self, phrases: &'p PhraseIndex, list: &GoodsList) -> Vec<(&'p Phrase, Range<usize>)> {
        let mut found = phrases.find(&self.words);
        if !found.is_empty() {
            let hiding = list.not_terms.find(&self.words);
            found.retain(|(_, place)| !hiding.iter().any(|(_, n)| n.start <= place.start && place.end <= n.end));
        }
        found
    }

    /// True if a place is inside a term of a list for something else.
    pub(super) fn is_hidden(&self, list: &GoodsList, place: &Range<usize>) -> bool {
        list.not_terms.find(&self.words).iter().any(|(_, n)| n.start <= place.start && place.end <= n.end)
    }

    /// What the description, given again as `text`, names.
    pub(super) fn naming(&self, goods: &GoodsCatalogue, text: &str) -> &Naming {
        self.naming.get_or_init(|| {
            let mut naming = Naming::new(&self.words, text, goods, self.candidate_lists(goods));
            if naming.kind == NamingKind::Unrecognised && self.names_vessel {
                naming.kind = NamingKind::Named;
            }
            naming
        })
    }
}
