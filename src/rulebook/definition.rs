//! Shared definitions, so that rules read like the paragraphs.

use crate::document::{Diagnostic, Diagnostics, Mapping, Node, Span};
use crate::facts::{Kind, Table, Transaction};

use super::condition_syntax::{Scope, Syntax};
use super::names::check_id;
use super::{Citation, Condition, Register};

/// Names a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub(crate) usize);

/// A condition with a name.
#[derive(Debug)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// What it means, in words.
    pub title: String,
    /// The paragraphs that it renders.
    pub authority: Vec<Citation>,
    /// What must hold.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

/// The id and the table of a definition, before its condition can be read.
pub(super) fn announce(node: &Node, problems: &mut Diagnostics) -> Option<(String, &'static Table)> {
    let id = node.get("id").and_then(Node::text)?;
    check_id(node.get("id").unwrap_or(node), id, problems);
    let table = match node.get("of").and_then(Node::text) {
        None => Transaction::TABLE,
        Some(word) => match Transaction::TABLE.asked(word) {
            Some((_, field)) => match field.kind {
                Kind::Many(table) | Kind::One(table) => table,
                _ => Transaction::TABLE,
            },
            None => {
                let known = Transaction::TABLE
                    .fields
                    .iter()
                    .filter(|f| matches!(f.kind, Kind::Many(_) | Kind::One(_)))
                    .filter_map(|f| f.asked_as());
                super::names::unknown_name(node, word, "record that a definition can speak of", known, problems);
                Transaction::TABLE
            }
        },
    };
    Some((id.to_owned(), table))
}

impl Definition {
    pub(super) fn read(node: &Node, table: &'static Table, register: &Register, syntax: &mut Syntax<'_>) -> Option<Self> {
        let map = Mapping::read(node, "a definition", &["id", "title", "authority", "of", "when", "remarks"], syntax.problems)?;
        let id = map.require_text("id", syntax.problems)?.to_owned();
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, syntax.problems);
        let when = map.require("when", syntax.problems)?;
        let when = syntax.condition(when, Scope::of(table))?;
        Some(Self { id, title, authority, when, span: node.span })
    }
}

/// Reports definitions that rest on themselves.
pub(super) fn check_circles(definitions: &[Definition], problems: &mut Diagnostics) {
    for (index, definition) in definitions.iter().enumerate() {
        let mut seen = vec![false; definitions.len()];
        let mut open = vec![definition];
        while let Some(next) = open.pop() {
            let mut used = Vec::new();
            next.when.walk(&mut |c| {
                if let super::Test::Is(DefinitionId(i)) = c.test {
                    used.push(i);
                }
            });
            if used.contains(&index) {
                problems.push(Diagnostic::error(definition.span, format!("the definition `{}` rests on itself", definition.id)));
                break;
            }
            for i in used {
                if let (Some(flag), Some(other)) = (seen.get_mut(i), definitions.get(i)) {
                    if !*flag {
                        open.push(other);
                    }
                    *flag = true;
                }
            }
        }
    }
}
