//! Shapes: what the coded facts of a transaction determine whatever its date.
//!
//! The date decides which of the candidates of a shape are in force, and the tests of the date in their conditions. Between two of
//! the *days of change* of these candidates it makes no difference, so that transactions of a shape share a
//! [profile](super::profile) from one such day to the next. All rules together change on hundreds of days, those of one shape
//! on some dozens.

use chrono::NaiveDate;

use crate::facts::Period;

use super::bits::BitSet;
use super::condition_graph::ConditionGraph;
use super::{Entry, EntryKind, Nexus};

/// What holds for all transactions of a shape.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The necessary sets that the facts of the key satisfy.
    pub(super) satisfied: BitSet,
    /// The rules and quotas that these facts leave.
    pub(super) candidates: BitSet,
    /// The regimes to whose targets there may be a link.
    pub(super) linkable: BitSet,
    /// The days of change of these, sorted.
    pub(super) days: Vec<NaiveDate>,
}

impl Shape {
    /// The number of the span between two days of change that holds all of a period, if one does; another number for no period.
    pub(super) fn span(&self, period: Option<Period>) -> Option<usize> {
        let Some(period) = period else { return Some(self.days.len() + 1) };
        let number = |day: NaiveDate| self.days.partition_point(|first| *first <= day);
        let span = number(period.from);
        (span == number(period.to)).then_some(span)
    }
}

/// The days of change of each rule and quota, and of each nexus: on any other day, it is in force and its tests of the date of the
/// transaction are true as on the day before.
#[derive(Debug)]
pub(super) struct DaysOfChange {
    entries: Vec<Vec<NaiveDate>>,
    nexus: Vec<Vec<NaiveDate>>,
}

impl DaysOfChange {
    pub(super) fn new(entries: &[Entry<'_>], nexus: &[Option<Nexus>], graph: &ConditionGraph<'_>) -> Self {
        let tested = graph.days_of_change();
        let of_test = |node| tested.get(node).cloned().unwrap_or_default();
        let of_entry = |entry: &Entry<'_>| {
            let mut days = of_test(entry.when.index());
            if let EntryKind::Rule(_, rule) = &entry.kind {
                days.extend(rule.in_force.days_of_change());
            }
            days
        };
        let of_nexus = |nexus: &Option<Nexus>| nexus.as_ref().map(|nexus| of_test(nexus.whole.index())).unwrap_or_default();
        Self { entries: entries.iter().map(of_entry).collect(), nexus: nexus.iter().map(of_nexus).collect() }
    }

    /// The days of change of some entries and of the nexus of all regimes that these may ask for, sorted.
    pub(super) fn of(&self, entries: &BitSet) -> Vec<NaiveDate> {
        let of_entries = entries.iter().filter_map(|entry| self.entries.get(entry)).flatten();
        let mut days: Vec<NaiveDate> = of_entries.chain(self.nexus.iter().flatten()).copied().collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}
