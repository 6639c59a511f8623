//! The project's own incidents say what the `.expected` file beside each says of them: every finding, and no other.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{files_in, name_of, own_rulebook, plain, root, verdicts, yaml};
use interdict::document::Node;
use interdict::intake::Intake;
use interdict::rulebook::Rulebook;

const FOLDERS: [&str; 2] = ["fixtures/incidents", "fixtures/near-misses"];
const ENDINGS: [&str; 6] = ["yaml", "yml", "json", "ndjson", "jsonl", "csv"];

/// Verdicts by incident and transaction, then by rule.
type Verdicts = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What an `.expected` file says; it names the incidents where the file holds several.
fn expected(file: &Path, only: &str) -> Verdicts {
    let root = yaml(&file.with_extension("expected"));
    let mut found = Verdicts::new();
    let mut take = |incident: &str, node: &Node| {
        assert!(node.get("why").is_some(), "{}: no `why`", file.display());
        for transaction in node.get("transactions").and_then(Node::entries).expect("`transactions`") {
            let rules = transaction.value.entries().expect("a mapping of rules to verdicts");
            let rules = rules.iter().map(|r| (r.key.text.to_string(), r.value.text().expect("a verdict").to_owned()));
            found.insert((incident.to_owned(), transaction.key.text.to_string()), rules.collect());
        }
    };
    match root.get("incidents").and_then(Node::entries) {
        Some(incidents) => incidents.iter().for_each(|i| take(&i.key.text, &i.value)),
        None => take(only, &root),
    }
    found
}

fn found(file: &Path, rulebook: &Rulebook) -> (Verdicts, String) {
    let intake = Intake::read(&[file.to_owned()], &mut std::io::empty(), &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{}", plain(&intake.problems, &intake.sources));
    let in_words = |rules: BTreeMap<String, _>| {
        rules.into_iter().map(|(rule, verdict): (_, interdict::engine::Verdict)| (rule, verdict.word().to_owned()))
    };
    let verdicts = verdicts(rulebook, &intake).into_iter().map(|(of, rules)| (of, in_words(rules).collect())).collect();
    (verdicts, intake.incidents[0].id().to_owned())
}

#[test]
fn every_incident_agrees_with_what_is_expected_of_it() {
    let rulebook = own_rulebook();
    let mut differing = String::new();
    let mut transactions = 0;
    for file in FOLDERS.iter().flat_map(|folder| files_in(&root().join(folder), &ENDINGS)) {
        let (found, id) = found(&file, &rulebook);
        let expected = expected(&file, &id);
        transactions += found.len();
        let of: std::collections::BTreeSet<_> = found.keys().chain(expected.keys()).collect();
        for (incident, transaction) in of {
            let key = (incident.clone(), transaction.clone());
            let place = format!("{}: {incident}/{transaction}", name_of(&file));
            let (Some(found), Some(expected)) = (found.get(&key), expected.get(&key)) else {
                let missing = if found.contains_key(&key) { "nothing is said of it" } else { "there is no such transaction" };
                differing.push_str(&format!("{place}: {missing}\n"));
                continue;
            };
            let rules: std::collections::BTreeSet<_> = found.keys().chain(expected.keys()).collect();
            for rule in rules.into_iter().filter(|rule| found.get(*rule) != expected.get(*rule)) {
                let word = |verdicts: &BTreeMap<String, String>| verdicts.get(rule).map_or("nothing".to_owned(), String::clone);
                differing.push_str(&format!("{place}: {rule}: expected {}, found {}\n", word(expected), word(found)));
            }
        }
    }
    assert!(differing.is_empty(), "\n{differing}");
    assert!(transactions > 100, "only {transactions} transactions");
}

#[test]
fn every_expectation_has_its_incident() {
    for file in FOLDERS.iter().flat_map(|folder| files_in(&root().join(folder), &["expected"])) {
        let incidents = ENDINGS.iter().filter(|ending| file.with_extension(ending).exists()).count();
        assert_eq!(incidents, 1, "{}", file.display());
    }
}

#[test]
fn all_incidents_can_be_read_in_one_run() {
    let rulebook = own_rulebook();
    let folders: Vec<_> = FOLDERS.iter().map(|folder| root().join(folder)).collect();
    let intake = Intake::read(&folders, &mut std::io::empty(), &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{}", plain(&intake.problems, &intake.sources));
    let files: usize = folders.iter().map(|folder| files_in(folder, &ENDINGS).len()).sum();
    assert_eq!(intake.inputs.len(), files);
}

#[test]
fn the_summit_reads_as_it_should() {
    let run = common::interdict(["check", "fixtures/incidents/2023-09-13-vostochny.yaml"]).exits(1);
    assert!(run.stdout.lines().all(|l| l.chars().count() <= 80), "{}", run.stdout);
    run.tells(&[
        "POTENTIAL VIOLATION  dprk-arm-from-all",
        "POTENTIAL VIOLATION  dprk-sci-coop",
        "INSUFFICIENT INFORMATION  dprk-aid-call",
        "settled if known: purpose",
        "POTENTIAL VIOLATION  dprk-obl-launch",
        "denied by DPRK, Russia",
        "shells: POTENTIAL VIOLATION, S/RES/1874 (2009) para 9 (and 2 more paragraphs)",
        "DPRK: Government of the DPRK (supplier) -> Russia: Russian Armed Forces",
        "not checked: listed persons (no designations list was given)",
        "the facts are alleged, not established",
        "factories: NO FINDING, NOT WHOLLY CHECKED",
        "S/RES/1874 (2009) para 9",
    ]);
    let explained = common::interdict(["explain", "fixtures/incidents/2023-09-13-vostochny.yaml", "--transaction", "factories"]);
    explained.exits(0).tells(&["activity is meeting"]);
}
