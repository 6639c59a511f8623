//! Inference: what follows from the reported facts before any rule is asked.
//!
//! Nothing here invents a fact. What a derivation leaves possible is *unknown*, never true, and what it does not find is what
//! was reported.
//!
//! - [`links`]: the parties that a record names, and whom these name in turn, within the incident;
//! - [`related`]: the transactions that one belongs to, or that belong to it.

pub(super) mod links;
pub(super) mod related;
