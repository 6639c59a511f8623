//! How far a transaction went, where it makes a difference to a verdict or a quota.

use crate::facts::{CodedTerm, Transaction};
use crate::rulebook::Vocabulary;

/// A stage short of completion. Transactions at any other stage, or of which none is reported, count in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun.
    Planned,
    /// It was begun, however it ended. An attempt is a breach as much as the deed, but may add nothing to a quota.
    Attempted,
    /// Somebody refused it.
    Refused,
    /// Those who planned it gave it up.
    Abandoned,
}

impl Stage {
    /// The stage that a transaction is reported to have reached.
    pub fn of_transaction(transaction: &Transaction, vocabulary: &Vocabulary) -> Option<Self> {
        let term = transaction.stage.is()?.iter().find_map(|term| match term {
            CodedTerm::Term(term) => Some(*term),
            _ => None,
        })?;
        let known = vocabulary.known_terms();
        let stages = [
            (known.planned, Stage::Planned),
            (known.attempted, Stage::Attempted),
            (known.refused, Stage::Refused),
            (known.abandoned, Stage::Abandoned),
        ];
        stages.into_iter().find(|(of_stage, _)| *of_stage == Some(term)).map(|(_, stage)| stage)
    }
}
