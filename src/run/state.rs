//! What a run has read, counted and reported so far, and how it ends.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Read};
use std::path::Path;

use crate::document::{Code, Diagnostic};
use crate::engine::{CompiledRules, Contributions, Ledger, NotAssessed, assess_each};
use crate::facts::{InputId, ReportedIncident};
use crate::intake::{Chunk, Chunks, Intake, ReadLedger, Relations, StreamFormat};
use crate::report::{self, Counts, Detail, HeadInputs, Report};

use super::document_reports::DocumentReports;
use super::not_assessed::NotAssessedCounts;
use super::reports::StreamReports;
use super::worker::{ChunkOutput, Worker};
use super::{CheckOptions, CheckOutput, PartyScreener, RunObserver, count_quotas, input_notes, pool};

/// The state of a run in progress.
pub(super) struct RunState<'o, 'a, 'l> {
    options: &'o CheckOptions<'a>,
    intake: Intake,
    observer: &'l mut dyn RunObserver,
    counts: Counts,
    contributions: Contributions,
    /// Transactions of streams whose findings depend on a quota's total.
    deferred: Vec<Chunk>,
    not_assessed: NotAssessedCounts,
    /// The ids of the incidents in streams.
    incidents: BTreeSet<String>,
    relations: Relations,
    /// The messages of the notes on streams so far.
    notes: HashSet<String>,
    reports: StreamReports,
}

impl<'o, 'a, 'l> RunState<'o, 'a, 'l> {
    pub(super) fn new(options: &'o CheckOptions<'a>, intake: Intake, observer: &'l mut dyn RunObserver) -> Self {
        Self {
            options,
            intake,
            observer,
            counts: Counts::default(),
            contributions: Contributions::default(),
            deferred: Vec::new(),
            not_assessed: NotAssessedCounts::new(options.rulebook.rules.len()),
            incidents: BTreeSet::new(),
            relations: Relations::default(),
            notes: HashSet::new(),
            reports: StreamReports::default(),
        }
    }

    /// Reads a stream and assesses its transactions, except those that depend on a quota's total. `number` is the number of
    /// the stream in the run, from 1.
    pub(super) fn stream(
        &mut self,
        path: &Path,
        format: StreamFormat,
        number: usize,
        compiled: &CompiledRules<'_>,
        stdin: &mut (dyn Read + Send),
    ) -> io::Result<()> {
        let mut chunks = match Chunks::open(path, format, number, stdin) {
            Ok(chunks) => chunks,
            Err(problem) => {
                self.intake.problems.push(problem);
                return Ok(());
            }
        };
        let before = self.transactions();
        let (jobs, report_options) = (self.options.jobs.max(1), self.options.report_options);
        let designations = self.options.designations;
        let mut any = false;
        let broken = pool::in_order(
            &mut chunks,
            jobs,
            || Worker::new(compiled, report_options, None, designations),
            &mut |output, bytes| {
                any |= output.any;
                self.merge(output)?;
                self.observer.progress(self.counts.transactions, bytes);
                Ok(())
            },
        )?;
        self.intake.problems.extend(chunks.take_note());
        self.intake.problems.extend(chunks.problem(broken.as_ref(), any, &mut self.intake.sources));
        let input = chunks.into_input(self.transactions() - before);
        self.contributions.add_input(InputId::Stream(number), input.ledger_input());
        self.intake.inputs.push(input);
        Ok(())
    }

    /// The number of transactions of streams read so far.
    fn transactions(&self) -> usize {
        self.counts.transactions + self.deferred.len()
    }

    /// Merges the output of a chunk. Chunks are merged in their order.
    fn merge(&mut self, mut output: ChunkOutput) -> io::Result<()> {
        self.counts.append(&output.counts);
        self.contributions.append(output.contributions);
        self.deferred.append(&mut output.deferred);
        self.not_assessed.append(&output.not_assessed);
        self.relations.append(output.relations);
        // `BTreeSet::append` would rebuild the whole set for each chunk.
        self.incidents.extend(std::mem::take(&mut output.incidents));
        if let Some((source, mut problems)) = output.problems {
            problems.drop_notes_in(&mut self.notes);
            // A chunk that repeats what others have said need not be kept for the places of its problems.
            if !problems.is_empty() {
                let id = self.intake.sources.add(source);
                self.intake.problems.append(problems.moved_to(id));
            }
        }
        let json = output.json?;
        for report in output.reports {
            let json = json.get(report.json.clone()).ok_or_else(|| io::Error::other("a report was not encoded"))?;
            let problem = self.reports.add(report, json, self.observer)?;
            self.intake.problems.extend(problem);
        }
        Ok(())
    }

    /// Counts quotas over the whole run, assesses what depends on them and the documents, and makes the report.
    pub(super) fn finish(mut self, compiled: Option<&CompiledRules<'_>>, opening: Option<ReadLedger>) -> io::Result<CheckOutput> {
        let (rulebook, options) = (self.options.rulebook, &self.options.options);
        let mut documents = std::mem::take(&mut self.intake.incidents);
        if let Some(lists) = self.options.designations {
            let mut screener = PartyScreener::new(lists, rulebook, self.options.report_options.decisions);
            documents.iter_mut().for_each(|document| screener.screen(document));
        }
        let contributions = std::mem::take(&mut self.contributions);
        let before = opening.as_ref();
        let ledger = count_quotas(rulebook, contributions, &mut self.intake, &documents, before, options.known_on);
        if let Some(compiled) = compiled {
            self.assess_deferred(compiled, &ledger)?;
        }
        let mut reports = DocumentReports::new(&documents, &self.intake, rulebook, self.options.report_options);
        let of_documents = assess_each(
            rulebook,
            &documents,
            &ledger,
            options,
            |_| true,
            |document, assessed| reports.add(document, assessed, &mut self.counts, self.observer),
        );
        let mut incidents = reports.into_incidents()?;
        let of_streams = self.not_assessed.without_lists(rulebook);
        let not_assessed = NotAssessed::merge(of_streams.into_iter().chain(of_documents));
        self.check_ids_across(&documents);
        documents.iter().for_each(|document| self.relations.add_document(document, &rulebook.vocabulary));
        for entry in opening.iter().flat_map(|ledger| &ledger.opening.entries) {
            let earlier = &entry.entry.transaction;
            self.relations.add_earlier(&earlier.incident, &earlier.transaction);
        }
        std::mem::take(&mut self.relations).check(&mut self.intake.sources, &mut self.intake.problems);
        self.counts.incidents = documents.len() + self.incidents.len();
        self.intake.incidents = documents;
        incidents.extend(self.reports.into_incidents()?);
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        self.intake.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let report_options = self.options.report_options;
        if let Some(decisions) = report_options.decisions {
            decisions.report_ambiguous(&mut self.intake.problems);
            decisions.report_unbound(&mut self.intake.problems);
        }
        self.intake.problems.sort();
        let head = report::head(HeadInputs {
            rulebook,
            designations: self.options.designations.map(|lists| lists.notes().to_vec()).unwrap_or_default(),
            inputs: input_notes(&self.intake.inputs),
            problems: &self.intake.problems,
            sources: &self.intake.sources,
            not_assessed: &not_assessed,
            known_on: options.known_on,
            counts: &self.counts,
            options: report_options,
        });
        let verdict = self.counts.verdict();
        Ok(CheckOutput {
            report: Report { head, incidents, detail: Detail::default() },
            intake: self.intake,
            verdict,
            ledger,
            opening,
        })
    }

    fn assess_deferred(&mut self, compiled: &CompiledRules<'_>, ledger: &Ledger) -> io::Result<()> {
        let mut chunks = std::mem::take(&mut self.deferred).into_iter();
        let (jobs, report_options) = (self.options.jobs.max(1), self.options.report_options);
        let designations = self.options.designations;
        let broken = pool::in_order(
            &mut chunks,
            jobs,
            || Worker::new(compiled, report_options, Some(ledger), designations),
            // The problems were reported when the chunk was first read.
            &mut |output, _| self.merge(ChunkOutput { problems: None, relations: Relations::default(), ..output }),
        )?;
        broken.map_or(Ok(()), Err)
    }

    /// Reports incidents that occur both in a document and in a stream.
    fn check_ids_across(&mut self, documents: &[ReportedIncident]) {
        for reported in documents.iter().filter(|r| self.incidents.contains(r.id())) {
            let message = format!("the incident `{}` stands in two files", reported.id());
            let help = "both were checked; give one of them another id";
            self.intake.problems.push(Diagnostic::about_file(Code::DuplicateIncident, message).help(help));
        }
    }
}
