//! The words of a sentence with what each does in it: units are words, phrases of grammar, names and dates.

use std::ops::Range;

use crate::rulebook::DraftingClass;

use super::candidates::Candidate;
use super::dates::{DateMention, DateReader};
use super::lexicon::{Act, Lexicon, Name, VerbForm};
use super::readings::{is_part_of_name, is_verb, is_verb_of_plural};
use super::text::{Token, TokenKind};

/// What a unit does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Determiner,
    Preposition,
    Pronoun,
    Conjunction,
    Subordinator,
    /// `that` before a clause.
    That,
    Relative,
    Adverb,
    Negation,
    Possibly,
    Will,
    Norm,
    Be,
    Have,
    Do,
    /// `to` before a verb.
    To,
    Verb,
    Noun,
    Number,
    Quantifier,
    Possessive,
    Date,
    Comma,
    /// Opening or closing parenthesis.
    Parenthesis,
    Quote,
    /// Any other mark.
    Stop,
}

/// A word or phrase.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) tokens: Range<usize>,
    pub(super) tag: Tag,
    pub(super) verb: Option<Verb>,
    pub(super) act: Option<Act>,
    pub(super) name: Option<Name>,
    /// The class of a noun: what a ban, a proof, an adjective before *to* is.
    pub(super) class: Option<DraftingClass>,
    pub(super) date: Option<DateMention>,
}

/// A verb that a word is a form of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    /// What it says of a verb that it governs; [`DraftingClass::Verb`] for nothing.
    pub(super) governs: DraftingClass,
    pub(super) act: Option<Act>,
    pub(super) form: VerbForm,
}

/// Reads the tokens of a sentence as units.
pub(super) fn units(tokens: &[Token], range: &Range<usize>, lexicon: &Lexicon, dates: &DateReader) -> Vec<Unit> {
    let end = range.end.min(tokens.len());
    let sentence = tokens.get(..end).unwrap_or_default();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut at = range.start;
    while at < end {
        let candidate = Candidate::read(sentence, at, lexicon, dates);
        at = candidate.unit.tokens.end.max(at + 1);
        candidates.push(candidate);
    }
    let mut units: Vec<Unit> = Vec::with_capacity(candidates.len());
    for at in 0..candidates.len() {
        let unit = settled(sentence, &candidates, at, &units, lexicon);
        units.push(unit);
    }
    units
}

/// Decides what a unit is by its neighbours.
fn settled(tokens: &[Token], all: &[Candidate], at: usize, before: &[Unit], lexicon: &Lexicon) -> Unit {
    let Some(candidate) = all.get(at) else {
        return Unit { tokens: 0..0, tag: Tag::Stop, verb: None, act: None, name: None, class: None, date: None };
    };
    let mut unit = candidate.unit.clone();
    if unit.date.is_some() || unit.name.is_some() || !matches!(unit.tag, Tag::Noun | Tag::Number) {
        return unit;
    }
    let previous = before.last().map(|unit| unit.tag);
    let next = all.get(at + 1);
    let next_tag = next.map(|next| next.unit.tag);
    let next_is_noun = next.is_some_and(|next| {
        matches!(next.unit.tag, Tag::Noun | Tag::Number) && next.classes.is_empty() && (next.verb.is_none() || next.is_often_noun)
    });
    // `the Mongolia-flagged Ever Dawn`, `a second refurbished boat`: said of what follows.
    let begins_name =
        next.and_then(|next| tokens.get(next.unit.tokens.start)).is_some_and(|token| token.kind == TokenKind::Capital);
    let is_joined = tokens.get(unit.tokens.start).is_some_and(|token| token.is_joined);
    if is_joined && (next_is_noun || begins_name) || next_is_noun && is_behind_attribute(all, at, before, lexicon) {
        unit.act = None;
        return unit;
    }
    let class = |class| candidate.has(class);
    use DraftingClass as Class;
    unit.class = [Class::Ban, Class::Proof, Class::Plans, Class::Doubt, Class::Tries].into_iter().find(|c| class(*c));
    if candidate.lower == "that" {
        let stands_for_a_noun =
            matches!(previous, Some(Tag::Preposition) | None) && !next.is_some_and(|n| n.has(Class::Determiner));
        // `That Sudan's army gave them mortars was believed.`
        let opens_clause = previous.is_none() && next.is_some_and(|next| next.unit.name.is_some());
        unit.tag = if stands_for_a_noun && !opens_clause { Tag::Determiner } else { Tag::That };
        return unit;
    }
    // `15 million dollars' worth of`
    if candidate.lower == "worth" && (previous == Some(Tag::Possessive) || next.is_some_and(|next| next.lower == "of")) {
        return unit;
    }
    // `could then deliver`
    if candidate.lower == "then" && matches!(previous, Some(Tag::Possibly | Tag::Will | Tag::Have | Tag::Be | Tag::Norm)) {
        unit.tag = Tag::Adverb;
        return unit;
    }
    // `is not suspected of having supplied`
    let is_of_believing = candidate.verb.is_some()
        && before
            .iter()
            .rev()
            .find(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Negation))
            .is_some_and(|unit| unit.tag == Tag::Be)
        && next.is_some_and(|next| matches!(next.lower.as_str(), "of" | "to"));
    if class(Class::Doubt) && !is_of_believing {
        unit.tag = if next_is_noun && matches!(previous, Some(Tag::Determiner)) { Tag::Noun } else { Tag::Adverb };
        return unit;
    }
    // `has since withdrawn`
    if candidate.lower == "since"
        && previous == Some(Tag::Have)
        && next.is_some_and(|next| next.verb.is_some() || next.has(Class::Be))
    {
        unit.tag = Tag::Adverb;
        return unit;
    }
    // `have both sent`, `is half owned`
    let is_before_verb =
        next.is_some_and(|next| next.verb.is_some_and(|verb| matches!(verb.form, VerbForm::Past | VerbForm::Participle)));
    if matches!(candidate.lower.as_str(), "both" | "all" | "half" | "each" | "partly")
        && matches!(previous, Some(Tag::Be | Tag::Have))
        && is_before_verb
    {
        unit.tag = Tag::Adverb;
        return unit;
    }
    if class(Class::Possibly) || class(Class::Will) || class(Class::Norm) {
        unit.tag = match () {
            () if class(Class::Possibly) => Tag::Possibly,
            () if class(Class::Will) => Tag::Will,
            () => Tag::Norm,
        };
        return unit;
    }
    if candidate.lower == "to" {
        let follows = all.get(at + 1..).unwrap_or_default().iter().find(|c| !c.has(Class::Adverb));
        let base = follows.is_some_and(|c| {
            c.verb.is_some_and(|verb| verb.form == VerbForm::Base)
                || c.is_base_too
                || c.has(Class::Be)
                || c.has(Class::Have)
                || c.has(Class::Do)
        });
        let is_capital =
            follows.and_then(|c| tokens.get(c.unit.tokens.start)).is_some_and(|token| token.kind == TokenKind::Capital);
        unit.tag = if base && !is_capital { Tag::To } else { Tag::Preposition };
        return unit;
    }
    // `more than a million`
    let counts = |candidate: &Candidate| candidate.has(Class::Number) || candidate.unit.tag == Tag::Number;
    if class(Class::Quantifier) && next.is_some_and(|next| next.lower == "a") && all.get(at + 2).is_some_and(counts) {
        unit.tag = Tag::Quantifier;
        return unit;
    }
    if class(Class::Quantifier) && next_tag == Some(Tag::Number)
        || class(Class::Quantifier) && next.is_some_and(|n| n.has(Class::Number))
    {
        unit.tag = Tag::Quantifier;
        return unit;
    }
    for (of, tag) in [(Class::Be, Tag::Be), (Class::Have, Tag::Have), (Class::Do, Tag::Do)] {
        if class(of) {
            unit.tag = tag;
            return unit;
        }
    }
    if class(Class::Number) {
        unit.tag = Tag::Number;
        return unit;
    }
    if class(Class::Negation) && candidate.lower != "without" {
        unit.tag = Tag::Negation;
        return unit;
    }
    // A preposition, or the beginning of a clause.
    if class(Class::Subordinator) {
        let is_clause = !class(Class::Preposition) || clause_follows(all, at);
        unit.tag =
            if is_clause || !(class(Class::Preposition) || class(Class::Adverb)) { Tag::Subordinator } else { Tag::Preposition };
        if matches!(candidate.lower.as_str(), "after" | "before" | "since" | "until" | "once") {
            unit.tag = if clause_follows(all, at) { Tag::Subordinator } else { Tag::Preposition };
        }
        return unit;
    }
    // `the tanker An San 1`
    let is_capital = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Capital);
    if matches!(candidate.lower.as_str(), "an" | "a")
        && previous == Some(Tag::Noun)
        && is_capital(unit.tokens.start)
        && is_capital(unit.tokens.end)
    {
        return unit;
    }
    if is_part_of_name(tokens, all, at) {
        unit.act = None;
        return unit;
    }
    if let Some(verb) = candidate.verb {
        let is_article = at
            .checked_sub(1)
            .and_then(|at| all.get(at))
            .is_some_and(|before| matches!(before.lower.as_str(), "a" | "an" | "the" | "its" | "their" | "his"));
        let is_each = at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| {
            matches!(before.lower.as_str(), "each" | "some" | "most" | "many" | "several" | "both" | "all" | "few" | "others")
        });
        // `the Tong San 2 took`
        let is_of_name = |unit: &Unit| {
            unit.tag == Tag::Noun && tokens.get(unit.tokens.start).is_some_and(|token| token.kind == TokenKind::Capital)
        };
        let is_behind_ship = previous == Some(Tag::Number)
            && matches!(before, [.., name, _] if is_of_name(name))
            && at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|number| number.lower.len() < 3);
        let is_each = is_each || is_behind_ship;
        // `the Kelana 3 transferred diesel`
        let is_behind_ship = is_behind_ship
            && matches!(verb.form, VerbForm::Present | VerbForm::Past | VerbForm::Preterite)
            && (verb.act.is_some() || !next_is_noun);
        let is_nobody = at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| {
            matches!(before.lower.as_str(), "nothing" | "nobody") || before.unit.tokens.len() == 2 && before.lower == "no"
        });
        let after_next_is_verb =
            all.get(at + 2).is_some_and(|after| after.verb.is_some_and(|after| after.form == verb.form && after.act.is_some()));
        // `has let the building`
        let is_behind_have = verb.form == VerbForm::Base
            && candidate.is_past_too
            && before
                .iter()
                .rev()
                .find(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Negation))
                .is_some_and(|unit| matches!(unit.tag, Tag::Have | Tag::Be));
        // `came to fell trees`
        let is_behind_to = candidate.is_base_too && matches!(previous, Some(Tag::To | Tag::Possibly | Tag::Will | Tag::Do));
        let verb = if is_behind_to { Verb { form: VerbForm::Base, ..verb } } else { verb };
        let verb = if is_behind_have { Verb { form: VerbForm::Past, ..verb } } else { verb };
        // `they train recruits`
        let is_behind_they = verb.form == VerbForm::Base
            && previous == Some(Tag::Pronoun)
            && before
                .last()
                .and_then(|unit| tokens.get(unit.tokens.start))
                .is_some_and(|token| matches!(token.lower.as_str(), "they" | "we" | "i" | "you"));
        if is_behind_they
            || is_verb_of_plural(tokens, all, at, before)
            || is_verb(
                verb,
                candidate,
                (previous, before),
                (next, next_is_noun, after_next_is_verb),
                (is_article, is_each, is_nobody, is_behind_ship),
            )
        {
            unit.tag = Tag::Verb;
            unit.verb = Some(verb);
            return unit;
        }
        if matches!(verb.form, VerbForm::Base | VerbForm::Present | VerbForm::Ing) || candidate.unit.act.is_some() {
            unit.tag = Tag::Noun;
        }
    }
    // `categorically deny`, but `a friendly State`
    let is_plain = candidate.classes.is_empty() && candidate.verb.is_none() && unit.act.is_none() && unit.tokens.len() == 1;
    if is_plain
        && candidate.is_in_ly
        && !(next_is_noun && matches!(previous, Some(Tag::Determiner | Tag::Possessive | Tag::Preposition | Tag::Conjunction)))
    {
        unit.tag = Tag::Adverb;
        return unit;
    }
    // `out of her came vehicles`
    let is_her = class(Class::Determiner)
        && class(Class::Pronoun)
        && next.is_some_and(|next| next.verb.is_some_and(|verb| verb.form != VerbForm::Ing) && !next.is_often_noun)
        || class(Class::Determiner) && class(Class::Pronoun) && matches!(next_tag, Some(Tag::Stop | Tag::Comma) | None);
    if is_her {
        unit.tag = Tag::Pronoun;
        return unit;
    }
    for (of, tag) in [
        (Class::Relative, Tag::Relative),
        (Class::Preposition, Tag::Preposition),
        (Class::Conjunction, Tag::Conjunction),
        (Class::Determiner, Tag::Determiner),
        (Class::Pronoun, Tag::Pronoun),
        (Class::Adverb, Tag::Adverb),
    ] {
        // `the East China Sea`
        let is_name = tag == Tag::Adverb
            && !before.is_empty()
            && tokens.get(unit.tokens.start).is_some_and(|t| t.kind == TokenKind::Capital);
        // `the east of the Congo`, `its first satellite`
        let is_noun = tag == Tag::Adverb && matches!(previous, Some(Tag::Determiner | Tag::Possessive));
        // `in the past`
        let is_noun = is_noun || candidate.lower == "past" && matches!(previous, Some(Tag::Determiner | Tag::Possessive));
        if class(of) && !is_name && !is_noun {
            unit.tag = tag;
            break;
        }
    }
    unit
}

/// True if a verb with a subject of its own follows before the next comma or stop.
fn clause_follows(all: &[Candidate], at: usize) -> bool {
    let rest = all.get(at + 1..).unwrap_or_default();
    let mut nouns = 0;
    for candidate in rest.iter().take(14) {
        match candidate.unit.tag {
            Tag::Comma | Tag::Stop | Tag::Date => return false,
            _ => {}
        }
        let is_finite =
            candidate.verb.is_some_and(|verb| {
                matches!(verb.form, VerbForm::Past | VerbForm::Preterite | VerbForm::Present | VerbForm::Base)
                    && !candidate.is_often_noun
            }) || [DraftingClass::Be, DraftingClass::Have, DraftingClass::Possibly, DraftingClass::Will, DraftingClass::Norm]
                .iter()
                .any(|class| candidate.has(*class));
        if is_finite {
            return nouns > 0;
        }
        nouns += usize::from(candidate.classes.is_empty() || candidate.has(DraftingClass::Pronoun));
    }
    false
}

/// True for a participle behind an article and an ordinal or another adjective of a list: `a second refurbished boat`.
fn is_behind_attribute(all: &[Candidate], at: usize, before: &[Unit], lexicon: &Lexicon) -> bool {
    let is_participle =
        all.get(at).and_then(|own| own.verb).is_some_and(|verb| matches!(verb.form, VerbForm::Past | VerbForm::Participle));
    let is_attribute =
        at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| lexicon.is_word_of(&before.lower, "attributes"));
    let opens = |unit: &Unit| matches!(unit.tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Quantifier);
    is_participle && is_attribute && before.iter().rev().nth(1).is_some_and(opens)
}
