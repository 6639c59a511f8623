//! Reports: the findings of a run as data, and one writer for each format.
//!
//! A [`Report`] is built once from the outcomes of the engine, with the place of every fact; [`text()`], [`json()`], [`html()`]
//! and the other writers are pure functions of it. Their sentences come from `wording`, so that all formats say the same.

mod alike;
mod alike_diagnostics;
mod build;
mod condition_tree;
mod csv;
mod detail;
mod diagnostics;
mod explanation;
mod github;
mod html;
mod inert;
mod json;
mod junit;
mod log_line;
mod markdown;
mod model;
mod ndjson;
mod part_pages;
mod question_form;
mod rule_page;
mod sarif;
mod seal;
mod terms;
mod text;
mod transactions;
mod uses;
mod wording;
mod wrap;

pub use alike::AlikeReport;
pub(crate) use build::alike_transaction;
pub use build::{Counts, HeadInputs, ReportOptions, UnreadOfDocument, UnreadPlaces, build, head, transaction};
pub use csv::csv;
pub use detail::Detail;
pub use diagnostics::render as render_diagnostics;
pub use explanation::{explain, explain_all};
pub use github::github;
pub use html::html;
pub(crate) use inert::line;
pub use json::{compact, json, sealed_json};
pub use junit::junit;
pub(crate) use log_line::{LogWriter, for_log};
pub use markdown::markdown;
pub use model::*;
pub use ndjson::{ndjson, ndjson_end, ndjson_transaction};
pub use part_pages::{part_ids, part_pages};
pub use question_form::{TriedAnswer, question_form};
pub use rule_page::{rule_line, rule_page};
pub use sarif::{SarifScope, sarif};
pub use seal::{SEAL, Seal, Sealing};
pub use terms::TermList;
pub use text::text;
pub use transactions::{Spool, SpoolWriter, Spooled, Transactions};
pub use wording::decision_sentence;
