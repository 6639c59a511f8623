//! Near keys that are read: `goods: [coal]` as `items`, `seller: X` as a party, with a warning that gives the line.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar, Span};
use crate::facts::{FactKind, FieldRole, Incident, Table, Transaction};

use super::super::values::yes_no;
use super::Meant::{self, Advice, Inside, Listing, NotRead, Role};
use super::named_inside::take_out;
use super::{meaning, rewritten, written};
use crate::rulebook::Vocabulary;

/// Near keys of a transaction that people write for more than one thing: they stay mistakes.
const OF_SEVERAL_MEANINGS: [&str; 9] =
    ["origin", "country_of_origin", "origin_country", "by", "sender", "receiver", "recipient", "size", "agent"];

/// Renames the near keys of a tree that mean one key which is not there, with a warning for each.
pub(in crate::intake) fn read_near_keys(
    node: &mut Node,
    table: &'static Table,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    let Content::Map(entries) = &mut node.content else { return };
    if entries.iter().any(|entry| table.position(&entry.key.text).is_none()) {
        rename(entries, table, problems);
    }
    if table == Transaction::TABLE {
        take_out(entries, vocabulary, problems);
    }
    for entry in entries {
        let field = table.position(&entry.key.text).and_then(|row| table.fields.get(row));
        let Some(inner) = field.and_then(|field| field.kind.record_table()) else { continue };
        match &mut entry.value.content {
            Content::List(elements) => {
                elements.iter_mut().for_each(|element| read_near_keys(element, inner, vocabulary, problems))
            }
            Content::Map(_) => read_near_keys(&mut entry.value, inner, vocabulary, problems),
            Content::Scalar(_) => {}
        }
    }
}

fn rename(entries: &mut Vec<Entry>, table: &'static Table, problems: &mut Diagnostics) {
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        let meant = if table.position(&entry.key.text).is_none() { meaning(table, entry) } else { None };
        let read = meant.filter(|meant| is_sure(*meant, entry, entries, table));
        let (Some(meant), Some(line)) = (read, rewritten(table, entry, entries)) else {
            at += 1;
            continue;
        };
        let message = format!("read `{}`, which is no key of {}, by what it means", entry.key.text, table.noun);
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(line));
        let Some(entry) = entries.get_mut(at) else { return };
        match meant {
            Meant::Key(key) => entry.key.text = key.to_owned(),
            Inside(key, inner) => {
                let record = map(vec![(inner, entry.value.clone())], &entry.value);
                let is_list = table.position(key).and_then(|row| table.fields.get(row));
                let is_list = is_list.is_some_and(|field| matches!(field.kind, FactKind::Many(_)));
                entry.key.text = key.to_owned();
                entry.value = if is_list { Node { span: record.span, content: Content::List(vec![record]) } } else { record };
            }
            Role(role) => {
                let entry = entries.remove(at);
                add_party(entries, role, entry);
                continue;
            }
            Advice(_) | NotRead(_) | Listing => {}
        }
        at += 1;
    }
}

/// True if a near key can mean but one thing where it stands.
fn is_sure(meant: Meant, entry: &Entry, entries: &[Entry], table: &'static Table) -> bool {
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let is_text = entry.value.text().is_some();
    let kind = |key: &str| table.position(key).and_then(|row| table.fields.get(row)).map(|field| field.kind);
    let has_twin = |key: &str| {
        let same = |other: &Entry| matches!(meaning(table, other), Some(Meant::Key(of) | Inside(of, _)) if of == key);
        entries.iter().filter(|other| table.position(&other.key.text).is_none() && same(other)).count() > 1
    };
    if table == Incident::TABLE || table == Transaction::TABLE && OF_SEVERAL_MEANINGS.contains(&written(entry).as_str()) {
        return false;
    }
    // Who writes `wages: 500 USD` has not answered whether they earn income in as many words.
    let is_answer = |key: &str| kind(key) != Some(FactKind::YesNo) || entry.value.text().and_then(yes_no).is_some();
    match meant {
        Meant::Key(key) => {
            let of = table.position(key).and_then(|row| table.record_table(row));
            let can_be_text = of.is_none_or(|of| {
                let roles = [FieldRole::PlainText, FieldRole::Shorthand, FieldRole::Occupation];
                roles.iter().any(|role| of.with_role(*role).is_some())
            });
            let is_none = matches!(entry.value.text(), Some("none" | "unknown"));
            !has(key) && !has_twin(key) && is_answer(key) && (!is_text || can_be_text || is_none)
        }
        Inside(key, _) => is_text && !has(key) && !has_twin(key) && !matches!(kind(key), Some(FactKind::Identifiers)),
        Role(_) => {
            let parties = entries.iter().find(|other| other.key.text == "parties").map(|other| &other.value.content);
            is_text && matches!(parties, None | Some(Content::List(_)))
        }
        Advice(_) | NotRead(_) | Listing => false,
    }
}

/// Adds a party in a role to those of a transaction; `named` is the entry that names it.
pub(super) fn add_party(entries: &mut Vec<Entry>, role: &str, named: Entry) {
    let scalar = Content::Scalar(Scalar { text: role.to_owned(), plain: true });
    let role = Node { span: named.key.span, content: scalar };
    let party = map(vec![("role", role), ("name", named.value.clone())], &named.value);
    push_party(entries, party, named.key.span);
}

/// Adds the record of a party to those of a transaction; `at` is the place of a list of them, where there is none.
pub(super) fn push_party(entries: &mut Vec<Entry>, party: Node, at: Span) {
    let Some(parties) = entries.iter_mut().find(|entry| entry.key.text == "parties").map(|entry| &mut entry.value) else {
        let value = Node { span: party.span, content: Content::List(vec![party]) };
        entries.push(Entry { key: Key { span: at, text: "parties".to_owned() }, value });
        return;
    };
    if let Content::List(parties) = &mut parties.content {
        parties.push(party);
        return;
    }
    let only = parties.clone();
    let is_nobody = matches!(only.text(), Some("none" | "unknown" | "")) || only.shape() == "nothing";
    parties.content = Content::List(if is_nobody { vec![party] } else { vec![only, party] });
}

fn map(values: Vec<(&str, Node)>, at: &Node) -> Node {
    let entry = |(key, value): (&str, Node)| Entry { key: Key { span: at.span, text: key.to_owned() }, value };
    Node { span: at.span, content: Content::Map(values.into_iter().map(entry).collect()) }
}
