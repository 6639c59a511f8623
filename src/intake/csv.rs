//! One transaction with one item per row; the header names the paths.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, MAX_LINE, Node, Scalar, SourceId, Span};
use crate::facts::{FactKind, Table as FactTable, Transaction};
use crate::rulebook::Vocabulary;

use super::reader::Reader;

/// Says where bytes are no UTF-8.
pub(crate) fn report_no_utf8(id: SourceId, bytes: &[u8], problems: &mut Diagnostics) {
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = Span { source: id, start: error.valid_up_to(), end: error.valid_up_to() + 1 };
        problems.push(
            Diagnostic::new(Code::NotUtf8, at, "these bytes are no UTF-8")
                .help("save the file as UTF-8; the rest was read with that part replaced"),
        );
    }
}

/// What each column says; a column that cannot be used says nothing.
pub(crate) type Columns = Vec<Option<Vec<Part>>>;

/// A table, or a stretch of its rows.
pub(crate) struct Table<'a> {
    pub(crate) id: SourceId,
    pub(crate) text: &'a str,
    pub(crate) vocabulary: &'a Vocabulary,
}

/// Takes a row: its number from 1, the transaction, the row as a tree, and where it stands.
pub(crate) type TakeRow<'t> = &'t mut dyn FnMut(usize, Transaction, Node, Span);

impl Table<'_> {
    /// Reads the header at the start of the text; gives the columns and where the rows begin.
    pub(crate) fn header(&self, problems: &mut Diagnostics) -> Option<(Columns, usize)> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(self.text.as_bytes());
        let header = match reader.headers() {
            Ok(header) if !header.is_empty() => header.clone(),
            _ => {
                let start = Span { source: self.id, start: 0, end: 0 };
                problems.push(
                    Diagnostic::new(Code::EmptyInput, start, "the file is empty")
                        .help("the first row names the paths: id,date,activity,from.country,..."),
                );
                return None;
            }
        };
        let (head, _) = fields(self.id, self.text, 0);
        let mut columns: Columns = Vec::with_capacity(head.len());
        for (path, (_, span)) in header.iter().zip(&head) {
            let column = self.column(path, *span, problems);
            let same = |other: &Option<Vec<Part>>| other.iter().zip(&column).any(|(a, b)| overlap(a, b));
            let earlier = columns.iter().zip(&header).find(|(other, _)| same(other)).map(|(_, other)| other);
            if let Some(other) = earlier {
                let message = format!("the column `{path}` says again what `{other}` says");
                problems.push(
                    Diagnostic::new(Code::RepeatedColumn, *span, message).help("keep one of the two; this one was not read"),
                );
            }
            columns.push(column.filter(|_| earlier.is_none()));
        }
        let start = usize::try_from(reader.position().byte()).unwrap_or(self.text.len());
        Some((columns, start))
    }

    /// Reads the rows from a place in the text on; gives how many there were.
    pub(crate) fn rows(&self, columns: &Columns, from: usize, problems: &mut Diagnostics, take: TakeRow<'_>) -> usize {
        let text = self.text.get(from..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut rows = 0;
        loop {
            let byte = |position: Option<&csv::Position>| from + position.map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let start = byte(error.position());
                    problems.push(Diagnostic::new(
                        Code::RowLength,
                        Span { source: self.id, start, end: start + 1 },
                        "this row cannot be read",
                    ));
                    continue;
                }
            }
            rows += 1;
            let start = byte(record.position());
            let (cells, open_quote) = fields(self.id, self.text, start);
            if let Some(at) = open_quote {
                problems.push(
                    Diagnostic::new(
                        Code::OpenQuote,
                        Span { source: self.id, start: at, end: at + 1 },
                        "this quote is never closed",
                    )
                    .help("nothing from here on was checked"),
                );
                continue;
            }
            let end = cells.last().map_or(start, |(_, span)| span.end);
            let span = Span { source: self.id, start, end };
            if end - start > MAX_LINE {
                problems.push(
                    Diagnostic::new(
                        Code::LineTooLong,
                        Span { end: start + 1, ..span },
                        format!("this row has more than {MAX_LINE} bytes"),
                    )
                    .help("this row was not checked"),
                );
                continue;
            }
            if cells.len() != columns.len() {
                let message = format!("this row has {} cells, and the header {}", cells.len(), columns.len());
                problems.push(
                    Diagnostic::new(Code::RowLength, span, message)
                        .help("this row was not checked; quote a cell that holds a comma"),
                );
                continue;
            }
            let node = row_node(columns, cells, span);
            let mut transaction = Transaction::default();
            Reader { vocabulary: self.vocabulary, problems: &mut *problems }.record(&node, &mut transaction);
            take(rows, transaction, node, span);
        }
        rows
    }

    /// The way that a column's path goes: `item.hs` into the one item of the row.
    fn column(&self, path: &str, span: Span, problems: &mut Diagnostics) -> Option<Vec<Part>> {
        let mut table: &'static FactTable = Transaction::TABLE;
        let mut parts = Vec::new();
        let words: Vec<&str> = path.trim().split('.').collect();
        for (i, word) in words.iter().enumerate() {
            let found = table.fields.iter().find(|f| f.key == *word || f.rule_key() == Some(word));
            let Some(field) = found else {
                let key = Key { span, text: (*word).to_owned() };
                problems.unknown_key(
                    Code::UnknownFact,
                    &key,
                    "the header of a table",
                    table.fields.iter().map(|f| f.rule_key().unwrap_or(f.key)),
                );
                return None;
            };
            let last = i + 1 == words.len();
            let (list, split) =
                (matches!(field.kind, FactKind::Many(_)), matches!(field.kind, FactKind::Terms | FactKind::Texts | FactKind::Hs));
            parts.push(Part { key: field.key, list, split });
            match field.kind {
                FactKind::One(inner) | FactKind::Many(inner) => table = inner,
                _ if !last => {
                    problems.push(Diagnostic::new(
                        Code::ColumnPath,
                        span,
                        format!("`{word}` has no parts that a dot could reach"),
                    ));
                    return None;
                }
                _ => {}
            }
        }
        Some(parts)
    }
}

/// One step of a column's path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    key: &'static str,
    /// The step goes into the only element of a list.
    list: bool,
    /// Several values in a cell stand between semicolons.
    split: bool,
}

/// True if one of two paths leads to or into what the other names.
fn overlap(a: &[Part], b: &[Part]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.key == b.key)
}

/// The cells of the row that starts at `start`, quotes resolved, each with its span; and a quote that is never closed.
fn fields(id: SourceId, text: &str, start: usize) -> (Vec<(String, Span)>, Option<usize>) {
    let mut cells = Vec::new();
    let rest = text.get(start..).unwrap_or_default();
    // The csv crate may place a row at the line break before it.
    let skipped = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
    let mut at = start + skipped;
    loop {
        let (mut value, mut quoted, begin) = (String::new(), false, at);
        let mut chars = text.get(at..).unwrap_or_default().chars().peekable();
        let mut end = None;
        while let Some(c) = chars.next() {
            at += c.len_utf8();
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    at += 1;
                    value.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if value.is_empty() => quoted = true,
                ',' if !quoted => {
                    end = Some(true);
                    break;
                }
                '\n' | '\r' if !quoted => {
                    end = Some(false);
                    break;
                }
                c => value.push(c),
            }
        }
        let stop = if end.is_some() { at - 1 } else { at };
        cells.push((value, Span { source: id, start: begin, end: stop }));
        if end != Some(true) {
            return (cells, quoted.then_some(begin));
        }
    }
}

/// The row as the mapping that the same transaction would be in JSON.
fn row_node(columns: &[Option<Vec<Part>>], cells: Vec<(String, Span)>, span: Span) -> Node {
    let mut root = Node { span, content: Content::Map(Vec::new()) };
    for (parts, (value, at)) in columns.iter().zip(cells) {
        if let (Some(parts), false) = (parts, value.trim().is_empty()) {
            insert(&mut root, parts, value.trim(), at);
        }
    }
    root
}

fn insert(node: &mut Node, parts: &[Part], value: &str, span: Span) {
    let (Content::Map(entries), Some((part, rest))) = (&mut node.content, parts.split_first()) else { return };
    let scalar = |text: &str| Node { span, content: Content::Scalar(Scalar { text: text.trim().to_owned(), plain: true }) };
    let index = match entries.iter().position(|e| e.key.text == part.key) {
        Some(index) => index,
        None => {
            let map = Node { span, content: Content::Map(Vec::new()) };
            let value = match (rest.is_empty(), part.list) {
                (true, _) if part.split && value.contains(';') => {
                    Node { span, content: Content::List(value.split(';').map(scalar).collect()) }
                }
                (true, true) => Node { span, content: Content::List(vec![scalar(value)]) },
                (true, false) => scalar(value),
                (false, true) => Node { span, content: Content::List(vec![map]) },
                (false, false) => map,
            };
            entries.push(Entry { key: Key { span, text: part.key.to_owned() }, value });
            entries.len() - 1
        }
    };
    let Some(entry) = entries.get_mut(index) else { return };
    match (&mut entry.value.content, part.list) {
        (Content::List(elements), true) => {
            if let Some(element) = elements.first_mut() {
                insert(element, rest, value, span);
            }
        }
        _ => insert(&mut entry.value, rest, value, span),
    }
}
