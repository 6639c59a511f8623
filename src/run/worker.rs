//! One stretch of a stream: read, screened, and told where there is something to say.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::Range;

use crate::document::{Diagnostics, SourceId, SourceMap, SourceText, Span};
use crate::engine::{CompiledRules, Contributions, EvalContext, EvidenceLevel, Ledger, RuleSelector, assess_case};
use crate::intake::{
    Anchor, Chunk, FastNdjson, LineRead, NdjsonText, ReportedIncident, StreamFormat, Table, file_stem, read_line, report_no_utf8,
};
use crate::report::{self, Counts, ReportOptions, TransactionReport, rank};

/// What came of a stretch.
pub(super) struct ChunkOutput {
    pub(super) counts: Counts,
    pub(super) said: Vec<EncodedFinding>,
    /// Their reports as JSON, one behind another.
    pub(super) json: io::Result<Vec<u8>>,
    /// What turns on totals, to be asked again when all is counted.
    pub(super) waiting: Vec<Chunk>,
    pub(super) tally: Contributions,
    /// How often each rule, by position, was not assessed.
    pub(super) not_assessed: Vec<usize>,
    pub(super) incidents: BTreeSet<String>,
    /// What is wrong, with the text that it is about.
    pub(super) problems: Option<(SourceText, Diagnostics)>,
    /// There was a line or row at all, readable or not.
    pub(super) any: bool,
    /// The memory of the stretch, where nothing in it has to be shown.
    pub(super) memory: Vec<u8>,
}

/// A transaction with something to say.
pub(super) struct EncodedFinding {
    pub(super) incident: String,
    /// The incident and its id as a number, by which it is noticed that it stands twice.
    pub(super) name: u64,
    /// Its place among the worst ([`rank`]).
    pub(super) rank: u8,
    /// Where its report stands in the JSON of the stretch. It is written by whoever made it, and gone before the next is made:
    /// to hand on all of a stretch as they are would take more memory than its text.
    pub(super) json: Range<usize>,
}

impl ChunkOutput {
    /// Nothing yet, of so many rules.
    fn nothing(rules: usize) -> Self {
        Self {
            counts: Counts::default(),
            said: Vec::new(),
            json: Ok(Vec::new()),
            waiting: Vec::new(),
            tally: Contributions::default(),
            not_assessed: vec![0; rules],
            incidents: BTreeSet::new(),
            problems: None,
            any: false,
            memory: Vec::new(),
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
        self.said.push(EncodedFinding {
            incident: incident.to_owned(),
            name: hasher.finish(),
            rank: rank(report.verdict.as_deref()),
            json: start..json.len(),
        });
    }
}

/// Asks about transactions one after another.
pub(super) struct Worker<'a> {
    says: FindingWriter<'a>,
    /// The totals, once they are counted.
    ledger: Option<&'a Ledger>,
    screener: RuleSelector<'a, 'a>,
    plain: FastNdjson<'a>,
}

/// Says what comes of transactions.
struct FindingWriter<'a> {
    compiled: &'a CompiledRules<'a>,
    telling: ReportOptions<'a>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(compiled: &'a CompiledRules<'a>, telling: ReportOptions<'a>, ledger: Option<&'a Ledger>) -> Self {
        let plain = FastNdjson::new(&compiled.rulebook().vocabulary);
        Self { says: FindingWriter { compiled, telling }, ledger, screener: RuleSelector::new(compiled), plain }
    }

    pub(super) fn tell(&mut self, chunk: Chunk) -> ChunkOutput {
        let mut told = ChunkOutput::nothing(self.says.compiled.rulebook().rules.len());
        match chunk.format {
            StreamFormat::Ndjson => self.lines(chunk, &mut told),
            StreamFormat::Csv => self.rows(chunk, &mut told),
        }
        told
    }

    fn lines(&mut self, mut chunk: Chunk, told: &mut ChunkOutput) {
        let mut lines = NdjsonText::decode(std::mem::take(&mut chunk.bytes));
        let mut problems = Diagnostics::default();
        let (sources, id) = alone(&chunk.name, lines.take_text(), chunk.first_line);
        let Some(source) = sources.get(id) else { return };
        lines.report_errors(id, &mut problems);
        let mut reported = ReportedIncident::for_stream();
        let file_stem = file_stem(&chunk.name);
        for (position, range) in NdjsonText::line_ranges(source) {
            told.any = true;
            if lines.is_unreadable(range.start) {
                continue;
            }
            let span = Span { source: id, start: range.start, end: range.end };
            let Some(transaction) = reported.reset_transaction() else { continue };
            let read = read_line(source, span, &mut self.plain, &mut problems, transaction);
            if read == LineRead::NotJson {
                continue;
            }
            let number = chunk.first_number + position;
            let alone = || Chunk {
                bytes: sources.text(span).as_bytes().to_vec(),
                first_line: chunk.first_line + position,
                first_number: number,
                ..chunk.clone()
            };
            reported.set_origin(file_stem, chunk.file, number, Anchor::Line(span));
            if read == LineRead::Full {
                reported.check_own(&mut problems);
            }
            self.transaction(&reported, &sources, &alone, told);
        }
        keep_problems(sources, problems, told);
    }

    fn rows(&mut self, chunk: Chunk, told: &mut ChunkOutput) {
        let mut problems = Diagnostics::default();
        let bytes = [&chunk.header, chunk.bytes.as_slice()].concat();
        let header_lines = chunk.header.iter().filter(|b| **b == b'\n').count();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (sources, id) = alone(&chunk.name, text, chunk.first_line.saturating_sub(header_lines));
        let Some(source) = sources.get(id) else { return };
        let table = Table { id, text: source.text(), vocabulary: &self.says.compiled.rulebook().vocabulary };
        let mut heading = Diagnostics::default();
        let header = table.header(&mut heading);
        let is_first = chunk.first_number == 1;
        if is_first {
            problems.append(heading);
        }
        told.any = header.is_none();
        if let Some((columns, start)) = header {
            let mut of_rows = Diagnostics::default();
            let mut of_transactions = Diagnostics::default();
            let mut reported = ReportedIncident::for_stream();
            let file_stem = file_stem(&chunk.name);
            let rows = table.rows(&columns, start, &mut of_rows, &mut |row, transaction, node, span| {
                let number = chunk.first_number + row - 1;
                let alone = || Chunk {
                    bytes: source.text().get(span.start..span.end).unwrap_or_default().as_bytes().to_vec(),
                    first_line: source.place(span.start).line,
                    first_number: number,
                    header: chunk.header.clone(),
                    ..chunk.clone()
                };
                if let Some(slot) = reported.reset_transaction() {
                    *slot = transaction;
                }
                reported.set_origin(file_stem, chunk.file, number, Anchor::Tree(node));
                reported.check_own(&mut of_transactions);
                self.transaction(&reported, &sources, &alone, told);
            });
            told.any |= rows > 0;
            problems.append(of_rows);
            problems.append(of_transactions);
        }
        report_no_utf8(id, &bytes, &mut problems);
        keep_problems(sources, problems, told);
    }

    fn transaction(
        &mut self,
        reported: &ReportedIncident,
        sources: &SourceMap,
        alone: &dyn Fn() -> Chunk,
        told: &mut ChunkOutput,
    ) {
        let rulebook = self.says.compiled.rulebook();
        if !told.incidents.contains(reported.id()) {
            told.incidents.insert(reported.id().to_owned());
        }
        let Some(transaction) = reported.transactions().first() else { return };
        let case = EvalContext {
            rulebook,
            reported,
            index: 0,
            transaction,
            item: None,
            ledger: self.ledger,
            known_on: self.says.compiled.known_on(),
            standing: EvidenceLevel::of_transaction(transaction, reported, rulebook),
            thorough: self.says.telling.near_misses,
        };
        let screened = self.screener.screen(&case);
        if self.ledger.is_none() {
            let asked = screened.asks_quota;
            screened.counts.iter().for_each(|id| told.tally.take(*id, Contributions::NO_INCIDENT, &case, asked));
            if screened.asks_quota {
                told.waiting.push(alone());
                return;
            }
        }
        told.counts.transactions += 1;
        for rule in &screened.not_assessed {
            told.not_assessed.get_mut(*rule).into_iter().for_each(|times| *times += 1);
        }
        if !screened.speaking.is_empty() || self.says.telling.near_misses {
            self.says.say(&case, &screened.speaking, sources, told);
        }
    }
}

impl FindingWriter<'_> {
    /// Decides the rules that speak, and tells what came of it.
    fn say(&self, case: &EvalContext<'_>, speaking: &[usize], sources: &SourceMap, told: &mut ChunkOutput) {
        let rules = self.compiled.asked(if self.telling.near_misses { None } else { Some(speaking) });
        let (assessed, _) = assess_case(case, rules);
        told.counts.transactions -= 1;
        told.counts.add(&assessed);
        let report = report::transaction(case.rulebook, sources, case.reported, &assessed, self.telling);
        if report.has_something_to_say() {
            told.add(case.reported.id(), &report);
        }
    }
}

/// A text as the only one of its sources.
fn alone(name: &str, text: String, first_line: usize) -> (SourceMap, SourceId) {
    let mut sources = SourceMap::default();
    let id = sources.add(SourceText::new(name, text).starting_at_line(first_line));
    (sources, id)
}

fn keep_problems(sources: SourceMap, problems: Diagnostics, told: &mut ChunkOutput) {
    let source = sources.into_only();
    if problems.is_empty() {
        told.memory = source.map(SourceText::into_text).unwrap_or_default().into_bytes();
    } else {
        told.problems = source.map(|source| (source, problems));
    }
}
