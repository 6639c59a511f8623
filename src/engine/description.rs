//! Descriptions of goods as words, in which the terms of lists are found.

use std::cell::OnceCell;
use std::ops::Range;

use crate::facts::{Item, Transaction, Words};
use crate::rulebook::{FoundTerms, GoodsCatalogue, GoodsListId, Phrase, TermKind, Token, WordClass};

use super::naming::{Naming, NamingKind};
use super::word_layout::Layout;

/// The description of an item as words, and what was found in it.
#[derive(Debug, Default)]
pub(super) struct DescriptionWords {
    words: Words,
    text: String,
    /// The bytes of the text at which the words start; empty if that is not known.
    starts: Vec<usize>,
    terms: OnceCell<FoundTerms>,
    lists: OnceCell<Vec<GoodsListId>>,
    naming: OnceCell<Naming>,
    /// The description contains the name of a vessel of the transaction, and so is no unknown good.
    names_vessel: bool,
}

impl DescriptionWords {
    #[cfg(test)]
    pub(super) fn new(text: &str) -> Self {
        let mut description = Self::default();
        description.replace(text);
        description
    }

    /// The description of an item of a transaction.
    pub(super) fn of_item(item: &Item, transaction: &Transaction) -> Self {
        let mut description = Self::default();
        description.read(item, transaction);
        description
    }

    /// Replaces the description and keeps the memory.
    pub(super) fn read(&mut self, item: &Item, transaction: &Transaction) {
        self.replace(item.description.as_deref().unwrap_or_default());
        (self.terms, self.lists, self.naming) = Default::default();
        let has_name = |name: &str| self.words.find(&Words::new(name)).next().is_some();
        self.names_vessel = item.hs.is().unwrap_or_default().is_empty()
            && transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref()).any(has_name);
    }

    fn replace(&mut self, text: &str) {
        self.words.replace(text, &mut self.starts);
        text.clone_into(&mut self.text);
    }

    /// The words of the description.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    fn terms(&self, goods: &GoodsCatalogue) -> &FoundTerms {
        self.terms.get_or_init(|| {
            let layout = OnceCell::new();
            let layout = || layout.get_or_init(|| Layout::new(&self.text, &self.starts, self.words.places().count()));
            goods.find_terms_between(&self.words, |at| layout().is_separated(at))
        })
    }

    /// The lists that have a term in the description, in order of id.
    pub(super) fn lists(&self, goods: &GoodsCatalogue) -> &[GoodsListId] {
        self.lists.get_or_init(|| self.terms(goods).lists())
    }

    /// The terms of a list in the description that are not inside a longer term for something else, with their places.
    pub(super) fn find<'g>(
        &self,
        goods: &'g GoodsCatalogue,
        list: GoodsListId,
        kind: TermKind,
    ) -> impl Iterator<Item = (&'g Phrase, &Range<usize>)> {
        let of_list = self.terms(goods).of_list(list, kind);
        of_list.filter_map(|(phrase, place)| Some((goods.phrase(*phrase)?, place)))
    }

    /// True if a place is inside a term of a list for something else.
    pub(super) fn is_hidden(&self, goods: &GoodsCatalogue, list: GoodsListId, place: &Range<usize>) -> bool {
        self.terms(goods).hides(list, place)
    }

    /// True if a term at that place is food, drink or tobacco.
    pub(super) fn is_consumed(&self, goods: &GoodsCatalogue, term: &Range<usize>) -> bool {
        let words = self.terms(goods).lexicon.iter().filter(|(place, _)| place == term);
        let mut codes = words.filter_map(|(_, id)| goods.named_goods(*id)).flat_map(|named| named.codes).peekable();
        codes.peek().is_some() && codes.all(|code| code.chapter() <= 24)
    }

    /// True if a term at that place only tells the look of what follows: `missile-shaped balloons`.
    pub(super) fn is_likeness(&self, goods: &GoodsCatalogue, term: &Range<usize>) -> bool {
        let tokens = &self.terms(goods).tokens;
        let has = |at: usize, class| tokens.get(at).is_some_and(|token| token.classes.contains(class));
        has(term.end, WordClass::Likeness) && term.end + 1 < tokens.len() && !has(term.end + 1, WordClass::Preposition)
    }

    /// True if the words of a place say nothing of goods.
    pub(super) fn is_vague(&self, goods: &GoodsCatalogue, place: &Range<usize>) -> bool {
        const SAY_NOTHING: [WordClass; 4] = [WordClass::Number, WordClass::Link, WordClass::Connective, WordClass::Measure];
        let tokens = self.terms(goods).tokens.get(place.clone()).unwrap_or_default();
        tokens.iter().all(|token| SAY_NOTHING.iter().any(|class| token.classes.contains(*class)))
    }

    /// True if a phrase has no other words than a noun and those that leave goods what they are: `10 new rockets`.
    pub(super) fn is_plain(&self, goods: &GoodsCatalogue, phrase: &Range<usize>, noun: &Range<usize>) -> bool {
        let is_plain = |at: usize| {
            let is_adjective = |token: &Token| token.classes.contains(WordClass::Adjective);
            noun.contains(&at)
                || self.is_vague(goods, &(at..at + 1))
                || self.terms(goods).tokens.get(at).is_some_and(is_adjective)
        };
        phrase.clone().all(is_plain)
    }

    /// True if the words of two places are not the same.
    pub(super) fn words_differ(&self, goods: &GoodsCatalogue, one: &Range<usize>, other: &Range<usize>) -> bool {
        self.folded(goods, one) != self.folded(goods, other)
    }

    /// True if a place has one word, folded.
    pub(super) fn is_word(&self, goods: &GoodsCatalogue, place: &Range<usize>, word: &str) -> bool {
        self.folded(goods, place).is_some_and(|folded| folded == word)
    }

    /// The folded words of a place.
    fn folded(&self, goods: &GoodsCatalogue, place: &Range<usize>) -> Option<&str> {
        let tokens = &self.terms(goods).tokens;
        let (first, last) = (tokens.get(place.start)?, tokens.get(place.end.checked_sub(1)?)?);
        self.words.as_str().get(first.start + 1..last.end)
    }

    /// True if a term at that place ends with the name of a maker of luxury goods.
    pub(super) fn is_brand(&self, goods: &GoodsCatalogue, term: &Range<usize>) -> bool {
        let last = self.terms(goods).tokens.get(term.end.wrapping_sub(1));
        last.is_some_and(|token| token.classes.contains(WordClass::Brand))
    }

    /// What the description, given again as `text`, names.
    pub(super) fn naming(&self, goods: &GoodsCatalogue, text: &str) -> &Naming {
        self.naming.get_or_init(|| {
            let mut naming = Naming::new(goods, &self.words, (text, &self.starts), self.terms(goods));
            if naming.kind == NamingKind::Unrecognised && self.names_vessel {
                naming.kind = NamingKind::Named;
            }
            naming
        })
    }
}
