//! The page at the top: for each transaction who, whom, what, when, on whose word, by which paragraph.

use std::cmp::Reverse;
use std::io::{self, Write};

use maud::{Markup, html};

use crate::report::Detail;
use crate::report::model::{IncidentReport, Report};
use crate::report::wording::{PageBlock, PageLine, number_of};

use super::parts::{anchor, capitalised, code_text, isolated, isolated_short, isolated_with_code, verdict_style};
use super::survey::Survey;
use super::write_markup;

/// So many transactions have a block; the others are counted.
const MOST_BLOCKS: usize = 50;
/// The most ids of transactions without a finding that are named.
const MOST_NAMED: usize = 100;

/// A block for each transaction, the worst first.
pub(super) fn glance(report: &Report, survey: &Survey, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"<section id=\"page\" aria-labelledby=\"page-title\">\n<h2 id=\"page-title\" class=\"unseen\">At a glance</h2>\n",
    )?;
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|incident| Reverse(incident.verdict));
    let (mut room, mut left_out) = (MOST_BLOCKS, 0);
    let (mut clear, mut named): (usize, Vec<String>) = (0, Vec::new());
    for incident in incidents {
        if room == 0 {
            left_out += incident.transactions.len();
            continue;
        }
        for place in incident.transactions.places_worst_first() {
            if room == 0 && place.verdict().is_some() {
                left_out += 1;
                continue;
            }
            let transaction = place.read()?;
            let glance = PageBlock::new(&transaction);
            if glance.is_clear() {
                clear += 1;
                named.extend((named.len() < MOST_NAMED).then(|| transaction.id.clone()));
            } else if room == 0 {
                left_out += 1;
            } else {
                room -= 1;
                let linked = detail != Detail::Brief && survey.is_linked() && transaction.has_something_to_report();
                let of = (report.incidents.len() > 1).then_some(incident);
                write_markup(out, &block(of, linked.then(|| anchor(&incident.id, &transaction)), &glance))?;
            }
        }
    }
    let rest = html! {
        @if clear > 0 {
            p.clear {
                strong { "No finding" } ": "
                @for (i, id) in named.iter().enumerate() { @if i > 0 { ", " } (isolated_short(id)) }
                @if clear > named.len() { " and " (clear - named.len()) " more" }
                "."
            }
        }
        @if left_out > 0 { p.note { (number_of(left_out, "more transaction")) " not on this page." } }
    };
    write_markup(out, &rest)?;
    out.write_all(b"</section>\n")
}

/// The block of a transaction. `of` is its incident, where the report is about several; `anchor` leads to its findings.
fn block(of: Option<&IncidentReport>, anchor: Option<String>, block: &PageBlock<'_>) -> Markup {
    let style = verdict_style(block.verdict);
    let transaction = block.transaction;
    let name = isolated(transaction.title.as_deref().unwrap_or(&transaction.id));
    html! {
        article class={ "glance " (style.class) } {
            header {
                p {
                    span class={ "badge " (style.class) } {
                        span.mark aria-hidden="true" { (style.mark) } " " (capitalised(&block.verdict_in_words()))
                    }
                    @if let Some((leading, paragraphs)) = block.leading.as_ref().and_then(|l| Some((l, l.paragraphs()?))) {
                        " " strong.cite { (isolated(&paragraphs)) }
                        @if let Some(more) = &leading.more { " " span.quiet { "(" (more) ")" } }
                    }
                }
                h3 { @match &anchor { Some(anchor) => { a href={ "#" (anchor) } { (name) } } None => { (name) } } }
                p.facets {
                    @if transaction.title.is_some() { (code_text(&transaction.id)) }
                    @if let Some(incident) = of { span { (isolated_short(incident.title.as_deref().unwrap_or(&incident.id))) } }
                }
            }
            @if let Some(leading) = &block.leading { p.ban { (isolated(&leading.titles())) } }
            dl {
                @for (line, text) in &block.lines {
                    div.not-checked[*line == PageLine::NotChecked] {
                        dt { (capitalised(line.heading())) }
                        dd { @if *line == PageLine::Who { (isolated(&text.replace(" -> ", " → "))) } @else { (isolated_with_code(text)) } }
                    }
                }
            }
        }
    }
}
