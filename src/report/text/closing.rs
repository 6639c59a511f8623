//! The closing lines: counts by transaction and by finding, what was not checked, the rulebook.

use crate::document::DiagnosticLevel;
use crate::report::Detail;
use crate::report::model::Head;
use crate::report::wording::{
    CAVEAT, also_not_checked, decisions_line, finding_counts, ineffective_decisions, not_assessed_sentence, number_of,
    rulebook_id, transaction_counts,
};
use crate::report::wrap::wrapped;

/// So many notes on how words were read are told; the others are counted.
const MOST_NOTES: usize = 3;

/// The closing of a report.
pub(super) fn closing(head: &Head, detail: Detail) -> String {
    let mut out = String::new();
    wrapped(&mut out, "", "  ", &transaction_counts(&head.summary));
    wrapped(&mut out, "", "  ", &finding_counts(&head.summary));
    if head.summary.triage > 0 {
        let number = number_of(head.summary.triage, "transaction");
        wrapped(&mut out, "", "  ", &format!("{number} without a finding to look at."));
    }
    for note in &head.not_assessed {
        let rules = if detail == Detail::Full { format!(" ({})", note.rules.join(", ")) } else { String::new() };
        wrapped(&mut out, "Not assessed: ", "  ", &format!("{}{rules}.", not_assessed_sentence(head, note)));
    }
    if head.summary.errors > 0 {
        let mistakes = number_of(head.summary.errors, "mistake");
        wrapped(&mut out, "", "  ", &format!("{mistakes} in the input: what they concern was not checked."));
    }
    if let Some(sentence) = also_not_checked(head) {
        wrapped(&mut out, "Also not checked: ", "  ", &sentence);
    }
    let notes = head.problems.iter().filter(|problem| problem.severity == DiagnosticLevel::Note);
    let notes: Vec<&str> = notes.map(|note| note.message.as_str()).collect();
    let told = if detail == Detail::Full { notes.len() } else { MOST_NOTES };
    if !notes.is_empty() {
        let more = notes.len().saturating_sub(told);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        let notes = notes.iter().take(told).copied().collect::<Vec<_>>().join("; ");
        wrapped(&mut out, "", "  ", &format!("In other words: {notes}{more}."));
    }
    if let Some(decisions) = &head.decisions {
        wrapped(&mut out, "", "  ", &decisions_line(decisions));
        ineffective_decisions(decisions).for_each(|sentence| wrapped(&mut out, "  - ", "    ", &sentence));
    }
    let rulebook = format!("Rulebook {}, {}", rulebook_id(&head.rulebook), number_of(head.rulebook.rules, "rule"));
    let known_on = head.known_on.map(|day| format!(", as known on {day}")).unwrap_or_default();
    wrapped(&mut out, "", "  ", &format!("{rulebook}{known_on}. {CAVEAT}"));
    out
}
