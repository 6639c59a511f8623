//! A run from files to a report, whatever their number and length.
//!
//! Documents (YAML, JSON) are incidents that a person wrote: they are read whole, and every transaction of theirs is
//! told. Streams (NDJSON, CSV) may be longer than the memory: they are read in stretches by as many workers as are
//! asked for, and only transactions with something to say are told. What comes out is in the order of the input and
//! does not depend on the number of workers: stretches are cut by their length alone, and merged in their order.
//!
//! What turns on a quota can be said only when all is counted. Of a stream only such transactions are kept, and what
//! they and others add to totals; they are told at the end.

mod pool;
mod seen_ids;
mod worker;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::document::{Diagnostic, SourceText, Span};
use crate::engine::{CompiledRules, Contributions, Ledger, NotAssessed, Options, Verdict, assess};
use crate::intake::{Chunk, Chunks, Input, Intake, Opening, StreamFormat};
use crate::report::{
    self, Counts, HeadInputs, IncidentReport, Report, ReportOptions, SpoolWriter, Spooled, TransactionReport, Transactions, Word,
};
use crate::rulebook::Rulebook;

use seen_ids::SeenIds;
use worker::{ChunkOutput, EncodedFinding, Worker};

/// What a run is to do.
#[derive(Debug)]
pub struct CheckOptions<'a> {
    /// The law.
    pub rulebook: &'a Rulebook,
    /// Files, folders and `-`.
    pub paths: &'a [PathBuf],
    /// A file with balances and notices that hold for all incidents.
    pub ledger: Option<&'a Path>,
    /// What is asked.
    pub options: Options,
    /// What is told beside the findings.
    pub telling: ReportOptions<'a>,
    /// How many workers, at least 1.
    pub jobs: usize,
}

/// What came of a run.
#[derive(Debug)]
pub struct CheckOutput {
    /// The report.
    pub report: Report,
    /// Everything that was read of documents, and what was wrong with any input.
    pub intake: Intake,
    /// The worst verdict.
    pub verdict: Option<Verdict>,
    /// The totals.
    pub ledger: Ledger,
    /// The ledger that the run was given.
    pub opening: Option<Opening>,
}

/// Who is told while the run goes on.
pub trait Listener {
    /// A transaction with something to say, written as JSON in one line ([`compact`](report::compact)). They come in the order
    /// of the input; what turns on totals comes last.
    fn transaction(&mut self, incident: &str, json: &[u8]) -> io::Result<()>;
    /// How much was read of streams so far.
    fn progress(&mut self, transactions: usize, bytes: u64);
    /// True if it is to be told transactions.
    fn wants_transactions(&self) -> bool;
    /// True if transactions are to be kept for a report as well.
    fn retains(&self) -> bool;
}

/// Checks everything. `intake` holds what was read already beside the inputs, and what was wrong with it.
///
/// Fails if the listener cannot write, or a temporary file cannot be used.
pub fn check(
    plan: &CheckOptions<'_>,
    mut intake: Intake,
    stdin: &mut (dyn Read + Send),
    listener: &mut dyn Listener,
) -> io::Result<CheckOutput> {
    let (mut documents, mut streams) = (Vec::new(), Vec::new());
    for path in crate::intake::expand(plan.paths, &mut intake.problems) {
        match stream_format(&path) {
            Some(form) => streams.push((path, form)),
            None => documents.push(path),
        }
    }
    intake.read_more(&documents, &mut io::empty(), &plan.rulebook.vocabulary);
    let opening = plan.ledger.map(|file| intake.read_ledger(file, plan.rulebook, plan.options.known_on));
    let compiled = (!streams.is_empty()).then(|| CompiledRules::new(plan.rulebook, &plan.options));
    let mut gathered = RunState::new(plan, intake, listener);
    if let Some(compiled) = &compiled {
        for (number, (path, form)) in streams.iter().enumerate() {
            gathered.stream(path, *form, number + 1, compiled, stdin)?;
        }
    }
    gathered.finish(compiled.as_ref(), opening)
}

/// The form of a stream; none of a document.
fn stream_format(path: &Path) -> Option<StreamFormat> {
    if path.as_os_str() == "-" {
        return Some(StreamFormat::Ndjson);
    }
    match path.extension()?.to_str()? {
        "ndjson" | "jsonl" => Some(StreamFormat::Ndjson),
        "csv" => Some(StreamFormat::Csv),
        _ => None,
    }
}

/// What was gathered so far.
struct RunState<'p, 'a, 'l> {
    plan: &'p CheckOptions<'a>,
    intake: Intake,
    listener: &'l mut dyn Listener,
    counts: Counts,
    tally: Contributions,
    waiting: Vec<Chunk>,
    not_assessed: Vec<usize>,
    incidents: BTreeSet<String>,
    /// Of each transaction that was told, incident and id, as a number: the same twice is a mistake.
    told: SeenIds,
    spool: Option<SpoolWriter>,
    spooled: BTreeMap<String, Vec<Spooled>>,
}

impl<'p, 'a, 'l> RunState<'p, 'a, 'l> {
    fn new(plan: &'p CheckOptions<'a>, intake: Intake, listener: &'l mut dyn Listener) -> Self {
        Self {
            plan,
            intake,
            listener,
            counts: Counts::default(),
            tally: Contributions::default(),
            waiting: Vec::new(),
            not_assessed: vec![0; plan.rulebook.rules.len()],
            incidents: BTreeSet::new(),
            told: SeenIds::default(),
            spool: None,
            spooled: BTreeMap::new(),
        }
    }

    fn stream(
        &mut self,
        path: &Path,
        form: StreamFormat,
        number: usize,
        compiled: &CompiledRules<'_>,
        stdin: &mut (dyn Read + Send),
    ) -> io::Result<()> {
        let is_stdin = path.as_os_str() == "-";
        let name =
            if is_stdin { "<stdin>".to_owned() } else { path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/") };
        let input: Box<dyn Read + Send + '_> = if is_stdin {
            Box::new(stdin)
        } else {
            match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => {
                    let message = format!("`{name}` cannot be read: {error}");
                    self.intake.problems.push(Diagnostic::about_file(message));
                    self.intake.inputs.retain(|i| i.path != name);
                    return Ok(());
                }
            }
        };
        let before = self.counts.transactions + self.waiting.len();
        let mut chunks = Chunks::new(input, &name, form, number);
        let (jobs, telling) = (self.plan.jobs.max(1), self.plan.telling);
        let mut any = false;
        let broken = pool::in_order(&mut chunks, jobs, || Worker::new(compiled, telling, None), &mut |told, bytes| {
            any |= told.any;
            self.take(told)?;
            self.listener.progress(self.counts.transactions, bytes);
            Ok(())
        })?;
        if let Some(error) = broken {
            self.intake.problems.push(Diagnostic::about_file(format!("`{name}` cannot be read to its end: {error}")));
        } else if !any {
            self.report_empty(&name, form, chunks.bytes_read() > 0);
        }
        let transactions = self.counts.transactions + self.waiting.len() - before;
        let input = Input { path: name, digest: chunks.digest(), transactions };
        self.tally.name_stream(number, &input);
        self.intake.inputs.push(input);
        Ok(())
    }

    fn report_empty(&mut self, name: &str, form: StreamFormat, has_header: bool) {
        let id = self.intake.sources.add(SourceText::new(name, ""));
        let (message, help) = match form {
            StreamFormat::Ndjson => ("the input is empty", "an empty input cannot say that nothing moved"),
            StreamFormat::Csv if has_header => {
                ("the file has a header and no row", "an empty file cannot say that nothing moved")
            }
            StreamFormat::Csv => ("the file is empty", "the first row names the paths: id,date,activity,from.country,..."),
        };
        self.intake.problems.push(Diagnostic::error(Span { source: id, start: 0, end: 0 }, message).help(help));
    }

    /// Takes in what came of a stretch.
    fn take(&mut self, mut told: ChunkOutput) -> io::Result<()> {
        self.counts.append(&told.counts);
        self.tally.append(std::mem::take(&mut told.tally));
        self.waiting.append(&mut told.waiting);
        self.not_assessed.iter_mut().zip(&told.not_assessed).for_each(|(all, more)| *all += more);
        for incident in told.incidents {
            self.incidents.insert(incident);
        }
        if let Some((source, problems)) = told.problems {
            let id = self.intake.sources.add(source);
            self.intake.problems.append(problems.moved_to(id));
        }
        let json = told.json?;
        told.said.into_iter().try_for_each(|said| {
            let json = json.get(said.json.clone()).ok_or_else(|| io::Error::other("a finding was not written"))?;
            self.say(said, json)
        })
    }

    fn say(&mut self, said: EncodedFinding, json: &[u8]) -> io::Result<()> {
        if !self.told.insert(said.name) {
            let report: TransactionReport = serde_json::from_slice(json)?;
            let at = report.at.as_deref().unwrap_or("?");
            let message = format!("{at}: the transaction `{}` stands twice in `{}`", report.id, said.incident);
            self.intake.problems.push(Diagnostic::about_file(message).help("ids are unique in an incident"));
        }
        if self.listener.wants_transactions() {
            self.listener.transaction(&said.incident, json)?;
        }
        if self.listener.retains() {
            let spool = match &mut self.spool {
                Some(spool) => spool,
                None => self.spool.insert(SpoolWriter::new()?),
            };
            let spooled = spool.add(json, said.rank)?;
            self.spooled.entry(said.incident).or_default().push(spooled);
        }
        Ok(())
    }

    /// Counts, and tells what had to wait for it.
    fn finish(mut self, compiled: Option<&CompiledRules<'_>>, opening: Option<Opening>) -> io::Result<CheckOutput> {
        let (rulebook, options) = (self.plan.rulebook, &self.plan.options);
        let documents = std::mem::take(&mut self.intake.incidents);
        self.tally.name_texts(&self.intake);
        self.tally.take_all(rulebook, &documents, options.known_on);
        let tally = std::mem::take(&mut self.tally);
        let mut ledger = Ledger::of(rulebook, tally, &documents, opening.as_ref(), options.known_on);
        self.intake.problems.append(ledger.take_problems());
        if let Some(compiled) = compiled {
            let mut worker = Worker::new(compiled, self.plan.telling, Some(&ledger));
            for chunk in std::mem::take(&mut self.waiting) {
                // What is wrong with it was said when it was first read.
                let told = ChunkOutput { problems: None, ..worker.tell(chunk) };
                self.take(told)?;
            }
        }
        let assessment = assess(rulebook, &documents, &ledger, options);
        let mut of_documents = Counts::default();
        assessment.transactions().for_each(|(_, t)| of_documents.add(t));
        self.counts.append(&of_documents);
        let mut incidents = Vec::new();
        for incident in &assessment.incidents {
            let told = incident.transactions.iter();
            let told = told.map(|t| report::transaction(rulebook, &self.intake.sources, incident.reported, t, self.plan.telling));
            let told: Vec<TransactionReport> = told.collect();
            let wants_transactions = self.listener.wants_transactions();
            for report in told.iter().filter(|r| wants_transactions && r.has_something_to_say()) {
                let mut json = Vec::new();
                report::compact(report, &mut json)?;
                self.listener.transaction(incident.reported.id(), &json)?;
            }
            incidents.push(IncidentReport {
                id: incident.reported.id().to_owned(),
                title: incident.reported.incident.title.as_deref().map(str::to_owned),
                verdict: incident.verdict().map(Verdict::word).map(Word::from),
                transactions: Transactions::held(told),
            });
        }
        let mut not_assessed: BTreeMap<String, usize> = BTreeMap::new();
        for (rule, times) in rulebook.rules.iter().zip(&self.not_assessed).filter(|(_, times)| **times > 0) {
            not_assessed.insert(rule.id.clone(), *times);
        }
        let streamed = NotAssessed::without_lists(not_assessed);
        let not_assessed = NotAssessed::together(streamed.into_iter().chain(assessment.not_assessed.iter().cloned()));
        let verdict = self.counts.verdict();
        drop(assessment);
        self.check_across(&documents);
        self.counts.incidents = documents.len() + self.incidents.len();
        self.intake.incidents = documents;
        self.add_streamed(&mut incidents)?;
        self.intake.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.plan.telling.decisions.iter().for_each(|decisions| decisions.unclear(&mut self.intake.problems));
        self.intake.problems.sort();
        let head = report::head(&HeadInputs {
            rulebook,
            inputs: &self.intake.inputs,
            problems: &self.intake.problems,
            sources: &self.intake.sources,
            not_assessed: &not_assessed,
            known_on: options.known_on,
            counts: &self.counts,
            telling: self.plan.telling,
        });
        Ok(CheckOutput { report: Report { head, incidents }, intake: self.intake, verdict, ledger, opening })
    }

    /// An incident is either a document or a part of streams.
    fn check_across(&mut self, documents: &[crate::intake::ReportedIncident]) {
        for reported in documents.iter().filter(|r| self.incidents.contains(r.id())) {
            let message = format!("the incident `{}` stands in two files", reported.id());
            let help = "both were checked; give one of them another id";
            self.intake.problems.push(Diagnostic::about_file(message).help(help));
        }
    }

    fn add_streamed(&mut self, incidents: &mut Vec<IncidentReport>) -> io::Result<()> {
        let Some(spool) = self.spool.take() else { return Ok(()) };
        let spool = spool.finish()?;
        for (id, spooled) in std::mem::take(&mut self.spooled) {
            let verdict = spooled.iter().map(Spooled::rank).min().and_then(report::verdict_of_rank);
            let transactions = Transactions::spooled(&spool, spooled);
            incidents.push(IncidentReport { id, title: None, verdict: verdict.map(Word::from), transactions });
        }
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(())
    }
}
