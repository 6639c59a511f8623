//! JUnit's XML, which every continuous integration reads: a suite per incident, a case per transaction.
//!
//! The format has no owner. This follows the schema of Jenkins' xUnit plugin (`junit-10.xsd`), the one that is enforced: it
//! has no attribute for the file and line of a case, so places are in the text.
//!
//! Written by hand, transaction by transaction: the crates that write JUnit hold the whole document in memory.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::BuildHasher as _;
use std::io::{self, Write};
use std::ops::AddAssign;

use rustc_hash::FxBuildHasher;

use crate::document::DiagnosticLevel;
use crate::engine::Verdict;

use super::inert::line;
use super::model::{Finding, Head, IncidentReport, Report, TransactionReport};
use super::wording::{
    FindingOrQuestion, Telling, findings_and_questions, headline, ineffective_decisions, number_of, open_questions,
    problem_lines, red_flags, rule_with_paragraphs, sections, triage_sentence,
};

/// Writes the report as JUnit's XML. A violation or potential violation fails its transaction; a transaction that lacks
/// information is skipped; a mistake in an input is an error. Decided findings are written and fail nothing. There is no
/// time in it, so that equal inputs give equal reports.
pub fn junit(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut names = CaseNames::default();
    let inputs = SuiteCounts::of_inputs(&report.head);
    let mut all = inputs;
    let mut suites = Vec::with_capacity(report.incidents.len());
    for incident in &report.incidents {
        let counts = SuiteCounts::of_incident(incident)?;
        all += counts;
        suites.push(counts);
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"interdict\"{}>", all.total_attributes())?;
    if inputs.tests > 0 {
        writeln!(out, "  <testsuite name=\"inputs\"{}>", inputs.attributes())?;
        input_cases(&report.head, &mut names, out)?;
        writeln!(out, "  </testsuite>")?;
    }
    for (incident, counts) in report.incidents.iter().zip(suites) {
        let name = incident.title.as_deref().map(|t| format!("{}: {t}", incident.id));
        let name = name.as_deref().unwrap_or(&incident.id);
        writeln!(out, "  <testsuite name=\"{}\"{}>", escaped(name), counts.attributes())?;
        for transaction in incident.transactions.iter() {
            out.write_all(case(&incident.id, &*transaction?, &mut names).as_bytes())?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The counts of a suite, which are written before its cases.
#[derive(Debug, Clone, Copy, Default)]
struct SuiteCounts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl SuiteCounts {
    fn of_inputs(head: &Head) -> Self {
        let errors = head.problems.iter().filter(|p| p.severity == DiagnosticLevel::Error).count();
        let skipped = head.not_assessed.len() + head.decisions.iter().flat_map(ineffective_decisions).count();
        Self { tests: head.problems.len() + skipped, failures: 0, errors, skipped }
    }

    fn of_incident(incident: &IncidentReport) -> io::Result<Self> {
        let mut counts = Self::default();
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            counts.tests += 1;
            match CaseResult::new(&transaction) {
                CaseResult::Failed => counts.failures += 1,
                CaseResult::Skipped => counts.skipped += 1,
                CaseResult::Passed => {}
            }
        }
        Ok(counts)
    }

    /// Attributes of all suites together, for which the schema has no `skipped`.
    fn total_attributes(self) -> String {
        let Self { tests, failures, errors, .. } = self;
        format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }

    fn attributes(self) -> String {
        format!("{} skipped=\"{}\"", self.total_attributes(), self.skipped)
    }
}

impl AddAssign for SuiteCounts {
    fn add_assign(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }
}

/// The result of a case.
enum CaseResult {
    Failed,
    Skipped,
    Passed,
}

impl CaseResult {
    fn new(transaction: &TransactionReport) -> Self {
        match worst_undecided(transaction) {
            Some(Verdict::Violation | Verdict::PotentialViolation) => Self::Failed,
            Some(Verdict::InsufficientInformation) => Self::Skipped,
            _ => Self::Passed,
        }
    }
}

/// The worst verdict among the findings that are not decided.
fn worst_undecided(transaction: &TransactionReport) -> Option<Verdict> {
    transaction.findings.iter().filter(|f| !f.is_decided()).map(|f| f.verdict).max()
}

fn case(incident: &str, transaction: &TransactionReport, names: &mut CaseNames) -> String {
    let mut xml = names.opening(incident, &transaction.id);
    let place = |text: &mut String| transaction.at.iter().for_each(|at| push_line(text, &format!("at {at}")));
    let breach = |f: &Finding| !f.is_decided() && matches!(f.verdict, Verdict::Violation | Verdict::PotentialViolation);
    let verdict = worst_undecided(transaction);
    let word = verdict.map_or("", Verdict::word);
    match CaseResult::new(transaction) {
        CaseResult::Failed => {
            let breaches: Vec<&Finding> = transaction.findings.iter().filter(|f| breach(f)).collect();
            let _ = write!(xml, "\n      <failure type=\"{}\" message=\"{}\">", escaped(word), escaped(&rules_of(&breaches)));
            place(&mut xml);
            push_findings(&mut xml, &breaches, transaction);
            xml.push_str("</failure>");
        }
        CaseResult::Skipped => {
            let open: Vec<&Finding> =
                transaction.findings.iter().filter(|f| Some(f.verdict) == verdict && !f.is_decided()).collect();
            let questions: Vec<String> = open_questions(transaction).into_iter().map(|q| q.note.text.clone()).collect();
            let why = if questions.is_empty() { rules_of(&open) } else { questions.join(" ") };
            let _ = write!(xml, "\n      <skipped message=\"{}\"/>", escaped(&format!("{word}: {why}")));
        }
        CaseResult::Passed => {}
    }
    let mut others = findings_and_questions(transaction);
    others.retain(|entry| !matches!(entry, FindingOrQuestion::Finding(finding) if breach(finding)));
    let beside = [transaction.duties.is_empty(), transaction.warnings.is_empty(), transaction.triage.is_none()];
    let is_wholly_checked = transaction.page.not_checked.is_empty();
    if !(others.is_empty() && is_wholly_checked && beside.into_iter().all(|is_empty| is_empty)) {
        xml.push_str("\n      <system-out>");
        place(&mut xml);
        for entry in &others {
            match entry {
                FindingOrQuestion::Finding(finding) => push_findings(&mut xml, &[finding], transaction),
                FindingOrQuestion::Question(question) => {
                    push_line(&mut xml, &format!("{}: {}", Verdict::InsufficientInformation, question.note.text));
                    question.lines().iter().for_each(|line| push_line(&mut xml, &format!("- {line}")));
                }
            }
        }
        for duty in &transaction.duties {
            push_line(&mut xml, &format!("duty {}: {}", duty.duty, duty.title));
        }
        if let Some(triage) = &transaction.triage {
            push_line(&mut xml, &format!("triage: {}", triage_sentence(triage)));
        }
        for flag in red_flags(transaction) {
            push_line(&mut xml, &format!("look at: {flag}"));
        }
        for note in &transaction.page.not_checked {
            push_line(&mut xml, &format!("not checked: {} ({})", note.what, note.because));
        }
        xml.push_str("</system-out>");
    }
    closing(xml)
}

fn input_cases(head: &Head, names: &mut CaseNames, out: &mut dyn Write) -> io::Result<()> {
    for problem in &head.problems {
        let mut xml = names.opening("inputs", &problem.at.as_ref().map_or_else(|| "inputs".to_owned(), ToString::to_string));
        let mut text = String::new();
        problem_lines(problem).iter().for_each(|line| push_line(&mut text, line));
        let _ = if problem.severity == DiagnosticLevel::Error {
            write!(xml, "\n      <error type=\"input\" message=\"{}\">{text}</error>", escaped(&problem.message))
        } else {
            write!(xml, "\n      <system-out>{text}</system-out>")
        };
        out.write_all(closing(xml).as_bytes())?;
    }
    for note in &head.not_assessed {
        let mut xml = names.opening("inputs", &format!("not assessed: {}", note.rules.join(", ")));
        let because = format!("{}, {}", note.because, number_of(note.transactions, "transaction"));
        let _ = write!(xml, "\n      <skipped message=\"{}\"/>", escaped(&because));
        out.write_all(closing(xml).as_bytes())?;
    }
    for sentence in head.decisions.iter().flat_map(ineffective_decisions) {
        let mut xml = names.opening("inputs", &format!("decision: {sentence}"));
        xml.push_str("\n      <skipped message=\"the decision covers no finding\"/>");
        out.write_all(closing(xml).as_bytes())?;
    }
    Ok(())
}

/// The names of cases so far. GitLab and others keep one case of those that share class and name.
#[derive(Default)]
struct CaseNames {
    /// How often a pair of class and name was asked for, by its hash: streams have more cases than names fit into memory.
    asked: HashMap<u64, usize, FxBuildHasher>,
}

impl CaseNames {
    /// The opening tag of a case. A name that was there before gets a number, in the order of the report.
    fn opening(&mut self, class: &str, name: &str) -> String {
        let (class, name) = (escaped(class), escaped(name));
        let hash = |name: &str| FxBuildHasher.hash_one((&class, name));
        let (first, mut unique) = (hash(&name), name.clone());
        while self.asked.contains_key(&hash(&unique)) {
            let number = self.asked.entry(first).or_insert(1);
            *number += 1;
            unique = format!("{name} ({number})");
        }
        self.asked.insert(hash(&unique), 1);
        format!("    <testcase classname=\"{class}\" name=\"{unique}\">")
    }
}

fn closing(mut xml: String) -> String {
    // A case with elements in it is written on several lines.
    xml.push_str(if xml.contains('\n') { "\n    </testcase>\n" } else { "</testcase>\n" });
    xml
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

fn push_findings(out: &mut String, findings: &[&Finding], transaction: &TransactionReport) {
    for finding in findings {
        push_line(out, &headline(finding));
        push_line(out, &rule_with_paragraphs(finding));
        for section in sections(&[finding], Telling::whole(transaction)) {
            for entry in section.entries() {
                push_line(out, &format!("- {}: {entry}", section.topic.heading()));
            }
        }
    }
}

fn push_line(out: &mut String, text: &str) {
    out.push_str(&escaped(text));
    out.push('\n');
}

/// A text, inert and escaped for an attribute or for text. What XML 1.0 forbids even escaped is not left in inert text.
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
