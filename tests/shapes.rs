//! Incident files of other shapes than the format's: without an id, without a list, with keys in place of list marks, with parties
//! that are told once. Each means what the file means that is written as the format says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict};
use serde_json::Value;

/// Two transactions as the format has them.
const WRITTEN_OUT: &str = "id: case
sources: [{id: gazette, kind: press}]
transactions:
  - id: coal
    date: 2018-03-05
    activity: sale
    from: KP
    to: CN
    items: [{description: coal, quantity: 20 t}]
    parties: [{role: supplier, name: Black Rock Trading, nationality: KP}, {role: buyer, name: Lindenhof Trading}]
    vessels: [{name: Hae Song, flag: KP}]
";

fn check(name: &str, text: &str) -> Run {
    let desk = Desk::new();
    let path = desk.write(name, text);
    interdict(["check".into(), "--format".into(), "json".into(), path.into_os_string()])
}

/// What the report says of each transaction, without places and what depends on the file's text.
fn said(run: &Run) -> Vec<Value> {
    let report = run.json();
    let transactions = report["incidents"][0]["transactions"].as_array().unwrap();
    let finding = |finding: &Value| (finding["rule"].clone(), finding["verdict"].clone(), finding["subject"]["label"].clone());
    let all = transactions.iter().map(|transaction| {
        let findings: Vec<_> = transaction["findings"].as_array().unwrap().iter().map(finding).collect();
        let page = &transaction["page"];
        serde_json::json!([
            transaction["id"],
            findings,
            page["from"],
            page["to"],
            page["others"],
            page["objects"],
            page["sources"]
        ])
    });
    all.collect()
}

#[test]
fn a_file_of_another_shape_means_what_it_means_written_out() {
    let expected = check("case.yaml", WRITTEN_OUT).exits(1);
    let expected_said = said(&expected);
    assert_eq!(expected_said.len(), 1);
    let bare = "sources: [{id: gazette, kind: press}]
id: case
date: 2018-03-05
activity: sale
from: KP
to: CN
items: [{description: coal, quantity: 20 t}]
parties: [{role: supplier, name: Black Rock Trading, nationality: KP}, {role: buyer, name: Lindenhof Trading}]
vessels: [{name: Hae Song, flag: KP}]
";
    let with_id = |text: &str| text.replace("activity", "transactions: [{id: coal}]\nactivity");
    let variants = [
        ("without an id", WRITTEN_OUT.replace("id: case\n", ""), &["W0248"][..]),
        ("facts above the list", with_id(bare), &["W0249"]),
        (
            "transactions under keys",
            WRITTEN_OUT.replace("  - id: coal\n    date", "  coal:\n    date"),
            &["W0242"],
        ),
        (
            "parties under their roles",
            WRITTEN_OUT.replace(
                "[{role: supplier, name: Black Rock Trading, nationality: KP}, {role: buyer, name: Lindenhof Trading}]",
                "{seller: {name: Black Rock Trading, nationality: KP}, buyer: Lindenhof Trading}",
            ),
            &["W0242", "N0231"],
        ),
        ("goods under their names", WRITTEN_OUT.replace("[{description: coal, quantity: 20 t}]", "{coal: {quantity: 20 t}}"), &["W0242"]),
        ("sources under their ids", WRITTEN_OUT.replace("[{id: gazette, kind: press}]", "{gazette: {kind: press}}"), &["W0242"]),
        (
            "parties told once, by key",
            WRITTEN_OUT
                .replace("    parties: [{role: supplier, name: Black Rock Trading, nationality: KP}, {role: buyer, name: Lindenhof Trading}]\n", "    supplier: p1\n    buyer: p2\n")
                .replace("transactions:", "parties: {p1: {name: Black Rock Trading, nationality: KP}, p2: {name: Lindenhof Trading}}\ntransactions:"),
            &["W0242", "W0249"],
        ),
        (
            "parties told once, in a list",
            WRITTEN_OUT
                .replace("[{role: supplier, name: Black Rock Trading, nationality: KP}, {role: buyer, name: Lindenhof Trading}]", "[{role: supplier, ref: p1}, {role: buyer, name: Lindenhof Trading}]")
                .replace("transactions:", "parties: [{id: p1, name: Black Rock Trading, nationality: KP}, {name: Lindenhof Trading}]\ntransactions:"),
            &["W0249"],
        ),
        (
            "a ship told once",
            WRITTEN_OUT
                .replace("vessels: [{name: Hae Song, flag: KP}]", "vessel: v1")
                .replace("transactions:", "vessels: {v1: {name: Hae Song, flag: KP}}\ntransactions:"),
            &["W0249"],
        ),
    ];
    for (what, text, codes) in variants {
        let run = check("case.yaml", &text).exits(1);
        assert_eq!(said(&run), expected_said, "{what}:\n{text}");
        run.complains(codes);
    }
}

#[test]
fn a_file_that_is_one_transaction_or_a_list_of_them_is_read_as_that() {
    let one = "date: 2018-03-05\nactivity: sale\nfrom: KP\nto: CN\ngoods: [coal]\n";
    let run = check("one.yaml", one).exits(1);
    assert_eq!(run.json()["incidents"][0]["id"], "one");
    run.complains(&["W0248", "W0249"]);
    let list = "- {date: 2018-03-05, activity: sale, from: KP, to: CN, items: [coal]}\n- {date: 2018-03-05, activity: sale, from: KP, to: CN, items: [squid]}\n";
    let run = check("list.yaml", list).exits(1);
    assert_eq!(said(&run).len(), 2);
    let json = r#"[{"date": "2018-03-05", "activity": "sale", "from": "KP", "to": "CN", "items": ["coal"]}]"#;
    assert_eq!(said(&check("list.json", json).exits(1)).len(), 1);
    // What is told of the goods of one transaction is not told of the incident.
    let described = "date: 2018-03-05\nactivity: sale\nfrom: KP\nto: CN\ndescription: coal\n";
    assert_eq!(said(&check("one.yaml", described).exits(1))[0][1][0][0], "dprk-coal");
}

#[test]
fn what_may_be_of_several_transactions_stays_a_mistake() {
    let two = WRITTEN_OUT.to_owned() + "  - {id: squid, date: 2018-03-05, activity: sale, from: KP, to: CN, items: [squid]}\n";
    let run = check("case.yaml", &two.replace("transactions:", "via: RU\ntransactions:")).exits(3);
    run.complains(&["E0201", "via"]);
    // Whom no transaction names is not lost either.
    let run = check("case.yaml", &two.replace("transactions:", "parties: {p1: {name: Alder Trading}}\ntransactions:")).exits(3);
    run.complains(&["E0201", "parties"]);
    // Nor does a file that was cut off pass for one in which nothing moved.
    for empty in ["id: a\n", "title: nothing\nsources: []\n", "transactions:\n", "id: a\ntransactions:\n"] {
        check("case.yaml", empty).exits(3).complains(&["E0202"]);
    }
    // A fact that the transaction tells itself is not told twice.
    let run = check("case.yaml", &WRITTEN_OUT.replace("transactions:", "to: RU\ntransactions:")).exits(3);
    run.complains(&["E0201", "`to`"]);
}

#[test]
fn a_party_called_as_a_state_is_is_that_state() {
    let text = |supplier: &str| {
        format!(
            "id: a\ntransactions: [{{id: t, date: 2018-03-05, activity: sale, supplier: {supplier}, consignee: China, items: [coal]}}]\n"
        )
    };
    let run = check("a.yaml", &text("North Korea")).exits(1);
    assert_eq!(run.json()["incidents"][0]["transactions"][0]["verdict"], "potential-violation", "{}", run.stdout);
}
