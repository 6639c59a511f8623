//! Chunks of a stream: whole lines or rows, cut so that no file has to fit into memory.
//!
//! Where a stream is cut depends on its bytes alone, so that the same stream always gives the same chunks.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::document::{CsvDialect, CsvRows, Diagnostic, MAX_LINE, QuoteError, hex};

use super::column_habits::ColumnHabits;
use super::input_text::is_utf16;
use super::table_top::TableTop;
use super::{DateOrder, Input};

/// The number of bytes that are read at a time.
const CHUNK_SIZE: usize = 512 * 1024;

/// The format of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamFormat {
    /// JSON: a transaction on each line.
    Ndjson,
    /// A table: a transaction in each row below the header.
    Csv(CsvFormat),
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CsvFormat {
    /// Separator and number of columns; that of comma-separated values before the first bytes are read.
    pub(crate) dialect: CsvDialect,
    /// Where its header stands.
    pub(crate) top: TableTop,
    /// The order of day and month in dates like `03/04/2024`, if it was declared.
    pub(crate) dates: Option<DateOrder>,
    /// True if it is a sheet of a workbook.
    pub(crate) is_sheet: bool,
}

/// Whole lines or rows of one stream.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    /// The stream's name as shown in reports.
    pub(crate) name: Arc<str>,
    pub(crate) format: StreamFormat,
    /// The header of a table with its line break; empty for NDJSON.
    pub(crate) header: Arc<[u8]>,
    /// How the dates and numbers of a table's columns are written.
    pub(crate) habits: Arc<ColumnHabits>,
    /// The lines or rows, without the header.
    pub(crate) bytes: Vec<u8>,
    /// The number of its first line in the stream, from 1.
    pub(crate) first_line: usize,
    /// The number of its first transaction in the stream, from 1: that of the line in NDJSON, of the row in CSV.
    pub(crate) first_number: usize,
    /// True if it is the first of its table.
    pub(crate) is_first: bool,
    /// The number of the stream in the run, from 1.
    pub(crate) file: usize,
}

/// Cuts a stream into chunks.
pub(crate) struct Chunks<R> {
    input: R,
    /// The name of the whole stream.
    name: String,
    /// Further tables of a workbook, each with its name, which follow the input.
    further: VecDeque<(String, Vec<u8>)>,
    /// The further table that is read.
    table: Option<io::Cursor<Vec<u8>>>,
    template: Chunk,
    /// Bytes that were read and are not in a chunk yet.
    rest: Vec<u8>,
    /// Buffers of finished chunks, for reuse.
    spare: Vec<Vec<u8>>,
    digest: Sha256,
    /// The digest of a file that was not read as it is: a workbook.
    digest_of_file: Option<String>,
    /// What is to be said of the file as a whole, before its rows.
    note: Option<Diagnostic>,
    line: usize,
    row: usize,
    read: u64,
    /// True until the first bytes of a table or of the stream are read.
    is_at_start: bool,
    ended: bool,
    /// True if the next bytes belong to a line whose rest is dropped.
    overlong: bool,
    /// True if the stream is in UTF-16, so that nothing of it is read.
    utf16: bool,
}

impl<R: Read> Chunks<R> {
    pub(crate) fn new(input: R, name: &str, format: StreamFormat, file: usize) -> Self {
        let template = Chunk {
            name: name.into(),
            format,
            header: Arc::from([]),
            habits: Arc::default(),
            bytes: Vec::new(),
            first_line: 1,
            first_number: 1,
            is_first: true,
            file,
        };
        Self {
            input,
            name: name.to_owned(),
            further: VecDeque::new(),
            table: None,
            template,
            rest: Vec::new(),
            spare: Vec::new(),
            digest: Sha256::new(),
            digest_of_file: None,
            note: None,
            line: 1,
            row: 1,
            read: 0,
            is_at_start: true,
            ended: false,
            overlong: false,
            utf16: false,
        }
    }

    /// Sets the digest of the file that the stream was made from, and what is to be said of it as a whole.
    pub(super) fn made_from(mut self, digest_of_file: String, note: Option<Diagnostic>) -> Self {
        (self.digest_of_file, self.note) = (Some(digest_of_file), note);
        self
    }

    /// Sets the further tables that follow the first, each with its name.
    pub(super) fn followed_by(mut self, further: Vec<(String, Vec<u8>)>) -> Self {
        self.further = further.into();
        self
    }

    /// Goes on to the next table of a workbook. Its rows are counted behind those of the tables before it. False if there is none.
    fn next_table(&mut self) -> bool {
        let Some((name, text)) = self.further.pop_front() else { return false };
        self.template = Chunk { name: name.into(), header: Arc::from([]), habits: Arc::default(), ..self.template.clone() };
        self.table = Some(io::Cursor::new(text));
        self.line = 1;
        (self.is_at_start, self.ended, self.overlong) = (true, false, false);
        self.rest.clear();
        true
    }

    /// Takes out what is to be said of the file as a whole.
    pub(crate) fn take_note(&mut self) -> Option<Diagnostic> {
        self.note.take()
    }

    /// The stream's name as shown in reports.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn format(&self) -> StreamFormat {
        self.template.format
    }

    /// True if the header of a table was read.
    pub(super) fn has_header(&self) -> bool {
        !self.template.header.is_empty()
    }

    /// True if the stream is in UTF-16, so that nothing of it was read.
    pub(super) fn is_utf16(&self) -> bool {
        self.utf16
    }

    /// The number of bytes read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Reads the next chunk; `None` at the end of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            if let Some(end) = self.complete_length() {
                let mut after = self.spare.pop().unwrap_or_default();
                after.clear();
                after.extend_from_slice(self.rest.get(end..).unwrap_or_default());
                self.rest.truncate(end);
                let bytes = std::mem::replace(&mut self.rest, after);
                if bytes.is_empty() {
                    if self.next_table() {
                        continue;
                    }
                    return Ok(None);
                }
                if let Some(chunk) = self.cut_chunk(bytes) {
                    return Ok(Some(chunk));
                }
            } else {
                self.fill()?;
            }
        }
    }

    /// Takes back the buffer of a finished chunk, to read another into it.
    pub(crate) fn recycle(&mut self, bytes: Vec<u8>) {
        if bytes.capacity() > 0 {
            self.spare.push(bytes);
        }
    }

    /// The stream as an input of the run, with the SHA-256 of all that was read.
    pub(crate) fn into_input(self, transactions: usize) -> Input {
        let digest = self.digest_of_file.unwrap_or_else(|| hex(&self.digest.finalize()));
        Input { path: self.name, digest, transactions }
    }

    fn fill(&mut self) -> io::Result<()> {
        let before = self.rest.len();
        let wanted = CHUNK_SIZE as u64;
        let got = match &mut self.table {
            Some(table) => table.by_ref().take(wanted).read_to_end(&mut self.rest)?,
            None => self.input.by_ref().take(wanted).read_to_end(&mut self.rest)?,
        };
        self.ended = got < CHUNK_SIZE;
        self.read += got as u64;
        self.digest.update(self.rest.get(before..).unwrap_or_default());
        self.cut_overlong(before);
        if std::mem::take(&mut self.is_at_start) {
            self.utf16 = is_utf16(&self.rest);
            if self.rest.starts_with(b"\xef\xbb\xbf") {
                self.rest.drain(..3);
            }
            if let StreamFormat::Csv(csv) = &mut self.template.format {
                csv.dialect = if csv.is_sheet { CsvDialect::of_sheet(&self.rest) } else { CsvDialect::detect(&self.rest) };
                if !self.utf16 {
                    (csv.dialect, csv.top) = TableTop::find(&self.rest, csv.dialect, csv.is_sheet);
                    self.template.habits = Arc::new(ColumnHabits::read(&self.rest, csv.dialect, csv.top.height()));
                }
            }
        }
        if self.utf16 {
            self.rest.clear();
        }
        Ok(())
    }

    /// Drops the rest of a line that is much longer than [`MAX_LINE`]; what is kept still exceeds the limit.
    fn cut_overlong(&mut self, before: usize) {
        if !self.overlong {
            self.overlong = self.rest.len() > 2 * MAX_LINE && self.complete_length().is_none();
            if self.overlong {
                self.rest.truncate(MAX_LINE + 1);
            }
            return;
        }
        let end = memchr::memchr(b'\n', self.rest.get(before..).unwrap_or_default());
        self.overlong = end.is_none();
        self.rest.drain(before..end.map_or(self.rest.len(), |at| before + at));
    }

    /// The length of the whole lines or rows among the bytes that were read; `None` if more has to be read first.
    fn complete_length(&self) -> Option<usize> {
        if self.ended {
            return Some(self.rest.len());
        }
        if self.rest.len() < CHUNK_SIZE {
            return None;
        }
        match self.template.format {
            StreamFormat::Ndjson => memchr::memrchr(b'\n', &self.rest).map(|at| at + 1),
            StreamFormat::Csv(csv) => {
                // A quote that is not closed yet may be closed by what is read next, unless its cell is too long to be one.
                let may_close = self.rest.len() <= 2 * MAX_LINE;
                let is_open = |error: QuoteError| error.closed_at.is_none();
                let rows = CsvRows::new(&self.rest, self.preamble(csv.dialect), csv.dialect).bounds();
                let complete = rows.take_while(|row| !(may_close && row.quote_error.is_some_and(is_open)));
                complete.filter_map(|row| row.next_row).last()
            }
        }
    }

    fn cut_chunk(&mut self, mut bytes: Vec<u8>) -> Option<Chunk> {
        let (mut first_line, first_number) = (self.line, self.row);
        let mut is_first = self.line == 1;
        let lines = memchr::memchr_iter(b'\n', &bytes).count();
        self.line += lines;
        match self.template.format {
            StreamFormat::Ndjson => self.row += lines,
            StreamFormat::Csv(csv) => {
                is_first = self.template.header.is_empty();
                if is_first {
                    let header = CsvRows::new(&bytes, csv.dialect.preamble, csv.dialect).bounds().nth(csv.top.height() - 1);
                    let end = header.and_then(|header| header.next_row).unwrap_or(bytes.len());
                    let rest = bytes.split_off(end);
                    first_line += memchr::memchr_iter(b'\n', &bytes).count();
                    self.template.header = bytes.into();
                    bytes = rest;
                }
                self.row += CsvRows::new(&bytes, 0, csv.dialect).bounds().count();
            }
        }
        Some(Chunk { bytes, first_line, first_number, is_first, ..self.template.clone() })
    }

    /// The length of the line that only names the separator, until it was cut off with the header.
    fn preamble(&self, dialect: CsvDialect) -> usize {
        if self.has_header() { 0 } else { dialect.preamble }
    }
}
