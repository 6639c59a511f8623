//! Reports of very many findings: memory does not grow with them, and a browser still shows the page at once.
//!
//! The small sizes run with the suite. The table of docs/reports.md is made by
//! `cargo test --release --test scale -- --ignored --nocapture`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::browser::Browser;
use common::{Desk, FORMATS, interdict, root};
use serde_json::Value;

/// The goods of which a stream of findings consists.
#[derive(Clone, Copy)]
struct TestGoods {
    description: &'static str,
    hs: &'static str,
}

/// Banned since August 2017; it counts towards no quota.
const SQUID: TestGoods = TestGoods { description: "frozen squid", hs: "0307.43" };
/// Banned since August 2017; before that it counted towards a quota, and still does.
const COAL: TestGoods = TestGoods { description: "anthracite coal", hs: "2701.11" };

/// A stream of `number` lines, each with a finding.
fn stream(number: usize, goods: TestGoods) -> String {
    let mut text = String::new();
    for i in 0..number {
        let (year, month, day, tonnes) = (18 + i % 6, i % 12 + 1, i % 28 + 1, i % 90 + 1);
        let TestGoods { description, hs } = goods;
        writeln!(
            text,
            r#"{{"id":"t{i}","incident":"bulk-{}","activity":"sale","date":"20{year}-{month:02}-{day:02}","from":{{"country":"KP"}},"to":{{"country":"CN"}},"items":[{{"description":"{description}","hs":"{hs}","origin":"KP","quantity":"{tonnes} t"}}]}}"#,
            i % 7
        )
        .unwrap();
    }
    text
}

/// Runs the program, which has to find something; gives its peak memory in KiB.
///
/// The kernel keeps the peak, so that polling it is enough: only what is allocated in the last moment is missed.
fn peak(args: &[&str]) -> usize {
    let mut child = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(args)
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let mark = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().trim_end_matches(" kB").parse::<usize>().ok()
        });
        most = most.max(mark.unwrap_or_default());
        if let Some(ended) = child.try_wait().unwrap() {
            assert_eq!(ended.code(), Some(1));
            return most;
        }
        sleep(Duration::from_millis(3));
    }
}

/// The peak memory in KiB of one run that writes these formats.
fn peak_of(formats: &[&str], input: &Path) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let report = |format: &&str| ["--report".to_owned(), format!("{format}={}", folder.path().join(format).display())];
    let reports: Vec<String> = formats.iter().flat_map(report).collect();
    let args = ["check", input.to_str().unwrap(), "--quiet", "--jobs", "1"];
    peak(&args.into_iter().chain(reports.iter().map(String::as_str)).collect::<Vec<_>>())
}

/// By how many bytes the peak grows for each finding more, in one run that writes all formats.
fn growth(goods: TestGoods) -> usize {
    // The smaller one is longer than a chunk too, whose output is held as a whole.
    let (few, many) = (6_000, 18_000);
    let desk = Desk::new();
    let of = |number: usize| peak_of(&FORMATS, &desk.write(&format!("{number}.ndjson"), stream(number, goods)));
    let (small, large) = (of(few), of(many));
    assert!(small > 1_000, "the peak was seen: {small} KiB");
    let bytes = large.saturating_sub(small) * 1024 / (many - few);
    let _ = writeln!(std::io::stderr(), "{}: {small} KiB, then {large} KiB, {bytes} bytes a finding", goods.description);
    bytes
}

#[test]
fn memory_does_not_grow_with_the_findings_in_any_format() {
    // A finding takes 2,500 bytes and more in memory; its place on disk, its fingerprint and its rank take some fifty.
    assert!(growth(SQUID) < 400);
}

#[test]
fn memory_grows_little_with_contributions_to_quotas() {
    // Held until the last line is read, since an earlier date may come last; twice, for coal has a quota of 2016 and one
    // of each year.
    assert!(growth(COAL) < 1_600);
}

#[test]
#[ignore = "100,000 findings nine times over; the numbers of docs/reports.md"]
fn a_hundred_thousand_findings() {
    let desk = Desk::new();
    let inputs = [10_000, 100_000].map(|number| desk.write(&format!("{number}.ndjson"), stream(number, SQUID)));
    let mut table = "| format | 10,000 findings | 100,000 findings |\n|---|---:|---:|\n".to_owned();
    for format in FORMATS {
        let [few, many] = [&inputs[0], &inputs[1]].map(|input| peak_of(&[format], input));
        writeln!(table, "| `{format}` | {} MiB | {} MiB |", few / 1024, many / 1024).unwrap();
        assert!(many < few + 16 * 1024, "{format}: {few} KiB for 10,000 findings, {many} KiB for 100,000");
    }
    let _ = writeln!(std::io::stderr(), "{table}");
}

/// Shows the page of that many findings in a browser; gives the milliseconds to its first paint and those of a search in it.
fn shown(number: usize) -> Option<(f64, f64)> {
    let mut browser = Browser::start()?;
    let desk = Desk::new();
    let input = desk.write("many.ndjson", stream(number, SQUID));
    let page = desk.path("report.html");
    let (input, page_name) = (input.to_str().unwrap(), page.to_str().unwrap());
    interdict(["check", input, "--format", "html", "--output", page_name]).exits(1);
    browser.show(&page);
    let paint = browser.value("performance.getEntriesByType('paint')[0].startTime").as_f64().unwrap();
    let findings = browser.value("document.querySelectorAll('.finding').length").as_u64().unwrap();
    assert_eq!(findings, 5_000, "the findings that are shown one by one");
    let search = "(() => { const begun = performance.now(); document.getElementById('words').value = 't4907'; \
                  document.getElementById('filter').requestSubmit(); return performance.now() - begun; })()";
    let searched = browser.value(search).as_f64().unwrap();
    assert_eq!(browser.value("document.getElementById('shown').textContent"), "Showing 1 of 5000");
    let left_out = browser.value("document.getElementById('left-out') !== null");
    assert_eq!(left_out, Value::Bool(number > 5_000), "the number of findings left out is shown");
    let _ = writeln!(
        std::io::stderr(),
        "{number} findings: first paint after {paint:.0} ms, a search {searched:.0} ms, {} MB",
        fs::metadata(&page).unwrap().len() / 1_000_000
    );
    Some((paint, searched))
}

#[test]
fn a_page_of_five_thousand_findings_is_painted_within_two_seconds() {
    if let Some((paint, searched)) = shown(5_000) {
        assert!(paint < 2_000.0 && searched < 2_000.0, "{paint} ms, {searched} ms");
    }
}

#[test]
#[ignore = "100,000 findings; the numbers of docs/reports.md"]
fn a_page_of_more_findings_summarises_the_rest() {
    if let Some((paint, searched)) = shown(100_000) {
        assert!(paint < 2_000.0 && searched < 2_000.0, "{paint} ms, {searched} ms");
    }
}
