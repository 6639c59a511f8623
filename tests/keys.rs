//! Keys that the format does not have: near ones are read or refused, others are told as not checked, in every format and form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use std::path::PathBuf;

use common::{Desk, FORMATS, Run, interdict};
use serde_json::Value;

/// Runs a check with the built-in law.
fn check(desk: &Desk, name: &str, text: &str, args: &[&str]) -> Run {
    let path: PathBuf = desk.write(name, text);
    interdict(["check".into()].into_iter().chain(args.iter().map(Into::into)).chain([path.into_os_string()]))
}

/// An incident of one transaction with these lines.
fn incident(lines: &str) -> String {
    format!("id: a\ndate: 2019-03\nsources: [{{id: s, kind: court}}]\ntransactions:\n  - {lines}\n")
}

fn page(run: &Run) -> Value {
    run.json()["incidents"][0]["transactions"][0]["page"].clone()
}

const SALE: &str = "{id: t, activity: sale, from: KP, to: CN, items: [{description: frying pans}]";

#[test]
fn what_stands_under_a_key_of_no_fact_is_told_as_not_checked_in_every_format() {
    let desk = Desk::new();
    let text = incident(&format!("{SALE}, warehouse: B7}}"));
    for format in FORMATS.into_iter().filter(|format| *format != "csv") {
        let run = check(&desk, "a.yaml", &text, &["--format", format]).exits(0);
        let told = run.stdout.contains("warehouse");
        // NDJSON has a line for each transaction that there is something to report of, and the head has its problems.
        assert!(told, "{format}: {}", run.stdout);
        run.complains(&["W0243", "warehouse", "a.yaml:5"]);
    }
    let coal = text.replace("frying pans", "anthracite");
    let run = check(&desk, "a.yaml", &coal, &["--format", "csv"]).exits(1);
    assert!(run.stdout.contains("`warehouse` of a transaction"), "{}", run.stdout);
    check(&desk, "a.yaml", &text, &["--fail-on", "not-assessed"]).exits(1);
}

#[test]
fn a_key_above_the_transactions_concerns_all_of_them() {
    let desk = Desk::new();
    for head in ["weather: fine", "context: {weather: fine}"] {
        let text = incident(&format!("{SALE}}}\n  - {}}}", SALE.replace("id: t", "id: u")))
            .replace("date: 2019-03", &format!("{head}\ndate: 2019-03"));
        let run = check(&desk, "a.yaml", &text, &["--format", "json"]).exits(0);
        assert_eq!(run.json()["summary"]["not_wholly_checked"], 2, "{head}");
    }
    let none = "id: a\noperations: [{what: missiles}]\ntransactions: []\n";
    let run = check(&desk, "a.yaml", none, &["--format", "json"]).exits(0);
    assert!(run.json()["not_checked"][0]["what"].as_str().unwrap().contains("operations"), "{}", run.stdout);
}

#[test]
fn lines_of_a_stream_are_told_alike() {
    let desk = Desk::new();
    let line = |id: &str, key: &str| {
        format!(
            "{{\"id\": \"{id}\", \"date\": \"2019-03\", \"activity\": \"sale\", \"from\": \"FR\", \"to\": \"CN\", \"items\": [\"frying pans\"]{key}}}\n"
        )
    };
    let text = line("a", "") + &line("b", ", \"warehouse\": \"B7\"") + &line("c", ", \"warehouse\": \"B8\"");
    let run = check(&desk, "a.ndjson", &text, &["--format", "json"]).exits(0);
    let report = run.json();
    assert_eq!(report["summary"]["not_wholly_checked"], 2);
    assert_eq!(
        (&report["not_checked"][0]["what"], &report["not_checked"][0]["transactions"]),
        (&"`warehouse` of a transaction".into(), &2.into())
    );
}

#[test]
fn a_misspelt_key_and_a_second_list_are_no_hiding_place() {
    let desk = Desk::new();
    for misspelt in ["itmes: [artillery shells]", "items_2: [artillery shells]", "hidden_items: [artillery shells]"] {
        let run = check(&desk, "a.yaml", &incident(&format!("{SALE}, {misspelt}}}")), &[]).exits(3);
        run.complains(&["E0201"]);
    }
    // A near key beside the key makes the list longer.
    let run = check(&desk, "a.yaml", &incident(&format!("{SALE}, goods: [artillery shells]}}")), &["--format", "json"]).exits(1);
    assert_eq!(page(&run)["objects"].as_array().unwrap().len(), 2, "{}", run.stdout);
    run.complains(&["W0242"]);
    let run =
        check(&desk, "a.yaml", &incident(&(SALE.replace("frying pans", "frying pans, model: artillery shells") + "}")), &[]);
    run.exits(1);
}

#[test]
fn parties_that_records_name_are_parties_of_the_transaction() {
    let desk = Desk::new();
    let names = |lines: &str| {
        let run = check(&desk, "a.yaml", &incident(lines), &["--format", "json", "--near-misses"]);
        let names = run.json()["incidents"][0]["transactions"][0]["names"].clone();
        (names["parties[0]"].as_str().unwrap_or_default().to_owned(), run.stderr)
    };
    for (lines, name) in [
        ("{id: t, activity: payment, from: CN, to: KP, payment: {amount: 5000 USD, payee: Harbour Trading}}", "Harbour Trading"),
        ("{id: t, activity: landing, from: KP, to: CN, aircraft: [{type: Il-62, operator: Air Harbour}]}", "Air Harbour"),
        ("{id: t, activity: travel, from: KP, to: CN, people: [Ri Invented]}", "Ri Invented"),
        ("{id: t, activity: travel, from: KP, to: CN, people: [{name: Ri Invented, nationality: KP}]}", "Ri Invented"),
        ("{id: t, activity: theft, from: KR, to: KP, attackers: [Harbour Group]}", "Harbour Group"),
    ] {
        let (found, stderr) = names(lines);
        assert!(found.contains(name) && stderr.contains("W0242"), "{lines}: {found}\n{stderr}");
    }
}

#[test]
fn a_paper_of_which_something_could_not_be_read_is_no_leave() {
    let desk = Desk::new();
    let verdict = |paper: &str| {
        let lines = format!(
            "{{id: t, activity: sale, date: 2018-05-17, from: AE, to: LY, items: [{{description: rifles, quantity: 300 pieces}}], authorisations: [{{by: committee, date: 2018-03-01, covers: rifles{paper}}}]}}"
        );
        check(&desk, "a.yaml", &incident(&lines), &["--format", "json"]).json()["summary"]["verdict"].clone()
    };
    assert_eq!(verdict(""), "compliant");
    assert_eq!(verdict(", quantity: 300 pieces"), "compliant");
    assert_eq!(verdict(", valid_for: six months"), "compliant");
    // Words that say no more than that there is such a paper, and that it was given.
    assert_eq!(verdict(", kind: exemption"), "compliant");
    assert_eq!(verdict(", granted: yes"), "compliant");
    for (open, worst) in [
        (", outcome: grnted", "insufficient-information"),
        (", granted: no", "violation"),
        (", kind: application", "violation"),
        (", holder: Harbour Trading", "insufficient-information"),
        (", outcome: pending review", "violation"),
        (", valid_until: 2018-02-31", "insufficient-information"),
        (", valid_for: one month", "violation"),
        (", valid_from: 2018-09-01", "violation"),
        (", quantity: 20 pieces", "violation"),
        (", quantity: at least 20 pieces", "violation"),
    ] {
        assert_eq!(verdict(open), worst, "{open}");
    }
}

#[test]
fn what_stands_in_place_of_a_state_is_the_party_of_the_side() {
    let desk = Desk::new();
    for (side, party) in [
        ("the Houthis", "the Houthis"),
        ("RSF", "RSF"),
        ("M23", "M23"),
        ("Yemen (Houthis)", "Houthis"),
        ("the North Korean army", "the North Korean army"),
        ("an unknown buyer", "an unknown buyer"),
    ] {
        let lines = format!("{{id: t, activity: sale, from: CN, to: {side}, items: [artillery shells]}}");
        let run = check(&desk, "a.yaml", &incident(&lines), &["--format", "json", "--near-misses"]);
        assert_eq!(page(&run)["to"]["parties"][0]["name"], party, "{side}: {}", page(&run)["to"]);
        run.complains(&["W0235"]);
    }
    let lines = "{id: t, activity: sale, from: CN, to: \"Port of Invented, Viet Nam\", items: [artillery shells]}";
    let run = check(&desk, "a.yaml", &incident(lines), &["--format", "json", "--near-misses"]);
    assert_eq!(page(&run)["to"]["country"], "Viet Nam");
    for (misspelt, code) in [("Chnia", "E0207"), ("Noth Korea", "E0207"), ("KOR", "CN")] {
        let lines = format!("{{id: t, activity: sale, from: CN, to: {misspelt}, items: [artillery shells]}}");
        let run = check(&desk, "a.yaml", &incident(&lines), &["--format", "json"]);
        assert!(code == "CN" || run.stderr.contains(code), "{misspelt}: {}", run.stderr);
    }
}

#[test]
fn who_permitted_it_is_read_from_keys_of_the_transaction() {
    let desk = Desk::new();
    let coal = SALE.replace("frying pans", "anthracite");
    let read = |line: &str| {
        let run = check(&desk, "a.yaml", &incident(&format!("{coal}, {line}}}")), &["--format", "json"]);
        assert!(!run.stderr.contains("error[") && run.stderr.contains("W0242"), "{line}: {}", run.stderr);
        let verdict = run.json()["incidents"][0]["transactions"][0]["verdict"].as_str().unwrap_or("none").to_owned();
        (verdict, run.stderr)
    };
    for line in ["exempted: no", "exemption: none", "licence: none", "approved_by: nobody", "permitted: no"] {
        let (verdict, told) = read(line);
        assert_eq!(verdict, "violation", "{line}");
        assert!(told.contains("write `authorisations: none`"), "{told}");
    }
    // A leave of the Committee may excuse it; one whose giver is not told excuses nothing.
    for line in ["approved_by: committee", "exempted: by the Committee"] {
        let (verdict, told) = read(line);
        assert!(told.contains("write `authorisations: [{by: ") && verdict != "violation", "{line}: {verdict} {told}");
    }
    for line in ["permit: EXP-44/2019", "approved_by: Malaysia"] {
        let (verdict, told) = read(line);
        assert!(
            told.contains("write `authorisations: [{by: ") && verdict != "compliant" && verdict != "none",
            "{line}: {verdict}"
        );
    }
}

#[test]
fn an_amount_of_money_is_what_was_paid_where_nothing_else_passes() {
    let desk = Desk::new();
    let transfer = "{id: t, activity: funds-transfer, from: CH, to: AT, amount: \"25,000 USD\"}";
    let run = check(&desk, "a.yaml", &incident(transfer), &["--format", "json"]).exits(0);
    let run = run.complains(&["write `payment: {amount: \"25,000 USD\"}`"]);
    assert!(page(&run).to_string().contains("25,000 USD"), "{}", page(&run));
    let sale = incident(&format!("{SALE}, amount: \"25,000 USD\"}}"));
    check(&desk, "b.yaml", &sale, &[]).complains(&["write `value: \"25,000 USD\"`"]);
}

#[test]
fn a_misspelt_role_is_an_error_as_a_misspelt_kind_is() {
    let desk = Desk::new();
    let with = |line: &str| check(&desk, "a.yaml", &incident(&format!("{SALE}, {line}}}")), &[]);
    with("parties: [{name: Kim, role: consingee}]").exits(3).complains(&["E0204", "did you mean `consignee`"]);
    with("parties: [{name: Kim, role: buyer, kind: persn}]").exits(3).complains(&["E0204", "did you mean `person`"]);
    with("parties: [{name: Kim, role: helper}]").exits(0).complains(&["W0205"]);
    with("consingee: Kim").exits(3).complains(&["E0201", "write `parties: [{role: consignee, name: Kim}]`"]);
}

#[test]
fn each_line_that_a_remedy_gives_loads() {
    let desk = Desk::new();
    let lines = [
        "approved_by: committee",
        "exempted: true",
        "exemption: granted in May",
        "licence: EXP-44",
        "licence: yes",
        "permit: committee",
        "notified_to: committee",
        "consingee: Kim",
        "seller: Kim",
        "bank: Kim Bank",
        "flag: KP",
        "imo: 9074729",
        "port: Nampo",
        "ship: Dal Hai",
        "owner: Kim",
        "country: KP",
        "nationality: KP",
        "hs: 2701",
        "mode: sea",
        "paid: 300 USD",
        "weight: 5 t",
        "denied: yes",
        "denied: DPRK",
        "party: Kim",
        "certificate: end-user certificate",
        "amount: 25 t",
        "price: 300 USD",
        "description: coal",
        "goods: coal",
        "status: delivered",
        "end_user: Kim",
        "crates: 40 crates",
        "finding: yes",
        "enforcement: seizure",
        "comment: by rail",
        "name: coal case",
        "waters: off Derna",
        "sector: mining",
        "payload_kg: 40",
    ];
    let mut tried = 0;
    for line in lines {
        let told = check(&desk, "a.yaml", &incident(&format!("{{id: t, activity: sale, from: KP, to: CN, {line}}}")), &[]).stderr;
        for help in told.lines().filter_map(|line| line.trim().strip_prefix("= help: ")) {
            let Some((_, rest)) = help.split_once("write ").filter(|(_, rest)| rest.contains('`')) else { continue };
            let Some(remedy) = rest.split('`').nth(1).filter(|remedy| remedy.contains(": ") && !remedy.starts_with('{')) else {
                continue;
            };
            let run = check(&desk, "b.yaml", &incident(&format!("{{id: t, activity: sale, from: KP, to: CN, {remedy}}}")), &[]);
            assert!(!run.stderr.contains("error[") && !run.stderr.contains("W0243"), "`{line}` gives `{remedy}`: {}", run.stderr);
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}

#[test]
fn a_very_long_word_is_cut_in_messages() {
    let desk = Desk::new();
    let word = "x".repeat(100_000);
    for line in [
        format!("{word}: 1"),
        format!("stage: {word}"),
        format!("quantity: 5 {word}"),
        format!("date: {word}"),
        format!("via: {word}"),
    ] {
        let told = check(&desk, "a.yaml", &incident(&format!("{SALE}, {line}}}")), &[]).stderr;
        assert!(
            told.len() < 8_000 && (told.contains('…') || told.contains("...")),
            "{}: {}",
            told.len(),
            &told.chars().take(300).collect::<String>()
        );
    }
}
