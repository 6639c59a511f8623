//! Keys that people write in place of the keys of records: `goods` for `items`, `seller` for a party with a role.
//!
//! The remedy is the line as it should stand. A key that can mean but one thing where it stands is read, with a warning; any other
//! is an error.

mod amounts_in_lists;
mod at_head;
mod by_heading;
mod call_times;
mod envelopes;
mod heading_paths;
mod hoisted;
mod iso20022;
mod keyed_records;
mod measured;
mod misplaced;
mod misspelt;
mod named_inside;
mod nested_values;
mod of_leave;
mod of_papers;
mod of_parts;
mod of_records;
mod of_transaction;
mod one_line;
mod phrases;
mod put;
mod read_as;
mod records_by_heading;
mod ships;
mod system_numbers;
mod told_once;
mod units_beside;

use compact_str::CompactString;

use super::values::yes_no;
use crate::document::{Entry, Node, closest_key, suggestion};
use crate::facts::{
    Action, Aircraft, Authorisation, Balance, Context, Contract, Determination, Document, EvidenceSource, FactKind, FieldRole,
    Incident, Item, Notice, Notification, Party, Payment, People, Port, Relation, SeaPlace, Side, Subject, Table, Transaction,
    Vessel,
};

/// So many keys of a record are named, where it has to be written out.
const MOST_KEYS: usize = 5;

/// What a near key stands for.
#[derive(Clone, Copy)]
enum Meant {
    /// The key of the record.
    Key(&'static str),
    /// The key of the record, with the value under a key inside it: `ship: X` is `vessels: [{name: X}]`.
    Inside(&'static str, &'static str),
    /// A party in a role.
    Role(&'static str),
    /// `designated_as`, of which people answer only whether it is so.
    Listing,
    /// Something that the line alone does not tell.
    Advice(&'static str),
    /// A fact that the format does not have, and the advice what to do with it: it is not read.
    NotRead(&'static str),
}

pub(super) use at_head::gather_facts_at_head;
pub(super) use envelopes::list_to_rename;
pub(super) use iso20022::write_out_payments;
use read_as::is_answer;
pub(super) use read_as::read_near_keys;

use Meant::{Advice, Inside, Key, Listing, NotRead, Role};
use of_papers::*;
use of_parts::*;
use of_records::*;
use one_line::inline;
pub(super) use one_line::quoted;

/// The remedy for a key that a record does not have: the line as it should stand, where people write the key for one that the
/// record has or it is a key of another record; else the key that is spelled like it. `entries` are those of the record, with the
/// wrong one among them.
pub(super) fn remedy(table: &'static Table, entry: &Entry, entries: &[Entry]) -> Option<String> {
    rewritten(table, entry, entries)
        .or_else(|| more_of(table, entry))
        .or_else(|| {
            let near = closest_key(&entry.key.text, table.fields.iter().map(|field| field.key)).map(suggestion);
            let near = near.or_else(|| misspelt_role(table, entry));
            match (near, misplaced::remedy(table, entry)) {
                (Some(near), Some(misplaced)) => Some(format!("{near} Else {misplaced}")),
                (near, misplaced) => near.or(misplaced),
            }
        })
        .or_else(|| {
            // What is written for a key of the transaction anywhere in it.
            let is_inside = Transaction::TABLE.fields.iter().any(|field| field.kind.record_table() == Some(table));
            let line = rewritten(Transaction::TABLE, entry, &[]).filter(|_| is_inside)?;
            Some(format!("{line}, in the transaction"))
        })
}

/// The line for a misspelt key of a party in a role: `consingee: X`.
fn misspelt_role(table: &'static Table, entry: &Entry) -> Option<String> {
    const SHORTEST: usize = 6;
    let written = written(entry);
    let roles = near_keys(table).iter().filter(|(_, meant)| matches!(meant, Role(_))).flat_map(|(keys, _)| *keys).copied();
    let near = closest_key(&written, roles.filter(|key| key.len() >= SHORTEST)).filter(|_| written.len() >= SHORTEST)?;
    let named = Entry { key: crate::document::Key { text: near.into(), ..entry.key.clone() }, value: entry.value.clone() };
    Some(format!("did you mean `{near}`? Then {}", rewritten(table, &named, &[])?))
}

/// What to do with a fact that people often write and the format does not have, if the key is one of such a fact.
/// So is a second key for what stands beside it already, and a text for what a text cannot tell.
pub(super) fn not_held(table: &'static Table, entry: &Entry, entries: &[Entry]) -> Option<String> {
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let kind = |key: &str| table.position(key).and_then(|row| table.fields.get(row)).map(|field| field.kind);
    let is_text_for_record =
        |key: &str| entry.value.text().is_some() && kind(key).is_some_and(|kind| kind.record_table().is_some());
    match meaning(table, entry)? {
        NotRead(advice) => Some(advice.to_owned()),
        Key(key) if table != Incident::TABLE => {
            let is_no_answer = kind(key).is_some_and(|kind| !is_answer(kind, entry));
            let is_count = key == "registration" && entry.value.text().is_some_and(|text| !text.contains(char::is_alphabetic));
            (has(key) || is_text_for_record(key) || is_no_answer || is_count).then(|| rewritten(table, entry, entries))?
        }
        Inside(key, _) if has(key) => rewritten(table, entry, entries),
        Listing => rewritten(table, entry, entries),
        _ => None,
    }
}

/// The remedy for a key of which people make a second one: `items_2`, `other_parties`.
fn more_of(table: &Table, entry: &Entry) -> Option<String> {
    let written = written(entry);
    let bare = written.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let first = ["other_", "more_", "further_", "additional_", "second_", "extra_", "main_", "all_", "new_", "hidden_", "real_"];
    let bare = first.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let means = |other: &(&[&str], Meant)| other.0.contains(&bare);
    let plural = table.fields.iter().find(|field| field.rule_key == Some(bare)).map(|field| field.key);
    let key = table.position(bare).and(Some(bare)).or(plural).or_else(|| {
        match near_keys(table).iter().find(|near| means(near)).map(|(_, meant)| *meant) {
            Some(Key(key) | Inside(key, _)) => Some(key),
            Some(Role(_)) => Some("parties"),
            _ => None,
        }
    })?;
    (bare != written).then(|| format!("write all of it under `{key}`"))
}

/// The line with the key that is meant, if people write the key of an entry for one that the record has.
fn rewritten(table: &Table, entry: &Entry, entries: &[Entry]) -> Option<String> {
    let meant = meaning(table, entry)?;
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let is_list = |key: &str| {
        let field = table.position(key).and_then(|row| table.fields.get(row));
        field.is_some_and(|field| matches!(field.kind, FactKind::Many(_)))
    };
    let table_of = |key: &str| table.position(key).and_then(|row| table.record_table(row));
    // A text stands for a record only if it can be its name or another fact of it.
    let is_abbreviated = |key: &str| {
        table_of(key).is_none_or(|of| {
            [FieldRole::PlainText, FieldRole::Shorthand, FieldRole::Occupation].iter().any(|role| of.with_role(*role).is_some())
        })
    };
    let records_of = |key: &str| {
        let keys: Vec<&str> =
            table_of(key).map(|of| of.fields.iter().take(MOST_KEYS).map(|field| field.key).collect()).unwrap_or_default();
        format!("a list of records with {}", keys.join(", "))
    };
    // A line that loads, where the text can be the reference of a paper, a finding or what an authority did.
    let as_paper = |key: &str| {
        let (of, text) = (table_of(key)?, entry.value.text()?);
        let text = one_line::quoted(&text.chars().take(60).collect::<String>());
        let has = |key: &str| of.position(key).is_some();
        Some(match () {
            () if has("action") => format!("write `{key}: [{{action: {text}}}]`"),
            () if has("finding") => format!("write `{key}: [{{by: unknown, finding: {text}}}]`, with who found it under `by`"),
            () if has("ref") && has("by") => {
                format!("write `{key}: [{{by: unknown, ref: {text}}}]`, with who gave it under `by`")
            }
            () => return None,
        })
    };
    let is_yes_no = |key: &str| {
        let field = table.position(key).and_then(|row| table.fields.get(row));
        field.is_some_and(|field| field.kind == FactKind::YesNo)
    };
    let value = inline(&entry.value);
    let is_none = matches!(entry.value.text(), Some("none" | "unknown"));
    let is_text = entry.value.text().is_some();
    let record = |inner: &str| format!("{{{inner}: {}}}", value.as_deref().unwrap_or(".."));
    Some(match meant {
        Advice(advice) | NotRead(advice) => advice.to_owned(),
        Listing if is_text && matches!(entry.value.text(), Some("yes" | "true" | "no" | "false")) => {
            "write `designated_as:` with the list's name or the number of the entry, such as `KPi.033`; `none` for what is on no list"
                .to_owned()
        }
        Listing => format!("write `designated_as: {}`", value.as_deref().unwrap_or("..")),
        Key(key) if is_list(key) && is_text && !is_none && !is_abbreviated(key) && as_paper(key).is_some() => {
            as_paper(key).unwrap_or_default()
        }
        Key("denied_by") if entry.value.text().and_then(yes_no) == Some(true) => {
            "write who denies it: `denied_by: [an accused firm]`".to_owned()
        }
        Key(key) if is_list(key) && is_text && !is_none && !is_abbreviated(key) => format!("write `{key}: [{{..}}]`, {}", records_of(key)),
        Key(key) if has(key) => format!("it belongs to `{key}`, which stands beside it"),
        Key(key) if is_yes_no(key) && !is_none && entry.value.text().and_then(yes_no).is_none() => {
            format!("write `{key}: yes`, or `no`")
        }
        Key(key) => match &value {
            None => format!("write `{key}:`"),
            Some(value) if is_list(key) && is_text && !is_none => format!("write `{key}: [{value}]`"),
            Some(value) => format!("write `{key}: {value}`"),
        },
        // `120 North Koreans` says more of people than how many there are.
        Inside("people", _) if is_text && !has("people") && value.as_deref().is_some_and(|text| text.contains(char::is_alphabetic)) => {
            format!("write `people: [{}]`", value.as_deref().unwrap_or(".."))
        }
        Inside(key, inner) if has(key) => format!("add `{inner}` to `{key}`: `{}`", record(inner)),
        Inside(key, inner) if is_list(key) && is_text => format!("write `{key}: [{}]`", record(inner)),
        Inside(key, inner) if is_list(key) => format!("write `{key}:`, a list of records such as `{{{inner}: ..}}`"),
        Inside(key, inner) => format!("write `{key}: {}`", record(inner)),
        Role(role) => {
            let facts = match &value {
                Some(name) if is_text => format!("name: {name}"),
                Some(map) if entry.value.entries().is_some() => {
                    map.strip_prefix('{').and_then(|map| map.strip_suffix('}')).unwrap_or(map).to_owned()
                }
                _ => "name: ..".to_owned(),
            };
            let party = format!("{{role: {role}, {facts}}}");
            let before = entries.iter().take_while(|other| other.key.span != entry.key.span);
            let is_another = has("parties") || before.clone().any(|other| matches!(meaning(table, other), Some(Role(_))));
            if is_another { format!("add `{party}` to `parties`") } else { format!("write `parties: [{party}]`") }
        }
    })
}

/// What the key of an entry stands for, if it is a near key of the record.
fn meaning(table: &Table, entry: &Entry) -> Option<Meant> {
    let written = written(entry);
    let meant = near_keys(table).iter().find(|(keys, _)| keys.contains(&written.as_str())).map(|(_, meant)| *meant);
    // `{"result": {"shipment": {..}}}` hands records over; a stage is a word.
    meant.filter(|meant| !(matches!(meant, Meant::Key("stage")) && holds_records(&entry.value)))
}

/// True for a list of records, and for a record in which others stand.
fn holds_records(value: &Node) -> bool {
    let is_record = |node: &Node| node.entries().is_some_and(|facts| !facts.is_empty());
    let elements = value.elements().unwrap_or_default();
    let inner = value.entries().unwrap_or_default();
    elements.iter().any(is_record) || inner.iter().any(|fact| fact.value.one_or_many().iter().any(is_record))
}

/// A key as it is compared: in small letters, with `_` between the words of `endUser` and `End User`.
fn written(entry: &Entry) -> String {
    let mut key = String::with_capacity(entry.key.text.len() + 4);
    let mut was_small = false;
    for c in entry.key.text.trim().chars() {
        if was_small && c.is_uppercase() {
            key.push('_');
        }
        was_small = c.is_lowercase();
        match c {
            ' ' | '-' => key.push('_'),
            c => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// The names of sources that the transactions of a document tell under keys that people write for `sources`: `source: Reuters`. They
/// are no ids.
pub(super) fn named_sources(document: &Node) -> Vec<CompactString> {
    let is_list = |entry: &&Entry| {
        entry.key.text == "transactions" || matches!(meaning(Incident::TABLE, entry), Some(Meant::Key("transactions")))
    };
    let transactions = document.entries().unwrap_or_default().iter().filter(is_list).flat_map(|list| list.value.one_or_many());
    let entries = transactions.flat_map(|transaction| transaction.entries().unwrap_or_default());
    let told = entries.filter(|entry| matches!(meaning(Transaction::TABLE, entry), Some(Meant::Key("sources"))));
    told.flat_map(|entry| entry.value.one_or_many()).filter_map(|name| Some(name.text()?.into())).collect()
}

fn near_keys(table: &Table) -> &'static [NearKey] {
    let of_records: [(&Table, &'static [NearKey]); 23] = [
        (Transaction::TABLE, OF_TRANSACTIONS),
        (Incident::TABLE, OF_INCIDENTS),
        (Item::TABLE, OF_ITEMS),
        (Party::TABLE, OF_PARTIES),
        (Vessel::TABLE, OF_VESSELS),
        (Aircraft::TABLE, OF_AIRCRAFT),
        (Port::TABLE, OF_PORTS),
        (People::TABLE, OF_PEOPLE),
        (Side::TABLE, OF_SIDES),
        (EvidenceSource::TABLE, OF_SOURCES),
        (Document::TABLE, OF_DOCUMENTS),
        (SeaPlace::TABLE, OF_SEA_PLACES),
        (Subject::TABLE, OF_SUBJECTS),
        (Relation::TABLE, OF_RELATIONS),
        (Contract::TABLE, OF_CONTRACTS),
        (Payment::TABLE, OF_PAYMENTS),
        (Authorisation::TABLE, OF_AUTHORISATIONS),
        (Notification::TABLE, OF_NOTIFICATIONS),
        (Determination::TABLE, OF_DETERMINATIONS),
        (Action::TABLE, OF_ACTIONS),
        (Context::TABLE, OF_CONTEXTS),
        (Balance::TABLE, OF_BALANCES),
        (Notice::TABLE, OF_NOTICES),
    ];
    of_records.into_iter().find(|(of, _)| *of == table).map_or(&[], |(_, keys)| keys)
}

#[cfg(test)]
mod tests {
    use super::{Advice, Inside, Key, Listing, NotRead, Role, near_keys, remedy};
    use crate::document::{Content, Entry, Node, Scalar, SourceMap, SourceText, Span};
    use crate::facts::{Incident, Party, Side, Table, Transaction};

    /// Every record of the format.
    fn tables() -> Vec<&'static Table> {
        let (mut tables, mut next) = (Vec::new(), vec![Incident::TABLE]);
        while let Some(table) = next.pop() {
            if !tables.contains(&table) {
                tables.push(table);
                next.extend(table.fields.iter().filter_map(|field| field.kind.record_table()));
            }
        }
        tables
    }

    fn entry(key: &str, value: &str) -> Entry {
        let span = Span { source: SourceMap::default().add(SourceText::new("test", "")), start: 0, end: 0 };
        let content = Content::Scalar(Scalar { text: value.into(), plain: true });
        Entry { key: crate::document::Key { span, text: key.into() }, value: Node { span, content } }
    }

    #[test]
    fn near_keys_are_no_keys_stand_once_and_lead_to_keys_of_the_record() {
        for table in tables() {
            let mut seen = std::collections::HashSet::new();
            assert!(!near_keys(table).is_empty(), "{}", table.noun);
            for (keys, meant) in near_keys(table) {
                for key in *keys {
                    assert!(table.position(key).is_none(), "{key} is a key of {}", table.noun);
                    assert!(seen.insert(*key), "{key} stands twice for {}", table.noun);
                }
                match meant {
                    Key(key) | Inside(key, _) => assert!(table.position(key).is_some(), "{key} is no key of {}", table.noun),
                    Listing => assert!(table.position("designated_as").is_some()),
                    Role(_) => assert!(table.position("parties").is_some()),
                    Advice(_) | NotRead(_) => {}
                }
            }
        }
    }

    #[test]
    fn every_key_of_the_format_in_a_record_that_lacks_it_is_told_with_the_line_rewritten() {
        for table in tables() {
            for key in tables().iter().flat_map(|other| other.fields).map(|field| field.key) {
                if table.position(key).is_none() {
                    let entry = entry(key, "VALUE");
                    let remedy = remedy(table, &entry, std::slice::from_ref(&entry));
                    let remedy = remedy.unwrap_or_else(|| panic!("`{key}` in {} has no remedy", table.noun));
                    let is_line = remedy.contains("VALUE")
                        || remedy.contains("write ")
                        || remedy.contains("covers it")
                        || remedy.contains("stands under");
                    assert!(is_line, "`{key}` in {}: {remedy}", table.noun);
                }
            }
        }
    }

    #[test]
    fn a_key_of_another_record_is_told_where_it_stands() {
        let of = |table: &'static Table, key: &str, value: &str| {
            let entry = entry(key, value);
            remedy(table, &entry, std::slice::from_ref(&entry)).unwrap()
        };
        let vessel = "it is a fact of a vessel or an aircraft: write `vessels: [{flag: PA}]` in the transaction";
        assert_eq!(of(Party::TABLE, "flag", "PA"), vessel);
        assert_eq!(
            of(Side::TABLE, "quantity", "5 t"),
            "it is a fact of a transaction: write `quantity: 5 t` beside `from` or `to`"
        );
        assert_eq!(of(Transaction::TABLE, "permits", "none"), "write `authorisations: none`");
    }
}
