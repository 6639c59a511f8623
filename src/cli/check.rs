//! `interdict check`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::engine::{Ledger, Options, Verdict, assess};
use crate::intake::Intake;
use crate::report::{self, Telling};

use super::Exit;
use super::sources::Inputs;
use super::{output, sources};

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    inputs: Inputs,
    /// How the report is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// File for the report; standard output if not given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The least verdict that makes the run fail
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = Threshold::PotentialViolation)]
    fail_on: Threshold,
    /// Only the rules of this regime
    #[arg(long, value_name = "ID")]
    regime: Option<String>,
    /// Tell the rules too that one condition alone keeps away
    #[arg(long)]
    near_misses: bool,
    /// No report on standard output; messages and the exit code only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Junit,
    Github,
    Markdown,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Violation,
    PotentialViolation,
    InsufficientInformation,
    Compliant,
    Never,
}

impl Threshold {
    fn verdict(self) -> Option<Verdict> {
        match self {
            Threshold::Violation => Some(Verdict::Violation),
            Threshold::PotentialViolation => Some(Verdict::PotentialViolation),
            Threshold::InsufficientInformation => Some(Verdict::InsufficientInformation),
            Threshold::Compliant => Some(Verdict::Compliant),
            Threshold::Never => None,
        }
    }
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::law(self.inputs.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let regime = match sources::regime(&rulebook, self.regime.as_deref()) {
            Ok(regime) => regime,
            Err(exit) => return Ok(exit),
        };
        let mut intake = Intake::read(&self.inputs.paths, &mut std::io::stdin().lock(), &rulebook.vocabulary);
        let opening = self.inputs.ledger.as_deref().and_then(|file| intake.read_ledger(file, &rulebook.vocabulary));
        output::show_problems(&intake.problems, &intake.sources);
        let ledger = Ledger::count(&rulebook, &intake.incidents, opening.as_ref(), self.inputs.known_on);
        let options = Options { known_on: self.inputs.known_on, regime, keep_all: self.near_misses };
        let assessment = assess(&rulebook, &intake.incidents, &ledger, &options);
        let report = report::build(&assessment, &intake, Telling { near_misses: self.near_misses });
        let format = self.format;
        let tell = move |out: &mut dyn std::io::Write| match format {
            Format::Text => report::text(&report, out),
            Format::Json => report::json(&report, out),
            Format::Sarif => report::sarif(&report, out),
            Format::Junit => report::junit(&report, out),
            Format::Github => report::github(&report, out),
            Format::Markdown => report::markdown(&report, out),
            Format::Csv => report::csv(&report, out),
        };
        if self.output.is_some() || !self.quiet {
            output::write(self.output.as_deref(), tell)?;
        }
        let found = self.fail_on.verdict().is_some_and(|least| assessment.verdict().is_some_and(|worst| worst >= least));
        Ok(match (intake.problems.has_errors(), found) {
            (true, _) => Exit::WrongInput,
            (false, true) => Exit::Found,
            (false, false) => Exit::Clear,
        })
    }
}
