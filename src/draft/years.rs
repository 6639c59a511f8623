//! Years that are named by a word: *of this year*, *that year*.

use chrono::Datelike;

use crate::facts::Period;

use super::background::BACKGROUND_YEARS;
use super::calendar::{month_token, year, year_period};
use super::dates::DateReader;
use super::relative_dates::LONG_AGO;
use super::text::{Token, TokenKind};

/// How many tokens back a year may stand that *that year* means.
const YEAR_REACH: usize = 160;

impl DateReader {
    /// The year that words name, and the token behind them: `of this year`, `that same year`.
    pub(super) fn of_year(&self, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let start = at + usize::from(word(at) == "of");
        let start = start + usize::from(word(start) == "the");
        let of_today = |offset: i32| self.today.map(|today| today.year() + offset);
        let is_same = word(start) == "that" && word(start + 1) == "same";
        let found = match word(start) {
            "this" => of_today(0),
            "last" => of_today(-1),
            "next" => of_today(1),
            "that" | "same" => year_before(tokens, start),
            _ => None,
        };
        let end = start + 1 + usize::from(is_same);
        found.filter(|_| word(end) == "year").map(|year| (year, end + 1))
    }

    /// Years long before the article that words point back to, and the token behind them: `in those days`, `the days of Gaddafi`.
    pub(super) fn of_old(&self, tokens: &[Token], at: usize) -> Option<(Period, usize)> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let today = self.today?.year();
        if matches!((word(at), word(at + 1)), ("that", "time") | ("those", "days" | "years" | "times")) {
            let year = year_before(tokens, at).filter(|year| *year < today - BACKGROUND_YEARS)?;
            return Some((year_period(year)?, at + 2));
        }
        let is_person = |token: &Token| token.kind == TokenKind::Capital && month_token(token).is_none();
        let is_age = matches!((word(at), word(at + 1), word(at + 2)), ("the", "days" | "time" | "reign", "of"));
        let is_old = is_age && tokens.get(at + 3).is_some_and(is_person);
        let period = Period { from: year_period(today - LONG_AGO.1)?.from, to: year_period(today - LONG_AGO.0)?.to };
        is_old.then_some((period, at + 4))
    }

    /// True if words name the year of the sentence before: `that year`, `the same year`.
    pub(super) fn is_of_before(tokens: &[Token], at: usize) -> bool {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let start = at + usize::from(word(at) == "of");
        let start = start + usize::from(word(start) == "the");
        matches!((word(start), word(start + 1), word(start + 2)), ("that" | "same", "year", _) | ("that", "same", "year"))
    }
}

/// The last year that a text names before a token.
fn year_before(tokens: &[Token], at: usize) -> Option<i32> {
    let before = tokens.get(at.saturating_sub(YEAR_REACH)..at)?;
    before.iter().rev().filter(|token| token.kind == TokenKind::Number).find_map(year)
}
