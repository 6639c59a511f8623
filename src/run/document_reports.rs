//! The reports of the transactions of documents: made one by one, so that no more than one assessment is in memory.

use std::io;
use std::ops::ControlFlow;

use crate::engine::{TransactionAssessment, Verdict};
use crate::facts::ReportedIncident;
use crate::intake::Intake;
use crate::report::{
    self, Counts, IncidentReport, ReportOptions, SpoolWriter, Spooled, TransactionReport, Transactions, UnreadPlaces,
};
use crate::rulebook::Rulebook;

use super::RunObserver;

/// So many reports are held in memory; those that follow are set aside on disk.
const MOST_HELD: usize = 128;

/// The reports of documents that a run has made so far.
pub(super) struct DocumentReports<'a> {
    documents: &'a [ReportedIncident],
    intake: &'a Intake,
    rulebook: &'a Rulebook,
    options: ReportOptions<'a>,
    unread: UnreadPlaces<'a>,
    /// What could not be read of the transactions of the document at hand, and its position.
    of_document: Option<(usize, report::UnreadOfDocument)>,
    reports: Vec<ReportsOfDocument>,
    held: usize,
    spool: Option<SpoolWriter>,
    /// What went wrong; nothing is added after that.
    broken: io::Result<()>,
}

#[derive(Default)]
struct ReportsOfDocument {
    verdict: Option<Verdict>,
    held: Vec<TransactionReport>,
    spooled: Vec<Spooled>,
}

impl<'a> DocumentReports<'a> {
    pub(super) fn new(
        documents: &'a [ReportedIncident],
        intake: &'a Intake,
        rulebook: &'a Rulebook,
        options: ReportOptions<'a>,
    ) -> Self {
        let mut reports = Vec::new();
        reports.resize_with(documents.len(), ReportsOfDocument::default);
        let unread = UnreadPlaces::new(&intake.problems);
        Self { documents, intake, rulebook, options, unread, of_document: None, reports, held: 0, spool: None, broken: Ok(()) }
    }

    /// Makes the report of a transaction of the document at a position, and counts it; the observer receives it if it has something
    /// to report.
    pub(super) fn add(
        &mut self,
        document: usize,
        assessed: &TransactionAssessment<'_>,
        counts: &mut Counts,
        observer: &mut dyn RunObserver,
    ) -> ControlFlow<()> {
        match self.add_one(document, assessed, counts, observer) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.broken = Err(error);
                ControlFlow::Break(())
            }
        }
    }

    fn add_one(
        &mut self,
        document: usize,
        assessed: &TransactionAssessment<'_>,
        counts: &mut Counts,
        observer: &mut dyn RunObserver,
    ) -> io::Result<()> {
        let Some(reported) = self.documents.get(document) else { return Ok(()) };
        let sources = &self.intake.sources;
        let unread = match &self.of_document {
            Some((at, unread)) if *at == document => unread,
            before => {
                // The places in a document are asked for until the next one comes.
                let before = before.as_ref().and_then(|(at, _)| self.documents.get(*at));
                before.into_iter().for_each(ReportedIncident::put_document_away);
                &self.of_document.insert((document, self.unread.of_document(reported, sources))).1
            }
        };
        let unread = unread.of_transaction(assessed.index);
        let report = report::transaction(self.rulebook, sources, reported, assessed, &unread, self.options);
        counts.add(&report, &unread);
        let Some(of_document) = self.reports.get_mut(document) else { return Ok(()) };
        of_document.verdict = of_document.verdict.max(report.verdict);
        let is_for_observer = observer.wants_transactions() && report.has_something_to_report();
        let is_spooled = self.held >= MOST_HELD;
        let mut json = Vec::new();
        if is_for_observer || is_spooled {
            report::compact(&report, &mut json)?;
        }
        if is_for_observer {
            observer.transaction(reported.id(), &json)?;
        }
        if is_spooled {
            let spool = match &mut self.spool {
                Some(spool) => spool,
                None => self.spool.insert(SpoolWriter::new()?),
            };
            of_document.spooled.push(spool.add(&json, report.verdict)?);
        } else {
            of_document.held.push(report);
            self.held += 1;
        }
        Ok(())
    }

    /// The documents with the reports of their transactions.
    pub(super) fn into_incidents(self) -> io::Result<Vec<IncidentReport>> {
        self.broken?;
        let spool = self.spool.map(SpoolWriter::finish).transpose()?;
        let incidents = self.documents.iter().zip(self.reports).map(|(reported, of_document)| IncidentReport {
            id: reported.id().to_owned(),
            title: reported.incident.title.as_deref().map(str::to_owned),
            verdict: of_document.verdict,
            transactions: Transactions::new(of_document.held, of_document.spooled, spool.as_ref()),
        });
        Ok(incidents.collect())
    }
}
