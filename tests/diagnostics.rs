//! The catalogue of diagnostic codes: each has an example that gives it, and `docs/diagnostics.md` shows them all.
//!
//! An example is a file of `tests/diagnostics` named after the code; the rest of its name says what it is:
//! `.yaml`, `.json`, `.ndjson` and `.csv` are incidents, `.rules.yaml`, `.decisions.yaml` and `.ledger.yaml` what they say,
//! `.sh` is a script for what one file cannot show, `.txt` words for what no text can show.
#![cfg(unix)]
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use common::{files_in, interdict, name_of, root, sheet_row, trial_rules, workbook, yaml};
use interdict::document::{Code, DiagnosticLevel, canonical_digest, json_of};
use serde_json::Value;

/// The incident that decisions and ledgers of the examples are about.
const INCIDENT: &str = "id: example
transactions:
  - {id: coal, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]}
  - {id: oil, activity: sale, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}
";
/// Another one, later than the first.
const MORE: &str = "id: more
transactions:
  - {id: oil, activity: sale, date: 2018-04-01, from: CN, to: KP, items: [{description: gasoline, quantity: 50 bbl}]}
";

/// One example of a code.
struct Example {
    code: Code,
    /// The rest of the file's name.
    kind: String,
    text: String,
}

impl Example {
    /// All examples, in the order of the catalogue.
    fn all() -> Vec<Self> {
        let files = files_in(&root().join("tests/diagnostics"), &["yaml", "json", "ndjson", "csv", "sh", "txt"]);
        let mut examples: Vec<Self> = files
            .iter()
            .map(|file| {
                let name = name_of(file);
                let (code, kind) = name.split_once('.').unwrap();
                let code = Code::ALL.iter().find(|c| c.as_str() == code).unwrap_or_else(|| panic!("{name}: no such code"));
                Self { code: *code, kind: kind.to_owned(), text: fs::read_to_string(file).unwrap() }
            })
            .collect();
        examples.sort_by_key(|example| example.code);
        examples
    }

    /// The file in which the example stands when it is run, and the command that reads it.
    fn file_and_command(&self) -> (String, &str) {
        match self.kind.as_str() {
            "rules.yaml" => ("rules/example.yaml".to_owned(), "interdict rules list --rules rules"),
            "decisions.yaml" => {
                (self.kind.clone(), "interdict check incident.yaml --rules rules --baseline decisions.yaml --as 2026-03-01")
            }
            "ledger.yaml" => (self.kind.clone(), "interdict check incident.yaml --rules rules --ledger ledger.yaml"),
            "sh" => ("example.sh".to_owned(), "sh example.sh"),
            ending => (format!("incident.{ending}"), "interdict check incident.*"),
        }
    }

    /// What the program says on standard error.
    fn output(&self) -> String {
        let desk = Desk::new();
        let (file, command) = self.file_and_command();
        match (self.kind.as_str(), self.code) {
            ("txt", Code::LedgerEntry) => desk.sealed_anew(|ledger| ledger["counted"][0]["amounts"][0]["exactly"] = "few".into()),
            ("txt", Code::LedgerTotals) => desk.sealed_anew(|ledger| ledger["counted"][0]["amounts"][0]["exactly"] = "90".into()),
            ("txt", Code::NothingCounted) => desk.sealed_anew(|ledger| {
                ledger["counted"] = Value::Array(Vec::new());
                ledger["totals"] = Value::Array(Vec::new());
            }),
            ("txt", Code::OtherProgram) => desk.sealed_anew(|ledger| ledger["program"] = "interdict 0.0.1".into()),
            ("txt", Code::SheetsNotRead) => {
                let row = sheet_row(1, &["id"]) + &sheet_row(2, &["a"]);
                let book = workbook(&[("Data", "visible", &row), ("Notes", "visible", &row)]);
                fs::write(desk.0.path().join("a.xlsx"), book).unwrap();
                desk.run("interdict check a.xlsx")
            }
            ("txt", code) => panic!("{code} has words for an example, and nothing is done to show it"),
            _ => {
                if !matches!(self.kind.as_str(), "rules.yaml" | "decisions.yaml" | "ledger.yaml" | "sh") {
                    fs::remove_file(desk.0.path().join("incident.yaml")).unwrap();
                }
                fs::write(desk.0.path().join(file), &self.text).unwrap();
                desk.run(command)
            }
        }
    }
}

/// A folder with the trial law in `rules` and the two incidents.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("rules")).unwrap();
        for file in files_in(trial_rules().path(), &["yaml"]) {
            fs::copy(&file, folder.path().join("rules").join(name_of(&file))).unwrap();
        }
        fs::write(folder.path().join("incident.yaml"), INCIDENT).unwrap();
        fs::write(folder.path().join("more.yaml"), MORE).unwrap();
        Self(folder)
    }

    /// Runs a command of the shell; returns standard error.
    fn run(&self, command: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_interdict"));
        let mut path = vec![program.parent().unwrap().to_owned()];
        path.extend(env::split_paths(&env::var_os("PATH").unwrap()));
        let run = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.0.path())
            .env("PATH", env::join_paths(path).unwrap())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(!said.contains("panicked"), "{said}");
        said
    }

    /// What is said of a ledger that was written, changed and sealed anew.
    fn sealed_anew(&self, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> String {
        self.run("interdict check incident.yaml --rules rules --write-ledger ledger.yaml");
        let path = self.0.path().join("ledger.yaml");
        let Value::Object(mut ledger) = json_of(&yaml(&path)) else { panic!("a ledger is a mapping") };
        let mut seal = ledger.remove("seal").unwrap();
        change(&mut ledger);
        seal["value"] = canonical_digest(&ledger).unwrap().into();
        let short = |value: &Value| Value::from(canonical_digest(value).unwrap()[..16].to_owned());
        for (key, value) in &ledger {
            seal["parts"][key] = match value {
                Value::Array(elements) => elements.iter().map(short).collect(),
                value => short(value),
            };
        }
        ledger.insert("seal".to_owned(), seal);
        fs::write(&path, serde_json::to_string(&ledger).unwrap()).unwrap();
        self.run("interdict check more.yaml --rules rules --ledger ledger.yaml")
    }
}

/// The codes in what the program said.
fn codes_in(output: &str) -> BTreeSet<String> {
    let code = |line: &str| {
        let rest = ["error[", "warning[", "note["].into_iter().find_map(|level| line.strip_prefix(level))?;
        Some(rest.split_once(']')?.0.to_owned())
    };
    output.lines().filter_map(code).collect()
}

#[test]
fn codes_are_unique_and_their_letter_is_their_level() {
    let mut numbers = BTreeSet::new();
    for code in Code::ALL {
        let (letter, number) = code.as_str().split_at(1);
        assert!(number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert!(("01".."08").contains(&&number[..2]), "{code} is in no range");
        assert!(numbers.insert(number), "the number of {code} is given twice");
        let of_level = match code.level() {
            DiagnosticLevel::Error => "E",
            DiagnosticLevel::Warning => "W",
            DiagnosticLevel::Note => "N",
        };
        assert_eq!(letter, of_level, "{code}");
        assert!(!code.title().ends_with('.') && code.explanation().ends_with('.'), "{code}");
    }
    let sorted: Vec<&str> = numbers.into_iter().collect();
    let listed: Vec<&str> = Code::ALL.iter().map(|c| &c.as_str()[1..]).collect();
    assert_eq!(listed, sorted, "the catalogue is in the order of the numbers");
}

#[test]
fn every_code_has_an_example_that_gives_it_and_no_other() {
    let mut failures = String::new();
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    for example in Example::all() {
        *shown.entry(example.code).or_default() += 1;
        let output = example.output();
        let mut codes = codes_in(&output);
        // What is too large is not an incident either, and a ledger is only refused for another mistake.
        match example.code {
            Code::TooDeep => codes.retain(|code| code != "E0115"),
            Code::TooManyValues => codes.retain(|code| !matches!(code.as_str(), "W0243" | "E0202")),
            Code::LedgerNotWritten => codes.retain(|code| code != "E0202"),
            _ => {}
        }
        if codes != BTreeSet::from([example.code.as_str().to_owned()]) {
            failures.push_str(&format!("\n==== {}.{} gives:\n{output}", example.code, example.kind));
        }
    }
    let without: Vec<&Code> = Code::ALL.iter().filter(|code| shown.get(code) != Some(&1)).collect();
    assert!(failures.is_empty(), "{failures}");
    assert!(without.is_empty(), "codes without one example: {without:?}");
}

#[test]
fn every_expected_message_has_a_code() {
    for folder in ["tests/language/bad", "tests/incidents/bad"] {
        for file in files_in(&root().join(folder), &["out"]) {
            let text = fs::read_to_string(&file).unwrap();
            for line in text.lines().filter(|l| l.starts_with("error") || l.starts_with("warning")) {
                assert!(!codes_in(line).is_empty(), "{}: {line}", file.display());
            }
            assert!(!codes_in(&text).is_empty(), "{} has no code", file.display());
        }
    }
}

/// The headings of the ranges, by the first two digits of the codes.
const RANGES: [(&str, &str); 7] = [
    ("01", "Text and syntax"),
    ("02", "Facts of incidents"),
    ("03", "The rule language"),
    ("04", "The rulebook as a whole"),
    ("05", "Decisions"),
    ("06", "Ledgers and quotas"),
    ("07", "The files of a run"),
];

#[test]
fn the_manual_of_diagnostics_is_that_of_the_catalogue() {
    let path: PathBuf = root().join("docs/diagnostics.md");
    let made = manual();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), made, "run the tests with UPDATE_GOLDEN=1 to write it anew");
}

fn manual() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Every mistake in incidents, rules, decisions, ledgers and the files of a run has a code: `E` is an error, whose value\n\
         cannot be used, and the run ends with exit code 3; `W` is a warning, whose value was read, but perhaps not as it was\n\
         meant; `N` is a note on how a value was read. Codes stay; new ones are added. Messages show them (`error[E0207]:\n\
         unknown country`), and so do the JSON report (`code` of each of `problems`) and SARIF (`descriptor` of each\n\
         notification). What is said of more than four places is shown once, with all of them, and from the ninth message of a code on\n\
         each has a line.\n\n\
         Made from the catalogue (`src/document/code.rs`) and the examples in `tests/diagnostics`; a test runs each example and\n\
         keeps this page so. Examples of rules stand beside the small rulebook of `tests/language/base`, those of decisions and\n\
         ledgers are given with the law of `tests/trial.yaml`.\n",
    );
    let examples = Example::all();
    for (range, heading) in RANGES {
        page.push_str(&format!("\n## {heading}\n"));
        for code in Code::ALL.iter().filter(|code| &code.as_str()[1..3] == range) {
            page.push_str(&format!("\n### {code}: {}\n\n{}\n", code.title(), code.explanation()));
            for example in examples.iter().filter(|example| example.code == *code) {
                let (language, text) = match example.kind.as_str() {
                    "txt" => {
                        page.push_str(&format!("\nNo short text shows it: {}", example.text));
                        continue;
                    }
                    kind => (kind.rsplit('.').next().unwrap(), &example.text),
                };
                page.push_str(&format!("\n```{language}\n{text}```\n"));
            }
        }
    }
    page
}

#[test]
fn machine_readable_reports_name_the_code_of_each_problem() {
    let bad = root().join("tests/incidents/bad/unknown-country.yaml");
    let run = |format: &str| interdict([OsStr::new("check"), "--format".as_ref(), format.as_ref(), bad.as_os_str()]).exits(3);
    let problems = |head: &Value| -> Vec<Value> {
        head["problems"].as_array().unwrap().iter().map(|problem| problem["code"].clone()).collect()
    };
    let codes = problems(&run("json").json());
    assert!(!codes.is_empty() && codes.iter().all(|code| code == "E0207"), "{codes:?}");
    let end: Value = serde_json::from_str(run("ndjson").stdout.lines().last().unwrap()).unwrap();
    assert_eq!(problems(&end["report"]), codes);
    let sarif = run("sarif").json();
    let notifications = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let mut mistakes = notifications.iter().filter(|note| note["level"] != "note");
    assert!(mistakes.all(|note| note["descriptor"]["id"] == "E0207"), "{notifications:?}");
    let descriptors = &sarif["runs"][0]["tool"]["driver"]["notifications"];
    assert_eq!(descriptors[0]["shortDescription"]["text"], Code::UnknownCountry.title());
    assert_eq!(descriptors.as_array().unwrap().len(), 1, "each kind is described once");
}

#[test]
fn what_is_said_of_several_places_is_said_once_with_all_of_them() {
    let desk = common::Desk::new();
    let record = |number: usize| format!("{{\"id\":\"{number}\",\"activity\":\"zap{number}\",\"wrapping\":\"foil\"}}");
    let records: Vec<String> = (1..=20).map(record).collect();
    let file = desk.write("a.ndjson", records.join("\n"));
    let shown = interdict(["check".as_ref(), file.as_os_str()]).stderr;
    // The same key in twenty records: one warning, twenty places.
    assert_eq!(shown.matches("`wrapping`").count(), 1, "{shown}");
    let also = shown.split("also at ").nth(1).unwrap().lines().next().unwrap();
    let lines: Vec<&str> = also.split(", ").map(|place| place.split(':').next().unwrap()).collect();
    let expected: Vec<String> = (2..=20).map(|line| line.to_string()).collect();
    assert_eq!(lines, expected, "{shown}");
    // Twenty words: each with its place, the first ones with their lines.
    for number in 1..=20 {
        let word = format!("`zap{number}` is not in the vocabulary");
        assert_eq!(shown.matches(&word).count(), 1, "{shown}");
        let line = shown.lines().find(|line| line.contains(&word)).unwrap();
        let is_short = line.contains(&format!("a.ndjson:{number}:"));
        assert!(is_short == (number > 8), "{line}");
        assert!(!is_short || line.ends_with("lists all"), "{line}");
    }
}
