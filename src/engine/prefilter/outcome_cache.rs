//! What is settled of a transaction by its shape, and the moment at which it took place.
//!
//! A *moment* is a span of the calendar, in which every rule is in force on all days or on none, and whether all that was done
//! is an authority's own act. If what the gates let pass of a [shape](super::profile) asks nothing that is not told by it, no
//! codes, goods or words, no other condition and no nexus, all transactions of the shape at that moment have the same outcome.
//! If it asks for [details](super::details) of elements as well, what the shape tells of each rule is settled.

use super::Candidates;
use super::bounded_cache::BoundedCache;
use super::bounds::Bounds;

/// What is settled at one moment.
#[derive(Debug, Default)]
pub(super) enum SettledRule {
    /// Nothing, as far as was seen.
    #[default]
    Nothing,
    /// The entries of which the parts hold that the shape tells. All other parts ask for details of elements.
    AllBut(Bounds),
    /// What comes of all transactions.
    All(Box<Candidates>),
}

/// What is settled by shape and moment as they were written.
pub(super) type OutcomeCache = BoundedCache<SettledRule>;

impl SettledRule {
    /// What comes of all transactions.
    pub(super) fn all(&self) -> Option<&Candidates> {
        match self {
            SettledRule::All(screened) => Some(screened),
            SettledRule::Nothing | SettledRule::AllBut(_) => None,
        }
    }
}
