//! Decisions of the baseline, beside a finding and all together.

use crate::decisions::{Decision, Decisions};
use crate::document::SourceMap;

use super::super::model::{DecisionNote, DecisionsNote, UnmetNote};

/// A decision beside its finding.
pub(super) fn decision_note(decision: &Decision) -> DecisionNote {
    DecisionNote {
        decision: decision.disposition.word().into(),
        reason: decision.reason.clone(),
        by: decision.by.clone(),
        on: decision.on.to_string(),
        expires: decision.expires.map(|d| d.to_string()),
        state: decision.state.word().into(),
    }
}

/// What became of all of them, once every finding has been met.
pub(super) fn decisions_note(decisions: &Decisions, sources: &SourceMap) -> DecisionsNote {
    let unmet = |decision: &Decision| UnmetNote {
        fingerprint: decision.fingerprint.clone(),
        rule: decision.rule.clone(),
        transaction: decision.transaction.clone(),
        by: decision.by.clone(),
        expires: decision.expires.map(|d| d.to_string()),
        at: sources.at(decision.at),
    };
    DecisionsNote {
        covered: decisions.covered(),
        open: decisions.worst_undecided().map(|v| v.word().into()),
        stale: decisions.stale().into_iter().map(unmet).collect(),
        expired: decisions.expired().into_iter().map(unmet).collect(),
    }
}
