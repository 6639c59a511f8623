//! How it is told: findings out, one file per format.
//!
//! [`Report`] is what every format tells: plain data, built once from the findings, with every fact's place. A format
//! is a pure function of it.

mod build;
mod csv;
mod decision_text;
mod diagnostics;
mod explanation;
mod finding_text;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod model;
mod ndjson;
mod rule_page;
mod sarif;
mod seal;
mod text;
mod transactions;
mod words;
mod wrap;

pub use build::{Counts, HeadInputs, ReportOptions, build, head, transaction};
pub use csv::csv;
pub use diagnostics::render as render_diagnostics;
pub use explanation::{explain, explain_all};
pub use github::github;
pub use html::html;
pub use json::{compact, json};
pub use junit::junit;
pub use markdown::markdown;
pub use model::*;
pub use ndjson::{ndjson, ndjson_end, ndjson_transaction};
pub use rule_page::{rule_line, rule_page};
pub use sarif::sarif;
pub use seal::{SEAL, Seal, Sealing};
pub use text::text;
pub use transactions::{Spool, SpoolWriter, Spooled, Transactions};
