//! Lazily parsed JSON, to find the spans of a few facts without building a tree of the whole text.
//!
//! If a fifth of a stream's lines have findings, a run takes 6 % longer with a tree for each of these lines.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::json_pull::{JsonPull, TokenKind};
use super::{SourceId, Span};

/// A value in a JSON text whose mistakes have been reported. What is not JSON counts as a scalar.
#[derive(Debug)]
pub struct LazyJson<'t> {
    raw: &'t str,
    span: Span,
    inner: OnceCell<Inner<'t>>,
}

#[derive(Debug)]
enum Inner<'t> {
    Scalar,
    List(Vec<LazyJson<'t>>),
    Map(Vec<(Cow<'t, str>, LazyJson<'t>)>),
}

impl<'t> LazyJson<'t> {
    /// The value that a text holds. `base` is the offset of the text in its source.
    pub fn new(source: SourceId, text: &'t str, base: usize) -> Self {
        let raw = text.trim_ascii();
        let start = base + (text.len() - text.trim_ascii_start().len());
        Self { raw, span: Span { source, start, end: start + raw.len() }, inner: OnceCell::new() }
    }

    /// The span of the value.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value under a key of a mapping; the first one if the key occurs twice, as in the tree.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self.inner() {
            Inner::Map(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The elements of a list; `None` for a mapping or scalar.
    pub fn elements(&self) -> Option<&[Self]> {
        match self.inner() {
            Inner::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// True if the value is neither a list nor a mapping.
    pub fn is_scalar(&self) -> bool {
        matches!(self.inner(), Inner::Scalar)
    }

    fn inner(&self) -> &Inner<'t> {
        self.inner.get_or_init(|| self.parse().unwrap_or(Inner::Scalar))
    }

    /// Parses the outermost list or mapping; what is inside its values is skipped.
    fn parse(&self) -> Option<Inner<'t>> {
        let mut json = JsonPull::new(self.raw);
        let inner = match json.kind()? {
            TokenKind::List => {
                let mut elements = Vec::new();
                let mut more = !json.take_closing(b']');
                while more {
                    elements.push(self.value(&mut json)?);
                    more = json.more(b']')?;
                }
                Inner::List(elements)
            }
            TokenKind::Map => {
                let mut pairs = Vec::with_capacity(8);
                let mut more = !json.take_closing(b'}');
                while more {
                    json.peek().filter(|byte| *byte == b'"')?;
                    let key = json.text()?.to_cow();
                    json.colon().then_some(())?;
                    pairs.push((key, self.value(&mut json)?));
                    more = json.more(b'}')?;
                }
                Inner::Map(pairs)
            }
            _ => Inner::Scalar,
        };
        (matches!(inner, Inner::Scalar) || json.has_ended()).then_some(inner)
    }

    /// Skips a value and returns it unparsed.
    fn value(&self, json: &mut JsonPull<'t>) -> Option<Self> {
        json.peek();
        let start = json.position();
        json.skip_value()?;
        let raw = self.raw.get(start..json.position())?;
        let start = self.span.start + start;
        let span = Span { start, end: start + raw.len(), ..self.span };
        Some(Self { raw, span, inner: OnceCell::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::LazyJson;
    use crate::document::{Diagnostics, Node, SourceId, SourceMap, SourceText, read_json};

    /// Asserts that both have the same spans everywhere.
    fn same(node: &Node, lazy: &LazyJson<'_>) {
        assert_eq!(node.span, lazy.span());
        assert_eq!(node.text().is_some(), lazy.is_scalar());
        match node.elements() {
            Some(elements) => {
                assert_eq!(elements.len(), lazy.elements().unwrap().len());
                elements.iter().zip(lazy.elements().unwrap()).for_each(|(n, s)| same(n, s));
            }
            None => node.entries().unwrap_or_default().iter().for_each(|e| same(&e.value, lazy.get(&e.key.text).unwrap())),
        }
    }

    fn id() -> SourceId {
        SourceMap::default().add(SourceText::new("", ""))
    }

    #[test]
    fn places_are_those_of_the_tree() {
        let texts = [
            r#" {"id": "T1", "from": {"country": "KP"}, "items": [{"hs": "2701", "n": 1.5}, [], {}, null, true]} "#,
            r#"{"a": 1, "a": {"b": 2}, "\u0063": "\"quoted\"", "ü\ud83d\ude00": ["{", "]"]}"#,
            "[]",
            "7",
        ];
        for text in texts {
            let tree = read_json(id(), text, 100, &mut Diagnostics::default()).unwrap();
            same(&tree, &LazyJson::new(id(), text, 100));
        }
    }

    #[test]
    fn text_that_is_not_json_is_a_scalar() {
        assert!(LazyJson::new(id(), "{\"a\": ", 0).is_scalar());
        assert!(LazyJson::new(id(), "", 0).get("a").is_none());
        assert!(LazyJson::new(id(), "{\"a\": \"b}", 0).get("a").is_none());
        assert!(LazyJson::new(id(), "{\"a\"}", 0).is_scalar());
        assert!(LazyJson::new(id(), "[1]]", 0).is_scalar());
    }
}
