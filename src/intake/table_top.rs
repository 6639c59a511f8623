//! The top of a table: the titles above its header, and the one or two rows that name its columns.

use std::borrow::Cow;

use crate::document::{CsvDialect, CsvRows};

use super::csv_columns::is_heading;
use super::headings::Headings;
use super::title_facts::title_facts;

/// So many rows are looked through for the header.
const ROWS: usize = 20;

/// So many cells of a row are looked at.
const CELLS: usize = 64;

/// Where the header of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TableTop {
    /// The rows above it: titles, notes, blank ones.
    pub(super) above: usize,
    /// Its rows: two if the upper one names groups of columns, none in a form.
    pub(super) rows: usize,
}

/// The cells of a row near the top.
struct TopRow {
    cells: Vec<String>,
    filled: usize,
    headings: usize,
    /// The facts that it tells with their names, if it tells nothing else.
    facts: usize,
}

impl Default for TableTop {
    fn default() -> Self {
        Self { above: 0, rows: 1 }
    }
}

impl TableTop {
    /// Finds the header of a table whose dialect was told by its first row, and corrects the dialect where that row is a title.
    pub(super) fn find(bytes: &[u8], dialect: CsvDialect, is_sheet: bool) -> (CsvDialect, Self) {
        let text = String::from_utf8_lossy(bytes);
        if let Some(form) = Self::of_form(&text, dialect) {
            return (dialect, form);
        }
        let (found, top) = Self::with(&text, dialect).unwrap_or_default();
        let is_certain = is_sheet || dialect.preamble > 0 || found > 1;
        let others = CsvDialect::SEPARATORS.into_iter().filter(|separator| !is_certain && *separator != dialect.separator);
        let best = others
            .filter_map(|separator| {
                let other = CsvDialect { separator, ..dialect };
                Self::with(&text, other).map(|(found, top)| (found, other, top))
            })
            .filter(|(found, _, top)| *found > 1 && top.above > 0)
            .max_by_key(|(found, ..)| *found);
        let (dialect, top) = best.map_or((dialect, top), |(_, other, top)| (other, top));
        let columns = CsvRows::new(text.as_bytes(), dialect.preamble, dialect)
            .skip(top.above)
            .take(top.rows)
            .map(|row| row.fields.len())
            .max();
        (CsvDialect { columns: columns.unwrap_or(dialect.columns), ..dialect }, top)
    }

    /// The rows of a table, titles included.
    pub(super) fn height(self) -> usize {
        self.above + self.rows
    }

    /// True if it has no header: each row tells one fact with its name.
    pub(super) fn is_form(self) -> bool {
        self.rows == 0
    }

    /// The rows of a form, which has in each row names with one value each, or a title, and no row of anything else.
    fn of_form(text: &str, dialect: CsvDialect) -> Option<Self> {
        /// A longer table is none.
        const MOST_ROWS: usize = 100;
        /// Fewer facts make none.
        const FEWEST_FACTS: usize = 3;
        let mut rows = CsvRows::new(text.as_bytes(), dialect.preamble, dialect);
        let (mut above, mut facts, mut titles) = (0, 0, 0);
        for row in rows.by_ref().take(MOST_ROWS) {
            let row = TopRow::new(row.fields.iter().take(CELLS).map(|field| field.text(text)));
            above += 1;
            match row.facts {
                0 if row.filled > 1 => return None,
                0 => titles += row.filled,
                of_row => facts += of_row,
            }
        }
        (rows.next().is_none() && facts >= FEWEST_FACTS && titles <= facts).then_some(Self { above, rows: 0 })
    }

    /// The header with a separator, and how many of its cells are headings. `None` if no row is one: the first is then taken for it.
    fn with(text: &str, dialect: CsvDialect) -> Option<(usize, Self)> {
        let rows: Vec<TopRow> = CsvRows::new(text.as_bytes(), dialect.preamble, dialect)
            .take(ROWS)
            .map(|row| TopRow::new(row.fields.iter().take(CELLS).map(|field| field.text(text))))
            .collect();
        let first = rows.first()?;
        let is_title = |row: &TopRow| row.filled <= 1 && rows.iter().any(|other| other.headings > 2 && other.is_header());
        // Names with values are none of columns, where a row has more of the latter. In a header with a broken name most names have
        // no value behind them.
        let tells_facts = |row: &TopRow| {
            row.facts > 0
                && row.facts * 2 >= row.headings
                && rows.iter().any(|other| other.facts == 0 && other.headings > row.headings.max(1) && other.is_header())
        };
        let at = if first.is_header() && !is_title(first) && !tells_facts(first) {
            0
        } else {
            let at = rows.iter().position(|row| row.is_header() && row.headings > 1 && !tells_facts(row))?;
            let width = rows.get(at)?.filled;
            // What has as many cells as the header is no title.
            let are_titles = rows.iter().take(at).all(|row| row.filled <= 2 || row.filled * 2 < width || tells_facts(row));
            if !are_titles {
                return None;
            }
            at
        };
        let header = rows.get(at)?;
        let below = rows.get(at + 1).filter(|below| header.groups(below));
        let found = below.map_or(header.headings, |below| below.headings.max(header.headings));
        Some((found, Self { above: at, rows: if below.is_some() { 2 } else { 1 } }))
    }
}

impl TopRow {
    fn new<'t>(cells: impl Iterator<Item = Cow<'t, str>>) -> Self {
        let cells: Vec<String> = cells.map(|cell| cell.trim().to_owned()).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let headings = cells.iter().filter(|cell| !cell.is_empty() && is_heading(cell)).count();
        let facts = title_facts(&cells.iter().map(String::as_str).collect::<Vec<_>>()).len();
        Self { cells, filled, headings, facts }
    }

    /// True if half of its cells name columns.
    fn is_header(&self) -> bool {
        self.headings > 0 && self.headings * 2 >= self.filled
    }

    /// True if it names groups of the columns that the row below it names.
    fn groups(&self, below: &Self) -> bool {
        let has_gaps = self.cells.iter().any(String::is_empty);
        let mut names = GroupedNames::default();
        let all = self.cells.iter().zip(&below.cells);
        let known = all.filter(|(group, name)| !name.is_empty() && is_heading(&names.name(group, name))).count();
        let has_data = below.cells.iter().any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()));
        has_gaps
            && !has_data
            && below.filled >= self.filled
            && below.filled > 2
            && known * 3 >= below.filled * 2
            && below.headings * 2 >= below.filled
    }
}

/// The names of columns under groups: `Buyer` above `Name`, `Country`.
#[derive(Debug, Default)]
pub(super) struct GroupedNames {
    group: String,
}

impl GroupedNames {
    /// The name of the next column, of the cells of both rows. A group reaches to the next one, as far as its name and that of the
    /// column make a heading together.
    pub(super) fn name(&mut self, group: &str, name: &str) -> String {
        if !group.is_empty() {
            group.clone_into(&mut self.group);
        }
        if name.is_empty() {
            return group.to_owned();
        }
        let both = format!("{} {name}", self.group);
        let is_made = !self.group.is_empty() && self.group != name && Headings::known().find(&both, &[]).is_some();
        if is_made || !is_heading(name) { both.trim().to_owned() } else { name.to_owned() }
    }
}

/// The names of the columns, each with its place, of the one or two rows that name them.
pub(super) fn column_names<P: Copy>(rows: &[Vec<(String, P)>]) -> Vec<(String, P)> {
    let (groups, names) = match rows {
        [groups, names] => (groups, names),
        [names, ..] => return names.clone(),
        [] => return Vec::new(),
    };
    let mut grouped = GroupedNames::default();
    let count = groups.len().max(names.len());
    (0..count)
        .filter_map(|at| {
            let (group, name) = (groups.get(at), names.get(at));
            let text = |cell: Option<&(String, P)>| cell.map(|(text, _)| text.clone()).unwrap_or_default();
            let span = name.filter(|(text, _)| !text.is_empty()).or(group).or(name)?.1;
            Some((grouped.name(&text(group), &text(name)), span))
        })
        .collect()
}

/// The names of the columns, of the cells of the one or two rows that name them.
pub(super) fn names_of_columns(rows: &[Vec<String>]) -> Vec<String> {
    let no_place = |text: &String| (text.clone(), ());
    let rows: Vec<Vec<(String, ())>> = rows.iter().map(|row| row.iter().map(no_place).collect()).collect();
    column_names(&rows).into_iter().map(|(name, ())| name).collect()
}
