//! Rows of a document that tell the same act are judged once, and each is reported with its own id and places.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::interdict;
use interdict::report::{self, TransactionReport};
use interdict::{Checker, IncidentFile, Rulebook};
use serde_json::Value;

/// The transactions in the JSON report of the program.
fn transactions(text: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.yaml");
    std::fs::write(&file, text).unwrap();
    let run = interdict([std::ffi::OsStr::new("check"), "--format=json".as_ref(), file.as_os_str()]);
    let name = format!("{}:", file.display());
    let report: Value = serde_json::from_str(&run.stdout.replace(&name, "rows.yaml:")).unwrap();
    report["incidents"][0]["transactions"].as_array().unwrap().clone()
}

/// The same transactions, each reported as a whole by itself.
fn each_as_a_whole(text: &str) -> Vec<Value> {
    let rulebook = Rulebook::built_in().unwrap();
    let file = IncidentFile::parse("rows.yaml", text, &rulebook).unwrap();
    let checked = Checker::new(&rulebook).check(&file);
    let json = |transaction: &TransactionReport| {
        let mut json = Vec::new();
        report::compact(transaction, &mut json).unwrap();
        serde_json::from_slice(&json).unwrap()
    };
    checked.transactions().map(json).collect()
}

fn is_reported_as_a_whole(rows: &str) {
    let text = format!("id: a\ndate: 2018\ntransactions:\n{rows}");
    assert_eq!(transactions(&text), each_as_a_whole(&text), "{text}");
}

#[test]
fn equal_rows_have_their_own_ids_and_places() {
    is_reported_as_a_whole(&"- {from: KP, to: CN, items: [coal]}\n".repeat(5));
    is_reported_as_a_whole(
        "- {id: one, from: KP, to: CN, items: [coal]}\n- {id: number two, from: KP, to: CN, items: [coal]}\n\n- {id: 3,   from: KP, to: CN,\n   items: [coal]}\n",
    );
    is_reported_as_a_whole(
        &"- activity: supply\n  from: {place: Nampo}\n  to: CN\n  items:\n  - {description: coal, hs: 8703}\n".repeat(3),
    );
}

#[test]
fn rows_that_are_written_in_other_ways_are_found_where_they_stand() {
    is_reported_as_a_whole(
        "- {from: KP, to: CN, items: [coal]}\n- {to: CN, items: [coal], from: KP}\n- {from: KP, to: China, items: [{description: coal}]}\n- from: KP\n  to: CN\n  items:\n  - coal\n- from: KP\n  to: CN\n  items: coal\n",
    );
}

#[test]
fn rows_of_which_more_is_told_are_not_alike() {
    is_reported_as_a_whole(
        "- {from: KP, to: CN, items: [coal]}\n- {from: KP, to: CN, items: [coal], title: a trip}\n- {from: KP, to: CN, items: [coal], xyzzyqv: black}\n- {from: KP, to: CN, items: [coal]}\n",
    );
    let counted =
        "- {date: 2018-05-04, activity: supply, from: CN, to: KP, items: [{description: diesel, quantity: 300000 bbl}]}\n";
    is_reported_as_a_whole(&counted.repeat(3));
    let with_owner = "- {from: KP, to: CN, items: [coal], parties: [{name: Firm, owned_by: Other}]}\n";
    is_reported_as_a_whole(&with_owner.repeat(3));
    is_reported_as_a_whole(
        "- {id: a, from: KP, to: CN, items: [coal]}\n- {id: b, from: KP, to: CN, items: [coal]}\n- {id: c, activity: payment, relates_to: [{transaction: b, as: payment-for}]}\n",
    );
}
