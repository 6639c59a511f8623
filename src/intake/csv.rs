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
use super::title_facts::{PlacedFact, facts_above};

/// A table: its columns, and the rows that are still to be read.
pub(super) struct CsvTable<'a> {
    id: SourceId,
    text: &'a str,
    format: CsvFormat,
    habits: &'a ColumnHabits,
    vocabulary: &'a Vocabulary,
    header: Header,
    /// What stands above the header with its name and holds for each row. Its names are those of the last columns.
    told_above: Vec<PlacedFact>,
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
        let Some(header) = headers.first().or_else(|| titles.first().filter(|_| format.top.is_form())) else {
            let start = Span { source: id, start: 0, end: 0 };
            problems.push(
                Diagnostic::new(Code::EmptyInput, start, "the file is empty")
                    .help("the first row names the paths: id,date,activity,from.country,..."),
            );
            return None;
        };
        let mut table = Self { id, text, format, habits, vocabulary, header: Header::default(), told_above: Vec::new(), rows };
        if let Some(problem) = titles.iter().chain(&headers).find_map(|header| table.quote_problem(header)) {
            problems.push(problem);
            return None;
        }
        let cells = |row: &CsvRow| -> Vec<(String, Span)> {
            row.fields.iter().map(|field| (field.text(text).trim().to_owned(), table.span(&field.span))).collect()
        };
        let rows: Vec<_> = headers.iter().map(cells).collect();
        let named = column_names(&rows);
        let mut names: Vec<(&str, Span)> = named.iter().map(|(name, span)| (name.as_str(), *span)).collect();
        if let Some(problem) = table.no_header(&names) {
            problems.push(problem);
            return None;
        }
        let columns: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let place = |row: &CsvRow, at: usize| table.span(row.fields.get(at).map_or(&row.bounds.span, |field| &field.span));
        let told_above = facts_above(&titles, text, &columns, place);
        problems.extend(table.told_for_each_row(&told_above));
        problems.extend(table.titles_left_out(&titles, header, &told_above));
        names.extend(told_above.iter().map(|fact| (fact.name.0.as_str(), fact.name.1)));
        table.header = Header::read(&names, vocabulary, problems);
        table.header.report_habits(&names, habits, format.dates.is_some(), problems);
        table.told_above = told_above;
        Some(table)
    }

    /// Says which facts above the header hold for each row.
    fn told_for_each_row(&self, told: &[PlacedFact]) -> Option<Diagnostic> {
        let first = told.first()?;
        if self.format.top.is_form() {
            let message = "read the table as a form of one transaction: in each row a fact with its name";
            let help = "a table of several transactions names its columns in the first row";
            return Some(Diagnostic::new(Code::NearKey, first.name.1, message).help(help));
        }
        let names: Vec<String> = told.iter().map(|fact| format!("`{}`", fact.name.0)).collect();
        let message = format!("read what stands above the header under {} as a fact of each row", names.join(", "));
        Some(
            Diagnostic::new(Code::NearKey, first.name.1, message)
                .help("what holds for some rows only stands in a column of theirs"),
        )
    }

    /// Says what above the header was not read.
    fn titles_left_out(&self, titles: &[CsvRow], header: &CsvRow, told: &[PlacedFact]) -> Option<Diagnostic> {
        /// So many texts of them are told.
        const TOLD: usize = 5;
        let filled = |row: &CsvRow| -> Vec<(String, Span)> {
            let texts = row.fields.iter().map(|field| (field.text(self.text).trim().to_owned(), self.span(&field.span)));
            texts.filter(|(text, _)| !text.is_empty()).collect()
        };
        let is_read = |text: &str, span: &Span| {
            told.iter().any(|fact| fact.name.1 == *span || fact.value.1 == *span || fact.value.0.ends_with(text))
        };
        let texts: Vec<String> =
            titles.iter().flat_map(filled).filter(|(text, span)| !is_read(text, span)).map(|(text, _)| text).collect();
        let first = titles.first().filter(|_| !texts.is_empty())?;
        let listed: Vec<String> = texts.iter().take(TOLD).map(|text| format!("`{text}`")).collect();
        let name = filled(header).into_iter().next().map(|(name, _)| name).unwrap_or_default();
        let more = if texts.len() > TOLD { ", ..." } else { "" };
        let message = match self.format.top.is_form() {
            true => {
                format!("read the table as a form of one transaction; what follows was not read: {}{more}", listed.join(", "))
            }
            false => format!(
                "the row that begins with `{name}` names the columns; what stands above it was not read: {}{more}",
                listed.join(", ")
            ),
        };
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
        if let Some(first) = self.told_above.first().filter(|_| self.format.top.is_form()) {
            let cells: Vec<(&str, Span)> = self.told().collect();
            let span = first.name.1;
            let (transaction, source, unread) = reader.read(&cells, span, problems);
            let row = TableRow { span, transaction: Some(transaction), source, unread, is_blank: false };
            return visit(row, problems);
        }
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
                    let cells: Vec<(&str, Span)> = texts.iter().map(|text| text.trim()).zip(spans).chain(self.told()).collect();
                    let (transaction, source, unread) = reader.read(&cells, span, problems);
                    (read.transaction, read.source, read.unread) = (Some(transaction), source, unread);
                }
            }
            visit(read, problems);
        }
    }

    /// The cells that stand above the header and hold for each row.
    fn told(&self) -> impl Iterator<Item = (&str, Span)> {
        self.told_above.iter().map(|fact| (fact.value.0.as_str(), fact.value.1))
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
        let columns = self.header.columns.len() - self.told_above.len().min(self.header.columns.len());
        if row.fields.len() != columns {
            let message = format!("this row has {} cells, and the header {columns}", row.fields.len());
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
