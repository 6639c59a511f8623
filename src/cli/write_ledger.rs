//! The ledger that a run writes for the next.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;

use crate::document::Code;
use crate::rulebook::Rulebook;
use crate::run::CheckOutput;

use super::Exit;
use super::output;
use super::signing::complain;

/// Options of the command that counts.
#[derive(Debug, Default, Args)]
pub(super) struct WriteLedger {
    /// File for what counted towards quotas, sealed; given to `--ledger`, the next run counts on from there
    #[arg(long, value_name = "FILE")]
    write_ledger: Option<PathBuf>,
}

impl WriteLedger {
    pub(super) fn file(&self) -> Option<&Path> {
        self.write_ledger.as_deref()
    }

    /// The file must be another one than the ledger that the run rests on: `verify` has to find that as it was.
    pub(super) fn allowed(&self, ledger: Option<&Path>) -> Result<(), Exit> {
        let (Some(write), Some(read)) = (self.write_ledger.as_deref(), ledger) else { return Ok(()) };
        let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if whole(write) != whole(read) {
            return Ok(());
        }
        let help = "the run could not be verified once the ledger that it rests on is gone; write to another file";
        complain(Code::OutputConflict, format!("`{}` is the ledger that is read", write.display()), Some(help));
        Err(Exit::WrongCommandLine)
    }

    /// Writes the ledger; not that of a run with mistakes, whose totals lack what could not be read.
    pub(super) fn write(&self, checked: &CheckOutput, rulebook: &Rulebook, known_on: Option<NaiveDate>) -> anyhow::Result<()> {
        let Some(path) = self.write_ledger.as_deref() else { return Ok(()) };
        if checked.intake.problems.has_errors() {
            let help = "its totals would lack what could not be read; mend the mistakes and run again";
            complain(Code::LedgerNotWritten, format!("the ledger `{}` was not written", path.display()), Some(help));
            return Ok(());
        }
        let file = checked.ledger.to_hand_on(rulebook, checked.opening.as_ref(), &checked.intake.inputs, known_on);
        let text = file.text().context("the ledger cannot be sealed")?;
        output::write(Some(path), |out| out.write_all(text.as_bytes()))
    }
}
