//! The terms that the evaluation of every rule depends on, whatever the rulebook says of them.

use crate::facts::{Scheme, Term};

use super::Vocabulary;

/// Terms with a fixed meaning, resolved once when the vocabulary is loaded. A term that the vocabulary lacks is `None`, and no
/// reported fact has it then.
#[derive(Debug, Default, Clone, Copy)]
pub struct KnownTerms {
    /// `stage: planned`
    pub planned: Option<Term>,
    /// `stage: attempted`
    pub attempted: Option<Term>,
    /// `stage: refused`
    pub refused: Option<Term>,
    /// `stage: abandoned`
    pub abandoned: Option<Term>,
    /// `evidence: established`
    pub established: Option<Term>,
    /// `evidence: alleged`
    pub alleged: Option<Term>,
    /// The regime's sanctions committee, as a body that decides.
    pub committee: Option<Term>,
    /// The unit `days`.
    pub days: Option<Term>,
}

impl KnownTerms {
    pub(in crate::rulebook) fn resolve(vocabulary: &Vocabulary) -> Self {
        let term = |scheme, id| vocabulary.term(scheme, id);
        Self {
            planned: term(Scheme::Stage, "planned"),
            attempted: term(Scheme::Stage, "attempted"),
            refused: term(Scheme::Stage, "refused"),
            abandoned: term(Scheme::Stage, "abandoned"),
            established: term(Scheme::Evidence, "established"),
            alleged: term(Scheme::Evidence, "alleged"),
            committee: term(Scheme::Body, "committee"),
            days: term(Scheme::Unit, "days"),
        }
    }
}
