//! Decisions in sentences.

use crate::decisions::DecisionState;
use crate::report::model::{DecisionNote, DecisionsNote, IneffectiveDecision};

/// A decision with its reason: `accepted by J. Doe on 2022-06-01, until 2022-12-31 (expired): seen at the port`.
pub(in crate::report) fn decision_sentence(decision: &DecisionNote) -> String {
    let until = decision.expires.map(|day| format!(", until {day}")).unwrap_or_default();
    let expired = if decision.state == DecisionState::Expired { " (expired)" } else { "" };
    let DecisionNote { by, on, reason, .. } = decision;
    format!("{} by {by} on {on}{until}{expired}: {reason}", decision.decision.word())
}

/// The name of a decision: `dprk-coal on coal`, else the fingerprint that it names.
pub(in crate::report) fn decision_name(decision: &IneffectiveDecision) -> String {
    match (&decision.rule, &decision.transaction, &decision.fingerprint) {
        (Some(rule), Some(transaction), _) => format!("{rule} on {transaction}"),
        (_, _, fingerprint) => fingerprint.clone().unwrap_or_default(),
    }
}

/// A sentence for each decision that covers no finding: the expired ones, then those that match none.
pub(in crate::report) fn ineffective_decisions(decisions: &DecisionsNote) -> impl Iterator<Item = String> {
    let sentence = |why: &str, decision: &IneffectiveDecision| {
        format!("{why}: {}, by {} ({})", decision_name(decision), decision.by, decision.at)
    };
    let expired = decisions.expired.iter().map(move |decision| {
        let day = decision.expires.map(|day| format!(" on {day}")).unwrap_or_default();
        sentence(&format!("expired{day}"), decision)
    });
    expired.chain(decisions.stale.iter().map(move |decision| sentence("met no finding", decision)))
}

/// The effect of a baseline's decisions, in one line.
pub(in crate::report) fn decisions_line(decisions: &DecisionsNote) -> String {
    let findings = if decisions.covered == 1 { "1 finding is".to_owned() } else { format!("{} findings are", decisions.covered) };
    let (expired, stale) = (decisions.expired.len(), decisions.stale.len());
    format!("{findings} decided; expired decisions: {expired}, decisions that met no finding: {stale}.")
}
