//! What a row of a table is about.

/// A transaction in a row of a table.
#[derive(Debug, Clone)]
pub(super) struct TransactionRef {
    /// The incident's id.
    pub incident: String,
    /// The transaction's id.
    pub transaction: String,
    /// The name of its place on the page, if it has one.
    pub anchor: Option<String>,
}
