//! `verify`: what holds of a report, and what fails with its place.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Desk, Run, interdict, interdict_reading};
use interdict::audit;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const INCIDENT: &str = "id: a
title: About a
sources: [{id: s, kind: court, reliability: B, credibility: 2}]
transactions:
  - {id: coal, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, quantity: 5 t}]}
  - {id: oil, activity: sale, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}
";
const MORE: &str = "{\"id\": \"x\", \"activity\": \"grant\", \"to\": \"KP\", \"purpose\": \"military\"}\n{\"id\": \"y\", \"activity\": \"travel\"}\n";

struct Made {
    desk: Desk,
    report: PathBuf,
}

impl Made {
    /// A report of two inputs, with every option that a report names.
    fn new() -> Self {
        let desk = Desk::new();
        desk.write("a.yaml", INCIDENT);
        desk.write("b.ndjson", MORE);
        desk.write("on/ledger.yaml", "balances: [{quota: oil, period: 2018, amount: 450 bbl, as_of: 2018-02-28}]\n");
        let who = "reason: a test, by: A. Person, on: 2024-05-01, expires: 2024-06-30";
        desk.write("on/baseline.yaml", format!("[{{rule: trial-coal, transaction: a/coal, decision: accepted, {who}}}]\n"));
        let report = desk.path("report.out");
        let made = Self { desk, report };
        made.check(&[]).exits(1);
        made
    }

    fn check(&self, more: &[&str]) -> Run {
        let path = |name: &str| self.desk.path(name).to_str().unwrap().to_owned();
        let (a, b, ledger, baseline, report) =
            (path("a.yaml"), path("b.ndjson"), path("on/ledger.yaml"), path("on/baseline.yaml"), path("report.out"));
        let mut args = vec![a.as_str(), &b, "--ledger", &ledger, "--baseline", &baseline, "--as", "2024-06-01"];
        args.extend(["--format", "json", "--output", &report, "--near-misses", "--regime", "trial", "--known-on", "2024-01-01"]);
        args.extend(more);
        self.desk.run(&["check"], args)
    }

    fn verify(&self) -> Run {
        self.verify_with(&[])
    }

    /// `verify` by the law of the desk, with more arguments.
    fn verify_with(&self, more: &[&str]) -> Run {
        let folder = |path: &Path| path.to_str().unwrap().to_owned();
        let (rules, root) = (folder(self.desk.rules.path()), folder(self.desk.files.path()));
        let mut args = vec!["verify", self.report.to_str().unwrap(), "--rules", &rules, "--root", &root];
        args.extend(more);
        interdict(args)
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.report).unwrap()
    }

    /// Changes a file of the desk.
    fn change(&self, name: &str, from: &str, to: &str) {
        let path = self.desk.path(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from} is not in {text}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// Seals the report anew, as somebody would who changes one and knows how.
    fn seal(&self) {
        let opened = audit::open(&self.report).unwrap();
        let seal = audit::compute_seal(&self.report, &opened.head).unwrap();
        self.change("report.out", &opened.seal.unwrap().value, &seal.value);
    }
}

/// The lines of checks that failed.
fn failing(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter(|line| line.starts_with("fails")).collect()
}

#[track_caller]
fn fails_at(run: Run, expected: &[&str]) {
    let run = run.exits(1);
    let lines = failing(&run);
    assert_eq!(lines.len(), expected.len(), "{}", run.stdout);
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.contains(expected), "`{expected}` is not in `{line}`");
    }
}

#[test]
fn a_fresh_report_verifies() {
    let made = Made::new();
    let run = made.verify().exits(0);
    assert_eq!(failing(&run), [] as [&str; 0]);
    run.tells(&["seal: sha256:", "schema: interdict/report/1", "program: interdict ", "rulebook: that in `", "a.yaml`: sha256:"])
        .tells(&["b.ndjson`: sha256:", "ledger `", "baseline `", "findings: run again, they are the same"]);
    let report: Value = serde_json::from_str(&made.text()).unwrap();
    let options = &report["options"];
    assert_eq!(options["fail_on"], "potential-violation");
    assert_eq!((&options["near_misses"], &options["regime"]), (&Value::Bool(true), &"trial".into()));
    assert_eq!((&options["as"], &report["known_on"]), (&"2024-06-01".into(), &"2024-01-01".into()));
    assert!(options["ledger"]["digest"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(options["rules"], made.desk.rules.path().to_str().unwrap());
    assert_eq!(report["seal"]["of"], "canonical JSON of everything above");
    assert!(made.text().trim_end().trim_end_matches(['}', '\n', ' ']).contains("\"seal\": {"));
}

#[test]
fn the_seal_is_that_of_the_canonical_form_of_everything_else() {
    let made = Made::new();
    let mut report: Value = serde_json::from_str(&made.text()).unwrap();
    let seal = report.as_object_mut().unwrap().remove("seal").unwrap();
    let digest = Sha256::digest(serde_json_canonicalizer::to_vec(&report).unwrap());
    assert_eq!(seal["value"], interdict::document::hex(&digest));
    // Indented anew, and with sorted keys, it is the same report.
    let whole: Value = serde_json::from_str(&made.text()).unwrap();
    fs::write(&made.report, serde_json::to_string(&whole).unwrap()).unwrap();
    made.verify().exits(0);
}

#[test]
fn the_built_in_rulebook_and_standard_input_can_be_verified_too() {
    let desk = Desk::new();
    let report = desk.path("report.json");
    let out = report.to_str().unwrap();
    interdict_reading(["check", "-", "--format", "json", "--output", out], MORE.into());
    let verify = |input: &str| interdict_reading(["verify", out], input.into());
    verify(MORE).exits(0).tells(&["rulebook: the built-in one, sha256:"]);
    verify(MORE).exits(0).tells(&["input `<stdin>`: sha256:"]);
    fails_at(verify(&MORE.replace("travel", "gift")), &["input `<stdin>`: the report says", "`"]);
    // The same rules in a folder of another name are the same rules.
    let rules = common::root().join("rules");
    let moved = interdict_reading(["verify", out, "--rules", rules.to_str().unwrap()], MORE.into());
    moved.exits(0);
    fails_at(
        interdict_reading(["verify", out, "--rules", desk.rules.path().to_str().unwrap()], MORE.into()),
        &["rulebook: ", "`"],
    );
}

#[test]
fn a_change_of_any_character_of_a_report_is_noticed() {
    let made = Made::new();
    let text = made.text();
    let changed = made.desk.path("changed.out");
    let places = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_alphanumeric()).map(|(i, _)| i);
    for place in places.step_by(5) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = if bytes[place] == b'7' { b'8' } else { b'7' };
        fs::write(&changed, &bytes).unwrap();
        let holds = audit::open(&changed).and_then(|opened| {
            let seal = audit::compute_seal(&changed, &opened.head)?;
            Ok(opened.seal == Some(seal))
        });
        assert!(!matches!(holds, Ok(true)), "byte {place}: {}", &text[place.saturating_sub(30)..place + 10]);
    }
}

#[test]
fn a_changed_report_fails_with_the_place_of_the_change() {
    let made = Made::new();
    made.change("report.out", "\"verdict\": \"violation\"", "\"verdict\": \"compliant\"");
    fails_at(made.verify(), &["seal: the report says sha256:", "findings: `summary` of the report differs"]);
    let made = Made::new();
    made.change("report.out", "\"value\": \"KP\"", "\"value\": \"KR\"");
    let lines = ["seal: the report says", "findings: `a/coal/trial-coal`: `because` of the finding differs"];
    fails_at(made.verify(), &lines);
    // Whoever seals it anew is found out by the run.
    made.seal();
    fails_at(made.verify(), &lines[1..]);
    let made = Made::new();
    made.change("report.out", "\"id\": \"oil\"", "\"id\": \"gas\"");
    made.seal();
    fails_at(made.verify(), &["findings: `a/gas`: the transaction is not found again at its place"]);
    let made = Made::new();
    made.change("report.out", "\"seal\": {", "\"seel\": {");
    fails_at(made.verify(), &["seal: the report has none", "findings: `seel` of the report differs"]);
    // A second key of the same name is read by some and not by others.
    let made = Made::new();
    made.change("report.out", "\"id\": \"oil\"", "\"id\": \"gas\", \"id\": \"oil\"");
    made.verify().exits(3).complains(&["the key `id` stands twice"]);
}

#[test]
fn a_changed_or_missing_input_is_named() {
    let made = Made::new();
    made.change("a.yaml", "from: KP", "from: RU");
    fails_at(
        made.verify(),
        &["a.yaml`: the report says sha256:", "findings: `a/coal/trial-coal`: the finding is not made again"],
    );
    let made = Made::new();
    made.change("b.ndjson", "\"x\"", "\"z\"");
    fails_at(made.verify(), &["b.ndjson`: the report says", "/x`: the transaction is not found again at its place"]);
    let made = Made::new();
    fs::remove_file(made.desk.path("b.ndjson")).unwrap();
    fails_at(made.verify(), &["b.ndjson`: it is not there", "findings: not run again"]);
    let made = Made::new();
    made.change("on/ledger.yaml", "450 bbl", "350 bbl");
    fails_at(made.verify(), &["on/ledger.yaml`: the report says", "findings: `a/oil/trial-oil`: the verdict is `violation`"]);
    let made = Made::new();
    made.change("on/baseline.yaml", "accepted", "referred");
    fails_at(made.verify(), &["on/baseline.yaml`: the report says", "`decision` of the finding differs"]);
    fs::remove_file(made.desk.path("on/baseline.yaml")).unwrap();
    fails_at(made.verify(), &["on/baseline.yaml`: it is not there", "findings: not run again"]);
}

#[test]
fn a_changed_rule_is_named() {
    let made = Made::new();
    let path = made.desk.rules.path().join("trial.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("{from: 2017-08-05}", "{from: 2018-08-05}", 1)).unwrap();
    let lines = ["rulebook: the report says sha256:", "findings: `a/coal/trial-coal`: the finding is not made again"];
    fails_at(made.verify(), &lines);
    fs::write(&path, "ruels: []\n").unwrap();
    made.verify().exits(3).complains(&["did you mean `rules`?"]);
}

#[test]
fn a_report_of_another_version_fails() {
    let made = Made::new();
    let own = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    made.change("report.out", &own, "\"version\": \"99.0.0\"");
    made.seal();
    fails_at(made.verify(), &["program: the report was made by interdict 99.0.0 and this is interdict "]);
    made.change("report.out", "interdict/report/1", "interdict/report/9");
    made.seal();
    fails_at(made.verify(), &["schema: the report has `interdict/report/9` and this program writes `interdict/report/1`"]);
}

#[test]
fn a_file_that_is_no_report_is_exit_code_3() {
    let desk = Desk::new();
    for (text, expected) in [
        ("", "it is no JSON report: EOF"),
        ("{", "it is no JSON report: EOF"),
        ("[]", "it is no JSON report: invalid type"),
        ("{}", "missing field `incidents`"),
        ("{\"incidents\": {}}", "a list of incidents"),
        ("{\"incidents\": [{\"id\": \"a\"}]}", "missing field `transactions`"),
        ("{\"incidents\": []} {}", "trailing characters"),
    ] {
        let report = desk.write("report.json", text);
        interdict(["verify".as_ref(), report.as_os_str()]).exits(3).complains(&["cannot be checked", expected]);
    }
    interdict(["verify", "/nowhere/at/all.json"]).exits(3).complains(&["the report `/nowhere/at/all.json` cannot be checked"]);
    interdict(["verify"]).exits(2);
    interdict(["verify", "--frobnicate", "x"]).exits(2);
    let deep = desk.write("deep.json", "[".repeat(100_000));
    interdict(["verify".as_ref(), deep.as_os_str()]).exits(3);
    let deep = desk.write("deep.json", format!("{{\"incidents\": [], \"x\": {}", "[".repeat(100_000)));
    interdict(["verify".as_ref(), deep.as_os_str()]).exits(3);
}

#[test]
fn a_report_that_cannot_be_written_leaves_no_file() {
    let made = Made::new();
    let before = made.text();
    let list = |folder: &Path| fs::read_dir(folder).unwrap().count();
    let files = list(made.desk.files.path());
    // The last of two `--output` is a folder.
    let folder = made.desk.path("taken");
    fs::create_dir(&folder).unwrap();
    let input = made.desk.path("a.yaml");
    let args = [input.to_str().unwrap(), "--format", "json", "--output", folder.to_str().unwrap()];
    made.desk.run(&["check"], args).exits(4).complains(&["the report cannot be written to"]);
    assert_eq!(list(made.desk.files.path()), files + 1, "nothing unfinished is left");
    assert_eq!(made.text(), before);
}

/// A key made by OpenSSL, if it is on this machine.
fn keys(desk: &Desk, name: &str) -> Option<(String, String)> {
    let (private, public) = (desk.path(&format!("{name}.pem")), desk.path(&format!("{name}.pub")));
    let (private, public) = (private.to_str().unwrap().to_owned(), public.to_str().unwrap().to_owned());
    let openssl = |args: &[&str]| Command::new("openssl").args(args).status().is_ok_and(|s| s.success());
    let made = openssl(&["genpkey", "-algorithm", "ed25519", "-out", &private])
        && openssl(&["pkey", "-in", &private, "-pubout", "-out", &public]);
    if !made {
        eprintln!("skipped: there is no OpenSSL that makes Ed25519 keys");
    }
    made.then_some((private, public))
}

#[test]
fn a_signature_holds_for_one_report_and_one_key() {
    let made = Made::new();
    let Some((private, public)) = keys(&made.desk, "one") else { return };
    let Some((_, other)) = keys(&made.desk, "two") else { return };
    let verify = |key: &str| made.verify_with(&["--public-key", key]);
    fails_at(verify(&public), &["report.out.sig` cannot be read"]);
    made.check(&["--sign-key", &private]).exits(1);
    verify(&public).exits(0).tells(&["holds  signature: `"]);
    fails_at(verify(&other), &["report.out.sig` is not of this report by this key"]);
    let signature = fs::read_to_string(made.desk.path("report.out.sig")).unwrap();
    assert!(signature.starts_with("-----BEGIN INTERDICT SIGNATURE-----\n"));
    made.check(&["--sign-key", &private]).exits(1);
    assert_eq!(fs::read_to_string(made.desk.path("report.out.sig")).unwrap(), signature, "no random number is in it");
    // OpenSSL finds the same: the signature is over one line with the seal.
    let seal = audit::open(&made.report).unwrap().seal.unwrap().value;
    made.desk.write("signed.txt", format!("interdict report sha256:{seal}\n"));
    let script = "sed /-----/d \"$1\" | openssl base64 -d > \"$2\"";
    let (sig, raw) = (made.desk.path("report.out.sig"), made.desk.path("raw"));
    assert!(Command::new("sh").args(["-c", script, "sh"]).args([&sig, &raw]).status().unwrap().success());
    let checked = Command::new("openssl")
        .args(["pkeyutl", "-verify", "-pubin", "-inkey", &public, "-rawin", "-in"])
        .arg(made.desk.path("signed.txt"))
        .arg("-sigfile")
        .arg(&raw)
        .status();
    assert!(checked.unwrap().success(), "OpenSSL does not take the signature");
    // A report that was sealed anew is not the one that was signed.
    made.change("report.out", "\"value\": \"KP\"", "\"value\": \"KR\"");
    made.seal();
    fails_at(verify(&public), &["is not of this report by this key", "`because` of the finding differs"]);
    made.desk.write("report.out.sig", "a promise");
    fails_at(verify(&public), &["it is no signature of a report", "`because`"]);
}

#[test]
fn an_invalid_key_is_an_error_before_anything_is_checked() {
    let made = Made::new();
    let Some((private, public)) = keys(&made.desk, "one") else { return };
    made.check(&["--sign-key", &public]).exits(3).complains(&["it is no private Ed25519 key in PEM"]);
    made.check(&["--sign-key", "/nowhere/at/all.pem"]).exits(3).complains(&["the key `/nowhere/at/all.pem` cannot be used"]);
    made.verify_with(&["--public-key", &private]).exits(3).complains(&["it is no public Ed25519 key in PEM"]);
    let input = made.desk.path("a.yaml");
    let unsigned = made.desk.run(&["check"], [input.to_str().unwrap(), "--format", "json", "--sign-key", &private]);
    unsigned.exits(2).complains(&["there is no report to sign", "`--report json=FILE`, or `--format json` and `--output FILE`"]);
    // A signature that cannot be written is an error.
    fs::create_dir(made.desk.path("report.out.sig")).unwrap();
    made.check(&["--sign-key", &private]).exits(4).complains(&["report.out.sig"]);
}

#[test]
fn a_report_of_an_earlier_version_whose_problems_have_no_code_holds() {
    let made = Made::new();
    made.change("a.yaml", "from: KP, to: CN", "from: KP, to: CN, purpose: perpetual motion");
    made.check(&[]).exits(1).complains(&["warning[W0205]"]);
    made.change("report.out", "      \"code\": \"W0205\",\n", "");
    made.change("report.out", "      \"code\": \"W0510\",\n", "");
    assert!(!made.text().contains("\"code\":"));
    made.seal();
    assert_eq!(failing(&made.verify().exits(0)), [] as [&str; 0]);
    made.change("report.out", "\"severity\": \"warning\"", "\"severity\": \"error\"");
    made.seal();
    fails_at(made.verify(), &["`problems` of the report differs"]);
}

#[test]
fn a_report_of_an_earlier_version_whose_facts_have_no_quota_finds_the_same_again() {
    fn without_quotas(value: &mut Value) -> usize {
        match value {
            Value::Object(keys) => {
                let own = usize::from(keys.remove("quota").is_some());
                own + keys.values_mut().map(without_quotas).sum::<usize>()
            }
            Value::Array(list) => list.iter_mut().map(without_quotas).sum(),
            _ => 0,
        }
    }
    let made = Made::new();
    let mut report: Value = serde_json::from_str(&made.text()).unwrap();
    assert!(without_quotas(&mut report) > 0);
    fs::write(&made.report, report.to_string()).unwrap();
    let run = made.verify();
    let failing = failing(&run);
    assert!(matches!(failing.as_slice(), [one] if one.contains("seal: ")), "{failing:#?}");
}
