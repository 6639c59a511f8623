//! Runs the tests beside the rules: exhaustively, so that false alarms are caught too.

use std::collections::BTreeMap;

use crate::document::{Content, Diagnostics, Entry, Key, Node, Scalar, Severity};
use crate::engine::{Ledger, Options, Verdict, assess};
use crate::intake::Reported;
use crate::rulebook::{Given, Rulebook, TestCase};

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
    let mut problems = Diagnostics::default();
    let reported = match resolved(rulebook, test, 0) {
        Ok(Facts::Incident(node)) => Reported::from_document(node, &rulebook.vocabulary, &mut problems),
        Ok(Facts::Transaction(node)) => Some(Reported::from_transaction(node, &rulebook.vocabulary, &mut problems)),
        Err(reason) => return vec![reason],
    };
    let mistakes = problems.iter().filter(|p| p.severity == Severity::Error);
    let mut reasons: Vec<String> = mistakes
        .map(|p| {
            format!(
                "the facts cannot be read: {}{}",
                p.message,
                p.at.map(|at| format!(" ({})", rulebook.sources.at(at))).unwrap_or_default()
            )
        })
        .collect();
    let Some(reported) = reported.filter(|_| reasons.is_empty()) else { return reasons };
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

enum Facts {
    Transaction(Node),
    Incident(Node),
}

/// The facts of a test, `like:` followed.
fn resolved(rulebook: &Rulebook, test: &TestCase, depth: usize) -> Result<Facts, String> {
    const LONGEST_CHAIN: usize = 16;
    let (like, overrides) = match &test.given {
        Given::Transaction(node) => return Ok(Facts::Transaction(node.clone())),
        Given::Incident(node) => return Ok(Facts::Incident(with_id(node))),
        Given::Like(like, overrides) => (like, overrides),
    };
    let base = rulebook.tests.iter().find(|t| t.name == *like).ok_or_else(|| format!("there is no test `{like}` to be like"))?;
    if depth >= LONGEST_CHAIN {
        return Err(format!("the tests from `{like}` on are like each other in a circle"));
    }
    match resolved(rulebook, base, depth + 1)? {
        Facts::Transaction(node) => Ok(Facts::Transaction(merged(node, overrides))),
        Facts::Incident(_) => Err(format!("`{like}` is a whole incident; a test can be like a single transaction only")),
    }
}

/// An incident of a test may leave its id out.
fn with_id(node: &Node) -> Node {
    let mut node = node.clone();
    let span = node.span;
    if let Content::Map(entries) = &mut node.content
        && !entries.iter().any(|e| e.key.text == "id")
    {
        let id = Node { span, content: Content::Scalar(Scalar { text: "test".to_owned(), plain: true }) };
        entries.push(Entry { key: Key { span, text: "id".to_owned() }, value: id });
    }
    node
}

fn merged(mut base: Node, overrides: &Node) -> Node {
    if let (Content::Map(entries), Some(changes)) = (&mut base.content, overrides.entries()) {
        for change in changes.iter().filter(|c| c.key.text != "like") {
            match entries.iter_mut().find(|e| e.key.text == change.key.text) {
                Some(entry) => *entry = change.clone(),
                None => entries.push(change.clone()),
            }
        }
    }
    base
}
