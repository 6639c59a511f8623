//! Tests beside the rules, as written; the workbench runs them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::document::{Code, Diagnostics, Mapping, Node, Span};

use super::register::read_day;

/// What a rulebook must say of an example.
#[derive(Debug)]
pub struct TestCase {
    /// Its name, unique in the rulebook.
    pub name: String,
    /// The facts.
    pub given: TestInput,
    /// The worst verdict of each rule with a finding, exhaustively.
    pub expect: BTreeMap<String, String>,
    /// The duties listed, where the test says.
    pub duties: Option<Vec<String>>,
    /// Law, notices and approvals as known on this day.
    pub known_on: Option<NaiveDate>,
    /// Where it stands.
    pub span: Span,
}

/// The facts of a test.
#[derive(Debug, Clone)]
pub enum TestInput {
    /// One transaction.
    Transaction(Node),
    /// A transaction like that of another test, but for these keys.
    Like(String, Node),
    /// A whole incident.
    Incident(Node),
}

impl TestCase {
    pub(super) fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "a test", &["name", "given", "incident", "expect", "duties", "known_on", "why"], problems)?;
        let name = map.require_text("name", problems).map(str::to_owned);
        let given = match (map.get("given"), map.get("incident")) {
            (Some(given), None) => Some(match given.get("like").and_then(Node::text) {
                Some(like) => TestInput::Like(like.to_owned(), given.clone()),
                None => TestInput::Transaction(given.clone()),
            }),
            (None, Some(incident)) => Some(TestInput::Incident(incident.clone())),
            _ => {
                problems.push(crate::document::Diagnostic::new(
                    Code::TestInput,
                    node.span,
                    "a test needs one of `given` and `incident`",
                ));
                None
            }
        };
        let mut expect = BTreeMap::new();
        let expected = map.require("expect", problems);
        let expected =
            expected.map(|n| problems.entries_of(n, "`expect`", "a mapping of rules to verdicts, `{}` for no finding"));
        for entry in expected.unwrap_or_default() {
            if let Some(verdict) = entry.value.text() {
                expect.insert(entry.key.text.clone(), verdict.to_owned());
            } else {
                problems.wrong_shape(&entry.value, &format!("the verdict of `{}`", entry.key.text), "a word");
            }
        }
        let duties = map.get("duties").map(|_| map.texts("duties", problems).into_iter().map(|(_, t)| t.to_owned()).collect());
        let known_on = map.get("known_on").and_then(|n| read_day(n, "`known_on`", problems));
        Some(Self { name: name?, given: given?, expect, duties, known_on, span: node.span })
    }
}

/// A mutant of which the rulebook says why no test can notice it.
#[derive(Debug)]
pub struct EquivalentMutant {
    /// The rule, definition, exemption or quota that is altered.
    pub owner: String,
    /// What is done to it, as `rules mutate` says it.
    pub mutant: String,
    /// Why nothing changes.
    pub reason: String,
}

impl EquivalentMutant {
    pub(super) fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "an equivalent mutant", &["of", "mutant", "because"], problems)?;
        let mut text = |key| map.require_text(key, problems).map(str::to_owned);
        Some(Self { owner: text("of")?, mutant: text("mutant")?, reason: text("because")? })
    }
}
