//! Lists of designated persons, entities and vessels: their readers, their state on a day, and the changes between two copies.
//!
//! [`List`] is one copy of a list as its publisher issued it. `un_xml` reads the UN Security Council Consolidated List,
//! `own_csv` a simple table of one's own; [`read_list`] tells them apart by their contents. A [`DatedCopies`] holds several
//! copies of the same list and answers who was listed on a day. [`diff()`] compares two copies.

mod dated_copies;
mod diff;
mod entry;
mod own_csv;
mod un_xml;

pub use dated_copies::{DatedCopies, ListedPeriod};
pub use diff::{Change, FieldChange, diff};
pub use entry::{
    Address, Alias, AliasQuality, BirthDate, Document, Entry, EntryKind, List, Name, NameQuality, OtherText, PlaceOfBirth,
    Publisher,
};

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

/// Reads a list in any of the known formats. XML is taken for the UN Consolidated List, anything else for CSV.
///
/// # Errors
///
/// If the text is neither, or an entry lacks a name or a reference number, or a date that decides a listing cannot be read.
pub fn read_list(text: &str) -> Result<List, ListError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') { un_xml::read(start) } else { own_csv::read(start) }
}
