//! Facts put where they belong in the tree of a transaction: parties in a role, further elements of lists, facts of the only ship.

use crate::document::{Content, Entry, Key, Node, Scalar, Span};
use crate::facts::{FactKind, FieldRole, Table};
use crate::rulebook::Vocabulary;

use super::super::record_text;
use super::{Meant, meaning, written};

/// Records of which facts beside them are facts of the only one: the flag of the ship, the code of the goods.
const OF_ONE_THING: [&str; 4] = ["items", "vessels", "ports", "aircraft"];

/// Adds what stands under an entry to what stands under a key.
pub(super) fn join(entries: &mut [Entry], key: &str, more: Entry, table: &'static Table, vocabulary: &Vocabulary) {
    let Some(there) = entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value) else { return };
    if let (Some(first), Some(second)) = (there.text(), more.value.text())
        && key == "description"
    {
        there.content = Content::Scalar(Scalar { text: format!("{first}, {second}").into(), plain: false });
        return;
    }
    // The goods beside a code that is told of them: `hs: 2701`, then `goods: coal`.
    let of = table.position(key).and_then(|row| table.record_table(row));
    if let (Some(of), true, Some(_)) = (of, OF_ONE_THING.contains(&key), more.value.text())
        && let Some(plain) = of.with_role(FieldRole::PlainText).and_then(|row| of.fields.get(row)).map(|field| field.key)
        && let Some(only) = only_record(entries, key, of, vocabulary).filter(|only| !tells(only, plain, of))
    {
        only.push(Entry { key: Key { text: plain.into(), ..more.key }, value: more.value });
        return;
    }
    let Some(there) = entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value) else { return };
    let more = match more.value.content {
        Content::List(elements) => elements,
        content => vec![Node { span: more.value.span, content }],
    };
    match &mut there.content {
        Content::List(elements) => elements.extend(more),
        _ => {
            let only = there.clone();
            there.content = Content::List(std::iter::once(only).chain(more).collect());
        }
    }
}

/// Puts the value of an entry under a key of a record that stands under another key, which is made if it is not there.
pub(super) fn put_inside(
    entries: &mut Vec<Entry>,
    (key, inner): (&str, &str),
    entry: Entry,
    table: &Table,
    vocabulary: &Vocabulary,
) {
    let is_text_of_people = key == "people" && entry.value.text().is_some_and(|text| text.contains(char::is_alphabetic));
    if is_text_of_people {
        push_record(entries, key, entry.value, entry.key.span);
        return;
    }
    let kind = table.position(key).and_then(|row| table.fields.get(row)).map(|field| field.kind);
    if let Some(FactKind::Many(of)) = kind
        && OF_ONE_THING.contains(&key)
        && let Some(only) = only_record(entries, key, of, vocabulary).filter(|only| !tells(only, inner, of))
    {
        only.push(Entry { key: Key { text: inner.into(), ..entry.key }, value: entry.value });
        return;
    }
    let record = map(vec![(inner, entry.value.clone())], &entry.value);
    if matches!(kind, Some(FactKind::Many(_))) {
        push_record(entries, key, record, entry.key.span);
        return;
    }
    match entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value.content) {
        Some(Content::Map(there)) => there.extend(record.entries().unwrap_or_default().iter().cloned()),
        _ => entries.push(Entry { key: Key { span: entry.key.span, text: key.into() }, value: record }),
    }
}

/// True if a record tells a fact, under its key or one that people write for it.
fn tells(record: &[Entry], key: &str, table: &Table) -> bool {
    record.iter().any(|fact| {
        fact.key.text == key || written(fact) == key || matches!(meaning(table, fact), Some(Meant::Key(meant)) if meant == key)
    })
}

/// The facts of the only record of a list; a name in place of the record becomes one. `None` of several, and of a text that says more
/// than a name.
pub(super) fn only_record<'e>(
    entries: &'e mut [Entry],
    key: &str,
    table: &'static Table,
    vocabulary: &Vocabulary,
) -> Option<&'e mut Vec<Entry>> {
    let value = &mut entries.iter_mut().find(|entry| entry.key.text == key)?.value;
    let only = if value.elements().is_some() {
        match &mut value.content {
            Content::List(elements) if elements.len() == 1 => elements.first_mut()?,
            _ => return None,
        }
    } else {
        value
    };
    if let Some(text) = only.text() {
        let plain = table.with_role(FieldRole::PlainText).and_then(|row| table.fields.get(row))?.key;
        let says_more = matches!(text, "none" | "unknown" | "")
            || record_text::read(table, text, vocabulary).is_some()
            || record_text::split(table, text).len() > 1
            || super::super::values::shorthand_row(table, Some(text)) != table.position(plain);
        if says_more || only.shape() == "nothing" {
            return None;
        }
        only.content = map(vec![(plain, only.clone())], only).content;
    }
    match &mut only.content {
        Content::Map(facts) => Some(facts),
        _ => None,
    }
}

/// Adds parties in a role to those of a transaction; `named` is the entry that names them.
pub(super) fn add_parties(entries: &mut Vec<Entry>, role: &str, named: Entry) {
    let span = named.key.span;
    let names = match named.value.content {
        Content::List(elements) => elements,
        content => vec![Node { span: named.value.span, content }],
    };
    for name in names {
        let key = Key { span, text: named.key.text.clone() };
        add_party(entries, role, Entry { key, value: name });
    }
}

/// Adds a party in a role to those of a transaction; `named` is the entry that names it.
pub(super) fn add_party(entries: &mut Vec<Entry>, role: &str, named: Entry) {
    let role = Node { span: named.key.span, ..scalar(role, &named.value) };
    let party = match named.value.content {
        Content::Map(facts) => {
            let is_told = facts.iter().any(|fact| fact.key.text == "role");
            let role = Entry { key: Key { span: named.key.span, text: "role".into() }, value: role };
            let facts = Some(role).filter(|_| !is_told).into_iter().chain(facts).collect();
            Node { span: named.value.span, content: Content::Map(facts) }
        }
        _ => map(vec![("role", role), ("name", named.value.clone())], &named.value),
    };
    push_party(entries, party, named.key.span);
}

/// Adds the record of a party to those of a transaction; `at` is the place of a list of them, where there is none.
pub(super) fn push_party(entries: &mut Vec<Entry>, party: Node, at: Span) {
    push_record(entries, "parties", party, at);
}

/// Adds a record to a list of them; `at` is the place of the list, where there is none.
pub(super) fn push_record(entries: &mut Vec<Entry>, key: &str, record: Node, at: Span) {
    let Some(list) = entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value) else {
        let value = Node { span: record.span, content: Content::List(vec![record]) };
        entries.push(Entry { key: Key { span: at, text: key.into() }, value });
        return;
    };
    if let Content::List(records) = &mut list.content {
        records.push(record);
        return;
    }
    let only = list.clone();
    let is_nothing = matches!(only.text(), Some("none" | "unknown" | "")) || only.shape() == "nothing";
    list.content = Content::List(if is_nothing { vec![record] } else { vec![only, record] });
}

/// A text in the place of another value.
pub(super) fn scalar(text: &str, at: &Node) -> Node {
    Node { span: at.span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) }
}

pub(super) fn map(values: Vec<(&str, Node)>, at: &Node) -> Node {
    let entry = |(key, value): (&str, Node)| Entry { key: Key { span: at.span, text: key.into() }, value };
    Node { span: at.span, content: Content::Map(values.into_iter().map(entry).collect()) }
}
