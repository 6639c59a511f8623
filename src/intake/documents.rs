//! Documents: files that hold one incident each, as YAML or JSON.

use std::path::Path;

use crate::document::{Code, Diagnostic, Diagnostics, MAX_LINE, SourceText, Span, read_json, read_yaml};
use crate::rulebook::Vocabulary;

use super::Intake;
use super::incident::read_incident;
use super::input_text::{TextProblem, decode, is_utf16};

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DocumentFormat {
    Yaml,
    Json,
}

/// Reads a document and adds its incident. A name that ends in `.json`, in any case, is JSON, any other YAML.
pub(super) fn read(intake: &mut Intake, name: &str, bytes: &[u8], vocabulary: &Vocabulary) {
    let is_json = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = if is_json { DocumentFormat::Json } else { DocumentFormat::Yaml };
    let (mut text, not_utf8) = decode(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let too_long = cut_at_overlong_line(&mut text, format);
    // JSON that was cut short is not JSON.
    let is_readable = !is_utf16(bytes) && (too_long.is_none() || format == DocumentFormat::Yaml);
    let id = intake.sources.add(SourceText::new(name, text));
    let mut problems = Diagnostics::default();
    not_utf8.into_iter().chain(too_long).for_each(|problem| problems.push(problem.in_source(id)));
    let Some(source) = intake.sources.get(id).filter(|_| is_readable) else { return intake.problems.append(problems) };
    let root = match format {
        DocumentFormat::Yaml => read_yaml(id, source, &mut problems),
        DocumentFormat::Json if source.text().trim().is_empty() => {
            problems.push(Diagnostic::new(Code::EmptyInput, Span { source: id, start: 0, end: 0 }, "the file is empty"));
            None
        }
        DocumentFormat::Json => read_json(id, source.text(), 0, &mut problems),
    };
    if let Some(root) = root {
        let mut incident = read_incident(root, Some(name), vocabulary, &mut problems);
        incident.iter_mut().for_each(|incident| incident.pack_document(source));
        intake.incidents.extend(incident);
    }
    intake.problems.append(problems);
}

/// Cuts a text before its first line of more than [`MAX_LINE`] bytes, so that what precedes it can still be read.
fn cut_at_overlong_line(text: &mut String, format: DocumentFormat) -> Option<TextProblem> {
    let mut start = 0;
    let length = text.split_inclusive('\n').map(str::len).find(|length| {
        let is_too_long = *length > MAX_LINE;
        start += if is_too_long { 0 } else { *length };
        is_too_long
    })?;
    text.truncate(start);
    // A comment in YAML, so that the place can be shown.
    text.push_str("# ...\n");
    let message = format!("this line has {length} bytes, more than the {MAX_LINE} that are read");
    let help = match format {
        DocumentFormat::Yaml => "what stands before it was read; nothing from here on was",
        DocumentFormat::Json => "nothing of the file was read; put line breaks into it, or write NDJSON",
    };
    Some(TextProblem::line_too_long(start, message, help))
}
