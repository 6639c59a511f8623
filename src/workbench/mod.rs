//! Whether the rulebook is good: its tests, what they exercise, and what they would not notice.

mod coverage;
mod mutants;
mod mutate;
mod prepared;
mod test;

pub use coverage::{Coverage, coverage};
pub use mutate::{Mutation, Survivor, mutate};
pub use test::{Failure, TestRun, run_tests};
