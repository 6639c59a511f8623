//! The formats of a report, by the names that people give them.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use crate::report::{self, Report};

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
    pub(super) fn tell(self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Text => report::text(report, out),
            Format::Json => report::json(report, out),
            Format::Ndjson => report::ndjson(report, out),
            Format::Sarif => report::sarif(report, out),
            Format::Junit => report::junit(report, out),
            Format::Github => report::github(report, out),
            Format::Html => report::html(report, out),
            Format::Markdown => report::markdown(report, out),
            Format::Csv => report::csv(report, out),
        }
    }
}

/// A report and its file, as `FORMAT=FILE`.
#[derive(Debug, Clone)]
pub(super) struct ReportFile {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

impl ReportFile {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let formats = || {
            let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            names.map(|name| name.get_name().to_owned()).collect::<Vec<_>>().join(", ")
        };
        let Some((format, file)) = text.split_once('=') else {
            return Err(format!("it is no FORMAT=FILE; formats are {}", formats()));
        };
        let format =
            Format::from_str(format, false).map_err(|_| format!("`{format}` is no format; formats are {}", formats()))?;
        if file.is_empty() {
            return Err("no file is named".to_owned());
        }
        Ok(Self { format, file: file.into() })
    }
}
