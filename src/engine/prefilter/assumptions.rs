//! Truth under several assumptions at once.
//!
//! A verdict needs the truth of a condition under seven assumptions: on the facts as reported; as if everyone whose listing is
//! not reported were listed, and as if nobody of them were (the two tell whether a rule could be assessed without a list of
//! designated persons); as if every ambiguous name meant what is asked (for the regime's nexus); as if every list that is
//! not reported and [beside the point](crate::engine::pertinence) were empty (whether the rule asks); as if these were empty and
//! nobody listed; and as if nobody were listed whose listing is on no list that is known. A condition is walked once; each answer holds one bit for each assumption.

use crate::engine::UnknownCause;
use crate::engine::compare::Comparison;
use crate::facts::Truth;

/// The assumptions, one bit each.
const AS_REPORTED: u8 = 1;
const LISTED: u8 = 2;
const NOT_LISTED: u8 = 4;
const AMBIGUITY_COUNTS: u8 = 8;
const PERTINENT_ONLY: u8 = 16;
const PERTINENT_NOT_LISTED: u8 = 32;
const UNREAD_NOT_LISTED: u8 = 64;
const ALL: u8 = AS_REPORTED | LISTED | NOT_LISTED | AMBIGUITY_COUNTS | PERTINENT_ONLY | PERTINENT_NOT_LISTED | UNREAD_NOT_LISTED;

/// Under which assumptions a condition is true, and under which it is false; under the others it is unknown. No assumption
/// is in both sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Assumptions {
    true_under: u8,
    false_under: u8,
}

impl Assumptions {
    /// True under every assumption.
    pub(super) const TRUE: Assumptions = Assumptions { true_under: ALL, false_under: 0 };
    /// False under every assumption.
    pub(super) const FALSE: Assumptions = Assumptions { true_under: 0, false_under: ALL };
    /// Unknown under every assumption.
    pub(super) const UNKNOWN: Assumptions = Assumptions { true_under: 0, false_under: 0 };

    /// The same, but false if what is beside the point is taken as empty.
    pub(super) fn false_if_empty(self) -> Assumptions {
        const EMPTY: u8 = PERTINENT_ONLY | PERTINENT_NOT_LISTED;
        Assumptions { true_under: self.true_under & !EMPTY, false_under: self.false_under | EMPTY }
    }

    /// Three-valued conjunction under each assumption.
    pub(super) fn and(self, other: Assumptions) -> Assumptions {
        Assumptions { true_under: self.true_under & other.true_under, false_under: self.false_under | other.false_under }
    }

    /// Three-valued disjunction under each assumption.
    pub(super) fn or(self, other: Assumptions) -> Assumptions {
        Assumptions { true_under: self.true_under | other.true_under, false_under: self.false_under & other.false_under }
    }

    /// Three-valued negation under each assumption.
    pub(super) fn not(self) -> Assumptions {
        Assumptions { true_under: self.false_under, false_under: self.true_under }
    }

    /// `shown`: unknown becomes false.
    pub(super) fn shown(self) -> Assumptions {
        Assumptions { true_under: self.true_under, false_under: ALL & !self.true_under }
    }

    /// The truth of a condition on a party of whom only a name is known. Where it hangs on nothing but a listing, a list would
    /// answer it; in any other case the listing is as unknown as all else.
    pub(super) fn of_name_only(self) -> Assumptions {
        const AS_ELSEWHERE: u8 = ALL & !AMBIGUITY_COUNTS;
        let hangs_on_listing = (self.if_listed(), self.if_not_listed()) == (Truth::True, Truth::False);
        if self.truth() == Truth::Unknown && self.if_ambiguity_counts() != Truth::True && hangs_on_listing {
            return Comparison::unknown(UnknownCause::NoList).into();
        }
        let as_reported = |under: u8| if under & AS_REPORTED == 0 { 0 } else { AS_ELSEWHERE };
        Assumptions {
            true_under: as_reported(self.true_under) | self.true_under & AMBIGUITY_COUNTS,
            false_under: as_reported(self.false_under) | self.false_under & AMBIGUITY_COUNTS,
        }
    }

    fn under(self, assumption: u8) -> Truth {
        match (self.true_under & assumption != 0, self.false_under & assumption != 0) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The truth on the facts as reported.
    pub(super) fn truth(self) -> Truth {
        self.under(AS_REPORTED)
    }

    /// The truth if everyone whose listing is not reported were listed.
    pub(super) fn if_listed(self) -> Truth {
        self.under(LISTED)
    }

    /// The truth if nobody whose listing is not reported were listed.
    pub(super) fn if_not_listed(self) -> Truth {
        self.under(NOT_LISTED)
    }

    /// The truth if what is not reported and beside the point were empty.
    pub(super) fn if_pertinent_only(self) -> Truth {
        self.under(PERTINENT_ONLY)
    }

    /// The truth if these were empty and nobody whose listing is not reported were listed.
    pub(super) fn if_pertinent_and_not_listed(self) -> Truth {
        self.under(PERTINENT_NOT_LISTED)
    }

    /// The truth if nobody were listed whose listing is on no list that is known.
    pub(super) fn if_unread_not_listed(self) -> Truth {
        self.under(UNREAD_NOT_LISTED)
    }

    /// The truth if every ambiguous name meant what is asked.
    pub(super) fn if_ambiguity_counts(self) -> Truth {
        self.under(AMBIGUITY_COUNTS)
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
            (Truth::Unknown, Some(UnknownCause::NoList)) => {
                Assumptions { true_under: LISTED, false_under: NOT_LISTED | PERTINENT_NOT_LISTED }
            }
            (Truth::Unknown, Some(UnknownCause::UnknownReference)) => {
                Assumptions { true_under: 0, false_under: UNREAD_NOT_LISTED }
            }
            (_, Some(UnknownCause::Ambiguous | UnknownCause::Several | UnknownCause::PossiblyListed)) => {
                Assumptions { true_under: AMBIGUITY_COUNTS, false_under: 0 }
            }
            (truth, _) => truth.into(),
        }
    }
}
