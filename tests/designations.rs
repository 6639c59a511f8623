//! `check` and `explain` with lists of designated parties: who is listed becomes a fact, with its reason.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, root};
use serde_json::Value;

fn list(name: &str) -> String {
    root().join("fixtures/lists").join(name).to_str().unwrap().to_owned()
}

/// A payment on a day to a party, as one line of JSON.
fn payment(id: &str, date: &str, party: &str) -> String {
    let date = if date.is_empty() { String::new() } else { format!("\"date\": \"{date}\", ") };
    format!(
        "{{\"id\": \"{id}\", \"activity\": \"funds-transfer\", {date}\"from\": \"CN\", \"to\": \"MY\", \"value\": \"20000 USD\", \
         \"parties\": [{party}]}}\n"
    )
}

fn check(input: &std::path::Path, lists: &[&str], more: &[&str]) -> Run {
    let mut args = vec!["check".to_owned(), input.to_str().unwrap().to_owned()];
    for name in lists {
        args.extend(["--designations".to_owned(), list(name)]);
    }
    args.extend(more.iter().map(|arg| (*arg).to_owned()));
    interdict(args)
}

/// The verdict about the asset freeze of each transaction, and whether listed persons were checked.
fn of_freeze(report: &Value) -> Vec<(String, String, bool)> {
    let transactions = report["incidents"].as_array().unwrap().iter().flat_map(|i| i["transactions"].as_array().unwrap());
    let freeze = |t: &Value| {
        let findings = t["findings"].as_array().unwrap();
        let finding = findings.iter().find(|finding| finding["rule"] == "dprk-af-desig");
        finding.map_or("none", |finding| finding["verdict"].as_str().unwrap()).to_owned()
    };
    let is_checked =
        |t: &Value| !t["page"]["not_checked"].as_array().is_some_and(|all| all.iter().any(|n| n["what"] == "listed persons"));
    transactions.map(|t| (t["id"].as_str().unwrap().to_owned(), freeze(t), is_checked(t))).collect()
}

const CASES: &[(&str, &str, &str, &str)] = &[
    ("named", "2019-03-01", r#"{"name": "Korea Paekmyong Trading Corp.", "role": "payee"}"#, "potential-violation"),
    (
        "other-spelling",
        "2019-03-01",
        r#"{"name": "KOREA PAEK-MYONG TRADING CORPORATION", "role": "payee"}"#,
        "potential-violation",
    ),
    (
        "owned",
        "2019-03-01",
        r#"{"name": "Bright Coast Sdn Bhd", "role": "payee", "owned_by": "Office 38"}"#,
        "potential-violation",
    ),
    ("before-the-listing", "2010-03-01", r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee"}"#, "none"),
    (
        "around-the-listing",
        "2016",
        r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee"}"#,
        "insufficient-information",
    ),
    ("like-one", "2019-03-01", r#"{"name": "Office 39", "role": "payee"}"#, "none"),
    ("innocent", "2019-03-01", r#"{"name": "Sunflower Bakery", "role": "payee"}"#, "none"),
    ("no-name", "2019-03-01", r#"{"name": "a trading firm", "role": "payee", "nationality": "KP"}"#, "none"),
    (
        "said-to-be-on-no-list",
        "2019-03-01",
        r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee", "designated_as": []}"#,
        "potential-violation",
    ),
    (
        "said-to-be-on-another-list",
        "2019-03-01",
        r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee", "designated_as": "QDi.001"}"#,
        "potential-violation",
    ),
    (
        "perhaps-earlier-and-said-to-be-on-no-list",
        "2016",
        r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee", "designated_as": []}"#,
        "none",
    ),
    (
        "said-to-be-a-person",
        "2019-03-01",
        r#"{"name": "Korea Paekmyong Trading Corporation", "role": "payee", "kind": "person"}"#,
        "insufficient-information",
    ),
    (
        "said-to-be-listed",
        "2019-03-01",
        r#"{"name": "Moonflower Bakery", "role": "payee", "designated_as": "KPe.001"}"#,
        "potential-violation",
    ),
];

#[test]
fn a_listed_party_is_found_by_its_name_from_the_day_of_its_listing_in_documents_and_streams_alike() {
    let desk = Desk::new();
    let lines: String = CASES.iter().map(|(id, date, party, _)| payment(id, date, party)).collect();
    let stream = desk.write("payments.ndjson", &lines);
    let transactions: Vec<&str> = lines.lines().collect();
    let document =
        desk.write("payments.json", format!("{{\"id\": \"payments\", \"transactions\": [{}]}}", transactions.join(",")));
    let of_document = of_freeze(&check(&document, &["invented-2025-01-31.xml"], &["--format", "json"]).json());
    for (id, _, _, expected) in CASES {
        let (_, verdict, is_checked) = of_document.iter().find(|(of, ..)| of == id).unwrap();
        assert_eq!(verdict, expected, "{id}");
        assert_eq!(*is_checked, *id != "no-name", "{id}");
    }
    let of_stream = of_freeze(&check(&stream, &["invented-2025-01-31.xml"], &["--format", "json", "--jobs", "2"]).json());
    for (id, verdict, is_checked) in &of_stream {
        assert!(of_document.iter().any(|other| (&other.0, &other.1, &other.2) == (id, verdict, is_checked)), "{id}: {verdict}");
    }
    assert!(of_stream.iter().any(|(id, ..)| id == "owned"));
}

#[test]
fn without_a_list_or_with_a_list_of_ones_own_nobody_is_cleared() {
    let desk = Desk::new();
    let input = desk.write(
        "innocent.ndjson",
        payment("innocent", "2019-03-01", r#"{"name": "Sunflower Bakery", "role": "payee", "nationality": "KP"}"#),
    );
    for lists in [&[][..], &["own.csv"]] {
        let report = check(&input, lists, &["--format", "json"]).json();
        let not_assessed = report["not_assessed"].as_array().unwrap();
        assert_eq!(not_assessed.len(), 1, "{lists:?}");
        assert_eq!(not_assessed[0]["because"] == "no designations list was given", lists.is_empty());
    }
    let report = check(&input, &["invented-2025-01-31.xml"], &["--format", "json"]).json();
    assert_eq!(report["not_assessed"].as_array().unwrap().len(), 0);
}

#[test]
fn a_ship_of_a_list_of_ones_own_is_found_by_its_number() {
    let desk = Desk::new();
    let call = r#"{"id": "call", "activity": "port-call", "date": "2019-05-02", "from": "KP", "to": "CN", "vessels": [{"name": "Blue Heron", "imo": 9074729, "flag": "TG"}]}"#;
    let input = desk.write("call.ndjson", call);
    let found = check(&input, &["own.csv"], &["--format", "json"]).json();
    let transaction = &found["incidents"][0]["transactions"][0];
    assert!(transaction.to_string().contains("CHOL BONG 12"), "{transaction}");
    assert!(transaction.to_string().contains("the number IMO 9074729 is the same"), "{transaction}");
}

#[test]
fn the_reason_stands_in_the_finding_and_the_list_under_the_seal() {
    let desk = Desk::new();
    let (_, date, party, _) = CASES[0];
    let input = desk.write("payment.ndjson", payment("named", date, party));
    let text = std::fs::read_to_string(list("invented-2025-01-31.xml")).unwrap();
    let own = desk.write("list.xml", &text);
    let report = desk.write("report.json", "");
    let folder = report.parent().unwrap().to_str().unwrap();
    let run = |args: &[&str]| interdict(args.iter().copied());
    let [input, own, report] = [&input, &own, &report].map(|path| path.to_str().unwrap());
    let explained = run(&["explain", input, "--designations", own, "--rule", "dprk-af-desig"]).exits(0);
    let words: String = explained.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("screened by `parties[0].name`: XPe.030 KOREA PAEKMYONG TRADING CORPORATION"), "{words}");
    run(&["check", input, "--designations", own, "--format", "json", "--output", report]).exits(1);
    let written: Value = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    let noted = &written["designations"][0];
    assert_eq!((noted["path"].as_str(), noted["generated"].as_str()), (Some(own), Some("2025-01-31")));
    assert!(noted["entries"].as_u64().unwrap() > 10);
    run(&["verify", report, "--root", folder]).exits(0);
    std::fs::write(own, text.replace("KOREA PAEKMYONG", "KOREA PAEKSONG")).unwrap();
    let altered = run(&["verify", report, "--root", folder]).exits(1);
    assert!(altered.stdout.contains("designations"), "{}", altered.stdout);
}

#[test]
fn a_list_of_ones_own_says_which_measures_a_listing_brings_and_until_when() {
    let desk = Desk::new();
    let law = "interdict: 1
lists: [{id: un-ships, references: [SHi], measures: [no-port, no-flag]}]
rules:
  - id: trial-port
    title: No port for ships whose listing says so
    authority: [S/RES/9001 OP1]
    when: {activity: travel, vessel: {designated: {list: un-ships, measure: no-port}}}
";
    std::fs::write(desk.rules.path().join("ships.yaml"), law).unwrap();
    let table = "reference,name,kind,imo,listed_on,delisted_on,measures\nSHi.001,Grey Heron,vessel,9074729,2018-03-01,2019-03-01,no-port; no-flag\n\
                 SHi.002,Brown Heron,vessel,9074731,2018-03-01,,no-flag\n";
    let list = desk.write("ships.csv", table);
    let call = |id: &str, date: &str, imo: &str| {
        format!(
            "{{\"id\": \"{id}\", \"activity\": \"travel\", \"date\": \"{date}\", \"to\": \"KP\", \"vessels\": [{{\"imo\": \"{imo}\"}}]}}\n"
        )
    };
    let calls = [
        ("in-time", "2018-06-01", "9074729"),
        ("run-out", "2019-03-01", "9074729"),
        ("another-measure", "2018-06-01", "9074731"),
    ];
    let input = desk.write("calls.ndjson", calls.map(|(id, date, imo)| call(id, date, imo)).concat());
    let args = [input.to_str().unwrap(), "--designations", list.to_str().unwrap(), "--format", "json"];
    let run = desk.run(&["check"], args);
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let transactions = report["incidents"].as_array().unwrap().iter().flat_map(|i| i["transactions"].as_array().unwrap());
    let found = |t: &Value| t["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "trial-port");
    let with_finding: Vec<&str> = transactions.filter(|t| found(t)).map(|t| t["id"].as_str().unwrap()).collect();
    assert_eq!(with_finding, ["in-time"], "{}", run.stdout);
}

#[test]
fn a_hit_on_the_sdn_list_is_told_and_is_no_measure_of_the_united_nations() {
    let desk = Desk::new();
    // Its programme is called DPRK2, and one of the United Nations' lists DPRK.
    let payment = payment("p", "2019-03-01", r#"{"name": "Lumenara Shipping SA", "role": "payee", "country": "PA"}"#);
    let input = desk.write("p.json", format!("{{\"id\": \"p\", \"transactions\": [{payment}]}}"));
    for lists in [&["invented-sdn.xml"][..], &["invented-sdn-alt.csv", "invented-sdn.csv"]] {
        let report = check(&input, &[lists, &["invented-2025-01-31.xml"]].concat(), &["--format", "json"]).exits(0).json();
        assert_eq!(of_freeze(&report)[0].1, "none");
        assert!(report.to_string().contains("(a list that no rule asks about)"), "{report}");
        let screened = interdict(
            ["screen".to_owned(), "Lumenara Shipping SA".to_owned()]
                .into_iter()
                .chain(lists.iter().flat_map(|name| ["--designations".to_owned(), list(name)])),
        );
        let said = screened.exits(1).stdout;
        assert!(said.contains("not a UN measure: United States, OFAC SDN DPRK2"), "{said}");
    }
}
