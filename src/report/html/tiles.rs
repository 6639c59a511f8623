//! The counts at a glance.

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::model::Head;

use super::parts::{grouped, look};

/// A tile for each verdict, which is a legend of its shape and colour as well.
pub(super) fn tiles(head: &Head) -> Markup {
    html! {
        section #summary aria-labelledby="summary-title" {
            h2 #summary-title { "Summary" }
            ul.tiles {
                @for (look, count) in Verdict::ALL.map(|verdict| (look(Some(verdict)), head.summary.count(verdict))) {
                    li class={ "tile " (look.class) @if count == 0 { " empty" } } {
                        p.name { span.mark aria-hidden="true" { (look.mark) } " " (look.name) }
                        p.count { (grouped(count)) span.unseen { @if count == 1 { " finding" } @else { " findings" } } }
                        p.meaning { (look.meaning) }
                    }
                }
            }
        }
    }
}
