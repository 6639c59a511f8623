//! The quotas that findings turn on, with the running total at the last transaction of each period.

use maud::{Markup, html};

use super::parts::{code_text, count_of, isolated, link};
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
                @for ((quota, period), last) in &survey.quotas {
                    li {
                        h3 { (code_text(quota)) @if !period.is_empty() { " " span.period { (isolated(period)) } } }
                        (gauges(&last.state))
                        p.rests {
                            "After " (link(&last.transaction))
                            @if !last.when.0.is_empty() { " (" (isolated(&last.when.0)) ")" }
                            "; " (count_of(last.findings, "finding")) " of this report "
                            @if last.findings == 1 { "turns" } @else { "turn" } " on it."
                        }
                    }
                }
            }
        }
    }
}
