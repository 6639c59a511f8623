//! One transaction with one item per row; the header names the paths.

use std::ops::Range;

use crate::document::{
    Code, Content, CsvRow, CsvRows, Diagnostic, Diagnostics, Entry, Key, MAX_LINE, Node, Scalar, SourceId, Span,
};
use crate::facts::{FactKind, Table, Transaction};

/// A table: its columns, and the rows that are still to be read.
pub(super) struct CsvTable<'a> {
    id: SourceId,
    text: &'a str,
    columns: Vec<Column>,
    rows: CsvRows<'a>,
}

/// The path to the fact that a column holds; `None` for a column that cannot be used.
type Column = Option<Vec<ColumnSegment>>;

/// A segment of a column's path.
#[derive(Debug, Clone, Copy)]
struct ColumnSegment {
    key: &'static str,
    /// True if the segment is a list, which has one element.
    list: bool,
    /// True if semicolons separate several values in a field.
    split: bool,
}

/// A row of a table.
pub(super) struct TableRow {
    pub(super) span: Span,
    /// The transaction as the tree that it would have in JSON; `None` for a row that cannot be read.
    pub(super) node: Option<Node>,
    /// A mistake of the row as a whole.
    pub(super) problem: Option<Diagnostic>,
}

impl<'a> CsvTable<'a> {
    /// Reads the header. `None` if there is none, or if it cannot be read.
    pub(super) fn open(id: SourceId, text: &'a str, problems: &mut Diagnostics) -> Option<Self> {
        let mut rows = CsvRows::new(text.as_bytes(), 0);
        let Some(header) = rows.next() else {
            let start = Span { source: id, start: 0, end: 0 };
            problems.push(
                Diagnostic::new(Code::EmptyInput, start, "the file is empty")
                    .help("the first row names the paths: id,date,activity,from.country,..."),
            );
            return None;
        };
        let mut table = Self { id, text, columns: Vec::with_capacity(header.fields.len()), rows };
        if let Some(problem) = table.quote_problem(&header) {
            problems.push(problem);
            return None;
        }
        for field in &header.fields {
            let (path, span) = (field.text(text), table.span(&field.span));
            let column = column(&path, span, problems);
            let same = |other: &Column| other.iter().zip(&column).any(|(a, b)| overlap(a, b));
            let earlier = table.columns.iter().position(same).and_then(|earlier| header.fields.get(earlier));
            if let Some(earlier) = earlier {
                let message = format!("the column `{path}` says again what `{}` says", earlier.text(text));
                problems.push(
                    Diagnostic::new(Code::RepeatedColumn, span, message).help("keep one of the two; this one was not read"),
                );
            }
            table.columns.push(column.filter(|_| earlier.is_none()));
        }
        Some(table)
    }

    /// Reads the rows below the header.
    pub(super) fn into_rows(self) -> impl Iterator<Item = TableRow> + 'a {
        self.rows.clone().map(move |row| {
            let (span, problem) = (self.span(&row.bounds.span), self.row_problem(&row));
            TableRow { span, node: problem.is_none().then(|| self.row_node(&row, span)), problem }
        })
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
            let help = "this row was not checked; quote a cell that holds a comma";
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
        let Some(closed_at) = error.closed_at else {
            return Some(
                Diagnostic::new(Code::OpenQuote, at, "this quote is never closed").help("nothing from here on was checked"),
            );
        };
        let swallowed = self.text.get(error.at..closed_at).unwrap_or_default();
        let message = format!("this quote is closed {} lines below, in the middle of a cell", swallowed.matches('\n').count());
        let help = "the rows from here to there were not checked; a quote that is part of a text is doubled";
        Some(Diagnostic::new(Code::OpenQuote, at, message).help(help))
    }

    fn row_node(&self, row: &CsvRow, span: Span) -> Node {
        let mut root = Node { span, content: Content::Map(Vec::new()) };
        for (column, field) in self.columns.iter().zip(&row.fields) {
            let text = field.text(self.text);
            if let (Some(path), false) = (column, text.trim().is_empty()) {
                insert(&mut root, path, text.trim(), self.span(&field.span));
            }
        }
        root
    }
}

/// Parses a column's path: `item.hs` leads into the only item of the row.
fn column(path: &str, span: Span, problems: &mut Diagnostics) -> Column {
    let mut table: &'static Table = Transaction::TABLE;
    let mut segments = Vec::new();
    let words: Vec<&str> = path.trim().split('.').collect();
    for (i, word) in words.iter().enumerate() {
        let found = table.fields.iter().find(|f| f.key == *word || f.rule_key == Some(*word));
        let Some(field) = found else {
            let key = Key { span, text: (*word).to_owned() };
            problems.unknown_key(
                Code::UnknownFact,
                &key,
                "the header of a table",
                table.fields.iter().map(|f| f.rule_key.unwrap_or(f.key)),
            );
            return None;
        };
        let last = i + 1 == words.len();
        let (list, split) = (matches!(field.kind, FactKind::Many(_)), field.kind.is_plural());
        segments.push(ColumnSegment { key: field.key, list, split });
        match field.kind {
            FactKind::One(inner) | FactKind::Many(inner) => table = inner,
            _ if !last => {
                problems.push(Diagnostic::new(Code::ColumnPath, span, format!("`{word}` has no parts that a dot could reach")));
                return None;
            }
            _ => {}
        }
    }
    Some(segments)
}

/// True if one of two paths is a prefix of the other.
fn overlap(a: &[ColumnSegment], b: &[ColumnSegment]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.key == b.key)
}

/// Puts a value at the end of a path, creating the mappings and lists that it leads through.
fn insert(node: &mut Node, path: &[ColumnSegment], value: &str, span: Span) {
    let (Content::Map(entries), Some((segment, rest))) = (&mut node.content, path.split_first()) else { return };
    let scalar = |text: &str| Node { span, content: Content::Scalar(Scalar { text: text.trim().to_owned(), plain: true }) };
    let index = match entries.iter().position(|e| e.key.text == segment.key) {
        Some(index) => index,
        None => {
            let map = Node { span, content: Content::Map(Vec::new()) };
            let value = match (rest.is_empty(), segment.list) {
                (true, _) if segment.split && value.contains(';') => {
                    Node { span, content: Content::List(value.split(';').map(scalar).collect()) }
                }
                (true, true) => Node { span, content: Content::List(vec![scalar(value)]) },
                (true, false) => scalar(value),
                (false, true) => Node { span, content: Content::List(vec![map]) },
                (false, false) => map,
            };
            entries.push(Entry { key: Key { span, text: segment.key.to_owned() }, value });
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
