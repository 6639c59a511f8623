//! Facts of a transaction under a key that only holds them together, as systems write it: `header: {..}`, `shipment: {..}`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry};
use crate::facts::{Item, Transaction};
use crate::rulebook::Vocabulary;

use super::by_heading::is_heading_of_a_fact;
use super::keyed_records::is_role;
use super::{Meant, meaning, written};

/// So deep do records of systems stand in each other.
const DEEPEST: usize = 6;

/// Keys that hold facts together and say nothing themselves.
const WRAPPERS: [&str; 47] = [
    "header",
    "head",
    "order_header",
    "document_header",
    "general",
    "general_information",
    "body",
    "result",
    "response",
    "answer",
    "payload",
    "data",
    "record",
    "attributes",
    "properties",
    "fields",
    "facts",
    "info",
    "information",
    "details",
    "transaction",
    "trade",
    "deal",
    "order",
    "sales_order",
    "purchase_order",
    "invoice",
    "shipment",
    "consignment",
    "delivery",
    "declaration",
    "customs_declaration",
    "export_declaration",
    "import_declaration",
    "bill_of_lading",
    "transfer",
    "payment_order",
    "message",
    "movement",
    "voyage",
    "port_visit",
    "trip",
    "event",
    "incident",
    "entry",
    "sale",
    "parties_involved",
];

/// True for a key under which facts of a transaction are held together.
pub(super) fn is_wrapper(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let key = written(entry);
    let Some(facts) = entry.value.entries().filter(|facts| !facts.is_empty() && WRAPPERS.contains(&key.as_str())) else {
        return false;
    };
    // A head holds no goods of its own.
    const HEADS: [&str; 6] = ["header", "order_header", "document_header", "head", "general", "general_information"];
    if HEADS.contains(&key.as_str()) && Transaction::TABLE.position(&entry.key.text).is_none() {
        return true;
    }
    let is_of_goods = |fact: &Entry| Item::TABLE.position(&written(fact)).is_some() || meaning(Item::TABLE, fact).is_some();
    // `shipment: {description: coal, quantity: 5 t}` are the goods, whoever is told with them is none of these.
    let may_be_goods = meaning(Transaction::TABLE, entry).is_some();
    Transaction::TABLE.position(&entry.key.text).is_none()
        && facts
            .iter()
            .any(|fact| (is_fact(fact, vocabulary) && !(may_be_goods && is_of_goods(fact))) || is_wrapper(fact, vocabulary))
}

/// True for a key of a transaction, or one that people write for it.
fn is_fact(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    // What the head of a file tells too makes no transaction.
    const OF_HEADS: [&str; 8] = ["id", "title", "notes", "sources", "incident", "date", "evidence", "denied_by"];
    let key = written(entry);
    let meant = match meaning(Transaction::TABLE, entry) {
        Some(Meant::Key(key)) => key,
        _ => key.as_str(),
    };
    if OF_HEADS.contains(&meant) {
        return false;
    }
    Transaction::TABLE.position(&key).is_some()
        || meaning(Transaction::TABLE, entry).is_some()
        || is_role(&key, vocabulary)
        || is_heading_of_a_fact(entry, vocabulary)
}

/// Takes facts out of what holds them together, with a warning for each such key. A fact that the transaction tells itself stays where
/// it is.
pub(super) fn hoist(entries: &mut Vec<Entry>, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    for _ in 0..DEEPEST {
        let Some(at) = entries.iter().position(|entry| is_wrapper(entry, vocabulary)) else { return };
        let wrapper = entries.remove(at);
        let message = format!("read what stands under `{}` as facts of the transaction", wrapper.key.text);
        let help = "write them in the transaction itself, beside its other facts";
        problems.push(Diagnostic::new(Code::NearKey, wrapper.key.span, message).help(help));
        let Content::Map(facts) = wrapper.value.content else { return };
        let is_told = |fact: &Entry| entries.iter().any(|other| other.key.text == fact.key.text);
        let (doubled, free): (Vec<Entry>, Vec<Entry>) = facts.into_iter().partition(is_told);
        for fact in doubled {
            let message = format!("`{}` of `{}` was not read: the transaction tells its own", fact.key.text, wrapper.key.text);
            let help = "leave out the one that is not meant";
            let unread = format!("`{}` of `{}`", fact.key.text, wrapper.key.text);
            problems.push(Diagnostic::new(Code::KeyNotRead, fact.key.span, message).help(help).unread(unread));
        }
        entries.splice(at..at, free);
    }
}
