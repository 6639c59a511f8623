//! Public data that lies beside the project: every HS code of the goods lists exists. Without it the test says so and passes.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{beside, own_rulebook, root};

/// The codes of one column of a table.
fn column(text: &str, name: &str) -> BTreeSet<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let index = reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    let codes: BTreeSet<String> = reader.records().map(|r| r.unwrap()[index].to_owned()).collect();
    assert!(codes.len() > 1000, "{} codes", codes.len());
    codes
}

#[test]
fn every_hs_code_of_the_goods_lists_exists() {
    let Some(folder) = beside("data") else { return };
    let of_2022 = column(&fs::read_to_string(folder.join("hs/hs2022.csv")).unwrap(), "hscode");
    let of_2017 = column(&fs::read_to_string(folder.join("hs/hs2017-descriptions.csv")).unwrap(), "code");
    // National codes are longer than the six digits that the world shares.
    let exists = |digits: &str| {
        let shared = &digits[..digits.len().min(6)];
        [&of_2022, &of_2017]
            .iter()
            .any(|known| known.contains(shared) || known.range(shared.to_owned()..).next().is_some_and(|k| k.starts_with(shared)))
    };
    assert!(exists("27") && exists("2701") && exists("27011190") && !exists("98") && !exists("2798") && !exists("270199"));
    let rulebook = own_rulebook();
    let (mut missing, mut seen) = (String::new(), 0);
    for list in rulebook.goods.lists() {
        for range in list.hs.iter().chain(&list.hs_partly) {
            for end in range.to_string().replace('.', "").split('-') {
                seen += 1;
                if !exists(end) {
                    missing.push_str(&format!("{}: {range}: there is no HS code {end}\n", list.id));
                }
            }
        }
    }
    assert!(missing.is_empty(), "\n{missing}");
    assert!(seen > 50, "only {seen} codes in the goods lists");
}

#[test]
fn every_hs_code_of_the_fixtures_exists() {
    let Some(folder) = beside("data") else { return };
    let known = column(&fs::read_to_string(folder.join("hs/hs2022.csv")).unwrap(), "hscode");
    let rulebook = own_rulebook();
    let intake =
        interdict::intake::Intake::read(&[root().join("fixtures/incidents")], &mut std::io::empty(), &rulebook.vocabulary);
    let items = intake.incidents.iter().flat_map(|i| i.transactions()).flat_map(|t| t.items.known());
    let codes: Vec<&str> = items.flat_map(|i| i.hs.is().unwrap_or_default()).map(|c| c.digits()).collect();
    assert!(!codes.is_empty());
    let missing: Vec<&&str> = codes.iter().filter(|c| !known.contains(&c[..c.len().min(6)])).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
