//! Tests beside the rules, and mutants that no test can notice. The workbench runs them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::document::{Node, Span};

use super::{RegimeChoice, RegimeId};

/// A test of the rulebook: facts, and what the rules must find in them.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// The name, unique among the tests of its regime.
    pub name: String,
    /// The facts.
    pub given: TestInput,
    /// The regime of its file, or the one that it names. Without one it is about the rules of all regimes.
    pub regime: Option<RegimeId>,
    /// The worst verdict expected from each rule of the regime, by its id. From every other one no finding is expected.
    pub expect: BTreeMap<String, String>,
    /// The worst verdict expected from rules of other regimes, by id. Of those that are not named nothing is said.
    pub expect_also: BTreeMap<String, String>,
    /// The ids of the duties expected; `None` if the test does not check them.
    pub duties: Option<Vec<String>>,
    /// The day as of which law, notices and permissions are known; `None` for all of them.
    pub known_on: Option<NaiveDate>,
    /// The place in the rule file.
    pub span: Span,
}

impl TestCase {
    /// True if the test is about a regime that is chosen.
    pub fn is_of(&self, regimes: &RegimeChoice) -> bool {
        self.regime.map_or(regimes.is_all(), |regime| regimes.contains(regime))
    }
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
