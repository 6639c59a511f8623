//! What a text takes back in its next sentence, and what it tells of long ago under a heading.

use super::acts::Skipped;
use super::event::Event;
use super::lexicon::Lexicon;
use super::sentence::Parsed;
use super::status::LeftOut;
use super::text::{Text, TokenKind};

/// The most words of a sentence that only takes back the one before.
const MOST_WORDS: usize = 7;

/// True for `It had not.`, `That did not happen.`, `This was wrong.`
pub(super) fn takes_back(sentence: &Parsed<'_>, lexicon: &Lexicon) -> bool {
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    let count = words.iter().filter(|word| word.kind != TokenKind::Mark).count();
    let first = words.first().map_or("", |word| word.lower.as_str());
    (2..=MOST_WORDS).contains(&count)
        && matches!(first, "it" | "they" | "that" | "this" | "he" | "she" | "none" | "neither" | "nothing")
        && ends_in_denial(sentence, lexicon)
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
    left_out.extend(set_aside.into_iter().map(|event| Skipped {
        tokens: event.act,
        reason,
        why: None,
        sides: event.from.iter().chain(&event.to).map(|side| side.country).collect(),
    }));
}

/// The years before the article of which a heading says that its paragraph is: `50 years ago`.
pub(super) fn years_ago(sentence: &Parsed<'_>) -> Option<u32> {
    let word =
        |at: usize| sentence.tokens.get(sentence.range.start + at).filter(|_| sentence.range.start + at < sentence.range.end);
    let is = |at: usize, lower: &str| word(at).is_some_and(|word| word.lower == lower);
    (is(1, "years") && is(2, "ago")).then(|| word(0)?.lower.parse().ok()).flatten()
}
