//! The way to a fact inside an incident: `transactions[2].items[0].hs`.
//!
//! Facts carry no places. A finding keeps routes, and whoever shows it walks them through the document again,
//! so that the millions of transactions without a finding never pay for line and column.

use std::fmt;

use smallvec::SmallVec;

use crate::document::push_number;

/// One step of a [`FactPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathSegment {
    /// Into the value under a key.
    Key(&'static str),
    /// Into an element of a list.
    Index(usize),
}

/// A way from the transaction (or from the incident's head) to a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactPath(SmallVec<[PathSegment; DEPTH]>);

/// Routes of so many steps need no memory of their own: nearly all (`items[0].hs`).
const DEPTH: usize = 3;

impl FactPath {
    /// The route that goes nowhere: the transaction itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: PathSegment) -> Self {
        let mut segments = SmallVec::from_slice(&self.0);
        segments.push(step);
        Self(segments)
    }

    /// One key further.
    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        self.then(PathSegment::Key(key))
    }

    /// As a path: `items[0].hs`, elements counted from 0.
    pub fn path(&self) -> String {
        let mut path = String::with_capacity(32);
        for step in &self.0 {
            match step {
                PathSegment::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                PathSegment::Index(index) => {
                    path.push('[');
                    push_number(&mut path, *index);
                    path.push(']');
                }
            }
        }
        path
    }

    /// The steps.
    pub fn segments(&self) -> &[PathSegment] {
        &self.0
    }
}

impl fmt::Display for FactPath {
    /// As a path: `items[0].hs`, elements counted from 0.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}
