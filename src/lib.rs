//! interdict: United Nations Security Council sanctions as code.
//!
//! Facts go in at the bottom, findings come out at the top; a floor knows only the floors below it:
//!
//! - [`document`]: what the files say, letter by letter, and where;
//! - [`facts`]: what is reported, and how surely it is known;
//! - [`rulebook`]: what the law says, and whether its text is sound;
//! - [`intake`]: what the incident files say;
//! - [`engine`]: what follows;
//! - [`decisions`]: what a person has decided about findings;
//! - [`report`]: how it is told;
//! - [`audit`]: whether somebody else can check it later;
//! - [`workbench`]: whether the rulebook is good;
//! - [`cli`]: what the person asked for.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod audit;
pub mod cli;
pub mod decisions;
pub mod document;
pub mod engine;
pub mod facts;
pub mod intake;
pub mod report;
pub mod rulebook;
pub mod run;
pub mod workbench;
