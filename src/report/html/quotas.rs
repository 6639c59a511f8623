//! The quotas that findings turn on, with the running total at the last transaction of each period.

use maud::{Markup, html};

use super::parts::{coded, link, number_of, said};
use super::quota::gauges;
use super::survey::Survey;

/// A gauge for each quota and period.
pub(super) fn quotas(survey: &Survey) -> Markup {
    if survey.quotas.is_empty() {
        return html! {};
    }
    html! {
        section #quotas aria-labelledby="quotas-title" {
            h2 #quotas-title { "Quotas" }
            p.note { "The running total after the last finding of each period. The line across a bar is the limit. What this run has not seen it cannot count." }
            ul.quotas {
                @for ((quota, period), stand) in &survey.quotas {
                    li {
                        h3 { (coded(quota)) @if !period.is_empty() { " " span.period { (said(period)) } } }
                        (gauges(&stand.told))
                        p.rests {
                            "After " (link(&stand.of))
                            @if !stand.when.0.is_empty() { " (" (said(&stand.when.0)) ")" }
                            "; " (number_of(stand.findings, "finding")) " of this report "
                            @if stand.findings == 1 { "tells" } @else { "tell" } " of it."
                        }
                    }
                }
            }
        }
    }
}
