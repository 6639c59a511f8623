//! Dates that count from the day of the article: `last month`, `two years ago`, `the 5th`.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::facts::Period;

use super::calendar::{count, end_of_month, last_weekday, month, season, season_of, weekday, year_period};
use super::dates::{Core, DateReader};
use super::text::Token;

/// How many years are least and most meant by `years ago`.
pub(super) const LONG_AGO: (i32, i32) = (5, 20);

impl DateReader {
    /// `the 5th`: the last such day.
    pub(super) fn day_of_month(&self, word: &str) -> Option<NaiveDate> {
        let today = self.today?;
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
        let day: u32 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        let before = if day > today.day() { today.checked_sub_months(Months::new(1))? } else { today };
        before.with_day(day)
    }

    /// `last month`, `two years ago`, `recent weeks`, `yesterday`.
    pub(super) fn relative(&self, tokens: &[Token], at: usize) -> Option<(Core, usize)> {
        let today = self.today?;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
        let day = |day: NaiveDate, end: usize| Some((Core::Period(Period::day(day)), end));
        match word(at) {
            // `years ago`, `decades ago`
            "years" | "decades" | "generations" | "centuries" if word(at + 1) == "ago" => {
                let from = year_period(today.year() - LONG_AGO.1)?.from;
                return Some((Core::Period(Period { from, to: year_period(today.year() - LONG_AGO.0)?.to }), at + 2));
            }
            "long" if word(at + 1) == "ago" => {
                let from = year_period(today.year() - LONG_AGO.1)?.from;
                return Some((Core::Period(Period { from, to: year_period(today.year() - LONG_AGO.0)?.to }), at + 2));
            }
            "yesterday" => return day(today.checked_sub_days(Days::new(1))?, at + 1),
            "today" | "tonight" => return day(today, at + 1),
            "tomorrow" => return day(today.checked_add_days(Days::new(1))?, at + 1),
            _ => {}
        }
        let mut next = at;
        let direction = match word(at) {
            "last" | "past" | "previous" | "recent" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            // `the same year` is another's
            _ => {
                let (count, after) = count(tokens, at)?;
                let (unit, after) = (word(after), after + 1);
                let ago = matches!(word(after), "ago" | "earlier" | "before");
                if !ago {
                    return None;
                }
                let period = self.back(count, unit)?;
                return Some((Core::Period(period), after + 1));
            }
        };
        next += 1;
        if direction == 0 && word(next) == "past" {
            next += 1;
        }
        if let Some((count, after)) = count(tokens, next) {
            let unit = word(after);
            let from = self.back(count, unit)?.from;
            return (direction == -1).then_some((Core::Period(Period { from, to: today }), after + 1));
        }
        if let Some(weekday) = weekday(word(next)) {
            let mut found = last_weekday(today, weekday);
            if direction == 1 {
                found = found.checked_add_days(Days::new(7))?;
            }
            return day(found, next + 1);
        }
        if let Some(month) = month(word(next)) {
            return Some((Core::MonthOnly(month), next + 1));
        }
        if let Some(season) = season(word(next)).filter(|season| *season < 5) {
            return Some((Core::Period(season_of(today.year() + direction, season)?), next + 1));
        }
        let is_recent = matches!(word(at), "recent" | "past") || word(next).ends_with('s');
        let period = match (word(next), is_recent) {
            ("days", _) => Period { from: today.checked_sub_days(Days::new(7))?, to: today },
            ("weeks", _) => Period { from: today.checked_sub_days(Days::new(42))?, to: today },
            ("months", _) => Period { from: today.checked_sub_months(Months::new(6))?, to: today },
            ("years", _) => Period { from: today.checked_sub_months(Months::new(36))?, to: today },
            ("week", true) => Period { from: today.checked_sub_days(Days::new(7))?, to: today },
            ("month", true) => Period { from: today.checked_sub_months(Months::new(1))?, to: today },
            ("year", true) => Period { from: today.checked_sub_months(Months::new(12))?, to: today },
            ("week" | "weekend", _) => {
                let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?;
                let from = monday.checked_add_signed(chrono::Duration::days(7 * i64::from(direction)))?;
                Period { from, to: from.checked_add_days(Days::new(6))? }
            }
            ("month", _) => {
                let first = today.with_day(1)?;
                let from = match direction {
                    -1 => first.checked_sub_months(Months::new(1))?,
                    0 => first,
                    _ => first.checked_add_months(Months::new(1))?,
                };
                Period { from, to: end_of_month(from)? }
            }
            ("year", _) => year_period(today.year() + direction)?,
            _ => return None,
        };
        Some((Core::Period(period), next + 1))
    }

    /// So many days, weeks, months or years ago.
    fn back(&self, count: u32, unit: &str) -> Option<Period> {
        let today = self.today?;
        match unit.trim_end_matches('s') {
            "day" => Some(Period::day(today.checked_sub_days(Days::new(count.into()))?)),
            "week" => {
                let from = today.checked_sub_days(Days::new(u64::from(count) * 7 + 3))?;
                Some(Period { from, to: from.checked_add_days(Days::new(6))? })
            }
            "month" => {
                let from = today.checked_sub_months(Months::new(count))?.with_day(1)?;
                Some(Period { from, to: end_of_month(from)? })
            }
            "year" => year_period(today.year() - i32::try_from(count).ok()?),
            "decade" => year_period(today.year() - 10 * i32::try_from(count).ok()?),
            _ => None,
        }
    }
}
