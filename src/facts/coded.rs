//! Facts that are codes: terms of the vocabulary, countries, HS codes. What is known not to be can be said too.

use compact_str::CompactString;
use smallvec::SmallVec;

/// A term of the rulebook's vocabulary: an activity, a role, a country, a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub(crate) u16);

/// The terms that a name can mean.
pub type TermAlternatives = SmallVec<[Term; 8]>;

/// A value of a coded field as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodedTerm {
    /// A term of the vocabulary.
    Term(Term),
    /// A name that several terms bear, such as `Korea`: it is one of them, but not known which.
    OneOf(Box<TermAlternatives>),
    /// A word that the vocabulary does not have. It matches nothing.
    Unlisted(Box<CompactString>),
}

/// What is known of a coded field.
///
/// A record has many such fields, of most of which nothing is told, and of nearly all others one value or that
/// there is none. These stand in the record itself, in two machine words; everything else is on the heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded<T>(Knowledge<T>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Knowledge<T> {
    Nothing,
    /// It is none at all.
    None,
    One(T),
    /// None of the above.
    More(Box<More<T>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct More<T> {
    is: Option<Vec<T>>,
    not: Vec<T>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl<T> Coded<T> {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self(Knowledge::Nothing);

    /// One value, known.
    pub fn one(value: T) -> Self {
        Self(Knowledge::One(value))
    }

    /// Known to be none.
    pub fn none() -> Self {
        Self(Knowledge::None)
    }

    /// What it is, if that is known, and what it is known not to be.
    pub fn new(mut is: Option<Vec<T>>, not: Vec<T>) -> Self {
        match &mut is {
            None if not.is_empty() => Self::UNKNOWN,
            Some(told) if told.len() < 2 && not.is_empty() => told.pop().map_or(Self::none(), Self::one),
            _ => Self(Knowledge::More(Box::new(More { is, not }))),
        }
    }

    /// What it is: all of these, and the list is complete. `None` is not known.
    pub fn is(&self) -> Option<&[T]> {
        match &self.0 {
            Knowledge::Nothing => None,
            Knowledge::None => Some(&[]),
            Knowledge::One(only) => Some(std::slice::from_ref(only)),
            Knowledge::More(more) => more.is.as_deref(),
        }
    }

    /// What it is known not to be.
    pub fn not(&self) -> &[T] {
        match &self.0 {
            Knowledge::Nothing | Knowledge::None | Knowledge::One(_) => &[],
            Knowledge::More(more) => &more.not,
        }
    }

    /// True if nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self.0, Knowledge::Nothing)
    }
}

/// The parts of the vocabulary. A coded field takes its terms from one or two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
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

impl Scheme {
    /// All of them.
    pub const ALL: [Scheme; 26] = [
        Scheme::Activity,
        Scheme::Stage,
        Scheme::Transport,
        Scheme::Purpose,
        Scheme::Field,
        Scheme::Role,
        Scheme::PartyKind,
        Scheme::Programme,
        Scheme::Form,
        Scheme::Condition,
        Scheme::VesselKind,
        Scheme::VesselRole,
        Scheme::AircraftKind,
        Scheme::Call,
        Scheme::SubjectKind,
        Scheme::Relation,
        Scheme::Status,
        Scheme::Action,
        Scheme::Outcome,
        Scheme::Evidence,
        Scheme::SourceKind,
        Scheme::Country,
        Scheme::Flag,
        Scheme::Body,
        Scheme::Finding,
        Scheme::Unit,
    ];

    /// Its key under `vocabulary:`.
    pub fn key(self) -> &'static str {
        match self {
            Scheme::Activity => "activity",
            Scheme::Stage => "stage",
            Scheme::Transport => "transport",
            Scheme::Purpose => "purpose",
            Scheme::Field => "field",
            Scheme::Role => "role",
            Scheme::PartyKind => "party-kind",
            Scheme::Programme => "programme",
            Scheme::Form => "form",
            Scheme::Condition => "condition",
            Scheme::VesselKind => "vessel-kind",
            Scheme::VesselRole => "vessel-role",
            Scheme::AircraftKind => "aircraft-kind",
            Scheme::Call => "call",
            Scheme::SubjectKind => "subject-kind",
            Scheme::Relation => "relation",
            Scheme::Status => "status",
            Scheme::Action => "action",
            Scheme::Outcome => "outcome",
            Scheme::Evidence => "evidence",
            Scheme::SourceKind => "source-kind",
            Scheme::Country => "country",
            Scheme::Flag => "flag",
            Scheme::Body => "body",
            Scheme::Finding => "finding",
            Scheme::Unit => "unit",
        }
    }

    /// A term of these spaces that is not listed is only a warning; elsewhere it is an error.
    pub fn is_open(self) -> bool {
        matches!(self, Scheme::Purpose | Scheme::Field | Scheme::Role | Scheme::Action | Scheme::Finding)
    }
}
