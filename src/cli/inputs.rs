//! The inputs of a command: incident files, a rulebook, a ledger.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::document::{Code, did_you_mean};
use crate::intake::DateOrder;
use crate::rulebook::{InvalidRulebook, RegimeChoice, RuleFiles, Rulebook};

use super::Exit;
use super::output::{show_error, show_problems};

/// Arguments of every command that reads incidents.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Incident files (YAML, JSON, NDJSON, CSV, TSV, XLSX), folders of such files, or `-` for NDJSON on standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    /// Apply the law as it was known on this day (YYYY-MM-DD): ignore rules, listings, notices and approvals made later
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<NaiveDate>,
    /// Start the totals of quotas from the balances, notices and counted transactions in this file (YAML)
    #[arg(long, value_name = "FILE")]
    pub(super) ledger: Option<PathBuf>,
    /// Read dates like 03/04/2024 in tables with the day first or with the month first
    #[arg(long, value_name = "ORDER", value_parser = date_order())]
    pub(super) csv_dates: Option<DateOrder>,
}

/// Parses the order of dates by its name, such as `dd/mm/yyyy`.
fn date_order() -> impl TypedValueParser<Value = DateOrder> {
    PossibleValuesParser::new(DateOrder::ALL.map(DateOrder::as_str))
        .try_map(|name| DateOrder::ALL.into_iter().find(|order| order.as_str() == name).ok_or("no such order"))
}

/// The rulebook to check incidents with: that of a folder, or the built-in one without its tests, which passed at its release.
pub(super) fn rulebook_to_check(folder: Option<&Path>) -> Result<Rulebook, Exit> {
    match folder {
        None => or_shown(Rulebook::load_without_tests(RuleFiles::built_in())),
        Some(_) => rulebook(folder),
    }
}

/// The rulebook of a folder, or the built-in one, with its tests.
pub(super) fn rulebook(folder: Option<&Path>) -> Result<Rulebook, Exit> {
    or_shown(match folder {
        None => Rulebook::built_in(),
        Some(folder) => RuleFiles::from_folder(folder).and_then(Rulebook::load),
    })
}

/// The rulebook of a folder, or the built-in one, for those who write rules: warnings about a folder are shown.
pub(super) fn rulebook_to_write(folder: Option<&Path>) -> Result<Rulebook, Exit> {
    let rulebook = rulebook(folder)?;
    if folder.is_some() {
        show_problems(&rulebook.warnings, &rulebook.sources);
    }
    Ok(rulebook)
}

/// A rulebook with mistakes is not used; they are shown.
fn or_shown(loaded: Result<Rulebook, InvalidRulebook>) -> Result<Rulebook, Exit> {
    loaded.map_err(|invalid| {
        show_problems(invalid.diagnostics(), invalid.sources());
        Exit::WrongInput
    })
}

/// The regimes with ids given on the command line; an unknown id is shown.
pub(super) fn regimes(rulebook: &Rulebook, ids: &[String]) -> Result<RegimeChoice, Exit> {
    let find = |id: &String| {
        let known = || rulebook.regimes.iter().map(|regime| regime.id.as_str());
        rulebook.find_regime(id).ok_or_else(|| unknown_name(id, "regime", known()))
    };
    ids.iter().map(find).collect()
}

/// Shows that a name given on the command line is unknown, with the known name that is closest to it.
pub(super) fn unknown_name<'a>(name: &str, kind: &str, known: impl IntoIterator<Item = &'a str>) -> Exit {
    show_error(Code::UnknownArgument, format!("`{name}` is no {kind}"), did_you_mean(name, known).as_deref());
    Exit::WrongCommandLine
}
