//! The relations between transactions of a run: whether each leads to a transaction, and none in a circle.
//!
//! A relation may lead anywhere in the run, so they are checked once all is read. Of every transaction only a hash of its id is
//! kept, of every relation two hashes and its place.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::document::{Code, Diagnostic, Diagnostics, SourceMap, SourceText, Span};
use crate::facts::{CodedTerm, Relation, ReportedIncident};
use crate::rulebook::Vocabulary;

/// The transactions that were read, and the relations between them.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    /// Hashes of the transactions' incidents and ids.
    transactions: Vec<u64>,
    links: Vec<Link>,
}

/// A relation of a transaction to another.
#[derive(Debug)]
struct Link {
    from: u64,
    /// The hashes that the name of the other may have: an id of the same incident, or `incident/transaction`.
    to: Vec<u64>,
    name: Box<str>,
    /// False if both may say it of each other, as reports of the same act do.
    is_one_way: bool,
    place: Place,
}

/// Where a relation stands.
#[derive(Debug)]
enum Place {
    /// In a text that is kept.
    Kept(Option<Span>),
    /// In a line of a stream.
    Line { file: Arc<str>, line: usize, text: Option<Box<str>> },
}

/// The most lines of a chunk of which the text is kept, to be shown with a mistake.
const MOST_KEPT_LINES: usize = 16;

impl Relations {
    /// Adds the transactions of a document.
    pub(crate) fn add_document(&mut self, reported: &ReportedIncident, vocabulary: &Vocabulary) {
        for index in 0..reported.transactions().len() {
            self.add(reported, index, vocabulary, || Place::Kept(reported.span_of_key(index, "relates_to")));
        }
    }

    /// Adds the transaction of a line, whose text is in `sources`.
    pub(crate) fn add_line(&mut self, reported: &ReportedIncident, span: Span, sources: &SourceMap, vocabulary: &Vocabulary) {
        self.add(reported, 0, vocabulary, || {
            let source = sources.get(span.source);
            let line = source.map_or(1, |source| source.position(span.start).line);
            let file = source.map_or("", SourceText::name).into();
            Place::Line { file, line, text: Some(sources.text(span).into()) }
        });
    }

    /// Adds a transaction of an earlier run.
    pub(crate) fn add_earlier(&mut self, incident: &str, transaction: &str) {
        self.transactions.push(hash(incident, transaction));
    }

    fn add(&mut self, reported: &ReportedIncident, index: usize, vocabulary: &Vocabulary, place: impl Fn() -> Place) {
        let Some(transaction) = reported.transactions().get(index) else { return };
        let incident = reported.id();
        let from = hash(incident, transaction.id.as_deref().unwrap_or_default());
        self.transactions.push(from);
        for relation in transaction.relates_to.known() {
            let Some(name) = relation.transaction.as_deref() else { continue };
            let elsewhere = name.match_indices('/').filter_map(|(at, _)| Some(hash(name.get(..at)?, name.get(at + 1..)?)));
            let to = std::iter::once(hash(incident, name)).chain(elsewhere.take(8)).collect();
            self.links.push(Link { from, to, name: name.into(), is_one_way: is_one_way(relation, vocabulary), place: place() });
        }
    }

    /// Drops the texts of lines whose relations lead to a transaction that is here, and most others.
    pub(crate) fn finish_chunk(&mut self) {
        if self.links.is_empty() {
            return;
        }
        let mut known = self.transactions.clone();
        known.sort_unstable();
        let mut kept = 0;
        for link in &mut self.links {
            let is_found = link.target(&known).is_some();
            if let Place::Line { text, .. } = &mut link.place {
                kept += usize::from(!is_found);
                if is_found || kept > MOST_KEPT_LINES {
                    *text = None;
                }
            }
        }
    }

    /// Adds all that another collection holds.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.transactions.append(&mut other.transactions);
        self.links.append(&mut other.links);
    }

    /// Reports relations that lead to no transaction, and circles of them.
    pub(crate) fn check(mut self, sources: &mut SourceMap, problems: &mut Diagnostics) {
        if self.links.is_empty() {
            return;
        }
        self.transactions.sort_unstable();
        let targets: Vec<Option<u64>> = self.links.iter().map(|link| link.target(&self.transactions)).collect();
        for (link, _) in self.links.iter().zip(&targets).filter(|(_, target)| target.is_none()) {
            let problem = if link.name.contains('/') {
                let message = format!("`{}` is no transaction of this run", link.name);
                let help = "what it is about is unknown; check the inputs together with the one that has it";
                link.problem(Code::RelationOutside, message, sources).help(help)
            } else {
                let message = format!("the incident has no transaction `{}`", link.name);
                let help = "name one of the incident by its id, or one of another incident as `incident/transaction`";
                link.problem(Code::UnknownTransaction, message, sources).help(help)
            };
            problems.push(problem);
        }
        for link in self.circles(&targets) {
            let message = format!("`{}` belongs to this transaction in turn, or is the same", link.name);
            problems.push(link.problem(Code::RelationCircle, message, sources).help("take one of the relations out"));
        }
    }

    /// For each circle of relations, the one that closes it.
    fn circles(&self, targets: &[Option<u64>]) -> Vec<&Link> {
        /// How far the relations of a transaction were followed.
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            UnderWay,
            Done,
        }
        let is_followed = |link: &Link, target: u64| link.is_one_way || link.from == target;
        let followed = self.links.iter().zip(targets).filter_map(|(link, target)| Some((link, (*target)?)));
        let mut links: Vec<(&Link, u64)> = followed.filter(|(link, target)| is_followed(link, *target)).collect();
        // Stable, so that the links of a transaction stay in the order of the input.
        links.sort_by_key(|(link, _)| link.from);
        let first_of = |transaction: u64| links.partition_point(|(link, _)| link.from < transaction);
        let mut states = vec![State::New; links.len()];
        let mut circles = Vec::new();
        let is_first = |at: usize| {
            at.checked_sub(1).and_then(|before| links.get(before)).map(|l| l.0.from) != links.get(at).map(|l| l.0.from)
        };
        for start in (0..links.len()).filter(|at| is_first(*at)) {
            // A transaction under way, by its first link, and the next of its links to follow.
            let mut path = vec![(start, start)];
            while let Some((first, next)) = path.last_mut() {
                let (first, at) = (*first, *next);
                *next += 1;
                if let Some(state) = states.get_mut(first)
                    && at == first
                {
                    if *state != State::New {
                        path.pop();
                        continue;
                    }
                    *state = State::UnderWay;
                }
                match links.get(at) {
                    Some((link, target)) if links.get(first).is_some_and(|(of, _)| of.from == link.from) => {
                        let to = first_of(*target);
                        match states.get(to).filter(|_| links.get(to).is_some_and(|(of, _)| of.from == *target)) {
                            Some(State::UnderWay) => circles.push(*link),
                            Some(State::New) => path.push((to, to)),
                            _ => {}
                        }
                    }
                    _ => {
                        if let Some(state) = states.get_mut(first) {
                            *state = State::Done;
                        }
                        path.pop();
                    }
                }
            }
        }
        circles
    }
}

impl Link {
    /// The transaction that it leads to, among sorted ones.
    fn target(&self, known: &[u64]) -> Option<u64> {
        self.to.iter().copied().find(|to| known.binary_search(to).is_ok())
    }

    /// A mistake at the place of the relation. The text of its line is added to `sources`.
    fn problem(&self, code: Code, message: String, sources: &mut SourceMap) -> Diagnostic {
        match &self.place {
            Place::Kept(Some(span)) => Diagnostic::new(code, *span, message),
            Place::Kept(None) => Diagnostic::about_file(code, message),
            Place::Line { file, line, text } => {
                let text = text.as_deref().unwrap_or_default();
                let source = sources.add(SourceText::new(&**file, text).starting_at_line(*line));
                Diagnostic::new(code, Span { source, start: 0, end: text.len() }, message)
            }
        }
    }
}

/// True if only one of the two can say the relation of the other.
fn is_one_way(relation: &Relation, vocabulary: &Vocabulary) -> bool {
    let kinds = relation.kind.is().unwrap_or_default();
    !kinds.is_empty()
        && kinds.iter().all(|kind| matches!(kind, CodedTerm::Term(t) if Some(*t) != vocabulary.known_terms().same_as))
}

fn hash(incident: &str, transaction: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (incident, transaction).hash(&mut hasher);
    hasher.finish()
}
