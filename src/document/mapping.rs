//! Mappings with known keys: the readers of rulebooks, ledgers and decisions get values by key, and mistakes are reported here.

use super::{Code, Diagnostic, Diagnostics, Node};

/// A mapping whose keys have been checked against those that it may have. Its `noun` names it in messages.
#[derive(Clone, Copy)]
pub struct Mapping<'n> {
    node: &'n Node,
    noun: &'n str,
}

impl<'n> Mapping<'n> {
    /// Reads a node as a mapping that may have `keys`. Other keys are reported, and so is a node that is not a mapping (`None`).
    pub fn read(node: &'n Node, noun: &'n str, keys: &[&str], problems: &mut Diagnostics) -> Option<Self> {
        let Some(entries) = node.entries() else {
            problems.wrong_shape(node, noun, "a mapping of keys to values");
            return None;
        };
        for entry in entries.iter().filter(|e| !keys.contains(&e.key.text.as_str())) {
            problems.unknown_key(Code::UnknownKey, &entry.key, noun, keys.iter().copied());
        }
        Some(Self { node, noun })
    }

    /// The node of the mapping.
    pub fn node(&self) -> &'n Node {
        self.node
    }

    /// The value under a key. A key without a value counts as absent.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.node.get(key).filter(|n| n.shape() != "nothing")
    }

    /// The value under a key that the mapping must have; its absence is reported.
    pub fn require(&self, key: &str, problems: &mut Diagnostics) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            problems.push(Diagnostic::new(Code::MissingKey, self.node.span, format!("{} needs `{key}`", self.noun)));
        }
        found
    }

    /// The text under a key; a value that is not a text is reported.
    pub fn text(&self, key: &str, problems: &mut Diagnostics) -> Option<&'n str> {
        let node = self.get(key)?;
        if node.text().is_none() {
            problems.wrong_shape(node, &format!("`{key}`"), "a text");
        }
        node.text()
    }

    /// The text under a key that the mapping must have.
    pub fn require_text(&self, key: &str, problems: &mut Diagnostics) -> Option<&'n str> {
        let text = self.require(key, problems).and_then(|_| self.text(key, problems));
        if text.is_some_and(|text| text.trim().is_empty()) {
            let at = self.get(key).unwrap_or(self.node).span;
            problems.push(Diagnostic::new(Code::MissingKey, at, format!("{} needs `{key}`, and it is empty", self.noun)));
            return None;
        }
        text
    }

    /// The texts under a key, one or a list of them, each with its node; elements that are not texts are reported.
    pub fn texts(&self, key: &str, problems: &mut Diagnostics) -> Vec<(&'n Node, &'n str)> {
        let nodes = self.get(key).map(Node::one_or_many).unwrap_or_default();
        let mut texts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node.text() {
                Some(text) => texts.push((node, text)),
                None => problems.wrong_shape(node, &format!("an element of `{key}`"), "a text"),
            }
        }
        texts
    }

    /// The value of `true` or `false` under a key; any other value is reported.
    pub fn yes_no(&self, key: &str, problems: &mut Diagnostics) -> Option<bool> {
        let node = self.get(key)?;
        let answer = match &node.content {
            super::Content::Scalar(scalar) => scalar.as_bool(),
            _ => None,
        };
        if answer.is_none() {
            problems.wrong_shape(node, &format!("`{key}`"), "`true` or `false`");
        }
        answer
    }

    /// The position in `words` of the word under a key; any other word is reported.
    pub fn one_of(&self, key: &str, words: &[&str], problems: &mut Diagnostics) -> Option<usize> {
        let node = self.get(key)?;
        let text = self.text(key, problems)?;
        let found = words.iter().position(|w| *w == text);
        if found.is_none() {
            let near = super::did_you_mean(text, words.iter().copied());
            let help = near.unwrap_or_else(|| format!("one of: {}", words.join(", ")));
            problems.push(Diagnostic::new(Code::UnknownWord, node.span, format!("`{text}` is no `{key}`")).help(help));
        }
        found
    }
}
