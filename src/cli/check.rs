//! `interdict check`

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::audit::{self, Sealed};
use crate::decisions::Decisions;
use crate::document::{Code, Diagnostics, read_text_file};
use crate::engine::{AssessOptions, Verdict};
use crate::intake::{self, Intake};
use crate::report::{FailCondition, FailOn, OptionsNote, ReportOptions, Seal, ndjson_end};
use crate::run::{self, CheckOptions, CheckOutput};

use super::baseline::{BaselineArgs, file_note};
use super::designations::Designations;
use super::exit::EarlyExit;
use super::inputs::{InputArgs, regimes, rulebook_to_check};
use super::output_paths::OutputPaths;
use super::progress::Progress;
use super::reports::{ReportArgs, SealedFiles};
use super::signing::{self, SigningArgs, read_key};
use super::write_ledger::WriteLedgerArgs;
use super::{Exit, output};

/// The most threads that a run starts.
const MOST_JOBS: usize = 256;

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    baseline: BaselineArgs,
    #[command(flatten)]
    designations: Designations,
    #[command(flatten)]
    signing: SigningArgs,
    #[command(flatten)]
    write_ledger: WriteLedgerArgs,
    /// Take the ledger only with a signature in LEDGER.sig by this public Ed25519 key (PEM)
    #[arg(long, value_name = "FILE", requires = "ledger")]
    ledger_key: Option<PathBuf>,
    #[command(flatten)]
    reports: ReportArgs,
    /// Exit with code 1 if any of these holds (separated by commas): a finding has this verdict or a worse one;
    /// `not-assessed`: something was not checked; `triage`: a finding is insufficient-information or worse, or a transaction
    /// without one should be looked at. By default neither open questions nor what was not checked fail a run
    #[arg(long, value_name = "VERDICT,...", value_delimiter = ',', default_value = "potential-violation", value_parser = fail_word())]
    fail_on: Vec<String>,
    /// Apply only the rules of these regimes (separated by commas)
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    regime: Vec<String>,
    /// Also list rules that exactly one condition keeps from matching
    #[arg(long)]
    near_misses: bool,
    /// Number of threads that check NDJSON and CSV files [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// Parses a word of `--fail-on`.
fn fail_word() -> impl TypedValueParser<Value = String> {
    let verdicts = Verdict::ALL.map(|verdict| FailCondition::Verdict(verdict).word());
    let others = [FailCondition::Triage.word(), FailCondition::NotAssessed.word(), FailOn::NEVER];
    PossibleValuesParser::new(verdicts.into_iter().chain(others).map(PossibleValue::new))
}

impl Check {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let signs_nothing = self.reports.sealed().next().is_none() && self.write_ledger.file().is_none();
        if self.signing.sign_key.is_some() && signs_nothing {
            return Ok(signing::nothing_to_sign());
        }
        let fail_on = self.fail_on()?;
        self.write_ledger.check_file(self.inputs.ledger.as_deref())?;
        self.check_output_paths()?;
        let key = self.signing.key()?;
        self.check_ledger_signature()?;
        // Used until the program ends: to free its many parts one by one takes longer than to read some of them.
        let rulebook = ManuallyDrop::new(rulebook_to_check(self.inputs.rules.as_deref())?);
        let regimes = regimes(&rulebook, &self.regime)?;
        let mut intake = Intake { csv_dates: self.inputs.csv_dates, ..Intake::default() };
        let decisions = self.baseline.read(&mut intake);
        let designations = self.designations.of_run(self.inputs.known_on, &rulebook)?;
        let options = CheckOptions {
            rulebook: &rulebook,
            designations: designations.as_ref(),
            paths: &self.inputs.paths,
            ledger: self.inputs.ledger.as_deref(),
            period: self.write_ledger.period,
            options: AssessOptions { known_on: self.inputs.known_on, regimes, keep_all: self.near_misses },
            report_options: ReportOptions {
                near_misses: self.near_misses,
                decisions: decisions.as_ref(),
                has_lists: designations.is_some(),
            },
            jobs: self.number_of_jobs(),
        };
        let (checked, sealed) = if self.reports.streams() {
            self.check_and_print(&options, fail_on.clone(), intake)?
        } else {
            let mut checked = run::check(&options, intake, &mut std::io::stdin(), &mut Progress::new(true, None))?;
            checked.report.head.options = self.options_note(fail_on.clone(), &checked.intake);
            checked.report.detail = self.reports.detail();
            output::show_problems(&checked.intake.problems, &checked.intake.sources);
            let sealed = self.reports.write(&checked.report)?;
            (checked, sealed)
        };
        let ledger_seal = self.write_ledger.write(&checked, &rulebook, self.inputs.known_on)?;
        if let Some(key) = &key {
            sealed.iter().try_for_each(|(report, seal)| signing::sign(report, Sealed::Report, seal, key))?;
            if let (Some(file), Some(seal)) = (self.write_ledger.file(), &ledger_seal) {
                signing::sign(file, Sealed::Ledger, seal, key)?;
            }
        }
        // A finding with a decision in force is reported, and does not fail the run.
        let worst = decisions.as_ref().map_or(checked.verdict, Decisions::worst_undecided);
        let found = fail_on.is_met(&checked.report.head, worst);
        Ok(match (checked.intake.problems.has_errors(), found) {
            (true, _) => Exit::WrongInput,
            (false, true) => Exit::Found,
            (false, false) => Exit::Clear,
        })
    }

    /// The conditions of `--fail-on`; `never` beside another one is a mistake.
    fn fail_on(&self) -> Result<FailOn, Exit> {
        FailOn::from_words(&self.fail_on.join(",")).ok_or_else(|| {
            let message = format!("`--fail-on {}`: `never` stands alone", self.fail_on.join(","));
            output::show_error(Code::UnknownArgument, message, Some("leave out `never`, or the others"));
            Exit::WrongCommandLine
        })
    }

    /// The number of threads: as asked for, up to [`MOST_JOBS`], else one for each processor.
    fn number_of_jobs(&self) -> usize {
        let Some(asked) = self.jobs else { return std::thread::available_parallelism().map_or(1, NonZero::get) };
        if asked.get() > MOST_JOBS {
            let message = format!("`--jobs {asked}` is more than the {MOST_JOBS} threads that are started at most");
            output::show_error(
                Code::JobsCapped,
                message,
                Some("the run goes on with these; the report is the same for any number"),
            );
        }
        asked.get().min(MOST_JOBS)
    }

    /// Refuses a ledger without the signature that was asked for.
    fn check_ledger_signature(&self) -> Result<(), Exit> {
        let Some(key) = self.ledger_key.as_deref() else { return Ok(()) };
        let key = read_key(key, audit::public_key)?;
        let Some(ledger) = self.inputs.ledger.as_deref() else { return Ok(()) };
        let text = read_text_file(ledger).unwrap_or_default();
        let seal = intake::stated_seal(&text).map(Seal::new).ok_or_else(|| "it has no seal".to_owned());
        seal.and_then(|seal| signing::check_signature(ledger, Sealed::Ledger, &seal, &key)).map_err(|reason| {
            let message = format!("the ledger `{}` is not as it was signed: {reason}", ledger.display());
            output::show_error(Code::SignatureMissing, message, Some("take the ledger and the signature as they were written"));
            Exit::WrongInput
        })
    }

    /// Refuses to write a file twice, or over one that the run reads.
    fn check_output_paths(&self) -> Result<(), Exit> {
        let mut files = OutputPaths::default();
        // Problems with the inputs are reported when they are read.
        files.add_read(intake::find_inputs(&self.inputs.paths, &mut Diagnostics::default()).iter().map(PathBuf::as_path));
        files.add_read(self.inputs.ledger.as_deref().into_iter().chain(self.baseline.baseline.as_deref()));
        files.add_read(self.signing.sign_key.as_deref());
        files.set_rules(self.inputs.rules.as_deref());
        self.write_ledger.file().into_iter().try_for_each(|file| files.add_written(file, "ledger"))?;
        self.reports.files().try_for_each(|(_, file)| files.add_written(file, "report"))?;
        let signed = self.reports.sealed().chain(self.write_ledger.file()).filter(|_| self.signing.sign_key.is_some());
        signed.map(signing::signature_path).try_for_each(|file| files.add_written(&file, "report, and so its signature,"))
    }

    /// Checks, and prints findings while the run goes on. They are kept only for reports that are files.
    fn check_and_print(
        &self,
        options: &CheckOptions<'_>,
        fail_on: FailOn,
        intake: Intake,
    ) -> anyhow::Result<(CheckOutput, SealedFiles)> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        let retains = self.reports.has_files();
        let checked = run::check(options, intake, &mut std::io::stdin(), &mut Progress::new(retains, Some(&mut out)));
        let mut checked = checked?;
        checked.report.head.options = self.options_note(fail_on, &checked.intake);
        checked.report.detail = self.reports.detail();
        ndjson_end(&checked.report.head, &mut out).and_then(|()| out.flush()).context(output::NO_OUTPUT)?;
        output::show_problems(&checked.intake.problems, &checked.intake.sources);
        let sealed = self.reports.write_files(&checked.report)?;
        Ok((checked, sealed))
    }

    /// The options of the run as the report has them, so that `verify` can run it again.
    fn options_note(&self, fail_on: FailOn, intake: &Intake) -> OptionsNote {
        OptionsNote {
            // Sorted, each once: the order of paths on the command line changes nothing in a report.
            paths: self.inputs.paths.iter().map(|path| path.display().to_string()).collect::<BTreeSet<_>>().into_iter().collect(),
            rules: self.inputs.rules.as_ref().map(|folder| folder.display().to_string()),
            regime: (!self.regime.is_empty()).then(|| self.regime.join(",")),
            fail_on,
            near_misses: self.near_misses,
            ledger: file_note(self.inputs.ledger.as_deref(), &intake.sources),
            baseline: file_note(self.baseline.baseline.as_deref(), &intake.sources),
            run_on: self.baseline.run_on,
            period: self.write_ledger.period,
            csv_dates: intake.csv_dates.map(|order| order.as_str().to_owned()),
        }
    }
}
