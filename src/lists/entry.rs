//! The records of a list: entries with their names, dates of birth, documents and addresses.

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One copy of a list, in the order of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    /// Who publishes it. A hit on a list of somebody else is never called a measure of the United Nations.
    pub publisher: Publisher,
    /// The day on which the copy was generated, if the file says so.
    pub generated: Option<NaiveDate>,
    /// The same, as written.
    pub generated_text: Option<String>,
    /// `sha256:` and the digest of the file's text.
    pub digest: String,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// What this file says of entries that stand in another file of the same list.
    #[serde(skip)]
    pub supplements: Vec<Supplement>,
}

/// A fact about an entry of another file.
#[derive(Debug, Clone, PartialEq)]
pub struct Supplement {
    /// The reference number of the entry.
    pub reference: String,
    /// The fact.
    pub by: SupplementedBy,
}

/// A fact that a file beside a list gives.
#[derive(Debug, Clone, PartialEq)]
pub enum SupplementedBy {
    /// Another name.
    Name(Box<Alias>),
    /// An address.
    Address(Box<Address>),
}

/// The publisher of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publisher {
    /// The United Nations Security Council.
    UnitedNations,
    /// The Office of Foreign Assets Control of the United States: its list of Specially Designated Nationals.
    Ofac,
    /// The user, or whoever wrote the user's file.
    Own,
}

/// The kind of what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// A natural person.
    Person,
    /// A company, group or other body.
    Entity,
    /// A ship.
    Vessel,
}

/// One listed person, entity or vessel. Texts are as written except for white space at the ends; what the file leaves empty is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The publisher's permanent reference number, as `KPi.012`.
    pub reference: String,
    /// The number of the record in the publisher's database.
    pub data_id: Option<String>,
    /// The version of the record.
    pub version: Option<String>,
    /// Person, entity or vessel.
    pub kind: EntryKind,
    /// The sanctions list inside the publication, as `DPRK`.
    pub list_type: String,
    /// The kind of list that the record says it is on, as `UN List`.
    pub list_category: Vec<String>,
    /// The primary name in its parts, in the order of the record (first, second, third, fourth name).
    pub name_parts: Vec<String>,
    /// The primary name in its original script.
    pub original_script: Option<String>,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// The day of the listing.
    pub listed_on: Option<NaiveDate>,
    /// The day of the listing as written, where that is more than the date.
    pub listed_on_text: Option<String>,
    /// The day of the delisting, where the record keeps it.
    pub delisted_on: Option<NaiveDate>,
    /// The measures that this listing brings, where listings differ in them and the record says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// The days on which the record was changed, as written.
    pub updated: Vec<String>,
    /// Titles, as `Dr.`.
    pub titles: Vec<String>,
    /// Offices and functions.
    pub designations: Vec<String>,
    /// Nationalities, or flags of a vessel.
    pub nationalities: Vec<String>,
    /// `Male` or `Female`.
    pub gender: Option<String>,
    /// The State or body that proposed the listing.
    pub submitted_by: Option<String>,
    /// The day of that proposal, as written.
    pub submitted_on: Option<String>,
    /// Dates of birth; several where they are disputed.
    pub births: Vec<BirthDate>,
    /// Places of birth.
    pub birth_places: Vec<PlaceOfBirth>,
    /// Passports, identity cards and other numbers; the IMO number of a vessel, the BIC of a bank.
    pub documents: Vec<Document>,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// The narrative remark of the list.
    pub comments: Option<String>,
    /// Whatever the reader does not know, so that nothing is lost.
    pub other: Vec<OtherText>,
}

/// An element of a record that the reader has no field for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherText {
    /// The names of the elements down to it, joined by `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Another name of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The name as written; several names may stand in it, joined by `;`.
    pub name: String,
    /// How well it identifies.
    pub quality: AliasQuality,
    /// The quality as written.
    pub quality_text: Option<String>,
    /// The date of birth that goes with this name, as written.
    pub birth: Option<String>,
    /// The town of birth that goes with this name.
    pub birth_city: Option<String>,
    /// The country of birth that goes with this name.
    pub birth_country: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// How well an alias identifies, by the publisher's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AliasQuality {
    /// It identifies; also a name that an entity is known by.
    Good,
    /// It identifies only with more.
    Low,
    /// A former name of an entity.
    Former,
    /// The record does not say.
    Unstated,
}

/// A date of birth in one of the forms of the list. Years and days are inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BirthDate {
    /// `EXACT`, `APPROXIMATELY` or `BETWEEN`, as written.
    pub form: Option<String>,
    /// The day, if it is known.
    pub day: Option<NaiveDate>,
    /// The text of the day, where it is no date.
    pub day_text: Option<String>,
    /// The year, if only that is known.
    pub year: Option<i32>,
    /// The first of the years that it lies between.
    pub from_year: Option<i32>,
    /// The last of them.
    pub to_year: Option<i32>,
    /// A remark.
    pub note: Option<String>,
}

impl BirthDate {
    /// The earliest and latest day that this date allows; an approximate one allows two years more on either side.
    pub fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        let slack = i32::from(self.form.as_deref() == Some("APPROXIMATELY")) * 2;
        let (from, to) = match (self.day, self.year, self.from_year, self.to_year) {
            (Some(day), ..) if slack == 0 => return Some((day, day)),
            (Some(day), ..) => {
                let year = chrono::Datelike::year(&day);
                (year, year)
            }
            (None, Some(year), ..) => (year, year),
            (None, None, Some(from), to) => (from, to.unwrap_or(from)),
            _ => return None,
        };
        Some((NaiveDate::from_ymd_opt(from - slack, 1, 1)?, NaiveDate::from_ymd_opt(to + slack, 12, 31)?))
    }
}

/// A place of birth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceOfBirth {
    /// Street or quarter.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State, province or district.
    pub province: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// A numbered document or identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its type, white space made single; `IMO`, `BIC` for those.
    pub kind: Option<String>,
    /// A second, freer type.
    pub kind2: Option<String>,
    /// Its number as written.
    pub number: Option<String>,
    /// The country that it belongs to.
    pub country: Option<String>,
    /// The date of issue, as written.
    pub issued_on: Option<String>,
    /// The town of issue.
    pub issued_in_city: Option<String>,
    /// The country of issue.
    pub issued_in_country: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Street.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State or province.
    pub province: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// How much a listed name identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameQuality {
    /// The primary name, or the same in its original script.
    Primary,
    /// An alias of good quality.
    Good,
    /// A former name.
    Former,
    /// An alias of low quality.
    Low,
}

/// One name of an entry, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// How much it identifies.
    pub quality: NameQuality,
}

impl Entry {
    /// 32 hexadecimal digits that change when the entry says something else of whom it lists. The publisher's own record
    /// numbers and days of change say nothing of that.
    pub fn digest(&self) -> String {
        let says = Entry { data_id: None, version: None, updated: Vec::new(), ..self.clone() };
        let written = serde_json::to_vec(&says).unwrap_or_default();
        Sha256::digest(written).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The primary name, its parts joined by spaces.
    pub fn primary_name(&self) -> String {
        self.name_parts.join(" ")
    }

    /// Every single name of the entry: primary, original script and aliases, those that hold several names taken apart at `;`.
    pub fn names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let mut add = |text: &str, quality| {
            for text in text.split([';', '؛']).map(str::trim).filter(|text| text.chars().any(char::is_alphanumeric)) {
                if !names.iter().any(|known| known.text == text) {
                    names.push(Name { text: text.to_owned(), quality });
                }
            }
        };
        add(&self.primary_name(), NameQuality::Primary);
        if let Some(original) = &self.original_script {
            add(original, NameQuality::Primary);
        }
        for alias in &self.aliases {
            let quality = match alias.quality {
                AliasQuality::Good | AliasQuality::Unstated => NameQuality::Good,
                AliasQuality::Former => NameQuality::Former,
                AliasQuality::Low => NameQuality::Low,
            };
            add(&alias.name, quality);
        }
        names
    }
}
