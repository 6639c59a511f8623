//! Facts that stand above the header of a table, or make up a table without one: `Seller | Acme`, `Date of invoice: 12 May 2018`.
//!
//! A form has one fact in each row, its name before it. What stands so above a table holds for each of its rows.

use crate::document::{CsvRow, Span};

use super::csv_columns::Column;
use super::headings::{Headings, TableKind};

/// A fact with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TitleFact {
    /// The name, as the heading of a column would have it.
    pub(super) name: String,
    pub(super) value: String,
    /// The positions of the cells that hold the name and the value, the same for `Date: 12 May 2018`.
    pub(super) cells: (usize, usize),
}

/// The marks that stand behind a name.
const BEHIND_NAME: [char; 4] = [':', '：', '=', ' '];

/// The facts of a row, if it holds nothing else: each name with the value that stands behind it, in its cell or in the next ones.
pub(super) fn title_facts(cells: &[&str]) -> Vec<TitleFact> {
    /// No row of a form has more.
    const MOST_CELLS: usize = 24;
    let filled: Vec<(usize, &str)> =
        cells.iter().enumerate().map(|(at, cell)| (at, cell.trim())).filter(|(_, cell)| !cell.is_empty()).collect();
    if filled.len() > MOST_CELLS {
        return Vec::new();
    }
    let mut facts: Vec<TitleFact> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, cell) in filled {
        if let Some((name, value)) = inside_one_cell(cell) {
            facts.push(TitleFact { name: name.to_owned(), value: value.to_owned(), cells: (at, at) });
            open = None;
        } else if is_name(cell) {
            open = Some((at, cell.trim_end_matches(BEHIND_NAME).to_owned()));
        } else if let Some((name_at, name)) = open.take() {
            facts.push(TitleFact { name, value: cell.to_owned(), cells: (name_at, at) });
        } else {
            // `Seller | Acme | France`: a name is told on.
            match facts.last_mut().filter(|fact| fact.cells.0 != fact.cells.1) {
                Some(fact) => fact.value = format!("{}, {cell}", fact.value),
                None => return Vec::new(),
            }
        }
    }
    facts
}

/// A name and its value in one cell: `Date: 12 May 2018`.
fn inside_one_cell(cell: &str) -> Option<(&str, &str)> {
    let (name, value) = cell.split_once([':', '：'])?;
    let (name, value) = (name.trim(), value.trim());
    (!name.is_empty() && !value.is_empty() && is_heading(name)).then_some((name, value))
}

/// True for the name of a fact in a cell of its own: `Seller:`, `Buyer`.
fn is_name(cell: &str) -> bool {
    is_heading(cell.trim_end_matches(BEHIND_NAME))
}

/// True for the name of a column in some kind of table.
fn is_heading(name: &str) -> bool {
    name.len() < 60
        && !name.is_empty()
        && (Column::of_path(name).is_ok() || Headings::known().find(name, &TableKind::ALL).is_some())
}

/// The facts of a heading, as `headings.yaml` and the format call them; none of a name that is no heading.
pub(super) fn facts_of(name: &str) -> Vec<String> {
    match Headings::known().find(name, &TableKind::ALL) {
        Some((_, heading)) => heading.fact.clone(),
        None if Column::of_path(name).is_ok() => vec![name.trim().to_lowercase()],
        None => Vec::new(),
    }
}

/// A fact above the rows of a table, with its places.
pub(super) struct PlacedFact {
    pub(super) name: (String, Span),
    pub(super) value: (String, Span),
}

/// The facts of the rows above a header that no column of it tells: no number of a row, and each name once.
pub(super) fn facts_above(
    rows: &[CsvRow],
    text: &str,
    columns: &[&str],
    place: impl Fn(&CsvRow, usize) -> Span,
) -> Vec<PlacedFact> {
    let first_fact = |name: &str| facts_of(name).into_iter().next();
    let mut taken: Vec<String> = columns.iter().filter_map(|name| first_fact(name)).collect();
    let mut facts = Vec::new();
    for row in rows {
        let cells: Vec<_> = row.fields.iter().map(|field| field.text(text)).collect();
        let cells: Vec<&str> = cells.iter().map(|cell| cell.as_ref()).collect();
        for fact in title_facts(&cells) {
            let holds = first_fact(&fact.name).unwrap_or_default();
            let is_again = holds != "notes" && taken.contains(&holds);
            if is_again || matches!(holds.as_str(), "" | "id" | "nothing" | "unread") {
                continue;
            }
            taken.push(holds);
            let (name_at, value_at) = (place(row, fact.cells.0), place(row, fact.cells.1));
            facts.push(PlacedFact { name: (fact.name, name_at), value: (fact.value, value_at) });
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::title_facts;

    fn pairs(cells: &[&str]) -> Vec<(String, String)> {
        title_facts(cells).into_iter().map(|fact| (fact.name, fact.value)).collect()
    }

    #[test]
    fn a_row_of_names_and_values_is_one_of_facts_and_any_other_is_none() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs(&["Seller:", "Acme", "France", ""]), [pair("Seller", "Acme, France")]);
        assert_eq!(pairs(&["Acheteur", "Acme"]), [pair("Acheteur", "Acme")]);
        assert_eq!(pairs(&["Shipper", "Acme", "Consignee", "Sun Ltd"]), [pair("Shipper", "Acme"), pair("Consignee", "Sun Ltd")]);
        assert_eq!(
            pairs(&["Name of ship: SEA FORTUNE", "Flag: Togo", ""]),
            [pair("Name of ship", "SEA FORTUNE"), pair("Flag", "Togo")]
        );
        for cells in
            [&["Seller", "Buyer", "Goods"][..], &["OCEAN STAR AGENCY"], &["2019-03-12", "Acme"], &["Acme", "Seller", "X"], &[]]
        {
            assert!(pairs(cells).is_empty(), "{cells:?}");
        }
    }
}
