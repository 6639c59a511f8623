//! Decisions that a hit of screening is a false positive: what they set aside, and what opens them again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, root};
use serde_json::Value;

const PAYMENT: &str = r#"{"id": "p", "activity": "funds-transfer", "date": "2019-03-01", "from": "CN", "to": "MY", "value": "20000 USD", "parties": [{"name": "Korea Paekmyong Trading", "role": "payee"}]}"#;

fn list() -> String {
    root().join("fixtures/lists/invented-2025-01-31.xml").to_str().unwrap().to_owned()
}

fn screen(name: &str, list: &str, more: &[&str]) -> Run {
    interdict(["screen", name, "--designations", list, "--format", "json"].into_iter().chain(more.iter().copied()))
}

/// The digest of the entry that a name hits first.
fn entry_of(name: &str, list: &str) -> String {
    screen(name, list, &[]).json()["names"][0]["hits"][0]["entry"].as_str().unwrap().to_owned()
}

fn decision(name: &str, listing: &str, entry: &str) -> String {
    let of_hit = format!("name: {name}, listing: {listing}, entry: {entry}, decision: false-positive");
    format!("- {{{of_hit}, reason: a bakery, by: A. Person, on: 2026-01-15, expires: 2026-06-30}}\n")
}

fn check(desk: &Desk, baseline: &std::path::Path, day: &str, more: &[&str]) -> Run {
    let payment = desk.write("p.ndjson", PAYMENT);
    let (payment, baseline, list) = (payment.to_str().unwrap(), baseline.to_str().unwrap(), list());
    let args = ["check", payment, "--designations", &list, "--baseline", baseline, "--as", day, "--format", "json"];
    interdict(args.into_iter().chain(more.iter().copied()))
}

/// True if the report has a finding about the asset freeze.
fn freezes(report: &Value) -> bool {
    let findings = report["incidents"][0]["transactions"][0]["findings"].as_array();
    findings.is_some_and(|findings| findings.iter().any(|finding| finding["rule"] == "dprk-af-desig"))
}

#[test]
fn a_decided_hit_lists_nobody_and_says_who_decided() {
    let desk = Desk::new();
    let entry = entry_of("Korea Paekmyong Trading", &list());
    // The name is compared as names are: case and punctuation do not matter.
    let baseline = desk.write("d.yaml", decision("KOREA PAEKMYONG-TRADING", "xpe.030", &entry));
    let report = check(&desk, &baseline, "2026-02-01", &[]).exits(0).json();
    assert!(!freezes(&report));
    assert_eq!(report["decisions"]["hits"], 1);
    assert!(report.to_string().contains("decided not to be meant by A. Person on 2026-01-15: a bakery"), "{report}");
    let screened = screen("Korea Paekmyong Trading", &list(), &["--baseline", baseline.to_str().unwrap(), "--as", "2026-02-01"]);
    let screened = screened.exits(0).json();
    assert_eq!(screened["names"][0]["outcome"], "no-match");
    assert_eq!(screened["names"][0]["hits"][0]["decision"]["state"], "in-force");
}

#[test]
fn a_decision_lapses_on_its_last_day_and_with_the_entry_it_was_made_on() {
    let desk = Desk::new();
    let entry = entry_of("Korea Paekmyong Trading", &list());
    let baseline = desk.write("d.yaml", decision("Korea Paekmyong Trading", "XPe.030", &entry));
    let expired = check(&desk, &baseline, "2026-07-01", &[]).exits(1).json();
    assert!(freezes(&expired));
    assert_eq!(expired["decisions"]["expired"][0]["listing"], "XPe.030");
    let baseline = desk.write("e.yaml", decision("Korea Paekmyong Trading", "XPe.030", &"0".repeat(32)));
    let changed = check(&desk, &baseline, "2026-02-01", &[]).exits(1).json();
    assert!(freezes(&changed));
    assert!(changed["decisions"]["reopened"][0]["changes"][0].as_str().unwrap().contains(&entry));
    // Another name, or the same name and another entry, is not decided.
    let baseline = desk.write("o.yaml", decision("Korea Paekmyong", "XPe.030", &entry));
    let other = check(&desk, &baseline, "2026-02-01", &[]).exits(1).json();
    assert!(freezes(&other));
    assert_eq!(other["decisions"]["stale"][0]["name"], "Korea Paekmyong");
}

#[test]
fn the_digest_of_an_entry_follows_what_it_says_and_not_its_record_number() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(root().join("fixtures/lists/invented-2025-01-31.xml")).unwrap();
    let before = entry_of("Korea Paekmyong Trading", &list());
    let same = text.replace("<VERSIONNUM>1</VERSIONNUM>", "<VERSIONNUM>7</VERSIONNUM>");
    assert_ne!(same, text);
    let same = desk.write("same.xml", same);
    assert_eq!(entry_of("Korea Paekmyong Trading", same.to_str().unwrap()), before);
    let at = text.find("XPe.030").unwrap();
    let (head, tail) = text.split_at(at);
    let amended = desk.write("amended.xml", format!("{head}{}", tail.replacen("2016-03-02", "2016-03-03", 1)));
    assert_ne!(entry_of("Korea Paekmyong Trading", amended.to_str().unwrap()), before);
}

#[test]
fn a_decision_does_not_hold_where_more_than_the_name_says_that_the_entry_is_meant() {
    let desk = Desk::new();
    let own = root().join("fixtures/lists/own.csv");
    let (own, names) =
        (own.to_str().unwrap(), desk.write("n.csv", "name,kind,id\nCHOL BONG 12,vessel,\nChol Bong 12,vessel,IMO 9074729\n"));
    let entry =
        screen("CHOL BONG 12", own, &["--kind", "vessel"]).json()["names"][0]["hits"][0]["entry"].as_str().unwrap().to_owned();
    let baseline = desk.write("d.yaml", decision("Chol Bong 12", "V-1", &entry));
    let args = ["screen", "--file", names.to_str().unwrap(), "--designations", own, "--format", "json", "--as", "2026-02-01"];
    let screened = interdict(args.into_iter().chain(["--baseline", baseline.to_str().unwrap()])).exits(1).json();
    assert_eq!(screened["names"][0]["outcome"], "no-match");
    assert_eq!(screened["names"][1]["outcome"], "match");
    assert_eq!(screened["names"][1]["hits"][0]["decision"]["state"], "reopened");
}

#[test]
fn a_decision_on_a_hit_names_all_of_it_and_nothing_else() {
    let desk = Desk::new();
    let who = "reason: a bakery, by: A. Person, on: 2026-01-15";
    let entry = "0".repeat(32);
    for (keys, said) in [
        ("name: X, listing: XPe.030".to_owned(), "needs `entry`"),
        (format!("name: X, entry: {entry}"), "needs `listing`"),
        (format!("name: X, listing: XPe.030, entry: {entry}, rule: dprk-coal"), "has no `rule`"),
        ("name: X, listing: XPe.030, entry: abc".to_owned(), "no digest of an entry"),
    ] {
        let baseline = desk.write("d.yaml", format!("- {{{keys}, decision: false-positive, {who}}}\n"));
        let run = check(&desk, &baseline, "2026-02-01", &[]).exits(3);
        assert!(run.stderr.contains(said), "{keys}: {}", run.stderr);
    }
    let baseline = desk.write("d.yaml", format!("- {{name: X, listing: XPe.030, entry: {entry}, decision: accepted, {who}}}\n"));
    assert!(check(&desk, &baseline, "2026-02-01", &[]).exits(3).stderr.contains("is decided as `false-positive`"));
}
