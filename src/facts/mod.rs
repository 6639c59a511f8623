//! What is reported, and how surely it is known.
//!
//! The nouns of an incident as typed records, the kinds of value that their facts may have, and the three truth
//! values. Every record carries one table of its facts ([`Table`]): reading, asking, messages and the manual are
//! all driven by it, so that adding a fact is adding a row.

mod amount;
mod carrier;
mod coded;
mod fact_path;
mod hs;
mod imo;
mod incident;
mod item;
mod many;
mod paperwork;
mod party;
mod period;
mod provenance;
mod record;
mod reported;
mod table;
mod transaction;
mod truth;
mod words;

pub use amount::{Amount, Range, RangeError, Unit};
pub use carrier::{Aircraft, Port, Vessel};
pub use coded::{Coded, CodedTerm, Scheme, Term, TermAlternatives};
pub use fact_path::{FactPath, PathSegment};
pub use hs::{HsCode, HsRange};
pub use imo::{ImoError, ImoNumber};
pub use incident::{Balance, Context, EvidenceSource, Incident, Notice};
pub use item::Item;
pub use many::Many;
pub use paperwork::{Action, Authorisation, Determination, Notification};
pub use party::{Party, People};
pub use period::{Period, PeriodError};
pub use provenance::FactLocator;
pub(crate) use provenance::TransactionText;
pub use record::{Codes, FactVisitor, Known, ManySlot, One, Record, Records, Slot, Terms, Value};
pub use reported::{InputId, ReportedIncident};
pub use table::{Ask, FactKind, Field, FieldSet, KeyIndex, Table};
pub use transaction::{Contract, Payment, Relation, Side, Subject, Transaction};
pub use truth::Truth;
pub use words::{Words, fold};
