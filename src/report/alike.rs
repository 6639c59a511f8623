//! A transaction whose report is that of another one but for its id and its places.

use std::collections::BTreeMap;

use crate::document::Position;

use super::TransactionReport;

/// What the report of a transaction has of its own beside that of one that is alike. Thousands of rows that tell the same act are kept
/// as this.
#[derive(Debug, Clone)]
pub struct AlikeReport {
    /// The id of the transaction.
    pub(super) id: String,
    /// The digest of what is reported of it.
    pub(super) facts: Option<String>,
    /// The fingerprints of the findings, in their order.
    pub(super) fingerprints: Vec<String>,
    /// The places of the facts of the other transaction, each with the place here, in one file.
    pub(super) places: BTreeMap<Position, Position>,
}

impl AlikeReport {
    /// The whole report, by that of the transaction that is alike.
    pub(super) fn complete(&self, other: &TransactionReport) -> TransactionReport {
        let mut report = TransactionReport { id: self.id.clone(), facts: self.facts.clone(), ..other.clone() };
        let own = |fingerprint: &str| {
            let at = other.findings.iter().position(|finding| finding.fingerprint == fingerprint)?;
            self.fingerprints.get(at).cloned()
        };
        report.leading = report.leading.as_deref().and_then(own);
        for regime in &mut report.regimes {
            regime.leading = own(&regime.leading).unwrap_or_default();
        }
        for (finding, fingerprint) in report.findings.iter_mut().zip(&self.fingerprints) {
            finding.fingerprint.clone_from(fingerprint);
        }
        let file = other.at.as_ref().map(|at| at.file.as_str());
        for place in report.places_mut().filter(|place| Some(place.file.as_str()) == file) {
            place.position = place.position.map(|position| self.places.get(&position).copied().unwrap_or(position));
        }
        report
    }
}
