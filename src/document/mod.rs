//! Documents: source texts, their parsers and writers, and diagnostics about places in them.
//!
//! YAML and JSON become trees of scalars, lists and mappings, each with its span. This is the lowest module of the crate: it
//! knows nothing of facts or of law.

mod canonical;
mod cell_place;
mod code;
mod csv_rows;
mod diagnostic;
mod digits;
mod document_tree;
mod folder;
mod json;
mod json_pull;
mod lazy_json;
mod limits;
mod mapping;
mod node;
mod quoted_text;
mod regular_file;
mod source;
mod suggest;
mod tree_cache;
mod yaml;
mod yaml_writer;

pub use canonical::{canonical_digest, json_of};
pub(crate) use cell_place::{FORMULA_WITHOUT_VALUE, WORKBOOK_ENDINGS, cell_name, is_workbook, parse_cell, sheet_name};
pub use code::Code;
pub(crate) use csv_rows::{CsvDialect, CsvRow, CsvRows, QuoteError};
pub use diagnostic::{Diagnostic, DiagnosticLevel, Diagnostics, Unread};
pub use digits::hex;
pub(crate) use digits::push_decimal;
pub use document_tree::DocumentTree;
pub use folder::{FolderListing, list_files};
pub use json::read_json;
pub(crate) use json_pull::{JsonPull, TokenKind, WrittenKey};
pub use lazy_json::LazyJson;
pub use limits::{MAX_DEPTH, MAX_LINE, MAX_NODES};
pub use mapping::Mapping;
pub use node::{Content, Entry, Key, Node, Scalar};
pub use regular_file::{open_file, read_file, read_text_file};
pub(crate) use source::push_place;
pub use source::{Position, SourceId, SourceMap, SourceText, Span};
pub use suggest::{closest, closest_key, did_you_mean, suggestion};
pub use tree_cache::{decode, encode};
pub use yaml::read_yaml;
pub use yaml_writer::{Quoting, YamlWriter};
