//! The text report on many transactions: what is the same of several is told once, and counts stand first.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, interdict};

/// A table of coal of which no day is told, so that each row has the same questions.
fn undated(rows: usize) -> String {
    let row = |number: usize| format!("r{number},sale,KP,CN,coal,{} t\n", number % 7 + 1);
    "id,activity,from,to,item.description,quantity\n".to_owned() + &(1..=rows).map(row).collect::<String>()
}

fn report(name: &str, text: &str) -> String {
    let desk = Desk::new();
    interdict(["check".as_ref(), desk.write(name, text).as_os_str()]).stdout
}

#[test]
fn the_same_questions_are_told_once() {
    let report = report("coal.csv", &undated(30));
    let details = report.split("\nDetails\n").nth(1).unwrap();
    assert!(details.contains("r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13 and 17 more\n"), "{details}");
    assert_eq!(details.matches("the same as of r1\n").count(), 1, "{details}");
}

#[test]
fn rows_of_two_kinds_by_turns_are_each_told_once_in_full() {
    let by_turns = undated(8)
        .replace("r2,sale,KP,CN,coal,", "r2,sale,KP,CN,equipment,")
        .replace("r5,sale,KP,CN,coal,", "r5,sale,KP,CN,equipment,");
    let report = report("coal.csv", &by_turns);
    let details = report.split("\nDetails\n").nth(1).unwrap();
    let at = |words: &str| details.find(words).unwrap_or_else(|| panic!("{words}: {details}"));
    assert!(at("\nr1\n") < at("\nr2\n") && at("\nr2\n") < at("r3, r4\n"), "{details}");
    assert!(at("r3, r4\n") < at("\nr5\n") && at("\nr5\n") < at("r6, r7, r8\n"), "{details}");
    assert_eq!(
        [details.matches("the same as of r1\n").count(), details.matches("the same as of r2\n").count()],
        [2, 1],
        "{details}"
    );
}

#[test]
fn counts_stand_first_where_transactions_are_many() {
    let counts = |rows: usize| report("coal.csv", &undated(rows)).starts_with(&format!("{rows} transactions in 1 incident: "));
    assert_eq!([counts(20), counts(21)], [false, true]);
}

#[test]
fn a_listing_that_could_not_be_read_is_named_on_the_page() {
    let listed = |listing: &str, role: &str| {
        let text = format!(
            "id: a\ndate: 2019-03-03\nsources: [{{id: s, kind: official-record}}]\ntransactions:\n  - {{id: t, activity: service, \
             from: MT, to: CH, {role}, designated_as: {listing}}}]}}\n"
        );
        report("a.yaml", &text)
    };
    let roles = ["parties: [{name: Lorena Ltd, role: payee", "vessels: [{name: Lorena, role: served"];
    for role in roles {
        let page = listed("OFAC SDN", role);
        assert!(page.contains("`OFAC SDN` is told as a listing") && page.contains("NOT WHOLLY CHECKED"), "{page}");
        assert!(!listed("none", role).contains("told as a listing"));
        assert!(!listed("KPi.033", role).contains("told as a listing"));
    }
}
