//! Values as they stand on one line of YAML, for lines that a remedy rewrites.

use crate::document::Node;

/// A short value as it stands on one line of YAML; `None` if it is long or deep.
pub(super) fn inline(node: &Node) -> Option<String> {
    let text = if let Some(text) = node.text() {
        quoted(text)
    } else if let Some(elements) = node.elements() {
        format!("[{}]", elements.iter().map(inline).collect::<Option<Vec<_>>>()?.join(", "))
    } else {
        let entries = node.entries()?.iter().map(|entry| Some(format!("{}: {}", entry.key.text, inline(&entry.value)?)));
        format!("{{{}}}", entries.collect::<Option<Vec<_>>>()?.join(", "))
    };
    (text.chars().count() <= 80 && !text.is_empty()).then_some(text)
}

/// A text as a scalar inside brackets: in quotes if a mark in it means something there.
pub(in crate::intake) fn quoted(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | '_' | '+'));
    if is_plain && !text.starts_with([' ', '-', '.', '+']) && !text.ends_with(' ') {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}
