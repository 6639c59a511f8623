//! One alteration of the rulebook.

use crate::document::Span;

/// An element of the rulebook, altered in one place.
pub(super) struct Mutant<T> {
    /// What was altered and where.
    pub(super) label: MutantLabel,
    /// The altered element.
    pub(super) altered: T,
}

/// What was altered, and where.
#[derive(Clone)]
pub(super) struct MutantLabel {
    /// What was altered, in words.
    pub(super) description: String,
    /// The place in the rule files.
    pub(super) at: Span,
    /// The word that a list of words is without, where nothing else was altered.
    pub(super) word: Option<String>,
}

impl<T> Mutant<T> {
    pub(super) fn new(description: impl Into<String>, at: Span, altered: T) -> Self {
        Self { label: MutantLabel::new(description, at), altered }
    }

    /// The mutant whose list of words is without one of them.
    pub(super) fn without_word(word: &str, at: Span, altered: T) -> Self {
        let label = MutantLabel { word: Some(word.to_owned()), ..MutantLabel::new(format!("drops the word `{word}`"), at) };
        Self { label, altered }
    }

    /// The mutant of the element that `wrap` puts the altered part into.
    pub(super) fn map<U>(self, wrap: impl FnOnce(T) -> U) -> Mutant<U> {
        Mutant { label: self.label, altered: wrap(self.altered) }
    }
}

impl MutantLabel {
    pub(super) fn new(description: impl Into<String>, at: Span) -> Self {
        Self { description: description.into(), at, word: None }
    }
}
