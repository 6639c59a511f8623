//! Regimes: the rules of one sanctions committee, with what they have in common.

use chrono::NaiveDate;

use crate::document::Span;
use crate::facts::Term;

use super::{Condition, Contested, Exception, Unverified};

/// Identifies a regime of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegimeId(pub(crate) usize);

/// Identifies a list of designated persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DesignationListId(pub(crate) usize);

/// A sanctions regime.
#[derive(Debug)]
pub struct Regime {
    /// The id by which rules and the command line name the regime.
    pub id: String,
    /// The name of the regime.
    pub title: String,
    /// The committee that administers it.
    pub committee: Option<String>,
    /// The link to the regime's target. On a transaction without it, no rule gives `insufficient-information`.
    pub nexus: Condition,
    /// The exceptions of every prohibition of the regime.
    pub exceptions: Vec<Exception>,
    /// The activities that no measure of the regime is about, and why.
    pub irrelevant_activities: Vec<(Term, String)>,
    /// The last day on which sources were searched for what ended or changed the measures; `None` if nobody said.
    pub verified_on: Option<NaiveDate>,
    /// The day after which it is not verified that the measures go on, where no rule of its own says otherwise.
    pub unverified: Option<Unverified>,
    /// The dispute over the legal status of all its measures.
    pub contested: Option<Contested>,
    /// The place in the rule file.
    pub span: Span,
}

/// A list of designated persons, known by its name and by how the reference numbers of its entries begin.
#[derive(Debug)]
pub struct DesignationList {
    pub(crate) id: String,
    pub(crate) prefixes: Vec<String>,
}

impl DesignationList {
    /// True if `reference` is the reference number of an entry of this list, such as `KPi.033`, or the list's own id.
    pub fn contains(&self, reference: &str) -> bool {
        reference == self.id || self.prefixes.iter().any(|p| reference.starts_with(p.as_str()))
    }
}
