//! Ordinary words for terms: reports say `sold`, `arms deal` or `продажа`, and mean the term `sale`.
//!
//! A term's own name is found by [`Vocabulary::find`] before any word. Words are compared leniently: without regard to case,
//! hyphens and plurals; for acts also to *-ing*, *-ed* and the order of the words. What is said besides, such as `no` or
//! `illegal`, makes another phrase.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::facts::{CodedTerm, Scheme, Term, TermAlternatives, Words, fold};

use super::Vocabulary;
use super::nearest_terms::{NearMemo, SchemePhrases};

/// The meaning of a word that is no term's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordMeaning {
    /// It is a word of one term.
    Term(Term),
    /// It is a word of several terms.
    Several {
        /// The terms, in the order of the files.
        terms: TermAlternatives,
        /// The narrowest term that each of them is or is narrower than, if there is one.
        broader: Option<Term>,
    },
}

/// The ordinary words of all terms, for lookup. What a scheme is looked up in is made when it is first asked for.
#[derive(Debug, Clone)]
pub(super) struct TermWords {
    schemes: Vec<SchemeWords>,
    pub(super) near: NearMemo,
}

/// The ordinary words of the terms of a scheme.
#[derive(Debug, Clone, Default)]
struct SchemeWords {
    /// The terms of each folded word or label.
    exact: OnceLock<HashMap<String, TermAlternatives>>,
    /// The terms of the words, labels and names that have a [lenient key](lenient_key) in common.
    lenient: OnceLock<HashMap<String, TermAlternatives>>,
    /// The phrases among which the [nearest](Vocabulary::nearest) are sought.
    phrases: OnceLock<SchemePhrases>,
}

impl Default for TermWords {
    fn default() -> Self {
        Self { schemes: vec![SchemeWords::default(); Scheme::ALL.len()], near: NearMemo::default() }
    }
}

impl Vocabulary {
    /// The meaning of a word in schemes; the first scheme that has it decides. `None` if no term has the word.
    ///
    /// Own names of terms are not looked up exactly here; see [`Vocabulary::find`].
    pub fn meaning(&self, schemes: &[Scheme], word: &str) -> Option<WordMeaning> {
        let folded = fold(word);
        let exact = schemes.iter().find_map(|scheme| self.exact_words(*scheme)?.get(&folded));
        let lenient = || schemes.iter().find_map(|scheme| self.lenient_words(*scheme)?.get(&lenient_key(*scheme, word)));
        match exact.or_else(lenient).map(|terms| (terms, terms.as_slice())) {
            Some((_, [term])) => Some(WordMeaning::Term(*term)),
            Some((terms, _)) => Some(WordMeaning::Several { broader: self.narrowest_common(terms), terms: terms.clone() }),
            None if schemes.contains(&Scheme::Body) => self.committee_of_text(word).map(WordMeaning::Term),
            None => None,
        }
    }

    /// The only term of a scheme that a text names by id, name or word.
    pub(crate) fn term_meant(&self, scheme: Scheme, text: &str) -> Option<Term> {
        match (self.find(&[scheme], text), self.meaning(&[scheme], text)) {
            (Some(CodedTerm::Term(term)), _) | (None, Some(WordMeaning::Term(term))) => Some(term),
            _ => None,
        }
    }

    /// The only term of a scheme that has a folded text among its words.
    pub(super) fn term_of_word(&self, scheme: Scheme, folded: &str) -> Option<Term> {
        match self.exact_words(scheme)?.get(folded)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The phrases of a scheme.
    pub(super) fn phrases(&self, scheme: Scheme) -> Option<&SchemePhrases> {
        Some(self.words_of(scheme)?.phrases.get_or_init(|| SchemePhrases::new(self, scheme)))
    }

    fn exact_words(&self, scheme: Scheme) -> Option<&HashMap<String, TermAlternatives>> {
        Some(self.words_of(scheme)?.exact.get_or_init(|| {
            let mut exact = HashMap::new();
            self.words_and_labels(scheme).for_each(|(word, term)| add(&mut exact, fold(word), term));
            exact
        }))
    }

    fn lenient_words(&self, scheme: Scheme) -> Option<&HashMap<String, TermAlternatives>> {
        Some(self.words_of(scheme)?.lenient.get_or_init(|| {
            let mut lenient = HashMap::new();
            self.words_and_labels(scheme).for_each(|(word, term)| add(&mut lenient, lenient_key(scheme, word), term));
            for ((_, name), terms) in self.by_name.iter().filter(|((of, _), _)| *of == scheme && has_words(scheme)) {
                terms.iter().for_each(|term| add(&mut lenient, lenient_key(scheme, name), *term));
            }
            lenient.values_mut().for_each(|terms| terms.sort_unstable());
            lenient
        }))
    }

    fn words_of(&self, scheme: Scheme) -> Option<&SchemeWords> {
        self.words.schemes.get(scheme as usize)
    }

    /// The ordinary words and the labels of the terms of a scheme, each with its term.
    fn words_and_labels(&self, scheme: Scheme) -> impl Iterator<Item = (&str, Term)> {
        let terms = self.terms().filter_map(|term| Some((term, self.entry(term)?)));
        let terms = terms.filter(move |(_, entry)| entry.scheme == scheme && has_words(scheme));
        terms.flat_map(|(term, entry)| {
            let words = entry.words.iter().flat_map(|(_, words)| words).chain([&entry.label]);
            words.filter(|word| !word.is_empty()).map(move |word| (word.as_str(), term))
        })
    }

    /// The narrowest term that all of some terms are or are narrower than; `None` if there is none, or there are several.
    pub(super) fn narrowest_common(&self, terms: &[Term]) -> Option<Term> {
        let (first, rest) = terms.split_first()?;
        let of_all = |candidate: &Term| rest.iter().all(|term| self.is_a(*term, *candidate));
        let common: Vec<Term> = std::iter::once(*first).chain(self.broader_terms(*first)).filter(of_all).collect();
        common.iter().copied().find(|candidate| common.iter().all(|other| self.is_a(*candidate, *other)))
    }
}

fn add(index: &mut HashMap<String, TermAlternatives>, key: String, term: Term) {
    let terms = index.entry(key).or_default();
    if !terms.contains(&term) {
        terms.push(term);
    }
}

/// True if terms of the scheme are looked up by ordinary words. Names of States and units are looked up by their names alone.
pub(super) fn has_words(scheme: Scheme) -> bool {
    !matches!(scheme, Scheme::Country | Scheme::Unit)
}

/// What phrases have in common that differ in case, hyphens, articles and plurals only, and in schemes of acts also in *-ing* and
/// *-ed* and in the order of the words (`transfer of funds`, `funds transfer`).
fn lenient_key(scheme: Scheme, phrase: &str) -> String {
    let is_of_acts = matches!(scheme, Scheme::Activity | Scheme::Action | Scheme::Stage | Scheme::Call | Scheme::Purpose);
    let words = Words::new(phrase);
    let words = words.iter().filter(|word| !matches!(*word, "the" | "a" | "an" | "of"));
    let mut words: Vec<String> = words.map(|word| if is_of_acts { verb_stem(word) } else { word.to_owned() }).collect();
    // Characters of Han and Hangul are words here, and their order is the spelling.
    let is_spelled_in_letters = |word: &String| word.chars().all(|c| c.is_ascii() || ('\u{400}'..='\u{4ff}').contains(&c));
    if is_of_acts && words.iter().all(is_spelled_in_letters) {
        words.sort_unstable();
    }
    words.join(" ")
}

/// An English word without *-ing* and *-ed*, silent *e* and doubled consonant, so that `shipping`, `shipped` and `ship` are one, and
/// `training`, `train`; `need` and `string` keep their ends. Spellings with `s` and `z` are one.
pub(super) fn verb_stem(word: &str) -> String {
    // No verb, whose stem would be that of `plan`.
    if word == "plane" {
        return word.to_owned();
    }
    let has_vowel = |stem: &str| stem.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    let cut = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() >= 3 && has_vowel(stem));
    let stem = match cut("ing").or_else(|| cut("ed").filter(|stem| !stem.ends_with('e'))) {
        _ if !word.is_ascii() => return word.to_owned(),
        Some(stem) => stem,
        None => word,
    };
    let stem = if stem.len() > 3 { stem.strip_suffix('e').unwrap_or(stem) } else { stem };
    let stem = match stem.as_bytes() {
        [.., before, last] if before == last && stem.len() > 3 => stem.get(..stem.len() - 1).unwrap_or(stem),
        _ => stem,
    };
    let stem = stem.replace("isation", "ization");
    match stem.strip_suffix('s') {
        Some(before) if before.ends_with(['i', 'y']) => format!("{before}z"),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::{lenient_key, verb_stem};
    use crate::facts::Scheme;

    #[test]
    fn forms_of_a_verb_have_one_stem() {
        for forms in [
            &["ship", "shipping", "shipped"][..],
            &["train", "training", "trained"],
            &["sell", "selling"],
            &["store", "storing", "stored"],
            &["authorise", "authorized", "authorising"],
            &["fuel", "fuelling", "fueled"],
            &["programme", "program"],
            &["supply", "supplying"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| verb_stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms:?}: {stems:?}");
        }
        for (one, other) in [("plane", "planned"), ("string", "str"), ("need", "ne"), ("ring", "r"), ("seed", "se")] {
            assert_ne!(verb_stem(one), verb_stem(other));
        }
    }

    #[test]
    fn phrases_of_acts_are_alike_in_any_order_and_form_of_the_verb_and_others_only_in_number() {
        let alike = |scheme, one, other| lenient_key(scheme, one) == lenient_key(scheme, other);
        assert!(alike(Scheme::Activity, "transfer of funds", "Funds-transfer"));
        assert!(alike(Scheme::Activity, "training the police", "police trained"));
        assert!(alike(Scheme::PartyKind, "State-owned companies", "state owned company"));
        assert!(!alike(Scheme::Role, "employed", "employing"));
        assert!(!alike(Scheme::Activity, "no training", "training"));
        assert!(!alike(Scheme::Activity, "出口", "口出"));
    }
}
