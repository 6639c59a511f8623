//! The sentences about the run as a whole.

use crate::document::{Code, DiagnosticLevel};
use crate::report::model::{Head, NotAssessedNote, ProblemNote, RulebookNote, Summary, UncheckedNote};

/// The disclaimer of every report.
pub(in crate::report) const CAVEAT: &str = "This says what the resolutions say of the facts as reported; it convicts nobody.";

/// Problems of the inputs that are shown together.
#[derive(Debug)]
pub(in crate::report) struct ProblemGroup<'h> {
    /// The heading.
    pub heading: &'static str,
    /// The consequence of the problems for the report.
    pub meaning: &'static str,
    /// The problems; there is at least one.
    pub problems: Vec<&'h ProblemNote>,
}

/// The problems of the inputs: errors, then what was not read, then other warnings, then notes.
pub(in crate::report) fn problem_groups(head: &Head) -> impl Iterator<Item = ProblemGroup<'_>> {
    type Filter = fn(&ProblemNote) -> bool;
    let is_unread = |problem: &ProblemNote| problem.code == Some(Code::KeyNotRead);
    let groups: [(Filter, &str, &str); 4] = [
        (|problem| problem.severity == DiagnosticLevel::Error, "Mistakes in the input", "What they concern was not checked."),
        (is_unread, "Not read", "What stands under these keys was not checked."),
        (
            |problem| problem.severity == DiagnosticLevel::Warning && problem.code != Some(Code::KeyNotRead),
            "Read with doubt",
            "What they concern was checked as it was read.",
        ),
        (
            |problem| problem.severity == DiagnosticLevel::Note,
            "Read in other words",
            "Each stands for every place of the inputs with the same words.",
        ),
    ];
    let groups = groups.into_iter().map(|(is_of, heading, meaning)| {
        let problems = head.problems.iter().filter(|problem| is_of(problem)).collect();
        ProblemGroup { heading, meaning, problems }
    });
    groups.filter(|group| !group.problems.is_empty())
}

/// A problem in lines of its own: the message, and what to do about it.
pub(in crate::report) fn problem_lines(problem: &ProblemNote) -> Vec<String> {
    let help = problem.help.as_deref().map(|help| format!("help: {help}"));
    std::iter::once(problem.message.clone()).chain(help).collect()
}

/// The counts by transaction: `5 transactions in 1 incident: 3 potential violations, 1 without a finding; 2 not wholly checked.`
pub(in crate::report) fn transaction_counts(summary: &Summary) -> String {
    let of = &summary.by_transaction;
    let counts = [
        number_of(of.violation, "violation"),
        number_of(of.potential_violation, "potential violation"),
        format!("{} insufficient information", of.insufficient_information),
        format!("{} compliant", of.compliant),
        format!("{} without a finding", of.without_finding),
    ];
    let numbers = [of.violation, of.potential_violation, of.insufficient_information, of.compliant, of.without_finding];
    let told: Vec<String> = counts.into_iter().zip(numbers).filter(|(_, number)| *number > 0).map(|(count, _)| count).collect();
    let told = if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) };
    let unchecked = match summary.not_wholly_checked {
        0 => String::new(),
        number => format!("; {number} not wholly checked"),
    };
    let transactions = number_of(summary.transactions, "transaction");
    format!("{transactions} in {}{told}{unchecked}.", number_of(summary.incidents, "incident"))
}

/// The counts by finding: `11 findings: 0 violations, 9 potential violations, 2 insufficient information, 0 compliant.`
pub(in crate::report) fn finding_counts(summary: &Summary) -> String {
    format!(
        "{}: {}, {}, {} insufficient information, {} compliant.",
        number_of(summary.findings(), "finding"),
        number_of(summary.violation, "violation"),
        number_of(summary.potential_violation, "potential violation"),
        summary.insufficient_information,
        summary.compliant,
    )
}

/// The measures on listed persons that could not be assessed, of how many regimes and why.
pub(in crate::report) fn not_assessed_sentence(head: &Head, note: &NotAssessedNote) -> String {
    let of = match note.regimes.len() {
        0 => number_of(note.rules.len(), "rule"),
        number => number_of(number, "regime"),
    };
    let what = format!("the asset freezes, travel bans and the like of {of} are not assessed");
    let transactions = match note.transactions {
        _ if head.summary.transactions == 1 => String::new(),
        number => format!(" in {}", number_of(number, "transaction")),
    };
    if head.designations.is_empty() {
        format!("no list was given: {what}{transactions}; see --designations FILE")
    } else {
        format!("{what}{transactions} {}", note.because)
    }
}

/// What was not checked beside rules about listed persons and what could not be read, which have lines of their own.
pub(in crate::report) fn also_not_checked(head: &Head) -> Option<String> {
    let has_own_line = |note: &UncheckedNote| {
        head.not_assessed.iter().any(|other| other.because == note.because)
            || (note.transactions.is_none() && head.summary.errors > 0)
    };
    let notes = head.not_checked.iter().filter(|note| !has_own_line(note));
    let notes: Vec<String> = notes
        .map(|note| match note.transactions {
            Some(number) => format!("{} ({}, {})", note.what, note.because, number_of(number, "transaction")),
            None => note.because.clone(),
        })
        .collect();
    (!notes.is_empty()).then(|| format!("{}.", notes.join("; ")))
}

/// The beginning of the digest of a rulebook, enough to distinguish two.
pub(in crate::report) fn rulebook_id(rulebook: &RulebookNote) -> &str {
    rulebook.digest.get(..19).unwrap_or(&rulebook.digest)
}

/// A number with its noun: `1 finding`, `2 findings`.
pub(in crate::report) fn number_of(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
