//! Decisions in sentences.

use crate::decisions::DecisionState;
use crate::report::model::{DecisionNote, DecisionsNote, IneffectiveDecision};

/// A decision with its reason: `accepted by J. Doe on 2022-06-01, until 2022-12-31 (expired): seen at the port`.
pub fn decision_sentence(decision: &DecisionNote) -> String {
    let until = decision.expires.map(|day| format!(", until {day}")).unwrap_or_default();
    let state = decision_state(decision);
    let DecisionNote { by, on, reason, .. } = decision;
    format!("{} by {by} on {on}{until}{state}: {reason}", decision.decision.word())
}

/// Why a decision does not hold, in brackets; empty if it does: ` (expired)`.
pub(in crate::report) fn decision_state(decision: &DecisionNote) -> String {
    match decision.state {
        DecisionState::InForce => String::new(),
        DecisionState::Expired => " (expired)".to_owned(),
        DecisionState::Reopened => format!(" (open again: {})", decision.changes.join("; ")),
    }
}

/// The name of a decision: `dprk-coal on coal`, `Kim Yong Nam is not KPi.033`, else the fingerprint that it names.
pub(in crate::report) fn decision_name(decision: &IneffectiveDecision) -> String {
    match (&decision.rule, &decision.transaction, &decision.fingerprint) {
        (Some(rule), Some(transaction), _) => format!("{rule} on {transaction}"),
        (None, None, None) => match (&decision.name, &decision.listing) {
            (Some(name), Some(listing)) => format!("{name} is not {listing}"),
            _ => String::new(),
        },
        (_, _, fingerprint) => fingerprint.clone().unwrap_or_default(),
    }
}

/// A sentence for each decision that covers no finding: those open again, the expired ones, then those that match none.
pub(in crate::report) fn ineffective_decisions(decisions: &DecisionsNote) -> impl Iterator<Item = String> {
    let sentence = |why: &str, decision: &IneffectiveDecision| {
        format!("{why}: {}, by {} ({})", decision_name(decision), decision.by, decision.at)
    };
    let expired = decisions.expired.iter().map(move |decision| {
        let day = decision.expires.map(|day| format!(" on {day}")).unwrap_or_default();
        sentence(&format!("expired{day}"), decision)
    });
    let reopened = decisions
        .reopened
        .iter()
        .map(move |reopened| sentence(&format!("open again, since {}", reopened.changes.join(" and ")), &reopened.decision));
    reopened.chain(expired).chain(
        decisions
            .stale
            .iter()
            .map(move |decision| sentence(if decision.name.is_some() { "met no hit" } else { "met no finding" }, decision)),
    )
}

/// The effect of a baseline's decisions, in one line.
pub(in crate::report) fn decisions_line(decisions: &DecisionsNote) -> String {
    let findings = if decisions.covered == 1 { "1 finding is".to_owned() } else { format!("{} findings are", decisions.covered) };
    let (expired, stale) = (decisions.expired.len(), decisions.stale.len());
    let reopened = match decisions.reopened.len() {
        0 => String::new(),
        number => format!("decisions open again: {number}, "),
    };
    let hits = match decisions.hits {
        0 => String::new(),
        1 => "1 hit of screening is decided, ".to_owned(),
        number => format!("{number} hits of screening are decided, "),
    };
    format!("{findings} decided; {hits}{reopened}expired decisions: {expired}, decisions that met no finding: {stale}.")
}
