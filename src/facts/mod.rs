//! The facts of an incident: typed records of what is reported, and of how surely it is known.
//!
//! Each record type has one [`Table`] of its fields, which drives the reading of files, the conditions of rules, messages and the
//! manual. Invariants: a fact is unknown, known to be none, or known, and no reader or evaluator mixes the first two up; facts
//! carry no places in files.

mod amount;
mod carrier;
mod coded;
mod date_point;
mod date_text;
mod date_words;
mod declare;
mod derived;
mod fact_path;
mod fold;
mod grade;
mod hs;
mod imo;
mod incident;
mod incident_index;
mod item;
mod known;
mod look_alikes;
mod many;
mod number_text;
mod number_words;
mod open_dates;
mod paperwork;
mod party;
mod period;
mod placeholder;
mod provenance;
mod record;
mod reported;
mod scheme;
mod slot;
mod stem;
mod table;
mod transaction;
mod truth;
mod words;

pub use amount::{Amount, Range, RangeError, Unit};
pub use carrier::{Aircraft, Port, SeaPlace, Vessel};
pub use coded::{Coded, CodedTerm, Codes, Term, TermAlternatives, Terms};
pub use date_text::WrittenDate;
pub use derived::{Derivation, DerivedFact};
pub use fact_path::{FactPath, PathSegment};
pub use fold::fold;
pub use grade::Grading;
pub use hs::{HsCode, HsError, HsRange};
pub use imo::{ImoError, ImoNumber};
pub use incident::{Balance, Context, EvidenceSource, Incident, Notice};
pub use incident_index::{IncidentIndex, LinkNames, LinkStep, LinkTarget, LinkedParties};
pub use item::Item;
pub use known::Known;
pub use look_alikes::first_look_alike;
pub use many::Many;
pub use paperwork::{Action, Authorisation, Determination, Document, Notification};
pub use party::{Party, People};
pub use period::{Period, PeriodError};
pub use placeholder::is_placeholder;
pub use provenance::FactLocator;
pub(crate) use provenance::TransactionText;
pub use record::{FactValue, FactVisitor, Record, Records, fact_at};
pub use reported::{InputId, ReportedIncident};
pub use scheme::Scheme;
pub use slot::{ManySlot, OneSlot, Slot};
pub use table::{Bearing, FactKind, Field, FieldRole, FieldSet, Table};
pub use transaction::{Contract, Payment, Relation, Side, Subject, Transaction};
pub use truth::Truth;
pub use words::Words;
