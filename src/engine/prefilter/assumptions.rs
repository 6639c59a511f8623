//! Truth in several worlds at once.
//!
//! A verdict needs the truth of a condition not once but four times: as the facts stand; as if every question that
//! only a list of designated persons could answer were answered *yes*, and as if *no* (they tell whether a rule was
//! assessed at all); and as if every ambiguous name meant what is asked (the nexus). A condition is walked once, and
//! each of its answers is a bit in each of the worlds.

use crate::engine::UnknownCause;
use crate::engine::compare::Comparison;
use crate::facts::Truth;

/// The worlds, one bit each.
const PLAIN: u8 = 1;
const LISTED: u8 = 2;
const NOT_LISTED: u8 = 4;
const AMBIGUITY_COUNTS: u8 = 8;
const ALL: u8 = PLAIN | LISTED | NOT_LISTED | AMBIGUITY_COUNTS;

/// In which worlds a condition is true and in which it is false; in the others it is unknown. No world is in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Assumptions {
    yes: u8,
    no: u8,
}

impl Assumptions {
    pub(super) const TRUE: Assumptions = Assumptions { yes: ALL, no: 0 };
    pub(super) const FALSE: Assumptions = Assumptions { yes: 0, no: ALL };
    pub(super) const UNKNOWN: Assumptions = Assumptions { yes: 0, no: 0 };

    pub(super) fn and(self, other: Assumptions) -> Assumptions {
        Assumptions { yes: self.yes & other.yes, no: self.no | other.no }
    }

    pub(super) fn or(self, other: Assumptions) -> Assumptions {
        Assumptions { yes: self.yes | other.yes, no: self.no & other.no }
    }

    pub(super) fn not(self) -> Assumptions {
        Assumptions { yes: self.no, no: self.yes }
    }

    /// What is not shown is false.
    pub(super) fn shown(self) -> Assumptions {
        Assumptions { yes: self.yes, no: ALL & !self.yes }
    }

    fn at(self, world: u8) -> Truth {
        match (self.yes & world != 0, self.no & world != 0) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// As the facts stand.
    pub(super) fn truth(self) -> Truth {
        self.at(PLAIN)
    }

    /// As if everyone were listed of whom it is not told.
    pub(super) fn if_listed(self) -> Truth {
        self.at(LISTED)
    }

    /// As if nobody were listed of whom it is not told.
    pub(super) fn if_not_listed(self) -> Truth {
        self.at(NOT_LISTED)
    }

    /// As if ambiguous names meant what is asked.
    pub(super) fn giving_ambiguity_the_benefit(self) -> Truth {
        self.at(AMBIGUITY_COUNTS)
    }
}

impl From<Truth> for Assumptions {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::TRUE,
            Truth::False => Self::FALSE,
            Truth::Unknown => Self::UNKNOWN,
        }
    }
}

impl From<Comparison> for Assumptions {
    fn from(answer: Comparison) -> Self {
        match (answer.truth, answer.cause) {
            (Truth::Unknown, Some(UnknownCause::NoList)) => Assumptions { yes: LISTED, no: NOT_LISTED },
            (_, Some(UnknownCause::Ambiguous)) => Assumptions { yes: AMBIGUITY_COUNTS, no: 0 },
            (truth, _) => truth.into(),
        }
    }
}
