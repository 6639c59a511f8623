//! A summary in Markdown, as continuous integration shows it beside a run.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::document::DiagnosticLevel;
use crate::engine::Verdict;

use super::decision_text::{is_decided, unmet};
use super::finding_text::{clipped, line, paragraphs, particulars, place_of, subject};
use super::model::{Finding, Head, IncidentReport, ProblemNote, Report, TransactionReport};

/// How many bytes the table and the details may each take: GitHub refuses a summary of more than a mebibyte, whole.
const ROOM: usize = 400_000;
/// How many bytes each of the lists above them may take: mistakes, doubts, decisions without effect.
const ROOM_OF_LIST: usize = 50_000;
/// The longest text in a cell or an entry, in characters.
const LONGEST: usize = 1_000;

/// The report as Markdown: counts, a table of the findings, the worst first, and the reasons of each.
///
/// Whatever a person wrote stands as code, in which nothing is live. What finds no room is counted and named as left out.
pub fn markdown(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut opening = String::new();
    head(&mut opening, &report.head);
    out.write_all(opening.as_bytes())?;
    let s = &report.head.summary;
    let findings = s.findings();
    if findings == 0 {
        return out.write_all(b"\nNo finding.\n");
    }
    out.write_all(b"\n### Findings\n\n| verdict | severity | rule | paragraph | transaction | on |\n")?;
    out.write_all(b"| --- | --- | --- | --- | --- | --- |\n")?;
    let left_out = findings.saturating_sub(each_with_room(report, out, row)?);
    if left_out > 0 {
        writeln!(out, "\n{left_out} more left out of the table for want of room; other formats tell them.")?;
    }
    out.write_all(b"\n### Reasons\n")?;
    let left_out = findings.saturating_sub(each_with_room(report, out, details)?);
    if left_out > 0 {
        writeln!(out, "\nReasons of {left_out} more left out for want of room; other formats tell them.")?;
    }
    Ok(())
}

/// Tells each finding, the worst first, as long as there is room; says how many were told.
fn each_with_room(
    report: &Report,
    out: &mut dyn Write,
    tell: fn(&mut String, &IncidentReport, &TransactionReport, &Finding),
) -> io::Result<usize> {
    let (mut taken, mut number) = (0, 0);
    let mut told = String::new();
    // Once through for each verdict: what is kept on disk need not be sorted in memory.
    for verdict in Verdict::ALL {
        for incident in report.incidents.iter().filter(|i| i.verdict >= Some(verdict)) {
            for transaction in incident.transactions.iter() {
                let transaction = transaction?;
                for finding in transaction.findings.iter().filter(|f| f.verdict == verdict) {
                    told.clear();
                    tell(&mut told, incident, &transaction, finding);
                    // Once one has found no room none after it is told, so that what is left out is the least bad.
                    if taken + told.len() > ROOM {
                        return Ok(number);
                    }
                    taken += told.len();
                    number += 1;
                    out.write_all(told.as_bytes())?;
                }
            }
        }
    }
    Ok(number)
}

fn head(out: &mut String, head: &Head) {
    let s = &head.summary;
    let verdict = s.verdict.map_or("no finding", Verdict::word);
    let _ = writeln!(out, "## Sanctions check: {}\n", prose(verdict));
    let _ = writeln!(out, "| | |\n| --- | ---: |");
    let counts = [
        ("violation", s.violation),
        ("potential-violation", s.potential_violation),
        ("insufficient-information", s.insufficient_information),
        ("compliant", s.compliant),
        ("transactions checked", s.transactions),
        ("incidents", s.incidents),
        ("mistakes in the input", s.errors),
    ];
    for (name, count) in counts {
        let _ = writeln!(out, "| {name} | {count} |");
    }
    let known = head.known_on.map(|d| format!(", as known on {d}")).unwrap_or_default();
    if let Some(decisions) = &head.decisions {
        let _ = writeln!(out, "| decided | {} |", decisions.covered);
    }
    let law = head.rulebook.digest.get(..19).unwrap_or(&head.rulebook.digest);
    let _ = writeln!(
        out,
        "\nRulebook {}, {} rules{known}. This says what the resolutions say of the facts as reported; it convicts nobody.",
        code(law),
        head.rulebook.rules
    );
    let (wrong, doubtful): (Vec<_>, Vec<_>) = head.problems.iter().partition(|p| p.severity == DiagnosticLevel::Error);
    problems(out, "Mistakes in the input", "What they concern was not checked.", &wrong);
    problems(out, "Read with doubt", "What they concern was checked as it was read.", &doubtful);
    let mut without_effect = head.decisions.iter().flat_map(unmet).peekable();
    if without_effect.peek().is_some() {
        out.push_str("\n### Decisions without effect\n\n");
        entries(out, without_effect.map(|told| format!("- {}\n", code(&told))));
    }
    if !head.not_assessed.is_empty() {
        out.push_str("\n### Not assessed\n\n");
        for note in &head.not_assessed {
            let rules = note.rules.join(", ");
            let _ = writeln!(out, "- {} in {} transactions: {}", code(&rules), note.transactions, code(&note.because));
        }
    }
}

fn problems(out: &mut String, heading: &str, meaning: &str, problems: &[&ProblemNote]) {
    if problems.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {heading}\n\n{meaning}\n");
    entries(
        out,
        problems.iter().map(|problem| {
            let at = problem.at.as_ref().map(|at| format!(" at {}", code(&at.to_string()))).unwrap_or_default();
            let help = problem.help.as_deref().map(|help| format!("; help: {}", code(help))).unwrap_or_default();
            let kind = problem.code.map(|kind| format!("{}: ", code(kind.as_str()))).unwrap_or_default();
            format!("- {kind}{}{at}{help}\n", code(&problem.message))
        }),
    );
}

/// The first entries of a list, as many as there is room for, and the number of the others.
fn entries(out: &mut String, entries: impl Iterator<Item = String>) {
    let (mut taken, mut left_out) = (0, 0);
    for told in entries {
        if left_out > 0 || taken + told.len() > ROOM_OF_LIST {
            left_out += 1;
            continue;
        }
        taken += told.len();
        out.push_str(&told);
    }
    if left_out > 0 {
        let _ = writeln!(out, "\n{left_out} more left out for want of room; other formats tell them.");
    }
}

fn row(out: &mut String, incident: &IncidentReport, transaction: &TransactionReport, finding: &Finding) {
    let told = format!("{}/{}", incident.id, transaction.id);
    let on = subject(finding).map(|s| cell(&s)).unwrap_or_default();
    let _ = writeln!(
        out,
        "| {}{} | {} | {} | {} | {} | {on} |",
        finding.verdict,
        if is_decided(finding) { " (decided)" } else { "" },
        finding.severity.word(),
        cell(&finding.rule),
        prose(&paragraphs(finding)),
        cell(&told),
    );
}

fn details(out: &mut String, incident: &IncidentReport, transaction: &TransactionReport, finding: &Finding) {
    let _ = writeln!(out, "\n#### {}: {}\n", finding.verdict, code(&finding.rule));
    let _ = writeln!(out, "{} ({})\n", prose(&finding.title), prose(&paragraphs(finding)));
    let title = transaction.title.as_deref().map(|t| format!(": {}", code(t))).unwrap_or_default();
    let _ = writeln!(out, "- in {}, {}{title}", code(&incident.id), code(&transaction.id));
    let at = place_of(finding, transaction.at.as_ref()).map(|at| format!("{}; ", code(&at.to_string()))).unwrap_or_default();
    let denied = &transaction.evidence.denied_by;
    let denied = if denied.is_empty() { String::new() } else { format!("; denied by {}", code(&denied.join(", "))) };
    let _ = writeln!(out, "- {at}{}{denied}", finding.standing.word());
    for (heading, entries) in particulars(finding) {
        let _ = writeln!(out, "- {heading}");
        for entry in entries {
            let _ = writeln!(out, "  - {}", code(&entry));
        }
    }
}

/// What a person wrote, as code: links, mentions, HTML and marks are not live in it.
fn code(text: &str) -> String {
    let text = clipped(line(text), LONGEST);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    // The fence is longer than any run of back-ticks in the text, and stands apart from one at its edge.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// As [`code`], for a table. A bar parts cells even within code, and its escape differs between programs.
fn cell(text: &str) -> String {
    code(&text.replace('|', "\\u{7c}"))
}

/// Words of the rulebook as text: what could be a mark is told by its number.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clipped(line(text), LONGEST).chars() {
        match c {
            '&' | '<' | '>' | '`' | '*' | '_' | '[' | ']' | '\\' | '|' | '~' | '#' | '@' | '!' | '$' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    // An address is made a link, even where its scheme is left out.
    out.replace("://", "&#58;//").replace("www.", "www&#46;").replace("WWW.", "WWW&#46;")
}

#[cfg(test)]
mod tests {
    use super::{cell, code, prose};

    #[test]
    fn what_a_person_wrote_is_code() {
        assert_eq!(code("a `b` ``c``"), "``` a `b` ``c`` ```");
        assert_eq!(code("<b>\n[x](y)"), "`<b> [x](y)`");
        assert_eq!(cell("a|b"), "`a\\u{7c}b`");
        assert_eq!(prose("a <b> https://x"), "a &#60;b&#62; https&#58;//x");
    }
}
