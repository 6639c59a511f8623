//! Near keys that are read: `goods: [coal]` as `items`, `seller: X` as a party, with a warning that gives the line.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar, Span};
use crate::facts::{FactKind, FieldRole, Incident, Item, Scheme, Table, Transaction};

use super::super::people_text::PeopleText;
use super::super::values::yes_no;
use super::Meant::{self, Advice, Inside, Listing, NotRead, Role};
use super::keyed_records::list_keyed_records;
use super::measured::{measured, money};
use super::named_inside::take_out;
use super::of_leave::of_leave;
use super::of_papers::{OfPaper, of_paper};
use super::one_line::{inline, quoted};
use super::{meaning, near_keys, rewritten, written};
use crate::rulebook::{UNNAMED_LIST, Vocabulary};

/// Renames the near keys of a tree that mean one key which is not there, with a warning for each.
pub(in crate::intake) fn read_near_keys(
    node: &mut Node,
    table: &'static Table,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    let Content::Map(entries) = &mut node.content else { return };
    for entry in &mut *entries {
        let field = table.position(&entry.key.text).and_then(|row| table.fields.get(row));
        if let Some(FactKind::Many(inner)) = field.map(|field| field.kind) {
            list_keyed_records(entry, inner, vocabulary, problems);
        }
    }
    if entries.iter().any(|entry| table.position(&entry.key.text).is_none()) {
        rename(entries, table, vocabulary, problems);
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

/// What an authority did, by the keys under which people write who did it.
const DONE_BY: [(&[&str], &str); 5] = [
    (&["seized_by", "confiscated_by", "captured_by"], "seizure"),
    (&["detained_by", "impounded_by"], "detention"),
    (&["stopped_by", "intercepted_by", "interdicted_by"], "stopping"),
    (&["inspected_by", "searched_by", "boarded_by"], "inspection"),
    (&["arrested_by"], "arrest"),
];

/// How a key that a record does not have is read.
pub(super) enum Way {
    /// As this key of the record.
    As(String),
    /// As this key of the record, with the unit that the key names: `payload_kg: 40`.
    Measured(&'static str, &'static str),
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
    /// As no more than what stands there anyway.
    Nothing,
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
            Way::Said(..) | Way::Record(..) | Way::Nothing | Way::Groups | Way::MoneyOf(..) => true,
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
            Way::Joined(key) => join(entries, key, entry),
            Way::Inside(key, inner) => put_inside(entries, (key, inner), entry, table),
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
            Way::MoneyOf(key, inner) => put_inside(entries, (key, inner), entry, table),
            Way::Nothing => {}
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
        return match meaning(table, entry)? {
            Meant::Key(key) if !has(key) && !is_doubtful => Some(Way::As(key.to_owned())),
            _ => None,
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
    match meaning(table, entry)? {
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

/// How a key of a transaction is read that means one thing or another by its value or by what stands beside it.
fn of_transaction(key: &str, entry: &Entry, entries: &[Entry], vocabulary: &Vocabulary) -> Option<Way> {
    let text = entry.value.text();
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let means_goods = |other: &Entry| matches!(meaning(Transaction::TABLE, other), Some(Meant::Key("items")));
    let has_goods = has("items") || entries.iter().any(means_goods);
    if let Some((_, action)) = DONE_BY.iter().find(|(keys, _)| keys.contains(&key)).filter(|_| !is_none(&entry.value)) {
        return Some(Way::Action(action));
    }
    match key {
        "persons" | "individuals" | "party" | "participants" | "involved" if are_groups(&entry.value, vocabulary) => {
            return Some(Way::Groups);
        }
        "what" if has("activity") && !has("items") => return Some(Way::As("items".to_owned())),
        "what" if has_goods && !has("activity") => return Some(Way::As("activity".to_owned())),
        "by" if !has("transport") => {
            let by = text?;
            let is_transport =
                vocabulary.find(&[Scheme::Transport], by).is_some() || vocabulary.meaning(&[Scheme::Transport], by).is_some();
            return is_transport.then(|| Way::As("transport".to_owned()));
        }
        "where" | "location" if text.is_some_and(is_at_sea) && !has("at_sea") => return Some(Way::Inside("at_sea", "place")),
        "where" | "location" if text.is_some() && !has("place") => return Some(Way::As("place".to_owned())),
        _ => {}
    }
    // Near keys of the table come first: `workers` are people, and no party. A few words of it are of several roles.
    const OF_SEVERAL_ROLES: [&str; 4] = ["sender", "receiver", "recipient", "agent"];
    let is_near = near_keys(Transaction::TABLE).iter().any(|(keys, _)| keys.contains(&key));
    if is_near && !OF_SEVERAL_ROLES.contains(&key) {
        return None;
    }
    let word = key.replace('_', " ");
    let is_role =
        |word: &str| vocabulary.find(&[Scheme::Role], word).is_some() || vocabulary.meaning(&[Scheme::Role], word).is_some();
    let role = [Some(word.as_str()), word.strip_suffix('s')].into_iter().flatten().find(|word| is_role(word))?;
    is_name_of_parties(&entry.value).then(|| Way::Parties(role.to_owned()))
}

/// True for texts that count people: `20 loggers`.
fn are_groups(value: &Node, vocabulary: &Vocabulary) -> bool {
    let is_group = |node: &Node| {
        let read = node.text().map(|text| PeopleText::read(text, vocabulary));
        read.is_some_and(|read| read.count.is_some() && (read.occupation.is_some() || read.nationality.is_some()))
    };
    !value.one_or_many().is_empty() && value.one_or_many().iter().all(is_group)
}

/// True for a text about a place at sea.
fn is_at_sea(text: &str) -> bool {
    const SEA: [&str; 10] = [" sea", "gulf", "strait", "ocean", "offshore", "nautical", "miles", "waters", "bay of", "channel"];
    let text = text.to_lowercase();
    text.starts_with("off ") || text.contains(" off ") || SEA.iter().any(|word| text.contains(word))
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

/// Adds what stands under an entry to what stands under a key.
fn join(entries: &mut [Entry], key: &str, more: Entry) {
    let Some(there) = entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value) else { return };
    if let (Some(first), Some(second)) = (there.text(), more.value.text())
        && key == "description"
    {
        there.content = Content::Scalar(Scalar { text: format!("{first}, {second}").into(), plain: false });
        return;
    }
    let more = match more.value.content {
        Content::List(elements) => elements,
        content => vec![Node { span: more.value.span, content }],
    };
    match &mut there.content {
        Content::List(elements) => elements.extend(more),
        _ => {
            let only = there.clone();
            there.content = Content::List(std::iter::once(only).chain(more).collect());
        }
    }
}

/// Puts the value of an entry under a key of a record that stands under another key, which is made if it is not there.
fn put_inside(entries: &mut Vec<Entry>, (key, inner): (&str, &str), entry: Entry, table: &Table) {
    let is_text_of_people = key == "people" && entry.value.text().is_some_and(|text| text.contains(char::is_alphabetic));
    if is_text_of_people {
        push_record(entries, key, entry.value, entry.key.span);
        return;
    }
    let record = map(vec![(inner, entry.value.clone())], &entry.value);
    let kind = table.position(key).and_then(|row| table.fields.get(row)).map(|field| field.kind);
    if matches!(kind, Some(FactKind::Many(_))) {
        push_record(entries, key, record, entry.key.span);
        return;
    }
    match entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value.content) {
        Some(Content::Map(there)) => there.extend(record.entries().unwrap_or_default().iter().cloned()),
        _ => entries.push(Entry { key: Key { span: entry.key.span, text: key.into() }, value: record }),
    }
}

/// True for names of parties, or records of them.
fn is_name_of_parties(value: &Node) -> bool {
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
fn can_be_short(kind: FactKind, entry: &Entry) -> bool {
    let is_short = |of: &Table| {
        let roles = [FieldRole::PlainText, FieldRole::Shorthand, FieldRole::Occupation];
        roles.iter().any(|role| of.with_role(*role).is_some())
    };
    entry.value.text().is_none() || is_none(&entry.value) || kind.record_table().is_none_or(is_short)
}

/// True for a value that says that there is none, or that it is not known.
fn is_none(value: &Node) -> bool {
    matches!(value.text(), Some("none" | "unknown")) || value.elements().is_some_and(<[Node]>::is_empty)
}

/// Adds parties in a role to those of a transaction; `named` is the entry that names them.
fn add_parties(entries: &mut Vec<Entry>, role: &str, named: Entry) {
    let span = named.key.span;
    let names = match named.value.content {
        Content::List(elements) => elements,
        content => vec![Node { span: named.value.span, content }],
    };
    for name in names {
        let key = Key { span, text: named.key.text.clone() };
        add_party(entries, role, Entry { key, value: name });
    }
}

/// Adds a party in a role to those of a transaction; `named` is the entry that names it.
pub(super) fn add_party(entries: &mut Vec<Entry>, role: &str, named: Entry) {
    let role = Node { span: named.key.span, ..scalar(role, &named.value) };
    let party = match named.value.content {
        Content::Map(facts) => {
            let is_told = facts.iter().any(|fact| fact.key.text == "role");
            let role = Entry { key: Key { span: named.key.span, text: "role".into() }, value: role };
            let facts = Some(role).filter(|_| !is_told).into_iter().chain(facts).collect();
            Node { span: named.value.span, content: Content::Map(facts) }
        }
        _ => map(vec![("role", role), ("name", named.value.clone())], &named.value),
    };
    push_party(entries, party, named.key.span);
}

/// Adds the record of a party to those of a transaction; `at` is the place of a list of them, where there is none.
pub(super) fn push_party(entries: &mut Vec<Entry>, party: Node, at: Span) {
    push_record(entries, "parties", party, at);
}

/// Adds a record to a list of them; `at` is the place of the list, where there is none.
fn push_record(entries: &mut Vec<Entry>, key: &str, record: Node, at: Span) {
    let Some(list) = entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value) else {
        let value = Node { span: record.span, content: Content::List(vec![record]) };
        entries.push(Entry { key: Key { span: at, text: key.into() }, value });
        return;
    };
    if let Content::List(records) = &mut list.content {
        records.push(record);
        return;
    }
    let only = list.clone();
    let is_nothing = matches!(only.text(), Some("none" | "unknown" | "")) || only.shape() == "nothing";
    list.content = Content::List(if is_nothing { vec![record] } else { vec![only, record] });
}

/// A text in the place of another value.
fn scalar(text: &str, at: &Node) -> Node {
    Node { span: at.span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) }
}

fn map(values: Vec<(&str, Node)>, at: &Node) -> Node {
    let entry = |(key, value): (&str, Node)| Entry { key: Key { span: at.span, text: key.into() }, value };
    Node { span: at.span, content: Content::Map(values.into_iter().map(entry).collect()) }
}
