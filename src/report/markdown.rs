//! The Markdown report: a summary for continuous integration.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::engine::Verdict;

use super::Detail;
use super::inert::{clipped, line};
use super::model::{Head, IncidentReport, ProblemNote, Report, TransactionReport};
use super::wording::{
    CAVEAT, FindingOrQuestion, OpenQuestion, PageBlock, Telling, also_not_checked, bans_and_questions, findings_and_questions,
    ineffective_decisions, item_name, not_assessed_sentence, number_of, paragraphs, problem_groups, rulebook_id, sections,
    shared_exceptions, transaction_counts, triage_sentence,
};

/// The most bytes that the table and the reasons may each take: GitHub refuses a whole summary of more than a mebibyte.
const MAX_BYTES: usize = 400_000;
/// The most bytes of each list above them: mistakes, doubts, decisions without effect.
const MAX_LIST_BYTES: usize = 50_000;
/// So many transactions have a block on the page; the others are counted.
const MOST_BLOCKS: usize = 50;
/// The line of counts for transactions with a triage, which is left out if there is none.
const TO_LOOK_AT: &str = "without a finding, to look at";
/// The longest text in a cell or an entry, in characters.
const MAX_CHARS: usize = 1_000;

/// Writes the report as Markdown: the page with a block for each transaction, counts, a table of the findings, the worst first,
/// and the reasons of each.
///
/// Texts of unknown origin are written as code, in which no link, mention or HTML is live. What is over the limits is
/// counted.
pub fn markdown(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut opening = String::new();
    push_title(&mut opening, &report.head);
    out.write_all(opening.as_bytes())?;
    write_page(report, out)?;
    let mut head = String::new();
    push_head(&mut head, &report.head);
    out.write_all(head.as_bytes())?;
    if report.detail == Detail::Brief {
        return Ok(());
    }
    write_triage(report, out)?;
    let findings = report.head.summary.findings();
    if findings == 0 {
        return out.write_all(b"\nNo finding.\n");
    }
    out.write_all(b"\n### Findings\n\n| verdict | severity | rule | paragraph | transaction | on |\n")?;
    out.write_all(b"| --- | --- | --- | --- | --- | --- |\n")?;
    let left_out = findings.saturating_sub(write_findings(report, out, push_row)?);
    if left_out > 0 {
        writeln!(out, "\n{left_out} more left out of the table for want of room; other formats have them.")?;
    }
    out.write_all(b"\n### Reasons\n")?;
    let left_out = findings.saturating_sub(write_findings(report, out, push_reasons)?);
    if left_out > 0 {
        writeln!(out, "\nReasons of {left_out} more left out for want of room; other formats have them.")?;
    }
    Ok(())
}

/// A list of the transactions without a finding that somebody should look at, up to [`MAX_LIST_BYTES`].
fn write_triage(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.head.summary.triage == 0 {
        return Ok(());
    }
    let mut text = String::new();
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if let Some(triage) = transaction.triage.as_ref().filter(|_| text.len() < MAX_LIST_BYTES) {
                let name = code(&format!("{}/{}", incident.id, transaction.id));
                let _ = writeln!(text, "- {name}: {}", code(&triage_sentence(triage)));
            }
        }
    }
    writeln!(out, "\n### No finding, but look\n\n{}", text.trim_end())
}

/// Writes each finding, or the question in place of several, the worst first, until [`MAX_BYTES`] are written; returns how many
/// findings were.
fn write_findings(
    report: &Report,
    out: &mut dyn Write,
    push: fn(&mut String, &IncidentReport, &TransactionReport, &FindingOrQuestion<'_>, Telling<'_>),
) -> io::Result<usize> {
    let (mut bytes, mut number) = (0, 0);
    let mut text = String::new();
    // One pass for each verdict: what is on disk need not be sorted in memory.
    for verdict in Verdict::ALL {
        for incident in report.incidents.iter().filter(|i| i.verdict >= Some(verdict)) {
            for transaction in incident.transactions.iter() {
                let transaction = transaction?;
                let shared = if report.detail == Detail::Full { Vec::new() } else { shared_exceptions(&transaction) };
                let told_once: Vec<&str> = shared.iter().map(|exception| exception.exception.as_str()).collect();
                let telling = Telling { names: &transaction.names, told_once: &told_once };
                let entries = match report.detail {
                    Detail::Full => findings_and_questions(&transaction),
                    _ => bans_and_questions(&transaction),
                };
                for entry in entries {
                    let (of, findings) = match &entry {
                        FindingOrQuestion::Finding(finding) if report.detail == Detail::Full => {
                            (finding.verdict, finding.items())
                        }
                        FindingOrQuestion::Finding(finding) => (finding.verdict, finding.items() * (1 + finding.also.len())),
                        FindingOrQuestion::Question(question) => (Verdict::InsufficientInformation, question.items()),
                    };
                    if of != verdict {
                        continue;
                    }
                    text.clear();
                    push(&mut text, incident, &transaction, &entry, telling);
                    // After the first that is too long none is written, so that what is left out is the least bad.
                    if bytes + text.len() > MAX_BYTES {
                        return Ok(number);
                    }
                    bytes += text.len();
                    number += findings;
                    out.write_all(text.as_bytes())?;
                }
            }
        }
    }
    Ok(number)
}

fn push_title(out: &mut String, head: &Head) {
    let verdict = head.summary.verdict.map_or("no finding", Verdict::word);
    let _ = writeln!(out, "## Sanctions check: {}\n", prose(verdict));
    let _ = writeln!(out, "{}", prose(&transaction_counts(&head.summary)));
}

/// The page: a block for each transaction, the worst first, up to [`MOST_BLOCKS`]; the others are counted.
fn write_page(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (mut room, mut left_out, mut clear) = (MOST_BLOCKS, 0, 0);
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|incident| Reverse(incident.verdict));
    for incident in incidents {
        if room == 0 {
            left_out += incident.transactions.len();
            continue;
        }
        let mut text = String::new();
        for place in incident.transactions.places_worst_first() {
            if room == 0 && place.verdict().is_some() {
                left_out += 1;
                continue;
            }
            let transaction = place.read()?;
            let block = PageBlock::new(&transaction);
            match (block.is_clear(), room) {
                (true, _) => clear += 1,
                (false, 0) => left_out += 1,
                (false, _) => {
                    room -= 1;
                    push_block(&mut text, incident, &transaction, &block);
                }
            }
        }
        out.write_all(text.as_bytes())?;
    }
    if clear > 0 {
        writeln!(out, "\nNo finding in {}.", number_of(clear, "transaction"))?;
    }
    if left_out > 0 {
        writeln!(out, "\n{} not on this page.", number_of(left_out, "more transaction"))?;
    }
    Ok(())
}

fn push_block(out: &mut String, incident: &IncidentReport, transaction: &TransactionReport, block: &PageBlock<'_>) {
    let name = code(&format!("{}/{}", incident.id, transaction.id));
    let _ = writeln!(out, "\n### {name}: {}\n", prose(&block.verdict_in_words()));
    if let Some(sentence) = block.leading.as_ref().and_then(|leading| leading.sentence()) {
        let _ = writeln!(out, "{}\n", prose(&sentence));
    }
    for (line, text) in &block.lines {
        let _ = writeln!(out, "- {}: {}", line.heading(), code(text));
    }
}

fn push_head(out: &mut String, head: &Head) {
    let s = &head.summary;
    let of = &s.by_transaction;
    let _ = writeln!(out, "\n| | transactions | findings |\n| --- | ---: | ---: |");
    let counts = [
        ("violation", of.violation, Some(s.violation)),
        ("potential-violation", of.potential_violation, Some(s.potential_violation)),
        ("insufficient-information", of.insufficient_information, Some(s.insufficient_information)),
        ("compliant", of.compliant, Some(s.compliant)),
        ("without a finding", of.without_finding, None),
        (TO_LOOK_AT, s.triage, None),
        ("not wholly checked", s.not_wholly_checked, None),
        ("all", s.transactions, Some(s.findings())),
    ];
    for (name, transactions, findings) in counts.into_iter().filter(|(name, count, _)| *name != TO_LOOK_AT || *count > 0) {
        let findings = findings.map(|findings| findings.to_string()).unwrap_or_default();
        let _ = writeln!(out, "| {name} | {transactions} | {findings} |");
    }
    if let Some(decisions) = &head.decisions {
        let _ = writeln!(out, "| decided | | {} |", decisions.covered);
    }
    if s.errors > 0 {
        let _ = writeln!(out, "\n{} in the input: what they concern was not checked.", number_of(s.errors, "mistake"));
    }
    if let Some(sentence) = also_not_checked(head) {
        let _ = writeln!(out, "\nAlso not checked: {}", prose(&sentence));
    }
    let known = head.known_on.map(|d| format!(", as known on {d}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "\nRulebook {}, {}{known}. {CAVEAT}",
        code(rulebook_id(&head.rulebook)),
        number_of(head.rulebook.rules, "rule")
    );
    for group in problem_groups(head) {
        let _ = writeln!(out, "\n### {}\n\n{}\n", group.heading, group.meaning);
        push_list(out, group.problems.iter().map(|problem| problem_entry(problem)));
    }
    let mut ineffective = head.decisions.iter().flat_map(ineffective_decisions).peekable();
    if ineffective.peek().is_some() {
        out.push_str("\n### Decisions without effect\n\n");
        push_list(out, ineffective.map(|sentence| format!("- {}\n", code(&sentence))));
    }
    if !head.not_assessed.is_empty() {
        out.push_str("\n### Not assessed\n\n");
        for note in &head.not_assessed {
            let _ = writeln!(out, "- {}", prose(&not_assessed_sentence(head, note)));
        }
    }
}

fn problem_entry(problem: &ProblemNote) -> String {
    let kind = problem.code.map(|kind| format!("{}: ", code(kind.as_str()))).unwrap_or_default();
    let at = problem.at.as_ref().map(|at| format!(" at {}", code(&at.to_string()))).unwrap_or_default();
    let help = problem.help.as_deref().map(|help| format!("; help: {}", code(help))).unwrap_or_default();
    format!("- {kind}{}{at}{help}\n", code(&problem.message))
}

/// The first entries of a list, up to [`MAX_LIST_BYTES`], and the number of the others.
fn push_list(out: &mut String, entries: impl Iterator<Item = String>) {
    let (mut bytes, mut left_out) = (0, 0);
    for entry in entries {
        if left_out > 0 || bytes + entry.len() > MAX_LIST_BYTES {
            left_out += 1;
            continue;
        }
        bytes += entry.len();
        out.push_str(&entry);
    }
    if left_out > 0 {
        let _ = writeln!(out, "\n{left_out} more left out for want of room; other formats have them.");
    }
}

fn push_row(
    out: &mut String,
    incident: &IncidentReport,
    transaction: &TransactionReport,
    entry: &FindingOrQuestion<'_>,
    _: Telling<'_>,
) {
    let finding = match entry {
        FindingOrQuestion::Finding(finding) => finding,
        FindingOrQuestion::Question(question) => return push_question_row(out, incident, transaction, question),
    };
    let on = finding.subject.as_ref().map(|subject| cell(&item_name(subject))).unwrap_or_default();
    let _ = writeln!(
        out,
        "| {}{} | {} | {} | {} | {} | {on} |",
        finding.verdict,
        if finding.is_decided() { " (decided)" } else { "" },
        finding.severity.word(),
        cell(&finding.rule),
        prose(&paragraphs(&finding.authority)),
        cell(&format!("{}/{}", incident.id, transaction.id)),
    );
}

/// A question in the columns of findings: the first rule that hangs on it stands for the others.
fn push_question_row(out: &mut String, incident: &IncidentReport, transaction: &TransactionReport, question: &OpenQuestion<'_>) {
    let rules = question.rules();
    let Some(first) = rules.first() else { return };
    let others = if rules.len() > 1 { format!(" and {} more", rules.len() - 1) } else { String::new() };
    let _ = writeln!(
        out,
        "| {} | {} | {}{others} | {} | {} | {} |",
        Verdict::InsufficientInformation,
        question.note.severity.word(),
        cell(&first.rule),
        prose(&paragraphs(&first.authority)),
        cell(&format!("{}/{}", incident.id, transaction.id)),
        cell(&question.note.text),
    );
}

fn push_reasons(
    out: &mut String,
    incident: &IncidentReport,
    transaction: &TransactionReport,
    entry: &FindingOrQuestion<'_>,
    telling: Telling<'_>,
) {
    let finding = match entry {
        FindingOrQuestion::Finding(finding) => finding,
        FindingOrQuestion::Question(question) => {
            let _ = writeln!(out, "\n#### {}: {}\n", Verdict::InsufficientInformation, code(&question.note.text));
            let title = transaction.title.as_deref().map(|t| format!(": {}", code(t))).unwrap_or_default();
            let _ = writeln!(out, "- in {}, {}{title}", code(&incident.id), code(&transaction.id));
            let _ = writeln!(out, "- {}", prose(&question.stakes()));
            question.then().iter().for_each(|then| _ = writeln!(out, "- {}", prose(then)));
            for rule in question.rules() {
                let _ = writeln!(
                    out,
                    "  - {} ({})",
                    code(&rule.rule),
                    prose(&paragraphs(rule.authority.get(..1).unwrap_or_default()))
                );
            }
            return;
        }
    };
    let _ = writeln!(out, "\n#### {}: {}\n", finding.verdict, code(&finding.rule));
    let _ = writeln!(out, "{} ({})\n", prose(&finding.title), prose(&paragraphs(&finding.authority)));
    let title = transaction.title.as_deref().map(|t| format!(": {}", code(t))).unwrap_or_default();
    let _ = writeln!(out, "- in {}, {}{title}", code(&incident.id), code(&transaction.id));
    let at = finding.location(transaction).map(|at| format!("{}; ", code(&at.to_string()))).unwrap_or_default();
    let denied = &transaction.evidence.denied_by;
    let denied = if denied.is_empty() { String::new() } else { format!("; denied by {}", code(&denied.join(", "))) };
    let _ = writeln!(out, "- {at}{}{denied}", finding.standing.word());
    for section in sections(&[finding], telling) {
        let _ = writeln!(out, "- {}", section.topic.heading());
        for entry in section.entries() {
            let _ = writeln!(out, "  - {}", code(&entry));
        }
    }
}

/// A text of unknown origin as code: links, mentions, HTML and marks are not live in it.
fn code(text: &str) -> String {
    let text = clipped(line(text), MAX_CHARS);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    // The fence is longer than any run of back-ticks in the text, and a space separates it from one at the edge.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Like [`code`], for a table. A bar separates cells even within code, and its escape differs between programs.
fn cell(text: &str) -> String {
    code(&text.replace('|', "\\u{7c}"))
}

/// Words of the rulebook as text: a character that could be a mark is written by its number.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clipped(line(text), MAX_CHARS).chars() {
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
    fn texts_of_unknown_origin_are_code() {
        assert_eq!(code("a `b` ``c``"), "``` a `b` ``c`` ```");
        assert_eq!(code("<b>\n[x](y)"), "`<b> [x](y)`");
        assert_eq!(cell("a|b"), "`a\\u{7c}b`");
        assert_eq!(prose("a <b> https://x"), "a &#60;b&#62; https&#58;//x");
    }
}
