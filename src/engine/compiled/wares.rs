//! Which lists of goods an item may be in: every term of every list looked for in one pass.
//!
//! An item is left out of a list here only if [`judge`](crate::engine::judge) would say *false*: its code touches no
//! range of the list or of what the list includes, and none of their terms stands in the description; and, where it
//! has no code, the description says something in a script that the lists can read. Terms that hide others, dates
//! and lists that lie outside only make a judgement narrower, and are not looked at.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::engine::goods::Described;
use crate::facts::{Item, Words};
use crate::rulebook::{Goods, GoodsId};

use super::bits::BitSet;

/// The lists of goods, turned round.
#[derive(Debug)]
pub(super) struct Wares<'a> {
    goods: &'a Goods,
    /// By chapter, the first two digits of a code.
    by_chapter: Vec<Vec<Codes>>,
    terms: OnceLock<Terms>,
}

/// Codes that a list names, as numbers of ten digits.
#[derive(Debug, Clone, Copy)]
struct Codes {
    low: u64,
    high: u64,
    list: usize,
}

#[derive(Debug)]
struct Terms {
    automaton: Option<AhoCorasick>,
    /// The list of each pattern.
    lists: Vec<usize>,
    /// Lists with a term that is nothing but a number.
    numbers: Vec<usize>,
}

impl<'a> Wares<'a> {
    pub(super) fn new(goods: &'a Goods) -> Self {
        let mut by_chapter = vec![Vec::new(); 100];
        for (list, range) in
            goods.lists().iter().enumerate().flat_map(|(i, l)| l.hs.iter().chain(&l.hs_partly).map(move |r| (i, r)))
        {
            let (low, high) = range.span();
            for chapter in range.chapters() {
                if let Some(codes) = by_chapter.get_mut(usize::from(chapter)) {
                    codes.push(Codes { low, high, list });
                }
            }
        }
        Self { goods, by_chapter, terms: OnceLock::new() }
    }

    /// Adds the lists of which an item's code or words are; false if it may be in any.
    pub(super) fn find(&self, item: &Item, described: &Described, lists: &mut BitSet) -> bool {
        let codes = item.hs.is.as_deref().unwrap_or_default();
        let told = item.description.is_some();
        if codes.is_empty() && (!told || described.is_vague(self.goods) || !described.is_latin()) {
            return false;
        }
        for code in codes {
            let (low, high) = code.span();
            let chapter = self.by_chapter.get(usize::from(code.chapter())).map(Vec::as_slice).unwrap_or_default();
            chapter.iter().filter(|c| c.low <= high && low <= c.high).for_each(|c| lists.insert(c.list));
        }
        !told || self.terms.get_or_init(|| Terms::of(self.goods)).find(described.words(), lists)
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.goods.lists().len()
    }

    /// For each list, the lists whose goods it has a part in: itself and all that include it.
    pub(super) fn reaches(goods: &Goods) -> Vec<Vec<GoodsId>> {
        let mut reaches = vec![Vec::new(); goods.lists().len()];
        for id in (0..goods.lists().len()).map(GoodsId::at) {
            for part in goods.with_included(id) {
                if let Some(reach) = reaches.get_mut(part.index()) {
                    reach.push(id);
                }
            }
        }
        reaches
    }
}

impl Terms {
    /// A pattern is the words of a term, gaps included, so that whole words are found. Of a term with a calibre in it,
    /// the longest part between calibres.
    fn of(goods: &Goods) -> Self {
        let (mut patterns, mut lists, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for (index, list) in goods.lists().iter().enumerate() {
            for phrase in list.sure.phrases().iter().chain(list.ambiguous.phrases()) {
                let longest = phrase.parts().iter().map(Words::as_str).max_by_key(|p| p.len());
                match longest.filter(|p| !p.is_empty()) {
                    Some(pattern) => {
                        patterns.push(pattern);
                        lists.push(index);
                    }
                    None => numbers.push(index),
                }
            }
        }
        Self { automaton: AhoCorasick::new(patterns).ok(), lists, numbers }
    }

    /// Adds the lists of which a term stands in a text; false if it cannot tell, for there are too many terms.
    fn find(&self, text: &Words, lists: &mut BitSet) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        let text = text.as_str();
        for found in automaton.find_overlapping_iter(text) {
            self.lists.get(found.pattern().as_usize()).into_iter().for_each(|list| lists.insert(*list));
        }
        if !self.numbers.is_empty() && text.chars().any(char::is_numeric) {
            self.numbers.iter().for_each(|list| lists.insert(*list));
        }
        true
    }
}
