//! Lists: read without loss, with the quirks of the published files; their state on a day; what changed between copies.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fs;

use chrono::NaiveDate;
use common::{beside, root};
use interdict::lists::{AliasQuality, Change, DatedCopies, EntryKind, List, NameQuality, Publisher, complete, diff, read_list};

fn fixture(name: &str) -> List {
    read_list(&fs::read_to_string(root().join("fixtures/lists").join(name)).unwrap()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every text of the document, and every text of its JSON form, in words, by how often they occur.
fn words(text: &str, counts: &mut BTreeMap<String, i64>, step: i64) {
    for word in text.split_whitespace() {
        *counts.entry(word.to_owned()).or_default() += step;
    }
}

fn words_of_json(value: &serde_json::Value, counts: &mut BTreeMap<String, i64>) {
    match value {
        serde_json::Value::String(text) => words(text, counts, -1),
        serde_json::Value::Number(number) => words(&number.to_string(), counts, -1),
        serde_json::Value::Array(items) => items.iter().for_each(|item| words_of_json(item, counts)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| words_of_json(value, counts)),
        _ => {}
    }
}

/// Words of the document that its JSON form lacks. Words that JSON has in excess (kinds, qualities) do not count.
fn lost(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let mut counts = BTreeMap::new();
    for node in document.descendants().filter(|node| node.is_text()) {
        words(node.text().unwrap(), &mut counts, 1);
    }
    words_of_json(&serde_json::to_value(read_list(xml).unwrap()).unwrap(), &mut counts);
    counts.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word} x{count}")).collect()
}

#[test]
fn an_entry_has_everything_that_its_record_says() {
    let list = fixture("invented-2025-01-31.xml");
    assert_eq!(list.generated, Some(day("2025-01-31")));
    assert!(list.digest.starts_with("sha256:") && list.digest.len() == 71);
    assert_eq!(list.entries.len(), 13);
    let first = &list.entries[0];
    assert_eq!((first.reference.as_str(), first.primary_name().as_str()), ("XPi.001", "RI SONG HYOK"));
    assert_eq!(first.aliases.len(), 2);
    assert_eq!(first.aliases[1].quality, AliasQuality::Low);
    assert_eq!(first.births[0].range(), Some((day("1965-04-12"), day("1965-04-12"))));
    assert_eq!(first.documents[0].number.as_deref(), Some("PS 654320117"));
    assert_eq!(first.updated, ["2017-06-05", "2018-08-08"]);
}

#[test]
fn quirks_of_the_published_files_are_read() {
    let list = fixture("invented-2025-01-31.xml");
    let entry = |reference: &str| list.entries.iter().find(|entry| entry.reference == reference).unwrap();
    // A zone behind the day of listing.
    assert_eq!(entry("XPi.002").listed_on, Some(day("2017-06-02")));
    assert_eq!(entry("XPi.002").listed_on_text.as_deref(), Some("2017-06-02-04:00"));
    // Empty stubs are no aliases, documents or dates.
    assert!(entry("XPi.002").aliases.is_empty() && entry("XPi.002").documents.is_empty() && entry("XQi.011").births.is_empty());
    // A line break inside a type.
    assert_eq!(entry("XQi.010").documents[0].kind.as_deref(), Some("National Identification Number"));
    // Several names in one alias, of two scripts.
    let names: Vec<String> = entry("XQi.011").names().into_iter().map(|name| name.text).collect();
    assert_eq!(names, ["ABD AL-RAHMAN AL-SHAWQANI", "Abdul Rahman Shawkani", "Abderrahmane Chaoukani", "عبد الرحمن الشوقاني"]);
    // Approximate years allow two more on either side; a range is taken as it is.
    assert_eq!(entry("XQi.010").births[0].range(), Some((day("1968-01-01"), day("1972-12-31"))));
    assert_eq!(entry("XPi.003").births[0].range(), Some((day("1958-01-01"), day("1960-12-31"))));
    // What the schema does not know is kept.
    assert_eq!(entry("XDi.020").other[0].path, "SPECIAL_NOTE/VALUE");
}

#[test]
fn nothing_of_the_file_is_missing_in_json() {
    for copy in ["invented-2025-01-31.xml", "invented-2024-06-30.xml"] {
        assert_eq!(lost(&fs::read_to_string(root().join("fixtures/lists").join(copy)).unwrap()), Vec::<String>::new());
    }
    let Some(folder) = beside("data/un") else { return };
    for file in
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "xml"))
    {
        assert_eq!(lost(&fs::read_to_string(&file).unwrap()), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn the_published_list_has_the_numbers_that_were_counted_by_hand() {
    let Some(folder) = beside("data/un") else { return };
    let list = read_list(&fs::read_to_string(folder.join("consolidated-2026-02-27.xml")).unwrap()).unwrap();
    let of = |kind| list.entries.iter().filter(move |entry| entry.kind == kind);
    assert_eq!((of(EntryKind::Person).count(), of(EntryKind::Entity).count()), (730, 273));
    let aliases = |kind| of(kind).flat_map(|entry| &entry.aliases).filter(|alias| !alias.name.is_empty()).count();
    assert_eq!((aliases(EntryKind::Person), aliases(EntryKind::Entity)), (2139, 613));
    let quality =
        |quality| of(EntryKind::Person).flat_map(|entry| &entry.aliases).filter(|alias| alias.quality == quality).count();
    assert_eq!((quality(AliasQuality::Good), quality(AliasQuality::Low)), (1524, 615));
    assert_eq!(list.entries.iter().flat_map(|entry| &entry.documents).filter(|document| document.number.is_some()).count(), 454);
    let births = |form: &str| {
        list.entries.iter().flat_map(|entry| &entry.births).filter(|birth| birth.form.as_deref() == Some(form)).count()
    };
    assert_eq!((births("EXACT"), births("APPROXIMATELY"), births("BETWEEN")), (722, 117, 31));
    assert!(list.entries.iter().all(|entry| entry.listed_on.is_some()));
    assert_eq!(list.entries.iter().filter(|entry| entry.listed_on_text.is_some()).count(), 10);
}

#[test]
fn what_is_not_the_list_is_refused() {
    let refused = |text: &str| read_list(text).unwrap_err().to_string();
    assert!(refused("<CONSOLIDATED_LIST><INDIVIDUALS>").contains("not well-formed"));
    assert!(refused("<sdnAdvanced><sdnEntry/></sdnAdvanced>").contains("<sdnAdvanced>"));
    assert!(refused("<CONSOLIDATED_LIST/>").contains("neither"));
    let nameless =
        "<CONSOLIDATED_LIST><ENTITIES>\n<ENTITY><REFERENCE_NUMBER>X</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>";
    assert!(refused(nameless).contains("line 2: an entry has no name"));
    let dated = "<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>A</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>X\
                 </REFERENCE_NUMBER><LISTED_ON>soon</LISTED_ON></ENTITY></ENTITIES></CONSOLIDATED_LIST>";
    assert!(refused(dated).contains("`soon` is no date for LISTED_ON"));
    assert!(refused("<!DOCTYPE x [<!ENTITY a \"b\">]><CONSOLIDATED_LIST/>").contains("XML"));
}

#[test]
fn a_table_of_ones_own_is_read_with_aliases_and_identifiers() {
    let list = fixture("own.csv");
    assert_eq!(list.entries.len(), 4);
    let ship = &list.entries[0];
    assert_eq!((ship.kind, ship.list_type.as_str()), (EntryKind::Vessel, "1718 designated vessels"));
    assert_eq!(ship.documents[0].number.as_deref(), Some("9074729"));
    let names = ship.names();
    assert_eq!((names[1].text.as_str(), names[1].quality), ("Hong Bong 12", NameQuality::Former));
    assert_eq!(list.entries[3].births[0].range(), Some((day("1980-01-01"), day("1982-12-31"))));
}

#[test]
fn mistakes_in_a_table_are_told_with_their_line() {
    let refused = |text: &str| read_list(text).unwrap_err().to_string();
    assert_eq!(
        refused("nmae,reference\n"),
        format!(
            "line 1: unknown column `nmae`; known are {}",
            "name, kind, country, reference, list, listed_on, delisted_on, measures, quality, born, gender, imo, bic, document, comments"
        )
    );
    assert_eq!(refused("name\n"), "line 1: the column `reference` is missing");
    assert_eq!(refused("name,reference\nA,1\n,2\n"), "line 3: it has no name");
    assert_eq!(refused("name,reference,kind\nA,1,boat\n"), "line 2: `boat` is no kind; expected person, entity or vessel");
    assert_eq!(refused("name,reference,listed_on\nA,1,2018\n"), "line 2: `2018` is no date for `listed_on`; expected YYYY-MM-DD");
}

#[test]
fn changes_between_two_copies_are_listings_delistings_and_amendments() {
    let (old, new) = (fixture("invented-2024-06-30.xml"), fixture("invented-2025-01-31.xml"));
    let changes = diff(&old, &new);
    let kinds: Vec<(&str, &str)> = changes
        .iter()
        .map(|change| {
            let kind = match change {
                Change::Listed { .. } => "listed",
                Change::Delisted { .. } => "delisted",
                Change::Amended { .. } => "amended",
            };
            (kind, change.reference())
        })
        .collect();
    assert_eq!(kinds, [("delisted", "XPe.029"), ("amended", "XPi.001"), ("listed", "XPi.002")]);
    let Change::Amended { fields, concerns_screening, .. } = &changes[1] else { panic!() };
    assert_eq!((fields.len(), fields[0].field.as_str(), concerns_screening), (1, "aliases", &true));
    assert!(diff(&new, &new).is_empty());
}

#[test]
fn dated_copies_say_who_was_listed_on_a_day() {
    let copies = DatedCopies::new(vec![fixture("invented-2025-01-31.xml"), fixture("invented-2024-06-30.xml")]);
    assert_eq!(copies.newest().unwrap().generated, Some(day("2025-01-31")));
    assert_eq!(copies.known_on(day("2024-12-31")).unwrap().generated, Some(day("2024-06-30")));
    assert!(copies.known_on(day("2020-01-01")).is_none());
    let periods = copies.periods();
    let listed =
        |reference: &str, on: &str| periods.iter().find(|period| period.entry.reference == reference).unwrap().listed_on(day(on));
    assert_eq!(listed("XPi.001", "2016-03-01"), Some(false));
    assert_eq!(listed("XPi.001", "2016-03-02"), Some(true));
    // Gone in the newer copy: delisted on an unknown day between the two.
    assert_eq!(listed("XPe.029", "2024-06-30"), Some(true));
    assert_eq!(listed("XPe.029", "2024-10-01"), None);
    assert_eq!(listed("XPe.029", "2025-01-31"), Some(false));
}

#[test]
fn the_sdn_list_says_the_same_in_xml_and_in_csv() {
    let xml = fixture("invented-sdn.xml");
    let mut csv = [fixture("invented-sdn-alt.csv"), fixture("invented-sdn.csv")];
    assert!(complete(&mut csv));
    assert_eq!((xml.publisher, xml.generated), (Publisher::Ofac, Some(day("2025-01-31"))));
    for entries in [&xml.entries, &csv[1].entries] {
        let [person, firm, ship] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!((person.reference.as_str(), person.primary_name().as_str()), ("OFAC-90001", "Aurelio BASTARRICA MONTES"));
        assert_eq!([person.kind, firm.kind, ship.kind], [EntryKind::Person, EntryKind::Entity, EntryKind::Vessel]);
        assert_eq!(person.list_type, "SDN SDNTK DPRK2");
        assert_eq!(person.births[0].day, Some(day("1962-01-29")));
        assert_eq!(person.births[1].range(), Some((day("1961-01-01"), day("1965-12-31"))));
        assert_eq!((person.gender.as_deref(), person.nationalities.as_slice()), (Some("Male"), &["Panama".to_owned()][..]));
        assert_eq!(person.documents[0].number.as_deref(), Some("X0012345"));
        let quality = |name: &str| person.names().into_iter().find(|known| known.text == name).map(|name| name.quality);
        assert_eq!(quality("EL CAPITAN"), Some(NameQuality::Low));
        assert_eq!(firm.names()[1].quality, NameQuality::Former);
        assert!(ship.documents[0].number.as_deref().unwrap().ends_with("9074729"));
        assert_eq!(ship.nationalities, ["Panama"]);
    }
    // Numbers of records are not kept, words that stand for a kind or a quality have a field, and dates another form.
    let is_of_form = |word: &str| {
        let word = word.split(" x").next().unwrap();
        word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())
            || "Entity Individual Vessel Gender a.k.a. strong true false circa 29 Jan 1962 3 7"
                .split(' ')
                .any(|known| known == word)
    };
    let lost = lost(&fs::read_to_string(root().join("fixtures/lists/invented-sdn.xml")).unwrap());
    assert!(lost.iter().all(|word| is_of_form(word)), "{lost:?}");
}

#[test]
fn other_names_of_the_sdn_list_without_their_entries_are_told() {
    assert!(!complete(&mut [fixture("invented-sdn-alt.csv"), fixture("own.csv")]));
}
