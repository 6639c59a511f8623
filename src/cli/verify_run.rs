//! The repetition of a report's run, from the files and options that the report names.

use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use crate::audit::{Refusal, Root};
use crate::document::{Diagnostics, hex};
use crate::engine::AssessOptions;
use crate::intake::{DateOrder, Intake, find_inputs};
use crate::report::{FileNote, Head, InputNote, Report, ReportOptions};
use crate::rulebook::Rulebook;
use crate::run::{self, CheckOptions, input_notes};

use super::baseline::BaselineArgs;
use super::designations::Designations;
use super::inputs;
use super::progress::Progress;
use super::verify::Checks;
use super::verify_ledger::check_ledger;

/// Repeats the run of a report. `None` if something is missing, or is not opened.
pub(super) fn run_again(
    head: &Head,
    rulebook: &Rulebook,
    root: &Root,
    key: Option<&VerifyingKey>,
    checks: &mut Checks,
) -> Option<Report> {
    let options = &head.options;
    let files_there = check_files(head, root, checks);
    let paths = paths(head, root, checks);
    let (true, Some(paths)) = (files_there, paths) else { return None };
    let regimes: Vec<String> = options.regime.iter().flat_map(|ids| ids.split(',')).map(str::to_owned).collect();
    let Ok(regimes) = inputs::regimes(rulebook, &regimes) else {
        checks.line(false, "options: a regime is not in the rulebook");
        return None;
    };
    let baseline =
        BaselineArgs { baseline: options.baseline.as_ref().map(|note| PathBuf::from(&note.path)), run_on: options.run_on };
    let order = |name: &String| DateOrder::ALL.into_iter().find(|order| order.as_str() == name.as_str());
    let csv_dates = options.csv_dates.as_ref().and_then(order);
    if options.csv_dates.is_some() && csv_dates.is_none() {
        checks.line(false, "options: the order of dates is none that there is");
    }
    let mut intake = Intake { csv_dates, ..Intake::default() };
    let decisions = baseline.read(&mut intake);
    let ledger = options.ledger.as_ref().map(|note| PathBuf::from(&note.path));
    let lists = Designations { designations: head.designations.iter().map(|list| PathBuf::from(&list.path)).collect() };
    let Ok(designations) = lists.of_run(None, rulebook) else {
        checks.line(false, "designations: a list cannot be read");
        return None;
    };
    let options = CheckOptions {
        rulebook,
        designations: designations.as_ref(),
        paths: &paths,
        ledger: ledger.as_deref(),
        period: options.period,
        options: AssessOptions { known_on: head.known_on, regimes, keep_all: options.near_misses },
        report_options: ReportOptions {
            near_misses: options.near_misses,
            decisions: decisions.as_ref(),
            has_lists: !head.designations.is_empty(),
        },
        jobs: 1,
    };
    let checked = match run::check(&options, intake, &mut std::io::stdin(), &mut Progress::new(true, None)) {
        Ok(checked) => checked,
        Err(error) => {
            checks.line(false, format!("it cannot be run again: {error}"));
            return None;
        }
    };
    compare_inputs(&head.inputs, &input_notes(&checked.intake.inputs), checks);
    check_ledger(&checked, &options, root, key, checks);
    Some(checked.report)
}

/// Checks the files beside the inputs; false if one cannot be read.
fn check_files(head: &Head, root: &Root, checks: &mut Checks) -> bool {
    let options = &head.options;
    let files = [("ledger", &options.ledger), ("baseline", &options.baseline)];
    let files = files.into_iter().filter_map(|(what, note)| note.as_ref().map(|note| (what, note.clone())));
    let lists = head.designations.iter().map(|d| ("designations", FileNote { path: d.path.clone(), digest: d.digest.clone() }));
    let mut complete = true;
    for (what, note) in files.chain(lists) {
        let what = format!("{what} `{}`", note.path);
        match root.read(Path::new(&note.path)) {
            Ok(bytes) => checks.digest(&what, &note.digest, &format!("sha256:{}", hex(&Sha256::digest(bytes)))),
            Err(refusal) => {
                complete = false;
                checks.line(false, format!("{what}: {refusal}"));
            }
        }
    }
    complete
}

/// The paths of the inputs as the run was called, once every file that they lead to was admitted; `None` if one was not.
///
/// They are followed anew, so that a file which the report leaves out is read all the same.
fn paths(head: &Head, root: &Root, checks: &mut Checks) -> Option<Vec<PathBuf>> {
    let mut complete = true;
    let mut refuse = |path: &Path, refusal: Refusal, checks: &mut Checks| {
        complete = false;
        checks.line(false, format!("input `{}`: {refusal}", path.display()));
    };
    let called: Vec<PathBuf> = if head.options.paths.is_empty() {
        let what = "inputs: the report does not say of which paths it was made, so that one left out would not show";
        checks.line(false, what);
        let path = |name: &str| if name == "<stdin>" { PathBuf::from("-") } else { PathBuf::from(name) };
        head.inputs.iter().map(|input| path(&input.path)).collect()
    } else {
        head.options.paths.iter().map(PathBuf::from).collect()
    };
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    let mut followed = Vec::new();
    for path in &called {
        match root.admit(path) {
            _ if is_stdin(path) => {}
            Ok(()) => followed.push(path.clone()),
            // A run goes on without an input that is not there, and its report says so.
            Err(Refusal::Missing) if !head.inputs.iter().any(|input| Path::new(&input.path) == path) => {}
            Err(refusal) => refuse(path, refusal, checks),
        }
    }
    for file in find_inputs(&followed, &mut Diagnostics::default()) {
        if let Err(refusal) = root.admit(&file) {
            refuse(&file, refusal, checks);
        }
    }
    complete.then_some(called)
}

/// Compares the inputs of a report with those that its paths lead to now.
fn compare_inputs(stated: &[InputNote], now: &[InputNote], checks: &mut Checks) {
    let paths = |inputs: &[InputNote]| inputs.iter().map(|input| input.path.clone()).collect::<Vec<_>>();
    let mut told = false;
    for input in stated {
        let what = format!("input `{}`", input.path);
        match now.iter().find(|other| other.path == input.path) {
            None => {
                told = true;
                checks.line(false, format!("{what}: none of the paths that were called leads to it"));
            }
            Some(other) if other.digest == input.digest && other.transactions != input.transactions => {
                let what =
                    format!("{what}: the report counts {} transactions and it has {}", input.transactions, other.transactions);
                checks.line(false, what);
            }
            Some(other) => checks.digest(&what, &input.digest, &other.digest),
        }
    }
    for other in now.iter().filter(|other| !stated.iter().any(|input| input.path == other.path)) {
        told = true;
        checks.line(
            false,
            format!("input `{}`: the paths that were called lead to it and the report does not have it", other.path),
        );
    }
    if !told && paths(stated) != paths(now) {
        checks.line(false, "inputs: the report has one twice, or not in their order");
    }
}
