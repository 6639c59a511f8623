//! Derived facts: what was not reported itself, but follows from what was.

use compact_str::CompactString;

use super::{FactPath, Terms};

/// A fact that was derived from others and put into the transaction like a reported one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedFact {
    /// The path to the fact.
    pub path: FactPath,
    /// The path to the fact that it was derived from.
    pub from: FactPath,
    /// How it was derived.
    pub how: Derivation,
    /// What was reported in its place, if it holds terms; unknown unless the two contradict each other.
    pub before: Terms,
}

/// How a fact was derived from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Derivation {
    /// The place is in the country.
    Place {
        /// The name of the place.
        named: CompactString,
    },
    /// The text names the country, which may or may not be that of the record.
    Mention {
        /// The words that name it.
        named: CompactString,
    },
    /// A paper tells where the goods are from.
    Paper,
    /// The place or code is of another country than the one that is reported, so that it is either.
    Contradiction {
        /// The name or code of the place.
        named: CompactString,
    },
    /// The side is named after this party of the transaction, and has its nationality.
    NamedParty,
    /// The side names this party, which is on it.
    OnSide,
    /// The side names a party that no other place names: it is one of the transaction.
    PartyOfSide,
    /// A ship or aircraft that itself changes hands is an item.
    TradedCarrier,
    /// Assets that are let go are dealt with.
    LetGo,
    /// Somebody who is not reported holds the account.
    AccountHolder,
    /// Another transaction of the incident tells of another flag of the ship, about the same time.
    OtherFlag {
        /// The id of that transaction.
        by: CompactString,
    },
    /// A ship that is not reported took the other part in a transfer at sea.
    OtherShip,
    /// The party owns or operates the only vessel.
    Role,
    /// A description says it in as many words.
    Described {
        /// The words.
        named: CompactString,
    },
    /// The amount of a month by the number of months.
    Monthly,
    /// The day on which a permission runs out, by how long it holds.
    Validity,
    /// A date of birth by the age.
    Age,
    /// Whether somebody is a national of the State that the act reaches.
    Destination,
    /// Another transaction of the incident tells it of a party or ship of the same name.
    SameName {
        /// The id of that transaction.
        by: CompactString,
    },
    /// Another transaction of the incident tells where such goods are from.
    SameGoods {
        /// The id of that transaction.
        by: CompactString,
    },
    /// It is reported to be on no list, and another transaction of the incident tells of a listing of the same name.
    DeniedListing {
        /// The id of that transaction.
        by: CompactString,
    },
    /// The value divided by the number of pieces.
    PerPiece,
    /// It is reported otherwise than another fact tells, and so is unknown.
    Disputed,
    /// A list of designated parties was searched for the name.
    Screened {
        /// What was found, in words.
        found: CompactString,
    },
}

impl DerivedFact {
    /// True if the reported facts contradict each other.
    pub fn is_contradiction(&self) -> bool {
        matches!(self.how, Derivation::Contradiction { .. } | Derivation::Disputed | Derivation::DeniedListing { .. })
    }
}
