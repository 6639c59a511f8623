//! Ordinary words for terms: reports say `sold`, `arms deal` or `продажа`, and mean the term `sale`.
//!
//! A term's own name is found by [`Vocabulary::find`] before any word. Words are compared leniently: without regard to case,
//! hyphens and plurals; for acts also to *-ing*, *-ed* and the order of the words. What is said besides, such as `no` or
//! `illegal`, makes another phrase.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::facts::{CodedTerm, Scheme, Term, TermAlternatives, Words, fold};

use super::Vocabulary;
use super::nearest_terms::SchemePhrases;

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

/// The ordinary words of all terms, for lookup.
#[derive(Debug, Clone, Default)]
pub(super) struct TermWords {
    /// The terms of each folded word or label.
    exact: HashMap<(Scheme, String), TermAlternatives>,
    /// The terms of the words, labels and names that have a [lenient key](lenient_key) in common.
    lenient: HashMap<(Scheme, String), TermAlternatives>,
    /// For each scheme, the phrases among which the [nearest](Vocabulary::nearest) are sought, made when they are first asked for.
    phrases: Vec<OnceLock<SchemePhrases>>,
}

impl Vocabulary {
    /// The meaning of a word in schemes; the first scheme that has it decides. `None` if no term has the word.
    ///
    /// Own names of terms are not looked up exactly here; see [`Vocabulary::find`].
    pub fn meaning(&self, schemes: &[Scheme], word: &str) -> Option<WordMeaning> {
        let words = self.term_words();
        let folded = fold(word);
        let exact = schemes.iter().find_map(|scheme| words.exact.get(&(*scheme, folded.clone())));
        let lenient = || schemes.iter().find_map(|scheme| words.lenient.get(&(*scheme, lenient_key(*scheme, word))));
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
    pub(super) fn term_of_word(&self, scheme: Scheme, folded: String) -> Option<Term> {
        match self.term_words().exact.get(&(scheme, folded))?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The index of ordinary words, made when it is first asked for.
    pub(super) fn term_words(&self) -> &TermWords {
        self.words.get_or_init(|| TermWords::new(self))
    }

    /// The phrases of a scheme.
    pub(super) fn phrases(&self, scheme: Scheme) -> Option<&SchemePhrases> {
        Some(self.term_words().phrases.get(scheme as usize)?.get_or_init(|| SchemePhrases::new(self, scheme)))
    }

    /// The narrowest term that all of some terms are or are narrower than; `None` if there is none, or there are several.
    pub(super) fn narrowest_common(&self, terms: &[Term]) -> Option<Term> {
        let (first, rest) = terms.split_first()?;
        let of_all = |candidate: &Term| rest.iter().all(|term| self.is_a(*term, *candidate));
        let common: Vec<Term> = std::iter::once(*first).chain(self.broader_terms(*first)).filter(of_all).collect();
        common.iter().copied().find(|candidate| common.iter().all(|other| self.is_a(*candidate, *other)))
    }
}

impl TermWords {
    fn new(vocabulary: &Vocabulary) -> Self {
        let mut index = Self::default();
        for term in vocabulary.terms() {
            let Some(entry) = vocabulary.entry(term).filter(|entry| has_words(entry.scheme)) else { continue };
            let words = entry.words.iter().flat_map(|(_, words)| words);
            for word in words.chain([&entry.label]).filter(|word| !word.is_empty()) {
                add(&mut index.exact, (entry.scheme, fold(word)), term);
                add(&mut index.lenient, (entry.scheme, lenient_key(entry.scheme, word)), term);
            }
        }
        for ((scheme, name), terms) in vocabulary.by_name.iter().filter(|((scheme, _), _)| has_words(*scheme)) {
            terms.iter().for_each(|term| add(&mut index.lenient, (*scheme, lenient_key(*scheme, name)), *term));
        }
        index.lenient.values_mut().for_each(|terms| terms.sort_unstable());
        index.phrases.resize_with(Scheme::ALL.len(), OnceLock::new);
        index
    }
}

fn add(index: &mut HashMap<(Scheme, String), TermAlternatives>, key: (Scheme, String), term: Term) {
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
