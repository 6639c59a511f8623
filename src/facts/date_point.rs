//! A point in time as people write it: a day, month, year or a part of one, from the tokens that name it.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::date_words::{DateWord, Token};
use super::{Period, PeriodError};

/// A point in time, of which a part may be left to the other end of a range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Point {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<Weekday>,
    part: Option<Part>,
}

/// A part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The first, second or last third, from 0.
    Third(u32),
    /// The first or second half, from 0.
    Half(u32),
    /// A quarter of a year, from 0.
    Quarter(u32),
    /// A season of a year: spring, summer, autumn, winter, from 0.
    Season(u32),
    /// The winter that begins in the year and ends in the next.
    WinterInto,
    /// The week in which the day is, or which it begins.
    Week,
    /// The ten years from the year on.
    Decade,
}

impl Point {
    /// All that tokens can mean as one point.
    pub(super) fn read(tokens: &[Token]) -> Result<Vec<Self>, PeriodError> {
        let mut point = Self::default();
        let mut tokens = tokens;
        // What stands before or behind the numbers: a weekday, or a part of the month or year.
        loop {
            let mut set_part = |part| point.part.replace(part).is_none();
            let is_new = match tokens {
                [Token::Word(DateWord::Weekday(weekday)), rest @ ..] | [rest @ .., Token::Word(DateWord::Weekday(weekday))] => {
                    tokens = rest;
                    point.weekday.replace(*weekday).is_none()
                }
                [Token::Word(DateWord::Third(third)), Token::Mark('-'), rest @ ..]
                | [Token::Word(DateWord::Third(third)), rest @ ..]
                | [rest @ .., Token::Word(DateWord::Third(third))] => {
                    tokens = rest;
                    // `early summer` is summer: the season is as much as the words say for sure.
                    matches!(rest, [Token::Word(DateWord::Season(_)), ..]) || set_part(Part::Third(*third))
                }
                [Token::Word(DateWord::Week), rest @ ..] => {
                    tokens = rest;
                    set_part(Part::Week)
                }
                [Token::Word(DateWord::Season(3)), Token::Year(first), Token::Mark('-' | '/' | '–'), second] => {
                    let second = match second {
                        Token::Year(second) => *second,
                        Token::Number { value, digits: 2 } => first - first % 100 + i32::try_from(*value).unwrap_or(0),
                        _ => return Err(PeriodError::Shape),
                    };
                    let is_next = second == first + 1;
                    let point = Self { year: Some(*first), part: Some(Part::WinterInto), ..point };
                    return if is_next { Ok(vec![point]) } else { Err(PeriodError::Shape) };
                }
                [Token::Word(DateWord::Season(season)), rest @ ..] | [rest @ .., Token::Word(DateWord::Season(season))] => {
                    tokens = rest;
                    set_part(Part::Season(*season))
                }
                [Token::Word(DateWord::HalfYear(half)), rest @ ..] | [rest @ .., Token::Word(DateWord::HalfYear(half))] => {
                    tokens = rest;
                    set_part(Part::Half(*half))
                }
                [first, second, rest @ ..] if part(first, second).is_some() => {
                    tokens = if let [Token::Mark('-' | '/' | '.'), rest @ ..] = rest { rest } else { rest };
                    part(first, second).is_some_and(set_part)
                }
                [rest @ .., first, second] if part(first, second).is_some() => {
                    tokens = if let [rest @ .., Token::Mark('-' | '/' | '.')] = rest { rest } else { rest };
                    part(first, second).is_some_and(set_part)
                }
                [Token::Year(year), Token::Word(DateWord::Decade)] if year % 10 == 0 => {
                    tokens = &[];
                    point.year = Some(*year);
                    set_part(Part::Decade)
                }
                _ => break,
            };
            if !is_new {
                return Err(PeriodError::Shape);
            }
        }
        let core = core(tokens)?;
        if core.is_empty() {
            return if point.part.is_some() { Ok(vec![point]) } else { Err(PeriodError::Shape) };
        }
        Ok(core.into_iter().map(|core| Self { weekday: point.weekday, part: point.part, ..core }).collect())
    }

    /// The two ends of a range, each with what only the other says; `None` if they do not belong together.
    pub(super) fn completed_by(&self, last: &Self) -> Option<(Self, Self)> {
        let (mut first, mut last) = (*self, *last);
        let is_alike = |first: &Self, last: &Self| {
            let has_day = first.day.is_some() == last.day.is_some();
            has_day
                && (first.month.is_some() == last.month.is_some())
                && (first.month.is_some() || first.part.is_some() == last.part.is_some())
        };
        let takes_month = |point: &Self| {
            point.month.is_none() && (point.day.is_some() || matches!(point.part, Some(Part::Third(_) | Part::Half(_))))
        };
        if takes_month(&first) && first.year.is_none() {
            first.month = last.month;
        } else if takes_month(&last) && last.day.is_some() {
            last.month = first.month;
        }
        if (first.year.is_none() || last.year.is_none()) && !is_alike(&first, &last) {
            return None;
        }
        first.year = first.year.or(last.year);
        last.year = last.year.or(first.year);
        Some((first, last))
    }

    /// The days that are meant.
    pub(super) fn periods(&self) -> Result<Vec<Period>, PeriodError> {
        let Some(year_number) = self.year else {
            return Err(if self.month.is_some() || self.part.is_some() { PeriodError::NoYear } else { PeriodError::Shape });
        };
        let whole = match (self.month, self.day) {
            (Some(month), Some(day)) => Period::day(day_of(year_number, month, day)?),
            (Some(month), None) => month_of(year_number, month)?,
            (None, None) => year(year_number)?,
            (None, Some(_)) => return Err(PeriodError::Shape),
        };
        if let Some(weekday) = self.weekday {
            if !whole.is_one_day() {
                return Err(PeriodError::Shape);
            }
            if whole.from.weekday() != weekday {
                return Err(PeriodError::Weekday);
            }
        }
        let Some(part) = self.part else { return Ok(vec![whole]) };
        let is_year = self.month.is_none();
        let months = |first: u32, last: u32| {
            Ok(vec![Period { from: day_of(year_number, first, 1)?, to: month_of(year_number, last)?.to }])
        };
        let days = |first: u32, last: Option<u32>| {
            let month = self.month.unwrap_or(1);
            let to = last.map_or(Ok(whole.to), |last| day_of(year_number, month, last))?;
            Ok(vec![Period { from: day_of(year_number, month, first)?, to }])
        };
        let between = |from: (i32, u32, u32), to: (i32, u32, u32)| {
            Ok(Period { from: day_of(from.0, from.1, from.2)?, to: day_of(to.0, to.1, to.2)? })
        };
        // Seasons from the first day that meteorologists count to the last that astronomers do.
        let winter_into = |year: i32| between((year, 12, 1), (year + 1, 3, 21));
        match part {
            _ if self.day.is_some() && part != Part::Week => Err(PeriodError::Shape),
            Part::Third(third) if is_year => months(third * 4 + 1, third * 4 + 4),
            Part::Third(third) => days(third * 10 + 1, (third < 2).then_some(third * 10 + 10)),
            Part::Half(half) if is_year => months(half * 6 + 1, half * 6 + 6),
            Part::Half(half) => days(half * 15 + 1, (half == 0).then_some(15)),
            Part::Quarter(quarter) if is_year => months(quarter * 3 + 1, quarter * 3 + 3),
            Part::Season(0) if is_year => Ok(vec![between((year_number, 3, 1), (year_number, 6, 21))?]),
            Part::Season(1) if is_year => Ok(vec![between((year_number, 6, 1), (year_number, 9, 23))?]),
            Part::Season(2) if is_year => Ok(vec![between((year_number, 9, 1), (year_number, 12, 22))?]),
            Part::Season(_) if is_year => Ok(vec![winter_into(year_number - 1)?, winter_into(year_number)?]),
            Part::WinterInto => Ok(vec![winter_into(year_number)?]),
            Part::Decade => Ok(vec![Period { to: year(year_number + 9)?.to, ..whole }]),
            Part::Week if whole.is_one_day() => {
                let since_monday = Days::new(whole.from.weekday().num_days_from_monday().into());
                let monday = whole.from.checked_sub_days(since_monday).ok_or(PeriodError::NoSuchDay)?;
                let to = whole.from.checked_add_days(Days::new(6)).ok_or(PeriodError::NoSuchDay)?;
                Ok(vec![Period { from: monday, to }])
            }
            Part::Quarter(_) | Part::Season(_) | Part::Week => Err(PeriodError::Shape),
        }
    }
}

/// A numbered part of a year or month: `first half`, `Q1`, `1Q`.
fn part(first: &Token, second: &Token) -> Option<Part> {
    let number = |token: &Token| match token {
        Token::Number { value, digits: 1 } => Some(*value),
        Token::Word(DateWord::Ordinal(number)) => Some(*number),
        _ => None,
    };
    let (number, word) = match (first, second) {
        (Token::Word(DateWord::Quarter | DateWord::Half), number_token) => (number(number_token)?, first),
        (number_token, Token::Word(DateWord::Quarter | DateWord::Half)) => (number(number_token)?, second),
        _ => return None,
    };
    match (word, number) {
        (Token::Word(DateWord::Quarter), 1..=4) => Some(Part::Quarter(number - 1)),
        (Token::Word(DateWord::Half), 1..=2) => Some(Part::Half(number - 1)),
        _ => None,
    }
}

/// All that the numbers and the month of a point can mean; nothing if there are none.
fn core(tokens: &[Token]) -> Result<Vec<Point>, PeriodError> {
    let point = |year: Option<i32>, month: Option<u32>, day: Option<u32>| Point { year, month, day, ..Point::default() };
    // The marks between them, of which all must be alike.
    let mut parts: Vec<Token> = Vec::new();
    let mut marks: Vec<Option<char>> = Vec::new();
    let mut pending = None;
    for token in tokens {
        match token {
            Token::Mark(mark @ ('-' | '/' | '.')) if pending.is_none() && !parts.is_empty() => pending = Some(*mark),
            Token::Mark(_) | Token::Word(_) | Token::TimeOfDay => return Err(PeriodError::Shape),
            _ => {
                if !parts.is_empty() {
                    marks.push(pending.take());
                }
                parts.push(*token);
            }
        }
    }
    let mark = marks.first().copied().flatten();
    // A point ends a date of numbers alone in some languages: `2023. 9. 13.`
    if pending.is_some_and(|pending| pending != '.') || marks.iter().any(|other| *other != mark) {
        return Err(PeriodError::Shape);
    }
    let short = |digits: &u32| *digits <= 2;
    Ok(match parts.as_slice() {
        [] => Vec::new(),
        [Token::Year(year)] => vec![point(Some(*year), None, None)],
        [Token::Day(year, month, day)] => vec![point(Some(*year), Some(*month), Some(*day))],
        [Token::Month(month)] => vec![point(None, Some(*month), None)],
        [Token::Number { value, digits }] if short(digits) => {
            // A day or a month, as the other end of the range has it.
            vec![point(None, None, Some(*value)), point(None, Some(*value), None)]
        }
        [Token::Year(year), Token::Month(month)] | [Token::Month(month), Token::Year(year)] => {
            vec![point(Some(*year), Some(*month), None)]
        }
        [Token::Number { value, digits }, Token::Month(month)] | [Token::Month(month), Token::Number { value, digits }]
            if short(digits) =>
        {
            vec![point(None, Some(*month), Some(*value))]
        }
        [Token::Year(year), Token::Number { value, digits }] | [Token::Number { value, digits }, Token::Year(year)]
            if short(digits) && mark.is_some() =>
        {
            vec![point(Some(*year), Some(*value), None)]
        }
        [Token::Number { value, digits }, Token::Year(year)] if short(digits) => vec![point(Some(*year), None, Some(*value))],
        [Token::Number { value, digits }, Token::Month(month), Token::Year(year)]
        | [Token::Month(month), Token::Number { value, digits }, Token::Year(year)]
        | [Token::Year(year), Token::Month(month), Token::Number { value, digits }]
            if short(digits) =>
        {
            vec![point(Some(*year), Some(*month), Some(*value))]
        }
        [Token::Year(year), Token::Number { value: month, digits }, Token::Number { value: day, digits: of_day }]
            if short(digits) && short(of_day) =>
        {
            vec![point(Some(*year), Some(*month), Some(*day))]
        }
        [Token::Number { value: first, digits }, Token::Number { value: second, digits: of_second }, Token::Year(year)]
            if short(digits) && short(of_second) =>
        {
            let (day_first, month_first) =
                (point(Some(*year), Some(*second), Some(*first)), point(Some(*year), Some(*first), Some(*second)));
            // With points the day stands first everywhere.
            if mark == Some('.') && *second <= 12 { vec![day_first] } else { vec![day_first, month_first] }
        }
        [Token::Number { .. }, Token::Month(_), Token::Number { digits, .. }]
        | [Token::Month(_), Token::Number { .. }, Token::Number { digits, .. }]
            if short(digits) =>
        {
            return Err(PeriodError::TwoDigitYear);
        }
        [Token::Number { .. }, Token::Number { .. }, Token::Number { .. }] => return Err(PeriodError::TwoDigitYear),
        _ => return Err(PeriodError::Shape),
    })
}

fn day_of(year: i32, month: u32, day: u32) -> Result<NaiveDate, PeriodError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(PeriodError::NoSuchDay)
}

fn month_of(year: i32, month: u32) -> Result<Period, PeriodError> {
    let from = day_of(year, month, 1)?;
    let to = from.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).ok_or(PeriodError::NoSuchDay)?;
    Ok(Period { from, to })
}

/// All days of a year.
pub(super) fn year(year: i32) -> Result<Period, PeriodError> {
    Ok(Period { from: day_of(year, 1, 1)?, to: day_of(year, 12, 31)? })
}
