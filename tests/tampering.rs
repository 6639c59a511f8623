//! What somebody may alter in a sealed report, its inputs, its ledger and its decisions, and the line of `verify` that finds it.
//!
//! Each alteration of a report is tried twice: as it is, which the seal shows, and sealed anew, as whoever knows how would do.
#![cfg(unix)]
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;
use std::process::Command;

use common::{Desk, yaml};
use interdict::audit;
use interdict::document::{canonical_digest, json_of};
use serde_json::{Map, Value, json};

const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIKa3IWaPL4POm4P6gN/PsQWn1+6o9nt/ldS62VbabAhK
-----END PRIVATE KEY-----
";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAACYJq7Uu5/L8PnuYoD2l3DliyS7RjSh04iJn4xXd2/w=
-----END PUBLIC KEY-----
";
const INCIDENT: &str = "id: a
title: About a
sources: [{id: s, kind: court, reliability: B, credibility: 2}]
transactions:
  - {id: coal, activity: sale, date: 2018-04-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]}
  - {id: oil, activity: sale, date: 2018-04-02, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}
";
const OTHER: &str =
    "{\"id\": \"x\", \"activity\": \"grant\", \"to\": \"KP\"}\n{\"id\": \"y\", \"activity\": \"sael\", \"to\": \"KP\"}\n";

fn march() -> String {
    let line = |id: &str, day: &str| {
        format!(
            "{{\"id\": \"{id}\", \"activity\": \"sale\", \"stage\": \"completed\", \"date\": \"2018-03-{day}\", \"evidence\": \"established\", \
             \"from\": \"CN\", \"to\": \"KP\", \"items\": [{{\"description\": \"gasoline\", \"quantity\": \"220 bbl\"}}]}}\n"
        )
    };
    line("one", "01") + &line("two", "02")
}

/// A folder with two inputs, the ledger of March, a decision, and a report that rests on all of them, sealed and signed.
struct World(Desk);

struct Said {
    code: i32,
    lines: String,
    errors: String,
}

impl World {
    fn new() -> Self {
        let world = Self(Desk::new());
        world.0.write("in/a.yaml", INCIDENT);
        world.0.write("in/b.ndjson", OTHER);
        world.0.write("march.ndjson", march());
        world.0.write("key.pem", PRIVATE);
        world.0.write("key.pub", PUBLIC);
        world.0.write("elsewhere.yaml", INCIDENT.replace("id: a", "id: e"));
        world.interdict(&[
            "check",
            "march.ndjson",
            "--write-ledger",
            "march.ledger",
            "--sign-key",
            "key.pem",
            "--known-on",
            "2020-01-01",
        ]);
        world.decide("");
        world.make();
        let facts = world.report()["incidents"][0]["transactions"][0]["facts"].as_str().unwrap().to_owned();
        world.decide(&format!(", verdict: violation, facts: \"{facts}\""));
        world.make();
        let said = world.verify(&["--public-key", "key.pub"]);
        assert_eq!(said.code, 0, "{}{}", said.lines, said.errors);
        assert!(said.lines.contains("counted anew from its inputs, it has the same entries"), "{}", said.lines);
        world
    }

    fn decide(&self, more: &str) {
        let who = "reason: a test, by: A. Person, on: 2018-05-01, expires: 2018-06-30";
        self.0.write("decisions.yaml", format!("[{{rule: trial-coal, transaction: a/coal, decision: accepted, {who}{more}}}]\n"));
    }

    /// Makes the report, its signature and the ledger of April, by the law of the desk.
    fn make(&self) {
        self.make_of(&["in"]);
    }

    fn make_of(&self, paths: &[&str]) {
        let common =
            ["--ledger", "march.ledger", "--baseline", "decisions.yaml", "--as", "2018-05-02", "--known-on", "2020-01-01"];
        let out = ["--report", "json=report.json", "--write-ledger", "april.ledger", "--sign-key", "key.pem", "--quiet"];
        let said = self.interdict(&[&["check"], paths, &common, &out].concat());
        assert!(matches!(said.code, 1 | 3), "{}", said.errors);
    }

    /// Runs the program in the folder, by the law of the desk.
    fn interdict(&self, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_interdict"))
            .args(args)
            .args(["--rules".as_ref(), self.0.rules.path().as_os_str()])
            .current_dir(self.0.files.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), lines: text(output.stdout), errors: text(output.stderr) }
    }

    fn verify(&self, more: &[&str]) -> Said {
        self.interdict(&[&["verify", "report.json"], more].concat())
    }

    fn report(&self) -> Value {
        serde_json::from_str(&self.text("report.json")).unwrap()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path(name)).unwrap()
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "`{from}` is not in {text}");
        self.0.write(name, text.replacen(from, to, 1));
    }

    /// Alters the report; `sealed` computes its seal anew.
    fn alter(&self, change: fn(&mut Value), sealed: bool) {
        let mut report = self.report();
        let before = report.clone();
        change(&mut report);
        assert_ne!(report, before, "nothing was altered");
        self.0.write("report.json", report.to_string());
        if sealed {
            let path = self.0.path("report.json");
            let opened = audit::open(&path).unwrap();
            let seal = audit::compute_seal(&path, &opened.head).unwrap();
            report["seal"]["value"] = seal.value.into();
            self.0.write("report.json", report.to_string());
        }
    }

    /// Alters the ledger of March and seals it anew; then makes the report anew on it, as a forger would.
    fn forge_ledger(&self, change: impl FnOnce(&mut Map<String, Value>)) {
        let path = self.0.path("march.ledger");
        let Value::Object(mut ledger) = json_of(&yaml(&path)) else { panic!("a ledger is a mapping") };
        let mut seal = ledger.remove("seal").unwrap();
        change(&mut ledger);
        seal["value"] = canonical_digest(&ledger).unwrap().into();
        let short = |value: &Value| Value::from(canonical_digest(value).unwrap()[..16].to_owned());
        seal["parts"] = Value::Object(Map::new());
        for (key, value) in &ledger {
            seal["parts"][key] = match value {
                Value::Array(elements) => elements.iter().map(short).collect(),
                value => short(value),
            };
        }
        ledger.insert("seal".to_owned(), seal);
        fs::write(&path, serde_json::to_string(&ledger).unwrap()).unwrap();
        self.make();
    }
}

fn finding(report: &mut Value) -> &mut Value {
    &mut report["incidents"][0]["transactions"][0]["findings"][0]
}

/// An alteration of a report, and what `verify` says of it even if it was sealed anew.
type OfReport = (&'static str, fn(&mut Value), &'static str);

const OF_REPORT: &[OfReport] = &[
    ("the verdict of a finding", |r| finding(r)["verdict"] = "compliant".into(), "`compliant` in the report and `violation`"),
    (
        "a verdict with all counts that follow from it",
        |r| {
            finding(r)["verdict"] = "compliant".into();
            r["incidents"][0]["transactions"][0]["verdict"] = "compliant".into();
            r["summary"]["violation"] = 0.into();
            r["summary"]["compliant"] = 1.into();
        },
        "`compliant` in the report and `violation`",
    ),
    ("the severity of a finding", |r| finding(r)["severity"] = "low".into(), "`severity` of the finding differs"),
    ("a fact of a finding", |r| finding(r)["because"][1]["value"] = "travel".into(), "`because` of the finding differs"),
    (
        "the paragraph of a finding",
        |r| finding(r)["authority"][0]["paragraph"] = "9".into(),
        "`authority` of the finding differs",
    ),
    ("a finding taken out", |r| r["incidents"][0]["transactions"][0]["findings"] = json!([]), "the finding is not in the report"),
    (
        "a finding put in",
        |r| {
            let mut other = finding(r).clone();
            other["fingerprint"] = "00000000000000000000000000000000".into();
            r["incidents"][0]["transactions"][0]["findings"].as_array_mut().unwrap().push(other);
        },
        "the finding is not made again",
    ),
    (
        "a transaction taken out",
        |r| _ = r["incidents"][0]["transactions"].as_array_mut().unwrap().remove(1),
        "the transaction is not in the report",
    ),
    ("an incident taken out", |r| _ = r["incidents"].as_array_mut().unwrap().pop(), "the incident is not in the report"),
    ("the id of a transaction", |r| r["incidents"][0]["transactions"][1]["id"] = "gas".into(), "not found again at its place"),
    ("the title of an incident", |r| r["incidents"][0]["title"] = "About nothing".into(), "`title` differs"),
    ("the verdict of an incident", |r| r["incidents"][0]["verdict"] = "compliant".into(), "`verdict` differs"),
    (
        "a key put into an incident",
        |r| r["incidents"][0]["zz_cleared_by"] = "me".into(),
        "`zz_cleared_by` is no key of an incident",
    ),
    ("a key put into a transaction", |r| r["incidents"][0]["transactions"][0]["cleared"] = true.into(), "`cleared` differs"),
    ("a key put into a finding", |r| finding(r)["waived"] = true.into(), "`waived` of the finding differs"),
    ("a key put into the report", |r| r["approved_by"] = "the Committee".into(), "`approved_by` of the report differs"),
    ("a key put into the options", |r| r["options"]["lenient"] = true.into(), "schema: `options.lenient`"),
    ("a key put into the program", |r| r["tool"]["certified"] = true.into(), "schema: `tool.certified`"),
    ("a key put into an input", |r| r["inputs"][0]["verified"] = true.into(), "schema: `inputs[0].verified`"),
    ("a key put into the seal", |r| r["seal"]["by"] = "the Committee".into(), "seal: the report has none"),
    ("another algorithm of the seal", |r| r["seal"]["algorithm"] = "none".into(), "seal: the report says none:"),
    ("a count of the summary", |r| r["summary"]["violation"] = 0.into(), "`summary` of the report differs"),
    ("the count of an input", |r| r["inputs"][0]["transactions"] = 40.into(), "the report counts 40 transactions and it has 2"),
    ("the digest of an input", |r| r["inputs"][0]["digest"] = "sha256:00".into(), "input `in/a.yaml`: the report says sha256:00"),
    (
        "an input left out",
        |r| _ = r["inputs"].as_array_mut().unwrap().pop(),
        "input `in/b.ndjson`: the paths that were called lead to it and the report does not have it",
    ),
    (
        "an input left out with its incident",
        |r| {
            r["inputs"].as_array_mut().unwrap().pop();
            r["incidents"].as_array_mut().unwrap().pop();
        },
        "input `in/b.ndjson`: the paths that were called lead to it and the report does not have it",
    ),
    (
        "an input named twice",
        |r| r["inputs"] = json!([r["inputs"][0], r["inputs"][0], r["inputs"][1]]),
        "inputs: the report has one twice",
    ),
    (
        "the paths left out",
        |r| _ = r["options"].as_object_mut().unwrap().remove("paths"),
        "the report does not say of which paths it was made",
    ),
    (
        "fewer paths",
        |r| r["options"]["paths"] = json!(["in/a.yaml"]),
        "input `in/b.ndjson`: none of the paths that were called leads to it",
    ),
    ("a path to another file", |r| r["options"]["paths"] = json!(["elsewhere.yaml"]), "input `in/a.yaml`: none of the paths"),
    ("a path out of the folder", |r| r["options"]["paths"] = json!(["../.."]), "it is outside of `.`, and is not opened"),
    ("a path to a foreign file", |r| r["options"]["paths"] = json!(["in", "/etc/passwd"]), "`/etc/passwd`: it is outside of `.`"),
    ("a path to a device", |r| r["options"]["ledger"]["path"] = "/dev/zero".into(), "ledger `/dev/zero`: it is outside of `.`"),
    ("a path to a pipe", |r| r["options"]["ledger"]["path"] = "pipe".into(), "ledger `pipe`: it is no file, and is not opened"),
    (
        "a path to a link out of the folder",
        |r| r["options"]["baseline"]["path"] = "link".into(),
        "baseline `link`: it is outside of `.`",
    ),
    ("the digest of the rulebook", |r| r["rulebook"]["digest"] = "sha256:00".into(), "rulebook: the report says sha256:00"),
    ("the number of rules", |r| r["rulebook"]["rules"] = 900.into(), "rulebook: the report counts 900 rules"),
    ("another day of the law", |r| r["known_on"] = "2000-01-01".into(), "the finding is not made again"),
    ("another regime", |r| r["options"]["regime"] = "none".into(), "a regime is not in the rulebook"),
    (
        "a condition that fails the run and is none",
        |r| r["options"]["fail_on"] = "sometimes".into(),
        "schema: the report does not follow it",
    ),
    ("near misses that were not asked for", |r| r["options"]["near_misses"] = true.into(), "differs"),
    ("no ledger", |r| r["options"]["ledger"] = Value::Null, "findings: "),
    ("no decisions", |r| r["options"]["baseline"] = Value::Null, "`decision` of the finding differs"),
    ("another day of the run", |r| r["options"]["as"] = "2019-01-01".into(), "`decision` of the finding differs"),
    ("a period that was not declared", |r| r["options"]["period"] = "2018-09".into(), "findings: "),
    ("the reason of a decision", |r| finding(r)["decision"]["reason"] = "seen".into(), "`decision` of the finding differs"),
    (
        "the facts that a decision would be bound to",
        |r| r["incidents"][0]["transactions"][0]["facts"] = "00".into(),
        "`facts` differs",
    ),
    ("the decided findings", |r| r["decisions"]["covered"] = 9.into(), "`decisions` of the report differs"),
    ("what was not checked", |r| r["not_checked"] = json!([]), "`not_checked` of the report differs"),
    ("the mistakes", |r| r["problems"] = json!([]), "`problems` of the report differs"),
    (
        "another version of the program",
        |r| r["tool"]["version"] = "99.0.0".into(),
        "program: the report was made by interdict 99.0.0",
    ),
    ("another schema", |r| r["schema"] = "interdict/report/9".into(), "schema: the report has `interdict/report/9`"),
];

#[test]
fn every_alteration_of_a_report_is_found_sealed_anew_or_not() {
    let world = World::new();
    let made = Command::new("mkfifo").arg(world.0.path("pipe")).status();
    assert!(made.is_ok_and(|status| status.success()), "there is no pipe to name");
    std::os::unix::fs::symlink("/etc/hostname", world.0.path("link")).unwrap();
    let original = world.text("report.json");
    let mut passed = Vec::new();
    for (name, change, finds) in OF_REPORT {
        for sealed in [false, true] {
            world.0.write("report.json", &original);
            world.alter(*change, sealed);
            let said = world.verify(&[]);
            let failing: Vec<&str> = said.lines.lines().filter(|line| line.starts_with("fails")).collect();
            let by_seal = failing.iter().any(|line| line.contains("seal: the report"));
            let found = failing.iter().any(|line| line.contains(finds));
            if said.code != 1 || !found || !(sealed || by_seal) {
                passed.push(format!("{name} (sealed anew: {sealed}): exit {}\n{}{}", said.code, said.lines, said.errors));
            }
            // Who has the key finds it by that alone.
            let by_key = world.verify(&["--public-key", "key.pub"]).lines.contains("fails  signature: ");
            if sealed && !by_key && *name != "a key put into the seal" && *name != "another algorithm of the seal" {
                passed.push(format!("{name}: the signature holds"));
            }
        }
    }
    assert!(OF_REPORT.len() >= 30);
    assert!(passed.is_empty(), "not found:\n{}", passed.join("\n"));
}

/// An alteration of what a report rests on, the arguments of `verify`, and what it says.
type OfFiles = (&'static str, fn(&World), &'static [&'static str], &'static str);

const OF_FILES: &[OfFiles] = &[
    ("an input is changed", |w| w.edit("in/a.yaml", "from: KP", "from: RU"), &[], "input `in/a.yaml`: the report says"),
    (
        "an input is added",
        |w| _ = w.0.write("in/c.ndjson", OTHER.replace("\"x\"", "\"z\"")),
        &[],
        "input `in/c.ndjson`: the paths that were called lead to it",
    ),
    ("an input is gone", |w| fs::remove_file(w.0.path("in/b.ndjson")).unwrap(), &[], "input `in/b.ndjson`: none of the paths"),
    (
        "the report is made anew of fewer inputs",
        |w| w.make_of(&["in/a.yaml"]),
        &["in"],
        "input `in/b.ndjson`: you name it and the report does not",
    ),
    (
        "a decision is changed",
        |w| w.edit("decisions.yaml", "a test", "a whim"),
        &[],
        "baseline `decisions.yaml`: the report says",
    ),
    (
        "the facts of a decision are changed",
        |w| w.edit("decisions.yaml", "facts: \"", "facts: \"0"),
        &[],
        "baseline `decisions.yaml`",
    ),
    ("the ledger is lowered", |w| w.edit("march.ledger", "\"220\"", "\"1\""), &[], "ledger `march.ledger`: the report says"),
    (
        "the ledger is lowered and sealed, and the report made anew on it",
        |w| {
            w.forge_ledger(|ledger| {
                ledger["counted"][0]["amounts"][0]["exactly"] = "1".into();
                ledger["totals"][0]["total"][0]["exactly"] = "221".into();
            });
        },
        &[],
        "counted anew from its inputs, `march/one` towards `oil` is not in it as it was reported",
    ),
    (
        "the ledger is emptied and sealed, and the report made anew on it",
        |w| {
            w.forge_ledger(|ledger| {
                ledger["counted"] = json!([]);
                ledger["totals"] = json!([]);
            });
        },
        &[],
        "counted anew from its inputs, `march/one` towards `oil` is not in it",
    ),
    (
        "an entry is put into the ledger, which is sealed, and the report made anew on it",
        |w| {
            w.forge_ledger(|ledger| {
                let mut other = ledger["counted"][1].clone();
                other["transaction"] = "three".into();
                ledger["counted"].as_array_mut().unwrap().push(other);
                ledger["totals"][0]["total"][0]["exactly"] = "660".into();
                ledger["totals"][0]["transactions"] = 3.into();
            });
        },
        &[],
        "`march/three` towards `oil` is in it and not in them",
    ),
    (
        "the ledger forgets its inputs, and the report is made anew on it",
        |w| {
            w.forge_ledger(|ledger| {
                ledger["inputs"] = json!([]);
                ledger["counted"] = json!([]);
                ledger["totals"] = json!([]);
            });
        },
        &["--public-key", "key.pub"],
        "ledger `march.ledger`: signature: `march.ledger.sig` is not of this ledger by this key",
    ),
    (
        "the signature of the ledger is gone",
        |w| fs::remove_file(w.0.path("march.ledger.sig")).unwrap(),
        &["--public-key", "key.pub"],
        "ledger `march.ledger`: signature: `march.ledger.sig` cannot be read",
    ),
    (
        "the signature of the ledger is that of the report",
        |w| _ = fs::copy(w.0.path("report.json.sig"), w.0.path("march.ledger.sig")).unwrap(),
        &["--public-key", "key.pub"],
        "ledger `march.ledger`: signature: `march.ledger.sig` is not of this ledger",
    ),
];

#[test]
fn every_alteration_of_what_a_report_rests_on_is_found() {
    let mut passed = Vec::new();
    for (name, change, args, finds) in OF_FILES {
        let world = World::new();
        change(&world);
        let said = world.verify(args);
        if said.code != 1 || !said.lines.lines().any(|line| line.starts_with("fails") && line.contains(finds)) {
            passed.push(format!("{name}: exit {}\n{}{}", said.code, said.lines, said.errors));
        }
    }
    assert!(passed.is_empty(), "not found:\n{}", passed.join("\n"));
}

#[test]
fn the_law_is_that_of_who_verifies() {
    let world = World::new();
    // The rule on coal is gone, and so is its finding.
    let path = world.0.rules.path().join("trial.yaml");
    let strict = fs::read_to_string(&path).unwrap();
    let (before, rest) = strict.split_once("  - id: trial-coal\n").unwrap();
    let (_, after) = rest.split_once("  - id: trial-oil\n").unwrap();
    let (law, _) = after.split_once("tests:\n").unwrap();
    fs::write(&path, format!("{before}  - id: trial-oil\n{law}")).unwrap();
    world.0.write("decisions.yaml", "[]\n");
    world.make();
    assert!(!world.text("report.json").contains("trial-coal"));
    assert_eq!(world.verify(&[]).code, 0, "by the lax law it is what a run says");
    fs::write(&path, strict).unwrap();
    let said = world.verify(&[]);
    assert_eq!(said.code, 1);
    assert!(said.lines.contains("fails  rulebook: the report says sha256:"), "{}", said.lines);
    assert!(said.lines.contains("trial-coal`: the finding is not in the report"), "{}", said.lines);
    // Without a word of the verifier it is the built-in one, whatever folder the report names.
    let output = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(["verify", "report.json"])
        .current_dir(world.0.files.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("and the built-in one has sha256:"), "{said}");
}

#[test]
fn a_chain_of_ledgers_names_what_it_follows_and_a_changed_link_is_found() {
    let world = World::new();
    // No ledger is written of inputs with a mistake.
    world.edit("in/b.ndjson", "sael", "sale");
    world.make();
    world.0.write("in/a.yaml", INCIDENT.replace("2018-04", "2018-05").replace("id: a", "id: m"));
    let april = world.text("april.ledger");
    assert!(april.contains("follows: {path: \"march.ledger\"") && april.contains("period: \"2018-04\""), "{april}");
    let args = ["check", "in/a.yaml", "--ledger", "april.ledger", "--known-on", "2020-01-01"];
    let args = [&args[..], &["--report", "json=report.json", "--quiet"]].concat();
    world.interdict(&args);
    let said = world.verify(&[]);
    assert!(said.lines.contains("holds  ledger `april.ledger`: it follows `march.ledger` of 2018-03, sha256:"), "{}", said.lines);
    world.edit("march.ledger", "\"220\"", "\"1\"");
    let said = world.verify(&[]);
    assert_eq!(said.code, 1);
    assert!(said.lines.contains("fails  ledger `april.ledger`: it follows `march.ledger`"), "{}", said.lines);
}
