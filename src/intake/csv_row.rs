//! A row of a table: its cells become the tree of a transaction and of its source.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, FORMULA_WITHOUT_VALUE, Key, Node, Span, Unread};
use crate::facts::{CodedTerm, FactKind, Scheme, Unit};
use crate::rulebook::{TermLookup, Vocabulary};

use super::csv_columns::{Column, ColumnRecord, Target};
use super::csv_dates::DateOrder;
use super::csv_header::{ColumnUse, Header, ReadColumn};
use super::decimal_commas::with_decimal_point;
use super::headings::Headings;
use super::row_tree::{RowTree, scalar};
use super::values;

/// The errors that spreadsheets write into cells.
const CELL_ERRORS: [&str; 11] =
    [FORMULA_WITHOUT_VALUE, "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#DATA!", "#SPILL!", "#CALC!"];

/// How the cells of a table are read.
#[derive(Clone, Copy)]
pub(super) struct RowReader<'a> {
    pub(super) header: &'a Header,
    pub(super) vocabulary: &'a Vocabulary,
    /// The order of day and month in dates like `03/04/2024`, if it was declared.
    pub(super) dates: Option<DateOrder>,
    /// True if a comma before three digits is before decimals too.
    pub(super) commas_are_decimal: bool,
}

/// What the cells of a row say.
struct Row {
    span: Span,
    transaction: RowTree,
    source: RowTree,
    unread: Unread,
    notes: Vec<String>,
    /// The unit and the currency of the numbers of the row, as columns of their own give them.
    quantity_unit: Option<String>,
    currency: Option<String>,
    /// Year, month and day.
    date: [Option<(String, Span)>; 3],
    reporter: Option<Node>,
    partner: Option<Node>,
    is_import: Option<bool>,
    /// True if a cell that may say what is done was not understood.
    is_act_unread: bool,
}

impl RowReader<'_> {
    /// Reads the cells of a row, each with its place: the transaction, the source if a cell is about one, and what was not read.
    pub(super) fn read(&self, cells: &[(&str, Span)], span: Span, problems: &mut Diagnostics) -> (Node, Option<Node>, Unread) {
        let mut row = Row {
            span,
            transaction: RowTree::new(span),
            source: RowTree::new(span),
            unread: Unread::default(),
            notes: Vec::new(),
            quantity_unit: None,
            currency: None,
            date: [None, None, None],
            reporter: None,
            partner: None,
            is_import: None,
            is_act_unread: false,
        };
        for (column, (text, span)) in self.header.columns.iter().zip(cells) {
            match column {
                _ if text.is_empty() => {}
                ColumnUse::Skipped => row.unread.mistakes += 1,
                ColumnUse::NotRead(column) => row.unread.add_key(column),
                ColumnUse::Unnamed => problems.push(
                    Diagnostic::new(Code::UnknownFact, *span, "this cell stands in a column without a name, and was not read")
                        .help("name the column in the header, or empty the cell"),
                ),
                ColumnUse::Read(column) => match column.targets.first() {
                    Some(Target::Unit) => self.read_unit(text, &mut row),
                    Some(Target::Currency) => {
                        row.currency.get_or_insert_with(|| (*text).to_owned());
                    }
                    _ => {}
                },
            }
        }
        for at in &self.header.order {
            let (Some(ColumnUse::Read(column)), Some((text, span))) = (self.header.columns.get(*at), cells.get(*at)) else {
                continue;
            };
            if CELL_ERRORS.contains(text) {
                problems.push(cell_error(text, *span));
            } else if !text.is_empty() {
                self.read_cell(column, text, *span, &mut row, problems);
            }
        }
        self.finish(row)
    }

    fn read_cell(&self, column: &ReadColumn, text: &str, span: Span, row: &mut Row, problems: &mut Diagnostics) {
        for target in &column.targets {
            match target {
                Target::Fact(fact) => {
                    let root = match fact.of {
                        ColumnRecord::Transaction => &row.transaction,
                        ColumnRecord::Source => &row.source,
                    };
                    if root.is_taken(&fact.path) || column.is_of_several() && !self.can_hold(fact, column, text, row) {
                        continue;
                    }
                    let is_name = fact.path.last().is_some_and(|last| matches!(last.key, "name" | "party"));
                    if is_name && Headings::known().is_nobody(text) {
                        row.notes.push(format!("{}: {text}", column.name));
                        return;
                    }
                    let Some(text) = self.written_plainly(fact, column, text, span, row, problems) else { return };
                    let code = code_of_port(fact, &text);
                    let path = code.as_ref().map_or(&fact.path, |code| &code.path);
                    match fact.of {
                        ColumnRecord::Transaction => row.transaction.insert(path, &text, span),
                        ColumnRecord::Source => row.source.insert(path, &text, span),
                    }
                }
                Target::Where(side) => {
                    let keys = ["country", "place"];
                    let is_told = |key: &str| {
                        row.transaction.get(side).is_some_and(|side| side.text().is_some() || side.get(key).is_some())
                    };
                    if keys.iter().any(|key| is_told(key)) {
                        continue;
                    }
                    for (key, value) in self.where_is(text) {
                        if let Some(Target::Fact(fact)) = Target::parse(&format!("{side}.{key}")) {
                            row.transaction.insert(&fact.path, value, span);
                        }
                    }
                }
                Target::Bic(fact) => {
                    row.notes.push(format!("{}: {text}", column.name));
                    let is_code = matches!(text.len(), 8 | 11) && text.bytes().all(|b| b.is_ascii_alphanumeric());
                    let country = text.get(4..6).filter(|_| is_code).map(str::to_uppercase);
                    let country = country.filter(|code| self.vocabulary.by_exact_id(&[Scheme::Country], code).is_some());
                    if let Some(country) = country.filter(|_| !row.transaction.is_taken(&fact.path)) {
                        row.transaction.insert(&fact.path, &country, span);
                    }
                }
                Target::Reporter | Target::Partner => {
                    let slot = if *target == Target::Reporter { &mut row.reporter } else { &mut row.partner };
                    match slot {
                        None => *slot = Some(scalar(text, span)),
                        Some(_) => row.notes.push(format!("{}: {text}", column.name)),
                    }
                }
                Target::Flow => match Headings::known().is_import(text) {
                    Some(is_import) => row.is_import = Some(is_import),
                    None => self.not_understood(column, text, span, row, problems),
                },
                Target::DatePart(part) => match row.date.get_mut(*part) {
                    Some(slot @ None) => *slot = Some((text.to_owned(), span)),
                    _ => row.notes.push(format!("{}: {text}", column.name)),
                },
                Target::Unit | Target::Currency | Target::Nothing => {}
                Target::Notes => row.notes.push(format!("{}: {text}", column.name)),
                Target::Unread => self.not_understood(column, text, span, row, problems),
            }
            return;
        }
        row.unread.add_key(&format!("column `{}`", column.name));
    }

    /// Reports a cell that is none of the things that its column may hold.
    fn not_understood(&self, column: &ReadColumn, text: &str, span: Span, row: &mut Row, problems: &mut Diagnostics) {
        let of_act = |target: &Target| matches!(target, Target::Fact(fact) if fact.path.first().is_some_and(|first| first.key == "activity"));
        row.is_act_unread |= column.targets.iter().any(|target| of_act(target) || *target == Target::Flow);
        let named: Vec<String> = column
            .targets
            .iter()
            .filter(|target| **target != Target::Unread)
            .map(|target| format!("`{}`", target.name()))
            .collect();
        let message =
            format!("`{text}` of the column `{}` is nothing that {} takes, and was not read", column.name, named.join(" or "));
        let help =
            "name the column by the fact that it holds (docs/facts.md), or write a word that the fact takes (`interdict terms`)";
        let unread = format!("column `{}`", column.name);
        row.unread.add_key(&unread);
        problems.push(Diagnostic::new(Code::KeyNotRead, span, message).help(help).unread(unread));
    }

    /// True if a fact takes the text of a cell.
    fn can_hold(&self, fact: &Column, column: &ReadColumn, text: &str, row: &Row) -> bool {
        let unit_of = |is_money: bool| {
            let plain = self.with_unit(fact, column, text, row, is_money);
            self.vocabulary.read_amount(&plain).ok().and_then(|read| read.unit)
        };
        match fact.kind {
            FactKind::Terms => {
                self.vocabulary.find(fact.schemes, text).is_some() || self.vocabulary.meaning(fact.schemes, text).is_some()
            }
            FactKind::Money => matches!(unit_of(true), Some(Unit::Money(_))),
            FactKind::Quantity => matches!(unit_of(false), Some(Unit::Quantity(_))),
            _ => true,
        }
    }

    /// The unit or currency that a cell gives for the numbers of its row.
    fn read_unit(&self, text: &str, row: &mut Row) {
        const BEFORE: [&str; 6] = ["weight in ", "volume in ", "number of ", "area in ", "length in ", "in "];
        let small = text.to_lowercase();
        let name = BEFORE.iter().find_map(|before| small.strip_prefix(before)).unwrap_or(text);
        let read = self.vocabulary.read_amount(&format!("1 {name}")).ok().and_then(|read| read.unit);
        let is_quantity = self.vocabulary.find(&[Scheme::Unit], name).is_some();
        let slot = match read {
            Some(Unit::Money(_)) if !is_quantity => &mut row.currency,
            _ => &mut row.quantity_unit,
        };
        slot.get_or_insert_with(|| name.to_owned());
    }

    /// The country or place that a text names, with the key of a side that takes it.
    fn where_is<'t>(&self, text: &'t str) -> Vec<(&'static str, &'t str)> {
        let code = text.get(..2).filter(|_| values::is_port_code(text));
        let is_state = |word: &str| self.vocabulary.find(&[Scheme::Country], word).is_some();
        if let Some(code) = code.filter(|code| is_state(code)) {
            return vec![("country", code)];
        }
        let is_near = || matches!(self.vocabulary.lookup(&[Scheme::Country], text), TermLookup::Missing(Some(_)));
        let is_country = is_state(text) || !values::is_place(text, self.vocabulary) && is_near();
        vec![(if is_country { "country" } else { "place" }, text)]
    }

    /// The text of a number with the unit of its column or row, if it has none of its own.
    fn with_unit(&self, fact: &Column, column: &ReadColumn, text: &str, row: &Row, is_money: bool) -> String {
        let plain = with_decimal_point(text, self.commas_are_decimal);
        let is_bare = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}'));
        let of_row = match fact.kind {
            FactKind::Money => &row.currency,
            FactKind::Amount if is_money => &row.currency,
            FactKind::Quantity | FactKind::Amount => &row.quantity_unit,
            _ => &None,
        };
        let is_mass = |unit: &&String| match self.vocabulary.find(&[Scheme::Unit], unit) {
            Some(CodedTerm::Term(unit)) => self.vocabulary.dimension(unit).is_some_and(|of| of.name == "mass"),
            _ => false,
        };
        let unit = match column.unit.as_deref() {
            Some("mass") => of_row.as_ref().filter(is_mass),
            // The unit of the row counts what is in the packages.
            Some("packages" | "containers") => column.unit.as_ref(),
            _ => column.unit.as_ref().or(of_row.as_ref()),
        };
        match unit {
            Some(unit) if is_bare => format!("{plain} {unit}"),
            _ => plain,
        }
    }

    /// The text of a cell with its date in the declared order as ISO 8601, with a dot before decimals, and with the unit of its
    /// column. A date that is none in that order is reported.
    fn written_plainly(
        &self,
        fact: &Column,
        column: &ReadColumn,
        text: &str,
        span: Span,
        row: &Row,
        problems: &mut Diagnostics,
    ) -> Option<String> {
        match fact.kind {
            FactKind::Date => match self.dates.and_then(|order| order.to_iso(text)) {
                None => {
                    let month = month_of_digits(text).filter(|_| column.is_by_meaning());
                    Some(month.unwrap_or_else(|| text.to_owned()))
                }
                Some(Ok(iso)) => Some(iso),
                Some(Err(message)) => {
                    let orders: Vec<&str> = DateOrder::ALL.map(DateOrder::as_str).to_vec();
                    let help = format!("`--csv-dates` is for all dates of a run: {}", orders.join(" or "));
                    problems.push(Diagnostic::new(Code::FactDate, span, message).help(help));
                    None
                }
            },
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Count | FactKind::Duration => {
                Some(self.with_unit(fact, column, text, row, fact.kind != FactKind::Quantity))
            }
            _ => Some(text.to_owned()),
        }
    }

    /// Puts together what several cells of the row say.
    fn finish(&self, mut row: Row) -> (Node, Option<Node>, Unread) {
        let (transaction, span) = (&mut row.transaction, row.span);
        if let ([Some((year, at)), month, day], None) = (&row.date, transaction.get("date")) {
            let of = |part: &Option<(String, Span)>| part.as_ref().map(|(text, _)| text.clone());
            transaction.set("date", scalar(&date_of_parts(year, of(month), of(day)), *at), *at);
        } else {
            let parts = row.date.iter().flatten().map(|(text, _)| text.as_str()).collect::<Vec<_>>();
            if !parts.is_empty() {
                row.notes.push(format!("date: {}", parts.join("-")));
            }
        }
        if row.reporter.is_some() || row.partner.is_some() {
            let (from, to) = match row.is_import {
                Some(true) => (row.partner.clone(), row.reporter.clone()),
                Some(false) => (row.reporter.clone(), row.partner.clone()),
                None => {
                    // Which of the two it left is not told.
                    let both: Vec<Node> = row.reporter.iter().chain(&row.partner).cloned().collect();
                    let entry = |at: Span| Entry {
                        key: Key { span: at, text: "any_of".into() },
                        value: Node { span: at, content: Content::List(both.clone()) },
                    };
                    let either = Node { span, content: Content::Map(vec![entry(span)]) };
                    (Some(either.clone()), Some(either))
                }
            };
            for (key, side) in [("from", from), ("to", to)] {
                if let (Some(side), None) = (side, transaction.get(key)) {
                    let at = side.span;
                    transaction.set(key, side, at);
                }
            }
        }
        if self.header.ports_are_sides {
            for (call, side) in [("loading", "from"), ("discharge", "to")] {
                self.side_of_port(transaction, call, side);
            }
        }
        if transaction.get("activity").is_none() && !transaction.is_empty() && !row.is_act_unread {
            let activity = row.is_import.map(|_| "supply").or(self.header.activity);
            if let Some(activity) = activity {
                transaction.set("activity", scalar(activity, span), span);
            }
        }
        if !row.notes.is_empty() && transaction.get("notes").is_none() {
            transaction.set("notes", scalar(&row.notes.join("; "), span), span);
        }
        let source = Some(row.source).filter(|source| !source.is_empty()).map(RowTree::into_node);
        (row.transaction.into_node(), source, row.unread)
    }

    /// Takes the port where goods are loaded or discharged for the place of a side whose place no column tells.
    fn side_of_port(&self, transaction: &mut RowTree, call: &str, side: &'static str) {
        let is_told = ["country", "place"].iter().any(|key| {
            transaction
                .get(side)
                .is_some_and(|side| side.text().is_some() || side.get(key).is_some() || side.get("any_of").is_some())
        });
        let ports = transaction.get("ports").and_then(Node::elements).unwrap_or_default();
        let port = ports.iter().find(|port| port.get("call").and_then(Node::text) == Some(call));
        let Some(port) = port.filter(|_| !is_told) else { return };
        let Some((text, at)) = ["country", "code", "name"].iter().find_map(|key| {
            let told = port.get(key)?;
            Some((told.text()?.to_owned(), told.span))
        }) else {
            return;
        };
        for (key, value) in self.where_is(&text) {
            if let Some(Target::Fact(fact)) = Target::parse(&format!("{side}.{key}")) {
                transaction.insert(&fact.path, value, at);
            }
        }
    }
}

fn cell_error(text: &str, span: Span) -> Diagnostic {
    let message = match text {
        FORMULA_WITHOUT_VALUE => "this cell holds a formula without a value".to_owned(),
        error => format!("this cell holds the error `{error}` of a spreadsheet"),
    };
    Diagnostic::new(Code::CellError, span, message).help("calculate the sheet and save it again, or write the value itself")
}

/// The column of a port's code, where the cell of its name is one.
fn code_of_port(fact: &Column, text: &str) -> Option<Column> {
    let is_name =
        fact.path.first().is_some_and(|first| first.key == "ports") && fact.path.last().is_some_and(|last| last.key == "name");
    if !is_name || !values::is_port_code(text) {
        return None;
    }
    let mut code = fact.clone();
    code.path.last_mut()?.key = "code";
    Some(code)
}

/// A month of six digits, as statistics write it: `201903`.
fn month_of_digits(text: &str) -> Option<String> {
    let (year, month) = text.split_at_checked(4).filter(|_| text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()))?;
    let is_month = month.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    (is_month && ("1945".."2100").contains(&year)).then(|| format!("{year}-{month}"))
}

/// A date of its parts: `2019`, `3`, `12` or `2019`, `March`.
fn date_of_parts(year: &str, month: Option<String>, day: Option<String>) -> String {
    let number = |text: &str| text.parse::<u8>().ok();
    match (month, day) {
        (None, _) => year.to_owned(),
        // `201903` beside a year says the month whole.
        (Some(month), _) if month_of_digits(&month).is_some() => month_of_digits(&month).unwrap_or(month),
        (Some(month), day) => match (number(&month), day.as_deref().and_then(number)) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, Some(day)) => format!("{day} {month} {year}"),
            (None, None) => format!("{month} {year}"),
        },
    }
}
