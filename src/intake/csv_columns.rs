//! The columns of a table: the path to a fact that the header's cell names.

use crate::document::{Code, Diagnostic, Diagnostics, Span, closest};
use crate::facts::{EvidenceSource, FactKind, Table, Transaction};

/// A column that leads to a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The record in which the path begins.
    pub(super) of: ColumnRecord,
    pub(super) path: Vec<ColumnSegment>,
    /// The kind of the fact.
    pub(super) kind: FactKind,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnSegment {
    pub(super) key: &'static str,
    /// True if the segment is a list, which has one element.
    pub(super) list: bool,
    /// True if semicolons separate several values in a field.
    pub(super) split: bool,
}

/// The first segment of columns about the source of a row.
const SOURCE: &str = "source";

impl Column {
    /// Parses the name of a column: `item.hs` leads into the only item of the row, `source.kind` into its source. Case does not
    /// count. An unknown name is reported.
    pub(super) fn parse(name: &str, span: Span, problems: &mut Diagnostics) -> Option<Self> {
        let mut words: Vec<&str> = name.trim().split('.').map(str::trim).collect();
        let (of, mut table) = match words.as_slice() {
            [first, _, ..] if first.eq_ignore_ascii_case(SOURCE) => (ColumnRecord::Source, EvidenceSource::TABLE),
            _ => (ColumnRecord::Transaction, Transaction::TABLE),
        };
        if of == ColumnRecord::Source {
            words.remove(0);
        }
        let (mut path, mut kind) = (Vec::new(), FactKind::Text);
        for (i, word) in words.iter().enumerate() {
            let is_meant = |key: &str| key.eq_ignore_ascii_case(word);
            let Some(field) = table.fields.iter().find(|f| is_meant(f.key) || f.rule_key.is_some_and(is_meant)) else {
                problems.push(unknown(name.trim(), span));
                return None;
            };
            kind = field.kind;
            path.push(ColumnSegment { key: field.key, list: matches!(kind, FactKind::Many(_)), split: kind.is_plural() });
            match kind.record_table() {
                Some(inner) => table = inner,
                None if i + 1 < words.len() => {
                    let message = format!("`{word}` has no parts that a dot could reach");
                    problems.push(Diagnostic::new(Code::ColumnPath, span, message).help("leave out what stands behind it"));
                    return None;
                }
                None => {}
            }
        }
        Some(Self { of, path, kind })
    }

    /// True if one of two columns leads to a part of what the other leads to, or to the same.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.of == other.of && self.path.iter().zip(&other.path).all(|(a, b)| a.key == b.key)
    }
}

/// The mistake of a column with an unknown name; the help names the columns that may be meant.
fn unknown(name: &str, span: Span) -> Diagnostic {
    let meant = similar(&name.to_lowercase().replace([' ', '_', '-', '/'], "."));
    let meant: Vec<String> = meant.iter().map(|path| format!("`{path}`")).collect();
    let help = match meant.as_slice() {
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

/// The columns whose name is nearly this: with one part of it misspelt, or with the record left out.
fn similar(written: &str) -> Vec<String> {
    let paths = paths();
    if paths.iter().any(|path| path == written) {
        return vec![written.to_owned()];
    }
    let parts = || paths.iter().filter_map(|path| path.split_once('.'));
    let whole = || paths.iter().filter(|path| !path.contains('.')).map(String::as_str);
    let found: Vec<String> = match written.split_once('.') {
        None => match parts().filter(|(_, part)| *part == written).map(|(record, part)| format!("{record}.{part}")).collect() {
            none if Vec::is_empty(&none) => closest(written, whole()).map(str::to_owned).into_iter().collect(),
            some => some,
        },
        Some((record, part)) => {
            let in_record = closest(part, parts().filter(|(of, _)| *of == record).map(|(_, part)| part));
            let with_part = closest(record, parts().filter(|(_, own)| *own == part).map(|(record, _)| record));
            let in_record = in_record.map(|part| format!("{record}.{part}"));
            in_record.or_else(|| with_part.map(|record| format!("{record}.{part}"))).into_iter().collect()
        }
    };
    found
}

/// The names of all columns of one or two parts.
fn paths() -> Vec<String> {
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
}
