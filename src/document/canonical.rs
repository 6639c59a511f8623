//! Canonical JSON (RFC 8785) and its digest, from which seals are made.

use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Content, Node, Scalar, hex};

/// SHA-256 of a value as canonical JSON, in hexadecimal digits.
pub fn canonical_digest(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(hex(&Sha256::digest(serde_json_canonicalizer::to_vec(value)?)))
}

/// Converts a tree to JSON. Scalars without quotes become `null`, `true`, `false` or whole numbers as in YAML 1.2, otherwise
/// strings, so that every tool reads the same from a file that quotes its strings.
pub fn json_of(node: &Node) -> Value {
    match &node.content {
        Content::Scalar(scalar) => scalar_of(scalar),
        Content::List(elements) => Value::Array(elements.iter().map(json_of).collect()),
        Content::Map(entries) => {
            entries.iter().map(|e| (e.key.text.to_string(), json_of(&e.value))).collect::<Map<_, _>>().into()
        }
    }
}

fn scalar_of(scalar: &Scalar) -> Value {
    if scalar.is_null() {
        return Value::Null;
    }
    // Only the shortest digits are a number: `007` and `1e3` stay what they are.
    let number = || scalar.text.parse::<u64>().ok().filter(|n| scalar.plain && n.to_string() == scalar.text);
    match scalar.as_bool() {
        Some(truth) => Value::Bool(truth),
        None => number().map_or_else(|| Value::String(scalar.text.to_string()), Value::from),
    }
}
