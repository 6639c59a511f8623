//! Streams: the same bytes for any number of workers, the same findings as the reference evaluator, quotas over the
//! whole of a stream, and no line lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::PathBuf;

use common::{Desk, interdict, interdict_reading, own_rulebook, root, verdicts};
use interdict::engine::AssessOptions;
use interdict::intake::Intake;
use interdict::report::{ReportOptions, TransactionReport};
use interdict::run::{self, CheckOptions, RunObserver};

/// Lines of several chunks: ordinary trade, with coal from the DPRK in every fiftieth line.
fn many_lines(number: usize) -> String {
    let mut text = String::new();
    for i in 0..number {
        let (from, goods, hs) =
            if i % 50 == 7 { ("KP", "anthracite coal", "2701.11") } else { ("DE", "toothed gears", "8483.40") };
        let pad = "x".repeat(i % 300);
        writeln!(
            text,
            r#"{{"id":"t{i}","incident":"bulk-{}","activity":"sale","date":"2018-{:02}-03","from":{{"country":"{from}"}},"to":{{"country":"FR"}},"items":[{{"description":"{goods}","hs":"{hs}","origin":"{from}","quantity":"{} t"}}],"notes":"{pad}"}}"#,
            i % 3,
            i % 12 + 1,
            i % 90 + 1
        )
        .unwrap();
    }
    text
}

#[test]
fn any_number_of_workers_gives_the_same_bytes() {
    let desk = Desk::new();
    let path = desk.write("many.ndjson", many_lines(9_000));
    for format in ["text", "json", "ndjson"] {
        let run = |jobs: &str| {
            let args = ["check", "--format", format, "--jobs", jobs, path.to_str().unwrap()];
            interdict(args).exits(1).stdout
        };
        let one = run("1");
        assert!(one.contains("anthracite coal"));
        assert_eq!(one, run("2"), "{format}");
        assert_eq!(one, run("7"), "{format}");
    }
}

/// An input that breaks off.
struct BrokenInput<'t>(&'t [u8]);

impl Read for BrokenInput<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::Error::other("the line went dead")) } else { self.0.read(to) }
    }
}

/// Keeps ids, until it has had enough.
struct CollectingObserver {
    ids: Vec<String>,
    most: usize,
}

impl RunObserver for CollectingObserver {
    fn transaction(&mut self, _: &str, json: &[u8]) -> io::Result<()> {
        self.ids.push(serde_json::from_slice::<TransactionReport>(json)?.id);
        if self.ids.len() > self.most { Err(io::Error::other("enough")) } else { Ok(()) }
    }
    fn progress(&mut self, _: usize, _: u64) {}
    fn wants_transactions(&self) -> bool {
        true
    }
    fn retains(&self) -> bool {
        false
    }
}

/// What is ids of a stream that breaks off, and how the run ends.
fn check_broken_input(text: &str, jobs: usize, most: usize) -> (Vec<String>, Result<Vec<String>, String>) {
    let rulebook = own_rulebook();
    let options = CheckOptions {
        designations: None,
        rulebook: &rulebook,
        paths: &[PathBuf::from("-")],
        ledger: None,
        period: None,
        options: AssessOptions::default(),
        report_options: ReportOptions::default(),
        jobs,
    };
    let mut observer = CollectingObserver { ids: Vec::new(), most };
    let result = run::check(&options, Intake::default(), &mut BrokenInput(text.as_bytes()), &mut observer);
    let problems = |intake: &Intake| intake.problems.iter().map(|p| p.message.clone()).collect::<Vec<_>>();
    (observer.ids, result.map(|checked| problems(&checked.intake)).map_err(|error| error.to_string()))
}

#[test]
fn an_input_or_output_that_breaks_off_ends_the_run_with_any_number_of_workers() {
    let text = many_lines(9_000);
    let (all, result) = check_broken_input(&text, 1, usize::MAX);
    assert!(all.len() > 100 && result.as_ref().unwrap().iter().any(|p| p.contains("the line went dead")), "{result:?}");
    for jobs in [2, 3, 9] {
        assert_eq!(
            (&all, &result),
            (&check_broken_input(&text, jobs, usize::MAX).0, &check_broken_input(&text, jobs, usize::MAX).1),
            "{jobs}"
        );
    }
    for jobs in [1, 2, 9] {
        let (ids, result) = check_broken_input(&text, jobs, 50);
        assert_eq!((&ids[..], result.unwrap_err().as_str()), (&all[..51], "enough"), "{jobs}");
    }
}

#[test]
fn a_stream_through_standard_input_gives_the_same_reports() {
    let text = many_lines(2_000);
    let desk = Desk::new();
    let path = desk.write("<stdin>.ndjson", &text);
    let lines = |stdout: String| stdout.lines().filter(|l| l.starts_with("{\"incident\"")).map(str::to_owned).collect::<Vec<_>>();
    let file = lines(interdict(["check", "--format", "ndjson", path.to_str().unwrap()]).exits(1).stdout);
    let piped = lines(interdict_reading(["check", "--format", "ndjson", "-"], text.into_bytes()).exits(1).stdout);
    let name = path.to_str().unwrap().to_owned();
    assert_eq!(file.iter().map(|l| l.replace(&name, "<stdin>")).collect::<Vec<_>>(), piped);
    assert_eq!(piped.len(), 40);
}

/// Findings of a JSON report: by incident and transaction, rules with their verdicts.
fn findings(report: &serde_json::Value) -> BTreeMap<(String, String), BTreeSet<(String, String)>> {
    let mut found = BTreeMap::new();
    let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
    for incident in report["incidents"].as_array().unwrap() {
        for transaction in incident["transactions"].as_array().unwrap() {
            let rules: BTreeSet<_> =
                transaction["findings"].as_array().unwrap().iter().map(|f| (text(&f["rule"]), text(&f["verdict"]))).collect();
            if !rules.is_empty() {
                found.insert((text(&incident["id"]), text(&transaction["id"])), rules);
            }
        }
    }
    found
}

#[test]
fn streams_of_the_corpus_give_the_findings_of_the_reference_evaluator() {
    let rulebook = own_rulebook();
    let mut compared = 0;
    for folder in ["fixtures/incidents", "fixtures/near-misses"] {
        for file in common::files_in(&root().join(folder), &["ndjson", "csv"]) {
            let intake = Intake::read(std::slice::from_ref(&file), &mut std::io::empty(), &rulebook.vocabulary);
            let mut expected: BTreeMap<(String, String), BTreeSet<(String, String)>> = BTreeMap::new();
            for (key, rules) in verdicts(&rulebook, &intake).into_iter().filter(|(_, rules)| !rules.is_empty()) {
                expected.insert(key, rules.into_iter().map(|(rule, verdict)| (rule, verdict.word().to_owned())).collect());
            }
            let run = interdict(["check", "--format", "json", "--fail-on", "never", file.to_str().unwrap()]).exits(0);
            compared += expected.len();
            let found = findings(&run.json());
            let worst = |found: &BTreeMap<(String, String), BTreeSet<(String, String)>>| {
                found
                    .iter()
                    .map(|(k, v)| (k.clone(), v.iter().map(|(r, _)| r.clone()).collect::<BTreeSet<_>>()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(worst(&found), worst(&expected), "{}", file.display());
            for (key, rules) in &expected {
                assert!(found[key].is_superset(rules), "{key:?}: {rules:?} is not in {:?}", found[key]);
            }
        }
    }
    assert!(compared > 3, "{compared}");
}

/// Deliveries of refined oil that pass the yearly limit of 500,000 barrels on the way, the latest first in the file.
fn deliveries(form: &str) -> String {
    let mut text = String::new();
    if form == "csv" {
        text.push_str("id,date,activity,from.country,to.country,item.description,item.hs,item.quantity,item.origin\n");
    }
    for month in (1..=12).rev() {
        let (id, date, amount) = (format!("m{month:02}"), format!("2019-{month:02}-10"), "60000 bbl");
        match form {
            "csv" => writeln!(text, "{id},{date},sale,CN,KP,diesel oil,2710.19,{amount},CN").unwrap(),
            _ => writeln!(
                text,
                r#"{{"id":"{id}","date":"{date}","activity":"sale","from":"CN","to":"KP","items":[{{"description":"diesel oil","hs":"2710.19","quantity":"{amount}","origin":"CN"}}]}}"#
            )
            .unwrap(),
        }
        // Other trade between, so that the deliveries are far apart.
        if form == "ndjson" {
            text.push_str(&many_lines(400).replace("\"id\":\"t", &format!("\"id\":\"{id}-")));
        }
    }
    text
}

#[test]
fn quotas_are_counted_over_the_whole_stream_in_the_order_of_dates() {
    for form in ["ndjson", "csv"] {
        let desk = Desk::new();
        let path = desk.write(&format!("oil.{form}"), deliveries(form));
        for jobs in ["1", "3"] {
            let run = interdict(["check", "--format", "ndjson", "--jobs", jobs, path.to_str().unwrap()]).exits(1);
            for month in 1..=12 {
                let id = format!("\"transaction\":{{\"id\":\"m{month:02}\"");
                let line = run.stdout.lines().find(|l| l.contains(&id)).unwrap_or_else(|| panic!("{form}: no month {month}"));
                // Eight deliveries are 480,000 barrels; from the ninth on the limit is passed, and the total is shown.
                let total = format!("{},000 of 500,000 bbl", 60 * month);
                assert_eq!(line.contains(&total), month >= 9, "{form} {month}: {line}");
            }
        }
    }
}

#[test]
fn a_broken_line_far_into_a_stream_is_reported_with_its_number_and_the_others_are_checked() {
    let desk = Desk::new();
    let mut lines: Vec<String> = many_lines(6_000).lines().map(str::to_owned).collect();
    lines[4_321] = r#"{"id": "broken", "#.to_owned();
    lines[5_000] = r#"{"id": "odd", "activity": "sale", "from": "Nigera"}"#.to_owned();
    let path = desk.write("many.ndjson", lines.join("\n"));
    for jobs in ["1", "4"] {
        let run = interdict(["check", "--format", "ndjson", "--jobs", jobs, path.to_str().unwrap()]).exits(3);
        let run = run.complains(&["many.ndjson:4322:", "this is not JSON", "many.ndjson:5001:", "unknown country `Nigera`"]);
        // The broken line had no coal; all that have are reported.
        assert_eq!(run.stdout.lines().filter(|l| l.contains("anthracite coal")).count(), 120);
    }
}

#[test]
fn a_repeated_transaction_id_is_an_error() {
    let desk = Desk::new();
    let line = many_lines(8).lines().last().unwrap().to_owned();
    let run = desk.write("twice.ndjson", format!("{line}\n{line}\n"));
    interdict(["check", run.to_str().unwrap()]).exits(3).complains(&["the transaction `t7` stands twice in `bulk-1`"]);
}

/// A line with relations, each `(transaction, as)`, padded so that a few hundred fill a chunk.
fn related(id: &str, relations: &[(&str, &str)]) -> String {
    let relations: Vec<String> =
        relations.iter().map(|(to, kind)| format!(r#"{{"transaction":"{to}","as":"{kind}"}}"#)).collect();
    format!(
        "{{\"id\":\"{id}\",\"incident\":\"feed\",\"activity\":\"sale\",\"relates_to\":[{}],\"notes\":\"{}\"}}\n",
        relations.join(","),
        "x".repeat(900)
    )
}

#[test]
fn relations_lead_to_any_line_or_document_of_the_run_and_one_that_leads_nowhere_is_an_error() {
    let desk = Desk::new();
    let mut lines: String = (0..4_000).map(|i| related(&format!("t{i}"), &[(&format!("t{}", 3_999 - i), "same-as")])).collect();
    lines +=
        &related("last", &[("nope", "payment-for"), ("feed/t7", "part-of"), ("other/sale", "leg-of"), ("other/gone", "leg-of")]);
    let stream = desk.write("feed.ndjson", lines);
    let document = desk
        .write("other.yaml", "id: other\ntransactions: [{id: sale, activity: sale, relates_to: [{transaction: feed/last}]}]\n");
    for jobs in ["1", "4"] {
        let run = interdict(["check", "--jobs", jobs, stream.to_str().unwrap(), document.to_str().unwrap()]).exits(3);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains("error[E0228]: the incident has no transaction `nope`"), "{}", run.stderr);
        assert!(run.stderr.contains("warning[W0230]: `other/gone` is no transaction of this run"), "{}", run.stderr);
        assert!(run.stderr.contains("feed.ndjson:4001:1"), "{}", run.stderr);
    }
}

#[test]
fn a_circle_of_relations_is_an_error_however_long_it_is() {
    let desk = Desk::new();
    let chain: String = (0..3_000).map(|i| related(&format!("t{i}"), &[(&format!("t{}", (i + 1) % 3_000), "part-of")])).collect();
    let lines = chain + &related("own", &[("own", "same-as")]) + &related("to-circle", &[("t5", "leg-of")]);
    let stream = desk.write("feed.ndjson", lines);
    let run = interdict(["check", stream.to_str().unwrap()]).exits(3);
    assert_eq!(run.stderr.matches("error[E0229]").count(), 2, "{}", run.stderr);
    let own = desk.write("both.ndjson", related("a", &[("b", "same-as")]) + &related("b", &[("a", "same-as")]));
    assert!(!interdict(["check", own.to_str().unwrap()]).stderr.contains("error["));
}

#[test]
fn two_reports_that_are_each_said_to_be_the_other_count_once() {
    let delivery = |id: &str, other: &str| {
        format!(
            r#"{{"id":"{id}","activity":"sale","date":"2019-05-04","evidence":"established","from":"CN","to":"KP","items":[{{"description":"diesel","quantity":"70000 t"}}],"relates_to":[{{"transaction":"{other}","as":"same-as"}}]}}"#
        ) + "\n"
    };
    let desk = Desk::new();
    let path = desk.write("oil.ndjson", delivery("a", "b") + &delivery("b", "a"));
    let run = interdict(["check", "--format", "json", path.to_str().unwrap()]);
    assert!(run.stdout.contains("522,200"), "one of the two counts: {}", run.stdout);
    assert!(!run.stdout.contains("1,044,400"), "{}", run.stdout);
}

#[test]
fn explain_reads_a_stream_of_several_chunks_as_check_does() {
    let desk = Desk::new();
    let text = many_lines(2_000);
    assert!(text.len() > 1 << 19, "it is more than one chunk");
    let path = desk.write("many.ndjson", text);
    let path = path.to_str().unwrap();
    let run = interdict(["explain", "--transaction", "t1957", "--rule", "dprk-coal", path]).exits(0);
    run.tells(&["dprk-coal on `t1957` item 1: potential-violation", "many.ndjson:1958:"]);
    interdict(["check", "--format", "csv", path]).exits(1).tells(&["t1957", "many.ndjson:1958:"]);
}

#[test]
fn a_quoted_cell_can_hold_line_breaks_across_chunks() {
    let desk = Desk::new();
    let mut text = "id,date,activity,from.country,to.country,item.description,item.hs,notes\n".to_owned();
    for i in 0..4_000 {
        writeln!(text, "r{i},2018-03-04,sale,KP,FR,anthracite coal,2701.11,\"line one\nline \"\"two\"\" {}\"", "y".repeat(300))
            .unwrap();
    }
    let path = desk.write("rows.csv", &text);
    let run = interdict(["check", "--format", "ndjson", "--jobs", "3", path.to_str().unwrap()]).exits(1);
    assert_eq!(run.stdout.lines().filter(|l| l.starts_with("{\"incident\"")).count(), 4_000);
    let last = run.stdout.lines().filter(|l| l.contains("\"id\":\"r3999\"")).count();
    assert_eq!(last, 1);
}
