//! The public door of the crate gives what the program gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

use common::{files_in, interdict, own_rulebook, root};
use interdict::{Checker, IncidentFile, report};
use serde_json::Value;

#[test]
fn a_checker_reports_what_the_program_reports() {
    let rulebook = own_rulebook();
    for file in files_in(&root().join("fixtures/incidents"), &["yaml", "ndjson", "csv"]).iter().step_by(5) {
        let name = file.strip_prefix(root()).unwrap().to_str().unwrap();
        let incident = IncidentFile::parse(name, &fs::read_to_string(file).unwrap(), &rulebook).unwrap();
        let mut json = Vec::new();
        report::json(Checker::new(&rulebook).check(&incident).report(), &mut json).unwrap();
        let own: Value = serde_json::from_slice(&json).unwrap();
        let program = interdict(["check", "--format", "json", "--fail-on", "never", name]).exits(0).json();
        for key in ["incidents", "summary", "problems", "inputs", "not_assessed"] {
            assert_eq!(own[key], program[key], "{name}: {key}");
        }
    }
}

#[test]
fn a_ledger_starts_the_total_of_a_quota() {
    let rulebook = own_rulebook();
    let table = "id,date,activity,from,to,item.description,item.hs,item.quantity,item.origin\n\
        oil,2019-03-10,sale,CN,KP,diesel oil,2710.19,60000 bbl,CN\n";
    let incident = IncidentFile::parse("oil.csv", table, &rulebook).unwrap();
    let checker = Checker::new(&rulebook);
    let ledger = "balances: [{quota: dprk-refined, period: 2019, amount: 490000 bbl, as_of: 2019-03-01}]";
    let report = |checker: &Checker<'_>| {
        let mut text = Vec::new();
        report::text(checker.check(&incident).report(), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    assert!(!report(&checker).contains("550,000"));
    assert!(report(&checker.clone().ledger("oil.ledger", ledger)).contains("550,000 of 500,000 bbl"));
    let broken = checker.ledger("oil.ledger", "balances: 12");
    assert!(!broken.check(&incident).report().head.problems.is_empty());
}

#[test]
fn an_unknown_regime_is_an_error_with_a_suggestion() {
    let rulebook = own_rulebook();
    let error = Checker::new(&rulebook).regime("dpkr").unwrap_err();
    assert_eq!(error.to_string(), "`dpkr` is no regime; did you mean `dprk`?");
}

#[test]
fn an_incident_file_with_mistakes_is_an_error_with_every_one() {
    let text = "id: a\ntransactions: [{activity: sale, from: KPP, dat: 2018}]\n";
    let invalid = IncidentFile::parse("a.yaml", text, &own_rulebook()).unwrap_err();
    assert_eq!(invalid.diagnostics().iter().count(), 2);
    let lines: Vec<String> = invalid.to_string().lines().map(str::to_owned).collect();
    assert!(lines[0].starts_with("a.yaml:2:39: unknown country `KPP`"), "{lines:?}");
    assert_eq!(lines[1], "a.yaml:2:44: unknown key `dat` in a transaction (did you mean `date`?)");
}
