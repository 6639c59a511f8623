//! What the two forms of the OFAC SDN list have in common: reference numbers, kinds, dates of birth, empty entries.
//!
//! The Specially Designated Nationals list of the Office of Foreign Assets Control is a measure of the United States; who stands on
//! it is on no list of the United Nations by that.

use chrono::NaiveDate;

use super::entry::{Alias, AliasQuality, BirthDate, Document, Entry, EntryKind};

/// The reference number of an entry: the list has numbers alone.
pub(super) fn reference(number: &str) -> String {
    format!("OFAC-{number}")
}

/// The kind of an entry; an aircraft is kept among the bodies.
pub(super) fn kind(written: &str) -> EntryKind {
    match written.to_ascii_lowercase().as_str() {
        "individual" => EntryKind::Person,
        "vessel" => EntryKind::Vessel,
        _ => EntryKind::Entity,
    }
}

/// An entry that has nothing but its name.
pub(super) fn entry(number: &str, kind: EntryKind, name_parts: Vec<String>, programs: &[String]) -> Entry {
    Entry {
        reference: reference(number),
        data_id: None,
        version: None,
        kind,
        list_type: format!("SDN {}", programs.join(" ")).trim_end().to_owned(),
        list_category: programs.to_vec(),
        name_parts,
        original_script: None,
        aliases: Vec::new(),
        listed_on: None,
        listed_on_text: None,
        delisted_on: None,
        measures: Vec::new(),
        updated: Vec::new(),
        titles: Vec::new(),
        designations: Vec::new(),
        nationalities: Vec::new(),
        gender: None,
        submitted_by: None,
        submitted_on: None,
        births: Vec::new(),
        birth_places: Vec::new(),
        documents: Vec::new(),
        addresses: Vec::new(),
        comments: None,
        other: Vec::new(),
    }
}

/// Another name: of type `a.k.a.`, `f.k.a.` or `n.k.a.`, and strong or weak.
pub(super) fn alias(name: String, written_type: &str, is_weak: bool) -> Alias {
    let quality = match (is_weak, written_type.starts_with('f')) {
        (true, _) => AliasQuality::Low,
        (false, true) => AliasQuality::Former,
        (false, false) => AliasQuality::Good,
    };
    let quality_text = if is_weak { format!("{written_type}, weak") } else { written_type.to_owned() };
    Alias { name, quality, quality_text: Some(quality_text), birth: None, birth_city: None, birth_country: None, note: None }
}

/// A document or other number.
pub(super) fn document(kind: &str, number: &str, country: Option<String>) -> Document {
    Document {
        kind: Some(kind.to_owned()),
        kind2: None,
        number: Some(number.to_owned()),
        country,
        issued_on: None,
        issued_in_city: None,
        issued_in_country: None,
        note: None,
    }
}

/// A date of birth: `29 Jan 1962`, `Jan 1962`, `1962`, `circa 1962`, `1960 to 1962`.
pub(super) fn birth(written: &str) -> BirthDate {
    let written = written.trim();
    let (form, rest) = match written.strip_prefix("circa ") {
        Some(rest) => ("APPROXIMATELY", rest),
        None if written.contains(" to ") => ("BETWEEN", written),
        None => ("EXACT", written),
    };
    let year = |text: &str| {
        text.split_whitespace().last().and_then(|year| year.parse::<i32>().ok()).filter(|year| (1000..=9999).contains(year))
    };
    let mut date = BirthDate {
        form: Some(form.to_owned()),
        day: None,
        day_text: None,
        year: None,
        from_year: None,
        to_year: None,
        note: None,
    };
    match rest.split_once(" to ") {
        Some((from, to)) => (date.from_year, date.to_year) = (year(from), year(to)),
        None => match NaiveDate::parse_from_str(rest, "%d %b %Y") {
            Ok(day) => date.day = Some(day),
            Err(_) => date.year = year(rest),
        },
    }
    // What a year alone does not say is kept as written.
    let is_whole = date.day.is_some() || date.year.is_some_and(|year| year.to_string() == rest);
    date.day_text = (!is_whole).then(|| written.to_owned());
    date
}
