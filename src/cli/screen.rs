//! `interdict screen`

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::decisions::Decisions;
use crate::document::{Code, Diagnostic, read_text_file};
use crate::facts::is_placeholder;
use crate::intake::Intake;
use crate::lists::{Change, EntryKind, List, diff};
use crate::report::line;
use crate::rulebook::Rulebook;
use crate::run::country_name;
use crate::screening::{MATCH, Memory, Outcome, PreparedName, Query, Screener, compare};

use super::Exit;
use super::baseline::BaselineArgs;
use super::designations::{self, Designations, ListFile};
use super::exit::EarlyExit;
use super::inputs::rulebook_to_check;
use super::output::{self, show_error};
use super::screen_input::{self, NamesRead};
use super::screen_output::{self, ListNote, NotedHit, Screened};

#[derive(Debug, Args)]
pub(super) struct Screen {
    /// Names to screen
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Also screen the names in this file: one a line, or a table (CSV, TSV, xlsx) or document (JSON, NDJSON, YAML) with columns
    /// or keys such as name, kind, born, country, gender, passport, id and on; `-` is standard input (repeatable)
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    #[command(flatten)]
    designations: Designations,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// Kind of the names given as arguments and of those without a kind of their own
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// Take the lists as of this day: listings after it do not count
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// Score pairs of names against each other instead: CSV with columns left, right and kind
    #[arg(long, value_name = "FILE", conflicts_with_all = ["names", "file", "designations", "baseline", "on", "delta"])]
    pairs: Option<PathBuf>,
    /// Screen only against what a new copy of a list changes: entries that are new, amended or gone
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "designations")]
    delta: Option<Vec<PathBuf>>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ScreenFormat::Text)]
    format: ScreenFormat,
    /// Write the output to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 1 from this outcome on
    #[arg(long, value_enum, value_name = "OUTCOME", default_value_t = FailOn::Review)]
    fail_on: FailOn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// A natural person
    Person,
    /// A company, group or other body
    Entity,
    /// A ship
    Vessel,
}

impl From<Kind> for EntryKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => EntryKind::Person,
            Kind::Entity => EntryKind::Entity,
            Kind::Vessel => EntryKind::Vessel,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScreenFormat {
    /// Lines for people, with the reasons
    Text,
    /// One JSON document
    Json,
    /// A JSON document for each name
    Ndjson,
    /// A row for each hit, or for each pair
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A hit that a person has to look at, or a match
    Review,
    /// A match
    Match,
    /// Never
    Never,
}

impl Screen {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        if let Some(pairs) = &self.pairs {
            return self.run_pairs(pairs);
        }
        let Names { queries, rulebook, has_mistakes } = self.names_to_screen()?;
        let named = |country: &str| country_name(country, &rulebook.as_ref()?.vocabulary);
        let decisions = self.decisions()?;
        let mut memory = Memory::default();
        let (lists, mut screened) = match self.delta.as_deref() {
            Some([old, new]) => {
                let (old, new) = (designations::read(old)?, designations::read(new)?);
                let screened = delta(&old.list, &new.list, queries, &named, &mut memory);
                (vec![note(&old), note(&new)], screened)
            }
            _ => {
                let lists = self.designations.read(self.on)?;
                if lists.is_empty() {
                    show_error(
                        Code::ListUnreadable,
                        "no list was given to screen against".to_owned(),
                        Some("name one with `--designations FILE`"),
                    );
                    return Err(Exit::WrongCommandLine.into());
                }
                let notes = lists.iter().map(note).collect();
                let lists: Vec<List> = lists.into_iter().map(|file| file.list).collect();
                let screener = Screener::with_country_names(&lists, &named);
                let screened =
                    queries.into_iter().map(|query| Screened::new(screener.screen(&query, &mut memory), query)).collect();
                (notes, screened)
            }
        };
        if let Some(decisions) = &decisions {
            screened.iter_mut().for_each(|screened| screened.decide(decisions));
        }
        output::write(self.output.as_deref(), |out| screen_output::write(&lists, &screened, self.format, out))?;
        let worst = screened.iter().filter_map(Screened::outcome).max();
        let found = match self.fail_on {
            FailOn::Never => false,
            FailOn::Match => worst == Some(Outcome::Match),
            FailOn::Review => worst.is_some(),
        };
        Ok(match (has_mistakes, found) {
            // A name that was not screened must never look clear.
            (true, _) => Exit::WrongInput,
            (false, true) => Exit::Found,
            (false, false) => Exit::Clear,
        })
    }

    /// The decisions of the baseline, if one was given; its mistakes are shown.
    fn decisions(&self) -> Result<Option<Decisions>, Exit> {
        let mut intake = Intake::default();
        let decisions = self.baseline.read(&mut intake);
        output::show_problems(&intake.problems, &intake.sources);
        if intake.problems.has_errors() { Err(Exit::WrongInput) } else { Ok(decisions) }
    }

    /// The names of the arguments and files, in this order. Mistakes in the files are shown.
    fn names_to_screen(&self) -> Result<Names, Exit> {
        let kind = self.kind.map(EntryKind::from);
        if let Some(name) = self.names.iter().find(|name| is_placeholder(name) || !name.contains(char::is_alphanumeric)) {
            let message = format!("`{name}` is no name: nothing of it can be compared");
            show_error(Code::NamesUnreadable, message, Some("give the name of a person, body or ship"));
            return Err(Exit::WrongCommandLine);
        }
        let mut queries: Vec<Query> =
            self.names.iter().map(|name| Query { name: name.clone(), kind, on: self.on, ..Query::default() }).collect();
        let mut read = NamesRead::default();
        self.file.iter().for_each(|file| read.read_file(file));
        let rulebook = if read.countries.is_empty() { None } else { Some(rulebook_to_check(None)?) };
        if let Some(rulebook) = &rulebook {
            name_countries(&mut read, rulebook);
        }
        read.problems.sort();
        output::show_problems(&read.problems, &read.sources);
        let has_mistakes = read.problems.has_errors();
        let found = read.queries.into_iter();
        queries.extend(found.map(|query| Query { kind: query.kind.or(kind), on: query.on.or(self.on), ..query }));
        if queries.is_empty() && has_mistakes {
            return Err(Exit::WrongInput);
        }
        if queries.is_empty() {
            show_error(
                Code::NamesUnreadable,
                "no name was given to screen".to_owned(),
                Some("give names as arguments, or a file with `--file`"),
            );
            return Err(Exit::WrongCommandLine);
        }
        Ok(Names { queries, rulebook, has_mistakes })
    }

    fn run_pairs(&self, file: &Path) -> Result<Exit, EarlyExit> {
        let pairs = screen_input::pairs(&read_text(file)?).map_err(|message| unreadable(file, &message))?;
        output::write(self.output.as_deref(), |out| write_pairs(&pairs, self.format, out))?;
        Ok(Exit::Clear)
    }
}

/// The names to screen, and what is known of them as a whole.
struct Names {
    queries: Vec<Query>,
    /// The rulebook whose names of countries are compared; `None` where no name has a country.
    rulebook: Option<Rulebook>,
    /// True if something could not be read as a name.
    has_mistakes: bool,
}

/// Puts the names that the vocabulary has for countries in place of those that were read. A word that it does not know is compared
/// with none, so that it never speaks against a listed country.
fn name_countries(read: &mut NamesRead, rulebook: &Rulebook) {
    let named = |text: &str| country_name(text, &rulebook.vocabulary);
    let of_text = |text: &str| match named(text) {
        Some(name) => vec![name],
        None => text.split([';', ',', '/', '|', '\n']).filter_map(|part| named(part.trim())).collect::<Vec<_>>(),
    };
    for (text, at) in std::mem::take(&mut read.countries) {
        if of_text(&text).is_empty() {
            let message = format!("`{text}` is no country that is known, and was not compared");
            read.problems.push(Diagnostic::new(Code::KeyNotRead, at, message).help("write its name or ISO code: `KP`"));
        }
    }
    for query in &mut read.queries {
        query.countries = query.countries.iter().flat_map(|text| of_text(text)).collect();
    }
}

fn read_text(file: &Path) -> Result<String, Exit> {
    let read = if file.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        read_text_file(file)
    };
    read.map_err(|error| unreadable(file, &error.to_string()))
}

fn unreadable(file: &Path, message: &str) -> Exit {
    show_error(Code::NamesUnreadable, format!("`{}` cannot be read: {message}", file.display()), None);
    Exit::WrongInput
}

fn note(file: &ListFile) -> ListNote {
    ListNote {
        path: file.path.display().to_string(),
        digest: file.list.digest.clone(),
        generated: file.list.generated,
        publisher: file.list.publisher,
        entries: file.list.entries.len(),
    }
}

/// Screens against the entries that differ between two copies: hits on what is new or amended, and on what is gone.
fn delta(
    old: &List,
    new: &List,
    queries: Vec<Query>,
    named: &dyn Fn(&str) -> Option<String>,
    memory: &mut Memory,
) -> Vec<Screened> {
    let changes = diff(old, new);
    let only = |list: &List, wanted: &dyn Fn(&Change) -> bool| {
        let mut list = list.clone();
        let wanted: std::collections::BTreeSet<&str> =
            changes.iter().filter(|change| wanted(change)).map(Change::reference).collect();
        list.entries.retain(|entry| wanted.contains(entry.reference.as_str()));
        Screener::with_country_names(&[list], named)
    };
    let changed = only(new, &|change| match change {
        Change::Listed { .. } => true,
        Change::Amended { concerns_screening, .. } => *concerns_screening,
        Change::Delisted { .. } => false,
    });
    let gone = only(old, &|change| matches!(change, Change::Delisted { .. }));
    let mut gone_memory = Memory::default();
    queries
        .into_iter()
        .map(|query| {
            let (now, before) = (changed.screen(&query, memory), gone.screen(&query, &mut gone_memory));
            let mut screened = Screened::new(now, query);
            for hit in &mut screened.hits {
                hit.change = changes.iter().find(|change| change.reference() == hit.hit.reference).map(|change| match change {
                    Change::Listed { .. } => "listed",
                    _ => "amended",
                });
            }
            screened.hits.extend(before.into_iter().map(|hit| NotedHit { change: Some("delisted"), ..NotedHit::new(hit) }));
            screened
        })
        .collect()
}

/// One pair of names of a file.
#[derive(Debug)]
pub(super) struct NamePair {
    pub left: String,
    pub right: String,
    pub kind: EntryKind,
}

fn write_pairs(pairs: &[NamePair], format: ScreenFormat, out: &mut dyn Write) -> io::Result<()> {
    let compared = pairs.iter().map(|pair| {
        let found = compare(&PreparedName::new(&pair.left, pair.kind), &PreparedName::new(&pair.right, pair.kind));
        // What is written and what is decided are the same number.
        (pair, (found.score * 1000.0).round() / 1000.0, found)
    });
    match format {
        ScreenFormat::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(["left", "right", "score", "match", "why"])?;
            for (pair, score, found) in compared {
                let (score, is_match) = (format!("{score:.3}"), (score >= MATCH).to_string());
                writer.write_record([&pair.left, &pair.right, &score, &is_match, &found.why()])?;
            }
            writer.flush()
        }
        ScreenFormat::Text => output::quoting(out, |out| {
            for (pair, score, found) in compared {
                let word = if score >= MATCH { "match" } else { "no match" };
                writeln!(out, "{score:.3} {word}: {} | {}: {}", line(&pair.left), line(&pair.right), line(&found.why()))?;
            }
            Ok(())
        }),
        ScreenFormat::Json | ScreenFormat::Ndjson => {
            let documents: Vec<serde_json::Value> = compared
                .map(|(pair, score, found)| {
                    serde_json::json!({"left": pair.left, "right": pair.right, "score": screen_output::rounded(score), "match": score >= MATCH, "why": found.why(), "comparison": found})
                })
                .collect();
            if format == ScreenFormat::Ndjson {
                return documents.iter().try_for_each(|document| writeln!(out, "{document}"));
            }
            serde_json::to_writer_pretty(&mut *out, &documents)?;
            writeln!(out)
        }
    }
}
