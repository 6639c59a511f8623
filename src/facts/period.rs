//! Dates as reports give them: a day, a month, a year or a range.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::Truth;

/// A day, or a range of days one of which is meant, both ends included.
///
/// `2023-09` means one day of that September, not known which. So comparisons are three-valued.
///
/// ```
/// use interdict::facts::{Period, Truth};
///
/// let september: Period = "2023-09".parse()?;
/// assert_eq!(september.from.to_string(), "2023-09-01");
/// assert_eq!(september.to.to_string(), "2023-09-30");
///
/// let thirteenth: Period = "2023-09-13".parse()?;
/// assert_eq!(september.before(&thirteenth), Truth::Unknown);
/// assert_eq!(september.before(&"2023-10-01".parse()?), Truth::True);
/// assert_eq!(thirteenth.until(&thirteenth), Truth::True);
/// # Ok::<(), interdict::facts::PeriodError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first possible day.
    pub from: NaiveDate,
    /// The last possible day, not before `from`.
    pub to: NaiveDate,
}

/// Why a text is not a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The text does not have the form of a date: `2023`, `2023-09`, `2023-09-13`.
    #[error("not a date")]
    Shape,
    /// The text has the form of a date, but the calendar has no such day or month.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// The text is a range whose end is before its beginning.
    #[error("the range ends before it begins")]
    Backwards,
    /// The text names a day, month or part of a year, and no year.
    #[error("no year")]
    NoYear,
    /// The year has two digits, which could be the day.
    #[error("a year of two digits")]
    TwoDigitYear,
    /// The day of the week that the text names is that of another day.
    #[error("the day of the week is that of another day")]
    Weekday,
}

impl Period {
    /// The first day of a period without a beginning: `before 2020`.
    pub const EARLIEST: NaiveDate = day_of_calendar(1900, 1, 1);

    /// The last day of a period without an end: `since 2021`.
    pub const LATEST: NaiveDate = day_of_calendar(2100, 12, 31);

    /// A known day.
    pub fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// True if the day is known.
    pub fn is_one_day(&self) -> bool {
        self.from == self.to
    }

    /// Whether the day is before the day of `bound`.
    pub fn before(&self, bound: &Period) -> Truth {
        Truth::from_range(self.to < bound.from, self.from >= bound.to)
    }

    /// Whether the day is after the day of `bound`.
    pub fn after(&self, bound: &Period) -> Truth {
        bound.before(self)
    }

    /// Whether the day is that of `bound` or before it.
    pub fn until(&self, bound: &Period) -> Truth {
        !self.after(bound)
    }

    /// Whether the day is that of `bound` or after it.
    pub fn since(&self, bound: &Period) -> Truth {
        !self.before(bound)
    }

    /// Whether the day is between two days, both included. `None` means no bound.
    pub fn within(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Truth {
        let after_start = from.map_or(Truth::True, |from| self.since(&Period::day(from)));
        let before_end = to.map_or(Truth::True, |to| self.until(&Period::day(to)));
        Truth::all([after_start, before_end])
    }

    /// True for a date that stands for a missing one: the first or last day of a calendar, of a computer's clock or of a
    /// spreadsheet, and anything before 1900 or after 2100.
    pub fn is_placeholder(&self) -> bool {
        let (year, is_new_year) = (self.from.year(), (self.from.month(), self.from.day()) == (1, 1));
        let is_zero_of_a_clock = self.is_one_day() && is_new_year && matches!(year, 1900 | 1901 | 1904 | 1970);
        year < 1900 || self.to.year() > 2100 || is_zero_of_a_clock
    }

    /// The period that is a number of days later, or earlier if negative. An end that would leave the calendar stays.
    #[must_use]
    pub fn shifted(&self, days: i64) -> Period {
        let shift = |day: NaiveDate| {
            let by = Days::new(days.unsigned_abs());
            if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }.unwrap_or(day)
        };
        Period { from: shift(self.from), to: shift(self.to) }
    }

    /// The period that is a number of working days later, or earlier if negative: days from Monday to Friday.
    ///
    /// ```
    /// use interdict::facts::Period;
    ///
    /// let monday: Period = "2018-01-15".parse()?;
    /// assert_eq!(monday.shifted_working(-5).to_string(), "2018-01-08");
    /// assert_eq!(monday.shifted_working(-1).to_string(), "2018-01-12");
    /// let saturday: Period = "2018-01-13".parse()?;
    /// assert_eq!(saturday.shifted_working(-5).to_string(), "2018-01-08");
    /// assert_eq!(saturday.shifted_working(1).to_string(), "2018-01-15");
    /// # Ok::<(), interdict::facts::PeriodError>(())
    /// ```
    #[must_use]
    pub fn shifted_working(&self, days: i64) -> Period {
        Period { from: shift_working(self.from, days), to: shift_working(self.to, days) }
    }
}

/// A day that the calendar has.
const fn day_of_calendar(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// The day that is a number of working days later, or earlier if negative. A weekend is between two working days.
fn shift_working(day: NaiveDate, days: i64) -> NaiveDate {
    const WEEK: i64 = 5;
    let back = days < 0;
    let is_weekend = |day: NaiveDate| day.weekday().number_from_monday() > 5;
    let step = |day: NaiveDate, back: bool| if back { day.pred_opt() } else { day.succ_opt() };
    // From a weekend the first step back leads to Friday, and the first step forward to Monday.
    let mut at = day;
    while days != 0 && is_weekend(at) {
        let Some(next) = step(at, !back) else { return day };
        at = next;
    }
    at = Period::day(at).shifted((days / WEEK).saturating_mul(7)).from;
    for _ in 0..(days % WEEK).unsigned_abs() {
        loop {
            let Some(next) = step(at, back) else { return at };
            at = next;
            if !is_weekend(at) {
                break;
            }
        }
    }
    at
}

impl FromStr for Period {
    type Err = PeriodError;

    /// Parses `2023`, `2023-09`, `2023-09-13`, or two of these with `/` between (ISO 8601), of which one may be `..` for an
    /// [open end](Period::LATEST). [`WrittenDate`](super::WrittenDate) reads the other ways in which people write dates. A time of day behind a day
    /// (`2023-09-13T10:00:00Z`) is left out: the day is the one that is written, whatever the offset.
    ///
    /// # Errors
    ///
    /// If it is written otherwise, if there is no such day, or if the range ends before it begins.
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        match text.split_once('/') {
            None => simple(text),
            Some((from, to)) => {
                let from = if from == ".." { Period::EARLIEST } else { simple(from)?.from };
                let to = if to == ".." { Period::LATEST } else { simple(to)?.to };
                if to < from { Err(PeriodError::Backwards) } else { Ok(Period { from, to }) }
            }
        }
    }
}

/// The length of a day as it is written: `2023-09-13`.
const DAY_LENGTH: usize = 10;

/// True for a time of day as it stands behind a day in a timestamp of ISO 8601 or RFC 3339: `T10:00`, ` 10:00:00.5+09:00`.
fn is_time_of_day(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', 't', ' ']) else { return false };
    let (time, zone) = time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()));
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let digits = |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = clock.split(':');
    let hour_and_minute = parts.next().zip(parts.next()).is_some_and(|(h, m)| digits(h, &[2]) && digits(m, &[2]));
    let seconds = parts.next().is_none_or(|s| digits(s, &[2])) && parts.next().is_none();
    let zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => digits(&offset.replacen(':', "", 1), &[2, 4]),
        None => zone.len() <= 1,
    };
    hour_and_minute && seconds && digits(fraction, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) && zone
}

/// Parses a day, month or year. The form is checked here, since chrono would read `16-03-02` as a day of the year 16.
fn simple(text: &str) -> Result<Period, PeriodError> {
    let text = match text.split_at_checked(DAY_LENGTH) {
        Some((day, time)) if is_time_of_day(time) => day,
        _ => text,
    };
    let mut parts = text.split('-');
    let mut part = |width: usize| match parts.next() {
        Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<u32>().map(Some).map_err(|_| PeriodError::Shape)
        }
        Some(_) => Err(PeriodError::Shape),
        None => Ok(None),
    };
    let year = part(4)?.and_then(|y| i32::try_from(y).ok()).ok_or(PeriodError::Shape)?;
    let (month, day) = (part(2)?, part(2)?);
    if parts.next().is_some() {
        return Err(PeriodError::Shape);
    }
    let from = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1)).ok_or(PeriodError::NoSuchDay)?;
    let length = match (month, day) {
        (_, Some(_)) => return Ok(Period::day(from)),
        (Some(_), None) => Months::new(1),
        (None, None) => Months::new(12),
    };
    let to = from.checked_add_months(length).and_then(|next| next.pred_opt()).ok_or(PeriodError::NoSuchDay)?;
    Ok(Period { from, to })
}

impl fmt::Display for Period {
    /// Writes the shortest text that parses to the same period.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |text: String| simple(&text).is_ok_and(|p| p == *self).then_some(text);
        let (year, month) = (self.from.year(), self.from.month());
        if self.is_one_day() {
            write!(f, "{}", self.from)
        } else if let Some(text) = whole(format!("{year:04}")).or_else(|| whole(format!("{year:04}-{month:02}"))) {
            f.write_str(&text)
        } else {
            match (self.from == Self::EARLIEST, self.to == Self::LATEST) {
                (false, false) => write!(f, "{}/{}", self.from, self.to),
                (true, false) => write!(f, "../{}", self.to),
                (false, true) => write!(f, "{}/..", self.from),
                (true, true) => f.write_str("../.."),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, PeriodError, Truth};

    fn p(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn months_and_years_are_whole() {
        assert_eq!(p("2024-02").to.to_string(), "2024-02-29");
        assert_eq!(p("2023"), p("2023-01-01/2023-12-31"));
        for text in ["2023", "2023-09", "2023-09-13", "2023-09-01/2023-09-13"] {
            assert_eq!(p(text).to_string(), text);
        }
    }

    #[test]
    fn a_text_that_is_no_date_is_refused_with_the_reason() {
        let error = |t: &str| t.parse::<Period>().unwrap_err();
        assert_eq!(error("16-03-02"), PeriodError::Shape);
        assert_eq!(error("2023-9"), PeriodError::Shape);
        assert_eq!(error("2023-02-30"), PeriodError::NoSuchDay);
        assert_eq!(error("2023-13"), PeriodError::NoSuchDay);
        assert_eq!(error("2023-05/2023-04"), PeriodError::Backwards);
        assert_eq!(error(""), PeriodError::Shape);
    }

    #[test]
    fn a_time_of_day_is_left_out() {
        for text in ["2018-06-12T10:00:00Z", "2018-06-12T10:00", "2018-06-12 10:00:00.25+09:00", "2018-06-12t23:59:59-0500"] {
            assert_eq!(text.parse(), Ok(p("2018-06-12")), "{text}");
        }
        assert_eq!(p("2018-06-12T10:00Z/2018-06-13T10:00Z"), p("2018-06-12/2018-06-13"));
        for text in
            ["2018-06-12T", "2018-06-12T1000", "2018-06-12Tnoon", "2018-06-12T10:00:00:00", "2018-06-12T10:00ZZ", "2018-06T10:00"]
        {
            assert_eq!(text.parse::<Period>(), Err(PeriodError::Shape), "{text}");
        }
    }

    #[test]
    fn dates_that_stand_for_a_missing_one_are_placeholders() {
        for text in
            ["0001-01-01", "0019-05-04", "1018-06-12", "1899-12-30", "1900-01-01", "1970-01-01", "9999-12-31", "2023/9999"]
        {
            assert!(p(text).is_placeholder(), "{text}");
        }
        for text in ["1970", "1970-01", "1970-01-02", "1948-09-09", "2018-06-12", "2099-12-31"] {
            assert!(!p(text).is_placeholder(), "{text}");
        }
    }

    #[test]
    fn bounds_are_inclusive_and_straddling_is_unknown() {
        let september = p("2023-09");
        assert_eq!(september.within(Some(p("2023-09-01").from), Some(p("2023-09-30").to)), Truth::True);
        assert_eq!(september.within(Some(p("2023-09-02").from), None), Truth::Unknown);
        assert_eq!(september.within(None, Some(p("2023-08-31").to)), Truth::False);
        assert_eq!(p("2023-09-13").before(&p("2023-09-13")), Truth::False);
        assert_eq!(p("2023-09-13").until(&p("2023-09-13")), Truth::True);
        assert_eq!(p("2023-09").before(&p("2023-09-13")), Truth::Unknown);
    }
}
