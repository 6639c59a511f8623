//! The reader of a list of one's own: a CSV table with one row a name.
//!
//! Columns `name` and `reference` are required; `kind` (`person`, `entity`, `vessel`; `entity` if empty), `country`, `list`,
//! `listed_on`, `delisted_on`, `quality` (`primary`, `good`, `low`, `former`), `born` (`YYYY-MM-DD`, `YYYY` or `YYYY/YYYY`),
//! `gender`, `measures` (those that this listing brings, separated by `;`), `imo`, `bic`, `document` and `comments` may follow in any order. Rows with the same reference number are one entry:
//! the first row gives its primary name, later rows its aliases. An unknown column is a mistake, since a misspelt one would lose data.

use chrono::NaiveDate;
use csv::StringRecord;

use super::ListError;
use super::entry::{Alias, AliasQuality, BirthDate, Document, Entry, EntryKind, List, Publisher};
use super::un_xml::{day, digest};

const COLUMNS: &[&str] = &[
    "name",
    "kind",
    "country",
    "reference",
    "list",
    "listed_on",
    "delisted_on",
    "measures",
    "quality",
    "born",
    "gender",
    "imo",
    "bic",
    "document",
    "comments",
];

/// Reads a table of entries.
///
/// # Errors
///
/// If a column is unknown or missing, a row has no name or reference number, or a value has none of the forms above.
pub fn read(text: &str) -> Result<List, ListError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| ListError::Row { line: 1, message: error.to_string() })?.clone();
    let mut columns = Vec::new();
    for name in &header {
        let name = name.to_lowercase();
        match COLUMNS.iter().position(|known| *known == name) {
            Some(column) => columns.push(column),
            None => {
                return Err(ListError::Row {
                    line: 1,
                    message: format!("unknown column `{name}`; known are {}", COLUMNS.join(", ")),
                });
            }
        }
    }
    for required in ["name", "reference"] {
        if !header.iter().any(|name| name.eq_ignore_ascii_case(required)) {
            return Err(ListError::Row { line: 1, message: format!("the column `{required}` is missing") });
        }
    }
    let mut list = List {
        publisher: Publisher::Own,
        generated: None,
        generated_text: None,
        digest: digest(text),
        entries: Vec::new(),
        supplements: Vec::new(),
    };
    let mut by_reference: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| ListError::Row {
            line: error.position().map_or(0, csv::Position::line),
            message: "this row is not valid CSV".to_owned(),
        })?;
        let row = Row { line: record.position().map_or(0, csv::Position::line), columns: &columns, record: &record };
        let reference = row.get("reference").ok_or_else(|| row.wrong("it has no reference".to_owned()))?;
        match by_reference.get(reference).and_then(|&at| list.entries.get_mut(at)) {
            Some(entry) => row.add_to(entry)?,
            None => {
                by_reference.insert(reference.to_owned(), list.entries.len());
                list.entries.push(row.entry(reference)?);
            }
        }
    }
    Ok(list)
}

/// One row with the meaning of its columns.
struct Row<'r> {
    line: u64,
    columns: &'r [usize],
    record: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// The value in a column, if it is not blank.
    fn get(&self, name: &str) -> Option<&'r str> {
        let wanted = COLUMNS.iter().position(|column| *column == name)?;
        let at = self.columns.iter().position(|column| *column == wanted)?;
        self.record.get(at).filter(|value| !value.is_empty())
    }

    fn wrong(&self, message: String) -> ListError {
        ListError::Row { line: self.line, message }
    }

    fn date(&self, column: &str) -> Result<Option<NaiveDate>, ListError> {
        let Some(written) = self.get(column) else { return Ok(None) };
        day(written).map(Some).ok_or_else(|| self.wrong(format!("`{written}` is no date for `{column}`; expected YYYY-MM-DD")))
    }

    fn measures(&self) -> Vec<String> {
        let written = self.get("measures").unwrap_or_default().split(';').map(str::trim);
        written.filter(|measure| !measure.is_empty()).map(str::to_owned).collect()
    }

    fn name(&self) -> Result<&'r str, ListError> {
        self.get("name").ok_or_else(|| self.wrong("it has no name".to_owned()))
    }

    fn entry(&self, reference: &str) -> Result<Entry, ListError> {
        let kind = match self.get("kind").map(str::to_lowercase).as_deref() {
            None | Some("entity" | "company" | "organisation" | "organization") => EntryKind::Entity,
            Some("person" | "individual") => EntryKind::Person,
            Some("vessel" | "ship") => EntryKind::Vessel,
            Some(other) => return Err(self.wrong(format!("`{other}` is no kind; expected person, entity or vessel"))),
        };
        let mut entry = Entry {
            reference: reference.to_owned(),
            data_id: None,
            version: None,
            kind,
            list_type: self.get("list").unwrap_or_default().to_owned(),
            list_category: Vec::new(),
            name_parts: vec![self.name()?.to_owned()],
            original_script: None,
            aliases: Vec::new(),
            listed_on: self.date("listed_on")?,
            listed_on_text: None,
            delisted_on: self.date("delisted_on")?,
            measures: self.measures(),
            updated: Vec::new(),
            titles: Vec::new(),
            designations: Vec::new(),
            nationalities: Vec::new(),
            gender: self.get("gender").map(str::to_owned),
            submitted_by: None,
            submitted_on: None,
            births: Vec::new(),
            birth_places: Vec::new(),
            documents: Vec::new(),
            addresses: Vec::new(),
            comments: self.get("comments").map(str::to_owned),
            other: Vec::new(),
        };
        self.add_facts(&mut entry)?;
        Ok(entry)
    }

    /// Adds a further row of the same entry: an alias, and whatever else it tells.
    fn add_to(&self, entry: &mut Entry) -> Result<(), ListError> {
        let quality_text = self.get("quality").map(str::to_owned);
        let quality = match quality_text.as_deref().map(str::to_lowercase).as_deref() {
            None | Some("primary" | "good") => AliasQuality::Good,
            Some("low") => AliasQuality::Low,
            Some("former") => AliasQuality::Former,
            Some(other) => return Err(self.wrong(format!("`{other}` is no quality; expected primary, good, low or former"))),
        };
        let name = self.name()?.to_owned();
        entry.aliases.push(Alias { name, quality, quality_text, birth: None, birth_city: None, birth_country: None, note: None });
        self.add_facts(entry)
    }

    fn add_facts(&self, entry: &mut Entry) -> Result<(), ListError> {
        if let Some(country) = self.get("country").filter(|country| !entry.nationalities.iter().any(|known| known == country)) {
            entry.nationalities.push(country.to_owned());
        }
        for (column, kind) in [("imo", "IMO"), ("bic", "BIC"), ("document", "Document")] {
            if let Some(number) = self.get(column) {
                entry.documents.push(Document {
                    kind: Some(kind.to_owned()),
                    kind2: None,
                    number: Some(number.to_owned()),
                    country: None,
                    issued_on: None,
                    issued_in_city: None,
                    issued_in_country: None,
                    note: None,
                });
            }
        }
        if let Some(born) = self.get("born") {
            let birth = born_on(born)
                .ok_or_else(|| self.wrong(format!("`{born}` is no date of birth; expected YYYY-MM-DD, YYYY or YYYY/YYYY")))?;
            entry.births.push(birth);
        }
        Ok(())
    }
}

fn born_on(text: &str) -> Option<BirthDate> {
    let year = |text: &str| text.parse::<i32>().ok().filter(|year| text.len() == 4 && *year >= 1000);
    let empty = BirthDate { form: None, day: None, day_text: None, year: None, from_year: None, to_year: None, note: None };
    if let Some(year) = year(text) {
        return Some(BirthDate { year: Some(year), ..empty });
    }
    if let Some((from, to)) = text.split_once('/') {
        return Some(BirthDate { from_year: Some(year(from)?), to_year: Some(year(to)?), ..empty });
    }
    Some(BirthDate { day: Some(day(text)?), ..empty })
}
