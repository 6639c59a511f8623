//! A binary encoding of trees, so that the built-in rulebook is parsed when the program is built (`build.rs`) and not when it runs.
//!
//! Decoding costs a small part of parsing YAML. It needs the source text: nearly every scalar is its span, or its span without
//! quotes, and is not encoded again.
//!
//! A node is encoded as its [kind](Kind), the distance of its start from that of the node before it, the length of its span, and
//! then the text of a scalar that is spelled out, the nodes of a list, or the keys and values of a mapping in turn; a key is
//! encoded as a scalar. Numbers are LEB128: groups of seven bits, the lowest first.

use super::{Content, Entry, Key, MAX_DEPTH, Node, Scalar, SourceId, Span};

/// The kind of a node and, of a scalar, where its text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    Map,
    /// A scalar without quotes whose text is its span's.
    Plain,
    /// A scalar without quotes whose text is spelled out.
    PlainSpelled,
    /// A scalar in quotes whose text is what is between them.
    Quoted,
    /// A scalar in quotes, or in a block, whose text is spelled out.
    QuotedSpelled,
}

impl Kind {
    const ALL: [Kind; 6] = [Kind::List, Kind::Map, Kind::Plain, Kind::PlainSpelled, Kind::Quoted, Kind::QuotedSpelled];
}

/// Encodes a tree. `text` is the whole text of its source.
pub fn encode(node: &Node, text: &str) -> Vec<u8> {
    let mut writer = Writer { text, out: Vec::new(), before: 0 };
    writer.node(node);
    writer.out
}

/// Decodes a tree as one of the source `id` with that text; `None` if the bytes are not an encoded tree.
pub fn decode(bytes: &[u8], id: SourceId, text: &str) -> Option<Node> {
    let mut reader = Reader { rest: bytes, id, text, before: 0 };
    reader.node(0).filter(|_| reader.rest.is_empty())
}

struct Writer<'a> {
    text: &'a str,
    out: Vec<u8>,
    /// Where the node before this one starts.
    before: usize,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) {
        match &node.content {
            Content::Scalar(scalar) => self.scalar(node.span, &scalar.text, scalar.plain),
            Content::List(elements) => {
                self.head(Kind::List, node.span);
                self.number(elements.len());
                elements.iter().for_each(|element| self.node(element));
            }
            Content::Map(entries) => {
                self.head(Kind::Map, node.span);
                self.number(entries.len());
                for entry in entries {
                    self.scalar(entry.key.span, &entry.key.text, true);
                    self.node(&entry.value);
                }
            }
        }
    }

    fn scalar(&mut self, span: Span, text: &str, plain: bool) {
        let found = if plain { self.text.get(span.start..span.end) } else { between_quotes(self.text, span) };
        let kind = match (plain, found == Some(text)) {
            (true, true) => Kind::Plain,
            (true, false) => Kind::PlainSpelled,
            (false, true) => Kind::Quoted,
            (false, false) => Kind::QuotedSpelled,
        };
        self.head(kind, span);
        if found != Some(text) {
            self.number(text.len());
            self.out.extend(text.as_bytes());
        }
    }

    fn head(&mut self, kind: Kind, span: Span) {
        self.out.extend(Kind::ALL.iter().position(|k| *k == kind).and_then(|i| u8::try_from(i).ok()));
        // What an alias repeats starts before it; the sign goes to the lowest bit.
        let back = span.start < self.before;
        self.number(span.start.abs_diff(self.before) << 1 | usize::from(back));
        self.number(span.end.saturating_sub(span.start));
        self.before = span.start;
    }

    fn number(&mut self, mut number: usize) {
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or_default();
            number >>= 7;
            if number == 0 {
                return self.out.push(low);
            }
            self.out.push(low | 0x80);
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    id: SourceId,
    text: &'a str,
    before: usize,
}

impl<'a> Reader<'a> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        let (kind, span) = self.head()?;
        let content = match kind {
            _ if depth > MAX_DEPTH => return None,
            Kind::List => {
                let count = self.count()?;
                let mut elements = Vec::with_capacity(count);
                for _ in 0..count {
                    elements.push(self.node(depth + 1)?);
                }
                Content::List(elements)
            }
            Kind::Map => {
                let count = self.count()?;
                let mut entries = Vec::with_capacity(count);
                for _ in 0..count {
                    let (kind, span) = self.head()?;
                    let key = Key { span, text: self.scalar(kind, span)?.into() };
                    entries.push(Entry { key, value: self.node(depth + 1)? });
                }
                Content::Map(entries)
            }
            kind => {
                let plain = matches!(kind, Kind::Plain | Kind::PlainSpelled);
                Content::Scalar(Scalar { text: self.scalar(kind, span)?.into(), plain })
            }
        };
        Some(Node { span, content })
    }

    fn scalar(&mut self, kind: Kind, span: Span) -> Option<&'a str> {
        match kind {
            Kind::List | Kind::Map => None,
            Kind::Plain => self.text.get(span.start..span.end),
            Kind::Quoted => between_quotes(self.text, span),
            Kind::PlainSpelled | Kind::QuotedSpelled => {
                let length = self.number()?;
                let (text, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                std::str::from_utf8(text).ok()
            }
        }
    }

    fn head(&mut self) -> Option<(Kind, Span)> {
        let (kind, rest) = self.rest.split_first()?;
        self.rest = rest;
        let kind = *Kind::ALL.get(usize::from(*kind))?;
        let distance = self.number()?;
        let (by, back) = (distance >> 1, distance & 1 == 1);
        let start = if back { self.before.checked_sub(by)? } else { self.before.checked_add(by)? };
        self.before = start;
        Some((kind, Span { source: self.id, start, end: start.checked_add(self.number()?)? }))
    }

    /// The number of elements that follow. Each is at least a byte: with a larger number the encoding is wrong.
    fn count(&mut self) -> Option<usize> {
        self.number().filter(|n| *n <= self.rest.len())
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0usize;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// The text of a span without its first and last byte.
fn between_quotes(text: &str, span: Span) -> Option<&str> {
    text.get(span.start.checked_add(1)?..span.end.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::document::{Diagnostics, Node, SourceMap, SourceText, read_yaml};

    /// A mapping with every kind of scalar, in every kind of place.
    const TEXT: &str = "a: &x [1, '2', \"it\\tis\", 'it''s', ~, , é]\nb: {c: *x, 'd e': {}}\nf: |\n  block\n  of lines\ng: >\n  folded\n  lines\nh:\n? i\n: j k\n";

    fn parsed(text: &str) -> (Node, SourceMap) {
        let (mut sources, mut problems) = (SourceMap::default(), Diagnostics::default());
        sources.add(SourceText::new("before", ""));
        let id = sources.add(SourceText::new("file", text));
        (read_yaml(id, sources.get(id).unwrap(), &mut problems).unwrap(), sources)
    }

    #[test]
    fn what_is_decoded_is_what_was_encoded() {
        let (tree, _) = parsed(TEXT);
        let encoded = encode(&tree, TEXT);
        assert_eq!(decode(&encoded, tree.span.source, TEXT), Some(tree));
    }

    #[test]
    fn bytes_that_are_no_tree_are_refused() {
        let (tree, _) = parsed(TEXT);
        let encoded = encode(&tree, TEXT);
        for length in 0..encoded.len() {
            assert_eq!(decode(&encoded[..length], tree.span.source, TEXT), None);
        }
        assert_eq!(decode(&[encoded.as_slice(), &[0]].concat(), tree.span.source, TEXT), None);
        assert_eq!(decode(&encoded, tree.span.source, "too short"), None);
        for nonsense in [&[9u8, 0, 0][..], &[0, 0, 0, 0xff, 0xff, 0x7f], &[2, 0, 0xff]] {
            assert_eq!(decode(nonsense, tree.span.source, TEXT), None);
        }
        assert_eq!(decode(&[[0, 0, 0, 1]; 1000].concat(), tree.span.source, TEXT), None, "deeper than anything is read");
    }
}
