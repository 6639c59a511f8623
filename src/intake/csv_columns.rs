//! The columns of a table: the paths to the facts that the header's cells name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::{Code, Diagnostic, Span, closest_key};
use crate::facts::{EvidenceSource, FactKind, Party, Port, Scheme, Table, Transaction, Vessel};
use crate::rulebook::Vocabulary;

use super::heading_units::{ends_with_unit, measured, unit_alone, with_unit};
use super::headings::{Heading, Headings, TableKind};

/// A column that leads to a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The record in which the path begins.
    pub(super) of: ColumnRecord,
    pub(super) path: Vec<ColumnSegment>,
    /// The kind of the fact.
    pub(super) kind: FactKind,
    /// The schemes that its terms come from.
    pub(super) schemes: &'static [Scheme],
}

/// The record that a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRecord {
    /// The transaction of the row.
    Transaction,
    /// The source that reports the row.
    Source,
}

/// A segment of a column's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnSegment {
    pub(super) key: &'static str,
    /// True if the segment is a list, which has one element, or one for each [`label`](ColumnSegment::label).
    pub(super) list: bool,
    /// True if semicolons separate several values in a field.
    pub(super) split: bool,
    /// Which element of the list it is: the port of `loading`, the `bank/ordering`. Empty if the column does not say.
    pub(super) label: String,
    /// What the column says of that element besides: its call or role.
    pub(super) mark: Option<(&'static str, String)>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A fact.
    Fact(Column),
    /// The country or place of this side.
    Where(&'static str),
    /// The country of a bank's code of eight or eleven letters.
    Bic(Column),
    /// The State that reports trade.
    Reporter,
    /// The State with which it trades.
    Partner,
    /// Whether it is import or export.
    Flow,
    /// The unit of the numbers of the row.
    Unit,
    /// The currency of the sums of the row.
    Currency,
    /// A part of the date: its year, month or day.
    DatePart(usize),
    /// The first day of a ship's call.
    Arrival,
    /// The last day of a ship's call.
    Departure,
    /// The day from which someone is employed.
    Since,
    /// The last day of a job of a row of people.
    Until,
    /// The country that customs forms name for the other side of the border, with the side that it mostly is.
    Abroad(&'static str),
    /// Whose account it is.
    AccountHolder,
    /// With whom its holder deals, and in which country they are.
    Counterparty,
    CounterpartyCountry,
    /// Sums that the holder of the account pays.
    PaidOut,
    /// Sums that the holder is paid.
    PaidIn,
    /// Whether the holder pays or is paid.
    PaidWhichWay,
    /// Whether the leave of a person to enter is one to work.
    Visa,
    /// Who receives what is imported, and sends what is exported.
    Trader,
    /// The other one: who sends what is imported, and receives what is exported.
    PartnerParty,
    /// What is kept and never judged.
    Notes,
    /// What bears on no rule.
    Nothing,
    /// What may bear on one and is not read.
    Unread,
}

/// How the name of a column is read.
#[derive(Debug, Clone)]
pub(super) enum ColumnReading {
    /// It is the path of a fact.
    Exact(Column),
    /// It is called otherwise, and holds the first of these that is free.
    Meant {
        targets: Vec<Target>,
        /// The position of its entry among the headings; 0 for a path with other marks between its parts.
        rank: usize,
        /// The unit of its numbers, if the name has one: `Weight (kg)`.
        unit: Option<String>,
        help: Option<&'static str>,
        of: Option<TableKind>,
    },
    /// It goes on behind this part, which is a plain value.
    NoParts(String),
    /// It is no fact.
    Unknown,
}

/// The first segment of columns about the source of a row.
const SOURCE: &str = "source";

impl ColumnReading {
    /// Reads the name of a column in a table of some kinds: `item.hs` leads into the only item of the row, `source.kind` into its
    /// source. Case does not count.
    pub(super) fn of(name: &str, kinds: &[TableKind], vocabulary: &Vocabulary) -> Self {
        let name = name.trim();
        if name.is_empty() {
            return Self::Unknown;
        }
        match Column::of_path(name) {
            Ok(column) => Self::Exact(column),
            Err(PathError::NoParts(word)) => Self::NoParts(word),
            Err(PathError::Unknown) => {
                let headings = Headings::known();
                let exactly = Self::meant(name, |name| headings.find_exactly(name, kinds));
                let whole = || Self::meant(name, |name| headings.find(name, kinds));
                exactly
                    .or_else(|| measured(name, kinds, vocabulary).or_else(|| unit_alone(name, kinds, vocabulary)))
                    .or_else(|| whole().filter(|_| !ends_with_unit(name, vocabulary)))
                    .unwrap_or(Self::Unknown)
            }
        }
    }

    pub(super) fn meant(name: &str, find: impl FnOnce(&str) -> Option<(usize, &'static Heading)>) -> Option<Self> {
        if let Some((position, heading)) = find(name) {
            return Some(Self::of_heading(position, heading));
        }
        let name = normalised(name);
        let path = path_of(&name)?;
        let column = Column::of_path(path).ok()?;
        let of = column.is_of_goods().then_some(TableKind::Goods);
        Some(Self::Meant { targets: vec![Target::Fact(column)], rank: 0, unit: None, help: None, of })
    }

    fn of_heading(position: usize, heading: &'static Heading) -> Self {
        let targets = heading.fact.iter().filter_map(|fact| Target::parse(fact)).collect();
        let (unit, help) = (heading.unit.clone(), heading.help.as_deref());
        Self::Meant { targets, rank: position + 1, unit, help, of: heading.of }
    }

    /// The reading of a name that says what the column holds and not of whom (`Country`), behind the column of this reading
    /// (`Seller`).
    pub(super) fn part(&self, name: &str) -> Option<Self> {
        let Self::Meant { rank, .. } = self else { return None };
        let (position, heading) = Headings::known().part_of(rank.checked_sub(1)?, name)?;
        Some(Self::of_heading(position, heading))
    }

    /// True if the column is read.
    pub(super) fn is_known(&self) -> bool {
        matches!(self, Self::Exact(_) | Self::Meant { .. })
    }
}

impl Target {
    /// Reads what `headings.yaml` says that a column holds; `None` if there is no such fact.
    pub(super) fn parse(fact: &str) -> Option<Self> {
        Some(match fact {
            "from.where" => Self::Where("from"),
            "to.where" => Self::Where("to"),
            "reporter" => Self::Reporter,
            "partner" => Self::Partner,
            "flow" => Self::Flow,
            "from.abroad" => Self::Abroad("from"),
            "to.abroad" => Self::Abroad("to"),
            "account.holder" => Self::AccountHolder,
            "counterparty" => Self::Counterparty,
            "counterparty.country" => Self::CounterpartyCountry,
            "paid.out" => Self::PaidOut,
            "paid.in" => Self::PaidIn,
            "paid.way" => Self::PaidWhichWay,
            "unit" => Self::Unit,
            "currency" => Self::Currency,
            "year" => Self::DatePart(0),
            "month" => Self::DatePart(1),
            "day" => Self::DatePart(2),
            "arrival" => Self::Arrival,
            "departure" => Self::Departure,
            "since" => Self::Since,
            "until" => Self::Until,
            "pay" => Self::Fact(Column::of_path("payment.amount").ok()?),
            "visa" => Self::Visa,
            "trader" => Self::Trader,
            "partner.party" => Self::PartnerParty,
            "notes" => Self::Notes,
            "nothing" => Self::Nothing,
            "unread" => Self::Unread,
            _ => match fact.strip_suffix(".bic") {
                Some(record) => Self::Bic(Column::of_path(&format!("{record}.country")).ok()?),
                None => Self::Fact(Column::of_path(fact).ok()?),
            },
        })
    }

    /// True if the cells hold dates.
    pub(super) fn is_date(&self) -> bool {
        match self {
            Self::Fact(column) => column.kind == FactKind::Date,
            Self::Arrival | Self::Departure | Self::Since | Self::Until => true,
            _ => false,
        }
    }

    /// True if the cells hold numbers.
    pub(super) fn is_number(&self) -> bool {
        use FactKind::{Amount, Count, Money, Quantity};
        matches!(self, Self::PaidOut | Self::PaidIn)
            || matches!(self, Self::Fact(column) if matches!(column.kind, Money | Quantity | Amount | Count))
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Fact(column) => column.name(),
            Self::Bic(column) => format!("{}, by the code", column.name()),
            Self::Where(side) => format!("{side}.country"),
            Self::Reporter | Self::Partner | Self::Abroad(_) | Self::CounterpartyCountry => "from` or `to".to_owned(),
            Self::AccountHolder | Self::Counterparty => "from.party` or `to.party".to_owned(),
            Self::PaidOut | Self::PaidIn => "payment.amount".to_owned(),
            Self::PaidWhichWay => "payer` or `payee".to_owned(),
            Self::Flow | Self::Visa => "activity".to_owned(),
            Self::Unit => "unit".to_owned(),
            Self::Currency => "currency".to_owned(),
            Self::DatePart(_) | Self::Arrival | Self::Departure | Self::Until => "date".to_owned(),
            Self::Since => "people.since".to_owned(),
            Self::Trader | Self::PartnerParty => "from.party` or `to.party".to_owned(),
            Self::Notes => "notes".to_owned(),
            Self::Nothing | Self::Unread => "-".to_owned(),
        }
    }
}

impl Column {
    pub(super) fn of_path(name: &str) -> Result<Self, PathError> {
        let mut words: Vec<&str> = name.split('.').map(str::trim).collect();
        let (of, mut table) = match words.as_slice() {
            [first, _, ..] if first.eq_ignore_ascii_case(SOURCE) => (ColumnRecord::Source, EvidenceSource::TABLE),
            _ => (ColumnRecord::Transaction, Transaction::TABLE),
        };
        if of == ColumnRecord::Source {
            words.remove(0);
        }
        let (mut path, mut kind, mut schemes): (_, _, &'static [Scheme]) = (Vec::new(), FactKind::Text, &[]);
        for (i, word) in words.iter().enumerate() {
            let (word, label) = word.split_once('(').map_or((*word, ""), |(word, label)| (word, label.trim_end_matches(')')));
            let is_meant = |key: &str| key.eq_ignore_ascii_case(word);
            let field = table.fields.iter().find(|f| is_meant(f.key) || f.rule_key.is_some_and(is_meant));
            let field = field.ok_or(PathError::Unknown)?;
            (kind, schemes) = (field.kind, field.schemes);
            let is_list = matches!(kind, FactKind::Many(_));
            let marked = label.split('/').next().filter(|mark| !mark.is_empty()).map(str::to_owned);
            let mark = kind.record_table().and_then(marking_key).zip(marked);
            if !label.is_empty() && (!is_list || i + 1 == words.len()) {
                return Err(PathError::Unknown);
            }
            path.push(ColumnSegment { key: field.key, list: is_list, split: kind.is_plural(), label: label.to_owned(), mark });
            match kind.record_table() {
                Some(inner) => table = inner,
                None if i + 1 < words.len() => return Err(PathError::NoParts(word.to_owned())),
                None => {}
            }
        }
        Ok(Self { of, path, kind, schemes })
    }

    /// True if one of two columns leads to a part of what the other leads to, or to the same.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.of == other.of && self.path.iter().zip(&other.path).all(|(a, b)| a.key == b.key && a.label == b.label)
    }

    /// True if the column is about an item.
    pub(super) fn is_of_goods(&self) -> bool {
        self.of == ColumnRecord::Transaction && self.path.first().is_some_and(|segment| segment.key == "items")
    }

    /// True if the column describes an item.
    pub(super) fn is_description(&self) -> bool {
        self.is_of_goods() && self.path.last().is_some_and(|last| last.key == "description")
    }

    /// The path as a table's header has it, with what it says of which record is meant.
    fn name(&self) -> String {
        let mut table = if self.of == ColumnRecord::Source { EvidenceSource::TABLE } else { Transaction::TABLE };
        let mut name = if self.of == ColumnRecord::Source { format!("{SOURCE}.") } else { String::new() };
        let mut marks = String::new();
        for (i, segment) in self.path.iter().enumerate() {
            let field = table.position(segment.key).and_then(|row| table.fields.get(row));
            if i > 0 {
                name.push('.');
            }
            name.push_str(field.and_then(|field| field.rule_key).unwrap_or(segment.key));
            if let Some((key, value)) = &segment.mark {
                marks = format!("` with `{key}: {value}");
            }
            table = field.and_then(|field| field.kind.record_table()).unwrap_or(table);
        }
        name + &marks
    }
}

/// The key of a record by which several of them are told apart.
fn marking_key(table: &'static Table) -> Option<&'static str> {
    let keys = [(Port::TABLE, "call"), (Party::TABLE, "role"), (Vessel::TABLE, "role")];
    keys.into_iter().find(|(of, _)| *of == table).map(|(_, key)| key)
}

/// Why a path leads to no fact.
pub(super) enum PathError {
    /// A part of it is no key.
    Unknown,
    /// It goes on behind this part, which is a plain value.
    NoParts(String),
}

/// The diagnostic of a column with an unknown name: a mistake that names the columns that may be meant, or a warning that it was
/// not read, if it is near to none.
pub(super) fn unknown(name: &str, span: Span) -> Diagnostic {
    let meant: Vec<String> = similar(&normalised(name)).iter().map(|path| format!("`{path}`")).collect();
    let help = match meant.as_slice() {
        [] => {
            let message = format!("the column `{name}` is no fact, and its cells were not read");
            let help = "name it by the fact that it holds, if there is one (docs/facts.md), such as `item.description`; remarks that nobody judges stand under `notes`";
            return Diagnostic::new(Code::KeyNotRead, span, message).help(help).unread(format!("column `{name}`"));
        }
        [only] => format!("did you mean {only}?"),
        [some @ .., last] if some.len() < 8 => format!("did you mean {} or {last}?", some.join(", ")),
        _ => {
            let first: Vec<&str> = Transaction::TABLE.fields.iter().map(|field| field.rule_key.unwrap_or(field.key)).collect();
            format!("columns are the facts of a transaction, such as `item.description`: {}, {SOURCE}", first.join(", "))
        }
    };
    let message = format!("the column `{name}` is no fact, and was not read");
    Diagnostic::new(Code::UnknownFact, span, message).help(help)
}

/// True for the name of a column in some kind of table, with or without a unit.
pub(super) fn is_heading(name: &str) -> bool {
    let headings = Headings::known();
    let is_found = |name: &str| headings.find(name, &TableKind::ALL).is_some() || headings.is_part(name);
    name.len() < 120
        && (Column::of_path(name).is_ok() || is_found(name) || with_unit(name).into_iter().any(|(head, _)| is_found(head)))
}

/// True if a name of no column is nearly that of one.
pub(super) fn is_near_a_fact(name: &str) -> bool {
    !similar(&normalised(name)).is_empty()
}

/// The name of a path as it is compared.
fn normalised(name: &str) -> String {
    name.trim().trim_matches('.').to_lowercase().replace([' ', '_', '-', '/'], ".")
}

/// The columns whose name is nearly this: with one part of it misspelt, with the record left out, or called otherwise.
fn similar(written: &str) -> Vec<String> {
    let written = written.trim_matches('.');
    if written == "amount" {
        return ["item.quantity", "item.value"].map(str::to_owned).to_vec();
    }
    let paths = paths();
    let parts = || paths.iter().filter_map(|path| path.split_once('.'));
    let whole = || paths.iter().filter(|path| !path.contains('.')).map(String::as_str);
    let found: Vec<String> = match written.split_once('.') {
        None => match parts().filter(|(_, part)| *part == written).map(|(record, part)| format!("{record}.{part}")).collect() {
            none if Vec::is_empty(&none) => closest_key(written, whole()).map(str::to_owned).into_iter().collect(),
            some => some,
        },
        Some((record, part)) => {
            let in_record = closest_key(part, parts().filter(|(of, _)| *of == record).map(|(_, part)| part));
            let with_part = closest_key(record, parts().filter(|(_, own)| *own == part).map(|(record, _)| record));
            let in_record = in_record.map(|part| format!("{record}.{part}"));
            in_record.or_else(|| with_part.map(|record| format!("{record}.{part}"))).into_iter().collect()
        }
    };
    found
}

/// The path that is written so but for the marks between its parts.
fn path_of(normalised_name: &str) -> Option<&'static str> {
    static BY_NAME: LazyLock<HashMap<String, &'static str>> =
        LazyLock::new(|| paths().iter().rev().map(|path| (normalised(path), path.as_str())).collect());
    BY_NAME.get(normalised_name).copied()
}

/// The names of all columns of one or two parts.
fn paths() -> &'static [String] {
    static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let inner = |name: &str, table: &'static Table| -> Vec<String> {
            table.fields.iter().map(|field| format!("{name}.{}", field.rule_key.unwrap_or(field.key))).collect()
        };
        let mut paths = inner(SOURCE, EvidenceSource::TABLE);
        for field in Transaction::TABLE.fields {
            let name = field.rule_key.unwrap_or(field.key);
            paths.push(name.to_owned());
            paths.extend(field.kind.record_table().map(|table| inner(name, table)).unwrap_or_default());
        }
        paths
    });
    &PATHS
}
