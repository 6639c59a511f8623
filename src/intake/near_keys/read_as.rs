//! Near keys that are read: `goods: [coal]` as `items`, `seller: X` as a party, with a warning that gives the line.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node};
use crate::facts::{FactKind, FieldRole, Incident, Item, Party, Table, Transaction};

use super::super::values::yes_no;
use super::Meant::{self, Advice, Inside, Listing, NotRead, Role};
use super::amounts_in_lists::give_amounts_to_goods;
use super::by_heading::{Which, infer_activity, key_of_record, kinds_of, read_headings};
use super::call_times::{read_call_times, read_date_parts};
use super::hoisted::hoist;
use super::keyed_records::list_keyed_records;
use super::measured::{measured, money};
use super::misspelt::misspelt;
use super::named_inside::take_out;
use super::nested_values::read_nested_values;
use super::of_leave::of_leave;
use super::of_papers::{OfPaper, of_paper};
use super::of_transaction::of_transaction;
use super::one_line::{inline, quoted};
use super::phrases::Phrase;
use super::put::{add_parties, join, map, push_record, put_inside, scalar};
use super::records_by_heading::read_records;
use super::ships::read_ships;
use super::system_numbers::{is_code_of_party, is_number_of_system};
use super::units_beside::join_units;
use super::{meaning, rewritten, written};
use crate::rulebook::{UNNAMED_LIST, Vocabulary};

/// Renames the near keys of a tree that mean one key which is not there, with a warning for each.
pub(in crate::intake) fn read_near_keys(
    node: &mut Node,
    table: &'static Table,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    let Content::Map(entries) = &mut node.content else { return };
    let is_unknown = |entry: &Entry| table.position(&entry.key.text).is_none();
    if table == Transaction::TABLE && entries.iter().any(is_unknown) {
        hoist(entries, vocabulary, problems);
    }
    for entry in &mut *entries {
        let field = table.position(&entry.key.text).and_then(|row| table.fields.get(row));
        if let Some(FactKind::Many(inner)) = field.map(|field| field.kind) {
            list_keyed_records(entry, inner, vocabulary, problems);
        }
    }
    read_nested_values(entries, table, problems);
    if entries.iter().any(is_unknown) {
        read_unknown_keys(entries, table, vocabulary, problems);
    }
    if table == Transaction::TABLE {
        give_amounts_to_goods(entries, vocabulary, problems);
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

/// A record of more keys is none of one act, and its unknown keys are told as not read.
pub(super) const MOST_KEYS: usize = 100;

/// Reads what stands under keys that a record does not have.
fn read_unknown_keys(entries: &mut Vec<Entry>, table: &'static Table, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let is_short = entries.len() <= MOST_KEYS;
    if table != Incident::TABLE && is_short {
        join_units(entries, table, vocabulary, problems);
    }
    if table != Transaction::TABLE || !is_short {
        return rename(entries, table, vocabulary, problems);
    }
    read_ships(entries, problems);
    let kinds = kinds_of(entries, vocabulary);
    read_records(entries, &kinds, vocabulary, problems);
    read_date_parts(entries, problems);
    read_call_times(entries, problems);
    let is_meant = read_headings(entries, &kinds, Which::MeantHere, vocabulary, problems);
    rename(entries, table, vocabulary, problems);
    let has_others = read_headings(entries, &kinds, Which::Others, vocabulary, problems);
    infer_activity(entries, &kinds, is_meant || has_others, problems);
}

/// How a key that a record does not have is read.
pub(super) enum Way {
    /// As this key of the record.
    As(String),
    /// As this key of the record, with the unit that the key names: `payload_kg: 40`.
    Measured(&'static str, String),
    /// As a further part of what stands under this key.
    Joined(&'static str),
    /// As this key of a record under that key.
    Inside(&'static str, &'static str),
    /// As groups of people.
    Groups,
    /// As parties in this role.
    Parties(String),
    /// As what the authority that it names did.
    Action(&'static str),
    /// As this fact, in this word.
    Said(&'static str, &'static str),
    /// As a further record under this key, with these facts.
    Record(&'static str, Vec<(&'static str, String)>),
    /// As the money under this key of a record under that key, whatever the key says otherwise.
    MoneyOf(&'static str, &'static str),
    /// As an act, and what it was done with: `what: sale of coal`.
    Phrase(Phrase),
    /// As the subject of this kind.
    Subject(&'static str),
    /// As no more than what stands there anyway.
    Nothing,
    /// As the number of a record in the system that it comes from.
    Number,
}

fn rename(entries: &mut Vec<Entry>, table: &'static Table, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        let way = if table.position(&entry.key.text).is_none() { way(entry, entries, table, vocabulary) } else { None };
        let Some(way) = way else {
            at += 1;
            continue;
        };
        let message = format!("read `{}`, which is no key of {}, by what it means", entry.key.text, table.noun);
        let by_value = match &way {
            Way::Said(..)
            | Way::Record(..)
            | Way::Nothing
            | Way::Number
            | Way::Groups
            | Way::MoneyOf(..)
            | Way::Phrase(_)
            | Way::Subject(_) => true,
            // An amount of money is no quantity, whatever its key mostly is.
            Way::As(key) => matches!(meaning(table, entry), Some(Meant::Key(other)) if other != key.as_str()),
            _ => false,
        };
        let help = rewritten(table, entry, entries).filter(|_| !by_value).unwrap_or_else(|| way.line(entry));
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(help));
        let entry = entries.remove(at);
        match way {
            Way::As(key) => {
                let is_yes = entry.value.text().and_then(yes_no) == Some(true);
                // Of which list is not told: it may be any.
                let value = if key == "designated_as" && is_yes { scalar(UNNAMED_LIST, &entry.value) } else { entry.value };
                entries.insert(at, Entry { key: Key { text: key.into(), ..entry.key }, value });
                at += 1;
            }
            Way::Measured(key, unit) => {
                let value = scalar(&format!("{} {unit}", entry.value.text().unwrap_or_default()), &entry.value);
                entries.insert(at, Entry { key: Key { text: key.into(), ..entry.key }, value });
                at += 1;
            }
            Way::Joined(key) => join(entries, key, entry, table, vocabulary),
            Way::Inside(key, inner) => put_inside(entries, (key, inner), entry, table, vocabulary),
            Way::Groups => {
                let groups = match entry.value.content {
                    Content::List(elements) => elements,
                    content => vec![Node { span: entry.value.span, content }],
                };
                groups.into_iter().for_each(|group| push_record(entries, "people", group, entry.key.span));
            }
            Way::Parties(role) => add_parties(entries, &role, entry),
            Way::Action(action) => {
                let done = vec![("action", scalar(action, &entry.value)), ("by", entry.value.clone())];
                let record = map(done, &entry.value);
                push_record(entries, "actions", record, entry.key.span);
            }
            Way::Said(key, word) => {
                let value = scalar(word, &entry.value);
                entries.insert(at, Entry { key: Key { text: key.into(), ..entry.key }, value });
                at += 1;
            }
            Way::Record(key, facts) => {
                let facts = facts.iter().map(|(key, text)| (*key, scalar(text, &entry.value))).collect();
                push_record(entries, key, map(facts, &entry.value), entry.key.span);
            }
            Way::MoneyOf(key, inner) => put_inside(entries, (key, inner), entry, table, vocabulary),
            Way::Phrase(phrase) => {
                let fact = |key: &str, value: Node| Entry { key: Key { span: entry.key.span, text: key.into() }, value };
                entries.insert(at, fact("activity", scalar(&phrase.act, &entry.value)));
                entries.insert(at + 1, fact(phrase.key, scalar(&phrase.object, &entry.value)));
                at += 2;
            }
            Way::Subject(kind) => {
                let Content::Map(mut facts) = entry.value.content else { continue };
                let kind = Node {
                    span: entry.key.span,
                    ..scalar(kind, &Node { span: entry.key.span, content: Content::List(Vec::new()) })
                };
                facts.insert(0, Entry { key: Key { span: entry.key.span, text: "kind".into() }, value: kind });
                let value = Node { span: entry.value.span, content: Content::Map(facts) };
                entries.insert(at, Entry { key: Key { text: "subject".into(), ..entry.key }, value });
                at += 1;
            }
            Way::Nothing | Way::Number => {}
        }
    }
}

impl Way {
    /// The line as it should stand, where the table of near keys does not give it.
    fn line(&self, entry: &Entry) -> String {
        let value = inline(&entry.value).unwrap_or_else(|| "..".to_owned());
        match self {
            Self::As(key) => format!("write `{key}: {value}`"),
            Self::Measured(key, unit) => format!("write `{key}: {value} {unit}`"),
            Self::Joined(key) => format!("add it to `{key}`"),
            Self::Inside(key, inner) | Self::MoneyOf(key, inner) => format!("write `{key}: {{{inner}: {value}}}`"),
            Self::Groups => format!("write `people: [{value}]`"),
            Self::Parties(role) => format!("write `parties: [{{role: {role}, name: {value}}}]`"),
            Self::Action(action) => format!("write `actions: [{{action: {action}, by: {value}}}]`"),
            Self::Said(key, word) => format!("write `{key}: {word}`"),
            Self::Record(key, facts) => {
                let facts: Vec<String> = facts.iter().map(|(key, text)| format!("{key}: {}", quoted(text))).collect();
                format!("write `{key}: [{{{}}}]`", facts.join(", "))
            }
            Self::Phrase(phrase) => {
                format!("write `activity: {}` and `{}: [{}]`", quoted(&phrase.act), phrase.key, quoted(&phrase.object))
            }
            Self::Subject(kind) => format!("write `subject: {{kind: {kind}}}`, with what is told of it"),
            Self::Number => "leave it out: it numbers a record in the system that it comes from, and bears on no rule".to_owned(),
            Self::Nothing => "leave it out: it says no more than that there is such a paper".to_owned(),
        }
    }
}

/// How the key of an entry can be read, if it can mean but one thing where it stands.
fn way(entry: &Entry, entries: &[Entry], table: &'static Table, vocabulary: &Vocabulary) -> Option<Way> {
    let key = written(entry);
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    if table.position(&key).is_some() && !has(&key) {
        return Some(Way::As(key));
    }
    if table == Incident::TABLE {
        // The day of an article is not that of the act, and `evidence` may be its grade.
        let is_doubtful = ["published", "evidence", "reports"].contains(&key.as_str());
        if key == "reporter" && !has("sources") && !entries.iter().any(|other| written(other).starts_with("partner")) {
            return Some(Way::As("sources".to_owned()));
        }
        return match meaning(table, entry) {
            Some(Meant::Key(key)) if !has(key) && !is_doubtful => Some(Way::As(key.to_owned())),
            Some(Meant::Key(key @ "sources")) if !is_doubtful => joined(key, entry, entries, table),
            Some(_) => None,
            None => misspelt(entry, entries, table, vocabulary).map(|key| Way::As(key.to_owned())),
        };
    }
    if let Some(way) = measured(&key, entry, entries, table) {
        return Some(way);
    }
    if let Some(way) = money(&key, entry, &has, table, vocabulary) {
        return Some(way);
    }
    if table == Transaction::TABLE
        && let Some(way) =
            of_leave(&key, &entry.value, &has, vocabulary).or_else(|| of_transaction(&key, entry, entries, vocabulary))
    {
        return Some(way);
    }
    match of_paper(table, &key, entry.value.text().unwrap_or_default(), entry.value.text().and_then(yes_no)) {
        Some(OfPaper::Fact(key, word)) if !has(key) => return Some(Way::Said(key, word)),
        Some(OfPaper::Nothing) => return Some(Way::Nothing),
        _ => {}
    }
    let is_text = entry.value.text().is_some();
    let field = |key: &str| table.position(key).and_then(|row| table.fields.get(row));
    let Some(meant) = meaning(table, entry) else {
        let numbers_party = || table == Party::TABLE && entry.value.text().is_some_and(|code| is_code_of_party(&key, code));
        let is_number = is_text && table != Transaction::TABLE && (is_number_of_system(&key) || numbers_party());
        if is_number && key_of_record(entry, table, vocabulary).is_none() {
            return Some(Way::Number);
        }
        return unknown(entry, entries, table, vocabulary);
    };
    match meant {
        // A system numbers its parties: that names no passport.
        Meant::Key("identifiers") if is_text && key == "id" => Some(Way::Number),
        Meant::Key(key) if has(key) => joined(key, entry, entries, table),
        Meant::Key(key) => {
            let field = field(key)?;
            // A number alone counts aircraft: a registration has letters.
            let is_count = field.roles.contains(&FieldRole::Registration)
                && entry.value.text().is_some_and(|text| !text.contains(char::is_alphabetic));
            (!is_count && is_answer(field.kind, entry) && can_be_short(field.kind, entry)).then(|| Way::As(key.to_owned()))
        }
        Inside(key, _) if !is_text => {
            if has(key) {
                joined(key, entry, entries, table)
            } else {
                Some(Way::As(key.to_owned()))
            }
        }
        Inside(key, inner) => {
            let is_denied = entries.iter().any(|other| other.key.text == key && is_none(&other.value));
            let kind = field(key)?.kind;
            let is_full = |record: &Node| record.get(inner).is_some();
            let has_other =
                entries.iter().any(|other| other.key.text == key && !matches!(kind, FactKind::Many(_)) && is_full(&other.value));
            (!is_denied && !has_other).then_some(Way::Inside(key, inner))
        }
        Role(role) => is_name_of_parties(&entry.value).then(|| Way::Parties(role.to_owned())),
        // Who is told to be on no list is on no list that the filer means.
        Listing if entry.value.text().and_then(yes_no) == Some(false) => None,
        Listing => (is_text && !has("designated_as")).then(|| Way::As("designated_as".to_owned())),
        Advice(_) | NotRead(_) => None,
    }
}

/// How a key is read that nobody knows: as the one of which it is a misspelling, or as the heading of a table.
fn unknown(entry: &Entry, entries: &[Entry], table: &'static Table, vocabulary: &Vocabulary) -> Option<Way> {
    if entries.len() > MOST_KEYS {
        return None;
    }
    if let Some(key) = misspelt(entry, entries, table, vocabulary) {
        return Some(Way::As(key.to_owned()));
    }
    if table == Transaction::TABLE || entry.value.text().is_none() {
        return None;
    }
    let (key, unit) = key_of_record(entry, table, vocabulary)?;
    let is_free = !entries.iter().any(|other| other.key.text == key);
    let kind = table.position(key).and_then(|row| table.fields.get(row))?.kind;
    if !is_free || !is_answer(kind, entry) {
        return None;
    }
    let is_bare = entry.value.text().is_some_and(|text| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')));
    Some(match unit.filter(|_| is_bare) {
        Some(unit) => Way::Measured(key, unit),
        None => Way::As(key.to_owned()),
    })
}
/// How a second key for what stands under a key already is read: lists are made longer, descriptions too.
fn joined(key: &'static str, entry: &Entry, entries: &[Entry], table: &'static Table) -> Option<Way> {
    let row = table.position(key)?;
    let field = table.fields.get(row)?;
    let there = entries.iter().find(|other| other.key.text == key)?;
    let is_joined = match field.kind {
        FactKind::Many(_) => !is_none(&there.value) && !is_none(&entry.value) && can_be_short(field.kind, entry),
        FactKind::Text => {
            table == Item::TABLE
                && there.value.text().is_some()
                && entry.value.text().is_some()
                && field.roles.contains(&FieldRole::PlainText)
        }
        _ => false,
    };
    is_joined.then_some(Way::Joined(key))
}

/// True for names of parties, or records of them.
pub(super) fn is_name_of_parties(value: &Node) -> bool {
    let is_name = |node: &Node| match node.text() {
        Some(text) => yes_no(text).is_none() && text.contains(char::is_alphabetic) && !matches!(text, "none" | "unknown"),
        None => node.entries().is_some_and(|entries| !entries.is_empty()),
    };
    match value.elements() {
        Some(elements) => !elements.is_empty() && elements.iter().all(is_name),
        None => is_name(value),
    }
}

/// True if a value answers a question, where the fact is one. Who writes `wages: 500 USD` has not answered whether they earn income in as many words.
pub(super) fn is_answer(kind: FactKind, entry: &Entry) -> bool {
    let says_nothing = entry.value.text() == Some("unknown");
    let is_imo = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() == 7;
    match kind {
        FactKind::YesNo => says_nothing || entry.value.text().and_then(yes_no).is_some(),
        // Who denies it has a name: `denied: no` names nobody.
        FactKind::Texts => entry.value.one_or_many().iter().all(|value| value.text().is_some_and(|text| yes_no(text).is_none())),
        FactKind::Imo => entry.value.text().is_some_and(is_imo),
        _ => true,
    }
}

/// True if a value can stand for the record, where the fact is one.
pub(super) fn can_be_short(kind: FactKind, entry: &Entry) -> bool {
    let is_short = |of: &Table| {
        let roles = [FieldRole::PlainText, FieldRole::Shorthand, FieldRole::Occupation];
        roles.iter().any(|role| of.with_role(*role).is_some())
    };
    entry.value.text().is_none() || is_none(&entry.value) || kind.record_table().is_none_or(is_short)
}

/// True for a value that says that there is none, or that it is not known.
pub(super) fn is_none(value: &Node) -> bool {
    matches!(value.text(), Some("none" | "unknown")) || value.elements().is_some_and(<[Node]>::is_empty)
}
