//! Bytes of an input as text, and mistakes that are found before the text is one of the sources of a run.

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
    /// Bytes from `at` on are no UTF-8; `help` says what became of them.
    pub(super) fn not_utf8(at: usize, help: &'static str) -> Self {
        Self { code: Code::NotUtf8, at, message: "these bytes are no UTF-8".to_owned(), help }
    }

    /// The line that starts at `at` is longer than any that is read; `help` says what was read in spite of it.
    pub(super) fn line_too_long(at: usize, message: String, help: &'static str) -> Self {
        Self { code: Code::LineTooLong, at, message, help }
    }

    /// The mistake as one of the source that the text has become.
    pub(super) fn in_source(&self, source: SourceId) -> Diagnostic {
        let at = Span { source, start: self.at, end: self.at + 1 };
        Diagnostic::new(self.code, at, self.message.clone()).help(self.help)
    }
}

/// Decodes bytes as UTF-8. Those that are none are replaced, which is a mistake.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<TextProblem>) {
    let help = "save the file as UTF-8; the rest was read with that part replaced";
    let problem = std::str::from_utf8(bytes).err().map(|error| TextProblem::not_utf8(error.valid_up_to(), help));
    (String::from_utf8_lossy(bytes).into_owned(), problem)
}
