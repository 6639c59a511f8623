//! A row per finding, for spreadsheets.

use std::io::{self, Write};

use super::finding_text::{because, line, paragraphs, place_of, settled_by, unless};
use super::model::{DecisionNote, Finding, IncidentReport, Report, TransactionReport};

/// The columns. Names stay; new ones come last.
const HEADER: [&str; 30] = [
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
];

/// The findings as comma-separated values, in the order of the report; several values in a cell are parted by `; `.
/// Items are counted from 1. Mistakes in the inputs are told by standard error and the exit code.
pub fn csv(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(out);
    rows.write_record(HEADER)?;
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            for finding in &transaction.findings {
                rows.write_record(row(incident, &transaction, finding).iter().map(|c| cell(c)))?;
            }
        }
    }
    rows.flush()
}

fn row(incident: &IncidentReport, transaction: &TransactionReport, finding: &Finding) -> [String; HEADER.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let decided = |of: fn(&DecisionNote) -> String| finding.decision.as_ref().map(of).unwrap_or_default();
    let subject = finding.subject.as_ref();
    let limited: Vec<&str> = finding.limited_by.iter().map(|cap| cap.in_words()).collect();
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
        subject.map(|s| s.label.clone()).unwrap_or_default(),
        paragraphs(finding),
        finding.title.clone(),
        finding.standing.word().to_owned(),
        transaction.evidence.grades.join("; "),
        because(finding).join("; "),
        limited.join("; "),
        finding.missing.join("; "),
        settled_by(finding).join("; "),
        unless(finding).join("; "),
        text(&finding.satisfied_by),
        transaction.evidence.denied_by.join("; "),
        finding.flags.join("; "),
        place_of(finding, transaction.at.as_ref()).map(ToString::to_string).unwrap_or_default(),
        finding.fingerprint.clone(),
        decided(|d| d.decision.word().to_owned()),
        decided(|d| d.state.word().to_owned()),
        decided(|d| d.by.clone()),
        decided(|d| d.on.to_string()),
        decided(|d| d.expires.map(|d| d.to_string()).unwrap_or_default()),
        decided(|d| d.reason.clone()),
    ]
}

/// A cell that no spreadsheet takes for a formula: those begin with one of these, in any width of writing.
fn cell(text: &str) -> String {
    let formula = |t: &str| t.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let told = line(text);
    if formula(text) || formula(&told) { format!("'{told}") } else { told }
}
