//! The reader of the OFAC SDN list in CSV: `sdn.csv`, and `alt.csv` and `add.csv` with the other names and the addresses.
//!
//! The files have no header, `-0-` stands for what is missing, and a control character may end them.

use csv::StringRecord;

use super::ListError;
use super::entry::{Address, Entry, EntryKind, List, OtherText, Publisher, Supplement, SupplementedBy};
use super::ofac;
use super::un_xml::digest;

/// What a file of the list is, by the number of its columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    /// `ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks`.
    Entries,
    /// `ent_num, alt_num, alt_type, alt_name, alt_remarks`.
    Names,
    /// `ent_num, Add_num, Address, City and more, Country, Add_remarks`.
    Addresses,
}

/// The file that a text is, if it is one of the list's.
fn table(text: &str) -> Option<Table> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let first = reader.records().next()?.ok()?;
    let is_number = |at: usize| {
        let cell = first.get(at).unwrap_or_default().trim();
        !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
    };
    match (first.len(), is_number(0), is_number(1)) {
        (11 | 12, true, false) => Some(Table::Entries),
        (5, true, true) => Some(Table::Names),
        (6, true, true) => Some(Table::Addresses),
        _ => None,
    }
}

/// Reads the list, or what completes it; `None` if the text is something else.
///
/// # Errors
///
/// If a row has no number or name, or is not valid CSV.
pub(super) fn read(text: &str) -> Option<Result<List, ListError>> {
    let table = table(text)?;
    let mut list = List {
        publisher: Publisher::Ofac,
        generated: None,
        generated_text: None,
        digest: digest(text),
        entries: Vec::new(),
        supplements: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        let Ok(record) = record else {
            return Some(Err(ListError::Row { line: 0, message: "a row is not valid CSV".to_owned() }));
        };
        // The mark of the end of a file of old.
        if record.iter().all(|cell| cell.trim_matches(['\u{1a}', ' ']).is_empty()) {
            continue;
        }
        let row = Row(&record);
        let read = match table {
            Table::Entries => row.entry().map(|entry| list.entries.push(entry)),
            Table::Names => row.name().map(|name| list.supplements.push(name)),
            Table::Addresses => row.address().map(|address| list.supplements.push(address)),
        };
        if read.is_none() {
            let line = record.position().map_or(0, csv::Position::line);
            return Some(Err(ListError::Row { line, message: "it has no number or no name".to_owned() }));
        }
    }
    Some(Ok(list))
}

struct Row<'r>(&'r StringRecord);

impl<'r> Row<'r> {
    fn get(&self, at: usize) -> Option<&'r str> {
        self.0.get(at).map(str::trim).filter(|cell| !cell.is_empty() && *cell != "-0-")
    }

    fn number(&self) -> Option<&'r str> {
        self.get(0).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn entry(&self) -> Option<Entry> {
        let (number, name) = (self.number()?, self.get(1)?);
        let written_kind = self.get(2).unwrap_or_default();
        let kind = ofac::kind(written_kind);
        let programs: Vec<String> = self
            .get(3)
            .into_iter()
            .flat_map(|programs| programs.split("] ["))
            .map(|program| program.trim_matches(['[', ']', ' ']).to_owned())
            .collect();
        let mut entry = ofac::entry(number, kind, name_parts(name, kind), &programs);
        if written_kind.eq_ignore_ascii_case("aircraft") {
            entry.other.push(OtherText { path: "SDN_Type".to_owned(), text: written_kind.to_owned() });
        }
        entry.designations.extend(self.get(4).map(str::to_owned));
        entry.nationalities.extend(self.get(9).map(str::to_owned));
        for (at, path) in [(5, "Call_Sign"), (6, "Vess_type"), (7, "Tonnage"), (8, "GRT"), (10, "Vess_owner")] {
            entry.other.extend(self.get(at).map(|text| OtherText { path: path.to_owned(), text: text.to_owned() }));
        }
        if let Some(remarks) = self.get(11) {
            remarks.trim_end_matches('.').split("; ").for_each(|remark| add_remark(&mut entry, remark.trim()));
            entry.comments = Some(remarks.to_owned());
        }
        Some(entry)
    }

    fn name(&self) -> Option<Supplement> {
        let (number, name) = (self.number()?, self.get(3)?);
        // A person's name stays as written, family name first: whether the entry is one stands in the other file.
        let alias = ofac::alias(name.to_owned(), self.get(2).unwrap_or_default(), false);
        Some(Supplement { reference: ofac::reference(number), by: SupplementedBy::Name(Box::new(alias)) })
    }

    fn address(&self) -> Option<Supplement> {
        let address = Address {
            street: self.get(2).map(str::to_owned),
            city: self.get(3).map(str::to_owned),
            province: None,
            postal_code: None,
            country: self.get(4).map(str::to_owned),
            note: self.get(5).map(str::to_owned),
        };
        Some(Supplement { reference: ofac::reference(self.number()?), by: SupplementedBy::Address(Box::new(address)) })
    }
}

/// The name in its parts: of a person, `FAMILY, Given` is the given names and the family name.
fn name_parts(name: &str, kind: EntryKind) -> Vec<String> {
    match name.split_once(", ") {
        Some((family, given)) if kind == EntryKind::Person => vec![given.trim().to_owned(), family.trim().to_owned()],
        _ => vec![name.to_owned()],
    }
}

/// Takes from a remark what screening uses: dates of birth, nationalities, gender, numbers, weak names.
fn add_remark(entry: &mut Entry, remark: &str) {
    let remark = remark.strip_prefix("alt. ").unwrap_or(remark);
    let after = |words: &[&str]| words.iter().find_map(|words| remark.strip_prefix(words)).map(str::trim);
    if let Some(born) = after(&["DOB "]) {
        entry.births.push(ofac::birth(born));
    } else if let Some(country) = after(&["nationality ", "citizen "]) {
        entry.nationalities.push(country.to_owned());
    } else if let Some(gender) = after(&["Gender "]) {
        entry.gender = Some(gender.to_owned());
    } else if let Some(name) = after(&["a.k.a. ", "f.k.a. "]) {
        let name = name.trim_matches(['\'', '"', ' ']).to_owned();
        entry.aliases.push(ofac::alias(name, remark.get(..6).unwrap_or_default(), true));
    } else if let Some((kind, rest)) = KINDS_OF_NUMBERS.iter().find_map(|kind| Some((*kind, remark.strip_prefix(kind)?))) {
        let rest = rest.trim_start_matches([' ', '#', ':']);
        let (number, country) = match rest.split_once(" (") {
            Some((number, country)) => (number, Some(country.trim_end_matches(')').to_owned())),
            None => (rest, None),
        };
        let number = number.strip_prefix("IMO ").unwrap_or(number);
        if !number.is_empty() {
            entry.documents.push(ofac::document(kind, number, country));
        }
    }
}

/// The kinds of numbers in remarks that identify.
const KINDS_OF_NUMBERS: &[&str] = &[
    "Passport",
    "National ID No.",
    "Identification Number",
    "Tax ID No.",
    "SWIFT/BIC",
    "Vessel Registration Identification",
    "Registration Number",
    "Business Registration Number",
    "Company Number",
    "Registration ID",
    "Residency Number",
    "Cedula No.",
    "Driver's License No.",
    "SSN",
    "C.U.R.P.",
    "R.F.C.",
    "NIT #",
];
