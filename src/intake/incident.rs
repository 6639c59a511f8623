//! Incidents as read: defaults filled in, references checked, places kept.

use std::collections::{HashMap, HashSet};

use compact_str::{CompactString, ToCompactString};

use crate::document::{Diagnostic, Diagnostics, Node, SourceId, Span};
use crate::facts::{EvidenceSource, Incident, ManySlot, Record, Transaction, Value};
use crate::rulebook::Vocabulary;

use super::reader::Reader;

/// An incident and where its transactions stand.
#[derive(Debug)]
pub struct ReportedIncident {
    /// The facts. Every transaction has an id.
    pub incident: Incident,
    /// The whole document, where the incident is one.
    pub(super) head: Option<Node>,
    pub(super) anchors: Vec<Anchor>,
    /// The position of its first transaction among those of the incident: more than 0 where it is a part of one.
    offset: usize,
    /// The line, row or position in its file of each transaction; of a document it is that in the incident.
    numbers: Vec<usize>,
}

/// Bits of an offset that tell a transaction from the others of its file; those above tell the file.
const NUMBER_BITS: usize = 40;

/// Where the input stands that a transaction was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum IncidentOrigin {
    /// A stream, by its number in the run.
    Stream(usize),
    /// A text that was kept.
    Text(SourceId),
}

/// Where a transaction stands.
#[derive(Debug)]
pub(crate) enum Anchor {
    /// In the incident's own document, at its position.
    InHead,
    /// A line of NDJSON.
    Line(Span),
    /// A tree made from a row.
    Tree(Node),
}

impl ReportedIncident {
    /// The incident's id.
    pub fn id(&self) -> &str {
        self.incident.id.as_deref().unwrap_or("?")
    }

    /// Its transactions.
    pub fn transactions(&self) -> &[Transaction] {
        self.incident.transactions.known()
    }

    /// Its sources.
    pub fn sources(&self) -> &[EvidenceSource] {
        self.incident.sources.known()
    }

    pub(crate) fn new(incident: Incident) -> Self {
        Self { incident, head: None, anchors: Vec::new(), offset: 0, numbers: Vec::new() }
    }

    /// Room for one transaction of a stream. Every transaction of it is read into the same room.
    pub(crate) fn for_stream() -> Self {
        Self::new(Incident::default())
    }

    /// The room of a part, emptied.
    pub(crate) fn reset_transaction(&mut self) -> Option<&mut Transaction> {
        self.incident.transactions.begin();
        self.incident.transactions.add();
        self.incident.transactions.get_mut()?.first_mut()
    }

    /// Says of what was read into the room of a part where it stands: the file's number and its own tell it from all
    /// other transactions.
    pub(crate) fn set_origin(&mut self, file_stem: &str, file: usize, number: usize, anchor: Anchor) {
        self.offset = (file << NUMBER_BITS) + number;
        self.anchors.clear();
        self.anchors.push(anchor);
        let transaction = self.incident.transactions.get_mut().and_then(|t| t.first_mut());
        let named = transaction.and_then(|transaction| {
            transaction.id.get_or_insert_with(|| number.to_compact_string());
            transaction.incident.clone()
        });
        self.incident.id = Some(named.unwrap_or_else(|| file_stem.into()));
    }

    /// The position of its first transaction among those of the incident.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    pub(crate) fn push(&mut self, mut transaction: Transaction, position: usize, anchor: Anchor) {
        transaction.id.get_or_insert_with(|| position.to_compact_string());
        self.incident.transactions.push(transaction);
        self.anchors.push(anchor);
        // That of a stream stands in its offset, so that no line costs a list.
        if self.offset == 0 {
            self.numbers.push(position);
        }
    }

    /// Moves the transaction of [`for_stream`](Self::for_stream), its place and its number here.
    pub(crate) fn take_streamed(&mut self, streamed: &mut Self, number: usize) {
        let transaction = streamed.incident.transactions.get_mut().and_then(|t| t.first_mut()).map(std::mem::take);
        if let (Some(transaction), Some(anchor)) = (transaction, streamed.anchors.pop()) {
            self.push(transaction, number, anchor);
        }
    }

    /// The input that a transaction was read from, and its line, row or position there, from 1.
    pub(crate) fn origin(&self, index: usize) -> Option<(IncidentOrigin, usize)> {
        let anchor = self.anchors.get(index)?;
        if self.offset > 0 {
            let number = self.offset & ((1 << NUMBER_BITS) - 1);
            return Some((IncidentOrigin::Stream(self.offset >> NUMBER_BITS), number + index));
        }
        let source = match anchor {
            Anchor::InHead => self.head.as_ref()?.span.source,
            Anchor::Tree(node) => node.span.source,
            Anchor::Line(span) => span.source,
        };
        Some((IncidentOrigin::Text(source), self.numbers.get(index).copied().unwrap_or(index + 1)))
    }

    /// An incident made of one transaction, as in the tests beside the rules.
    pub(crate) fn from_transaction(node: Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) -> Self {
        let mut transaction = Transaction::default();
        Reader { vocabulary, problems }.record(&node, &mut transaction);
        let mut reported = Self::new(Incident { id: Some("test".into()), ..Incident::default() });
        reported.push(transaction, 1, Anchor::Tree(node));
        reported.check_own(problems);
        reported
    }

    /// Reads an incident file's document. `None` if it is no incident at all, which is reported.
    pub(crate) fn from_document(root: Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) -> Option<Self> {
        if root.entries().is_none() {
            problems.wrong_shape(&root, "an incident", "a mapping with `id` and `transactions`");
            return None;
        }
        let mut incident = Incident::default();
        Reader { vocabulary, problems }.record(&root, &mut incident);
        for key in ["id", "transactions"] {
            // A file that was cut off behind `transactions:` must not pass for one in which nothing moved.
            if root.get(key).is_none_or(|n| n.shape() == "nothing" || n.text() == Some("unknown")) {
                let help = if key == "id" {
                    "a stable name, such as `2023-09-13-vostochny`"
                } else {
                    "one entry for each thing that is reported to move or to be done"
                };
                let start = Span { end: root.span.start + 1, ..root.span };
                problems.push(Diagnostic::error(start, format!("an incident needs `{key}`")).help(help));
            }
        }
        let head_dates = incident.date;
        for (i, transaction) in incident.transactions.get_mut().unwrap_or_default().iter_mut().enumerate() {
            let own_date = root.get("transactions").and_then(|t| t.one_or_many().get(i)).and_then(|t| t.get("date"));
            if own_date.is_none() {
                transaction.date = head_dates;
            }
            transaction.id.get_or_insert_with(|| (i + 1).to_compact_string());
        }
        let anchors = incident.transactions.known().iter().map(|_| Anchor::InHead).collect();
        let mut reported = Self { incident, head: Some(root), anchors, offset: 0, numbers: Vec::new() };
        reported.check_own(problems);
        Some(reported)
    }

    /// Fills in what follows from what is given, and checks the references inside the incident.
    pub(crate) fn check_own(&mut self, problems: &mut Diagnostics) {
        if self.head.is_some() || self.transactions().len() > 1 {
            self.check_ids(problems);
        }
        let ids: HashSet<CompactString> = self.sources().iter().filter_map(|s| s.id.clone()).collect();
        for index in 0..self.transactions().len() {
            let unknown = self.transactions().get(index).map(|t| unknown_sources(t, &ids)).unwrap_or_default();
            for source in unknown {
                let at = self.place_of(index, "sources");
                let near = crate::document::closest(&source, ids.iter().map(CompactString::as_str))
                    .map(|n| format!("did you mean `{n}`?"));
                let help = near.unwrap_or_else(|| "name it under the incident's `sources`".to_owned());
                problems.extend_at(at, format!("the source `{source}` is not one of the incident's"), help);
            }
        }
    }

    /// Reports transactions and sources whose id another one has.
    pub(super) fn check_ids(&self, problems: &mut Diagnostics) {
        let mut seen = HashSet::new();
        for (index, transaction) in self.transactions().iter().enumerate() {
            let id = transaction.id.as_deref().unwrap_or_default();
            if !seen.insert(id) {
                let at = self.place_of(index, "id");
                problems.extend_at(
                    at,
                    format!("the transaction `{id}` stands twice in `{}`", self.id()),
                    "ids are unique in an incident".to_owned(),
                );
            }
        }
        let mut seen = HashSet::new();
        let nodes = self.head.as_ref().and_then(|h| h.get("sources")).map(Node::one_or_many).unwrap_or_default();
        for (source, node) in self.sources().iter().zip(nodes) {
            match &source.id {
                None => problems
                    .push(Diagnostic::error(node.span, "a source needs `id`").help("transactions name their sources by it")),
                Some(id) if !seen.insert(id) => {
                    problems.push(Diagnostic::error(node.span, format!("the source `{id}` stands twice")))
                }
                Some(_) => {}
            }
        }
    }

    /// Where a key of a transaction stands, or the transaction.
    fn place_of(&self, index: usize, key: &str) -> Option<Span> {
        let in_tree = |node: &Node| node.get(key).map_or(node.span, |n| n.span);
        match self.anchors.get(index)? {
            Anchor::InHead => self.head.as_ref()?.get("transactions")?.one_or_many().get(index).map(in_tree),
            Anchor::Tree(node) => Some(in_tree(node)),
            Anchor::Line(span) => Some(*span),
        }
    }
}

impl Diagnostics {
    fn extend_at(&mut self, at: Option<Span>, message: String, help: String) {
        match at {
            Some(at) => self.push(Diagnostic::error(at, message).help(help)),
            None => self.push(Diagnostic::about_file(message).help(help)),
        }
    }
}

/// Source ids that a transaction or its elements name and the incident does not have.
fn unknown_sources(transaction: &Transaction, known: &HashSet<CompactString>) -> Vec<CompactString> {
    fn collect(record: &dyn Record, named: &mut Vec<CompactString>) {
        let table = record.table();
        for row in table.plural.iter() {
            match record.value(row) {
                Value::Texts(Some(texts)) if table.fields.get(row).is_some_and(|f| f.key == "sources") => {
                    named.extend(texts.iter().cloned());
                }
                Value::Many(Some(list)) => (0..list.len()).filter_map(|i| list.record(i)).for_each(|r| collect(r, named)),
                _ => {}
            }
        }
    }
    let mut named = Vec::new();
    collect(transaction, &mut named);
    named.retain(|id| !known.contains(id));
    named.sort();
    named.dedup();
    named
}

/// Checks ids across all files of a run.
pub(super) fn check_across(incidents: &mut [ReportedIncident], problems: &mut Diagnostics) {
    let mut seen: HashMap<String, bool> = HashMap::new();
    for reported in incidents.iter() {
        let document = reported.head.as_ref();
        let twice = seen.insert(reported.id().to_owned(), document.is_some()).is_some_and(|other| other || document.is_some());
        if twice {
            let at = document.map(|d| d.get("id").map_or(d.span, |n| n.span)).or_else(|| reported.place_of(0, "incident"));
            let message = format!("the incident `{}` stands in two files", reported.id());
            problems.extend_at(at, message, "both were checked; give one of them another id".to_owned());
        }
    }
}

/// The file's name without folders and ending.
pub(crate) fn file_stem(name: &str) -> &str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    file.split_once('.').map_or(file, |(file_stem, _)| file_stem).trim_matches(['<', '>'])
}
