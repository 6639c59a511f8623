//! Tests beside the rules, and mutants that no test can notice. The workbench runs them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::document::{Node, Span};

/// A test of the rulebook: facts, and what the rules must find in them.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// The name, unique in the rulebook.
    pub name: String,
    /// The facts.
    pub given: TestInput,
    /// The worst verdict expected from each rule, by its id. From every other rule no finding is expected.
    pub expect: BTreeMap<String, String>,
    /// The ids of the duties expected; `None` if the test does not check them.
    pub duties: Option<Vec<String>>,
    /// The day as of which law, notices and permissions are known; `None` for all of them.
    pub known_on: Option<NaiveDate>,
    /// The place in the rule file.
    pub span: Span,
}

/// The facts of a test, as written.
#[derive(Debug, Clone)]
pub enum TestInput {
    /// A transaction.
    Transaction(Node),
    /// The transaction of another test, by its name, with these keys replaced or added.
    Like(String, Node),
    /// A whole incident.
    Incident(Node),
}

/// A mutant that decides as the original does, so that no test can notice it.
#[derive(Debug, Clone)]
pub struct EquivalentMutant {
    /// The id of the rule, definition, exemption or quota that is altered.
    pub owner: String,
    /// The alteration, in the words of `rules mutate`.
    pub mutant: String,
    /// The reason why no verdict changes.
    pub reason: String,
}
