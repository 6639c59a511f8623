//! Workbooks of spreadsheets (`.xlsx`, `.xlsm`): each of their sheets that holds transactions becomes the text of a table.
//!
//! Each row of the sheet is a line of the text, each cell ends with a tab, and neither occurs inside of one. So the line and the
//! number of tabs before a cell are its row and column, and every message can name it as the spreadsheet does.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::document::{Code, Diagnostic, FORMULA_WITHOUT_VALUE};

use super::sheet_kind::holds_transactions;

/// The longest text that the sheets of a workbook may become, in bytes, and so a bound for their cells and blank rows.
const LONGEST: usize = 256 * 1024 * 1024;

/// The sheets of a workbook that are read, as tables.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The tables, in their order in the workbook.
    pub(super) read: Vec<Sheet>,
    /// Which sheets were not read, if any has cells.
    pub(super) others: Option<Diagnostic>,
}

/// A sheet as a table.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The table, with tabs between cells.
    pub(super) text: String,
}

impl Sheets {
    /// Reads the visible sheets that hold transactions; if none does, the first one that has cells. `name` is the workbook's name in
    /// messages.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        Self::read_wanted(name, bytes, holds_transactions)
    }

    /// Reads the first visible sheet that has cells, whatever it holds.
    pub(super) fn read_first(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let sheets = Self::read_wanted(name, bytes, |_| false)?;
        let help = "the first visible sheet with cells is read: put it first, or save each sheet as a workbook of its own";
        Ok(Self { others: sheets.others.map(|others| others.help(help)), ..sheets })
    }

    fn read_wanted(name: &str, bytes: &[u8], holds_what_is_wanted: impl Fn(&str) -> bool) -> Result<Self, Diagnostic> {
        let unreadable = |reason: String| {
            Diagnostic::about_file(Code::FileUnreadable, format!("the workbook `{name}` cannot be read: {reason}"))
                .help("open it in a spreadsheet program and save it again as xlsx, without a password, or save the sheet as CSV")
        };
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error: XlsxError| unreadable(error.to_string()))?;
        let mut sheets: Vec<_> =
            workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
        sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
        let (mut with_cells, mut size) = (Vec::new(), 0);
        for sheet in &sheets {
            let rows = SheetRows::read(&mut workbook, &sheet.name).map_err(unreadable)?;
            if rows.is_empty() {
                continue;
            }
            let is_visible = sheet.visible == SheetVisible::Visible;
            // Nothing is read of a hidden sheet beside a visible one but that it has cells.
            let is_text = is_visible || with_cells.is_empty();
            let text = if is_text { rows.into_text().map_err(unreadable)? } else { String::new() };
            size += text.len();
            if size > LONGEST {
                return Err(unreadable(format!("its sheets have more than the {LONGEST} bytes that are read")));
            }
            let is_wanted = is_visible && holds_what_is_wanted(&text);
            with_cells.push((is_wanted, Sheet { name: sheet.name.clone(), text }));
        }
        if !with_cells.iter().any(|(is_wanted, _)| *is_wanted)
            && let Some((first, _)) = with_cells.first_mut()
        {
            *first = true;
        }
        let (read, others): (Vec<_>, Vec<_>) = with_cells.into_iter().partition(|(is_wanted, _)| *is_wanted);
        let read: Vec<Sheet> = read.into_iter().map(|(_, sheet)| sheet).collect();
        let others: Vec<Sheet> = others.into_iter().map(|(_, sheet)| sheet).collect();
        Ok(Self { others: not_read(name, &read, &others), read })
    }
}

/// The warning that names the sheets of a workbook that were not read; `None` if there are none.
fn not_read(workbook: &str, read: &[Sheet], others: &[Sheet]) -> Option<Diagnostic> {
    let names = |sheets: &[Sheet]| sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect::<Vec<_>>().join(", ");
    let noun = |sheets: &[Sheet]| if sheets.len() == 1 { ("sheet", "was") } else { ("sheets", "were") };
    let ((noun_read, was_read), (noun_others, was_others)) = (noun(read), noun(others));
    let message = format!(
        "of `{workbook}` the {noun_read} {} {was_read} read; the {noun_others} {} {was_others} not",
        names(read),
        names(others)
    );
    let help = "each visible sheet is read whose header names who or where, and what or when; if none is one, the first with cells: put it first, or name its columns";
    (!others.is_empty()).then(|| Diagnostic::about_file(Code::SheetsNotRead, message).help(help))
}

/// The cells of a sheet with something in them, by row and column from 0.
#[derive(Debug, Default)]
struct SheetRows {
    cells: Vec<(u32, u32, String)>,
}

impl SheetRows {
    fn read(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Self, String> {
        let mut rows = Self::default();
        let mut size = 0;
        let merged = workbook.merge_cells_by_sheet_name(sheet).map_err(|error| error.to_string())?;
        let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
        while let Some(cell) = cells.next_cell_with_formula().map_err(|error| error.to_string())? {
            let (row, column) = cell.pos;
            let text = match (&cell.value, &cell.formula) {
                (DataRef::Empty, Some(_)) => FORMULA_WITHOUT_VALUE.to_owned(),
                (value, _) => text_of(value),
            };
            if text.is_empty() {
                continue;
            }
            // What stands in cells that are merged downwards holds for each of their rows.
            let region = merged.iter().find(|region| region.start == (row, column));
            let last = region.map_or(row, |region| region.end.0);
            for row in row..=last {
                size += text.len() + 1;
                rows.cells.push((row, column, text.clone()));
                if size > LONGEST {
                    return Err(format!("the sheet `{sheet}` has more than the {LONGEST} bytes that are read"));
                }
            }
        }
        rows.cells.sort_by_key(|(row, column, _)| (*row, *column));
        Ok(rows)
    }

    fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows as lines, all as wide as the widest; a row without cells is a blank line.
    fn into_text(self) -> Result<String, String> {
        let width = self.cells.iter().map(|(_, column, _)| *column).max().unwrap_or(0);
        let mut text = String::new();
        let (mut line, mut at) = (0, 0);
        let fill = |text: &mut String, tabs: u32| text.extend(std::iter::repeat_n('\t', tabs as usize));
        for (row, column, cell) in self.cells {
            if row > line {
                if !text.is_empty() && !text.ends_with('\n') {
                    fill(&mut text, width - at);
                }
                text.extend(std::iter::repeat_n('\n', (row - line) as usize));
                (line, at) = (row, 0);
            }
            fill(&mut text, column.saturating_sub(at));
            at = column.max(at);
            text.push_str(&cell);
            if text.len() > LONGEST {
                return Err(format!("its sheet has more than the {LONGEST} bytes that are read"));
            }
        }
        fill(&mut text, width - at);
        text.push('\n');
        Ok(text)
    }
}

/// The value of a cell as it would be written into an incident file. Formulas are their values.
fn text_of(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(answer) => answer.to_string(),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    };
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    // A quote at the start of a cell would be taken for that of CSV.
    if line.starts_with('"') { format!(" {line}") } else { line.to_owned() }
}

/// A date of a spreadsheet as ISO 8601, with the time unless it is midnight.
fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        let _ = write!(text, "T{hour:02}:{minute:02}:{second:02}");
    }
    text
}
