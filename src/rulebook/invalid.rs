//! The error of a rulebook that cannot be used.

use std::{error, fmt};

use crate::document::{Diagnostics, SourceMap};

/// A rulebook with at least one error: every diagnostic of all of its files, and the files to show them in.
#[derive(Debug)]
pub struct InvalidRulebook {
    sources: SourceMap,
    diagnostics: Diagnostics,
}

impl InvalidRulebook {
    pub(super) fn new(sources: SourceMap, diagnostics: Diagnostics) -> Self {
        Self { sources, diagnostics }
    }

    /// The files that the spans of the diagnostics point into.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Every mistake, sorted by file and place.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }
}

/// The messages, one a line, without their places.
impl fmt::Display for InvalidRulebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.diagnostics.iter().enumerate() {
            write!(f, "{}{}", if i == 0 { "" } else { "\n" }, diagnostic.message)?;
        }
        Ok(())
    }
}

impl error::Error for InvalidRulebook {}
