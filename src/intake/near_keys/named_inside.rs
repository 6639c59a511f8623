//! Parties that people name inside a record of the transaction: the payee of a payment, the operator of an aircraft. They are read as
//! parties of the transaction in that role, with a warning that gives the line.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node};
use crate::facts::{Aircraft, Payment, Table, Transaction, Vessel};
use crate::rulebook::Vocabulary;

use super::super::people_text::{PeopleText, is_name_of_a_person};
use super::nested_values::name_of;
use super::one_line::{inline, quoted};
use super::put::{add_party, push_party};
use super::written;

/// Keys that people write, and the role of the party that they name.
type NamedInside = &'static [(&'static [&'static str], &'static str)];

const IN_PAYMENTS: NamedInside = &[
    (&["payer", "sender", "paid_by", "originator", "remitter", "debtor", "ordering_customer", "from_party", "sent_by"], "payer"),
    (
        &["payee", "beneficiary", "recipient", "receiver", "paid_to", "payable_to", "to_party", "received_by", "benefactor"],
        "payee",
    ),
    (&["correspondent_bank", "intermediary_bank", "receiving_bank", "beneficiary_bank", "sending_bank"], "bank"),
];

const IN_VESSELS: NamedInside = &[
    (&["charterer", "chartered_by", "charter"], "charterer"),
    (&["captain", "master", "skipper"], "crew"),
    (&["insurer", "insured_by"], "insurer"),
    (&["classification_society", "class", "class_society", "classed_by"], "classification-society"),
];

const IN_AIRCRAFT: NamedInside = &[
    (&["owner", "owners", "owned_by", "registered_owner"], "owner"),
    (&["operator", "operators", "operated_by", "manager", "managed_by", "controlled_by", "airline", "company"], "operator"),
    (&["charterer", "chartered_by"], "charterer"),
    (&["captain", "pilot"], "crew"),
];

/// Makes parties of a transaction of those that its records name.
pub(super) fn take_out(entries: &mut Vec<Entry>, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    take_out_purpose(entries, problems);
    take_out_people(entries, vocabulary, problems);
    let mut parties: Vec<(&'static str, Entry)> = Vec::new();
    for entry in &mut *entries {
        let Some((table, named)) = of_key(&entry.key.text) else { continue };
        let records = match &mut entry.value.content {
            Content::List(elements) => elements.as_mut_slice(),
            Content::Map(_) => std::slice::from_mut(&mut entry.value),
            Content::Scalar(_) => continue,
        };
        for record in records {
            let Content::Map(inner) = &mut record.content else { continue };
            parties.extend(owners_of_ship(inner, table, problems));
            while let Some(at) = inner.iter().position(|entry| role_of(entry, table, named).is_some()) {
                let taken = inner.remove(at);
                let Some(role) = role_of(&taken, table, named) else { break };
                let message =
                    format!("read `{}`, which is no key of {}, as a party of the transaction", taken.key.text, table.noun);
                let name = inline(&taken.value).unwrap_or_else(|| "..".to_owned());
                let help = format!("write `parties: [{{role: {role}, name: {name}}}]`");
                problems.push(Diagnostic::new(Code::NearKey, taken.key.span, message).help(help));
                parties.push((role, taken));
            }
        }
    }
    parties.into_iter().for_each(|(role, named)| add_party(entries, role, named));
}

/// The owners and operators that a ship tells as records. Their names stay with the ship, which leads rules to the party.
fn owners_of_ship(ship: &mut [Entry], table: &Table, problems: &mut Diagnostics) -> Vec<(&'static str, Entry)> {
    const OWNERS: [&str; 5] = ["owner", "owners", "registered_owner", "owned_by", "ship_owner"];
    const OPERATORS: [&str; 5] = ["operator", "manager", "controller", "controlled_by", "ship_manager"];
    let mut parties = Vec::new();
    for entry in ship.iter_mut().filter(|_| table == Vessel::TABLE) {
        let key = written(entry);
        let roles = [(&OWNERS, "owner", "owned_by"), (&OPERATORS, "operator", "controlled_by")];
        let Some((_, role, fact)) = roles.into_iter().find(|(keys, ..)| keys.contains(&key.as_str())) else { continue };
        let Some(name) = entry.value.entries().and_then(name_of).cloned() else { continue };
        let message = format!("read the record under `{}` of a vessel as a party of the transaction", entry.key.text);
        let line =
            inline(&entry.value).and_then(|line| Some(line.strip_prefix('{')?.to_owned())).unwrap_or_else(|| "..}".to_owned());
        let shown = inline(&name).unwrap_or_else(|| "..".to_owned());
        let help = format!("write `parties: [{{role: {role}, {line}]`, and `{fact}: {shown}` in the vessel");
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(help));
        parties.push((role, Entry { key: entry.key.clone(), value: std::mem::replace(&mut entry.value, name) }));
    }
    parties
}

/// Makes parties of persons who are named under `people`, which is for groups. Their part is not told.
fn take_out_people(entries: &mut Vec<Entry>, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let Some(people) = entries.iter().position(|entry| entry.key.text == "people") else { return };
    let Some(entry) = entries.get_mut(people) else { return };
    let key = entry.key.clone();
    let named = if let Content::List(elements) = &mut entry.value.content {
        let (persons, groups) = std::mem::take(elements).into_iter().partition(|node| is_named(node, vocabulary));
        *elements = groups;
        persons
    } else if is_named(&entry.value, vocabulary) {
        vec![std::mem::replace(&mut entry.value, Node { span: key.span, content: Content::List(Vec::new()) })]
    } else {
        Vec::new()
    };
    // Where persons alone were named, no group is reported, nor that there is none.
    if !named.is_empty() && entry.value.elements().is_some_and(<[Node]>::is_empty) {
        entries.remove(people);
    }
    for mut person in named {
        let name = person.get("name").unwrap_or(&person).text().unwrap_or_default().to_owned();
        let message = format!("read `{name}`, a person under `people`, as a party of the transaction");
        let help =
            format!("write `parties: [{{name: {}}}]`, with the `role` that the report gives, such as `traveller`", quoted(&name));
        problems.push(Diagnostic::new(Code::NearKey, person.span, message).help(help));
        if person.text().is_some() {
            let key = Key { span: person.span, text: "name".into() };
            person = Node { span: person.span, content: Content::Map(vec![Entry { key, value: person }]) };
        }
        push_party(entries, person, key.span);
    }
}

/// True for the name of one person, and for a record with such a name.
fn is_named(node: &Node, vocabulary: &Vocabulary) -> bool {
    let is_person = |text: &str| is_name_of_a_person(&PeopleText::read(text, vocabulary));
    match node.entries() {
        Some(entries) => {
            let counts = ["count", "number", "how_many"];
            node.get("name").is_some_and(|name| name.text().is_some())
                && !entries.iter().any(|entry| counts.contains(&entry.key.text.as_str()))
        }
        None => node.text().is_some_and(is_person),
    }
}

/// Makes what a payment is for the purpose of its transaction, where the payment is all that passes.
fn take_out_purpose(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    const WHAT_PASSES: [&str; 6] = ["purpose", "items", "people", "vessels", "aircraft", "subject"];
    if entries.iter().any(|entry| WHAT_PASSES.contains(&entry.key.text.as_str())) {
        return;
    }
    let payment = entries.iter_mut().find(|entry| entry.key.text == "payment").map(|entry| &mut entry.value.content);
    let Some(Content::Map(inner)) = payment else { return };
    let Some(at) = inner.iter().position(|entry| written(entry) == "purpose" && entry.value.text().is_some()) else { return };
    let purpose = inner.remove(at);
    let message = "read `purpose`, which is no key of a payment, as that of the transaction";
    let line = inline(&purpose.value).unwrap_or_else(|| "..".to_owned());
    let help = format!("write `purpose: {line}` beside `payment`");
    problems.push(Diagnostic::new(Code::NearKey, purpose.key.span, message).help(help));
    entries.push(purpose);
}

/// The record under a key of a transaction, with the keys that name a party in it.
fn of_key(key: &str) -> Option<(&'static Table, NamedInside)> {
    let table = Transaction::TABLE.position(key).and_then(|row| Transaction::TABLE.record_table(row))?;
    let of = [(Payment::TABLE, IN_PAYMENTS), (Vessel::TABLE, IN_VESSELS), (Aircraft::TABLE, IN_AIRCRAFT)];
    of.into_iter().find(|(of, _)| *of == table)
}

/// The role of the party that an entry of a record names by a text.
fn role_of(entry: &Entry, table: &Table, named: NamedInside) -> Option<&'static str> {
    let is_name = entry.value.text().is_some_and(|text| !matches!(text, "none" | "unknown" | "" | "yes" | "no"));
    if !is_name || table.position(&entry.key.text).is_some() {
        return None;
    }
    let key = written(entry);
    named.iter().find(|(keys, _)| keys.contains(&key.as_str())).map(|(_, role)| *role)
}
