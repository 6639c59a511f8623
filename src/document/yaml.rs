//! The reader of YAML: trees with spans.
//!
//! It is built on the event parser and not on serde, which stops at the first mistake and turns `0301` into a number. After a
//! syntax error the tree of what precedes it is kept, so that it is still checked.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span as YamlSpan, StructureStyle, Tag};

use super::{
    Code, Content, Diagnostic, DiagnosticLevel, Diagnostics, Entry, Key, MAX_DEPTH, MAX_NODES, Node, Scalar, SourceId,
    SourceText, Span,
};

/// Reads the document of `source`. `None` if it has none, which is reported, as are all mistakes in it.
pub fn read_yaml(id: SourceId, source: &SourceText, problems: &mut Diagnostics) -> Option<Node> {
    let before = problems.count(DiagnosticLevel::Error);
    let mut builder =
        TreeBuilder { id, text: source.text(), open: Vec::new(), root: None, anchors: HashMap::new(), nodes: 0, problems };
    for event in Parser::new_from_str(source.text()) {
        match event {
            Ok((event, span)) => {
                if !builder.take(event, &span) {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0);
                builder.problems.push(match error.kind() {
                    ErrorKind::RecursionLimitExceeded => too_deep(one_byte(id, source.text(), at)),
                    kind => syntax_error(id, source.text(), at, &kind.to_string()),
                });
                break;
            }
        }
    }
    let root = builder.finish();
    if root.is_none() && problems.count(DiagnosticLevel::Error) == before {
        let start = Span { source: id, start: 0, end: 0 };
        problems.push(Diagnostic::new(Code::EmptyInput, start, "the file is empty"));
    }
    root
}

fn one_byte(source: SourceId, text: &str, at: usize) -> Span {
    Span { source, start: at.min(text.len()), end: (at + 1).min(text.len()) }
}

/// The diagnostic of a mistake that the parser found at a byte, for which it has some words.
fn syntax_error(id: SourceId, text: &str, at: usize, words: &str) -> Diagnostic {
    let words = plain_words(words);
    let tab = || text.get(at..)?.find('\t').map(|behind| at + behind);
    if words.contains("tab")
        && let Some(tab) = tab()
    {
        let message = "this is not YAML from here on: a tab";
        return Diagnostic::new(Code::NotYaml, one_byte(id, text, tab), message).help("write blanks in its place");
    }
    let problem = Diagnostic::new(Code::NotYaml, one_byte(id, text, at), format!("this is not YAML from here on: {words}"));
    match quoted_line(text, at).filter(|_| words.contains("mapping values")) {
        Some(line) => problem.help(format!("a colon and a blank end a text; put this text in quotes: `{line}`")),
        None => problem.help("what stands before this place was read; mend it and run again"),
    }
}

/// The line of a byte with the text behind its key in quotes: `title: "Arms: none"`; `None` if no colon stands in that text.
fn quoted_line(text: &str, at: usize) -> Option<String> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next()?.trim().trim_start_matches("- ");
    let (key, value) = line.split_once(": ")?;
    let is_plain = !value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*']);
    let value = value.split(" #").next().unwrap_or(value).trim();
    (is_plain && value.contains(": ")).then(|| format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Puts a message of the parser into the style of the others: lower case, no full stop.
fn plain_words(message: &str) -> String {
    let mut chars = message.trim_end_matches('.').chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn too_deep(at: Span) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, at, format!("nested deeper than {MAX_DEPTH} levels"))
        .help("nothing in the format needs that; what stands before this place was read")
}

/// Builds a tree from the events of the parser.
struct TreeBuilder<'a> {
    id: SourceId,
    text: &'a str,
    /// The lists and mappings around the next event, the outermost first.
    open: Vec<OpenNode>,
    root: Option<Node>,
    /// The nodes that aliases can name, by the parser's numbers.
    anchors: HashMap<usize, Node>,
    /// The number of nodes so far, copies for aliases included.
    nodes: usize,
    problems: &'a mut Diagnostics,
}

/// A list or mapping whose end was not reached yet.
struct OpenNode {
    start: Span,
    /// The parser's number of its anchor; 0 if it has none.
    anchor: usize,
    content: OpenContent,
}

enum OpenContent {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, seen: HashSet<CompactString>, key: Option<PendingKey>, in_braces: bool },
}

/// A key whose value is still to come.
enum PendingKey {
    Accepted(Key),
    /// The key is a mistake: its value is left out.
    Refused,
}

impl TreeBuilder<'_> {
    /// Takes an event of the parser; false ends the reading.
    fn take(&mut self, event: Event<'_>, span: &YamlSpan) -> bool {
        let at = self.span(span);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problems.push(
                    Diagnostic::new(Code::SecondDocument, at, "a second document in the same file")
                        .help("one incident or rule file holds one document; split the file at `---`"),
                );
                return false;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), at);
                let plain = style == ScalarStyle::Plain;
                let node = Node { span: at, content: Content::Scalar(Scalar { text: text.into(), plain }) };
                return self.place(node, anchor);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), at);
                return self.begin(at, anchor, OpenContent::List(Vec::new()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), at);
                let in_braces = style == StructureStyle::Flow;
                return self.begin(
                    at,
                    anchor,
                    OpenContent::Map { entries: Vec::new(), seen: HashSet::new(), key: None, in_braces },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => return self.end(at.end),
            Event::Alias(anchor) => {
                // The size is checked before copying, so that an alias bomb is never expanded.
                let Some(weight) = self.anchors.get(&anchor).map(size) else {
                    self.problems.push(
                        Diagnostic::new(Code::AliasOfItself, at, "this alias points into what it stands in")
                            .help("write the value out"),
                    );
                    return self.place(null(at), 0);
                };
                self.nodes += weight;
                let copy = self.anchors.get(&anchor).filter(|_| self.nodes <= MAX_NODES).cloned();
                return self.place(copy.map_or_else(|| null(at), |node| Node { span: at, ..node }), 0);
            }
            _ => {}
        }
        true
    }

    fn refuse_tag(&mut self, tag: Option<&Tag>, at: Span) {
        if let Some(tag) = tag.filter(|t| !t.is_yaml_core_schema()) {
            let problem = Diagnostic::new(Code::UnknownTag, at, format!("the tag `{}` means nothing here", tag.original()));
            self.problems.push(problem.help("leave the tag out"));
        }
    }

    fn span(&self, span: &YamlSpan) -> Span {
        let start = span.start.byte_offset().unwrap_or(0).min(self.text.len());
        let end = span.end.byte_offset().unwrap_or(start).clamp(start, self.text.len());
        Span { source: self.id, start, end }
    }

    fn begin(&mut self, start: Span, anchor: usize, content: OpenContent) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.problems.push(too_deep(start));
            return false;
        }
        self.open.push(OpenNode { start, anchor, content });
        true
    }

    fn end(&mut self, end: usize) -> bool {
        let Some(open) = self.open.pop() else { return true };
        let content = match open.content {
            OpenContent::List(mut elements) => {
                elements.shrink_to_fit();
                Content::List(elements)
            }
            OpenContent::Map { mut entries, .. } => {
                entries.shrink_to_fit();
                Content::Map(entries)
            }
        };
        let span = Span { end: end.max(open.start.start), ..open.start };
        self.place(Node { span, content }, open.anchor)
    }

    /// Puts a finished node where it belongs: under the pending key, into the list, or as the root.
    fn place(&mut self, node: Node, anchor: usize) -> bool {
        self.nodes += if anchor == 0 { 1 } else { 1 + size(&node) };
        if self.nodes > MAX_NODES {
            self.problems.push(
                Diagnostic::new(Code::TooManyValues, node.span, format!("the document unfolds to more than {MAX_NODES} values"))
                    .help("an alias may repeat a large part too often; write NDJSON for large inputs"),
            );
            return false;
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(OpenContent::List(elements)) => elements.push(node),
            Some(OpenContent::Map { entries, seen, key, in_braces }) => match key.take() {
                None => *key = Some(accept_key(node, seen, self.problems).map_or(PendingKey::Refused, PendingKey::Accepted)),
                Some(PendingKey::Accepted(key)) => {
                    let cut = entries.last_mut().filter(|_| *in_braces && node.shape() == "nothing");
                    match cut.map(|entry| (cut_off(self.text, entry, &key), entry)) {
                        Some((Some(whole), entry)) => {
                            let at = Span { start: entry.value.span.start, ..key.span };
                            seen.remove(key.text.as_str());
                            report_comma(&entry.key.text, &entry.value, &whole, at, self.problems);
                            entry.value = Node { span: at, content: Content::Scalar(Scalar { text: whole.into(), plain: true }) };
                        }
                        _ => entries.push(Entry { key, value: node }),
                    }
                }
                Some(PendingKey::Refused) => {}
            },
        }
        true
    }

    /// Closes what a syntax error or a limit left open. A key whose value was not read is left out.
    fn finish(mut self) -> Option<Node> {
        while !self.open.is_empty() {
            if let Some(open) = self.open.last_mut() {
                open.anchor = 0;
            }
            self.nodes = 0;
            self.end(self.text.len());
        }
        self.root
    }
}

fn accept_key(node: Node, seen: &mut HashSet<CompactString>, problems: &mut Diagnostics) -> Option<Key> {
    let Content::Scalar(scalar) = node.content else {
        problems.push(Diagnostic::new(Code::KeyNotAWord, node.span, "a key is a word, not a list or a mapping"));
        return None;
    };
    if scalar.text == "<<" && scalar.plain {
        problems
            .push(Diagnostic::new(Code::MergeKey, node.span, "merge keys are not part of the format").help("write the keys out"));
        return None;
    }
    if !seen.insert(scalar.text.clone()) {
        let problem =
            Diagnostic::new(Code::DuplicateKey, node.span, format!("the key `{}` stands twice in the same mapping", scalar.text));
        problems.push(problem.help("the first was read and this one was not; keep one of them"));
        return None;
    }
    Some(Key { span: node.span, text: scalar.text })
}

/// The text that a comma inside braces has cut in two, of which the second half became a key without a value:
/// `{quantity: 5,000 bbl}`. `None` if something else stands between the two, or if the second could be meant as a key.
fn cut_off(text: &str, before: &Entry, key: &Key) -> Option<String> {
    let is_plain = matches!(&before.value.content, Content::Scalar(scalar) if scalar.plain && !scalar.text.is_empty());
    let between = text.get(before.value.span.end..key.span.start)?;
    let whole = text.get(before.value.span.start..key.span.end)?;
    let is_word = key.text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    (is_plain && !is_word && between.trim() == "," && !between.contains('\n')).then(|| whole.to_owned())
}

/// Reports a value that a comma has cut in two. A value that was cut before is reported once, as a whole.
fn report_comma(key: &str, before: &Node, whole: &str, at: Span, problems: &mut Diagnostics) {
    let is_of_comma = |code| matches!(code, Code::CommaInValue | Code::CommaInNumber);
    problems.drop_last_if(|last| is_of_comma(last.code) && last.at.is_some_and(|last| last.start == before.span.start));
    let rest = whole.split_once(',').map_or(whole, |(first, _)| first);
    let (code, message) = if commas_group_digits(whole) {
        (Code::CommaInNumber, format!("read the value of `{key}` as `{whole}`, though a comma inside braces ends a value"))
    } else {
        (Code::CommaInValue, format!("the comma ends the value of `{key}` behind `{rest}`"))
    };
    let quoted = if whole.contains('"') { format!("'{}'", whole.replace('\'', "''")) } else { format!("\"{whole}\"") };
    problems.push(Diagnostic::new(code, at, message).help(format!("put it in quotes: `{key}: {quoted}`")));
}

/// True if every comma of a text stands between a digit and a group of three digits: `25,500 tonnes`.
fn commas_group_digits(text: &str) -> bool {
    let mut parts = text.split(',');
    let begins = |part: &str, digits: usize| part.bytes().take_while(u8::is_ascii_digit).count() == digits;
    parts.next().is_some_and(|first| first.ends_with(|c: char| c.is_ascii_digit())) && parts.all(|part| begins(part, 3))
}

fn null(span: Span) -> Node {
    Node { span, content: Content::Scalar(Scalar { text: CompactString::default(), plain: true }) }
}

fn size(node: &Node) -> usize {
    1 + match &node.content {
        Content::Scalar(_) => 0,
        Content::List(elements) => elements.iter().map(size).sum(),
        Content::Map(entries) => entries.iter().map(|e| 1 + size(&e.value)).sum(),
    }
}
