//! Ledgers that a run hands on to the next: what comes back, what a change does, what counts once, and that a chain of
//! runs gives the findings of one run.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use common::{Desk, Run, interdict, yaml};
use interdict::document::json_of;
use interdict::intake::Intake;
use proptest::prelude::*;
use serde_json::Value;

/// A delivery as a line of a stream.
fn line(incident: &str, id: &str, date: &str, quantity: &str) -> String {
    format!(
        r#"{{"incident":"{incident}","id":"{id}","activity":"supply","date":"{date}","from":"CN","to":"KP","items":[{{"description":"gasoline","quantity":"{quantity}"}}]}}"#
    ) + "\n"
}

/// Two deliveries, one of them imprecise, as an incident.
const A: &str = "id: a
sources: [{id: s, kind: court}]
transactions:
  - {id: one, activity: supply, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}
  - {id: two, activity: supply, date: 2018-04, stage: planned, from: CN, to: KP, items: [{description: gasoline, quantity: about 200 bbl}]}
";

struct Books {
    desk: Desk,
}

impl Books {
    fn new() -> Self {
        Self { desk: Desk::new() }
    }

    fn path(&self, name: &str) -> String {
        self.desk.path(name).to_str().unwrap().to_owned()
    }

    /// Checks a file with a ledger and writes another.
    fn run(&self, inputs: &[&str], ledger: Option<&str>, write: Option<&str>) -> Run {
        self.run_of(None, inputs, ledger, write)
    }

    /// A run of a declared period.
    fn run_of(&self, period: Option<&str>, inputs: &[&str], ledger: Option<&str>, write: Option<&str>) -> Run {
        let mut args: Vec<String> = inputs.iter().map(|i| self.path(i)).collect();
        args.extend(["--format", "json", "--fail-on", "never"].map(str::to_owned));
        args.extend(ledger.into_iter().flat_map(|l| ["--ledger".to_owned(), self.path(l)]));
        args.extend(write.into_iter().flat_map(|w| ["--write-ledger".to_owned(), self.path(w)]));
        args.extend(period.into_iter().flat_map(|period| ["--period".to_owned(), period.to_owned()]));
        self.desk.run(&["check"], args)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.desk.path(name)).unwrap()
    }

    /// A ledger of `A`, on top of a balance by hand.
    fn with_a() -> Self {
        let books = Self::new();
        books.desk.write("a.yaml", A);
        books.desk.write("hand/opening.yaml", "balances: [{quota: oil, period: 2018, amount: 50 bbl, as_of: 2018-01-31}]\n");
        books.run(&["a.yaml"], Some("hand/opening.yaml"), Some("out/a.ledger")).exits(4);
        fs::create_dir(books.desk.path("out")).unwrap();
        books.run(&["a.yaml"], Some("hand/opening.yaml"), Some("out/a.ledger")).exits(0);
        books.desk.write("b.ndjson", line("b", "three", "2018-05-01", "120 bbl"));
        books
    }
}

/// What a ledger has, but for its place in a chain: that of a run over everything is the first of one.
fn without_chain(path: &str) -> Value {
    let mut ledger = json_of(&yaml(std::path::Path::new(path)));
    for key in ["follows", "period", "skipped", "seal"] {
        ledger.as_object_mut().unwrap().remove(key);
    }
    ledger
}

/// For each transaction: rule, verdict, and the totals that the finding rests on.
fn findings_with_totals(report: &Value) -> BTreeMap<String, Vec<(String, String, Vec<String>)>> {
    let mut found = BTreeMap::new();
    for incident in report["incidents"].as_array().unwrap() {
        for transaction in incident["transactions"].as_array().unwrap() {
            let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
            // On how many transactions of which run a total rests is all that may differ.
            let amount =
                |note: &Value| text(note).split("; ").filter(|p| !p.contains("transaction")).collect::<Vec<_>>().join("; ");
            let notes = |f: &Value| f["because"].as_array().unwrap().iter().map(|b| amount(&b["note"])).collect();
            let findings = transaction["findings"].as_array().unwrap().iter();
            let findings = findings.map(|f| (text(&f["rule"]), text(&f["verdict"]), notes(f))).collect();
            found.insert(format!("{}/{}", text(&incident["id"]), text(&transaction["id"])), findings);
        }
    }
    found
}

#[test]
fn a_written_ledger_is_read_back() {
    let books = Books::with_a();
    let text = books.text("out/a.ledger");
    for part in [
        "ledger: \"interdict/ledger/1\"\n",
        "balances:\n  - {quota: \"oil\", period: 2018, amount: \"50 bbl\", as_of: \"2018-01-31\"}\n",
        "transaction: \"one\", item: 0, date: \"2018-03-01\", amounts: [{exactly: \"100\", unit: \"bbl\"}], standing: \"established\"",
        "transaction: \"two\", item: 0, date: \"2018-04\", amounts: [{from: \"180\", to: \"220\", unit: \"bbl\"}], may: true",
        "totals:\n  - {quota: \"oil\", period: \"2018\", total: [{from: \"150\", to: \"370\", unit: \"bbl\"}], transactions: 2}\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    // 50 by hand, 100, 0 to 220, and 120 now.
    let run = books.run(&["b.ndjson"], Some("out/a.ledger"), Some("b.ledger")).exits(0);
    run.tells(&["270-490 of 500 bbl", "2 transactions of the ledger and 1 of this run", "as of 2018-01-31"]);
    // The next one counts on, and nothing is lost of what the first one knew.
    let next = books.text("b.ledger");
    for part in
        ["transaction: \"one\"", "transaction: \"two\"", "transaction: \"three\"", "amount: \"50 bbl\"", "a.yaml", "b.ndjson"]
    {
        assert!(next.contains(part), "{part} is not in\n{next}");
    }
    assert!(next.contains("total: [{from: \"270\", to: \"490\", unit: \"bbl\"}], transactions: 3"), "{next}");
    // The same run writes the same bytes.
    books.run(&["b.ndjson"], Some("out/a.ledger"), Some("again.ledger")).exits(0);
    assert_eq!(next, books.text("again.ledger"));
    books.desk.write("c.ndjson", line("c", "four", "2018-06-01", "120 bbl"));
    books.run(&["c.ndjson"], Some("b.ledger"), None).exits(0).tells(&["390-610 of 500 bbl"]);
    // `explain` counts as `check` does.
    let (input, ledger) = (books.path("c.ndjson"), books.path("b.ledger"));
    books.desk.run(&["explain"], [&input, "--ledger", &ledger]).exits(0).tells(&["390-610 of 500 bbl"]);
}

#[test]
fn the_seal_is_that_of_the_canonical_form_of_everything_above() {
    let books = Books::with_a();
    let node = common::yaml(&books.desk.path("out/a.ledger"));
    let Value::Object(mut ledger) = interdict::document::json_of(&node) else { panic!("no mapping") };
    let seal = ledger.remove("seal").unwrap();
    assert_eq!(seal["value"], interdict::document::canonical_digest(&ledger).unwrap());
}

#[test]
fn a_run_with_mistakes_writes_no_ledger() {
    let books = Books::new();
    books.desk.write("a.yaml", A.replace("100 bbl", "100 barels"));
    books.run(&["a.yaml"], None, Some("a.ledger")).exits(3).complains(&["a.ledger` was not written"]);
    assert!(!books.desk.path("a.ledger").exists());
}

#[test]
fn the_ledger_that_is_read_is_not_overwritten() {
    let books = Books::with_a();
    let before = books.text("out/a.ledger");
    let run = books.run(&["b.ndjson"], Some("out/a.ledger"), Some("out/../out/a.ledger"));
    run.exits(2).complains(&["is the ledger that is read", "write to another file"]);
    assert_eq!(before, books.text("out/a.ledger"));
}

#[track_caller]
fn distrusted(books: &Books, changed: &str, complaints: &[&str]) {
    assert_ne!(changed, books.text("out/a.ledger"), "nothing was changed");
    books.desk.write("changed.ledger", changed);
    let run = books.run(&["b.ndjson"], Some("changed.ledger"), Some("next.ledger")).exits(3);
    let run = run.complains(complaints).complains(&["changed.ledger"]);
    assert!(!books.desk.path("next.ledger").exists(), "a changed ledger is not handed on");
    // It does not make room under the limit: what was counted before is open.
    let report = run.json();
    let finding = &report["incidents"][0]["transactions"][0]["findings"][0];
    assert_eq!(finding["verdict"], "potential-violation", "{finding}");
}

#[test]
fn every_kind_of_tampering_is_reported_with_its_place() {
    let books = Books::with_a();
    let text = books.text("out/a.ledger");
    let lines: Vec<&str> = text.lines().collect();
    let without = |wanted: &str| lines.iter().filter(|l| !l.contains(wanted)).fold(String::new(), |all, l| all + l + "\n");
    let at = |part: &str| format!("changed.ledger:{}:", lines.iter().position(|l| l.contains(part)).unwrap() + 1);
    let first = at("transaction: \"one\"");
    let changed = ["the ledger was changed: entry 1 of `counted` is not what was sealed", first.as_str()];
    distrusted(&books, &text.replace("exactly: \"100\"", "exactly: \"10\""), &changed);
    distrusted(&books, &text.replace("transaction: \"one\"", "transaction: \"uno\""), &changed);
    distrusted(&books, &text.replace("date: \"2018-03-01\"", "date: \"2017-03-01\""), &changed);
    distrusted(&books, &text.replace("standing: \"established\"", "standing: \"alleged\""), &changed[..1]);
    let removed = without("transaction: \"one\"");
    distrusted(&books, &removed, &["entry 1 of `counted` was sealed and is not there", first.as_str()]);
    let one = lines.iter().find(|l| l.contains("transaction: \"one\"")).unwrap();
    let added = text.replace(one, &format!("{one}\n{}", one.replace("\"one\"", "\"more\"")));
    distrusted(&books, &added, &["entry 2 of `counted` was not sealed"]);
    distrusted(
        &books,
        &text.replace(one, &format!("{one}\n{one}")),
        &["`counted` had 2 entries when it was sealed, and now it has 3"],
    );
    let two = lines.iter().find(|l| l.contains("transaction: \"two\"")).unwrap();
    let swapped = text.replace(one, "#").replace(two, one).replace('#', two).replacen(two, "#", 1);
    distrusted(&books, &swapped, &["the ledger was changed"]);
    distrusted(&books, &text.replace("\"50 bbl\"", "\"5 bbl\""), &["entry 1 of `balances`"]);
    distrusted(&books, &text.replace("from: \"150\"", "from: \"15\""), &["entry 1 of `totals` is not what was sealed"]);
    distrusted(&books, &text.replace("a.yaml", "z.yaml"), &["entry 1 of `inputs`"]);
    distrusted(&books, &text.replace("program: \"interdict ", "program: \"Interdict "), &["`program` is not what was sealed"]);
    distrusted(&books, &text.replace("ledger: \"interdict/ledger/1\"\n", ""), &["`ledger` was sealed and is not there"]);
    distrusted(&books, &text.replace("ledger/1", "ledger/2"), &["version `interdict/ledger/2`", "reads `interdict/ledger/1`"]);
    distrusted(&books, &text.replace("  value: \"", "  value: \"0"), &["the seal is not that of this ledger"]);
    // Without its seal it is not a ledger by hand, whatever else is taken away of what was written.
    let unsealed = &text[..text.find("seal:").unwrap()];
    distrusted(&books, unsealed, &["its seal is missing", "`balances` and `notices` alone"]);
    let balances = text.find("balances:").unwrap();
    distrusted(&books, &unsealed[balances..], &["its seal is missing"]);
    // Blanks and comments are not content, as in a report.
    books.desk.write("kept.ledger", format!("# a note\n{text}\n\n"));
    books.run(&["b.ndjson"], Some("kept.ledger"), None).exits(0).tells(&["270-490 of 500 bbl"]);
}

#[test]
fn changed_totals_with_a_new_seal_are_found_too() {
    let books = Books::with_a();
    let text = books.text("out/a.ledger");
    let node = {
        books.desk.write("forged.ledger", text.replace("exactly: \"100\"", "exactly: \"10\""));
        common::yaml(&books.desk.path("forged.ledger"))
    };
    let Value::Object(mut ledger) = interdict::document::json_of(&node) else { panic!("no mapping") };
    let mut seal = ledger.remove("seal").unwrap();
    seal["value"] = interdict::document::canonical_digest(&ledger).unwrap().into();
    seal["parts"]["counted"][0] = interdict::document::canonical_digest(&ledger["counted"][0]).unwrap()[..16].into();
    ledger.insert("seal".to_owned(), seal);
    books.desk.write("forged.ledger", serde_json::to_string(&ledger).unwrap());
    let run = books.run(&["b.ndjson"], Some("forged.ledger"), None);
    run.exits(3).complains(&["the totals of the ledger are not what its entries come to"]);
}

/// Every single character: changed, the ledger is refused, or it reads the same as before (a blank, a comment).
#[test]
fn a_changed_character_never_changes_what_is_read() {
    let books = Books::with_a();
    let rulebook = common::small_rulebook(&[("trial.yaml", include_str!("trial.yaml"))]);
    let text = books.text("out/a.ledger");
    let path = books.desk.path("one.ledger");
    let content = |text: &str| {
        fs::write(&path, text).unwrap();
        let mut intake = Intake::default();
        let read = intake.read_ledger(&path, &rulebook, None);
        let opening = read.opening;
        let entries: Vec<_> = opening.entries.iter().map(|e| (e.quota, e.entry.clone())).collect();
        let content = (opening.context, entries, opening.totals, read.inputs);
        if intake.problems.has_errors() {
            assert!(opening.distrusted);
            return None;
        }
        Some(content)
    };
    let whole = content(&text).expect("it is sound as it was written");
    let mut refused = 0;
    for (at, c) in text.char_indices() {
        for other in ["x", "1", " ", "\""].into_iter().filter(|o| !o.starts_with(c)) {
            let changed = format!("{}{other}{}", &text[..at], &text[at + c.len_utf8()..]);
            match content(&changed) {
                None => refused += 1,
                Some(read) => assert_eq!(read, whole, "{c} at {at} as {other} went unnoticed"),
            }
        }
    }
    assert!(refused > text.len() * 2, "{refused} of {}", text.len());
}

#[test]
fn a_transaction_in_ledger_and_run_counts_once_with_a_warning() {
    let books = Books::with_a();
    // The same file again, under its name and under another one.
    for name in ["a.yaml", "copy.yaml"] {
        books.desk.write("copy.yaml", A);
        let run = books.run(&[name], Some("out/a.ledger"), Some("twice.ledger")).exits(0);
        let run =
            run.complains(&["the ledger has counted 2 transactions of", name, "same bytes: each is counted once", "a.ledger:"]);
        run.tells(&["150 of 500 bbl", "330-370 of 500 bbl"]);
        assert!(books.text("twice.ledger").contains("total: [{from: \"150\", to: \"370\", unit: \"bbl\"}], transactions: 2"));
    }
    // Another file in which one of the transactions stands as it did.
    let one = A.lines().filter(|l| !l.contains("id: two")).fold(String::new(), |all, l| all + l + "\n");
    books.desk.write("part.yaml", one);
    let run = books.run(&["part.yaml", "b.ndjson"], Some("out/a.ledger"), None).exits(0);
    run.complains(&["`a/one` was counted here and stands in transaction 1 of `", "part.yaml` again: it is counted once"])
        .tells(&["270-490 of 500 bbl"]);
    // A stream under another name, whose lines name no incident, is found by its bytes.
    let bare = line("", "x", "2018-05-01", "40 bbl").replace("\"incident\":\"\",", "");
    books.desk.write("s.ndjson", &bare);
    books.desk.write("t.ndjson", &bare);
    books.run(&["s.ndjson"], Some("out/a.ledger"), Some("s.ledger")).exits(0);
    let run = books.run(&["t.ndjson"], Some("s.ledger"), None).exits(0);
    run.complains(&["counted 1 transaction of", "t.ndjson", "s.ndjson"]).tells(&["190-410 of 500 bbl"]);
}

#[test]
fn a_transaction_that_differs_from_its_ledger_entry_is_an_error() {
    let books = Books::with_a();
    for (from, to) in
        [("100 bbl", "300 bbl"), ("2018-03-01", "2018-03-02"), ("gasoline, quantity: 100", "anthracite, quantity: 100")]
    {
        books.desk.write("other.yaml", A.replace(from, to));
        let run = books.run(&["other.yaml"], Some("out/a.ledger"), Some("next.ledger")).exits(3);
        run.complains(&["`a/one` was counted here and stands otherwise in", "it is counted once, as it stands now"])
            .complains(&["check the right one with the ledger as it was before", "next.ledger` was not written"]);
    }
    books.desk.write("other.yaml", A.replace("100 bbl", "300 bbl"));
    books.run(&["other.yaml"], Some("out/a.ledger"), None).exits(3).tells(&["350 of 500 bbl"]);
}

#[test]
fn a_ledger_of_another_rulebook_or_day_is_a_warning() {
    let books = Books::with_a();
    let file = books.desk.rules.path().join("trial.yaml");
    let law = fs::read_to_string(&file).unwrap();
    let (ledger, b) = (books.path("out/a.ledger"), books.path("b.ndjson"));
    let day = books.desk.run(&["check"], [&b, "--ledger", &ledger, "--known-on", "2024-01-01", "--fail-on", "never"]);
    day.exits(0).complains(&["was counted by the law as known now, and this run asks on 2024-01-01"]);
    fs::write(&file, law.replace("No coal from the target", "No coal at all")).unwrap();
    books.run(&["b.ndjson"], Some("out/a.ledger"), None).exits(0).complains(&["was counted by another rulebook (sha256:"]);
    fs::write(&file, law.replace("limit: 500 bbl", "limit: 500 t")).unwrap();
    books.run(&["b.ndjson"], Some("out/a.ledger"), None).exits(3).complains(&["the limits of `oil` have other units"]);
    fs::write(
        &file,
        law.replace("id: oil\n    title", "id: oils\n    title")
            .replace("quota: oil", "quota: oils")
            .replace("within: oil", "within: oils"),
    )
    .unwrap();
    books.run(&["b.ndjson"], Some("out/a.ledger"), None).exits(3).complains(&["the rulebook has no quota `oil`"]);
    let hand = books.run(&["b.ndjson"], Some("hand/opening.yaml"), None).exits(0);
    hand.complains(&["note[N0231]: read `oil` as `oils`"]);
    let other = law.replace("id: oil\n    title", "id: oyl\n    title");
    fs::write(&file, other.replace("quota: oil", "quota: oyl").replace("within: oil", "within: oyl")).unwrap();
    let hand = books.run(&["b.ndjson"], Some("hand/opening.yaml"), None).exits(0);
    hand.complains(&["no quota is called `oil`, so that it may be any of them", "did you mean `oyl`?"]);
}

#[test]
fn transactions_before_those_of_the_ledger_are_counted_in_order_with_a_warning() {
    let books = Books::with_a();
    books.desk.write("early.ndjson", line("e", "zero", "2018-02-01", "200 bbl"));
    let run = books.run(&["early.ndjson"], Some("out/a.ledger"), Some("e.ledger")).exits(0);
    run.complains(&["`e/zero` of 2018-02-01 come before `a/two` of 2018-04, which the ledger has counted towards `oil`"])
        .complains(&["check its input again"])
        .tells(&["250 of 500 bbl"]);
    assert!(books.text("e.ledger").contains("total: [{from: \"350\", to: \"570\", unit: \"bbl\"}], transactions: 3"));
    // Another year is another total.
    books.desk.write("other.ndjson", line("o", "last", "2019-02-01", "200 bbl"));
    let run = books.run(&["other.ndjson"], Some("out/a.ledger"), None).exits(0);
    assert!(!run.stderr.contains("come before"), "{}", run.stderr);
}

#[test]
fn a_report_with_a_written_ledger_can_be_verified() {
    let books = Books::with_a();
    let (b, ledger, report) = (books.path("b.ndjson"), books.path("out/a.ledger"), books.path("r.out"));
    let args = [b.as_str(), "--ledger", &ledger, "--format", "json", "--output", &report, "--write-ledger", &books.path("n")];
    books.desk.run(&["check"], args).exits(0);
    let root = books.desk.files.path().to_str().unwrap();
    let verify = || books.desk.run(&["verify"], [report.as_str(), "--root", root]);
    verify().exits(0).tells(&["out/a.ledger`: sha256:", "findings: run again, they are the same"]);
    books.desk.write("out/a.ledger", books.text("out/a.ledger").replace("exactly: \"100\"", "exactly: \"450\""));
    verify().exits(1).tells(&["fails  ledger `", "fails  findings: "]);
}

/// One delivery: incident, date, quantity, stage, and whether it is reported as a part of another.
type Delivery = (u8, u8, u8, u8, u8);

const QUANTITIES: [&str; 7] = ["60 bbl", "about 90 bbl", "over 100 bbl", "up to 80 bbl", "under 70 bbl", "30-50 bbl", "unknown"];
const DATES: [&str; 9] =
    ["2018-01-05", "2018-02-01", "2018-02", "2018-07-09", "2018-12-31", "2018", "2019-01-01", "2019-03-03", "unknown"];

fn lines(deliveries: &[Delivery], first: usize) -> String {
    let mut text = String::new();
    for (i, (incident, date, quantity, stage, part)) in deliveries.iter().enumerate() {
        let (id, stage) = (first + i, ["completed", "planned", "attempted", "refused"][usize::from(*stage) % 4]);
        let (date, quantity) = (DATES[usize::from(*date) % DATES.len()], QUANTITIES[usize::from(*quantity) % QUANTITIES.len()]);
        // The other may stand in either file, or nowhere.
        let whole = match part % 5 {
            0 if (part % 3, usize::from(part % 11)) != (incident % 3, id) => {
                format!(r#","relates_to":[{{"transaction":"i{}/t{}","as":"same-as"}}]"#, part % 3, part % 11)
            }
            _ => String::new(),
        };
        writeln!(
            text,
            r#"{{"incident":"i{}","id":"t{id}","activity":"supply","date":"{date}","stage":"{stage}","from":"CN","to":"KP","items":[{{"description":"gasoline","quantity":"{quantity}"}}]{whole}}}"#,
            incident % 3
        )
        .unwrap();
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Checked one after the other with the ledger handed on, files say what they say together: of the last, everything,
    /// whatever the dates. Two ledgers on the way, so that what is handed on twice is the same too.
    #[test]
    fn a_chain_of_runs_gives_the_findings_of_one_run(
        a in prop::collection::vec(any::<Delivery>(), 1..6),
        b in prop::collection::vec(any::<Delivery>(), 1..4),
        c in prop::collection::vec(any::<Delivery>(), 1..6),
    ) {
        let books = Books::new();
        books.desk.write("a.ndjson", lines(&a, 0));
        books.desk.write("b.ndjson", lines(&b, a.len()));
        books.desk.write("c.ndjson", lines(&c, a.len() + b.len()));
        // Nothing is left out between them, whatever their dates.
        let run = |input, ledger, write| books.run_of(Some("2018-01/2019-12"), input, ledger, write);
        run(&["a.ndjson"], None, Some("a.ledger")).exits(0);
        run(&["b.ndjson"], Some("a.ledger"), Some("b.ledger")).exits(0);
        let chained = run(&["c.ndjson"], Some("b.ledger"), Some("c.ledger")).exits(0);
        let together = books.run(&["a.ndjson", "b.ndjson", "c.ndjson"], None, Some("all.ledger")).exits(0);
        let all = findings_with_totals(&together.json());
        for (id, findings) in findings_with_totals(&chained.json()) {
            prop_assert_eq!(&findings, &all[&id], "{}\n{}\n{}", books.text("a.ndjson"), books.text("b.ndjson"), books.text("c.ndjson"));
        }
        // And the ledgers are the same, since the inputs are sorted as they were read.
        prop_assert_eq!(without_chain(&books.path("c.ledger")), without_chain(&books.path("all.ledger")));
        // Where no warning says that something came before, what the earlier runs said holds as well; but for parts of what
        // was not reported until later.
        let again = run(&["b.ndjson"], Some("a.ledger"), None);
        let chained_quietly = !chained.stderr.contains("come before");
        if chained_quietly && [&a, &b, &c].iter().all(|deliveries| !lines(deliveries, 0).contains("same-as")) {
            for (id, findings) in findings_with_totals(&again.json()) {
                prop_assert_eq!(&findings, &all[&id]);
            }
        }
    }
}

#[test]
fn balances_of_an_incident_apply_to_it_alone() {
    let books = Books::new();
    let own = A.replace(
        "transactions:",
        "context: {balances: [{quota: oil, period: 2018, amount: 300 bbl, as_of: 2018-02-15}]}\ntransactions:",
    );
    books.desk.write("a.yaml", &own);
    books
        .desk
        .write("b.yaml", own.replace("id: a\n", "id: b\n").replace("2018-03-01", "2018-05-01").replace("300 bbl", "100 bbl"));
    books.run(&["a.yaml"], None, Some("a.ledger")).exits(0);
    let all = books.run(&["a.yaml", "b.yaml"], None, None).exits(0);
    all.tells(&["400 of 500 bbl", "300-740 of 500 bbl"]);
    // With a ledger, the balance can make the total higher and not lower.
    let chained = books.run(&["b.yaml"], Some("a.ledger"), None).exits(0).complains(&["warning[W0618]"]);
    chained.tells(&["200-740 of 500 bbl"]);
}

/// Streams in CSV, the built-in law, and factors of conversion: all of it comes back.
#[test]
fn entries_by_the_built_in_law_are_written_with_their_factors() {
    let desk = Desk::new();
    let head = "id,incident,date,activity,from.country,to.country,item.description,item.hs,item.quantity\n";
    let csv = |id: &str, date: &str| format!("{head}{id},i,{date},sale,CN,KP,diesel oil,2710.19,40000 t\n");
    let (a, b): (PathBuf, PathBuf) = (desk.write("a.csv", csv("x", "2019-02-01")), desk.write("b.csv", csv("y", "2019-03-01")));
    let (ledger, next) = (desk.path("l"), desk.path("n"));
    let run = |args: &[&PathBuf]| {
        let all = ["check", "--format", "ndjson", "--fail-on", "never"].into_iter().map(std::ffi::OsString::from);
        interdict(all.chain(args.iter().map(|a| a.as_os_str().to_owned())))
    };
    let (read, write) = (PathBuf::from("--ledger"), PathBuf::from("--write-ledger"));
    run(&[&a, &write, &ledger]).exits(0);
    let chained = run(&[&b, &read, &ledger, &write, &next]).exits(0);
    chained.tells(&["1 t counted as 7.46 bbl", "1 transaction of the ledger and 1 of this run"]);
    let all = desk.path("all");
    run(&[&a, &b, &write, &all]).exits(0);
    assert_eq!(without_chain(next.to_str().unwrap()), without_chain(all.to_str().unwrap()));
    // The same transaction in two rows of a run is reported as before.
    let twice = desk.write("twice.csv", csv("x", "2019-02-01"));
    run(&[&twice, &read, &ledger]).exits(0).complains(&["same bytes: each is counted once"]);
}

/// The verdict on the oil of a run, and what the total rests on.
fn oil_of(report: &Value) -> (String, String) {
    let finding = &report["incidents"][0]["transactions"][0]["findings"][0];
    (finding["verdict"].as_str().unwrap_or("none").to_owned(), finding.to_string())
}

#[test]
fn a_month_that_neither_ledger_nor_run_counts_leaves_the_total_unknown() {
    let books = Books::new();
    books.desk.write("march.ndjson", line("m", "one", "2018-03-01", "240 bbl"));
    books.desk.write("april.ndjson", line("a", "two", "2018-04-01", "240 bbl"));
    books.desk.write("may.ndjson", line("y", "three", "2018-05-01", "100 bbl"));
    books.run(&["march.ndjson"], None, Some("march.ledger")).exits(0);
    books.run(&["april.ndjson"], Some("march.ledger"), Some("april.ledger")).exits(0);
    let whole = books.run(&["may.ndjson"], Some("april.ledger"), None).exits(0);
    assert!(!whole.stderr.contains("W0616"), "{}", whole.stderr);
    assert!(matches!(oil_of(&whole.json()).0.as_str(), "violation" | "potential-violation"));
    let skipped = books.run(&["may.ndjson"], Some("march.ledger"), Some("skipped.ledger")).exits(0);
    let (verdict, finding) = oil_of(&skipped.json());
    assert_ne!(verdict, "compliant", "{finding}");
    let skipped = skipped.complains(&["warning[W0616]", "nothing is known of 2018-04"]);
    skipped.tells(&["at least 340 of 500 bbl", "the ledger leaves out 2018-04"]);
    // The next ledger does not forget it.
    books.desk.write("june.ndjson", line("j", "four", "2018-06-01", "10 bbl"));
    let later = books.run(&["june.ndjson"], Some("skipped.ledger"), None).exits(0);
    assert_ne!(oil_of(&later.json()).0, "compliant");
    later.tells(&["the ledger leaves out 2018-04"]);
    // Enough is known once the limit is exceeded.
    books.desk.write("more.ndjson", line("k", "five", "2018-05-01", "400 bbl"));
    let exceeded = books.run(&["more.ndjson"], Some("march.ledger"), None).exits(0).json();
    assert!(matches!(oil_of(&exceeded).0.as_str(), "violation" | "potential-violation"));
    // That nothing moved in April is for the operator to say.
    let said = |period: &str| {
        let (input, ledger) = (books.path("may.ndjson"), books.path("march.ledger"));
        books
            .desk
            .run(&["check"], [input.as_str(), "--ledger", &ledger, "--format", "json", "--fail-on", "never", "--period", period])
    };
    assert_eq!(oil_of(&said("2018-04/2018-05").exits(0).json()).0, "compliant");
    said("2018-03/2018-05").exits(0).complains(&["warning[W0617]"]);
    said("2018-05").exits(0).complains(&["warning[W0616]"]);
    // Another year has a total of its own.
    books.desk.write("later.ndjson", line("l", "six", "2019-03-01", "10 bbl"));
    let other = books.run(&["later.ndjson"], Some("march.ledger"), None).exits(0).complains(&["W0616"]);
    assert_ne!(oil_of(&other.json()).0, "compliant", "of January and February nothing is known");
}

#[test]
fn an_empty_ledger_is_not_zero() {
    let books = Books::new();
    books.desk.write("b.ndjson", line("b", "three", "2018-05-01", "120 bbl"));
    for empty in ["{}", "balances: []", "balances: []\nnotices: []\n", "balances:\n"] {
        books.desk.write("hand/empty.yaml", empty);
        let run = books.run(&["b.ndjson"], Some("hand/empty.yaml"), None).exits(3);
        assert_ne!(oil_of(&run.json()).0, "compliant", "{empty}");
    }
    books.desk.write("hand/zero.yaml", "balances: [{quota: oil, period: 2018, amount: 0 bbl, as_of: 2018-04-30}]\n");
    assert_eq!(oil_of(&books.run(&["b.ndjson"], Some("hand/zero.yaml"), None).exits(0).json()).0, "compliant");
    // One that was written by a run which counted nothing looks like one that was emptied.
    books.desk.write(
        "none.ndjson",
        "{\"id\": \"n\", \"activity\": \"travel\", \"date\": \"2018-04-01\", \"from\": \"CN\", \"to\": \"RU\"}\n",
    );
    books.run(&["none.ndjson"], None, Some("none.ledger")).exits(0);
    let run = books.run(&["b.ndjson"], Some("none.ledger"), Some("next.ledger")).exits(0).complains(&["warning[W0615]"]);
    assert_ne!(oil_of(&run.json()).0, "compliant");
    books.desk.write("c.ndjson", line("c", "four", "2018-06-01", "10 bbl"));
    assert_ne!(oil_of(&books.run(&["c.ndjson"], Some("next.ledger"), None).exits(0).json()).0, "compliant");
}

#[test]
fn the_ledger_wins_over_the_balance_that_an_incident_reports() {
    let books = Books::new();
    let incident = |balance: &str| {
        format!(
            "id: f\nsources: [{{id: s, kind: court}}]\ncontext: {{balances: [{{quota: oil, period: 2018, amount: {balance}, as_of: 2018-12-31}}]}}\n\
             transactions:\n  - {{id: x, activity: sale, date: 2018-06-12, from: CN, to: KP, items: [{{description: gasoline, quantity: 400 bbl}}]}}\n"
        )
    };
    books.desk.write("f.yaml", incident("0 bbl"));
    let alone = books.run(&["f.yaml"], None, None).exits(0);
    assert!(!alone.stderr.contains("W0618"));
    books.desk.write("hand/full.yaml", "balances: [{quota: oil, period: 2018, amount: 499 bbl, as_of: 2018-05-31}]\n");
    let with = books
        .run(&["f.yaml"], Some("hand/full.yaml"), None)
        .exits(0)
        .complains(&["warning[W0618]", "the balance that `f` reports"]);
    assert!(matches!(oil_of(&with.json()).0.as_str(), "violation" | "potential-violation"), "{}", with.stdout);
    with.tells(&["899 of 500 bbl"]);
    // A ledger that a run has written wins too, and one that cannot be trusted leaves the total open.
    books.desk.write("may.ndjson", line("m", "one", "2018-05-01", "300 bbl"));
    books.run(&["may.ndjson"], None, Some("may.ledger")).exits(0);
    let with = books.run(&["f.yaml"], Some("may.ledger"), None).exits(0).complains(&["warning[W0618]"]);
    assert!(matches!(oil_of(&with.json()).0.as_str(), "violation" | "potential-violation"));
    books.desk.write("hand/empty.yaml", "{}");
    assert_ne!(oil_of(&books.run(&["f.yaml"], Some("hand/empty.yaml"), None).exits(3).json()).0, "compliant");
    // One that is higher is not lost.
    books.desk.write("f.yaml", incident("490 bbl"));
    books.desk.write("hand/low.yaml", "balances: [{quota: oil, period: 2018, amount: 50 bbl, as_of: 2018-05-31}]\n");
    books.run(&["f.yaml"], Some("hand/low.yaml"), None).exits(0).complains(&["warning[W0618]"]).tells(&["450-890 of 500 bbl"]);
}
