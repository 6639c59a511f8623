//! The tree of a document: scalars as written, lists and mappings, each with its span. YAML, JSON and CSV all become such trees.

use compact_str::CompactString;

use super::Span;

/// A value in a document, with its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The span of the value, quotes and brackets included.
    pub span: Span,
    /// The value.
    pub content: Content,
}

/// The content of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A single value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written. No key occurs twice.
    Map(Vec<Entry>),
}

/// A single value, its text kept as written: `0301` keeps its zero, `NO` stays a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text, escapes resolved.
    pub text: CompactString,
    /// True if it is written without quotes, so that `true`, `null` and numbers may be meant.
    pub plain: bool,
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// A key of a mapping, with its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The span of the key, quotes included.
    pub span: Span,
    /// The text of the key, escapes resolved.
    pub text: CompactString,
}

impl Scalar {
    /// True if it is empty, `~` or `null`, without quotes.
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null")
    }

    /// The value of `true` or `false` without quotes. `yes`, `on` and `NO`, which YAML 1.1 takes for these, are words.
    pub fn as_bool(&self) -> Option<bool> {
        match (self.plain, self.text.as_str()) {
            (true, "true") => Some(true),
            (true, "false") => Some(false),
            _ => None,
        }
    }
}

impl Node {
    /// The text of a scalar; `None` for a list or mapping.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The entries of a mapping; `None` for a list or scalar.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The elements of a list; `None` for a mapping or scalar.
    pub fn elements(&self) -> Option<&[Node]> {
        match &self.content {
            Content::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The value under a key of a mapping; `None` if there is none, or the node is not a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|e| e.key.text == key).map(|e| &e.value)
    }

    /// The elements of a list, or the node itself as the only one.
    pub fn one_or_many(&self) -> &[Node] {
        match &self.content {
            Content::List(elements) => elements,
            _ => std::slice::from_ref(self),
        }
    }

    /// A noun for its content, for messages: `a text`, `a list`.
    pub fn shape(&self) -> &'static str {
        match &self.content {
            Content::Scalar(s) if s.is_null() => "nothing",
            Content::Scalar(s) if s.as_bool().is_some() => "a yes/no value",
            Content::Scalar(_) => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a mapping",
        }
    }
}
