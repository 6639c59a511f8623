//! Which reports a run makes, and to which files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::report::{Detail, Report, SarifScope, Seal};

use super::format::{Format, ReportFile};
use super::output::{self, PendingFile};

/// The files of reports that have a seal, each with the seal that was computed while it was written.
pub(super) type SealedFiles = Vec<(PathBuf, Seal)>;

/// Arguments of the command that makes reports.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Also write a report in this format to this file; can be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = ReportFile::parser())]
    more: Vec<ReportFile>,
    /// Begin CSV reports with a byte order mark, by which Excel knows that they are UTF-8
    #[arg(long)]
    csv_bom: bool,
    /// Tell only the page at the top: who, whom, what, when, on whose word, and what would change it (text, HTML, Markdown)
    #[arg(long, conflicts_with = "full")]
    brief: bool,
    /// Tell everything: each finding by itself, all questions, all derived facts (text, HTML, Markdown)
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    sarif: SarifArgs,
    /// Print no report to standard output, only messages to standard error
    #[arg(long, short)]
    quiet: bool,
}

/// Which findings SARIF reports have.
#[derive(Debug, Args)]
struct SarifArgs {
    /// Also give these findings in SARIF reports, which have open failures only; code hosts raise an alert for each
    #[arg(long = "sarif-include", value_enum, value_name = "KIND", value_delimiter = ',')]
    include: Vec<SarifInclude>,
    /// The most results of a SARIF report, the gravest first; GitHub refuses more than 25000
    #[arg(long = "sarif-most", value_name = "N", default_value_t = SarifScope::MOST_RESULTS, hide_default_value = true)]
    most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SarifInclude {
    /// What is compliant
    Pass,
    /// What a person has decided
    Decided,
}

impl SarifArgs {
    fn scope(&self) -> SarifScope {
        SarifScope {
            passed: self.include.contains(&SarifInclude::Pass),
            decided: self.include.contains(&SarifInclude::Decided),
            most_results: self.most,
        }
    }
}

impl ReportArgs {
    /// The reports that are written to files, with their formats.
    pub(super) fn files(&self) -> impl Iterator<Item = (Format, &Path)> {
        let own = self.output.as_deref().map(|file| (self.format, file));
        own.into_iter().chain(self.more.iter().map(|report| (report.format, report.file.as_path())))
    }

    /// The files of JSON reports, which have a seal and can be signed.
    pub(super) fn sealed(&self) -> impl Iterator<Item = &Path> {
        self.files().filter(|(format, _)| *format == Format::Json).map(|(_, file)| file)
    }

    /// How much the reports tell.
    pub(super) fn detail(&self) -> Detail {
        match (self.brief, self.full) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Standard,
        }
    }

    pub(super) fn has_files(&self) -> bool {
        self.files().next().is_some()
    }

    /// True if findings are printed while the run goes on.
    pub(super) fn streams(&self) -> bool {
        self.format == Format::Ndjson && self.output.is_none() && !self.quiet
    }

    fn write_one(&self, format: Format, report: &Report, out: &mut dyn Write) -> io::Result<Option<Seal>> {
        if self.csv_bom && format == Format::Csv {
            out.write_all("\u{feff}".as_bytes())?;
        }
        format.write(report, self.sarif.scope(), out)
    }

    /// Writes all reports: files first, since a reader of standard output may close it early.
    pub(super) fn write(&self, report: &Report) -> anyhow::Result<SealedFiles> {
        let sealed = self.write_files(report)?;
        if self.output.is_none() && !self.quiet {
            output::write(None, |out| self.write_one(self.format, report, out).map(drop))?;
        }
        Ok(sealed)
    }

    /// Writes the reports that are files. They get their names once all of them are written.
    pub(super) fn write_files(&self, report: &Report) -> anyhow::Result<SealedFiles> {
        let mut sealed = SealedFiles::new();
        let mut write_file = |(format, file): (Format, &Path)| {
            PendingFile::write(file, |out| {
                let seal = self.write_one(format, report, out)?;
                sealed.extend(seal.map(|seal| (file.to_owned(), seal)));
                Ok(())
            })
        };
        let pending: Vec<PendingFile> = self.files().map(&mut write_file).collect::<Result<_, _>>()?;
        pending.into_iter().try_for_each(PendingFile::finish)?;
        Ok(sealed)
    }
}
