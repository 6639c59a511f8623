//! Reads a JSON report from disk with one transaction in memory at a time.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::report::{SEAL, Seal, Sealing};

use super::unique_keys::{UniqueKeys, next_key};

const INCIDENTS: &str = "incidents";
const TRANSACTIONS: &str = "transactions";

/// Why a report could not be read: the file, or the JSON in it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ReportReadError(#[from] Cause);

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error("it cannot be read: {0}")]
    File(#[from] io::Error),
    #[error("it is no JSON report: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<io::Error> for ReportReadError {
    fn from(error: io::Error) -> Self {
        Self(error.into())
    }
}

impl From<serde_json::Error> for ReportReadError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.into())
    }
}

/// A report on disk of which everything but the incidents has been read.
#[derive(Debug, Clone)]
pub struct OpenedReport {
    /// Every key of the report but `incidents` and `seal`.
    pub head: Map<String, Value>,
    /// The seal, if the report has one in the form that this program writes.
    pub seal: Option<Seal>,
}

/// Receives the incidents and transactions of a report in their order.
pub(super) trait ReportVisitor {
    /// Receives the keys of an incident that come before its transactions.
    fn begin_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()>;
    /// Receives the next transaction of the incident.
    fn transaction(&mut self, transaction: Value) -> io::Result<()>;
    /// Receives all keys of the incident but `transactions`, after its last transaction.
    fn end_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()>;
}

/// Reads everything of a report but its incidents, whatever the order of the keys.
///
/// # Errors
///
/// If the file cannot be read, or is no JSON object with `incidents` in which no key is repeated.
pub fn open(report: &Path) -> Result<OpenedReport, ReportReadError> {
    let mut head = read(report, TopLevel { visitor: None })?;
    let seal = head.remove(SEAL).and_then(|seal| serde_json::from_value(seal).ok());
    Ok(OpenedReport { head, seal })
}

/// Computes the seal that a report must have from its content. `head` is that of the [`OpenedReport`].
///
/// # Errors
///
/// If the report cannot be read.
pub fn compute_seal(report: &Path, head: &Map<String, Value>) -> Result<Seal, ReportReadError> {
    let mut sealing = Sealing::open(head)?;
    visit(report, &mut sealing)?;
    Ok(sealing.close())
}

/// Hands every incident and transaction of a report to a visitor.
pub(super) fn visit(report: &Path, visitor: &mut dyn ReportVisitor) -> Result<(), ReportReadError> {
    read(report, TopLevel { visitor: Some(visitor) }).map(|_| ())
}

fn read(report: &Path, top: TopLevel<'_>) -> Result<Map<String, Value>, ReportReadError> {
    // A pipe could be read once, and a device without end.
    if !std::fs::metadata(report)?.is_file() {
        return Err(io::Error::other("it is no file").into());
    }
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(File::open(report)?));
    let head = top.deserialize(&mut json)?;
    json.end()?;
    Ok(head)
}

impl ReportVisitor for Sealing {
    fn begin_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        self.open_incident(keys)
    }

    fn transaction(&mut self, transaction: Value) -> io::Result<()> {
        Sealing::transaction(self, &transaction)
    }

    fn end_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        self.close_incident(keys)
    }
}

/// The report itself. Without a visitor its incidents are skipped.
struct TopLevel<'v> {
    visitor: Option<&'v mut dyn ReportVisitor>,
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut head = Map::new();
        let mut listed = false;
        while let Some(key) = next_key(&mut map, |key| head.contains_key(key) || (listed && key == INCIDENTS))? {
            if key != INCIDENTS {
                let UniqueKeys(value) = map.next_value()?;
                head.insert(key, value);
                continue;
            }
            listed = true;
            match &mut self.visitor {
                None => map.next_value::<IgnoredAny>().map(|_| ())?,
                Some(visitor) => map.next_value_seed(Incidents { visitor: &mut **visitor })?,
            }
        }
        if listed { Ok(head) } else { Err(A::Error::missing_field(INCIDENTS)) }
    }
}

/// The list of incidents.
struct Incidents<'v> {
    visitor: &'v mut dyn ReportVisitor,
}

impl<'de> DeserializeSeed<'de> for Incidents<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Incidents<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of incidents")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Incident { visitor: &mut *self.visitor })?.is_some() {}
        Ok(())
    }
}

/// An incident.
struct Incident<'v> {
    visitor: &'v mut dyn ReportVisitor,
}

impl<'de> DeserializeSeed<'de> for Incident<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Incident<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an incident")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = Map::new();
        let mut listed = false;
        while let Some(key) = next_key(&mut map, |key| keys.contains_key(key) || (listed && key == TRANSACTIONS))? {
            if key == TRANSACTIONS {
                listed = true;
                self.visitor.begin_incident(&keys).map_err(A::Error::custom)?;
                map.next_value_seed(TransactionList { visitor: &mut *self.visitor })?;
                continue;
            }
            // The seal needs keys in sorted order, and there may be too many transactions to keep them until a later key.
            if listed && key.encode_utf16().lt(TRANSACTIONS.encode_utf16()) {
                return Err(A::Error::custom(format!("`{key}` stands after `{TRANSACTIONS}`")));
            }
            let UniqueKeys(value) = map.next_value()?;
            keys.insert(key, value);
        }
        if !listed {
            return Err(A::Error::missing_field(TRANSACTIONS));
        }
        self.visitor.end_incident(&keys).map_err(A::Error::custom)
    }
}

/// The transactions of an incident.
struct TransactionList<'v> {
    visitor: &'v mut dyn ReportVisitor,
}

impl<'de> DeserializeSeed<'de> for TransactionList<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for TransactionList<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of transactions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(UniqueKeys(transaction)) = list.next_element()? {
            self.visitor.transaction(transaction).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
