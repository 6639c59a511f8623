//! How far a transaction went, as far as verdicts and quotas depend on it.

use crate::facts::{CodedTerm, Term, Transaction};
use crate::rulebook::Vocabulary;

/// A stage short of completion. Transactions at any other stage, or without a reported stage, count in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The transaction has not begun.
    Planned,
    /// The transaction was begun, however it ended. An attempt is a breach like the completed act, but may not count towards a
    /// quota.
    Attempted,
    /// Somebody refused the transaction.
    Refused,
    /// Those who planned the transaction gave it up.
    Abandoned,
}

impl Stage {
    /// The stage that a transaction is reported to have reached.
    pub fn of_transaction(transaction: &Transaction, vocabulary: &Vocabulary) -> Option<Self> {
        let term = transaction.stage.is()?.iter().find_map(|term| match term {
            CodedTerm::Term(term) => Some(*term),
            _ => None,
        })?;
        Self::of_term(term, vocabulary)
    }

    fn of_term(term: Term, vocabulary: &Vocabulary) -> Option<Self> {
        let known = vocabulary.known_terms();
        let stages = [
            (known.planned, Stage::Planned),
            (known.attempted, Stage::Attempted),
            (known.refused, Stage::Refused),
            (known.abandoned, Stage::Abandoned),
        ];
        stages.into_iter().find(|(of_stage, _)| *of_stage == Some(term)).map(|(_, stage)| stage)
    }

    /// True if the stage is told in words that nobody knows, or that could mean that nothing was begun.
    pub(super) fn is_unclear(transaction: &Transaction, vocabulary: &Vocabulary) -> bool {
        let fell_short = |term: &Term| Self::of_term(*term, vocabulary).is_some_and(|stage| stage != Stage::Attempted);
        transaction.stage.is().unwrap_or_default().iter().any(|term| match term {
            CodedTerm::Term(_) => false,
            CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) => terms.iter().any(fell_short),
            CodedTerm::Unlisted(_) => true,
        })
    }
}
