//! Lists of goods, by which rules name goods: the HS codes of the list, and the words by which people describe them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::facts::{HsCode, HsRange, Words};

use super::lexicon::{Lexicon, LexiconText};
use super::term_index::{ListedPhrase, TermIndex, TermKind, TermMeaning};
use super::{Citation, FoundTerms, InForce, LexiconWordId, NamedGoods, Phrase, WordClass};

/// The first position of turned phrases: no list has so many.
const TURNED: u32 = 1 << 31;

/// Identifies a list of goods of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GoodsListId(pub(crate) usize);

impl GoodsListId {
    /// The position of the list in [`GoodsCatalogue::lists`].
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// All lists of goods of a rulebook, with indexes to quickly rule out most lists for an item.
#[derive(Debug, Clone, Default)]
pub struct GoodsCatalogue {
    pub(in crate::rulebook) lists: Vec<GoodsList>,
    pub(in crate::rulebook) by_id: HashMap<String, GoodsListId>,
    /// Words of grammar, and phrases that describe no particular goods.
    pub(in crate::rulebook) grammar: Vec<(WordClass, Phrase)>,
    pub(in crate::rulebook) lexicon: LexiconText,
    /// A term of a list that is passed over, to see what depends on it.
    left_out: Option<ListedPhrase>,
    /// Built when the first description is read.
    terms: OnceLock<(TermIndex, Lexicon)>,
    /// The phrases of all lists with the number on the other side of the noun, each with its list and kind. Their positions among
    /// the phrases of the list begin at [`TURNED`].
    turned: OnceLock<Vec<(GoodsListId, TermKind, Phrase)>>,
    /// For each list, the lists and chapters that it includes.
    closures: Vec<ListClosure>,
}

/// A list together with all lists that it includes, directly or through others.
#[derive(Debug, Clone)]
struct ListClosure {
    /// The lists, sorted.
    lists: Vec<GoodsListId>,
    /// The HS chapters of their codes, a bit for each.
    chapters: u128,
}

/// What the resolution that creates a list names its goods by, and so which of two witnesses prevails: the code or the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GoodsBasis {
    /// The resolution names HS codes.
    Hs,
    /// It names the goods in words.
    #[default]
    Description,
}

/// A list of goods.
#[derive(Debug, Clone, Default)]
pub struct GoodsList {
    /// The name by which conditions and other lists use it.
    pub id: String,
    /// What it contains, in one phrase.
    pub title: String,
    /// The paragraphs that create it.
    pub authority: Vec<Citation>,
    /// The days on which it is in force.
    pub in_force: InForce,
    /// Which prevails where code and words disagree.
    pub basis: GoodsBasis,
    /// Codes under which every good belongs to the list.
    pub hs: Vec<HsRange>,
    /// Codes under which some goods belong to the list and others do not.
    pub hs_partly: Vec<HsRange>,
    /// The HS chapters of both, a bit for each.
    pub(in crate::rulebook) chapters: u128,
    /// True if the resolution names the goods in words and the codes only indicate them.
    pub hs_indicative: bool,
    /// Phrases that mean goods of the list and nothing else.
    pub sure: Vec<Phrase>,
    /// Phrases that can also mean other goods.
    pub ambiguous: Vec<Phrase>,
    /// Phrases of other goods. A phrase of the list inside one of them does not count.
    pub not_terms: Vec<Phrase>,
    /// Lists whose goods all belong to this one.
    pub includes: Vec<GoodsListId>,
    /// Lists whose goods do not belong to this one.
    pub outside: Vec<GoodsListId>,
}

impl GoodsCatalogue {
    /// The list with that id, as written.
    pub fn find(&self, id: &str) -> Option<GoodsListId> {
        self.by_id.get(id).copied()
    }

    /// The list with an id.
    pub fn get(&self, id: GoodsListId) -> Option<&GoodsList> {
        self.lists.get(id.0)
    }

    /// The ids of all lists as written, in the order of the files.
    pub fn ids(&self) -> Vec<&str> {
        self.lists.iter().map(|l| l.id.as_str()).collect()
    }

    /// All lists, in the order of the files.
    pub fn lists(&self) -> &[GoodsList] {
        &self.lists
    }

    /// Identifies each of [`GoodsCatalogue::lists`], in the same order.
    pub(crate) fn list_ids(&self) -> impl Iterator<Item = GoodsListId> + use<> {
        (0..self.lists.len()).map(GoodsListId)
    }

    /// A word of the lexicon of ordinary goods.
    pub(crate) fn named_goods(&self, id: LexiconWordId) -> Option<NamedGoods<'_>> {
        self.terms().1.get(&self.lexicon, id)
    }

    /// A term of a list.
    pub(crate) fn phrase(&self, listed: ListedPhrase) -> Option<&Phrase> {
        if let Some(turned) = listed.position.checked_sub(TURNED) {
            return self.turned().get(turned as usize).map(|(_, _, phrase)| phrase);
        }
        let list = self.get(listed.list)?;
        let phrases = match listed.kind {
            TermKind::Sure => &list.sure,
            TermKind::Ambiguous => &list.ambiguous,
            TermKind::Other => &list.not_terms,
        };
        phrases.get(listed.position as usize)
    }

    /// True if a text ends with a term of a list or a word of the lexicon: a noun phrase that names goods.
    pub fn names_goods(&self, text: &str) -> bool {
        let found = self.find_terms(&Words::new(text));
        let end = found.tokens.len();
        found.lexicon.iter().any(|(place, _)| place.end == end)
            || found.listed.iter().any(|(phrase, place)| place.end == end && phrase.kind != TermKind::Other)
    }

    /// True if a text has a term of a list or a word of the lexicon somewhere.
    pub fn mentions_goods(&self, text: &str) -> bool {
        let found = self.find_terms(&Words::new(text));
        !found.lexicon.is_empty() || found.listed.iter().any(|(phrase, _)| phrase.kind != TermKind::Other)
    }

    /// All terms of lists, words of the lexicon and words of grammar that are in a text.
    pub(crate) fn find_terms(&self, text: &Words) -> FoundTerms {
        self.find_terms_between(text, |_| false)
    }

    /// The same; `is_separated` says before which words of the text a comma or the like stands.
    pub(crate) fn find_terms_between(&self, text: &Words, is_separated: impl Fn(usize) -> bool) -> FoundTerms {
        let fits = |phrase, start| self.phrase(phrase).is_some_and(|phrase| phrase.matches_at(text, start));
        let mut found = self.terms().0.find(text, self.left_out, fits);
        found.remove_numbers_of_others(|phrase| self.phrase(phrase).is_some_and(Phrase::is_number_behind), is_separated);
        found
    }

    /// All phrases of lists with the number on the other side of the noun.
    fn turned(&self) -> &[(GoodsListId, TermKind, Phrase)] {
        self.turned.get_or_init(|| {
            let mut turned = Vec::new();
            for (id, list) in self.list_ids().zip(&self.lists) {
                for (kind, phrases) in list.phrases() {
                    turned.extend(phrases.iter().flat_map(Phrase::turned).map(|phrase| (id, kind, phrase)));
                }
            }
            turned
        })
    }

    fn terms(&self) -> &(TermIndex, Lexicon) {
        self.terms.get_or_init(|| {
            let terms = |list: &GoodsList| list.sure.len() + list.ambiguous.len() + list.not_terms.len();
            let mut index = TermIndex::with_capacity(self.lexicon.size_hint() + self.lists.iter().map(terms).sum::<usize>());
            for (number, list) in self.lists.iter().enumerate() {
                for (kind, phrases) in list.phrases() {
                    for (phrase, position) in phrases.iter().zip(0..) {
                        let listed = ListedPhrase { list: GoodsListId(number), kind, position };
                        index.add(phrase.parts(), TermMeaning::Listed(listed));
                    }
                }
            }
            for ((list, kind, phrase), position) in self.turned().iter().zip(TURNED..) {
                index.add(phrase.parts(), TermMeaning::Listed(ListedPhrase { list: *list, kind: *kind, position }));
            }
            for (class, phrase) in &self.grammar {
                index.add(phrase.parts(), TermMeaning::Class(*class));
            }
            let lexicon = Lexicon::build(&self.lexicon, &mut index);
            (index, lexicon)
        })
    }

    /// A list and all that it includes, directly or through others; the list itself first.
    pub fn with_included(&self, id: GoodsListId) -> Vec<GoodsListId> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(list) = all.get(next).and_then(|id| self.get(*id)) {
            next += 1;
            for included in &list.includes {
                if !all.contains(included) {
                    all.push(*included);
                }
            }
        }
        all
    }

    /// True if an item with these codes, and with a description that has terms of these lists, matches no code and no phrase of
    /// a list or of what it includes.
    pub(crate) fn rules_out(&self, id: GoodsListId, codes: &[HsCode], described: &[GoodsListId]) -> bool {
        self.closures.get(id.0).is_some_and(|closure| {
            codes.iter().all(|code| closure.chapters & chapter_bit(code.chapter()) == 0)
                && described.iter().all(|list| closure.lists.binary_search(list).is_err())
        })
    }

    /// Passes over a term of a list from now on; `None` passes over none.
    pub(crate) fn leave_out(&mut self, term: Option<ListedPhrase>) {
        self.left_out = term;
    }

    /// Takes codes out of a list: those at some positions of [`hs`](GoodsList::hs) and [`hs_partly`](GoodsList::hs_partly). The
    /// indexes stay, since they may say too much.
    pub(crate) fn set_codes(&mut self, list: GoodsListId, hs: Vec<HsRange>, hs_partly: Vec<HsRange>) {
        if let Some(list) = self.lists.get_mut(list.0) {
            (list.hs, list.hs_partly) = (hs, hs_partly);
        }
    }

    /// Builds the indexes, once all lists are read.
    pub(in crate::rulebook) fn build_indexes(&mut self) {
        self.closures = self.list_ids().map(|id| self.closure(id)).collect();
    }

    fn closure(&self, id: GoodsListId) -> ListClosure {
        let mut lists = self.with_included(id);
        lists.sort_unstable();
        let chapters = lists.iter().filter_map(|id| self.get(*id)).fold(0, |all, list| all | list.chapters);
        ListClosure { lists, chapters }
    }
}

impl GoodsList {
    /// True if some code of the list is in the same HS chapter as `code`; if not, none of them matches it.
    pub(crate) fn has_chapter_of(&self, code: &HsCode) -> bool {
        self.chapters & chapter_bit(code.chapter()) != 0
    }

    /// Its phrases by what they say of goods.
    fn phrases(&self) -> [(TermKind, &[Phrase]); 3] {
        [(TermKind::Sure, &self.sure), (TermKind::Ambiguous, &self.ambiguous), (TermKind::Other, &self.not_terms)]
    }

    /// True if all codes of the list are in one chapter, and it has some.
    pub(crate) fn has_only_codes_of(&self, chapter: u8) -> bool {
        self.chapters == chapter_bit(chapter)
    }

    /// True if the list has codes.
    pub(crate) fn has_codes(&self) -> bool {
        self.chapters != 0
    }

    /// True if the list has codes of some of these chapters.
    pub(crate) fn has_codes_of(&self, mut chapters: std::ops::RangeInclusive<u8>) -> bool {
        chapters.any(|chapter| self.chapters & chapter_bit(chapter) != 0)
    }

    /// Notes the chapters of the list's codes, once these are read.
    pub(in crate::rulebook) fn index_chapters(&mut self) {
        let chapters = self.hs.iter().chain(&self.hs_partly).flat_map(HsRange::chapters);
        self.chapters = chapters.fold(0, |all, chapter| all | chapter_bit(chapter));
    }
}

/// The bit of an HS chapter. A chapter has two digits, so that 128 bits have room for all.
fn chapter_bit(chapter: u8) -> u128 {
    1_u128.checked_shl(chapter.into()).unwrap_or(0)
}
