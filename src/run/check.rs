//! Checks all inputs of a run: documents, streams and a ledger.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::engine::{AssessOptions, CompiledRules, Ledger, Verdict};
use crate::facts::Period;
use crate::intake::{Intake, ReadLedger, StreamFormat, find_inputs};
use crate::report::{Report, ReportOptions};
use crate::rulebook::Rulebook;

use super::state::RunState;
use super::{DesignationLists, RunObserver};

/// The inputs and options of a run.
#[derive(Debug)]
pub struct CheckOptions<'a> {
    /// The law.
    pub rulebook: &'a Rulebook,
    /// The inputs: files, folders, and `-` for NDJSON on standard input.
    pub paths: &'a [PathBuf],
    /// A ledger file with balances and notices that hold for all incidents.
    pub ledger: Option<&'a Path>,
    /// The period of which the inputs are all that there was, if it was declared.
    pub period: Option<Period>,
    /// The lists of designated parties that are searched for parties and ships; `None` if none was given.
    pub designations: Option<&'a DesignationLists>,
    /// Which rules are evaluated, as known on which day.
    pub options: AssessOptions,
    /// What is reported in addition to the findings.
    pub report_options: ReportOptions<'a>,
    /// The number of workers that read streams, at least 1.
    pub jobs: usize,
}

/// The result of a run.
#[derive(Debug)]
pub struct CheckOutput {
    /// The report.
    pub report: Report,
    /// The documents as read, and the mistakes in all inputs.
    pub intake: Intake,
    /// The worst verdict of all findings.
    pub verdict: Option<Verdict>,
    /// The totals of quotas.
    pub ledger: Ledger,
    /// The ledger that the run was given.
    pub opening: Option<ReadLedger>,
}

/// Checks all inputs. `intake` holds the other files read so far (a baseline), and the mistakes in them.
///
/// Mistakes in inputs are not errors: they are [problems](Intake::problems) of the output.
///
/// # Errors
///
/// If the observer cannot write, or a temporary file cannot be used.
pub fn check(
    options: &CheckOptions<'_>,
    mut intake: Intake,
    stdin: &mut (dyn Read + Send),
    observer: &mut dyn RunObserver,
) -> io::Result<CheckOutput> {
    let (mut documents, mut streams) = (Vec::new(), Vec::new());
    for path in find_inputs(options.paths, &mut intake.problems) {
        match StreamFormat::of_path(&path, intake.csv_dates) {
            Some(format) => streams.push((path, format)),
            None => documents.push(path),
        }
    }
    intake.read_documents(&documents, &options.rulebook.vocabulary);
    let mut opening = options.ledger.map(|file| intake.read_ledger(file, options.rulebook, options.options.known_on));
    if let Some(opening) = &mut opening {
        opening.opening.run_period = options.period;
    }
    let compiled = (!streams.is_empty()).then(|| CompiledRules::new(options.rulebook, &options.options));
    let mut state = RunState::new(options, intake, observer);
    if let Some(compiled) = &compiled {
        for (number, (path, format)) in streams.iter().enumerate() {
            state.stream(path, *format, number + 1, compiled, stdin)?;
        }
    }
    state.finish(compiled.as_ref(), opening)
}
