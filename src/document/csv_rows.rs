//! The CSV lexer: rows, and the span of each field, in one pass over the bytes.
//!
//! A row ends at a line break (LF, CRLF or CR) outside quotes, and blank lines are not rows. A quote counts at the start of a
//! field; inside a quoted field a doubled quote is one. A quote never swallows rows: one that would is a [`QuoteError`] of the
//! row in which it stands, and the row ends at its line break, as if it had no quote.

use std::borrow::Cow;
use std::ops::Range;

/// How the rows of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CsvDialect {
    /// The byte between two fields: a comma, semicolon, tab or vertical stroke.
    pub(crate) separator: u8,
    /// The number of fields of the header; 0 before the header is read.
    pub(crate) columns: usize,
    /// The length of a line before the header that only names the separator, `sep=;`, as Excel reads it; 0 if there is none.
    pub(crate) preamble: usize,
}

impl CsvDialect {
    /// Comma-separated values with an unknown number of columns.
    pub(crate) const COMMA: CsvDialect = CsvDialect { separator: b',', columns: 0, preamble: 0 };

    /// The dialect of a workbook's sheet, whose cells end with tabs. The first bytes hold the whole header.
    pub(crate) fn of_sheet(bytes: &[u8]) -> Self {
        let dialect = Self { separator: b'\t', columns: 0, preamble: 0 };
        Self { columns: CsvRows::new(bytes, 0, dialect).next().map_or(0, |row| row.fields.len()), ..dialect }
    }

    /// Finds the dialect of a table by its first bytes, which hold the whole header: the separator that the file names, or else
    /// the one that occurs most often in the header.
    pub(crate) fn detect(bytes: &[u8]) -> Self {
        let line_end = |bytes: &[u8]| memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        let first = bytes.get(..line_end(bytes)).unwrap_or_default();
        let named = first.strip_prefix(b"sep=").and_then(|rest| match rest.trim_ascii_end() {
            [] if rest.starts_with(b"\t") => Some(b'\t'),
            [separator] if Self::SEPARATORS.contains(separator) => Some(*separator),
            _ => None,
        });
        let preamble = if named.is_some() { first.len() } else { 0 };
        let rest = bytes.get(preamble..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let header = rest.get(blank..).unwrap_or_default();
        let header = header.get(..line_end(header)).unwrap_or_default();
        let count = |separator: u8| memchr::memchr_iter(separator, header).count();
        // Of equally frequent ones the first, the comma.
        let most = Self::SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',');
        let dialect = Self { separator: named.unwrap_or(most), columns: 0, preamble };
        let columns = CsvRows::new(bytes, preamble, dialect).next().map_or(0, |row| row.fields.len());
        Self { columns, ..dialect }
    }

    /// The bytes that may stand between two fields.
    pub(crate) const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
}

/// The rows of a table, as far as its bytes have been read.
#[derive(Debug, Clone)]
pub(crate) struct CsvRows<'t> {
    bytes: &'t [u8],
    dialect: CsvDialect,
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
    /// True if there is a line break inside the quotes.
    has_line_break: bool,
}

/// A quote that would make one row of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuoteError {
    /// The offset of the opening quote.
    pub(crate) at: usize,
    /// The offset of the quote that closes it, in another row; `None` if none does.
    pub(crate) closed_at: Option<usize>,
}

impl<'t> CsvRows<'t> {
    /// Reads the rows from an offset on.
    pub(crate) fn new(bytes: &'t [u8], from: usize, dialect: CsvDialect) -> Self {
        Self { bytes, dialect, at: from }
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
        // The first quoted field with a line break inside.
        let mut across_lines = None;
        loop {
            let (field, quote_error) = self.field();
            across_lines = across_lines.or(field.closing_quote.filter(|_| field.has_line_break).map(|at| (field.span.start, at)));
            bounds.quote_error = bounds.quote_error.or(quote_error);
            visit(field);
            bounds.span.end = self.at;
            match self.byte() {
                Some(byte) if byte == self.dialect.separator => self.at += 1,
                Some(_) => {
                    self.at += if self.rest().starts_with(b"\r\n") { 2 } else { 1 };
                    bounds.next_row = Some(self.at);
                    break;
                }
                None => break,
            }
        }
        if let (None, Some((at, closed_at))) = (bounds.quote_error, across_lines)
            && self.is_several_rows(&bounds.span)
        {
            bounds.quote_error = Some(QuoteError { at, closed_at: Some(closed_at) });
        }
        if let Some(error) = bounds.quote_error {
            // The row ends where it would without the quote, so that the rows below are read.
            let behind = self.bytes.get(error.at..).unwrap_or_default();
            self.at = error.at + memchr::memchr2(b'\n', b'\r', behind).unwrap_or(behind.len());
            bounds.span.end = self.at;
            bounds.next_row = self.byte().is_some().then(|| {
                self.at += if self.rest().starts_with(b"\r\n") { 2 } else { 1 };
                self.at
            });
        }
        Some(bounds)
    }

    /// True if each line of a row has as many fields as the header: then a quote has made one row of several.
    fn is_several_rows(&self, row: &Range<usize>) -> bool {
        let columns = self.dialect.columns;
        let bytes = self.bytes.get(row.clone()).unwrap_or_default();
        let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
        columns > 1 && lines.clone().count() > 1 && lines.clone().all(|line| self.fields_of_line(line) == columns)
    }

    /// The number of fields of a single line; a quote that is not closed in it counts as a letter.
    fn fields_of_line(&self, line: &[u8]) -> usize {
        let mut rows = CsvRows::new(line, 0, self.dialect);
        let mut fields = 0;
        loop {
            let start = rows.at;
            if rows.field().1.is_some() {
                rows.at = start
                    + memchr::memchr(self.dialect.separator, rows.bytes.get(start..).unwrap_or_default())
                        .unwrap_or(line.len().saturating_sub(start));
            }
            fields += 1;
            match rows.byte() {
                Some(_) => rows.at += 1,
                None => return fields,
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Reads a field up to the separator or line break after it.
    fn field(&mut self) -> (CsvField, Option<QuoteError>) {
        let start = self.at;
        let (mut closing_quote, mut doubled_quotes, mut has_line_break, mut quote_error) = (None, false, false, None);
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
        self.at += memchr::memchr3(self.dialect.separator, b'\n', b'\r', self.rest()).unwrap_or(self.rest().len());
        if let Some(closing) = closing_quote {
            let slice = |range: Range<usize>| self.bytes.get(range).unwrap_or_default();
            let continues = !slice(behind..self.at).trim_ascii().is_empty();
            has_line_break = memchr::memchr2(b'\n', b'\r', slice(start..closing)).is_some();
            // A text with line breaks in it that goes on behind its closing quote: that quote opened a field of another row.
            if continues && has_line_break {
                quote_error = Some(QuoteError { at: start, closed_at: Some(closing) });
            }
        }
        (CsvField { span: start..self.at, closing_quote, doubled_quotes, has_line_break }, quote_error)
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
    use super::{CsvDialect, CsvRows, QuoteError};

    /// Texts and spans of all fields.
    fn rows(text: &str) -> Vec<Vec<(String, &str)>> {
        let rows = CsvRows::new(text.as_bytes(), 0, CsvDialect::COMMA);
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
            if CsvRows::new(text.as_bytes(), 0, CsvDialect::COMMA).bounds().any(|row| row.quote_error.is_some()) {
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
        let rows: Vec<_> =
            CsvRows::new(text.as_bytes(), 0, CsvDialect::COMMA).bounds().map(|row| (row.span, row.next_row)).collect();
        assert_eq!(rows, [(0..3, Some(5)), (5..6, Some(7)), (7..8, Some(9)), (10..11, None)]);
        assert_eq!(CsvRows::new(b"\n\r\n", 0, CsvDialect::COMMA).next(), None);
    }

    /// The quote errors of a table, and the texts of the first fields of its rows.
    fn errors_and_first_fields(text: &str) -> (Vec<QuoteError>, Vec<String>) {
        let rows: Vec<_> = CsvRows::new(text.as_bytes(), 0, CsvDialect::detect(text.as_bytes())).collect();
        let errors = rows.iter().filter_map(|row| row.bounds.quote_error).collect();
        (errors, rows.iter().map(|row| row.fields[0].text(text).into_owned()).collect())
    }

    #[test]
    fn a_quote_that_would_swallow_rows_is_an_error_of_its_own_row() {
        for (text, closed_at) in [
            ("id,goods\na,\"rice\nb,coal\nc,\"rice\"\n", Some(26)),
            ("id,goods\r\na,\"rice\r\nb,coal\r\nc,rice\"\r\n", Some(33)),
            ("id,goods\na,\"rice\nb,coal\nc,rice\n", None),
            ("id;goods\na;\"rice\nb;\"coal\"\nc;rice\n", Some(19)),
        ] {
            let (errors, first) = errors_and_first_fields(text);
            let at = text.find('"').unwrap();
            assert_eq!(errors, [QuoteError { at, closed_at }], "{text:?}");
            assert_eq!(first, ["id", "a", "b", "c"], "{text:?}");
        }
    }

    #[test]
    fn a_text_of_several_lines_is_one_field() {
        for text in [
            "id,goods\na,\"rice\nand beans\" \nb,\"Chung \"Il\" Ltd\"\n",
            "id,goods\na,\"rice,\nbeans, and lentils\"\nb,coal\n",
            "goods\n\"a\nb\"\nc\n",
        ] {
            let (errors, first) = errors_and_first_fields(text);
            assert_eq!((errors.as_slice(), first.len()), ([].as_slice(), 3), "{text:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_the_header_has_most_of_or_that_the_file_names() {
        for (text, separator, columns) in [
            ("id,date\n1;2;3,4\n", b',', 2),
            ("id;date;\"item.description\"\r\n1;2,5;3\n", b';', 3),
            ("id\tdate\n1\t2,5;3\n", b'\t', 2),
            ("sep=;\r\nid;item.hs\r\n", b';', 2),
            ("sep=\t\nid\titem.hs\n", b'\t', 2),
            ("\n\nid\n1\n", b',', 1),
            ("", b',', 0),
        ] {
            let dialect = CsvDialect::detect(text.as_bytes());
            assert_eq!((dialect.separator, dialect.columns), (separator, columns), "{text:?}");
            assert_eq!(dialect.preamble > 0, text.starts_with("sep="), "{text:?}");
        }
    }
}
