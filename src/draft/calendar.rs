//! Days, months, seasons and decades by their names.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::facts::Period;

use super::text::{Token, TokenKind};

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The last day of a name up to a day.
pub(super) fn last_weekday(today: NaiveDate, weekday: Weekday) -> NaiveDate {
    let back = (7 + today.weekday().num_days_from_monday() - weekday.num_days_from_monday()) % 7;
    today.checked_sub_days(Days::new(back.into())).unwrap_or(today)
}

pub(super) fn year_period(year: i32) -> Option<Period> {
    Some(Period { from: NaiveDate::from_ymd_opt(year, 1, 1)?, to: NaiveDate::from_ymd_opt(year, 12, 31)? })
}

pub(super) fn end_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// The first, second or last third of a period.
pub(super) fn third_of(whole: Period, third: i64) -> Period {
    let days = (whole.to - whole.from).num_days() + 1;
    let from = whole.from + chrono::Duration::days(days * third / 3);
    let to = if third == 2 { whole.to } else { whole.from + chrono::Duration::days(days * (third + 1) / 3 - 1) };
    Period { from, to }
}

/// A season of the northern half of the world, or a half or quarter of a year, by its number.
pub(super) fn season(word: &str) -> Option<u32> {
    Some(match word {
        "spring" => 1,
        "summer" => 2,
        "autumn" => 3,
        "winter" => 4,
        _ => return None,
    })
}

pub(super) fn season_of(year: i32, season: u32) -> Option<Period> {
    let from = NaiveDate::from_ymd_opt(year, season * 3, 1)?;
    Some(Period { from, to: end_of_month(from.checked_add_months(Months::new(2))?)? })
}

pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|month| *month == word || (word.len() >= 3 && word.len() <= 4 && month.starts_with(word)))?;
    u32::try_from(at + 1).ok()
}

/// A month, with its capital letter: `may` and `march` are verbs.
pub(super) fn month_token(token: &Token) -> Option<u32> {
    (token.kind == TokenKind::Capital).then(|| month(&token.lower)).flatten()
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Mon,
        "tuesday" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" => Weekday::Thu,
        "friday" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// The number of a day: `7`, `7th`.
pub(super) fn day_number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let suffix = word.get(digits.len()..)?;
    let is_ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
}

pub(super) fn year(token: &Token) -> Option<i32> {
    (token.kind == TokenKind::Number && token.lower.len() == 4)
        .then(|| token.lower.parse().ok())
        .flatten()
        .filter(|year| (1800..=2100).contains(year))
}

/// The first year of a decade of the last century by its name.
pub(super) fn decade(word: &str) -> Option<i32> {
    let names = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let at = names.iter().position(|name| *name == word)?;
    Some(1920 + 10 * i32::try_from(at).ok()?)
}

/// A small number in digits or words, with `a` for one and `the last few` for three.
pub(super) fn count(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let word = &tokens.get(at)?.lower;
    let number = match word.as_str() {
        "a" | "an" => 1,
        "few" | "several" => 3,
        "couple" => 2,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        word => {
            NUMBERS.iter().position(|number| number == &word).and_then(|n| u32::try_from(n).ok()).or_else(|| word.parse().ok())?
        }
    };
    (number <= 400).then_some((number, at + 1))
}
