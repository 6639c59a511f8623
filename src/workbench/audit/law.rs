//! The laws about silence that an audit tests.

use serde::Serialize;

/// The laws of silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Law {
    /// A finding does not vanish because the report says less.
    Forgetting,
    /// A word that the vocabulary does not have does no worse than no word.
    UnlistedWords,
    /// A finding does not vanish because a list is reported.
    Learning,
}
