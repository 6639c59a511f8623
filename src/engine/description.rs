//! Descriptions of goods as words, in which the terms of lists are found.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use crate::facts::Words;
use crate::rulebook::{GoodsCatalogue, GoodsList, GoodsListId, Phrase, PhraseIndex};

/// The description of an item as words, and which lists may have a term in it.
#[derive(Debug, Default)]
pub(super) struct DescriptionWords {
    words: Words,
    candidate_lists: OnceCell<Vec<GoodsListId>>,
}

impl DescriptionWords {
    pub(super) fn new(text: &str) -> Self {
        Self { words: Words::new(text), candidate_lists: OnceCell::new() }
    }

    /// Replaces the description and keeps the memory.
    pub(super) fn read(&mut self, text: &str) {
        self.words.replace(text);
        self.candidate_lists = OnceCell::new();
    }

    /// The words of the description.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// True if some word is in Latin letters, in which every list has terms, or none is of letters at all.
    pub(super) fn is_latin(&self) -> bool {
        let mut scripts = self.words.iter().filter_map(Script::of_word).peekable();
        scripts.peek().is_none() || scripts.any(|s| s == Script::Latin)
    }

    /// The lists that may have a term in the description, in order of id.
    pub(super) fn candidate_lists(&self, goods: &GoodsCatalogue) -> &[GoodsListId] {
        self.candidate_lists.get_or_init(|| goods.candidates(&self.words))
    }

    /// False if certainly no term of a list is in the description.
    pub(super) fn may_have_term(&self, goods: &GoodsCatalogue, list: GoodsListId) -> bool {
        self.candidate_lists(goods).binary_search(&list).is_ok()
    }

    /// The first of the phrases that is in the description and not inside a longer term for something else.
    pub(super) fn find<'p>(&self, phrases: &'p PhraseIndex, list: &GoodsList) -> Option<&'p Phrase> {
        let found = phrases.find(&self.words);
        if found.is_empty() {
            return None;
        }
        let hiding = list.not_terms.find(&self.words);
        let hidden = |place: &Range<usize>| hiding.iter().any(|(_, n)| n.start <= place.start && place.end <= n.end);
        found.into_iter().find(|(_, place)| !hidden(place)).map(|(phrase, _)| phrase)
    }

    /// True if the description has only numbers, linking words and vague words, such as `spare parts`.
    pub(super) fn is_vague(&self, goods: &GoodsCatalogue) -> bool {
        const LINKS: [&str; 10] = ["of", "and", "for", "the", "a", "with", "и", "для", "с", "in"];
        let vague = goods.vague().find(&self.words);
        let is_vague = |(start, word): (usize, &str)| {
            word.chars().all(char::is_numeric) || LINKS.contains(&word) || vague.iter().any(|(_, place)| place.contains(&start))
        };
        self.words.places().all(is_vague)
    }

    /// False if every word is in a script in which the lists have no term: then finding no term means nothing.
    pub(super) fn is_readable<'g>(&self, lists: impl Iterator<Item = &'g GoodsList>) -> bool {
        if self.is_latin() {
            return true;
        }
        let scripts: HashSet<Script> = self.words.iter().filter_map(Script::of_word).collect();
        let mut terms = lists.flat_map(|list| list.sure.phrases().iter().chain(list.ambiguous.phrases()));
        terms.any(|p| p.words().filter_map(Script::of_word).any(|s| scripts.contains(&s)))
    }
}

/// The script of a word, as far as lists have terms in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Script {
    Latin,
    Cyrillic,
    Hangul,
    Han,
    Other,
}

impl Script {
    fn of_word(word: &str) -> Option<Self> {
        let c = word.chars().next()?;
        Some(match c {
            _ if c.is_numeric() => return None,
            '\u{0}'..='\u{24f}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{ac00}'..='\u{d7af}' => Script::Hangul,
            '\u{3400}'..='\u{9fff}' => Script::Han,
            _ => Script::Other,
        })
    }
}
