//! `interdict draft`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{Datelike as _, NaiveDate};
use clap::{Args, ValueEnum};

use crate::checker::{Checker, IncidentFile};
use crate::document::Code;
use crate::draft::{self, Article, to_json, to_yaml};
use crate::report;
use crate::rulebook::Rulebook;

use super::exit::EarlyExit;
use super::inputs::rulebook_to_check;
use super::output::{show_error, show_problems};
use super::{Exit, output};

#[derive(Debug, Args)]
pub(super) struct Draft {
    /// Articles in plain English text on one event, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The day of the articles (YYYY-MM-DD), from which words such as `last month` count; by default the day that each names at
    /// its top
    #[arg(long, value_name = "DATE")]
    dated: Option<NaiveDate>,
    /// Write an incident file to be corrected, or JSON with the place of every fact's words
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = DraftFormat::Yaml)]
    format: DraftFormat,
    /// Check the draft at once and print the report instead of it
    #[arg(long, conflicts_with = "format")]
    check: bool,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DraftFormat {
    /// An incident file
    Yaml,
    /// Facts with the spans of their words
    Json,
}

/// The largest article that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

impl Draft {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_check(self.rules.as_deref())?;
        if let Some(dated) = self.dated.filter(|day| !(1900..=2100).contains(&day.year())) {
            show_error(Code::UnknownArgument, format!("`{dated}` is no day of an article"), None);
            return Ok(Exit::WrongCommandLine);
        }
        let mut articles = Vec::new();
        for file in &self.files {
            match read(file) {
                Ok(article) => articles.push(article),
                Err(error) => {
                    show_error(Code::FileUnreadable, format!("`{}` cannot be read: {error:#}", file.display()), None);
                    return Ok(Exit::WrongInput);
                }
            }
        }
        let draft = draft::draft(&articles, self.dated, &rulebook);
        if self.check {
            return check(&draft, &rulebook);
        }
        output::print(&match self.format {
            DraftFormat::Yaml => to_yaml(&draft, &rulebook),
            DraftFormat::Json => {
                serde_json::to_string_pretty(&to_json(&draft, &rulebook)).context("the draft cannot be written")? + "\n"
            }
        })?;
        Ok(Exit::Clear)
    }
}

/// Checks a draft as it is and prints the report.
fn check(draft: &draft::Draft, rulebook: &Rulebook) -> Result<Exit, EarlyExit> {
    let name = format!("{}.yaml", draft.id);
    match IncidentFile::parse(&name, &to_yaml(draft, rulebook), rulebook) {
        Ok(file) => {
            let checked = Checker::new(rulebook).check(&file);
            output::write(None, |out| report::text(checked.report(), out))?;
            Ok(if checked.findings().next().is_some() { Exit::Found } else { Exit::Clear })
        }
        Err(invalid) => {
            show_problems(invalid.diagnostics(), invalid.sources());
            Ok(Exit::WrongInput)
        }
    }
}

/// Reads an article. Bytes that are no UTF-8 stand as replacement characters.
fn read(file: &Path) -> anyhow::Result<Article> {
    let mut bytes = Vec::new();
    let name = if file.as_os_str() == "-" {
        std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        "standard input".to_owned()
    } else {
        std::fs::File::open(file)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        file.file_name().map_or_else(|| file.display().to_string(), |name| name.display().to_string())
    };
    anyhow::ensure!(bytes.len() as u64 <= MOST_BYTES, "it is larger than {} MB", MOST_BYTES >> 20);
    Ok(Article { name, text: String::from_utf8_lossy(&bytes).into_owned() })
}
