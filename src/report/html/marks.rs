//! When the transactions took place, by verdict. So many days are kept apart; beyond, days become months, then years.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::engine::Verdict;
use crate::facts::Period;

use super::transaction_ref::TransactionRef;

/// The most marks that are drawn.
const MOST: usize = 400;
/// The most transactions of one mark that are named.
const NAMED: usize = 3;

/// The marks of the timeline.
#[derive(Debug, Default)]
pub(super) struct TimelineMarks {
    /// The marks by time and verdict, the worst first.
    pub marks: BTreeMap<(NaiveDate, NaiveDate, Reverse<Option<Verdict>>), TimelineMark>,
    /// The number of transactions without a reported date, and of those in years over the limit.
    pub undrawn: usize,
    grain: Granularity,
}

/// The length of time that one mark covers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Granularity {
    #[default]
    Day,
    Month,
    Year,
}

/// Transactions at one time and of one verdict.
#[derive(Debug, Default)]
pub(super) struct TimelineMark {
    /// The number of transactions.
    pub number: usize,
    /// The first rows.
    pub named: Vec<TransactionRef>,
}

impl TimelineMarks {
    /// Adds a transaction.
    pub fn add(&mut self, period: Option<Period>, verdict: Option<Verdict>, of: impl FnOnce() -> TransactionRef) {
        let Some(period) = period else {
            self.undrawn += 1;
            return;
        };
        // An open end is not drawn.
        let from = if period.from == Period::EARLIEST { period.to } else { period.from };
        let to = if period.to == Period::LATEST { from } else { period.to };
        let (from, to) = self.grain.enclosing(from, to);
        let verdict = Reverse(verdict);
        if self.grain == Granularity::Year && self.marks.len() >= MOST && !self.marks.contains_key(&(from, to, verdict)) {
            self.undrawn += 1;
            return;
        }
        let mark = self.marks.entry((from, to, verdict)).or_default();
        mark.number += 1;
        if mark.named.len() < NAMED {
            mark.named.push(of());
        }
        while self.marks.len() > MOST && self.grain != Granularity::Year {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        self.grain = if self.grain == Granularity::Day { Granularity::Month } else { Granularity::Year };
        for ((from, to, verdict), mark) in std::mem::take(&mut self.marks) {
            let (from, to) = self.grain.enclosing(from, to);
            let whole = self.marks.entry((from, to, verdict)).or_default();
            whole.number += mark.number;
            let room = NAMED.saturating_sub(whole.named.len());
            whole.named.extend(mark.named.into_iter().take(room));
        }
    }

    /// True if the transactions are of several dates: a line with one mark says nothing.
    pub fn are_of_several_dates(&self) -> bool {
        let mut times = self.marks.keys().map(|(from, to, _)| (from, to));
        times.next().is_some_and(|first| times.any(|time| time != first))
    }

    /// True if the marks are no longer as fine as the dates.
    pub fn are_coarse(&self) -> bool {
        self.grain != Granularity::Day
    }
}

impl Granularity {
    /// The first and last day of the day, month or year in which `from` lies.
    fn enclosing(self, from: NaiveDate, to: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (first, next) = match self {
            Granularity::Day => return (from, to),
            Granularity::Month => (from.with_day(1), from.with_day(1).and_then(|d| d.checked_add_months(chrono::Months::new(1)))),
            Granularity::Year => (NaiveDate::from_ymd_opt(from.year(), 1, 1), NaiveDate::from_ymd_opt(from.year() + 1, 1, 1)),
        };
        (first.unwrap_or(from), next.and_then(|d| d.pred_opt()).unwrap_or(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_marks_is_bounded() {
        let mut marks = TimelineMarks::default();
        let first = NaiveDate::from_ymd_opt(2006, 10, 14).unwrap();
        for (i, day) in first.iter_days().take(3_000).enumerate() {
            let of = || TransactionRef { incident: "i".to_owned(), transaction: i.to_string(), anchor: None };
            marks.add(Some(Period { from: day, to: day }), Some(Verdict::Violation), of);
        }
        marks.add(None, None, || TransactionRef { incident: String::new(), transaction: String::new(), anchor: None });
        assert!(marks.are_coarse() && marks.marks.len() <= MOST);
        assert_eq!(marks.marks.values().map(|m| m.number).sum::<usize>(), 3_000);
        assert_eq!(marks.marks.values().next().unwrap().named.len(), NAMED);
        assert_eq!(marks.undrawn, 1);
        for year in 1..2_000 {
            let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let of = || TransactionRef { incident: String::new(), transaction: String::new(), anchor: None };
            marks.add(Some(Period { from: day, to: day }), Some(Verdict::Violation), of);
        }
        assert!(marks.marks.len() <= MOST + 1 && marks.undrawn > 1_000);
    }
}
