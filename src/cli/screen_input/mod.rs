//! The names that `interdict screen` reads: lists of lines, tables and documents, as people and programs write them, and pairs.
//!
//! A file is read as what it holds, whatever it is called. What cannot be read as a name is told with its place, and a name that
//! was not screened is a mistake: nobody may take its absence from the result for its absence from the lists.

mod births;
mod headings;
mod lines;
mod record;
mod table;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _};
use std::path::Path;

use crate::document::{Code, CsvDialect, Diagnostic, Diagnostics, SourceId, SourceMap, Span, read_file, read_json, read_yaml};
use crate::intake::PlainInput;
use crate::screening::Query;

use super::screen::NamePair;
use headings::field_of;
use record::kind_of;

/// The names of files, with the mistakes in them.
#[derive(Debug, Default)]
pub(super) struct NamesRead {
    pub(super) sources: SourceMap,
    pub(super) problems: Diagnostics,
    pub(super) queries: Vec<Query>,
    /// The countries of the queries, as written, and where each stands first.
    pub(super) countries: BTreeMap<String, Span>,
    /// What is said once for all rows.
    told: BTreeSet<String>,
    /// The keys of documents of which it was said that they are not read.
    unread_keys: BTreeSet<String>,
}

/// How a file of names is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// CSV, or the sheet of a workbook: a row names the columns.
    Table,
    /// JSON, or JSON on each line.
    Json,
    Yaml,
    /// A name on each line, unless a row names columns.
    Text,
}

impl Form {
    /// The form of a file by what it begins with, or else by its ending.
    fn of(name: &str, text: &str, is_sheet: bool) -> Form {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
        let begins_json = first.starts_with('{') || first.starts_with("[{") || first.starts_with("[\"") || first == "[";
        match ending.as_deref() {
            _ if is_sheet => Form::Table,
            Some("json" | "ndjson" | "jsonl") => Form::Json,
            Some("yaml" | "yml") => Form::Yaml,
            _ if begins_json => Form::Json,
            Some("csv" | "tsv") => Form::Table,
            _ if is_json_text(first) => Form::Json,
            _ if begins_yaml(first) => Form::Yaml,
            _ => Form::Text,
        }
    }
}

/// True for a text in quotes and nothing else, unless it heads a column.
fn is_json_text(line: &str) -> bool {
    let inside = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.is_some_and(|text| !text.contains('"') && field_of(text).is_none())
}

/// True for a line with which a YAML document begins: `---`, `- name: Ri`, `customers:`.
fn begins_yaml(line: &str) -> bool {
    let key = line.strip_prefix("- ").unwrap_or(line);
    let is_key = key.split_once(':').is_some_and(|(key, value)| {
        let is_value = value.is_empty() || value.starts_with(' ');
        is_value && !key.contains([' ', ';', ',', '\t']) && (value.trim().is_empty() || field_of(key).is_some())
    });
    line == "---" || is_key
}

impl NamesRead {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read_file(&mut self, path: &Path) {
        let is_stdin = path.as_os_str() == "-";
        let name = if is_stdin { "<stdin>".to_owned() } else { path.display().to_string() };
        let bytes = if is_stdin {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            read_file(path)
        };
        match bytes {
            Ok(bytes) => self.read_bytes(&name, &bytes),
            Err(error) => self.problems.push(unreadable(&name, &error)),
        }
    }

    fn read_bytes(&mut self, name: &str, bytes: &[u8]) {
        let Some(input) = PlainInput::read(name, bytes, &mut self.sources, &mut self.problems) else { return };
        let Some(source) = self.sources.get(input.id).cloned() else { return };
        let (text, first) = (source.text(), self.queries.len());
        let start = Span { source: input.id, start: 0, end: 0 };
        if text.trim().is_empty() {
            self.problems.push(Diagnostic::new(Code::EmptyInput, start, "the file is empty").help("give a file with names"));
            return;
        }
        if text.starts_with("%PDF") || text.contains('\0') {
            self.error(start, "this is no text with names".to_owned(), "save it as text, CSV, JSON, YAML or xlsx");
            return;
        }
        let before = self.problems.len();
        match Form::of(name, text, input.is_sheet) {
            Form::Table => {
                if !table::read(self, input.id, text, input.is_sheet) {
                    table::refuse(self, input.id, text, input.is_sheet);
                }
            }
            Form::Json => self.read_json(input.id, text),
            Form::Yaml => {
                let mut problems = Diagnostics::default();
                let root = read_yaml(input.id, &source, &mut problems);
                self.problems.append(problems);
                root.iter().for_each(|root| tree::read(self, root));
            }
            Form::Text => {
                if !table::read_if_certain(self, input.id, text) {
                    lines::read(self, input.id, text);
                }
            }
        }
        if self.queries.len() == first && self.problems.errors_since(before) == 0 {
            self.error(start, "no name was found in it".to_owned(), "put each name on a line of its own, or in a column `name`");
        }
    }

    /// Reads a JSON document, or a document on each line.
    fn read_json(&mut self, id: SourceId, text: &str) {
        let mut problems = Diagnostics::default();
        if let Some(root) = read_json(id, text, 0, &mut problems) {
            self.problems.append(problems);
            return tree::read(self, &root);
        }
        let lines = || {
            let mut start = 0;
            text.split_inclusive('\n').map(move |line| {
                start += line.len();
                (start - line.len(), line)
            })
        };
        let mut filled = lines().filter(|(_, line)| !line.trim().is_empty());
        let first = filled.next().and_then(|(at, line)| read_json(id, line, at, &mut Diagnostics::default()));
        if first.is_none() && filled.all(|(at, line)| read_json(id, line, at, &mut Diagnostics::default()).is_none()) {
            return self.tell_not_json(&problems);
        }
        for (at, line) in lines().filter(|(_, line)| !line.trim().is_empty()) {
            let mut problems = Diagnostics::default();
            let root = read_json(id, line, at, &mut problems);
            self.tell_not_json(&problems);
            root.iter().for_each(|root| tree::read(self, root));
        }
    }

    /// Adds the mistakes of a text that is no JSON, with what follows from them.
    fn tell_not_json(&mut self, problems: &Diagnostics) {
        for problem in problems.iter() {
            let help = problem.help.clone().unwrap_or_else(|| "nothing of this document or line was screened".to_owned());
            self.problems.push(problem.clone().help(help));
        }
    }
}

/// The mistake of a file that the system does not give.
fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::about_file(Code::NamesUnreadable, format!("`{name}` cannot be read: {error}"))
        .help("check its name and rights; `-` is standard input")
}

/// Reads pairs of names: CSV with columns left, right and kind; further columns are not looked at.
pub(super) fn pairs(text: &str) -> Result<Vec<NamePair>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let dialect = CsvDialect::detect(text.as_bytes());
    let rest = text.get(dialect.preamble..).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(dialect.separator).from_reader(rest.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|column| column.trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("line 1: the column `{name}` is missing"))
    };
    let (left, right, of) = (column("left")?, column("right")?, column("kind")?);
    let mut pairs = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let word = cell(of).trim();
        let kind = kind_of(word).ok_or_else(|| format!("line {line}: `{word}` is no kind; expected person, entity or vessel"))?;
        pairs.push(NamePair { left: cell(left).to_owned(), right: cell(right).to_owned(), kind });
    }
    Ok(pairs)
}
