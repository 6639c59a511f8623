//! `docs/reports.md`: its commands are run and their output compared; its tables are those of the program.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::page::{first_cells, holds, made_anew};
use common::{Desk, FORMATS, interdict, root};
use serde_json::Value;

const EXAMPLE: &str = "docs/examples/harbour.yaml";

fn page() -> String {
    fs::read_to_string(root().join("docs/reports.md")).unwrap()
}

#[test]
fn every_command_of_the_page_prints_the_output_below_it() {
    let page = holds("docs/reports.md");
    for format in FORMATS.into_iter().skip(1) {
        assert!(page.contains(&format!("$ interdict check --format {format} ")), "{format} is shown");
        assert!(page.contains(&format!("\n## {format}\n")), "{format} is described");
    }
    assert!(page.contains("\n## text\n") && page.contains(&format!("$ interdict check {EXAMPLE} ")));
}

#[test]
fn an_old_run_is_another_one() {
    // What the page shows of it is pinned here too, lest an update writes it away.
    let check = |args: &[&str]| interdict(["check", "--format", "json"].iter().chain(args).chain([&EXAMPLE]));
    let reagents = |report: &Value| report["incidents"][0]["transactions"][1]["verdict"].as_str().unwrap().to_owned();
    assert_eq!(reagents(&check(&[]).json()), "compliant");
    assert_eq!(reagents(&check(&["--known-on", "2022-03-03"]).json()), "compliant", "the day of the approval");
    assert_eq!(reagents(&check(&["--known-on", "2022-03-02"]).json()), "potential-violation");
    let baseline = ["--baseline", "docs/examples/decisions.yaml", "--as"];
    check(&[baseline[0], baseline[1], baseline[2], "2022-12-31"]).exits(0);
    check(&[baseline[0], baseline[1], baseline[2], "2023-01-01"]).exits(1);
}

#[test]
fn the_columns_are_those_of_the_header() {
    let report = interdict(["check", "--format", "csv", EXAMPLE]).exits(1).stdout;
    let header: Vec<&str> = report.lines().next().unwrap().split(',').collect();
    assert_eq!(first_cells(&page(), "csv"), header);
}

#[test]
fn the_keys_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(root().join("docs/schema/report-1.json")).unwrap()).unwrap();
    let mut actual = first_cells(&page(), "json");
    actual.sort();
    assert_eq!(
        actual,
        schema["properties"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
}

#[test]
fn verdicts_are_mapped_as_the_page_says() {
    let desk = Desk::new();
    let alleged = fs::read_to_string(root().join(EXAMPLE)).unwrap();
    let established = alleged.replace("denied_by: [CN]", "evidence: established");
    assert_ne!(alleged, established);
    let page = page();
    for text in [alleged, established] {
        let input = desk.write("harbour.yaml", text);
        let actual = |format: &str| {
            interdict(["check", "--sarif-include", "pass", "--format", format, input.to_str().unwrap()]).exits(1).stdout
        };
        let log: Value = serde_json::from_str(&actual("sarif")).unwrap();
        let (junit, github) = (actual("junit"), actual("github"));
        let cases = roxmltree::Document::parse(&junit).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 3);
        for result in results {
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            let (verdict, id) = (word(&result["properties"]["verdict"]), word(&result["properties"]["transaction"]));
            let case = cases.descendants().find(|n| n.attribute("name") == Some(&id)).unwrap();
            let outcome = case.children().find(|n| ["failure", "skipped", "error"].contains(&n.tag_name().name()));
            let outcome = outcome.map_or("passed".to_owned(), |n| format!("`{}`", n.tag_name().name()));
            let annotation = github.lines().find(|line| line.contains(&format!("title={verdict}%3A")));
            let level = annotation.map_or("not shown".to_owned(), |a| format!("`{}`", a[2..].split(' ').next().unwrap()));
            let row =
                format!("| `{verdict}` | `{}` | `{}` | {outcome} | {level} |", word(&result["kind"]), word(&result["level"]));
            assert!(page.contains(&row), "{row}");
        }
    }
    assert_eq!(first_cells(&page, "Verdicts in sarif, junit and github").len(), 4);
}

#[test]
fn the_limits_are_those_of_the_code() {
    let page = page();
    let limits = page.split("\n## Limits\n").nth(1).unwrap().split("\n## ").next().unwrap();
    for (file, constant, actual) in [
        ("sarif/selection.rs", "const MOST_RESULTS: usize = 25_000;", "25,000 results"),
        ("sarif/mod.rs", "const MOST_COMPRESSED: usize = 9_000_000;", "9,000,000 bytes"),
        ("sarif/invocation.rs", "const MOST_PROBLEMS: usize = 1_000;", "1,000 mistakes"),
        ("sarif/location.rs", "const MOST_LOCATIONS: usize = 100;", "100 conditions of a result"),
        ("sarif/descriptor.rs", "const MOST_TAGS: usize = 20;", "20 tags of a rule"),
        ("github.rs", "const MAX_CHARS: usize = 8_000;", "8,000 characters in a message"),
        ("github.rs", "const MAX_TITLE_CHARS: usize = 200;", "200 in a title"),
        ("markdown.rs", "const MAX_BYTES: usize = 400_000;", "400,000 bytes of table"),
        ("markdown.rs", "const MAX_LIST_BYTES: usize = 50_000;", "50,000 bytes of mistakes"),
        ("markdown.rs", "const MAX_CHARS: usize = 1_000;", "1,000 characters in a text"),
        ("html/survey.rs", "const MOST_FINDINGS: usize = 5_000;", "5,000 findings"),
        ("html/survey.rs", "const MOST_ROWS: usize = 1_000;", "1,000 duties and as many decisions"),
        ("html/parts.rs", "const LONGEST: usize = 4_000;", "4,000 characters in a text"),
    ] {
        let code = fs::read_to_string(root().join("src/report").join(file)).unwrap();
        assert!(code.contains(constant), "{file}: {constant}");
        assert!(limits.contains(actual), "{actual}");
    }
}

#[test]
fn a_page_with_another_output_is_noticed() {
    let page = page();
    for (actual, wrong) in [("POTENTIAL VIOLATION  dprk-coal", "VIOLATION  dprk-coal"), ("\n\"compliant\"\n", "\n")] {
        assert!(page.contains(actual), "{actual}");
        let wrong = page.replacen(actual, wrong, 1);
        assert_ne!(wrong, page);
        assert_eq!(made_anew(&wrong), page, "what is wrong is written right");
    }
}
