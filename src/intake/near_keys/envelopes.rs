//! Lists of transactions in the envelopes in which systems hand them over: `{"data": {"shipments": {"edges": [{"node": {..}}]}}}`,
//! `{"hits": {"hits": [{"_source": {..}}]}}`, `{"orders": [..]}`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Span};
use crate::facts::{Incident, Transaction};
use crate::rulebook::Vocabulary;

use super::by_heading::is_heading_of_a_fact;
use super::hoisted::is_wrapper;
use super::keyed_records::is_role;
use super::{Meant, meaning, written};

/// So deep do envelopes stand in each other.
const DEEPEST: usize = 8;

/// Keys under which systems hand over one record of a list.
const AROUND_RECORDS: [&str; 7] = ["node", "_source", "source_document", "resource", "attributes", "record", "document"];

/// Keys by which systems tell of the answer itself, and of nothing in it.
const OF_ANSWERS: [&str; 40] = [
    "took",
    "timed_out",
    "_shards",
    "total",
    "count",
    "limit",
    "offset",
    "page",
    "pages",
    "per_page",
    "page_size",
    "page_info",
    "pagination",
    "paging",
    "next",
    "previous",
    "prev",
    "cursor",
    "has_more",
    "has_next",
    "total_count",
    "total_pages",
    "max_score",
    "_index",
    "_score",
    "_type",
    "_id",
    "meta",
    "metadata",
    "links",
    "_links",
    "success",
    "ok",
    "errors",
    "_version",
    "_seq_no",
    "odata_context",
    "next_offset",
    "total_hits",
    "grp_hdr",
];

/// True for what a system tells of its answer, and of nothing in it.
fn is_of_answer(entry: &Entry) -> bool {
    let key = written(entry);
    let key = key.trim_start_matches('@');
    key.starts_with("odata.") || OF_ANSWERS.contains(&key) || is_outcome_of_call(key, entry)
}

/// True for how a call of a system went: `"status": 200`, `"message": "OK"`. A longer number may be a code of goods.
fn is_outcome_of_call(key: &str, entry: &Entry) -> bool {
    let is_outcome = |text: &str| {
        (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()))
            || matches!(text.to_lowercase().as_str(), "ok" | "success" | "successful" | "true" | "null" | "none")
    };
    matches!(key, "status" | "code" | "message" | "msg" | "error" | "status_code" | "result_code" | "return_code" | "ret_code")
        && entry.value.text().is_some_and(is_outcome)
}

/// Tells that something that stands around the transactions is not read.
fn tell_not_read(entry: &Entry, problems: &mut Diagnostics) {
    let message = format!("`{}` stands around the transactions and is none of their facts, and was not read", entry.key.text);
    let problem = match is_of_answer(entry) {
        true => Diagnostic::new(Code::NearKey, entry.key.span, message),
        false => Diagnostic::new(Code::KeyNotRead, entry.key.span, message).unread(format!("`{}`", entry.key.text)),
    };
    problems.push(problem.help("write what bears on a transaction in the transaction itself"));
}

/// Takes the lists of transactions of a document out of their envelopes, with a warning that names them.
pub(super) fn take_out_of_envelopes(root: &mut Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let Some(entries) = root.entries() else { return };
    let is_list = |entry: &Entry| {
        let is_key =
            entry.key.text == "transactions" || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions")));
        is_key && entry.value.elements().is_some()
    };
    if let Some(at) = entries.iter().position(is_list) {
        let Content::Map(entries) = &mut root.content else { return };
        if let Some(Content::List(records)) = entries.get_mut(at).map(|entry| &mut entry.value.content) {
            records.iter_mut().for_each(take_out_of_record);
        }
        let (of_call, others) = std::mem::take(entries).into_iter().partition(|entry: &Entry| {
            let key = written(entry);
            is_outcome_of_call(&key, entry)
        });
        *entries = others;
        of_call.iter().for_each(|entry: &Entry| tell_not_read(entry, problems));
        return;
    }
    if !has_list(root, vocabulary, 0) {
        return;
    }
    let mut found = Found::default();
    found.collect(root, vocabulary, 0);
    let Some((_, at)) = found.names.first() else { return };
    let names: Vec<String> = found.names.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = match names.as_slice() {
        [only] => format!("read {only} as the list of transactions"),
        _ => format!("read the lists under {} as transactions", names.join(", ")),
    };
    problems.push(Diagnostic::new(Code::NearKey, *at, message).help("write `transactions:` at the head of the file"));
    found.left_out.iter().for_each(|entry| tell_not_read(entry, problems));
    let at = *at;
    let list = Node { span: at, content: Content::List(found.records) };
    let mut entries = found.kept;
    entries.push(Entry { key: Key { span: at, text: "transactions".into() }, value: list });
    root.content = Content::Map(entries);
}

/// The lists of transactions of a document, and what stands around them.
#[derive(Default)]
struct Found {
    /// The keys of the lists, with their places.
    names: Vec<(String, Span)>,
    records: Vec<Node>,
    /// What stands around them and is a fact of the incident or of a transaction.
    kept: Vec<Entry>,
    left_out: Vec<Entry>,
}

impl Found {
    fn collect(&mut self, node: &Node, vocabulary: &Vocabulary, depth: usize) {
        for entry in node.entries().unwrap_or_default() {
            if is_list_of_transactions(entry, vocabulary) {
                self.names.push((entry.key.text.to_string(), entry.key.span));
                let mut records = entry.value.elements().unwrap_or_default().to_vec();
                records.iter_mut().for_each(take_out_of_record);
                self.records.append(&mut records);
            } else if entry.value.entries().is_some() && has_list(&entry.value, vocabulary, depth + 1) {
                self.collect(&entry.value, vocabulary, depth + 1);
            } else if is_kept(entry, vocabulary) && !is_of_answer(entry) {
                self.kept.push(entry.clone());
            } else {
                self.left_out.push(entry.clone());
            }
        }
    }
}

/// True if a list of transactions stands in a tree of mappings.
fn has_list(node: &Node, vocabulary: &Vocabulary, depth: usize) -> bool {
    let entries = node.entries().unwrap_or_default();
    depth < DEEPEST
        && entries.iter().any(|entry| {
            is_list_of_transactions(entry, vocabulary)
                || !is_of_transaction(entry, vocabulary)
                    && entry.value.entries().is_some()
                    && has_list(&entry.value, vocabulary, depth + 1)
        })
}

/// True for a list of records that tell what transactions tell, under a key that is none of a transaction.
fn is_list_of_transactions(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let Some(records) = entry.value.elements().filter(|records| !records.is_empty()) else { return false };
    if entry.key.text == "transactions" || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions"))) {
        return records.iter().all(|record| record.entries().is_some());
    }
    // A list of amounts is none of records: OData hands lists over as `value`.
    (entry.key.text == "value" || !is_of_transaction(entry, vocabulary))
        && records.iter().all(|record| tells_a_transaction(record, vocabulary))
}

/// True for a key of a transaction, or one that people write for it.
fn is_of_transaction(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let key = written(entry);
    let is_list = matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions")));
    !is_list
        && (Transaction::TABLE.position(&key).is_some()
            || Incident::TABLE.position(&key).is_some()
            || meaning(Transaction::TABLE, entry).is_some()
            || is_role(&key, vocabulary))
}

/// True for a record that tells two facts of a transaction or more.
fn tells_a_transaction(record: &Node, vocabulary: &Vocabulary) -> bool {
    let Some(entries) = record.entries() else { return false };
    if let Some(inner) = inside(entries) {
        return tells_a_transaction(&inner.value, vocabulary);
    }
    let is_fact = |entry: &&Entry| {
        let key = written(entry);
        // What records of anything tell.
        let is_of_any = matches!(
            key.as_str(),
            "id" | "name" | "title" | "notes" | "type" | "kind" | "description" | "status" | "state" | "date" | "value"
        );
        !is_of_any
            && (Transaction::TABLE.position(&key).is_some()
                || meaning(Transaction::TABLE, entry).is_some()
                || is_role(&key, vocabulary)
                || is_wrapper(entry, vocabulary)
                || is_heading_of_a_fact(entry, vocabulary))
    };
    entries.iter().filter(is_fact).count() > 1
}

/// The entry under which a system hands over the record itself.
fn inside(entries: &[Entry]) -> Option<&Entry> {
    entries.iter().find(|entry| AROUND_RECORDS.contains(&entry.key.text.as_str()) && entry.value.entries().is_some())
}

/// Takes a record out of what a system puts around it. What stands beside it and tells of the answer is left out; its id is the record's.
pub(super) fn take_out_of_record(record: &mut Node) {
    let Content::Map(entries) = &mut record.content else { return };
    let Some(at) = inside(entries).map(|inside| inside.key.span) else { return };
    let (around, others): (Vec<Entry>, Vec<Entry>) = std::mem::take(entries).into_iter().partition(|entry| entry.key.span == at);
    let mut facts: Vec<Entry> = around
        .into_iter()
        .flat_map(|entry| match entry.value.content {
            Content::Map(facts) => facts,
            _ => Vec::new(),
        })
        .collect();
    for mut other in others {
        let key = written(&other);
        if key == "_id" {
            other.key.text = "id".into();
        } else if OF_ANSWERS.contains(&key.as_str()) {
            continue;
        }
        if !facts.iter().any(|fact| fact.key.text == other.key.text) {
            facts.push(other);
        }
    }
    *entries = facts;
}

/// True for what stands around transactions and is a fact of the incident or of each of them.
fn is_kept(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let key = written(entry);
    Incident::TABLE.position(&key).is_some()
        || meaning(Incident::TABLE, entry).is_some()
        || is_of_transaction(entry, vocabulary)
        || is_wrapper(entry, vocabulary)
        || is_heading_of_a_fact(entry, vocabulary)
}

/// The key of the first list of records in a document from which no transaction could be read, for the remedy.
pub(in crate::intake) fn list_to_rename(root: &Node) -> Option<String> {
    let entries = root.entries()?;
    let is_record = |node: &Node| node.entries().is_some();
    let list =
        entries.iter().find(|entry| entry.value.elements().is_some_and(|list| !list.is_empty() && list.iter().all(is_record)));
    list.map(|entry| entry.key.text.to_string())
        .or_else(|| entries.iter().filter(|entry| entry.value.entries().is_some()).find_map(|entry| list_to_rename(&entry.value)))
}
