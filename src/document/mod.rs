//! What the files say, letter by letter, and where.
//!
//! The ground floor: text with its places, trees of scalars, lists and mappings with the span of each,
//! and the diagnostics that speak of them. It knows nothing of facts or of law.

mod canonical;
mod diagnostic;
mod encoded;
mod json;
mod limits;
mod mapping;
mod node;
mod pull;
mod skim;
mod source;
mod suggest;
mod yaml;

pub use canonical::{canonical_digest, json_of};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use encoded::{decode, encode};
pub use json::read_json;
pub use limits::{MAX_DEPTH, MAX_LINE, MAX_NODES};
pub use mapping::Mapping;
pub use node::{Content, Entry, Key, Node, Scalar};
pub use pull::WrittenKey;
pub(crate) use pull::{Kind, Pull};
pub use skim::Skim;
pub(crate) use source::push_number;
pub use source::{Place, Source, SourceId, Sources, Span, hex};
pub use suggest::closest;
pub use yaml::read_yaml;
