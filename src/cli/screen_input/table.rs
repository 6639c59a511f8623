//! Names in tables: CSV with any separator, sheets of workbooks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::{Code, CsvDialect, CsvRow, CsvRows, Diagnostic, SourceId, Span};

use super::NamesRead;
use super::births::DateHabit;
use super::headings::{Field, KNOWN, field_of};
use super::lines;
use super::record::Record;

/// So many rows are looked through for the one that names the columns.
const ROWS: usize = 20;

/// Where the header of a table stands, and how the table is written.
#[derive(Debug)]
struct Top {
    dialect: CsvDialect,
    /// The rows above the header.
    above: usize,
    /// The number of headings that are known.
    known: usize,
    /// The number of cells of the header that are not empty.
    filled: usize,
}

/// A table of a source.
struct Table<'t> {
    id: SourceId,
    text: &'t str,
    top: Top,
}

/// Reads the names of a table. False if no row names a column of names; then nothing was read.
pub(super) fn read(read: &mut NamesRead, id: SourceId, text: &str, is_sheet: bool) -> bool {
    let Some(top) = top(text, is_sheet) else { return false };
    Table { id, text, top }.read(read);
    true
}

/// The same of a text that may as well hold a name on each line: its header is one heading alone, or two of its cells are headings and
/// at least half of all.
pub(super) fn read_if_certain(read: &mut NamesRead, id: SourceId, text: &str) -> bool {
    let Some(top) = top(text, false).filter(|top| top.filled == 1 || top.known > 1 && top.known * 2 >= top.filled) else {
        return false;
    };
    Table { id, text, top }.read(read);
    true
}

/// Says that a table has no column of names.
pub(super) fn refuse(read: &mut NamesRead, id: SourceId, text: &str, is_sheet: bool) {
    let dialect = if is_sheet { CsvDialect::of_sheet(text.as_bytes()) } else { CsvDialect::detect(text.as_bytes()) };
    let Some(row) = CsvRows::new(text.as_bytes(), dialect.preamble, dialect).next() else {
        read.problems.push(
            Diagnostic::new(Code::EmptyInput, Span { source: id, start: 0, end: 0 }, "the file is empty")
                .help("give a file with names"),
        );
        return;
    };
    let cells: Vec<String> = row.fields.iter().map(|field| format!("`{}`", field.text(text).trim())).take(12).collect();
    let message = format!("no column of the table is the name; its first row holds {}", cells.join(", "));
    let help = format!("put a row above the others that names each column: `name` is needed; read are {KNOWN}");
    read.error(Span { source: id, start: row.bounds.span.start, end: row.bounds.span.end }, message, &help);
}

/// Finds the row that names the columns: the one with the most headings that are known, a name among them.
fn top(text: &str, is_sheet: bool) -> Option<Top> {
    let told = if is_sheet { CsvDialect::of_sheet(text.as_bytes()) } else { CsvDialect::detect(text.as_bytes()) };
    let is_certain = is_sheet || told.preamble > 0;
    let others = CsvDialect::SEPARATORS.into_iter().filter(|separator| !is_certain && *separator != told.separator);
    let dialects = std::iter::once(told).chain(others.map(|separator| CsvDialect { separator, columns: 0, ..told }));
    let mut best: Option<Top> = None;
    for dialect in dialects {
        let found = top_with(text, dialect);
        if let Some(found) = found.filter(|found| best.as_ref().is_none_or(|best| found.known > best.known)) {
            best = Some(found);
        }
    }
    best
}

fn top_with(text: &str, dialect: CsvDialect) -> Option<Top> {
    let rows: Vec<Vec<String>> = CsvRows::new(text.as_bytes(), dialect.preamble, dialect)
        .take(ROWS)
        .map(|row| row.fields.iter().map(|field| field.text(text).trim().to_owned()).collect())
        .collect();
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let fields = |row: &[String]| -> Option<usize> {
        let fields: Vec<Field> = row.iter().filter_map(|cell| field_of(cell)).collect();
        let names = fields.iter().any(|field| matches!(field, Field::Name | Field::Given | Field::Surname | Field::Alias));
        let has_data = row.iter().any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()) && field_of(cell).is_none());
        (names && !has_data).then_some(fields.len())
    };
    let width = rows.iter().map(|row| filled(row)).max().unwrap_or_default();
    let found = |at: usize| rows.get(at).and_then(|row| fields(row));
    // A title of one cell can look like a heading: `Customers`.
    let is_title = |at: usize| {
        let below = (at + 1..rows.len()).any(|below| found(below).is_some_and(|known| known > 1));
        rows.get(at).is_some_and(|row| filled(row) == 1) && width > 1 && below
    };
    let above = (0..rows.len()).find(|at| found(*at).is_some() && !is_title(*at))?;
    let known = found(above)?;
    // What has as many cells as the header is no title, and one heading alone is none below other rows.
    let header = rows.get(above)?;
    let are_titles = rows.iter().take(above).all(|row| filled(row) <= 1 || filled(row) * 2 < filled(header));
    if above > 0 && (!are_titles || filled(header) < 2) {
        return None;
    }
    Some(Top { dialect: CsvDialect { columns: header.len(), ..dialect }, above, known, filled: filled(header) })
}

impl Table<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span { source: self.id, start: range.start, end: range.end }
    }

    fn cells<'t>(&'t self, row: &'t CsvRow) -> Vec<(Cow<'t, str>, Span)> {
        row.fields.iter().map(|field| (field.text(self.text), self.span(&field.span))).collect()
    }

    fn read(&self, read: &mut NamesRead) {
        let mut rows = CsvRows::new(self.text.as_bytes(), self.top.dialect.preamble, self.top.dialect);
        let titles: Vec<CsvRow> = rows.by_ref().take(self.top.above).collect();
        self.tell_titles(read, &titles);
        let Some(header) = rows.next() else { return };
        let columns: Vec<(String, Span, Option<Field>)> =
            self.cells(&header).into_iter().map(|(text, at)| (text.trim().to_owned(), at, field_of(&text))).collect();
        let not_read = columns.iter().filter(|(name, _, field)| field.is_none() && !name.is_empty());
        let unread: BTreeSet<(Span, String)> = not_read.map(|(name, at, _)| (*at, name.clone())).collect();
        read.tell_unread(("column", "columns"), &unread);
        let mut habits: BTreeMap<usize, DateHabit> = BTreeMap::new();
        for (at, _) in columns.iter().enumerate().filter(|(_, (.., field))| *field == Some(Field::Born)) {
            let mut habit = DateHabit::default();
            rows.clone().for_each(|row| row.fields.get(at).iter().for_each(|field| habit.observe(&field.text(self.text))));
            habits.insert(at, habit);
        }
        let mut any = false;
        for row in rows {
            any |= self.read_row(read, &row, &columns, &habits);
        }
        if !any {
            read.error(
                self.span(&header.bounds.span),
                "the table has a header and no row".to_owned(),
                "put a row with a name below it",
            );
        }
    }

    /// Reads a row; false for a blank one.
    fn read_row(
        &self,
        read: &mut NamesRead,
        row: &CsvRow,
        columns: &[(String, Span, Option<Field>)],
        habits: &BTreeMap<usize, DateHabit>,
    ) -> bool {
        let at = self.span(&row.bounds.span);
        let cells = self.cells(row);
        if cells.iter().all(|(text, _)| text.trim().is_empty()) {
            return false;
        }
        if let Some(error) = row.bounds.quote_error {
            let at = Span { source: self.id, start: error.at, end: error.at + 1 };
            let help = "this row was not screened; close the quote, or double one that is part of a name";
            read.problems.push(Diagnostic::new(Code::OpenQuote, at, "this quote is never closed").help(help));
            return true;
        }
        // A table of one column has no separators: what looks like one is part of the name.
        if let ([(..)], true) = (columns, cells.len() > 1) {
            lines::read_line(read, self.text.get(row.bounds.span.clone()).unwrap_or_default(), at);
            return true;
        }
        if cells.iter().skip(columns.len()).any(|(text, _)| !text.trim().is_empty()) {
            let message = format!("this row has {} cells, and the header {}", cells.len(), columns.len());
            let help = "this row was not screened; quote a cell that holds a separator";
            read.problems.push(Diagnostic::new(Code::RowLength, at, message).help(help));
            return true;
        }
        let mut records: Vec<Record> = vec![Record::default()];
        let mut has_names = false;
        for (position, ((heading, _, field), (text, at))) in columns.iter().zip(&cells).enumerate() {
            let Some(field) = field else { continue };
            // A second column of names begins another party, to whom the columns behind it belong.
            if *field == Field::Name && std::mem::replace(&mut has_names, true) {
                records.push(Record::default());
            }
            if let Some(record) = records.last_mut() {
                record.take(read, *field, heading, (text, *at), habits.get(&position).copied().unwrap_or_default());
            }
        }
        let named = records.into_iter().map(|record| record.finish(read)).fold(false, |any, named| any | named);
        if !named {
            read.error(at, "this row has no name".to_owned(), "it was not screened; give it a name, or delete it");
        }
        true
    }

    /// Says what stands above the header.
    fn tell_titles(&self, read: &mut NamesRead, titles: &[CsvRow]) {
        let texts = |row: &CsvRow| row.fields.iter().map(|field| field.text(self.text).trim().to_owned()).collect::<Vec<_>>();
        let told: Vec<String> =
            titles.iter().flat_map(texts).filter(|text| !text.is_empty()).take(5).map(|text| format!("`{text}`")).collect();
        if let (Some(first), false) = (titles.first(), told.is_empty()) {
            let message = format!("what stands above the header was not read: {}", told.join(", "));
            read.warn(Code::NearKey, self.span(&first.bounds.span), message, "a name stands in a row below the header");
        }
    }
}
