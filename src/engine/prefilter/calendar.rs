//! Which rules are in force on a day.
//!
//! The days on which a rule begins or has just ended divide the calendar into spans. Within one span the same rules are in
//! force on every day.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::facts::Period;

use super::bits::BitSet;
use super::{Entry, EntryKind};

/// The entries in force, span by span.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The first days of all spans but the first, which has no beginning.
    first_days: Vec<NaiveDate>,
    /// The entries in force in each span.
    in_force: Vec<BitSet>,
    /// All entries, for transactions without a date.
    all: BitSet,
}

impl Calendar {
    /// The calendar of some entries; quotas are always in force. With `as_known`, ends are ignored: on the day as of which
    /// the law is asked, an end that was set later did not exist yet.
    pub(super) fn new(entries: &[Entry<'_>], as_known: bool) -> Self {
        let mut all = BitSet::with_capacity(entries.len());
        (0..entries.len()).for_each(|i| all.insert(i));
        let mut now = all.clone();
        let mut changes = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let EntryKind::Rule(_, rule) = &entry.kind else { continue };
            if let Some(from) = rule.in_force.from {
                now.remove(index);
                changes.push((from, true, index));
            }
            // An end before the beginning is moved to it, or the rule would begin after its end and stay.
            let end = rule.in_force.to.filter(|_| !as_known).map(|to| rule.in_force.from.map_or(to, |from| to.max(from)));
            if let Some(after) = end.and_then(|to| to.succ_opt()) {
                changes.push((after, false, index));
            }
        }
        changes.sort_unstable();
        let mut calendar = Self { first_days: Vec::new(), in_force: Vec::new(), all };
        for of_a_day in changes.chunk_by(|a, b| a.0 == b.0) {
            calendar.first_days.extend(of_a_day.first().map(|(day, ..)| *day));
            calendar.in_force.push(now.clone());
            for (_, begins, index) in of_a_day {
                if *begins { now.insert(*index) } else { now.remove(*index) }
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

    /// The number of the span that holds all of a period, if one does. Of every entry it is then known whether it is in force.
    pub(super) fn span(&self, period: Option<Period>) -> Option<usize> {
        let spans = self.spans(period?);
        (spans.start() == spans.end()).then_some(*spans.start())
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
