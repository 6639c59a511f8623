//! Source texts, and positions in them.
//!
//! Invariant: a [`Span`] is a range of bytes of one text; lines and columns are computed from it when they are shown.

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use super::cell_place::{cell_name, is_workbook};
use super::digits::push_decimal;

/// Identifies a text of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A range of bytes in a source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A line and column as editors show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// Appends a place in a file as `file:line:column`, in a workbook as `file:B7`.
pub(crate) fn push_place(text: &mut String, file: &str, position: Position) {
    text.push_str(file);
    text.push(':');
    if is_workbook(file) {
        text.push_str(&cell_name(position));
        return;
    }
    push_decimal(text, position.line);
    text.push(':');
    push_decimal(text, position.column);
}

/// The text of an input with the name that is shown for it, usually a path.
#[derive(Debug, Clone)]
pub struct SourceText {
    name: String,
    text: SharedText,
    first_line: usize,
    /// The offset of each line's first byte, computed when it is first needed.
    line_starts: OnceLock<Vec<usize>>,
    /// The columns before each block of the text, counted from its beginning; computed when a long line first needs it.
    columns: OnceLock<Vec<usize>>,
}

/// A text that others can hold too, without a copy.
#[derive(Debug, Clone)]
pub(super) enum SharedText {
    BuiltIn(&'static str),
    Read(Arc<String>),
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            SharedText::BuiltIn(text) => text,
            SharedText::Read(text) => text,
        }
    }
}

/// The bytes of a block. A line that is longer is not counted through for each place in it.
const BLOCK: usize = 1024;

impl SourceText {
    /// A text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::from_cow(name, Cow::Owned(text.into()))
    }

    /// A text and its name. A text that is built into the program is borrowed, not copied.
    pub fn from_cow(name: impl Into<String>, text: Cow<'static, str>) -> Self {
        let text = match text {
            Cow::Borrowed(text) => SharedText::BuiltIn(text),
            Cow::Owned(text) => SharedText::Read(Arc::new(text)),
        };
        Self { name: name.into(), text, first_line: 1, line_starts: OnceLock::new(), columns: OnceLock::new() }
    }

    /// Sets the line number of the text's first line, for a text that is a part of a file.
    #[must_use]
    pub fn starting_at_line(mut self, first_line: usize) -> Self {
        self.first_line = first_line;
        self
    }

    /// The text without its name.
    pub fn into_text(self) -> String {
        match self.text {
            SharedText::BuiltIn(text) => text.to_owned(),
            SharedText::Read(text) => Arc::unwrap_or_clone(text),
        }
    }

    /// The text, to be held beside this one.
    pub(super) fn shared(&self) -> SharedText {
        self.text.clone()
    }

    /// The name as it is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line number of the text's first line; 1 unless the text is a part of a file.
    pub fn first_line(&self) -> usize {
        self.first_line
    }

    /// The byte ranges of the lines without their breaks (LF or CRLF). A text that ends with a break has an empty last
    /// line.
    pub fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.line_starts().len()).map(|line| self.line(line))
    }

    /// The byte range of the line that has an offset, without its break.
    pub fn line_at(&self, offset: usize) -> Range<usize> {
        self.line(self.line_number(offset))
    }

    /// The byte range of a line, counted from 0, without its break.
    fn line(&self, line: usize) -> Range<usize> {
        let starts = self.line_starts();
        let start = starts.get(line).copied().unwrap_or(self.text.len());
        let end = starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let carriage_return = end > start && self.text.as_bytes().get(end - 1) == Some(&b'\r');
        start..end - usize::from(carriage_return)
    }

    /// The line that has an offset, counted from 0.
    fn line_number(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|i| i + 1)).collect()
        })
    }

    /// The line and column of a byte offset; the row and column of the cell in a workbook. An offset beyond the end counts as
    /// the end.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_number(offset);
        let start = self.line_starts().get(line).copied().unwrap_or(0);
        let offset = offset.min(self.text.len());
        let columns = match offset.checked_sub(start) {
            // Inside a character there is no place.
            _ if !self.text.is_char_boundary(offset) => 0,
            Some(length) if length > BLOCK => self.columns_before(offset) - self.columns_before(start),
            _ => self.columns_in(start..offset),
        };
        Position { line: line + self.first_line, column: columns + 1 }
    }

    /// The columns of the text before an offset.
    fn columns_before(&self, offset: usize) -> usize {
        let blocks = self.columns.get_or_init(|| {
            let mut columns = 0;
            let mut blocks = vec![0];
            for start in (0..self.text.len()).step_by(BLOCK) {
                columns += self.columns_in(start..(start + BLOCK).min(self.text.len()));
                blocks.push(columns);
            }
            blocks
        });
        let block = offset / BLOCK;
        blocks.get(block).copied().unwrap_or_default() + self.columns_in(block * BLOCK..offset)
    }

    /// The columns that a range of bytes begins: characters, in a workbook cells.
    fn columns_in(&self, range: Range<usize>) -> usize {
        let bytes = self.text.as_bytes().get(range).unwrap_or_default();
        if is_workbook(&self.name) {
            return memchr::memchr_iter(b'\t', bytes).count();
        }
        // Every byte of UTF-8 but 10xxxxxx begins a character.
        bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
    }
}

/// The source texts of a run, by their [`SourceId`].
#[derive(Debug, Default, Clone)]
pub struct SourceMap(Vec<SourceText>);

impl SourceMap {
    /// Adds a text; returns the id by which spans name it.
    pub fn add(&mut self, source: SourceText) -> SourceId {
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(source);
        id
    }

    /// The text of a map that has exactly one.
    pub fn into_only(self) -> Option<SourceText> {
        let mut sources = self.0.into_iter();
        sources.next().filter(|_| sources.next().is_none())
    }

    /// The text with an id; `None` if the id is that of another map.
    pub fn get(&self, id: SourceId) -> Option<&SourceText> {
        self.0.get(id.0 as usize)
    }

    /// All texts in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceText)> {
        self.0.iter().enumerate().map(|(i, s)| (SourceId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }

    /// The text that a span covers; empty if the span is outside of its text.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text().get(span.start..span.end)).unwrap_or("")
    }

    /// The start of a span as `file:line:column`, in a workbook as `file:B7`; `?` if the span's text is not in the map.
    pub fn location(&self, span: Span) -> String {
        let Some(source) = self.get(span.source) else { return "?".to_owned() };
        let mut location = String::with_capacity(source.name.len() + 16);
        push_place(&mut location, &source.name, source.position(span.start));
        location
    }
}
