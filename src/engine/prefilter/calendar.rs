//! Which rules are in force on a day.
//!
//! The days on which a rule begins, has just ended or is no longer certain to go on divide the calendar into spans. Within one span
//! it is known of every rule alike on every day whether it is in force.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::facts::{Period, Truth};
use crate::rulebook::LawAsOf;

use super::bits::BitSet;
use super::{Entry, EntryKind};

/// The entries that are or may be in force, span by span.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The first days of all spans but the first, which has no beginning.
    first_days: Vec<NaiveDate>,
    /// The entries that are or may be in force in each span.
    in_force: Vec<BitSet>,
    /// All entries, for transactions without a date.
    all: BitSet,
}

impl Calendar {
    /// The calendar of some entries; quotas are always in force. With `as_known`, ends are ignored: on the day as of which the law is
    /// asked, an end that was set later did not exist yet.
    pub(super) fn new(entries: &[Entry<'_>], as_known: bool) -> Self {
        let mut all = BitSet::with_capacity(entries.len());
        (0..entries.len()).for_each(|i| all.insert(i));
        let mut now = all.clone();
        let mut changes = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let EntryKind::Rule(_, rule) = &entry.kind else { continue };
            if rule.in_force.first_day().is_some() {
                now.remove(index);
            }
            if as_known {
                changes.extend(rule.in_force.first_day().map(|day| (day, true, index)));
                continue;
            }
            for day in rule.in_force.days_of_change() {
                let in_force = rule.in_force.on(Some(Period::day(day)), LawAsOf::default()) != Truth::False;
                changes.push((day, in_force, index));
            }
        }
        changes.sort_unstable();
        let mut first_days: Vec<NaiveDate> = changes.iter().map(|(day, ..)| *day).collect();
        first_days.dedup();
        let mut calendar = Self { first_days, in_force: Vec::new(), all };
        let mut changes = changes.into_iter().peekable();
        for day in &calendar.first_days {
            calendar.in_force.push(now.clone());
            while let Some((_, in_force, index)) = changes.next_if(|(changed, ..)| changed == day) {
                if in_force { now.insert(index) } else { now.remove(index) }
            }
        }
        calendar.in_force.push(now);
        calendar
    }

    /// The numbers of the spans that a period overlaps.
    fn spans(&self, period: Period) -> RangeInclusive<usize> {
        let number = |day: NaiveDate| self.first_days.partition_point(|first| *first <= day);
        number(period.from)..=number(period.to)
    }

    /// Removes the entries that are in force on no day of a period.
    pub(super) fn retain_in_force(&self, period: Option<Period>, entries: &mut BitSet) {
        let sets = period.and_then(|period| self.in_force.get(self.spans(period)));
        match sets {
            Some([only]) => entries.intersect_with(only),
            Some([first, others @ ..]) => {
                let mut any = first.clone();
                others.iter().for_each(|other| any.union_with(other));
                entries.intersect_with(&any);
            }
            Some([]) | None => entries.intersect_with(&self.all),
        }
    }
}
