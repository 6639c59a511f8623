//! Facts of a transaction at the head of a document: a file of one act, without a list of transactions.
//!
//! A file that holds one transaction's facts and no list is that transaction, as a line of NDJSON is; a file that is a list is the
//! list of its transactions. Where a file lists one transaction, a fact above the list can be of no other. Above several it may be
//! of one, some or all, and stays the mistake that it is.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Span};
use crate::facts::{Incident, Transaction};
use crate::rulebook::Vocabulary;

use super::by_heading::is_heading_of_a_fact;
use super::envelopes::{take_out_of_envelopes, take_out_of_record};
use super::hoisted::is_wrapper;
use super::iso20022::write_out_payments;
use super::keyed_records::{is_role, list_keyed_records};
use super::read_as::MOST_KEYS;
use super::told_once::put_where_named;
use super::{Meant, meaning, written};

/// Moves the facts of a transaction that stand at the head of a document into its one transaction, with a warning.
pub(in crate::intake) fn gather_facts_at_head(root: &mut Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let start = Span { end: root.span.start + 1, ..root.span };
    write_out_payments(root, problems);
    if let Content::List(elements) = &mut root.content {
        elements.iter_mut().for_each(take_out_of_record);
    }
    if let Content::List(elements) = &root.content {
        if !elements.is_empty() && elements.iter().all(|element| element.entries().is_some()) {
            let message = "read the list as the transactions of one incident";
            problems.push(warning(start, message, "write `id: ..` and `transactions:` above it, and the list below"));
            let list = std::mem::replace(&mut root.content, Content::Map(Vec::new()));
            let list = Node { span: root.span, content: list };
            root.content = Content::Map(vec![transactions(list, start)]);
        }
        return;
    }
    take_out_of_envelope(root, problems);
    take_out_of_envelopes(root, vocabulary, problems);
    let Content::Map(entries) = &mut root.content else { return };
    let has_facts = entries.iter().take(MOST_KEYS).any(|entry| is_list_of_transactions(entry) || is_fact(entry, vocabulary));
    if let Some(list) = entries.iter_mut().find(|entry| is_list_of_records(entry)).filter(|_| !has_facts) {
        let message = format!("read `{}` as the list of transactions", list.key.text);
        problems.push(Diagnostic::new(Code::NearKey, list.key.span, message).help("write `transactions:`"));
        list.key.text = "transactions".into();
    }
    let of_list = entries.iter().position(is_list_of_transactions);
    match of_list {
        Some(of_list) => {
            if let Some(list) = entries.get_mut(of_list) {
                list_keyed_records(list, Transaction::TABLE, vocabulary, problems);
            }
            put_where_named(entries, vocabulary, problems);
            let of_list = entries.iter().position(is_list_of_transactions).unwrap_or(of_list);
            let only = entries.get(of_list).filter(|entry| entry.value.one_or_many().len() == 1);
            if only.is_some() {
                let facts = take(entries, |entry| is_fact(entry, vocabulary));
                move_into_list(entries, facts, problems);
            }
        }
        None if entries.iter().take(MOST_KEYS).any(|entry| is_fact(entry, vocabulary)) => {
            let has_goods = entries.iter().any(|entry| ["items", "goods", "cargo"].contains(&written(entry).as_str()));
            let has_partner = entries.iter().any(|entry| written(entry).starts_with("partner"));
            let is_of_head = |entry: &Entry| {
                !has_partner && written(entry) == "reporter"
                    || Incident::TABLE.position(&entry.key.text).is_some()
                    || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key(key)) if key != "transactions")
            };
            // As in a line, a description is that of the goods, unless these stand beside it.
            let stays = |entry: &Entry| {
                is_of_head(entry) && (has_goods || written(entry) != "description") && !is_wrapper(entry, vocabulary)
            };
            let facts = take(entries, |entry| !stays(entry));
            let message = "read the facts as those of one transaction";
            let help =
                "write them in an entry under `transactions:`, each line two columns further in, the first one behind `- `";
            problems.push(warning(facts.first().map_or(start, |fact| fact.key.span), message, help));
            let span = facts.first().map_or(start, |fact| fact.value.span);
            let transaction = Node { span, content: Content::Map(facts) };
            let list = Node { span, content: Content::List(vec![transaction]) };
            entries.push(transactions(list, start));
        }
        None => {}
    }
}

/// True for a list of records under a key by which systems name what they hand over: `{"data": [..]}`.
fn is_list_of_records(entry: &Entry) -> bool {
    const LISTS: [&str; 11] = [
        "data",
        "records",
        "rows",
        "movements",
        "payments",
        "trades",
        "deliveries",
        "port_calls",
        "voyages",
        "messages",
        "results",
    ];
    let is_record = |element: &Node| element.entries().is_some_and(|facts| !facts.is_empty());
    LISTS.contains(&written(entry).as_str())
        && entry.value.elements().is_some_and(|elements| !elements.is_empty() && elements.iter().all(is_record))
}

/// Takes an incident out of the only key of a document that it stands under: `{"incident": {"transactions": [..]}}`.
fn take_out_of_envelope(root: &mut Node, problems: &mut Diagnostics) {
    let Some([only]) = root.entries() else { return };
    let is_list = |entry: &Entry| is_list_of_transactions(entry) || is_list_of_records(entry);
    let is_incident = only.value.entries().is_some_and(|inner| inner.iter().any(is_list));
    if !is_incident || only.key.text == "transactions" {
        return;
    }
    let message = format!("read what stands under `{}` as the incident", only.key.text);
    problems.push(warning(only.key.span, &message, "write its keys at the head of the file"));
    let inner = only.value.content.clone();
    root.content = inner;
}

/// True for a list of transactions, or one without a list, under a key that people write for it.
fn is_list_of_transactions(entry: &Entry) -> bool {
    let is_key = entry.key.text == "transactions" || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions")));
    let elements = entry.value.one_or_many();
    is_key && (entry.key.text == "transactions" || elements.iter().any(|element| element.entries().is_some()))
}

/// True for a fact that a transaction has and an incident has not.
fn is_fact(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let key = written(entry);
    let is_of_incident = Incident::TABLE.position(&key).is_some();
    let of_incident = meaning(Incident::TABLE, entry);
    // What people write for the list is read as an act where it holds a word: `event: sale`.
    let is_other_of_incident = matches!(of_incident, Some(Meant::Key(key)) if key != "transactions");
    if is_of_incident {
        return false;
    }
    if is_wrapper(entry, vocabulary) {
        return true;
    }
    if is_other_of_incident {
        return false;
    }
    Transaction::TABLE.position(&key).is_some()
        || meaning(Transaction::TABLE, entry).is_some()
        || is_role(&key, vocabulary)
        || is_heading_of_a_fact(entry, vocabulary)
}

/// Takes the entries out that are wanted, in their order.
fn take(entries: &mut Vec<Entry>, is_wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
    let (wanted, others) = std::mem::take(entries).into_iter().partition(is_wanted);
    *entries = others;
    wanted
}

/// Moves facts into the only transaction of a list. A fact that the transaction tells itself stays where it was.
fn move_into_list(entries: &mut Vec<Entry>, facts: Vec<Entry>, problems: &mut Diagnostics) {
    let list = entries.iter_mut().find(|entry| is_list_of_transactions(entry)).map(|entry| &mut entry.value.content);
    let own = match list {
        Some(Content::List(elements)) => elements.first_mut().map(|element| &mut element.content),
        list => list,
    };
    let Some(Content::Map(own)) = own else { return entries.extend(facts) };
    let mut doubled = Vec::new();
    for fact in facts {
        if own.iter().any(|entry| entry.key.text == fact.key.text) {
            doubled.push(fact);
            continue;
        }
        let message = format!("read `{}`, a fact of a transaction, as one of the only transaction", fact.key.text);
        problems.push(warning(fact.key.span, &message, "write it in the entry under `transactions:`"));
        own.push(fact);
    }
    entries.extend(doubled);
}

fn transactions(list: Node, at: Span) -> Entry {
    Entry { key: Key { span: at, text: "transactions".into() }, value: list }
}

fn warning(at: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::FactsAtHead, at, message).help(help)
}
