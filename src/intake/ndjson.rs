//! One transaction per line. A broken line is reported and does not stop the rest.

use std::ops::Range;

use crate::document::{Code, Diagnostic, Diagnostics, MAX_LINE, SourceId, SourceText, Span, read_json};
use crate::facts::{Record, Transaction};

use super::FastNdjson;
use super::reader::Reader;

/// Lines as text: what is no UTF-8 replaced, what is too long left out, and which lines those are.
pub(crate) struct NdjsonText {
    pub(crate) text: String,
    errors: Vec<EncodingError>,
}

struct EncodingError {
    /// The line's start in the text.
    start: usize,
    code: Code,
    at: usize,
    message: String,
}

impl NdjsonText {
    pub(crate) fn decode(bytes: Vec<u8>) -> Self {
        let too_long = |bytes: &[u8]| bytes.len() > MAX_LINE && bytes.split(|b| *b == b'\n').any(|l| l.len() > MAX_LINE);
        match String::from_utf8(bytes) {
            Ok(text) if !too_long(text.as_bytes()) => Self { text, errors: Vec::new() },
            Ok(text) => Self::decode_lossy(text.as_bytes()),
            Err(error) => Self::decode_lossy(error.as_bytes()),
        }
    }

    fn decode_lossy(bytes: &[u8]) -> Self {
        let mut lines = Self { text: String::with_capacity(bytes.len()), errors: Vec::new() };
        for line in bytes.split(|b| *b == b'\n') {
            let start = lines.text.len();
            match std::str::from_utf8(line) {
                _ if line.len() > MAX_LINE => {
                    lines.text.push_str("...");
                    let message = format!("this line has more than the {MAX_LINE} bytes that are read");
                    lines.errors.push(EncodingError { start, code: Code::LineTooLong, at: start, message });
                }
                Ok(line) => lines.text.push_str(line),
                Err(error) => {
                    lines.text.push_str(&String::from_utf8_lossy(line));
                    let at = start + error.valid_up_to();
                    lines.errors.push(EncodingError {
                        start,
                        code: Code::NotUtf8,
                        at,
                        message: "these bytes are no UTF-8".to_owned(),
                    });
                }
            }
            lines.text.push('\n');
        }
        lines
    }

    /// What is wrong with the lines as such.
    pub(crate) fn report_errors(&self, id: SourceId, problems: &mut Diagnostics) {
        for error in &self.errors {
            let span = Span { source: id, start: error.at, end: error.at + 1 };
            let help = "this line was not checked; the others were";
            problems.push(Diagnostic::new(error.code, span, error.message.clone()).help(help));
        }
    }

    /// The text, taken out.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Every line that can be read and is not blank: its position, from 0, and where it stands in the text.
    pub(crate) fn line_ranges(source: &SourceText) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        source
            .lines()
            .enumerate()
            .filter(|(_, line)| source.text().get(line.clone()).is_some_and(|text| !text.trim_ascii().is_empty()))
    }

    /// True if the line that starts there cannot be read.
    pub(crate) fn is_unreadable(&self, start: usize) -> bool {
        self.errors.iter().any(|f| f.start == start)
    }
}

/// How a line was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineRead {
    /// It is plain and without fault: nothing in it need be looked at again.
    Fast,
    /// Whether what it refers to is there is still to be checked.
    Full,
    /// It is no JSON at all.
    NotJson,
}

/// Reads one line into an empty transaction. What is wrong with it is reported.
pub(crate) fn read_line(
    source: &SourceText,
    at: Span,
    plain: &mut FastNdjson<'_>,
    problems: &mut Diagnostics,
    transaction: &mut Transaction,
) -> LineRead {
    let line = source.text().get(at.start..at.end).unwrap_or_default();
    if plain.read(line, transaction) {
        return LineRead::Fast;
    }
    transaction.clear();
    let Some(node) = read_json(at.source, line, at.start, problems) else { return LineRead::NotJson };
    Reader { vocabulary: plain.vocabulary(), problems }.record(&node, transaction);
    LineRead::Full
}
