//! A fact that a finding rests on: what it is, what the rule asks, where both stand.

use maud::{Markup, html};

use crate::document::Position;
use crate::report::model::{Basis, FileLocation};
use crate::report::words::spoken;

use super::parts::{coded, located, quoting, said};
use super::quota;

/// The facts of a finding. A list, not a table: it reads as sentences, and fits a phone.
///
/// `file` is the one that the transaction stands in: a place in it is told as line and column alone.
pub(super) fn facts(because: &[Basis], file: Option<&str>) -> Markup {
    html! {
        ul.facts {
            @for fact in because { (one(fact, file)) }
        }
    }
}

/// A place in a file that is named already, or elsewhere.
fn place(at: &FileLocation, file: Option<&str>) -> Markup {
    html! {
        @match at.within(file) {
            Some(Position { line, column }) => { "line " (line) ":" (column) }
            None => { (said(&at.to_string())) }
        }
    }
}

fn one(fact: &Basis, file: Option<&str>) -> Markup {
    let quota = quota::told(fact);
    html! {
        li {
            span.fact { @if fact.fact.is_empty() { "the whole" } @else { (said(&spoken(&fact.fact))) } }
            span.unseen { " is " }
            span.value {
                @match &fact.value { Some(value) => { (said(value)) } None => { span.quiet { "not told" } } }
            }
            span.at { @if let Some(at) = &fact.at { span.unseen { ", told at " } (place(at, file)) } }
            span.asks {
                "the rule asks " (coded(&fact.condition))
                @if let Some(at) = &fact.rule_at { span.unseen { ", at" } " " (located(at)) }
            }
            @match (&quota, &fact.note) {
                (Some(told), _) => { div.more { p.quota-name { "Quota " (coded(&told.quota)) @if !told.period.is_empty() { ", period " (said(&told.period)) } } (quota::gauges(told)) } }
                (None, Some(note)) => { span.more { (quoting(note)) } }
                (None, None) => {}
            }
        }
    }
}
