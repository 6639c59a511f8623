//! Audit of reports: their seal, their signature, and whether a run of the same inputs gives the same findings again.
//!
//! Reports are read from disk one transaction at a time, so that a report of any length can be checked.

mod compare;
mod extra_keys;
mod report_file;
mod root;
mod signature;
mod unique_keys;

pub(crate) use compare::compare;
pub(crate) use extra_keys::first_unread;
pub use report_file::{OpenedReport, ReportReadError, compute_seal, open};
pub(crate) use root::{Refusal, Root};
pub(crate) use signature::{Sealed, SignatureError, public_key, sign, signature_holds, signing_key};
