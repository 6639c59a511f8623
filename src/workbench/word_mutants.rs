//! Mutants of lists of goods: a term is passed over, or a code is left out.

use std::collections::BTreeMap;

use crate::facts::{HsCode, HsRange, Truth, Words};
use crate::rulebook::{GoodsCatalogue, GoodsList, ListedPhrase, TermKind};

use super::loaded_test::LoadedTest;

/// The terms and codes of a list of goods, or words of a list in a condition, and which of them no test would miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsNoticed {
    /// The id of the list of goods, or of what has the condition.
    pub list: String,
    /// The number of its terms and codes.
    pub total: usize,
    /// Those without which every test finds what it expects.
    pub unnoticed: Vec<String>,
}

/// Which tests, by position, have a term or a code in their goods.
pub(super) struct GoodsOfTests {
    terms: BTreeMap<ListedPhrase, Vec<usize>>,
    codes: Vec<Vec<HsCode>>,
}

/// A term or a code of a list.
#[derive(Clone, Copy)]
pub(super) enum GoodsWord {
    Term(ListedPhrase),
    /// By its position in the list's `hs`, and after these in its `hs_partly`.
    Code(usize),
}

impl GoodsOfTests {
    pub(super) fn new(tests: &[LoadedTest], goods: &GoodsCatalogue) -> Self {
        let mut all = Self { terms: BTreeMap::new(), codes: Vec::new() };
        for (position, test) in tests.iter().enumerate() {
            let items = || test.incidents.iter().flat_map(|i| i.transactions()).flat_map(|t| t.items.known());
            for text in items().flat_map(|item| item.description.iter().chain(&item.declared_as)) {
                for (term, _) in goods.find_terms(&Words::new(text)).listed {
                    let tests = all.terms.entry(term).or_default();
                    if tests.last() != Some(&position) {
                        tests.push(position);
                    }
                }
            }
            all.codes.push(items().flat_map(|item| item.hs.is().unwrap_or_default()).copied().collect());
        }
        all
    }

    /// The tests whose goods have the word, in their order.
    pub(super) fn with(&self, word: GoodsWord, list: &GoodsList) -> Vec<usize> {
        match word {
            GoodsWord::Term(term) => self.terms.get(&term).cloned().unwrap_or_default(),
            GoodsWord::Code(position) => {
                let range = code(list, position);
                let covers = |code: &HsCode| range.is_some_and(|range| range.contains(code) != Truth::False);
                let tests = self.codes.iter().enumerate().filter(|(_, codes)| codes.iter().any(covers));
                tests.map(|(position, _)| position).collect()
            }
        }
    }
}

impl GoodsWord {
    /// Every term and code of the list at a position of a catalogue.
    pub(super) fn all(goods: &GoodsCatalogue, list: usize) -> Vec<Self> {
        let (Some(id), Some(list)) = (goods.list_ids().nth(list), goods.lists().get(list)) else { return Vec::new() };
        let kinds = [(TermKind::Sure, &list.sure), (TermKind::Ambiguous, &list.ambiguous), (TermKind::Other, &list.not_terms)];
        let terms = kinds.into_iter().flat_map(|(kind, phrases)| {
            (0..).zip(phrases).map(move |(position, _)| Self::Term(ListedPhrase { list: id, kind, position }))
        });
        terms.chain((0..list.hs.len() + list.hs_partly.len()).map(Self::Code)).collect()
    }

    /// The word as it is written in its list.
    pub(super) fn written(self, goods: &GoodsCatalogue, list: &GoodsList) -> String {
        let written = match self {
            Self::Term(term) => goods.phrase(term).map(|phrase| phrase.written.clone()),
            Self::Code(position) => code(list, position).map(HsRange::to_string),
        };
        written.unwrap_or_default()
    }

    /// Takes the word out of the list at a position of a catalogue, of which `list` is a copy.
    pub(super) fn drop_from(self, goods: &mut GoodsCatalogue, list: &GoodsList, position: usize) {
        match self {
            Self::Term(term) => goods.leave_out(Some(term)),
            Self::Code(code) => {
                let without = |ranges: &[HsRange], first: usize| {
                    let kept = ranges.iter().enumerate().filter(|(i, _)| first + i != code);
                    kept.map(|(_, range)| *range).collect()
                };
                if let Some(id) = goods.list_ids().nth(position) {
                    goods.set_codes(id, without(&list.hs, 0), without(&list.hs_partly, list.hs.len()));
                }
            }
        }
    }
}

/// The code at a position of a list's `hs` and `hs_partly`.
fn code(list: &GoodsList, position: usize) -> Option<&HsRange> {
    list.hs.iter().chain(&list.hs_partly).nth(position)
}
