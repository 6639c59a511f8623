//! The time of a rule on a period is what it is on the days of the period.

use chrono::{Days, NaiveDate};
use interdict::facts::{Period, Truth};
use interdict::rulebook::{Ending, InForce, Interval, LawAsOf, Renewal, RenewedUntil};
use proptest::prelude::*;

/// The days of a short calendar, so that bounds and dates meet.
const DAYS: u64 = 60;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).and_then(|first| first.checked_add_days(Days::new(number))).unwrap()
}

/// A day, or a few days of which one is meant.
fn bound(from: u64, length: u64) -> Period {
    Period { from: day(from), to: day(from + length) }
}

/// The time of a rule with up to three intervals; each follows the one before it by some days.
fn in_force() -> impl Strategy<Value = InForce> {
    let interval = (0..8u64, 0..3u64, 1..12u64, 0..3u64, 0..6u8, any::<bool>());
    (prop::collection::vec(interval, 0..3), prop::option::of(0..DAYS)).prop_map(|(shapes, unverified)| {
        let mut intervals = Vec::new();
        let mut next = 0;
        for (gap, uncertain, length, uncertain_end, kind, customarily_renewed) in shapes {
            let from = bound(next + gap, uncertain);
            let last = next + gap + uncertain + length;
            let to = bound(last, uncertain_end);
            next = last + uncertain_end + 1;
            let renewed = |until| vec![Renewal { by: None, on: day(last), until }];
            let mut interval = Interval { from: Some(from), to: Some(to), customarily_renewed, ..Interval::default() };
            match kind {
                0 => {
                    next += 5;
                    interval.renewals = renewed(RenewedUntil::Day(bound(last + uncertain_end + 4, 1)));
                }
                1 => interval.renewals = renewed(RenewedUntil::NotRecorded),
                2 => interval.renewals = renewed(RenewedUntil::OpenEnd),
                3 => interval.ended = Some(Ending { by: None, on: day(last), to: bound(last, 0) }),
                _ => {}
            }
            intervals.push(interval);
        }
        InForce::new(intervals, unverified.map(day))
    })
}

proptest! {
    #![proptest_config(super::cases(500))]

    #[test]
    fn a_period_is_in_force_if_each_of_its_days_is(law in in_force(), from in 0..DAYS, length in 0..DAYS) {
        let on = |period| law.on(Some(period), LawAsOf::default());
        let days: Vec<Truth> = (from..=from + length).map(|number| on(Period::day(day(number)))).collect();
        let expected = match days.as_slice() {
            [first, ..] if days.iter().all(|truth| truth == first) => *first,
            _ => Truth::Unknown,
        };
        prop_assert_eq!(on(bound(from, length)), expected, "{} {:?}", law, days);
    }

    #[test]
    fn the_truth_changes_on_days_of_change_alone(law in in_force()) {
        let changes = law.days_of_change();
        let on = |number: u64| law.on(Some(Period::day(day(number))), LawAsOf::default());
        for number in 1..DAYS * 2 {
            prop_assert!(on(number - 1) == on(number) || changes.contains(&day(number)), "{} on {}", law, day(number));
        }
    }

    #[test]
    fn what_was_known_on_the_last_day_of_all_is_what_is_known(law in in_force(), number in 0..DAYS) {
        let as_of = LawAsOf { known_on: Some(day(DAYS * 4)), is_end_unknown: false };
        let date = Some(Period::day(day(number)));
        prop_assert_eq!(law.on(date, as_of), law.on(date, LawAsOf::default()));
    }
}
