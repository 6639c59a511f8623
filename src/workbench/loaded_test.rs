//! A test of the rulebook with its facts read from YAML, ready to be evaluated.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::document::{Content, DiagnosticLevel, Diagnostics, Entry, Key, Node, Scalar};
use crate::engine::{EvalContext, Ledger};
use crate::facts::ReportedIncident;
use crate::intake::{read_incident, read_transaction};
use crate::rulebook::{RegimeChoice, RegimeId, Rule, Rulebook, TestCase, TestInput};

/// The facts of a test, read, and the verdicts that it expects. It borrows nothing, so that a rulebook can be altered
/// while its tests are kept.
pub(super) struct LoadedTest {
    /// The one incident of the test; an array, since the engine takes a slice of incidents.
    pub(super) incidents: [ReportedIncident; 1],
    /// The regime whose rules it is about; `None` if it is about all.
    regime: Option<RegimeId>,
    /// The worst verdict expected from each rule; from every other rule that the test is about no finding is expected.
    pub(super) expect: BTreeMap<String, String>,
    /// The duties expected; `None` if the test does not check them.
    pub(super) duties: Option<Vec<String>>,
    /// The day as of which the test applies the law.
    pub(super) known_on: Option<NaiveDate>,
}

impl LoadedTest {
    /// Reads the facts of a test. The error holds every mistake in them, in words and with its place.
    pub(super) fn load(rulebook: &Rulebook, test: &TestCase) -> Result<Self, Vec<String>> {
        let mut problems = Diagnostics::default();
        let reported = match resolve_facts(rulebook, test, 0).map_err(|reason| vec![reason])? {
            Facts::Incident(node) => read_incident(node, None, &rulebook.vocabulary, &mut problems),
            Facts::Transaction(node) => Some(read_transaction(node, &rulebook.vocabulary, &mut problems)),
        };
        let mistakes = problems.iter().filter(|p| p.level() == DiagnosticLevel::Error || p.unread.is_some());
        let place = |at: Option<_>| at.map(|at| format!(" ({})", rulebook.sources.location(at))).unwrap_or_default();
        let mistakes: Vec<String> = mistakes.map(|p| format!("the facts cannot be read: {}{}", p.message, place(p.at))).collect();
        match reported {
            Some(reported) if mistakes.is_empty() => Ok(Self {
                incidents: [reported],
                regime: test.regime,
                expect: test.expect.iter().chain(&test.expect_also).map(|(id, verdict)| (id.clone(), verdict.clone())).collect(),
                duties: test.duties.clone(),
                known_on: test.known_on,
            }),
            _ => Err(mistakes),
        }
    }

    /// True if the test says what a rule finds: it is of the test's regime, or named.
    pub(super) fn is_about(&self, rule: &Rule) -> bool {
        self.regime.is_none_or(|regime| regime == rule.regime) || self.expect.contains_key(&rule.id)
    }

    /// The regimes of the rules that the test is about.
    pub(super) fn regimes(&self, rulebook: &Rulebook) -> RegimeChoice {
        let named = rulebook.rules.iter().filter(|rule| self.expect.contains_key(&rule.id)).map(|rule| rule.regime);
        self.regime.map(|own| named.chain([own]).collect()).unwrap_or_default()
    }

    /// Counts all quotas of a rulebook over the test's incident.
    pub(super) fn ledger(&self, rulebook: &Rulebook) -> Ledger {
        Ledger::count(rulebook, &self.incidents, None, self.known_on)
    }

    /// One context for each transaction of the test.
    pub(super) fn contexts<'a>(&'a self, rulebook: &'a Rulebook, ledger: &'a Ledger) -> impl Iterator<Item = EvalContext<'a>> {
        let [reported] = &self.incidents;
        (0..reported.transactions().len())
            .filter_map(move |index| EvalContext::new(rulebook, reported, index, self.known_on, Some(ledger)))
    }
}

enum Facts {
    Transaction(Node),
    Incident(Node),
}

/// The facts of a test, with those of the tests that it is like merged in.
fn resolve_facts(rulebook: &Rulebook, test: &TestCase, depth: usize) -> Result<Facts, String> {
    const LONGEST_CHAIN: usize = 16;
    let (like, overrides) = match &test.given {
        TestInput::Transaction(node) => return Ok(Facts::Transaction(node.clone())),
        TestInput::Incident(node) => return Ok(Facts::Incident(with_id(node))),
        TestInput::Like(like, overrides) => (like, overrides),
    };
    let base = rulebook
        .tests
        .iter()
        .find(|t| t.name == *like && t.regime == test.regime)
        .ok_or_else(|| format!("there is no test `{like}` to be like"))?;
    if depth >= LONGEST_CHAIN {
        return Err(format!("the tests from `{like}` on are like each other in a circle"));
    }
    match resolve_facts(rulebook, base, depth + 1)? {
        Facts::Transaction(node) => Ok(Facts::Transaction(with_overrides(node, overrides))),
        Facts::Incident(_) => Err(format!("`{like}` is a whole incident; a test can be like a single transaction only")),
    }
}

/// The incident with an `id`, which the incident of a test may leave out.
fn with_id(node: &Node) -> Node {
    let mut node = node.clone();
    let span = node.span;
    if let Content::Map(entries) = &mut node.content
        && !entries.iter().any(|e| e.key.text == "id")
    {
        let id = Node { span, content: Content::Scalar(Scalar { text: "test".into(), plain: true }) };
        entries.push(Entry { key: Key { span, text: "id".into() }, value: id });
    }
    node
}

/// The mapping with the entries of `overrides` in place of its own of the same key.
fn with_overrides(mut base: Node, overrides: &Node) -> Node {
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
