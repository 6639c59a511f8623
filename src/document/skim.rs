//! JSON of which only what is asked for is looked at: to find a place without building the tree.

use std::borrow::Cow;
use std::cell::OnceCell;

use serde_json::value::RawValue;

use super::json::Pairs;
use super::{SourceId, Span};

/// A JSON value in a text that was read before. What is no JSON in it is a scalar here: its mistakes were told then.
#[derive(Debug)]
pub struct Skim<'t> {
    raw: &'t str,
    span: Span,
    inner: OnceCell<Inner<'t>>,
}

#[derive(Debug)]
enum Inner<'t> {
    Scalar,
    List(Vec<Skim<'t>>),
    Map(Vec<(Cow<'t, str>, Skim<'t>)>),
}

impl<'t> Skim<'t> {
    /// The value that is all of a text, which begins at `base` in its source.
    pub fn new(source: SourceId, text: &'t str, base: usize) -> Self {
        let raw = text.trim_ascii();
        let start = base + (text.len() - text.trim_ascii_start().len());
        Self { raw, span: Span { source, start, end: start + raw.len() }, inner: OnceCell::new() }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value under a key; of a key that stands twice the first, as it was read.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self.inner() {
            Inner::Map(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn elements(&self) -> Option<&[Self]> {
        match self.inner() {
            Inner::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// True of what is neither a list nor a mapping.
    pub fn is_scalar(&self) -> bool {
        matches!(self.inner(), Inner::Scalar)
    }

    fn inner(&self) -> &Inner<'t> {
        self.inner.get_or_init(|| match self.raw.as_bytes().first() {
            Some(b'{') => serde_json::from_str::<Pairs<'t>>(self.raw).map_or(Inner::Scalar, |pairs| {
                Inner::Map(pairs.0.into_iter().map(|(key, value)| (text_of(key.get()), self.part(value))).collect())
            }),
            Some(b'[') => serde_json::from_str::<Vec<&'t RawValue>>(self.raw)
                .map_or(Inner::Scalar, |elements| Inner::List(elements.into_iter().map(|e| self.part(e)).collect())),
            _ => Inner::Scalar,
        })
    }

    /// A part of its text is a slice of it, so its address tells where it stands.
    fn part(&self, raw: &'t RawValue) -> Self {
        let raw = raw.get();
        let start = self.span.start + (raw.as_ptr() as usize).saturating_sub(self.raw.as_ptr() as usize);
        Self { raw, span: Span { source: self.span.source, start, end: start + raw.len() }, inner: OnceCell::new() }
    }
}

/// The text between the quotes; only escapes cost a copy.
fn text_of(quoted: &str) -> Cow<'_, str> {
    match quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')) {
        Some(text) if !text.contains('\\') => Cow::Borrowed(text),
        _ => Cow::Owned(serde_json::from_str(quoted).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::Skim;
    use crate::document::{Diagnostics, Node, Source, SourceId, Sources, read_json};

    /// Every place of the tree is the place that is found by asking.
    fn same(node: &Node, skim: &Skim<'_>) {
        assert_eq!(node.span, skim.span());
        assert_eq!(node.text().is_some(), skim.is_scalar());
        match node.elements() {
            Some(elements) => {
                assert_eq!(elements.len(), skim.elements().unwrap().len());
                elements.iter().zip(skim.elements().unwrap()).for_each(|(n, s)| same(n, s));
            }
            None => node.entries().unwrap_or_default().iter().for_each(|e| same(&e.value, skim.get(&e.key.text).unwrap())),
        }
    }

    fn id() -> SourceId {
        Sources::default().add(Source::new("", ""))
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
            same(&tree, &Skim::new(id(), text, 100));
        }
    }

    #[test]
    fn what_is_no_json_is_a_scalar() {
        assert!(Skim::new(id(), "{\"a\": ", 0).is_scalar());
        assert!(Skim::new(id(), "", 0).get("a").is_none());
    }
}
