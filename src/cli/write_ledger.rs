//! The ledger that a run writes for the next run.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;

use crate::document::Code;
use crate::facts::Period;
use crate::intake::LedgerFile;
use crate::report::Seal;
use crate::rulebook::Rulebook;
use crate::run::CheckOutput;

use super::Exit;
use super::output::{self, show_error};

/// Arguments of the command that writes a ledger.
#[derive(Debug, Default, Args)]
pub(super) struct WriteLedgerArgs {
    /// Write the transactions that counted towards quotas to this file, sealed; give it to `--ledger` of the next run to count on
    #[arg(long, value_name = "FILE")]
    write_ledger: Option<PathBuf>,
    /// Period of which the inputs are all that there was (`2019-05`, `2019-05-01/2019-06-30`): between it and the ledger no month
    /// is left out, and the ledger that is written ends with it [default: the months of what counts]
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<Period>,
}

impl WriteLedgerArgs {
    pub(super) fn file(&self) -> Option<&Path> {
        self.write_ledger.as_deref()
    }

    /// Refuses to overwrite the ledger that the run reads: `verify` needs it unchanged.
    pub(super) fn check_file(&self, ledger: Option<&Path>) -> Result<(), Exit> {
        let (Some(write), Some(read)) = (self.write_ledger.as_deref(), ledger) else { return Ok(()) };
        let canonical = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if canonical(write) != canonical(read) {
            return Ok(());
        }
        let help = "the run could not be verified once the ledger that it rests on is gone; write to another file";
        show_error(Code::OutputConflict, format!("`{}` is the ledger that is read", write.display()), Some(help));
        Err(Exit::WrongCommandLine)
    }

    /// Writes the ledger, unless an input has a mistake: the totals would lack what could not be read.
    ///
    /// Returns its seal, which is that of what was written.
    pub(super) fn write(
        &self,
        checked: &CheckOutput,
        rulebook: &Rulebook,
        known_on: Option<NaiveDate>,
    ) -> anyhow::Result<Option<Seal>> {
        let Some(path) = self.write_ledger.as_deref() else { return Ok(None) };
        if checked.intake.problems.has_errors() {
            let help = "its totals would lack what could not be read; mend the mistakes and run again";
            show_error(Code::LedgerNotWritten, format!("the ledger `{}` was not written", path.display()), Some(help));
            return Ok(None);
        }
        let (inputs, before) = (&checked.intake.inputs, checked.opening.as_ref());
        let file = LedgerFile::new(&checked.ledger, before, inputs, rulebook, known_on, self.period);
        let (text, seal) = file.sealed_text().context("the ledger cannot be sealed")?;
        output::write(Some(path), |out| out.write_all(text.as_bytes()))?;
        Ok(Some(Seal::new(seal)))
    }
}
