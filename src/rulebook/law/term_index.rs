//! One index of all phrases by which descriptions of goods are read: the terms of every list, the words of the lexicon, and
//! the words of grammar. A description is split once, and all of them are found in one walk over its words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Range;

use hashbrown::HashTable;

use crate::facts::Words;
use crate::rulebook::word_map::WordHasher;

use super::{FoundTerms, GoodsListId, LexiconWordId, WordClass, WordClasses};

/// What a phrase is in the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermMeaning {
    /// A term of a list.
    Listed(ListedPhrase),
    /// A word of the lexicon.
    Lexicon(LexiconWordId),
    /// A word of grammar.
    Class(WordClass),
}

/// A term of a list: which of its phrases it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ListedPhrase {
    pub(crate) list: GoodsListId,
    pub(crate) kind: TermKind,
    /// Its position among the list's phrases of that kind.
    pub(crate) position: u32,
}

/// What a term of a list says of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TermKind {
    /// They are in the list.
    Sure,
    /// They may be in the list.
    Ambiguous,
    /// They are other goods, whatever terms are inside of it.
    Other,
}

/// A word of a description.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Where its place begins and ends in the description's [`Words`].
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The classes of the word, and of the phrases of grammar that it belongs to.
    pub(crate) classes: WordClasses,
    number: u32,
}

/// Phrases as paths of a tree of words.
#[derive(Debug, Clone, Default)]
pub(super) struct TermIndex {
    words: WordNumbers,
    nodes: Vec<TermNode>,
    /// From a node and the number of a word to the node behind it.
    steps: HashMap<u64, u32, BuildHasherDefault<WordHasher>>,
    /// From the number of a word to the node of phrases that begin with it.
    roots: Vec<u32>,
    /// The meanings of all nodes, each with the position of the next one of the same node.
    meanings: Vec<(Option<u32>, TermMeaning)>,
}

#[derive(Debug, Clone, Default)]
struct TermNode {
    first_meaning: Option<u32>,
    has_steps: bool,
}

/// Stands for any number in patterns; no word has this number.
const ANY_NUMBER: u32 = 0;
/// The number of every word that is in no phrase.
const UNKNOWN: u32 = u32::MAX;
/// The node in which every phrase begins.
const ROOT: u32 = 0;

impl TermIndex {
    /// An empty index with room for so many phrases.
    pub(super) fn with_capacity(phrases: usize) -> Self {
        let words = WordNumbers { table: HashTable::with_capacity(phrases), ..WordNumbers::default() };
        let steps = HashMap::with_capacity_and_hasher(phrases + phrases / 2, BuildHasherDefault::default());
        let (nodes, meanings) = (Vec::with_capacity(2 * phrases), Vec::with_capacity(phrases + phrases / 4));
        Self { words, nodes, steps, meanings, roots: Vec::with_capacity(phrases) }
    }

    /// Adds a phrase. Between `parts` stands any number.
    pub(super) fn add(&mut self, parts: &[Words], meaning: TermMeaning) {
        if let [only] = parts {
            return self.add_folded(only.without_outer_gaps(), meaning);
        }
        let mut node = ROOT;
        for (position, part) in parts.iter().enumerate() {
            if position > 0 {
                node = self.step_or_insert(node, ANY_NUMBER);
            }
            for word in part.iter() {
                let number = self.words.number_or_insert(word);
                node = self.step_or_insert(node, number);
            }
        }
        self.add_meaning(node, meaning);
    }

    /// Adds a phrase of folded words with a gap between each two. Two Russian words are also found in the other order, in which trade
    /// writes an adjective: `шуба норковая`.
    pub(super) fn add_folded(&mut self, words: &str, meaning: TermMeaning) {
        let node = self.node_or_insert(split(words));
        self.add_at(node, words, meaning);
    }

    /// The same for a word of the lexicon, unless it is one already; gives the one that it is.
    pub(super) fn add_lexicon_word(&mut self, words: &str, id: LexiconWordId) -> Option<LexiconWordId> {
        let node = self.node_or_insert(split(words));
        let known = self.meanings_of(node).find_map(|meaning| match meaning {
            TermMeaning::Lexicon(id) => Some(id),
            _ => None,
        });
        if known.is_none() {
            self.add_at(node, words, TermMeaning::Lexicon(id));
        }
        known
    }

    fn add_at(&mut self, node: u32, words: &str, meaning: TermMeaning) {
        self.add_meaning(node, meaning);
        if let Some((first, second)) = words.split_once(Words::GAP)
            && [first, second].iter().all(|word| word.chars().all(|c| ('\u{400}'..='\u{52f}').contains(&c)))
            && !matches!(meaning, TermMeaning::Class(_))
        {
            let node = self.node_or_insert([second, first].into_iter());
            self.add_meaning(node, meaning);
        }
    }

    fn node_or_insert<'w>(&mut self, words: impl Iterator<Item = &'w str>) -> u32 {
        let mut node = ROOT;
        for word in words {
            let number = self.words.number_or_insert(word);
            node = self.step_or_insert(node, number);
        }
        node
    }

    fn add_meaning(&mut self, node: u32, meaning: TermMeaning) {
        let number = u32::try_from(self.meanings.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.nodes.get_mut(node as usize).filter(|_| node != ROOT) {
            self.meanings.push((node.first_meaning.replace(number), meaning));
        }
    }

    fn step_or_insert(&mut self, node: u32, word: u32) -> u32 {
        if self.nodes.is_empty() {
            self.nodes.push(TermNode::default());
        }
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let target = if node == ROOT {
            let index = word as usize;
            if self.roots.len() <= index {
                self.roots.resize(index + 1, ROOT);
            }
            match self.roots.get_mut(index) {
                Some(root) if *root == ROOT => {
                    *root = next;
                    next
                }
                root => root.map_or(ROOT, |root| *root),
            }
        } else {
            *self.steps.entry(key(node, word)).or_insert(next)
        };
        if target == next {
            self.nodes.push(TermNode::default());
            if let Some(node) = self.nodes.get_mut(node as usize) {
                node.has_steps = true;
            }
        }
        target
    }

    /// Finds all phrases in a text. `fits` says whether a phrase with numbers in it, whose words are at the byte `start`, is there.
    /// The phrase `without` is passed over.
    pub(super) fn find(
        &self,
        text: &Words,
        without: Option<ListedPhrase>,
        fits: impl Fn(ListedPhrase, usize) -> bool,
    ) -> FoundTerms {
        let token = |(start, word): (usize, &str)| Token {
            start,
            end: start + 1 + word.len(),
            classes: if word.starts_with(is_numeric) { WordClass::Number.into() } else { WordClasses::default() },
            number: self.words.number(word).unwrap_or(UNKNOWN),
        };
        let fits =
            |phrase: ListedPhrase, start: Option<usize>| Some(phrase) != without && start.is_none_or(|start| fits(phrase, start));
        let mut found = FoundTerms { tokens: text.places().map(token).collect(), ..FoundTerms::default() };
        // A path may pass a number by itself and as any number: the paths that are still to be walked.
        let mut open: Vec<(u32, usize, bool)> = Vec::new();
        for first in 0..found.tokens.len() {
            open.push((ROOT, first, false));
            while let Some((mut node, mut at, mut with_number)) = open.pop() {
                while let Some(token) = found.tokens.get(at).copied() {
                    let exact = self.step(node, token.number);
                    let as_number = if token.classes.contains(WordClass::Number) { self.step(node, ANY_NUMBER) } else { None };
                    if let (Some(_), Some(next)) = (exact, as_number) {
                        open.push((next, at + 1, true));
                        self.collect(next, first..at + 1, true, &fits, &mut found);
                    }
                    let Some(next) = exact.or(as_number) else { break };
                    with_number |= exact.is_none();
                    (node, at) = (next, at + 1);
                    self.collect(node, first..at, with_number, &fits, &mut found);
                    if !self.nodes.get(node as usize).is_some_and(|node| node.has_steps) {
                        break;
                    }
                }
            }
        }
        found.settle();
        found
    }

    /// Adds the meanings of a node, whose words stand at a place.
    fn collect(
        &self,
        node: u32,
        place: Range<usize>,
        with_number: bool,
        fits: &impl Fn(ListedPhrase, Option<usize>) -> bool,
        found: &mut FoundTerms,
    ) {
        for meaning in self.meanings_of(node) {
            match meaning {
                TermMeaning::Listed(phrase) => {
                    let start = found.tokens.get(place.start).map_or(0, |token| token.start);
                    if fits(phrase, with_number.then_some(start)) {
                        found.listed.push((phrase, place.clone()));
                    }
                }
                TermMeaning::Lexicon(id) => found.lexicon.push((place.clone(), id)),
                TermMeaning::Class(class) => {
                    let tokens = found.tokens.get_mut(place.clone()).unwrap_or_default();
                    match (class.is_of_last_word(), tokens) {
                        (true, [.., last]) => last.classes.insert(class),
                        (_, tokens) => tokens.iter_mut().for_each(|token| token.classes.insert(class)),
                    }
                }
            }
        }
    }

    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == ROOT {
            self.roots.get(word as usize).copied().filter(|root| *root != ROOT)
        } else {
            self.steps.get(&key(node, word)).copied()
        }
    }

    fn meanings_of(&self, node: u32) -> impl Iterator<Item = TermMeaning> {
        let mut next = self.nodes.get(node as usize).and_then(|node| node.first_meaning);
        std::iter::from_fn(move || {
            let (after, meaning) = self.meanings.get(next? as usize)?;
            next = *after;
            Some(*meaning)
        })
    }
}

/// [`char::is_numeric`], without a look at its table for most letters.
fn is_numeric(c: char) -> bool {
    let is_letter = matches!(c, 'a'..='z' | 'а'..='я' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    !is_letter && c.is_numeric()
}

/// Folded words with a gap between each two.
fn split(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(words);
    std::iter::from_fn(move || {
        let (word, after) =
            rest?.split_at_checked(rest?.bytes().position(|byte| byte == Words::GAP as u8).unwrap_or(rest?.len()))?;
        rest = after.get(1..);
        Some(word)
    })
}

fn key(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// Words with consecutive numbers from 1 on.
#[derive(Debug, Clone)]
struct WordNumbers {
    /// All words, one behind the other.
    texts: String,
    /// Where each word stands in the texts.
    places: Vec<Range<u32>>,
    /// Positions in `places`.
    table: HashTable<u32>,
}

impl Default for WordNumbers {
    fn default() -> Self {
        Self { texts: String::new(), places: Vec::new(), table: HashTable::new() }
    }
}

impl WordNumbers {
    fn number(&self, word: &str) -> Option<u32> {
        self.table.find(hash(word), |position| self.get(*position) == word).map(|position| position + 1)
    }

    fn number_or_insert(&mut self, word: &str) -> u32 {
        if let Some(number) = self.number(word) {
            return number;
        }
        let position = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let start = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push_str(word);
        self.places.push(start..u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let Self { texts, places, table } = self;
        table.insert_unique(hash(word), position, |position| hash(text_at(texts, places, *position)));
        position + 1
    }

    fn get(&self, position: u32) -> &str {
        text_at(&self.texts, &self.places, position)
    }
}

fn text_at<'t>(texts: &'t str, places: &[Range<u32>], position: u32) -> &'t str {
    let place = places.get(position as usize).map(|place| place.start as usize..place.end as usize);
    place.and_then(|place| texts.get(place)).unwrap_or_default()
}

fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}
