//! Tools for people who write rules: they run the tests beside the rules, measure what the tests exercise, and find
//! alterations of the rulebook that no test notices and facts whose loss silences a finding.
//!
//! All of them load a test's facts as a `LoadedTest` and use the same engine as `check`.

mod audit;
mod condition_mutants;
mod coverage;
mod loaded_test;
mod mutant;
mod mutants;
mod mutate;
mod relevant_cases;
mod test;
mod word_mutants;

pub use audit::{AllowedSilence, AuditReport, CauseKind, Law, LawReport, LearnedLoss, Silence, Tally, audit};
pub use coverage::{Count, Coverage, ElementCoverage, ParagraphCoverage, ResolutionCoverage, Treatment, coverage};
pub use mutate::{MutationReport, SurvivingMutant, mutate};
pub use test::{TestFailure, TestRun, run_tests};
pub use word_mutants::WordsNoticed;
