//! Schemes: the parts of the vocabulary.

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
