//! Runs the tests beside the rules: exhaustively, so that false alarms are caught too.

use std::collections::BTreeMap;

use crate::engine::{Ledger, Options, Verdict, assess};
use crate::rulebook::{Rulebook, TestCase};

use super::prepared::prepare;

/// What came of all tests.
#[derive(Debug, Default)]
pub struct TestRun {
    /// How many held.
    pub passed: usize,
    /// Those that did not.
    pub failures: Vec<Failure>,
}

/// A test that did not hold.
#[derive(Debug)]
pub struct Failure {
    /// The test's name.
    pub name: String,
    /// Where it stands.
    pub at: String,
    /// What was expected and what came, in words.
    pub reasons: Vec<String>,
}

/// Runs every test of a rulebook.
pub fn run_tests(rulebook: &Rulebook) -> TestRun {
    let mut run = TestRun::default();
    for test in &rulebook.tests {
        let reasons = failures_of(rulebook, test);
        if reasons.is_empty() {
            run.passed += 1;
        } else {
            run.failures.push(Failure { name: test.name.clone(), at: rulebook.sources.at(test.span), reasons });
        }
    }
    run
}

fn failures_of(rulebook: &Rulebook, test: &TestCase) -> Vec<String> {
    let reported = match prepare(rulebook, test) {
        Ok(reported) => reported,
        Err(reasons) => return reasons,
    };
    let mut reasons = Vec::new();
    let incidents = [reported];
    let ledger = Ledger::count(rulebook, &incidents, None, test.known_on);
    let options = Options { known_on: test.known_on, ..Options::default() };
    let assessment = assess(rulebook, &incidents, &ledger, &options);
    let mut found: BTreeMap<&str, Verdict> = BTreeMap::new();
    let mut duties: Vec<&str> = Vec::new();
    for (_, transaction) in assessment.transactions() {
        for (rule, verdict) in transaction.findings.iter().filter_map(|f| Some((f.rule.id.as_str(), f.verdict?))) {
            found.entry(rule).and_modify(|worst| *worst = verdict.max(*worst)).or_insert(verdict);
        }
        duties.extend(transaction.duties.iter().map(|d| d.rule.id.as_str()));
    }
    for (rule, expected) in &test.expect {
        match found.get(rule.as_str()) {
            Some(verdict) if verdict.word() == expected => {}
            Some(verdict) => reasons.push(format!("{rule}: expected {expected}, found {verdict}")),
            None => reasons.push(format!("{rule}: expected {expected}, found nothing")),
        }
    }
    for (rule, verdict) in found.iter().filter(|(rule, _)| !test.expect.contains_key(**rule)) {
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
