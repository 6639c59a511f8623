//! The seal of a JSON report: SHA-256 over its canonical form (RFC 8785), all but the seal itself.
//!
//! The canonical form sorts keys and knows no blanks, so a report that was indented anew, or whose keys were sorted, is
//! still the same report. It is hashed piece by piece, since the report may be longer than fits into memory.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::document::hex;

/// The last key of a report.
pub const SEAL: &str = "seal";

const INCIDENTS: &str = "incidents";
const TRANSACTIONS: &str = "transactions";

/// The seal of a report: a digest of its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The algorithm: `sha256`.
    pub algorithm: String,
    /// What the digest is computed from, in words.
    pub of: String,
    /// The digest, in hexadecimal digits.
    pub value: String,
}

impl Seal {
    /// The seal of a digest.
    pub fn new(value: String) -> Self {
        Self { algorithm: "sha256".to_owned(), of: "canonical JSON of everything above".to_owned(), value }
    }
}

/// Computes a seal incrementally: the head, then each incident with its transactions, in the order of the report.
#[derive(Debug)]
pub struct Sealing {
    hash: Sha256,
    /// Keys that come after the list that is open.
    after_incidents: Vec<u8>,
    first_incident: bool,
    first_transaction: bool,
}

impl Sealing {
    /// Begins with every key of the report but `incidents` and `seal`.
    pub fn open(head: &Map<String, Value>) -> io::Result<Self> {
        let (before, after_incidents) = around(head, INCIDENTS)?;
        let mut sealing = Self { hash: Sha256::new(), after_incidents, first_incident: true, first_transaction: true };
        sealing.hash.update(b"{");
        sealing.hash.update(before);
        sealing.hash.update(format!("\"{INCIDENTS}\":["));
        Ok(sealing)
    }

    /// Begins an incident, with those of its keys that come before `transactions`.
    pub fn open_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        let (before, _) = around(keys, TRANSACTIONS)?;
        self.hash.update(if self.first_incident { "{" } else { ",{" });
        self.first_incident = false;
        self.first_transaction = true;
        self.hash.update(before);
        self.hash.update(format!("\"{TRANSACTIONS}\":["));
        Ok(())
    }

    /// The next transaction of the incident.
    pub fn transaction(&mut self, transaction: &impl Serialize) -> io::Result<()> {
        if !self.first_transaction {
            self.hash.update(b",");
        }
        self.first_transaction = false;
        self.hash.update(serde_json_canonicalizer::to_vec(transaction)?);
        Ok(())
    }

    /// Ends the incident, with those of its keys that come after `transactions`.
    pub fn close_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        let (_, after) = around(keys, TRANSACTIONS)?;
        self.hash.update(b"]");
        self.hash.update(after);
        self.hash.update(b"}");
        Ok(())
    }

    /// Ends the report and returns its seal.
    pub fn close(mut self) -> Seal {
        self.hash.update(b"]");
        self.hash.update(&self.after_incidents);
        self.hash.update(b"}");
        Seal::new(hex(&self.hash.finalize()))
    }
}

/// The keys of a mapping as they are sorted around the one whose value is written by itself: those before it with a
/// comma after each, those after it with a comma before each.
fn around(keys: &Map<String, Value>, list: &str) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut sorted: Vec<(&String, &Value)> = keys.iter().filter(|(key, _)| *key != list && *key != SEAL).collect();
    // RFC 8785 sorts by UTF-16 code units.
    sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (key, value) in sorted {
        let is_before = key.encode_utf16().lt(list.encode_utf16());
        let into = if is_before { &mut before } else { &mut after };
        if !is_before {
            into.push(b',');
        }
        into.extend(serde_json_canonicalizer::to_vec(key)?);
        into.push(b':');
        into.extend(serde_json_canonicalizer::to_vec(value)?);
        if is_before {
            into.push(b',');
        }
    }
    Ok((before, after))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Sealing, Sha256, hex};
    use sha2::Digest as _;

    #[test]
    fn the_pieces_are_the_canonical_form_of_the_whole() {
        let whole = json!({
            "schema": "x", "a": 1, "b": {"z": [1, null], "y": "é\u{2028}"}, "zzz": true,
            "incidents": [
                {"id": "one", "title": null, "verdict": "v", "transactions": [{"id": "t", "at": "x"}, {"id": "u"}]},
                {"id": "two", "verdict": null, "transactions": []}
            ]
        });
        let expected = hex(&Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap()));
        let mut sealing = Sealing::open(whole.as_object().unwrap()).unwrap();
        for incident in whole["incidents"].as_array().unwrap() {
            let keys = incident.as_object().unwrap();
            sealing.open_incident(keys).unwrap();
            for transaction in incident["transactions"].as_array().unwrap() {
                sealing.transaction(transaction).unwrap();
            }
            sealing.close_incident(keys).unwrap();
        }
        assert_eq!(sealing.close().value, expected);
    }
}
