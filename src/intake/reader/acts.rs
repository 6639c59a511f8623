//! Acts that are written as phrases: `coal sale`, `rejected sale`.

use crate::document::{Code, Diagnostic, Node};
use crate::facts::{CodedTerm, Field, Scheme};
use crate::rulebook::WordMeaning;

use super::Reader;

impl Reader<'_> {
    /// Reads a phrase as the act that it names, with a warning about the rest.
    pub(super) fn act_of_phrase(&mut self, node: &Node, phrase: &str, field: &Field) -> Option<CodedTerm> {
        if !field.schemes.contains(&Scheme::Activity) {
            return None;
        }
        if let Some((act, by)) = self.vocabulary.turned_act(phrase) {
            return Some(self.turned_act(node, phrase, &act.meaning, &by, field));
        }
        let act = self.vocabulary.act_of_phrase(phrase)?;
        let (read, term) = match act.meaning {
            WordMeaning::Term(term) | WordMeaning::Several { broader: Some(term), .. } => {
                (format!("`{}`", self.vocabulary.id(term)), CodedTerm::Term(term))
            }
            WordMeaning::Several { terms, .. } => (self.listed(&terms, " or "), CodedTerm::OneOf(Box::new(terms))),
        };
        let message = format!("read `{phrase}` as {read}; `{}` was not read", act.rest);
        let help = "goods, people and places stand under keys of their own: `items`, `people`, `from`, `to`";
        self.problems.push(Diagnostic::new(Code::ActOfPhrase, node.span, message).help(help));
        Some(term)
    }

    /// Reports a phrase that names an act and says, or may say, that it was another or none.
    fn turned_act(&mut self, node: &Node, phrase: &str, act: &WordMeaning, by: &str, field: &Field) -> CodedTerm {
        let act = match act {
            WordMeaning::Term(term) | WordMeaning::Several { broader: Some(term), .. } => {
                format!("`{}`", self.vocabulary.id(*term))
            }
            WordMeaning::Several { terms, .. } => self.listed(terms, " or "),
        };
        let message = format!("`{phrase}` is read as unknown: `{by}` may turn {act} into another act, or say that it was none");
        let said = [Scheme::Stage, Scheme::Evidence, Scheme::Activity].into_iter().find_map(|scheme| {
            let term = self.vocabulary.term_meant(scheme, by)?;
            Some((scheme, self.vocabulary.id(term)))
        });
        let help = match said {
            Some((Scheme::Activity, id)) => format!("write what was done: {act}, or `{id}`, which is what `{by}` says"),
            Some((scheme, id)) if field.key == "activity" => {
                format!("if {act} is meant, write it under `{}`, and `{}: {id}` beside it", field.key, scheme.key())
            }
            _ => format!(
                "write what was done, such as {act}, and how far it came under `stage`; goods, people and places have keys of \
                 their own"
            ),
        };
        self.problems.push(Diagnostic::new(Code::UnlistedTerm, node.span, message).help(help));
        CodedTerm::Unlisted(Box::new(phrase.into()))
    }
}
