//! JSON to the same tree, with places.
//!
//! serde_json keeps no spans, but a borrowed [`RawValue`] is a slice of the text, so its address tells where it stands.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Code, Content, Diagnostic, Diagnostics, Entry, Key, MAX_DEPTH, Node, Scalar, SourceId, Span};

/// Reads one JSON value. `base` is the offset of `text` in its source (a line of NDJSON begins anywhere).
pub fn read_json(id: SourceId, text: &str, base: usize, problems: &mut Diagnostics) -> Option<Node> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Reader { id, base, origin: text.as_ptr() as usize, problems }.node(raw.get(), 0),
        Err(error) => {
            let start = base + offset_of(text, error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let at = Span { source: id, start, end: start + 1 };
            problems.push(Diagnostic::new(Code::NotJson, at, format!("this is not JSON: {message}")));
            None
        }
    }
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

struct Reader<'a> {
    id: SourceId,
    base: usize,
    origin: usize,
    problems: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, raw: &str) -> Span {
        let start = self.base + (raw.as_ptr() as usize).saturating_sub(self.origin);
        Span { source: self.id, start, end: start + raw.len() }
    }

    fn node(&mut self, raw: &str, depth: usize) -> Option<Node> {
        let span = self.span(raw);
        if depth >= MAX_DEPTH {
            self.problems.push(Diagnostic::new(Code::TooDeep, span, format!("nested deeper than {MAX_DEPTH} levels")));
            return None;
        }
        let content = match raw.as_bytes().first() {
            Some(b'{') => self.map(serde_json::from_str(raw).ok()?, depth),
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
                Content::List(elements.iter().filter_map(|e| self.node(e.get(), depth + 1)).collect())
            }
            Some(b'"') => Content::Scalar(Scalar { text: self.string(raw, span), plain: false }),
            _ => Content::Scalar(Scalar { text: raw.to_owned(), plain: true }),
        };
        Some(Node { span, content })
    }

    fn map(&mut self, pairs: Pairs<'_>, depth: usize) -> Content {
        let mut entries: Vec<Entry> = Vec::with_capacity(pairs.0.len());
        let mut seen = HashSet::with_capacity(pairs.0.len());
        for (key, value) in pairs.0 {
            let span = self.span(key.get());
            let text = self.string(key.get(), span);
            if !seen.insert(text.clone()) {
                let message = format!("the key `{text}` stands twice in the same mapping");
                self.problems.push(
                    Diagnostic::new(Code::DuplicateKey, span, message)
                        .help("the first was read and this one was not; keep one of them"),
                );
            } else if let Some(value) = self.node(value.get(), depth + 1) {
                entries.push(Entry { key: Key { span, text }, value });
            }
        }
        Content::Map(entries)
    }

    fn string(&mut self, raw: &str, span: Span) -> String {
        match serde_json::from_str::<Cow<'_, str>>(raw) {
            Ok(text) => text.into_owned(),
            Err(_) => {
                self.problems.push(Diagnostic::new(
                    Code::InvalidEscape,
                    span,
                    "this text holds an escape that means no character",
                ));
                String::new()
            }
        }
    }
}

/// The pairs of an object as slices of the text, duplicates and order kept.
pub(super) struct Pairs<'a>(pub(super) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
                Ok(Pairs(Vec::new()))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}
