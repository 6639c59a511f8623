//! The places of a transaction's facts in the text that it was read from.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::{Content, LazyJson, Node, SourceMap, Span};

use super::{DerivedFact, FactPath, PathSegment};

/// The text that a transaction was read from.
#[derive(Debug)]
pub(crate) enum TransactionText {
    /// A part of the incident's own document, at the transaction's position.
    InDocument,
    /// JSON, which is parsed again when a place is needed.
    Json(Span),
    /// A tree of its own, made from the row of a table.
    Tree(Node),
}

/// Finds the spans of the facts of one transaction.
pub struct FactLocator<'a> {
    transaction: Option<Document<'a>>,
    incident: Option<Arc<Node>>,
    /// For each derived fact the path that it follows from.
    derived: HashMap<&'a FactPath, &'a FactPath>,
}

enum Document<'a> {
    /// The transaction of the incident's document at a position.
    InIncident(usize),
    Tree(&'a Node),
    Json(LazyJson<'a>),
}

impl<'a> FactLocator<'a> {
    pub(super) fn new(
        incident: Option<Arc<Node>>,
        text: Option<&'a TransactionText>,
        index: usize,
        sources: &'a SourceMap,
        derived: &'a [(usize, DerivedFact)],
    ) -> Self {
        let transaction = match text {
            Some(TransactionText::Tree(node)) => Some(Document::Tree(node)),
            Some(TransactionText::InDocument) => Some(Document::InIncident(index)),
            Some(TransactionText::Json(span)) => {
                Some(Document::Json(LazyJson::new(span.source, sources.text(*span), span.start)))
            }
            None => None,
        };
        // Of several derivations of one fact the first is meant.
        let derived = derived.iter().rev().map(|(_, fact)| (&fact.path, &fact.from)).collect();
        Self { transaction, incident, derived }
    }

    /// The span of the fact at `path`; where it is not reported, that of the nearest record around it that is.
    /// A date that a transaction inherits from its incident has the span of the incident's date, a derived fact that of the fact
    /// that it was derived from.
    pub fn span(&self, path: &FactPath) -> Option<Span> {
        let path = self.derived.get(path).copied().unwrap_or(path);
        let found = self.transaction.as_ref().and_then(|document| match document {
            Document::InIncident(index) => self.in_incident(*index).map(|node| walk(node, path.segments())),
            Document::Tree(node) => Some(walk(*node, path.segments())),
            Document::Json(json) => Some(walk(json, path.segments())),
        });
        match found {
            Some((span, true)) => Some(span),
            found => {
                let in_incident = self.incident.as_deref().map(|i| walk(i, path.segments()));
                let in_incident = in_incident.filter(|(_, whole)| *whole && !path.segments().is_empty());
                in_incident.or(found).map(|(span, _)| span)
            }
        }
    }

    /// The span of the transaction itself; `None` if it was read from no text.
    pub fn start(&self) -> Option<Span> {
        self.transaction.as_ref().and_then(|document| match document {
            Document::InIncident(index) => self.in_incident(*index).map(|node| node.span),
            Document::Tree(node) => Some(node.span),
            Document::Json(json) => Some(json.span()),
        })
    }

    /// A transaction of the incident's document.
    fn in_incident(&self, index: usize) -> Option<&Node> {
        self.incident.as_deref()?.get("transactions")?.elements()?.get(index)
    }
}

/// The offsets at which the nodes of a tree start, each with that at which the same node of another tree starts. `None` if the trees
/// differ in more than texts, or if nodes that start at one place in the first do not in the other.
pub(super) fn paired_starts(tree: &Node, other: &Node) -> Option<Vec<(usize, usize)>> {
    let mut starts = Vec::new();
    pair_starts(tree, other, &mut starts)?;
    starts.sort_unstable();
    starts.dedup();
    let is_unique = starts.windows(2).all(|pair| matches!(pair, [(before, _), (start, _)] if before != start));
    is_unique.then_some(starts)
}

fn pair_starts(tree: &Node, other: &Node, starts: &mut Vec<(usize, usize)>) -> Option<()> {
    starts.push((tree.span.start, other.span.start));
    match (&tree.content, &other.content) {
        (Content::Map(entries), Content::Map(others)) if entries.len() == others.len() => {
            let mut pairs = entries.iter().zip(others);
            pairs.try_for_each(|(entry, other)| {
                (entry.key.text == other.key.text).then(|| pair_starts(&entry.value, &other.value, starts))?
            })
        }
        (Content::List(elements), Content::List(others)) if elements.len() == others.len() => {
            elements.iter().zip(others).try_for_each(|(element, other)| pair_starts(element, other, starts))
        }
        (Content::Scalar(_), Content::Scalar(_)) => Some(()),
        _ => None,
    }
}

/// A tree through which a [`FactPath`] leads.
trait Walkable {
    fn span(&self) -> Span;
    fn get(&self, key: &str) -> Option<&Self>;
    fn elements(&self) -> Option<&[Self]>
    where
        Self: Sized;
    fn is_scalar(&self) -> bool;
}

impl Walkable for Node {
    fn span(&self) -> Span {
        self.span
    }
    fn get(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }
    fn elements(&self) -> Option<&[Self]> {
        self.elements()
    }
    fn is_scalar(&self) -> bool {
        self.text().is_some()
    }
}

impl Walkable for LazyJson<'_> {
    fn span(&self) -> Span {
        self.span()
    }
    fn get(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }
    fn elements(&self) -> Option<&[Self]> {
        self.elements()
    }
    fn is_scalar(&self) -> bool {
        self.is_scalar()
    }
}

/// The span of the last segment that exists, and whether all of them do. A scalar that abbreviates a record counts as all of
/// its facts.
fn walk<N: Walkable>(node: &N, segments: &[PathSegment]) -> (Span, bool) {
    let Some((step, rest)) = segments.split_first() else { return (node.span(), true) };
    let next = match step {
        PathSegment::Key(key) => node.get(key),
        PathSegment::Index(0) if node.elements().is_none() => Some(node),
        PathSegment::Index(index) => node.elements().and_then(|e| e.get(*index)),
    };
    match next {
        Some(next) => walk(next, rest),
        None => (node.span(), node.is_scalar()),
    }
}
