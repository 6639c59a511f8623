//! The days of a row that several of its cells tell: when a ship came and left, since when someone is employed.

use crate::document::Span;
use crate::facts::{Period, WrittenDate};

use super::csv_columns::Target;
use super::row_tree::{RowTree, scalar};

/// The cells of a row that hold the days of a call or the first and last day of a job, each with its place.
#[derive(Debug, Default)]
pub(super) struct CallDates {
    pub(super) arrival: Option<(String, Span)>,
    pub(super) departure: Option<(String, Span)>,
    pub(super) since: Option<(String, Span)>,
    pub(super) until: Option<(String, Span)>,
}

impl CallDates {
    /// Puts the days into the transaction of the row: as its date, if no other cell tells it, else into its notes.
    pub(super) fn put_into(self, transaction: &mut RowTree, notes: &mut Vec<String>) {
        let mut kept = |what: &str, date: Option<(String, Span)>| notes.extend(date.map(|(text, _)| format!("{what}: {text}")));
        if let Some((text, at)) = self.since {
            if let Some(Target::Fact(fact)) = Target::parse("people.since") {
                transaction.insert(&fact.path, &text, at);
            }
            let whole = self.until.as_ref().and_then(|(until, _)| period(&text, until));
            if transaction.get("date").is_none() {
                let date = whole.unwrap_or_else(|| format!("since {text}"));
                transaction.set("date", scalar(&date, at), at);
            }
        }
        kept("until", self.until);
        if transaction.get("date").is_some() {
            kept("arrival", self.arrival);
            kept("departure", self.departure);
            return;
        }
        match (self.arrival, self.departure) {
            (Some((arrival, at)), Some((departure, left_at))) => match period(&arrival, &departure) {
                Some(period) => transaction.set("date", scalar(&period, at), at),
                None => {
                    transaction.set("date", scalar(&arrival, at), at);
                    kept("departure", Some((departure, left_at)));
                }
            },
            (Some((text, at)), None) | (None, Some((text, at))) => transaction.set("date", scalar(&text, at), at),
            (None, None) => {}
        }
    }
}

/// The days from one date to another, if each is one day and they stand in order.
fn period(from: &str, to: &str) -> Option<String> {
    let (from, to) = (day(from)?, day(to)?);
    (from.from <= to.from).then(|| if from == to { from.to_string() } else { format!("{from}/{to}") })
}

/// The day that a text names, whatever the time of day behind it; `None` if it may be another.
fn day(text: &str) -> Option<Period> {
    let date = text.split(['T', ' ']).next().filter(|date| date.len() == 10).unwrap_or(text);
    let read = WrittenDate::read(date).ok().filter(|read| read.readings.len() == 1)?;
    (read.period.from == read.period.to).then_some(read.period)
}

/// A month of six digits, as statistics write it: `201903`.
pub(super) fn month_of_digits(text: &str) -> Option<String> {
    let (year, month) = text.split_at_checked(4).filter(|_| text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()))?;
    let is_month = month.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    (is_month && ("1945".."2100").contains(&year)).then(|| format!("{year}-{month}"))
}

/// A date of its parts: `2019`, `3`, `12` or `2019`, `March`.
pub(super) fn date_of_parts(year: &str, month: Option<String>, day: Option<String>) -> String {
    let number = |text: &str| text.parse::<u8>().ok();
    match (month, day) {
        (None, _) => year.to_owned(),
        // `201903` beside a year says the month whole.
        (Some(month), _) if month_of_digits(&month).is_some() => month_of_digits(&month).unwrap_or(month),
        (Some(month), day) => match (number(&month), day.as_deref().and_then(number)) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, Some(day)) => format!("{day} {month} {year}"),
            (None, None) => format!("{month} {year}"),
        },
    }
}
