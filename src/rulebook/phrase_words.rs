//! Words inside phrases, from the vocabulary's `phrase:`: what turns an act into another or none, what does not, what makes other
//! goods or people of those that are named.

use std::collections::HashSet;

use crate::document::{Diagnostics, Mapping, Node};
use crate::facts::fold;

use super::name_words::NameWords;

/// The most words of an entry.
const MOST_WORDS: usize = 3;

/// A list of words, of which each entry is folded.
#[derive(Debug, Clone, Default)]
pub struct WordList(HashSet<String>);

impl WordList {
    /// True if a folded word or run of words is an entry.
    pub fn has(&self, folded: &str) -> bool {
        self.0.contains(folded)
    }

    /// The longest entry that begins at a place of some words: how many words it has.
    pub fn entry_at(&self, words: &[String], at: usize) -> Option<usize> {
        (1..=MOST_WORDS).rev().find(|length| words.get(at..at + length).is_some_and(|run| self.has(&run.join(" "))))
    }

    /// Adds the texts of a list, which may be nested, also by language.
    fn read(&mut self, node: &Node, problems: &mut Diagnostics) {
        for element in node.one_or_many() {
            match (element.text(), element.entries(), element.elements()) {
                (Some(text), _, _) => {
                    self.0.insert(fold(text));
                }
                (_, Some(languages), _) => languages.iter().for_each(|language| self.read(&language.value, problems)),
                (_, _, Some(_)) => self.read(element, problems),
                _ => problems.wrong_shape(element, "an entry of `phrase`", "a word or a list of words"),
            }
        }
    }
}

/// The words that matter inside phrases.
#[derive(Debug, Clone, Default)]
pub struct PhraseWords {
    /// Wherever they stand, the phrase means another thing.
    pub turning: WordList,
    /// Beside an act they leave open whether it took place.
    pub beside: WordList,
    /// Beside a word that is looked for they make another of it.
    pub others: WordList,
    /// Participles, and words that look like such, that turn nothing.
    pub plain: WordList,
    /// Behind a verb they make another of it.
    pub particles: WordList,
    /// Behind them `to` begins what somebody else is to do.
    pub before_infinitive: WordList,
    /// Things that are called by the adjective of a State.
    pub things: WordList,
    /// Names of States that are words of other things too.
    pub homographs: WordList,
    /// Letters that are no codes of States in front of what people do.
    pub abbreviations: WordList,
    /// In front of goods they say that the goods are not there.
    pub negating: WordList,
    /// With a register or flag they end it: `struck the ship off the register`.
    pub ending_a_registration: WordList,
    /// The registers and flags that are ended so.
    pub registrations: WordList,
    /// People who work for pay, whose supply or loan is their employment.
    pub workers: WordList,
    /// People who serve on board, whose supply or loan is the crewing of a ship or aircraft.
    pub seafarers: WordList,
    /// People who do research, whose exchange or dispatch is their stay elsewhere.
    pub scientists: WordList,
    /// People who learn, whose exchange or dispatch is their teaching.
    pub students: WordList,
    /// Beside the names of groups.
    pub of_names: NameWords,
}

impl PhraseWords {
    /// True for a word that makes another thing, or its opposite, of what stands beside it.
    pub(super) fn makes_another(&self, folded: &str) -> bool {
        self.turning.has(folded) || self.beside.has(folded) || self.others.has(folded)
    }

    /// True for a word that some list has, which is no slip of the pen for another.
    pub(super) fn is_a_word(&self, folded: &str) -> bool {
        self.makes_another(folded) || self.plain.has(folded)
    }

    /// Adds the words of one `phrase:`.
    pub(super) fn read(&mut self, node: &Node, problems: &mut Diagnostics) {
        let mut lists = [
            ("turning", &mut self.turning),
            ("beside", &mut self.beside),
            ("others", &mut self.others),
            ("plain", &mut self.plain),
            ("particles", &mut self.particles),
            ("before_infinitive", &mut self.before_infinitive),
            ("things", &mut self.things),
            ("homographs", &mut self.homographs),
            ("abbreviations", &mut self.abbreviations),
            ("negating", &mut self.negating),
            ("ending_a_registration", &mut self.ending_a_registration),
            ("registrations", &mut self.registrations),
            ("workers", &mut self.workers),
            ("seafarers", &mut self.seafarers),
            ("scientists", &mut self.scientists),
            ("students", &mut self.students),
        ];
        let keys: Vec<&str> = lists.iter().map(|(key, _)| *key).chain(["names"]).collect();
        let Some(map) = Mapping::read(node, "the words of phrases", &keys, problems) else { return };
        for (key, list) in &mut lists {
            if let Some(node) = map.get(key) {
                list.read(node, problems);
            }
        }
        if let Some(node) = map.get("names") {
            self.of_names.read(node, problems);
        }
    }
}
