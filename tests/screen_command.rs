//! `interdict screen` and `interdict lists` as a person or a pipeline meets them.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, root};
use serde_json::Value;

fn list(name: &str) -> String {
    root().join("fixtures/lists").join(name).to_str().unwrap().to_owned()
}

fn screen(args: &[&str]) -> Run {
    interdict([&["screen"], args].concat())
}

fn lists(command: &str, args: &[&str]) -> Run {
    interdict([&["lists", command], args].concat())
}

#[test]
fn screening_exits_with_its_worst_outcome_and_says_why() {
    let new = list("invented-2025-01-31.xml");
    let found = screen(&["Lee Seong-hyeok", "--kind", "person", "--designations", &new]).exits(1);
    assert!(found.stdout.contains("match 0.970  XPi.001 RI SONG HYOK (person; UN DPRK, listed 2016-03-02)"), "{}", found.stdout);
    assert!(found.stdout.contains("can be the same Korean syllables"));
    screen(&["Nobody In Particular", "--designations", &new]).exits(0);
    screen(&["Simba", "--designations", &new, "--fail-on", "match"]).exits(0);
    screen(&["Simba"]).exits(2);
    screen(&["Simba", "--designations", "missing.xml"]).exits(3);
    let own = screen(&["Lumenara Shipping", "--kind", "entity", "--designations", &list("own.csv")]).exits(1);
    assert!(own.stdout.contains("not a UN measure: house list"), "{}", own.stdout);
}

#[test]
fn names_come_from_lines_tables_and_ndjson() {
    let desk = Desk::new();
    let new = list("invented-2025-01-31.xml");
    for (name, text) in [
        ("names.txt", "# parties\nRi Song Hyok\n\nNobody\n"),
        ("names.csv", "name,kind,born\nRi Song Hyok,person,1965-04\nNobody,,\n"),
        ("names.ndjson", "{\"name\": \"Ri Song Hyok\", \"id\": [\"PS654320117\"]}\n{\"name\": \"Nobody\"}\n"),
    ] {
        let file = desk.write(name, text);
        let found = screen(&["--file", file.to_str().unwrap(), "--designations", &new, "--format", "json"]).exits(1);
        let report: Value = serde_json::from_str(&found.stdout).unwrap();
        assert_eq!(report["schema"], "interdict/screening/1");
        assert_eq!(report["summary"]["match"], 1, "{name}");
        assert_eq!(report["names"][0]["hits"][0]["reference"], "XPi.001", "{name}");
        assert_eq!(report["names"][1]["outcome"], "no-match");
    }
    // A bare number in the column `id` counts rows as well as it names a document.
    let own = desk.write("own.csv", "name,reference,kind,document\nTarquin Obermeister,10001,person,7788990\n");
    for (column, outcome) in [("id", "review"), ("passport", "match")] {
        let file = desk.write("numbered.csv", format!("name,{column}\nSomebody Else,7788990\nNobody,10001\n"));
        let args = ["--file", file.to_str().unwrap(), "--designations", own.to_str().unwrap(), "--format", "json"];
        let report: Value = serde_json::from_str(&screen(&args).exits(1).stdout).unwrap();
        assert_eq!((&report["names"][0]["outcome"], &report["names"][1]["outcome"]), (&outcome.into(), &"no-match".into()));
    }
    let wrong = desk.write("wrong.csv", "nmae\nX\n");
    screen(&["--file", wrong.to_str().unwrap(), "--designations", &new]).exits(3);
}

#[test]
fn pairs_are_scored_in_a_table() {
    let desk = Desk::new();
    let pairs = desk.write("pairs.csv", "left,right,kind\nRi Song Hyok,리성혁,person\nOffice 39,Office 38,entity\n");
    let found = screen(&["--pairs", pairs.to_str().unwrap(), "--format", "csv"]).exits(0);
    let rows: Vec<&str> = found.stdout.lines().collect();
    assert_eq!(rows[0], "left,right,score,match,why");
    assert!(rows[1].starts_with("Ri Song Hyok,리성혁,0.970,true,"), "{}", rows[1]);
    assert!(rows[2].contains(",false,"), "{}", rows[2]);
}

#[test]
fn a_delta_screens_only_what_changed() {
    let (old, new) = (list("invented-2024-06-30.xml"), list("invented-2025-01-31.xml"));
    let names = ["Ri Song Ho", "Pak Yong Nam", "Korea Tongbang Clearing House"];
    let found = screen(&[names[0], names[1], names[2], "--delta", &old, &new, "--format", "csv"]).exits(1);
    assert!(found.stdout.contains("XPi.002") && found.stdout.contains(",listed,"), "{}", found.stdout);
    assert!(found.stdout.contains("XPe.029") && found.stdout.contains(",delisted,"), "{}", found.stdout);
    // He is on both copies, unchanged.
    assert!(found.stdout.contains("Pak Yong Nam,no-match"), "{}", found.stdout);
}

#[test]
fn lists_are_shown_and_compared() {
    let (old, new) = (list("invented-2024-06-30.xml"), list("invented-2025-01-31.xml"));
    let shown = lists("show", &[&new, "XPi.001"]).exits(0);
    assert!(shown.stdout.contains("documents: kind Passport, number PS 654320117"), "{}", shown.stdout);
    let json: Value = serde_json::from_str(&lists("show", &[&new, "--format", "json"]).exits(0).stdout).unwrap();
    assert_eq!(json["entries"].as_array().unwrap().len(), 13);
    let changes = lists("diff", &[&old, &new]).exits(0);
    assert!(changes.stdout.contains("listed    XPi.002"), "{}", changes.stdout);
    assert!(changes.stdout.ends_with("1 listed, 1 delisted, 1 amended\n"), "{}", changes.stdout);
}

#[test]
fn a_folder_holds_the_copies_of_one_list() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["invented-2024-06-30.xml", "invented-sdn.xml"] {
        std::fs::copy(list(name), folder.path().join(name)).unwrap();
    }
    let run = screen(&["Ri Song Hyok", "--designations", folder.path().to_str().unwrap()]);
    run.exits(3).complains(&["holds copies of different lists", "invented-sdn.xml"]);
}

#[test]
fn what_is_asked_for_and_not_there_is_told() {
    let shown = lists("show", &[&list("invented-2024-06-30.xml"), "KPi.999"]);
    shown.exits(2).complains(&["E0711", "`KPi.999` is the reference of no entry"]);
    for name in ["", "  ", "N/A", "--"] {
        let run = interdict(["screen", "--designations", &list("invented-2024-06-30.xml"), "--", name]);
        run.exits(2).complains(&["is no name"]);
    }
}
