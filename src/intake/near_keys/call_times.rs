//! Times under keys for a call at a port: `arrival: 2019-08-02T04:10:00Z` is the date, and no place.

use crate::document::{Code, Diagnostic, Diagnostics, Entry, Key};
use crate::facts::{Transaction, WrittenDate};

use super::by_heading::note;
use super::one_line::quoted;
use super::put::scalar;
use super::{Meant, meaning, written};

const ARRIVALS: [&str; 15] = [
    "arrival",
    "arrived",
    "arrival_time",
    "arrival_date",
    "date_of_arrival",
    "eta",
    "ata",
    "berthed",
    "arrived_at",
    "start",
    "start_time",
    "started_at",
    "begin",
    "began_at",
    "entered_at",
];
const DEPARTURES: [&str; 15] = [
    "departure",
    "departed",
    "departure_time",
    "departure_date",
    "date_of_departure",
    "etd",
    "atd",
    "sailed",
    "departed_at",
    "sailing_date",
    "end",
    "end_time",
    "ended_at",
    "finish",
    "left_at",
];

/// Reads times of arrival and departure as the date of a transaction without one, from the one to the other if both are told; beside a
/// date they are kept in the notes.
pub(super) fn read_call_times(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    let take = |entries: &mut Vec<Entry>, keys: &[&str]| {
        let is_time = |entry: &Entry| {
            Transaction::TABLE.position(&entry.key.text).is_none()
                && keys.contains(&written(entry).as_str())
                && entry
                    .value
                    .text()
                    .is_some_and(|text| text.contains(|c: char| c.is_ascii_digit()) && WrittenDate::read(text).is_ok())
        };
        entries.iter().position(is_time).map(|at| entries.remove(at))
    };
    let times: Vec<Entry> = [take(entries, &ARRIVALS), take(entries, &DEPARTURES)].into_iter().flatten().collect();
    let is_date =
        |entry: &Entry| written(entry) == "date" || matches!(meaning(Transaction::TABLE, entry), Some(Meant::Key("date")));
    let has_date = entries.iter().any(is_date);
    let day = |entry: &Entry| {
        let text = entry.value.text().unwrap_or_default();
        WrittenDate::read(text).map_or_else(|_| text.to_owned(), |date| date.period.to_string())
    };
    let mut days: Vec<String> = times.iter().map(day).collect();
    days.sort();
    days.dedup();
    let date = match (days.as_slice(), times.as_slice()) {
        (_, [only]) => only.value.text().map(str::to_owned),
        ([same], _) => Some(same.clone()),
        // Days alone are put together: a month is no end of a period of days.
        ([first, second], _) if first.len() == 10 && second.len() == 10 => Some(format!("{first}/{second}")),
        _ => None,
    };
    let date = date.filter(|_| !has_date);
    for time in &times {
        let message = format!("read `{}`, which is no key of a transaction, by what it means", time.key.text);
        let help = match &date {
            Some(date) => format!("write `date: {}`", quoted(date)),
            None => {
                note(entries, time);
                "the `date` tells when it was; this is kept in `notes`".to_owned()
            }
        };
        problems.push(Diagnostic::new(Code::NearKey, time.key.span, message).help(help));
    }
    if let (Some(date), Some(first)) = (date, times.first()) {
        let value = scalar(&date, &first.value);
        entries.push(Entry { key: Key { span: first.key.span, text: "date".into() }, value });
    }
}

/// Reads a year, a month and a day under keys of their own as one date.
pub(super) fn read_date_parts(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    let number = |key: &str| {
        let entry = entries.iter().find(|entry| written(entry) == key)?;
        entry.value.text()?.trim().parse::<u16>().ok()
    };
    let (Some(year), Some(month)) = (number("year"), number("month").filter(|month| (1..=12).contains(month))) else { return };
    let day = number("day").filter(|day| (1..=31).contains(day));
    if entries.iter().any(|entry| entry.key.text == "date") || !(1000..=9999).contains(&year) {
        return;
    }
    let date = match day {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    };
    let is_part = |entry: &Entry| {
        let key = written(entry);
        key == "year" || key == "month" || key == "day" && day.is_some()
    };
    let Some(at) = entries.iter().position(is_part) else { return };
    let (parts, others): (Vec<Entry>, Vec<Entry>) = std::mem::take(entries).into_iter().partition(is_part);
    *entries = others;
    let Some(first) = parts.first() else { return };
    let message = "read the parts of a date, which are no keys of a transaction, as one";
    problems.push(Diagnostic::new(Code::NearKey, first.key.span, message).help(format!("write `date: {date}`")));
    let value = scalar(&date, &first.value);
    entries.insert(at.min(entries.len()), Entry { key: Key { span: first.key.span, text: "date".into() }, value });
}
