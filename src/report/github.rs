//! Workflow commands of GitHub Actions: each finding beside the line that it comes from.

use std::io::{self, Write};

use crate::document::{DiagnosticLevel, Position};
use crate::engine::Verdict;

use super::decision_text::{is_decided, unmet};
use super::finding_text::{clipped, line, paragraphs, particulars, place_of};
use super::model::{FileLocation, Finding, IncidentReport, Report, TransactionReport};

/// The longest message, in characters: GitHub cuts what is longer than some 64 KiB without a word.
const LONGEST: usize = 8_000;
/// The longest title, in characters: GitHub refuses more than 255.
const LONGEST_TITLE: usize = 200;

/// An annotation for each mistake in the inputs and each finding that is not compliant; a notice where it is decided.
///
/// The worst come first, for GitHub shows only the first ten of each level in a step.
pub fn github(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for problem in &report.head.problems {
        let level = if problem.severity == DiagnosticLevel::Error { "error" } else { "warning" };
        let title = match &problem.code {
            Some(code) => format!("{code}: mistake in the input"),
            None => "mistake in the input".to_owned(),
        };
        let mut lines = vec![problem.message.clone()];
        lines.extend(problem.help.iter().map(|help| format!("help: {help}")));
        annotation(out, level, problem.at.as_ref(), &title, &lines)?;
    }
    for note in &report.head.not_assessed {
        let told = format!("{} ({}, {} transactions)", note.rules.join(", "), note.because, note.transactions);
        annotation(out, "notice", None, "not assessed", &[told])?;
    }
    for told in report.head.decisions.iter().flat_map(unmet) {
        annotation(out, "warning", None, "decision without effect", &[told])?;
    }
    // Once through for each verdict: what is kept on disk need not be sorted in memory.
    for worst in [Verdict::Violation, Verdict::PotentialViolation, Verdict::InsufficientInformation] {
        for incident in &report.incidents {
            if incident.verdict < Some(worst) {
                continue;
            }
            for transaction in incident.transactions.iter() {
                let transaction = transaction?;
                for finding in transaction.findings.iter().filter(|f| f.verdict == worst) {
                    finding_annotation(out, incident, &transaction, finding)?;
                }
            }
        }
    }
    Ok(())
}

fn finding_annotation(
    out: &mut dyn Write,
    incident: &IncidentReport,
    transaction: &TransactionReport,
    finding: &Finding,
) -> io::Result<()> {
    let level = match finding.verdict {
        _ if is_decided(finding) => "notice",
        Verdict::Violation => "error",
        Verdict::PotentialViolation => "warning",
        _ => "notice",
    };
    let mut lines =
        vec![format!("{} ({})", finding.title, paragraphs(finding)), format!("in {}, {}", incident.id, transaction.id)];
    lines.extend(particulars(finding).iter().map(|(heading, entries)| format!("{heading}: {}", entries.join("; "))));
    let title = format!("{}: {} [{}]", finding.verdict, finding.rule, finding.severity.word());
    annotation(out, level, place_of(finding, transaction.at.as_ref()), &title, &lines)
}

fn annotation(out: &mut dyn Write, level: &str, at: Option<&FileLocation>, title: &str, lines: &[String]) -> io::Result<()> {
    write!(out, "::{level} ")?;
    if let Some(place) = at {
        write!(out, "file={},", property(&line(&place.file)))?;
        if let Some(Position { line, column }) = place.position {
            write!(out, "line={line},col={column},")?;
        }
    }
    // Line breaks of our own are made after each line was made harmless.
    let text = lines.iter().map(|l| line(l)).collect::<Vec<_>>().join("\n");
    let title = clipped(line(title), LONGEST_TITLE);
    writeln!(out, "title={}::{}", property(&title), data(&clipped(text, LONGEST)))
}

/// Escaped as the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as a property of a workflow command, which ends at a comma or at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
