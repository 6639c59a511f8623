//! The reader of the UN Security Council Consolidated List in its own XML.
//!
//! The published files differ from their schema: empty stubs stand for what is missing, dates carry a zone, types contain line
//! breaks, elements occur that the schema does not know. All of that is read; unknown elements with a text are kept as they are.
//! What is refused is a document that is not the list, and an entry without name or reference number: a list that loses an entry
//! in silence is worse than none.

use chrono::NaiveDate;
use roxmltree::{Document as Xml, Node};
use sha2::{Digest, Sha256};

use super::ListError;
use super::entry::{
    Address, Alias, AliasQuality, BirthDate, Document, Entry, EntryKind, List, OtherText, PlaceOfBirth, Publisher,
};

/// Reads the Consolidated List.
///
/// # Errors
///
/// If the document is not the list, or an entry has no name, reference number or readable day of listing.
pub(super) fn read(xml: &Xml<'_>, text: &str) -> Result<List, ListError> {
    let root = xml.root_element();
    if root.tag_name().name() != "CONSOLIDATED_LIST" {
        return Err(ListError::NotTheList(format!(
            "its root element is <{}>, expected <CONSOLIDATED_LIST> (or <sdnList>, of OFAC)",
            root.tag_name().name()
        )));
    }
    let mut entries = Vec::new();
    for (group, member, kind) in [("INDIVIDUALS", "INDIVIDUAL", EntryKind::Person), ("ENTITIES", "ENTITY", EntryKind::Entity)] {
        for group in root.children().filter(|node| node.has_tag_name(group)) {
            for node in group.children().filter(|node| node.has_tag_name(member)) {
                entries.push(Record { xml, node }.entry(kind)?);
            }
        }
    }
    if entries.is_empty() {
        return Err(ListError::NotTheList("it has neither <INDIVIDUAL> nor <ENTITY>".to_owned()));
    }
    let generated_text = root.attribute("dateGenerated").map(str::to_owned);
    let generated = generated_text.as_deref().and_then(day);
    Ok(List {
        publisher: Publisher::UnitedNations,
        generated,
        generated_text,
        digest: digest(text),
        entries,
        supplements: Vec::new(),
    })
}

/// `sha256:` and the digest of a text.
pub(super) fn digest(text: &str) -> String {
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

/// The day at the start of a text, which a time or a zone may follow: `2012-12-31`, `2012-12-31-04:00`, `2012-12-31T00:00:00Z`.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let head = text.get(..10)?;
    let rest_is_time = text.get(10..)?.chars().next().is_none_or(|c| matches!(c, 'T' | 'Z' | '+' | '-' | ' '));
    let shape = head.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shape && rest_is_time { NaiveDate::parse_from_str(head, "%Y-%m-%d").ok() } else { None }
}

/// One `INDIVIDUAL` or `ENTITY`.
struct Record<'x, 'i> {
    xml: &'x Xml<'i>,
    node: Node<'x, 'i>,
}

/// The elements with a field of their own.
const KNOWN: &[&str] = &[
    "DATAID",
    "VERSIONNUM",
    "FIRST_NAME",
    "SECOND_NAME",
    "THIRD_NAME",
    "FOURTH_NAME",
    "UN_LIST_TYPE",
    "REFERENCE_NUMBER",
    "LISTED_ON",
    "DELISTED_ON",
    "GENDER",
    "SUBMITTED_BY",
    "SUBMITTED_ON",
    "NAME_ORIGINAL_SCRIPT",
    "COMMENTS1",
    "NATIONALITY2",
    "TITLE",
    "DESIGNATION",
    "NATIONALITY",
    "LIST_TYPE",
    "LAST_DAY_UPDATED",
    "SORT_KEY",
    "SORT_KEY_LAST_MOD",
];

/// The groups with a record of their own, and the elements inside that it has a field for.
const ALIAS: &[&str] = &["QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"];
const PLACE: &[&str] = &["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"];
const BIRTH: &[&str] = &["TYPE_OF_DATE", "NOTE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR"];
const DOCUMENT: &[&str] = &[
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "DATE_OF_ISSUE",
    "CITY_OF_ISSUE",
    "COUNTRY_OF_ISSUE",
    "NOTE",
];

impl Record<'_, '_> {
    fn entry(&self, kind: EntryKind) -> Result<Entry, ListError> {
        let node = self.node;
        let name_parts: Vec<String> =
            ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].iter().filter_map(|name| text(node, name)).collect();
        if name_parts.is_empty() {
            return Err(self.incomplete("name"));
        }
        let listed_on_text = text(node, "LISTED_ON");
        let listed_on = self.date(listed_on_text.as_deref(), "LISTED_ON")?;
        let mut nationalities = values(node, "NATIONALITY");
        nationalities.extend(text(node, "NATIONALITY2"));
        let mut entry = Entry {
            reference: text(node, "REFERENCE_NUMBER").ok_or_else(|| self.incomplete("REFERENCE_NUMBER"))?,
            data_id: text(node, "DATAID"),
            version: text(node, "VERSIONNUM"),
            kind,
            list_type: text(node, "UN_LIST_TYPE").ok_or_else(|| self.incomplete("UN_LIST_TYPE"))?,
            list_category: values(node, "LIST_TYPE"),
            name_parts,
            original_script: text(node, "NAME_ORIGINAL_SCRIPT"),
            aliases: Vec::new(),
            listed_on,
            listed_on_text: listed_on_text.filter(|written| written.len() > 10),
            delisted_on: self.date(text(node, "DELISTED_ON").as_deref(), "DELISTED_ON")?,
            measures: Vec::new(),
            updated: values(node, "LAST_DAY_UPDATED"),
            titles: values(node, "TITLE"),
            designations: values(node, "DESIGNATION"),
            nationalities,
            gender: text(node, "GENDER"),
            submitted_by: text(node, "SUBMITTED_BY"),
            submitted_on: text(node, "SUBMITTED_ON"),
            births: Vec::new(),
            birth_places: Vec::new(),
            documents: Vec::new(),
            addresses: Vec::new(),
            comments: text(node, "COMMENTS1"),
            other: Vec::new(),
        };
        for child in node.children().filter(Node::is_element) {
            let inside = match child.tag_name().name() {
                "INDIVIDUAL_ALIAS" | "ENTITY_ALIAS" => {
                    entry.aliases.extend(alias(child));
                    ALIAS
                }
                "INDIVIDUAL_ADDRESS" | "ENTITY_ADDRESS" => {
                    entry.addresses.extend(address(child));
                    PLACE
                }
                "INDIVIDUAL_DATE_OF_BIRTH" => {
                    entry.births.extend(birth(child, &mut entry.other));
                    BIRTH
                }
                "INDIVIDUAL_PLACE_OF_BIRTH" => {
                    entry.birth_places.extend(birth_place(child));
                    PLACE
                }
                "INDIVIDUAL_DOCUMENT" | "ENTITY_DOCUMENT" => {
                    entry.documents.extend(document(child));
                    DOCUMENT
                }
                name if KNOWN.contains(&name) => &["VALUE"][..],
                _ => &[][..],
            };
            let known_itself = !inside.is_empty();
            keep_unknown(child, child.tag_name().name(), inside, known_itself, &mut entry.other);
        }
        Ok(entry)
    }

    fn incomplete(&self, what: &'static str) -> ListError {
        ListError::Incomplete { line: self.line(), what }
    }

    fn date(&self, written: Option<&str>, what: &'static str) -> Result<Option<NaiveDate>, ListError> {
        match written {
            None => Ok(None),
            Some(written) => match day(written) {
                Some(day) => Ok(Some(day)),
                None => Err(ListError::Date { line: self.line(), written: written.to_owned(), what }),
            },
        }
    }

    fn line(&self) -> u32 {
        self.xml.text_pos_at(self.node.range().start).row
    }
}

/// Keeps the texts of elements below `node` that no field takes.
fn keep_unknown(node: Node<'_, '_>, path: &str, inside: &[&str], known_itself: bool, other: &mut Vec<OtherText>) {
    if !known_itself && let Some(text) = own_text(node) {
        other.push(OtherText { path: path.to_owned(), text });
    }
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let known = inside.contains(&name);
        keep_unknown(child, &format!("{path}/{name}"), &[], known, other);
    }
}

/// The text of a node itself, outside its elements; `None` if it is blank.
fn own_text(node: Node<'_, '_>) -> Option<String> {
    let text: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text of the first child element of this name that has one.
fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.children().filter(|child| child.has_tag_name(name)).find_map(own_text)
}

/// The texts of the `VALUE`s inside the child elements of this name; an element without `VALUE` counts itself.
fn values(node: Node<'_, '_>, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for group in node.children().filter(|child| child.has_tag_name(name)) {
        found.extend(own_text(group));
        found.extend(group.children().filter(|child| child.has_tag_name("VALUE")).filter_map(own_text));
    }
    found
}

fn alias(node: Node<'_, '_>) -> Option<Alias> {
    let quality_text = text(node, "QUALITY");
    let quality = match quality_text.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("good" | "a.k.a." | "a.k.a" | "aka") => AliasQuality::Good,
        Some("low") => AliasQuality::Low,
        Some("f.k.a." | "f.k.a" | "fka") => AliasQuality::Former,
        _ => AliasQuality::Unstated,
    };
    let alias = Alias {
        name: text(node, "ALIAS_NAME").unwrap_or_default(),
        quality,
        quality_text,
        birth: text(node, "DATE_OF_BIRTH"),
        birth_city: text(node, "CITY_OF_BIRTH"),
        birth_country: text(node, "COUNTRY_OF_BIRTH"),
        note: text(node, "NOTE"),
    };
    let stub = alias.name.is_empty()
        && alias.quality_text.is_none()
        && alias.note.is_none()
        && alias.birth.is_none()
        && alias.birth_city.is_none()
        && alias.birth_country.is_none();
    (!stub).then_some(alias)
}

fn address(node: Node<'_, '_>) -> Option<Address> {
    let address = Address {
        street: text(node, "STREET"),
        city: text(node, "CITY"),
        province: text(node, "STATE_PROVINCE"),
        postal_code: text(node, "ZIP_CODE"),
        country: text(node, "COUNTRY"),
        note: text(node, "NOTE"),
    };
    let parts = [&address.street, &address.city, &address.province, &address.postal_code, &address.country, &address.note];
    parts.iter().any(|part| part.is_some()).then_some(address)
}

fn birth_place(node: Node<'_, '_>) -> Option<PlaceOfBirth> {
    let place = PlaceOfBirth {
        street: text(node, "STREET"),
        city: text(node, "CITY"),
        province: text(node, "STATE_PROVINCE"),
        country: text(node, "COUNTRY"),
        note: text(node, "NOTE"),
    };
    [&place.street, &place.city, &place.province, &place.country, &place.note].iter().any(|part| part.is_some()).then_some(place)
}

/// A date of birth. A year that is no number goes to `other`, so that it is not lost.
fn birth(node: Node<'_, '_>, other: &mut Vec<OtherText>) -> Option<BirthDate> {
    let day_text = text(node, "DATE");
    let parsed = day_text.as_deref().and_then(day);
    let mut year = |name: &str| {
        let written = text(node, name)?;
        let read = written.parse::<i32>().ok().filter(|year| (1000..=9999).contains(year));
        if read.is_none() {
            other.push(OtherText { path: format!("INDIVIDUAL_DATE_OF_BIRTH/{name}"), text: written });
        }
        read
    };
    let date = BirthDate {
        form: text(node, "TYPE_OF_DATE"),
        day: parsed,
        day_text: day_text.filter(|written| parsed.is_none() || written.len() > 10),
        year: year("YEAR"),
        from_year: year("FROM_YEAR"),
        to_year: year("TO_YEAR"),
        note: text(node, "NOTE"),
    };
    let stub = date.form.is_none()
        && date.day.is_none()
        && date.day_text.is_none()
        && date.year.is_none()
        && date.from_year.is_none()
        && date.to_year.is_none()
        && date.note.is_none();
    (!stub).then_some(date)
}

fn document(node: Node<'_, '_>) -> Option<Document> {
    let single_spaced = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = Document {
        kind: text(node, "TYPE_OF_DOCUMENT").map(single_spaced),
        kind2: text(node, "TYPE_OF_DOCUMENT2"),
        number: text(node, "NUMBER"),
        country: text(node, "ISSUING_COUNTRY"),
        issued_on: text(node, "DATE_OF_ISSUE"),
        issued_in_city: text(node, "CITY_OF_ISSUE"),
        issued_in_country: text(node, "COUNTRY_OF_ISSUE"),
        note: text(node, "NOTE"),
    };
    let parts = [
        &document.kind,
        &document.kind2,
        &document.number,
        &document.country,
        &document.issued_on,
        &document.issued_in_city,
        &document.issued_in_country,
        &document.note,
    ];
    parts.iter().any(|part| part.is_some()).then_some(document)
}
