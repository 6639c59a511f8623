//! Schemes: the parts of the vocabulary, each a set of terms for one kind of thing.

/// A part of the vocabulary (a concept scheme, as SKOS calls it). A coded field takes its terms from one or two schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// What is done in a transaction.
    Activity,
    /// How far a transaction went: planned, attempted, completed.
    Stage,
    /// Means of transport.
    Transport,
    /// What a transaction is for.
    Purpose,
    /// Field of study, research or cooperation.
    Field,
    /// What a party does in the transaction.
    Role,
    /// What a party is.
    PartyKind,
    /// Banned programmes, such as the nuclear one.
    Programme,
    /// The form of an item: goods, technology, software.
    Form,
    /// The condition of an item: new, used, refurbished.
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
    /// How two transactions are related.
    Relation,
    /// Kinds of paper that cover goods.
    DocumentKind,
    /// Parts of the sea, as the law divides it.
    Waters,
    /// The standing of a person, such as refugee or diplomat.
    Status,
    /// What authorities do.
    Action,
    /// Outcomes of acts and requests.
    Outcome,
    /// How well a fact is evidenced: established or alleged.
    Evidence,
    /// Kinds of source.
    SourceKind,
    /// States and territories.
    Country,
    /// Parts of countries, each a narrower term of its country.
    Region,
    /// Values of a flag that are not countries: stateless, false flag.
    Flag,
    /// Bodies other than States that decide, such as the Committee.
    Body,
    /// What a determination finds.
    Finding,
    /// Units of quantity.
    Unit,
}

impl Scheme {
    /// All schemes, in the order of the enum.
    pub const ALL: [Scheme; 29] = [
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
        Scheme::DocumentKind,
        Scheme::Waters,
        Scheme::Status,
        Scheme::Action,
        Scheme::Outcome,
        Scheme::Evidence,
        Scheme::SourceKind,
        Scheme::Country,
        Scheme::Region,
        Scheme::Flag,
        Scheme::Body,
        Scheme::Finding,
        Scheme::Unit,
    ];

    /// The key under `vocabulary:` in the rulebook.
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
            Scheme::DocumentKind => "document-kind",
            Scheme::Waters => "waters",
            Scheme::Status => "status",
            Scheme::Action => "action",
            Scheme::Outcome => "outcome",
            Scheme::Evidence => "evidence",
            Scheme::SourceKind => "source-kind",
            Scheme::Country => "country",
            Scheme::Region => "region",
            Scheme::Flag => "flag",
            Scheme::Body => "body",
            Scheme::Finding => "finding",
            Scheme::Unit => "unit",
        }
    }

    /// True if reports may use terms that the scheme does not list: what they mean is unknown, with a warning.
    pub fn is_open(self) -> bool {
        matches!(self, Scheme::Purpose | Scheme::Field | Scheme::Role | Scheme::Action | Scheme::Finding | Scheme::Region)
    }

    /// True if an unlisted term is an error: every verdict rests on these few terms. In a scheme that is neither open nor closed
    /// only a misspelt term is one, and any other word is unknown, with a warning.
    pub fn is_closed(self) -> bool {
        use Scheme::{Country, Evidence, Flag, Unit};
        matches!(self, Country | Evidence | Flag | Unit)
    }
}
