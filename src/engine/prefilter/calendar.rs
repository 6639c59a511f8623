//! Which entries are in force on a day.
//!
//! The days on which an entry begins or has just ended cut the calendar into spans. Within one span the same entries are
//! in force on every day.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::facts::Period;

use super::bits::BitSet;
use super::{Entry, EntryOf};

/// The entries in force, span by span.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The first days of all spans but the first, which has no beginning.
    first_days: Vec<NaiveDate>,
    /// What is in force in each span.
    in_force: Vec<BitSet>,
    /// Everything, for what has no date.
    all: BitSet,
}

impl Calendar {
    /// The calendar of the entries that stand first among `size` bits; what stands behind them is always in. As known on an
    /// earlier day, ends that were set later do not count, so that none is taken for one.
    pub(super) fn new(entries: &[Entry<'_>], size: usize, as_known: bool) -> Self {
        let mut all = BitSet::none(size);
        (0..size).for_each(|i| all.insert(i));
        let mut now = all.clone();
        let mut changes = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let EntryOf::Rule(_, rule) = &entry.of else { continue };
            if let Some(from) = rule.in_force.from {
                now.remove(index);
                changes.push((from, true, index));
            }
            // None ends before it begins, or it would begin and stay.
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

    /// The spans that a period touches, by number.
    fn spans(&self, period: Period) -> RangeInclusive<usize> {
        let of = |day: NaiveDate| self.first_days.partition_point(|first| *first <= day);
        of(period.from)..=of(period.to)
    }

    /// The span that all of a period lies in, by number. Of an entry it is then sure whether it is in force.
    pub(super) fn span(&self, period: Option<Period>) -> Option<usize> {
        let spans = self.spans(period?);
        (spans.start() == spans.end()).then_some(*spans.start())
    }

    /// Puts into a set all but the entries that are surely not in force on any day of a period.
    pub(super) fn find(&self, period: Option<Period>, entries: &mut BitSet) {
        let sets = period.and_then(|period| self.in_force.get(self.spans(period)));
        match sets.and_then(|sets| sets.split_first()) {
            Some((first, others)) => {
                entries.copy_from(first);
                others.iter().for_each(|other| entries.add(other));
            }
            None => entries.copy_from(&self.all),
        }
    }
}
