//! From the route of a fact back to its place in the file.

use crate::document::{LazyJson, Node, SourceMap, Span};
use crate::facts::{FactPath, PathSegment};

use super::incident::{Anchor, ReportedIncident};

/// The document of one transaction, in which its facts can be found.
pub struct Located<'a> {
    transaction: Option<Document<'a>>,
    head: Option<&'a Node>,
}

enum Document<'a> {
    Tree(&'a Node),
    Line(LazyJson<'a>),
}

impl ReportedIncident {
    /// Opens the document of a transaction to find places in it. An NDJSON line is looked at once more, as far as it is
    /// asked for, so this is done only for transactions with something to say.
    pub fn locate<'a>(&'a self, index: usize, sources: &'a SourceMap) -> Located<'a> {
        let head = self.head.as_ref();
        let transaction = match self.anchors.get(index) {
            Some(Anchor::Tree(node)) => Some(Document::Tree(node)),
            Some(Anchor::InHead) => {
                head.and_then(|h| h.get("transactions")).and_then(|t| t.elements()?.get(index)).map(Document::Tree)
            }
            Some(Anchor::Line(span)) => Some(Document::Line(LazyJson::new(span.source, sources.text(*span), span.start))),
            None => None,
        };
        Located { transaction, head }
    }
}

impl Located<'_> {
    /// Where the fact at the end of a route stands; where it is not told, the nearest thing that is.
    /// A date that a transaction takes from its incident stands at the incident's.
    pub fn span(&self, route: &FactPath) -> Option<Span> {
        let found = self.transaction.as_ref().map(|document| match document {
            Document::Tree(node) => walk(*node, route.segments()),
            Document::Line(line) => walk(line, route.segments()),
        });
        match found {
            Some((span, true)) => Some(span),
            found => {
                let in_head =
                    self.head.map(|h| walk(h, route.segments())).filter(|(_, whole)| *whole && !route.segments().is_empty());
                in_head.or(found).map(|(span, _)| span)
            }
        }
    }

    /// Where the transaction itself stands.
    pub fn start(&self) -> Option<Span> {
        self.transaction.as_ref().map(|document| match document {
            Document::Tree(node) => node.span,
            Document::Line(line) => line.span(),
        })
    }
}

/// What routes are walked through.
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

/// The span at the end of the steps, and whether all of them could be gone. A scalar in place of a record is all of it.
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
