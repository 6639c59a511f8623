//! Texts that were read, and places in them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Names one of the [`SourceMap`] of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A stretch of a source's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text that is meant.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Where a person finds something: line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// One text with its name as shown to people: usually a path.
#[derive(Debug, Clone)]
pub struct SourceText {
    name: String,
    text: Cow<'static, str>,
    /// The line number of the text's first line, where the text is a part of a larger one.
    first_line: usize,
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceText {
    /// A text by its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::lasting(name, Cow::Owned(text.into()))
    }

    /// A text that the program may carry itself, so that it need not be copied.
    pub fn lasting(name: impl Into<String>, text: Cow<'static, str>) -> Self {
        Self { name: name.into(), text, first_line: 1, line_starts: OnceLock::new() }
    }

    /// Says that the text begins at line `first_line` of the file it was taken from.
    #[must_use]
    pub fn starting_at_line(mut self, first_line: usize) -> Self {
        self.first_line = first_line;
        self
    }

    /// The text alone.
    pub fn into_text(self) -> String {
        self.text.into_owned()
    }

    /// The name as shown to people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line number that the text's first line bears.
    pub fn first_line(&self) -> usize {
        self.first_line
    }

    /// Where each line stands, without its break (LF or CRLF). Behind the last break there is a line too, though it may be empty.
    pub fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let starts = self.line_starts();
        let ends = starts.iter().skip(1).map(|start| start - 1).chain([self.text.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| {
            let carriage_return = end > start && self.text.as_bytes().get(end - 1) == Some(&b'\r');
            start..end - usize::from(carriage_return)
        })
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|i| i + 1)).collect()
        })
    }

    /// Line and column of a byte offset; an offset beyond the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        Place { line: line + self.first_line, column: before.chars().count() + 1 }
    }
}

/// All texts of a run, so that a [`Span`] stays small.
#[derive(Debug, Default, Clone)]
pub struct SourceMap(Vec<SourceText>);

impl SourceMap {
    /// Takes a text in.
    pub fn add(&mut self, source: SourceText) -> SourceId {
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(source);
        id
    }

    /// The only text, if there is one and no other.
    pub fn into_only(self) -> Option<SourceText> {
        let mut sources = self.0.into_iter();
        sources.next().filter(|_| sources.next().is_none())
    }

    /// The text of that id, if it is one of these.
    pub fn get(&self, id: SourceId) -> Option<&SourceText> {
        self.0.get(id.0 as usize)
    }

    /// All texts in the order in which they were taken in.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceText)> {
        self.0.iter().enumerate().map(|(i, s)| (SourceId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }

    /// The stretch of text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text().get(span.start..span.end)).unwrap_or("")
    }

    /// `file:line:column` of a span's start.
    pub fn at(&self, span: Span) -> String {
        match self.get(span.source) {
            Some(source) => {
                let Place { line, column } = source.place(span.start);
                let mut at = String::with_capacity(source.name.len() + 16);
                at.push_str(&source.name);
                for number in [line, column] {
                    at.push(':');
                    push_number(&mut at, number);
                }
                at
            }
            None => "?".to_owned(),
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for value in [byte >> 4, byte & 15] {
            digits.push(char::from_digit(value.into(), 16).unwrap_or('?'));
        }
    }
    digits
}

/// Appends a number in decimal digits. Places have several, and the general way of writing them costs as much as all
/// the rest of a place.
pub(crate) fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}
