//! The report as a page for a compliance officer: one file, nothing fetched, read without a script, filed as PDF.
//!
//! It is written in two passes over the transactions, which may be on disk: the [`survey`] gathers what stands above them
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
mod glance;
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

use super::Detail;
use super::model::Report;

use survey::Survey;

/// Writes the report as HTML.
pub fn html(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let survey = Survey::new(report)?;
    let detail = report.detail;
    write_markup(out, &page::opening(report))?;
    glance::glance(report, &survey, detail, out)?;
    if detail != Detail::Brief {
        write_markup(out, &page::contents(&report.head, &survey))?;
    }
    write_markup(out, &tiles::tiles(&report.head))?;
    write_markup(out, &unchecked::unchecked(&report.head))?;
    if detail == Detail::Brief {
        return write_markup(out, &page::closing());
    }
    findings::findings(report, &survey, detail, out)?;
    write_markup(out, &timeline::timeline(&survey))?;
    write_markup(out, &quotas::quotas(&survey))?;
    write_markup(out, &duties::duties(&survey))?;
    write_markup(out, &decisions::decisions(&report.head, &survey))?;
    write_markup(out, &about::about(&report.head))?;
    write_markup(out, &page::closing())
}

fn write_markup(out: &mut dyn Write, markup: &Markup) -> io::Result<()> {
    out.write_all(markup.0.as_bytes())?;
    out.write_all(b"\n")
}
