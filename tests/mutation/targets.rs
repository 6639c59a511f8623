//! What reads foreign bytes, each as a function from bytes to everything that is said of them. The tests of mutated inputs and
//! the targets of `fuzz/` call the same.

#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use interdict::document::{DiagnosticLevel, Diagnostics, SourceMap, SourceText};
use interdict::engine::AssessOptions;
use interdict::intake::Intake;
use interdict::report::{self, ReportOptions, render_diagnostics};
use interdict::rulebook::{RegimeChoice, RuleFiles, Rulebook};
use interdict::run::{self, CheckOptions, RunObserver};
use interdict::{audit, decisions::Decisions, lists};

/// What was said of an input.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// The report and the messages.
    pub text: String,
    /// The transactions that were assessed.
    pub transactions: usize,
    /// The lines with an error, from 1; 0 for an error without a place.
    pub lines_with_errors: Vec<usize>,
}

impl Said {
    fn of(text: String, problems: &Diagnostics, sources: &SourceMap, transactions: usize) -> Self {
        let errors = problems.iter().filter(|p| p.level() == DiagnosticLevel::Error);
        let line = |span: interdict::document::Span| sources.get(span.source).map_or(0, |s| s.position(span.start).line);
        let mut lines_with_errors: Vec<usize> = errors.map(|p| p.at.map_or(0, line)).collect();
        lines_with_errors.sort_unstable();
        lines_with_errors.dedup();
        Self { text: text + &render_diagnostics(problems, sources, false), transactions, lines_with_errors }
    }
}

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| match Rulebook::load_without_tests(RuleFiles::built_in()) {
    Ok(rulebook) => rulebook,
    Err(_) => panic!("the built-in rulebook is sound"),
});

/// A regime with a target and one of listed persons: to compile all of them for every input would take most of the time.
fn two_regimes() -> RegimeChoice {
    ["dprk", "isil-al-qaida"].into_iter().filter_map(|id| RULEBOOK.find_regime(id)).collect()
}

/// Keeps nothing: the report holds all.
struct Keep;

impl RunObserver for Keep {
    fn transaction(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn progress(&mut self, _: usize, _: u64) {}
    fn wants_transactions(&self) -> bool {
        false
    }
    fn retains(&self) -> bool {
        true
    }
}

/// A folder for the files that are read.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Checks a file of incidents, whose ending decides the format, with a ledger if there is one, and renders the report.
    pub fn check(&self, name: &str, bytes: &[u8], ledger: Option<&[u8]>, jobs: usize) -> Said {
        let path = self.write(name, bytes);
        let ledger = ledger.map(|bytes| self.write("opening.ledger", bytes));
        let options = CheckOptions {
            designations: None,
            rulebook: &RULEBOOK,
            paths: &[path],
            ledger: ledger.as_deref(),
            period: None,
            options: AssessOptions { regimes: two_regimes(), ..AssessOptions::default() },
            report_options: ReportOptions::default(),
            jobs,
        };
        let checked = run::check(&options, Intake::default(), &mut io::empty(), &mut Keep).unwrap();
        let mut text = Vec::new();
        report::json(&checked.report, &mut text).unwrap();
        report::text(&checked.report, &mut text).unwrap();
        let transactions = checked.intake.inputs.iter().map(|input| input.transactions).sum();
        Said::of(String::from_utf8(text).unwrap(), &checked.intake.problems, &checked.intake.sources, transactions)
    }

    /// Reads a ledger beside an incident.
    pub fn ledger(&self, bytes: &[u8]) -> Said {
        let incident = br#"{"id":"x","activity":"sale","date":"2019-06-12","from":"CN","to":"KP","items":[{"description":"diesel","quantity":"40000 bbl"}]}"#;
        self.check("one.ndjson", incident, Some(bytes), 1)
    }

    /// Loads a rulebook of the small base and a file.
    pub fn rules(&self, base: &[(String, String)], bytes: &[u8]) -> Said {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Said { text: String::new(), transactions: 0, lines_with_errors: vec![0] };
        };
        let mut files: Vec<(String, Cow<'static, str>)> =
            base.iter().map(|(name, text)| (name.clone(), text.clone().into())).collect();
        files.push(("mutated.yaml".to_owned(), text.to_owned().into()));
        match Rulebook::load(RuleFiles { files, ..RuleFiles::default() }) {
            Ok(rulebook) => Said { text: rulebook.digest, transactions: 0, lines_with_errors: Vec::new() },
            Err(invalid) => Said::of(String::new(), invalid.diagnostics(), invalid.sources(), 0),
        }
    }

    /// Reads a baseline of decisions.
    pub fn decisions(&self, bytes: &[u8]) -> Said {
        let mut sources = SourceMap::default();
        let mut problems = Diagnostics::default();
        let id = sources.add(SourceText::new("decisions.yaml", String::from_utf8_lossy(bytes).into_owned()));
        let day = "2026-03-01".parse().ok();
        let decisions = sources.get(id).map(|source| Decisions::read(id, source, day, &mut problems));
        let text = format!("{:?}", decisions.map(|d| (d.stale().len(), d.expired().len())));
        Said::of(text, &problems, &sources, 0)
    }

    /// Reads a list of designated persons.
    pub fn list(&self, bytes: &[u8]) -> Said {
        let text = match lists::read_list(&String::from_utf8_lossy(bytes)) {
            Ok(list) => format!("{list:?}"),
            Err(error) => error.to_string(),
        };
        Said { text, transactions: 0, lines_with_errors: Vec::new() }
    }

    /// Opens a report as `verify` does, and computes the seal that it must have.
    pub fn report(&self, bytes: &[u8]) -> Said {
        let path = self.write("report.json", bytes);
        let text = match audit::open(&path) {
            Ok(opened) => format!("{:?} {:?}", opened.seal, audit::compute_seal(&path, &opened.head).map_err(|e| e.to_string())),
            Err(error) => error.to_string(),
        };
        Said { text, transactions: 0, lines_with_errors: Vec::new() }
    }
}

/// The files of the small rulebook below a folder of the project.
pub fn small_rulebook(root: &Path) -> Vec<(String, String)> {
    let folder = root.join("tests/language/base");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "yaml"));
    files.sort();
    let named = |file: &PathBuf| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(file).unwrap());
    files.iter().map(named).collect()
}
