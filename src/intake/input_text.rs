//! Decoding of an input's bytes, and mistakes that are found before the text is added to the sources of a run.

use crate::document::{Code, Diagnostic, SourceId, Span};

/// A mistake at an offset of an input's text.
#[derive(Debug)]
pub(super) struct TextProblem {
    code: Code,
    at: usize,
    message: String,
    help: &'static str,
}

impl TextProblem {
    /// The bytes from `at` on are not UTF-8; `help` says what was done with them.
    pub(super) fn not_utf8(at: usize, help: &'static str) -> Self {
        Self { code: Code::NotUtf8, at, message: "these bytes are no UTF-8".to_owned(), help }
    }

    /// The whole text is in UTF-16.
    pub(super) fn utf16() -> Self {
        let help = "nothing of it was read; save it as UTF-8, in Excel as `CSV UTF-8` instead of `Unicode text`";
        Self { code: Code::NotUtf8, at: 0, message: "the file is in UTF-16".to_owned(), help }
    }

    /// The line that starts at `at` is too long to be read; `help` says what was read nevertheless.
    pub(super) fn line_too_long(at: usize, message: String, help: &'static str) -> Self {
        Self { code: Code::LineTooLong, at, message, help }
    }

    /// The mistake as a diagnostic in the text's source.
    pub(super) fn in_source(&self, source: SourceId) -> Diagnostic {
        let at = Span { source, start: self.at, end: self.at + 1 };
        Diagnostic::new(self.code, at, self.message.clone()).help(self.help)
    }
}

/// Decodes bytes as UTF-8. Invalid ones are replaced, which is a mistake; of UTF-16 nothing is read.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<TextProblem>) {
    if is_utf16(bytes) {
        return (String::new(), Some(TextProblem::utf16()));
    }
    let help = "save it as UTF-8, in Excel as `CSV UTF-8`; the rest was read, with those bytes replaced";
    let problem = std::str::from_utf8(bytes).err().map(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let message = format!("the byte {byte:02X} is no UTF-8: the file is in another encoding, such as Latin-1");
        TextProblem { message, ..TextProblem::not_utf8(at, help) }
    });
    (String::from_utf8_lossy(bytes).into_owned(), problem)
}

/// True if bytes begin with the byte order mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}
