//! A fact that a finding rests on: what it is, what the rule asks, where both stand.

use maud::{Markup, html};

use crate::report::model::Because;
use crate::report::words::spoken;

use super::parts::said;
use super::quota;

/// The facts of a finding. A list, not a table: it reads as sentences, and fits a phone.
pub(super) fn facts(because: &[Because]) -> Markup {
    html! {
        ul.facts {
            @for fact in because { (one(fact)) }
        }
    }
}

fn one(fact: &Because) -> Markup {
    let quota = quota::told(fact);
    html! {
        li {
            span.fact { @if fact.fact.is_empty() { "the whole" } @else { (said(&spoken(&fact.fact))) } }
            span.unseen { " is " }
            span.value {
                @match &fact.value { Some(value) => { (said(value)) } None => { span.quiet { "not told" } } }
            }
            span.at { @if let Some(at) = &fact.at { span.unseen { ", told at " } (said(at)) } }
            span.asks {
                "the rule asks " code { (said(&fact.condition)) }
                @if let Some(at) = &fact.rule_at { span.unseen { ", at" } " " span.at { (said(at)) } }
            }
            @match (&quota, &fact.note) {
                (Some(told), _) => { div.more { p.quota-name { "Quota " code { (said(&told.quota)) } ", period " (said(&told.period)) } (quota::gauges(told)) } }
                (None, Some(note)) => { span.more { (said(note)) } }
                (None, None) => {}
            }
        }
    }
}
