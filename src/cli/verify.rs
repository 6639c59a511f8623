//! `interdict verify`

use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use crate::audit::{self, OpenedReport, Root, Sealed};
use crate::document::{Code, Diagnostics};
use crate::intake::find_inputs;
use crate::report::{self, Head, Report, SCHEMA};
use crate::rulebook::Rulebook;

use super::Exit;
use super::exit::EarlyExit;
use super::inputs::rulebook_to_check;
use super::output::{self, show_error};
use super::signing::{check_signature, read_key, signature_path};
use super::verify_run::run_again;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// JSON report to verify
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// Files and folders of which the report must have every input, whatever it says itself
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The law: the rulebook in this folder instead of the built-in one. That the report names one changes nothing
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Open only files below this folder of those that the report names
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Also verify the signature in REPORT.sig, and that of the ledger, with this public Ed25519 key (PEM)
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
}

/// The results of all checks, a line for each.
#[derive(Debug, Default)]
pub(super) struct Checks {
    text: String,
    failed: bool,
}

impl Checks {
    pub(super) fn line(&mut self, holds: bool, what: impl Display) {
        self.add(if holds { "holds" } else { "fails" }, what);
        self.failed |= !holds;
    }

    /// Adds what could not be checked, or what the reader has to judge.
    pub(super) fn note(&mut self, what: impl Display) {
        self.add("note ", what);
    }

    fn add(&mut self, mark: &str, what: impl Display) {
        // Texts of a report can contain anything; they must not control the terminal or begin a line.
        let what: String = what.to_string().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        self.text.push_str(&format!("{mark}  {what}\n"));
    }

    /// Compares a digest with the one in the report. `now` is that of what is there now, with the name of that.
    pub(super) fn digest(&mut self, what: &str, stated: &str, now: &str) {
        if stated == now {
            self.line(true, format!("{what}: {now}"));
        } else {
            self.line(false, format!("{what}: the report says {stated} and it is now {now}"));
        }
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
        let root = Root::new(&self.root).with_context(|| format!("the folder `{}` cannot be used", self.root.display()))?;
        let opened = audit::open(&self.report).map_err(unreadable)?;
        let seal = audit::compute_seal(&self.report, &opened.head).map_err(unreadable)?;
        let mut checks = Checks::default();
        match &opened.seal {
            None => checks.line(false, "seal: the report has none, or not in the form that this program writes"),
            Some(stated) if *stated == seal => checks.line(true, format!("seal: sha256:{}", seal.value)),
            Some(stated) => {
                let what = format!(
                    "seal: the report says {}:{} and its content has sha256:{}",
                    stated.algorithm, stated.value, seal.value
                );
                checks.line(false, what);
            }
        }
        let key = self.public_key.as_deref().map(|file| read_key(file, audit::public_key)).transpose()?;
        match &key {
            Some(key) => match check_signature(&self.report, Sealed::Report, &seal, key) {
                Ok(()) => checks.line(true, format!("signature: `{}`", signature_path(&self.report).display())),
                Err(reason) => checks.line(false, format!("signature: {reason}")),
            },
            None => checks.note("signature: not asked for; whoever has a report can seal it anew (`--public-key` asks for one)"),
        }
        if let Some(head) = check_versions(&opened, &mut checks) {
            let rulebook = match rulebook_to_check(self.rules.as_deref()) {
                Ok(rulebook) => rulebook,
                Err(exit) => {
                    output::print_quoting(&checks.text)?;
                    return Ok(exit);
                }
            };
            self.check_law(&head, &rulebook, &mut checks);
            note_options(&head, &mut checks);
            match run_again(&head, &rulebook, &root, key.as_ref(), &mut checks) {
                Some(run) => {
                    self.check_paths(&run, &mut checks);
                    let names = (head.options.rules.as_deref(), self.rules.as_ref().map(|folder| folder.display().to_string()));
                    let names = (names.0.unwrap_or("rules"), names.1.as_deref().unwrap_or("rules"));
                    match audit::compare(&self.report, &opened.head, &run, names).map_err(unreadable)? {
                        None => checks.line(true, "findings: run again, they are the same"),
                        Some(difference) => checks.line(false, format!("findings: {difference}")),
                    }
                }
                None => checks.line(false, "findings: not run again, since not everything that it needs is there"),
            }
        }
        output::print_quoting(&checks.text)?;
        Ok(if checks.failed { Exit::Found } else { Exit::Clear })
    }

    /// Checks that the report was made by the law of whoever verifies it, and counts its rules as that does.
    fn check_law(&self, head: &Head, rulebook: &Rulebook, checks: &mut Checks) {
        let law = match &self.rules {
            None => "the built-in one".to_owned(),
            Some(folder) => format!("that in `{}`", folder.display()),
        };
        let (stated, now) = (&head.rulebook, format!("sha256:{}", rulebook.digest));
        if stated.digest != now {
            let made_by = match &head.options.rules {
                None => "the built-in one of its day".to_owned(),
                Some(folder) => format!("the one in `{folder}`; `--rules` takes another than the built-in one, if you trust it"),
            };
            let what = format!("rulebook: the report says {} and {law} has {now}; it was made by {made_by}", stated.digest);
            checks.line(false, what);
            return;
        }
        let regimes = rulebook.regimes.iter().map(|regime| regime.id.as_str());
        if stated.rules != rulebook.rules.len() || !regimes.eq(stated.regimes.iter().map(String::as_str)) {
            let what = format!(
                "rulebook: the report counts {} rules and {law} has {}, or the regimes differ",
                stated.rules,
                rulebook.rules.len()
            );
            checks.line(false, what);
            return;
        }
        checks.line(true, format!("rulebook: {law}, {now}"));
    }

    /// Checks that the run has read every file that whoever verifies it names.
    fn check_paths(&self, run: &Report, checks: &mut Checks) {
        if self.paths.is_empty() {
            return;
        }
        let read = |file: &Path| run.head.inputs.iter().any(|input| same_file(Path::new(&input.path), file));
        let files = find_inputs(&self.paths, &mut Diagnostics::default());
        let left_out: Vec<&PathBuf> = files.iter().filter(|file| !read(file)).collect();
        for file in &left_out {
            checks.line(false, format!("input `{}`: you name it and the report does not", file.display()));
        }
        if left_out.is_empty() {
            checks.line(true, format!("inputs: the report has all {} that you name", files.len()));
        }
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Checks that the report was made by this version of the program, and that everything in its head was read. Returns its head,
/// if it can be read.
fn check_versions(opened: &OpenedReport, checks: &mut Checks) -> Option<Head> {
    let schema = opened.head.get("schema").and_then(|s| s.as_str()).unwrap_or_default();
    if schema != SCHEMA {
        checks.line(false, format!("schema: the report has `{schema}` and this program writes `{SCHEMA}`"));
        return None;
    }
    let unread = |head: &Head| serde_json::to_value(head).map(|read| audit::first_unread(&opened.head.clone().into(), &read));
    let head: Head = match serde_json::from_value(opened.head.clone().into()).and_then(|head| Ok((unread(&head)?, head))) {
        // What is computed from the inputs is compared with the run that computes it again.
        Ok((Some(key), head)) if is_stated(&key) => {
            checks.line(false, format!("schema: `{key}` of the report is nothing that this program writes"));
            head
        }
        Ok((_, head)) => {
            checks.line(true, format!("schema: {SCHEMA}"));
            head
        }
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

/// True for keys of the head that state how the run was made.
fn is_stated(key: &str) -> bool {
    ["tool", "rulebook", "inputs", "options"].iter().any(|stated| key.starts_with(stated))
}

/// Says which choices the report was made with: that they were the right ones, no run can show.
fn note_options(head: &Head, checks: &mut Checks) {
    let options = &head.options;
    let none = || "none".to_owned();
    let paths: Vec<String> = options.paths.iter().map(|path| format!("`{path}`")).collect();
    let known_on = head.known_on.map_or_else(none, |day| day.to_string());
    let file = |note: &Option<report::FileNote>| note.as_ref().map_or_else(none, |note| format!("`{}`", note.path));
    checks.note(format!(
        "the report chose: paths {}; ledger {}; baseline {}; regime {}; known on {known_on}; fails on {}",
        if paths.is_empty() { none() } else { paths.join(" ") },
        file(&options.ledger),
        file(&options.baseline),
        options.regime.clone().unwrap_or_else(|| "all".to_owned()),
        options.fail_on.words()
    ));
}
