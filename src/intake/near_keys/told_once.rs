//! Parties and carriers that a document tells once, at its head, and its transactions name: `parties: {p1: {name: X}}` above
//! `supplier: p1`.

use std::collections::HashMap;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar};
use crate::facts::{Incident, Transaction};
use crate::rulebook::Vocabulary;

use super::keyed_records::is_role;
use super::{Meant, meaning, written};

/// The lists of a transaction whose records people tell once.
const LISTS: [&str; 3] = ["parties", "vessels", "aircraft"];
/// The keys under which a record is named, by its own record and by others.
const NAMES: [&str; 7] = ["id", "key", "ref", "party", "vessel", "ship", "name"];

/// A record that is told once.
struct ToldOnce {
    facts: Vec<Entry>,
    is_named: bool,
}

/// The records of a list.
struct Told {
    records: Vec<ToldOnce>,
    /// Where each stands, by what others call it; of several with one name the first.
    by_name: HashMap<String, usize>,
}

impl Told {
    fn new(records: Vec<(String, ToldOnce)>) -> Self {
        let mut by_name = HashMap::new();
        for (position, (name, _)) in records.iter().enumerate() {
            by_name.entry(name.clone()).or_insert(position);
        }
        Self { records: records.into_iter().map(|(_, record)| record).collect(), by_name }
    }

    fn named(&mut self, name: &str) -> Option<&mut ToldOnce> {
        self.records.get_mut(*self.by_name.get(name)?)
    }
}

/// Puts the records of the head of a document where its transactions name them. Those that none names stay where they are.
pub(super) fn put_where_named(head: &mut Vec<Entry>, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    for list in LISTS {
        let stands_for = |entry: &Entry| {
            entry.key.text == list
                || list == "parties" && matches!(meaning(Transaction::TABLE, entry), Some(Meant::Key("parties")))
        };
        let Some(at) = head.iter().position(stands_for) else { continue };
        let Some(mut told) = head.get(at).and_then(|entry| records(&entry.value)) else { continue };
        let is_list = |entry: &&mut Entry| {
            entry.key.text == "transactions" || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions")))
        };
        for transactions in head.iter_mut().filter(is_list) {
            let all = match &mut transactions.value.content {
                Content::List(elements) => elements.as_mut_slice(),
                _ => std::slice::from_mut(&mut transactions.value),
            };
            for transaction in all {
                if let Content::Map(entries) = &mut transaction.content {
                    entries.iter_mut().for_each(|entry| put(entry, list, &mut told, vocabulary));
                }
            }
        }
        if !told.records.iter().any(|record| record.is_named) {
            continue;
        }
        let Some(entry) = head.get_mut(at) else { continue };
        let message = format!("read what stands under `{}` where transactions name it", entry.key.text);
        let help = format!("write it under `{list}` of each transaction that it is a part of");
        problems.push(Diagnostic::new(Code::FactsAtHead, entry.key.span, message).help(help));
        let others: Vec<Node> =
            told.records.into_iter().filter(|record| !record.is_named).map(|record| record.node(&entry.value)).collect();
        match others.is_empty() {
            true => drop(head.remove(at)),
            false => entry.value.content = Content::List(others),
        }
    }
}

impl ToldOnce {
    /// The record in the place of what names it.
    fn node(self, at: &Node) -> Node {
        Node { span: at.span, content: Content::Map(self.facts) }
    }
}

/// The records of a list, or of a mapping under names of their own; `None` unless each has a name.
fn records(value: &Node) -> Option<Told> {
    let record = |name: &str, facts: Vec<Entry>| (name.to_owned(), ToldOnce { facts, is_named: false });
    let records: Option<Vec<_>> = match &value.content {
        Content::Map(entries) => {
            let of_entry = |entry: &Entry| {
                let facts = entry.value.entries()?;
                let is_named = facts.iter().any(|fact| fact.key.text == "name");
                let name = Node {
                    span: entry.key.span,
                    content: Content::Scalar(Scalar { text: entry.key.text.clone(), plain: false }),
                };
                let name = Entry { key: Key { span: entry.key.span, text: "name".into() }, value: name };
                Some(record(&entry.key.text, Some(name).filter(|_| !is_named).into_iter().chain(facts.iter().cloned()).collect()))
            };
            entries.iter().map(of_entry).collect()
        }
        Content::List(elements) => {
            let of_element = |element: &Node| {
                let name = NAMES.iter().find_map(|key| element.get(key)?.text())?;
                let is_fact = |fact: &&Entry| !matches!(fact.key.text.as_str(), "id" | "key" | "ref");
                Some(record(name, element.entries()?.iter().filter(is_fact).cloned().collect()))
            };
            elements.iter().map(of_element).collect()
        }
        Content::Scalar(_) => None,
    };
    records.map(Told::new)
}

/// Puts records in the place of their names under an entry of a transaction.
fn put(entry: &mut Entry, list: &str, told: &mut Told, vocabulary: &Vocabulary) {
    let own = entry.key.text == list;
    let stands_for = match meaning(Transaction::TABLE, entry) {
        Some(Meant::Role(_)) => list == "parties",
        Some(Meant::Inside(key, "name") | Meant::Key(key)) => key == list,
        _ => list == "parties" && is_role(&written(entry), vocabulary),
    };
    if !own && !stands_for {
        return;
    }
    let is_carrier = !own && list != "parties";
    match &mut entry.value.content {
        Content::List(elements) => elements.iter_mut().for_each(|element| put_record(element, told)),
        _ => put_record(&mut entry.value, told),
    }
    if is_carrier && entry.value.text().is_none() {
        entry.key = Key { text: list.into(), ..entry.key.clone() };
    }
}

/// Puts the record in the place of its name, or into the record that names it.
fn put_record(node: &mut Node, told: &mut Told) {
    let name = node.text().map(str::to_owned).or_else(|| NAMES.iter().find_map(|key| Some(node.get(key)?.text()?.to_owned())));
    let Some(name) = name else { return };
    let Some(record) = told.named(&name) else { return };
    record.is_named = true;
    let own = match &mut node.content {
        Content::Map(own) => std::mem::take(own),
        _ => Vec::new(),
    };
    let is_reference = |fact: &Entry| NAMES.contains(&fact.key.text.as_str()) && fact.value.text() == Some(name.as_str());
    let own: Vec<Entry> = own.into_iter().filter(|fact| !is_reference(fact)).collect();
    let others = record.facts.iter().filter(|fact| !own.iter().any(|other| other.key.text == fact.key.text)).cloned();
    let others: Vec<Entry> = others.collect();
    node.content = Content::Map(own.into_iter().chain(others).collect());
}
