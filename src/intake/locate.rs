//! From the route of a fact back to its place in the file.

use std::borrow::Cow;

use crate::document::{Diagnostics, Node, Sources, Span, read_json};
use crate::facts::{Route, Step};

use super::incident::{Anchor, Reported};

/// The document of one transaction, walked through once more to tell where its facts stand.
pub struct Located<'a> {
    transaction: Option<Cow<'a, Node>>,
    head: Option<&'a Node>,
}

impl Reported {
    /// Opens the document of a transaction to find places in it. Costs a second reading of an NDJSON line, so it is
    /// done only for transactions with something to say.
    pub fn locate<'a>(&'a self, index: usize, sources: &Sources) -> Located<'a> {
        let head = self.head.as_ref();
        let transaction = match self.anchors.get(index) {
            Some(Anchor::Tree(node)) => Some(Cow::Borrowed(node)),
            Some(Anchor::InHead) => {
                head.and_then(|h| h.get("transactions")).and_then(|t| t.elements()?.get(index)).map(Cow::Borrowed)
            }
            Some(Anchor::Line(span)) => {
                read_json(span.source, sources.text(*span), span.start, &mut Diagnostics::default()).map(Cow::Owned)
            }
            None => None,
        };
        Located { transaction, head }
    }
}

impl Located<'_> {
    /// Where the fact at the end of a route stands; where it is not told, the nearest thing that is.
    /// A date that a transaction takes from its incident stands at the incident's.
    pub fn span(&self, route: &Route) -> Option<Span> {
        let node = self.transaction.as_deref();
        let found = node.map(|n| walk(n, route.steps()));
        match found {
            Some((span, true)) => Some(span),
            found => {
                let in_head = self.head.map(|h| walk(h, route.steps())).filter(|(_, whole)| *whole && !route.steps().is_empty());
                in_head.or(found).map(|(span, _)| span)
            }
        }
    }

    /// Where the transaction itself stands.
    pub fn start(&self) -> Option<Span> {
        self.transaction.as_deref().map(|n| n.span)
    }
}

/// The span at the end of the steps, and whether all of them could be gone. A scalar in place of a record is all of it.
fn walk(node: &Node, steps: &[Step]) -> (Span, bool) {
    let Some((step, rest)) = steps.split_first() else { return (node.span, true) };
    let next = match step {
        Step::Key(key) => node.get(key),
        Step::Index(0) if node.elements().is_none() => Some(node),
        Step::Index(index) => node.elements().and_then(|e| e.get(*index)),
    };
    match next {
        Some(next) => walk(next, rest),
        None => (node.span, node.text().is_some()),
    }
}
