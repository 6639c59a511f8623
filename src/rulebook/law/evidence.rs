//! The evidence policy: which kinds of source establish a fact. It is policy, so it is written in the rulebook.

use crate::facts::Term;
use crate::rulebook::Vocabulary;

/// The kinds of evidence source that establish what they state. A source of any other kind alleges it.
#[derive(Debug, Clone, Default)]
pub struct EvidencePolicy {
    pub(in crate::rulebook) establishing: Vec<Term>,
    pub(in crate::rulebook) in_own_cause: Vec<Term>,
}

impl EvidencePolicy {
    /// True if a source of this kind establishes what it states.
    pub fn establishes(&self, kind: Term, vocabulary: &Vocabulary) -> bool {
        self.establishing.iter().any(|e| vocabulary.is_a(kind, *e))
    }

    /// True if a source of this kind speaks for the actor itself: it establishes what burdens the actor, and only alleges the
    /// papers that would excuse it.
    pub fn is_in_own_cause(&self, kind: Term, vocabulary: &Vocabulary) -> bool {
        self.in_own_cause.iter().any(|e| vocabulary.is_a(kind, *e))
    }
}
