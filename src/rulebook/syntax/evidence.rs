//! How the evidence policy is written: from YAML to [`EvidencePolicy`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, did_you_mean};
use crate::facts::Scheme;
use crate::rulebook::Vocabulary;
use crate::rulebook::law::EvidencePolicy;

impl EvidencePolicy {
    pub(in crate::rulebook) fn read(&mut self, node: &Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
        let Some(map) = Mapping::read(node, "the evidence policy", &["establishes", "alleges", "in_own_cause"], problems) else {
            return;
        };
        for key in ["establishes", "alleges", "in_own_cause"] {
            for (node, word) in map.texts(key, problems) {
                match vocabulary.term(Scheme::SourceKind, word) {
                    Some(term) if key == "establishes" => self.establishing.push(term),
                    Some(term) if key == "in_own_cause" => self.in_own_cause.push(term),
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
