//! The report for a person at a terminal: the worst first, 80 columns.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::document::DiagnosticLevel;
use crate::engine::Verdict;

use super::inert::{inert, line};
use super::model::{Basis, Finding, Head, IncidentReport, QuestionNote, Report, TransactionReport};
use super::wording::{
    Body, CAVEAT, NOT_REPORTED, OpenQuestion, Section, Topic, decisions_line, decisive_derived, derived_sentence,
    exception_sentence, fact_is, ineffective_decisions, near_miss_sentence, not_assessed_sentence, number_of, open_questions,
    paragraphs, rulebook_id, sections, triage_sentence,
};
use super::wrap::{WIDTH, wrapped};

/// Writes the report as text, incident by incident, the worst first.
pub fn text(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut opening = String::new();
    for note in &report.head.not_assessed {
        wrapped(&mut opening, "Not assessed: ", "  ", &not_assessed_sentence(note));
    }
    if !report.head.not_assessed.is_empty() {
        opening.push('\n');
    }
    out.write_all(opening.as_bytes())?;
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|incident| Reverse(incident.verdict));
    for incident in incidents {
        write_incident(out, incident)?;
    }
    let mut closing = String::new();
    push_summary(&mut closing, &report.head);
    out.write_all(closing.as_bytes())
}

fn write_incident(out: &mut dyn Write, incident: &IncidentReport) -> io::Result<()> {
    let mut text = String::new();
    let title = incident.title.as_deref().unwrap_or_default();
    wrapped(&mut text, "", "  ", &format!("{}  {title}", incident.id));
    let _ = writeln!(text, "{}", "=".repeat(WIDTH));
    out.write_all(text.as_bytes())?;
    let mut without_finding = Vec::new();
    let mut before: Option<(String, Vec<QuestionNote>)> = None;
    for transaction in incident.transactions.worst_first() {
        let transaction = transaction?;
        text.clear();
        if !transaction.findings.is_empty() {
            let as_of = before.as_ref().filter(|(_, asked)| has_same_questions(asked, &transaction.questions));
            push_transaction(&mut text, &transaction, as_of.map(|(id, _)| id.as_str()));
            before = Some((transaction.id.clone(), transaction.questions.clone()));
        } else {
            without_finding.push(transaction.id.clone());
            if !(transaction.warnings.is_empty() && transaction.near_misses.is_empty() && transaction.triage.is_none()) {
                let _ = writeln!(text, "\n{}", inert(&transaction.id));
                push_beside_findings(&mut text, &transaction);
            }
        }
        out.write_all(text.as_bytes())?;
    }
    text.clear();
    if !without_finding.is_empty() {
        text.push('\n');
        wrapped(&mut text, "No finding: ", "  ", &without_finding.join(", "));
    }
    text.push('\n');
    out.write_all(text.as_bytes())
}

/// True if two transactions lack the same facts for the same rules.
fn has_same_questions(a: &[QuestionNote], b: &[QuestionNote]) -> bool {
    let words = |questions: &[QuestionNote]| -> Vec<_> { questions.iter().map(|q| (q.text.clone(), q.rules.clone())).collect() };
    words(a) == words(b)
}

/// A transaction with findings. `as_of` names the one before it if that has the same questions.
fn push_transaction(out: &mut String, transaction: &TransactionReport, as_of: Option<&str>) {
    out.push('\n');
    let title = transaction.title.as_deref().map(|t| format!(": {t}")).unwrap_or_default();
    wrapped(out, "", "  ", &format!("{}{title}", transaction.id));
    let evidence = &transaction.evidence;
    let date = transaction.date.map_or_else(|| format!("date {NOT_REPORTED}"), |date| date.to_string());
    let mut facts = vec![date, evidence.standing.word().to_owned()];
    if !evidence.grades.is_empty() {
        facts.push(format!("sources graded {}", evidence.grades.join(", ")));
    }
    if !evidence.denied_by.is_empty() {
        facts.push(format!("denied by {}", evidence.denied_by.join(", ")));
    }
    wrapped(out, "  ", "  ", &facts.join("; "));
    let file = transaction.at.as_ref().map_or("", |at| at.file.as_str());
    wrapped(out, "  in ", "     ", file);
    let questions = open_questions(transaction);
    let groups = grouped(&transaction.findings, &questions);
    let is_settled = |group: &&Vec<&Finding>| group.first().is_some_and(|f| f.verdict < Verdict::InsufficientInformation);
    groups.iter().filter(|group| !is_settled(group)).for_each(|group| push_findings_of_rule(out, group, file));
    push_questions(out, &questions, as_of);
    groups.iter().filter(is_settled).for_each(|group| push_findings_of_rule(out, group, file));
    push_beside_findings(out, transaction);
}

/// The findings that questions do not stand for, those of one rule, verdict and decision together.
fn grouped<'f>(findings: &'f [Finding], questions: &[OpenQuestion<'_>]) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings.iter().filter(|finding| !questions.iter().any(|question| question.settles(finding))) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|f| differs_in_item(f, finding))) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// True if two findings of a transaction differ in their item alone.
fn differs_in_item(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && a.verdict == b.verdict && a.decision == b.decision
}

/// So many questions are written out, and so many rules of each; the others are counted or named.
const MOST_QUESTIONS: usize = 3;
const MOST_RULES: usize = 3;

/// The questions in place of open findings. `as_of` names a transaction that has just been given the same ones.
fn push_questions(out: &mut String, questions: &[OpenQuestion<'_>], as_of: Option<&str>) {
    if questions.is_empty() {
        return;
    }
    let number = number_of(questions.len(), "question");
    let _ = writeln!(out, "\n  {}  {number}", capitals(Verdict::InsufficientInformation));
    if let Some(other) = as_of {
        wrapped(out, "    ", "    ", &format!("the same as of {other}"));
        return;
    }
    for question in questions.iter().take(MOST_QUESTIONS) {
        wrapped(out, "    ", "      ", &question.note.text);
        wrapped(out, "      ", "      ", &question.stakes());
        question.then().iter().for_each(|then| wrapped(out, "      ", "      ", then));
        let rules = question.rules();
        for finding in rules.iter().take(MOST_RULES) {
            wrapped(out, "      - ", "        ", &OpenQuestion::rule_sentence(finding));
        }
        let others: Vec<&str> = rules.iter().skip(MOST_RULES).map(|finding| finding.rule.as_str()).collect();
        if !others.is_empty() {
            wrapped(out, "      - ", "        ", &others.join(", "));
        }
    }
    let others = questions.get(MOST_QUESTIONS..).unwrap_or_default();
    if !others.is_empty() {
        let rules: usize = others.iter().map(|question| question.rules().len()).sum();
        let number = number_of(others.len(), "more question");
        let rules = number_of(rules, "rule");
        wrapped(out, "    ", "      ", &format!("and {number} about {rules}: `interdict explain FILE` gives all"));
    }
}

fn push_findings_of_rule(out: &mut String, findings: &[&Finding], file: &str) {
    let Some(first) = findings.first() else { return };
    let _ = writeln!(out, "\n  {}  {} [{}]", capitals(first.verdict), first.rule, first.severity.word());
    wrapped(out, "    ", "    ", &first.title);
    wrapped(out, "    ", "    ", &paragraphs(&first.authority));
    sections(findings).iter().for_each(|section| push_section(out, section, file));
}

/// One section of a finding; places in `file` are shown without it.
fn push_section(out: &mut String, section: &Section<'_>, file: &str) {
    let heading = section.topic.heading();
    let mut after_heading = |text: &str| wrapped(out, &format!("    {heading}: "), "      ", text);
    match &section.body {
        Body::Sentence(sentence) => after_heading(sentence),
        Body::All(sentences) if section.topic == Topic::Note => sentences.iter().for_each(|note| after_heading(note)),
        Body::All(sentences) => after_heading(&sentences.join("; ")),
        Body::Any(sentences) => after_heading(&sentences.join("; or ")),
        Body::Facts(facts) => {
            let _ = writeln!(out, "    {heading}");
            facts.iter().for_each(|basis| push_basis(out, basis, file));
        }
        Body::Exceptions(exceptions) => {
            let _ = writeln!(out, "    {heading}");
            exceptions.iter().for_each(|exception| wrapped(out, "      - ", "        ", &exception_sentence(exception)));
        }
    }
}

/// A verdict in capitals: `POTENTIAL VIOLATION`.
fn capitals(verdict: Verdict) -> String {
    verdict.word().to_uppercase().replace('-', " ")
}

/// The fact at the left, line and column at the right; the file too where it is another one.
fn push_basis(out: &mut String, basis: &Basis, file: &str) {
    let fact = fact_is(&basis.fact, basis.value.as_deref().map(line).as_deref());
    let left = format!("      {fact}");
    let place = basis.at.as_ref().map(|at| match at.within(Some(file)) {
        Some(place) => place,
        None => inert(&at.to_string()).into_owned(),
    });
    let place = place.unwrap_or_default();
    if left.width() + place.width() + 2 <= WIDTH {
        let gap = WIDTH - left.width() - place.width();
        let _ = writeln!(out, "{left}{}{place}", " ".repeat(gap));
    } else {
        wrapped(out, "      ", "        ", &fact);
        let _ = writeln!(out, "{place:>WIDTH$}");
    }
    if let Some(note) = &basis.note {
        wrapped(out, "        ", "        ", note);
    }
}

/// Duties, red flags and near misses.
fn push_beside_findings(out: &mut String, transaction: &TransactionReport) {
    if !transaction.duties.is_empty() {
        out.push_str("\n  duties\n");
        for duty in &transaction.duties {
            let by = duty.by.map(|day| format!(", by {day}")).unwrap_or_default();
            let addressee = duty.addressee.as_deref().map(|a| format!(" ({a}{by})")).unwrap_or(by);
            wrapped(out, "    - ", "      ", &format!("{}: {}{addressee}", duty.duty, duty.title));
        }
    }
    if let Some(triage) = &transaction.triage {
        wrapped(out, "  triage: ", "    ", &triage_sentence(triage));
    }
    for warning in &transaction.warnings {
        let at = warning.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
        wrapped(out, "  look at: ", "    ", &format!("{}{at}", warning.text));
    }
    for derived in decisive_derived(transaction) {
        wrapped(out, "  derived: ", "    ", &derived_sentence(derived));
    }
    for near_miss in &transaction.near_misses {
        wrapped(out, "  near miss: ", "    ", &near_miss_sentence(near_miss));
    }
}

fn push_summary(out: &mut String, head: &Head) {
    let summary = &head.summary;
    let counts = format!(
        "{} checked in {}: {}, {}, {} insufficient-information, {} compliant.",
        number_of(summary.transactions, "transaction"),
        number_of(summary.incidents, "incident"),
        number_of(summary.violation, "violation"),
        number_of(summary.potential_violation, "potential-violation"),
        summary.insufficient_information,
        summary.compliant,
    );
    wrapped(out, "", "", &counts);
    if summary.triage > 0 {
        let number = number_of(summary.triage, "transaction");
        wrapped(out, "", "", &format!("{number} without a finding to look at: see `triage`."));
    }
    if summary.errors > 0 {
        let mistakes = number_of(summary.errors, "mistake");
        wrapped(out, "", "", &format!("{mistakes} in the input: what they concern was not checked."));
    }
    let notes = head.problems.iter().filter(|problem| problem.severity == DiagnosticLevel::Note);
    let notes: Vec<&str> = notes.map(|note| note.message.as_str()).collect();
    if !notes.is_empty() {
        wrapped(out, "", "  ", &format!("In other words: {}.", notes.join("; ")));
    }
    if let Some(decisions) = &head.decisions {
        wrapped(out, "", "", &decisions_line(decisions));
        ineffective_decisions(decisions).for_each(|sentence| wrapped(out, "  - ", "    ", &sentence));
    }
    let rulebook = format!("Rulebook {}, {}", rulebook_id(&head.rulebook), number_of(head.rulebook.rules, "rule"));
    let known_on = head.known_on.map(|day| format!(", as known on {day}")).unwrap_or_default();
    wrapped(out, "", "", &format!("{rulebook}{known_on}. {CAVEAT}"));
}
