//! The days on which an act that lasted was surely under way.

use chrono::{Datelike, Days, NaiveDate};

use crate::facts::{CodedTerm, Period, Transaction};
use crate::rulebook::Vocabulary;

/// The days on which a transaction that is reported as ongoing was surely under way: what `2015/2018` leaves after its first and
/// before its last year, the first year of `since 2018`. `None` of any other transaction, or if no day is sure.
pub(super) fn surely_under_way(transaction: &Transaction, vocabulary: &Vocabulary) -> Option<Period> {
    let ongoing = vocabulary.known_terms().ongoing?;
    if !matches!(transaction.stage.is(), Some([CodedTerm::Term(stage)]) if *stage == ongoing) {
        return None;
    }
    let date = transaction.date?;
    let begun = last_day_of_step(date.from);
    let goes_on = first_day_of_step(date.to);
    match (date.from == Period::EARLIEST, date.to == Period::LATEST) {
        (true, true) => None,
        (true, false) => Some(Period { from: goes_on.checked_sub_days(Days::new(1))?, to: goes_on }),
        (false, true) => Some(Period { from: begun, to: begun }),
        (false, false) => (begun <= goes_on).then_some(Period { from: begun, to: goes_on }),
    }
}

/// The last day of the year or month that may be meant by its first day, else the day itself.
fn last_day_of_step(day: NaiveDate) -> NaiveDate {
    let first_of_next = match (day.month(), day.day()) {
        (1, 1) => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
        (12, 1) => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
        (month, 1) => NaiveDate::from_ymd_opt(day.year(), month + 1, 1),
        _ => None,
    };
    first_of_next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// The first day of the year or month that may be meant by its last day, else the day itself.
fn first_day_of_step(day: NaiveDate) -> NaiveDate {
    let is_last_of_month = day.succ_opt().is_some_and(|next| next.day() == 1);
    let first = match (day.month(), is_last_of_month) {
        (12, true) => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        (month, true) => NaiveDate::from_ymd_opt(day.year(), month, 1),
        _ => None,
    };
    first.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::{first_day_of_step, last_day_of_step};

    #[test]
    fn a_year_or_month_that_may_be_meant_is_left_out() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(last_day_of_step(day("2015-01-01")), day("2015-12-31"));
        assert_eq!(last_day_of_step(day("2015-12-01")), day("2015-12-31"));
        assert_eq!(last_day_of_step(day("2015-03-07")), day("2015-03-07"));
        assert_eq!(first_day_of_step(day("2017-12-31")), day("2017-01-01"));
        assert_eq!(first_day_of_step(day("2017-11-30")), day("2017-11-01"));
        assert_eq!(first_day_of_step(day("2017-11-29")), day("2017-11-29"));
    }
}
