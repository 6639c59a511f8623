//! The formats of a report, by their names on the command line.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{OsStringValueParser, TypedValueParser};

use crate::document::Code;
use crate::report::{self, Report, SarifScope, Seal};

use super::output::show_error;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Ndjson,
    Sarif,
    Junit,
    Github,
    Html,
    Markdown,
    Csv,
}

impl Format {
    /// Writes a report in this format; returns its seal, if the format has one. Of a SARIF report that leaves results out, a message
    /// on standard error says so.
    pub(super) fn write(self, report: &Report, sarif: SarifScope, out: &mut dyn Write) -> io::Result<Option<Seal>> {
        let written = match self {
            Format::Json => return report::sealed_json(report, out).map(Some),
            Format::Text => report::text(report, out),
            Format::Ndjson => report::ndjson(report, out),
            Format::Sarif => report::sarif(report, sarif, out).map(show_left_out),
            Format::Junit => report::junit(report, out),
            Format::Github => report::github(report, out),
            Format::Html => report::html(report, out),
            Format::Markdown => report::markdown(report, out),
            Format::Csv => report::csv(report, out),
        };
        written.map(|()| None)
    }
}

fn show_left_out(results: usize) {
    if results > 0 {
        let message =
            format!("the SARIF report leaves {results} results out, the least grave; a code host would refuse it with them");
        show_error(Code::ResultsLeftOut, message, Some("the other formats have every finding"));
    }
}

/// The format of a report and its file, `FORMAT=FILE` on the command line.
#[derive(Debug, Clone)]
pub(super) struct ReportFile {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

impl ReportFile {
    /// Parses a command-line value. The name of a file need not be Unicode.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        OsStringValueParser::new().try_map(Self::parse)
    }

    fn parse(text: OsString) -> Result<Self, String> {
        let formats = || {
            let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            names.map(|name| name.get_name().to_owned()).collect::<Vec<_>>().join(", ")
        };
        let Some((format, file)) = split_at_equals(&text) else {
            return Err(format!("it is no FORMAT=FILE; formats are {}", formats()));
        };
        let format =
            Format::from_str(&format, false).map_err(|_| format!("`{format}` is no format; formats are {}", formats()))?;
        if file.as_os_str().is_empty() {
            return Err("no file is named".to_owned());
        }
        Ok(Self { format, file })
    }
}

/// The text before the first `=`, and the path after it.
#[cfg(unix)]
fn split_at_equals(text: &OsStr) -> Option<(String, PathBuf)> {
    use std::os::unix::ffi::OsStrExt as _;
    let bytes = text.as_bytes();
    let at = memchr::memchr(b'=', bytes)?;
    let format = String::from_utf8_lossy(bytes.get(..at)?).into_owned();
    Some((format, OsStr::from_bytes(bytes.get(at + 1..)?).into()))
}

/// The text before the first `=`, and the path after it.
#[cfg(not(unix))]
fn split_at_equals(text: &OsStr) -> Option<(String, PathBuf)> {
    let (format, file) = text.to_str()?.split_once('=')?;
    Some((format.to_owned(), file.into()))
}
