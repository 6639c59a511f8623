//! Workbooks of spreadsheets (`.xlsx`, `.xlsm`): one of their sheets becomes the text of a table.
//!
//! Each row of the sheet is a line of the text, each cell ends with a tab, and neither occurs inside of one. So the line and the
//! number of tabs before a cell are its row and column, and every message can name it as the spreadsheet does.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::document::{Code, Diagnostic, FORMULA_WITHOUT_VALUE};

/// The longest text that a sheet may become, in bytes, and so a bound for its cells and blank rows.
const LONGEST: usize = 256 * 1024 * 1024;

/// The sheet of a workbook that is read, as a table.
#[derive(Debug, Default)]
pub(super) struct SheetText {
    /// The table, with tabs between cells.
    pub(super) text: String,
    /// Which sheets were not read, if any has cells.
    pub(super) others: Option<Diagnostic>,
}

impl SheetText {
    /// Reads the first visible sheet that has cells. `name` is the workbook's name in messages.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let unreadable = |reason: String| {
            Diagnostic::about_file(Code::FileUnreadable, format!("the workbook `{name}` cannot be read: {reason}"))
                .help("open it in a spreadsheet program and save it again as xlsx, without a password, or save the sheet as CSV")
        };
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error: XlsxError| unreadable(error.to_string()))?;
        let mut sheets: Vec<_> =
            workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
        sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
        let (mut read, mut others) = (None, Vec::new());
        for sheet in &sheets {
            let rows = SheetRows::read(&mut workbook, &sheet.name).map_err(unreadable)?;
            match (&read, rows.is_empty()) {
                (_, true) => {}
                (None, false) => read = Some((&sheet.name, rows.into_text().map_err(unreadable)?)),
                (Some(_), false) => others.push(format!("`{}`", sheet.name)),
            }
        }
        let Some((sheet, text)) = read else { return Ok(Self::default()) };
        let (noun, verb) = if others.len() == 1 { ("sheet", "was") } else { ("sheets", "were") };
        let message = format!("of `{name}` the sheet `{sheet}` was read; the {noun} {} {verb} not", others.join(", "));
        let others = (!others.is_empty()).then(|| {
            Diagnostic::about_file(Code::SheetsNotRead, message)
                .help("the first visible sheet with cells is read: put it first, or save each sheet as a workbook of its own")
        });
        Ok(Self { text, others })
    }
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
