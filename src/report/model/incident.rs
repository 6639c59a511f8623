//! A whole report and its incidents.

use crate::engine::Verdict;
use crate::report::{Detail, Transactions};

use super::Head;

/// A whole report: what every format is written from.
#[derive(Debug, Clone)]
pub struct Report {
    /// The part about the run as a whole.
    pub head: Head,
    /// The incidents, sorted by id.
    pub incidents: Vec<IncidentReport>,
    /// How much the formats for people tell.
    pub detail: Detail,
}

/// One incident. Its transactions may be more than fit into memory, so they are read one by one.
#[derive(Debug, Clone)]
pub struct IncidentReport {
    /// The incident's id.
    pub id: String,
    /// The title, if the incident file gives one.
    pub title: Option<String>,
    /// The worst verdict among its findings; `None` if there is no finding.
    pub verdict: Option<Verdict>,
    /// The transactions, in the order of the incident.
    pub transactions: Transactions,
}
