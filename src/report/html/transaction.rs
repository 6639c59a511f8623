//! One transaction: what it is, on whose word, and what was found.

use maud::{Markup, html};

use crate::report::model::TransactionReport;
use crate::report::words::spoken;

use super::finding::{Named, finding, standing};
use super::parts::{anchor, badge, coded, date, located, look, number_of, quoting, said};

/// So many duties, red flags and near misses of one transaction are told each.
const MOST: usize = 200;

/// The transaction with those of its findings that there is room for.
pub(super) fn transaction(incident: &str, transaction: &TransactionReport, findings: &[Named<'_>]) -> Markup {
    let id = anchor(incident, transaction);
    let left_out = transaction.findings.len().saturating_sub(findings.len());
    let file = transaction.at.as_ref().map(|at| at.file.as_str());
    html! {
        article.transaction id=(id) aria-labelledby={ (id) "-t" } {
            header {
                h3 id={ (id) "-t" } { (said(transaction.title.as_deref().unwrap_or(&transaction.id))) }
                p.facets {
                    @if findings.is_empty() { (badge(look(transaction.verdict))) }
                    @if transaction.title.is_some() { (coded(&transaction.id)) }
                    span { @match transaction.date { Some(period) => { (date(period)) } None => { "date not told" } } }
                    span { (standing(transaction.evidence.standing, &transaction.evidence)) }
                    @if let Some(at) = &transaction.at { (located(at)) }
                }
            }
            @for one in findings { (finding(one, &transaction.evidence, file)) }
            @if left_out > 0 { p.note { (number_of(left_out, "finding")) " of this transaction left out, counted below." } }
            (extras(transaction))
        }
    }
}

fn extras(transaction: &TransactionReport) -> Markup {
    let of = |number: usize| number.saturating_sub(MOST);
    html! {
        @if !transaction.warnings.is_empty() {
            div.flags {
                h4 { "To look at" }
                ul {
                    @for warning in transaction.warnings.iter().take(MOST) {
                        li { (quoting(&warning.text)) @if let Some(at) = &warning.at { " " (located(at)) } }
                    }
                }
                (more(of(transaction.warnings.len())))
            }
        }
        @if !transaction.duties.is_empty() {
            div.owed {
                h4 { "Duties" }
                ul {
                    @for duty in transaction.duties.iter().take(MOST) {
                        li {
                            (said(&duty.title)) " " (coded(&duty.duty))
                            @if let Some(by) = duty.by { ", by " strong { (date(by)) } }
                        }
                    }
                }
                (more(of(transaction.duties.len())))
            }
        }
        @if !transaction.near_misses.is_empty() {
            details.near {
                summary { (number_of(transaction.near_misses.len(), "near miss").replace("misss", "misses")) ": one condition alone keeps a rule away" }
                ul {
                    @for near in transaction.near_misses.iter().take(MOST) {
                        li {
                            (coded(&near.rule)) " asks " (coded(&near.condition)) ", but " (said(&spoken(&near.fact))) " is "
                            @match &near.value { Some(value) => { (said(value)) } None => { "not told" } }
                        }
                    }
                }
                (more(of(transaction.near_misses.len())))
            }
        }
    }
}

fn more(number: usize) -> Markup {
    html! { @if number > 0 { p.note { (number) " more, which the JSON report tells." } } }
}
