//! One transaction with one item per row; the header names the paths.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Code, CsvRow, CsvRows, Diagnostic, Diagnostics, MAX_LINE, Node, SourceId, Span, Unread};
use crate::rulebook::Vocabulary;

use super::chunks::CsvFormat;
use super::column_habits::ColumnHabits;
use super::csv_header::{Header, is_header};
use super::csv_row::RowReader;
use super::rows_left_out::row_left_out;
use super::table_top::column_names;

/// A table: its columns, and the rows that are still to be read.
pub(super) struct CsvTable<'a> {
    id: SourceId,
    text: &'a str,
    format: CsvFormat,
    habits: &'a ColumnHabits,
    vocabulary: &'a Vocabulary,
    header: Header,
    rows: CsvRows<'a>,
}

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
    pub(super) fn open(
        id: SourceId,
        text: &'a str,
        (format, habits): (CsvFormat, &'a ColumnHabits),
        vocabulary: &'a Vocabulary,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut rows = CsvRows::new(text.as_bytes(), format.dialect.preamble, format.dialect);
        let titles: Vec<CsvRow> = rows.by_ref().take(format.top.above).collect();
        let headers: Vec<CsvRow> = rows.by_ref().take(format.top.rows).collect();
        let Some(header) = headers.first() else {
            let start = Span { source: id, start: 0, end: 0 };
            problems.push(
                Diagnostic::new(Code::EmptyInput, start, "the file is empty")
                    .help("the first row names the paths: id,date,activity,from.country,..."),
            );
            return None;
        };
        let mut table = Self { id, text, format, habits, vocabulary, header: Header::default(), rows };
        if let Some(problem) = headers.iter().find_map(|header| table.quote_problem(header)) {
            problems.push(problem);
            return None;
        }
        let cells = |row: &CsvRow| -> Vec<(String, Span)> {
            row.fields.iter().map(|field| (field.text(text).trim().to_owned(), table.span(&field.span))).collect()
        };
        let rows: Vec<_> = headers.iter().map(cells).collect();
        let named = column_names(&rows);
        let names: Vec<(&str, Span)> = named.iter().map(|(name, span)| (name.as_str(), *span)).collect();
        if let Some(problem) = table.no_header(&names) {
            problems.push(problem);
            return None;
        }
        problems.extend(table.titles_left_out(&titles, header));
        table.header = Header::read(&names, vocabulary, problems);
        table.header.report_habits(&names, habits, format.dates.is_some(), problems);
        Some(table)
    }

    /// Says which rows above the header were not read.
    fn titles_left_out(&self, titles: &[CsvRow], header: &CsvRow) -> Option<Diagnostic> {
        /// So many texts of them are told.
        const TOLD: usize = 5;
        let filled = |row: &CsvRow| -> Vec<String> {
            let texts = row.fields.iter().map(|field| field.text(self.text).trim().to_owned());
            texts.filter(|text| !text.is_empty()).collect()
        };
        let texts: Vec<String> = titles.iter().flat_map(filled).collect();
        let first = titles.first().filter(|_| !texts.is_empty())?;
        let told: Vec<String> = texts.iter().take(TOLD).map(|text| format!("`{text}`")).collect();
        let name = filled(header).into_iter().next().unwrap_or_default();
        let more = if texts.len() > TOLD { ", ..." } else { "" };
        let message = format!(
            "the row that begins with `{name}` names the columns; what stands above it was not read: {}{more}",
            told.join(", ")
        );
        let help = "what bears on the rows stands in a column of theirs";
        Some(Diagnostic::new(Code::NearKey, self.span(&first.bounds.span), message).help(help))
    }

    /// The mistake of a table whose first row names no columns.
    fn no_header(&self, first: &[(&str, Span)]) -> Option<Diagnostic> {
        /// So many rows are looked through for the header.
        const ROWS: usize = 20;
        let names: Vec<&str> = first.iter().map(|(name, _)| *name).collect();
        let (_, at) = first.iter().find(|(name, _)| !name.is_empty()).filter(|_| !is_header(&names, self.vocabulary))?;
        let is_names = |row: &CsvRow| {
            let texts: Vec<Cow<'_, str>> = row.fields.iter().map(|field| field.text(self.text)).collect();
            let names: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|name| !name.is_empty()).collect();
            names.len() > 1 && is_header(&names, self.vocabulary)
        };
        let header = self.rows.clone().take(ROWS).find(is_names);
        let help = match header.and_then(|row| row.fields.first().map(|field| field.text(self.text).trim().to_owned())) {
            Some(name) => format!("the row that begins with `{name}` seems to name them: delete the rows above it"),
            None => "put a row above it that names what each column holds: id,date,activity,from.country,to.country,item.description,...; `interdict new csv` prints one".to_owned(),
        };
        let message = "the first row names no columns, so that no cell's meaning is known; nothing of the table was read";
        Some(Diagnostic::new(Code::NoHeader, *at, message).help(help))
    }

    /// True if a column is about the source of its row.
    pub(super) fn names_sources(&self) -> bool {
        self.header.names_sources()
    }

    /// Reads the rows below the header, and passes them to `visit` with their mistakes.
    pub(super) fn for_each_row(&self, problems: &mut Diagnostics, mut visit: impl FnMut(TableRow, &mut Diagnostics)) {
        let reader = RowReader {
            header: &self.header,
            vocabulary: self.vocabulary,
            dates: self.format.dates,
            habits: self.habits,
            commas_are_decimal: self.format.dialect.separator == b';',
        };
        for row in self.rows.clone() {
            let span = self.span(&row.bounds.span);
            let is_blank = row.fields.iter().all(|field| field.text(self.text).trim().is_empty());
            let mut read = TableRow { span, transaction: None, source: None, unread: Unread::default(), is_blank };
            let left_out = if is_blank { None } else { row_left_out(&row, self.text, &self.header) };
            match self.row_problem(&row) {
                _ if is_blank => {}
                _ if left_out.is_some() => problems.extend(left_out.map(|why| why.report(span))),
                Some(problem) => problems.push(problem),
                None => {
                    let texts: Vec<Cow<'_, str>> = row.fields.iter().map(|field| field.text(self.text)).collect();
                    let spans = row.fields.iter().map(|field| self.span(&field.span));
                    let cells: Vec<(&str, Span)> = texts.iter().map(|text| text.trim()).zip(spans).collect();
                    let (transaction, source, unread) = reader.read(&cells, span, problems);
                    (read.transaction, read.source, read.unread) = (Some(transaction), source, unread);
                }
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
        if row.fields.len() != self.header.columns.len() {
            let message = format!("this row has {} cells, and the header {}", row.fields.len(), self.header.columns.len());
            let separator = match self.format.dialect.separator {
                b';' => "semicolon",
                b'\t' => "tab",
                b'|' => "vertical stroke",
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
}
