//! One alteration of the rulebook.

use crate::document::Span;

/// An element of the rulebook, altered in one place.
pub(super) struct Mutant<T> {
    /// What was altered, in words.
    pub(super) description: String,
    /// The place in the rule files.
    pub(super) at: Span,
    /// The altered element.
    pub(super) altered: T,
}

impl<T> Mutant<T> {
    pub(super) fn new(description: impl Into<String>, at: Span, altered: T) -> Self {
        Self { description: description.into(), at, altered }
    }

    /// The mutant of the element that `wrap` puts the altered part into.
    pub(super) fn map<U>(self, wrap: impl FnOnce(T) -> U) -> Mutant<U> {
        Mutant { description: self.description, at: self.at, altered: wrap(self.altered) }
    }
}
