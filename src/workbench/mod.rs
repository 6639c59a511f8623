//! Tools for people who write rules: they run the tests beside the rules, measure what the tests exercise, and find
//! alterations of the rulebook that no test notices.
//!
//! All three load a test's facts as a `LoadedTest` and use the same engine as `check`.

mod condition_mutants;
mod coverage;
mod loaded_test;
mod mutants;
mod mutate;
mod test;

pub use coverage::{Count, Coverage, ElementCoverage, ParagraphCoverage, ResolutionCoverage, Treatment, coverage};
pub use mutate::{MutationReport, SurvivingMutant, mutate};
pub use test::{TestFailure, TestRun, run_tests};
