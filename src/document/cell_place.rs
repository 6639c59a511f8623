//! Places in workbooks: the cells of a sheet, named as spreadsheets name them.

use super::Position;

/// The endings of workbooks.
pub(crate) const WORKBOOK_ENDINGS: [&str; 2] = ["xlsx", "xlsm"];

/// What stands in place of the value of a formula that was saved without one.
pub(crate) const FORMULA_WITHOUT_VALUE: &str = "#NO VALUE";

/// What stands between the name of a workbook and that of a further sheet of it: `book.xlsx#March`.
const BEFORE_SHEET: char = '#';

/// The name of a further sheet of a workbook, as places are told: `book.xlsx#March`.
pub(crate) fn sheet_name(workbook: &str, sheet: &str) -> String {
    let sheet: String = sheet.chars().map(|c| if c.is_control() || matches!(c, '/' | '\\') { ' ' } else { c }).collect();
    format!("{workbook}{BEFORE_SHEET}{sheet}")
}

/// True if a file with this name is a workbook or a sheet of one: its text has a row of the sheet in each line and a tab behind each
/// cell.
pub(crate) fn is_workbook(name: &str) -> bool {
    let is_sheet = |(at, _)| name.get(..at).is_some_and(has_ending_of_workbook);
    has_ending_of_workbook(name) || name.match_indices(BEFORE_SHEET).any(is_sheet)
}

fn has_ending_of_workbook(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    WORKBOOK_ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own))
}

/// The name of the cell in a row (line) and column, both from 1: `B7`.
pub(crate) fn cell_name(position: Position) -> String {
    let mut letters = Vec::new();
    let mut column = position.column;
    while column > 0 {
        letters.push(char::from(b'A' + u8::try_from((column - 1) % 26).unwrap_or(0)));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &position.line.to_string()
}

/// The row and column of a cell, by its name.
pub(crate) fn parse_cell(name: &str) -> Option<Position> {
    let letters = name.find(|c: char| !c.is_ascii_uppercase())?;
    let (letters, row) = name.split_at_checked(letters)?;
    let digit = |column: usize, letter: u8| column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1);
    let column = letters.bytes().try_fold(0, digit)?;
    let line = row.parse().ok().filter(|line| *line > 0 && row.bytes().all(|b| b.is_ascii_digit()))?;
    (column > 0).then_some(Position { line, column })
}

#[cfg(test)]
mod tests {
    use super::{Position, cell_name, is_workbook, parse_cell};

    #[test]
    fn cells_are_named_as_in_spreadsheets() {
        for (column, name) in [(1, "A7"), (26, "Z7"), (27, "AA7"), (52, "AZ7"), (53, "BA7"), (702, "ZZ7"), (703, "AAA7")] {
            let position = Position { line: 7, column };
            assert_eq!(cell_name(position), name);
            assert_eq!(parse_cell(name), Some(position));
        }
        for name in ["", "7", "B", "B0", "b7", "B7x", "B+7", "B 7"] {
            assert_eq!(parse_cell(name), None, "{name}");
        }
        assert!(is_workbook("a.b/c.XLSX") && !is_workbook("xlsx") && !is_workbook("a.xls"));
        assert!(is_workbook("a/b.xlsx#March") && is_workbook("b.xlsm#a#b") && !is_workbook("a#b.csv"));
    }
}
