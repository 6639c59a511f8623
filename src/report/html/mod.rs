//! The report as a page for a compliance officer: one file, nothing fetched, read without a script, filed as PDF.
//!
//! It is told in two passes over the transactions, which may be on disk: the [`survey`] gathers what stands above them
//! (the timeline, quotas, duties, decisions), each of it bounded; then each transaction is written by itself. So a
//! report may be longer than the memory, and the page says what it left out.

mod about;
mod axis;
mod decisions;
mod duties;
mod fact;
mod filter;
mod finding;
mod findings;
mod left_out;
mod marks;
mod page;
mod parts;
mod quota;
mod quotas;
mod survey;
mod tiles;
mod timeline;
mod transaction;
mod transaction_ref;
mod unchecked;

use std::io::{self, Write};

use maud::Markup;

use super::model::Report;

use survey::Survey;

/// The report as HTML.
pub fn html(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let survey = Survey::of(report)?;
    put(out, &page::opening(report, &survey))?;
    put(out, &tiles::tiles(&report.head))?;
    put(out, &unchecked::unchecked(&report.head))?;
    put(out, &timeline::timeline(&survey))?;
    findings::findings(report, &survey, out)?;
    put(out, &quotas::quotas(&survey))?;
    put(out, &duties::duties(&survey))?;
    put(out, &decisions::decisions(&report.head, &survey))?;
    put(out, &about::about(&report.head))?;
    put(out, &page::closing())
}

fn put(out: &mut dyn Write, markup: &Markup) -> io::Result<()> {
    out.write_all(markup.0.as_bytes())?;
    out.write_all(b"\n")
}
