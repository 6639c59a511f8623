//! The words of a rulebook's `drafting:`, its countries and their adjectives, indexed by their first word.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::{DraftingClass, DraftingEntry, Frame, Rulebook, Vocabulary};

use super::text::{Text, TextWords, Token, TokenKind};

/// What a phrase can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A word of grammar.
    Grammar(DraftingClass),
    /// A form of a verb.
    Verb(VerbUse),
    /// A noun of an act.
    ActNoun(Act),
    /// A name of a State, its adjective, a town, a group.
    Name(Name),
    /// What a theme is.
    Theme(DraftingClass, Option<Term>),
    /// A noun of a source, with its kind.
    Source(Term),
    /// A word of a genre, by its number.
    Genre(usize),
    /// A word of a list, by the number of its label.
    Listed(usize),
    /// A word of the gist of an act, by its number; true if it tells the act, false if it only stands beside it.
    Gist(usize, bool),
}

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VerbUse {
    pub(super) class: DraftingClass,
    pub(super) act: Option<Act>,
    pub(super) form: VerbForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VerbForm {
    /// `send`
    Base,
    /// `sends`
    Present,
    /// `sent`, as past or as participle
    Past,
    /// `gave`, only as past
    Preterite,
    /// `given`, only as participle
    Participle,
    /// `sending`
    Ing,
}

/// An activity and the frame of the word that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) activity: Term,
    pub(super) frame: Frame,
}

/// A word that names a State.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) country: Term,
    pub(super) kind: NameKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// `North Korea`
    Country,
    /// `North Korean`
    Adjective,
    /// An institution or leader.
    State,
    /// `the North`, which names a State only where the article names it otherwise too.
    Short,
    Group,
    Town,
}

/// All phrases, by their first word.
#[derive(Debug)]
pub(super) struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
    /// The States of armed groups, which are under measures whatever regimes the rulebook has.
    pub(super) groups: Vec<Term>,
    /// Acts that several words tell together.
    pub(super) gists: Vec<Act>,
    /// The labels of genres.
    pub(super) genres: Vec<String>,
    /// The lists: their labels and their words.
    lists: Vec<(String, HashSet<String>)>,
    /// Words by which texts are cut into words.
    pub(super) text_words: TextWords,
}

/// A phrase with what it can mean.
#[derive(Debug)]
struct Phrase {
    /// The words behind the first one.
    rest: Vec<String>,
    meaning: Meaning,
}

impl Lexicon {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let mut lexicon = Self {
            phrases: HashMap::new(),
            groups: Vec::new(),
            gists: Vec::new(),
            genres: Vec::new(),
            lists: Vec::new(),
            text_words: TextWords::default(),
        };
        for entry in rulebook.drafting.entries.iter().filter(|entry| entry.class == DraftingClass::List) {
            let words = || entry.words.iter().cloned();
            match entry.label.as_deref() {
                Some("abbreviations") => lexicon.text_words.abbreviations.extend(words()),
                Some("behind-hyphens") => lexicon.text_words.behind_hyphens.extend(words()),
                _ => {}
            }
        }
        for entry in &rulebook.drafting.entries {
            lexicon.add_entry(entry);
        }
        lexicon.add_countries(&rulebook.vocabulary);
        lexicon.add_places(&rulebook.vocabulary);
        // The longest first; of equally long ones in the order of the files.
        lexicon.phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len())));
        lexicon
    }

    fn add_entry(&mut self, entry: &DraftingEntry) {
        if let (DraftingClass::List, Some(label)) = (entry.class, &entry.label) {
            let known = self.lists.iter().position(|(known, _)| known == label);
            let list = known.unwrap_or(self.lists.len());
            if known.is_none() {
                self.lists.push((label.clone(), HashSet::new()));
            }
            let forms = entry.verbs.iter().flat_map(|verb| verb_forms(verb)).map(|(_, form)| form);
            for word in forms.chain(entry.words.iter().cloned()) {
                self.add(&word, Meaning::Listed(list));
                if let Some((_, words)) = self.lists.get_mut(list) {
                    words.insert(word);
                }
            }
            return;
        }
        let act = entry.activity.zip(entry.frame).map(|(activity, frame)| Act { activity, frame });
        if let (DraftingClass::Gist, Some(act)) = (entry.class, act) {
            let gist = self.gists.len();
            self.gists.push(act);
            for form in entry.verbs.iter().flat_map(|verb| verb_forms(verb)).map(|(_, form)| form) {
                self.add(&form, Meaning::Gist(gist, true));
            }
            entry.nouns.iter().for_each(|noun| self.add_with_plural(noun, Meaning::Gist(gist, true)));
            entry.words.iter().for_each(|word| self.add_with_plural(word, Meaning::Gist(gist, false)));
            return;
        }
        for verb in &entry.verbs {
            for (form, text) in verb_forms(verb) {
                if matches!(entry.class, DraftingClass::Trades | DraftingClass::Equips) {
                    self.add(&text, Meaning::Grammar(entry.class));
                    continue;
                }
                self.add(&text, Meaning::Verb(VerbUse { class: entry.class, act, form }));
            }
        }
        for noun in &entry.nouns {
            if let Some(act) = act {
                self.add_with_plural(noun, Meaning::ActNoun(act));
            }
        }
        let genre = self.genres.len();
        if let Some(label) = &entry.label {
            self.genres.push(label.clone());
        }
        if entry.class == DraftingClass::Group {
            self.groups.extend(entry.country);
        }
        for word in &entry.words {
            use DraftingClass::{Carrier, Fired, Generic, Genre, Group, Job, Made, NotGoods, Source, State, Theme, Town, Way};
            match (entry.class, entry.country) {
                (State | Group | Town, Some(country)) => {
                    let kind = match entry.class {
                        _ if word.starts_with("the ") => NameKind::Short,
                        Town => NameKind::Town,
                        Group => NameKind::Group,
                        _ => NameKind::State,
                    };
                    self.add(word, Meaning::Name(Name { country, kind }));
                }
                (Theme | Fired | Made | Generic | Carrier | NotGoods, _) => {
                    self.add_with_plural(word, Meaning::Theme(entry.class, entry.activity));
                }
                (Source, _) => entry.kind.into_iter().for_each(|kind| self.add(word, Meaning::Source(kind))),
                (Genre, _) => self.add(word, Meaning::Genre(genre)),
                (Job | Way, _) => self.add_with_plural(word, Meaning::Grammar(entry.class)),
                (class, _) => self.add(word, Meaning::Grammar(class)),
            }
        }
    }

    fn add_countries(&mut self, vocabulary: &Vocabulary) {
        let names = vocabulary.names();
        for country in vocabulary.terms().filter(|term| vocabulary.is_in(*term, Scheme::Country)) {
            let of = |kind| Meaning::Name(Name { country, kind });
            let label = [vocabulary.label(country), vocabulary.short_name(country)];
            for name in names.get(&country).into_iter().flatten().copied().chain(label) {
                // Codes are written in too many other senses.
                if name.is_ascii() && name.len() > 3 {
                    self.add(name, of(NameKind::Country));
                    // `the Democratic Republic of the Congo`
                }
            }
            for adjective in vocabulary.adjectives(country).iter().filter(|adjective| adjective.is_ascii()) {
                self.add(adjective, of(NameKind::Adjective));
                self.add(&format!("{adjective}s"), of(NameKind::Adjective));
            }
        }
    }

    /// Towns, ports and provinces by which facts name a State.
    fn add_places(&mut self, vocabulary: &Vocabulary) {
        for (written, country) in vocabulary.place_names().of_one_country() {
            if written.is_ascii() && written.len() > 3 && written.starts_with(|c: char| c.is_ascii_uppercase()) {
                self.add(written, Meaning::Name(Name { country, kind: NameKind::Town }));
            }
        }
    }

    fn add_with_plural(&mut self, noun: &str, meaning: Meaning) {
        self.add(noun, meaning);
        self.add(&plural(noun), meaning);
    }

    fn add(&mut self, phrase: &str, meaning: Meaning) {
        let text = Text::new(phrase, &self.text_words);
        let mut words = text.tokens.into_iter().map(|token| token.lower);
        let Some(first) = words.next() else { return };
        let phrases = self.phrases.entry(first).or_default();
        let phrase = Phrase { rest: words.collect(), meaning };
        if !phrases.iter().any(|known| known.rest == phrase.rest && known.meaning == phrase.meaning) {
            phrases.push(phrase);
        }
    }

    /// What the phrases that begin at a token can mean, each with the number of its tokens; the longest first.
    pub(super) fn at<'s>(&'s self, tokens: &'s [Token], at: usize) -> impl Iterator<Item = (usize, Meaning)> + 's {
        let phrases = tokens.get(at).and_then(|token| self.phrases.get(&token.lower)).map(Vec::as_slice).unwrap_or_default();
        let is_capital = tokens.get(at).is_some_and(|token| token.kind != TokenKind::Small);
        phrases.iter().filter_map(move |phrase| {
            let is_here = phrase.rest.iter().zip(at + 1..).all(|(word, at)| tokens.get(at).is_some_and(|t| t.lower == *word));
            // Names are written with a capital letter: `Turkey`, not `turkey`; `the North`.
            let is_name_written = match phrase.meaning {
                Meaning::Name(Name { kind: NameKind::Short, .. }) => {
                    tokens.get(at + phrase.rest.len()).is_some_and(|token| token.kind == TokenKind::Capital)
                }
                Meaning::Name(_) => {
                    is_capital || !phrase.rest.is_empty() && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Capital)
                }
                _ => true,
            };
            (is_here && is_name_written).then_some((phrase.rest.len() + 1, phrase.meaning))
        })
    }

    /// True if some of the tokens begin a phrase of that meaning.
    pub(super) fn has(&self, tokens: &[Token], range: &Range<usize>, meaning: Meaning) -> bool {
        range.clone().any(|at| self.at(tokens, at).any(|(length, found)| found == meaning && at + length <= range.end))
    }

    /// True if some of the tokens are a word of the list with that label.
    pub(super) fn is_listed(&self, tokens: &[Token], range: &Range<usize>, label: &str) -> bool {
        let list = self.lists.iter().position(|(known, _)| known == label);
        list.is_some_and(|list| self.has(tokens, range, Meaning::Listed(list)))
    }

    /// True for a word of the list with that label.
    pub(super) fn is_word_of(&self, word: &str, label: &str) -> bool {
        self.lists.iter().any(|(known, words)| known == label && words.contains(word))
    }

    /// The name that begins at a token. An adjective of several States is none, nor is a name within one of a sea or bank.
    pub(super) fn name_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Name)> {
        // `Gulf of Oman` names no State.
        let none_at = |at: usize| self.at(tokens, at).find(|(_, meaning)| *meaning == Meaning::Grammar(DraftingClass::NoState));
        let is_the = tokens.get(at).is_some_and(|token| token.lower == "the");
        let behind_the = || none_at(at + 1).filter(|_| is_the).map(|(length, meaning)| (length + 1, meaning));
        let other = none_at(at).or_else(behind_the);
        let mut names = self.at(tokens, at).filter_map(|(length, meaning)| match meaning {
            Meaning::Name(name) => Some((length, name)),
            _ => None,
        });
        let (length, name) = names.next()?;
        if self.is_within_name(tokens, at, length) {
            return None;
        }
        if other.is_some_and(|(of_other, _)| of_other >= length) {
            return None;
        }
        let is_ambiguous = names.any(|(other, of)| other == length && of.country != name.country);
        (!is_ambiguous || name.kind != NameKind::Adjective).then_some((length, name))
    }

    /// True for a point of the compass before another name: `the South Sudanese army`, `the North African coast`, `Northern Irish`.
    fn is_within_name(&self, tokens: &[Token], at: usize, length: usize) -> bool {
        let last = tokens.get(at + length - 1).map_or("", |token| token.lower.as_str());
        let is_point = matches!(last, "north" | "south" | "northern" | "southern");
        // A headline writes its verbs with a capital letter: `The North Fires Missile`.
        let is_verb = || self.at(tokens, at + length).any(|(_, meaning)| matches!(meaning, Meaning::Verb(_)));
        is_point && tokens.get(at + length).is_some_and(|next| next.kind == TokenKind::Capital) && !is_verb()
    }
}

/// All forms of a verb that is written with its irregular ones: `give/gave/given`, `bring/brought in`. Of a phrase the first word
/// is inflected.
fn verb_forms(written: &str) -> Vec<(VerbForm, String)> {
    let (verb, rest) = written.split_once(' ').map_or((written, None), |(verb, rest)| (verb, Some(rest)));
    let mut words = verb.split('/');
    let base = words.next().unwrap_or_default();
    let mut forms = vec![(VerbForm::Base, base.to_owned()), (VerbForm::Present, third_person(base))];
    match (words.next(), words.next()) {
        (Some(past), Some(participle)) => {
            forms.push((if past == participle { VerbForm::Past } else { VerbForm::Preterite }, past.to_owned()));
            forms.push((VerbForm::Participle, participle.to_owned()));
        }
        (Some(past), None) => forms.push((VerbForm::Past, past.to_owned())),
        _ => forms.extend(past(base).into_iter().map(|past| (VerbForm::Past, past))),
    }
    forms.extend(ing(base).into_iter().map(|form| (VerbForm::Ing, form)));
    if let Some(rest) = rest {
        forms.iter_mut().for_each(|(_, form)| *form = format!("{form} {rest}"));
    }
    forms
}

pub(super) fn plural(noun: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["s", "x", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

fn third_person(base: &str) -> String {
    match base {
        _ if base.ends_with('o') => format!("{base}es"),
        _ => plural(base),
    }
}

/// The regular past, with and without the last letter doubled.
fn past(base: &str) -> Vec<String> {
    match base.strip_suffix('y') {
        _ if base.ends_with('e') => vec![format!("{base}d")],
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => vec![format!("{stem}ied")],
        _ => with_doubling(base, "ed"),
    }
}

fn ing(base: &str) -> Vec<String> {
    match base.strip_suffix("ie") {
        Some(stem) => vec![format!("{stem}ying")],
        None => match base.strip_suffix('e').filter(|stem| !stem.ends_with('e')) {
            Some(stem) => vec![format!("{stem}ing")],
            None => with_doubling(base, "ing"),
        },
    }
}

fn with_doubling(base: &str, ending: &str) -> Vec<String> {
    let mut forms = vec![format!("{base}{ending}")];
    let last = base.chars().last().filter(|last| last.is_ascii_alphabetic() && !"aeiouwxy".contains(*last));
    forms.extend(last.map(|last| format!("{base}{last}{ending}")));
    forms
}
