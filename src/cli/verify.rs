//! `interdict verify`

use std::fmt::Display;
use std::path::PathBuf;

use clap::Args;
use sha2::{Digest, Sha256};

use crate::audit::{self, OpenedReport};
use crate::document::Code;
use crate::document::hex;
use crate::engine::AssessOptions;
use crate::intake::{DateOrder, Intake};
use crate::report::{self, FileNote, Head, Report, ReportOptions, SCHEMA};
use crate::rulebook::Rulebook;
use crate::run::{self, CheckOptions};

use super::Exit;
use super::baseline::BaselineArgs;
use super::exit::EarlyExit;
use super::inputs::{self, rulebook_to_check};
use super::output::{self, show_error};
use super::progress::Progress;
use super::signing::{read_key, signature_path};

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// JSON report to verify
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// Use the rulebook in this folder instead of the one that the report names
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Also verify the signature in REPORT.sig with this public Ed25519 key (PEM)
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
}

/// The results of all checks, a line for each.
#[derive(Debug, Default)]
struct Checks {
    text: String,
    failed: bool,
}

impl Checks {
    fn line(&mut self, holds: bool, what: impl Display) {
        let mark = if holds { "holds" } else { "fails" };
        // Texts of a report can contain anything; they must not control the terminal or begin a line.
        let what: String = what.to_string().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        self.text.push_str(&format!("{mark}  {what}\n"));
        self.failed |= !holds;
    }
}

impl Verify {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let unreadable = |error: audit::ReportReadError| {
            show_error(
                Code::ReportUnreadable,
                format!("the report `{}` cannot be checked: {error}", self.report.display()),
                None,
            );
            Exit::WrongInput
        };
        let opened = audit::open(&self.report).map_err(unreadable)?;
        let seal = audit::compute_seal(&self.report, &opened.head).map_err(unreadable)?;
        let mut checks = Checks::default();
        match &opened.seal {
            None => checks.line(false, "seal: the report has none"),
            Some(stated) if *stated == seal => checks.line(true, format!("seal: sha256:{}", seal.value)),
            Some(stated) => {
                let what = format!(
                    "seal: the report says {}:{} and its content has sha256:{}",
                    stated.algorithm, stated.value, seal.value
                );
                checks.line(false, what);
            }
        }
        if let Some(file) = self.public_key.as_deref() {
            let key = read_key(file, audit::public_key)?;
            self.verify_signature(&key, &seal, &mut checks);
        }
        if let Some(head) = check_versions(&opened, &mut checks) {
            let folder = self.rules.clone().or_else(|| head.options.rules.as_ref().map(PathBuf::from));
            let rulebook = match rulebook_to_check(folder.as_deref()) {
                Ok(rulebook) => rulebook,
                Err(exit) => {
                    output::print_quoting(&checks.text)?;
                    return Ok(exit);
                }
            };
            let now = format!("sha256:{}", rulebook.digest);
            check_digest("rulebook", &head.rulebook.digest, Ok(now), &mut checks);
            let names = (head.options.rules.clone(), folder.map(|f| f.display().to_string()));
            let names = (names.0.as_deref().unwrap_or("rules"), names.1.as_deref().unwrap_or("rules"));
            match run_again(&head, &rulebook, &mut checks) {
                Some(run) => match audit::compare(&self.report, &opened.head, &run, names).map_err(unreadable)? {
                    None => checks.line(true, "findings: run again, they are the same"),
                    Some(difference) => checks.line(false, format!("findings: {difference}")),
                },
                None => checks.line(false, "findings: not run again, since not everything that it needs is there"),
            }
        }
        output::print_quoting(&checks.text)?;
        Ok(if checks.failed { Exit::Found } else { Exit::Clear })
    }

    fn verify_signature(&self, key: &ed25519_dalek::VerifyingKey, seal: &report::Seal, checks: &mut Checks) {
        let file = signature_path(&self.report);
        match std::fs::read_to_string(&file) {
            Err(error) => checks.line(false, format!("signature: `{}` cannot be read: {error}", file.display())),
            Ok(pem) => match audit::signature_holds(key, seal, &pem) {
                Ok(true) => checks.line(true, format!("signature: `{}`", file.display())),
                Ok(false) => checks.line(false, format!("signature: `{}` is not of this report by this key", file.display())),
                Err(error) => checks.line(false, format!("signature: `{}`: {error}", file.display())),
            },
        }
    }
}

/// Checks that the report was made by this version of the program. Returns its head, if it can be read.
fn check_versions(opened: &OpenedReport, checks: &mut Checks) -> Option<Head> {
    let schema = opened.head.get("schema").and_then(|s| s.as_str()).unwrap_or_default();
    if schema != SCHEMA {
        checks.line(false, format!("schema: the report has `{schema}` and this program writes `{SCHEMA}`"));
        return None;
    }
    checks.line(true, format!("schema: {SCHEMA}"));
    let head: Head = match serde_json::from_value(opened.head.clone().into()) {
        Ok(head) => head,
        Err(error) => {
            checks.line(false, format!("schema: the report does not follow it: {error}"));
            return None;
        }
    };
    let (stated, own) = (format!("{} {}", head.tool.name, head.tool.version), concat!("interdict ", env!("CARGO_PKG_VERSION")));
    if stated == own {
        checks.line(true, format!("program: {own}"));
    } else {
        checks.line(false, format!("program: the report was made by {stated} and this is {own}"));
    }
    Some(head)
}

/// Repeats the run of a report from the inputs and options that it names. `None` if one of them is missing.
fn run_again(head: &Head, rulebook: &Rulebook, checks: &mut Checks) -> Option<Report> {
    let options = &head.options;
    let mut complete = true;
    let files = [("ledger", &options.ledger), ("baseline", &options.baseline)];
    let files = files.into_iter().filter_map(|(what, note)| note.as_ref().map(|note| (what, note.clone())));
    let lists = head.designations.iter().map(|d| ("designations", FileNote { path: d.path.clone(), digest: d.digest.clone() }));
    for (what, note) in files.chain(lists) {
        let now = std::fs::read(&note.path).map(|bytes| format!("sha256:{}", hex(&Sha256::digest(bytes))));
        complete &= check_digest(&format!("{what} `{}`", note.path), &note.digest, now, checks);
    }
    // Standard input is read again from standard input, under the name that it has in a report.
    let path = |name: &str| if name == "<stdin>" { PathBuf::from("-") } else { PathBuf::from(name) };
    let mut inputs = Vec::new();
    for input in &head.inputs {
        match path(&input.path) {
            file if file.as_os_str() != "-" && !file.is_file() => {
                checks.line(false, format!("input `{}`: it is not there", input.path));
                complete = false;
            }
            file => inputs.push(file),
        }
    }
    if !complete {
        return None;
    }
    let Ok(regime) = inputs::regime(rulebook, options.regime.as_deref()) else {
        checks.line(false, "options: the regime is not in the rulebook");
        return None;
    };
    let baseline =
        BaselineArgs { baseline: options.baseline.as_ref().map(|note| PathBuf::from(&note.path)), run_on: options.run_on };
    let order = |name: &String| DateOrder::ALL.into_iter().find(|order| order.as_str() == name.as_str());
    let csv_dates = options.csv_dates.as_ref().and_then(order);
    let mut intake = Intake { csv_dates, ..Intake::default() };
    let decisions = baseline.read(&mut intake);
    let ledger = options.ledger.as_ref().map(|note| PathBuf::from(&note.path));
    let options = CheckOptions {
        rulebook,
        paths: &inputs,
        ledger: ledger.as_deref(),
        options: AssessOptions { known_on: head.known_on, regime, keep_all: options.near_misses },
        report_options: ReportOptions { near_misses: options.near_misses, decisions: decisions.as_ref() },
        jobs: 1,
    };
    let checked = match run::check(&options, intake, &mut std::io::stdin(), &mut Progress::new(true, None)) {
        Ok(checked) => checked,
        Err(error) => {
            checks.line(false, format!("it cannot be run again: {error}"));
            return None;
        }
    };
    for input in &head.inputs {
        let read = checked.intake.inputs.iter().find(|i| i.path == input.path);
        let now = read.map(|i| format!("sha256:{}", i.digest)).ok_or_else(|| std::io::ErrorKind::NotFound.into());
        complete &= check_digest(&format!("input `{}`", input.path), &input.digest, now, checks);
    }
    complete.then_some(checked.report)
}

/// Compares a digest with the one in the report, and adds the result to `checks`. False only if the file cannot be read.
fn check_digest(what: &str, stated: &str, now: std::io::Result<String>, checks: &mut Checks) -> bool {
    match &now {
        Err(error) => checks.line(false, format!("{what}: it cannot be read: {error}")),
        Ok(now) if now == stated => checks.line(true, format!("{what}: {now}")),
        Ok(now) => checks.line(false, format!("{what}: the report says {stated} and it is now {now}")),
    }
    now.is_ok()
}
