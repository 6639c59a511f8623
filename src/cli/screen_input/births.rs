//! Dates of birth as people write them: `1965-04-12`, `12.04.1965`, `12 Apr 1965`, `1965`, `c. 1965`.

use chrono::{Datelike as _, NaiveDate};

use crate::facts::WrittenDate;

/// How the dates of one column are written, by those of them that can be read in one way only.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DateHabit {
    day_first: bool,
    month_first: bool,
}

/// A date of birth as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Birth {
    /// The first and the last day that can be meant.
    pub(super) days: (NaiveDate, NaiveDate),
    pub(super) how: HowRead,
}

/// How much of a date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HowRead {
    Whole,
    /// The text can mean two days, and both count.
    TwoReadings,
    /// Only the year or years in it.
    YearsOnly,
}

impl DateHabit {
    /// Takes note of a date of the column.
    pub(super) fn observe(&mut self, text: &str) {
        if let Some((first, second, _, _)) = numbers(text) {
            self.day_first |= first > 12 && second <= 12;
            self.month_first |= second > 12 && first <= 12;
        }
    }

    /// Reads a date of the column; `None` if it is none. Between full stops the day stands first unless the column shows otherwise.
    pub(super) fn read(self, text: &str) -> Option<Birth> {
        let text = text.trim();
        if let Some((first, second, year, mark)) = numbers(text) {
            let day = |month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day);
            let (by_day, by_month) = (day(second, first), day(first, second));
            let days = match (self.day_first, self.month_first) {
                (true, false) => by_day.or(by_month),
                (false, true) => by_month.or(by_day),
                _ if mark == '.' => by_day.or(by_month),
                _ if by_day.is_none() || by_month.is_none() || by_day == by_month => by_day.or(by_month),
                _ => {
                    let (a, b) = (by_day?, by_month?);
                    return Some(Birth { days: (a.min(b), a.max(b)), how: HowRead::TwoReadings });
                }
            };
            if let Some(day) = days {
                return Some(Birth { days: (day, day), how: HowRead::Whole });
            }
        }
        if let Ok(date) = WrittenDate::read(text) {
            let how = if date.readings.len() > 1 { HowRead::TwoReadings } else { HowRead::Whole };
            return Some(Birth { days: (date.period.from, date.period.to), how });
        }
        let years: Vec<i32> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .filter_map(|digits| digits.parse().ok())
            .filter(|year| (1850..=2100).contains(year))
            .collect();
        let (first, last) = (years.iter().min()?, years.iter().max()?);
        let days = (NaiveDate::from_ymd_opt(*first, 1, 1)?, NaiveDate::from_ymd_opt(*last, 12, 31)?);
        Some(Birth { days, how: HowRead::YearsOnly })
    }
}

/// The three numbers of a date that ends with its year, and the mark between them.
fn numbers(text: &str) -> Option<(u32, u32, i32, char)> {
    let mark = text.trim().chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let parts: Vec<&str> = text.trim().split(mark).map(str::trim).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let short = |part: &str| (1..=2).contains(&part.len());
    if !short(first) || !short(second) || year.len() != 4 {
        return None;
    }
    let year = year.parse().ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))?.year();
    Some((first.parse().ok()?, second.parse().ok()?, year, mark))
}

#[cfg(test)]
mod tests {
    use super::{DateHabit, HowRead};

    fn read(text: &str) -> Option<(String, String, HowRead)> {
        let birth = DateHabit::default().read(text)?;
        Some((birth.days.0.to_string(), birth.days.1.to_string(), birth.how))
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = ("1965-04-12".to_owned(), "1965-04-12".to_owned(), HowRead::Whole);
        for text in ["1965-04-12", "12.04.1965", "12 Apr 1965", "April 12, 1965", "12.4.1965", "1965-04-12T00:00:00"] {
            assert_eq!(read(text), Some(day.clone()), "{text}");
        }
        let days = |from: &str, to: &str, how| Some((from.to_owned(), to.to_owned(), how));
        assert_eq!(read("1965"), days("1965-01-01", "1965-12-31", HowRead::Whole));
        assert_eq!(read("04/12/1965"), days("1965-04-12", "1965-12-04", HowRead::TwoReadings));
        assert_eq!(read("25/12/1965"), days("1965-12-25", "1965-12-25", HowRead::Whole));
        assert_eq!(read("00/00/1965"), days("1965-01-01", "1965-12-31", HowRead::YearsOnly));
        assert!(read("c. 1965").is_some_and(|(from, to, _)| from.as_str() <= "1965-01-01" && to.as_str() >= "1965-12-31"));
        assert_eq!((read("unknown"), read("12/04/65"), read("x")), (None, None, None));
    }

    #[test]
    fn a_date_that_shows_the_order_decides_for_the_column() {
        let mut habit = DateHabit::default();
        habit.observe("25/12/1970");
        let birth = habit.read("04/12/1965").unwrap();
        assert_eq!((birth.days.0.to_string().as_str(), birth.how), ("1965-12-04", HowRead::Whole));
    }
}
