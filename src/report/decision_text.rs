//! Decisions in the report: as data, and in the words of the text.

use crate::decisions::DecisionState;

use super::model::{DecisionNote, DecisionsNote, Finding, Head, IneffectiveDecision};
use super::wrap::wrapped;

/// A finding that a decision in force covers: it is told, and does not fail the run.
pub(super) fn is_decided(finding: &Finding) -> bool {
    finding.decision.as_ref().is_some_and(|decision| decision.state == DecisionState::InForce)
}

/// A decision in words.
pub(super) fn in_words(decision: &DecisionNote) -> String {
    let until = decision.expires.map(|d| format!(", until {d}")).unwrap_or_default();
    let expired = if decision.state == DecisionState::Expired { " (expired)" } else { "" };
    format!("{} by {} on {}{until}{expired}: {}", decision.decision.word(), decision.by, decision.on, decision.reason)
}

const EXPIRED: &str = "expired";

/// A decision that covers nothing, in words.
fn unmet_in_words(what: &str, decision: &IneffectiveDecision) -> String {
    let name = match (&decision.rule, &decision.transaction, &decision.fingerprint) {
        (Some(rule), Some(transaction), _) => format!("{rule} on {transaction}"),
        (_, _, fingerprint) => fingerprint.clone().unwrap_or_default(),
    };
    let expires = decision.expires.filter(|_| what == EXPIRED).map(|d| format!(" on {d}")).unwrap_or_default();
    format!("{what}{expires}: {name}, by {} ({})", decision.by, decision.at)
}

/// The decisions that cover nothing, in words.
pub(super) fn unmet(note: &DecisionsNote) -> impl Iterator<Item = String> {
    let expired = note.expired.iter().map(|decision| unmet_in_words(EXPIRED, decision));
    expired.chain(note.stale.iter().map(|decision| unmet_in_words("met no finding", decision)))
}

/// The decision on a finding in the text report.
pub(super) fn finding(out: &mut String, finding: &Finding) {
    let Some(decision) = &finding.decision else { return };
    wrapped(out, "    decided: ", "      ", &in_words(decision));
}

/// What became of the decisions, at the end of the text report.
pub(super) fn closing(out: &mut String, head: &Head) {
    let Some(note) = &head.decisions else { return };
    let findings = if note.covered == 1 { "1 finding is".to_owned() } else { format!("{} findings are", note.covered) };
    let told = format!(
        "{findings} decided; expired decisions: {}, decisions that met no finding: {}.",
        note.expired.len(),
        note.stale.len()
    );
    wrapped(out, "", "", &told);
    unmet(note).for_each(|told| wrapped(out, "  - ", "    ", &told));
}
