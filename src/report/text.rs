//! The report for a person at a terminal: worst first, 80 columns.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::engine::ExceptionState;

use super::decision_text;
use super::finding_text::line;
use super::model::{Basis, Finding, Head, IncidentReport, Report, TransactionReport};
use super::words::spoken;
use super::wrap::{WIDTH, inert, wrapped};

/// The report as text, incident by incident, the worst first.
pub fn text(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut opening = String::new();
    for note in &report.head.not_assessed {
        let rules = note.rules.join(", ");
        let told = format!("{rules} ({}, {} transactions)", note.because, note.transactions);
        wrapped(&mut opening, "Not assessed: ", "  ", &told);
    }
    if !report.head.not_assessed.is_empty() {
        opening.push('\n');
    }
    out.write_all(opening.as_bytes())?;
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|i| Reverse(i.verdict));
    for incident in incidents {
        incident_text(out, incident)?;
    }
    let mut end = String::new();
    closing(&mut end, &report.head);
    out.write_all(end.as_bytes())
}

fn incident_text(out: &mut dyn Write, incident: &IncidentReport) -> io::Result<()> {
    let mut told = String::new();
    let title = incident.title.as_deref().unwrap_or_default();
    wrapped(&mut told, "", "  ", &format!("{}  {title}", incident.id));
    let _ = writeln!(told, "{}", "=".repeat(WIDTH));
    out.write_all(told.as_bytes())?;
    let mut clear = Vec::new();
    for transaction in incident.transactions.worst_first() {
        let transaction = transaction?;
        told.clear();
        if !transaction.findings.is_empty() {
            transaction_text(&mut told, &transaction);
        } else {
            clear.push(transaction.id.clone());
            if !(transaction.warnings.is_empty() && transaction.near_misses.is_empty()) {
                let _ = writeln!(told, "\n{}", inert(&transaction.id));
                extras(&mut told, &transaction);
            }
        }
        out.write_all(told.as_bytes())?;
    }
    told.clear();
    if !clear.is_empty() {
        told.push('\n');
        wrapped(&mut told, "No finding: ", "  ", &clear.join(", "));
    }
    told.push('\n');
    out.write_all(told.as_bytes())
}

fn transaction_text(out: &mut String, transaction: &TransactionReport) {
    out.push('\n');
    let title = transaction.title.as_deref().map(|t| format!(": {t}")).unwrap_or_default();
    wrapped(out, "", "  ", &format!("{}{title}", transaction.id));
    let file = transaction.at.as_ref().map_or("", |at| at.file.as_str());
    let evidence = &transaction.evidence;
    let mut facts =
        vec![transaction.date.map_or_else(|| "date not told".to_owned(), |d| d.to_string()), evidence.standing.word().to_owned()];
    if !evidence.grades.is_empty() {
        facts.push(format!("sources graded {}", evidence.grades.join(", ")));
    }
    if !evidence.denied_by.is_empty() {
        facts.push(format!("denied by {}", evidence.denied_by.join(", ")));
    }
    wrapped(out, "  ", "  ", &facts.join("; "));
    wrapped(out, "  in ", "     ", file);
    for group in grouped(&transaction.findings) {
        match &group {
            TextGroup::OfOneRule(findings) => finding_text(out, findings, file),
            TextGroup::Open(findings) => open_text(out, findings),
        }
    }
    extras(out, transaction);
}

/// What is told together.
enum TextGroup<'f> {
    /// Findings of one rule and verdict, on one or several items.
    OfOneRule(Vec<&'f Finding>),
    /// Findings of several rules that hang on the same facts.
    Open(Vec<&'f Finding>),
}

/// From how many rules on it is shorter to tell together what hangs on the same facts.
const MANY_OPEN: usize = 3;

/// Findings of the same rule and verdict on several items are told once; so are many that hang on the same facts.
fn grouped(findings: &[Finding]) -> Vec<TextGroup<'_>> {
    let mut groups: Vec<TextGroup<'_>> = Vec::new();
    for finding in findings {
        let same_open = || findings.iter().filter(|f| hangs_with(f, finding)).count() >= MANY_OPEN;
        if !finding.settled_by.is_empty() && same_open() {
            let open = groups.iter_mut().find_map(|g| match g {
                TextGroup::Open(group) if group.first().is_some_and(|f| hangs_with(f, finding)) => Some(group),
                _ => None,
            });
            match open {
                Some(group) => group.push(finding),
                None => groups.push(TextGroup::Open(vec![finding])),
            }
            continue;
        }
        let same = groups.iter_mut().find_map(|g| match g {
            TextGroup::OfOneRule(group) if group.first().is_some_and(|f| told_as_one(f, finding)) => Some(group),
            _ => None,
        });
        match same {
            Some(group) => group.push(finding),
            None => groups.push(TextGroup::OfOneRule(vec![finding])),
        }
    }
    groups
}

/// True if two findings of a transaction differ in their item alone.
fn told_as_one(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && a.verdict == b.verdict && a.decision == b.decision
}

/// True if two open findings hang on the same facts of the same item.
fn hangs_with(a: &Finding, b: &Finding) -> bool {
    let item = |f: &Finding| f.subject.as_ref().map(|s| s.item);
    a.verdict == b.verdict && a.missing == b.missing && item(a) == item(b) && a.decision == b.decision
}

/// Several rules that hang on the same facts.
fn open_text(out: &mut String, findings: &[&Finding]) {
    let Some(first) = findings.first() else { return };
    let _ = writeln!(out, "\n  {}  {} rules", first.verdict.word().to_uppercase().replace('-', " "), findings.len());
    if let Some(subject) = &first.subject {
        wrapped(out, "    on: ", "      ", &format!("{} (item {})", subject.label, subject.item + 1));
    }
    for finding in findings {
        let authority = finding.authority.first().map(ToString::to_string).unwrap_or_default();
        wrapped(
            out,
            "    - ",
            "      ",
            &format!("{} [{}]: {} ({authority})", finding.rule, finding.severity.word(), finding.title),
        );
    }
    settled(out, first);
    decision_text::finding(out, first);
}

fn finding_text(out: &mut String, group: &[&Finding], file: &str) {
    let Some(finding) = group.first() else { return };
    out.push('\n');
    let _ = writeln!(
        out,
        "  {}  {} [{}]",
        finding.verdict.word().to_uppercase().replace('-', " "),
        finding.rule,
        finding.severity.word()
    );
    let authority: Vec<String> = finding.authority.iter().map(ToString::to_string).collect();
    wrapped(out, "    ", "    ", &finding.title);
    wrapped(out, "    ", "    ", &authority.join("; "));
    let subjects: Vec<String> =
        group.iter().filter_map(|f| f.subject.as_ref()).map(|s| format!("{} (item {})", s.label, s.item + 1)).collect();
    if !subjects.is_empty() {
        wrapped(out, "    on: ", "      ", &subjects.join("; "));
    }
    let mut because: Vec<&Basis> = Vec::new();
    for fact in group.iter().flat_map(|f| &f.because) {
        if !because.contains(&fact) {
            because.push(fact);
        }
    }
    out.push_str("    because\n");
    for fact in because {
        because_text(out, fact, file);
    }
    if let Some(by) = &finding.satisfied_by {
        wrapped(out, "    satisfied by ", "      ", by);
    }
    if !finding.limited_by.is_empty() {
        wrapped(
            out,
            "    no more than potential: ",
            "      ",
            &finding.limited_by.iter().map(|cap| cap.in_words()).collect::<Vec<_>>().join("; "),
        );
    }
    settled(out, finding);
    unless(out, finding);
    for flag in &finding.flags {
        wrapped(out, "    note: ", "      ", flag);
    }
    decision_text::finding(out, finding);
}

/// The fact at the left, line and column at the right; the file too where it is another one.
fn because_text(out: &mut String, fact: &Basis, file: &str) {
    let value = line(fact.value.as_deref().unwrap_or("not told"));
    let told = format!("{} is {value}", spoken(&fact.fact));
    let left = format!("      {told}");
    let place =
        fact.at.as_ref().map(|at| at.within(Some(file)).map_or_else(|| at.to_string(), |p| format!("{}:{}", p.line, p.column)));
    let place = place.unwrap_or_default();
    let place = inert(&place);
    if left.width() + place.width() + 2 <= WIDTH {
        let gap = WIDTH - left.width() - place.width();
        let _ = writeln!(out, "{left}{}{place}", " ".repeat(gap));
    } else {
        wrapped(out, "      ", "        ", &told);
        let _ = writeln!(out, "{place:>WIDTH$}");
    }
    if let Some(note) = &fact.note {
        wrapped(out, "        ", "        ", note);
    }
}

fn settled(out: &mut String, finding: &Finding) {
    let sets: Vec<String> = finding
        .settled_by
        .iter()
        .map(|set| {
            let facts = set.iter().map(|m| match &m.reported {
                Some(told) => format!("{} (told as `{told}`)", spoken(&m.fact)),
                None => spoken(&m.fact),
            });
            facts.collect::<Vec<_>>().join(" and ")
        })
        .fold(Vec::new(), |mut all, set| {
            if !all.contains(&set) {
                all.push(set);
            }
            all
        });
    if !sets.is_empty() {
        wrapped(out, "    settled if known: ", "      ", &sets.join("; or "));
    }
}

fn unless(out: &mut String, finding: &Finding) {
    let open: Vec<_> = finding.unless.iter().filter(|u| u.state == ExceptionState::NotShown).collect();
    if open.is_empty() {
        return;
    }
    out.push_str("    would be compliant if\n");
    for exception in open {
        let mut missing: Vec<String> = exception.missing.iter().map(|fact| spoken(fact)).collect();
        missing.dedup();
        let missing = if missing.is_empty() { String::new() } else { format!(" (not told: {})", missing.join(", ")) };
        wrapped(out, "      - ", "        ", &format!("{}: {}{missing}", exception.exception, exception.title));
    }
}

fn extras(out: &mut String, transaction: &TransactionReport) {
    if !transaction.duties.is_empty() {
        out.push_str("\n  duties\n");
        for duty in &transaction.duties {
            let by = duty.by.map(|d| format!(", by {d}")).unwrap_or_default();
            let addressee = duty.addressee.as_deref().map(|a| format!(" ({a}{by})")).unwrap_or(by.clone());
            wrapped(out, "    - ", "      ", &format!("{}: {}{addressee}", duty.duty, duty.title));
        }
    }
    for warning in &transaction.warnings {
        let at = warning.at.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
        wrapped(out, "  look at: ", "    ", &format!("{}{at}", warning.text));
    }
    for near in &transaction.near_misses {
        let value = near.value.as_deref().unwrap_or("not told");
        wrapped(
            out,
            "  near miss: ",
            "    ",
            &format!(
                "no finding of {}, because {} is {value} and the rule asks `{}`",
                near.rule,
                spoken(&near.fact),
                near.condition
            ),
        );
    }
}

fn closing(out: &mut String, head: &Head) {
    let s = &head.summary;
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let counts = format!(
        "{} checked in {}: {}, {}, {} insufficient-information, {} compliant.",
        plural(s.transactions, "transaction"),
        plural(s.incidents, "incident"),
        plural(s.violation, "violation"),
        plural(s.potential_violation, "potential-violation"),
        s.insufficient_information,
        s.compliant,
    );
    wrapped(out, "", "", &counts);
    if s.errors > 0 {
        let told = format!("{} in the input: what they concern was not checked.", plural(s.errors, "mistake"));
        wrapped(out, "", "", &told);
    }
    decision_text::closing(out, head);
    let known = head.known_on.map(|d| format!(", as known on {d}")).unwrap_or_default();
    let law = head.rulebook.digest.get(..19).unwrap_or(&head.rulebook.digest);
    wrapped(
        out,
        "",
        "",
        &format!(
            "Rulebook {law}, {}{known}. This says what the resolutions say of the facts as reported; it convicts nobody.",
            plural(head.rulebook.rules, "rule")
        ),
    );
}
