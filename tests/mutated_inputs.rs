//! Inputs of every kind, broken at one or more places by a seed: no panic, no record lost, the same bytes for two runs and for
//! one worker or two, and soon.
//!
//! `MUTATIONS=20000 cargo test --release --test mutated_inputs -- --nocapture` makes as many and prints the counts;
//! `MUTATION_SEED=N` makes others. What fails is written to `target/tmp`, named by its digest of seed and number.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;
mod mutation;
#[path = "mutation/targets.rs"]
mod targets;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use common::{files_in, root, yaml};
use interdict::document::json_of;
use mutation::{Kind, Random, at, at_mut, mutate, places, to_text};
use serde_json::{Value, json};
use targets::{Desk, Said, small_rulebook};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Yaml,
    Json,
    Ndjson,
    Csv,
    Rules,
    Decisions,
    Ledger,
    List,
    Report,
}

const TARGETS: [Target; 9] = [
    Target::Yaml,
    Target::Json,
    Target::Ndjson,
    Target::Csv,
    Target::Rules,
    Target::Decisions,
    Target::Ledger,
    Target::List,
    Target::Report,
];

/// No input of these sizes takes longer, without optimisation and with other tests beside.
const SOON: Duration = Duration::from_secs(20);

/// What inputs are made from.
struct Seeds {
    /// Incidents as texts and as trees.
    texts: Vec<String>,
    trees: Vec<Value>,
    tables: Vec<String>,
    others: BTreeMap<Target, Vec<String>>,
    base: Vec<(String, String)>,
}

impl Seeds {
    fn new() -> Self {
        let read = |folder: &str, ending: &str| -> Vec<PathBuf> { files_in(&root().join(folder), &[ending]) };
        let text = |paths: Vec<PathBuf>| -> Vec<String> { paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect() };
        let mut incidents = read("fixtures/incidents", "yaml");
        incidents.extend(read("fixtures/near-misses", "yaml"));
        let trees = incidents.iter().map(|file| json_of(&yaml(file))).collect();
        let mut tables = text(read("fixtures/incidents", "csv"));
        // Rows enough for a mutant, and not all of a long table.
        tables.iter_mut().for_each(|table| *table = table.lines().take(12).collect::<Vec<_>>().join("\n") + "\n");
        let desk = common::Desk::new();
        let incident = desk.write("a.yaml", "id: a\ntransactions:\n  - {id: one, activity: supply, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 100 bbl}]}\n");
        let (ledger, report) = (desk.path("a.ledger"), desk.path("a.json"));
        let args = [
            "--write-ledger".as_ref(),
            ledger.as_os_str(),
            "--format".as_ref(),
            "json".as_ref(),
            "--output".as_ref(),
            report.as_os_str(),
        ];
        let builtin = ["check".as_ref(), incident.as_os_str()].into_iter().chain(args);
        common::interdict(builtin);
        let written = |path: PathBuf| fs::read_to_string(path).unwrap();
        let decisions = "- {fingerprint: 0123456789abcdef0123456789abcdef, decision: accepted, reason: seen, by: A, on: 2026-02-27}\n- {rule: trial-coal, transaction: a/one, decision: referred, reason: \"for review\", by: B, on: 2026-02-01, expires: 2026-12-31}\n";
        let others = BTreeMap::from([
            (Target::Rules, vec![fs::read_to_string(root().join("tests/trial.yaml")).unwrap()]),
            (Target::Decisions, vec![decisions.to_owned()]),
            (Target::Ledger, vec![written(ledger), "balances: [{quota: dprk-refined, period: 2019, amount: 50 bbl, as_of: 2019-01-31}]\nnotices: [{quota: dprk-refined, percent: 95, date: 2019-05-01}]\n".to_owned()]),
            (Target::List, text([read("fixtures/lists", "xml"), read("fixtures/lists", "csv")].concat())),
            (Target::Report, vec![written(report)]),
        ]);
        Self { texts: text(incidents), trees, tables, others, base: small_rulebook(root()) }
    }

    fn text(&self, target: Target, random: &mut Random) -> String {
        match target {
            Target::Yaml => random.pick(&self.texts).unwrap().clone(),
            Target::Csv => random.pick(&self.tables).unwrap().clone(),
            Target::Json => self.document(random),
            Target::Ndjson => (0..1 + random.below(4)).map(|_| self.line(random) + "\n").collect(),
            other => random.pick(&self.others[&other]).unwrap().clone(),
        }
    }

    /// An incident as JSON, changed at one place, or with a value of any kind at one.
    fn document(&self, random: &mut Random) -> String {
        let mut tree = random.pick(&self.trees).unwrap().clone();
        let count = tree["transactions"].as_array().map_or(0, Vec::len);
        let position = random.below(count.max(1));
        if let Some(transaction) = tree["transactions"].get(position).cloned() {
            tree["transactions"][position] = self.transaction(&transaction, random);
        }
        to_text(&tree)
    }

    fn line(&self, random: &mut Random) -> String {
        let tree = random.pick(&self.trees).unwrap();
        let transactions = tree["transactions"].as_array().cloned().unwrap_or_default();
        let transaction = random.pick(&transactions).cloned().unwrap_or_else(|| json!({}));
        to_text(&self.transaction(&transaction, random))
    }

    fn transaction(&self, transaction: &Value, random: &mut Random) -> Value {
        let mut changed = transaction.clone();
        for _ in 0..random.below(3) {
            let kind = *random.pick(&Kind::ALL).unwrap();
            changed = mutate(&changed, kind, random).map_or(changed, |(mutant, _)| mutant);
        }
        let places = places(&changed);
        if random.below(2) == 0
            && let Some(path) = random.pick(&places)
        {
            // What stands elsewhere, or what should stand nowhere.
            let other = random.pick(&self.trees).unwrap();
            let foreign = mutation::places(other);
            let spliced = random.pick(&foreign).and_then(|path| at(other, path)).cloned().unwrap_or(Value::Null);
            let new = [
                spliced,
                Value::Null,
                json!(true),
                json!(-1),
                json!(1e300),
                json!([]),
                json!({}),
                json!([[[[[["deep"]]]]]]),
                json!("x".repeat(3_000)),
                json!("\u{0}\u{1b}[2J\u{202e}\u{2028}\u{feff}"),
                json!("9".repeat(60) + " t"),
                json!(vec!["KP"; 200]),
            ];
            if let Some(value) = at_mut(&mut changed, path) {
                *value = random.pick(&new).unwrap().clone();
            }
        }
        changed
    }
}

/// Breaks a text: lines left out, doubled, moved or shifted, marks and bytes changed.
fn broken(text: &str, random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for _ in 0..1 + random.below(3) {
        if lines.is_empty() {
            break;
        }
        let at = random.below(lines.len());
        match random.below(8) {
            0 => _ = lines.remove(at),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines[at].insert_str(0, ["  ", "- ", "\t", "# ", "---\n"][random.below(5)]),
            3 => lines[at] = lines[at].trim_start().to_owned(),
            4 => lines.truncate(at + 1),
            5 => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            6 => lines[at] = lines[at].replace('\n', "\r\n"),
            _ => {}
        }
    }
    let mut bytes = lines.concat().into_bytes();
    for _ in 0..random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let marks: &[u8] = b"\"'{}[],:;&*!|>%@`#-?<\\\n\r\t \0\xff\xc3\x80";
        match random.below(4) {
            0 => bytes[at] = *random.pick(marks).unwrap(),
            1 => bytes.insert(at, *random.pick(marks).unwrap()),
            2 => _ = bytes.remove(at),
            _ => {
                let end = (at + 1 + random.below(40)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, part);
            }
        }
    }
    bytes
}

fn run(target: Target, bytes: &[u8], desk: &Desk, seeds: &Seeds, jobs: usize) -> Said {
    match target {
        Target::Yaml => desk.check("x.yaml", bytes, None, jobs),
        Target::Json => desk.check("x.json", bytes, None, jobs),
        Target::Ndjson => desk.check("x.ndjson", bytes, None, jobs),
        Target::Csv => desk.check("x.csv", bytes, None, jobs),
        Target::Rules => desk.rules(&seeds.base, bytes),
        Target::Decisions => desk.decisions(bytes),
        Target::Ledger => desk.ledger(bytes),
        Target::List => desk.list(bytes),
        Target::Report => desk.report(bytes),
    }
}

/// A line of a stream is assessed, or it has an error.
fn lost(target: Target, bytes: &[u8], said: &Said) -> Option<String> {
    match target {
        Target::Ndjson => {
            let lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
            let (all, objects) = lines.fold((0, 0), |(all, objects), line| {
                (all + 1, objects + usize::from(serde_json::from_slice::<serde_json::Map<String, Value>>(line).is_ok()))
            });
            let accounted = said.transactions + said.lines_with_errors.len();
            (accounted < all || said.transactions < objects).then(|| {
                format!("{all} lines, {objects} of them objects; {} assessed, {accounted} accounted for", said.transactions)
            })
        }
        Target::Json => {
            let tree: Value = serde_json::from_slice(bytes).ok()?;
            let told = tree.get("transactions")?.as_array()?.len();
            (said.lines_with_errors.is_empty() && said.transactions != told)
                .then(|| format!("{told} transactions, {} assessed", said.transactions))
        }
        Target::Csv if said.lines_with_errors.is_empty() => {
            let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(bytes);
            let rows = reader.byte_records().flatten().filter(|row| row.iter().any(|cell| !cell.trim_ascii().is_empty())).count();
            let is_comma = bytes.split(|b| *b == b'\n').next().is_some_and(|head| head.contains(&b',') && !head.contains(&b';'));
            (is_comma && said.transactions < rows).then(|| format!("{rows} rows, {} assessed", said.transactions))
        }
        _ => None,
    }
}

fn trial(number: usize, seed: u64) {
    let (seeds, desk) = (Seeds::new(), Desk::new());
    let mut random = Random(seed);
    let mut counts: BTreeMap<Target, (usize, usize, Duration)> = BTreeMap::new();
    let mut failures = Vec::new();
    for n in 0..number {
        let target = TARGETS[n % TARGETS.len()];
        let text = seeds.text(target, &mut random);
        let is_kept_whole = matches!(target, Target::Json | Target::Ndjson) && random.below(2) == 0;
        let bytes = if is_kept_whole { text.into_bytes() } else { broken(&text, &mut random) };
        let begun = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| run(target, &bytes, &desk, &seeds, 1)));
        let took = begun.elapsed();
        let mut wrong = Vec::new();
        match &outcome {
            Err(_) => wrong.push("a panic".to_owned()),
            Ok(said) => {
                let (all, refused, longest) = counts.entry(target).or_default();
                *all += 1;
                *refused += usize::from(!said.lines_with_errors.is_empty());
                *longest = took.max(*longest);
                wrong.extend((took > SOON).then(|| format!("it took {took:?}")));
                wrong.extend(lost(target, &bytes, said));
                // Every fifth once more, with two workers.
                if (n / TARGETS.len()).is_multiple_of(5) && run(target, &bytes, &desk, &seeds, 2) != *said {
                    wrong.push("a second run, with two workers, says otherwise".to_owned());
                }
            }
        }
        if !wrong.is_empty() {
            let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mutated-{seed}-{n}-{target:?}"));
            fs::write(&kept, &bytes).unwrap();
            failures.push(format!("{}: {}", kept.display(), wrong.join("; ")));
        }
    }
    for (target, (all, refused, longest)) in &counts {
        println!("{target:?}: {all} inputs, {refused} with an error, the longest {longest:?}");
    }
    assert!(failures.is_empty(), "{} of {number}:\n{}", failures.len(), failures.join("\n"));
}

fn number_from(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// One half of the inputs; the halves run side by side.
fn half(which: u64) {
    let usual = if cfg!(debug_assertions) { 900 } else { 20_000 };
    let number = number_from("MUTATIONS").map_or(usual, |n| usize::try_from(n).unwrap());
    trial(number.div_ceil(2), number_from("MUTATION_SEED").unwrap_or(21) + which);
}

#[test]
fn broken_inputs_of_every_kind_are_read_or_refused_alike_each_time() {
    half(0);
}

#[test]
fn other_broken_inputs_of_every_kind_are_read_or_refused_alike_each_time() {
    half(1);
}
