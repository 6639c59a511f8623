//! Which reports a run makes, and where they go.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::Report;

use super::format::{Format, ReportFile};
use super::output::{self, Unfinished};

/// Options of the command that reports.
#[derive(Debug, Args)]
pub(super) struct Reports {
    /// How the report is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// File for the report; standard output if not given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One more report, in this format to this file; may be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = ReportFile::parser())]
    more: Vec<ReportFile>,
    /// No report on standard output; messages and the exit code only
    #[arg(long, short)]
    quiet: bool,
}

impl Reports {
    /// Every report that is a file.
    pub(super) fn files(&self) -> impl Iterator<Item = (Format, &Path)> {
        let own = self.output.as_deref().map(|file| (self.format, file));
        own.into_iter().chain(self.more.iter().map(|report| (report.format, report.file.as_path())))
    }

    /// The files with a seal, which can be signed and verified.
    pub(super) fn sealed(&self) -> impl Iterator<Item = &Path> {
        self.files().filter(|(format, _)| *format == Format::Json).map(|(_, file)| file)
    }

    pub(super) fn has_files(&self) -> bool {
        self.files().next().is_some()
    }

    /// Findings can go out as they come.
    pub(super) fn streams(&self) -> bool {
        self.format == Format::Ndjson && self.output.is_none() && !self.quiet
    }

    /// All reports: files first, since whoever reads standard output may stop reading.
    pub(super) fn write(&self, report: &Report) -> anyhow::Result<()> {
        self.write_files(report)?;
        if self.output.is_none() && !self.quiet {
            output::write(None, |out| self.format.tell(report, out))?;
        }
        Ok(())
    }

    /// The reports that are files. They get their names only when all of them are written.
    pub(super) fn write_files(&self, report: &Report) -> anyhow::Result<()> {
        let written: Vec<Unfinished> = self
            .files()
            .map(|(format, file)| Unfinished::write(file, |out| format.tell(report, out)))
            .collect::<Result<_, _>>()?;
        written.into_iter().try_for_each(Unfinished::finish)
    }
}
