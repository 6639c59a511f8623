//! Decisions about findings: what they silence, what they never silence, and what is wrong with a file of them.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run};
use serde_json::Value;

const COAL: &str =
    "{id: coal, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]}";
const MORE: &str =
    "{id: more, activity: sale, date: 2018-04-01, from: KP, to: CN, items: [{description: anthracite, quantity: 6 t}]}";

fn incident(id: &str, transactions: &[&str]) -> String {
    let list: String = transactions.iter().map(|t| format!("  - {t}\n")).collect();
    format!("id: {id}\nsources: [{{id: s, kind: court, reliability: B, credibility: 2}}]\ntransactions:\n{list}")
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.yaml", incident("a", &[COAL]));
    desk
}

fn run(desk: &Desk, args: &[&str], baseline: &str) -> Run {
    let inputs = desk.path("a.yaml");
    let baseline = desk.write("decisions/baseline.yaml", baseline);
    let common = [inputs.to_str().unwrap(), "--baseline", baseline.to_str().unwrap()];
    desk.run(&["check"], common.iter().chain(args))
}

fn findings(report: &Value) -> Vec<Value> {
    let of = |value: &Value, key: &str| value[key].as_array().unwrap().clone();
    let transactions = of(report, "incidents").into_iter().flat_map(|i| of(&i, "transactions"));
    transactions.flat_map(|t| of(&t, "findings")).collect()
}

/// What stands behind the name of the finding in most of these tests.
const WHO: &str = "reason: a test, by: A. Person, on: 2024-05-01";

fn of_coal(more: &str) -> String {
    format!("- {{rule: trial-coal, transaction: a/coal, decision: accepted, {WHO}{more}}}\n")
}

#[test]
fn a_decided_finding_is_reported_and_does_not_fail_the_run() {
    let desk = desk();
    let plain = desk.run(&["check"], [desk.path("a.yaml").as_os_str(), "--format".as_ref(), "json".as_ref()]).exits(1).json();
    let coal = findings(&plain).into_iter().find(|f| f["rule"] == "trial-coal").unwrap();
    assert!(coal.get("decision").is_none() && plain.get("decisions").is_none(), "no baseline, no word of one");
    let fingerprint = coal["fingerprint"].as_str().unwrap();
    let by_print = format!("- {{fingerprint: {fingerprint}, decision: false-positive, {WHO}}}\n");
    let short = of_coal("").replace("a/coal", "coal");
    let both = of_coal(&format!(", fingerprint: {fingerprint}"));
    for (baseline, word) in
        [(of_coal(""), "accepted"), (by_print, "false-positive"), (short, "accepted"), (both.clone(), "accepted")]
    {
        for text in [baseline.clone(), format!("decisions:\n{baseline}")] {
            let report = run(&desk, &["--format", "json"], &text).exits(0).json();
            let found = findings(&report);
            let decided = found.iter().find(|f| f["rule"] == "trial-coal").unwrap();
            assert_eq!(decided["verdict"], "violation", "it stays in the report");
            assert_eq!(decided["decision"]["decision"], word);
            assert_eq!(decided["decision"]["state"], "in-force");
            assert_eq!(decided["decision"]["by"], "A. Person");
            assert_eq!(report["summary"]["violation"], plain["summary"]["violation"], "nothing is taken from the counts");
            assert_eq!(report["decisions"]["covered"], 1);
            assert_eq!(report["decisions"]["stale"], Value::Array(Vec::new()));
        }
    }
    run(&desk, &[], &of_coal(""))
        .exits(0)
        .tells(&["decided: accepted by A. Person on 2024-05-01: a test", "1 finding is decided"]);
    // Everything that it names must be of the finding.
    run(&desk, &[], &both.replace("a/coal", "a/oil")).exits(1).tells(&["met no finding"]);
    run(&desk, &[], &both.replace(fingerprint, &"0".repeat(32))).exits(1).tells(&["met no finding"]);
}

/// The keys that bind a decision on the coal of a report to what it was made on.
fn bound_to(report: &Value) -> String {
    let coal = findings(report).into_iter().find(|f| f["rule"] == "trial-coal").unwrap();
    let facts = report["incidents"][0]["transactions"][0]["facts"].as_str().unwrap();
    assert_eq!(facts.len(), 32);
    format!(", verdict: {}, facts: \"{facts}\"", coal["verdict"].as_str().unwrap())
}

#[test]
fn a_decision_is_open_again_once_the_facts_or_the_verdict_change() {
    let desk = desk();
    let before = incident("a", &[COAL, MORE]);
    let check = |text: &str, baseline: &str| {
        desk.write("a.yaml", text);
        run(&desk, &["--format", "json", "--fail-on", "violation"], baseline)
    };
    let made = bound_to(&check(&before, &of_coal("")).json());
    let decided = of_coal(&made) + &of_coal("").replace("a/coal", "a/more");
    let holds = check(&before, &decided).exits(0).json();
    assert_eq!(holds["decisions"]["reopened"], Value::Array(Vec::new()));
    assert_eq!(holds["decisions"]["unbound"][0]["transaction"], "a/more", "only the other one says nothing");
    // What is no change of the facts: another place, another order of keys, another transaction.
    for same in [
        format!("# Moved down.\n\n{before}"),
        before.replace(
            "from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]",
            "items: [{quantity: 5 t, description: anthracite}], to: CN, from: KP",
        ),
        before.replace("quantity: 6 t", "quantity: 7 t"),
    ] {
        assert_ne!(same, before);
        check(&same, &decided).exits(0);
    }
    for (changed, says) in [
        (before.replace("quantity: 5 t", "quantity: 50000 t"), "what is reported of the transaction has changed"),
        (before.replace("2018-03-01", "2018-03-02"), "what is reported of the transaction has changed"),
        (before.replace("reliability: B", "reliability: A"), "what the incident reports beside its transactions has changed"),
    ] {
        assert_ne!(changed, before);
        let report = check(&changed, &decided).exits(1).json();
        let reopened = &report["decisions"]["reopened"][0];
        assert_eq!((&reopened["transaction"], &reopened["changes"][0]), (&"a/coal".into(), &says.into()));
        let coal = findings(&report).into_iter().find(|f| f["rule"] == "trial-coal").unwrap();
        assert_eq!((&coal["decision"]["state"], &coal["decision"]["changes"][0]), (&"reopened".into(), &says.into()));
    }
    let other = decided.replace("verdict: violation", "verdict: potential-violation");
    assert_ne!(other, decided);
    check(&before, &other).exits(1).tells(&["the verdict was `potential-violation` and is `violation`"]);
    check(&before, &other.replace("potential-violation", "[potential-violation, violation]")).exits(0);
    desk.write("a.yaml", before.replace("quantity: 5 t", "quantity: 50000 t"));
    run(&desk, &[], &decided).exits(1).tells(&["open again", "decisions open again: 1"]);
}

#[test]
fn a_decision_that_does_not_say_on_what_it_was_made_holds_with_a_warning() {
    let desk = desk();
    let warned = run(&desk, &["--format", "json"], &of_coal("")).exits(0);
    let report = warned.json();
    let needed = bound_to(&report);
    let warned = warned.complains(&["warning[W0510]", "holds whatever the facts become"]);
    let line = warned.stderr.replace(['\n', ' '], "");
    assert!(line.contains(&needed.trim_start_matches(',').replace(' ', "")), "{}\n{needed}", warned.stderr);
    assert_eq!(report["problems"][0]["code"], "W0510");
    let quiet = run(&desk, &[], &of_coal(&needed)).exits(0);
    assert!(!quiet.stderr.contains("W0510"), "{}", quiet.stderr);
    // Half of it is not enough.
    let half = needed.split(", facts").next().unwrap().to_owned();
    run(&desk, &[], &of_coal(&half)).exits(0).complains(&["warning[W0510]"]);
    run(&desk, &[], &of_coal(", verdict: perhaps")).exits(3).complains(&["`perhaps` is no verdict"]);
    run(&desk, &[], &of_coal(", facts: abc")).exits(3).complains(&["`abc` is no fingerprint of facts"]);
}

#[test]
fn a_decision_applies_to_no_other_finding() {
    let desk = desk();
    desk.write("a.yaml", incident("a", &[COAL, MORE]));
    run(&desk, &[], &of_coal("")).exits(1).tells(&["decided: accepted", "1 finding is decided"]);
    let two = of_coal("") + &of_coal("").replace("a/coal", "a/more");
    run(&desk, &[], &two).exits(0).tells(&["2 findings are decided"]);
    for stale in [
        of_coal("").replace("trial-coal", "trial-oil"),
        of_coal("").replace("a/coal", "b/coal"),
        of_coal("").replace("a/coal", "coal/a"),
        of_coal("").replace("a/coal", "a/coa"),
        of_coal("").replace("a/coal", "/coal"),
        of_coal("").replace("a/coal", "a/"),
    ] {
        let run = run(&desk, &["--format", "json"], &stale).exits(1);
        let report = run.json();
        assert_eq!(report["decisions"]["stale"][0]["by"], "A. Person", "{stale}");
        assert!(report["decisions"]["stale"][0]["at"].as_str().unwrap().ends_with("baseline.yaml:1:3"));
        assert_eq!(report["decisions"]["open"], "violation");
        assert!(findings(&report).iter().all(|f| f.get("decision").is_none()));
    }
}

#[test]
fn a_decision_on_an_ambiguous_transaction_is_an_error() {
    let desk = desk();
    let other = desk.write("b.yaml", incident("b", &[COAL]));
    let short = of_coal("").replace("a/coal", "coal");
    let expected = ["`coal` is more than one transaction: `a/coal` and `b/coal`", "name one, as `incident/transaction`"];
    let both = run(&desk, &["--format", "json", other.to_str().unwrap()], &short).exits(3).complains(&expected).json();
    assert_eq!(both["problems"][0]["message"], expected[0]);
    assert_eq!(both["summary"]["errors"], 1);
    run(&desk, &[], &short).exits(0);
}

#[test]
fn a_decision_expires_after_its_last_day() {
    let desk = desk();
    let until = of_coal(", expires: 2024-06-30");
    run(&desk, &["--as", "2024-06-30"], &until).exits(0).tells(&["until 2024-06-30: a"]);
    let after = run(&desk, &["--as", "2024-07-01"], &until).exits(1);
    after.tells(&["until 2024-06-30 (expired):", "expired on 2024-06-30: trial-coal on a/coal, by A. Person"]);
    let report = run(&desk, &["--as", "2024-07-01", "--format", "json"], &until).exits(1).json();
    assert_eq!(report["decisions"]["expired"][0]["expires"], "2024-06-30");
    assert_eq!(report["options"]["as"], "2024-07-01");
    let coal = findings(&report).into_iter().find(|f| f["rule"] == "trial-coal").unwrap();
    assert_eq!(coal["decision"]["state"], "expired");
    // Neither guess would be right: to honour what may have expired, or to drop what may be in force.
    let untold = run(&desk, &[], &until).exits(3);
    untold.complains(&["depends on the day of the run, which is not given", "give it with `--as DATE`", "baseline.yaml:1:"]);
    run(&desk, &["--as", "tomorrow"], &until).exits(2);
    // One in force wins over one that has expired.
    let print = coal["fingerprint"].as_str().unwrap();
    let renewed = format!("{until}- {{fingerprint: {print}, decision: referred, {WHO}}}\n");
    run(&desk, &["--as", "2024-07-01"], &renewed).exits(0).tells(&["decided: referred", "expired on 2024-06-30"]);
}

#[test]
fn every_mistake_of_a_baseline_is_reported_with_its_place() {
    let desk = desk();
    let sound = of_coal("");
    for (text, message, help) in [
        (String::new(), "the file is empty", ""),
        ("yes\n".to_owned(), "the baseline is a list of decisions, not a text", ""),
        ("{findings: [], decisions: []}\n".to_owned(), "unknown key `findings` in the baseline", "known keys: decisions"),
        ("decisions: {}\n".to_owned(), "the baseline is a list of decisions, not a mapping", ""),
        ("- all\n".to_owned(), "a decision is a mapping of keys to values, not a text", ""),
        (sound.replace("rule: trial-coal, ", ""), "a decision on a `transaction` needs a `rule`", "give its `fingerprint`, or"),
        (
            sound.replace("transaction: a/coal, ", ""),
            "a decision on a `rule` needs a `transaction`",
            "give its `fingerprint`, or",
        ),
        (
            sound.replace("rule: trial-coal, transaction: a/coal, ", ""),
            "a decision needs the finding that it is about",
            "give its `fingerprint`, or its `rule` and `transaction`",
        ),
        (sound.replace("trial-coal", "[trial-coal, trial-oil]"), "`rule` is a text, not a list", ""),
        (sound.replace("trial-coal", "''"), "`rule` is empty", "say it in words"),
        (sound.replace("by: A. Person, ", ""), "a decision needs `by`", ""),
        (sound.replace("reason: a test, ", ""), "a decision needs `reason`", ""),
        (sound.replace(", on: 2024-05-01", ""), "a decision needs `on`", ""),
        (sound.replace("decision: accepted, ", ""), "a decision needs `decision`", ""),
        (sound.replace("a test", "' '"), "`reason` is empty", "say it in words"),
        (sound.replace("accepted", "acepted"), "`acepted` is no `decision`", "did you mean `accepted`?"),
        (sound.replace("accepted", "ignore"), "`ignore` is no `decision`", "one of: accepted, false-positive, referred"),
        (sound.replace("2024-05-01", "2024-5-1"), "`2024-5-1` is no day", "write it as `2026-02-27`"),
        (sound.replace("2024-05-01", "2024-02-30"), "`2024-02-30` is no day", ""),
        (of_coal(", item: 0"), "unknown key `item` in a decision", "known keys: fingerprint, rule"),
        (of_coal(", expire: 2024-06-30"), "unknown key `expire` in a decision", "did you mean `expires`?"),
        (of_coal(", fingerprint: trial"), "`trial` is no fingerprint", "it has 32 hexadecimal digits in lower case"),
        (of_coal(", expires: 2024-04-30"), "expires on 2024-04-30, before it was made on 2024-05-01", "the last day on which"),
        (
            sound.replace("2024-05-01", "2025-01-02"),
            "was made on 2025-01-02, after the day of the run, 2025-01-01",
            "mend the day",
        ),
        (format!("{sound}{sound}"), "this was decided before", "keep one of the two decisions"),
    ] {
        let run = run(&desk, &["--as", "2025-01-01"], &text).exits(3).complains(&[message, help]);
        assert_eq!(run.stderr.matches("error[").count(), 1, "one mistake, reported once: {}\n{text}", run.stderr);
        assert!(run.stderr.contains("baseline.yaml:"), "{}", run.stderr);
        // An entry that is wrong decides nothing; of two alike the first stands.
        assert_eq!(run.stdout.contains("decided: "), (message == "this was decided before"), "{message}\n{}", run.stdout);
    }
    let many = "- {rule: x, decision: no, on: soon}\n- {fingerprint: y}\n";
    run(&desk, &[], many).exits(3).complains(&[
        "a decision on a `rule` needs a `transaction`",
        "`no` is no `decision`",
        "`soon` is no day",
        "needs `reason`",
        "`y` is no fingerprint",
        "baseline.yaml:2:",
    ]);
    let missing = desk.run(&["check"], [desk.path("a.yaml").to_str().unwrap(), "--baseline", "/nowhere/at/all.yaml"]);
    missing.exits(3).complains(&["the baseline `/nowhere/at/all.yaml` cannot be read"]);
}

#[test]
fn a_baseline_of_ten_thousand_decisions_is_applied_quickly() {
    let desk = desk();
    for nothing in ["[]\n", "decisions: []\n"] {
        run(&desk, &[], nothing).exits(1).tells(&["0 findings are decided"]);
    }
    let many: Vec<String> = (0..10_000).map(|i| COAL.replace("id: coal", &format!("id: t{i}"))).collect();
    desk.write("a.yaml", incident("a", &many.iter().map(String::as_str).collect::<Vec<_>>()));
    let all: String = (0..10_000).map(|i| of_coal("").replace("a/coal", &format!("a/t{i}"))).collect();
    let decided = run(&desk, &[], &all).exits(0).tells(&["10000 findings are decided; expired decisions: 0"]);
    assert!(decided.took.as_secs() < 60, "it took {:?}", decided.took);
    run(&desk, &[], &all.replacen("a/t77,", "a/gone,", 1)).exits(1).tells(&["9999 findings"]);
    // GitHub refuses a summary of more than a mebibyte, whole.
    desk.write("a.yaml", incident("a", &[COAL]));
    let report = run(&desk, &["--format", "markdown"], &all).exits(1).stdout;
    assert!(report.len() < 1 << 20 && report.contains(" more left out for want of room"), "{} bytes", report.len());
    let json = run(&desk, &["--format", "json"], &all).exits(1).json();
    assert_eq!(json["decisions"]["stale"].as_array().unwrap().len(), 10_000);
}

/// What each format makes of a decided finding, of the same one when the decision has expired, and of decisions that are
/// stale.
#[test]
fn every_format_shows_decisions() {
    let desk = desk();
    let stale = of_coal("").replace("a/coal", "a/gone");
    let baseline = of_coal(", expires: 2024-06-30") + &stale;
    let report = |format: &str, day: &str, code: i32| {
        run(&desk, &["--format", format, "--sarif-include", "decided", "--as", day], &baseline).exits(code).stdout
    };
    let (held, passed) = ("2024-06-30", "2024-07-01");

    let suppressions = |sarif: &str| {
        let sarif: Value = serde_json::from_str(sarif).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().find(|r| r["ruleId"] == "trial-coal").unwrap()["suppressions"].clone()
    };
    let suppressed = suppressions(&report("sarif", held, 0));
    assert_eq!(suppressed[0]["kind"], "external");
    assert_eq!(suppressed[0]["status"], "accepted");
    assert_eq!(suppressed[0]["justification"], "a test");
    assert_eq!(suppressions(&report("sarif", passed, 1)), serde_json::json!([]), "it is suppressed no more");
    let undecided = desk.run(&["check"], [desk.path("a.yaml").to_str().unwrap(), "--format", "sarif"]).exits(1).stdout;
    assert_eq!(suppressions(&undecided), Value::Null, "nobody was asked");

    let junit = report("junit", held, 0);
    assert!(junit.contains("failures=\"0\"") && junit.contains("- decided: accepted by A. Person on 2024-05-01"), "{junit}");
    assert!(junit.contains("decision: met no finding: trial-coal on a/gone"), "{junit}");
    assert!(report("junit", passed, 1).contains("failures=\"1\""));

    let github = report("github", held, 0);
    assert!(!github.contains("::error") && github.contains("::notice "), "{github}");
    assert!(github.contains("::warning title=decision without effect::met no finding: trial-coal on a/gone"), "{github}");
    let github = report("github", passed, 1);
    assert!(github.contains("::error ") && github.contains("expired on 2024-06-30: trial-coal on a/coal"), "{github}");

    let markdown = report("markdown", held, 0);
    assert!(markdown.contains("| violation (decided) |") && markdown.contains("| decided | | 1 |"), "{markdown}");
    assert!(markdown.contains("### Decisions without effect\n\n- `met no finding"), "{markdown}");
    assert!(!report("markdown", passed, 1).contains("(decided)"));

    for (day, state, code) in [(held, "in-force", 0), (passed, "expired", 1)] {
        let table = report("csv", day, code);
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let header = rows.headers().unwrap().clone();
        let row = rows.records().map(Result::unwrap).find(|row| row.iter().any(|cell| cell == "trial-coal")).unwrap();
        let cell = |name: &str| row.get(header.iter().position(|column| column == name).unwrap()).unwrap();
        let names = ["decision", "decision_state", "decided_by", "decided_on", "decision_expires", "decision_reason"];
        assert_eq!(names.map(cell), ["accepted", state, "A. Person", "2024-05-01", "2024-06-30", "a test"]);
    }
}
