//! Several copies of one list, and who was listed on a given day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entry::{Entry, List};

/// The copies of one list, from the oldest to the newest.
#[derive(Debug, Clone, Default)]
pub struct DatedCopies {
    copies: Vec<List>,
}

/// An entry with the time for which it is known to be listed. Both days are inclusive.
#[derive(Debug, Clone)]
pub struct ListedPeriod<'l> {
    /// The entry, as the newest copy that has it gives it.
    pub entry: &'l Entry,
    /// The day of listing; `None` if the record does not say.
    pub from: Option<NaiveDate>,
    /// The last day on which the entry surely stood on the list; `None` if it stands there still.
    pub until: Option<NaiveDate>,
    /// The first day on which it surely stood there no longer. Between the two the day of delisting is not known.
    pub gone_by: Option<NaiveDate>,
}

impl ListedPeriod<'_> {
    /// True if surely listed on a day, false if surely not, `None` between the last copy with the entry and the first without it.
    pub fn listed_on(&self, day: NaiveDate) -> Option<bool> {
        if self.from.is_some_and(|from| day < from) || self.gone_by.is_some_and(|gone| day >= gone) {
            return Some(false);
        }
        match self.until {
            Some(until) if day > until => None,
            _ => Some(true),
        }
    }
}

impl DatedCopies {
    /// Takes copies in any order; those without a date count as the oldest, in the order given.
    pub fn new(mut copies: Vec<List>) -> DatedCopies {
        copies.sort_by_key(|copy| copy.generated);
        DatedCopies { copies }
    }

    /// The newest copy.
    pub fn newest(&self) -> Option<&List> {
        self.copies.last()
    }

    /// The newest copy that had been published by a day.
    pub fn known_on(&self, day: NaiveDate) -> Option<&List> {
        self.copies.iter().rev().find(|copy| copy.generated.is_some_and(|generated| generated <= day))
    }

    /// Every entry of any copy with the time of its listing, by reference number. An entry that a later copy lacks was delisted
    /// between the two, on the day that its record gives or, without one, at an unknown day after the last copy with it.
    pub fn periods(&self) -> Vec<ListedPeriod<'_>> {
        let mut periods: BTreeMap<&str, (usize, &Entry)> = BTreeMap::new();
        for (at, copy) in self.copies.iter().enumerate() {
            for entry in &copy.entries {
                periods.insert(&entry.reference, (at, entry));
            }
        }
        periods
            .into_values()
            .map(|(last, entry)| {
                let (mut until, mut gone_by) = (None, None);
                if let Some(delisted) = entry.delisted_on {
                    (until, gone_by) = (delisted.pred_opt(), Some(delisted));
                } else if let Some(next) = self.copies.get(last + 1) {
                    (until, gone_by) = (self.copies.get(last).and_then(|copy| copy.generated), next.generated);
                }
                ListedPeriod { entry, from: entry.listed_on, until, gone_by }
            })
            .collect()
    }
}
