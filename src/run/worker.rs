//! A worker of a stream: reads the transactions of a chunk, evaluates the rules on each, and writes reports of those with
//! something to report.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::Range;

use crate::document::{Diagnostics, SourceMap, SourceText};
use crate::engine::{
    CompiledRules, Contributions, EvalContext, Ledger, RuleSelector, Verdict, Warning, assess_transaction, stopped_goods,
    told_in_texts,
};
use crate::facts::{DerivedFact, FactPath};
use crate::intake::{Chunk, Relations, StreamReader, StreamedTransaction};
use crate::report::{self, Counts, ReportOptions, TransactionReport};

use super::not_assessed::NotAssessedCounts;
use super::{DesignationLists, PartyScreener};

/// Assesses chunks of a stream one after another.
pub(super) struct Worker<'a> {
    reader: StreamReader<'a>,
    assessor: Assessor<'a>,
}

/// The result of assessing a chunk. The outputs of all chunks are merged in the order of the stream.
pub(super) struct ChunkOutput {
    pub(super) counts: Counts,
    /// The transactions with something to report, in the order of the chunk.
    pub(super) reports: Vec<EncodedReport>,
    /// The reports as JSON, one after another. Each is encoded at once and dropped: all reports of a chunk as values would take
    /// more memory than the chunk.
    pub(super) json: io::Result<Vec<u8>>,
    /// Transactions whose findings depend on a quota's total, each as a chunk of its own, to be read again after counting.
    pub(super) deferred: Vec<Chunk>,
    /// The contributions of the transactions to quotas.
    pub(super) contributions: Contributions,
    pub(super) not_assessed: NotAssessedCounts,
    /// The ids of the incidents that the transactions belong to.
    pub(super) incidents: BTreeSet<String>,
    /// The transactions of the chunk, and their relations.
    pub(super) relations: Relations,
    /// The mistakes in the chunk, with its text.
    pub(super) problems: Option<(SourceText, Diagnostics)>,
    /// True if there was a line or row at all, readable or not.
    pub(super) any: bool,
    /// The memory of the chunk's text, to read another into it; empty where the text is kept for `problems`.
    pub(super) buffer: Vec<u8>,
}

/// The report of one transaction, as JSON.
pub(super) struct EncodedReport {
    pub(super) incident: String,
    /// A hash of the incident's and the transaction's ids, to detect a repeated id.
    pub(super) key: u64,
    /// The worst verdict of the transaction; `None` if it has no finding.
    pub(super) verdict: Option<Verdict>,
    /// The range of bytes of the report in [`ChunkOutput::json`].
    pub(super) json: Range<usize>,
}

impl<'a> Worker<'a> {
    /// A worker. Without a `ledger`, it counts quotas and defers what depends on them.
    pub(super) fn new(
        compiled: &'a CompiledRules<'a>,
        report_options: ReportOptions<'a>,
        ledger: Option<&'a Ledger>,
        designations: Option<&'a DesignationLists>,
    ) -> Self {
        let screener = designations.map(|lists| PartyScreener::new(lists, compiled.rulebook(), report_options.decisions));
        let assessor = Assessor { compiled, report_options, ledger, selector: RuleSelector::new(compiled), screener };
        Self { reader: StreamReader::new(&compiled.rulebook().vocabulary), assessor }
    }

    /// Reads and assesses a chunk.
    pub(super) fn run(&mut self, chunk: Chunk) -> ChunkOutput {
        let mut output = ChunkOutput::new(self.assessor.compiled.rulebook().rules.len());
        let mut sources = SourceMap::default();
        let read = self.reader.read(chunk, &mut sources, |mut streamed| self.assessor.assess(&mut streamed, &mut output));
        output.any = read.any;
        output.relations.finish_chunk();
        let text = sources.into_only();
        if read.problems.is_empty() {
            output.buffer = text.map(SourceText::into_text).unwrap_or_default().into_bytes();
        } else {
            output.problems = text.map(|text| (text, read.problems));
        }
        output
    }
}

/// Evaluates the rules on transactions.
struct Assessor<'a> {
    compiled: &'a CompiledRules<'a>,
    report_options: ReportOptions<'a>,
    /// The totals of quotas, once they are counted.
    ledger: Option<&'a Ledger>,
    selector: RuleSelector<'a, 'a>,
    /// Searches lists of designated parties, if any were given.
    screener: Option<PartyScreener<'a>>,
}

impl Assessor<'_> {
    fn assess(&mut self, streamed: &mut StreamedTransaction<'_>, output: &mut ChunkOutput) {
        let rulebook = self.compiled.rulebook();
        if let Some(screener) = &mut self.screener {
            screener.screen(streamed.reported);
        }
        let streamed = &*streamed;
        let reported = &*streamed.reported;
        streamed.add_to(&mut output.relations, &rulebook.vocabulary);
        if !output.incidents.contains(reported.id()) {
            output.incidents.insert(reported.id().to_owned());
        }
        let Some(context) = EvalContext::new(rulebook, reported, 0, self.compiled.known_on(), self.ledger) else { return };
        let context = context.with_full_proofs(self.report_options.near_misses);
        let candidates = self.selector.select(&context);
        if self.ledger.is_none() {
            let deferred = candidates.depends_on_quota;
            candidates.quotas.iter().for_each(|id| output.contributions.add(*id, Contributions::NO_INCIDENT, &context, deferred));
            if deferred {
                output.deferred.push(streamed.to_chunk());
                return;
            }
        }
        output.not_assessed.add(&candidates.not_assessed);
        let near_misses = self.report_options.near_misses;
        let is_link_open = candidates.is_link_open && !context.is_placed();
        let matching = candidates.matching.clone();
        let not_assessed = candidates.not_assessed.clone();
        let contradicts_itself = reported.derived(0).any(DerivedFact::is_contradiction);
        let compiled = self.compiled;
        let told_in_texts = || told_in_texts(&context, |regime| compiled.is_chosen(regime));
        let stopped_goods = || stopped_goods(&context, |regime| compiled.is_chosen(regime));
        let has_none = matching.is_empty() && !is_link_open && !near_misses && !contradicts_itself;
        if has_none && told_in_texts().is_none() && stopped_goods().is_none() && !self.selector.may_need_triage(&context) {
            output.counts.add_silent(&streamed.unread, !not_assessed.is_empty());
            return;
        }
        let rules = match near_misses {
            true => self.selector.rules_near(&context, &matching),
            false => self.compiled.rules(Some(&matching)).collect(),
        };
        let mut assessed = assess_transaction(&context, rules);
        assessed.not_assessed = not_assessed.iter().filter_map(|position| rulebook.rules.get(*position)).collect();
        if is_link_open && assessed.findings.is_empty() {
            assessed.warn(Warning { path: FactPath::root(), kind: context.without_link() });
        }
        if assessed.findings.is_empty() {
            told_in_texts().into_iter().for_each(|told| assessed.warn(told));
        }
        if assessed.is_silent() {
            assessed.triage = self.selector.triage(&context);
        }
        if assessed.asks_nothing() {
            stopped_goods().into_iter().for_each(|stopped| assessed.warn(stopped));
        }
        let unread = &streamed.unread;
        let report = report::transaction(rulebook, streamed.sources, reported, &assessed, unread, self.report_options);
        output.counts.add(&report, unread);
        if report.has_something_to_report() {
            output.add(reported.id(), &report);
        }
    }
}

impl ChunkOutput {
    /// The output of a chunk without transactions, for a rulebook with this number of rules.
    fn new(rules: usize) -> Self {
        Self {
            counts: Counts::default(),
            reports: Vec::new(),
            json: Ok(Vec::new()),
            deferred: Vec::new(),
            contributions: Contributions::default(),
            not_assessed: NotAssessedCounts::new(rules),
            incidents: BTreeSet::new(),
            relations: Relations::default(),
            problems: None,
            any: false,
            buffer: Vec::new(),
        }
    }

    fn add(&mut self, incident: &str, report: &TransactionReport) {
        let Ok(json) = &mut self.json else { return };
        let start = json.len();
        if let Err(error) = report::compact(report, json) {
            self.json = Err(error);
            return;
        }
        let mut hasher = DefaultHasher::new();
        (incident, &report.id).hash(&mut hasher);
        self.reports.push(EncodedReport {
            incident: incident.to_owned(),
            key: hasher.finish(),
            verdict: report.verdict,
            json: start..json.len(),
        });
    }
}
