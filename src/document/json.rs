//! JSON to a tree with places.
//!
//! A text with a mistake in its syntax has no tree: of a document that was cut short, nothing may seem to be complete.

use std::collections::HashSet;

use super::json_pull::{JsonPull, TokenKind};
use super::quoted_text::QuotedText;
use super::{Code, Content, Diagnostic, Diagnostics, Entry, Key, MAX_DEPTH, Node, Scalar, SourceId, Span};

/// Reads one JSON value. `base` is the offset of `text` in its source (a line of NDJSON begins anywhere).
pub fn read_json(id: SourceId, text: &str, base: usize, problems: &mut Diagnostics) -> Option<Node> {
    let mut found = Diagnostics::default();
    let mut reader = TreeReader {
        id,
        base,
        json: JsonPull::new(text),
        buffer: String::new(),
        elements: Vec::new(),
        entries: Vec::new(),
        problems: &mut found,
    };
    match reader.document() {
        Ok(node) => {
            problems.append(found);
            node
        }
        Err(expected) => {
            let start = base + place_of_mistake(text, reader.json.position());
            let at = Span { source: id, start, end: start + 1 };
            let message = expected.message(text.as_bytes().get(reader.json.position()).copied());
            problems.push(Diagnostic::new(Code::NotJson, at, format!("this is not JSON: {message}")));
            None
        }
    }
}

/// The byte at which a mistake is shown. A text that ends too early is wrong at its last character, or in the line behind it
/// if it ends with a line break.
fn place_of_mistake(text: &str, at: usize) -> usize {
    if at < text.len() || text.ends_with('\n') {
        return at;
    }
    text.char_indices().next_back().map_or(0, |(last, _)| last)
}

/// What JSON syntax requires at a place where something else was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    /// The rest of a number.
    Number,
    /// The rest of `true`, `false` or `null`.
    Word,
    /// The rest of a text.
    Text,
    /// A comma or the closing bracket of a list.
    ListEnd,
    /// A comma or the closing bracket of a mapping.
    MapEnd,
    Key,
    Colon,
    /// The end of the document.
    End,
}

impl Expected {
    /// The message, in the words of serde_json. `found` is the byte at the place; `None` at the end of the text.
    fn message(self, found: Option<u8>) -> &'static str {
        match (self, found) {
            (Self::Value | Self::Word, None) => "EOF while parsing a value",
            (Self::Value, Some(_)) => "expected value",
            (Self::Word, Some(_)) => "expected ident",
            (Self::Number, _) => "invalid number",
            (Self::Text, None) => "EOF while parsing a string",
            (Self::Text, Some(..b' ')) => "control character (\\u0000-\\u001F) found while parsing a string",
            (Self::Text, Some(_)) => "invalid escape",
            (Self::ListEnd, None) => "EOF while parsing a list",
            (Self::ListEnd, Some(_)) => "expected `,` or `]`",
            (Self::MapEnd | Self::Key | Self::Colon, None) => "EOF while parsing an object",
            (Self::MapEnd, Some(_)) => "expected `,` or `}`",
            (Self::Key, Some(_)) => "key must be a string",
            (Self::Colon, Some(_)) => "expected `:`",
            (Self::End, _) => "trailing characters",
        }
    }
}

/// The brackets of a list or mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Brackets {
    List,
    Map,
}

impl Brackets {
    fn closing(self) -> u8 {
        match self {
            Self::List => b']',
            Self::Map => b'}',
        }
    }

    fn expected(self) -> Expected {
        match self {
            Self::List => Expected::ListEnd,
            Self::Map => Expected::MapEnd,
        }
    }
}

/// The result of reading a part of the text. An error ends the reading, at the position of the lexer.
type ReadResult<T> = Result<T, Expected>;

struct TreeReader<'a> {
    id: SourceId,
    base: usize,
    json: JsonPull<'a>,
    buffer: String,
    /// The elements of the lists being read, those of the innermost last.
    elements: Vec<Node>,
    /// The entries of the mappings being read, those of the innermost last.
    entries: Vec<Entry>,
    problems: &'a mut Diagnostics,
}

/// The most entries among which a repeated key is searched one by one; with more, a hash set is used.
const FEW_ENTRIES: usize = 16;

impl<'a> TreeReader<'a> {
    fn document(&mut self) -> ReadResult<Option<Node>> {
        let node = self.value(0)?;
        if self.json.has_ended() { Ok(node) } else { Err(Expected::End) }
    }

    /// Reads a value; `None` if it is nested too deep, which is reported.
    fn value(&mut self, depth: usize) -> ReadResult<Option<Node>> {
        self.json.peek();
        let start = self.json.position();
        if depth >= MAX_DEPTH {
            self.skip_value()?;
            let span = self.span_from(start);
            self.problems.push(Diagnostic::new(Code::TooDeep, span, format!("nested deeper than {MAX_DEPTH} levels")));
            return Ok(None);
        }
        let content = match self.json.kind().ok_or(Expected::Value)? {
            TokenKind::Text => {
                let text = self.json.text().ok_or(Expected::Text)?;
                Content::Scalar(Scalar { text: self.resolve(text, self.span_from(start)).into(), plain: false })
            }
            TokenKind::Number => plain(self.json.number().ok_or(Expected::Number)?),
            TokenKind::Word => plain(self.json.word().ok_or(Expected::Word)?),
            TokenKind::List => self.list(depth)?,
            TokenKind::Map => self.map(depth)?,
        };
        Ok(Some(Node { span: self.span_from(start), content }))
    }

    fn list(&mut self, depth: usize) -> ReadResult<Content> {
        let first = self.elements.len();
        let mut more = self.opens(Brackets::List)?;
        while more {
            let element = self.value(depth + 1)?;
            self.elements.extend(element);
            more = self.more(Brackets::List)?;
        }
        Ok(Content::List(self.elements.split_off(first)))
    }

    fn map(&mut self, depth: usize) -> ReadResult<Content> {
        let first = self.entries.len();
        let mut seen = HashSet::new();
        let mut more = self.opens(Brackets::Map)?;
        while more {
            let (span, text) = self.key()?;
            let text = self.resolve(text, span);
            if self.is_repeated(&text, first, &mut seen) {
                let message = format!("the key `{text}` stands twice in the same mapping");
                self.problems.push(
                    Diagnostic::new(Code::DuplicateKey, span, message)
                        .help("the first was read and this one was not; keep one of them"),
                );
                self.skip_value()?;
            } else if let Some(value) = self.value(depth + 1)? {
                self.entries.push(Entry { key: Key { span, text: text.into() }, value });
            }
            more = self.more(Brackets::Map)?;
        }
        Ok(Content::Map(self.entries.split_off(first)))
    }

    /// True if a key is among the entries from `first` on. `seen` has all of their keys once they are more than [`FEW_ENTRIES`].
    fn is_repeated(&self, key: &str, first: usize, seen: &mut HashSet<String>) -> bool {
        let entries = self.entries.get(first..).unwrap_or_default();
        if entries.len() <= FEW_ENTRIES {
            return entries.iter().any(|entry| entry.key.text == key);
        }
        if seen.is_empty() {
            seen.extend(entries.iter().map(|entry| entry.key.text.to_string()));
        }
        !seen.insert(key.to_owned())
    }

    /// Checks the syntax of a value, however deep it is nested, without building its tree.
    fn skip_value(&mut self) -> ReadResult<()> {
        let mut open = Vec::new();
        loop {
            let opened = match self.json.kind().ok_or(Expected::Value)? {
                TokenKind::Text => self.json.text().map(|_| None).ok_or(Expected::Text)?,
                TokenKind::Number => self.json.number().map(|_| None).ok_or(Expected::Number)?,
                TokenKind::Word => self.json.word().map(|_| None).ok_or(Expected::Word)?,
                TokenKind::List => Some(Brackets::List),
                TokenKind::Map => Some(Brackets::Map),
            };
            let mut more = match opened {
                Some(brackets) => {
                    open.push(brackets);
                    self.opens(brackets)?
                }
                None => open.last().map_or(Ok(false), |brackets| self.more(*brackets))?,
            };
            while !more {
                open.pop();
                let Some(around) = open.last() else { return Ok(()) };
                more = self.more(*around)?;
            }
            if open.last() == Some(&Brackets::Map) {
                self.key()?;
            }
        }
    }

    /// Reads a key and its colon.
    fn key(&mut self) -> ReadResult<(Span, QuotedText<'a>)> {
        if self.json.peek() != Some(b'"') {
            return Err(Expected::Key);
        }
        let start = self.json.position();
        let text = self.json.text().ok_or(Expected::Text)?;
        let span = self.span_from(start);
        if self.json.colon() { Ok((span, text)) } else { Err(Expected::Colon) }
    }

    /// After an opening bracket: true if an element follows, false once the closing bracket was consumed.
    fn opens(&mut self, brackets: Brackets) -> ReadResult<bool> {
        if self.json.take_closing(brackets.closing()) {
            return Ok(false);
        }
        if self.json.has_ended() { Err(brackets.expected()) } else { Ok(true) }
    }

    /// After an element: consumes the comma (true) or the closing bracket (false).
    fn more(&mut self, brackets: Brackets) -> ReadResult<bool> {
        self.json.more(brackets.closing()).ok_or(brackets.expected())
    }

    fn resolve(&mut self, text: QuotedText<'a>, span: Span) -> String {
        let resolved = text.resolve(&mut self.buffer);
        if resolved.is_none() {
            self.problems.push(Diagnostic::new(Code::InvalidEscape, span, "this text holds an escape that means no character"));
        }
        resolved.unwrap_or_default().to_owned()
    }

    /// The span from an offset in the text to the position of the lexer.
    fn span_from(&self, start: usize) -> Span {
        Span { source: self.id, start: self.base + start, end: self.base + self.json.position() }
    }
}

/// A scalar without quotes.
fn plain(text: &str) -> Content {
    Content::Scalar(Scalar { text: text.into(), plain: true })
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Diagnostics, Node, SourceMap, SourceText, read_json};
    use serde_json::Value;

    const TEXTS: [&str; 6] = [
        r#"{"id":"T1","from":{"country":"KP"},"items":[{"hs":"2701","n":10},[],{},true,false],"e":""}"#,
        r#" { "a" : [ -1.5e3 , 2 ] , "b" : "x é" } "#,
        r#"{"\u0069d":"\u70ae\u5f39","x":["\ud83d\ude00","\\\"","a\n\/"]}"#,
        "{\"id\":\t\"T1\",\r\n\"a\":[\n]}",
        r#"[[null, 0], 0.5, [[["д"]]]]"#,
        r#""text""#,
    ];

    fn read(text: &str) -> (Option<Node>, Vec<(String, usize)>) {
        let (mut sources, mut problems) = (SourceMap::default(), Diagnostics::default());
        let id = sources.add(SourceText::new("file", text));
        let node = read_json(id, text, 0, &mut problems);
        (node, problems.iter().map(|p| (p.message.clone(), p.at.unwrap().start)).collect())
    }

    /// The tree as serde_json would have read it. No key occurs twice in it.
    fn value(node: &Node) -> Value {
        match &node.content {
            Content::Scalar(scalar) if scalar.plain => serde_json::from_str(&scalar.text).unwrap(),
            Content::Scalar(scalar) => scalar.text.as_str().into(),
            Content::List(elements) => elements.iter().map(value).collect(),
            Content::Map(entries) => Value::Object(entries.iter().map(|e| (e.key.text.to_string(), value(&e.value))).collect()),
        }
    }

    /// Every text with a character left out, or another before or in place of it, or cut off there.
    fn mutants() -> impl Iterator<Item = String> {
        const PUT: [&str; 20] =
            ["", "\"", "{", "}", "[", "]", ",", ":", " ", "0", "7", "-", ".", "e", "t", "\\", "\\u", "\n", "null", "д"];
        TEXTS.into_iter().flat_map(|text| {
            text.char_indices().flat_map(move |(at, old)| {
                let (before, rest) = text.split_at(at);
                let after = rest.strip_prefix(old).unwrap();
                let put = PUT.into_iter().flat_map(move |put| [format!("{before}{put}{after}"), format!("{before}{put}{rest}")]);
                put.chain([before.to_owned()])
            })
        })
    }

    #[test]
    fn a_tree_has_the_values_that_serde_json_reads() {
        let mut read_both = 0;
        for text in mutants() {
            let (node, problems) = read(&text);
            match serde_json::from_str::<Value>(&text) {
                Ok(by_serde) if problems.is_empty() => {
                    assert_eq!(value(&node.unwrap()), by_serde, "{text}");
                    read_both += 1;
                }
                // A repeated key is read once, and half a surrogate pair is not a character.
                Ok(_) => assert!(problems.iter().all(|(message, _)| message.contains("stands twice")), "{text}: {problems:?}"),
                Err(error) => assert!(!problems.is_empty(), "{text}: {error}"),
            }
        }
        assert!(read_both > 1000, "{read_both}");
    }

    #[test]
    fn mistakes_in_the_syntax_are_worded_and_placed_as_by_serde_json() {
        let mut compared = 0;
        for text in mutants() {
            let Err(error) = serde_json::from_str::<&serde_json::value::RawValue>(&text) else { continue };
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap();
            let (node, problems) = read(&text);
            assert_eq!(node, None, "{text}");
            let [(reported, at)] = &problems[..] else { panic!("{text}: {problems:?}") };
            let reported = reported.strip_prefix("this is not JSON: ").unwrap();
            compared += 1;
            // An escape is wrong at its first wrong character, and not only where four digits would have ended.
            let breaks_off = reported == "invalid escape" || reported.starts_with("control character");
            if breaks_off && matches!(message, "invalid escape" | "EOF while parsing a string") {
                continue;
            }
            assert_eq!(reported, message, "{text}");
            let before: usize = text.split_inclusive('\n').take(error.line() - 1).map(str::len).sum();
            let by_serde = before + error.column().saturating_sub(1);
            // A control character or line break is reported at its own place, not at the character before it.
            if !reported.starts_with("control character") && text.as_bytes().get(*at) != Some(&b'\n') {
                assert!(by_serde == *at || !text.is_char_boundary(by_serde), "{text}: {message} at {by_serde}, not {at}");
            }
            assert!(text.is_char_boundary(*at), "{text}");
        }
        assert!(compared > 1000, "{compared}");
    }

    #[test]
    fn a_mistake_in_a_value_that_is_not_read_is_one_too() {
        for text in [r#"{"a": 1, "a": [{"b": 2}, {"c" 3}]}"#, &format!("{}1 2{}", "[".repeat(70), "]".repeat(70))] {
            let (node, problems) = read(text);
            assert!(node.is_none() && problems.len() == 1, "{text}: {problems:?}");
        }
        let (node, problems) = read(r#"{"a": 1, "a": [{"b": [2, "x"]}, [], {}, null], "b": 3}"#);
        assert_eq!((node.unwrap().entries().unwrap().len(), problems.len()), (2, 1));
    }
}
