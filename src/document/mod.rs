//! What the files say, letter by letter, and where.
//!
//! The ground floor: text with its places, trees of scalars, lists and mappings with the span of each,
//! and the diagnostics that speak of them. It knows nothing of facts or of law.

mod canonical;
mod diagnostic;
mod json;
mod mapping;
mod node;
mod source;
mod suggest;
mod yaml;

pub use canonical::{canonical_digest, json_of};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use json::read_json;
pub use mapping::Mapping;
pub use node::{Content, Entry, Key, Node, Scalar};
pub use source::{Place, Source, SourceId, Sources, Span, hex};
pub use suggest::closest;
pub use yaml::read_yaml;

/// The deepest nesting that is read. The formats need fewer than a dozen levels.
pub const MAX_DEPTH: usize = 64;

/// The most nodes that one document may unfold to, aliases included.
pub const MAX_NODES: usize = 4_000_000;

/// The longest line that is read, in bytes. Longer ones are refused, with their place.
pub const MAX_LINE: usize = 1 << 20;
