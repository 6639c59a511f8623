//! The pages for people who write incident files: every file on them loads, and gives the findings that the page says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{Desk, interdict, root};
use serde_json::Value;

/// A page's incident files, each with the paragraph below it.
fn incidents(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let parts = text.split("```yaml\n").skip(1).filter_map(|part| part.split_once("```"));
    let files = parts.filter(|(file, _)| file.starts_with("id: "));
    files.map(|(file, rest)| (file.to_owned(), rest.trim_start().split("\n\n").next().unwrap().trim_end().to_owned())).collect()
}

/// The report on an incident file, which was read without a mistake or a doubt.
fn report_on(file: &str) -> Value {
    let desk = Desk::new();
    let path = desk.write("incident.yaml", file);
    let report = interdict(["check", "--format", "json", "--fail-on", "never", path.to_str().unwrap()]).exits(0).json();
    assert_eq!(report["problems"], Value::Array(Vec::new()), "{file}");
    report
}

/// Each finding as "`verdict` of `rule`".
fn findings(report: &Value) -> BTreeSet<String> {
    let transactions = report["incidents"][0]["transactions"].as_array().unwrap();
    let found = transactions.iter().flat_map(|transaction| transaction["findings"].as_array().unwrap());
    found
        .map(|finding| format!("`{}` of `{}`", finding["verdict"].as_str().unwrap(), finding["rule"].as_str().unwrap()))
        .collect()
}

/// That the worst finding and others of an incident file are those said below it.
#[track_caller]
fn gives(file: &str, below: &str) {
    let said = below.strip_prefix("Finds: ").unwrap_or_else(|| panic!("no findings are said of:\n{file}"));
    let report = report_on(file);
    let found = findings(&report);
    if said == "nothing." {
        assert_eq!(found, BTreeSet::new(), "{file}");
        return;
    }
    let said: Vec<&str> = said.trim_end_matches('.').split("; ").collect();
    for finding in &said {
        assert!(found.contains(*finding), "{finding} is not among {found:?} of:\n{file}");
    }
    let worst = report["summary"]["verdict"].as_str().unwrap();
    assert!(said[0].starts_with(&format!("`{worst}` ")), "the worst of {found:?} does not come first:\n{file}");
}

#[test]
fn every_worked_sentence_gives_the_findings_that_the_page_says() {
    let sentences = incidents("docs/choosing.md");
    assert!(sentences.len() > 20);
    for (file, below) in sentences {
        gives(&file, &below);
    }
}

#[test]
fn the_terms_in_the_tables_are_terms_of_the_vocabulary() {
    let page = fs::read_to_string(root().join("docs/choosing.md")).unwrap();
    let vocabulary = fs::read_to_string(root().join("rules/vocabulary.yaml")).unwrap();
    for heading in ["Which activity", "Which role", "Which kind of source", "Which stage"] {
        let part = page.split(&format!("\n## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
        let cells: Vec<&str> =
            part.lines().filter(|line| line.starts_with("| ")).filter_map(|row| row.split('|').nth(2)).collect();
        let named = cells.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2));
        let terms: Vec<&str> = named.filter(|term| !["field", "items", "actions"].contains(term)).collect();
        assert!(terms.len() > 5, "{heading}");
        for term in terms {
            assert!(vocabulary.contains(&format!("id: {term},")), "{term} of `{heading}`");
        }
    }
}

#[test]
fn what_is_not_judged_gives_the_findings_that_the_page_says() {
    let acts = incidents("docs/not-judged.md");
    assert!(acts.len() > 9);
    for (file, below) in acts {
        gives(&file, &below);
    }
}

#[test]
fn every_file_of_the_other_pages_loads() {
    for page in ["README.md", "docs/incidents.md"] {
        let files = incidents(page);
        assert!(!files.is_empty(), "{page}");
        for (file, _) in files {
            report_on(&file);
        }
    }
}

#[test]
fn the_file_of_the_tutorial_is_the_example() {
    let (file, _) = incidents("docs/incidents.md").swap_remove(0);
    assert_eq!(file, fs::read_to_string(root().join("docs/examples/rockets.yaml")).unwrap());
    assert_eq!(report_on(&file)["summary"]["verdict"], "violation");
}

#[test]
fn every_paragraph_that_is_said_not_to_be_judged_is_in_the_register() {
    let page = fs::read_to_string(root().join("docs/not-judged.md")).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut resolution, mut cited) = (String::new(), 0);
    let mut before = "";
    for part in page.split("para ") {
        if !before.is_empty() {
            // "1718 para 2 and para 5": the second is of the same resolution.
            let number: String = before.trim_end().chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
            if number.chars().all(|c| c.is_ascii_digit()) {
                resolution = number;
            } else {
                assert!(before.ends_with("and "), "which resolution is meant by `{before}para {part}`?");
            }
            let mut paragraph: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || "()".contains(*c)).collect();
            if paragraph.matches(')').count() > paragraph.matches('(').count() {
                paragraph.pop();
            }
            let register = fs::read_to_string(root().join(format!("rules/un/resolutions/{resolution}.yaml"))).unwrap();
            let entry = ["\"", "("].iter().find_map(|end| register.split_once(&format!("op: \"{paragraph}{end}")));
            let entry = entry.unwrap_or_else(|| panic!("{resolution} para {paragraph} is not in the register")).1;
            let is_uncertain = entry.split("op: ").next().unwrap().contains("confidence: C");
            let marked = part.strip_prefix(&paragraph).unwrap().starts_with(" (unverified)");
            assert_eq!(marked, is_uncertain, "whether {resolution} para {paragraph} is marked as unverified");
            cited += 1;
        }
        before = part;
    }
    assert!(cited > 40, "{cited}");
}
