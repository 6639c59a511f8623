//! JSON of which only what is asked for is looked at: to find a place without building the tree.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::{SourceId, Span};

/// A JSON value in a text that was read before, so it is only taken apart here and no more examined: its mistakes were
/// told then. What cannot be taken apart is a scalar.
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
            Some(b'{') => self.pairs().map_or(Inner::Scalar, Inner::Map),
            Some(b'[') => self.list().map_or(Inner::Scalar, Inner::List),
            _ => Inner::Scalar,
        })
    }

    fn pairs(&self) -> Option<Vec<(Cow<'t, str>, Self)>> {
        let (mut pairs, mut key) = (Vec::with_capacity(8), None);
        self.parts(|part| match key.take() {
            None => key = Some(part),
            Some(key) => pairs.push((text_of(key.raw), part)),
        })?;
        key.is_none().then_some(pairs)
    }

    fn list(&self) -> Option<Vec<Self>> {
        let mut elements = Vec::new();
        self.parts(|part| elements.push(part))?;
        Some(elements)
    }

    /// Hands out what stands between its brackets, parted by commas and colons.
    fn parts(&self, mut take: impl FnMut(Self)) -> Option<()> {
        let (mut start, mut depth, mut at) = (1, 0_usize, 0);
        loop {
            let byte = *self.raw.as_bytes().get(at)?;
            match byte {
                b'"' => at = closing_quote(self.raw, at)?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 || (depth == 1 && matches!(byte, b',' | b':')) {
                let part = Self::new(self.span.source, self.raw.get(start..at)?, self.span.start + start);
                if !part.raw.is_empty() {
                    take(part);
                }
                start = at + 1;
            }
            at += 1;
            if depth == 0 {
                return (at == self.raw.len()).then_some(());
            }
        }
    }
}

/// Where the string ends whose opening quote stands at a place.
fn closing_quote(text: &str, opening: usize) -> Option<usize> {
    let mut at = opening + 1;
    loop {
        match text.as_bytes().get(at)? {
            b'"' => return Some(at),
            // What follows a backslash ends nothing.
            b'\\' => at += 2,
            _ => at += 1,
        }
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
    use super::LazyJson;
    use crate::document::{Diagnostics, Node, SourceId, SourceMap, SourceText, read_json};

    /// Every place of the tree is the place that is found by asking.
    fn same(node: &Node, skim: &LazyJson<'_>) {
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
    fn what_is_no_json_is_a_scalar() {
        assert!(LazyJson::new(id(), "{\"a\": ", 0).is_scalar());
        assert!(LazyJson::new(id(), "", 0).get("a").is_none());
        assert!(LazyJson::new(id(), "{\"a\": \"b}", 0).get("a").is_none());
        assert!(LazyJson::new(id(), "{\"a\"}", 0).is_scalar());
        assert!(LazyJson::new(id(), "[1]]", 0).is_scalar());
    }
}
