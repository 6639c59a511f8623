//! Regimes: the rules of one sanctions committee, with what they have in common.

use chrono::NaiveDate;

use crate::document::Span;
use crate::facts::Term;

use super::{Condition, Contested, Exception, Unverified};

/// Identifies a regime of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegimeId(pub(crate) usize);

/// A choice among the regimes of a rulebook: all of them where none is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegimeChoice(Vec<RegimeId>);

impl RegimeChoice {
    /// Adds a regime, so that only those that are added are chosen.
    pub fn add(&mut self, regime: RegimeId) {
        self.0.push(regime);
    }

    /// True if a regime is chosen.
    pub fn contains(&self, regime: RegimeId) -> bool {
        self.0.is_empty() || self.0.contains(&regime)
    }

    /// True if all regimes are chosen, since none is named.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<RegimeId> for RegimeChoice {
    fn from_iter<I: IntoIterator<Item = RegimeId>>(regimes: I) -> Self {
        Self(regimes.into_iter().collect())
    }
}

/// Identifies a list of designated persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DesignationListId(pub(crate) usize);

/// A sanctions regime.
#[derive(Debug, Clone)]
pub struct Regime {
    /// The id by which rules and the command line name the regime.
    pub id: String,
    /// The name of the regime.
    pub title: String,
    /// What reports call it beside others: `Yemen`; the title if it has no shorter one.
    pub short_title: String,
    /// The committee that administers it.
    pub committee: Option<String>,
    /// The bodies of the vocabulary that this names.
    pub committee_terms: Vec<Term>,
    /// The States that the measures are about; none if they are about acts of any State. Their own papers and findings excuse
    /// nothing.
    pub target: Vec<Term>,
    /// The link to the regime's target. On a transaction without it, no rule gives `insufficient-information`; where a regime
    /// has none, since its measures bind whoever acts, a rule speaks only of what is shown.
    pub nexus: Option<Condition>,
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
