//! Streams: NDJSON and CSV, one transaction in each line or row, read chunk by chunk.
//!
//! [`StreamReader::read`] is the only way from a chunk to transactions. A run assesses each transaction as it comes and
//! forgets it; [`Intake::read`](super::Intake::read) collects them into incidents.

use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::document::{
    Code, CsvDialect, Diagnostic, Diagnostics, SourceMap, SourceText, Span, Unread, WORKBOOK_ENDINGS, hex, open_file, read_file,
    sheet_name,
};
use crate::engine::{check_totals, infer};
use crate::facts::{EvidenceSource, ReportedIncident, TransactionText};
use crate::rulebook::Vocabulary;

use super::chunks::CsvFormat;
use super::csv::CsvTable;
use super::incident::{check_references, file_stem};
use super::input_text::{TextProblem, decode};
use super::ndjson::{LineRead, NdjsonText, read_line};
use super::nothing_moved::read_as_unknown;
use super::reader::Reader;
use super::table_top::TableTop;
use super::workbook::Sheets;
use super::{Chunk, Chunks, DateOrder, FastNdjson, Relations, StreamFormat};

/// Reads the transactions of chunks.
pub(crate) struct StreamReader<'v> {
    vocabulary: &'v Vocabulary,
    fast: FastNdjson<'v>,
}

/// A transaction of a chunk, as passed on by [`StreamReader::read`].
pub(crate) struct StreamedTransaction<'r> {
    /// An incident that has only this transaction. The next transaction is read into the same memory.
    pub(crate) reported: &'r mut ReportedIncident,
    /// The texts in which its facts can be located.
    pub(crate) sources: &'r SourceMap,
    /// The number of its line (NDJSON) or row (CSV) in the stream, from 1.
    pub(crate) number: usize,
    /// What could not be read of its line or row.
    pub(crate) unread: Unread,
    span: Span,
    chunk: &'r Chunk,
}

/// The result of reading a chunk, apart from its transactions.
pub(crate) struct ChunkRead {
    /// True if there was a line or row at all, readable or not.
    pub(crate) any: bool,
    /// The mistakes in the chunk, in the order found.
    pub(crate) problems: Diagnostics,
}

impl StreamedTransaction<'_> {
    /// Adds the transaction to those between which relations are checked.
    pub(crate) fn add_to(&self, relations: &mut Relations, vocabulary: &Vocabulary) {
        relations.add_line(self.reported, self.span, self.sources, vocabulary);
    }

    /// A chunk that has only this line or row, to be read again.
    pub(crate) fn to_chunk(&self) -> Chunk {
        let first_line = self.sources.get(self.span.source).map_or(1, |source| source.position(self.span.start).line);
        let bytes = self.sources.text(self.span).as_bytes().to_vec();
        Chunk { bytes, first_line, first_number: self.number, is_first: false, ..self.chunk.clone() }
    }
}

impl<'v> StreamReader<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, fast: FastNdjson::new(vocabulary) }
    }

    /// Reads a chunk and passes on its transactions in their order. The chunk's text is added to `sources`.
    pub(crate) fn read(
        &mut self,
        chunk: Chunk,
        sources: &mut SourceMap,
        mut visit: impl FnMut(StreamedTransaction<'_>),
    ) -> ChunkRead {
        match chunk.format {
            StreamFormat::Ndjson => self.lines(chunk, sources, &mut visit),
            StreamFormat::Csv(format) => self.rows(chunk, format, sources, &mut visit),
        }
    }

    fn lines(&mut self, mut chunk: Chunk, sources: &mut SourceMap, visit: &mut impl FnMut(StreamedTransaction<'_>)) -> ChunkRead {
        let mut read = ChunkRead { any: false, problems: Diagnostics::default() };
        let mut lines = NdjsonText::decode(std::mem::take(&mut chunk.bytes));
        let text = SourceText::new(&*chunk.name, lines.take_text()).starting_at_line(chunk.first_line);
        let id = sources.add(text);
        let sources = &*sources;
        let Some(source) = sources.get(id) else { return read };
        lines.report_unreadable(id, &mut read.problems);
        let mut reported = ReportedIncident::for_stream();
        let file_stem = file_stem(&chunk.name);
        for (position, range) in NdjsonText::line_ranges(source) {
            read.any = true;
            if lines.is_unreadable(range.start) {
                continue;
            }
            let span = Span { source: id, start: range.start, end: range.end };
            let Some(transaction) = reported.reset_transaction() else { continue };
            let before = read.problems.len();
            let mut own_sources = Vec::new();
            let how = read_line(source, span, &mut self.fast, &mut read.problems, transaction, &mut own_sources);
            if how == LineRead::NotJson {
                continue;
            }
            if how == LineRead::Full {
                read_as_unknown(transaction, (None, Some(span)), self.vocabulary, &mut read.problems);
            }
            let number = chunk.first_number + position;
            if own_sources.is_empty() {
                reported.forget_sources();
            } else {
                reported.set_sources(own_sources, "line", number);
            }
            reported.set_origin(file_stem, chunk.file, number, TransactionText::Json(span));
            infer(&mut reported, self.vocabulary);
            if how == LineRead::Full {
                check_references(&reported, &mut read.problems);
                check_totals(&reported, self.vocabulary, &mut read.problems);
            }
            let unread = read.problems.unread_since(before);
            visit(StreamedTransaction { reported: &mut reported, sources, number, unread, span, chunk: &chunk });
        }
        read
    }

    fn rows(
        &mut self,
        mut chunk: Chunk,
        format: CsvFormat,
        sources: &mut SourceMap,
        visit: &mut impl FnMut(StreamedTransaction<'_>),
    ) -> ChunkRead {
        let mut read = ChunkRead { any: false, problems: Diagnostics::default() };
        let bytes = [&chunk.header, std::mem::take(&mut chunk.bytes).as_slice()].concat();
        let header_lines = chunk.header.iter().filter(|b| **b == b'\n').count();
        let (text, not_utf8) = decode(&bytes);
        let text = SourceText::new(&*chunk.name, text).starting_at_line(chunk.first_line.saturating_sub(header_lines));
        let id = sources.add(text);
        let sources = &*sources;
        let Some(source) = sources.get(id) else { return read };
        let mut of_header = Diagnostics::default();
        let table = CsvTable::open(id, source.text(), (format, &chunk.habits), self.vocabulary, &mut of_header);
        // Every chunk of a table has the same header; its mistakes are reported once.
        if chunk.is_first {
            read.problems.append(of_header);
        }
        read.any = table.is_none();
        let file_stem = file_stem(&chunk.name);
        let mut reported = ReportedIncident::for_stream();
        let mut number = chunk.first_number;
        let mut any = false;
        table.iter().for_each(|table| {
            table.for_each_row(&mut read.problems, |row, problems| {
                any |= !row.is_blank;
                number += 1;
                let number = number - 1;
                let before = problems.len();
                let (Some(node), Some(transaction)) = (row.transaction, reported.reset_transaction()) else { return };
                let mut reader = Reader { vocabulary: self.vocabulary, problems, is_strict: false };
                reader.record(&node, transaction);
                read_as_unknown(transaction, (Some(&node), None), self.vocabulary, reader.problems);
                let source = row.source.map(|node| {
                    let mut source = EvidenceSource::default();
                    reader.record(&node, &mut source);
                    source
                });
                if table.names_sources() {
                    reported.set_sources(source, "row", number);
                }
                reported.set_origin(file_stem, chunk.file, number, TransactionText::Tree(node));
                infer(&mut reported, self.vocabulary);
                check_references(&reported, problems);
                check_totals(&reported, self.vocabulary, problems);
                let mut unread = problems.unread_since(before);
                unread.append(&row.unread);
                visit(StreamedTransaction { reported: &mut reported, sources, number, unread, span: row.span, chunk: &chunk });
            });
        });
        read.any |= any;
        read.problems.extend(not_utf8.map(|problem| problem.in_source(id)));
        read
    }
}

impl StreamFormat {
    /// The format of a stream by its path: `-` (standard input), `.ndjson` and `.jsonl` are NDJSON, `.csv` and `.tsv`
    /// are tables, workbooks too, in any case. `None` is a document, which holds one incident. `dates` is the declared order of dates in tables.
    pub(crate) fn of_path(path: &Path, dates: Option<DateOrder>) -> Option<Self> {
        if path.as_os_str() == "-" {
            return Some(Self::Ndjson);
        }
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "csv" | "tsv" => {
                Some(Self::Csv(CsvFormat { dialect: CsvDialect::COMMA, top: TableTop::default(), dates, is_sheet: false }))
            }
            ending if WORKBOOK_ENDINGS.contains(&ending) => {
                Some(Self::Csv(CsvFormat { dialect: CsvDialect::COMMA, top: TableTop::default(), dates, is_sheet: true }))
            }
            _ => None,
        }
    }
}

/// The name of an input in reports: `<stdin>`, or its path with `/` between the parts.
pub(super) fn shown_name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "<stdin>".to_owned();
    }
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

impl<'s> Chunks<Box<dyn Read + Send + 's>> {
    /// Opens the stream at a path; `-` is standard input. `file` is its number in the run, from 1.
    pub(crate) fn open(
        path: &Path,
        format: StreamFormat,
        file: usize,
        stdin: &'s mut (dyn Read + Send),
    ) -> Result<Self, Diagnostic> {
        let name = shown_name(path);
        if matches!(format, StreamFormat::Csv(csv) if csv.is_sheet) {
            return Self::open_workbook(path, &name, format, file);
        }
        let input: Box<dyn Read + Send + 's> = if path.as_os_str() == "-" {
            Box::new(stdin)
        } else {
            Box::new(
                open_file(path)
                    .map_err(|error| Diagnostic::about_file(Code::FileUnreadable, format!("`{name}` cannot be read: {error}")))?,
            )
        };
        Ok(Self::new(input, &name, format, file))
    }

    /// Opens a workbook: its sheets, one behind the other, are the stream.
    fn open_workbook(path: &Path, name: &str, format: StreamFormat, file: usize) -> Result<Self, Diagnostic> {
        let bytes = read_file(path)
            .map_err(|error| Diagnostic::about_file(Code::FileUnreadable, format!("`{name}` cannot be read: {error}")))?;
        let sheets = Sheets::read(name, &bytes)?;
        let mut tables = sheets.read.into_iter().map(|sheet| (sheet_name(name, &sheet.name), sheet.text.into_bytes()));
        let first = tables.next().map(|(_, text)| text).unwrap_or_default();
        let chunks = Self::new(Box::new(io::Cursor::new(first)), name, format, file);
        Ok(chunks.made_from(hex(&Sha256::digest(&bytes)), sheets.others).followed_by(tables.collect()))
    }
}

impl<R: Read> Chunks<R> {
    /// The mistake of the stream as a whole, after reading it: it broke off (`broken`), or it had no line or row (`any` is
    /// false).
    pub(crate) fn problem(&self, broken: Option<&io::Error>, any: bool, sources: &mut SourceMap) -> Option<Diagnostic> {
        let name = self.name();
        if let Some(error) = broken {
            return Some(Diagnostic::about_file(Code::FileUnreadable, format!("`{name}` cannot be read to its end: {error}")));
        }
        if any {
            return None;
        }
        if self.is_utf16() {
            let id = sources.add(SourceText::new(name, ""));
            return Some(TextProblem::utf16().in_source(id));
        }
        let (code, message, help) = match self.format() {
            StreamFormat::Ndjson => (Code::EmptyInput, "the input is empty", "an empty input cannot say that nothing moved"),
            StreamFormat::Csv(_) if self.has_header() => {
                (Code::NoRow, "the file has a header and no row", "an empty file cannot say that nothing moved")
            }
            StreamFormat::Csv(_) => {
                (Code::EmptyInput, "the file is empty", "the first row names the paths: id,date,activity,from.country,...")
            }
        };
        let id = sources.add(SourceText::new(name, ""));
        Some(Diagnostic::new(code, Span { source: id, start: 0, end: 0 }, message).help(help))
    }
}
