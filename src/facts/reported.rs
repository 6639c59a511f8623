//! An incident as it was reported: its facts, and from which input each transaction was read.
//!
//! Readers of files fill this in; to evaluators a file is only an [`InputId`] and a number.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use compact_str::{CompactString, ToCompactString};

use crate::document::{DocumentTree, Node, SourceId, SourceMap, SourceText, Span};

use super::provenance::{FactLocator, TransactionText, paired_starts};
use super::{DerivedFact, EvidenceSource, Incident, IncidentIndex, ManySlot, Transaction, fold};

/// The facts of an incident and their provenance.
#[derive(Debug)]
pub struct ReportedIncident {
    /// The facts. Every transaction has an id.
    pub incident: Incident,
    /// The tree of the whole incident, where it was read from a document.
    document: Option<DocumentTree>,
    /// The text of each transaction, by its position; empty if the incident was not read from an input.
    texts: Vec<TransactionText>,
    /// The input and number of the one transaction of a stream, packed by [`NUMBER_BITS`]; 0 if it is not from a stream.
    stream_offset: usize,
    /// The line, row or position in its input of each transaction, from 1; empty for documents and streams.
    numbers: Vec<usize>,
    /// Made when it is first asked for; most transactions of a stream refer to nothing.
    index: OnceLock<IncidentIndex>,
    /// The digest of what a document reports beside its transactions, once it is asked for.
    beside_transactions: OnceLock<String>,
    /// The derived facts, each with the position of its transaction, in that order.
    derived: Vec<(usize, DerivedFact)>,
    /// The listings of those who are named in records without being a party, by folded name.
    listings_of_names: BTreeMap<String, Vec<CompactString>>,
}

/// The lower bits of a stream offset hold the number of the transaction in its input; those above, that of the input.
const NUMBER_BITS: usize = 40;

/// Identifies an input of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputId {
    /// A stream, by its number in the run, from 1.
    Stream(usize),
    /// A text that is kept for the whole run.
    Text(SourceId),
}

impl ReportedIncident {
    /// An incident that was not read from an input. Transactions without an id are numbered from 1.
    pub fn new(mut incident: Incident) -> Self {
        for (index, transaction) in incident.transactions.get_mut().unwrap_or_default().iter_mut().enumerate() {
            transaction.id.get_or_insert_with(|| (index + 1).to_compact_string());
        }
        Self {
            incident,
            document: None,
            texts: Vec::new(),
            stream_offset: 0,
            numbers: Vec::new(),
            index: OnceLock::new(),
            beside_transactions: OnceLock::new(),
            derived: Vec::new(),
            listings_of_names: BTreeMap::new(),
        }
    }

    /// An incident whose transactions were all read from `document`.
    pub(crate) fn from_document(incident: Incident, document: Node) -> Self {
        let mut reported = Self::new(incident);
        reported.texts = reported.transactions().iter().map(|_| TransactionText::InDocument).collect();
        reported.document = Some(DocumentTree::new(document));
        reported
    }

    /// Keeps the tree of the document in less memory, now that it is read. `source` has its text.
    pub(crate) fn pack_document(&mut self, source: &SourceText) {
        self.document.iter_mut().for_each(|document| document.pack(source));
    }

    /// Gives back the memory of the document's tree, which was looked at and is not needed for now.
    pub(crate) fn put_document_away(&self) {
        self.document.iter().for_each(DocumentTree::put_away);
    }

    /// An incident without transactions, into whose memory the transactions of a stream are read one after another:
    /// [`reset_transaction`](Self::reset_transaction), then [`set_origin`](Self::set_origin).
    pub(crate) fn for_stream() -> Self {
        Self::new(Incident::default())
    }

    /// The transaction of a stream, emptied for the next one to be read into it.
    pub(crate) fn reset_transaction(&mut self) -> Option<&mut Transaction> {
        self.index.take();
        self.derived.clear();
        self.listings_of_names.clear();
        self.incident.transactions.begin();
        self.incident.transactions.add();
        self.incident.transactions.get_mut()?.first_mut()
    }

    /// Sets the sources that alone report the transaction of a stream, read from its line or row of that number; none if it names none,
    /// as it could. Without an id a source is called by the line or row.
    pub(crate) fn set_sources(&mut self, sources: impl IntoIterator<Item = EvidenceSource>, place: &str, number: usize) {
        self.incident.sources = super::Many::default();
        let mut ids = Vec::new();
        for (position, mut source) in sources.into_iter().enumerate() {
            let by_place = || match position {
                0 => compact_str::format_compact!("{place} {number}"),
                _ => compact_str::format_compact!("{place} {number}, {}", position + 1),
            };
            ids.push(source.id.get_or_insert_with(by_place).clone());
            self.incident.sources.push(source);
        }
        if let Some(transaction) = self.incident.transactions.get_mut().and_then(|t| t.first_mut()) {
            transaction.sources.get_or_insert(ids);
        }
    }

    /// Takes out the sources of the line before.
    pub(crate) fn forget_sources(&mut self) {
        self.incident.sources = super::Many::default();
    }

    /// Sets where the transaction of a stream was read: the number of its stream in the run and its own in the stream,
    /// both from 1. Without an id it is called by its number; without an incident it belongs to `default_incident`.
    pub(crate) fn set_origin(&mut self, default_incident: &str, stream: usize, number: usize, text: TransactionText) {
        self.stream_offset = (stream << NUMBER_BITS) + number;
        self.texts.clear();
        self.texts.push(text);
        let transaction = self.incident.transactions.get_mut().and_then(|t| t.first_mut());
        let incident = transaction.and_then(|transaction| {
            transaction.id.get_or_insert_with(|| number.to_compact_string());
            transaction.incident.clone()
        });
        self.incident.id = Some(incident.unwrap_or_else(|| default_incident.into()));
    }

    /// Adds a transaction. `number` is its line, row or position in its input, from 1.
    pub(crate) fn push(&mut self, mut transaction: Transaction, number: usize, text: TransactionText) {
        transaction.id.get_or_insert_with(|| number.to_compact_string());
        self.index.take();
        self.incident.transactions.push(transaction);
        self.texts.push(text);
        self.numbers.push(number);
    }

    /// Moves the transaction of a [stream](Self::for_stream) here, with its text. `number` is its number in the input.
    pub(crate) fn take_streamed(&mut self, streamed: &mut Self, number: usize) {
        let transaction = streamed.incident.transactions.get_mut().and_then(|t| t.first_mut()).map(std::mem::take);
        if let (Some(mut transaction), Some(text)) = (transaction, streamed.texts.pop()) {
            let index = self.transactions().len();
            self.adopt_sources(streamed.sources(), &mut transaction, number);
            self.push(transaction, number, text);
            self.derived.extend(streamed.derived.drain(..).map(|(_, fact)| (index, fact)));
        }
    }

    /// Adds the sources of a transaction that is moved here. One with the id of another source gets that of its row beside it.
    fn adopt_sources(&mut self, sources: &[EvidenceSource], transaction: &mut Transaction, row: usize) {
        for source in sources {
            let same_id = self.sources().iter().find(|other| other.id == source.id);
            if same_id.is_some_and(|other| other == source) {
                continue;
            }
            let mut source = source.clone();
            if same_id.is_some() {
                let own = compact_str::format_compact!("{} (row {row})", source.id.as_deref().unwrap_or_default());
                let named = transaction.sources.iter_mut().flatten().filter(|id| Some(&**id) == source.id.as_ref());
                named.for_each(|id| *id = own.clone());
                source.id = Some(own);
            }
            self.incident.sources.push(source);
        }
    }

    /// The incident's id; `?` if the report gives none.
    pub fn id(&self) -> &str {
        self.incident.id.as_deref().unwrap_or("?")
    }

    /// The transactions, in the order of the report.
    pub fn transactions(&self) -> &[Transaction] {
        self.incident.transactions.known()
    }

    /// The sources that the transactions refer to.
    pub fn sources(&self) -> &[EvidenceSource] {
        self.incident.sources.known()
    }

    /// Puts a transaction in place of another, which is given back.
    pub(crate) fn replace(&mut self, index: usize, transaction: Transaction) -> Option<Transaction> {
        self.index.take();
        let slot = self.incident.transactions.get_mut()?.get_mut(index)?;
        Some(std::mem::replace(slot, transaction))
    }

    /// Derives facts of a transaction by a function that puts them into it and returns them.
    pub(crate) fn derive(&mut self, index: usize, derive: impl FnOnce(&mut Transaction) -> Vec<DerivedFact>) {
        let transaction = self.incident.transactions.get_mut().and_then(|transactions| transactions.get_mut(index));
        let derived = transaction.map(derive).unwrap_or_default();
        if !derived.is_empty() {
            self.index.take();
            let end = self.derived.partition_point(|(of, _)| *of <= index);
            self.derived.splice(end..end, derived.into_iter().map(|fact| (index, fact)));
        }
    }

    /// The references of listings of somebody who is named in a record without being a party; `None` if they are unknown.
    pub fn listings_of_name(&self, name: &str) -> Option<&[CompactString]> {
        if self.listings_of_names.is_empty() {
            return None;
        }
        self.listings_of_names.get(&fold(name)).map(Vec::as_slice)
    }

    /// Sets the references of listings of somebody who is named in a record without being a party.
    pub(crate) fn set_listings_of_name(&mut self, name: &str, listings: Vec<CompactString>) {
        self.listings_of_names.insert(fold(name), listings);
    }

    /// The facts of a transaction that were not reported but derived.
    pub fn derived(&self, index: usize) -> impl DoubleEndedIterator<Item = &DerivedFact> {
        self.derived_at(index).iter().map(|(_, fact)| fact)
    }

    fn derived_at(&self, index: usize) -> &[(usize, DerivedFact)] {
        let first = self.derived.partition_point(|(of, _)| *of < index);
        let end = self.derived.partition_point(|(of, _)| *of <= index);
        self.derived.get(first..end).unwrap_or_default()
    }

    /// The index of the parties and transactions. It is that of the first call: facts that are changed through
    /// [`incident`](Self::incident) later are not found by it.
    pub fn index(&self) -> &IncidentIndex {
        self.index.get_or_init(|| IncidentIndex::new(self.id(), self.transactions()))
    }

    /// The text that a transaction was read from.
    pub(crate) fn text(&self, index: usize) -> Option<&TransactionText> {
        self.texts.get(index)
    }

    /// The digest of what the incident reports beside its transactions, computed once.
    pub(crate) fn digest_beside_transactions(&self, compute: impl FnOnce() -> String) -> &str {
        self.beside_transactions.get_or_init(compute)
    }

    /// The tree that the whole incident was read from; `None` if it was not a document.
    pub(crate) fn document(&self) -> Option<Arc<Node>> {
        self.document.as_ref()?.root()
    }

    /// The document that the whole incident was read from; `None` if it was not a document.
    pub(crate) fn document_source(&self) -> Option<SourceId> {
        self.document.as_ref().map(DocumentTree::source)
    }

    /// A number that distinguishes a transaction from all others of the incident; later ones have greater numbers.
    pub(crate) fn serial_number(&self, index: usize) -> usize {
        self.stream_offset + index
    }

    /// The input that a transaction was read from, and its line, row or position there, from 1.
    pub(crate) fn origin(&self, index: usize) -> Option<(InputId, usize)> {
        let text = self.texts.get(index)?;
        if self.stream_offset > 0 {
            let number = self.stream_offset & ((1 << NUMBER_BITS) - 1);
            return Some((InputId::Stream(self.stream_offset >> NUMBER_BITS), number + index));
        }
        let source = match text {
            TransactionText::InDocument => self.document_source()?,
            TransactionText::Tree(node) => node.span.source,
            TransactionText::Json(span) => span.source,
        };
        Some((InputId::Text(source), self.numbers.get(index).copied().unwrap_or(index + 1)))
    }

    /// Finds the places of the facts of a transaction. JSON text is parsed for it again, as far as it is asked for, so call
    /// it only for transactions whose places are shown.
    pub fn locate<'a>(&'a self, index: usize, sources: &'a SourceMap) -> FactLocator<'a> {
        FactLocator::new(self.document(), self.texts.get(index), index, sources, self.derived_at(index))
    }

    /// The offsets at which the facts of a transaction of a document start, each with that at which the same fact of another one
    /// starts. `None` if they are written in different ways.
    pub(crate) fn paired_starts(&self, index: usize, other: usize) -> Option<Vec<(usize, usize)>> {
        let document = self.document()?;
        let transactions = document.get("transactions")?.elements()?;
        paired_starts(transactions.get(index)?, transactions.get(other)?)
    }

    /// The span of a key of a transaction without parsing any text again; else that of the transaction.
    pub(crate) fn span_of_key(&self, index: usize, key: &str) -> Option<Span> {
        let in_tree = |node: &Node| node.get(key).map_or(node.span, |n| n.span);
        match self.texts.get(index)? {
            TransactionText::InDocument => self.document()?.get("transactions")?.one_or_many().get(index).map(in_tree),
            TransactionText::Tree(node) => Some(in_tree(node)),
            TransactionText::Json(span) => Some(*span),
        }
    }
}
