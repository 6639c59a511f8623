//! One transaction with one item per row; the header names the paths.

use std::ops::Range;

use crate::document::{
    Code, Content, CsvRow, CsvRows, Diagnostic, Diagnostics, Entry, FORMULA_WITHOUT_VALUE, Key, MAX_LINE, Node, Scalar, SourceId,
    Span, Unread,
};
use crate::facts::FactKind;

use super::chunks::CsvFormat;
use super::csv_columns::{Column, ColumnRecord, ColumnSegment};
use super::csv_dates::DateOrder;

/// A table: its columns, and the rows that are still to be read.
pub(super) struct CsvTable<'a> {
    id: SourceId,
    text: &'a str,
    format: CsvFormat,
    columns: Vec<ColumnUse>,
    rows: CsvRows<'a>,
}

/// What is done with the cells of a column.
#[derive(Debug)]
enum ColumnUse {
    /// They are facts.
    Facts(Column),
    /// They are left out, since the header's mistake is reported.
    Skipped,
    /// They are left out, since the column is no fact; so it is called in reports.
    NotRead(String),
    /// They must be empty, since the header does not name them.
    Unnamed,
}

/// The errors that spreadsheets write into cells.
const CELL_ERRORS: [&str; 11] =
    [FORMULA_WITHOUT_VALUE, "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#DATA!", "#SPILL!", "#CALC!"];

/// A row of a table.
pub(super) struct TableRow {
    pub(super) span: Span,
    /// The transaction as the tree that it would have in JSON; `None` for a row that cannot be read, and for one without a cell.
    pub(super) transaction: Option<Node>,
    /// The source that reports it, likewise; `None` if no column is about it, or its cells are empty.
    pub(super) source: Option<Node>,
    /// What its cells hold in columns that were not read.
    pub(super) unread: Unread,
    /// True if no cell has anything in it, as in rows that spreadsheets leave at the end.
    pub(super) is_blank: bool,
}

impl<'a> CsvTable<'a> {
    /// Reads the header. `None` if there is none, or if it cannot be read.
    pub(super) fn open(id: SourceId, text: &'a str, format: CsvFormat, problems: &mut Diagnostics) -> Option<Self> {
        let mut rows = CsvRows::new(text.as_bytes(), format.dialect.preamble, format.dialect);
        let Some(header) = rows.next() else {
            let start = Span { source: id, start: 0, end: 0 };
            problems.push(
                Diagnostic::new(Code::EmptyInput, start, "the file is empty")
                    .help("the first row names the paths: id,date,activity,from.country,..."),
            );
            return None;
        };
        let mut table = Self { id, text, format, columns: Vec::with_capacity(header.fields.len()), rows };
        if let Some(problem) = table.quote_problem(&header) {
            problems.push(problem);
            return None;
        }
        for field in &header.fields {
            let (name, span) = (field.text(text), table.span(&field.span));
            let (mut is_by_meaning, mut by_meaning) = (false, None);
            let column = match name.trim() {
                "" => ColumnUse::Unnamed,
                name => match Column::parse(name, span) {
                    Ok((column, warning)) => {
                        is_by_meaning = warning.is_some();
                        by_meaning = warning;
                        ColumnUse::Facts(column)
                    }
                    Err(problem) => {
                        let unread = problem.unread.clone();
                        problems.push(problem);
                        unread.map_or(ColumnUse::Skipped, ColumnUse::NotRead)
                    }
                },
            };
            let same =
                |other: &ColumnUse| matches!((other, &column), (ColumnUse::Facts(a), ColumnUse::Facts(b)) if a.overlaps(b));
            let earlier = table.columns.iter().position(same).and_then(|earlier| header.fields.get(earlier));
            if let (Some(earlier), true) = (earlier, is_by_meaning) {
                let message = format!(
                    "the column `{name}` seems to say again what `{}` says, and its cells were not read",
                    earlier.text(text)
                );
                let column = format!("column `{}`", name.trim());
                let help = "name it by the fact that it holds, if it is another";
                problems.push(Diagnostic::new(Code::KeyNotRead, span, message).help(help).unread(column.clone()));
                table.columns.push(ColumnUse::NotRead(column));
                continue;
            }
            problems.extend(by_meaning);
            if let Some(earlier) = earlier {
                let message = format!("the column `{name}` says again what `{}` says", earlier.text(text));
                problems.push(
                    Diagnostic::new(Code::RepeatedColumn, span, message).help("keep one of the two; this one was not read"),
                );
            }
            table.columns.push(if earlier.is_some() { ColumnUse::Skipped } else { column });
        }
        Some(table)
    }

    /// True if a column is about the source of its row.
    pub(super) fn names_sources(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, ColumnUse::Facts(column) if column.of == ColumnRecord::Source))
    }

    /// Reads the rows below the header, and passes them to `visit` with their mistakes.
    pub(super) fn for_each_row(&self, problems: &mut Diagnostics, mut visit: impl FnMut(TableRow, &mut Diagnostics)) {
        for row in self.rows.clone() {
            let span = self.span(&row.bounds.span);
            let is_blank = row.fields.iter().all(|field| field.text(self.text).trim().is_empty());
            let mut read = TableRow { span, transaction: None, source: None, unread: Unread::default(), is_blank };
            match self.row_problem(&row) {
                _ if is_blank => {}
                Some(problem) => problems.push(problem),
                None => self.read_cells(&row, &mut read, problems),
            }
            visit(read, problems);
        }
    }

    fn row_problem(&self, row: &CsvRow) -> Option<Diagnostic> {
        let span = self.span(&row.bounds.span);
        if row.bounds.quote_error.is_some() {
            return self.quote_problem(row);
        }
        if row.bounds.span.len() > MAX_LINE {
            let start = Span { end: span.start + 1, ..span };
            let message = format!("this row has more than {MAX_LINE} bytes");
            return Some(Diagnostic::new(Code::LineTooLong, start, message).help("this row was not checked"));
        }
        if row.fields.len() != self.columns.len() {
            let message = format!("this row has {} cells, and the header {}", row.fields.len(), self.columns.len());
            let separator = match self.format.dialect.separator {
                b';' => "semicolon",
                b'\t' => "tab",
                _ => "comma",
            };
            let help = format!("this row was not checked; quote a cell that holds a {separator}");
            return Some(Diagnostic::new(Code::RowLength, span, message).help(help));
        }
        None
    }

    fn span(&self, offsets: &Range<usize>) -> Span {
        Span { source: self.id, start: offsets.start, end: offsets.end }
    }

    fn quote_problem(&self, row: &CsvRow) -> Option<Diagnostic> {
        let error = row.bounds.quote_error?;
        let at = Span { source: self.id, start: error.at, end: error.at + 1 };
        let message = match error.closed_at {
            None => "this quote is never closed".to_owned(),
            Some(closed_at) => {
                let between = self.text.get(error.at..closed_at).unwrap_or_default();
                let lines = between.matches('\n').count().max(between.matches('\r').count());
                format!("this quote is closed {lines} lines below, and would make one cell of those rows")
            }
        };
        let help = "this row was not checked, those below were; close the quote, or double one that is part of a quoted text";
        Some(Diagnostic::new(Code::OpenQuote, at, message).help(help))
    }

    fn read_cells(&self, row: &CsvRow, read: &mut TableRow, problems: &mut Diagnostics) {
        let (mut transaction, mut source) = (empty_map(read.span), empty_map(read.span));
        for (column, field) in self.columns.iter().zip(&row.fields) {
            let text = field.text(self.text);
            let (text, span) = (text.trim(), self.span(&field.span));
            match column {
                _ if text.is_empty() => {}
                ColumnUse::Skipped => read.unread.mistakes += 1,
                ColumnUse::NotRead(column) => read.unread.add_key(column),
                ColumnUse::Unnamed => problems.push(
                    Diagnostic::new(Code::UnknownFact, span, "this cell stands in a column without a name, and was not read")
                        .help("name the column in the header, or empty the cell"),
                ),
                ColumnUse::Facts(_) if CELL_ERRORS.contains(&text) => {
                    let message = match text {
                        FORMULA_WITHOUT_VALUE => "this cell holds a formula without a value".to_owned(),
                        error => format!("this cell holds the error `{error}` of a spreadsheet"),
                    };
                    problems.push(
                        Diagnostic::new(Code::CellError, span, message)
                            .help("calculate the sheet and save it again, or write the value itself"),
                    );
                }
                ColumnUse::Facts(column) => {
                    let root = match column.of {
                        ColumnRecord::Transaction => &mut transaction,
                        ColumnRecord::Source => &mut source,
                    };
                    if let Some(text) = self.written_plainly(column, text, span, problems) {
                        insert(root, &column.path, &text, span);
                    }
                }
            }
        }
        read.transaction = Some(transaction);
        read.source = Some(source).filter(|source| source.entries().is_some_and(|entries| !entries.is_empty()));
    }

    /// The text of a cell with its date in the declared order as ISO 8601, with a dot before decimals, and with the unit of its column. A date that is none
    /// in that order is reported.
    fn written_plainly(&self, column: &Column, text: &str, span: Span, problems: &mut Diagnostics) -> Option<String> {
        match column.kind {
            FactKind::Date => match self.format.dates.and_then(|order| order.to_iso(text)) {
                None => Some(text.to_owned()),
                Some(Ok(iso)) => Some(iso),
                Some(Err(message)) => {
                    let orders: Vec<&str> = DateOrder::ALL.map(DateOrder::as_str).to_vec();
                    let help = format!("`--csv-dates` is for all dates of a run: {}", orders.join(" or "));
                    problems.push(Diagnostic::new(Code::FactDate, span, message).help(help));
                    None
                }
            },
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Count | FactKind::Duration => {
                let plain = with_decimal_point(text, self.format.dialect.separator == b';');
                let is_bare = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
                Some(match &column.unit {
                    Some(unit) if is_bare => format!("{plain} {unit}"),
                    _ => plain,
                })
            }
            _ => Some(text.to_owned()),
        }
    }
}

/// A text with a dot in place of each comma before decimals. A comma before three digits parts thousands, except in a table
/// with semicolons, where both are possible; so they are with the dot.
fn with_decimal_point(text: &str, commas_are_decimal: bool) -> String {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let length = number.find(|c| !is_number(c)).unwrap_or(number.len());
        let (number, after) = number.split_at_checked(length).unwrap_or((number, ""));
        let has_decimals = |decimals: &str| match decimals.len() {
            0 => false,
            3 => commas_are_decimal,
            _ => true,
        };
        result.push_str(before);
        match number.split_once(',') {
            Some((whole, decimals))
                if decimals.bytes().all(|b| b.is_ascii_digit()) && has_decimals(decimals) && !whole.contains('.') =>
            {
                result.extend([whole, ".", decimals]);
            }
            _ => result.push_str(number),
        }
        rest = after;
    }
    result + rest
}

fn empty_map(span: Span) -> Node {
    Node { span, content: Content::Map(Vec::new()) }
}

/// Puts a value at the end of a path, creating the mappings and lists that it leads through.
fn insert(node: &mut Node, path: &[ColumnSegment], value: &str, span: Span) {
    let (Content::Map(entries), Some((segment, rest))) = (&mut node.content, path.split_first()) else { return };
    // The tilde stands for nothing in YAML alone.
    let scalar = |text: &str| {
        let text = text.trim();
        Node { span, content: Content::Scalar(Scalar { text: text.into(), plain: text != "~" }) }
    };
    let index = match entries.iter().position(|e| e.key.text == segment.key) {
        Some(index) => index,
        None => {
            let map = empty_map(span);
            let value = match (rest.is_empty(), segment.list) {
                (true, _) if segment.split && value.contains(';') => {
                    Node { span, content: Content::List(value.split(';').map(scalar).collect()) }
                }
                (true, true) => Node { span, content: Content::List(vec![scalar(value)]) },
                (true, false) => scalar(value),
                (false, true) => Node { span, content: Content::List(vec![map]) },
                (false, false) => map,
            };
            entries.push(Entry { key: Key { span, text: segment.key.into() }, value });
            entries.len() - 1
        }
    };
    let Some(entry) = entries.get_mut(index) else { return };
    match (&mut entry.value.content, segment.list) {
        (Content::List(elements), true) => {
            if let Some(element) = elements.first_mut() {
                insert(element, rest, value, span);
            }
        }
        _ => insert(&mut entry.value, rest, value, span),
    }
}

#[cfg(test)]
mod tests {
    use super::with_decimal_point;

    #[test]
    fn a_comma_before_decimals_becomes_a_dot() {
        for (text, in_semicolons, in_commas) in [
            ("900,5 t", "900.5 t", "900.5 t"),
            ("1,234 t", "1.234 t", "1,234 t"),
            ("about 12,25-13,5 t", "about 12.25-13.5 t", "about 12.25-13.5 t"),
            ("1.234,5 t", "1.234,5 t", "1.234,5 t"),
            ("1,234,567 t", "1,234,567 t", "1,234,567 t"),
            ("1 234,5 USD", "1 234.5 USD", "1 234.5 USD"),
            ("12, then 13", "12, then 13", "12, then 13"),
        ] {
            assert_eq!(with_decimal_point(text, true), in_semicolons);
            assert_eq!(with_decimal_point(text, false), in_commas);
        }
    }
}
