//! What was not checked: it stands before the findings, lest their absence be taken for a clean sheet.

use maud::{Markup, html};

use crate::report::model::Head;

use super::parts::{number_of, said};

/// So many mistakes are told.
const MOST: usize = 500;

/// Mistakes in the input, and rules that could not be assessed.
pub(super) fn unchecked(head: &Head) -> Markup {
    if head.problems.is_empty() && head.not_assessed.is_empty() {
        return html! {};
    }
    html! {
        section #unchecked.alert aria-labelledby="unchecked-title" {
            h2 #unchecked-title { "Not checked" }
            @if !head.problems.is_empty() {
                h3 { "Mistakes in the input" }
                p { "What they concern was not checked." }
                ul.problems {
                    @for problem in head.problems.iter().take(MOST) {
                        li {
                            strong { (problem.severity) } ": " (said(&problem.message))
                            @if let Some(help) = &problem.help { span.help { "To do: " (said(help)) } }
                            @if let Some(at) = &problem.at { span.at { span.unseen { "At " } (said(at)) } }
                        }
                    }
                }
                @if head.problems.len() > MOST {
                    p { (number_of(head.problems.len() - MOST, "more mistake")) ", which the JSON report tells." }
                }
            }
            @if !head.not_assessed.is_empty() {
                h3 { "Rules not assessed" }
                ul {
                    @for note in &head.not_assessed {
                        li {
                            (said(&note.because)) ", in " (number_of(note.transactions, "transaction")) ": "
                            @for (i, rule) in note.rules.iter().enumerate() {
                                @if i > 0 { ", " }
                                code { (said(rule)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
