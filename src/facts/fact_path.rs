//! Paths to facts inside a transaction, such as `items[0].hs`.
//!
//! Facts carry no places in files. A finding keeps paths, which are resolved to spans in the document only when it is shown, so
//! that transactions without a finding cost no lines and columns.

use std::fmt;

use smallvec::SmallVec;

use crate::document::push_decimal;

/// One segment of a [`FactPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathSegment {
    /// To the value of a field, by its key.
    Key(&'static str),
    /// To an element of a list, from 0.
    Index(usize),
}

/// A path from a transaction, or from the head of its incident, to a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactPath(SmallVec<[PathSegment; DEPTH]>);

/// Paths of so many segments, which are nearly all (`items[0].hs`), need no heap memory.
const DEPTH: usize = 3;

impl FactPath {
    /// The empty path: the transaction itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path with one segment more.
    #[must_use]
    pub fn then(&self, segment: PathSegment) -> Self {
        let mut segments = SmallVec::from_slice(&self.0);
        segments.push(segment);
        Self(segments)
    }

    /// The path with one key more.
    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        self.then(PathSegment::Key(key))
    }

    /// The path as reports write it: `items[0].hs`, elements counted from 0.
    pub fn path(&self) -> String {
        let mut path = String::with_capacity(32);
        for segment in &self.0 {
            match segment {
                PathSegment::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                PathSegment::Index(index) => {
                    path.push('[');
                    push_decimal(&mut path, *index);
                    path.push(']');
                }
            }
        }
        path
    }

    /// The segments, from the transaction on.
    pub fn segments(&self) -> &[PathSegment] {
        &self.0
    }
}

impl fmt::Display for FactPath {
    /// Writes the path as [`path`](Self::path) does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}
