//! Builds the notes about decisions: the decision on a finding, and the effect of all decisions on the run.

use crate::decisions::{Decision, Decisions};
use crate::document::SourceMap;

use super::super::model::{DecisionNote, DecisionsNote, IneffectiveDecision};
use super::location;

/// The decision beside a finding.
pub(super) fn decision_note(decision: &Decision) -> DecisionNote {
    DecisionNote {
        decision: decision.disposition,
        reason: decision.reason.clone(),
        by: decision.by.clone(),
        on: decision.on,
        expires: decision.expires,
        state: decision.state,
    }
}

/// The effect of all decisions, after every finding was built.
pub(super) fn decisions_note(decisions: &Decisions, sources: &SourceMap) -> DecisionsNote {
    let ineffective = |decision: &Decision| IneffectiveDecision {
        fingerprint: decision.fingerprint.clone(),
        rule: decision.rule.clone(),
        transaction: decision.transaction.clone(),
        by: decision.by.clone(),
        expires: decision.expires,
        at: location(sources, decision.at),
    };
    DecisionsNote {
        covered: decisions.covered(),
        open: decisions.worst_undecided(),
        stale: decisions.stale().into_iter().map(ineffective).collect(),
        expired: decisions.expired().into_iter().map(ineffective).collect(),
    }
}
