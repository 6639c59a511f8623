//! Records under keys of their own, where the format has a list: `parties: {seller: {name: X}}`, `sources: {s1: {kind: press}}`.
//!
//! The keys say what each record is: the role of a party, else what a bare text in the list would be, its name, description or id.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar};
use crate::facts::{FieldRole, Party, Scheme, Table, Transaction};
use crate::rulebook::Vocabulary;

use super::{meaning, written};

/// Makes a list of records that stand under keys of their own, with a warning. `table` is that of the records.
pub(super) fn list_keyed_records(entry: &mut Entry, table: &'static Table, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let Content::Map(records) = &mut entry.value.content else { return };
    let is_role = |record: &Entry| table == Party::TABLE && is_role(&written(record), vocabulary);
    let is_own_key = |record: &Entry| {
        let is_record = match &record.value.content {
            Content::Map(facts) => !facts.is_empty(),
            Content::Scalar(scalar) => is_role(record) && !scalar.is_null(),
            Content::List(_) => false,
        };
        is_record && table.position(&written(record)).is_none() && (is_role(record) || meaning(table, record).is_none())
    };
    if records.is_empty() || !records.iter().all(is_own_key) {
        return;
    }
    let plain = if table == Transaction::TABLE { Some("id") } else { plain_key(table) };
    let list = std::mem::take(records).into_iter().map(|record| {
        let key = if is_role(&record) { Some("role") } else { plain };
        with_key(record, key, table)
    });
    let list = list.collect();
    entry.value.content = Content::List(list);
    let message = format!("read the records under `{}` as a list", entry.key.text);
    let (key, noun) = (if table == Party::TABLE { "role" } else { plain.unwrap_or("id") }, table.noun);
    let help = format!("begin each with `- ` in place of its key, and write the key as a fact of {noun}, such as `{key}: ..`");
    problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(help));
}

/// The key of what a bare text stands for in a list of such records.
fn plain_key(table: &Table) -> Option<&'static str> {
    table.with_role(FieldRole::PlainText).and_then(|row| table.fields.get(row)).map(|field| field.key)
}

/// True for a key that is a word for a role of parties: `end_user`.
pub(super) fn is_role(key: &str, vocabulary: &Vocabulary) -> bool {
    let word = key.replace('_', " ");
    vocabulary.find(&[Scheme::Role], &word).is_some() || vocabulary.meaning(&[Scheme::Role], &word).is_some()
}

/// The record of an entry, with the entry's key as the fact under `key`, unless the record tells that itself.
fn with_key(record: Entry, key: Option<&'static str>, table: &Table) -> Node {
    let Entry { key: own, value } = record;
    let mut facts = match value.content {
        Content::Map(facts) => facts,
        content => {
            let name = plain_key(table).unwrap_or("name");
            vec![Entry { key: Key { span: value.span, text: name.into() }, value: Node { span: value.span, content } }]
        }
    };
    if let Some(key) = key.filter(|key| !facts.iter().any(|fact| fact.key.text == *key)) {
        let value = Node { span: own.span, content: Content::Scalar(Scalar { text: own.text, plain: false }) };
        facts.insert(0, Entry { key: Key { span: own.span, text: key.into() }, value });
    }
    Node { span: value.span, content: Content::Map(facts) }
}
