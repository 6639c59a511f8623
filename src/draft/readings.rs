//! Whether a word that may be a verb is one where it stands.

use crate::rulebook::{DraftingClass, Frame};

use super::candidates::Candidate;
use super::lexicon::{NameKind, VerbForm};
use super::text::{Token, TokenKind};
use super::units::{Tag, Unit, Verb};

/// Words no longer than this are written small in a headline too.
const SMALL_WORD: usize = 4;

/// Whether a word that may be a verb is one here.
pub(super) fn is_verb(
    verb: Verb,
    candidate: &Candidate,
    (previous, before): (Option<Tag>, &[Unit]),
    (next, next_is_noun, after_next_is_verb): (Option<&Candidate>, bool, bool),
    (is_article, is_each, is_nobody, is_behind_ship): (bool, bool, bool, bool),
) -> bool {
    // The last unit before it that is no adverb.
    let governor = before.iter().rev().find(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Negation)).map(|unit| unit.tag);
    let has_aux = matches!(governor, Some(Tag::To | Tag::Possibly | Tag::Will | Tag::Norm | Tag::Do));
    let next_opens_phrase = next.is_some_and(|next| {
        next.has(DraftingClass::Determiner)
            || next.has(DraftingClass::Pronoun)
            || next.has(DraftingClass::Quantifier)
            || next.has(DraftingClass::Number)
            || next.lower == "that"
            || next.unit.tag == Tag::Number
            || next.unit.name.is_some()
    });
    let is_behind_article = is_article && previous == Some(Tag::Determiner);
    // `each earns 2,000 dollars`
    let is_behind_each =
        is_each && next_opens_phrase && matches!(verb.form, VerbForm::Present | VerbForm::Past | VerbForm::Preterite);
    let is_inside_phrase = !is_behind_each
        && !is_behind_ship
        && matches!(previous, Some(Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Quantifier));
    // `nothing supports the story`
    if is_nobody && matches!(verb.form, VerbForm::Present | VerbForm::Preterite | VerbForm::Past) {
        return true;
    }
    // `, the report notes.`
    let ends_as_said = verb.governs == DraftingClass::Says
        && is_subject(before)
        && before.iter().any(|unit| unit.tag == Tag::Comma)
        && next.is_none_or(|next| next.unit.tag == Tag::Stop);
    // `the planes, flown by Syrians, land at Kufra`: no verb yet, and the subject is before an aside.
    let has_finite = before.iter().any(|unit| {
        matches!(unit.tag, Tag::Be | Tag::Have | Tag::Do | Tag::Will | Tag::Possibly | Tag::Norm)
            || unit.verb.is_some_and(|verb| matches!(verb.form, VerbForm::Base | VerbForm::Present | VerbForm::Preterite))
    });
    let opens_place = next.is_some_and(|next| next.has(DraftingClass::Preposition) || next.has(DraftingClass::Determiner));
    let is_behind_parenthesis = previous == Some(Tag::Comma)
        && !has_finite
        && (next_opens_phrase || opens_place)
        && before.iter().filter(|unit| unit.tag == Tag::Comma).count() > 1
        && before.first().is_some_and(|unit| !matches!(unit.tag, Tag::Preposition | Tag::Subordinator | Tag::Date));
    // `start from Abu Dhabi and land at Kufra`
    let is_second_verb = previous == Some(Tag::Conjunction)
        && opens_place
        && before.iter().rev().any(|unit| unit.verb.is_some_and(|other| other.form == verb.form && other.act.is_some()));
    if matches!(verb.form, VerbForm::Base | VerbForm::Present)
        && (ends_as_said || is_behind_parenthesis || is_second_verb && verb.act.is_some())
    {
        return true;
    }
    match verb.form {
        VerbForm::Base => {
            has_aux
                || (!is_inside_phrase
                    && !candidate.is_often_noun
                    && !matches!(previous, Some(Tag::Preposition | Tag::Be | Tag::Have) | None)
                    && !next.is_some_and(|next| next.unit.tag == Tag::Possessive))
                || (candidate.is_often_noun && is_subject(before) && next_opens_phrase)
                // `smugglers who pass part of them on`
                || (candidate.is_often_noun && previous == Some(Tag::Relative) && next_is_noun && verb.act.is_some())
                // `doctors from Pyongyang treat patients`
                || (candidate.is_often_noun && next_is_noun && is_plural_from_place(before))
                // `take sand aboard and land it at`
                || (candidate.is_often_noun
                    && previous == Some(Tag::Conjunction)
                    && next.is_some_and(|next| next.has(DraftingClass::Pronoun))
                    && before.iter().any(|unit| unit.tag == Tag::Verb))
                // `doctors work in`
                || (candidate.is_often_noun
                    && verb.act.is_some_and(|act| act.frame == Frame::Works)
                    && before.last().is_some_and(|unit| matches!(unit.tag, Tag::Noun | Tag::Pronoun) && unit.name.is_none_or(|name| name.kind == NameKind::Adjective))
                    && (next_is_noun || next.is_some_and(|next| next.has(DraftingClass::Preposition))))
                // `a North Korean company and a Chinese firm jointly run a factory`
                || (candidate.is_often_noun
                    && previous == Some(Tag::Adverb)
                    && matches!(governor, Some(Tag::Noun | Tag::Pronoun))
                    && next.is_some_and(|next| next.has(DraftingClass::Determiner) && !next.has(DraftingClass::Preposition))
                    && !has_finite)
                // `seamstresses still work at`
                || (candidate.is_often_noun
                    && previous == Some(Tag::Adverb)
                    && matches!(governor, Some(Tag::Noun | Tag::Pronoun))
                    && next.is_some_and(|next| next.has(DraftingClass::Preposition)))
        }
        VerbForm::Present => {
            // `into media reports that`
            let is_compound = candidate.is_often_noun
                && matches!(before, [.., preposition, noun] if preposition.tag == Tag::Preposition && noun.tag == Tag::Noun && noun.name.is_none());
            let may_be = !is_compound
                && !is_inside_phrase
                && !matches!(previous, Some(Tag::Preposition | Tag::Be | Tag::Have | Tag::Verb) | None);
            may_be
                && if candidate.is_often_noun {
                    let is_first_of_two = verb.act.is_some()
                        && previous == Some(Tag::Noun)
                        && next.is_some_and(|next| next.has(DraftingClass::Conjunction))
                        && after_next_is_verb;
                    let is_second_of_two = previous == Some(Tag::Conjunction)
                        && before.iter().rev().nth(1).is_some_and(|unit| unit.tag == Tag::Verb)
                        && next_opens_phrase;
                    // `the contractor, Patisen, pays them`
                    let is_behind_aside = previous == Some(Tag::Comma)
                        && next_opens_phrase
                        && before.iter().filter(|unit| unit.tag == Tag::Comma).count() > 1;
                    is_first_of_two
                        || is_second_of_two
                        || is_behind_aside
                        || (next.is_some_and(|next| next.lower == "to")
                            && before.last().is_some_and(|unit| unit.name.is_some_and(|name| name.kind != NameKind::Adjective)))
                        || matches!(previous, Some(Tag::Pronoun | Tag::Relative | Tag::That))
                        || (is_subject(before)
                            && (next_opens_phrase
                                || next_is_noun
                                    && before.last().is_some_and(|u| u.name.is_some_and(|n| n.kind != NameKind::Adjective))))
                } else {
                    true
                }
        }
        VerbForm::Preterite => !is_inside_phrase,
        VerbForm::Past | VerbForm::Participle => {
            let after_aux = matches!(governor, Some(Tag::Be | Tag::Have));
            let is_attribute = next_is_noun
                && !after_aux
                && (is_inside_phrase
                    || matches!(previous, Some(Tag::Preposition | Tag::Verb | Tag::Conjunction) | None)
                    // `report that refined zinc keeps reaching`
                    || previous == Some(Tag::That)
                        && verb.act.is_none()
                        && before.iter().rev().nth(1).is_some_and(|unit| unit.tag == Tag::Verb)
                    || before.last().is_some_and(|unit| unit.name.is_some_and(|name| name.kind == NameKind::Adjective))
                    // `the Hong Kong-flagged tanker`
                    || (candidate.is_of_ships
                        && matches!(before, [.., article, name] if article.tag == Tag::Determiner && name.name.is_some())));
            // `and found 52 units`
            let is_counted = next.is_some_and(|next| next.unit.tag == Tag::Number || next.has(DraftingClass::Number));
            let before_conjunction = previous == Some(Tag::Conjunction) && (verb.act.is_some() || is_counted);
            // `the accused was`
            let is_named = is_behind_article && !next_is_noun;
            !(is_attribute || is_named) || before_conjunction
        }
        VerbForm::Ing => match governor {
            Some(Tag::Be) => true,
            _ if candidate.is_often_noun => {
                (matches!(previous, Some(Tag::Preposition | Tag::Verb | Tag::Comma))
                    && (next_opens_phrase || next_is_noun && verb.act.is_some() && candidate.unit.act.is_none()))
                    || (previous == Some(Tag::Noun) && next_opens_phrase)
            }
            _ => !matches!(previous, Some(Tag::Determiner | Tag::Possessive)),
        },
    }
}

/// True if the units end in a noun that can be the subject of a verb.
fn is_subject(before: &[Unit]) -> bool {
    before.last().is_some_and(|unit| {
        matches!(unit.tag, Tag::Pronoun | Tag::Relative | Tag::That)
            || (unit.tag == Tag::Noun && unit.name.is_none_or(|name| name.kind != NameKind::Adjective))
    })
}

/// True if the units end in people or things of a place: `doctors from North Korea`.
fn is_plural_from_place(before: &[Unit]) -> bool {
    let [.., plural, preposition, place] = before else { return false };
    plural.tag == Tag::Noun
        && preposition.tag == Tag::Preposition
        && place.tag == Tag::Noun
        && place.name.is_some_and(|name| matches!(name.kind, NameKind::Country | NameKind::Town))
}

/// True for a word with a capital letter inside of a name, which tells no act: `Nile Delta Works`. In a headline all words have one.
pub(super) fn is_part_of_name(tokens: &[Token], all: &[Candidate], at: usize) -> bool {
    let token = |candidate: &Candidate| tokens.get(candidate.unit.tokens.start);
    let is_capital = |candidate: &Candidate| token(candidate).is_some_and(|token| token.kind == TokenKind::Capital);
    let is_name = |candidate: &Candidate| is_capital(candidate) && candidate.classes.is_empty() && candidate.unit.date.is_none();
    let is_of_text =
        |candidate: &Candidate| token(candidate).is_some_and(|t| t.kind == TokenKind::Small && t.lower.len() > SMALL_WORD);
    let before = at.checked_sub(1).and_then(|at| all.get(at));
    all.get(at).is_some_and(|own| is_name(own) && own.unit.tokens.len() == 1)
        && before.is_some_and(|before| is_name(before) && before.unit.tag == Tag::Noun)
        && all.iter().any(is_of_text)
}

/// True for a verb that is as often a noun behind a plural that nothing else makes a subject: `Traders from Kufra supply fuel to`.
pub(super) fn is_verb_of_plural(tokens: &[Token], all: &[Candidate], at: usize, before: &[Unit]) -> bool {
    let Some(own) = all.get(at) else { return false };
    let acts = own.verb.is_some_and(|verb| verb.form == VerbForm::Base && verb.act.is_some());
    let opens = |unit: &Unit| matches!(unit.tag, Tag::Comma | Tag::That | Tag::Subordinator | Tag::Quote | Tag::Stop);
    let start = before.iter().rposition(opens).map_or(0, |at| at + 1);
    let mut subject = before.get(start..).unwrap_or_default();
    while let [Unit { tag: Tag::Adverb | Tag::Date, .. }, rest @ ..] = subject {
        subject = rest;
    }
    let is_nominal =
        |unit: &Unit| matches!(unit.tag, Tag::Noun | Tag::Determiner | Tag::Number | Tag::Quantifier | Tag::Possessive);
    let first = subject.iter().take_while(|unit| is_nominal(unit)).last();
    let is_people = first.is_some_and(|head| {
        let Some(token) = tokens.get(head.tokens.start).filter(|_| head.tag == Tag::Noun && head.name.is_none()) else {
            return false;
        };
        let is_plural = matches!(token.lower.as_str(), "men" | "women" | "people")
            || token.lower.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| token.lower.ends_with(ending));
        let is_thing =
            matches!(token.lower.as_str(), "arms" | "weapons" | "goods" | "parts" | "munitions" | "supplies" | "products");
        is_plural && !is_thing && head.act.is_none() && head.class.is_none()
    });
    let is_whole = subject.iter().all(|unit| is_nominal(unit) || unit.tag == Tag::Preposition)
        && subject.last().is_some_and(|last| last.tag == Tag::Noun)
        && subject.first().is_some_and(|first| first.tag != Tag::Preposition);
    let rest = all.get(at + 1..).unwrap_or_default();
    let rest = rest.iter().take_while(|next| !matches!(next.unit.tag, Tag::Comma | Tag::Stop) && next.lower != "and");
    let is_finite = |next: &Candidate| {
        [DraftingClass::Be, DraftingClass::Have, DraftingClass::Will, DraftingClass::Possibly, DraftingClass::Norm]
            .iter()
            .any(|class| next.has(*class))
            || next.verb.is_some_and(|verb| verb.form != VerbForm::Ing) && !next.is_often_noun
    };
    let has_way = rest.clone().any(|next| matches!(next.lower.as_str(), "to" | "for" | "with" | "from" | "into"));
    let has_object = rest.clone().next().is_some_and(|next| !next.has(DraftingClass::Preposition) && next.lower != "to");
    acts && own.is_often_noun && is_people && is_whole && has_object && has_way && !rest.clone().any(is_finite)
}
