//! Dates as people write them: `13 Sept 2023`, `early March 2024`, `Q1 2024`, `since 2021`, `2023年9月`.
//!
//! A text is split into tokens, and everything that they can mean is collected. One meaning is the date; several (`03/04/2024`)
//! make a period that covers them all, which the caller reports; none is an error. So no date is read as a day that was not written.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::date_words::{DateWord, Token, tokens};
use super::{Period, PeriodError};

/// A date as it was read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// The days that are meant: a period that covers all readings.
    pub period: Period,
    /// What the text can mean, from the earliest on: one period, or several of which the text does not say which.
    pub readings: Vec<Period>,
}

impl WrittenDate {
    /// Reads a date in the forms of [`Period`] and in those that people use.
    ///
    /// | written | days |
    /// |---|---|
    /// | `13 Sept 2023`, `September 13th, 2023`, `13.09.2023`, `2023年9月13日` | that day |
    /// | `03/04/2024` | 4 March to 3 April 2024, as both are read so: two readings |
    /// | `Sept 2023`, `09/2023`, `сентябрь 2023`, `2023년 9월` | that month |
    /// | `early`, `mid`, `late` before a month or year | a third of it: the 1st to 10th, 11th to 20th, the rest; four months each |
    /// | `Q1 2024`, `first half of 2023`, `summer 2021`, `the 1990s` | the quarter, half, season of the northern half of the world, decade |
    /// | `3-9 May 2022`, `between 3 and 9 May 2022`, `2021-2022`, `2021/22` | from the one to the other, both included |
    /// | `since 2021`, `after 2021`; `before June 2020`, `until June 2020` | an [open end](Period::LATEST) |
    /// | `about 10 May 2021` | a week to either side; half a month for a month, half a year for a year |
    ///
    /// ```
    /// use interdict::facts::WrittenDate;
    ///
    /// let read = |text: &str| WrittenDate::read(text).map(|date| date.period.to_string());
    /// assert_eq!(read("13 Sept 2023")?, "2023-09-13");
    /// assert_eq!(read("early March 2024")?, "2024-03-01/2024-03-10");
    /// assert_eq!(read("03/04/2024")?, "2024-03-04/2024-04-03");
    /// # Ok::<(), interdict::facts::PeriodError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no date, names a day that the calendar does not have, or leaves the year open.
    pub fn read(text: &str) -> Result<Self, PeriodError> {
        let error = match text.trim().parse::<Period>() {
            Ok(period) => return Ok(Self { period, readings: vec![period] }),
            Err(error) => error,
        };
        let tokens = tokens(text).ok_or(error)?;
        let mut readings = readings_of(&tokens).map_err(|found| if found == PeriodError::Shape { error } else { found })?;
        readings.sort_unstable();
        readings.dedup();
        let from = readings.iter().map(|reading| reading.from).min().ok_or(error)?;
        let to = readings.iter().map(|reading| reading.to).max().ok_or(error)?;
        Ok(Self { period: Period { from, to }, readings })
    }
}

/// All that tokens can mean as a whole.
fn readings_of(tokens: &[Token]) -> Result<Vec<Period>, PeriodError> {
    let (times, rest): (Vec<&Token>, Vec<&Token>) = tokens.iter().partition(|token| matches!(token, Token::TimeOfDay));
    let tokens: Vec<Token> = rest.into_iter().copied().collect();
    let readings = qualified(&tokens)?;
    let has_place_for_a_time = readings.iter().all(Period::is_one_day) && times.len() == 1;
    if times.is_empty() || has_place_for_a_time { Ok(readings) } else { Err(PeriodError::Shape) }
}

/// Reads a date with words before or behind it: `since`, `about`, `onwards`.
fn qualified(tokens: &[Token]) -> Result<Vec<Period>, PeriodError> {
    use DateWord::{About, After, Before, Between, From, Present, Since, To, Until};
    let each = |rest: &[Token], change: fn(Period) -> Option<Period>| {
        let changed: Vec<Period> = qualified(rest)?.into_iter().filter_map(change).collect();
        if changed.is_empty() { Err(PeriodError::NoSuchDay) } else { Ok(changed) }
    };
    match tokens {
        [Token::Word(About), rest @ ..] => each(rest, about),
        [Token::Word(Between), rest @ ..] => ranges(rest, &|token| matches!(token, Token::Word(DateWord::And | To))),
        [Token::Word(From | Since), rest @ .., Token::Word(To), Token::Word(Present)]
        | [rest @ .., Token::Word(To), Token::Word(Present)] => each(rest, since),
        [rest @ .., Token::Mark('-' | '–' | '/'), Token::Word(Present)] => each(rest, since),
        [Token::Word(From | Since), rest @ ..] if rest.iter().any(|token| matches!(token, Token::Word(To | Until))) => {
            plain(rest)
        }
        // `from 3-9 May 2022` has both ends.
        [Token::Word(From), rest @ ..] if ranges(rest, &is_between).is_ok() && point(rest).is_err() => plain(rest),
        [Token::Word(From | Since), rest @ ..] => each(rest, since),
        [Token::Word(After), rest @ ..] => each(rest, after),
        [Token::Word(Before), rest @ ..] => each(rest, before),
        [Token::Word(Until), rest @ ..] => each(rest, until),
        [rest @ .., Token::Word(Since)] => each(rest, since),
        [rest @ .., Token::Word(After)] => each(rest, after),
        [rest @ .., Token::Word(Before)] => each(rest, before),
        [rest @ .., Token::Word(Until)] => each(rest, until),
        _ => plain(tokens),
    }
}

/// Reads a date without words that qualify it: one point in time, and every range that the tokens can be.
fn plain(tokens: &[Token]) -> Result<Vec<Period>, PeriodError> {
    match (point(tokens), ranges(tokens, &is_between)) {
        (Ok(mut point), Ok(ranges)) => {
            point.extend(ranges);
            Ok(point)
        }
        (Ok(found), Err(_)) | (Err(_), Ok(found)) => Ok(found),
        (Err(PeriodError::Shape), Err(error)) | (Err(error), Err(_)) => Err(error),
    }
}

/// True for what stands between the two ends of a range.
fn is_between(token: &Token) -> bool {
    matches!(token, Token::Word(DateWord::To | DateWord::Until | DateWord::And) | Token::Mark('-' | '–' | '/' | '~'))
}

/// All days that tokens can mean as one point in time.
fn point(tokens: &[Token]) -> Result<Vec<Period>, PeriodError> {
    if let [Token::Number { .. }] = tokens {
        return Err(PeriodError::Shape);
    }
    let (mut found, mut failure) = (Vec::new(), PeriodError::Shape);
    for point in Point::read(tokens)? {
        match point.periods() {
            Ok(periods) => found.extend(periods),
            Err(error) => failure = error,
        }
    }
    if found.is_empty() { Err(failure) } else { Ok(found) }
}

/// Reads two dates with one of some tokens between them. What the first leaves out, the second says: `3-9 May 2022`.
fn ranges(tokens: &[Token], is_between: &dyn Fn(&Token) -> bool) -> Result<Vec<Period>, PeriodError> {
    let (mut found, mut failure) = (Vec::new(), PeriodError::Shape);
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| is_between(token)) {
        let (Some(left), Some(right), Some(mark)) = (tokens.get(..at), tokens.get(at + 1..), tokens.get(at)) else { continue };
        // The mark belongs to a day of numbers alone: `03/04/2024`.
        let is_mark_of = |numbers: &[Token]| matches!(mark, Token::Mark(_)) && numbers.contains(mark);
        let is_one_point = match left {
            [Token::Number { .. }] => is_mark_of(right),
            _ if matches!(right, [Token::Number { .. }]) => is_mark_of(left),
            // One winter is in two years.
            [Token::Word(DateWord::Season(3)), Token::Year(_)] => matches!(right, [Token::Year(_) | Token::Number { .. }]),
            // `mid-March`, but not `mid-late March`
            [.., Token::Word(DateWord::Third(_))] => {
                *mark == Token::Mark('-') && !matches!(right, [Token::Word(DateWord::Third(_)), ..])
            }
            _ => false,
        };
        if is_one_point {
            continue;
        }
        if let ([Token::Year(first)], [Token::Number { value, digits: 2 }]) = (left, right) {
            let last = first - first % 100 + i32::try_from(*value).unwrap_or(0);
            if last > *first {
                found.extend(year(*first).ok().zip(year(last).ok()).map(|(first, last)| Period { to: last.to, ..first }));
            }
            continue;
        }
        let (Ok(left), Ok(right)) = (Point::read(left), Point::read(right)) else { continue };
        for (left, right) in left.iter().flat_map(|left| right.iter().map(move |right| (left, right))) {
            let Some((left, right)) = left.completed_by(right) else { continue };
            match (left.periods(), right.periods()) {
                (Ok(lefts), Ok(rights)) => {
                    for (first, last) in lefts.iter().flat_map(|first| rights.iter().map(move |last| (first, last))) {
                        if last.to < first.from {
                            failure = PeriodError::Backwards;
                        } else {
                            found.push(Period { from: first.from, to: last.to });
                        }
                    }
                }
                (Err(error), _) | (_, Err(error)) => failure = error,
            }
        }
    }
    if found.is_empty() { Err(failure) } else { Ok(found) }
}

/// A point in time, of which a part may be left to the other end of a range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Point {
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
    fn read(tokens: &[Token]) -> Result<Vec<Self>, PeriodError> {
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
    fn completed_by(&self, last: &Self) -> Option<(Self, Self)> {
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
    fn periods(&self) -> Result<Vec<Period>, PeriodError> {
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

fn year(year: i32) -> Result<Period, PeriodError> {
    Ok(Period { from: day_of(year, 1, 1)?, to: day_of(year, 12, 31)? })
}

/// The days around a date that is only about right.
fn about(date: Period) -> Option<Period> {
    let length = (date.to - date.from).num_days();
    let to_either_side = Days::new(match length {
        0..7 => 7,
        7..32 => 15,
        32..100 => 31,
        _ => 183,
    });
    Some(Period { from: date.from.checked_sub_days(to_either_side)?, to: date.to.checked_add_days(to_either_side)? })
}

fn since(date: Period) -> Option<Period> {
    (date.from <= Period::LATEST).then_some(Period { from: date.from, to: Period::LATEST })
}

fn after(date: Period) -> Option<Period> {
    date.to.succ_opt().filter(|from| *from <= Period::LATEST).map(|from| Period { from, to: Period::LATEST })
}

fn before(date: Period) -> Option<Period> {
    date.from.pred_opt().filter(|to| *to >= Period::EARLIEST).map(|to| Period { from: Period::EARLIEST, to })
}

fn until(date: Period) -> Option<Period> {
    (date.to >= Period::EARLIEST).then_some(Period { from: Period::EARLIEST, to: date.to })
}

#[cfg(test)]
mod tests {
    use super::WrittenDate;
    use crate::facts::{Period, PeriodError};

    /// The period, and whether it covers more than one reading.
    fn read(text: &str) -> Result<(String, bool), PeriodError> {
        WrittenDate::read(text).map(|date| (date.period.to_string(), date.readings.len() > 1))
    }

    #[test]
    fn a_day_is_read_in_the_ways_in_which_people_write_it() {
        for text in [
            "2023-09-13",
            " 2023-09-13 ",
            "2023-9-13",
            "2023/09/13",
            "2023.09.13",
            "2023. 9. 13.",
            "20230913",
            "13 Sept 2023",
            "13 September 2023",
            "13 SEPTEMBER, 2023",
            "13th of September 2023",
            "the 13th September 2023",
            "Sept. 13, 2023",
            "September 13th, 2023",
            "Sep 13 2023",
            "2023 Sep 13",
            "13-Sep-2023",
            "13Sep2023",
            "13.09.2023",
            "13.9.2023",
            "13/09/2023",
            "09/13/2023",
            "13-09-2023",
            "13. September 2023",
            "on 13 September 2023",
            "Wednesday, 13 September 2023",
            "Wed, 13 Sep 2023 05:00:00 GMT",
            "13 September 2023, 05:00",
            "13 September 2023 at 5:00 pm KST",
            "2023-09-13T05:00Z",
            "2023-09-13 23:30+09:00",
            "13 сентября 2023 г.",
            "13 сентября 2023 года",
            "13.09.2023 г.",
            "2023년 9월 13일",
            "2023年9月13日",
            "２０２３年９月１３日",
            "13 septembre 2023",
            "13 de septiembre de 2023",
            "le 13 septembre 2023",
        ] {
            assert_eq!(read(text), Ok(("2023-09-13".to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn months_years_and_parts_of_them_are_periods() {
        for (text, period) in [
            ("September 2023", "2023-09"),
            ("Sept. 2023", "2023-09"),
            ("in September 2023", "2023-09"),
            ("09/2023", "2023-09"),
            ("9.2023", "2023-09"),
            ("12/2023", "2023-12"),
            ("2023/9", "2023-09"),
            ("Sep-2023", "2023-09"),
            ("сентябрь 2023", "2023-09"),
            ("в сентябре 2023 года", "2023-09"),
            ("2023년 9월", "2023-09"),
            ("2023年9月", "2023-09"),
            ("2023年", "2023"),
            ("2023 год", "2023"),
            ("the year 2023", "2023"),
            ("early March 2024", "2024-03-01/2024-03-10"),
            ("mid-March 2024", "2024-03-11/2024-03-20"),
            ("late February 2024", "2024-02-21/2024-02-29"),
            ("the end of March 2024", "2024-03-21/2024-03-31"),
            ("early 2024", "2024-01-01/2024-04-30"),
            ("mid-2021", "2021-05-01/2021-08-31"),
            ("the end of the year 2021", "2021-09-01/2021-12-31"),
            ("в начале марта 2024", "2024-03-01/2024-03-10"),
            ("2024年3月上旬", "2024-03-01/2024-03-10"),
            ("2024년 3월 말", "2024-03-21/2024-03-31"),
            ("Q1 2024", "2024-01-01/2024-03-31"),
            ("4Q 2024", "2024-10-01/2024-12-31"),
            ("2024 Q2", "2024-04-01/2024-06-30"),
            ("2024-Q2", "2024-04-01/2024-06-30"),
            ("Q2/2024", "2024-04-01/2024-06-30"),
            ("the third quarter of 2024", "2024-07-01/2024-09-30"),
            ("1st quarter 2024", "2024-01-01/2024-03-31"),
            ("III квартал 2024 года", "2024-07-01/2024-09-30"),
            ("first half of 2023", "2023-01-01/2023-06-30"),
            ("H2 2023", "2023-07-01/2023-12-31"),
            ("second half of March 2024", "2024-03-16/2024-03-31"),
            ("2023年上半年", "2023-01-01/2023-06-30"),
            ("summer 2021", "2021-06-01/2021-09-23"),
            ("summer of 2021", "2021-06-01/2021-09-23"),
            ("early summer 2021", "2021-06-01/2021-09-23"),
            ("летом 2021", "2021-06-01/2021-09-23"),
            ("winter 2021-2022", "2021-12-01/2022-03-21"),
            ("winter 2021/22", "2021-12-01/2022-03-21"),
            ("the 1990s", "1990-01-01/1999-12-31"),
            ("the week of 13 May 2024", "2024-05-13/2024-05-19"),
            ("week of 15 May 2024", "2024-05-13/2024-05-21"),
        ] {
            assert_eq!(read(text), Ok((period.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn ranges_have_both_ends_and_what_one_leaves_out_the_other_says() {
        for (text, period) in [
            ("2023-09-01/2023-09-13", "2023-09-01/2023-09-13"),
            ("2023-09-01 - 2023-09-13", "2023-09-01/2023-09-13"),
            ("2023-09-01 to 2023-09-13", "2023-09-01/2023-09-13"),
            ("3-9 May 2022", "2022-05-03/2022-05-09"),
            ("3–9 May 2022", "2022-05-03/2022-05-09"),
            ("3 to 9 May 2022", "2022-05-03/2022-05-09"),
            ("from 3 to 9 May 2022", "2022-05-03/2022-05-09"),
            ("from 3-9 May 2022", "2022-05-03/2022-05-09"),
            ("between 3 and 9 May 2022", "2022-05-03/2022-05-09"),
            ("3 and 4 May 2022", "2022-05-03/2022-05-04"),
            ("3/4 May 2022", "2022-05-03/2022-05-04"),
            ("night of 3-4 May 2022", "2022-05-03/2022-05-04"),
            ("May 3-9, 2022", "2022-05-03/2022-05-09"),
            ("May 3 - June 9, 2022", "2022-05-03/2022-06-09"),
            ("3 May - 9 June 2022", "2022-05-03/2022-06-09"),
            ("3 May 2022 to 9 June 2023", "2022-05-03/2023-06-09"),
            ("3 May 2022 to 9 June", "2022-05-03/2022-06-09"),
            ("3.5.2022 - 9.6.2022", "2022-05-03/2022-06-09"),
            ("May-June 2022", "2022-05-01/2022-06-30"),
            ("May or June 2022", "2022-05-01/2022-06-30"),
            ("November 2021 - January 2022", "2021-11-01/2022-01-31"),
            ("3-5/2023", "2023-03-01/2023-05-31"),
            ("09/2023-10/2023", "2023-09-01/2023-10-31"),
            ("2021-2022", "2021-01-01/2022-12-31"),
            ("2021/2022", "2021-01-01/2022-12-31"),
            ("2021/22", "2021-01-01/2022-12-31"),
            ("2021–22", "2021-01-01/2022-12-31"),
            ("between 2021 and 2023", "2021-01-01/2023-12-31"),
            ("Q1-Q2 2024", "2024-01-01/2024-06-30"),
            ("mid to late March 2024", "2024-03-11/2024-03-31"),
            ("early 2021 to March 2022", "2021-01-01/2022-03-31"),
            ("с 3 по 9 мая 2022 года", "2022-05-03/2022-05-09"),
            ("2022年5月3日至9日", "2022-05-03/2022-05-09"),
            ("2022-05-03/09", "2022-05-03/2022-05-09"),
        ] {
            assert_eq!(read(text), Ok((period.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn open_ends_and_rough_dates_are_periods() {
        for (text, period) in [
            ("since 2021", "2021-01-01/.."),
            ("from 2021", "2021-01-01/.."),
            ("from 2021 to the present", "2021-01-01/.."),
            ("2021-present", "2021-01-01/.."),
            ("2021 onwards", "2021-01-01/.."),
            ("2021/..", "2021-01-01/.."),
            ("с 2021 года", "2021-01-01/.."),
            ("2021年以来", "2021-01-01/.."),
            ("since early 2021", "2021-01-01/.."),
            ("after 2021", "2022-01-01/.."),
            ("after 5 May 2021", "2021-05-06/.."),
            ("before June 2020", "../2020-05-31"),
            ("prior to 2020", "../2019-12-31"),
            ("until June 2020", "../2020-06-30"),
            ("by June 2020", "../2020-06-30"),
            ("no later than 5 May 2020", "../2020-05-05"),
            ("../2020", "../2020-12-31"),
            ("about 10 May 2021", "2021-05-03/2021-05-17"),
            ("on or about 10 May 2021", "2021-05-03/2021-05-17"),
            ("circa May 2021", "2021-04-16/2021-06-15"),
            ("около 2021 года", "2020-07-02/2022-07-02"),
        ] {
            assert_eq!(read(text), Ok((period.to_owned(), false)), "{text}");
        }
        assert_eq!("2021-01-01/..".parse::<Period>(), Ok(Period { to: Period::LATEST, ..read_period("2021") }));
    }

    fn read_period(text: &str) -> Period {
        WrittenDate::read(text).unwrap().period
    }

    #[test]
    fn several_readings_are_covered_by_one_period() {
        for (text, period) in [
            ("03/04/2024", "2024-03-04/2024-04-03"),
            ("3-4-2024", "2024-03-04/2024-04-03"),
            ("11/12/2023", "2023-11-12/2023-12-11"),
            ("since 03/04/2024", "2024-03-04/.."),
            ("2011/12", "2011-01-01/2012-12-31"),
            ("winter 2021", "2020-12-01/2022-03-21"),
        ] {
            assert_eq!(read(text), Ok((period.to_owned(), true)), "{text}");
        }
        assert_eq!(read("04/04/2024"), Ok(("2024-04-04".to_owned(), false)));
        assert_eq!(read("03.04.2024"), Ok(("2024-04-03".to_owned(), false)), "with points the day stands first");
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_reason() {
        use PeriodError::{Backwards, NoSuchDay, NoYear, Shape, TwoDigitYear, Weekday};
        for (text, error) in [
            ("", Shape),
            ("soon", Shape),
            ("yesterday", Shape),
            ("last week", Shape),
            ("the present", Shape),
            ("13", Shape),
            ("FY2021", Shape),
            ("13 Frimaire 2023", Shape),
            ("2023-09-13-14-15", Shape),
            ("1 2 3 4 5", Shape),
            ("May 2021 June", Shape),
            ("May 5 2021 6", Shape),
            ("2021 10:00", Shape),
            ("13 Sept 2023 25:00", Shape),
            ("30 February 2023", NoSuchDay),
            ("2023-02-30", NoSuchDay),
            ("31.09.2023", NoSuchDay),
            ("13/13/2023", NoSuchDay),
            ("2023-13", NoSuchDay),
            ("September", NoYear),
            ("13 September", NoYear),
            ("early March", NoYear),
            ("9-3 May 2022", Backwards),
            ("2023-2021", Backwards),
            ("13.09.23", TwoDigitYear),
            ("13-Sep-23", TwoDigitYear),
            ("16-03-02", TwoDigitYear),
            ("Monday, 13 September 2023", Weekday),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
