//! The rulebook and the options that several commands share.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::document::{Diagnostic, Diagnostics, SourceMap};
use crate::rulebook::{RegimeId, Rulebook, built_in, in_folder, load, load_without_tests};

use super::Exit;
use super::output::show_problems;

/// The law to check with: the built-in rulebook without its tests, which its release has passed, or that of a folder.
pub(super) fn law(folder: Option<&Path>) -> Result<Box<Rulebook>, Exit> {
    match folder {
        None => checked(load_without_tests(built_in())),
        Some(_) => rulebook(folder),
    }
}

/// The built-in rulebook, or that of a folder, whole. Its mistakes are shown; a rulebook with one is not used.
pub(super) fn rulebook(folder: Option<&Path>) -> Result<Box<Rulebook>, Exit> {
    let mut unread = Diagnostics::default();
    let files = match folder {
        None => built_in(),
        Some(folder) => in_folder(folder, &mut unread),
    };
    if unread.has_errors() {
        show_problems(&unread, &Default::default());
        return Err(Exit::WrongInput);
    }
    checked(load(files))
}

fn checked(loaded: (Result<Box<Rulebook>, SourceMap>, Diagnostics)) -> Result<Box<Rulebook>, Exit> {
    match loaded {
        (Ok(rulebook), problems) => {
            show_problems(&problems, &rulebook.sources);
            Ok(rulebook)
        }
        (Err(sources), problems) => {
            show_problems(&problems, &sources);
            Err(Exit::WrongInput)
        }
    }
}

/// Finds a regime by its id.
pub(super) fn regime(rulebook: &Rulebook, id: Option<&str>) -> Result<Option<RegimeId>, Exit> {
    let Some(id) = id else { return Ok(None) };
    let found = rulebook.rules().map(|(_, r)| r.regime).find(|r| rulebook.regime(*r).is_some_and(|r| r.id == id));
    if found.is_none() {
        unknown(id, "regime", rulebook.regimes.iter().map(|r| r.id.as_str()));
        return Err(Exit::WrongCommandLine);
    }
    Ok(found)
}

/// Says that a name given on the command line is not known.
pub(super) fn unknown<'a>(word: &str, what: &str, known: impl IntoIterator<Item = &'a str>) {
    let mut problems = Diagnostics::default();
    let near = crate::document::closest(word, known).map(|n| format!("did you mean `{n}`?"));
    problems.push(Diagnostic::about_file(format!("`{word}` is no {what}")).maybe_help(near));
    show_problems(&problems, &Default::default());
}

/// Options of every command that reads incidents.
#[derive(Debug, clap::Args)]
pub(super) struct Inputs {
    /// Incident files, folders, or `-` for NDJSON on standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Rulebook folder in place of the built-in one
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    /// The law as known on this day: hides rules, listings, notices and approvals made later
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<NaiveDate>,
    /// Balances and notices of quotas that hold for all incidents (YAML)
    #[arg(long, value_name = "FILE")]
    pub(super) ledger: Option<PathBuf>,
}
