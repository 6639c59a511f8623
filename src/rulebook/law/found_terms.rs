//! What was found in a description of goods by the index of all terms.

use std::ops::Range;

use super::term_index::{ListedPhrase, TermKind, Token};
use super::{GoodsListId, LexiconWordId, WordClass};

/// The words of a description and all terms that are in it. Places are ranges of positions in `tokens`.
#[derive(Debug, Default)]
pub(crate) struct FoundTerms {
    pub(crate) tokens: Vec<Token>,
    /// Terms of lists, in order, without those that are inside a term of the same list for other goods,
    /// unless these are only where the goods come from: `coal mine output`.
    pub(crate) listed: Vec<(ListedPhrase, Range<usize>)>,
    /// Words of the lexicon, in order of their starts.
    pub(crate) lexicon: Vec<(Range<usize>, LexiconWordId)>,
    /// The terms for other goods, in order of list and start, each with the last end of those of the list up to it.
    pub(super) hiding: Vec<(GoodsListId, usize, usize)>,
}

impl FoundTerms {
    /// Orders the terms, and removes those that are hidden.
    pub(super) fn settle(&mut self) {
        self.listed.sort_unstable_by(|(a, at), (b, bt)| (a, at.start).cmp(&(b, bt.start)));
        let is_load = |at: usize| self.tokens.get(at).is_some_and(|token| token.classes.contains(WordClass::Load));
        let others = self.listed.iter().filter(|(phrase, place)| phrase.kind == TermKind::Other && !is_load(place.end));
        self.hiding = others.map(|(phrase, place)| (phrase.list, place.start, place.end)).collect();
        if self.hiding.is_empty() {
            return;
        }
        self.hiding.sort_unstable();
        let mut before: Option<(GoodsListId, usize)> = None;
        for (list, _, end) in &mut self.hiding {
            *end = before.filter(|(of, _)| of == list).map_or(*end, |(_, last)| last.max(*end));
            before = Some((*list, *end));
        }
        let mut listed = std::mem::take(&mut self.listed);
        listed.retain(|(phrase, place)| phrase.kind == TermKind::Other || !self.hides(phrase.list, place));
        self.listed = listed;
    }

    /// Removes the terms with a number behind their noun, of which the noun belongs to a longer one, or the number to what follows:
    /// `toner cartridge 9 mm`, `mortars, 81 mm pipes`.
    pub(super) fn remove_numbers_of_others(
        &mut self,
        is_number_behind: impl Fn(ListedPhrase) -> bool,
        is_separated: impl Fn(usize) -> bool,
    ) {
        let is_measured = |(phrase, place): &(ListedPhrase, Range<usize>)| {
            phrase.kind != TermKind::Other && place.len() > 1 && is_number_behind(*phrase)
        };
        if !self.listed.iter().any(is_measured) {
            return;
        }
        let has = |at: usize, class| self.tokens.get(at).is_some_and(|token| token.classes.contains(class));
        let is_vague = |at: usize| {
            let says_nothing =
                [WordClass::Vague, WordClass::Measure, WordClass::Container, WordClass::Number, WordClass::Adjective];
            says_nothing.iter().any(|class| has(at, *class))
        };
        // What one list leaves to another is no other noun.
        let is_sure = |of: &Range<usize>| self.listed.iter().any(|(phrase, place)| phrase.kind == TermKind::Sure && place == of);
        let others = self
            .listed
            .iter()
            .filter(|(phrase, place)| phrase.kind == TermKind::Other && !is_sure(place))
            .map(|(_, place)| place);
        let other_nouns: Vec<Range<usize>> = self.lexicon.iter().map(|(place, _)| place).chain(others).cloned().collect();
        let is_of_another = |(_, place): &(ListedPhrase, Range<usize>)| {
            let (start, end) = (place.start, place.end);
            let is_within = other_nouns.iter().any(|noun| noun.start < start && noun.end > start && noun.end < end);
            let is_behind_another = start > 0
                && !is_separated(start)
                && (has(start - 1, WordClass::Material)
                    || other_nouns.iter().any(|noun| noun.end == start && !is_vague(start - 1)));
            let goes_on = end < self.tokens.len()
                && !is_separated(end)
                && (has(end, WordClass::Material) || other_nouns.iter().any(|noun| noun.start == end && !is_vague(end)));
            is_within || is_behind_another || goes_on
        };
        let misread: Vec<bool> = self.listed.iter().map(|term| is_measured(term) && is_of_another(term)).collect();
        let mut misread = misread.into_iter();
        self.listed.retain(|_| !misread.next().unwrap_or(false));
    }

    /// True if a place is inside a term of a list for other goods.
    pub(crate) fn hides(&self, list: GoodsListId, place: &Range<usize>) -> bool {
        let after = self.hiding.partition_point(|(of, start, _)| (*of, *start) <= (list, place.start));
        let last = after.checked_sub(1).and_then(|last| self.hiding.get(last));
        last.is_some_and(|(of, _, end)| *of == list && place.end <= *end)
    }

    /// The terms of a list of one kind, in the order of the files.
    pub(crate) fn of_list(&self, list: GoodsListId, kind: TermKind) -> impl Iterator<Item = &(ListedPhrase, Range<usize>)> {
        let first = self.listed.partition_point(|(phrase, _)| (phrase.list, phrase.kind) < (list, kind));
        let from = self.listed.get(first..).unwrap_or_default();
        from.iter().take_while(move |(phrase, _)| (phrase.list, phrase.kind) == (list, kind))
    }

    /// The lists that have a term in the text, in order.
    pub(crate) fn lists(&self) -> Vec<GoodsListId> {
        let terms = self.listed.iter().filter(|(phrase, _)| phrase.kind != TermKind::Other);
        let mut lists: Vec<GoodsListId> = terms.map(|(phrase, _)| phrase.list).collect();
        lists.dedup();
        lists
    }
}
