//! Rows of a table that are no transactions: those that hold the sums of others, and those that number the columns.

use crate::document::{Code, CsvRow, Diagnostic, FORMULA_WITHOUT_VALUE, Span};
use crate::facts::FactKind;

use super::csv_columns::Target;
use super::csv_header::{ColumnUse, Header};
use super::headings::Headings;

/// Why a row is no transaction.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It holds the sums of others; so it is called.
    Sums(String),
    /// Its cells number the columns.
    Numbers,
}

impl LeftOut {
    /// The warning about the row.
    pub(super) fn report(self, span: Span) -> Diagnostic {
        let (message, help) = match self {
            Self::Sums(word) => (
                format!("`{word}`: this row holds sums and is no transaction, and was left out"),
                "a transaction has goods, parties or places in its row; nothing of the kind stands here",
            ),
            Self::Numbers => ("this row numbers the columns and was left out".to_owned(), "delete it, if it is no such row"),
        };
        Diagnostic::new(Code::NearKey, span, message).help(help)
    }
}

/// Why a row is left out, if it is: a cell says that it holds sums, and the others hold numbers, or units of them, or nothing.
pub(super) fn row_left_out(row: &CsvRow, text: &str, header: &Header) -> Option<LeftOut> {
    /// In the first so many cells the word of a row of sums stands, behind the numbers of rows and empty cells.
    const WORD_WITHIN: usize = 64;
    let headings = Headings::known();
    let cells = || row.fields.iter().map(|field| field.text(text));
    if is_numbering(cells().map(|cell| cell.trim().parse().ok()), row.fields.len()) {
        return Some(LeftOut::Numbers);
    }
    let word = cells().take(WORD_WITHIN).find(|cell| cell.len() < 60 && headings.is_total(cell.trim()))?;
    // In a row of fewer cells than columns no cell need be of the column that it stands in.
    let is_short = row.fields.len() < header.columns.len();
    let is_sum = |(at, cell): (usize, &str)| {
        let cell = cell.trim();
        cell.is_empty()
            || headings.is_total(cell)
            || (is_short && is_number(cell))
            || header.columns.get(at).is_none_or(|column| may_hold_sum(column, cell))
    };
    let is_of_sums = cells().enumerate().all(|(at, cell)| is_sum((at, &cell)));
    is_of_sums.then(|| LeftOut::Sums(word.trim().to_owned()))
}

/// True for `1`, `2`, `3` and so on in four columns or more.
fn is_numbering(mut cells: impl Iterator<Item = Option<usize>>, count: usize) -> bool {
    count > 3 && (1..=count).all(|number| cells.next() == Some(Some(number)))
}

/// True if a cell beside the word for a sum can be one, or say what is summed up.
fn may_hold_sum(column: &ColumnUse, cell: &str) -> bool {
    let is_number = is_number(cell);
    let ColumnUse::Read(column) = column else { return is_number };
    column.targets.iter().any(|target| match target {
        Target::Unit | Target::Currency => true,
        Target::PaidOut | Target::PaidIn => is_number,
        Target::Fact(fact) => {
            let is_amount = matches!(fact.kind, FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Count);
            is_number && is_amount
        }
        Target::Notes | Target::Unread => is_number && column.targets.len() == 1,
        _ => false,
    })
}

/// True for a number, with a currency or unit beside it or not: `8.500,00`, `USD 34 650`, `5000 kg`.
fn is_number(cell: &str) -> bool {
    // A sum that was not calculated is one.
    if cell == FORMULA_WITHOUT_VALUE {
        return true;
    }
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    cell.chars().any(|c| c.is_ascii_digit()) && letters <= 4
}
