//! A row of a table: its cells become the tree of a transaction and of its source.

use crate::document::{Code, Diagnostic, Diagnostics, FORMULA_WITHOUT_VALUE, Node, Span, Unread};
use crate::facts::{CodedTerm, FactKind, Scheme, Unit};
use crate::rulebook::{TermLookup, UNNAMED_LIST, Vocabulary};

use super::column_habits::ColumnHabits;
use super::csv_columns::{Column, ColumnRecord, Target};
use super::csv_dates::DateOrder;
use super::csv_header::{ColumnUse, Header, ReadColumn};
use super::decimal_commas::with_decimal_point;
use super::headings::Headings;
use super::nothing_moved::is_nothing_on_board;
use super::row_dates::{CallDates, month_of_digits};
use super::row_people::is_leave_to_work;
use super::row_sides::{Abroad, AccountSides, is_paid_out, is_zero, paid_amount};
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
    /// How dates and numbers are written in each column.
    pub(super) habits: &'a ColumnHabits,
    /// True if a comma before three digits is before decimals too.
    pub(super) commas_are_decimal: bool,
}

/// What the cells of a row say.
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) transaction: RowTree,
    pub(super) source: RowTree,
    pub(super) unread: Unread,
    pub(super) notes: Vec<String>,
    /// The unit and the currency of the numbers of the row, as columns of their own give them.
    pub(super) quantity_unit: Option<String>,
    pub(super) currency: Option<String>,
    /// Year, month and day.
    pub(super) date: [Option<(String, Span)>; 3],
    pub(super) call: CallDates,
    /// Who receives what is imported, and sends what is exported.
    pub(super) trader: Option<(String, Span)>,
    /// The other one: who sends what is imported, and receives what is exported.
    pub(super) partner_party: Option<(String, Span)>,
    /// Whether the leave of a person to enter is one to work.
    pub(super) is_leave_to_work: Option<bool>,
    /// True if a cell says that it is trade, and no more of what is done.
    pub(super) is_plain_trade: bool,
    pub(super) reporter: Option<Node>,
    pub(super) partner: Option<Node>,
    pub(super) is_import: Option<bool>,
    /// The countries that customs forms name for the other side of the border.
    pub(super) abroad: Vec<Abroad>,
    /// Whose account it is, and with whom its holder deals.
    pub(super) account: AccountSides,
    /// True if a cell that may say what is done was not understood.
    pub(super) is_act_unread: bool,
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
            call: CallDates::default(),
            trader: None,
            partner_party: None,
            is_leave_to_work: None,
            is_plain_trade: false,
            reporter: None,
            partner: None,
            is_import: None,
            abroad: Vec::new(),
            account: AccountSides::default(),
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
                self.read_cell((*at, column), text, *span, &mut row, problems);
            }
        }
        self.finish(row)
    }

    fn read_cell(&self, (at, column): (usize, &ReadColumn), text: &str, span: Span, row: &mut Row, problems: &mut Diagnostics) {
        for target in &column.targets {
            match target {
                Target::Fact(fact) => {
                    let root = match fact.of {
                        ColumnRecord::Transaction => &row.transaction,
                        ColumnRecord::Source => &row.source,
                    };
                    if root.is_taken(&fact.path) || column.is_of_several() && !self.can_hold(fact, (at, column), text, row) {
                        continue;
                    }
                    let is_name = fact.path.last().is_some_and(|last| matches!(last.key, "name" | "party"));
                    if is_name && Headings::known().is_nobody(text) {
                        row.notes.push(format!("{}: {text}", column.name));
                        return;
                    }
                    if fact.is_description() && is_nothing_on_board(text) && nothing_on_board(text, span, row, problems) {
                        return;
                    }
                    if fact.path.last().is_some_and(|last| last.key == "designated_as") {
                        return self.read_listing(fact, column, text, span, row);
                    }
                    let text = paid_amount(fact, text, row);
                    let Some(text) = self.written_plainly(fact, (at, column), text, span, row, problems) else { return };
                    if fact.path.first().is_some_and(|first| first.key == "activity") {
                        row.is_import = row.is_import.or_else(|| Headings::known().is_import(&text));
                    }
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
                Target::Arrival | Target::Departure | Target::Since | Target::Until => {
                    let order = self.order_of(at);
                    let slot = match target {
                        Target::Arrival => &mut row.call.arrival,
                        Target::Departure => &mut row.call.departure,
                        Target::Until => &mut row.call.until,
                        _ => &mut row.call.since,
                    };
                    match slot {
                        None => {
                            *slot =
                                Some((order.and_then(|order| order.to_iso(text)?.ok()).unwrap_or_else(|| text.to_owned()), span))
                        }
                        Some(_) => row.notes.push(format!("{}: {text}", column.name)),
                    }
                }
                Target::Abroad(side) => row.abroad.push(Abroad { side, country: (text.to_owned(), span) }),
                Target::AccountHolder | Target::Counterparty | Target::CounterpartyCountry => {
                    if Headings::known().is_nobody(text) {
                        row.notes.push(format!("{}: {text}", column.name));
                        return;
                    }
                    let slot = match target {
                        Target::AccountHolder => &mut row.account.holder,
                        Target::Counterparty => &mut row.account.other,
                        _ => &mut row.account.other_country,
                    };
                    match slot {
                        None => *slot = Some((text.to_owned(), span)),
                        Some(_) => row.notes.push(format!("{}: {text}", column.name)),
                    }
                }
                Target::PaidOut | Target::PaidIn => {
                    if is_zero(text) {
                        return;
                    }
                    let Some(Target::Fact(fact)) = Target::parse("payment.amount") else { return };
                    if row.transaction.is_taken(&fact.path) {
                        continue;
                    }
                    row.account.is_paid_out.get_or_insert(*target == Target::PaidOut);
                    let bare = text.trim_start_matches(['-', '−', '+', ' ']);
                    let Some(text) = self.written_plainly(&fact, (at, column), bare, span, row, problems) else { return };
                    row.transaction.insert(&fact.path, &text, span);
                }
                Target::PaidWhichWay => match is_paid_out(text) {
                    Some(is_out) => row.account.is_paid_out = Some(is_out),
                    None => self.not_understood(column, text, span, row, problems),
                },
                Target::Visa => {
                    row.is_leave_to_work.get_or_insert(is_leave_to_work(text));
                    row.notes.push(format!("{}: {text}", column.name));
                }
                Target::Trader => row.trader = Some((text.to_owned(), span)),
                Target::PartnerParty => row.partner_party = Some((text.to_owned(), span)),
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

    /// Reads a cell that says whether something is on a list, or on which: `yes` is one that is not told, `no` none that is meant.
    fn read_listing(&self, fact: &Column, column: &ReadColumn, text: &str, span: Span, row: &mut Row) {
        let listing = match values::yes_no(text) {
            Some(true) => UNNAMED_LIST,
            Some(false) => return row.notes.push(format!("{}: {text}", column.name)),
            None if text == "-" => return,
            None => text,
        };
        row.transaction.insert(&fact.path, listing, span);
    }

    /// Reports a cell that is none of the things that its column may hold.
    fn not_understood(&self, column: &ReadColumn, text: &str, span: Span, row: &mut Row, problems: &mut Diagnostics) {
        if Headings::known().is_plain_trade(text) {
            row.is_plain_trade = true;
            row.notes.push(format!("{}: {text}", column.name));
            return;
        }
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
    fn can_hold(&self, fact: &Column, column: (usize, &ReadColumn), text: &str, row: &Row) -> bool {
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
    pub(super) fn where_is<'t>(&self, text: &'t str) -> Vec<(&'static str, &'t str)> {
        let code = text.get(..2).filter(|_| values::is_port_code(text));
        let is_state = |word: &str| self.vocabulary.find(&[Scheme::Country], word).is_some();
        if let Some(code) = code.filter(|code| is_state(code)) {
            return vec![("country", code)];
        }
        let is_near = || matches!(self.vocabulary.lookup(&[Scheme::Country], text), TermLookup::Missing(Some(_)));
        let is_country = is_state(text) || !values::is_place(text, self.vocabulary) && is_near();
        // `Dubai (UAE)`
        let in_brackets = text.strip_suffix([')', '）']).and_then(|open| open.rsplit_once(['(', '（']));
        if let Some((place, state)) = in_brackets.map(|(place, state)| (place.trim(), state.trim()))
            && !is_country
            && !place.is_empty()
            && is_state(state)
        {
            return vec![("country", state), ("place", place)];
        }
        vec![(if is_country { "country" } else { "place" }, text)]
    }

    /// The text of a number with the unit of its column or row, if it has none of its own.
    fn with_unit(&self, fact: &Column, (at, column): (usize, &ReadColumn), text: &str, row: &Row, is_money: bool) -> String {
        let plain = match self.habits.decimal_mark(at) {
            Some(mark) => mark.with_decimal_point(text),
            None => with_decimal_point(text, self.commas_are_decimal),
        };
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
        (at, column): (usize, &ReadColumn),
        text: &str,
        span: Span,
        row: &Row,
        problems: &mut Diagnostics,
    ) -> Option<String> {
        match fact.kind {
            FactKind::Date => match self.order_of(at).and_then(|order| order.to_iso(text)) {
                None => {
                    let month = month_of_digits(text).filter(|_| column.is_by_meaning());
                    Some(month.unwrap_or_else(|| text.to_owned()))
                }
                Some(Ok(iso)) => Some(iso),
                // What the column's other rows show binds no row that is written otherwise.
                Some(Err(_)) if self.dates.is_none() => Some(text.to_owned()),
                Some(Err(message)) => {
                    let orders: Vec<&str> = DateOrder::ALL.map(DateOrder::as_str).to_vec();
                    let help = format!("`--csv-dates` is for all dates of a run: {}", orders.join(" or "));
                    problems.push(Diagnostic::new(Code::FactDate, span, message).help(help));
                    None
                }
            },
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Count | FactKind::Duration => {
                Some(self.with_unit(fact, (at, column), text, row, fact.kind != FactKind::Quantity))
            }
            _ => Some(text.to_owned()),
        }
    }

    /// The order of day and month in the dates of a column: the declared one, or that which its rows show.
    fn order_of(&self, at: usize) -> Option<DateOrder> {
        self.dates.or_else(|| self.habits.date_order(at))
    }
}

/// Reads a cell for the goods that says that there are none: `in ballast`, `vide`. False if another cell tells of an amount of them.
fn nothing_on_board(text: &str, span: Span, row: &mut Row, problems: &mut Diagnostics) -> bool {
    if row.transaction.get("items").is_some_and(|items| !is_none_or_zero(items)) {
        return false;
    }
    row.transaction.remove("items");
    row.notes.push(format!("cargo: {text}"));
    row.transaction.set("items", scalar("none", span), span);
    let message = format!("read `{text}` as no goods: nothing is on board");
    problems.push(Diagnostic::new(Code::WordRead, span, message));
    true
}

/// True if no text in a tree has a digit but zero.
fn is_none_or_zero(node: &Node) -> bool {
    match (node.text(), node.elements(), node.entries()) {
        (Some(text), ..) => text.bytes().all(|b| !matches!(b, b'1'..=b'9')),
        (_, Some(elements), _) => elements.iter().all(is_none_or_zero),
        (.., Some(entries)) => entries.iter().all(|entry| is_none_or_zero(&entry.value)),
        _ => true,
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
