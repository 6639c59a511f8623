//! Whether the rulebook is good.

mod test;

pub use test::{Failure, TestRun, run_tests};
