//! How definitions are written: from YAML to [`Definition`].

use std::collections::HashMap;

use super::symbols::{DeclaredDefinition, DefinitionTable};
use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{FactKind, Table, Transaction};
use crate::rulebook::law::{Definition, Register};

use super::RuleReader;
use super::regime_words::has_regime_words;
use super::scope::RecordScope;
use super::{check_id, is_on_a_circle, unknown_name};

/// The id of a definition and the table of the record that it is a condition on. They are known before any condition is
/// read, so that definitions can use each other in any order.
pub(in crate::rulebook) fn declare_definition(node: &Node, problems: &mut Diagnostics) -> Option<(String, &'static Table)> {
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
                unknown_name(Code::UnknownWord, node, word, "record that a definition can speak of", known, problems);
                Transaction::TABLE
            }
        },
    };
    Some((id.to_owned(), table))
}

impl Definition {
    pub(in crate::rulebook) fn read(
        declared: &DeclaredDefinition<'_>,
        register: &Register,
        reader: &mut RuleReader<'_>,
    ) -> Option<Self> {
        let (node, table) = (declared.node, declared.table);
        let map = Mapping::read(
            node,
            "a definition",
            &["id", "title", "authority", "of", "regime", "when", "remarks"],
            reader.problems,
        )?;
        let id = map.require_text("id", reader.problems).map(str::to_owned);
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, reader.problems);
        let when = map.require("when", reader.problems)?;
        let when = reader.condition(when, RecordScope::new(table))?;
        Some(Self {
            id: id?,
            title,
            authority,
            table,
            when,
            regime: reader.binding.regime(),
            is_shared: declared.regime.is_none(),
            span: node.span,
        })
    }
}

/// Reports definitions that use themselves, directly or through others.
pub(in crate::rulebook) fn check_definition_circles(nodes: &[&Node], problems: &mut Diagnostics) {
    let mut uses: HashMap<&str, Vec<&str>> = HashMap::new();
    for node in nodes {
        if let (Some(id), Some(when)) = (node.get("id").and_then(Node::text), node.get("when")) {
            let used = uses.entry(id).or_default();
            used.clear();
            collect_uses(when, used);
        }
    }
    for node in nodes {
        let Some(id) = node.get("id").and_then(Node::text) else { continue };
        if is_on_a_circle(id, |id| uses.get(id).into_iter().flatten().copied()) {
            problems.push(Diagnostic::new(Code::Circle, node.span, format!("the definition `{id}` rests on itself")));
        }
    }
}

/// Finds the shared definitions that mean something else in each regime: by a word of their own, or by a definition that they
/// use.
pub(in crate::rulebook) fn find_regime_dependence(definitions: &mut DefinitionTable<'_>) {
    let mut users: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut open = Vec::new();
    for (number, definition) in definitions.declared().iter().enumerate().filter(|(_, d)| d.regime.is_none()) {
        let Some(when) = definition.node.get("when") else { continue };
        if has_regime_words(when) {
            open.push(number);
        }
        let mut used = Vec::new();
        collect_uses(when, &mut used);
        used.into_iter().filter_map(|name| definitions.named(name)).for_each(|u| users.entry(u).or_default().push(number));
    }
    while let Some(number) = open.pop() {
        let found = definitions.declared_mut().get_mut(number).filter(|d| d.regime.is_none() && !d.is_regime_dependent);
        if let Some(definition) = found {
            definition.is_regime_dependent = true;
            open.extend(users.get(&number).into_iter().flatten());
        }
    }
}

/// Adds the names of the definitions that a condition uses.
pub(super) fn collect_uses<'n>(node: &'n Node, used: &mut Vec<&'n str>) {
    for entry in node.entries().unwrap_or_default() {
        if entry.key.text == "is" {
            used.extend(entry.value.one_or_many().iter().filter_map(Node::text));
        }
        collect_uses(&entry.value, used);
    }
    node.elements().unwrap_or_default().iter().for_each(|n| collect_uses(n, used));
}
