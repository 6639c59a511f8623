//! Lists of designated persons, entities and vessels: their readers, their state on a day, and the changes between two copies.
//!
//! [`List`] is one copy of a list as its publisher issued it. `un_xml` reads the UN Security Council Consolidated List, `ofac_xml`
//! and `ofac_csv` the SDN list of the United States, `own_csv` a simple table of one's own; [`read_list`] tells them apart by their
//! contents. A [`DatedCopies`] holds several
//! copies of the same list and answers who was listed on a day. [`diff()`] compares two copies.

mod dated_copies;
mod diff;
mod entry;
mod ofac;
mod ofac_csv;
mod ofac_xml;
mod own_csv;
mod un_xml;

pub use dated_copies::{DatedCopies, ListedPeriod};
pub use diff::{Change, FieldChange, diff};
pub use entry::{
    Address, Alias, AliasQuality, BirthDate, Document, Entry, EntryKind, List, Name, NameQuality, OtherText, PlaceOfBirth,
    Publisher, Supplement, SupplementedBy,
};

use std::collections::HashMap;

use thiserror::Error;

/// The reason why a file is not read as a list.
#[derive(Debug, Error)]
pub enum ListError {
    /// The text is not well-formed XML.
    #[error("this is not well-formed XML: {0}")]
    Xml(#[from] roxmltree::Error),
    /// The XML document is something else than the Consolidated List.
    #[error("this XML document is no UN Consolidated List: {0}")]
    NotTheList(String),
    /// An entry lacks what identifies it.
    #[error("line {line}: an entry has no {what}")]
    Incomplete {
        /// The line in the file, from 1.
        line: u32,
        /// What is missing, in words.
        what: &'static str,
    },
    /// A date is written in no form that the format allows.
    #[error("line {line}: `{written}` is no date for {what}; expected YYYY-MM-DD")]
    Date {
        /// The line in the file, from 1.
        line: u32,
        /// The text.
        written: String,
        /// The field.
        what: &'static str,
    },
    /// A CSV row cannot be read.
    #[error("line {line}: {message}")]
    Row {
        /// The line in the file, from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}

/// Reads a list in any of the known formats, which are told apart by their contents.
///
/// # Errors
///
/// If the text is none of them, or an entry lacks a name or a reference number, or a date that decides a listing cannot be read.
pub fn read_list(text: &str) -> Result<List, ListError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        let xml = roxmltree::Document::parse(start)?;
        let is_ofac = xml.root_element().tag_name().name() == ofac_xml::ROOT;
        return if is_ofac { ofac_xml::read(&xml, start) } else { un_xml::read(&xml, start) };
    }
    ofac_csv::read(start).unwrap_or_else(|| own_csv::read(start))
}

/// Puts what files beside a list say of its entries into these. False if a file says something of entries that no list has.
pub fn complete(lists: &mut [List]) -> bool {
    let supplements: Vec<Supplement> = lists.iter_mut().flat_map(|list| std::mem::take(&mut list.supplements)).collect();
    if supplements.is_empty() {
        return true;
    }
    let mut of_references: HashMap<String, &mut Entry> = HashMap::new();
    for entry in lists.iter_mut().filter(|list| list.publisher == Publisher::Ofac).flat_map(|list| &mut list.entries) {
        of_references.insert(entry.reference.clone(), entry);
    }
    let mut is_complete = true;
    for Supplement { reference, by } in supplements {
        match (of_references.get_mut(&reference), by) {
            (Some(entry), SupplementedBy::Name(alias)) => entry.aliases.push(*alias),
            (Some(entry), SupplementedBy::Address(address)) => entry.addresses.push(*address),
            (None, _) => is_complete = false,
        }
    }
    is_complete
}
