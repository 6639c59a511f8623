//! Reads a JSON report from disk, one transaction in memory at a time.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::report::{SEAL, Seal, Sealing};

use super::strict::{Strict, next_key};

const INCIDENTS: &str = "incidents";
const TRANSACTIONS: &str = "transactions";

/// Why a report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file.
    #[error("it cannot be read: {0}")]
    File(#[from] io::Error),
    /// What stands in it.
    #[error("it is no JSON report: {0}")]
    Json(#[from] serde_json::Error),
}

/// A report without its incidents.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Every key but `incidents` and `seal`.
    pub head: Map<String, Value>,
    /// Its seal, if it has one in the form that this program writes.
    pub seal: Option<Seal>,
}

/// What is done with each incident and transaction of a report.
pub(super) trait Visit {
    /// An incident begins, with the keys that stand before its transactions.
    fn incident(&mut self, keys: &Map<String, Value>) -> io::Result<()>;
    /// Its next transaction.
    fn transaction(&mut self, transaction: Value) -> io::Result<()>;
    /// It ends, with all of its keys but the transactions.
    fn end(&mut self, keys: &Map<String, Value>) -> io::Result<()>;
}

/// Reads everything but the incidents, whatever the order of the keys.
pub fn open(report: &Path) -> Result<Opened, Unreadable> {
    let mut head = read(report, TopLevel { visit: None })?;
    let seal = head.remove(SEAL).and_then(|seal| serde_json::from_value(seal).ok());
    Ok(Opened { head, seal })
}

/// The seal that a report must have.
pub fn seal_of(report: &Path, head: &Map<String, Value>) -> Result<Seal, Unreadable> {
    let mut sealing = Sealing::open(head)?;
    walk(report, &mut sealing)?;
    Ok(sealing.close())
}

/// Hands out every incident and transaction in the order of the report.
pub(super) fn walk(report: &Path, visit: &mut dyn Visit) -> Result<(), Unreadable> {
    read(report, TopLevel { visit: Some(visit) }).map(|_| ())
}

fn read(report: &Path, top: TopLevel<'_>) -> Result<Map<String, Value>, Unreadable> {
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(File::open(report)?));
    let head = top.deserialize(&mut json)?;
    json.end()?;
    Ok(head)
}

impl Visit for Sealing {
    fn incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        self.open_incident(keys)
    }

    fn transaction(&mut self, transaction: Value) -> io::Result<()> {
        Sealing::transaction(self, &transaction)
    }

    fn end(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        self.close_incident(keys)
    }
}

/// The report itself; with no visit its incidents are passed over.
struct TopLevel<'v> {
    visit: Option<&'v mut dyn Visit>,
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
                let Strict(value) = map.next_value()?;
                head.insert(key, value);
                continue;
            }
            listed = true;
            match &mut self.visit {
                None => map.next_value::<IgnoredAny>().map(|_| ())?,
                Some(visit) => map.next_value_seed(Incidents { visit: &mut **visit })?,
            }
        }
        if listed { Ok(head) } else { Err(A::Error::missing_field(INCIDENTS)) }
    }
}

/// The list of incidents.
struct Incidents<'v> {
    visit: &'v mut dyn Visit,
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
        while list.next_element_seed(Incident { visit: &mut *self.visit })?.is_some() {}
        Ok(())
    }
}

/// One incident.
struct Incident<'v> {
    visit: &'v mut dyn Visit,
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
                self.visit.incident(&keys).map_err(A::Error::custom)?;
                map.next_value_seed(TransactionList { visit: &mut *self.visit })?;
                continue;
            }
            // What is sorted before the transactions was to be sealed before them. They may be too many to wait for.
            if listed && key.encode_utf16().lt(TRANSACTIONS.encode_utf16()) {
                return Err(A::Error::custom(format!("`{key}` stands after `{TRANSACTIONS}`")));
            }
            let Strict(value) = map.next_value()?;
            keys.insert(key, value);
        }
        if !listed {
            return Err(A::Error::missing_field(TRANSACTIONS));
        }
        self.visit.end(&keys).map_err(A::Error::custom)
    }
}

/// The transactions of an incident.
struct TransactionList<'v> {
    visit: &'v mut dyn Visit,
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
        while let Some(Strict(transaction)) = list.next_element()? {
            self.visit.transaction(transaction).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
