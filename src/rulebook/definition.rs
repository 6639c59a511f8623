//! Shared definitions, so that rules read like the paragraphs.

use std::collections::{HashMap, HashSet};

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span};
use crate::facts::{FactKind, Table, Transaction};

use super::condition_syntax::{RecordScope, RuleReader};
use super::names::check_id;
use super::{Citation, Condition, Register};

/// Names a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub(crate) usize);

impl DefinitionId {
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }
}

/// A condition with a name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// What it means, in words.
    pub title: String,
    /// The paragraphs that it renders.
    pub authority: Vec<Citation>,
    /// The record that it speaks of.
    pub table: &'static Table,
    /// What must hold.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

/// The id and the table of a definition, before its condition can be read.
pub(super) fn announce(node: &Node, problems: &mut Diagnostics) -> Option<(String, &'static Table)> {
    let Some(id) = node.get("id").and_then(Node::text) else {
        problems.push(Diagnostic::new(Code::MissingKey, node.span, "a definition needs `id`"));
        return None;
    };
    check_id(node.get("id").unwrap_or(node), id, problems);
    let table = match node.get("of").and_then(Node::text) {
        None => Transaction::TABLE,
        Some(word) => match Transaction::TABLE.by_rule_key(word) {
            Some((_, field)) => match field.kind {
                FactKind::Many(table) | FactKind::One(table) => table,
                _ => Transaction::TABLE,
            },
            None => {
                let known = Transaction::TABLE
                    .fields
                    .iter()
                    .filter(|f| matches!(f.kind, FactKind::Many(_) | FactKind::One(_)))
                    .filter_map(|f| f.rule_key);
                super::names::unknown_name(
                    Code::UnknownWord,
                    node,
                    word,
                    "record that a definition can speak of",
                    known,
                    problems,
                );
                Transaction::TABLE
            }
        },
    };
    Some((id.to_owned(), table))
}

impl Definition {
    pub(super) fn read(node: &Node, table: &'static Table, register: &Register, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "a definition", &["id", "title", "authority", "of", "when", "remarks"], syntax.problems)?;
        let id = map.require_text("id", syntax.problems).map(str::to_owned);
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, syntax.problems);
        let when = map.require("when", syntax.problems)?;
        let when = syntax.condition(when, RecordScope::of(table))?;
        Some(Self { id: id?, title, authority, table, when, span: node.span })
    }
}

/// Reports definitions that rest on themselves, as far as they can be followed in the files.
pub(super) fn check_circles(nodes: &[(&Node, &'static Table)], problems: &mut Diagnostics) {
    let id = |node: &Node| node.get("id").and_then(Node::text).map(str::to_owned);
    let uses: HashMap<String, Vec<String>> = nodes
        .iter()
        .filter_map(|(node, _)| {
            let mut used = Vec::new();
            collect_uses(node.get("when")?, &mut used);
            Some((id(node)?, used))
        })
        .collect();
    for (node, _) in nodes {
        let Some(own) = id(node) else { continue };
        let mut seen = HashSet::new();
        let mut open: Vec<&String> = uses.get(&own).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if *next == own {
                problems.push(Diagnostic::new(Code::Circle, node.span, format!("the definition `{own}` rests on itself")));
                break;
            }
            if seen.insert(next) {
                open.extend(uses.get(next).into_iter().flatten());
            }
        }
    }
}

fn collect_uses(node: &Node, used: &mut Vec<String>) {
    for entry in node.entries().unwrap_or_default() {
        if entry.key.text == "is" {
            used.extend(entry.value.one_or_many().iter().filter_map(Node::text).map(str::to_owned));
        }
        collect_uses(&entry.value, used);
    }
    node.elements().unwrap_or_default().iter().for_each(|n| collect_uses(n, used));
}
