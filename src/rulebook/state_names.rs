//! Names of States beyond those that the vocabulary lists: adjectives, inverted and abbreviated forms, and what a misspelt one is
//! near to.
//!
//! `Korea, Dem. People's Rep. of` has the words of `Democratic People's Republic of Korea`. A name is never near to another State's:
//! every word of it must be a word of the one name, but for a slip, and no other State may be as near.

use std::collections::HashMap;

use strsim::damerau_levenshtein;

use crate::facts::{Scheme, Term, TermAlternatives, fold};

use super::Vocabulary;
use super::letter_counts::LetterCounts;

/// An index of the names and adjectives of States.
#[derive(Debug, Clone, Default)]
pub(super) struct StateNames {
    /// The States of each folded adjective.
    adjectives: HashMap<String, TermAlternatives>,
    /// The States of each name of several words, by these in the order of the alphabet.
    by_words: HashMap<Vec<String>, TermAlternatives>,
    /// The words of every name that is long enough to be misspelt.
    names: Vec<(Vec<NameWord>, Vec<Term>)>,
}

/// A word of a name.
#[derive(Debug, Clone)]
struct NameWord {
    text: String,
    letters: LetterCounts,
}

impl NameWord {
    fn new(text: String) -> Self {
        Self { letters: LetterCounts::new(&text), text }
    }
}

/// The most bytes of a name that is compared with those of States.
const MOST_BYTES: usize = 80;

/// Words of a name that do not tell States apart.
const FILLERS: [&str; 12] = ["the", "of", "and", "a", "de", "la", "du", "des", "del", "do", "da", "et"];

/// Abbreviations and plurals of the words of names.
const LONG_FORMS: &[(&str, &[&str])] = &[
    ("democratic", &["dem", "demo", "democr"]),
    ("republic", &["rep", "repub", "republ"]),
    ("people", &["peoples"]),
    ("island", &["is", "isl", "isls", "isd", "isds", "islands"]),
    ("federated", &["fed", "feder"]),
    ("state", &["sts", "states"]),
    ("saint", &["st", "ste"]),
    ("equatorial", &["eq", "equat"]),
    ("territory", &["terr", "ter", "territories"]),
    ("united", &["utd"]),
    ("british", &["br", "brit"]),
    ("arab", &["arabic"]),
];

impl Vocabulary {
    /// The State or States that an adjective names, or that have a name of the same words in another order or abbreviated.
    pub(super) fn state(&self, word: &str) -> Option<&TermAlternatives> {
        if word.len() > MOST_BYTES {
            return None;
        }
        let names = self.state_names.get_or_init(|| StateNames::new(self));
        let folded = fold(word);
        // `North Koreans`
        let singular = || names.adjectives.get(folded.strip_suffix('s')?);
        names.adjectives.get(&folded).or_else(singular).or_else(|| names.by_words.get(&key(&folded)?))
    }

    /// The one State that a name is nearly the name of: each of its words is a word of the other but for one slip, or two in a
    /// long word, and no other State has a name that is as near.
    pub(super) fn nearest_state(&self, word: &str) -> Option<Term> {
        let nearest = self.nearest_states(word);
        let first = nearest.first()?;
        nearest.iter().all(|state| state == first).then_some(*first)
    }

    /// The States of which a word may be a misspelt name, each once.
    pub(crate) fn states_near(&self, word: &str) -> Vec<Term> {
        let mut states = self.nearest_states(word);
        states.sort_unstable();
        states.dedup();
        states
    }

    /// True for a word that may be a misspelt name of a State.
    pub(crate) fn is_near_to_a_state(&self, word: &str) -> bool {
        !self.nearest_states(word).is_empty()
    }

    /// The States whose names have the fewest slips of a word, if that is few enough.
    fn nearest_states(&self, word: &str) -> Vec<Term> {
        if word.len() > MOST_BYTES {
            return Vec::new();
        }
        let sought: Vec<NameWord> = words(&fold(word)).into_iter().map(NameWord::new).collect();
        let mut least = usize::MAX;
        let mut nearest = Vec::new();
        for (name, states) in &self.state_names.get_or_init(|| StateNames::new(self)).names {
            let Some(slips) = slips(&sought, name).filter(|slips| *slips <= least) else { continue };
            if slips < least {
                least = slips;
                nearest.clear();
            }
            nearest.extend(states);
        }
        nearest
    }
}

impl StateNames {
    fn new(vocabulary: &Vocabulary) -> Self {
        let mut index = Self::default();
        for state in vocabulary.terms().filter(|term| vocabulary.is_in(*term, Scheme::Country)) {
            for adjective in vocabulary.entry(state).into_iter().flat_map(|entry| &entry.adjectives) {
                add(index.adjectives.entry(fold(adjective)).or_default(), state);
            }
        }
        for ((_, name), states) in vocabulary.by_name.iter().filter(|((scheme, _), _)| *scheme == Scheme::Country) {
            if name.len() > 3 {
                index.names.push((words(name).into_iter().map(NameWord::new).collect(), states.clone()));
            }
            if let Some(key) = key(name) {
                let known = index.by_words.entry(key).or_default();
                states.iter().for_each(|state| add(known, *state));
            }
        }
        index.by_words.values_mut().for_each(|states| states.sort_unstable());
        index
    }
}

fn add(states: &mut TermAlternatives, state: Term) {
    if !states.contains(&state) {
        states.push(state);
    }
}

/// The words of a folded name, abbreviations written out and fillers left out.
fn words(folded: &str) -> Vec<String> {
    let long = |word: &str| LONG_FORMS.iter().find(|(_, short)| short.contains(&word)).map_or(word, |(long, _)| long).to_owned();
    let mut words: Vec<String> = folded.split(' ').filter(|word| !FILLERS.contains(word)).map(long).collect();
    // `People's`
    let is_people = |words: &[String], at: usize| at > 0 && words.get(at - 1).is_some_and(|word| word == "people");
    let mut at = 0;
    while at < words.len() {
        if words.get(at).is_some_and(|word| word == "s") && is_people(&words, at) {
            words.remove(at);
        } else {
            at += 1;
        }
    }
    words
}

/// The words of a name in the order of the alphabet; `None` if there is only one.
fn key(folded: &str) -> Option<Vec<String>> {
    let mut words = words(folded);
    words.sort_unstable();
    (words.len() > 1).then_some(words)
}

/// The slips by which the words of one name differ from those of another; `None` if one differs too much, or there are more words.
fn slips(sought: &[NameWord], name: &[NameWord]) -> Option<usize> {
    if sought.len() != name.len() || sought.len() > 8 {
        return None;
    }
    let mut left: Vec<&NameWord> = name.iter().collect();
    let mut total = 0;
    for word in sought {
        let allowed = match word.letters.length() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let near = |other: &NameWord| {
            let may_be = word.letters.may_be_within(&other.letters, allowed);
            may_be.then(|| damerau_levenshtein(&word.text, &other.text)).filter(|slips| *slips <= allowed)
        };
        let (slips, at) = left.iter().enumerate().filter_map(|(at, other)| Some((near(other)?, at))).min()?;
        left.remove(at);
        total += slips;
    }
    Some(total)
}
