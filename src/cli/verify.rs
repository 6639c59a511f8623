//! `interdict verify`

use std::fmt::Display;
use std::path::PathBuf;

use clap::Args;
use sha2::{Digest, Sha256};

use crate::audit::{self, OpenedReport};
use crate::document::Code;
use crate::document::hex;
use crate::engine::Options;
use crate::intake::Intake;
use crate::report::{self, FileNote, Head, Report, ReportOptions, SCHEMA};
use crate::rulebook::Rulebook;
use crate::run::{self, CheckOptions};

use super::Exit;
use super::baseline::Baseline;
use super::progress::Progress;
use super::signing::{beside, complain, read_key};
use super::{output, sources};

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The JSON report
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// Rulebook folder in place of the one that the report names
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Public Ed25519 key (PEM): checks the signature in REPORT.sig too
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
}

/// What was found, a line each.
#[derive(Debug, Default)]
struct Findings {
    told: String,
    broken: bool,
}

impl Findings {
    fn line(&mut self, holds: bool, what: impl Display) {
        let mark = if holds { "holds" } else { "fails" };
        // What a report says of itself may be anything; it must not steer a terminal or begin a line of its own.
        let what: String = what.to_string().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        self.told.push_str(&format!("{mark}  {what}\n"));
        self.broken |= !holds;
    }
}

impl Verify {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let unreadable = |error: audit::ReportReadError| {
            complain(Code::ReportUnreadable, format!("the report `{}` cannot be checked: {error}", self.report.display()), None);
            Ok(Exit::WrongInput)
        };
        let opened = match audit::open(&self.report) {
            Ok(opened) => opened,
            Err(error) => return unreadable(error),
        };
        let seal = match audit::compute_seal(&self.report, &opened.head) {
            Ok(seal) => seal,
            Err(error) => return unreadable(error),
        };
        let mut found = Findings::default();
        match &opened.seal {
            None => found.line(false, "seal: the report has none"),
            Some(told) if *told == seal => found.line(true, format!("seal: sha256:{}", seal.value)),
            Some(told) => {
                let what =
                    format!("seal: the report says {}:{} and its content has sha256:{}", told.algorithm, told.value, seal.value);
                found.line(false, what);
            }
        }
        if let Some(file) = self.public_key.as_deref() {
            let key = match read_key(file, audit::public_key) {
                Ok(key) => key,
                Err(exit) => return Ok(exit),
            };
            self.signature(&key, &seal, &mut found);
        }
        if let Some(head) = versions(&opened, &mut found) {
            let folder = self.rules.clone().or_else(|| head.options.rules.as_ref().map(PathBuf::from));
            let rulebook = match sources::law(folder.as_deref()) {
                Ok(rulebook) => rulebook,
                Err(exit) => {
                    output::print(&found.told)?;
                    return Ok(exit);
                }
            };
            let now = format!("sha256:{}", rulebook.digest);
            digest_line("rulebook", &head.rulebook.digest, Ok(now), &mut found);
            let names = (head.options.rules.clone(), folder.map(|f| f.display().to_string()));
            let names = (names.0.as_deref().unwrap_or("rules"), names.1.as_deref().unwrap_or("rules"));
            match again(&head, &rulebook, &mut found) {
                Some(run) => match audit::compare(&self.report, &opened.head, &run, names) {
                    Ok(None) => found.line(true, "findings: run again, they are the same"),
                    Ok(Some(difference)) => found.line(false, format!("findings: {difference}")),
                    Err(error) => return unreadable(error),
                },
                None => found.line(false, "findings: not run again, since not everything that it needs is there"),
            }
        }
        output::print(&found.told)?;
        Ok(if found.broken { Exit::Found } else { Exit::Clear })
    }

    fn signature(&self, key: &ed25519_dalek::VerifyingKey, seal: &report::Seal, found: &mut Findings) {
        let file = beside(&self.report);
        match std::fs::read_to_string(&file) {
            Err(error) => found.line(false, format!("signature: `{}` cannot be read: {error}", file.display())),
            Ok(pem) => match audit::signature_holds(key, seal, &pem) {
                Ok(true) => found.line(true, format!("signature: `{}`", file.display())),
                Ok(false) => found.line(false, format!("signature: `{}` is not of this report by this key", file.display())),
                Err(error) => found.line(false, format!("signature: `{}`: {error}", file.display())),
            },
        }
    }
}

/// Whether the report is of this program and version; its head, if it can be read as one.
fn versions(opened: &OpenedReport, found: &mut Findings) -> Option<Head> {
    let schema = opened.head.get("schema").and_then(|s| s.as_str()).unwrap_or_default();
    if schema != SCHEMA {
        found.line(false, format!("schema: the report has `{schema}` and this program writes `{SCHEMA}`"));
        return None;
    }
    found.line(true, format!("schema: {SCHEMA}"));
    let head: Head = match serde_json::from_value(opened.head.clone().into()) {
        Ok(head) => head,
        Err(error) => {
            found.line(false, format!("schema: the report does not follow it: {error}"));
            return None;
        }
    };
    let (told, own) = (format!("{} {}", head.tool.name, head.tool.version), concat!("interdict ", env!("CARGO_PKG_VERSION")));
    if told == own {
        found.line(true, format!("program: {own}"));
    } else {
        found.line(false, format!("program: the report was made by {told} and this is {own}"));
    }
    Some(head)
}

/// Runs again what a report says was run. `None` if something that it rests on is not there.
fn again(head: &Head, rulebook: &Rulebook, found: &mut Findings) -> Option<Report> {
    let options = &head.options;
    let mut complete = true;
    let files = [("ledger", &options.ledger), ("baseline", &options.baseline)];
    let files = files.into_iter().filter_map(|(what, note)| note.as_ref().map(|note| (what, note.clone())));
    let lists = head.designations.iter().map(|d| ("designations", FileNote { path: d.path.clone(), digest: d.digest.clone() }));
    for (what, note) in files.chain(lists) {
        let now = std::fs::read(&note.path).map(|bytes| format!("sha256:{}", hex(&Sha256::digest(bytes))));
        complete &= digest_line(&format!("{what} `{}`", note.path), &note.digest, now, found);
    }
    // Standard input is read again from standard input, under the name that it has in a report.
    let path = |name: &str| if name == "<stdin>" { PathBuf::from("-") } else { PathBuf::from(name) };
    let mut inputs = Vec::new();
    for input in &head.inputs {
        match path(&input.path) {
            file if file.as_os_str() != "-" && !file.is_file() => {
                found.line(false, format!("input `{}`: it is not there", input.path));
                complete = false;
            }
            file => inputs.push(file),
        }
    }
    if !complete {
        return None;
    }
    let Ok(regime) = sources::regime(rulebook, options.regime.as_deref()) else {
        found.line(false, "options: the regime is not in the rulebook");
        return None;
    };
    let baseline = Baseline { baseline: options.baseline.as_ref().map(|note| PathBuf::from(&note.path)), run_on: options.run_on };
    let mut intake = Intake::default();
    let decisions = baseline.read(&mut intake);
    let ledger = options.ledger.as_ref().map(|note| PathBuf::from(&note.path));
    let plan = CheckOptions {
        rulebook,
        paths: &inputs,
        ledger: ledger.as_deref(),
        options: Options { known_on: head.known_on, regime, keep_all: options.near_misses },
        report_options: ReportOptions { near_misses: options.near_misses, decisions: decisions.as_ref() },
        jobs: 1,
    };
    let checked = match run::check(&plan, intake, &mut std::io::stdin(), &mut Progress::new(true, None)) {
        Ok(checked) => checked,
        Err(error) => {
            found.line(false, format!("it cannot be run again: {error}"));
            return None;
        }
    };
    for input in &head.inputs {
        let read = checked.intake.inputs.iter().find(|i| i.path == input.path);
        let now = read.map(|i| format!("sha256:{}", i.digest)).ok_or_else(|| std::io::ErrorKind::NotFound.into());
        complete &= digest_line(&format!("input `{}`", input.path), &input.digest, now, found);
    }
    complete.then_some(checked.report)
}

/// Tells whether a digest is still what the report says; false only if there is none to compare.
fn digest_line(what: &str, told: &str, now: std::io::Result<String>, found: &mut Findings) -> bool {
    match &now {
        Err(error) => found.line(false, format!("{what}: it cannot be read: {error}")),
        Ok(now) if now == told => found.line(true, format!("{what}: {now}")),
        Ok(now) => found.line(false, format!("{what}: the report says {told} and it is now {now}")),
    }
    now.is_ok()
}
