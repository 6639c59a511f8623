//! A fact that a finding rests on: its value, what the rule asks, and the places of both.

use maud::{Markup, html};

use crate::report::model::{Basis, ElementNames, FileLocation};
use crate::report::wording::{NOT_REPORTED, fact_label};

use super::parts::{code_text, date, isolated, isolated_with_code, place_text};
use super::quota::gauges;

/// The facts of a finding. A list, not a table: it reads as sentences, and fits a phone.
///
/// `file` is the file of the transaction: places in it are shown as line and column alone.
pub(super) fn facts<'b>(basis: impl IntoIterator<Item = &'b Basis>, file: Option<&str>, names: &ElementNames) -> Markup {
    html! {
        ul.facts {
            @for basis in basis { (fact(basis, file, names)) }
        }
    }
}

/// A place: line and column in the file of the transaction, the whole place elsewhere.
fn place(at: &FileLocation, file: Option<&str>) -> Markup {
    html! {
        @match at.within(file) {
            Some(place) => { @if place.starts_with(|c: char| c.is_ascii_digit()) { "line " } (place) }
            None => { (isolated(&at.to_string())) }
        }
    }
}

fn fact(fact: &Basis, file: Option<&str>, names: &ElementNames) -> Markup {
    html! {
        li {
            span.fact { @if fact.fact.is_empty() { "the whole" } @else { (isolated(&fact_label(&fact.fact, names))) } }
            span.unseen { " is " }
            span.value {
                @match &fact.value { Some(value) => { (isolated(value)) } None => { span.quiet { (NOT_REPORTED) } } }
            }
            span.at { @if let Some(at) = &fact.at { span.unseen { ", reported at " } (place(at, file)) } }
            span.asks {
                "the rule asks " (code_text(&fact.condition))
                @if let Some(at) = &fact.rule_at { span.unseen { ", at" } " " (place_text(at)) }
            }
            @match (&fact.quota, &fact.note) {
                (Some(quota), _) => { div.more { p.quota-name { "Quota " (code_text(&quota.id)) @if let Some(period) = quota.period { ", period " (date(period)) } } (gauges(quota)) } }
                (None, Some(note)) => { span.more { (isolated_with_code(note)) } }
                (None, None) => {}
            }
        }
    }
}
