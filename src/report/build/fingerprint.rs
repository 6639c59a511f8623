//! The fingerprint: an identifier of a finding that stays the same when lines move or other items are added.

use sha2::{Digest, Sha256};

use crate::document::hex;
use crate::facts::Item;

use super::super::model::Subject;

pub(super) fn fingerprint(rule: &str, incident: &str, transaction: &str, subject: Option<String>) -> String {
    let mut hash = Sha256::new();
    for part in [rule, incident, transaction, subject.as_deref().unwrap_or_default()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    hex(digest.get(..16).unwrap_or(&digest))
}

/// The label, and which of the items of that label it is: stays the same when other items come or go.
pub(super) fn occurrence(items: &[Item], subject: &Subject) -> String {
    let before = (0..subject.item).filter(|i| label(items, *i) == subject.label).count();
    format!("{}#{before}", subject.label)
}

/// The label of an item: its description, else its code.
pub(super) fn label(items: &[Item], index: usize) -> String {
    let Some(item) = items.get(index) else { return format!("item {}", index + 1) };
    let code = || item.hs.is().and_then(|c| c.first()).map(|c| format!("HS {c}"));
    item.description.as_deref().map(str::to_owned).or_else(code).unwrap_or_else(|| format!("item {}", index + 1))
}
