//! Dates in running text, absolute ones and those that count from the day of the article.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::facts::Period;

use super::calendar::{
    day_number, decade, end_of_month, last_weekday, month, month_token, season, season_of, third_of, weekday, year, year_period,
};
use super::text::{Token, TokenKind};

/// A date in a sentence, with the preposition before it.
#[derive(Debug, Clone)]
pub(super) struct DateMention {
    pub(super) tokens: Range<usize>,
    pub(super) period: Period,
    /// The year is written, or follows from the article's by a word such as `last`.
    pub(super) is_since: bool,
    /// True behind *of*.
    pub(super) is_of: bool,
    /// The days one year later, of a month without a year that was taken for the last one, and whether they are the nearer ones:
    /// those of *will supply it in May*.
    pub(super) ahead: Option<(Period, bool)>,
}

/// Reads dates against the day of the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateReader {
    pub(super) today: Option<NaiveDate>,
}

/// A date without what stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Core {
    Day(i32, u32, u32),
    DayOfMonth(u32, u32),
    Month(i32, u32),
    MonthOnly(u32),
    Year(i32),
    Weekday(Weekday),
    Period(Period),
    /// The first number of `7 and 9 May`.
    Number(u32),
}

impl DateReader {
    /// The date that begins at a token, with its preposition; at most a few tokens are looked at.
    pub(super) fn read(&self, tokens: &[Token], at: usize) -> Option<DateMention> {
        let mention = self.mention(tokens, at)?;
        let ahead = self.year_later(tokens, &mention);
        Some(DateMention { ahead, ..mention })
    }

    /// The days of a past month one year later, where neither a year nor `last` is said.
    fn year_later(&self, tokens: &[Token], mention: &DateMention) -> Option<(Period, bool)> {
        let today = self.today.filter(|today| mention.period.to < *today && !mention.is_since)?;
        let words = tokens.get(mention.tokens.clone())?;
        let is_of_month = words.iter().any(|token| month_token(token).is_some());
        let is_of_past = words.iter().any(|token| {
            year(token).is_some() || matches!(token.lower.as_str(), "last" | "past" | "previous" | "that" | "same" | "ago")
        });
        let later = |day: NaiveDate| day.checked_add_months(Months::new(12));
        let ahead = Period { from: later(mention.period.from)?, to: later(mention.period.to)? };
        let is_nearer = ahead.from - today < today - mention.period.to;
        (is_of_month && !is_of_past && ahead.to >= today).then_some((ahead, is_nearer))
    }

    /// The date that begins at a token, with its preposition.
    fn mention(&self, tokens: &[Token], at: usize) -> Option<DateMention> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let mut start = at;
        // `as recently as`, `as early as`, `by the end of`
        if word(start) == "as" && matches!(word(start + 1), "recently" | "late" | "early" | "of") {
            start += if word(start + 2) == "as" { 3 } else { 2 };
        }
        let preposition = word(start);
        match preposition {
            "between" | "from" => {
                let connective = if preposition == "between" { &["and"][..] } else { &["to", "until", "till", "through"][..] };
                if let Some((first, next)) = self.core(tokens, start + 1)
                    && connective.contains(&word(next))
                    && let Some((last, end)) = self.core(tokens, next + 1)
                    && let Some(period) = self.range(first, last)
                {
                    return Some(DateMention { tokens: at..end, period, is_since: false, is_of: false, ahead: None });
                }
                if preposition == "between" {
                    return None;
                }
                let (core, end) = self.dated(tokens, start + 1)?;
                let from = self.period(core)?;
                // `dates from 2017`
                let is_then = at > 0 && matches!(word(at - 1), "date" | "dates" | "dated" | "dating");
                if is_then {
                    return Some(DateMention { tokens: at..end, period: from, is_since: false, is_of: false, ahead: None });
                }
                Some(DateMention {
                    tokens: at..end,
                    period: Period { from: from.from, to: self.today.unwrap_or(from.to).max(from.from) },
                    is_since: true,
                    is_of: false,
                    ahead: None,
                })
            }
            "since" | "after" => {
                let (core, end) = self.dated(tokens, start + 1)?;
                let mut from = self.period(core)?;
                // `since the autumn` is not the one to come.
                if let Some(today) = self.today.filter(|today| *today < from.from) {
                    from.from = from.from.checked_sub_months(Months::new(12)).filter(|before| *before <= today)?;
                }
                let to = self.today.unwrap_or(from.to).max(from.from);
                Some(DateMention {
                    tokens: at..end,
                    period: Period { from: from.from, to },
                    is_since: preposition == "since",
                    is_of: false,
                    ahead: None,
                })
            }
            "until" | "till" | "before" | "by" => {
                let (core, end) = self.dated(tokens, start + 1)?;
                let until = self.period(core)?;
                // How long before is not said.
                Some(DateMention { tokens: at..end, period: until, is_since: false, is_of: false, ahead: None })
            }
            "in" if word(start + 1) == "the"
                && matches!(word(start + 2), "year" | "twelve" | "12")
                && word(start + 3) == "to" =>
            {
                let (core, end) = self.core(tokens, start + 4)?;
                let to = self.period(core)?.to;
                let from = to.checked_sub_months(Months::new(12))?.checked_add_days(Days::new(1))?;
                Some(DateMention { tokens: at..end, period: Period { from, to }, is_since: false, is_of: false, ahead: None })
            }
            "in" | "on" | "during" | "of" | "at" | "over" | "around" | "about" | "for" | "within" | "throughout" => {
                let (core, end) = self.dated(tokens, start + 1)?;
                // `at 5 May`, `for March` are dates; numbers alone are none.
                let (end, period) = self.with_the_second(tokens, core, end)?;
                Some(DateMention { tokens: at..end, period, is_since: false, is_of: preposition == "of", ahead: None })
            }
            // `the winter jackets`
            "the"
                if season(word(start + 1)).is_some()
                    && tokens.get(start + 2).is_some_and(|token| token.kind == TokenKind::Small) =>
            {
                None
            }
            _ => {
                let (core, end) = self.dated(tokens, start)?;
                if matches!(core, Core::Year(_)) && start == at && !matches!(word(at.wrapping_sub(1)), "(" | "," | "and") {
                    return None;
                }
                let (end, period) = self.with_the_second(tokens, core, end)?;
                Some(DateMention { tokens: at..end, period, is_since: false, is_of: false, ahead: None })
            }
        }
    }

    /// A core, and a second one behind a dash or *and*: `2016 and 2017`, `3-9 May`.
    fn with_the_second(&self, tokens: &[Token], core: Core, end: usize) -> Option<(usize, Period)> {
        let is_link = tokens.get(end).is_some_and(|token| matches!(token.lower.as_str(), "and" | "-" | "–" | "or"));
        if is_link
            && let Some((last, after)) = self.core(tokens, end + 1)
            && let Some(period) = self.range(core, last)
        {
            return Some((after, period));
        }
        Some((end, self.period(core)?))
    }

    /// A core with words that narrow it: `late May`, `the end of 2023`, `the summer of 2021`.
    fn dated(&self, tokens: &[Token], at: usize) -> Option<(Core, usize)> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let start = if word(at) == "the" || word(at) == "about" { at + 1 } else { at };
        if let Some((period, end)) = self.of_old(tokens, at) {
            return Some((Core::Period(period), end));
        }
        // `that year`, `the same year`
        if Self::is_of_before(tokens, at) {
            let (year, end) = self.of_year(tokens, at)?;
            return Some((Core::Period(year_period(year)?), end));
        }
        // `the last week of February`, `the second half of 2019`
        let part = match word(start) {
            "first" => Some(0),
            "second" | "middle" => Some(1),
            "last" | "final" | "closing" => Some(2),
            _ => None,
        };
        if let Some(part) = part.filter(|_| {
            matches!(word(start + 1), "week" | "weeks" | "days" | "half" | "month" | "months" | "quarter")
                && word(start + 2) == "of"
        }) {
            let next = start + 3 + usize::from(word(start + 3) == "the");
            let (core, end) = self.core(tokens, next)?;
            let whole = self.period(core)?;
            let third = if word(start + 1) == "half" && part == 1 { 2 } else { part };
            return Some((Core::Period(third_of(whole, third)), end));
        }
        let third = match word(start) {
            "early" => Some(0),
            "mid" | "middle" => Some(1),
            "late" | "end" => Some(2),
            "beginning" | "start" => Some(0),
            _ => None,
        };
        if let Some(third) = third {
            let mut next = start + 1;
            next += usize::from(word(next) == "of");
            next += usize::from(word(next) == "the");
            let (core, end) = self.core(tokens, next)?;
            let whole = self.period(core)?;
            return Some((Core::Period(third_of(whole, third)), end));
        }
        if let Some(month) = word(start).strip_prefix("mid-").and_then(month) {
            let (core, end) = match tokens.get(start + 1).and_then(year) {
                Some(year) => (Core::Month(year, month), start + 2),
                None => (Core::MonthOnly(month), start + 1),
            };
            return Some((Core::Period(third_of(self.period(core)?, 1)), end));
        }
        if let Some(season) = season(word(start)) {
            let mut next = start + 1;
            next += usize::from(word(next) == "of");
            let of_year = || self.of_year(tokens, start + 1);
            let (year, end) = match tokens.get(next).and_then(year).map(|year| (year, next + 1)).or_else(of_year) {
                Some(found) => found,
                None if Self::is_of_before(tokens, start + 1) => return None,
                None if word(at) == "the" || season > 4 => (self.today?.year(), start + 1),
                None => return None,
            };
            return Some((Core::Period(season_of(year, season)?), end));
        }
        if start > at
            && let Some(day) = self.day_of_month(word(start))
            && !matches!(word(start + 1), "of")
            && tokens.get(start + 1).and_then(month_token).is_none()
        {
            return Some((Core::Period(Period::day(day)), start + 1));
        }
        self.core(tokens, start).or_else(|| self.relative(tokens, start))
    }

    /// A day, month, year or weekday.
    fn core(&self, tokens: &[Token], at: usize) -> Option<(Core, usize)> {
        let token = tokens.get(at)?;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        if let Some(weekday) = weekday(&token.lower) {
            // `Tuesday, 5 March`
            let next = if word(at + 1) == "," { at + 2 } else { at + 1 };
            return match self.core(tokens, next) {
                Some((core @ (Core::Day(..) | Core::DayOfMonth(..)), end)) => Some((core, end)),
                _ => Some((Core::Weekday(weekday), at + 1)),
            };
        }
        if let Some(day) = day_number(&token.lower) {
            let next = if word(at + 1) == "of" { at + 2 } else { at + 1 };
            if let Some(month) = tokens.get(next).and_then(month_token) {
                let after = next + 1 + usize::from(word(next + 1) == ",");
                let of_year = || self.of_year(tokens, next + 1);
                return match tokens.get(after).and_then(year).map(|year| (year, after + 1)).or_else(of_year) {
                    Some((year, end)) => Some((Core::Day(year, month, day), end)),
                    None => Some((Core::DayOfMonth(month, day), next + 1)),
                };
            }
            return year(token).map(|year| (Core::Year(year), at + 1)).or(Some((Core::Number(day), at + 1)));
        }
        if let Some(month) = month_token(token) {
            if let Some(day) = tokens.get(at + 1).and_then(|token| day_number(&token.lower)) {
                let after = at + 2 + usize::from(word(at + 2) == ",");
                return match tokens.get(after).and_then(year) {
                    Some(year) => Some((Core::Day(year, month, day), after + 1)),
                    None => Some((Core::DayOfMonth(month, day), at + 2)),
                };
            }
            let next = at + 1 + usize::from(matches!(word(at + 1), "of" | ","));
            if let Some(year) = tokens.get(next).and_then(year) {
                return Some((Core::Month(year, month), next + 1));
            }
            if let Some((year, end)) = self.of_year(tokens, at + 1) {
                return Some((Core::Month(year, month), end));
            }
            return Some((Core::MonthOnly(month), at + 1));
        }
        if token.kind == TokenKind::Number && token.lower.len() == 10 {
            return token.lower.parse().ok().map(|period| (Core::Period(period), at + 1));
        }
        // `the 1990s`
        if let Some(decade) = token.lower.strip_suffix('s').filter(|digits| digits.len() == 4 && digits.ends_with('0')) {
            let first: i32 = decade.parse().ok().filter(|year| (1900..=2100).contains(year))?;
            let period = Period { from: year_period(first)?.from, to: year_period(first + 9)?.to };
            return Some((Core::Period(period), at + 1));
        }
        // `the seventies`, `the Cold War`, `Soviet times`
        if let Some(first) = decade(&token.lower).filter(|_| at > 0 && word(at - 1) == "the") {
            let period = Period { from: year_period(first)?.from, to: year_period(first + 9)?.to };
            return Some((Core::Period(period), at + 1));
        }
        let is_era = match token.lower.as_str() {
            "cold" => word(at + 1) == "war",
            "soviet" => matches!(word(at + 1), "times" | "days" | "era" | "years"),
            _ => false,
        };
        if is_era {
            let period = Period { from: year_period(1947)?.from, to: year_period(1991)?.to };
            return Some((Core::Period(period), at + 2));
        }
        let year = year(token)?;
        Some((Core::Year(year), at + 1))
    }

    fn range(&self, first: Core, last: Core) -> Option<Period> {
        let first = match (first, last) {
            // `7 and 9 May`: the month stands behind the second.
            (Core::Number(day), Core::Day(year, month, _)) => Core::Day(year, month, day),
            (Core::Number(day), Core::DayOfMonth(month, _)) => Core::DayOfMonth(month, day),
            (Core::DayOfMonth(month, day), Core::Day(year, ..)) => Core::Day(year, month, day),
            (Core::MonthOnly(month), Core::Month(year, last)) => Core::Month(if month > last { year - 1 } else { year }, month),
            (Core::Number(_), _) | (_, Core::Number(_)) => return None,
            (first, _) => first,
        };
        let (from, to) = (self.period(first)?, self.period(last)?);
        (from.from <= to.to).then_some(Period { from: from.from, to: to.to })
    }

    /// The days of a core. A month without a year is the last one up to the day of the article.
    fn period(&self, core: Core) -> Option<Period> {
        match core {
            Core::Day(year, month, day) => NaiveDate::from_ymd_opt(year, month, day).map(Period::day),
            Core::DayOfMonth(month, day) => {
                let today = self.today?;
                let of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
                of(today.year()).filter(|day| (*day - today).num_days() <= 31).or_else(|| of(today.year() - 1)).map(Period::day)
            }
            Core::Month(year, month) => {
                let from = NaiveDate::from_ymd_opt(year, month, 1)?;
                Some(Period { from, to: end_of_month(from)? })
            }
            Core::MonthOnly(month) => {
                let today = self.today?;
                let year = if month > today.month() + 1 { today.year() - 1 } else { today.year() };
                self.period(Core::Month(year, month))
            }
            Core::Year(year) => year_period(year),
            Core::Weekday(weekday) => Some(Period::day(last_weekday(self.today?, weekday))),
            Core::Period(period) => Some(period),
            Core::Number(_) => None,
        }
    }
}
