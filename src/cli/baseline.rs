//! The decisions of a run, and what the report says of its options.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use sha2::{Digest, Sha256};

use crate::decisions::Decisions;
use crate::document::{Code, Diagnostic, Diagnostics, SourceMap, SourceText, hex};
use crate::intake::Intake;
use crate::report::FileNote;

/// Options of every command that knows decisions.
#[derive(Debug, Default, Args)]
pub(super) struct Baseline {
    /// Decisions about findings (YAML): what is decided is told and does not fail the run
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// The day of this run, by which decisions expire; no clock is read
    #[arg(long = "as", value_name = "DATE")]
    pub(super) run_on: Option<NaiveDate>,
}

impl Baseline {
    /// Reads the decisions. What is wrong joins the intake's problems, so that every report has it.
    pub(super) fn read(&self, intake: &mut Intake) -> Option<Decisions> {
        let file = self.baseline.as_deref()?;
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("the baseline `{}` cannot be read: {error}", file.display());
                intake.problems.push(Diagnostic::about_file(Code::FileUnreadable, message));
                return None;
            }
        };
        let id = intake.sources.add(SourceText::new(file.display().to_string(), text));
        let mut problems = Diagnostics::default();
        let decisions = intake.sources.get(id).map(|source| Decisions::read(id, source, self.run_on, &mut problems));
        intake.problems.append(problems);
        decisions
    }
}

/// A file that was read as text, with the digest of what was read of it.
pub(super) fn file_note(file: Option<&Path>, sources: &SourceMap) -> Option<FileNote> {
    let path = file?.display().to_string();
    // Of several texts of this name the last: inputs are read before the files that a run rests on.
    let source = sources.iter().map(|(_, source)| source).filter(|source| source.name() == path).last()?;
    Some(FileNote { digest: format!("sha256:{}", hex(&Sha256::digest(source.text()))), path })
}
