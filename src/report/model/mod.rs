//! The report as data: what every format is written from, and the keys of the JSON report.
//!
//! Verdicts, states, severities, days and places are typed here and become words in the writers alone. The JSON form of
//! each type is a contract: keys may be added within a version of the schema, those that are there stay.

mod decision;
mod finding;
mod head;
mod incident;
mod location;
mod page;
mod quota;
mod serial;
mod transaction;

pub use decision::{DecisionNote, DecisionsNote, IneffectiveDecision, ReopenedDecision, UnboundDecision};
pub use finding::{AlsoNote, AuthorityNote, Basis, ExceptionNote, Finding, MissingNote, Subject};
pub use head::{
    DesignationsNote, FailCondition, FailOn, FileNote, Head, InputNote, NotAssessedNote, OptionsNote, ProblemNote,
    ResolutionNote, RulebookNote, SCHEMA, Summary, Tool, TransactionCounts, UncheckedNote,
};
pub use incident::{IncidentReport, Report};
pub use location::FileLocation;
pub use page::{ActionNote, ElementNames, NotCheckedNote, ObjectNote, PageNote, PartyNote, RelationNote, SideNote, SourceNote};
pub use quota::{QuotaNote, QuotaTotalNote};
pub use transaction::{
    DerivedNote, DutyNote, EvidenceNote, NearMiss, NearRuleNote, QuestionNote, RegimeNote, TransactionReport, TriageNote,
    WarningNote,
};
