//! Arms that come by an act that is no supply by its own word, and goods whose origin a paper or another record tells: every
//! embargo asks, and none asks about the innocent acts beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{interdict, interdict_reading};
use serde_json::{Value, json};

/// The embargoes: the rule, the State and a day on which it is in force.
const EMBARGOES: &[(&str, &str, &str)] = &[
    ("som-arm-1992", "SO", "2005-03-01"),
    ("som-arm", "SO", "2024-05-01"),
    ("lby-arm-to", "LY", "2015-03-01"),
    ("drc-arm-2003", "CD", "2004-03-01"),
    ("drc-arm", "CD", "2015-03-01"),
    ("car-arm-2013", "CF", "2015-03-01"),
    ("ssd-arm", "SS", "2020-03-01"),
    ("sdn-arm", "SD", "2020-03-01"),
    ("irn-2231-arm-to", "IR", "2018-03-01"),
    ("irq-arm", "IQ", "1998-03-01"),
    ("eri-arm-to", "ER", "2012-03-01"),
    ("etheri-arm", "ET", "2000-09-01"),
    ("civ-arm", "CI", "2006-03-01"),
    ("lbr-arm-1343", "LR", "2002-03-01"),
    ("lbr-arm-788", "LR", "1995-03-01"),
    ("sle-arm", "SL", "1999-03-01"),
    ("rwa-arm", "RW", "1995-03-01"),
    ("ago-arm", "AO", "1996-03-01"),
    ("yug-arm", "BA", "1993-03-01"),
    ("yug2-arm", "RS", "1999-03-01"),
    ("lby1-arm", "LY", "1995-03-01"),
    ("zaf-arm", "ZA", "1985-03-01"),
    ("lbn-arm", "LB", "2015-03-01"),
];

/// The rules with a finding and their verdicts, by the id of the incident, of transactions that are each one incident.
fn findings(transactions: &[(String, Value)]) -> BTreeMap<String, BTreeMap<String, String>> {
    let line = |(id, transaction): &(String, Value)| {
        let mut transaction = transaction.clone();
        transaction["incident"] = json!(id);
        format!("{transaction}\n")
    };
    let lines: String = transactions.iter().map(line).collect();
    let report = interdict_reading(["check", "-", "--format", "json"], lines.into_bytes()).json();
    let of_transaction = |t: &Value| -> BTreeMap<String, String> {
        let all = t["findings"].as_array().into_iter().flatten();
        all.map(|f| (f["rule"].as_str().unwrap().to_owned(), f["verdict"].as_str().unwrap().to_owned())).collect()
    };
    let of_incident = |incident: &Value| {
        let all = incident["transactions"].as_array().into_iter().flatten();
        (incident["id"].as_str().unwrap().to_owned(), all.flat_map(of_transaction).collect())
    };
    report["incidents"].as_array().unwrap().iter().map(of_incident).collect()
}

fn act(activity: &str, target: &str, date: &str, goods: &str) -> Value {
    json!({"activity": activity, "date": date, "from": "TR", "to": target, "items": [{"description": goods}]})
}

#[test]
fn every_embargo_asks_whether_arms_that_came_by_another_act_were_delivered() {
    const ACTS: [&str; 17] = [
        "landing",
        "port call",
        "docking",
        "military-flight",
        "sortie",
        "overflight",
        "transit",
        "unloading",
        "parachute drop",
        "airlift",
        "convoy",
        "border crossing",
        "storage",
        "lease",
        "repair",
        "travel",
        "deployment",
    ];
    let told: Vec<(String, Value)> = EMBARGOES
        .iter()
        .flat_map(|(rule, target, date)| {
            ACTS.iter().map(move |activity| (format!("{rule} {activity}"), act(activity, target, date, "120 mm mortars")))
        })
        .collect();
    let found = findings(&told);
    let silent: Vec<&String> = told
        .iter()
        .map(|(id, _)| id)
        .filter(|id| !found.get(*id).is_some_and(|rules| rules.contains_key(id.split(' ').next().unwrap())))
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn no_embargo_asks_about_such_acts_with_harmless_goods_or_none() {
    const ACTS: [&str; 6] = ["landing", "port call", "military-flight", "overflight", "travel", "charter"];
    let harmless = |activity: &str, target: &str, date: &str| {
        let mut bare = act(activity, target, date, "bread");
        bare.as_object_mut().unwrap().remove("items");
        [("bread", act(activity, target, date, "bread")), ("nothing", bare)]
    };
    let told: Vec<(String, Value)> = EMBARGOES
        .iter()
        .flat_map(|(rule, target, date)| {
            let of_act = move |activity: &&str| {
                harmless(activity, target, date).map(|(goods, value)| (format!("{rule} {activity} with {goods}"), value))
            };
            ACTS.iter().flat_map(of_act)
        })
        .collect();
    let found = findings(&told);
    let asked: Vec<&String> = told
        .iter()
        .map(|(id, _)| id)
        .filter(|id| found.get(*id).is_some_and(|rules| rules.contains_key(id.split(' ').next().unwrap())))
        .collect();
    assert!(asked.is_empty(), "{asked:?}");
}

/// The bans on goods from a State: the rule, the State, a day, the goods and where they go.
const FROM: &[(&str, &str, &str, &str, &str)] = &[
    ("som-charcoal", "SO", "2015-03-01", "charcoal", "OM"),
    ("lbr-timber-1521", "LR", "2004-03-01", "round logs", "FR"),
    ("lby-arm-from", "LY", "2014-03-01", "assault rifles", "TD"),
    ("irn-2231-arm-from", "IR", "2018-03-01", "assault rifles", "KE"),
    ("irq-emb-1990", "IQ", "1995-03-01", "crude oil", "TR"),
];

#[test]
fn a_ban_on_goods_from_a_state_asks_where_a_paper_or_the_voyage_of_the_ship_tells_of_it() {
    let ship = json!([{"name": "Al Noor", "imo": "9179842"}]);
    for (rule, state, date, goods, to) in FROM {
        let sale = json!({"id": "sale", "activity": "sale", "date": date, "from": "AE", "to": to,
            "vessels": ship, "items": [{"description": goods}]});
        let mut with_paper = sale.clone();
        with_paper["documents"] = json!([{"kind": "certificate-of-origin", "by": state}]);
        let call = json!({"id": "call", "activity": "port call", "date": date, "vessels": ship,
            "ports": [{"country": state, "call": "loading"}]});
        for (what, transactions) in [("paper", json!([with_paper])), ("voyage", json!([sale, call]))] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("incident.json");
            fs::write(&file, json!({"id": "i", "transactions": transactions}).to_string()).unwrap();
            let found = interdict(["check", "--format", "json", file.to_str().unwrap()]).stdout;
            assert!(found.contains(&format!("\"{rule}\"")), "{rule}, {what}");
        }
    }
}

/// The rules with a finding for a landing with rifles in Libya, beside a delivery of the same file.
fn landing_beside(delivery: &Value) -> Vec<String> {
    let goods = json!([{"description": "rifles"}]);
    let landing = json!({"id": "landing", "activity": "landing", "date": "2015-03-01", "from": "TR", "to": "LY", "items": goods});
    let mut told = json!({"id": "told", "activity": "supply", "date": "2015-03-01", "from": "TR", "to": "LY", "items": goods});
    told.as_object_mut().unwrap().extend(delivery.as_object().unwrap().clone());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("incident.json");
    fs::write(&file, json!({"id": "i", "transactions": [told, landing]}).to_string()).unwrap();
    let report = interdict(["check", "--format", "json", file.to_str().unwrap()]).json();
    let all = report["incidents"][0]["transactions"].as_array().unwrap().clone();
    let landing = all.iter().find(|transaction| transaction["id"] == "landing").unwrap();
    let findings = landing["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_landing_is_not_asked_about_beside_the_delivery_that_is_judged_and_is_beside_any_other() {
    assert_eq!(landing_beside(&json!({})), Vec::<String>::new());
    assert_eq!(landing_beside(&json!({"parties": [{"role": "consignor", "name": "Alder Trading"}]})), Vec::<String>::new());
    for other in [
        json!({"date": "1990-03-01"}),
        json!({"date": "2015-02-28"}),
        json!({"to": "MT"}),
        json!({"from": "AE"}),
        json!({"items": [{"description": "rice"}]}),
        json!({"stage": "refused"}),
        json!({"stage": "planned"}),
        json!({"stage": "gloop"}),
        json!({"authorisations": [{"by": "committee", "date": "2015-02-01"}]}),
        json!({"notifications": [{"to": "committee", "date": "2015-02-01"}]}),
        json!({"determinations": [{"by": "committee", "finding": "no-contribution"}]}),
        json!({"documents": [{"kind": "end-user-certificate"}]}),
        json!({"purpose": "humanitarian"}),
        json!({"to": {"country": "LY", "party": "Government of Libya"}}),
        json!({"parties": [{"role": "consignee", "name": "Government of Libya", "kind": "government", "country": "LY"}]}),
        json!({"activity": "landing"}),
    ] {
        assert_eq!(landing_beside(&other), ["lby-arm-to"], "{other}");
    }
}
