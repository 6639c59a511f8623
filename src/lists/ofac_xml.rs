//! The reader of the OFAC SDN list in XML (`sdn.xml`).

use chrono::NaiveDate;
use roxmltree::{Document as Xml, Node};

use super::ListError;
use super::entry::{Address, Entry, List, OtherText, PlaceOfBirth, Publisher};
use super::ofac;
use super::un_xml::digest;

/// The root element of the list.
pub(super) const ROOT: &str = "sdnList";

/// Reads the list.
///
/// # Errors
///
/// If it has no entry, or an entry has no number or name.
pub(super) fn read(xml: &Xml<'_>, written: &str) -> Result<List, ListError> {
    let root = xml.root_element();
    let published = children(root, "publshInformation").find_map(|info| text(info, "Publish_Date"));
    let mut entries = Vec::new();
    for node in children(root, "sdnEntry") {
        entries.push(entry(xml, node)?);
    }
    if entries.is_empty() {
        return Err(ListError::NotTheList("it has no <sdnEntry>".to_owned()));
    }
    let generated = published.as_deref().and_then(|day| NaiveDate::parse_from_str(day, "%m/%d/%Y").ok());
    Ok(List {
        publisher: Publisher::Ofac,
        generated,
        generated_text: published,
        digest: digest(written),
        entries,
        supplements: Vec::new(),
    })
}

fn entry(xml: &Xml<'_>, node: Node<'_, '_>) -> Result<Entry, ListError> {
    let incomplete = |what| ListError::Incomplete { line: xml.text_pos_at(node.range().start).row, what };
    let number = text(node, "uid").ok_or_else(|| incomplete("uid"))?;
    let names: Vec<String> = name_parts(node);
    if names.is_empty() {
        return Err(incomplete("name"));
    }
    let programs: Vec<String> = inside(node, "programList", "program").filter_map(own_text).collect();
    let written_kind = text(node, "sdnType").unwrap_or_default();
    let mut entry = ofac::entry(&number, ofac::kind(&written_kind), names, &programs);
    if written_kind.eq_ignore_ascii_case("aircraft") {
        entry.other.push(OtherText { path: "sdnType".to_owned(), text: written_kind });
    }
    entry.designations.extend(text(node, "title"));
    entry.comments = text(node, "remarks");
    for aka in inside(node, "akaList", "aka") {
        let is_weak = text(aka, "category").is_some_and(|category| category.eq_ignore_ascii_case("weak"));
        let name = name_parts(aka).join(" ");
        if !name.is_empty() {
            entry.aliases.push(ofac::alias(name, &text(aka, "type").unwrap_or_default(), is_weak));
        }
    }
    for id in inside(node, "idList", "id") {
        let (kind, number) = (text(id, "idType").unwrap_or_default(), text(id, "idNumber").unwrap_or_default());
        match kind.as_str() {
            "Gender" => entry.gender = Some(number),
            _ => {
                let mut document = ofac::document(&kind, &number, text(id, "idCountry"));
                document.issued_on = text(id, "issueDate");
                document.note = text(id, "expirationDate").map(|day| format!("expires {day}"));
                entry.documents.push(document);
            }
        }
    }
    for (list, member) in [("nationalityList", "nationality"), ("citizenshipList", "citizenship")] {
        for country in inside(node, list, member).filter_map(|node| text(node, "country")) {
            if !entry.nationalities.contains(&country) {
                entry.nationalities.push(country);
            }
        }
    }
    let births = inside(node, "dateOfBirthList", "dateOfBirthItem").filter_map(|item| text(item, "dateOfBirth"));
    entry.births = births.map(|written| ofac::birth(&written)).collect();
    let places = inside(node, "placeOfBirthList", "placeOfBirthItem").filter_map(|item| text(item, "placeOfBirth"));
    entry.birth_places = places.map(birth_place).collect();
    entry.addresses = inside(node, "addressList", "address").map(address).collect();
    for vessel in children(node, "vesselInfo") {
        entry.nationalities.extend(text(vessel, "vesselFlag"));
        for part in vessel.children().filter(|part| part.is_element() && part.tag_name().name() != "vesselFlag") {
            let path = format!("vesselInfo/{}", part.tag_name().name());
            entry.other.extend(own_text(part).map(|text| OtherText { path, text }));
        }
    }
    Ok(entry)
}

fn birth_place(written: String) -> PlaceOfBirth {
    PlaceOfBirth { street: None, city: None, province: None, country: None, note: Some(written) }
}

fn address(node: Node<'_, '_>) -> Address {
    let lines: Vec<String> = ["address1", "address2", "address3"].iter().filter_map(|line| text(node, line)).collect();
    Address {
        street: (!lines.is_empty()).then(|| lines.join(", ")),
        city: text(node, "city"),
        province: text(node, "stateOrProvince"),
        postal_code: text(node, "postalCode"),
        country: text(node, "country"),
        note: None,
    }
}

/// Given names and family name, as far as there are any.
fn name_parts(node: Node<'_, '_>) -> Vec<String> {
    ["firstName", "lastName"].iter().filter_map(|part| text(node, part)).collect()
}

/// The child elements of a name, whatever their namespace: the publisher has changed it.
fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn inside<'a, 'i>(node: Node<'a, 'i>, list: &'static str, member: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    children(node, list).flat_map(move |list| children(list, member))
}

fn own_text(node: Node<'_, '_>) -> Option<String> {
    node.text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn text(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    children(node, name).find_map(own_text)
}
