//! The JSON report.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

use crate::engine::Verdict;

use super::inert::is_unsafe;
use super::{IncidentReport, Report, Seal, Sealing};

/// The report as JSON, two spaces of indentation, keys in the order of the schema, its seal and a line break at the
/// end.
///
/// It is written transaction by transaction, so that a report may be longer than fits into memory.
pub fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    sealed_json(report, out).map(drop)
}

/// [`json`], returning the seal: what is signed is what was written, whatever happens to the file afterwards.
pub fn sealed_json(report: &Report, out: &mut dyn Write) -> io::Result<Seal> {
    // The head is written without its closing brace, and the incidents take its place.
    let head = pretty(&report.head, 0)?;
    out.write_all(head.trim_end_matches(['}', '\n']).as_bytes())?;
    out.write_all(b",\n  \"incidents\": ")?;
    let mut sealing = Sealing::open(&keys(&report.head)?)?;
    let mut list = List::open(out, 1)?;
    for incident in &report.incidents {
        list.element(out)?;
        incident_json(incident, &mut sealing, out)?;
    }
    list.close(out)?;
    let seal = sealing.close();
    write!(out, ",\n  \"seal\": {}\n}}\n", pretty(&seal, 1)?)?;
    Ok(seal)
}

fn incident_json(incident: &IncidentReport, sealing: &mut Sealing, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Opening<'a> {
        id: &'a str,
        title: Option<&'a str>,
        verdict: Option<Verdict>,
    }
    let opening = Opening { id: &incident.id, title: incident.title.as_deref(), verdict: incident.verdict };
    let opening_keys = keys(&opening)?;
    sealing.open_incident(&opening_keys)?;
    out.write_all(pretty(&opening, 2)?.trim_end_matches(['}', '\n', ' ']).as_bytes())?;
    out.write_all(b",\n      \"transactions\": ")?;
    let mut list = List::open(out, 3)?;
    for transaction in incident.transactions.iter() {
        list.element(out)?;
        let transaction = transaction?;
        sealing.transaction(&*transaction)?;
        out.write_all(pretty(&*transaction, 4)?.as_bytes())?;
    }
    list.close(out)?;
    sealing.close_incident(&opening_keys)?;
    out.write_all(b"\n    }")
}

/// A list that is written element by element at some depth of indentation.
pub(super) struct List {
    depth: usize,
    empty: bool,
}

impl List {
    pub fn open(out: &mut dyn Write, depth: usize) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { depth, empty: true })
    }

    pub fn element(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.empty { "" } else { "," };
        self.empty = false;
        write!(out, "{comma}\n{}", "  ".repeat(self.depth + 1))
    }

    pub fn close(self, out: &mut dyn Write) -> io::Result<()> {
        if self.empty { out.write_all(b"]") } else { write!(out, "\n{}]", "  ".repeat(self.depth)) }
    }
}

/// The entries of a value that serialises to a JSON object.
fn keys(value: &impl Serialize) -> io::Result<Map<String, Value>> {
    match serde_json::to_value(value)? {
        Value::Object(keys) => Ok(keys),
        _ => Ok(Map::new()),
    }
}

/// A value as indented JSON, all lines but the first moved to a depth.
pub(super) fn pretty(value: &impl Serialize, depth: usize) -> io::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, PrettyFormatter::new()))?;
    let text = written_inert(bytes)?;
    Ok(if depth == 0 { text } else { text.replace('\n', &format!("\n{}", "  ".repeat(depth))) })
}

/// Adds a value as JSON in one line, without a line break.
pub fn compact(value: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, value)?;
    if out.get(start..).is_some_and(may_steer) {
        let json = written_inert(out.split_off(start))?;
        out.extend(json.as_bytes());
    }
    Ok(())
}

/// JSON as it goes out. Who reads it gets the same strings, so the seal, which is taken over what is read, holds.
fn written_inert(json: Vec<u8>) -> io::Result<String> {
    let json = String::from_utf8(json).map_err(io::Error::other)?;
    Ok(match escaped(&json) {
        Cow::Borrowed(_) => json,
        Cow::Owned(escaped) => escaped,
    })
}

const DEL: u8 = 0x7f;

/// False if nothing in a text could steer what shows it: all that could is DEL or no ASCII, which few texts have.
fn may_steer(text: &[u8]) -> bool {
    !text.is_ascii() || memchr::memchr(DEL, text).is_some()
}

/// The characters that could steer what shows them, by their numbers. Those below DEL are escaped by every writer of
/// JSON; the others stand only within strings, so the whole text can be gone through.
fn escaped(json: &str) -> Cow<'_, str> {
    let steers = |c: char| c >= char::from(DEL) && is_unsafe(c);
    if !may_steer(json.as_bytes()) || !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{compact, escaped, is_unsafe};

    #[test]
    fn control_characters_are_written_by_number() {
        let text = "a\u{202e}b\u{7f}c\u{85}d\u{200f}é\n";
        let mut line = "\u{85}what stood there".as_bytes().to_vec();
        compact(&text, &mut line).unwrap();
        let line = String::from_utf8(line).unwrap();
        let json = line.strip_prefix("\u{85}what stood there").unwrap();
        assert_eq!(json, r#""a\u202eb\u007fc\u0085d\u200fé\n""#);
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        assert!(matches!(escaped("{\n  \"é\": 1\n}"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_that_steers_is_overlooked() {
        for c in ('\u{7f}'..=char::MAX).filter(|c| is_unsafe(*c)) {
            let json = escaped(&format!("\"{c}\"")).into_owned();
            assert!(json.is_ascii(), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), c.to_string());
        }
    }
}
