//! How conditions on parties are written: on those that a fact names, and on whether somebody is on a list of designated persons.

use crate::document::{Code, Mapping, Node, Span};
use crate::facts::{Field, Party};
use crate::rulebook::law::{Condition, ConditionKind};

use super::regime_words::{REGIME, with_word};
use super::scope::RecordScope;
use super::{RuleReader, unknown_name};

impl RuleReader<'_> {
    /// Reads a condition on a fact that names parties: on the text of the name (`{contains: ..}`, `{is: words}`), or on a party
    /// that bears it (`{country: KP}`, `{is: definition}`).
    pub(super) fn linked(
        &mut self,
        value: &Node,
        row: usize,
        field: &'static Field,
        path: &str,
        span: Span,
    ) -> Option<Condition> {
        if let Some([entry]) = value.entries()
            && entry.key.text == "not"
        {
            let of = self.linked(&entry.value, row, field, path, span)?;
            return Some(Condition::new(span, self.shown(path, value), ConditionKind::Not(Box::new(of))));
        }
        if !self.is_party_condition(value) {
            return self.fact(value, row, field, path, span);
        }
        let of = self.condition(value, RecordScope { table: Party::TABLE, path })?;
        Some(Condition::new(span, format!("{path} a party with"), ConditionKind::Linked { row, of: Box::new(of) }))
    }

    /// True of a condition on a party; false of one on a text.
    fn is_party_condition(&self, value: &Node) -> bool {
        let Some(entries) = value.entries() else {
            return value.elements().is_some_and(|elements| elements.iter().any(|element| element.entries().is_some()));
        };
        entries.iter().any(|entry| match entry.key.text.as_str() {
            "contains" | "called" | "is_a" | "given" => false,
            "is" => {
                let is_definition = |n: &Node| n.text().is_some_and(|word| self.symbols.definitions.contains(word));
                entry.value.one_or_many().iter().any(is_definition)
            }
            _ => true,
        })
    }

    /// Reads `designated`: lists of designated persons, `regime` for those of the regime, or `{list, measure}` for listings on them
    /// that bring a measure.
    pub(super) fn designated(&mut self, value: &Node, span: Span, written: String) -> Option<Condition> {
        let map = value.entries().map(|_| Mapping::read(value, "a condition on a listing", &["list", "measure"], self.problems));
        let named = match map.flatten() {
            Some(map) => map.require("list", self.problems)?,
            None => value,
        };
        let lists = match named.text() {
            Some(REGIME) => self.lists_of_regime(named.span)?,
            _ => self.named(
                named,
                "list of designated persons",
                |symbols, word| symbols.lists.get(word).copied(),
                |symbols| symbols.lists.keys().map(String::as_str).collect(),
            )?,
        };
        let designations = self.symbols.designations;
        let of_lists = || lists.iter().filter_map(|id| designations.get(id.0));
        let mut measures = Vec::new();
        for node in map.flatten().and_then(|map| map.require("measure", self.problems)).map(Node::one_or_many).unwrap_or_default()
        {
            let word = node.text().unwrap_or_default();
            if of_lists().any(|list| list.measures.iter().any(|measure| measure == word)) {
                measures.push(word.to_owned());
            } else {
                let known = of_lists().flat_map(|list| list.measures.iter().map(String::as_str));
                unknown_name(Code::UnknownReference, node, word, "measure of the list", known, self.problems);
            }
        }
        let ids: Vec<&str> = of_lists().map(|list| list.id.as_str()).collect();
        let kind = ConditionKind::Designated { lists: lists.clone(), measures };
        if named.text() != Some(REGIME) {
            return Some(Condition::new(span, written, kind));
        }
        let text = with_word(&written, REGIME, &ids);
        Some(Condition { as_written: Some(written.into()), ..Condition::new(span, text, kind) })
    }
}
