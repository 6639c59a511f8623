//! NDJSON: a transaction on each line. A line that cannot be read is reported and stops nothing.

use std::ops::Range;

use crate::document::{Content, Diagnostics, MAX_LINE, Node, SourceId, SourceText, Span, read_json};
use crate::facts::{EvidenceSource, Incident, Record, Transaction};

use super::FastNdjson;
use super::input_text::TextProblem;
use super::near_keys::{read_near_keys, write_out_payments};
use super::reader::Reader;

/// Lines as text, and which of them cannot be read.
pub(crate) struct NdjsonText {
    /// The lines. Invalid UTF-8 is replaced, and a line of more than [`MAX_LINE`] bytes is replaced by dots.
    pub(crate) text: String,
    /// For each unreadable line, the offset of its start and the reason.
    unreadable: Vec<(usize, TextProblem)>,
}

impl NdjsonText {
    /// Decodes the lines. Bytes without a mistake are not copied.
    pub(crate) fn decode(bytes: Vec<u8>) -> Self {
        let too_long = |bytes: &[u8]| bytes.len() > MAX_LINE && bytes.split(|b| *b == b'\n').any(|l| l.len() > MAX_LINE);
        match String::from_utf8(bytes) {
            Ok(text) if !too_long(text.as_bytes()) => Self { text, unreadable: Vec::new() },
            Ok(text) => Self::decode_line_by_line(text.as_bytes()),
            Err(error) => Self::decode_line_by_line(error.as_bytes()),
        }
    }

    fn decode_line_by_line(bytes: &[u8]) -> Self {
        let help = "this line was not checked; the others were";
        let mut lines = Self { text: String::with_capacity(bytes.len()), unreadable: Vec::new() };
        for line in bytes.split(|b| *b == b'\n') {
            let start = lines.text.len();
            match std::str::from_utf8(line) {
                _ if line.len() > MAX_LINE => {
                    lines.text.push_str("...");
                    let message = format!("this line has more than the {MAX_LINE} bytes that are read");
                    lines.unreadable.push((start, TextProblem::line_too_long(start, message, help)));
                }
                Ok(line) => lines.text.push_str(line),
                Err(error) => {
                    lines.text.push_str(&String::from_utf8_lossy(line));
                    lines.unreadable.push((start, TextProblem::not_utf8(start + error.valid_up_to(), help)));
                }
            }
            lines.text.push('\n');
        }
        lines
    }

    /// Reports the lines that cannot be read. `id` is the text's source.
    pub(crate) fn report_unreadable(&self, id: SourceId, problems: &mut Diagnostics) {
        self.unreadable.iter().for_each(|(_, problem)| problems.push(problem.in_source(id)));
    }

    /// Takes the text out.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Every line that is not blank: its position, from 0, and its range in the text.
    pub(crate) fn line_ranges(source: &SourceText) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        source
            .lines()
            .enumerate()
            .filter(|(_, line)| source.text().get(line.clone()).is_some_and(|text| !text.trim_ascii().is_empty()))
    }

    /// True if the line that starts at this offset cannot be read.
    pub(crate) fn is_unreadable(&self, start: usize) -> bool {
        self.unreadable.iter().any(|(line, _)| *line == start)
    }
}

/// How a line was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineRead {
    /// Read by [`FastNdjson`]: the line has no mistake and no references to check.
    Fast,
    /// Read as a tree: references are still to be checked.
    Full,
    /// Not read, because it is not JSON.
    NotJson,
}

/// Reads a line into an empty transaction, and into `sources` those that it tells of itself: a line has no incident above it. What
/// is wrong with it is reported.
pub(crate) fn read_line(
    source: &SourceText,
    at: Span,
    fast: &mut FastNdjson<'_>,
    problems: &mut Diagnostics,
    transaction: &mut Transaction,
    sources: &mut Vec<EvidenceSource>,
) -> LineRead {
    let line = source.text().get(at.start..at.end).unwrap_or_default();
    if fast.read(line, transaction) {
        return LineRead::Fast;
    }
    transaction.clear();
    let Some(mut node) = read_json(at.source, line, at.start, problems) else { return LineRead::NotJson };
    write_out_payments(&mut node, problems);
    read_near_keys(&mut node, Transaction::TABLE, fast.vocabulary(), problems);
    let own = take_sources(&mut node);
    let mut reader = Reader { vocabulary: fast.vocabulary(), problems, is_strict: false };
    reader.record(&node, transaction);
    if let Some(mut own) = own {
        // They are written as an incident writes them.
        read_near_keys(&mut own, Incident::TABLE, fast.vocabulary(), reader.problems);
        let mut incident = Incident::default();
        reader.record(&own, &mut incident);
        sources.extend(incident.sources.known().iter().cloned());
    }
    LineRead::Full
}

/// Takes the sources out of a line, as the only entry of a mapping.
fn take_sources(line: &mut Node) -> Option<Node> {
    let Content::Map(entries) = &mut line.content else { return None };
    let at = entries.iter().position(|entry| entry.key.text == "sources")?;
    let entry = entries.remove(at);
    Some(Node { span: entry.value.span, content: Content::Map(vec![entry]) })
}
