//! How it is told: findings out, one file per format.
//!
//! [`Report`] is what every format tells: plain data, built once from the findings, with every fact's place. A format
//! is a pure function of it.

mod build;
mod csv;
mod diagnostics;
mod explanation;
mod github;
mod json;
mod junit;
mod markdown;
mod model;
mod rule_page;
mod sarif;
mod text;
mod told;
mod transactions;
mod words;
mod wrap;

pub use build::{Telling, build};
pub use csv::csv;
pub use diagnostics::render as render_diagnostics;
pub use explanation::{explain, explain_all};
pub use github::github;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use model::*;
pub use rule_page::{rule_line, rule_page};
pub use sarif::sarif;
pub use text::text;
pub use transactions::Transactions;
