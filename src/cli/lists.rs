//! `interdict lists`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::document::Code;
use crate::lists::{Change, Entry, EntryKind, List, diff};

use super::Exit;
use super::designations::{self, ListFile};
use super::exit::EarlyExit;
use super::output;

#[derive(Debug, Subcommand)]
pub(super) enum Lists {
    /// Print the entries of a list of designated parties
    Show(Show),
    /// Print what changed between two copies of a list: listings, delistings, amendments
    Diff(Diff),
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// List: UN Consolidated List (XML) or CSV
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print only the entries with these reference numbers, in full
    #[arg(value_name = "REFERENCE")]
    references: Vec<String>,
    /// Form of the output; json has everything that the list says
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// Older copy
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Newer copy
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// Lines for people
    Text,
    /// One JSON document
    Json,
}

impl Lists {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        match self {
            Lists::Show(show) => show.run(),
            Lists::Diff(diff) => diff.run(),
        }
    }
}

impl Show {
    fn run(self) -> Result<Exit, EarlyExit> {
        let ListFile { path, mut list } = designations::read(&self.file)?;
        let whole = list.entries.len();
        let is_missing = |wanted: &&String| !list.entries.iter().any(|entry| wanted.eq_ignore_ascii_case(&entry.reference));
        let missing: Vec<String> = self.references.iter().filter(is_missing).cloned().collect();
        if !self.references.is_empty() {
            list.entries.retain(|entry| self.references.iter().any(|wanted| wanted.eq_ignore_ascii_case(&entry.reference)));
        }
        output::write(None, |out| match self.format {
            ListFormat::Json => json(&list, out),
            ListFormat::Text => output::quoting(out, |out| {
                writeln!(out, "{}: {whole} entries{}, {}", path.display(), dated(&list), list.digest)?;
                for entry in &list.entries {
                    if self.references.is_empty() {
                        line(entry, out)?;
                    } else {
                        in_full(entry, out)?;
                    }
                }
                Ok(())
            }),
        })?;
        for reference in &missing {
            let message = format!("`{reference}` is the reference of no entry of `{}`", path.display());
            output::show_error(Code::NothingSelected, message, Some("`interdict lists show FILE` prints all references"));
        }
        Ok(if missing.is_empty() { Exit::Clear } else { Exit::WrongCommandLine })
    }
}

impl Diff {
    fn run(self) -> Result<Exit, EarlyExit> {
        let (old, new) = (designations::read(&self.old)?.list, designations::read(&self.new)?.list);
        let changes = diff(&old, &new);
        output::write(None, |out| match self.format {
            ListFormat::Json => json(&changes, out),
            ListFormat::Text => output::quoting(out, |out| changes_in_words(&changes, out)),
        })?;
        Ok(Exit::Clear)
    }
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn dated(list: &List) -> String {
    list.generated.map_or(String::new(), |day| format!(" of {day}"))
}

pub(super) fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Person => "person",
        EntryKind::Entity => "entity",
        EntryKind::Vessel => "vessel",
    }
}

fn line(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    let listed = entry.listed_on.map_or(String::new(), |day| format!(", listed {day}"));
    writeln!(out, "{:10} {:6} {} ({}{listed})", entry.reference, kind(entry.kind), entry.primary_name(), entry.list_type)
}

/// Every field of an entry that is not empty, a line each.
fn in_full(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    line(entry, out)?;
    let serde_json::Value::Object(fields) = serde_json::to_value(entry)? else { return Ok(()) };
    for (field, value) in fields {
        match value {
            serde_json::Value::Array(items) => {
                for item in items {
                    writeln!(out, "  {field}: {}", in_words(&item))?;
                }
            }
            serde_json::Value::Null => {}
            value => writeln!(out, "  {field}: {}", in_words(&value))?,
        }
    }
    Ok(())
}

/// A value of an entry on one line, without what is empty.
fn in_words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        serde_json::Value::Object(fields) => {
            let told = fields.iter().filter(|(_, value)| !value.is_null());
            told.map(|(field, value)| format!("{field} {}", in_words(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn changes_in_words(changes: &[Change], out: &mut dyn Write) -> io::Result<()> {
    for change in changes {
        match change {
            Change::Listed { reference, name, kind: of } => writeln!(out, "listed    {reference:10} {} {name}", kind(*of))?,
            Change::Delisted { reference, name, kind: of } => writeln!(out, "delisted  {reference:10} {} {name}", kind(*of))?,
            Change::Amended { reference, name, fields, concerns_screening } => {
                let remark = if *concerns_screening { "" } else { " (nothing that screening uses)" };
                writeln!(out, "amended   {reference:10} {name}{remark}")?;
                for change in fields {
                    change
                        .removed
                        .iter()
                        .try_for_each(|value| writeln!(out, "            - {}: {}", change.field, in_words(value)))?;
                    change
                        .added
                        .iter()
                        .try_for_each(|value| writeln!(out, "            + {}: {}", change.field, in_words(value)))?;
                }
            }
        }
    }
    let count = |which: fn(&Change) -> bool| changes.iter().filter(|change| which(change)).count();
    let listed = count(|change| matches!(change, Change::Listed { .. }));
    let delisted = count(|change| matches!(change, Change::Delisted { .. }));
    writeln!(out, "{listed} listed, {delisted} delisted, {} amended", changes.len() - listed - delisted)
}
