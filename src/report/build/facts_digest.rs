//! The digest of what is reported of a transaction. A decision names it, and no longer holds once something else is reported.

use serde_json::{Map, Value};

use crate::document::{Diagnostics, Node, SourceMap, canonical_digest, json_of, read_json};
use crate::facts::{ReportedIncident, TransactionText};

/// The number of digits of each of the two halves.
const HALF: usize = 16;

/// The digest of what is reported of a transaction: 16 hexadecimal digits for the transaction, 16 for what its incident reports
/// beside its transactions. Places, and the order of keys, are not in it; `None` if the incident was not read from an input.
pub(super) fn facts_digest(reported: &ReportedIncident, index: usize, sources: &SourceMap) -> Option<String> {
    let of_transaction = match reported.text(index)? {
        TransactionText::InDocument => half(&json_of(reported.document()?.get("transactions")?.one_or_many().get(index)?)),
        TransactionText::Tree(node) => half(&json_of(node)),
        TransactionText::Json(span) => {
            let node = read_json(span.source, sources.text(*span), span.start, &mut Diagnostics::default())?;
            half(&json_of(&node))
        }
    };
    let of_incident = reported.digest_beside_transactions(|| {
        let document = reported.document();
        let entries = document.as_deref().and_then(Node::entries).unwrap_or_default();
        let beside = entries.iter().filter(|entry| entry.key.text != "transactions");
        half(&Value::Object(beside.map(|entry| (entry.key.text.to_string(), json_of(&entry.value))).collect::<Map<_, _>>()))
    });
    Some(of_transaction + of_incident)
}

fn half(value: &Value) -> String {
    // Text keys and finite numbers always have a canonical form.
    let digest = canonical_digest(value).unwrap_or_default();
    digest.chars().take(HALF).collect()
}
