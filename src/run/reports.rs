//! The reports of a stream's transactions: handed to the observer as they come, and set aside on disk for the report.

use std::collections::BTreeMap;
use std::io;

use crate::document::{Code, Diagnostic};
use crate::report::{IncidentReport, SpoolWriter, Spooled, TransactionReport, Transactions};

use super::RunObserver;
use super::seen_ids::SeenIds;
use super::worker::EncodedReport;

/// The reports of transactions of streams that a run has made so far.
#[derive(Default)]
pub(super) struct StreamReports {
    seen: SeenIds,
    spool: Option<SpoolWriter>,
    spooled: BTreeMap<String, Vec<Spooled>>,
}

impl StreamReports {
    /// Adds the report of a transaction. It is a mistake if one with the same incident and id was reported before.
    pub(super) fn add(
        &mut self,
        report: EncodedReport,
        json: &[u8],
        observer: &mut dyn RunObserver,
    ) -> io::Result<Option<Diagnostic>> {
        let repeated = (!self.seen.insert(report.key)).then(|| repeated(&report.incident, json)).transpose()?;
        if observer.wants_transactions() {
            observer.transaction(&report.incident, json)?;
        }
        if observer.retains() {
            let spool = match &mut self.spool {
                Some(spool) => spool,
                None => self.spool.insert(SpoolWriter::new()?),
            };
            let spooled = spool.add(json, report.verdict)?;
            self.spooled.entry(report.incident).or_default().push(spooled);
        }
        Ok(repeated)
    }

    /// The retained reports, by incident.
    pub(super) fn into_incidents(self) -> io::Result<Vec<IncidentReport>> {
        let Some(spool) = self.spool else { return Ok(Vec::new()) };
        let spool = spool.finish()?;
        let incidents = self.spooled.into_iter().map(|(id, spooled)| {
            let verdict = spooled.iter().filter_map(Spooled::verdict).max();
            let transactions = Transactions::spooled(&spool, spooled);
            IncidentReport { id, title: None, verdict, transactions }
        });
        Ok(incidents.collect())
    }
}

fn repeated(incident: &str, json: &[u8]) -> io::Result<Diagnostic> {
    let report: TransactionReport = serde_json::from_slice(json)?;
    let at = report.at.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
    let message = format!("{at}: the transaction `{}` stands twice in `{incident}`", report.id);
    Ok(Diagnostic::about_file(Code::DuplicateTransaction, message).help("ids are unique in an incident"))
}
