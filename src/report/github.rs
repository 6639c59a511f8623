//! Workflow commands of GitHub Actions: each finding beside the line that it comes from.

use std::io::{self, Write};

use crate::document::{DiagnosticLevel, Position};
use crate::engine::Verdict;

use super::inert::{clipped, line};
use super::model::{FileLocation, Finding, IncidentReport, Report, TransactionReport};
use super::wording::{
    FindingOrQuestion, LeadingBans, OpenQuestion, Section, Telling, also_not_checked, bans_and_questions, headline,
    ineffective_decisions, not_assessed_sentence, problem_lines, rule_with_paragraphs, sections, triage_sentence,
};

/// The longest message, in characters: GitHub cuts what is longer than some 64 KiB without a word.
const MAX_CHARS: usize = 8_000;
/// The longest title, in characters: GitHub refuses more than 255.
const MAX_TITLE_CHARS: usize = 200;

/// Writes an annotation for each problem of the inputs and each finding that is not compliant; a decided finding is a
/// notice.
///
/// The worst come first, for GitHub shows only the first ten of each level in a step.
pub fn github(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for problem in &report.head.problems {
        let (level, what) = match problem.severity {
            DiagnosticLevel::Error => ("error", "mistake in the input"),
            DiagnosticLevel::Warning => ("warning", "mistake in the input"),
            DiagnosticLevel::Note => ("notice", "read in other words"),
        };
        let title = problem.code.map_or_else(|| what.to_owned(), |code| format!("{code}: {what}"));
        annotation(out, level, problem.at.as_ref(), &title, &problem_lines(problem))?;
    }
    for note in &report.head.not_assessed {
        annotation(out, "notice", None, "not assessed", &[not_assessed_sentence(&report.head, note)])?;
    }
    if let Some(sentence) = also_not_checked(&report.head) {
        annotation(out, "notice", None, "not checked", &[sentence])?;
    }
    for sentence in report.head.decisions.iter().flat_map(ineffective_decisions) {
        annotation(out, "warning", None, "decision without effect", &[sentence])?;
    }
    // One pass for each verdict: what is on disk need not be sorted in memory.
    for worst in [Verdict::Violation, Verdict::PotentialViolation, Verdict::InsufficientInformation] {
        for incident in &report.incidents {
            if incident.verdict < Some(worst) {
                continue;
            }
            for transaction in incident.transactions.iter() {
                let transaction = transaction?;
                for entry in bans_and_questions(&transaction) {
                    match entry {
                        FindingOrQuestion::Finding(finding) if finding.verdict == worst => {
                            finding_annotation(out, incident, &transaction, finding)?;
                        }
                        FindingOrQuestion::Question(question) if worst == Verdict::InsufficientInformation => {
                            question_annotation(out, incident, &transaction, &question)?;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if let Some(triage) = &transaction.triage {
                let lines = [triage_sentence(triage), format!("in {}, {}", incident.id, transaction.id)];
                annotation(out, "notice", transaction.at.as_ref(), "triage: no finding, but look", &lines)?;
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
        _ if finding.is_decided() => "notice",
        Verdict::Violation => "error",
        Verdict::PotentialViolation => "warning",
        _ => "notice",
    };
    let mut lines = vec![rule_with_paragraphs(finding), format!("in {}, {}", incident.id, transaction.id)];
    // What several regimes say of one act is told together, beside the finding that leads.
    let leads = transaction.leading.as_ref() == Some(&finding.fingerprint) && !transaction.regimes.is_empty();
    lines.extend(LeadingBans::new(transaction).filter(|_| leads).and_then(|leading| leading.paragraphs()));
    lines.extend(sections(&[finding], Telling::whole(transaction)).iter().map(Section::in_one_line));
    annotation(out, level, finding.location(transaction), &headline(finding), &lines)
}

fn question_annotation(
    out: &mut dyn Write,
    incident: &IncidentReport,
    transaction: &TransactionReport,
    question: &OpenQuestion<'_>,
) -> io::Result<()> {
    let title = format!("{}: {}", Verdict::InsufficientInformation, question.note.text);
    let mut lines = vec![question.note.text.clone(), format!("in {}, {}", incident.id, transaction.id)];
    lines.extend(question.lines());
    let at = question.findings.first().and_then(|finding| finding.location(transaction));
    annotation(out, "notice", at, &title, &lines)
}

fn annotation(out: &mut dyn Write, level: &str, at: Option<&FileLocation>, title: &str, lines: &[String]) -> io::Result<()> {
    write!(out, "::{level} ")?;
    if let Some(place) = at {
        write!(out, "file={},", property(&line(&place.file)))?;
        if let Some(Position { line, column }) = place.position {
            write!(out, "line={line},col={column},")?;
        }
    }
    // Each line is made inert before the line breaks between them are added.
    let text = lines.iter().map(|l| line(l)).collect::<Vec<_>>().join("\n");
    let title = clipped(line(title), MAX_TITLE_CHARS);
    writeln!(out, "title={}::{}", property(&title), data(&clipped(text, MAX_CHARS)))
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
