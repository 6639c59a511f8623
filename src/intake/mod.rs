//! What the incident files say.
//!
//! Files in any of the forms become incidents of typed facts. Every mistake is reported with its place, and what
//! could be read is kept, so that one slip never hides the rest of a file.

mod chunks;
mod csv;
mod documents;
mod fast_ndjson;
mod files;
mod incident;
mod ledger_file;
mod ledger_form;
mod locate;
mod ndjson;
mod reader;
pub mod values;

pub(crate) use chunks::{Chunk, Chunks, StreamFormat};
pub(crate) use csv::{Table, report_no_utf8};
pub use fast_ndjson::FastNdjson;
pub use files::{Input, expand};
pub use incident::ReportedIncident;
pub(crate) use incident::{Anchor, IncidentOrigin, file_stem};
pub use ledger_file::{Counted, Opening};
pub use ledger_form::{AmountNote, CountedInput, CountedNote, LEDGER_SCHEMA, LedgerFile, OtherNote, PROGRAM, TotalNote};
pub use locate::Located;
pub(crate) use ndjson::{LineRead, NdjsonText, read_line};

use std::io::Read;
use std::path::PathBuf;

use crate::document::{Diagnostic, Diagnostics, SourceMap};
use crate::rulebook::Vocabulary;

/// Everything that was read in a run.
#[derive(Debug, Default)]
pub struct Intake {
    /// The texts.
    pub sources: SourceMap,
    /// The inputs, sorted by name.
    pub inputs: Vec<Input>,
    /// The incidents, sorted by id.
    pub incidents: Vec<ReportedIncident>,
    /// What was wrong.
    pub problems: Diagnostics,
}

impl Intake {
    /// Reads files, folders and `-` (NDJSON on standard input), in any order with the same result.
    pub fn read(paths: &[PathBuf], stdin: &mut dyn Read, vocabulary: &Vocabulary) -> Self {
        let mut intake = Self::default();
        intake.read_more(paths, stdin, vocabulary);
        intake
    }

    /// Reads more files beside those that were read.
    pub fn read_more(&mut self, paths: &[PathBuf], stdin: &mut dyn Read, vocabulary: &Vocabulary) {
        for path in expand(paths, &mut self.problems) {
            let mut bytes = Vec::new();
            let is_stdin = path.as_os_str() == "-";
            let read = if is_stdin { stdin.read_to_end(&mut bytes).map(|_| ()) } else { std::fs::read(&path).map(|b| bytes = b) };
            let name =
                if is_stdin { "<stdin>".to_owned() } else { path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/") };
            match read {
                Ok(()) => self.take(&name, &bytes, vocabulary),
                Err(error) => self.problems.push(Diagnostic::about_file(format!("`{name}` cannot be read: {error}"))),
            }
        }
        self.finish();
    }

    /// Reads one text under a name; its ending says the form.
    pub fn read_text(name: &str, text: &str, vocabulary: &Vocabulary) -> Self {
        let mut intake = Self::default();
        intake.take(name, text.as_bytes(), vocabulary);
        intake.finish();
        intake
    }

    fn take(&mut self, name: &str, bytes: &[u8], vocabulary: &Vocabulary) {
        let first = self.incidents.len();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "ndjson" | "jsonl" => ndjson::read(self, name, bytes, vocabulary),
            _ if name == "<stdin>" => ndjson::read(self, name, bytes, vocabulary),
            "csv" => csv::read(self, name, bytes, vocabulary),
            "json" => documents::read(self, name, bytes, documents::Form::Json, vocabulary),
            _ => documents::read(self, name, bytes, documents::Form::Yaml, vocabulary),
        }
        let transactions = self.incidents.iter().skip(first).map(|r| r.transactions().len()).sum();
        self.inputs.push(Input::new(name, bytes, transactions));
    }

    fn finish(&mut self) {
        incident::check_across(&mut self.incidents, &mut self.problems);
        self.incidents.sort_by(|a, b| a.id().cmp(b.id()));
        self.problems.sort();
    }
}
