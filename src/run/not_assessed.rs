//! Which rules could not be assessed, and in how many transactions of streams.
//!
//! A run takes no list of designated persons, so that a rule about listed persons is never assessed, always for the same
//! reason. Only this file and [`NotAssessed::no_lists`] rely on that.

use crate::engine::NotAssessed;
use crate::rulebook::Rulebook;

/// For each rule, by its position in the rulebook, the number of transactions in which it was not assessed.
#[derive(Debug)]
pub(super) struct NotAssessedCounts(Vec<usize>);

impl NotAssessedCounts {
    /// Counts of zero for a number of rules.
    pub(super) fn new(rules: usize) -> Self {
        Self(vec![0; rules])
    }

    /// Counts a transaction in which the rules at these positions were not assessed.
    pub(super) fn add(&mut self, rules: &[usize]) {
        for rule in rules {
            self.0.get_mut(*rule).into_iter().for_each(|count| *count += 1);
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(count, more)| *count += more);
    }

    /// The counts as a note of the report; `None` if every rule was assessed everywhere.
    pub(super) fn without_lists(&self, rulebook: &Rulebook) -> Option<NotAssessed> {
        let rules = rulebook.rules.iter().zip(&self.0).filter(|(_, count)| **count > 0);
        NotAssessed::no_lists(rules.map(|(rule, count)| (rule.id.clone(), *count)).collect())
    }
}
