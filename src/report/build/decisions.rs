//! Builds the notes about decisions: the decision on a finding, and the effect of all decisions on the run.

use crate::decisions::{AppliedDecision, Change, Decision, Decisions};
use crate::document::SourceMap;

use super::super::model::{DecisionNote, DecisionsNote, IneffectiveDecision, ReopenedDecision, UnboundDecision};
use super::location;

impl DecisionNote {
    /// A decision as it stands beside a finding or a hit of screening.
    pub fn new(applied: AppliedDecision<'_>) -> Self {
        let decision = applied.decision;
        Self {
            decision: decision.disposition,
            reason: decision.reason.clone(),
            by: decision.by.clone(),
            on: decision.on,
            expires: decision.expires,
            state: applied.state,
            changes: applied.changes.iter().map(Change::to_string).collect(),
        }
    }
}

/// The effect of all decisions, after every finding was built.
pub(super) fn decisions_note(decisions: &Decisions, sources: &SourceMap) -> DecisionsNote {
    let ineffective = |decision: &Decision| IneffectiveDecision {
        fingerprint: decision.fingerprint.clone(),
        rule: decision.rule.clone(),
        transaction: decision.transaction.clone(),
        name: decision.hit.as_ref().map(|hit| hit.name.clone()),
        listing: decision.hit.as_ref().map(|hit| hit.listing.clone()),
        by: decision.by.clone(),
        expires: decision.expires,
        at: location(sources, decision.at),
    };
    DecisionsNote {
        covered: decisions.covered(),
        hits: decisions.hits(),
        open: decisions.worst_undecided(),
        stale: decisions.stale().into_iter().map(ineffective).collect(),
        expired: decisions.expired().into_iter().map(ineffective).collect(),
        reopened: decisions
            .reopened()
            .into_iter()
            .map(|(decision, changes)| ReopenedDecision {
                decision: ineffective(decision),
                changes: changes.iter().map(Change::to_string).collect(),
            })
            .collect(),
        unbound: decisions
            .unbound()
            .into_iter()
            .map(|(decision, unbound)| UnboundDecision {
                decision: ineffective(decision),
                verdict: unbound.verdicts,
                facts: unbound.facts,
            })
            .collect(),
    }
}
