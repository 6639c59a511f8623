//! The rulebook and the options that several commands share.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::rulebook::{InvalidRulebook, RegimeId, RuleFiles, Rulebook};

use super::Exit;
use super::output::show_problems;

/// The law to check with: the built-in rulebook without its tests, which its release has passed, or that of a folder.
pub(super) fn law(folder: Option<&Path>) -> Result<Rulebook, Exit> {
    match folder {
        None => or_shown(Rulebook::load_without_tests(RuleFiles::built_in())),
        Some(_) => rulebook(folder),
    }
}

/// The built-in rulebook, or that of a folder, whole. Its mistakes are shown; a rulebook with one is not used.
pub(super) fn rulebook(folder: Option<&Path>) -> Result<Rulebook, Exit> {
    or_shown(match folder {
        None => Rulebook::built_in(),
        Some(folder) => RuleFiles::from_folder(folder).and_then(Rulebook::load),
    })
}

/// The rulebook, or the exit code of one whose mistakes have been shown.
fn or_shown(loaded: Result<Rulebook, InvalidRulebook>) -> Result<Rulebook, Exit> {
    loaded.map_err(|invalid| {
        show_problems(invalid.diagnostics(), invalid.sources());
        Exit::WrongInput
    })
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
    let near = did_you_mean(word, known);
    problems.push(Diagnostic::about_file(Code::UnknownArgument, format!("`{word}` is no {what}")).maybe_help(near));
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
