//! The built-in rulebook: its own tests pass, and it accounts for every operative paragraph.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::LazyLock;

use interdict::rulebook::{RegimeChoice, Rulebook};
use interdict::workbench::{coverage, run_tests};

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::built_in().expect("the built-in rulebook has no mistake"));

#[test]
fn the_tests_beside_the_rules_pass() {
    let run = run_tests(&RULEBOOK, &RegimeChoice::default());
    assert!(run.failures.is_empty(), "{:#?}", run.failures);
    assert!(run.passed > 1000, "only {} tests", run.passed);
}

#[test]
fn every_operative_paragraph_is_accounted_for() {
    let covered = coverage(&RULEBOOK, &RegimeChoice::default());
    let paragraphs = covered.paragraphs();
    assert_eq!(paragraphs.exercised, paragraphs.total);
    assert!(paragraphs.total > 400, "only {} paragraphs", paragraphs.total);
    assert_eq!(covered.exceptions.exercised, covered.exceptions.total);
}

#[test]
fn the_rulebook_gives_no_warning() {
    let warnings: Vec<&str> = RULEBOOK.warnings.iter().map(|w| w.message.as_str()).collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
}
