//! The JSON report.

use super::Report;

/// The report as JSON, two spaces of indentation, keys in the order of the schema, a line break at the end.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
