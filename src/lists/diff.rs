//! What changed between two copies of a list.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::entry::{Entry, EntryKind, List};

/// One entry that differs between two copies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Only the newer copy has it.
    Listed {
        /// Its reference number.
        reference: String,
        /// Its primary name.
        name: String,
        /// Person, entity or vessel.
        kind: EntryKind,
    },
    /// Only the older copy has it.
    Delisted {
        /// Its reference number.
        reference: String,
        /// Its primary name.
        name: String,
        /// Person, entity or vessel.
        kind: EntryKind,
    },
    /// Both have it, with different facts.
    Amended {
        /// Its reference number.
        reference: String,
        /// Its primary name in the newer copy.
        name: String,
        /// What differs.
        fields: Vec<FieldChange>,
        /// True if a name, date of birth, nationality, document, gender or date of listing differs, so that screening may come out otherwise.
        concerns_screening: bool,
    },
}

impl Change {
    /// The reference number of the entry.
    pub fn reference(&self) -> &str {
        match self {
            Change::Listed { reference, .. } | Change::Delisted { reference, .. } | Change::Amended { reference, .. } => {
                reference
            }
        }
    }
}

/// One fact of an entry that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// The field, as in the JSON form of the entry.
    pub field: String,
    /// What only the older copy has.
    pub removed: Vec<Value>,
    /// What only the newer copy has.
    pub added: Vec<Value>,
}

/// The fields that screening uses.
const SCREENED: &[&str] = &[
    "kind",
    "name_parts",
    "original_script",
    "aliases",
    "births",
    "nationalities",
    "documents",
    "gender",
    "listed_on",
    "delisted_on",
];

/// The changes from an older copy to a newer one, by reference number.
pub fn diff(old: &List, new: &List) -> Vec<Change> {
    let old: BTreeMap<&str, &Entry> = old.entries.iter().map(|entry| (entry.reference.as_str(), entry)).collect();
    let new: BTreeMap<&str, &Entry> = new.entries.iter().map(|entry| (entry.reference.as_str(), entry)).collect();
    let mut references: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
    references.sort_unstable();
    references.dedup();
    let mut changes = Vec::new();
    for reference in references {
        match (old.get(reference), new.get(reference)) {
            (None, Some(entry)) => {
                changes.push(Change::Listed { reference: reference.to_owned(), name: entry.primary_name(), kind: entry.kind });
            }
            (Some(entry), None) => {
                changes.push(Change::Delisted { reference: reference.to_owned(), name: entry.primary_name(), kind: entry.kind });
            }
            (Some(before), Some(after)) if before != after => changes.push(amended(reference, before, after)),
            _ => {}
        }
    }
    changes
}

fn amended(reference: &str, before: &Entry, after: &Entry) -> Change {
    let mut fields = Vec::new();
    if let (Ok(Value::Object(before)), Ok(Value::Object(after))) = (serde_json::to_value(before), serde_json::to_value(after)) {
        for (field, new) in &after {
            let old = before.get(field).cloned().unwrap_or_default();
            if old != *new {
                let (old, new) = (items(&old), items(new));
                fields.push(FieldChange {
                    field: field.clone(),
                    removed: old.iter().filter(|item| !new.contains(item)).cloned().collect(),
                    added: new.iter().filter(|item| !old.contains(item)).cloned().collect(),
                });
            }
        }
    }
    let concerns_screening = fields.iter().any(|change| SCREENED.contains(&change.field.as_str()));
    Change::Amended { reference: reference.to_owned(), name: after.primary_name(), fields, concerns_screening }
}

fn items(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.clone(),
        other => vec![other.clone()],
    }
}
