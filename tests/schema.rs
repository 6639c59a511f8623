//! The published schema of the JSON report, against reports of everything there is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, interdict, root};
use serde_json::{Value, json};

fn published() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("docs/schema/report-1.json")).unwrap()).unwrap()
}

/// The schema with every object closed, so that a key that is not described is noticed.
fn closed(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(keys) => {
            keys.values_mut().for_each(|value| *value = closed(value.take()));
            if keys.contains_key("properties") {
                keys.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| *value = closed(value.take())),
        _ => {}
    }
    schema
}

/// Reports with every key that there is.
fn reports() -> Vec<Value> {
    let of_corpus = ["--format", "json", "--near-misses", "--known-on", "2024-01-01"];
    let corpus = interdict(["check", "fixtures/incidents"].into_iter().chain(of_corpus)).exits(1).json();
    let desk = Desk::new();
    let sale = "id: a\ntransactions:\n  - {id: coal, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}], evidense: 1, colour: red}\n";
    let (sale, ledger) = (
        desk.write("a.yaml", sale),
        desk.write("ledger/opening.yaml", "balances: [{quota: oil, period: 2018, amount: 0 bbl}]\n"),
    );
    let who = "reason: a test, by: A. Person, on: 2024-05-01, expires: 2024-06-30";
    let decided = |transaction: &str| format!("- {{rule: trial-coal, transaction: {transaction}, decision: referred, {who}}}\n");
    let baseline = desk.write("decisions/baseline.yaml", decided("coal") + &decided("gone"));
    let facts = "verdict: compliant, facts: 0123456789abcdef0123456789abcdef";
    let baseline_of_old = decided("coal").replace("decision:", &format!("{facts}, decision:"));
    let reopened = desk.write("decisions/reopened.yaml", baseline_of_old);
    let decided = |baseline: &std::path::Path, day: &str| {
        let args = ["--format", "json", "--csv-dates", "dd/mm/yyyy", "--period", "2018-03", "--as", day].map(str::as_ref);
        let files = [sale.as_os_str(), "--ledger".as_ref(), ledger.as_os_str(), "--baseline".as_ref(), baseline.as_os_str()];
        desk.run(&["check"], files.into_iter().chain(args)).exits(3).json()
    };
    let items: Vec<Value> = (0..20).map(|number| json!({"description": format!("zorble {number}")})).collect();
    let many = json!({"id": "a", "transactions": [{"id": "many", "activity": "sale", "date": "2018-03-01", "from": "KP", "to": "CN", "items": items}]});
    let many = desk.write("many.json", many.to_string());
    let many = interdict(["check".as_ref(), many.as_os_str(), "--format".as_ref(), "json".as_ref()]).exits(0).json();
    let list = root().join("fixtures/lists/invented-2025-01-31.xml");
    let name = "Korea Paekmyong Trading";
    let screened = interdict(["screen", name, "--format", "json", "--designations", list.to_str().unwrap()]).exits(1).json();
    let entry = screened["names"][0]["hits"][0]["entry"].as_str().unwrap().to_owned();
    let of_hit = |name: &str, entry: &str| {
        format!("- {{name: {name}, listing: XPe.030, entry: {entry}, decision: false-positive, {who}}}\n")
    };
    let of_hits = of_hit(name, &entry) + &of_hit("Nobody", &entry) + &of_hit("Korea Paekmyong Trade", &"0".repeat(32));
    let of_hits = desk.write("decisions/hits.yaml", of_hits);
    let payee = |name: &str| json!({"id": name, "activity": "funds-transfer", "date": "2019-03-01", "from": "CN", "to": "MY", "value": "20000 USD", "parties": [{"name": name, "role": "payee"}]});
    let paid = json!({"id": "paid", "transactions": [payee(name), payee("Korea Paekmyong Trade")]});
    let paid = desk.write("paid.json", paid.to_string());
    let args = ["--format", "json", "--as", "2024-06-01", "--baseline"].map(str::as_ref);
    let files = [of_hits.as_os_str(), "--designations".as_ref(), list.as_os_str()];
    let of_hits = ["check".as_ref(), paid.as_os_str()].into_iter().chain(args).chain(files);
    let of_hits = interdict(of_hits).exits(1).json();
    let decided = [decided(&baseline, "2024-06-01"), decided(&baseline, "2024-08-01"), decided(&reopened, "2024-06-01")];
    [corpus, many, of_hits].into_iter().chain(decided).collect()
}

#[test]
fn every_report_keeps_to_the_published_schema() {
    let schema = closed(published());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut actual = String::new();
    for report in reports() {
        actual.push_str(&report.to_string());
        let wrong: Vec<String> = validator.iter_errors(&report).map(|e| format!("{} at {}", e, e.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    // Nothing is described that no report has.
    let mut described = Vec::new();
    names(&schema, &mut described);
    for key in described {
        assert!(actual.contains(&format!("\"{key}\":")), "no report has `{key}`");
    }
}

fn names(schema: &Value, into: &mut Vec<String>) {
    if let Some(keys) = schema.get("properties").and_then(Value::as_object) {
        into.extend(keys.keys().cloned());
    }
    match schema {
        Value::Object(keys) => keys.values().for_each(|value| names(value, into)),
        Value::Array(list) => list.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}

#[test]
fn what_is_no_report_is_refused() {
    let validator = jsonschema::validator_for(&published()).unwrap();
    let sound = reports().remove(1);
    assert!(validator.is_valid(&sound));
    let (mut verdict, mut seal, mut schema) = (sound.clone(), sound.clone(), sound.clone());
    verdict["incidents"][0]["transactions"][0]["findings"][0]["verdict"] = json!("guilty");
    seal["seal"]["value"] = json!("short");
    schema["schema"] = json!("interdict/report/2");
    for wrong in [verdict, seal, schema] {
        assert!(!validator.is_valid(&wrong));
    }
    let mut more = sound;
    more["a_later_key"] = json!(1);
    assert!(validator.is_valid(&more), "a key may be added");
}
