//! The YAML writer: mappings in a set order, one key a line, texts in quotes where they need them, and comments.
//!
//! The same value has the same text, and [`read_yaml`](super::read_yaml) reads from it what was written.

use serde_json::{Map, Value};

/// Which texts are put into quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// All of them, so that the text is read alike by every tool for YAML or JSON.
    Always,
    /// Those that without quotes would be read as something else.
    WhenNeeded,
}

/// YAML as it is being written.
#[derive(Debug)]
pub struct YamlWriter {
    text: String,
    quoting: Quoting,
    key_order: &'static [&'static str],
    depth: usize,
}

impl YamlWriter {
    /// An empty document. Keys are written in the given order, those not in it after them, sorted.
    pub fn new(quoting: Quoting, key_order: &'static [&'static str]) -> Self {
        Self { text: String::new(), quoting, key_order, depth: 0 }
    }

    /// The text that was written.
    pub fn finish(self) -> String {
        self.text
    }

    /// Writes a comment, each of its lines on one of its own.
    pub fn comment(&mut self, comment: &str) {
        for line in comment.lines() {
            self.indent();
            self.text.push_str("# ");
            line.chars().for_each(|c| push_escaped(c, &mut self.text));
            self.text.push('\n');
        }
    }

    /// Writes the entries of a mapping, a line each; those whose keys are `nested` have a line for each of their own entries.
    pub fn mapping(&mut self, map: &Map<String, Value>, nested: &[&str]) {
        for (key, value) in self.in_order(map) {
            match value {
                Value::Object(inner) if nested.contains(&key.as_str()) => {
                    self.key(key);
                    self.text.push('\n');
                    self.depth += 1;
                    self.mapping(inner, nested);
                    self.depth -= 1;
                }
                value => self.entry(key, value),
            }
        }
    }

    /// Writes a key and its value: on one line, or a list with a line for each element.
    pub fn entry(&mut self, key: &str, value: &Value) {
        self.key(key);
        match value {
            Value::Array(elements) if !elements.is_empty() => {
                for element in elements {
                    self.text.push('\n');
                    self.indent();
                    self.text.push_str("  - ");
                    self.flow(element);
                }
            }
            other => {
                self.text.push(' ');
                self.flow(other);
            }
        }
        self.text.push('\n');
    }

    fn key(&mut self, key: &str) {
        self.indent();
        self.flow_key(key);
        self.text.push(':');
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn in_order<'m>(&self, map: &'m Map<String, Value>) -> Vec<(&'m String, &'m Value)> {
        let mut entries: Vec<_> = map.iter().collect();
        let position = |key: &str| self.key_order.iter().position(|k| *k == key).unwrap_or(self.key_order.len());
        entries.sort_by_key(|(key, _)| (position(key), *key));
        entries
    }

    /// Writes a value on one line.
    fn flow(&mut self, value: &Value) {
        match value {
            Value::String(text) if self.quoting == Quoting::WhenNeeded && is_plain(text) => self.text.push_str(text),
            Value::String(text) => self.quoted(text),
            Value::Array(elements) => self.flow_list('[', elements, ']', Self::flow),
            Value::Object(map) => self.flow_list('{', &self.in_order(map), '}', |writer, (key, value)| {
                writer.flow_key(key);
                writer.text.push_str(": ");
                writer.flow(value);
            }),
            other => self.text.push_str(&other.to_string()),
        }
    }

    fn flow_list<T>(&mut self, opening: char, elements: &[T], closing: char, mut write: impl FnMut(&mut Self, &T)) {
        self.text.push(opening);
        for (index, element) in elements.iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { ", " });
            write(self, element);
        }
        self.text.push(closing);
    }

    fn flow_key(&mut self, key: &str) {
        let is_bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if is_bare { self.text.push_str(key) } else { self.quoted(key) }
    }

    /// Writes a text in quotes, as both YAML and JSON read it.
    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                c => push_escaped(c, &mut self.text),
            }
        }
        self.text.push('"');
    }
}

/// Writes a character, escaped if a terminal or YAML would not show it as itself.
fn push_escaped(c: char, text: &mut String) {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
        text.push_str(&format!("\\u{:04x}", u32::from(c)));
    } else {
        text.push(c);
    }
}

/// True if a text without quotes is read as itself, in a list or mapping on one line too: it begins with a letter or digit, has
/// no character with a meaning in YAML, and is neither a number nor a word that YAML 1.1 or 1.2 reads as a value.
fn is_plain(text: &str) -> bool {
    let is_harmless =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '\'' | '+' | '%' | ';');
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_number = text.replace('_', "").parse::<f64>().is_ok() || ["0x", "0o", "0b"].iter().any(|base| text.starts_with(base));
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.chars().all(is_harmless)
        && !is_number
        && !words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Quoting, YamlWriter};
    use crate::document::{Diagnostics, SourceMap, SourceText, json_of, read_yaml};

    fn written(value: &Value, quoting: Quoting) -> String {
        let mut writer = YamlWriter::new(quoting, &["id", "date", "to"]);
        writer.comment("first line\nsecond\u{7} line");
        writer.mapping(value.as_object().unwrap(), &["deeper"]);
        writer.finish()
    }

    fn read(text: &str) -> Value {
        let (mut sources, mut problems) = (SourceMap::default(), Diagnostics::default());
        let id = sources.add(SourceText::new("file", text));
        let tree = read_yaml(id, sources.get(id).unwrap(), &mut problems);
        assert!(problems.is_empty(), "{text}\n{problems:?}");
        json_of(&tree.unwrap())
    }

    #[test]
    fn keys_are_in_order_and_texts_are_quoted_where_needed() {
        let value = json!({
            "to": "CN", "items": [{"to": "no", "id": "coal, lump"}, 7], "id": "a-1", "date": "2018-03-01",
            "deeper": {"b": [], "a": {"x y": "1e3"}}
        });
        let expected = "# first line\n# second\\u0007 line\nid: a-1\ndate: 2018-03-01\nto: CN\ndeeper:\n  a: {\"x y\": \"1e3\"}\n  b: []\n\
            items:\n  - {id: \"coal, lump\", to: \"no\"}\n  - 7\n";
        assert_eq!(written(&value, Quoting::WhenNeeded), expected);
        assert!(written(&value, Quoting::Always).contains("\nid: \"a-1\"\ndate: \"2018-03-01\"\n"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        const PIECES: [&str; 24] = [
            "a", "0", "1", "-", " ", ":", "#", ",", "[", "}", "\"", "'", "\\", "\n", "\t", "&", "*", "!", "|", "~", "é", "炮",
            "\u{feff}", "true",
        ];
        for number in 0..PIECES.len().pow(3) {
            let text: String = (0..3).map(|place| PIECES[number / PIECES.len().pow(place) % PIECES.len()]).collect();
            let value =
                json!({"list": [text.as_str(), {"in": [text.as_str()]}], "own": text.as_str(), "deeper": {text.as_str(): 1}});
            for quoting in [Quoting::Always, Quoting::WhenNeeded] {
                assert_eq!(read(&written(&value, quoting)), value);
            }
        }
    }
}
