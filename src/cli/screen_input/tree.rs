//! Names in documents: JSON, NDJSON and YAML, as lists of names or of records, however deep they lie.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Content, Entry, Key, Node, Span};
use crate::facts::fold;
use crate::screening::Query;

use super::NamesRead;
use super::births::DateHabit;
use super::headings::{Field, KNOWN, field_of};
use super::record::{Record, has_letter, several_names};

/// Keys of lists of records or names that say no more.
const LISTS: &[&str] = &[
    "data",
    "items",
    "item",
    "records",
    "record",
    "results",
    "result",
    "entries",
    "list",
    "rows",
    "values",
    "persons",
    "hits",
    "content",
    "edges",
    "nodes",
    "node",
    "watchlist",
    "screen",
    "screening",
    "queries",
    "query",
    "subjects",
    "matches",
    "body",
    "payload",
    "response",
    "documents",
];

/// Keys of what has a name and is no party.
const NO_PARTIES: &[&str] = &[
    "address",
    "addresses",
    "city",
    "town",
    "place",
    "placeofbirth",
    "birthplace",
    "port",
    "product",
    "products",
    "goods",
    "file",
    "files",
    "source",
    "metadata",
    "meta",
    "program",
    "programme",
    "currency",
    "language",
    "languages",
    "state",
    "region",
    "province",
    "street",
    "schema",
    "location",
    "category",
    "categories",
    "status",
    "tool",
    "system",
    "application",
    "app",
    "version",
    "email",
    "phone",
    "links",
];

/// Keys of a name that is given in several forms, each of them whole.
const WHOLE: &[&str] = &["full", "value", "text", "original", "latin", "native", "display", "formatted", "whole", "en"];

/// Reads the names of a document or of a line of NDJSON.
pub(super) fn read(read: &mut NamesRead, root: &Node) {
    let mut walk = Walk { read, unread: BTreeSet::new() };
    let found = match &root.content {
        Content::List(elements) => walk.list(elements, true),
        Content::Map(entries) => walk.record(entries),
        Content::Scalar(_) => walk.name(root),
    };
    let unread = std::mem::take(&mut walk.unread);
    if !found {
        let keys: Vec<String> = unread.iter().take(8).map(|(_, key)| format!("`{key}`")).collect();
        let told = if keys.is_empty() { String::new() } else { format!("; its keys are {}", keys.join(", ")) };
        let help = format!("write a list of names, or of records with a key `name`; read are {KNOWN}");
        walk.read.error(start_of(root.span), format!("no name was found in it{told}"), &help);
        return;
    }
    let mut by_name: BTreeMap<&str, Span> = BTreeMap::new();
    for (at, key) in &unread {
        by_name.entry(key).or_insert(*at);
    }
    let mut firsts: BTreeSet<(Span, String)> = BTreeSet::new();
    for (key, at) in by_name {
        if walk.read.unread_keys.insert(key.to_owned()) {
            firsts.insert((at, key.to_owned()));
        }
    }
    walk.read.tell_unread(("key", "keys"), &firsts);
}

/// The first byte of a span, since a message about a whole document points at its beginning.
fn start_of(span: Span) -> Span {
    Span { end: span.start + 1, ..span }
}

struct Walk<'r> {
    read: &'r mut NamesRead,
    /// The keys that were not read, by place.
    unread: BTreeSet<(Span, String)>,
}

impl Walk<'_> {
    /// Reads the elements of a list: names, where it is one of names, and records. True if there was a name.
    fn list(&mut self, elements: &[Node], of_names: bool) -> bool {
        let mut found: Vec<(bool, &Node)> = Vec::new();
        for element in elements {
            match &element.content {
                Content::Scalar(_) if of_names => found.push((self.name(element), element)),
                Content::Scalar(_) => {}
                Content::Map(entries) => found.push((self.record(entries), element)),
                Content::List(_) if of_names => {
                    let help = "write a record with keys for each row: `{\"name\": \"...\", \"born\": \"...\"}`";
                    self.read.error(
                        start_of(element.span),
                        "a list inside of a list does not say which element is the name".to_owned(),
                        help,
                    );
                    found.push((true, element));
                }
                Content::List(elements) => {
                    self.list(elements, false);
                }
            }
        }
        let any = found.iter().any(|(named, _)| *named);
        for (_, element) in found.iter().filter(|(named, element)| any && !named && element.shape() != "nothing") {
            self.read.error(
                start_of(element.span),
                "this record has no name".to_owned(),
                "it was not screened; give it a key `name`",
            );
        }
        any
    }

    /// Adds a name that stands by itself. True unless there is nothing.
    fn name(&mut self, node: &Node) -> bool {
        let Some(text) = node.text().map(str::trim).filter(|text| !text.is_empty() && node.shape() != "nothing") else {
            return false;
        };
        if has_letter(text) {
            several_names(text).for_each(|name| self.read.add(name.to_owned(), node.span, &Query::default()));
        } else {
            let help = "give names, or records with a key `name`";
            self.read.error(node.span, format!("`{text}` is no name: nothing of it can be compared"), help);
        }
        true
    }

    /// Reads a record, and those inside of it. True if there was a name.
    fn record(&mut self, entries: &[Entry]) -> bool {
        let (mut record, mut inside) = (Record::default(), false);
        for Entry { key, value } in entries {
            let folded: String = fold(&key.text).replace(' ', "");
            let field = field_of(&key.text);
            inside |= match (field, &value.content) {
                (_, Content::Scalar(scalar)) if scalar.is_null() => false,
                (Some(field), Content::Scalar(scalar)) => {
                    record.take(self.read, field, &key.text, (&scalar.text, value.span), DateHabit::default());
                    false
                }
                (Some(field), Content::List(elements)) if elements.iter().all(|element| element.text().is_some()) => {
                    for element in elements.iter().filter(|element| element.shape() != "nothing") {
                        // Each of several names is one: none of them is a part of another.
                        let heading = if elements.len() > 1 { "names" } else { key.text.as_str() };
                        record.take(
                            self.read,
                            field,
                            heading,
                            (element.text().unwrap_or_default(), element.span),
                            DateHabit::default(),
                        );
                    }
                    false
                }
                (Some(Field::Name | Field::Alias | Field::Given | Field::Surname), Content::Map(entries)) => {
                    if entries.iter().any(|entry| WHOLE.contains(&fold(&entry.key.text).as_str())) {
                        self.parts_of_name(&mut record, entries);
                        false
                    } else {
                        self.record(entries)
                    }
                }
                (Some(Field::Name | Field::Alias), Content::List(elements)) => self.list(elements, true),
                (Some(field), _) => {
                    self.facts_inside(&mut record, field, value);
                    false
                }
                (None, Content::Map(entries)) if !NO_PARTIES.contains(&folded.as_str()) => self.record(entries),
                (None, Content::List(elements)) if !NO_PARTIES.contains(&folded.as_str()) => {
                    let of_names = LISTS.contains(&folded.as_str()) && !record.has_name();
                    let has_scalars = elements.iter().any(|element| element.text().is_some());
                    let found = self.list(elements, of_names);
                    if has_scalars && !of_names {
                        self.not_read(key);
                    }
                    found
                }
                (None, _) => {
                    self.not_read(key);
                    false
                }
            };
        }
        record.finish(self.read) || inside
    }

    fn not_read(&mut self, key: &Key) {
        self.unread.insert((key.span, key.text.to_string()));
    }

    /// Reads a name that is given in several forms under keys of its own: `{"full": "Anna Keller", "first": "Anna"}`.
    fn parts_of_name(&mut self, record: &mut Record, entries: &[Entry]) {
        for Entry { key, value } in entries {
            let Some(text) = value.text().filter(|_| value.shape() != "nothing") else { continue };
            let is_whole = WHOLE.contains(&fold(&key.text).as_str());
            let field = if is_whole { Some(Field::Alias) } else { field_of(&key.text) };
            match field {
                Some(field) => record.take(self.read, field, &key.text, (text, value.span), DateHabit::default()),
                None => self.not_read(key),
            }
        }
    }

    /// Reads a fact that is given under keys of its own: `{"country": {"code": "KP"}}`, `{"passports": [{"number": "PS 1"}]}`.
    fn facts_inside(&mut self, record: &mut Record, field: Field, value: &Node) {
        for node in value.one_or_many() {
            let Some(entries) = node.entries() else {
                if let Some(text) = node.text().filter(|_| node.shape() != "nothing") {
                    record.take(self.read, field, "", (text, node.span), DateHabit::default());
                }
                continue;
            };
            let number = |key: &str| node.get(key).and_then(|part| part.text()).map(str::to_owned);
            if let (Field::Born, Some(year)) = (field, number("year")) {
                let parts: Vec<String> = [Some(year), number("month"), number("day")]
                    .into_iter()
                    .map_while(|part| part.map(|part| format!("{part:0>2}")))
                    .collect();
                record.take(self.read, field, "", (&parts.join("-"), node.span), DateHabit::default());
                continue;
            }
            const TELLING: &[&str] = &["number", "no", "value", "id", "code", "name", "date", "country", "text", "iso"];
            let told = TELLING.iter().find_map(|key| {
                entries.iter().find(|entry| fold(&entry.key.text).ends_with(key) && entry.value.text().is_some())
            });
            match told {
                Some(entry) => {
                    let text = entry.value.text().unwrap_or_default();
                    record.take(self.read, field, "", (text, entry.value.span), DateHabit::default());
                }
                None => entries.iter().for_each(|entry| self.not_read(&entry.key)),
            }
        }
    }
}
