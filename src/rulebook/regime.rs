//! Regimes: what holds the rules of one sanctions committee together.

use crate::document::{Diagnostics, Mapping, Node, Span};

use super::condition_syntax::{RecordScope, RuleReader};
use super::exception::read_list;
use super::names::read_id;
use super::{Condition, Exception, Register};

/// Names a regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegimeId(pub(crate) usize);

/// Names a list of designated persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DesignationListId(pub(crate) usize);

/// A sanctions regime.
#[derive(Debug)]
pub struct Regime {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its committee.
    pub committee: Option<String>,
    /// Some link to the regime's target; without it nothing is said to be unclear.
    pub nexus: Condition,
    /// Exceptions of every prohibition of the regime.
    pub exceptions: Vec<Exception>,
    /// Where it stands.
    pub span: Span,
}

/// A list of designated persons: its id and how its reference numbers begin.
#[derive(Debug)]
pub struct DesignationList {
    pub(crate) id: String,
    pub(crate) prefixes: Vec<String>,
}

impl DesignationList {
    /// True if a reference, or a list's name, is of this list.
    pub fn holds(&self, reference: &str) -> bool {
        reference == self.id || self.prefixes.iter().any(|p| reference.starts_with(p.as_str()))
    }
}

/// The lists that a regime names, before conditions can be read.
pub(super) fn announce_lists(node: &Node, problems: &mut Diagnostics) -> Vec<DesignationList> {
    let mut found = Vec::new();
    for element in node.get("lists").map(Node::one_or_many).unwrap_or_default() {
        let Some(map) = Mapping::read(element, "a list of designated persons", &["id", "title", "references"], problems) else {
            continue;
        };
        let id = read_id(&map, problems);
        let prefixes = map.texts("references", problems).into_iter().map(|(_, t)| t.to_owned()).collect();
        found.extend(id.map(|id| DesignationList { id, prefixes }));
    }
    found
}

impl Regime {
    pub(super) fn read(node: &Node, shared: &[Exception], register: &Register, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(
            node,
            "a regime",
            &["id", "title", "committee", "target", "lists", "nexus", "except", "remarks"],
            syntax.problems,
        )?;
        let id = read_id(&map, syntax.problems);
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        let committee = map.text("committee", syntax.problems).map(str::to_owned);
        let exceptions = read_list(map.get("except"), shared, register, syntax);
        let nexus = map.require("nexus", syntax.problems).and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        let (id, nexus) = (id?, nexus?);
        Some(Self { id, title, committee, nexus, exceptions, span: node.span })
    }
}
