//! The reports of the transactions of documents: made one by one, so that no more than one assessment is in memory.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use crate::engine::{TransactionAssessment, Verdict};
use crate::facts::ReportedIncident;
use crate::intake::Intake;
use crate::report::{self, Counts, IncidentReport, ReportOptions, SpoolWriter, Transactions, UnreadPlaces};
use crate::rulebook::Rulebook;

use super::RunObserver;

/// So many reports are held in memory; those that follow are set aside on disk.
const MOST_HELD: usize = 128;

/// So many transactions that are alike to one in memory are kept as what they have of their own, some kilobytes each at most.
const MOST_ALIKE: usize = 16_384;

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
    /// The number of transactions that are kept as alike to others.
    alike: usize,
    spool: Option<SpoolWriter>,
    /// What went wrong; nothing is added after that.
    broken: io::Result<()>,
}

#[derive(Default)]
struct ReportsOfDocument {
    verdict: Option<Verdict>,
    transactions: Transactions,
    /// The positions among those in memory, by the positions of their transactions.
    held: BTreeMap<usize, usize>,
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
        Self {
            documents,
            intake,
            rulebook,
            options,
            unread,
            of_document: None,
            reports,
            held: 0,
            alike: 0,
            spool: None,
            broken: Ok(()),
        }
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
        let Some(of_document) = self.reports.get_mut(document) else { return Ok(()) };
        let own = unread.of_transaction(assessed.index);
        let is_for_observer = observer.wants_transactions();
        // Of a transaction that is alike to one in memory only its id and its places are kept. What is decided is looked up by the id.
        let has_room = self.alike < MOST_ALIKE;
        let other = assessed.alike.filter(|_| has_room && !is_for_observer && self.options.decisions.is_none());
        let other = other.filter(|other| unread.of_transaction(*other) == own);
        if let Some((other, held)) = other.and_then(|other| Some((other, *of_document.held.get(&other)?)))
            && let Some(known) = of_document.transactions.in_memory().get(held)
            && let Some(alike) = report::alike_transaction(sources, reported, assessed, other)
        {
            counts.add(known, &own);
            of_document.transactions.add_alike(held, alike);
            self.alike += 1;
            return Ok(());
        }
        let report = report::transaction(self.rulebook, sources, reported, assessed, &own, self.options);
        counts.add(&report, &own);
        of_document.verdict = of_document.verdict.max(report.verdict);
        let is_for_observer = is_for_observer && report.has_something_to_report();
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
            of_document.transactions.add_spooled(spool.add(&json, report.verdict)?);
        } else {
            let position = of_document.transactions.hold(report);
            of_document.held.insert(assessed.index, position);
            self.held += 1;
        }
        Ok(())
    }

    /// The documents with the reports of their transactions.
    pub(super) fn into_incidents(self) -> io::Result<Vec<IncidentReport>> {
        self.broken?;
        let spool = self.spool.map(SpoolWriter::finish).transpose()?;
        let incidents = self.documents.iter().zip(self.reports).map(|(reported, mut of_document)| {
            of_document.transactions.set_spool(spool.as_ref());
            IncidentReport {
                id: reported.id().to_owned(),
                title: reported.incident.title.as_deref().map(str::to_owned),
                verdict: of_document.verdict,
                transactions: of_document.transactions,
            }
        });
        Ok(incidents.collect())
    }
}
