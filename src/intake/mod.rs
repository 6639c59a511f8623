//! The readers of incident files and ledgers: YAML, JSON, NDJSON and CSV become typed facts.
//!
//! Every mistake is reported with its place, and all that can be read is kept, so that no mistake hides the rest of a file.
//! A fact that cannot be read is unknown.

mod act_of_subject;
mod chunks;
mod column_habits;
mod columns_beside;
mod csv;
mod csv_columns;
mod csv_dates;
mod csv_header;
mod csv_row;
mod decimal_commas;
mod documents;
mod fast_ndjson;
mod files;
mod heading_units;
mod heading_words;
mod headings;
mod incident;
mod input_text;
mod key_order;
mod ledger_file;
mod ledger_form;
mod ledger_writer;
mod ndjson;
mod near_keys;
mod negated;
mod nothing_moved;
mod own_reports;
mod people_text;
mod plain_input;
mod rate;
mod reader;
mod record_text;
mod relations;
mod row_dates;
mod row_people;
mod row_sides;
mod row_tree;
mod row_whole;
mod rows_left_out;
mod sheet_kind;
mod side_text;
mod stream;
mod table_kind;
mod table_top;
mod title_facts;
pub mod values;
mod workbook;

pub(crate) use chunks::{Chunk, Chunks, StreamFormat};
pub use csv_dates::DateOrder;
pub use fast_ndjson::FastNdjson;
pub use files::{Input, find_inputs};
pub(crate) use incident::{read_incident, read_transaction};
pub use ledger_file::ReadLedger;
pub(crate) use ledger_file::report_names_of_quotas;
pub(crate) use ledger_form::stated_seal;
pub use ledger_form::{
    AmountNote, CountedInput, CountedNote, FollowsNote, LEDGER_SCHEMA, LedgerFile, OtherNote, PROGRAM, TotalNote,
};
pub(crate) use ledger_writer::counted_notes;
pub(crate) use plain_input::{PlainInput, is_name_of_party};
pub(crate) use relations::Relations;
pub(crate) use stream::{StreamReader, StreamedTransaction};

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use compact_str::CompactString;

use crate::document::{Code, Diagnostic, Diagnostics, SourceMap, read_file};
use crate::facts::{Incident, ReportedIncident};
use crate::rulebook::Vocabulary;

use stream::shown_name;

/// Everything that was read in a run.
#[derive(Debug, Default)]
pub struct Intake {
    /// The texts that were read, for the places of facts and mistakes.
    pub sources: SourceMap,
    /// The inputs, sorted by name.
    pub inputs: Vec<Input>,
    /// The incidents, sorted by id.
    pub incidents: Vec<ReportedIncident>,
    /// The mistakes, sorted by place.
    pub problems: Diagnostics,
    /// The order of day and month in the dates of tables, if it was declared. Set it before reading.
    pub csv_dates: Option<DateOrder>,
}

impl Intake {
    /// Reads files, folders and `-` (NDJSON on standard input), in any order with the same result.
    ///
    /// Streams are read whole: each of their incidents holds all of its transactions.
    pub fn read(paths: &[PathBuf], stdin: &mut (dyn Read + Send), vocabulary: &Vocabulary) -> Self {
        let mut intake = Self::default();
        intake.read_inputs(paths, stdin, vocabulary);
        intake
    }

    /// Reads inputs like [`Intake::read`], and adds them to what was read before.
    pub fn read_inputs(&mut self, paths: &[PathBuf], stdin: &mut (dyn Read + Send), vocabulary: &Vocabulary) {
        for (number, path) in find_inputs(paths, &mut self.problems).iter().enumerate() {
            match StreamFormat::of_path(path, self.csv_dates) {
                None => self.read_document(path, vocabulary),
                Some(format) => match Chunks::open(path, format, number + 1, stdin) {
                    Ok(chunks) => self.collect(chunks, vocabulary),
                    Err(problem) => self.problems.push(problem),
                },
            }
        }
        self.finish();
        self.check_relations(vocabulary);
    }

    /// Reads a text as a file of that name, whose extension decides the format.
    pub fn read_text(name: &str, text: &str, vocabulary: &Vocabulary) -> Self {
        let mut intake = Self::default();
        match StreamFormat::of_path(Path::new(name), None) {
            None => intake.document(name, text.as_bytes(), vocabulary),
            Some(format) => intake.collect(Chunks::new(text.as_bytes(), name, format, 1), vocabulary),
        }
        intake.finish();
        intake.check_relations(vocabulary);
        intake
    }

    /// Reads documents (YAML, JSON) and adds them to what was read before.
    pub(crate) fn read_documents(&mut self, paths: &[PathBuf], vocabulary: &Vocabulary) {
        paths.iter().for_each(|path| self.read_document(path, vocabulary));
        self.finish();
    }

    fn read_document(&mut self, path: &Path, vocabulary: &Vocabulary) {
        let name = shown_name(path);
        match read_file(path) {
            Ok(bytes) => self.document(&name, &bytes, vocabulary),
            Err(error) => {
                self.problems.push(Diagnostic::about_file(Code::FileUnreadable, format!("`{name}` cannot be read: {error}")))
            }
        }
    }

    fn document(&mut self, name: &str, bytes: &[u8], vocabulary: &Vocabulary) {
        let first = self.incidents.len();
        documents::read(self, name, bytes, vocabulary);
        let transactions = self.incidents.iter().skip(first).map(|r| r.transactions().len()).sum();
        self.inputs.push(Input::new(name, bytes, transactions));
    }

    /// Reads a stream whole and adds its incidents.
    fn collect<R: Read>(&mut self, mut chunks: Chunks<R>, vocabulary: &Vocabulary) {
        let mut incidents: BTreeMap<CompactString, ReportedIncident> = BTreeMap::new();
        let mut reader = StreamReader::new(vocabulary);
        let (mut any, mut broken) = (false, None);
        loop {
            let chunk = match chunks.next() {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            };
            let read = reader.read(chunk, &mut self.sources, |streamed| {
                let id: CompactString = streamed.reported.id().into();
                let incident = Incident { id: Some(id.clone()), ..Incident::default() };
                let whole = incidents.entry(id).or_insert_with(|| ReportedIncident::new(incident));
                whole.take_streamed(streamed.reported, streamed.number);
            });
            any |= read.any;
            self.problems.append(read.problems);
        }
        self.problems.extend(chunks.take_note());
        self.problems.extend(chunks.problem(broken.as_ref(), any, &mut self.sources));
        incidents.values().for_each(|whole| incident::check_ids(whole, &mut self.problems));
        self.inputs.push(chunks.into_input(incidents.values().map(|r| r.transactions().len()).sum()));
        self.incidents.extend(incidents.into_values());
    }

    fn check_relations(&mut self, vocabulary: &Vocabulary) {
        let mut relations = Relations::default();
        self.incidents.iter().for_each(|incident| relations.add_document(incident, vocabulary));
        relations.check(&mut self.sources, &mut self.problems);
        self.problems.sort();
    }

    fn finish(&mut self) {
        incident::check_across(&self.incidents, &mut self.problems);
        self.incidents.sort_by(|a, b| a.id().cmp(b.id()));
        self.problems.sort();
    }
}
