//! `interdict check`

use std::io::{BufWriter, Write};
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::decisions::Decisions;
use crate::document::Diagnostics;
use crate::engine::{Options, Verdict};
use crate::intake::{self, Intake};
use crate::report::{OptionsNote, ReportOptions, ndjson_end};
use crate::run::{self, CheckOptions, CheckOutput};

use super::Exit;
use super::baseline::{Baseline, file_note};
use super::output_paths::OutputPaths;
use super::progress::Progress;
use super::reports::Reports;
use super::signing::{self, Signing};
use super::sources::Inputs;
use super::write_ledger::WriteLedger;
use super::{output, sources};

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    baseline: Baseline,
    #[command(flatten)]
    signing: Signing,
    #[command(flatten)]
    handing_on: WriteLedger,
    #[command(flatten)]
    reports: Reports,
    /// The least verdict that makes the run fail
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = Threshold::PotentialViolation)]
    fail_on: Threshold,
    /// Only the rules of this regime
    #[arg(long, value_name = "ID")]
    regime: Option<String>,
    /// Tell the rules too that one condition alone keeps away
    #[arg(long)]
    near_misses: bool,
    /// How many workers read streams (NDJSON, CSV); as many as there are processors if not given
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
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
        if self.signing.sign_key.is_some() && self.reports.sealed().next().is_none() {
            return Ok(signing::needs_a_report());
        }
        if let Err(exit) = self.handing_on.allowed(self.inputs.ledger.as_deref()).and_then(|()| self.keeps_files_apart()) {
            return Ok(exit);
        }
        let key = match self.signing.key() {
            Ok(key) => key,
            Err(exit) => return Ok(exit),
        };
        let rulebook = match sources::law(self.inputs.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let regime = match sources::regime(&rulebook, self.regime.as_deref()) {
            Ok(regime) => regime,
            Err(exit) => return Ok(exit),
        };
        let mut intake = Intake::default();
        let decisions = self.baseline.read(&mut intake);
        let plan = CheckOptions {
            rulebook: &rulebook,
            paths: &self.inputs.paths,
            ledger: self.inputs.ledger.as_deref(),
            options: Options { known_on: self.inputs.known_on, regime, keep_all: self.near_misses },
            report_options: ReportOptions { near_misses: self.near_misses, decisions: decisions.as_ref() },
            jobs: self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get), NonZero::get),
        };
        let checked = if self.reports.streams() {
            self.stream(&plan, intake)?
        } else {
            let mut checked = run::check(&plan, intake, &mut std::io::stdin(), &mut Progress::new(true, None))?;
            checked.report.head.options = self.options(&checked.intake);
            output::show_problems(&checked.intake.problems, &checked.intake.sources);
            self.reports.write(&checked.report)?;
            checked
        };
        self.handing_on.write(&checked, &rulebook, self.inputs.known_on)?;
        if let Some(key) = &key {
            self.reports.sealed().try_for_each(|report| signing::sign(report, key))?;
        }
        // What is decided is told, and does not fail the run.
        let judged_by = decisions.as_ref().map_or(checked.verdict, Decisions::worst_undecided);
        let found = self.fail_on.verdict().is_some_and(|least| judged_by.is_some_and(|worst| worst >= least));
        Ok(match (checked.intake.problems.has_errors(), found) {
            (true, _) => Exit::WrongInput,
            (false, true) => Exit::Found,
            (false, false) => Exit::Clear,
        })
    }

    /// Every file holds one thing, and none of them is what the run reads.
    fn keeps_files_apart(&self) -> Result<(), Exit> {
        let mut files = OutputPaths::default();
        // What is wrong with the inputs is said when they are read.
        files.reads(intake::expand(&self.inputs.paths, &mut Diagnostics::default()).iter().map(PathBuf::as_path));
        files.reads(self.inputs.ledger.as_deref().into_iter().chain(self.baseline.baseline.as_deref()));
        files.reads(self.signing.sign_key.as_deref());
        files.reads_rules(self.inputs.rules.as_deref());
        self.handing_on.file().into_iter().try_for_each(|file| files.writes(file, "ledger"))?;
        self.reports.files().try_for_each(|(_, file)| files.writes(file, "report"))?;
        let signed = self.reports.sealed().filter(|_| self.signing.sign_key.is_some());
        signed.map(signing::beside).try_for_each(|file| files.writes(&file, "report, and so its signature,"))
    }

    /// Findings go out as they come; they are kept only for reports that are files.
    fn stream(&self, plan: &CheckOptions<'_>, intake: Intake) -> anyhow::Result<CheckOutput> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        let retains = self.reports.has_files();
        let checked = run::check(plan, intake, &mut std::io::stdin(), &mut Progress::new(retains, Some(&mut out)));
        let mut checked = checked?;
        checked.report.head.options = self.options(&checked.intake);
        ndjson_end(&checked.report.head, &mut out).and_then(|()| out.flush()).context(output::NO_OUTPUT)?;
        output::show_problems(&checked.intake.problems, &checked.intake.sources);
        self.reports.write_files(&checked.report)?;
        Ok(checked)
    }

    /// What the report says of how it was asked for.
    fn options(&self, intake: &Intake) -> OptionsNote {
        OptionsNote {
            rules: self.inputs.rules.as_ref().map(|folder| folder.display().to_string()),
            regime: self.regime.clone(),
            fail_on: self.fail_on.verdict().into(),
            near_misses: self.near_misses,
            ledger: file_note(self.inputs.ledger.as_deref(), &intake.sources),
            baseline: file_note(self.baseline.baseline.as_deref(), &intake.sources),
            run_on: self.baseline.run_on,
        }
    }
}
