//! The fingerprint: an identifier of a finding that stays the same when lines move or other items are added.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::document::hex;
use crate::facts::Item;

pub(super) fn fingerprint(rule: &str, incident: &str, transaction: &str, subject: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for part in [rule, incident, transaction, subject.unwrap_or_default()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    hex(digest.get(..16).unwrap_or(&digest))
}

/// An item as findings name it.
pub(super) struct NamedItem {
    /// Its [`label`].
    pub(super) label: String,
    /// The label, and which of the items of that label it is: stays the same when other items come or go.
    pub(super) occurrence: String,
}

/// All items of a transaction, in their order.
pub(super) fn named_items(items: &[Item]) -> Vec<NamedItem> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let named = (0..items.len()).map(|index| {
        let label = label(items, index);
        let count = counts.entry(label.clone()).or_default();
        let occurrence = format!("{label}#{count}");
        *count += 1;
        NamedItem { label, occurrence }
    });
    named.collect()
}

/// The label of an item: its description, else its code.
fn label(items: &[Item], index: usize) -> String {
    let Some(item) = items.get(index) else { return format!("item {}", index + 1) };
    let code = || item.hs.is().and_then(|c| c.first()).map(|c| format!("HS {c}"));
    item.description.as_deref().map(str::to_owned).or_else(code).unwrap_or_else(|| format!("item {}", index + 1))
}
