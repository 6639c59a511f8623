//! The counts at a glance.

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::model::Head;

use super::parts::{verdict_style, with_separators};

/// A tile for each verdict, which is a legend of its shape and colour as well.
pub(super) fn tiles(head: &Head) -> Markup {
    html! {
        section #summary aria-labelledby="summary-title" {
            h2 #summary-title { "Summary" }
            ul.tiles {
                @for (verdict_style, count) in Verdict::ALL.map(|verdict| (verdict_style(Some(verdict)), head.summary.count(verdict))) {
                    li class={ "tile " (verdict_style.class) @if count == 0 { " empty" } } {
                        p.name { span.mark aria-hidden="true" { (verdict_style.mark) } " " (verdict_style.name) }
                        p.count { (with_separators(count)) span.unseen { @if count == 1 { " finding" } @else { " findings" } } }
                        p.meaning { (verdict_style.meaning) }
                    }
                }
            }
        }
    }
}
