//! Names one a line, without a header.

use crate::document::{Code, SourceId, Span};
use crate::screening::Query;

use super::NamesRead;
use super::births::{Birth, DateHabit, HowRead};
use super::record::has_letter;

/// Reads a text with a name on each line; lines that begin with `#` are notes.
pub(super) fn read(read: &mut NamesRead, id: SourceId, text: &str) {
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        let at = start + (whole.len() - whole.trim_start().len());
        start += whole.len();
        if !line.is_empty() && !line.starts_with('#') {
            read_line(read, line, Span { source: id, start: at, end: at + line.len() });
        }
    }
}

/// Reads the names of a line: one, or several with `;` between them, each perhaps with a date of birth behind it.
pub(super) fn read_line(read: &mut NamesRead, line: &str, at: Span) {
    let line = without_bullet(line.trim());
    if line.starts_with(['{', '[', '<', '}', ']']) || line.starts_with("```") {
        let help =
            "name the file by its form (`.json`, `.ndjson`, `.yaml`, `.csv`, `.xlsx`), or put each name on a line of its own";
        read.error(at, format!("`{line}` is no name, but part of a text of another form"), help);
        return;
    }
    if line.ends_with(':') {
        read.warn(
            Code::KeyNotRead,
            at,
            format!("`{line}` was read as a heading of what follows, and not screened"),
            "put a `#` before it",
        );
        return;
    }
    if !has_letter(line) {
        let help = "put each name on a line of its own, and a `#` before what is none";
        read.error(at, format!("`{line}` is no name: nothing of it can be compared"), help);
        return;
    }
    let cells: Vec<&str> = line.split([';', '；', '\t', '|']).map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let by_comma: Vec<&str> = line.split(',').map(str::trim).collect();
    let is_row_of_table = line.contains(['\t', '|']) && cells.len() > 1
        || by_comma.len() > 1 && by_comma.iter().any(|cell| !cell.is_empty() && (is_number(cell) || birth(cell).is_some()));
    if is_row_of_table {
        let help = "put a row above the others that names each cell: `name`, and for instance `born`, `country`, `passport`";
        read.error(at, format!("`{line}` holds several cells, and no row says which is the name"), help);
        return;
    }
    let mut names: Vec<(&str, Query)> = Vec::new();
    for cell in cells {
        match (birth(cell), names.last_mut()) {
            (Some(birth), Some((_, facts))) if facts.born.is_none() => facts.born = Some(birth.days),
            _ if has_letter(cell) => names.push((cell, Query::default())),
            _ => {
                let message = format!("`{cell}` is neither a name nor the date of birth of the one before it");
                read.error(at, message, "put a row above the others that names each cell: `name`, `born`, `passport`");
                return;
            }
        }
    }
    for (name, facts) in names {
        read.add(name.to_owned(), at, &facts);
    }
}

/// A line without what marks it as one of a list: `- `, `* `, `3. `.
fn without_bullet(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len() && line.len() - rest.len() <= 4;
    let numbered = rest.strip_prefix(['.', ')']).filter(|rest| is_numbered && rest.starts_with(' '));
    let marked = || ["- ", "* ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark));
    numbered.or_else(marked).map_or(line, str::trim)
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' '))
}

/// A date of birth: a text with digits that is nothing else.
fn birth(cell: &str) -> Option<Birth> {
    let words = cell.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ':' | ' '));
    let is_marked = ["born", "dob", "d.o.b", "*", "b.", "geb"].iter().any(|mark| cell.to_lowercase().starts_with(mark));
    let text = if is_marked { words } else { cell };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let date = DateHabit::default().read(text.trim_start_matches(['*', ' ']))?;
    (digits >= 4 && letters <= 12 && date.how != HowRead::YearsOnly).then_some(date)
}
