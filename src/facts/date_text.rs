//! Dates as people write them: `13 Sept 2023`, `early March 2024`, `Q1 2024`, `since 2021`, `2023年9月`.
//!
//! A text is split into tokens, and everything that they can mean is collected. One meaning is the date; several (`03/04/2024`)
//! make a period that covers them all, which the caller reports; none is an error. So no date is read as a day that was not written.

use super::date_point::{Point, year};
use super::date_words::{DateWord, Token, tokens};
use super::open_dates::{about, after, before, since, until};
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
