//! Records under keys that are headings of tables: `soldTo: {name: X, country: KP}`, `departureAirport: {icao: OMAA, country: AE}`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Span};
use crate::facts::Transaction;
use crate::rulebook::Vocabulary;

use super::super::csv_columns::{Column, Target};
use super::super::headings::TableKind;
use super::by_heading::reading;
use super::keyed_records::is_role;
use super::one_line::inline;
use super::put::{add_parties, push_record, scalar};
use super::{meaning, written};

/// What a record under a heading is.
enum Meant {
    /// A party in this role.
    Party(String),
    /// The side of the transaction.
    Side(&'static str),
    /// An element of this list, with a fact that tells its part.
    Element(&'static str, Option<(&'static str, String)>),
}

/// Reads records under headings of tables, with a warning for each.
pub(super) fn read_records(entries: &mut Vec<Entry>, kinds: &[TableKind], vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let mut kinds = kinds.to_vec();
    kinds.push(TableKind::Air);
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        let Some(meant) = meant(entry, &kinds, vocabulary).filter(|meant| is_free(meant, entries)) else {
            at += 1;
            continue;
        };
        let entry = entries.remove(at);
        let message = format!("read `{}`, which is no key of a transaction, by what it means", entry.key.text);
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(line(&meant, &entry)));
        match meant {
            Meant::Party(role) => add_parties(entries, &role, entry),
            Meant::Side(side) => {
                let mut value = entry.value;
                call_place_by_name(&mut value);
                entries.push(Entry { key: Key { span: entry.key.span, text: side.into() }, value });
            }
            Meant::Element(list, mark) => {
                let span = entry.key.span;
                let elements = match entry.value.content {
                    Content::List(elements) => elements,
                    content => vec![Node { span: entry.value.span, content }],
                };
                for element in elements {
                    push_record(entries, list, marked(element, mark.as_ref(), span), span);
                }
            }
        }
    }
}

/// What the record under a key is; `None` for a text, and for a key that is read otherwise.
fn meant(entry: &Entry, kinds: &[TableKind], vocabulary: &Vocabulary) -> Option<Meant> {
    let is_record = |node: &Node| node.entries().is_some_and(|facts| !facts.is_empty());
    let is_records =
        is_record(&entry.value) || entry.value.elements().is_some_and(|all| !all.is_empty() && all.iter().all(is_record));
    let is_other = Transaction::TABLE.position(&entry.key.text).is_some()
        || meaning(Transaction::TABLE, entry).is_some()
        || is_role(&written(entry), vocabulary);
    if !is_records || is_other {
        return None;
    }
    let (targets, _) = reading(entry, kinds, vocabulary)?;
    let of_party = |target: &Target| match target {
        Target::Fact(column) => role_of(column),
        _ => None,
    };
    if let Some(role) = targets.iter().find_map(of_party) {
        return Some(Meant::Party(role));
    }
    match targets.first()? {
        Target::Where(side) | Target::Abroad(side) if is_record(&entry.value) => Some(Meant::Side(side)),
        Target::Fact(column) => {
            let first = column.path.first().filter(|_| column.path.len() == 2)?;
            let is_name = column.path.last().is_some_and(|last| matches!(last.key, "name" | "type" | "registration"));
            (is_name && matches!(first.key, "vessels" | "ports" | "aircraft"))
                .then(|| Meant::Element(first.key, first.mark.clone()))
        }
        _ => None,
    }
}

/// The role of the party whose name a column holds.
fn role_of(column: &Column) -> Option<String> {
    let first = column.path.first().filter(|first| first.key == "parties")?;
    let is_name = column.path.last().is_some_and(|last| last.key == "name");
    first.mark.as_ref().filter(|(key, _)| is_name && *key == "role").map(|(_, role)| role.clone())
}

fn is_free(meant: &Meant, entries: &[Entry]) -> bool {
    match meant {
        Meant::Side(side) => !entries.iter().any(|entry| entry.key.text == *side),
        _ => true,
    }
}

/// The name of an airport or place is that of the place, and of no party there.
fn call_place_by_name(value: &mut Node) {
    let Content::Map(facts) = &mut value.content else { return };
    if facts.iter().any(|fact| matches!(fact.key.text.as_str(), "place" | "city")) {
        return;
    }
    let codes = ["icao", "iata", "icao_code", "iata_code", "code"];
    let named = facts
        .iter()
        .position(|fact| written(fact) == "name")
        .or_else(|| facts.iter().position(|fact| codes.contains(&written(fact).as_str())));
    if let Some(fact) = named.and_then(|at| facts.get_mut(at)) {
        fact.key.text = "place".into();
    }
}

/// A record with the fact that tells its part, unless it tells that itself.
fn marked(mut record: Node, mark: Option<&(&'static str, String)>, at: Span) -> Node {
    if let (Content::Map(facts), Some((key, mark))) = (&mut record.content, mark)
        && !facts.iter().any(|fact| fact.key.text == *key)
    {
        let value = Node { span: at, ..scalar(mark, &Node { span: at, content: Content::List(Vec::new()) }) };
        facts.insert(0, Entry { key: Key { span: at, text: (*key).into() }, value });
    }
    record
}

fn line(meant: &Meant, entry: &Entry) -> String {
    let shown = inline(&entry.value).unwrap_or_else(|| "{..}".to_owned());
    let facts = shown.strip_prefix('{').unwrap_or("..}");
    match meant {
        Meant::Party(role) => format!("write `parties: [{{role: {role}, {facts}]`"),
        Meant::Side(side) => format!("write `{side}: {shown}`"),
        Meant::Element(list, Some((key, mark))) => format!("write `{list}: [{{{key}: {mark}, {facts}]`"),
        Meant::Element(list, None) => format!("write `{list}: [{shown}]`"),
    }
}
