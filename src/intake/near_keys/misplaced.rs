//! Keys that stand in a record of the wrong type: `flag` in a party, `imo` in a transaction, `url` in an item.

use crate::document::Entry;
use crate::facts::{EvidenceSource, FactKind, Incident, Table, Transaction};

use super::one_line::inline;

/// The most records that a remedy names.
const MOST_NAMED: usize = 3;

/// A record of the format: where it stands, and what its key is there.
#[derive(Clone, Copy)]
struct Place {
    /// The record that it is in.
    parent: &'static Table,
    /// Its key in that record.
    key: &'static str,
    is_list: bool,
    table: &'static Table,
}

/// The remedy for a key of another record: the line as it should stand, and where.
pub(super) fn remedy(table: &'static Table, entry: &Entry) -> Option<String> {
    let key = super::written(entry);
    if table == Incident::TABLE && Transaction::TABLE.position(&key).is_some() {
        return Some(format!("it is a fact of a transaction: write `{}` in an entry under `transactions`", line(&key, entry)));
    }
    let places = places();
    let own: Vec<&Place> = places.iter().filter(|place| place.table == table).collect();
    let having = |of: &Place| of.table != table && of.table.position(&key).is_some();
    // Of the record that it is in, else of one inside it or beside it, else of any.
    if let Some(parent) = own.iter().map(|own| own.parent).find(|parent| parent.position(&key).is_some()) {
        let beside = own.iter().map(|own| format!("`{}`", own.key)).collect::<Vec<_>>().join(" or ");
        return Some(format!("it is a fact of {}: write `{}` beside {beside}", parent.noun, line(&key, entry)));
    }
    let inside: Vec<&Place> = places.iter().filter(|place| place.parent == table && having(place)).collect();
    if !inside.is_empty() {
        return Some(format!("it is a fact of {}: write `{}`", nouns(&inside), record_line(&inside, &key, entry)?));
    }
    let beside: Vec<&Place> =
        places.iter().filter(|place| own.iter().any(|own| own.parent == place.parent) && having(place)).collect();
    if let Some(first) = beside.first() {
        let parent = first.parent.noun.split_once(' ').map_or(first.parent.noun, |(_, noun)| noun);
        let rewritten = record_line(&beside, &key, entry)?;
        return Some(format!("it is a fact of {}: write `{rewritten}` in the {parent}", nouns(&beside)));
    }
    let elsewhere: Vec<&Place> = places.iter().filter(|place| having(place)).collect();
    let Some(first) = elsewhere.first() else {
        let is_of_incident = Incident::TABLE.position(&key).is_some();
        return is_of_incident
            .then(|| format!("it is a fact of {}: write `{}` beside `transactions`", Incident::TABLE.noun, line(&key, entry)));
    };
    let under = if first.parent == Transaction::TABLE { "an entry under `transactions`" } else { "the incident" };
    let rewritten = record_line(&elsewhere, &key, entry)?;
    Some(match first.table == Transaction::TABLE || first.table == EvidenceSource::TABLE {
        true => format!(
            "it is a fact of {}: write `{}` in an entry under the incident's `{}`",
            nouns(&elsewhere),
            line(&key, entry),
            first.key
        ),
        false => format!("it is a fact of {}: write `{rewritten}` in {under}", nouns(&elsewhere)),
    })
}

/// All records of the format, those that people mean most first.
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    let mut parents = vec![Transaction::TABLE, Incident::TABLE];
    while let Some(parent) = parents.pop() {
        for field in parent.fields {
            let Some(table) = field.kind.record_table() else { continue };
            places.push(Place { parent, key: field.key, is_list: matches!(field.kind, FactKind::Many(_)), table });
            if table != Transaction::TABLE {
                parents.push(table);
            }
        }
    }
    // Parties, goods and ships have what most keys are about.
    let weight = |place: &Place| ["parties", "items", "vessels", "from", "to"].iter().position(|key| *key == place.key);
    places.sort_by_key(|place| weight(place).unwrap_or(usize::MAX));
    places
}

/// The nouns of some records: `a party, a vessel or an aircraft`.
fn nouns(places: &[&Place]) -> String {
    let mut nouns: Vec<&str> = Vec::new();
    for place in places {
        if !nouns.contains(&place.table.noun) {
            nouns.push(place.table.noun);
        }
    }
    nouns.truncate(MOST_NAMED);
    match nouns.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The line of the first of some records with the key in it: `vessels: [{flag: PA}]`.
fn record_line(places: &[&Place], key: &str, entry: &Entry) -> Option<String> {
    let place = places.first()?;
    let inner = line(key, entry);
    Some(if place.is_list { format!("{}: [{{{inner}}}]", place.key) } else { format!("{}: {{{inner}}}", place.key) })
}

fn line(key: &str, entry: &Entry) -> String {
    format!("{key}: {}", inline(&entry.value).as_deref().unwrap_or(".."))
}
