//! Noun phrases and verb groups: the units of a sentence put together.

use std::ops::Range;

use crate::rulebook::{DraftingClass, Frame};

use super::dates::DateMention;
use super::lexicon::{Act, Lexicon, NameKind, VerbForm};
use super::text::{Token, TokenKind};
use super::units::{Tag, Unit, Verb};

/// A part of a sentence.
#[derive(Debug, Clone)]
pub(super) enum Chunk {
    Noun(NounPhrase),
    Verb(VerbGroup),
    /// A preposition in lower case.
    Preposition(String),
    Conjunction(String),
    /// A word before a clause, in lower case.
    Subordinator(String),
    That,
    Relative(String),
    Date(DateMention),
    Negation,
    Adverb(Option<DraftingClass>),
    Comma,
    Parenthesis,
    Quote,
    Stop,
}

/// A noun with all that stands before it.
#[derive(Debug, Clone)]
pub(super) struct NounPhrase {
    pub(super) units: Range<usize>,
    pub(super) tokens: Range<usize>,
    /// The unit of its last noun.
    pub(super) head: usize,
    pub(super) is_negated: bool,
    pub(super) is_pronoun: bool,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub(super) struct VerbGroup {
    pub(super) tokens: Range<usize>,
    /// The verb; `None` if it is a form of *be* or *have* alone.
    pub(super) verb: Option<Verb>,
    /// The auxiliary verbs without a verb behind them: `is`, `has`.
    pub(super) is_have: bool,
    pub(super) is_passive: bool,
    pub(super) is_perfect: bool,
    pub(super) is_progressive: bool,
    pub(super) is_infinitive: bool,
    pub(super) is_negated: bool,
    /// `may`, `will`, `shall`.
    pub(super) modal: Option<Tag>,
    /// True if there is an auxiliary, or a form that only stands by itself.
    pub(super) is_finite: bool,
    /// True if the first auxiliary is in the past.
    pub(super) is_past: bool,
}

impl VerbGroup {
    pub(super) fn act(&self) -> Option<Act> {
        self.verb.and_then(|verb| verb.act)
    }

    pub(super) fn governs(&self) -> DraftingClass {
        self.verb.map_or(DraftingClass::Verb, |verb| verb.governs)
    }

    pub(super) fn form(&self) -> Option<VerbForm> {
        self.verb.map(|verb| verb.form)
    }

    /// True for a participle without an auxiliary: `sent by Moscow`, `selling coal`.
    pub(super) fn is_bare(&self, form: &[VerbForm]) -> bool {
        !self.is_finite && !self.is_infinitive && self.form().is_some_and(|own| form.contains(&own))
    }
}

/// Puts the units of a sentence together.
pub(super) fn chunks(tokens: &[Token], units: &[Unit], lexicon: &Lexicon) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut at = 0;
    // *nor has it fired*: the negation reaches the verb behind its subject.
    let mut inverted = false;
    while let Some(unit) = units.get(at) {
        let lower =
            || tokens.get(unit.tokens.clone()).unwrap_or_default().iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" ");
        let next_tag = units.get(at + 1).map(|unit| unit.tag);
        match unit.tag {
            Tag::Determiner | Tag::Noun | Tag::Number | Tag::Quantifier | Tag::Pronoun | Tag::Possessive => {
                let is_given = matches!(chunks.last(), Some(Chunk::Verb(group)) if gives(group));
                let phrase = noun_phrase(tokens, units, lexicon, at, is_given);
                at = phrase.units.end.max(at + 1);
                chunks.push(Chunk::Noun(phrase));
                continue;
            }
            Tag::Negation
                if matches!(next_tag, Some(Tag::Noun | Tag::Number | Tag::Quantifier | Tag::Determiner))
                    && !matches!(
                        lower().as_str(),
                        "not" | "never" | "nor" | "nobody" | "nothing" | "none" | "no one" | "nowhere"
                    ) =>
            {
                let phrase = noun_phrase(tokens, units, lexicon, at + 1, false);
                at = phrase.units.end.max(at + 1);
                chunks.push(Chunk::Noun(NounPhrase { is_negated: true, ..phrase }));
                continue;
            }
            // `not a bolt has left`
            Tag::Negation
                if lower() == "not"
                    && next_tag == Some(Tag::Determiner)
                    && !matches!(chunks.last(), Some(Chunk::Verb(_)))
                    && units
                        .get(at + 1)
                        .and_then(|unit| tokens.get(unit.tokens.start))
                        .is_some_and(|token| matches!(token.lower.as_str(), "a" | "an" | "one")) =>
            {
                let phrase = noun_phrase(tokens, units, lexicon, at + 1, false);
                at = phrase.units.end.max(at + 1);
                chunks.push(Chunk::Noun(NounPhrase { is_negated: true, ..phrase }));
                continue;
            }
            Tag::Negation if matches!(lower().as_str(), "nobody" | "nothing" | "none" | "no one") => {
                chunks.push(Chunk::Noun(NounPhrase {
                    units: at..at + 1,
                    tokens: unit.tokens.clone(),
                    head: at,
                    is_negated: true,
                    is_pronoun: true,
                }));
            }
            Tag::Negation => {
                inverted = matches!(lower().as_str(), "nor" | "neither" | "never" | "no longer" | "hardly" | "scarcely")
                    && matches!(next_tag, Some(Tag::Have | Tag::Do | Tag::Be | Tag::Will | Tag::Possibly));
                chunks.push(Chunk::Negation);
            }
            Tag::To | Tag::Possibly | Tag::Will | Tag::Norm | Tag::Be | Tag::Have | Tag::Do | Tag::Verb => {
                let (mut group, next) = verb_group(tokens, units, at);
                let is_after_negation = matches!(chunks.last(), Some(Chunk::Negation));
                group.is_negated |= is_after_negation || (inverted && group.verb.is_some());
                if group.verb.is_some() {
                    inverted = false;
                }
                chunks.push(Chunk::Verb(group));
                at = next.max(at + 1);
                continue;
            }
            Tag::Preposition => chunks.push(Chunk::Preposition(lower())),
            Tag::Conjunction => chunks.push(Chunk::Conjunction(lower())),
            Tag::Subordinator => chunks.push(Chunk::Subordinator(lower())),
            Tag::That => chunks.push(Chunk::That),
            Tag::Relative => chunks.push(Chunk::Relative(lower())),
            Tag::Adverb => chunks.push(Chunk::Adverb(unit.class)),
            Tag::Comma => chunks.push(Chunk::Comma),
            Tag::Parenthesis => chunks.push(Chunk::Parenthesis),
            Tag::Quote => chunks.push(Chunk::Quote),
            Tag::Stop => chunks.push(Chunk::Stop),
            Tag::Date => chunks.extend(unit.date.clone().map(Chunk::Date)),
        }
        at += 1;
    }
    chunks
}

/// True for a verb of giving that can have two objects.
fn gives(group: &VerbGroup) -> bool {
    !group.is_passive && group.act().is_some_and(|act| act.frame == Frame::Gives)
}

/// True for people who bear the name before them, with something behind that they may be given: `gave the M23 rebels mortars`.
fn are_people_of_name(tokens: &[Token], units: &[Unit], lexicon: &Lexicon, at: usize) -> bool {
    let unit_at = |at: Option<usize>| at.and_then(|at| units.get(at));
    let is_named = unit_at(at.checked_sub(1)).is_some_and(|unit| unit.name.is_some());
    let begins_gift = |unit: &Unit| matches!(unit.tag, Tag::Noun | Tag::Number | Tag::Determiner | Tag::Quantifier);
    let word = units.get(at).and_then(|unit| tokens.get(unit.tokens.start)).map_or("", |token| token.lower.as_str());
    // `gave Syria fighter jets`
    let are_many = word.ends_with('s') || matches!(word, "men" | "women" | "people" | "police");
    is_named
        && are_many
        && unit_at(at.checked_add(1)).is_some_and(begins_gift)
        && ["people", "trainees"].iter().any(|list| lexicon.is_word_of(word, list))
}

/// The noun phrase that begins at a unit. Behind a verb of giving the name of a State is a phrase of its own: `gave Myanmar missiles`.
fn noun_phrase(tokens: &[Token], units: &[Unit], lexicon: &Lexicon, start: usize, is_given: bool) -> NounPhrase {
    let is_capital = |unit: &Unit| tokens.get(unit.tokens.start).is_some_and(|token| token.kind == TokenKind::Capital);
    let word = |unit: &Unit| tokens.get(unit.tokens.start).map_or("", |token| token.lower.as_str());
    let mut end = start;
    let mut head = None;
    let mut is_pronoun = false;
    while let Some(unit) = units.get(end) {
        let previous = end.checked_sub(1).filter(|_| end > start).and_then(|at| units.get(at));
        let is_part = match unit.tag {
            Tag::Pronoun => end == start,
            // Another phrase begins: `gave the army the guns`.
            // But not in `the same customer`, `forty other North Koreans`.
            Tag::Determiner
                if previous.is_some_and(|unit| matches!(unit.tag, Tag::Determiner | Tag::Number | Tag::Quantifier))
                    && matches!(word(unit), "same" | "other" | "such" | "certain" | "many" | "few" | "several" | "more") =>
            {
                true
            }
            Tag::Determiner | Tag::Quantifier => head.is_none() || previous.is_some_and(|unit| unit.tag == Tag::Possessive),
            Tag::Possessive => end > start,
            // `in Dandong eleven programmers`
            Tag::Number
                if previous.is_some_and(|unit| {
                    unit.name.is_some_and(|name| matches!(name.kind, NameKind::Town | NameKind::Country))
                }) =>
            {
                false
            }
            // `gave Sudan's army six drones`
            Tag::Number
                if is_given
                    && previous.is_some_and(|previous| {
                        previous.tag == Tag::Noun && previous.name.is_none() && !is_capital(previous)
                    })
                    && head.is_some()
                    && units.get(start).is_some_and(|first| matches!(first.tag, Tag::Determiner | Tag::Noun)) =>
            {
                false
            }
            Tag::Number => {
                !(is_given && previous.is_some_and(|previous| previous.name.is_some_and(|name| name.kind != NameKind::Adjective)))
            }
            // `the Far East Russian instructors`
            Tag::Noun => {
                let begins_anew = unit.name.is_some_and(|name| name.kind == NameKind::Adjective)
                    && previous
                        .is_some_and(|previous| previous.tag == Tag::Noun && previous.name.is_none() && is_capital(previous))
                    && head.is_some();
                // `supplied the Tripoli side with ammunition`
                let is_of_town = previous
                    .is_some_and(|previous| previous.name.is_some_and(|name| name.kind == NameKind::Town) && end > start + 1);
                let is_given = is_given
                    && !is_of_town
                    && previous.is_some_and(|previous| previous.name.is_some_and(|name| name.kind != NameKind::Adjective));
                !begins_anew && (!is_given || are_people_of_name(tokens, units, lexicon, end))
            }
            _ => false,
        };
        if !is_part {
            break;
        }
        if unit.tag == Tag::Noun || (head.is_none() && matches!(unit.tag, Tag::Number | Tag::Determiner | Tag::Pronoun)) {
            head = Some(end);
        }
        is_pronoun |= unit.tag == Tag::Pronoun;
        end += 1;
        if is_pronoun || (is_given && are_people_of_name(tokens, units, lexicon, end - 1)) {
            break;
        }
    }
    let first = units.get(start).map_or(0, |unit| unit.tokens.start);
    let last = end.checked_sub(1).and_then(|at| units.get(at)).map_or(first, |unit| unit.tokens.end);
    NounPhrase { units: start..end, tokens: first..last.max(first), head: head.unwrap_or(start), is_negated: false, is_pronoun }
}

/// The verb group that begins at a unit, and the unit behind it.
fn verb_group(tokens: &[Token], units: &[Unit], start: usize) -> (VerbGroup, usize) {
    let mut group = VerbGroup {
        tokens: 0..0,
        verb: None,
        is_have: false,
        is_passive: false,
        is_perfect: false,
        is_progressive: false,
        is_infinitive: false,
        is_negated: false,
        modal: None,
        is_finite: false,
        is_past: false,
    };
    let word = |unit: &Unit| tokens.get(unit.tokens.start).map_or("", |token| token.lower.as_str());
    let (mut at, mut end) = (start, start);
    let mut last = None;
    while let Some(unit) = units.get(at) {
        let next = units.get(at + 1);
        match unit.tag {
            Tag::To if at == start => group.is_infinitive = true,
            // `is to supply`, `has to stop`
            Tag::To if last == Some(Tag::Be) => group.modal = Some(Tag::Will),
            Tag::To if last == Some(Tag::Have) => group.modal = Some(Tag::Norm),
            Tag::Possibly | Tag::Will | Tag::Norm if last.is_none() => group.modal = Some(unit.tag),
            Tag::Be if !matches!(last, Some(Tag::Do)) => {
                group.is_past |= matches!(word(unit), "was" | "were");
            }
            Tag::Have => {
                group.is_past |= word(unit) == "had";
                group.is_perfect = true;
            }
            Tag::Do if last.is_none() => group.is_past |= word(unit) == "did",
            Tag::Adverb | Tag::Negation => {
                group.is_negated |= unit.tag == Tag::Negation;
                // An adverb behind the last verb is not of the group.
                if !next.is_some_and(|next| {
                    matches!(next.tag, Tag::Verb | Tag::Be | Tag::Have | Tag::To | Tag::Adverb | Tag::Negation)
                }) {
                    at += 1;
                    if unit.tag == Tag::Negation {
                        end = at;
                    }
                    break;
                }
                at += 1;
                continue;
            }
            Tag::Verb => {
                let Some(verb) = unit.verb else { break };
                let is_participle = matches!(verb.form, VerbForm::Past | VerbForm::Participle);
                // A form of its own, which begins another group.
                let fits = match last {
                    None => true,
                    Some(Tag::Be) => is_participle || verb.form == VerbForm::Ing,
                    Some(Tag::Have) => is_participle,
                    _ => verb.form == VerbForm::Base,
                };
                if !fits {
                    break;
                }
                group.is_passive = last == Some(Tag::Be) && is_participle;
                group.is_progressive = last == Some(Tag::Be) && verb.form == VerbForm::Ing;
                group.is_past |= last.is_none() && matches!(verb.form, VerbForm::Past | VerbForm::Preterite);
                group.verb = Some(verb);
                at += 1;
                end = at;
                break;
            }
            _ => break,
        }
        last = Some(unit.tag);
        at += 1;
        end = at;
    }
    // `is due to`, `is likely to`
    if group.verb.is_none()
        && last == Some(Tag::Be)
        && let (Some(unit), Some(next)) = (units.get(at), units.get(at + 1))
        && unit.class == Some(DraftingClass::Plans)
        && next.tag == Tag::To
    {
        group.verb = Some(Verb { governs: DraftingClass::Plans, act: None, form: VerbForm::Participle });
        end = at + 1;
    }
    group.is_have = group.verb.is_none() && last == Some(Tag::Have);
    if group.is_have {
        group.is_perfect = false;
    }
    let first_tag = units.get(start).map(|unit| unit.tag);
    group.is_finite = !group.is_infinitive
        && (matches!(first_tag, Some(Tag::Possibly | Tag::Will | Tag::Norm | Tag::Do))
            || (matches!(first_tag, Some(Tag::Be | Tag::Have))
                && units.get(start).is_some_and(|u| !matches!(word(u), "being" | "having" | "been" | "be")))
            || matches!(group.form(), Some(VerbForm::Present | VerbForm::Base | VerbForm::Preterite)));
    let first = units.get(start).map_or(0, |unit| unit.tokens.start);
    let last_token = end.checked_sub(1).and_then(|at| units.get(at)).map_or(first, |unit| unit.tokens.end);
    group.tokens = first..last_token.max(first);
    (group, end)
}
