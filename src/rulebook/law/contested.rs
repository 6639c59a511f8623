//! Measures whose legal status is disputed.

use crate::facts::{Period, Truth};

/// A dispute over whether a measure binds, and the days that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// The first day; `None` without a beginning.
    pub from: Option<Period>,
    /// The last day; `None` without an end.
    pub to: Option<Period>,
    /// What is disputed, and by whom.
    pub reason: String,
}

impl Contested {
    /// True if the dispute is, or may be, about an act of a date.
    pub fn concerns(&self, date: Option<Period>) -> bool {
        let Some(date) = date else { return true };
        let begun = self.from.map_or(Truth::True, |from| date.since(&from));
        let not_over = self.to.map_or(Truth::True, |to| date.until(&to));
        Truth::all([begun, not_over]) != Truth::False
    }
}
