//! Which lists of goods an item may be in: every term of every list looked for in one pass.
//!
//! An item is left out of a list here only if [`judge`](crate::engine::judge) would say *false*: its code touches no
//! range of the list or of what the list includes, and none of their terms stands in the description; and, where it
//! has no code, the description says something in a script that the lists can read. Terms that hide others, dates
//! and lists that lie outside only make a judgement narrower, and are not looked at.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::engine::goods::Described;
use crate::facts::{HsRange, Item, Truth};
use crate::rulebook::{Goods, GoodsId};

/// The lists of goods, turned round.
#[derive(Debug)]
pub(super) struct Wares<'a> {
    goods: &'a Goods,
    /// For each list, the lists whose goods it has a part in: itself and all that include it.
    reaches: Vec<Vec<GoodsId>>,
    /// Ranges of codes by chapter, the first two digits.
    by_chapter: HashMap<u8, Vec<(HsRange, GoodsId)>>,
    terms: OnceLock<Terms>,
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
        let ids: Vec<GoodsId> = (0..goods.lists().len()).map(GoodsId::at).collect();
        let mut reaches = vec![Vec::new(); ids.len()];
        let mut by_chapter: HashMap<u8, Vec<(HsRange, GoodsId)>> = HashMap::new();
        for id in &ids {
            for part in goods.with_included(*id) {
                if let Some(reach) = reaches.get_mut(part.index()) {
                    reach.push(*id);
                }
            }
            for range in goods.get(*id).into_iter().flat_map(|l| l.hs.iter().chain(&l.hs_partly)) {
                for chapter in range.chapters() {
                    by_chapter.entry(chapter).or_default().push((*range, *id));
                }
            }
        }
        Self { goods, reaches, by_chapter, terms: OnceLock::new() }
    }

    /// The lists that an item may be in; `None` is all of them.
    pub(super) fn possible(&self, item: &Item, described: &Described) -> Option<BTreeSet<GoodsId>> {
        let codes = item.hs.is.as_deref().filter(|codes| !codes.is_empty());
        let told = item.description.is_some();
        if codes.is_none() && (!told || described.is_vague(self.goods) || !described.is_latin()) {
            return None;
        }
        let mut parts = BTreeSet::new();
        for code in codes.unwrap_or_default() {
            let Some(ranges) = self.by_chapter.get(&code.chapter()) else { continue };
            parts.extend(ranges.iter().filter(|(range, _)| range.contains(code) != Truth::False).map(|(_, id)| id.index()));
        }
        if told {
            self.terms.get_or_init(|| Terms::of(self.goods)).find(described, &mut parts);
        }
        Some(parts.into_iter().filter_map(|p| self.reaches.get(p)).flatten().copied().collect())
    }
}

impl Terms {
    /// A pattern is the words of a term, each between separators, so that whole words are found. Of a term with a
    /// calibre in it, the longest part between calibres.
    fn of(goods: &Goods) -> Self {
        let (mut patterns, mut lists, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for (index, list) in goods.lists().iter().enumerate() {
            for phrase in list.sure.phrases().iter().chain(list.ambiguous.phrases()) {
                let longest = phrase.parts().iter().map(|p| joined(p.stems())).max_by_key(String::len);
                match longest.filter(|p| p.len() > 1) {
                    Some(pattern) => {
                        patterns.push(pattern);
                        lists.push(index);
                    }
                    None => numbers.push(index),
                }
            }
        }
        // Without an automaton (too many terms for one) every list is possible.
        Self { automaton: AhoCorasick::new(patterns).ok(), lists, numbers }
    }

    fn find(&self, described: &Described, parts: &mut BTreeSet<usize>) {
        let stems = described.stems();
        let text = joined(stems);
        match &self.automaton {
            Some(automaton) => parts.extend(
                automaton.find_overlapping_iter(&text).filter_map(|found| self.lists.get(found.pattern().as_usize()).copied()),
            ),
            None => parts.extend(self.lists.iter().copied()),
        }
        if stems.iter().any(|s| s.chars().any(char::is_numeric)) {
            parts.extend(self.numbers.iter().copied());
        }
    }
}

/// Words with a separator before, between and behind them.
fn joined(stems: &[String]) -> String {
    let mut text = String::from("\u{1}");
    for stem in stems {
        text.push_str(stem);
        text.push('\u{1}');
    }
    text
}
