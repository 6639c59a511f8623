//! `interdict terms`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::document::{Code, did_you_mean};
use crate::report::TermList;

use super::exit::EarlyExit;
use super::inputs::rulebook_to_check;
use super::output::show_error;
use super::{Exit, output};

#[derive(Debug, Args)]
pub(super) struct Terms {
    /// List only terms for this: a part of the vocabulary, such as activity, role, purpose or source-kind, or a fact, such as kind
    /// or party.role
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
    /// List only terms that are called so, or that have these words in their id, meaning or other words
    #[arg(long, value_name = "WORD")]
    search: Option<String>,
    /// Format of the list
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TermFormat::Text)]
    format: TermFormat,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TermFormat {
    Text,
    Json,
    Markdown,
}

impl Terms {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_check(self.rules.as_deref())?;
        let mut terms = TermList::new(&rulebook);
        let topics: Vec<String> = terms.topics().map(str::to_owned).collect();
        if let Some(topic) = self.topic.as_deref().filter(|topic| !terms.keep_topic(topic)) {
            let near = did_you_mean(topic, topics.iter().map(String::as_str));
            let help = near.unwrap_or_else(|| format!("topics are {}", topics.join(", ")));
            show_error(Code::UnknownArgument, format!("there are no terms for `{topic}`"), Some(&help));
            return Ok(Exit::WrongCommandLine);
        }
        if let Some(word) = self.search.as_deref() {
            let near = terms.closest(word);
            if !terms.search(word) {
                let help =
                    near.unwrap_or_else(|| "search for another word, or list a topic: `interdict terms activity`".to_owned());
                show_error(Code::UnknownArgument, format!("no term has the word `{word}`"), Some(&help));
                return Ok(Exit::WrongCommandLine);
            }
        }
        output::print(&match self.format {
            TermFormat::Text => terms.text(),
            TermFormat::Json => serde_json::to_string_pretty(&terms).context("the terms cannot be written")? + "\n",
            TermFormat::Markdown => terms.markdown(),
        })?;
        Ok(Exit::Clear)
    }
}
