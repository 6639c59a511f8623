//! JUnit's XML, which every continuous integration reads: a suite per incident, a case per transaction.
//!
//! Nobody owns the form. This keeps to the schema of Jenkins' xUnit plugin (`junit-10.xsd`), the one that is enforced: it
//! knows no file and line of a case, so places stand in the text.
//!
//! Written by hand, transaction by transaction: the crates that write JUnit hold the whole document in memory.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::AddAssign;

use crate::document::DiagnosticLevel;
use crate::engine::Verdict;

use super::decision_text::{is_decided, unmet};
use super::finding_text::{line, paragraphs, particulars};
use super::model::{Finding, Head, IncidentReport, Report, TransactionReport};

/// The report as JUnit's XML. A violation or potential violation fails its transaction; one that lacks information is
/// skipped; a mistake in an input is an error. What a person has decided is told and fails nothing. There is no time in it, so that equal inputs give equal reports.
pub fn junit(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let inputs = Counts::of_inputs(&report.head);
    let mut all = inputs;
    let mut suites = Vec::with_capacity(report.incidents.len());
    for incident in &report.incidents {
        let counts = Counts::of_incident(incident)?;
        all += counts;
        suites.push(counts);
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"interdict\"{}>", all.of_all())?;
    if inputs.tests > 0 {
        writeln!(out, "  <testsuite name=\"inputs\"{}>", inputs.attributes())?;
        input_cases(&report.head, out)?;
        writeln!(out, "  </testsuite>")?;
    }
    for (incident, counts) in report.incidents.iter().zip(suites) {
        let name = incident.title.as_deref().map(|t| format!("{}: {t}", incident.id));
        let name = name.as_deref().unwrap_or(&incident.id);
        writeln!(out, "  <testsuite name=\"{}\"{}>", escaped(name), counts.attributes())?;
        for transaction in incident.transactions.iter() {
            out.write_all(case(&incident.id, &*transaction?).as_bytes())?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// What a suite has to say of its cases before they come.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of_inputs(head: &Head) -> Self {
        let errors = head.problems.iter().filter(|p| p.severity == DiagnosticLevel::Error).count();
        let skipped = head.not_assessed.len() + head.decisions.iter().flat_map(unmet).count();
        Self { tests: head.problems.len() + skipped, failures: 0, errors, skipped }
    }

    fn of_incident(incident: &IncidentReport) -> io::Result<Self> {
        let mut counts = Self::default();
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            counts.tests += 1;
            match CaseResult::of(&transaction) {
                CaseResult::Failed => counts.failures += 1,
                CaseResult::Skipped => counts.skipped += 1,
                CaseResult::Passed => {}
            }
        }
        Ok(counts)
    }

    /// The schema has no `skipped` of all suites together.
    fn of_all(self) -> String {
        let Self { tests, failures, errors, .. } = self;
        format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }

    fn attributes(self) -> String {
        format!("{} skipped=\"{}\"", self.of_all(), self.skipped)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }
}

/// What becomes of a case.
enum CaseResult {
    Failed,
    Skipped,
    Passed,
}

impl CaseResult {
    fn of(transaction: &TransactionReport) -> Self {
        match worst_open(transaction) {
            Some(Verdict::Violation | Verdict::PotentialViolation) => Self::Failed,
            Some(Verdict::InsufficientInformation) => Self::Skipped,
            _ => Self::Passed,
        }
    }
}

/// The worst verdict of what nobody has decided.
fn worst_open(transaction: &TransactionReport) -> Option<Verdict> {
    transaction.findings.iter().filter(|f| !is_decided(f)).map(|f| f.verdict).max()
}

fn case(incident: &str, transaction: &TransactionReport) -> String {
    let mut told = opening(incident, &transaction.id);
    let place = |told: &mut String| transaction.at.iter().for_each(|at| text_line(told, &format!("at {at}")));
    let breach = |f: &&Finding| !is_decided(f) && matches!(f.verdict, Verdict::Violation | Verdict::PotentialViolation);
    let verdict = worst_open(transaction);
    let word = verdict.map_or("", Verdict::word);
    match CaseResult::of(transaction) {
        CaseResult::Failed => {
            let breaches: Vec<&Finding> = transaction.findings.iter().filter(breach).collect();
            let _ = write!(told, "\n      <failure type=\"{}\" message=\"{}\">", escaped(word), escaped(&rules_of(&breaches)));
            place(&mut told);
            findings_text(&mut told, &breaches);
            told.push_str("</failure>");
        }
        CaseResult::Skipped => {
            let open: Vec<&Finding> =
                transaction.findings.iter().filter(|f| Some(f.verdict) == verdict && !is_decided(f)).collect();
            let _ = write!(told, "\n      <skipped message=\"{}\"/>", escaped(&format!("{word}: {}", rules_of(&open))));
        }
        CaseResult::Passed => {}
    }
    let others: Vec<&Finding> = transaction.findings.iter().filter(|f| !breach(f)).collect();
    if !(others.is_empty() && transaction.duties.is_empty() && transaction.warnings.is_empty()) {
        told.push_str("\n      <system-out>");
        place(&mut told);
        findings_text(&mut told, &others);
        for duty in &transaction.duties {
            text_line(&mut told, &format!("duty {}: {}", duty.duty, duty.title));
        }
        for warning in &transaction.warnings {
            text_line(&mut told, &format!("look at: {}", warning.text));
        }
        told.push_str("</system-out>");
    }
    closing(told)
}

fn input_cases(head: &Head, out: &mut dyn Write) -> io::Result<()> {
    for problem in &head.problems {
        let mut told = opening("inputs", &problem.at.as_ref().map_or_else(|| "inputs".to_owned(), ToString::to_string));
        let mut text = String::new();
        text_line(&mut text, &problem.message);
        if let Some(help) = &problem.help {
            text_line(&mut text, &format!("help: {help}"));
        }
        let _ = if problem.severity == DiagnosticLevel::Error {
            write!(told, "\n      <error type=\"input\" message=\"{}\">{text}</error>", escaped(&problem.message))
        } else {
            write!(told, "\n      <system-out>{text}</system-out>")
        };
        out.write_all(closing(told).as_bytes())?;
    }
    for note in &head.not_assessed {
        let mut told = opening("inputs", &format!("not assessed: {}", note.rules.join(", ")));
        let because = format!("{}, {} transactions", note.because, note.transactions);
        let _ = write!(told, "\n      <skipped message=\"{}\"/>", escaped(&because));
        out.write_all(closing(told).as_bytes())?;
    }
    for unmet in head.decisions.iter().flat_map(unmet) {
        let mut told = opening("inputs", &format!("decision: {unmet}"));
        told.push_str("\n      <skipped message=\"the decision covers no finding\"/>");
        out.write_all(closing(told).as_bytes())?;
    }
    Ok(())
}

/// The opening tag of a case.
fn opening(class: &str, name: &str) -> String {
    format!("    <testcase classname=\"{}\" name=\"{}\">", escaped(class), escaped(name))
}

fn closing(mut told: String) -> String {
    // What has elements in it stands on several lines.
    told.push_str(if told.contains('\n') { "\n    </testcase>\n" } else { "</testcase>\n" });
    told
}

/// The rules, each once, in their order.
fn rules_of(findings: &[&Finding]) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for finding in findings {
        if !rules.contains(&finding.rule.as_str()) {
            rules.push(&finding.rule);
        }
    }
    rules.join(", ")
}

fn findings_text(out: &mut String, findings: &[&Finding]) {
    for finding in findings {
        text_line(out, &format!("{}: {} [{}]", finding.verdict, finding.rule, finding.severity.word()));
        text_line(out, &format!("{} ({})", finding.title, paragraphs(finding)));
        for (heading, entries) in particulars(finding) {
            for entry in entries {
                text_line(out, &format!("- {heading}: {entry}"));
            }
        }
    }
}

fn text_line(out: &mut String, text: &str) {
    out.push_str(&escaped(text));
    out.push('\n');
}

/// Escaped for an attribute or for text. What XML 1.0 forbids even escaped was made harmless before.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}
