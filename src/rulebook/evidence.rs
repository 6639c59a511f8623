//! Which kinds of source establish a fact. Policy, so it stands in the rulebook.

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, did_you_mean};
use crate::facts::{Scheme, Term};

use super::Vocabulary;

/// The kinds of source that establish what they state; all others allege it.
#[derive(Debug, Default)]
pub struct EvidencePolicy {
    establishes: Vec<Term>,
}

impl EvidencePolicy {
    /// True if a source of this kind establishes what it states.
    pub fn establishes(&self, kind: Term, vocabulary: &Vocabulary) -> bool {
        self.establishes.iter().any(|e| vocabulary.is_a(kind, *e))
    }

    pub(super) fn read(&mut self, node: &Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
        let Some(map) = Mapping::read(node, "the evidence policy", &["establishes", "alleges"], problems) else { return };
        for key in ["establishes", "alleges"] {
            for (node, word) in map.texts(key, problems) {
                match vocabulary.term(Scheme::SourceKind, word) {
                    Some(term) if key == "establishes" => self.establishes.push(term),
                    Some(_) => {}
                    None => {
                        let near = did_you_mean(word, vocabulary.ids(Scheme::SourceKind));
                        problems.push(
                            Diagnostic::new(Code::UnknownTermInRule, node.span, format!("`{word}` is no kind of source"))
                                .maybe_help(near),
                        );
                    }
                }
            }
        }
    }
}
