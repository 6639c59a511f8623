//! The baseline of a run, and files that a report names with their digest.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use sha2::{Digest, Sha256};

use crate::decisions::Decisions;
use crate::document::{Code, Diagnostic, Diagnostics, SourceMap, SourceText, hex, read_text_file};
use crate::intake::Intake;
use crate::report::FileNote;

/// Arguments of every command that reads a baseline.
#[derive(Debug, Default, Args)]
pub(super) struct BaselineArgs {
    /// Mark findings that have a decision in this file (YAML); those with one in force do not affect the exit code
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Day of this run (YYYY-MM-DD), on which decisions may have expired; the clock is never read
    #[arg(long = "as", value_name = "DATE")]
    pub(super) run_on: Option<NaiveDate>,
}

impl BaselineArgs {
    /// Reads the decisions. Mistakes are added to the problems of the intake, so that every report has them.
    pub(super) fn read(&self, intake: &mut Intake) -> Option<Decisions> {
        let file = self.baseline.as_deref()?;
        let text = match read_text_file(file) {
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

/// The path of a file that was read as text, with the digest of its content.
pub(super) fn file_note(file: Option<&Path>, sources: &SourceMap) -> Option<FileNote> {
    let path = file?.display().to_string();
    // An input may have the same path. Inputs are read first, so that of several texts the last is meant.
    let source = sources.iter().map(|(_, source)| source).filter(|source| source.name() == path).last()?;
    Some(FileNote { digest: format!("sha256:{}", hex(&Sha256::digest(source.text()))), path })
}
