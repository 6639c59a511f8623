//! Definitions: conditions with a name, which rules share so that they read like the paragraphs.

use crate::document::Span;
use crate::facts::Table;

use super::{Citation, Condition, RegimeId};

/// Identifies a definition of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub(crate) usize);

impl DefinitionId {
    /// The id of the definition at a position in [`Rulebook::definitions`](crate::rulebook::Rulebook::definitions).
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }
}

/// A condition with a name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The name by which conditions use it.
    pub id: String,
    /// What it means, in one phrase.
    pub title: String,
    /// The paragraphs that it renders.
    pub authority: Vec<Citation>,
    /// The table of the record that it is a condition on.
    pub table: &'static Table,
    /// The condition.
    pub when: Condition,
    /// The regime in whose rules it means this; `None` if it means the same in all. A definition that regimes share stands once
    /// for each that uses it.
    pub regime: Option<RegimeId>,
    /// True if it stands in no regime, so that all can use it.
    pub is_shared: bool,
    /// The place in the rule file.
    pub span: Span,
}
