//! A whole report and one incident of it.

use super::super::Transactions;
use super::{Head, Word};

/// A whole report: what a format tells.
#[derive(Debug, Clone)]
pub struct Report {
    /// Everything but the incidents.
    pub head: Head,
    /// The incidents, by id.
    pub incidents: Vec<IncidentReport>,
}

/// One incident. Its transactions may be many more than fit into memory, so they are handed out one by one.
#[derive(Debug, Clone)]
pub struct IncidentReport {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// The worst verdict.
    pub verdict: Option<Word>,
    /// Its transactions.
    pub transactions: Transactions,
}
