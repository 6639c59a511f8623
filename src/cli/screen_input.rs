//! The names that `interdict screen` reads: lines, CSV, NDJSON, and pairs.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use crate::lists::EntryKind;
use crate::screening::{Query, is_bare};

use super::screen::NamePair;

/// How a file of names is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputForm {
    Lines,
    Csv,
    Ndjson,
}

impl InputForm {
    /// The form of a file by its ending, of standard input by its first character.
    pub fn of(file: &Path, text: &str) -> InputForm {
        match file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
            Some("csv") => InputForm::Csv,
            Some("ndjson" | "jsonl") => InputForm::Ndjson,
            _ if file.as_os_str() == "-" && text.trim_start().starts_with('{') => InputForm::Ndjson,
            _ => InputForm::Lines,
        }
    }
}

const FIELDS: &[&str] =
    &["name", "kind", "born", "country", "gender", "id", "passport", "document", "imo", "bic", "reference", "on"];

/// Reads names. An error says what is wrong, with the line.
pub(super) fn queries(text: &str, form: InputForm) -> Result<Vec<Query>, String> {
    let text = text.trim_start_matches('\u{feff}');
    match form {
        InputForm::Lines => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            Ok(lines.map(|name| Query { name: name.to_owned(), ..Query::default() }).collect())
        }
        InputForm::Csv => from_csv(text),
        InputForm::Ndjson => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(at, line)| from_json(line).map_err(|message| format!("line {}: {message}", at + 1))).collect()
        }
    }
}

fn from_csv(text: &str) -> Result<Vec<Query>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut columns = Vec::new();
    for column in &header {
        let known = FIELDS.iter().find(|field| column.eq_ignore_ascii_case(field));
        columns.push(*known.ok_or_else(|| format!("line 1: unknown column `{column}`; known are {}", FIELDS.join(", ")))?);
    }
    if !columns.contains(&"name") {
        return Err("line 1: the column `name` is missing".to_owned());
    }
    let mut queries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let mut query = Query::default();
        for (field, value) in columns.iter().zip(&row).filter(|(_, value)| !value.is_empty()) {
            set(&mut query, field, value).map_err(|message| format!("line {line}: {message}"))?;
        }
        if query.name.is_empty() {
            return Err(format!("line {line}: it has no name"));
        }
        queries.push(query);
    }
    Ok(queries)
}

fn from_json(line: &str) -> Result<Query, String> {
    let Value::Object(fields) = serde_json::from_str(line).map_err(|error| error.to_string())? else {
        return Err("it is no JSON object".to_owned());
    };
    let mut query = Query::default();
    for (field, value) in &fields {
        let field = FIELDS
            .iter()
            .find(|known| *known == field)
            .ok_or_else(|| format!("unknown key `{field}`; known are {}", FIELDS.join(", ")))?;
        let values = match value {
            Value::Array(values) => values.as_slice(),
            Value::Null => &[],
            value => std::slice::from_ref(value),
        };
        for value in values {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => return Err(format!("`{field}` is neither text nor number")),
            };
            set(&mut query, field, &text)?;
        }
    }
    if query.name.is_empty() { Err("it has no name".to_owned()) } else { Ok(query) }
}

fn set(query: &mut Query, field: &str, value: &str) -> Result<(), String> {
    match field {
        "name" => query.name = value.to_owned(),
        "kind" => query.kind = Some(kind(value)?),
        "born" => {
            query.born =
                Some(born(value).ok_or_else(|| format!("`{value}` is no date of birth; expected YYYY-MM-DD, YYYY-MM or YYYY"))?)
        }
        "country" => query.countries.push(value.to_owned()),
        "gender" => query.gender = Some(value.to_owned()),
        "id" => {
            // Digits alone may count the rows of a table.
            let (bare, told): (Vec<&str>, Vec<&str>) = value.split(';').map(str::trim).partition(|id| is_bare(id));
            query.numbers.extend(bare.into_iter().map(str::to_owned));
            query.identifiers.extend(told.into_iter().map(str::to_owned));
        }
        "passport" | "document" | "imo" | "bic" | "reference" => {
            query.identifiers.extend(value.split(';').map(|id| id.trim().to_owned()))
        }
        _ => query.on = Some(value.parse().map_err(|_| format!("`{value}` is no date; expected YYYY-MM-DD"))?),
    }
    Ok(())
}

fn kind(word: &str) -> Result<EntryKind, String> {
    match word.to_lowercase().as_str() {
        "person" | "individual" => Ok(EntryKind::Person),
        "entity" | "company" | "organisation" | "organization" => Ok(EntryKind::Entity),
        "vessel" | "ship" => Ok(EntryKind::Vessel),
        _ => Err(format!("`{word}` is no kind; expected person, entity or vessel")),
    }
}

/// The first and last day of a day, month or year.
fn born(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let shape = text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    match text.len() {
        10 if shape => text.parse().ok().map(|day| (day, day)),
        7 if shape => {
            let first: NaiveDate = format!("{text}-01").parse().ok()?;
            Some((first, first.checked_add_months(chrono::Months::new(1))?.pred_opt()?))
        }
        4 if shape => {
            let year = text.parse().ok()?;
            Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
        }
        _ => None,
    }
}

/// Reads pairs of names: CSV with columns left, right and kind; further columns are not looked at.
pub(super) fn pairs(text: &str) -> Result<Vec<NamePair>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|column| column.trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("line 1: the column `{name}` is missing"))
    };
    let (left, right, of) = (column("left")?, column("right")?, column("kind")?);
    let mut pairs = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let kind = kind(cell(of).trim()).map_err(|message| format!("line {line}: {message}"))?;
        pairs.push(NamePair { left: cell(left).to_owned(), right: cell(right).to_owned(), kind });
    }
    Ok(pairs)
}
