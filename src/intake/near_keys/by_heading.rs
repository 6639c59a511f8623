//! Keys that neither the format nor its near keys have, and that people write as headings of tables: `exporterCountry`, `Goods
//! Description`, `value_date`. They are read by the names of `headings.yaml`, as a column with that heading is.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Span};
use crate::facts::{CodedTerm, FactKind, Scheme, Table, Transaction, Unit, WrittenDate};
use crate::rulebook::{TermLookup, Vocabulary, WordMeaning};

use super::super::csv_columns::{Column, ColumnReading, ColumnRecord, Target};
use super::super::headings::{Headings, TableKind};
use super::super::table_kind::kinds;
use super::super::values;
use super::heading_paths::insert;
use super::one_line::{inline, quoted};
use super::put::scalar;
use super::{Meant, meaning, written};

/// The longest key that can be a heading.
const LONGEST: usize = 80;

/// A key as a heading is written: with blanks between the words of `netWeightKg` and `value_usd`.
pub(super) fn as_heading(key: &str) -> String {
    let mut heading = String::with_capacity(key.len() + 4);
    let mut was_small = false;
    for c in key.chars() {
        if was_small && c.is_uppercase() {
            heading.push(' ');
        }
        was_small = c.is_lowercase() || c.is_ascii_digit();
        heading.push(if c == '_' { ' ' } else { c });
    }
    heading
}

/// What a record is about by its keys and its act, as a table is by its headings.
pub(super) fn kinds_of(entries: &[Entry], vocabulary: &Vocabulary) -> Vec<TableKind> {
    let short = entries.iter().filter(|entry| entry.key.text.len() <= LONGEST);
    let names: Vec<String> = short.map(|entry| as_heading(&entry.key.text)).collect();
    let names: Vec<(&str, Span)> = names.iter().map(String::as_str).zip(entries.iter().map(|entry| entry.key.span)).collect();
    let mut kinds = kinds(&names, vocabulary);
    let has = |key: &str| entries.iter().any(|entry| entry.key.text == key);
    let is_of_things = ["items", "vessels", "aircraft"].into_iter().any(has) || kinds.contains(&TableKind::Goods);
    let act = entries.iter().find(|entry| names_the_act(entry)).and_then(|entry| act(entry.value.text()?, vocabulary));
    let is = |broader: &str| match (act, vocabulary.term(Scheme::Activity, broader)) {
        (Some(act), Some(broader)) => vocabulary.is_a(act, broader),
        _ => false,
    };
    let mut add = |kind: TableKind| {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    };
    if has("payment") || is("finance") && !is_of_things {
        add(TableKind::Payment);
    }
    if is("port-call") && !is_of_things {
        add(TableKind::Ship);
    }
    kinds
}

/// True for the key of the act, or one that people write for it.
fn names_the_act(entry: &Entry) -> bool {
    matches!(entry.key.text.as_str(), "activity" | "what")
        || matches!(meaning(Transaction::TABLE, entry), Some(Meant::Key("activity")))
}

fn act(text: &str, vocabulary: &Vocabulary) -> Option<crate::facts::Term> {
    let schemes = &[Scheme::Activity];
    match (vocabulary.find(schemes, text), vocabulary.meaning(schemes, text)) {
        (Some(CodedTerm::Term(act)), _) | (_, Some(WordMeaning::Term(act))) => Some(act),
        _ => None,
    }
}

/// The reading of a key as a heading; `None` if it is none, or holds no fact.
pub(super) fn reading(entry: &Entry, kinds: &[TableKind], vocabulary: &Vocabulary) -> Option<(Vec<Target>, Option<String>)> {
    if entry.key.text.len() > LONGEST {
        return None;
    }
    match ColumnReading::of(&as_heading(&entry.key.text), kinds, vocabulary) {
        ColumnReading::Exact(column) => Some((vec![Target::Fact(column)], None)),
        ColumnReading::Meant { targets, unit, .. } if targets != [Target::Unread] => Some((targets, unit)),
        _ => None,
    }
}

/// True for a key by which people tell a fact of a transaction: no note, no number of a row, no source.
pub(super) fn is_heading_of_a_fact(entry: &Entry, vocabulary: &Vocabulary) -> bool {
    let kinds = [TableKind::Goods, TableKind::Shipping, TableKind::Payment, TableKind::Ship];
    let is_fact = |target: &Target| match target {
        Target::Fact(column) => {
            column.of == ColumnRecord::Transaction && column.path.first().is_some_and(|first| first.key != "id")
        }
        Target::Where(_) | Target::Abroad(_) | Target::Counterparty | Target::CounterpartyCountry | Target::AccountHolder => true,
        _ => false,
    };
    entry.value.text().is_some()
        && reading(entry, &kinds, vocabulary).is_some_and(|(targets, _)| targets.first().is_some_and(is_fact))
}

/// The key of a record that a heading is about, with the unit that the heading names: `countryOfOrigin` of an item.
pub(super) fn key_of_record(
    entry: &Entry,
    table: &'static Table,
    vocabulary: &Vocabulary,
) -> Option<(&'static str, Option<String>)> {
    let kinds = [TableKind::Goods, TableKind::Ship];
    let (targets, unit) = reading(entry, &kinds, vocabulary)?;
    targets.iter().find_map(|target| {
        let Target::Fact(column) = target else { return None };
        let [record, fact] = column.path.as_slice() else { return None };
        let of = Transaction::TABLE.position(record.key).and_then(|row| Transaction::TABLE.record_table(row));
        let unit = unit.clone().filter(|unit| unit != "mass");
        (column.of == ColumnRecord::Transaction && of == Some(table) && record.mark.is_none()).then_some((fact.key, unit))
    })
}

/// Which keys are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that are meant otherwise among payments or calls of ships than elsewhere: `amount` of a transfer.
    MeantHere,
    /// Those that nothing else reads.
    Others,
}

/// Reads keys of a transaction as headings, with a warning for each. True if there was one.
pub(super) fn read_headings(
    entries: &mut Vec<Entry>,
    kinds: &[TableKind],
    which: Which,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) -> bool {
    let mut trade = Trade::default();
    let (mut at, mut has_read) = (0, false);
    while let Some(entry) = entries.get(at) {
        let is_key = Transaction::TABLE.position(&entry.key.text).is_some();
        let is_plain = entry.value.text().is_some() && entry.value.shape() != "nothing";
        let is_wanted = match which {
            Which::MeantHere => is_meant_here(entry, kinds),
            Which::Others => meaning(Transaction::TABLE, entry).is_none(),
        };
        let read = if !is_key && is_plain && is_wanted { reading(entry, kinds, vocabulary) } else { None };
        let Some((targets, unit)) = read else {
            at += 1;
            continue;
        };
        let entry = entries.remove(at);
        let is_of_several = targets.len() > 1 && targets.contains(&Target::Unread);
        let line = targets
            .iter()
            .find_map(|target| put(entries, &entry, (target, unit.as_deref(), is_of_several), &mut trade, vocabulary));
        let Some(line) = line else {
            entries.insert(at, entry);
            at += 1;
            continue;
        };
        let message = format!("read `{}`, which is no key of a transaction, by what it means", entry.key.text);
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(line));
        has_read = true;
    }
    trade.finish(entries);
    has_read
}

/// True for a key that means one thing among payments or calls of ships, and another elsewhere.
fn is_meant_here(entry: &Entry, kinds: &[TableKind]) -> bool {
    let Some((_, heading)) = Headings::known().find_exactly(&as_heading(&entry.key.text), kinds) else { return false };
    let is_here = heading.among.is_some_and(|among| matches!(among, TableKind::Payment | TableKind::Ship));
    let is_time = || entry.value.text().is_some_and(|text| WrittenDate::read(text).is_ok());
    is_here
        && match heading.fact.first().map(String::as_str) {
            Some("payment.amount") => true,
            Some("date" | "arrival" | "departure") => is_time(),
            Some(fact) => fact.starts_with("port"),
            None => false,
        }
}

/// The States that trade, and the direction, as statistics tell them.
#[derive(Default)]
struct Trade {
    reporter: Option<Node>,
    partner: Option<Node>,
    is_import: Option<bool>,
    /// Where the direction is told.
    told: Option<Span>,
}

/// Puts a value where a heading says; what it is as a line. `None` if something stands there already, or it cannot stand there.
fn put(
    entries: &mut Vec<Entry>,
    entry: &Entry,
    (target, unit, is_of_several): (&Target, Option<&str>, bool),
    trade: &mut Trade,
    vocabulary: &Vocabulary,
) -> Option<String> {
    let text = entry.value.text()?;
    let shown = || inline(&entry.value).unwrap_or_else(|| "..".to_owned());
    match target {
        Target::Fact(column) => {
            let text = plainly(column, text, unit);
            let is_name = column.path.last().is_some_and(|last| matches!(last.key, "name" | "party"));
            if is_name && Headings::known().is_nobody(&text) {
                note(entries, entry);
                return Some(kept(entry, &text));
            }
            if is_of_several && !can_hold(column, &text, vocabulary) {
                return None;
            }
            insert(entries, column, scalar(&text, &entry.value), entry.key.span, vocabulary)
                .then(|| format!("write `{}`", line(column, &text)))
        }
        Target::Where(side) | Target::Abroad(side) => {
            let key = if is_country(text, vocabulary) { "country" } else { "place" };
            let column = match Target::parse(&format!("{side}.{key}"))? {
                Target::Fact(column) => column,
                _ => return None,
            };
            let there = entries.iter().find(|other| other.key.text == *side).map(|other| &other.value);
            if there.is_some_and(|side| side.get("country").is_some() || side.get("place").is_some()) {
                return None;
            }
            let text = text.get(..2).filter(|_| key == "country" && values::is_port_code(text)).unwrap_or(text);
            insert(entries, &column, scalar(text, &entry.value), entry.key.span, vocabulary)
                .then(|| format!("write `{}`", line(&column, text)))
        }
        Target::Bic(column) => {
            let is_code = matches!(text.len(), 8 | 11) && text.bytes().all(|b| b.is_ascii_alphanumeric());
            let country = text.get(4..6).filter(|_| is_code).map(str::to_uppercase)?;
            vocabulary.by_exact_id(&[Scheme::Country], &country)?;
            insert(entries, column, scalar(&country, &entry.value), entry.key.span, vocabulary)
                .then(|| format!("write `{}`", line(column, &country)))
        }
        Target::Reporter | Target::Partner => {
            let slot = if *target == Target::Reporter { &mut trade.reporter } else { &mut trade.partner };
            if slot.is_some() || ["from", "to"].iter().any(|side| entries.iter().any(|other| other.key.text == *side)) {
                return None;
            }
            *slot = Some(entry.value.clone());
            Some(format!("write who sends and who gets the goods: `{{from: {0}}}` or `{{to: {0}}}`", shown()))
        }
        Target::Flow => {
            trade.is_import = Some(Headings::known().is_import(text)?);
            trade.told = Some(entry.value.span);
            Some("write `activity: supply`, and who sends and who gets the goods under `from` and `to`".to_owned())
        }
        // A time of a ship's call is the date, if no other tells it; the first day of a job, too.
        Target::Arrival | Target::Departure | Target::Since => {
            WrittenDate::read(text).ok()?;
            let written = if *target == Target::Since { format!("since {text}") } else { text.to_owned() };
            put_fact(entries, entry, ("date", &written), vocabulary)
        }
        Target::Trader | Target::PartnerParty | Target::AccountHolder | Target::Counterparty => {
            put_fact(entries, entry, ("party.name", text), vocabulary)
        }
        Target::CounterpartyCountry => put_fact(entries, entry, ("party.country", text), vocabulary),
        Target::PaidOut | Target::PaidIn => {
            let bare = text.trim_start_matches(['-', '+', ' ']);
            put_fact(entries, entry, ("payment.amount", bare), vocabulary)
        }
        Target::PaidWhichWay | Target::Visa => {
            note(entries, entry);
            Some(kept(entry, text))
        }
        Target::Notes | Target::Until => {
            note(entries, entry);
            Some(kept(entry, text))
        }
        Target::Nothing => Some("leave it out: it bears on no rule".to_owned()),
        Target::Unit | Target::Currency | Target::DatePart(_) | Target::Unread => None,
    }
}

/// Puts a text under the path of a fact, as a heading has it; what it is as a line.
fn put_fact(entries: &mut Vec<Entry>, entry: &Entry, (path, text): (&str, &str), vocabulary: &Vocabulary) -> Option<String> {
    let Some(Target::Fact(column)) = Target::parse(path) else { return None };
    insert(entries, &column, scalar(text, &entry.value), entry.key.span, vocabulary)
        .then(|| format!("write `{}`", line(&column, text)))
}

/// What is said of a value that is kept in the notes.
fn kept(entry: &Entry, text: &str) -> String {
    format!("no rule asks for it; it is kept in `notes: {}`", quoted(&format!("{}: {text}", entry.key.text)))
}

/// Adds what stands under a key to the notes of a transaction.
pub(super) fn note(entries: &mut Vec<Entry>, entry: &Entry) {
    let Some(text) = entry.value.text() else { return };
    let text = format!("{}: {text}", entry.key.text);
    match entries.iter_mut().find(|other| other.key.text == "notes").map(|other| &mut other.value) {
        Some(there) => {
            if let Some(before) = there.text() {
                there.content = scalar(&format!("{before}; {text}"), &entry.value).content;
            }
        }
        None => {
            entries.push(Entry { key: Key { span: entry.key.span, text: "notes".into() }, value: scalar(&text, &entry.value) })
        }
    }
}

/// A value as the fact takes it: a number with the unit of its heading, a month of six digits as one.
fn plainly(column: &Column, text: &str, unit: Option<&str>) -> String {
    let is_bare = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')) && !text.is_empty();
    match (column.kind, unit) {
        (FactKind::Money | FactKind::Quantity | FactKind::Amount, Some(unit)) if is_bare && unit != "mass" => {
            format!("{text} {unit}")
        }
        _ => text.to_owned(),
    }
}

/// True if a fact takes a text, where headings of several facts have it.
fn can_hold(column: &Column, text: &str, vocabulary: &Vocabulary) -> bool {
    let unit = || vocabulary.read_amount(text).ok().map(|read| read.unit);
    match column.kind {
        FactKind::Terms => vocabulary.find(column.schemes, text).is_some() || vocabulary.meaning(column.schemes, text).is_some(),
        FactKind::Money => !matches!(unit(), Some(Some(Unit::Quantity(_)))),
        FactKind::Quantity => !matches!(unit(), Some(Some(Unit::Money(_)))),
        FactKind::Date => WrittenDate::read(text).is_ok(),
        _ => true,
    }
}

fn is_country(text: &str, vocabulary: &Vocabulary) -> bool {
    let states = [Scheme::Country];
    let is_port = values::is_port_code(text) && text.get(..2).is_some_and(|code| vocabulary.find(&states, code).is_some());
    let is_near = || matches!(vocabulary.lookup(&states, text), TermLookup::Missing(Some(_)));
    is_port || vocabulary.find(&states, text).is_some() || !values::is_place(text, vocabulary) && is_near()
}

/// A fact as it is written in a transaction: `items: [{description: coal}]`.
fn line(column: &Column, text: &str) -> String {
    let text = quoted(text);
    match column.path.as_slice() {
        [only] if only.list => format!("{}: [{text}]", only.key),
        [only] => format!("{}: {text}", only.key),
        [first, last] => {
            let mark = first.mark.as_ref().map(|(key, mark)| format!("{key}: {mark}, ")).unwrap_or_default();
            let record = format!("{{{mark}{}: {text}}}", last.key);
            if first.list { format!("{}: [{record}]", first.key) } else { format!("{}: {record}", first.key) }
        }
        _ => text,
    }
}

impl Trade {
    /// Makes the sides of the States that trade: an import goes from the partner to the reporter; without the direction either may
    /// be either.
    fn finish(self, entries: &mut Vec<Entry>) {
        if let (Some(at), Some(first)) = (self.told, entries.first())
            && !entries.iter().any(names_the_act)
        {
            let value = Node { span: at, ..scalar("supply", &first.value) };
            entries.push(Entry { key: Key { span: at, text: "activity".into() }, value });
        }
        let Some(at) = self.reporter.as_ref().or(self.partner.as_ref()).map(|state| state.span) else { return };
        let (from, to) = match self.is_import {
            Some(true) => (self.partner, self.reporter),
            Some(false) => (self.reporter, self.partner),
            None => {
                let both: Vec<Node> = self.reporter.into_iter().chain(self.partner).collect();
                let any_of = Entry {
                    key: Key { span: at, text: "any_of".into() },
                    value: Node { span: at, content: Content::List(both) },
                };
                let either = Node { span: at, content: Content::Map(vec![any_of]) };
                (Some(either.clone()), Some(either))
            }
        };
        for (key, side) in [("from", from), ("to", to)] {
            if let Some(side) = side.filter(|_| !entries.iter().any(|entry| entry.key.text == key)) {
                entries.push(Entry { key: Key { span: side.span, text: key.into() }, value: side });
            }
        }
    }
}

/// Adds what is done where no key says it and what the record is about does, as in a table with such headings. That money was sent or
/// a ship called is taken from headings alone, and not where other things are told.
pub(super) fn infer_activity(entries: &mut Vec<Entry>, kinds: &[TableKind], has_headings: bool, problems: &mut Diagnostics) {
    if entries.iter().any(|entry| names_the_act(entry) || written(entry) == "flow") {
        return;
    }
    let has = |kind: TableKind| kinds.contains(&kind);
    let is_told = |keys: &[&str]| entries.iter().any(|entry| keys.contains(&entry.key.text.as_str()));
    // What is paid for goods that are sent is no transfer of its own.
    let is_for_goods = has(TableKind::Goods) || has(TableKind::Shipping) && is_told(&["payment"]);
    let is_payment = has(TableKind::Payment) && !is_for_goods;
    let activity = match () {
        () if is_payment && has_headings && !is_told(&["items", "vessels", "aircraft", "people", "subject"]) => "funds-transfer",
        () if has(TableKind::Shipping) && !is_payment => "supply",
        () if has(TableKind::Ship) && has_headings && !is_told(&["items", "aircraft", "people", "subject", "payment"]) => {
            "port-call"
        }
        () => return,
    };
    let Some(first) = entries.first() else { return };
    let at = Span { end: first.key.span.start + 1, ..first.key.span };
    let message = format!("no key says what is done; by the others it is read as `{activity}`");
    let help = format!("write `activity: {activity}`, or what it was, such as `sale`, `gift`, `lease`, `transport`");
    problems.push(Diagnostic::new(Code::NearKey, at, message).help(help));
    let value = scalar(activity, &first.value);
    entries.push(Entry { key: Key { span: at, text: "activity".into() }, value });
}
