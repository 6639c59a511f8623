//! The words of the rule language that stand for something else in each regime: `target` for the States that its measures are
//! about, `regime` for its lists of designated persons or for the names of its target's bodies.

use std::collections::HashMap;

use crate::document::{Code, Diagnostic, Diagnostics, Node, Span};
use crate::facts::{Scheme, Term, Words};
use crate::rulebook::Vocabulary;
use crate::rulebook::law::{DesignationListId, RegimeId};

use super::{RuleReader, unknown_name};

/// The country word for the States that the measures of a regime are about.
pub(super) const TARGET: &str = "target";

/// The word for the lists of a regime, or for the names of its target's bodies.
pub(super) const REGIME: &str = "regime";

/// The regime whose words a reader takes `target` and `regime` for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::rulebook) enum Binding {
    /// That of a regime.
    Of(RegimeId),
    /// None: the element stands in no regime, where the words mean nothing.
    Nowhere,
    /// None, and the words are passed over: no rule uses the element, or it does not have them.
    Unused,
}

impl Binding {
    /// The binding of what stands in a regime, or in none.
    pub(in crate::rulebook) fn to(regime: Option<RegimeId>) -> Self {
        regime.map_or(Binding::Nowhere, Binding::Of)
    }

    /// The regime, if it is one.
    pub(in crate::rulebook) fn regime(self) -> Option<RegimeId> {
        if let Binding::Of(regime) = self { Some(regime) } else { None }
    }
}

/// What the words stand for in a regime.
#[derive(Debug, Default)]
pub(in crate::rulebook) struct RegimeWords {
    /// The regime's id as written.
    pub(in crate::rulebook) id: String,
    /// The States that its measures are about.
    pub(in crate::rulebook) target: Vec<Term>,
    /// Its lists of designated persons.
    pub(super) lists: Vec<DesignationListId>,
    /// The names by which bodies of the target's State are known.
    organs: Vec<Words>,
}

impl RegimeWords {
    /// Reads what the words of a regime stand for. They are known before any condition is read.
    pub(in crate::rulebook) fn read(
        node: &Node,
        known_lists: &HashMap<String, DesignationListId>,
        vocabulary: &Vocabulary,
        problems: &mut Diagnostics,
    ) -> Self {
        let texts = |key| node.get(key).map(Node::one_or_many).unwrap_or_default().iter();
        let mut lists = Vec::new();
        for node in texts("lists") {
            let Some(word) = node.text().or_else(|| node.get("id")?.text()) else { continue };
            match known_lists.get(word) {
                Some(list) => lists.push(*list),
                None => {
                    let known = known_lists.keys().map(String::as_str);
                    unknown_name(Code::UnknownReference, node, word, "list of designated persons", known, problems);
                }
            }
        }
        let organs = texts("organs").filter_map(Node::text).map(Words::new).filter(|words| !words.is_empty());
        let target = node.get("target").map(Node::one_or_many).unwrap_or_default().iter();
        let target = target.filter_map(|node| super::matcher::read_term(node, &[Scheme::Country], vocabulary, problems));
        Self {
            id: node.get("id").and_then(Node::text).unwrap_or_default().to_owned(),
            target: target.collect(),
            lists,
            organs: organs.collect(),
        }
    }
}

impl RuleReader<'_> {
    /// The States that `target` stands for.
    pub(super) fn target(&mut self, at: Span) -> Option<Vec<Term>> {
        let found = self.symbols.regime(self.binding).map(|words| words.target.clone());
        self.word_of_regime(TARGET, "target", found, at)
    }

    /// The lists that `designated: regime` stands for.
    pub(super) fn lists_of_regime(&mut self, at: Span) -> Option<Vec<DesignationListId>> {
        let found = self.symbols.regime(self.binding).map(|words| words.lists.clone());
        self.word_of_regime("designated: regime", "lists", found, at)
    }

    /// The names that `contains: regime` stands for. A regime need not have any.
    pub(super) fn organs_of_regime(&mut self, at: Span) -> Option<Vec<Words>> {
        match self.symbols.regime(self.binding) {
            Some(words) => Some(words.organs.clone()),
            None => self.word_of_regime("contains: regime", "organs", None, at),
        }
    }

    /// What a word stands for; one that stands for nothing is reported where the regime's own files use it.
    fn word_of_regime<T>(&mut self, word: &str, key: &str, found: Option<Vec<T>>, at: Span) -> Option<Vec<T>> {
        if self.binding == Binding::Unused {
            return Some(Vec::new());
        }
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            return Some(found);
        }
        let (message, help) = match self.symbols.regime(self.binding) {
            Some(regime) => (
                format!("`{word}` stands for the `{key}` of the regime, and `{}` has none", regime.id),
                format!("give the regime `{key}`, or write out what is meant"),
            ),
            None => (
                format!("`{word}` stands for the `{key}` of a regime, and this belongs to none"),
                "put it in the folder of a regime, or write out what is meant".to_owned(),
            ),
        };
        let at = self.used_at.unwrap_or(at);
        self.problems.push(Diagnostic::new(Code::WordOfRegime, at, message).help(help));
        None
    }
}

/// True if a condition as written has a word that stands for something else in each regime.
pub(super) fn has_regime_words(node: &Node) -> bool {
    let is_word = |node: &Node| node.text().is_some_and(|text| text == TARGET || text == REGIME);
    let of_entries = node.entries().unwrap_or_default().iter();
    let mut inside = of_entries.filter(|entry| entry.key.text != "because").map(|entry| &entry.value);
    is_word(node) || inside.any(has_regime_words) || node.elements().unwrap_or_default().iter().any(has_regime_words)
}

/// `text` with what a word stands for in its place.
pub(super) fn with_word(text: &str, word: &str, meaning: &[&str]) -> String {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let stands_for = match meaning {
        [only] => (*only).to_owned(),
        several if text.contains('[') => several.join(", "),
        several => format!("[{}]", several.join(", ")),
    };
    while let Some((before, after)) = rest.split_once(word) {
        out.push_str(before);
        let is_whole = !out.ends_with(is_of_word) && !after.starts_with(is_of_word);
        out.push_str(if is_whole { &stands_for } else { word });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{TARGET, with_word};

    #[test]
    fn the_target_is_named_where_the_word_is_whole() {
        assert_eq!(with_word("from.country: target", TARGET, &["KP"]), "from.country: KP");
        assert_eq!(with_word("to: {not: target}", TARGET, &["ER", "ET"]), "to: {not: [ER, ET]}");
        assert_eq!(with_word("to: [target, CN]", TARGET, &["ER", "ET"]), "to: [ER, ET, CN]");
        assert_eq!(with_word("is: target-gives", TARGET, &["KP"]), "is: target-gives");
    }
}
