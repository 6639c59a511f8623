//! One incident per file: YAML and JSON.

use crate::document::{Code, Diagnostic, Diagnostics, MAX_LINE, SourceText, Span, read_json, read_yaml};
use crate::rulebook::Vocabulary;

use super::Intake;
use super::incident::read_incident;

/// The two forms of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Yaml,
    Json,
}

pub(super) fn read(intake: &mut Intake, name: &str, bytes: &[u8], form: Form, vocabulary: &Vocabulary) {
    let mut faults = Vec::new();
    let text = readable_text(bytes, form, &mut faults);
    // JSON that was cut short is none.
    let cut = form == Form::Json && text.ends_with(CUT);
    let id = intake.sources.add(SourceText::new(name, text));
    let mut problems = Diagnostics::default();
    for (code, offset, message, help) in faults {
        problems.push(Diagnostic::new(code, Span { source: id, start: offset, end: offset + 1 }, message).help(help));
    }
    let Some(source) = intake.sources.get(id) else { return };
    let root = match form {
        _ if cut => None,
        Form::Yaml => read_yaml(id, source, &mut problems),
        Form::Json if source.text().trim().is_empty() => {
            problems.push(Diagnostic::new(Code::EmptyInput, Span { source: id, start: 0, end: 0 }, "the file is empty"));
            None
        }
        Form::Json => read_json(id, source.text(), 0, &mut problems),
    };
    if let Some(root) = root {
        intake.incidents.extend(read_incident(root, vocabulary, &mut problems));
    }
    intake.problems.append(problems);
}

/// What stands for the part of a text that is not read; a comment in YAML, so that its place is visible.
const CUT: &str = "# ...\n";

/// The text as far as it can be read, with what is wrong and where.
///
/// Bytes that are no UTF-8 are replaced, and a line beyond the limit ends the text: what stands before it is still read.
fn readable_text(bytes: &[u8], form: Form, faults: &mut Vec<(Code, usize, String, String)>) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let help = "save the file as UTF-8; the rest was read with that part replaced".to_owned();
        faults.push((Code::NotUtf8, error.valid_up_to(), "these bytes are no UTF-8".to_owned(), help));
    }
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > MAX_LINE {
            let message = format!("this line has {} bytes, more than the {MAX_LINE} that are read", line.len());
            let help = match form {
                Form::Yaml => "what stands before it was read; nothing from here on was",
                Form::Json => "nothing of the file was read; put line breaks into it, or write NDJSON",
            };
            faults.push((Code::LineTooLong, start, message, help.to_owned()));
            text.truncate(start);
            text.push_str(CUT);
            break;
        }
        start += line.len();
    }
    text
}
