//! Themes: what moves, or what an act is about, by the words of noun phrases.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::DraftingClass;

use super::acts::ActReader;
use super::event::{Theme, ThemeKind};
use super::lexicon::VerbForm;
use super::memory::singular;
use super::phrases::{Chunk, NounPhrase};
use super::sentence::Parsed;
use super::text::TokenKind;
use super::units::{Tag, Unit};

/// How many tokens on either side of a sentence say what it is about.
const PASSAGE: usize = 80;

impl ActReader<'_> {
    /// The activity of a movement of a theme, if its words say: of troops a deployment.
    pub(super) fn special(&self, sentence: &Parsed<'_>, theme: usize) -> Option<Term> {
        // `men from Yemen were brought to Russia to fight`
        let of_people = [Some(theme), sentence.of(theme)].into_iter().flatten().filter_map(|at| sentence.noun(at));
        let are_people =
            |noun: &NounPhrase| matches!(sentence.head(noun).as_str(), "men" | "people" | "youths" | "nationals" | "citizens");
        if of_people.into_iter().any(are_people) && self.lexicon.is_listed(sentence.tokens, &sentence.range, "fighting") {
            return Some(self.terms.deployment);
        }
        let mut at = theme;
        for _ in 0..3 {
            let noun = sentence.noun(at)?;
            if self.is_aircraft(sentence, noun) {
                return None;
            }
            if let Some(theme) = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]) {
                return theme.activity.filter(|activity| *activity != self.terms.fishing_rights || self.is_of_fishing(sentence));
            }
            // `hundreds of soldiers`
            at = sentence.of(at)?;
        }
        None
    }

    /// True if the words around a sentence are of fishing: a licence may be one for anything.
    fn is_of_fishing(&self, sentence: &Parsed<'_>) -> bool {
        let around = sentence.range.start.saturating_sub(PASSAGE)..(sentence.range.end + PASSAGE).min(sentence.tokens.len());
        self.lexicon.is_listed(sentence.tokens, &around, "fishing")
    }

    /// True for fighters of a type: `MiG-29 fighters`.
    fn is_aircraft(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
        let is_type = |unit: &Unit| {
            let token = sentence.tokens.get(unit.tokens.start);
            token.is_some_and(|token| token.lower.contains(|c: char| c.is_ascii_digit()) && token.kind == TokenKind::Capital)
        };
        sentence.head(noun).starts_with("fighter")
            && sentence
                .units_of(noun)
                .iter()
                .any(|unit| is_type(unit) || matches!(sentence.lower(&unit.tokens).as_str(), "jet" | "mig" | "sukhoi"))
    }

    /// The themes that a noun phrase names: behind a measure what it measures.
    pub(super) fn themes(&self, sentence: &Parsed<'_>, chunk: usize) -> Vec<Theme> {
        let Some(noun) = sentence.noun(chunk) else { return Vec::new() };
        // `a gift of 25,000 tonnes of wheat`
        let is_measure = |of: usize| {
            sentence.noun(of).is_some_and(|noun| {
                matches!(self.kind(sentence, noun), ThemeKind::Thing | ThemeKind::Unknown) && sentence.of(of).is_some()
            })
        };
        let behind = sentence.of(chunk);
        let behind = behind.map(|of| if is_measure(of) { sentence.of(of).unwrap_or(of) } else { of });
        let of = behind.and_then(|of| sentence.noun(of));
        let theme = |noun: &NounPhrase, amount: Option<Range<usize>>| Theme {
            tokens: self.described(sentence, noun),
            amount: amount.or_else(|| amount_of(sentence, noun)),
            kind: self.kind(sentence, noun),
        };
        let own = theme(noun, None);
        // `a truck with frozen crab`, `ships carrying coal`
        if self.is_carrier(sentence, noun) {
            let load = match (sentence.chunks.get(chunk + 1), sentence.chunks.get(chunk + 2)) {
                (Some(Chunk::Preposition(word)), Some(Chunk::Noun(_))) if matches!(word.as_str(), "with" | "of") => {
                    Some(chunk + 2)
                }
                (Some(Chunk::Verb(group)), Some(Chunk::Noun(_))) if group.is_bare(&[VerbForm::Ing]) => Some(chunk + 2),
                (Some(Chunk::Verb(_)), Some(Chunk::Preposition(word))) if word == "with" => Some(chunk + 3),
                _ => None,
            };
            let mut load = load.map(|load| self.themes(sentence, load)).unwrap_or_default();
            load.retain(|load| matches!(load.kind, ThemeKind::Goods | ThemeKind::Generic));
            if !load.is_empty() {
                return load;
            }
        }
        let examples = self.examples(sentence, chunk, &theme);
        if !examples.is_empty() && !matches!(own.kind, ThemeKind::Goods) {
            return examples;
        }
        if let Some(of) = of
            && (!matches!(own.kind, ThemeKind::Goods | ThemeKind::Money) || sentence.head(noun) == "worth")
        {
            let measured = theme(of, Some(noun.tokens.clone()));
            if !matches!(measured.kind, ThemeKind::Unknown | ThemeKind::Thing) {
                let mut all = vec![measured];
                // `containers of equipment and munitions`
                let mut at = behind.unwrap_or(chunk) + 1;
                while matches!(sentence.chunks.get(at), Some(Chunk::Comma | Chunk::Conjunction(_))) && all.len() < 12 {
                    let Some(next) = sentence.noun(at + 1) else { break };
                    let more = theme(next, None);
                    if !matches!(more.kind, ThemeKind::Goods | ThemeKind::Generic) {
                        break;
                    }
                    all.push(more);
                    at += 2;
                }
                return all;
            }
        }
        if noun.is_pronoun { Vec::new() } else { vec![own] }
    }

    /// The words that describe a theme: of help, what it is help with.
    pub(super) fn described(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> Range<usize> {
        let own = sentence.description(noun);
        let activity = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]).and_then(|theme| theme.activity);
        let at = sentence.chunks.iter().position(|chunk| matches!(chunk, Chunk::Noun(other) if other.tokens == noun.tokens));
        let object = at.and_then(|at| match sentence.chunks.get(at + 1) {
            Some(Chunk::Preposition(word)) if matches!(word.as_str(), "with" | "for" | "on" | "in") => sentence.noun(at + 2),
            _ => None,
        });
        match object.filter(|_| activity == Some(self.terms.technical_assistance)) {
            Some(object) => own.start..object.tokens.end,
            None => own,
        }
    }

    /// What is named behind *among them*, *including*, *such as*.
    pub(super) fn examples(
        &self,
        sentence: &Parsed<'_>,
        chunk: usize,
        theme: &dyn Fn(&NounPhrase, Option<Range<usize>>) -> Theme,
    ) -> Vec<Theme> {
        let rest = sentence.chunks.get(chunk + 1..).unwrap_or_default();
        let opens =
            |c: &Chunk| matches!(c, Chunk::Preposition(word) if matches!(word.as_str(), "among them" | "including" | "such as"));
        let Some(start) = rest.iter().take(14).position(opens) else { return Vec::new() };
        let mut found = Vec::new();
        for c in rest.iter().skip(start + 1).take(10) {
            match c {
                Chunk::Noun(noun) => found.push(theme(noun, None)),
                Chunk::Comma | Chunk::Conjunction(_) => {}
                _ => break,
            }
        }
        found.retain(|theme| theme.kind == ThemeKind::Goods);
        found
    }

    /// True for a ship, lorry, train: what goods are carried in.
    pub(super) fn is_carrier(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
        sentence.theme(noun, self.lexicon, &[DraftingClass::Carrier]).is_some()
    }

    pub(super) fn kind(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> ThemeKind {
        use DraftingClass::{Generic, NotGoods};
        if self.is_aircraft(sentence, noun) {
            return ThemeKind::Goods;
        }
        if let Some(theme) = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]) {
            let is = |term: Term| theme.activity.is_some_and(|activity| self.rulebook.vocabulary.is_a(activity, term));
            return match () {
                () if is(self.terms.deployment) || is(self.terms.employment) || is(self.terms.military_training) => {
                    ThemeKind::People
                }
                () if is(self.terms.funds_transfer) => ThemeKind::Money,
                () => ThemeKind::Other,
            };
        }
        if let Some(theme) = sentence.theme(noun, self.lexicon, &[Generic, NotGoods]) {
            let words = sentence.lower(&sentence.description(noun));
            return match theme.class {
                NotGoods => ThemeKind::Unknown,
                // `ballistic missile systems`, `car parts`
                _ if words.contains(' ') && self.rulebook.goods.mentions_goods(&words) => ThemeKind::Goods,
                _ => ThemeKind::Generic,
            };
        }
        let is_sum = |unit: &Unit| sentence.lower(&unit.tokens).starts_with(['$', '€', '£', '¥']);
        if sentence.units_of(noun).iter().any(is_sum) {
            return ThemeKind::Money;
        }
        let head = sentence.units.get(noun.head);
        if head.is_some_and(|unit| unit.name.is_some() || unit.tag != Tag::Noun) {
            return ThemeKind::Unknown;
        }
        let words = sentence.lower(&sentence.description(noun));
        // The first word of a sentence has its capital letter from there.
        let own = sentence.tokens.get(noun.tokens.clone()).unwrap_or_default();
        let is_first = noun.tokens.start == sentence.range.start && own.len() == 1;
        let is_common = is_first || own.iter().any(|token| token.kind == TokenKind::Small);
        // Lists of goods hold people, too, for reports that name them in the place of goods.
        let is_people = ["people", "trainees"].iter().any(|list| self.lexicon.is_word_of(&sentence.head(noun), list));
        match () {
            () if !is_people && self.rulebook.goods.names_goods(&words) => ThemeKind::Goods,
            () if is_common && !noun.is_pronoun => ThemeKind::Thing,
            () => ThemeKind::Unknown,
        }
    }
}

/// The number, with its unit, that stands before a noun.
pub(super) fn amount_of(sentence: &Parsed<'_>, noun: &NounPhrase) -> Option<Range<usize>> {
    let units = sentence.units_of(noun);
    let first = units.iter().position(|unit| matches!(unit.tag, Tag::Number | Tag::Quantifier))?;
    let last = units.iter().rposition(|unit| unit.tag == Tag::Number)?;
    let (first, last) = (units.get(first)?, units.get(last)?);
    let head = units.last()?;
    (last.tokens.end <= head.tokens.start).then_some(first.tokens.start..last.tokens.end)
}

/// The last word of a theme, by which two are compared.
pub(super) fn theme_head(words: &str) -> String {
    singular(words.rsplit(' ').next().unwrap_or(words))
}
