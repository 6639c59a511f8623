//! The CSV lexer: rows, and the span of each field, in one pass over the bytes.
//!
//! A row ends at a line break (LF, CRLF or CR) outside quotes, and blank lines are not rows. A quote counts at the start of a
//! field; inside a quoted field a doubled quote is one. A row is never lost without a trace: a quote that swallows rows gives a
//! row with a [`QuoteError`].

use std::borrow::Cow;
use std::ops::Range;

/// The rows of a table, as far as its bytes have been read.
#[derive(Debug, Clone)]
pub(crate) struct CsvRows<'t> {
    bytes: &'t [u8],
    /// The offset up to which rows have been read.
    at: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CsvRow {
    pub(crate) bounds: RowBounds,
    pub(crate) fields: Vec<CsvField>,
}

/// The offsets of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowBounds {
    /// The bytes of its fields, without the line break.
    pub(crate) span: Range<usize>,
    /// The offset behind its line break; `None` if the bytes end before one.
    pub(crate) next_row: Option<usize>,
    pub(crate) quote_error: Option<QuoteError>,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CsvField {
    /// Its offsets, quotes included.
    pub(crate) span: Range<usize>,
    /// The offset of the closing quote of a quoted field.
    closing_quote: Option<usize>,
    /// True if there is a doubled quote inside the quotes.
    doubled_quotes: bool,
}

/// A quote that makes one row of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuoteError {
    /// The offset of the opening quote.
    pub(crate) at: usize,
    /// The offset of the quote that closes it in another row, in the middle of a field; `None` if none does.
    pub(crate) closed_at: Option<usize>,
}

impl<'t> CsvRows<'t> {
    /// Reads the rows from an offset on.
    pub(crate) fn new(bytes: &'t [u8], from: usize) -> Self {
        Self { bytes, at: from }
    }

    /// The offsets of all rows, without their fields.
    pub(crate) fn bounds(mut self) -> impl Iterator<Item = RowBounds> {
        std::iter::from_fn(move || self.next_bounds(|_| {}))
    }

    /// Reads the next row and passes its fields to `visit` one by one.
    fn next_bounds(&mut self, mut visit: impl FnMut(CsvField)) -> Option<RowBounds> {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let start = self.at;
        self.byte()?;
        let mut bounds = RowBounds { span: start..start, next_row: None, quote_error: None };
        loop {
            let (field, quote_error) = self.field();
            visit(field);
            bounds.quote_error = bounds.quote_error.or(quote_error);
            bounds.span.end = self.at;
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(_) => {
                    self.at += if self.rest().starts_with(b"\r\n") { 2 } else { 1 };
                    bounds.next_row = Some(self.at);
                    return Some(bounds);
                }
                None => return Some(bounds),
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Reads a field up to the comma or line break after it.
    fn field(&mut self) -> (CsvField, Option<QuoteError>) {
        let start = self.at;
        let (mut closing_quote, mut doubled_quotes, mut quote_error) = (None, false, None);
        if self.byte() == Some(b'"') {
            self.at += 1;
            while closing_quote.is_none() && quote_error.is_none() {
                match memchr::memchr(b'"', self.rest()) {
                    None => {
                        self.at = self.bytes.len();
                        quote_error = Some(QuoteError { at: start, closed_at: None });
                    }
                    Some(distance) => {
                        self.at += distance + 1;
                        if self.byte() == Some(b'"') {
                            doubled_quotes = true;
                            self.at += 1;
                        } else {
                            closing_quote = Some(self.at - 1);
                        }
                    }
                }
            }
        }
        let behind = self.at;
        self.at += memchr::memchr3(b',', b'\n', b'\r', self.rest()).unwrap_or(self.rest().len());
        if let Some(closing) = closing_quote {
            let slice = |range: Range<usize>| self.bytes.get(range).unwrap_or_default();
            let continues = !slice(behind..self.at).trim_ascii().is_empty();
            // A text with line breaks in it that goes on behind its closing quote: that quote opened a field of another row.
            if continues && memchr::memchr2(b'\n', b'\r', slice(start..closing)).is_some() {
                quote_error = Some(QuoteError { at: start, closed_at: Some(closing) });
            }
        }
        (CsvField { span: start..self.at, closing_quote, doubled_quotes }, quote_error)
    }
}

impl Iterator for CsvRows<'_> {
    type Item = CsvRow;

    fn next(&mut self) -> Option<CsvRow> {
        let mut fields = Vec::new();
        let bounds = self.next_bounds(|field| fields.push(field))?;
        Some(CsvRow { bounds, fields })
    }
}

impl CsvField {
    /// The content of the field, quotes resolved. `text` is the text that the rows were read from.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
        let Some(closing) = self.closing_quote else { return slice(self.span.clone()).into() };
        let quoted = slice(self.span.start + 1..closing);
        let behind = slice(closing + 1..self.span.end);
        match (self.doubled_quotes, behind) {
            (false, "") => quoted.into(),
            (false, _) => [quoted, behind].concat().into(),
            (true, _) => (quoted.replace("\"\"", "\"") + behind).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CsvRows, QuoteError};

    /// Texts and spans of all fields.
    fn rows(text: &str) -> Vec<Vec<(String, &str)>> {
        let rows = CsvRows::new(text.as_bytes(), 0);
        rows.map(|row| {
            assert_eq!(row.bounds.quote_error, None, "{text:?}");
            row.fields.iter().map(|field| (field.text(text).into_owned(), text.get(field.span.clone()).unwrap())).collect()
        })
        .collect()
    }

    fn texts(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.into_iter().map(|(text, _)| text).collect()).collect()
    }

    #[test]
    fn fields_are_read_as_by_the_csv_crate() {
        const PIECES: [&str; 9] = ["a", "é", "\"", "\"\"", ",", "\n", "\r\n", "\r", " "];
        let mut compared = 0;
        for number in 0..PIECES.len().pow(5) {
            let text: String = (0..5).map(|place| PIECES[number / PIECES.len().pow(place) % PIECES.len()]).collect();
            if CsvRows::new(text.as_bytes(), 0).bounds().any(|row| row.quote_error.is_some()) {
                continue;
            }
            let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(texts(&text), expected, "{text:?}");
            compared += 1;
        }
        assert!(compared > 40_000, "{compared}");
    }

    #[test]
    fn spans_cover_fields_with_their_quotes() {
        let found = rows("id,\"a \"\"b\"\"\",\r\n\r\n\"x\ny\",\"q\" ,é");
        let spans: Vec<Vec<&str>> = found.iter().map(|row| row.iter().map(|(_, span)| *span).collect()).collect();
        assert_eq!(spans, [vec!["id", "\"a \"\"b\"\"\"", ""], vec!["\"x\ny\"", "\"q\" ", "é"]]);
        assert_eq!(found[0][1].0, "a \"b\"");
        assert_eq!((found[1][0].0.as_str(), found[1][1].0.as_str()), ("x\ny", "q "));
    }

    #[test]
    fn rows_tell_where_the_next_begins() {
        let text = "a,b\r\nc\rd\n\ne";
        let rows: Vec<_> = CsvRows::new(text.as_bytes(), 0).bounds().map(|row| (row.span, row.next_row)).collect();
        assert_eq!(rows, [(0..3, Some(5)), (5..6, Some(7)), (7..8, Some(9)), (10..11, None)]);
        assert_eq!(CsvRows::new(b"\n\r\n", 0).next(), None);
    }

    #[test]
    fn a_quote_that_swallows_rows_is_an_error() {
        let error = |text: &str| CsvRows::new(text.as_bytes(), 0).bounds().find_map(|row| row.quote_error);
        assert_eq!(error("a,\"rice\nb,coal\nc,\"rice\"\n"), Some(QuoteError { at: 2, closed_at: Some(17) }));
        assert_eq!(error("a,\"rice\nb,coal\n"), Some(QuoteError { at: 2, closed_at: None }));
        assert_eq!(error("a,\"rice\nand beans\" \nb,\"Chung \"Il\" Ltd\"\n"), None);
    }
}
