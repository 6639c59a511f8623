//! Whether a sheet of a workbook holds transactions, by its header: it names who or where, and what or when.

use crate::document::{CsvDialect, CsvRow, CsvRows};

use super::table_top::{TableTop, names_of_columns};
use super::title_facts::{facts_of, title_facts};

/// True if the text of a sheet, with tabs between its cells, is a table of transactions or a form that tells one.
pub(super) fn holds_transactions(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (dialect, top) = TableTop::find(bytes, CsvDialect::of_sheet(bytes), true);
    let rows = || CsvRows::new(bytes, dialect.preamble, dialect);
    let cells = |row: CsvRow| -> Vec<String> { row.fields.iter().map(|field| field.text(text).trim().to_owned()).collect() };
    let above = rows().take(top.above).flat_map(|row| {
        let cells = cells(row);
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        title_facts(&texts).into_iter().map(|fact| fact.name).collect::<Vec<_>>()
    });
    let headers: Vec<_> = rows().skip(top.above).take(top.rows).map(cells).collect();
    let columns = names_of_columns(&headers);
    let facts: Vec<String> = above.chain(columns).filter_map(|name| facts_of(&name).into_iter().next()).collect();
    let begins = |starts: &[&str]| facts.iter().any(|fact| starts.iter().any(|start| fact.starts_with(start)));
    let has_rows = top.is_form() || rows().nth(top.height()).is_some();
    has_rows && begins(&WHO_OR_WHERE) && begins(&WHAT_OR_WHEN)
}

const WHO_OR_WHERE: [&str; 12] =
    ["from", "to.", "to", "party", "parties", "vessel", "port", "aircraft", "reporter", "partner", "trader", "people"];

const WHAT_OR_WHEN: [&str; 15] = [
    "item",
    "payment",
    "pay",
    "activity",
    "date",
    "year",
    "month",
    "arrival",
    "departure",
    "since",
    "subject",
    "purpose",
    "people",
    "flow",
    "debit",
];
