//! The program as a person or a pipeline meets it: exit codes, options, reports that are the same on every run.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

use common::{Desk, Run, compare_with_files, interdict, root};
use serde_json::Value;

const COAL: &str =
    "{id: coal, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]}";
const OIL: &str =
    "{id: oil, activity: sale, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}";
const OPEN: &str = "{id: open, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: coal}]}";
const CLEAR: &str = "{id: clear, activity: travel, date: 2018-03-01, from: CN, to: KP}";

fn incident(id: &str, source: &str, transactions: &[&str]) -> String {
    let list: String = transactions.iter().map(|t| format!("  - {t}\n")).collect();
    format!(
        "id: {id}\ntitle: About {id}\nsources: [{{id: s, kind: {source}, reliability: B, credibility: 2}}]\ntransactions:\n{list}"
    )
}

fn check(desk: &Desk, args: &[&str]) -> Run {
    desk.run(&["check"], args)
}

/// The path of a file of the desk as an argument.
fn write(desk: &Desk, name: &str, text: &str) -> String {
    desk.write(name, text).to_str().unwrap().to_owned()
}

#[test]
fn check_exits_with_the_code_of_its_worst_result() {
    let desk = Desk::new();
    let clear = write(&desk, "clear.yaml", &incident("clear", "court", &[CLEAR]));
    let coal = write(&desk, "coal.yaml", &incident("coal", "court", &[COAL]));
    let broken = write(&desk, "broken.yaml", "id: broken\ntransactions: [{idd: x}]\n");
    check(&desk, &[&clear]).exits(0);
    check(&desk, &[&coal]).exits(1);
    check(&desk, &[&broken]).exits(3);
    check(&desk, &[&coal, &broken]).exits(3).tells(&["VIOLATION  trial-coal"]);
    check(&desk, &[&coal, "--output", "/nowhere/at/all.txt"]).exits(4).complains(&["the report cannot be written to"]);
    check(&desk, &[&coal, "--output", desk.files.path().to_str().unwrap()]).exits(4);
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    let desk = Desk::new();
    let clear = write(&desk, "clear.yaml", &incident("clear", "court", &[CLEAR]));
    for args in [
        vec![],
        vec!["--frobnicate", &clear],
        vec!["--fail-on", "sometimes", &clear],
        vec!["--format", "pigeon", &clear],
        vec!["--known-on", "yesterday", &clear],
    ] {
        check(&desk, &args).exits(2);
    }
    check(&desk, &["--regime", "tiral", &clear]).exits(2).complains(&["`tiral` is no regime", "did you mean `trial`?"]);
    desk.run(&["explain"], [clear.as_str(), "--rule", "trial-caol"]).exits(2).complains(&["did you mean `trial-coal`?"]);
    desk.run(&["explain"], [clear.as_str(), "--transaction", "claer"]).exits(2).complains(&["did you mean `clear`?"]);
    desk.run(&["rules", "show"], ["trial-cola"]).exits(2).complains(&["did you mean `trial-coal`?"]);
    desk.run(&["rules", "list"], ["--goods", "cole"]).exits(2).complains(&["did you mean `coal`?"]);
    interdict(["frobnicate"]).exits(2);
    interdict(["--help"]).exits(0).tells(&["check", "explain", "rules"]);
    interdict(["--version"]).exits(0).tells(&["interdict "]);
}

#[test]
fn a_wrong_rulebook_is_exit_code_3() {
    let desk = Desk::new();
    let clear = write(&desk, "clear.yaml", &incident("clear", "court", &[CLEAR]));
    fs::write(desk.rules.path().join("more.yaml"), "interdict: 1\nruels: []\n").unwrap();
    for (command, args) in [
        (vec!["check"], vec![&clear]),
        (vec!["explain"], vec![&clear]),
        (vec!["rules", "list"], vec![]),
        (vec!["rules", "test"], vec![]),
    ] {
        desk.run(&command, args).exits(3).complains(&["did you mean `rules`?", "more.yaml:2:1"]);
    }
    interdict(["check", "--rules", "/nowhere/at/all", &clear]).exits(3).complains(&["cannot be read"]);
    let empty = tempfile::tempdir().unwrap();
    interdict(["rules", "list", "--rules", empty.path().to_str().unwrap()]).exits(3).complains(&["holds no `.yaml` file"]);
}

#[test]
fn fail_on_sets_the_verdict_from_which_a_run_fails() {
    let desk = Desk::new();
    let thresholds = ["violation", "potential-violation", "insufficient-information", "compliant", "never"];
    for (verdict, text, codes) in [
        ("violation", incident("a", "court", &[COAL]), [1, 1, 1, 1, 0]),
        ("potential-violation", incident("b", "press", &[COAL]), [0, 1, 1, 1, 0]),
        ("insufficient-information", incident("c", "court", &[OPEN]), [0, 0, 1, 1, 0]),
        ("compliant", incident("d", "court", &[OIL]), [0, 0, 0, 1, 0]),
        ("none", incident("e", "court", &[CLEAR]), [0, 0, 0, 0, 0]),
    ] {
        let file = write(&desk, &format!("{verdict}.yaml"), &text);
        let coded = thresholds.map(|threshold| check(&desk, &["--fail-on", threshold, &file]).code);
        assert_eq!(coded, codes, "{verdict} against {thresholds:?}");
        let by_default = check(&desk, &[&file]).code;
        assert_eq!(by_default, codes[1], "{verdict}: the default is potential-violation");
    }
}

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    for key in keys {
        assert!(object.contains_key(*key), "no `{key}` in {value:#}");
    }
}

#[test]
fn the_json_report_has_the_keys_that_others_rely_on() {
    let desk = Desk::new();
    let file = write(
        &desk,
        "a.yaml",
        &incident("a", "press", &[COAL, CLEAR, "{id: money, activity: finance, to: KP, parties: [{name: X}]}"]),
    );
    let report = check(&desk, &["--format", "json", &file]).exits(1).json();
    has_keys(
        &report,
        &["schema", "tool", "rulebook", "designations", "inputs", "known_on", "summary", "not_assessed", "incidents"],
    );
    assert_eq!(report["schema"], "interdict/report/1");
    has_keys(&report["tool"], &["name", "version"]);
    has_keys(&report["rulebook"], &["digest", "rules", "regimes"]);
    has_keys(&report["inputs"][0], &["path", "digest", "transactions"]);
    assert_eq!(report["inputs"][0]["transactions"], 3);
    assert!(report["inputs"][0]["digest"].as_str().unwrap().starts_with("sha256:"));
    has_keys(
        &report["summary"],
        &["verdict", "transactions", "violation", "potential-violation", "insufficient-information", "compliant"],
    );
    assert_eq!(report["summary"]["verdict"], "potential-violation");
    has_keys(&report["not_assessed"][0], &["rules", "because"]);
    assert_eq!(report["not_assessed"][0]["rules"][0], "trial-listed");
    let transaction = &report["incidents"][0]["transactions"][0];
    has_keys(&report["incidents"][0], &["id", "verdict", "transactions"]);
    has_keys(transaction, &["id", "verdict", "evidence", "findings", "duties", "warnings"]);
    has_keys(&transaction["evidence"], &["standing", "grades", "denied_by"]);
    assert_eq!(transaction["evidence"]["grades"][0], "B2");
    let finding = transaction["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "trial-coal").unwrap();
    has_keys(
        finding,
        &["fingerprint", "rule", "title", "verdict", "severity", "subject", "authority", "because", "unless", "missing", "flags"],
    );
    has_keys(&finding["subject"], &["item", "label"]);
    has_keys(&finding["authority"][0], &["symbol", "paragraph"]);
    has_keys(&finding["because"][0], &["fact", "value", "condition", "at", "rule_at"]);
    has_keys(&finding["unless"][0], &["exception", "state", "missing"]);
    assert_eq!(finding["unless"][0]["state"], "not-shown");
    has_keys(&transaction["duties"][0], &["duty", "addressee", "by"]);
    assert_eq!(transaction["duties"][0]["addressee"], "member-states");
}

#[test]
fn places_in_the_report_are_those_of_the_facts() {
    let desk = Desk::new();
    let text = incident("a", "court", &[COAL]);
    let file = write(&desk, "a.yaml", &text);
    let report = check(&desk, &["--format", "json", &file]).json();
    let because = report["incidents"][0]["transactions"][0]["findings"][0]["because"].as_array().unwrap();
    let fact = because.iter().find(|b| b["fact"] == "from.country").unwrap();
    let place = fact["at"].as_str().unwrap().strip_prefix(&format!("{file}:")).unwrap();
    let (line, column) = place.split_once(':').unwrap();
    let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
    assert!(line[column.parse::<usize>().unwrap() - 1..].starts_with("KP"), "{place} in {line}");
}

#[test]
fn fingerprints_stay_the_same_when_lines_move() {
    let desk = Desk::new();
    let prints = |text: &str| -> Vec<String> {
        let file = write(&desk, "a.yaml", text);
        let report = check(&desk, &["--format", "json", &file]).json();
        let transactions = report["incidents"][0]["transactions"].as_array().unwrap().clone();
        let coal = transactions.iter().find(|t| t["id"] == "coal").unwrap();
        coal["findings"].as_array().unwrap().iter().map(|f| f["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = prints(&incident("a", "court", &[COAL]));
    assert!(!before.is_empty());
    assert_eq!(prints(&format!("# moved\n\n{}", incident("a", "press", &[OIL, COAL]))), before);
    assert_ne!(prints(&incident("b", "court", &[COAL])), before, "another incident is another finding");
}

#[test]
fn a_report_is_the_same_in_every_run_and_order_of_inputs() {
    let desk = Desk::new();
    let files = [
        write(&desk, "b.yaml", &incident("b", "court", &[COAL, OPEN, OIL])),
        write(&desk, "a.yaml", &incident("a", "press", &[OIL, CLEAR])),
        write(
            &desk,
            "c.ndjson",
            "{\"id\": \"x\", \"activity\": \"sael\"}\n{\"id\": \"y\", \"activity\": \"grant\", \"to\": \"KP\"}\n",
        ),
        write(&desk, "d.csv", "id,activity,date,from,item.hs\none,sale,2018-03-01,KP,2701\n"),
    ];
    for format in ["text", "json"] {
        let run = |files: &[&str]| {
            let run = check(&desk, &[&["--format", format, "--near-misses"], files].concat());
            assert_eq!(run.code, 3, "c.ndjson has a mistake");
            (run.stdout, run.stderr)
        };
        let [b, a, c, d] = [0, 1, 2, 3].map(|i| files[i].as_str());
        let first = run(&[a, b, c, d]);
        assert!(first.0.len() > 500);
        assert_eq!(run(&[a, b, c, d]), first, "two runs");
        assert_eq!(run(&[d, b, a, c]), first, "another order");
        assert_eq!(run(&[c, c, b, a, d, b]), first, "a file named twice is read once");
        // A report says of which paths it was made, and all else is the same.
        let without_paths = |(text, said): (String, String)| match serde_json::from_str::<Value>(&text) {
            Err(_) => (text, said),
            Ok(mut report) => {
                report["options"]["paths"].take();
                report["seal"].take();
                (report.to_string(), said)
            }
        };
        let of_folder = run(&[desk.files.path().to_str().unwrap()]);
        assert_eq!(without_paths(of_folder), without_paths(first), "the folder of the files");
    }
}

#[test]
fn a_report_in_a_file_equals_that_on_standard_output() {
    let desk = Desk::new();
    let file = write(&desk, "a.yaml", &incident("a", "court", &[COAL]));
    let printed = check(&desk, &[&file]).exits(1).stdout;
    let out = desk.path("report.txt");
    let run = check(&desk, &[&file, "--output", out.to_str().unwrap()]).exits(1);
    assert_eq!(run.stdout, "");
    assert_eq!(fs::read_to_string(&out).unwrap(), printed);
    let quiet = check(&desk, &[&file, "--quiet"]).exits(1);
    assert_eq!((quiet.stdout, quiet.stderr), (String::new(), String::new()));
    let left: Vec<_> = fs::read_dir(desk.files.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing unfinished is left behind: {left:?}");
}

#[test]
fn the_text_report_fits_into_80_columns() {
    let desk = Desk::new();
    let long = COAL
        .replace("anthracite", "'anthracite, washed, in very many bags of the largest size that could be found anywhere at all'");
    let file = write(&desk, "a.yaml", &incident("a", "press", &[&long, OIL, OPEN, CLEAR]));
    let run = check(&desk, &["--near-misses", &file]).exits(1);
    for line in run.stdout.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        assert_eq!(line, line.trim_end(), "a line ends in a blank");
    }
    let place = |word: &str| run.stdout.find(word).unwrap_or_else(|| panic!("no {word} in\n{}", run.stdout));
    assert!(place("POTENTIAL VIOLATION") < place("INSUFFICIENT INFORMATION"), "worst first");
    assert!(place("INSUFFICIENT INFORMATION") < place("COMPLIANT"));
    run.tells(&["would be compliant if", "approved: The Committee approved it", "convicts nobody", "No finding: clear"]);
}

#[test]
fn colours_are_used_only_where_they_are_wanted() {
    let desk = Desk::new();
    let file = write(&desk, "a.yaml", "id: a\ntransactions: [{idd: x}]\n");
    let run = |args: &[&str]| check(&desk, &[args, &[file.as_str()]].concat()).exits(3).stderr;
    assert!(!run(&[]).contains('\u{1b}'));
    assert!(!run(&["--color", "never"]).contains('\u{1b}'));
    assert!(run(&["--color", "always"]).contains('\u{1b}'));
}

#[test]
fn known_on_ignores_law_that_was_made_later() {
    let desk = Desk::new();
    let file =
        write(&desk, "a.yaml", &incident("a", "court", &["{id: t, activity: training, date: 2010-06-20, from: CN, to: KP}"]));
    check(&desk, &[&file]).exits(1).tells(&["VIOLATION  trial-anew"]);
    check(&desk, &[&file, "--known-on", "2010-06-15"]).exits(1).tells(&["as known on 2010-06-15"]);
    check(&desk, &[&file, "--known-on", "2010-06-14"]).exits(0).tells(&["No finding: t"]);
    let approved = COAL.replace("{id", "{authorisations: [{by: committee, date: 2018-02-01}], id");
    let file = write(&desk, "b.yaml", &incident("b", "court", &[&approved]));
    check(&desk, &[&file]).exits(0).tells(&["COMPLIANT  trial-coal"]);
    check(&desk, &[&file, "--known-on", "2018-01-31"]).exits(1).tells(&["VIOLATION  trial-coal"]);
}

#[test]
fn a_ledger_starts_the_total_of_a_quota() {
    let desk = Desk::new();
    let file = write(&desk, "a.yaml", &incident("a", "court", &[OIL]));
    check(&desk, &[&file]).exits(0).tells(&["COMPLIANT  trial-oil", "100 of 500 bbl (20 %)", "no balance"]);
    let ledger = write(&desk, "ledger/used.yaml", "balances: [{quota: oil, period: 2018, amount: 450 bbl, as_of: 2018-02-28}]\n");
    let run = check(&desk, &[&file, "--ledger", &ledger]).exits(1);
    run.tells(&["VIOLATION  trial-oil", "550 of 500 bbl (110 %)", "from a balance as of 2018-02-28"]);
    let ledger = write(&desk, "ledger/closed.yaml", "notices: [{quota: oil, percent: 95, date: 2018-02-28}]\n");
    check(&desk, &[&file, "--ledger", &ledger]).exits(1).tells(&["closed by notice on 2018-02-28"]);
    let ledger = write(&desk, "ledger/later.yaml", "notices: [{quota: oil, percent: 95, date: 2018-03-02}]\n");
    check(&desk, &[&file, "--ledger", &ledger]).exits(0);
    check(&desk, &[&file, "--ledger", "/nowhere/at/all.yaml"])
        .exits(3)
        .complains(&["the ledger `/nowhere/at/all.yaml` cannot be read"]);
}

#[test]
fn explain_shows_the_whole_tree_also_without_a_finding() {
    let desk = Desk::new();
    let file = write(&desk, "a.yaml", &incident("a", "court", &[COAL, CLEAR]));
    let explain = |args: &[&str]| desk.run(&["explain"], [&[file.as_str()], args].concat()).exits(0);
    let run = explain(&["--transaction", "coal", "--rule", "trial-coal"]);
    let run = run.tells(&[
        "trial-coal on `coal` item 1: violation",
        "✓ from.country: KP",
        "a.yaml:5:",
        "exception approved [not-shown",
    ]);
    assert!(!run.stdout.contains("`clear`"), "only the transaction asked for");
    let run = explain(&["--transaction", "clear", "--rule", "trial-coal"]);
    let run = run.tells(&["trial-coal on `clear`: no finding", "✗ activity: supply", "[activity is travel at"]);
    assert!(!run.stdout.contains("trial-oil"), "only the rule asked for");
    explain(&["--transaction", "clear"]).tells(&["trial-anew", "trial-coal", "trial-oil", "activity is travel"]);
    explain(&[]).tells(&["a / coal", "a / clear"]);
    explain(&["--rule", "trial-coal"]).tells(&["on `coal`", "on `clear`"]);
}

#[test]
fn rules_can_be_listed_and_shown() {
    let desk = Desk::new();
    let list = |args: &[&str]| desk.run(&["rules", "list"], args).exits(0).stdout;
    let all = list(&[]);
    let ids = ["trial-aid", "trial-anew", "trial-coal", "trial-listed", "trial-oil", "trial-seize"];
    let places: Vec<_> = ids.iter().map(|id| all.find(id).unwrap_or_else(|| panic!("{id} is not in {all}"))).collect();
    assert!(places.is_sorted(), "sorted by id: {all}");
    assert!(list(&["--regime", "trial"]) == all);
    assert!(!list(&["--date", "2017-08-04"]).contains("trial-coal") && list(&["--date", "2017-08-05"]).contains("trial-coal"));
    let about_coal = list(&["--goods", "coal"]);
    assert!(about_coal.contains("trial-coal") && about_coal.contains("trial-seize") && !about_coal.contains("trial-oil"));
    let by_9002 = list(&["--paragraph", "9002"]);
    assert!(by_9002.contains("trial-anew") && !by_9002.contains("trial-coal"));
    let page = desk.run(&["rules", "show"], ["trial-coal"]).exits(0);
    let expected = [
        "No coal from the target",
        "S/RES/9001 (2001) para 1",
        "from 2017-08-05",
        "item.in: coal",
        "unless approved",
        "trial.yaml:",
        "trial-seize",
        "- coal",
    ];
    let page = page.tells(&expected);
    assert!(page.stdout.lines().all(|l| l.chars().count() <= 80), "{}", page.stdout);
}

#[test]
fn rules_test_fails_when_a_rule_is_broken_by_hand() {
    let desk = Desk::new();
    let test = || desk.run(&["rules", "test"], [] as [&str; 0]);
    test().exits(0).tells(&["2 passed, 0 failed"]);
    let path = desk.rules.path().join("trial.yaml");
    let sound = fs::read_to_string(&path).unwrap();
    for (whole, broken, expected) in [
        (
            "from: KP, item: {in: coal}}\n    except",
            "from: RU, item: {in: coal}}\n    except",
            "trial-coal: expected violation, found nothing",
        ),
        ("{from: 2017-08-05}", "{from: 2017-08-04}", "trial-coal: expected nothing, found violation"),
        (
            "force: calls-upon\n    when: {activity: grant",
            "force: decides\n    when: {activity: sale",
            "trial-aid: expected nothing",
        ),
        ("severity: high", "severity: high\n    force: calls-upon", "trial-coal: expected violation, found potential-violation"),
    ] {
        let text = sound.replace(whole, broken);
        assert_ne!(text, sound, "{whole}");
        let text = if expected.starts_with("trial-aid") {
            text.replace("sale, to: KP, purpose", "sale, from: KP, purpose")
        } else {
            text
        };
        fs::write(&path, text).unwrap();
        test().exits(1).tells(&["failed: ", "trial.yaml:", expected]);
    }
}

#[test]
fn the_built_in_rulebook_is_used_where_none_is_given() {
    let run = interdict(["rules", "show", "dprk-coal"]).exits(0);
    run.tells(&["dprk-coal", "S/RES/2371 (2017) para 8"]);
    let rules = root().join("rules");
    let folder = interdict(["rules", "list", "--rules", rules.to_str().unwrap()]).exits(0);
    assert_eq!(interdict(["rules", "list"]).exits(0).stdout, folder.stdout);
}

#[test]
fn a_file_is_named_without_a_leading_dot_and_read_once() {
    let (plain, dotted) = ("docs/examples/harbour.yaml", "./docs/examples/harbour.yaml");
    let report = |paths: &[&str]| interdict(["check", "--format", "github"].iter().chain(paths)).exits(1).stdout;
    assert!(report(&[plain]).contains("file=docs/examples/harbour.yaml,"));
    assert_eq!(report(&[dotted, plain]), report(&[plain]));
    // `-` is standard input, which is empty here; `./-` is a file that is not there.
    interdict(["check", "--", "-"]).exits(3).complains(&["<stdin>"]);
    interdict(["check", "--", "./-"]).exits(3).complains(&["`./-` cannot be read"]);
}

#[test]
fn the_help_of_every_subcommand_is_as_in_its_file() {
    let commands: [&[&str]; 16] = [
        &[],
        &["check"],
        &["explain"],
        &["verify"],
        &["draft"],
        &["new"],
        &["terms"],
        &["completions"],
        &["man"],
        &["rules"],
        &["rules", "list"],
        &["rules", "show"],
        &["rules", "test"],
        &["rules", "coverage"],
        &["rules", "mutate"],
        &["rules", "audit"],
    ];
    let folder = root().join("tests/help");
    let outputs = commands.map(|command| {
        let run = interdict(command.iter().chain(&["--help"])).exits(0);
        let longest = run.stdout.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(80), "{command:?}: {longest:?} columns");
        (folder.join([&["interdict"], command].concat().join("-")), run.stdout)
    });
    compare_with_files(&outputs);
    assert_eq!(common::files_in(&folder, &["out"]).len(), commands.len(), "none is left over from a command that is gone");
}
