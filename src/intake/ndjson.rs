//! One transaction per line. A broken line is reported and does not stop the rest.

use std::collections::BTreeMap;

use crate::document::{Diagnostic, Diagnostics, MAX_LINE, Source, Span, read_json};
use crate::facts::{Incident, Transaction};
use crate::rulebook::Vocabulary;

use super::Intake;
use super::incident::{Anchor, Reported, stem};
use super::reader::Reader;

pub(super) fn read(intake: &mut Intake, name: &str, bytes: &[u8], vocabulary: &Vocabulary) {
    let mut text = String::with_capacity(bytes.len());
    let mut lines = Vec::new();
    for line in bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).split(|b| *b == b'\n') {
        let start = text.len();
        let fault = match std::str::from_utf8(line) {
            _ if line.len() > MAX_LINE => {
                text.push_str("...");
                Some((start, format!("this line has {} bytes, more than the {MAX_LINE} that are read", line.len())))
            }
            Ok(line) => {
                text.push_str(line);
                None
            }
            Err(error) => {
                text.push_str(&String::from_utf8_lossy(line));
                Some((start + error.valid_up_to(), "these bytes are no UTF-8".to_owned()))
            }
        };
        lines.push((start..text.len(), fault));
        text.push('\n');
    }
    let id = intake.sources.add(Source::new(name, text));
    let Some(source) = intake.sources.get(id) else { return };
    let mut problems = Diagnostics::default();
    let mut incidents: BTreeMap<String, Reported> = BTreeMap::new();
    let mut read_any = false;
    for (number, (range, fault)) in lines.into_iter().enumerate() {
        if let Some((at, message)) = fault {
            let span = Span { source: id, start: at, end: at + 1 };
            problems.push(Diagnostic::error(span, message).help("this line was not checked; the others were"));
            read_any = true;
            continue;
        }
        let line = source.text().get(range.clone()).unwrap_or_default();
        if line.trim().is_empty() {
            continue;
        }
        read_any = true;
        let Some(node) = read_json(id, line, range.start, &mut problems) else { continue };
        let mut transaction = Transaction::default();
        Reader { vocabulary, problems: &mut problems }.record(&node, &mut transaction);
        let incident = transaction.incident.clone().unwrap_or_else(|| stem(name).to_owned());
        let reported = incidents
            .entry(incident.clone())
            .or_insert_with(|| Reported::of_lines(Incident { id: Some(incident), ..Incident::default() }));
        reported.push(transaction, number + 1, Anchor::Line(Span { source: id, start: range.start, end: range.end }));
    }
    if !read_any {
        let start = Span { source: id, start: 0, end: 0 };
        problems.push(Diagnostic::error(start, "the input is empty").help("an empty input cannot say that nothing moved"));
    }
    for reported in incidents.values_mut() {
        reported.check_own(&mut problems);
    }
    intake.incidents.extend(incidents.into_values());
    intake.problems.append(problems);
}
