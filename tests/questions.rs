//! Questions in place of floods, pertinence, and triage in place of silence, under the built-in rulebook.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, interdict};
use serde_json::Value;

/// A sale of which neither the goods nor the day are reported.
const IN_FOUR_LINES: &str =
    "id: four-lines\ntransactions:\n  - id: sale\n    activity: sale\n    from: North Korea\n    to: Russia\n";

/// The only transaction of an incident in the JSON report.
fn transaction(incident: &str) -> Value {
    let desk = Desk::new();
    let path = desk.write("incident.yaml", incident);
    let run = interdict([
        "check".as_ref(),
        "--fail-on".as_ref(),
        "never".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
        path.as_os_str(),
    ]);
    run.exits(0).json()["incidents"][0]["transactions"][0].clone()
}

fn text(incident: &str) -> String {
    let desk = Desk::new();
    let path = desk.write("incident.yaml", incident);
    interdict(["check".as_ref(), path.as_os_str()]).exits(0).stdout
}

#[test]
fn a_sale_told_in_four_lines_is_asked_three_questions_at_most_on_one_page() {
    let transaction = transaction(IN_FOUR_LINES);
    let questions = transaction["questions"].as_array().unwrap();
    assert!((1..=3).contains(&questions.len()), "{questions:#?}");
    assert_eq!(questions[0]["text"], "What are the goods?");
    assert!(text(IN_FOUR_LINES).lines().count() <= 60, "it fits on a page");
}

#[test]
fn each_open_finding_hangs_on_one_question_that_asks_for_facts_that_settle_it() {
    let transaction = transaction(IN_FOUR_LINES);
    let questions = transaction["questions"].as_array().unwrap();
    let findings = transaction["findings"].as_array().unwrap();
    assert!(findings.len() > 5);
    for finding in findings {
        let question = questions.iter().find(|question| question["id"] == finding["question"]).expect("it has a question");
        assert!(question["rules"].as_array().unwrap().contains(&finding["rule"]));
        let facts = question["facts"].as_array().unwrap();
        let settles = |set: &Value| set.as_array().unwrap().iter().all(|missing| facts.contains(&missing["fact"]));
        assert!(finding["settled_by"].as_array().unwrap().iter().any(settles), "{finding:#}");
    }
    let counted: u64 = questions.iter().map(|question| question["findings"].as_u64().unwrap()).sum();
    assert_eq!(counted, findings.len() as u64);
}

#[test]
fn a_sale_of_rice_is_asked_nothing_and_a_ship_that_is_sold_is_not_asked_about_seafood() {
    let rice = "id: rice\ntransactions:\n  - {id: t, activity: sale, date: 2019-05-02, from: CN, to: KP, items: [{description: rice, hs: '1006.30'}]}\n";
    let rice = transaction(rice);
    assert_eq!(rice["findings"].as_array().unwrap().len(), 0, "{rice:#}");
    assert_eq!(rice["triage"], Value::Null);
    let ship = "id: ship\ntransactions:\n  - {id: t, activity: sale, date: 2019-05-02, from: KP, to: CN, vessels: [{name: Ebb Star, role: traded}]}\n";
    let ship = transaction(ship);
    let rules = ship["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap());
    assert!(!rules.clone().any(|rule| rule == "dprk-seafood" || rule == "dprk-textile"), "{:?}", rules.collect::<Vec<_>>());
}

/// Coal from the target, in an act that no rule on goods asks for.
const COAL_ON_A_JOURNEY: &str = r#"{"id": "t", "activity": "travel", "date": "2018-05-02", "from": "KP", "to": "CN", "items": [{"description": "anthracite"}]}"#;

#[test]
fn a_rule_that_only_the_activity_keeps_away_is_told_as_triage() {
    for (name, text) in [("one.ndjson", format!("{COAL_ON_A_JOURNEY}\n")), ("one.json", COAL_ON_A_JOURNEY.to_owned())] {
        let desk = Desk::new();
        let path = desk
            .write(name, if name.ends_with("ndjson") { text } else { format!("{{\"id\": \"i\", \"transactions\": [{text}]}}") });
        let report = desk.run(&["check", "--format", "json"], [&path]).exits(0).json();
        assert_eq!(report["summary"]["triage"], 1, "{name}: {report:#}");
        let triage = &report["incidents"][0]["transactions"][0]["triage"];
        assert_eq!(triage["why"], "activity is travel");
        assert_eq!(triage["nearest"][0]["rule"], "trial-coal");
        assert_eq!(triage["nearest"][0]["kept_away_by"], "the rule asks `activity: supply`, and activity is travel");
        desk.run(&["check", "--quiet", "--fail-on", "triage"], [&path]).exits(1);
        desk.run(&["check", "--quiet"], [&path]).exits(0);
    }
}

#[test]
fn a_day_a_direction_or_other_goods_exclude_a_rule_in_silence() {
    let excluded = [
        COAL_ON_A_JOURNEY.replace("2018-05-02", "1990-05-02"),
        COAL_ON_A_JOURNEY.replace(r#""from": "KP", "to": "CN""#, r#""from": "CN", "to": "KP""#),
        COAL_ON_A_JOURNEY.replace(r#""description": "anthracite""#, r#""description": "soap", "hs": "3401.11""#),
        COAL_ON_A_JOURNEY.replace("KP", "RU"),
    ];
    for line in excluded {
        let desk = Desk::new();
        let path = desk.write("one.ndjson", format!("{line}\n"));
        let report = desk.run(&["check", "--format", "json"], [&path]).exits(0).json();
        assert_eq!(report["summary"]["triage"], 0, "{line}");
    }
}
