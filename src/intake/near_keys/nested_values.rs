//! Values that people write in parts where the format has one text: `{value: 12000, unit: PCS}`, `{city: Windhoek, country: Namibia}`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node};
use crate::facts::{FactKind, Party, Table, Transaction, Vessel};

use super::super::reader::key_not_read;
use super::one_line::{inline, quoted};
use super::put::{map, push_record, scalar};
use super::{Meant, meaning, written};

/// Keys of the number of an amount.
const NUMBERS: [&str; 13] =
    ["value", "amount", "number", "quantity", "qty", "count", "sum", "total", "weight", "volume", "mass", "magnitude", "#text"];

/// Keys of the unit or currency of an amount.
const UNITS: [&str; 14] = [
    "unit",
    "units",
    "uom",
    "unit_of_measure",
    "unit_code",
    "measure",
    "currency",
    "ccy",
    "cur",
    "currency_code",
    "iso",
    "@unit",
    "@currency",
    "in",
];

/// Keys of the code and the name of a term.
const CODES: [&str; 9] = ["code", "id", "iso", "iso2", "iso_2", "alpha2", "alpha_2", "iso_code", "country_code"];
const NAMES: [&str; 4] = ["name", "label", "country", "text"];

/// Writes values in parts as one text, with a warning that gives the line.
pub(super) fn read_nested_values(entries: &mut Vec<Entry>, table: &'static Table, problems: &mut Diagnostics) {
    if !entries.iter().any(|entry| entry.value.text().is_none()) {
        return;
    }
    let of_address = (table == Party::TABLE).then(|| country_of_address(entries)).flatten();
    for entry in &mut *entries {
        let Some(parts) = entry.value.entries().filter(|parts| !parts.is_empty()) else { continue };
        let kind = kind_of(entry, table);
        if kind.is_some_and(|kind| kind.record_table().is_some()) {
            continue;
        }
        let text = match kind {
            None => amount(parts),
            Some(FactKind::Quantity | FactKind::Money | FactKind::Amount | FactKind::Count) => amount(parts),
            Some(FactKind::Terms) => term(parts),
            Some(FactKind::Date) => period(parts),
            Some(FactKind::Text) if table == Party::TABLE && written(entry).starts_with("address") => address(parts),
            Some(FactKind::Text) => only_text(parts),
            _ => None,
        };
        let Some(text) = text else { continue };
        let message = format!("read the parts of `{}` as `{text}`", entry.key.text);
        let help = format!("write `{}: {}`", entry.key.text, quoted(&text));
        problems.push(Diagnostic::new(Code::NearKey, entry.value.span, message).help(help));
        entry.value = scalar(&text, &entry.value);
    }
    entries.extend(of_address);
    name_owners(entries, table, problems);
    if table == Transaction::TABLE {
        calls_of_route(entries, problems);
    }
}

/// The country of a party from the parts of its address, if it tells none itself: `address: {city: Pyongyang, country: KP}`.
fn country_of_address(entries: &[Entry]) -> Option<Entry> {
    // `state` is a part of a country in an address.
    const COUNTRIES: [&str; 6] = ["country", "country_code", "country_name", "country_iso", "iso_country", "nation"];
    let is_country =
        |entry: &Entry| written(entry) == "country" || matches!(meaning(Party::TABLE, entry), Some(Meant::Key("country")));
    let address = entries.iter().find(|entry| written(entry).starts_with("address") && entry.value.entries().is_some())?;
    let mut parts = address.value.entries()?.iter();
    let of_address = parts.find(|part| COUNTRIES.contains(&written(part).as_str()) && part.value.text().is_some())?;
    let country = Entry { key: Key { text: "country".into(), ..of_address.key.clone() }, value: of_address.value.clone() };
    (!entries.iter().any(is_country)).then_some(country)
}

/// The kind of what a key stands for.
fn kind_of(entry: &Entry, table: &Table) -> Option<FactKind> {
    let key = written(entry);
    let row = table.position(&entry.key.text).or_else(|| table.position(&key)).or_else(|| match meaning(table, entry)? {
        Meant::Key(key) | Meant::Inside(key, _) => table.position(key),
        Meant::Role(_) => table.position("parties"),
        _ => None,
    })?;
    table.fields.get(row).map(|field| field.kind)
}

/// A number and its unit, if nothing else is told.
fn amount(parts: &[Entry]) -> Option<String> {
    let part = |keys: &[&str]| {
        let mut found = parts.iter().filter(|part| keys.contains(&written(part).as_str()));
        let only = found.next()?;
        found.next().is_none().then(|| only.value.text().map(str::trim)).flatten().filter(|text| !text.is_empty())
    };
    let number = part(&NUMBERS)?;
    let has_digits = number.contains(|c: char| c.is_ascii_digit());
    match (parts.len(), part(&UNITS)) {
        (2, Some(unit)) if has_digits && unit.contains(|c: char| c.is_alphabetic() || "$€£¥".contains(c)) => {
            Some(format!("{number} {unit}"))
        }
        (1, None) if has_digits => Some(number.to_owned()),
        _ => None,
    }
}

/// A term by its code, beside which its name may stand.
fn term(parts: &[Entry]) -> Option<String> {
    let part = |keys: &[&str]| parts.iter().find(|part| keys.contains(&written(part).as_str()))?.value.text();
    let is_known = |part: &Entry| CODES.contains(&written(part).as_str()) || NAMES.contains(&written(part).as_str());
    let text = part(&CODES).or_else(|| part(&NAMES)).filter(|_| parts.len() <= 2 && parts.iter().all(is_known))?;
    Some(text.trim().to_owned())
}

/// A period by its first and last day, or a day by its parts.
fn period(parts: &[Entry]) -> Option<String> {
    let part = |keys: &[&str]| parts.iter().find(|part| keys.contains(&written(part).as_str()))?.value.text();
    let (first, last) = (part(&["from", "start", "first", "begin"]), part(&["to", "end", "last", "until"]));
    if let (Some(first), Some(last), 2) = (first, last, parts.len()) {
        return Some(format!("{first}/{last}"));
    }
    let (year, month, day) = (part(&["year"])?, part(&["month"]), part(&["day"]));
    let number = |text: &str| text.parse::<u8>().ok().map(|number| format!("{number:02}"));
    match (month, day, parts.len()) {
        (None, None, 1) => Some(year.to_owned()),
        (Some(month), None, 2) => Some(format!("{year}-{}", number(month)?)),
        (Some(month), Some(day), 3) => Some(format!("{year}-{}-{}", number(month)?, number(day)?)),
        _ => None,
    }
}

/// The lines of an address, one behind the other.
fn address(parts: &[Entry]) -> Option<String> {
    let lines: Option<Vec<&str>> = parts.iter().map(|part| part.value.text().map(str::trim)).collect();
    Some(lines?.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
}

/// The only text of a record: `{text: coal}`.
fn only_text(parts: &[Entry]) -> Option<String> {
    match parts {
        [only] => only.value.text().map(str::to_owned),
        _ => None,
    }
}

/// Reads a record in place of the name of an owner or employer as that name. What else the record tells is told as not read.
fn name_owners(entries: &mut [Entry], table: &'static Table, problems: &mut Diagnostics) {
    for entry in entries {
        let is_name = matches!(kind_of(entry, table), Some(FactKind::Texts));
        // The owner of a ship is made a party elsewhere.
        if !is_name || table == Vessel::TABLE {
            continue;
        }
        let Some(parts) = entry.value.entries() else { continue };
        let Some(name) = name_of(parts).cloned() else { continue };
        let key = entry.key.text.clone();
        let message = format!("read the record under `{key}` as the name of a party");
        let help = format!("write `{key}: {}`", inline(&name).unwrap_or_else(|| "..".to_owned()));
        problems.push(Diagnostic::new(Code::NearKey, entry.value.span, message).help(help));
        for part in parts.iter().filter(|part| part.value.span != name.span) {
            let name = inline(&name).unwrap_or_else(|| "..".to_owned());
            let fact = inline(&part.value).unwrap_or_else(|| "..".to_owned());
            let help =
                format!("write `parties: [{{name: {name}, {}: {fact}}}]` in the transaction, with its role", part.key.text);
            problems.push(key_not_read(&part.key.text, table, part.key.span).help(help));
        }
        entry.value = name;
    }
}

/// The name that a record of a party tells.
pub(super) fn name_of(parts: &[Entry]) -> Option<&Node> {
    let is_name = |part: &&Entry| {
        matches!(
            written(part).as_str(),
            "name" | "company" | "entity" | "full_name" | "company_name" | "organisation" | "organization"
        )
    };
    parts.iter().find(is_name).map(|part| &part.value).filter(|name| name.text().is_some())
}

/// Makes calls at ports of the records on a route: `route: [{port: Osaka, date: 2018-08}]`. What names a State alone stays one on the
/// way.
fn calls_of_route(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    let is_way = |entry: &Entry| {
        (entry.key.text == "via" || matches!(meaning(Transaction::TABLE, entry), Some(Meant::Key("via"))))
            && entry.value.one_or_many().iter().any(|stop| stop.entries().is_some_and(is_call))
    };
    let Some(at) = entries.iter().position(is_way) else { return };
    let Some(entry) = entries.get_mut(at) else { return };
    let message = format!("read what stands under `{}` as calls at ports", entry.key.text);
    let help = "write it under `ports`, such as `ports: [{name: Osaka, country: JP, date: 2018-08-02}]`; `via` has States";
    problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(help));
    let span = entry.key.span;
    let stops = match std::mem::replace(&mut entry.value.content, Content::List(Vec::new())) {
        Content::List(stops) => stops,
        content => vec![Node { span: entry.value.span, content }],
    };
    let (calls, states): (Vec<Node>, Vec<Node>) =
        stops.into_iter().partition(|stop| stop.text().is_some() || stop.entries().is_some_and(is_call));
    let state_of = |stop: Node| match stop.entries() {
        Some([only]) if matches!(written(only).as_str(), "country" | "state" | "nation") => only.value.clone(),
        _ => stop,
    };
    match states.is_empty() {
        true => drop(entries.remove(at)),
        false => {
            entry.key = Key { span, text: "via".into() };
            entry.value.content = Content::List(states.into_iter().map(state_of).collect());
        }
    }
    for call in calls {
        let call = if call.text().is_some() { map(vec![("name", call.clone())], &call) } else { call };
        push_record(entries, "ports", call, span);
    }
}

/// True for a record of a call at a port.
fn is_call(facts: &[Entry]) -> bool {
    let keys =
        ["port", "place", "name", "city", "code", "locode", "unlocode", "location", "harbour", "harbor", "terminal", "town"];
    facts.iter().any(|fact| keys.contains(&written(fact).as_str()))
}
