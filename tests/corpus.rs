//! The corpus of incidents: what the law must say of each stands beside it, with a sentence why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use interdict::engine::{Ledger, Options, Verdict, assess};
use interdict::intake::Intake;
use interdict::rulebook::{Rulebook, built_in, load};
use serde::Deserialize;

/// Rule to verdict, the worst of the rule's findings.
type Findings = BTreeMap<String, String>;
/// Incident to transaction to findings.
type Incidents = BTreeMap<String, BTreeMap<String, Findings>>;

/// A golden file: of one incident, or of several in one file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Golden {
    Several { incidents: BTreeMap<String, One> },
    Single(One),
}

#[derive(Deserialize)]
struct One {
    why: String,
    transactions: BTreeMap<String, Findings>,
}

fn rulebook() -> Box<Rulebook> {
    let (rulebook, _) = load(built_in());
    rulebook.expect("the built-in rulebook has no mistake")
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// The incident files of a folder, sorted.
fn inputs(name: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder(name)).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|p| p.extension().is_some_and(|e| e != "expected")).collect();
    paths.sort();
    paths
}

fn found(rulebook: &Rulebook, paths: &[PathBuf]) -> Incidents {
    let intake = Intake::read(paths, &mut std::io::empty(), &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{paths:?} cannot be read: {:?}", intake.problems);
    let ledger = Ledger::count(rulebook, &intake.incidents, None, None);
    let assessment = assess(rulebook, &intake.incidents, &ledger, &Options::default());
    let mut incidents = Incidents::new();
    for (incident, transaction) in assessment.transactions() {
        let id = incident.reported.transactions()[transaction.index].id.clone().unwrap();
        let of_transaction = incidents.entry(incident.reported.id().to_owned()).or_default().entry(id).or_default();
        let mut worst: BTreeMap<&str, Verdict> = BTreeMap::new();
        for finding in &transaction.findings {
            let verdict = finding.verdict.unwrap();
            worst.entry(&finding.rule.id).and_modify(|v| *v = verdict.max(*v)).or_insert(verdict);
        }
        of_transaction.extend(worst.into_iter().map(|(rule, verdict)| (rule.to_owned(), verdict.to_string())));
    }
    incidents
}

fn expected(input: &Path) -> Incidents {
    let golden = input.with_extension("expected");
    let text = fs::read_to_string(&golden).unwrap_or_else(|_| panic!("{} is missing", golden.display()));
    let golden: Golden = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", golden.display()));
    let stem = input.file_stem().unwrap().to_string_lossy().into_owned();
    let several = match golden {
        Golden::Several { incidents } => incidents,
        Golden::Single(one) => BTreeMap::from([(stem, one)]),
    };
    several
        .into_iter()
        .map(|(id, one)| {
            assert!(one.why.len() > 20, "{id} says not why");
            (id, one.transactions)
        })
        .collect()
}

/// Every file by itself, and then all of them together: a quota must not come out otherwise in company.
fn agrees(name: &str, at_least: usize) {
    let rulebook = rulebook();
    let inputs = inputs(name);
    assert!(inputs.len() >= at_least, "{name} holds {} files", inputs.len());
    let mut wrong = Vec::new();
    let mut all = Incidents::new();
    for input in &inputs {
        let (expected, found) = (expected(input), found(&rulebook, std::slice::from_ref(input)));
        if expected != found {
            wrong.push(format!("{}\n  expected {expected:?}\n  found    {found:?}", input.display()));
        }
        all.extend(expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found(&rulebook, &inputs), all, "together");
}

#[test]
fn real_incidents_have_the_findings_that_the_law_asks_for() {
    agrees("incidents", 60);
}

#[test]
fn near_misses_stay_clear() {
    agrees("near-misses", 40);
    for input in inputs("near-misses") {
        let worst = expected(&input).into_values().flat_map(BTreeMap::into_values).flat_map(BTreeMap::into_values);
        assert!(worst.into_iter().all(|v| v == "compliant"), "{} is no near miss", input.display());
    }
}

#[test]
fn the_tests_beside_the_rules_hold() {
    let run = interdict::workbench::run_tests(&rulebook());
    assert!(run.failures.is_empty(), "{:#?}", run.failures);
    assert!(run.passed > 1000);
}
