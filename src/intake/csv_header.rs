//! The header of a table: what its columns hold, each read in the light of the others.

use crate::document::{Code, Diagnostic, Diagnostics, Span};
use crate::facts::{Scheme, WrittenDate};
use crate::rulebook::Vocabulary;

use super::column_habits::ColumnHabits;
use super::columns_beside::{country_across_the_border, parts_beside_a_record, parts_beside_whose_they_are};
use super::csv_columns::{Column, ColumnReading, ColumnRecord, Target, is_near_a_fact, unknown};
use super::headings::TableKind;
use super::table_kind::{activity, kinds};

/// What is done with the cells of a column.
#[derive(Debug)]
pub(super) enum ColumnUse {
    /// They are read.
    Read(ReadColumn),
    /// They are left out, since the header's mistake is reported.
    Skipped,
    /// They are left out, since the column is no fact; so it is called in reports.
    NotRead(String),
    /// They must be empty, since the header does not name them.
    Unnamed,
}

/// A column that is read.
#[derive(Debug)]
pub(super) struct ReadColumn {
    /// Its name in the table.
    pub(super) name: String,
    /// What its cells hold: the first that is free and can hold the cell.
    pub(super) targets: Vec<Target>,
    /// The unit of its numbers, if the header names one.
    pub(super) unit: Option<String>,
    /// Of two columns for one fact the one of lesser rank is read: 0 for the path of a fact.
    rank: usize,
}

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) columns: Vec<ColumnUse>,
    /// The columns by rank, in which order the cells of a row are read.
    pub(super) order: Vec<usize>,
    /// What is done in each row, where no column says it and the headings do.
    pub(super) activity: Option<&'static str>,
    /// True if each row is about one who works.
    pub(super) is_of_people: bool,
    /// True if ports where goods are loaded and discharged tell between which places they go.
    pub(super) ports_are_sides: bool,
}

impl ReadColumn {
    /// True if its heading is no path of a fact, and was read by what it means.
    pub(super) fn is_by_meaning(&self) -> bool {
        self.rank > 0
    }

    /// True if the cells decide what the column holds.
    pub(super) fn is_of_several(&self) -> bool {
        self.targets.len() > 1 && self.targets.contains(&Target::Unread)
    }

    fn first_fact(&self) -> Option<&Column> {
        self.targets.iter().find_map(|target| match target {
            Target::Fact(column) => Some(column),
            _ => None,
        })
    }

    /// The targets as messages name them.
    fn described(&self, at: usize) -> String {
        let named = match self.is_of_several() {
            true => self.targets.iter().filter(|target| **target != Target::Unread).map(Target::name).collect::<Vec<_>>(),
            false => self.targets.get(at).map(Target::name).into_iter().collect(),
        };
        named.join("` or `")
    }
}

/// The columns of a header that are read, as a share of all: a row with fewer is no header.
pub(super) fn is_header(names: &[&str], vocabulary: &Vocabulary) -> bool {
    const MOST: usize = 64;
    let named: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).take(MOST).collect();
    let is_known = |name: &str| ColumnReading::of(name, &[], vocabulary).is_known() || is_near_a_fact(name);
    // `id` is a column, and the code of a country.
    let (known, others): (Vec<&str>, Vec<&str>) = named.iter().copied().partition(|name| is_known(name));
    let has_data = || others.iter().any(|name| is_data(name, vocabulary));
    let is_of_cells = known.is_empty() || known.len() * 4 <= named.len() && has_data();
    named.is_empty() || !is_of_cells
}

/// True for a cell that names no column: a date, a number, a State.
fn is_data(cell: &str, vocabulary: &Vocabulary) -> bool {
    WrittenDate::read(cell).is_ok()
        || cell.starts_with(|c: char| c.is_ascii_digit())
        || vocabulary.find(&[Scheme::Country], cell).is_some()
}

impl Header {
    /// Reads the names of the columns, each with its place. `None` for one that holds no name.
    pub(super) fn read(names: &[(&str, Span)], vocabulary: &Vocabulary, problems: &mut Diagnostics) -> Self {
        let kinds = kinds(names, vocabulary);
        let mut readings: Vec<ColumnReading> =
            names.iter().map(|(name, _)| ColumnReading::of(name, &kinds, vocabulary)).collect();
        parts_beside_a_record(&mut readings, names);
        parts_beside_whose_they_are(&mut readings, names);
        country_across_the_border(&mut readings, names);
        let mut header = Self { activity: activity(&readings, &kinds), ..Self::default() };
        header.ports_are_sides = kinds.contains(&TableKind::Shipping);
        header.is_of_people = kinds.contains(&TableKind::People);
        for ((name, span), reading) in names.iter().zip(readings) {
            let name = name.trim();
            header.columns.push(match reading {
                _ if name.is_empty() => ColumnUse::Unnamed,
                ColumnReading::Exact(column) => ColumnUse::Read(ReadColumn {
                    name: name.to_owned(),
                    targets: vec![Target::Fact(column)],
                    unit: None,
                    rank: 0,
                }),
                ColumnReading::Meant { targets, help, .. } if targets == [Target::Unread] => {
                    let message = format!("the column `{name}` may mean several things, and its cells were not read");
                    let column = format!("column `{name}`");
                    let problem = Diagnostic::new(Code::KeyNotRead, *span, message).unread(column.clone());
                    problems.push(problem.maybe_help(help.map(str::to_owned)));
                    ColumnUse::NotRead(column)
                }
                ColumnReading::Meant { targets, rank, unit, .. } => {
                    ColumnUse::Read(ReadColumn { name: name.to_owned(), targets, unit, rank: rank + 1 })
                }
                ColumnReading::NoParts(word) => {
                    let message = format!("`{word}` has no parts that a dot could reach");
                    problems.push(Diagnostic::new(Code::ColumnPath, *span, message).help("leave out what stands behind it"));
                    ColumnUse::Skipped
                }
                ColumnReading::Unknown => {
                    let problem = unknown(name, *span);
                    let unread = problem.unread.clone();
                    problems.push(problem);
                    unread.map_or(ColumnUse::Skipped, ColumnUse::NotRead)
                }
            });
        }
        let mut order: Vec<(usize, usize)> = header.read_columns().map(|(at, column)| (column.rank, at)).collect();
        order.sort_unstable();
        header.order = order.into_iter().map(|(_, at)| at).collect();
        header.report(names, problems);
        header
    }

    fn read_columns(&self) -> impl Iterator<Item = (usize, &ReadColumn)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| match column {
            ColumnUse::Read(column) => Some((at, column)),
            _ => None,
        })
    }

    /// True if a column tells the country or place of a side.
    pub(super) fn tells_side(&self, side: &str) -> bool {
        let is_of = |target: &Target| match target {
            Target::Where(of) | Target::Abroad(of) => *of == side,
            Target::Fact(column) => {
                let mut keys = column.path.iter().map(|segment| segment.key);
                keys.next() == Some(side) && keys.next().is_none_or(|key| matches!(key, "country" | "place"))
            }
            _ => false,
        };
        self.read_columns().any(|(_, column)| column.targets.first().is_some_and(is_of))
    }

    /// True if a column is about the source of its row.
    pub(super) fn names_sources(&self) -> bool {
        let of_source = |column: &Column| column.of == ColumnRecord::Source;
        self.read_columns().any(|(_, column)| column.first_fact().is_some_and(of_source))
    }

    /// Says which columns are read by what they mean, and leaves out those that say again what others say.
    fn report(&mut self, names: &[(&str, Span)], problems: &mut Diagnostics) {
        let mut taken: Vec<(Column, usize)> = Vec::new();
        let mut meant: Vec<(usize, String)> = Vec::new();
        let mut again: Vec<(usize, usize)> = Vec::new();
        let mut asides = Vec::new();
        for at in self.order.clone() {
            let Some(ColumnUse::Read(column)) = self.columns.get(at) else { continue };
            let is_taken = |target: &Target| match target {
                Target::Fact(column) => taken.iter().find(|(other, _)| other.overlaps(column)).map(|(_, by)| *by),
                _ => None,
            };
            let by = column.targets.first().and_then(is_taken);
            match column.targets.iter().position(|target| is_taken(target).is_none()) {
                None => again.push((at, by.unwrap_or(at))),
                Some(free) => {
                    match column.targets.get(free) {
                        Some(Target::Nothing) => asides.push(at),
                        Some(Target::Fact(fact)) if !column.is_of_several() => taken.push((fact.clone(), at)),
                        _ => {}
                    }
                    let described = column.described(free);
                    let is_said = column.name.eq_ignore_ascii_case(&described);
                    if column.rank > 0 && !is_said && !matches!(column.targets.get(free), Some(Target::Nothing)) {
                        meant.push((at, described));
                    }
                }
            }
        }
        for (at, by) in again {
            let (Some((name, span)), Some((earlier, _))) = (names.get(at), names.get(by)) else { continue };
            let is_exact = matches!(self.columns.get(at), Some(ColumnUse::Read(column)) if column.rank == 0);
            let column = format!("column `{}`", name.trim());
            problems.push(if is_exact {
                let message = format!("the column `{name}` says again what `{earlier}` says");
                Diagnostic::new(Code::RepeatedColumn, *span, message).help("keep one of the two; this one was not read")
            } else {
                let message =
                    format!("the column `{name}` seems to say again what `{earlier}` says, and its cells were not read");
                let problem = Diagnostic::new(Code::KeyNotRead, *span, message).unread(column.clone());
                problem.help("name it by the fact that it holds, if it is another")
            });
            if let Some(there) = self.columns.get_mut(at) {
                *there = if is_exact { ColumnUse::Skipped } else { ColumnUse::NotRead(column) };
            }
        }
        self.report_meant(names, &meant, problems);
        if let Some((name, span)) = asides.first().and_then(|at| names.get(*at)) {
            let named: Vec<String> = asides.iter().filter_map(|at| Some(format!("`{}`", names.get(*at)?.0.trim()))).collect();
            let message = match named.as_slice() {
                [_] => format!("the column `{name}` is left out: it bears on no rule"),
                _ => format!("the columns {} are left out: they bear on no rule", named.join(", ")),
            };
            problems.push(
                Diagnostic::new(Code::NearKey, *span, message).help("name a column by the fact that it holds, if it holds one"),
            );
        }
        if let (Some(activity), Some((_, span))) = (self.activity, names.first()) {
            let message = format!("no column says what is done; by its headings each row is read as `{activity}`");
            let help =
                "add a column `activity`, with what is done in each row, if it is another: `sale`, `gift`, `lease`, `transport`";
            problems.push(Diagnostic::new(Code::NearKey, *span, message).help(help));
        }
    }

    /// Says of which columns the dates or numbers are read as some of their rows show.
    pub(super) fn report_habits(
        &self,
        names: &[(&str, Span)],
        habits: &ColumnHabits,
        has_declared_dates: bool,
        problems: &mut Diagnostics,
    ) {
        for (at, column) in self.read_columns() {
            let Some((name, span)) = names.get(at) else { continue };
            let is_date = column.targets.iter().any(Target::is_date);
            let is_number = column.targets.iter().any(Target::is_number);
            let message = match (habits.date_order(at), habits.decimal_mark(at)) {
                (Some(order), _) if is_date && !has_declared_dates => {
                    let shown = habits.shown_by(at, true).unwrap_or_default();
                    format!("the dates of the column `{name}` are read as {}, since `{shown}` is none otherwise", order.as_str())
                }
                (_, Some(mark)) if is_number => {
                    let shown = habits.shown_by(at, false).unwrap_or_default();
                    format!(
                        "the numbers of the column `{name}` are read with {} before decimals, since `{shown}` is",
                        mark.name()
                    )
                }
                _ => continue,
            };
            let help = "write 2019-09-03 and 18000 for what is meant otherwise; of dates `--csv-dates` says it for the run";
            problems.push(Diagnostic::new(Code::NearKey, *span, message).help(help));
        }
    }

    /// One warning for each of a few columns, and one for many.
    fn report_meant(&self, names: &[(&str, Span)], meant: &[(usize, String)], problems: &mut Diagnostics) {
        const FEW: usize = 3;
        let with_unit = |at: usize, fact: &str| match self.columns.get(at) {
            Some(ColumnUse::Read(ReadColumn { unit: Some(unit), .. })) if unit != "mass" => {
                format!("write `{fact}`, and the unit in each cell: `12 {unit}`")
            }
            _ => format!("write `{fact}`"),
        };
        if meant.len() <= FEW {
            for (at, fact) in meant {
                let Some((name, span)) = names.get(*at) else { continue };
                let message = format!("read the column `{name}`, which is no fact, by what it means");
                problems.push(Diagnostic::new(Code::NearKey, *span, message).help(with_unit(*at, fact)));
            }
            return;
        }
        let mut sorted: Vec<&(usize, String)> = meant.iter().collect();
        sorted.sort_unstable_by_key(|(at, _)| *at);
        let Some((_, span)) = sorted.first().and_then(|(at, _)| names.get(*at)) else { return };
        let read: Vec<String> =
            sorted.iter().filter_map(|(at, fact)| Some(format!("`{}` as `{fact}`", names.get(*at)?.0.trim()))).collect();
        let message = format!("read {} columns by what their headings mean: {}", read.len(), read.join(", "));
        let help = "where one is meant otherwise, name it by the fact that it holds (docs/facts.md)";
        problems.push(Diagnostic::new(Code::NearKey, *span, message).help(help));
    }
}
