//! What a text takes back in its next sentence, and what it tells of long ago under a heading.

use super::acts::Skipped;
use super::clauses::{Clause, Link};
use super::event::Event;
use super::lexicon::Lexicon;
use super::sentence::Parsed;
use super::status::{LeftOut, Stage, has_listed_verb, retracts_report};
use super::text::{Text, TokenKind};
use crate::facts::Term;
use crate::rulebook::DraftingClass;

/// The most words of a sentence that only takes back the one before.
const MOST_WORDS: usize = 7;

/// The most words of one that says what became of a wish.
const MOST_WORDS_OF_ANSWER: usize = 14;

/// True for `It had not.`, `That did not happen.`, `This was wrong.`
pub(super) fn takes_back(sentence: &Parsed<'_>, lexicon: &Lexicon) -> bool {
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    let count = words.iter().filter(|word| word.kind != TokenKind::Mark).count();
    let first = words.first().map_or("", |word| word.lower.as_str());
    (2..=MOST_WORDS).contains(&count)
        && (matches!(first, "it" | "they" | "that" | "this" | "he" | "she" | "none" | "neither" | "nothing")
            && ends_in_denial(sentence, lexicon)
            // `That trade is legal.`
            || matches!(first, "that" | "this" | "such" | "both")
                && !lexicon.is_listed(sentence.tokens, &sentence.range, "illegal")
                && lexicon.is_listed(sentence.tokens, &sentence.range, "says-lawful"))
}

/// True for `The paper has since withdrawn the report.`
pub(super) fn retracts(sentence: &Parsed<'_>, lexicon: &Lexicon) -> bool {
    let tells = sentence.clauses.iter().any(|clause| retracts_report(sentence, clause));
    let is_this = sentence.clauses.iter().any(|clause| {
        let behind = sentence.group(clause.verb).and_then(|group| sentence.tokens.get(group.tokens.end..));
        let is_named = matches!(behind, Some([this, report, ..])
            if matches!(this.lower.as_str(), "that" | "this" | "these" | "those") && lexicon.is_word_of(&report.lower, "retractable"));
        is_named && has_listed_verb(sentence, clause, "retracts")
    });
    is_answer(sentence) && tells || is_short(sentence) && is_this
}

/// True for `The company refused.`, `Nothing came of it.`
pub(super) fn refuses(sentence: &Parsed<'_>, lexicon: &Lexicon) -> bool {
    let is_wish = |noun: &usize| {
        sentence.noun(*noun).is_some_and(|noun| {
            let head = sentence.units.get(noun.head);
            noun.is_pronoun
                || head.is_some_and(|head| head.class == Some(DraftingClass::Plans))
                || lexicon.is_word_of(&sentence.head(noun), "wishes")
        })
    };
    // `declined to comment` refuses nothing else.
    let declines_to_say = sentence.clauses.get(1).is_some_and(|next| {
        matches!(next.link, Link::Governed(0)) && sentence.group(next.verb).is_some_and(|group| group.is_infinitive)
    });
    let says_no = sentence.clauses.first().filter(|_| !declines_to_say).is_some_and(|clause| {
        let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
        // `Tehran rejected this`: a denial.
        let denies = sentence.group(clause.verb).is_some_and(|group| group.governs() == DraftingClass::Denies);
        let is_pronoun = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_pronoun);
        let is_denial = denies && (nouns.is_empty() || nouns.iter().any(is_pronoun));
        !is_denial && nouns.iter().all(is_wish) && has_listed_verb(sentence, clause, "declines")
    });
    // `No contract was signed.`, `The deal was never made.`
    let is_unmade = |clause: &Clause| {
        let is_negated = sentence.group(clause.verb).is_some_and(|group| group.is_negated);
        let is_none = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_negated && !noun.is_pronoun);
        let is_named = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| !noun.is_pronoun);
        let mut subjects = clause.subject.iter().filter(|noun| is_wish(noun) && is_named(noun));
        subjects.any(|noun| is_negated || is_none(noun))
    };
    let is_unmade = is_short(sentence) && sentence.clauses.first().is_some_and(is_unmade);
    let is_nothing = is_unmade || is_short(sentence) && lexicon.is_listed(sentence.tokens, &sentence.range, "came-to-nothing");
    is_nothing || is_answer(sentence) && says_no
}

/// True for a short sentence that tells no act of its own.
fn is_answer(sentence: &Parsed<'_>) -> bool {
    is_short(sentence)
        && !sentence.clauses.iter().any(|clause| sentence.group(clause.verb).is_some_and(|group| group.act().is_some()))
}

fn is_short(sentence: &Parsed<'_>) -> bool {
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    words.iter().filter(|word| word.kind != TokenKind::Mark).count() <= MOST_WORDS_OF_ANSWER
}

/// Leaves out what the sentence before said that somebody wanted or offered.
pub(super) fn refuse(
    events: &mut Vec<Event>,
    left_out: &mut Vec<Skipped>,
    (number, sentence): (usize, &Parsed<'_>),
    paragraph: Option<usize>,
    text: &Text<'_>,
) {
    // `Kyiv rejected the plan`: who is no party refuses nothing.
    let subjects = sentence.clauses.first().filter(|clause| !clause.is_passive).map(|clause| clause.subject.clone());
    let named: Vec<Term> = subjects
        .unwrap_or_default()
        .iter()
        .filter_map(|noun| sentence.noun(*noun))
        .flat_map(|noun| sentence.names_in(noun))
        .map(|found| found.country)
        .collect();
    let is_party =
        |event: &Event| named.is_empty() || event.from.iter().chain(&event.to).any(|side| named.contains(&side.country));
    let is_refused = |event: &Event| {
        event.sentence + 1 == number
            && is_party(event)
            && event.status.stage == Stage::Planned
            && text.sentences.get(event.sentence).map(|sentence| sentence.paragraph) == paragraph
    };
    let (refused, kept): (Vec<Event>, Vec<Event>) = std::mem::take(events).into_iter().partition(is_refused);
    *events = kept;
    left_out.extend(refused.into_iter().map(|event| skipped(event, LeftOut::Refused.reason())));
}

fn skipped(event: Event, reason: &'static str) -> Skipped {
    Skipped { sides: event.from.iter().chain(&event.to).map(|side| side.country).collect(), tokens: event.act, reason, why: None }
}

/// True for `It had not.`, but not for `It has not been seen since.`
fn ends_in_denial(sentence: &Parsed<'_>, lexicon: &Lexicon) -> bool {
    let is_mark = |at: &usize| sentence.tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Mark);
    let last = sentence.range.clone().rev().find(|at| !is_mark(at)).unwrap_or(sentence.range.start);
    let start = last.saturating_sub(2).max(sentence.range.start);
    lexicon.is_listed(sentence.tokens, &(start..last + 1), "takes-back")
        || lexicon.is_listed(sentence.tokens, &sentence.range, "takes-back")
            && lexicon.is_listed(sentence.tokens, &sentence.range, "happens")
}

/// Leaves out the acts that the sentence before told.
pub(super) fn take_back(
    events: &mut Vec<Event>,
    left_out: &mut Vec<Skipped>,
    sentence: usize,
    paragraph: Option<usize>,
    text: &Text<'_>,
) {
    let before = |event: &Event| {
        event.sentence + 1 == sentence && text.sentences.get(event.sentence).map(|sentence| sentence.paragraph) == paragraph
    };
    let from = events.iter().position(before).unwrap_or(events.len());
    set_aside(events, left_out, from, LeftOut::Negated.reason());
}

/// Leaves out the acts from one on.
pub(super) fn set_aside(events: &mut Vec<Event>, left_out: &mut Vec<Skipped>, from: usize, reason: &'static str) {
    let set_aside = events.split_off(from.min(events.len()));
    left_out.extend(set_aside.into_iter().map(|event| skipped(event, reason)));
}

/// The years before the article of which a heading says that its paragraph is: `50 years ago`.
pub(super) fn years_ago(sentence: &Parsed<'_>) -> Option<u32> {
    let word =
        |at: usize| sentence.tokens.get(sentence.range.start + at).filter(|_| sentence.range.start + at < sentence.range.end);
    let is = |at: usize, lower: &str| word(at).is_some_and(|word| word.lower == lower);
    (is(1, "years") && is(2, "ago")).then(|| word(0)?.lower.parse().ok()).flatten()
}
