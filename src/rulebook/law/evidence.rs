//! The evidence policy: which kinds of source establish a fact. It is policy, so it is written in the rulebook.

use crate::facts::Term;
use crate::rulebook::Vocabulary;

/// The kinds of evidence source that establish what they state. A source of any other kind alleges it.
#[derive(Debug, Default)]
pub struct EvidencePolicy {
    pub(in crate::rulebook) establishing: Vec<Term>,
}

impl EvidencePolicy {
    /// True if a source of this kind establishes what it states.
    pub fn establishes(&self, kind: Term, vocabulary: &Vocabulary) -> bool {
        self.establishing.iter().any(|e| vocabulary.is_a(kind, *e))
    }
}
