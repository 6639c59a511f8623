//! Cost grows with the size of an input, whichever part of it grows: every dimension is doubled, and the processor time compared.
//!
//! The suite takes one small step of the items of a transaction, which cost most, and of unknown keys. The table of all is made by
//! `cargo test --release --test doubling -- --ignored --nocapture`; with `DIMENSION=items` only dimensions with that word in
//! their names, and `INTERDICT=path` measures another build of the program.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "doubling/dimensions.rs"]
mod dimensions;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use dimensions::{DIMENSIONS, Dimension};

/// Processor time is counted over all children of this process: one measurement at a time.
static MEASURING: Mutex<()> = Mutex::new(());

/// What one run took.
#[derive(Clone, Copy)]
struct Cost {
    /// Seconds of processor time, of all threads.
    seconds: f64,
    /// Peak memory in KiB.
    peak: usize,
    /// The bytes of the input.
    bytes: usize,
}

/// Seconds of processor time of the children that have ended; the kernel counts in hundredths.
fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[13].parse::<f64>().unwrap() + fields[14].parse::<f64>().unwrap()) / 100.0
}

/// Runs the program; `None` if it has not ended after `limit`.
fn run(args: &[String], folder: &Path, limit: Duration) -> Option<(f64, usize)> {
    let before = of_children();
    let program = std::env::var("INTERDICT").unwrap_or_else(|_| env!("CARGO_BIN_EXE_interdict").to_owned());
    let mut child = Command::new(program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (status, begun) = (format!("/proc/{}/status", child.id()), Instant::now());
    let mut peak = 0;
    loop {
        let mark = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().trim_end_matches(" kB").parse::<usize>().ok()
        });
        peak = peak.max(mark.unwrap_or_default());
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.code().is_some_and(|code| code <= 4), "{args:?} ended with {ended}");
            return Some((of_children() - before, peak));
        }
        if begun.elapsed() > limit {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        sleep(Duration::from_millis(3));
    }
}

/// What a dimension costs at a size; `None` if it takes longer than `limit`.
fn cost(dimension: &Dimension, size: usize, limit: Duration) -> Option<Cost> {
    let folder = tempfile::tempdir().unwrap();
    let prepared = dimension.prepare(folder.path(), size);
    for args in &prepared.before {
        run(args, folder.path(), Duration::from_secs(600)).expect("the preparation ends");
    }
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len() as usize);
    let bytes = files.sum();
    let (seconds, peak) = run(&prepared.args, folder.path(), limit)?;
    Some(Cost { seconds, peak, bytes })
}

fn chosen() -> impl Iterator<Item = Dimension> {
    let word = std::env::var("DIMENSION").unwrap_or_default();
    DIMENSIONS.iter().flat_map(|of| of.in_each_format()).filter(move |dimension| dimension.name().contains(&word))
}

#[test]
fn four_times_as_much_takes_about_four_times_as_long() {
    let _one = MEASURING.lock().unwrap();
    let mut slow = Vec::new();
    let is_measured = |name: &str| ["items ", "unknown keys beside"].iter().any(|start| name.starts_with(start));
    for dimension in chosen().filter(|dimension| !dimension.is_costly && is_measured(&dimension.name())) {
        let small = (dimension.start() / 8).max(1);
        let limit = Duration::from_secs(15);
        let (few, many) = (cost(&dimension, small, limit), cost(&dimension, small * 4, limit));
        // A fifth of a second for starting, and whatever else the machine does.
        let is_linear = few.zip(many).is_some_and(|(few, many)| many.seconds < 0.3 + 6.0 * few.seconds);
        if !is_linear {
            let seconds = [few, many].map(|cost| cost.map_or("too long".to_owned(), |cost| format!("{:.2} s", cost.seconds)));
            let said = format!("{}: {} at {small}, {} at {}", dimension.name(), seconds[0], seconds[1], small * 4);
            writeln!(std::io::stderr(), "{said}").unwrap();
            slow.push(said);
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn what_is_told_again_is_not_judged_again() {
    let _one = MEASURING.lock().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let seconds = |row: fn(usize) -> String| {
        let rows: String = (0..300).map(row).collect();
        fs::write(folder.path().join("a.yaml"), format!("id: a\ntransactions:\n{rows}")).unwrap();
        let args = ["check", "-q", "a.yaml"].map(str::to_owned);
        run(&args, folder.path(), Duration::from_secs(60)).expect("it ends").0
    };
    let alike = seconds(|_| "- {from: KP, to: CN, items: [coal]}\n".to_owned());
    let apart = seconds(|i| format!("- {{from: KP, to: CN, items: [{{description: coal, quantity: {} t}}]}}\n", i + 1));
    assert!(alike * 2.0 < apart, "{alike:.2} s for rows that are alike, {apart:.2} s for others");
}

#[test]
#[ignore = "some minutes in a release build; the table of all dimensions"]
fn table_of_doublings() {
    const LONGEST: Duration = Duration::from_secs(40);
    const LARGEST: usize = 20_000_000;
    let _one = MEASURING.lock().unwrap();
    let mut worst = Vec::new();
    let mut all = std::io::stderr();
    writeln!(all, "| dimension | size | input | seconds | s per 100 kB | peak | ratio |\n|---|---:|---:|---:|---:|---:|---:|")
        .unwrap();
    for dimension in chosen() {
        let mut size = dimension.start();
        let mut before = cost(&dimension, size, LONGEST);
        let mut line = format!("| {} | {size} | too long |", dimension.name());
        let mut ratio = if before.is_none() { f64::INFINITY } else { 0.0 };
        while let Some(known) = before {
            size *= 2;
            let Some(next) = cost(&dimension, size, LONGEST) else {
                ratio = f64::INFINITY;
                line = format!("| {} | {size} | too long after {:.2} s |", dimension.name(), known.seconds);
                break;
            };
            ratio = next.seconds / known.seconds.max(0.01);
            line.clear();
            let per_100_kb = next.seconds * 100_000.0 / next.bytes.max(1) as f64;
            write!(
                line,
                "| {} | {size} | {} kB | {:.2} | {per_100_kb:.3} | {} MB | {ratio:.2} |",
                dimension.name(),
                next.bytes / 1000,
                next.seconds,
                next.peak / 1024
            )
            .unwrap();
            before = (next.seconds < 1.0 && next.bytes < LARGEST).then_some(next);
        }
        writeln!(all, "{line}").unwrap();
        if ratio > 2.4 {
            worst.push(line);
        }
    }
    assert!(worst.is_empty(), "more than 2.4 times for twice as much:\n{}", worst.join("\n"));
}
