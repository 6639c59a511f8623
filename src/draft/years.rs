//! Years that are named by a word: *of this year*, *that year*.

use chrono::Datelike;

use super::calendar::year;
use super::dates::DateReader;
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
