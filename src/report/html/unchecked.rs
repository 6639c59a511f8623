//! What was not checked: it stands before the findings, lest their absence be taken for a clean sheet.

use maud::{Markup, html};

use crate::document::DiagnosticLevel;
use crate::report::model::{Head, ProblemNote};

use super::parts::{coded, grouped, number_of, quoting, said};

/// So many mistakes are told.
const MOST: usize = 500;

/// Mistakes in the input, and rules that could not be assessed.
pub(super) fn unchecked(head: &Head) -> Markup {
    if head.problems.is_empty() && head.not_assessed.is_empty() {
        return html! {};
    }
    let (wrong, doubtful): (Vec<_>, Vec<_>) = head.problems.iter().partition(|p| p.severity == DiagnosticLevel::Error);
    html! {
        section #unchecked.alert aria-labelledby="unchecked-title" {
            h2 #unchecked-title { (heading(head)) }
            (problems("Mistakes in the input", "What they concern was not checked.", &wrong))
            (problems("Read with doubt", "What they concern was checked as it was read.", &doubtful))
            @if !head.not_assessed.is_empty() {
                h3 { "Rules not assessed" }
                ul {
                    @for note in &head.not_assessed {
                        li {
                            (said(&note.because)) ", in " (number_of(note.transactions, "transaction")) ": "
                            @for (i, rule) in note.rules.iter().enumerate() {
                                @if i > 0 { ", " }
                                (coded(rule))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was read with doubt alone was checked all the same.
pub(super) fn heading(head: &Head) -> &'static str {
    let unchecked = head.problems.iter().any(|p| p.severity == DiagnosticLevel::Error) || !head.not_assessed.is_empty();
    if unchecked { "Not checked" } else { "Doubts" }
}

fn problems(heading: &str, meaning: &str, problems: &[&ProblemNote]) -> Markup {
    if problems.is_empty() {
        return html! {};
    }
    html! {
        h3 { (heading) }
        p { (meaning) }
        ul.problems {
            @for problem in problems.iter().take(MOST) {
                li {
                    @if let Some(code) = problem.code { (coded(code.as_str())) ": " }
                    (quoting(&problem.message))
                    @if let Some(help) = &problem.help { span.help { "To do: " (quoting(help)) } }
                    @if let Some(at) = &problem.at { span.at { span.unseen { "At " } (said(&at.to_string())) } }
                }
            }
        }
        @if problems.len() > MOST { p { (grouped(problems.len() - MOST)) " more, which the JSON report tells." } }
    }
}
