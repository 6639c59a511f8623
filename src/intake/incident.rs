//! Incidents from their trees: what they leave out is filled in, ids and references are checked.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar, Span, did_you_mean};
use crate::engine::{check_totals, infer};
use crate::facts::{EvidenceSource, FactKind, FactValue, Incident, Record, ReportedIncident, Transaction, TransactionText};
use crate::rulebook::Vocabulary;

use super::near_keys::{gather_facts_at_head, list_to_rename, named_sources, read_near_keys};
use super::nothing_moved::read_as_unknown;
use super::reader::Reader;
use super::values;

/// Reads an incident of one transaction, as the tests of rules write it.
pub(crate) fn read_transaction(node: Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) -> ReportedIncident {
    let mut transaction = Transaction::default();
    Reader { vocabulary, problems, is_strict: false }.record(&node, &mut transaction);
    read_as_unknown(&mut transaction, (Some(&node), None), vocabulary, problems);
    let mut reported = ReportedIncident::new(Incident { id: Some("test".into()), ..Incident::default() });
    reported.push(transaction, 1, TransactionText::Tree(node));
    infer(&mut reported, vocabulary);
    check_references(&reported, problems);
    check_totals(&reported, vocabulary, problems);
    reported
}

/// Reads an incident from its document; `file` is the name of the file that it is in. `None` if the document is no mapping and no
/// list of transactions, which is reported.
pub(crate) fn read_incident(
    mut root: Node,
    file: Option<&str>,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) -> Option<ReportedIncident> {
    gather_facts_at_head(&mut root, vocabulary, problems);
    if root.entries().is_none() {
        problems.wrong_shape(&root, "an incident", "a mapping with `id` and `transactions`");
        return None;
    }
    let named = named_sources(&root);
    read_near_keys(&mut root, Incident::TABLE, vocabulary, problems);
    list_only_transaction(&mut root);
    if let Some(file) = file {
        name_by_file(&mut root, file, problems);
    }
    report_empty_transactions(&root, problems);
    let mut incident = Incident::default();
    Reader { vocabulary, problems, is_strict: false }.record(&root, &mut incident);
    for key in ["id", "transactions"] {
        // A file that was cut off after `transactions:` must not pass for one in which nothing moved.
        if root.get(key).is_none_or(|n| n.shape() == "nothing" || n.text() == Some("unknown")) {
            let help = if key == "id" {
                "a stable name, such as `2023-09-13-vostochny`"
            } else {
                "one entry for each thing that is reported to move or to be done"
            };
            let rename = list_to_rename(&root).filter(|_| key == "transactions");
            let help = match rename {
                Some(list) => format!("rename `{list}` to `transactions`, if it lists them; else {help}"),
                None => help.to_owned(),
            };
            let start = Span { end: root.span.start + 1, ..root.span };
            problems.push(Diagnostic::new(Code::IncompleteIncident, start, format!("an incident needs `{key}`")).help(help));
        }
    }
    add_named_sources(&mut incident, &named, &root, &mut Reader { vocabulary, problems, is_strict: false });
    for (number, source) in (1..).zip(incident.sources.get_mut().unwrap_or_default().iter_mut()) {
        source.id.get_or_insert_with(|| compact_str::format_compact!("{number}"));
    }
    let head_dates = incident.date;
    for (i, transaction) in incident.transactions.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let node = root.get("transactions").and_then(|t| t.one_or_many().get(i));
        if node.and_then(|t| t.get("date")).is_none() {
            transaction.date = head_dates;
        }
        read_as_unknown(transaction, (node, None), vocabulary, problems);
    }
    let mut reported = ReportedIncident::from_document(incident, root);
    infer(&mut reported, vocabulary);
    check_references(&reported, problems);
    check_totals(&reported, vocabulary, problems);
    Some(reported)
}

/// Reports transactions of which no fact is read, though they tell something: an envelope that nothing knows.
fn report_empty_transactions(root: &Node, problems: &mut Diagnostics) {
    const OF_ALL: [&str; 6] = ["id", "notes", "sources", "title", "evidence", "relates_to"];
    for transaction in root.get("transactions").map(Node::one_or_many).unwrap_or_default() {
        let Some(facts) = transaction.entries().filter(|facts| !facts.is_empty()) else { continue };
        let is_fact =
            |fact: &Entry| Transaction::TABLE.position(&fact.key.text).is_some() && !OF_ALL.contains(&fact.key.text.as_str());
        // A value alone may be a remark; records in it are facts in other words.
        let is_envelope = |fact: &&Entry| {
            let value = &fact.value;
            Transaction::TABLE.position(&fact.key.text).is_none() && (value.entries().is_some() || value.elements().is_some())
        };
        let Some(unread) = facts.iter().find(is_envelope).filter(|_| !facts.iter().any(is_fact)) else { continue };
        let message = format!("no fact of a transaction could be read; `{}` is no key of one", unread.key.text);
        let help = match list_to_rename(transaction) {
            Some(list) => format!("rename `{list}` to `transactions` and write it at the head of the file, if it lists them"),
            None => {
                format!("rename `{}` to the key of the fact that it holds (`interdict new blank` prints them)", unread.key.text)
            }
        };
        problems.push(Diagnostic::new(Code::IncompleteIncident, unread.key.span, message).help(help));
    }
}

/// Makes a list of the only transaction of a document that is not written as one, so that its facts are found by their position.
fn list_only_transaction(root: &mut Node) {
    let Content::Map(entries) = &mut root.content else { return };
    let only = entries.iter_mut().find(|entry| entry.key.text == "transactions").map(|entry| &mut entry.value);
    if let Some(only) = only.filter(|only| only.entries().is_some_and(|facts| !facts.is_empty())) {
        let transaction = only.clone();
        only.content = Content::List(vec![transaction]);
    }
}

/// Makes a source of every name under `sources` of a transaction, where the incident has no list of its own: `sources: [Reuters]`.
/// Beside such a list a source is made of the names in `named`, which are no ids.
fn add_named_sources(incident: &mut Incident, named: &[CompactString], root: &Node, reader: &mut Reader<'_>) {
    let ids: HashSet<CompactString> = incident.sources.known().iter().filter_map(|source| source.id.clone()).collect();
    let is_listed = incident.sources.is_reported();
    let mut names: Vec<CompactString> =
        incident.transactions.known().iter().flat_map(|transaction| unknown_sources(transaction, &ids)).collect();
    names.retain(|name| !is_listed || named.contains(name));
    names.sort();
    names.dedup();
    for name in names {
        let mut source = EvidenceSource { id: Some(name.clone()), ..EvidenceSource::default() };
        values::add_named_kind(&mut source, &name, reader.vocabulary);
        reader.name_source(place_of_name(root, &name).unwrap_or(root.span), &name, &mut source);
        incident.sources.push(source);
    }
}

/// The place of the name of a source under `sources` of a transaction.
fn place_of_name(root: &Node, name: &str) -> Option<Span> {
    let transactions = root.get("transactions").map(Node::one_or_many).unwrap_or_default();
    let sources = transactions.iter().filter_map(|transaction| transaction.get("sources"));
    sources.flat_map(Node::one_or_many).find(|source| source.text() == Some(name)).map(|source| source.span)
}

/// Checks that ids are unique in an incident, and that transactions name sources that it has.
pub(crate) fn check_references(reported: &ReportedIncident, problems: &mut Diagnostics) {
    if reported.document_source().is_some() || reported.transactions().len() > 1 {
        check_ids(reported, problems);
    }
    let ids: HashSet<CompactString> = reported.sources().iter().filter_map(|s| s.id.clone()).collect();
    for index in 0..reported.transactions().len() {
        let unknown = reported.transactions().get(index).map(|t| unknown_sources(t, &ids)).unwrap_or_default();
        for source in unknown {
            let at = reported.span_of_key(index, "sources");
            let near = did_you_mean(&source, ids.iter().map(CompactString::as_str));
            let help = near.unwrap_or_else(|| "name it under the incident's `sources`".to_owned());
            problems.extend_at(Code::UnknownSource, at, format!("the source `{source}` is not one of the incident's"), help);
        }
    }
}

/// Reports transactions and sources whose id another one of the incident has.
pub(super) fn check_ids(reported: &ReportedIncident, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for (index, transaction) in reported.transactions().iter().enumerate() {
        let id = transaction.id.as_deref().unwrap_or_default();
        if !seen.insert(id) {
            let at = reported.span_of_key(index, "id");
            problems.extend_at(
                Code::DuplicateTransaction,
                at,
                format!("the transaction `{id}` stands twice in `{}`", reported.id()),
                "ids are unique in an incident".to_owned(),
            );
        }
    }
    let mut seen = HashSet::new();
    let document = reported.document();
    let nodes = document.as_deref().and_then(|d| d.get("sources")).map(Node::one_or_many).unwrap_or_default();
    for (source, node) in reported.sources().iter().zip(nodes) {
        let id = source.id.as_deref().unwrap_or_default();
        if !seen.insert(id) {
            problems.push(Diagnostic::new(Code::DuplicateSource, node.span, format!("the source `{id}` stands twice")));
        }
    }
}

impl Diagnostics {
    fn extend_at(&mut self, code: Code, at: Option<Span>, message: String, help: String) {
        match at {
            Some(at) => self.push(Diagnostic::new(code, at, message).help(help)),
            None => self.push(Diagnostic::about_file(code, message).help(help)),
        }
    }
}

/// The ids of sources that a transaction refers to and the incident does not have, sorted.
fn unknown_sources(transaction: &Transaction, known: &HashSet<CompactString>) -> Vec<CompactString> {
    fn collect(record: &dyn Record, named: &mut Vec<CompactString>) {
        named.extend(record.source_refs().unwrap_or_default().iter().cloned());
        let lists = record.table().fields.iter().enumerate().filter(|(_, field)| matches!(field.kind, FactKind::Many(_)));
        for (index, _) in lists {
            if let FactValue::Many(Some(list)) = record.value(index) {
                (0..list.len()).filter_map(|i| list.record(i)).for_each(|r| collect(r, named));
            }
        }
    }
    let mut named = Vec::new();
    collect(transaction, &mut named);
    named.retain(|id| !known.contains(id));
    named.sort();
    named.dedup();
    named
}

/// Reports documents whose id another incident of the run has.
pub(super) fn check_across(incidents: &[ReportedIncident], problems: &mut Diagnostics) {
    let mut seen: HashMap<String, bool> = HashMap::new();
    for reported in incidents.iter() {
        let is_document = reported.document_source().is_some();
        let twice = seen.insert(reported.id().to_owned(), is_document).is_some_and(|other| other || is_document);
        if twice {
            let at = reported
                .document()
                .map(|d| d.get("id").map_or(d.span, |n| n.span))
                .or_else(|| reported.span_of_key(0, "incident"));
            let message = format!("the incident `{}` stands in two files", reported.id());
            problems.extend_at(Code::DuplicateIncident, at, message, "both were checked; give one of them another id".to_owned());
        }
    }
}

/// Calls an incident after its file, where it has no id, with a warning. A file without transactions is no incident and gets none.
fn name_by_file(root: &mut Node, file: &str, problems: &mut Diagnostics) {
    let start = Span { end: root.span.start + 1, ..root.span };
    let Content::Map(entries) = &mut root.content else { return };
    let stem = file_stem(file);
    let has = |key: &str| entries.iter().any(|entry| entry.key.text == key);
    if has("id") || !has("transactions") || stem.is_empty() {
        return;
    }
    let message = format!("the incident has no `id`, and is called `{stem}` after its file");
    problems.push(Diagnostic::new(Code::NamedByFile, start, message).help(format!("write `id: {stem}`, or a name that stays")));
    let value = Node { span: start, content: Content::Scalar(Scalar { text: stem.into(), plain: false }) };
    entries.insert(0, Entry { key: Key { span: start, text: "id".into() }, value });
}

/// The name of a file without folders and extension: the default id of the incident of a stream.
pub(crate) fn file_stem(name: &str) -> &str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    file.split_once('.').map_or(file, |(file_stem, _)| file_stem).trim_matches(['<', '>'])
}
