//! Values put into the tree of a transaction at the end of the path that a heading names.

use crate::document::{Content, Entry, Key, Node, Span};
use crate::facts::{FieldRole, Scheme, Table, Transaction};
use crate::rulebook::Vocabulary;

use super::super::csv_columns::{Column, ColumnRecord};
use super::put::{only_record, push_record, scalar};

/// Puts a value at the end of the path of a column; false if something stands there already.
pub(super) fn insert(entries: &mut Vec<Entry>, column: &Column, value: Node, at: Span, vocabulary: &Vocabulary) -> bool {
    let key = |text: &str| Key { span: at, text: text.into() };
    let has = |entries: &[Entry], key: &str| entries.iter().any(|other| other.key.text == key);
    if column.of == ColumnRecord::Source {
        return false;
    }
    match column.path.as_slice() {
        [only] if !has(entries, only.key) => {
            entries.push(Entry { key: key(only.key), value });
            true
        }
        [first, last] => {
            let of = Transaction::TABLE.position(first.key).and_then(|row| Transaction::TABLE.record_table(row));
            let Some(of) = of else { return false };
            let fact = Entry { key: key(last.key), value };
            if !first.list {
                return match entries.iter_mut().find(|other| other.key.text == first.key).map(|other| &mut other.value.content) {
                    None => {
                        let record = Node { span: fact.value.span, content: Content::Map(vec![fact]) };
                        entries.push(Entry { key: key(first.key), value: record });
                        true
                    }
                    Some(Content::Map(facts)) if !has(facts, last.key) && !has(facts, "any_of") => {
                        facts.push(fact);
                        true
                    }
                    // A State alone in place of a side is its country: `from: SG`, and who sends from there.
                    Some(content) => in_place_of_side(content, fact, of, vocabulary),
                };
            }
            if let Some((mark_key, mark)) = &first.mark {
                return insert_marked(entries, first.key, (mark_key, mark, &first.label), fact);
            }
            if first.label.is_empty()
                && let Some(only) = only_record(entries, first.key, of, vocabulary)
            {
                let is_free = !has(only, last.key);
                if is_free {
                    only.push(fact);
                }
                return is_free;
            }
            let is_list = entries.iter().any(|other| other.key.text == first.key && other.value.one_or_many().len() > 1);
            // Of which of several goods a number is told is not known; goods themselves are further ones.
            let is_name = of.with_role(FieldRole::PlainText) == of.position(last.key);
            if is_list && !is_name {
                return false;
            }
            let record = Node { span: fact.value.span, content: Content::Map(vec![fact]) };
            push_record(entries, first.key, record, at);
            true
        }
        _ => false,
    }
}

/// Makes a record of a text in place of a side, with a further fact. False if the text may tell that fact itself.
fn in_place_of_side(content: &mut Content, fact: Entry, of: &'static Table, vocabulary: &Vocabulary) -> bool {
    let Content::Scalar(text) = content else { return false };
    let Some(country) = of.with_role(FieldRole::Shorthand).and_then(|row| of.fields.get(row)).map(|field| field.key) else {
        return false;
    };
    if fact.key.text != "party" || vocabulary.find(&[Scheme::Country], &text.text).is_none() {
        return false;
    }
    let there = Entry {
        key: Key { span: fact.key.span, text: country.into() },
        value: Node { span: fact.value.span, content: Content::Scalar(text.clone()) },
    };
    *content = Content::Map(vec![there, fact]);
    true
}

/// Puts a fact into the record of a list that a heading tells from the others: the party in this role, the port of this call.
fn insert_marked(entries: &mut Vec<Entry>, list: &str, (mark_key, mark, label): (&str, &str, &str), fact: Entry) -> bool {
    let at = fact.key.span;
    let is_marked = |record: &Node| {
        record.get(mark_key).and_then(Node::text) == Some(mark)
            && (label == mark || record.entries().is_some_and(|facts| !facts.iter().any(|other| other.key.text == fact.key.text)))
    };
    let records = entries.iter_mut().find(|other| other.key.text == list).map(|other| &mut other.value.content);
    if let Some(Content::List(records)) = records
        && let Some(Content::Map(facts)) = records.iter_mut().find(|record| is_marked(record)).map(|record| &mut record.content)
    {
        let is_free = !facts.iter().any(|other| other.key.text == fact.key.text);
        if is_free {
            facts.push(fact);
        }
        return is_free;
    }
    let mark = Node { span: at, ..scalar(mark, &fact.value) };
    let mark = Entry { key: Key { span: at, text: mark_key.into() }, value: mark };
    let record = Node { span: fact.value.span, content: Content::Map(vec![mark, fact]) };
    push_record(entries, list, record, at);
    true
}
