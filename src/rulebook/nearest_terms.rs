//! The terms nearest to a word that no term has: by the words that both have in common, then by spelling.
//!
//! A wrong suggestion is worse than none. A term is near only if one of its phrases says nothing that the word does not say, or the
//! word nothing that the phrase does not: `funds-transfer` is not near to `arms-transfer`. A slip of the pen changes letters behind
//! the first one, since prefixes turn words into their opposites, and where the two sides of an act are equally near, neither is.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::facts::{Scheme, Term, Words, fold};

use super::Vocabulary;
use super::phrase_words::PhraseWords;
use super::term_words::{has_words, verb_stem};

/// The most terms that are suggested.
const MAX_SUGGESTED: usize = 3;

/// The most bytes of a word or phrase for which terms are looked for: what is longer is a text, and near to nothing.
const LONGEST: usize = 200;

/// Words that say little of a phrase.
const LITTLE: &[&str] = &[
    "the", "a", "an", "of", "for", "to", "from", "by", "in", "at", "on", "with", "and", "or", "his", "her", "their", "its", "is",
    "was", "were", "be", "been", "into", "under", "some", "other", "via", "per", "as", "it", "them", "made", "did", "has", "had",
];

/// Words of which one means the other side or the opposite of the other, by their beginnings.
const OPPOSITE: &[(&str, &str)] = &[
    ("import", "export"),
    ("unload", "load"),
    ("discharg", "load"),
    ("buy", "sell"),
    ("purchas", "sell"),
    ("payer", "payee"),
    ("trainer", "trainee"),
    ("consignor", "consignee"),
    ("lessor", "lessee"),
    ("employer", "employee"),
    ("lend", "borrow"),
    ("giv", "receiv"),
    ("send", "receiv"),
    ("deliver", "receiv"),
    ("host", "guest"),
    ("owner", "tenant"),
    ("landlord", "tenant"),
    ("arriv", "depart"),
    ("enter", "leav"),
    ("open", "clos"),
    ("grant", "refus"),
    ("attacker", "victim"),
    ("teacher", "student"),
    ("new", "used"),
];

impl Vocabulary {
    /// True if a word is the misspelling of one term of the schemes, word by word.
    pub fn is_misspelt(&self, schemes: &[Scheme], word: &str) -> bool {
        self.near(schemes, word).is_misspelling
    }

    /// The terms of schemes that are nearest in meaning to a word that none of them has, the nearest first; none if none is near
    /// enough to be suggested.
    ///
    /// ```
    /// use interdict::facts::Scheme;
    /// use interdict::rulebook::Rulebook;
    ///
    /// let rulebook = Rulebook::built_in()?;
    /// let vocabulary = &rulebook.vocabulary;
    /// let nearest = |word| -> Vec<&str> {
    ///     vocabulary.nearest(&[Scheme::Activity], word).into_iter().map(|term| vocabulary.id(term)).collect()
    /// };
    /// assert_eq!(nearest("suply"), ["supply"]);
    /// assert!(nearest("blackberries").is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nearest(&self, schemes: &[Scheme], word: &str) -> Vec<Term> {
        self.near(schemes, word).terms
    }

    /// What is near to a word in schemes, found once for a word that comes again.
    fn near(&self, schemes: &[Scheme], word: &str) -> NearTerms {
        if word.len() > LONGEST {
            return NearTerms::default();
        }
        self.words.near.get_or_find(schemes, word, || self.find_near(schemes, &Phrase::new(word, self.phrase_words())))
    }

    fn find_near(&self, schemes: &[Scheme], asked: &Phrase) -> NearTerms {
        if asked.stems.is_empty() {
            return NearTerms::default();
        }
        let mut best: BTreeMap<Term, f64> = BTreeMap::new();
        for known in schemes.iter().filter_map(|scheme| self.phrases(*scheme)) {
            for (term, phrase, is_label) in known.sharing_a_word(asked) {
                let nearness = asked.nearness(phrase, &known.weights) * if *is_label { 0.7 } else { 1.0 };
                if nearness > 0.0 {
                    let best = best.entry(*term).or_default();
                    *best = best.max(nearness);
                }
            }
        }
        let top = best.values().copied().fold(0.0, f64::max);
        let mut near: Vec<(Term, f64)> = best.into_iter().filter(|(_, n)| *n >= 0.4 && *n >= 0.85 * top).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let ids: Vec<&str> = near.iter().map(|(term, _)| self.id(*term)).collect();
        if ids.iter().any(|one| ids.iter().any(|other| are_opposite(one, other))) {
            return NearTerms::default();
        }
        // Where the word is one letter away from a term's own name, it is no slip for a word of another.
        let is_own_name = |(term, _): &(Term, f64)| asked.is_misspelling_of(&Phrase::new(self.id(*term), self.phrase_words()));
        if near.len() > 1 && near.iter().filter(|near| is_own_name(near)).count() == 1 {
            near.retain(is_own_name);
        }
        let terms: Vec<Term> = near.into_iter().take(MAX_SUGGESTED).map(|(term, _)| term).collect();
        let is_misspelling = matches!(terms.as_slice(), [only] if self.is_misspelling_of(asked, schemes, *only));
        NearTerms { terms, is_misspelling }
    }

    /// True if a phrase is the misspelling of a word for a term.
    fn is_misspelling_of(&self, asked: &Phrase, schemes: &[Scheme], term: Term) -> bool {
        let phrases = schemes.iter().filter_map(|scheme| self.phrases(*scheme)).flat_map(|s| &s.phrases);
        phrases.filter(|(of, _, is_label)| *of == term && !is_label).any(|(_, phrase, _)| asked.is_misspelling_of(phrase))
    }
}

/// The terms near to a word that none of them has.
#[derive(Debug, Clone, Default)]
struct NearTerms {
    /// The nearest first, as many as are suggested.
    terms: Vec<Term>,
    /// The word is the misspelling of the only one, word by word.
    is_misspelling: bool,
}

/// What is near to the words that were asked for. Streams say the same wrong word again and again.
#[derive(Debug, Default)]
pub(super) struct NearMemo(Mutex<HashMap<(Vec<Scheme>, String), NearTerms>>);

impl NearMemo {
    /// When so many words are known they are forgotten, some hundred kilobytes.
    const MOST: usize = 1024;

    fn get_or_find(&self, schemes: &[Scheme], word: &str, find: impl FnOnce() -> NearTerms) -> NearTerms {
        let key = (schemes.to_vec(), word.to_owned());
        if let Some(known) = self.lock().get(&key) {
            return known.clone();
        }
        let found = find();
        let mut known = self.lock();
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(key, found.clone());
        found
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Vec<Scheme>, String), NearTerms>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for NearMemo {
    /// An empty one: it finds the same again.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The phrases for the terms of a scheme.
#[derive(Debug, Clone, Default)]
pub(super) struct SchemePhrases {
    /// The phrases, each with its term and whether it is the term's label.
    phrases: Vec<(Term, Phrase, bool)>,
    weights: Weights,
    /// The positions of the phrases that have a word with a stem.
    by_stem: HashMap<String, Vec<usize>>,
    /// The words by their first letters, each with the positions of the phrases that have it.
    by_letter: HashMap<char, Vec<(String, Vec<usize>)>>,
}

impl SchemePhrases {
    pub(super) fn new(vocabulary: &Vocabulary, scheme: Scheme) -> Self {
        let mut phrases = Vec::new();
        let lists = vocabulary.phrase_words();
        for term in vocabulary.terms() {
            let Some(entry) = vocabulary.entry(term).filter(|e| e.scheme == scheme && has_words(scheme)) else { continue };
            let words = entry.words.iter().flat_map(|(_, words)| words).map(String::as_str);
            phrases.extend(words.chain([entry.id.as_str()]).map(|word| (term, Phrase::new(word, lists), false)));
            phrases.extend((!entry.label.is_empty()).then(|| (term, Phrase::new(&entry.label, lists), true)));
        }
        let mut known = Self { weights: Weights::new(&phrases), ..Self::default() };
        let mut of_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, (_, phrase, _)) in phrases.iter().enumerate() {
            phrase.stems.iter().for_each(|stem| known.by_stem.entry(stem.clone()).or_default().push(position));
            phrase.words.iter().for_each(|word| of_words.entry(word).or_default().push(position));
        }
        for (word, positions) in of_words {
            if let Some(letter) = word.chars().next() {
                known.by_letter.entry(letter).or_default().push((word.to_owned(), positions));
            }
        }
        known.phrases = phrases;
        known
    }

    /// The phrases that have a word in common with a phrase, but for a slip of the pen. No other is near to it.
    fn sharing_a_word(&self, asked: &Phrase) -> impl Iterator<Item = &(Term, Phrase, bool)> {
        let mut positions: BTreeSet<usize> = BTreeSet::new();
        for (word, stem) in asked.words.iter().zip(&asked.stems) {
            positions.extend(self.by_stem.get(stem).into_iter().flatten());
            // The first two letters may have changed places.
            for letter in word.chars().take(2) {
                let like = self.by_letter.get(&letter).into_iter().flatten().filter(|(other, _)| likeness_of(word, other) > 0.0);
                positions.extend(like.flat_map(|(_, positions)| positions));
            }
        }
        positions.into_iter().filter_map(|position| self.phrases.get(position))
    }
}

/// A word or phrase, taken apart.
#[derive(Debug, Clone)]
struct Phrase {
    /// The words that say something, folded.
    words: Vec<String>,
    /// Their stems.
    stems: Vec<String>,
    /// Which of them are words that the vocabulary has for phrases, and so no slip of the pen.
    is_a_word: Vec<bool>,
    /// The words that turn its meaning.
    turning: Vec<String>,
}

impl Phrase {
    fn new(text: &str, lists: &PhraseWords) -> Self {
        let folded = fold(text);
        let (mut turning, mut others): (Vec<&str>, Vec<&str>) = folded.split(' ').partition(|word| lists.makes_another(word));
        if others.is_empty() {
            std::mem::swap(&mut turning, &mut others);
        }
        let words: Vec<String> = others.into_iter().filter(|word| !LITTLE.contains(word)).map(str::to_owned).collect();
        let stem = |word: &String| Words::new(word).iter().map(verb_stem).collect::<Vec<_>>().join(" ");
        let stems = words.iter().map(stem).collect();
        let is_a_word = words.iter().map(|word| lists.is_a_word(word)).collect();
        Self { words, stems, is_a_word, turning: turning.into_iter().map(verb_stem).collect() }
    }

    /// True if each word is one of a known phrase, in its order, or a slip of the pen for it.
    fn is_misspelling_of(&self, known: &Phrase) -> bool {
        self.turning == known.turning
            && self.words.len() == known.words.len()
            && (self.words.iter().zip(&self.is_a_word).zip(&known.words))
                .all(|((word, is_a_word), other)| word == other || !is_a_word && likeness_of(word, other) > 0.0)
    }

    /// How near a known phrase is, from 0 to 1: 1 if it says the same.
    fn nearness(&self, known: &Phrase, weights: &Weights) -> f64 {
        // A word by itself is no part of a longer phrase: `permitted` is no permit to work.
        let is_single_word = matches!(self.is_a_word.as_slice(), [true]) && known.words.len() > 1;
        if self.turning != known.turning || known.words.is_empty() || is_single_word {
            return 0.0;
        }
        let mut likeness = 1.0_f64;
        let mut found = HashSet::new();
        let mut shared = 0.0;
        let (mut all, mut unmatched) = (0.0, 0);
        for ((word, stem), is_a_word) in self.words.iter().zip(&self.stems).zip(&self.is_a_word) {
            let candidates = known.words.iter().zip(&known.stems).enumerate();
            let likeness_to = |other| if *is_a_word { 0.0 } else { likeness_of(word, other) };
            let alike = candidates.map(|(i, (other, its_stem))| (i, if stem == its_stem { 1.0 } else { likeness_to(other) }));
            match alike.fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best }) {
                (_, 0.0) => {
                    unmatched += 1;
                    all += weights.of(stem);
                }
                (at, how) => {
                    // A misspelt word says as much as the one that is meant.
                    let weight = known.stems.get(at).map_or(0.0, |stem| weights.of(stem));
                    found.insert(at);
                    shared += weight;
                    all += weight;
                    likeness = likeness.min(how);
                }
            }
        }
        let is_whole = found.len() == known.words.len();
        if unmatched > 0 && !is_whole || found.is_empty() {
            return 0.0;
        }
        let of_known: f64 = known.stems.iter().map(|stem| weights.of(stem)).sum();
        likeness
            * match (unmatched, is_whole) {
                (0, true) => 1.0,
                (0, false) => 0.8 * (all / of_known).min(1.0),
                _ => shared / all,
            }
    }
}

/// How much words say: those of few terms more than those of many.
#[derive(Debug, Clone, Default)]
struct Weights {
    terms: f64,
    of_stems: BTreeMap<String, f64>,
}

impl Weights {
    fn new(phrases: &[(Term, Phrase, bool)]) -> Self {
        let mut terms_of_stem: BTreeMap<&str, HashSet<Term>> = BTreeMap::new();
        let mut terms = HashSet::new();
        for (term, phrase, _) in phrases {
            terms.insert(*term);
            phrase.stems.iter().for_each(|stem| {
                terms_of_stem.entry(stem).or_default().insert(*term);
            });
        }
        let terms = terms.len() as f64;
        let of_stems = terms_of_stem.into_iter().map(|(stem, with)| (stem.to_owned(), (1.0 + terms / with.len() as f64).ln()));
        Self { terms, of_stems: of_stems.collect() }
    }

    fn of(&self, stem: &str) -> f64 {
        self.of_stems.get(stem).copied().unwrap_or_else(|| (1.0 + self.terms).ln())
    }
}

/// How likely a word is a slip of the pen for another, from 0 to 1. The first letter is right, or changed places with the second.
fn likeness_of(word: &str, other: &str) -> f64 {
    // What costs least comes first: nearly all words begin otherwise.
    let begin = |text: &str| {
        let mut chars = text.chars();
        (chars.next(), chars.next())
    };
    let (a, b) = (begin(word), begin(other));
    if a.0 != b.0 && (a.0, a.1) != (b.1, b.0) {
        return 0.0;
    }
    let (length, of_other) = (word.chars().count(), other.chars().count());
    if length.min(of_other) < 4 || length.abs_diff(of_other) > 2 || !word.is_ascii() && length < 5 || are_opposite(word, other) {
        return 0.0;
    }
    // One consonant for another makes another word (`loan` and `load`, `skipper` and `shipper`), unless both sound alike or the
    // word is long.
    let is_other_consonant = || length == of_other && strsim::levenshtein(word, other) == 1 && skeleton(word) != skeleton(other);
    match strsim::damerau_levenshtein(word, other) {
        1 if length >= 9 || !is_other_consonant() => 0.9,
        2 if length >= 7 && skeleton(word) == skeleton(other) => 0.75,
        _ => 0.0,
    }
}

/// The consonants of a word, those that sound alike and each run of equal ones as one: what a slip in vowels and doubled letters
/// leaves as it is.
fn skeleton(word: &str) -> String {
    let alike = |c: char| match c {
        'v' => 'b',
        'z' | 'c' | 'k' => 's',
        'n' => 'm',
        'd' => 't',
        'j' => 'g',
        c => c,
    };
    let consonants = word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let mut consonants: Vec<char> = consonants.map(alike).collect();
    consonants.dedup();
    consonants.into_iter().collect()
}

fn are_opposite(one: &str, other: &str) -> bool {
    let are = |a: &str, b: &str| OPPOSITE.iter().any(|(x, y)| a.starts_with(x) && b.starts_with(y));
    are(one, other) || are(other, one)
}
