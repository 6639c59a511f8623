//! What stands before the report: title, dateline, day.

use std::ops::Range;

use chrono::NaiveDate;

use super::dates::DateReader;
use super::event::{How, Side};
use super::lexicon::{Lexicon, NameKind};
use super::text::{Sentence, Text, TokenKind};

/// The most words before the dash of a dateline.
const MOST_OF_DATELINE: usize = 22;

/// The title, place and day of an article.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) title: Option<Range<usize>>,
    /// The day, with its tokens if the article says it.
    pub(super) date: Option<ArticleDay>,
    /// The State where it is written.
    pub(super) here: Option<Side>,
    /// The first sentence of the report.
    pub(super) body: usize,
}

/// The day of an article.
#[derive(Debug, Clone)]
pub(super) struct ArticleDay {
    pub(super) day: NaiveDate,
    pub(super) tokens: Option<Range<usize>>,
}

impl Heading {
    /// Reads what stands before the report, and cuts the dateline off its first sentence.
    pub(super) fn read(text: &mut Text<'_>, lexicon: &Lexicon, dated: Option<NaiveDate>) -> Self {
        let first = text.sentences.first().map(|sentence| sentence.tokens.clone());
        let title = first.clone().filter(|first| !ends_with_stop(text, first) && first.len() <= 25);
        let body = usize::from(title.is_some() && text.sentences.len() > 1);
        let written = first_full_date(text);
        let date = match dated {
            Some(day) => Some(ArticleDay { day, tokens: None }),
            None => written.map(|(day, tokens)| ArticleDay { day, tokens: Some(tokens) }),
        };
        let here = here(text, lexicon, body);
        if let Some(sentence) = text.sentences.get(body) {
            let cut = dash(text, &sentence.tokens).map_or(sentence.tokens.start, |dash| dash + 1);
            text.sentences.get_mut(body).into_iter().for_each(|sentence| sentence.tokens.start = cut);
        }
        Self { title, date, here, body }
    }
}

fn ends_with_stop(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let last = tokens.end.checked_sub(1).and_then(|last| text.tokens.get(last));
    last.is_some_and(|token| matches!(token.lower.as_str(), "." | "?" | "!" | "\"" | "”"))
}

/// The first day with its year in the first sentences, which is that of the article.
fn first_full_date(text: &Text<'_>) -> Option<(NaiveDate, Range<usize>)> {
    let reader = DateReader { today: None };
    let end = text.sentences.get(..text.sentences.len().min(5))?.last()?.tokens.end;
    let tokens = text.tokens.get(..end)?;
    (0..end).find_map(|at| {
        let date = reader.read(tokens, at)?;
        date.period.is_one_day().then_some((date.period.from, date.tokens))
    })
}

/// The dash behind a dateline.
fn dash(text: &Text<'_>, sentence: &Range<usize>) -> Option<usize> {
    let end = sentence.end.min(sentence.start + MOST_OF_DATELINE);
    let is_place = text.tokens.get(sentence.start).is_some_and(|token| token.kind == TokenKind::Capital);
    let is_dash = |at: &usize| text.tokens.get(*at).is_some_and(|token| matches!(token.lower.as_str(), "-" | "–" | "—"));
    (sentence.start..end).find(is_dash).filter(|_| is_place)
}

/// The State of the dateline: a place in the first words of a paragraph before a dash, else in a line of its own, else in the title.
fn here(text: &Text<'_>, lexicon: &Lexicon, body: usize) -> Option<Side> {
    let first = body.saturating_sub(1);
    let lines = || (first..text.sentences.len().min(body + 3)).filter_map(|at| text.sentences.get(at).map(|line| (at, line)));
    let before_dash = lines().find_map(|(_, sentence)| {
        let line = start_of(sentence);
        let words = text.tokens.get(line.clone())?;
        let dash = words.iter().position(|token| matches!(token.lower.as_str(), "-" | "–" | "—"))?;
        place(text, lexicon, line.start..line.start + dash)
    });
    let is_line = |sentence: &Sentence| sentence.tokens.len() <= 10 && !ends_with_stop(text, &sentence.tokens);
    let own_line = || {
        let own = lines().filter(|(at, sentence)| *at >= body && is_line(sentence));
        own.map(|(_, sentence)| sentence).find_map(|sentence| place(text, lexicon, start_of(sentence)))
    };
    let title = || {
        // `Interview with a driver (transcript, Bangui, March 2018)`
        let has_note = |sentence: &Sentence| {
            let words = text.tokens.get(start_of(sentence)).unwrap_or_default();
            words.iter().any(|token| token.lower == "(") && !ends_with_stop(text, &sentence.tokens)
        };
        let is_title = |sentence: &Sentence| is_line(sentence) || has_note(sentence);
        let title = lines().find(|(at, sentence)| *at == first && first < body && is_title(sentence))?.1;
        place(text, lexicon, start_of(title))
    };
    before_dash.or_else(own_line).or_else(title)
}

/// The first words of a sentence, as long as a dateline may be.
fn start_of(sentence: &Sentence) -> Range<usize> {
    sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + MOST_OF_DATELINE)
}

/// The State of a place among some words.
fn place(text: &Text<'_>, lexicon: &Lexicon, words: Range<usize>) -> Option<Side> {
    let mut found = None;
    let mut at = words.start;
    while at < words.end {
        match lexicon.name_at(&text.tokens, at) {
            Some((length, name)) => {
                let side = Side { country: name.country, tokens: at..at + length, how: How::Supposed };
                // `DANDONG, China`: the country behind the town.
                if found.is_none() || name.kind == NameKind::Country {
                    found = Some(side);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    found
}
