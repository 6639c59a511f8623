//! The CSV report: a row for each finding, or for the question in place of several, for spreadsheets.

use std::io::{self, Write};

use super::inert::line;
use super::model::{DecisionNote, Finding, IncidentReport, Report, TransactionReport};
use super::wording::{FindingOrQuestion, Telling, Topic, findings_and_questions, item_name, not_checked, paragraphs, sections};

/// The columns. Their names and order are a contract; new ones come last.
const HEADER: [&str; 33] = [
    "incident",
    "incident_title",
    "transaction",
    "transaction_title",
    "date",
    "rule",
    "verdict",
    "severity",
    "item",
    "label",
    "authority",
    "title",
    "standing",
    "grades",
    "because",
    "limited_by",
    "missing",
    "settled_by",
    "unless",
    "satisfied_by",
    "denied_by",
    "flags",
    "at",
    "fingerprint",
    "decision",
    "decision_state",
    "decided_by",
    "decided_on",
    "decision_expires",
    "decision_reason",
    "question",
    "decides",
    "not_checked",
];

/// Writes the findings as comma-separated values, in the order of the report; several values in a cell are separated by
/// `; `. Items are counted from 1. Mistakes in the inputs are on standard error and in the exit code only.
pub fn csv(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(out);
    rows.write_record(HEADER).map_err(as_written)?;
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            for entry in findings_and_questions(&transaction) {
                let (finding, decides) = match &entry {
                    FindingOrQuestion::Finding(finding) => (Some(*finding), Vec::new()),
                    FindingOrQuestion::Question(question) => (question.findings.first().copied(), question.rules()),
                };
                if let Some(finding) = finding {
                    let row = row(incident, &transaction, finding, &decides);
                    rows.write_record(row.iter().map(|c| cell(c))).map_err(as_written)?;
                }
            }
        }
    }
    rows.flush()
}

/// The failure to write, with its kind: a pipe that is closed is no mistake.
fn as_written(error: ::csv::Error) -> io::Error {
    match error.is_io_error() {
        true => match error.into_kind() {
            ::csv::ErrorKind::Io(error) => error,
            _ => io::Error::other("a row cannot be written"),
        },
        false => error.into(),
    }
}

/// The row of a finding. `decides` are the findings of all rules that its question decides, if the row stands for them.
fn row(
    incident: &IncidentReport,
    transaction: &TransactionReport,
    finding: &Finding,
    decides: &[&Finding],
) -> [String; HEADER.len()] {
    let question = transaction.questions.iter().find(|question| Some(&question.id) == finding.question.as_ref());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let decided = |of: fn(&DecisionNote) -> String| finding.decision.as_ref().map(of).unwrap_or_default();
    let subject = finding.subject.as_ref();
    let sections = sections(&[finding], Telling::whole(transaction));
    let entries = |topic: Topic| {
        let section = sections.iter().find(|section| section.topic == topic);
        section.map(|section| section.entries().join("; ")).unwrap_or_default()
    };
    [
        incident.id.clone(),
        text(&incident.title),
        transaction.id.clone(),
        text(&transaction.title),
        transaction.date.map(|d| d.to_string()).unwrap_or_default(),
        finding.rule.clone(),
        finding.verdict.to_string(),
        finding.severity.word().to_owned(),
        subject.map(|s| s.item.saturating_add(1).to_string()).unwrap_or_default(),
        subject.map(|s| if s.alike.is_empty() { s.label.clone() } else { item_name(s) }).unwrap_or_default(),
        paragraphs(&finding.authority),
        finding.title.clone(),
        finding.standing.word().to_owned(),
        transaction.evidence.grades.join("; "),
        entries(Topic::Because),
        entries(Topic::PotentialOnly),
        finding.missing.join("; "),
        entries(Topic::SettledIfKnown),
        entries(Topic::CompliantIf),
        text(&finding.satisfied_by),
        transaction.evidence.denied_by.join("; "),
        finding.flags.join("; "),
        finding.location(transaction).map(ToString::to_string).unwrap_or_default(),
        finding.fingerprint.clone(),
        decided(|d| d.decision.word().to_owned()),
        decided(|d| d.state.word().to_owned()),
        decided(|d| d.by.clone()),
        decided(|d| d.on.to_string()),
        decided(|d| d.expires.map(|d| d.to_string()).unwrap_or_default()),
        decided(|d| d.reason.clone()),
        question.map(|question| question.text.clone()).unwrap_or_default(),
        decides.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>().join("; "),
        not_checked(&transaction.page).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula, which begins with one of these characters in any width.
fn cell(text: &str) -> String {
    let formula = |t: &str| t.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let line = line(text);
    if formula(text) || formula(&line) { format!("'{line}") } else { line }
}
