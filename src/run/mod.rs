//! Runs: from files to a report, whatever their number and length.
//!
//! Documents (YAML, JSON) are read whole, and each of their transactions is reported. Streams (NDJSON, CSV) may be longer
//! than the memory: they are read in chunks by several workers, and only transactions with something to report are
//! reported. The output is in the order of the input and does not depend on the number of workers, since chunks are cut by
//! their length alone and merged in their order.
//!
//! A finding that depends on a quota needs the total of the whole run. Such transactions of a stream are set aside, and
//! assessed once everything is counted.

mod answers;
mod check;
mod document_reports;
mod input_notes;
mod listings;
mod not_assessed;
mod observer;
mod pool;
mod quotas;
mod reports;
mod seen_ids;
mod state;
mod worker;

pub use answers::AnswerTrial;
pub use check::{CheckOptions, CheckOutput, check};
pub use input_notes::input_notes;
pub(crate) use listings::country_name;
pub use listings::{DesignationLists, PartyScreener};
pub use observer::RunObserver;
pub(crate) use quotas::count_quotas;
