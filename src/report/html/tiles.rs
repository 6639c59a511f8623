//! The counts at a glance.

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::model::Head;

use super::parts::{count_of, verdict_style, with_separators};

/// A tile for each verdict, which is a legend of its shape and colour as well: transactions first, then findings.
pub(super) fn tiles(head: &Head) -> Markup {
    let summary = &head.summary;
    if summary.transactions < 2 {
        return html! {};
    }
    let (without_finding, unchecked) = (summary.by_transaction.without_finding, summary.not_wholly_checked);
    html! {
        section #summary aria-labelledby="summary-title" {
            h2 #summary-title { "Counts" }
            ul.tiles {
                @for verdict in Verdict::ALL {
                    @let (style, count) = (verdict_style(Some(verdict)), summary.by_transaction.count(verdict));
                    li class={ "tile " (style.class) @if count == 0 { " empty" } } {
                        p.name { span.mark aria-hidden="true" { (style.mark) } " " (style.name) }
                        p.count { (with_separators(count)) span.unseen { @if count == 1 { " transaction" } @else { " transactions" } } }
                        p.of { (count_of(summary.count(verdict), "finding")) }
                        p.meaning { (style.meaning) }
                    }
                }
            }
            @if without_finding + unchecked > 0 {
                p.note {
                    (count_of(without_finding, "transaction")) " without a finding"
                    @if unchecked > 0 { "; " strong { (with_separators(unchecked)) " not wholly checked" } }
                    "."
                }
            }
        }
    }
}
