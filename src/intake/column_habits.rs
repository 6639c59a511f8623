//! How the dates and numbers of a column are written, as far as some of its rows can be read in one way only.
//!
//! `03/09/2019` may be two days; beside `25/09/2019` in the same column it is one. `18.000` may be two numbers; beside `1.250,50` it is one.
//! A column in which rows show both ways has no habit. Only the first part of a long table is looked through, so that each part of it
//! is read alike.

use crate::document::{CsvDialect, CsvRows};

use super::DateOrder;

/// The mark before the decimals of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalMark {
    Dot,
    Comma,
}

/// The habits of the columns of a table, by their position.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnHabits {
    dates: Vec<Evidence>,
    numbers: Vec<Evidence>,
}

/// The cells of a column that decide between two ways of writing, the first of each, and whether one leaves it open.
#[derive(Debug, Clone, Default)]
struct Evidence {
    /// For the day first, for the dot before decimals.
    first: Option<String>,
    /// For the month first, for the comma before decimals.
    second: Option<String>,
    is_open: bool,
}

/// What a cell says of the way in which its column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    First,
    Second,
    Open,
}

impl Evidence {
    fn add(&mut self, sign: Option<Sign>, cell: &str) {
        match sign {
            Some(Sign::First) => self.first = self.first.take().or_else(|| Some(cell.to_owned())),
            Some(Sign::Second) => self.second = self.second.take().or_else(|| Some(cell.to_owned())),
            Some(Sign::Open) => self.is_open = true,
            None => {}
        }
    }

    /// True for the first way, false for the second; with a cell that shows it.
    fn decided(&self) -> Option<(bool, &str)> {
        match (&self.first, &self.second) {
            (Some(cell), None) if self.is_open => Some((true, cell)),
            (None, Some(cell)) if self.is_open => Some((false, cell)),
            _ => None,
        }
    }
}

impl ColumnHabits {
    /// The habits of a table that begins with some rows above its data.
    pub(super) fn read(bytes: &[u8], dialect: CsvDialect, rows_above: usize) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut habits = Self::default();
        for row in CsvRows::new(text.as_bytes(), dialect.preamble, dialect).skip(rows_above) {
            let count = row.fields.len().min(dialect.columns);
            if habits.dates.len() < count {
                habits.dates.resize_with(count, Evidence::default);
                habits.numbers.resize_with(count, Evidence::default);
            }
            let slots = habits.dates.iter_mut().zip(&mut habits.numbers);
            for (field, (date, number)) in row.fields.iter().zip(slots) {
                let cell = field.text(&text);
                let cell = cell.trim();
                if !cell.bytes().any(|b| b.is_ascii_digit()) {
                    continue;
                }
                match sign_of_date(cell) {
                    None => number.add(sign_of_number(cell), cell),
                    sign => date.add(sign, cell),
                }
            }
        }
        habits
    }

    /// The order of day and month that the rows of a column show.
    pub(super) fn date_order(&self, column: usize) -> Option<DateOrder> {
        let (is_first, _) = self.dates.get(column)?.decided()?;
        Some(if is_first { DateOrder::DayFirst } else { DateOrder::MonthFirst })
    }

    /// The mark before decimals that the rows of a column show.
    pub(super) fn decimal_mark(&self, column: usize) -> Option<DecimalMark> {
        let (is_first, _) = self.numbers.get(column)?.decided()?;
        Some(if is_first { DecimalMark::Dot } else { DecimalMark::Comma })
    }

    /// The cell that shows the order of a column's dates, or the mark of its numbers.
    pub(super) fn shown_by(&self, column: usize, is_date: bool) -> Option<&str> {
        let evidence = if is_date { &self.dates } else { &self.numbers };
        Some(evidence.get(column)?.decided()?.1)
    }
}

/// What a date of three numbers says of the order of day and month. Dots stand behind the day.
fn sign_of_date(cell: &str) -> Option<Sign> {
    let date = cell.split([' ', 'T']).next()?;
    let mark = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = date.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some()
        || !is_short(first)
        || !is_short(second)
        || year.len() != 4
        || !year.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let (first, second): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    match (first > 12, second > 12) {
        (true, false) => Some(Sign::First),
        (false, true) => Some(Sign::Second),
        (false, false) if mark == '.' => Some(Sign::First),
        (false, false) => Some(Sign::Open),
        (true, true) => None,
    }
}

/// What the first number of a cell says of the mark before decimals.
fn sign_of_number(cell: &str) -> Option<Sign> {
    let run = number_run(cell)?.1;
    let (dots, commas) = (run.matches('.').count(), run.matches(',').count());
    let of_one = |mark: char, count: usize, decimals: Sign, groups: Sign| {
        let (whole, rest) = run.split_once(mark)?;
        match count {
            1 if rest.len() != 3 && !rest.is_empty() => Some(decimals),
            1 if rest.is_empty() => None,
            1 if whole.len() > 3 || whole.starts_with('0') => Some(decimals),
            1 => Some(Sign::Open),
            _ => is_grouped(run, mark).then_some(groups),
        }
    };
    match (dots, commas) {
        (0, 0) => None,
        (_, 0) => of_one('.', dots, Sign::First, Sign::Second),
        (0, _) => of_one(',', commas, Sign::Second, Sign::First),
        (1, _) if run.rfind('.') > run.rfind(',') => {
            run.split('.').next().filter(|whole| is_grouped(whole, ',')).map(|_| Sign::First)
        }
        (_, 1) if run.rfind(',') > run.rfind('.') => {
            run.split(',').next().filter(|whole| is_grouped(whole, '.')).map(|_| Sign::Second)
        }
        _ => None,
    }
}

/// The digits, dots and commas of the first number of a text, with what stands before them.
fn number_run(text: &str) -> Option<(&str, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    Some((before, rest.get(..end)?.trim_end_matches(['.', ','])))
}

/// True for groups of three digits with a mark between them: `1.250.000`.
fn is_grouped(number: &str, mark: char) -> bool {
    let mut groups = number.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

impl DecimalMark {
    /// The mark as people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Dot => "a dot",
            Self::Comma => "a comma",
        }
    }

    /// A text whose numbers have no marks between groups, and a dot before decimals, in a way that can be read once only.
    pub(super) fn with_decimal_point(self, text: &str) -> String {
        let (mark, group) = if self == Self::Dot { ('.', ',') } else { (',', '.') };
        let mut result = String::with_capacity(text.len() + 1);
        let mut rest = text;
        while let Some((before, run)) = number_run(rest) {
            result.push_str(before);
            let (whole, decimals) = run.split_once(mark).map_or((run, None), |(whole, decimals)| (whole, Some(decimals)));
            let is_so = is_grouped(whole, group) || whole.bytes().all(|b| b.is_ascii_digit());
            if is_so && decimals.is_none_or(|decimals| decimals.bytes().all(|b| b.is_ascii_digit())) {
                result.extend(whole.chars().filter(|c| *c != group));
                if let Some(decimals) = decimals {
                    result.push('.');
                    result.push_str(decimals);
                    // Three decimals could be a group.
                    result.push_str(if decimals.len() == 3 { "0" } else { "" });
                }
            } else {
                result.push_str(run);
            }
            rest = rest.get(before.len() + run.len()..).unwrap_or_default();
        }
        result + rest
    }
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, Sign, sign_of_date, sign_of_number};

    #[test]
    fn a_cell_decides_where_it_can_be_read_in_one_way_only() {
        for (cell, sign) in [
            ("25/09/2019", Some(Sign::First)),
            ("09/25/2019 10:30", Some(Sign::Second)),
            ("03/09/2019", Some(Sign::Open)),
            ("03.09.2019", Some(Sign::First)),
            ("25/09/19", None),
            ("2019-09-25", None),
            ("25/25/2019", None),
        ] {
            assert_eq!(sign_of_date(cell), sign, "{cell}");
        }
        for (cell, sign) in [
            ("18.000", Some(Sign::Open)),
            ("18,000 t", Some(Sign::Open)),
            ("1.250,50", Some(Sign::Second)),
            ("1,250.50 USD", Some(Sign::First)),
            ("about 12.5 t", Some(Sign::First)),
            ("12,25", Some(Sign::Second)),
            ("0.750", Some(Sign::First)),
            ("1.250.000", Some(Sign::Second)),
            ("1,250,000", Some(Sign::First)),
            ("1.2.3", None),
            ("1,250,5", None),
            ("400", None),
        ] {
            assert_eq!(sign_of_number(cell), sign, "{cell}");
        }
    }

    #[test]
    fn numbers_are_rewritten_so_that_they_are_read_once() {
        for (text, dot, comma) in [
            ("18.000 t", "18.0000 t", "18000 t"),
            ("1,234", "1234", "1.2340"),
            ("1.250,50", "1.250,50", "1250.50"),
            ("about 18.000-20.000 t", "about 18.0000-20.0000 t", "about 18000-20000 t"),
            ("7 t.", "7 t.", "7 t."),
        ] {
            assert_eq!(DecimalMark::Dot.with_decimal_point(text), dot, "{text}");
            assert_eq!(DecimalMark::Comma.with_decimal_point(text), comma, "{text}");
        }
    }
}
