//! The report as data: the keys of the JSON report, stable and versioned.

mod decision;
mod finding;
mod head;
mod report;
mod transaction;

use std::borrow::Cow;

pub use decision::*;
pub use finding::*;
pub use head::*;
pub use report::*;
pub use transaction::*;

/// A word of the report's own: a verdict, a state, a name of a grade.
pub type Word = Cow<'static, str>;

/// The verdict that has a [`rank`].
pub fn verdict_of_rank(rank: u8) -> Option<&'static str> {
    ["violation", "potential-violation", "insufficient-information", "compliant"].get(usize::from(rank)).copied()
}

/// The place of a verdict in a report that tells the worst first; what has none comes last.
pub fn rank(verdict: Option<&str>) -> u8 {
    match verdict {
        Some("violation") => 0,
        Some("potential-violation") => 1,
        Some("insufficient-information") => 2,
        Some("compliant") => 3,
        _ => 4,
    }
}
