//! Decisions that a hit of screening is a false positive: a name is not the listed party of a reference number.
//!
//! Such a decision is bound to the state of the entry that was looked at. It does not hold once the entry has changed, nor for a
//! party of that name whom an identifier or the date of birth shows to be the listed one.

use crate::facts::fold;

use super::{AppliedDecision, Change, Decision, DecisionState, Decisions};

/// The hit that a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedHit {
    /// The name as it was screened.
    pub name: String,
    /// The reference number of the entry.
    pub listing: String,
    /// The digest of the entry, as screening writes it.
    pub entry: String,
}

/// A hit of screening as decisions can name it.
#[derive(Debug, Clone, Copy)]
pub struct HitRef<'h> {
    /// The name that was screened.
    pub name: &'h str,
    /// The reference number of the entry.
    pub listing: &'h str,
    /// The digest of the entry as it stands.
    pub entry: &'h str,
    /// True if more than the name says that the entry is meant.
    pub is_confirmed: bool,
}

/// What decisions about hits are found by: the name as it is compared, and the reference number.
pub(super) type HitKey = (String, String);

pub(super) fn hit_key(name: &str, listing: &str) -> HitKey {
    (fold(name), listing.to_uppercase())
}

impl Decision {
    /// What has changed since the decision about a hit.
    fn changes_of_hit(&self, hit: &HitRef<'_>) -> Vec<Change> {
        let is_changed = self.hit.as_ref().is_some_and(|decided| decided.entry != hit.entry);
        let changed = is_changed.then(|| Change::Entry(hit.entry.to_owned()));
        changed.into_iter().chain(hit.is_confirmed.then_some(Change::Confirmed)).collect()
    }
}

impl Decisions {
    /// The decision about a hit: of several the first that is in force, else the first. Records that it was met.
    pub fn apply_to_hit(&self, hit: &HitRef<'_>) -> Option<AppliedDecision<'_>> {
        if self.by_hit.is_empty() {
            return None;
        }
        let candidates = self.by_hit.get(&hit_key(hit.name, hit.listing))?.iter();
        let mut found: Vec<(usize, AppliedDecision<'_>)> = candidates
            .filter_map(|index| Some((*index, self.entries.get(*index)?)))
            .map(|(index, decision)| (index, decision.applied(decision.changes_of_hit(hit))))
            .collect();
        found.sort_by_key(|(index, applied)| (applied.state, *index));
        let mut totals = self.totals();
        for (index, applied) in &found {
            totals.note_met(*index, applied);
        }
        let (index, applied) = found.into_iter().next()?;
        if applied.state == DecisionState::InForce {
            totals.hits.insert(index);
        }
        Some(applied)
    }

    /// The number of decisions in force that were met by a hit of screening.
    pub fn hits(&self) -> usize {
        self.totals().hits.len()
    }
}
