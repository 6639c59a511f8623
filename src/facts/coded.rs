//! Facts that are codes: terms of the vocabulary, countries, HS codes. What is known not to be can be said too.

use smallvec::{SmallVec, smallvec};

/// A term of the rulebook's vocabulary: an activity, a role, a country, a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub(crate) u16);

/// A value of a coded field as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A term of the vocabulary.
    Term(Term),
    /// A name that several terms bear, such as `Korea`: it is one of them, but not known which.
    OneOf(Box<[Term]>),
    /// A word that the vocabulary does not have. It matches nothing.
    Unlisted(Box<str>),
}

/// Values of a coded field. Nearly always there is one, so one needs no place on the heap.
pub type Told<T> = SmallVec<[T; 1]>;

/// What is known of a coded field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded<T> {
    /// What it is: all of these, and the list is complete. `None` is not known.
    pub is: Option<Told<T>>,
    /// What it is known not to be.
    pub not: Vec<T>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self { is: None, not: Vec::new() }
    }
}

impl<T> Coded<T> {
    /// One value, known.
    pub fn one(value: T) -> Self {
        Self { is: Some(smallvec![value]), not: Vec::new() }
    }

    /// True if nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        self.is.is_none() && self.not.is_empty()
    }
}

/// The parts of the vocabulary. A coded field takes its terms from one or two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// What is done.
    Activity,
    /// How far it went.
    Stage,
    /// How it travels.
    Transport,
    /// What it is for.
    Purpose,
    /// Field of study, research or cooperation.
    Field,
    /// What a party does in the transaction.
    Role,
    /// What a party is.
    PartyKind,
    /// Banned programmes.
    Programme,
    /// Goods, technology, software.
    Form,
    /// New, used, refurbished.
    Condition,
    /// Kinds of ship.
    VesselKind,
    /// What a ship does in the transaction.
    VesselRole,
    /// Kinds of aircraft.
    AircraftKind,
    /// What a port call is for.
    Call,
    /// What a service, claim or arrangement is about.
    SubjectKind,
    /// How two transactions belong together.
    Relation,
    /// Standing of a person.
    Status,
    /// What authorities do.
    Action,
    /// What became of an act or request.
    Outcome,
    /// Established or alleged.
    Evidence,
    /// Kinds of source.
    SourceKind,
    /// States and territories.
    Country,
    /// What stands for a flag and is no country.
    Flag,
    /// Bodies that decide beside States.
    Body,
    /// What a determination finds.
    Finding,
    /// Units of quantity.
    Unit,
}

impl Space {
    /// All of them.
    pub const ALL: [Space; 26] = [
        Space::Activity,
        Space::Stage,
        Space::Transport,
        Space::Purpose,
        Space::Field,
        Space::Role,
        Space::PartyKind,
        Space::Programme,
        Space::Form,
        Space::Condition,
        Space::VesselKind,
        Space::VesselRole,
        Space::AircraftKind,
        Space::Call,
        Space::SubjectKind,
        Space::Relation,
        Space::Status,
        Space::Action,
        Space::Outcome,
        Space::Evidence,
        Space::SourceKind,
        Space::Country,
        Space::Flag,
        Space::Body,
        Space::Finding,
        Space::Unit,
    ];

    /// Its key under `vocabulary:`.
    pub fn key(self) -> &'static str {
        match self {
            Space::Activity => "activity",
            Space::Stage => "stage",
            Space::Transport => "transport",
            Space::Purpose => "purpose",
            Space::Field => "field",
            Space::Role => "role",
            Space::PartyKind => "party-kind",
            Space::Programme => "programme",
            Space::Form => "form",
            Space::Condition => "condition",
            Space::VesselKind => "vessel-kind",
            Space::VesselRole => "vessel-role",
            Space::AircraftKind => "aircraft-kind",
            Space::Call => "call",
            Space::SubjectKind => "subject-kind",
            Space::Relation => "relation",
            Space::Status => "status",
            Space::Action => "action",
            Space::Outcome => "outcome",
            Space::Evidence => "evidence",
            Space::SourceKind => "source-kind",
            Space::Country => "country",
            Space::Flag => "flag",
            Space::Body => "body",
            Space::Finding => "finding",
            Space::Unit => "unit",
        }
    }

    /// A term of these spaces that is not listed is only a warning; elsewhere it is an error.
    pub fn is_open(self) -> bool {
        matches!(self, Space::Purpose | Space::Field | Space::Role | Space::Action | Space::Finding)
    }
}
