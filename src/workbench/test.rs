//! Runs the tests beside the rules. `expect` is exhaustive within the regime of a test: a finding that it does not list fails it,
//! so that false alarms are found too.

use std::collections::BTreeMap;

use crate::engine::{AssessOptions, Verdict, assess};
use crate::rulebook::{RegimeChoice, Rule, Rulebook, TestCase};

use super::loaded_test::LoadedTest;

/// The results of all tests of a rulebook.
#[derive(Debug, Default)]
pub struct TestRun {
    /// The number of tests that passed.
    pub passed: usize,
    /// The tests that failed, in the order of their files.
    pub failures: Vec<TestFailure>,
}

/// A test that failed.
#[derive(Debug)]
pub struct TestFailure {
    /// The test's name.
    pub name: String,
    /// The test's place in the rule files: file, line and column.
    pub at: String,
    /// Each difference between what is expected and what was found, in words.
    pub reasons: Vec<String>,
}

/// Runs the tests of some regimes of a rulebook.
pub fn run_tests(rulebook: &Rulebook, regimes: &RegimeChoice) -> TestRun {
    let mut run = TestRun::default();
    for test in rulebook.tests.iter().filter(|test| test.is_of(regimes)) {
        let reasons = differences(rulebook, test);
        if reasons.is_empty() {
            run.passed += 1;
        } else {
            run.failures.push(TestFailure { name: test.name.clone(), at: rulebook.sources.location(test.span), reasons });
        }
    }
    run
}

fn differences(rulebook: &Rulebook, test: &TestCase) -> Vec<String> {
    let loaded = match LoadedTest::load(rulebook, test) {
        Ok(loaded) => loaded,
        Err(reasons) => return reasons,
    };
    let mut reasons = Vec::new();
    let ledger = loaded.ledger(rulebook);
    let regimes = loaded.regimes(rulebook);
    let options = AssessOptions { known_on: test.known_on, regimes, ..AssessOptions::default() };
    let assessment = assess(rulebook, &loaded.incidents, &ledger, &options);
    let mut found: BTreeMap<&str, Verdict> = BTreeMap::new();
    let mut duties: Vec<&str> = Vec::new();
    for (_, transaction) in assessment.transactions() {
        let findings = transaction.findings.iter().filter(|finding| loaded.is_about(finding.rule));
        for (rule, verdict) in findings.filter_map(|f| Some((f.rule.id.as_str(), f.verdict?))) {
            found.entry(rule).and_modify(|worst| *worst = verdict.max(*worst)).or_insert(verdict);
        }
        let is_told = |rule: &Rule| loaded.is_about(rule) || test.duties.as_ref().is_some_and(|told| told.contains(&rule.id));
        duties.extend(transaction.duties.iter().filter(|duty| is_told(duty.rule)).map(|duty| duty.rule.id.as_str()));
    }
    for (rule, expected) in &loaded.expect {
        match found.get(rule.as_str()) {
            Some(verdict) if verdict.word() == expected => {}
            Some(verdict) => reasons.push(format!("{rule}: expected {expected}, found {verdict}")),
            None => reasons.push(format!("{rule}: expected {expected}, found nothing")),
        }
    }
    for (rule, verdict) in found.iter().filter(|(rule, _)| !loaded.expect.contains_key(**rule)) {
        reasons.push(format!("{rule}: expected nothing, found {verdict}"));
    }
    if let Some(expected) = &test.duties {
        duties.sort_unstable();
        duties.dedup();
        let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        expected.sort_unstable();
        if duties != expected {
            reasons.push(format!("duties: expected [{}], found [{}]", expected.join(", "), duties.join(", ")));
        }
    }
    reasons
}
