//! What was not checked. It comes before the findings, lest their absence be taken for a clean sheet.

use maud::{Markup, html};

use crate::document::{Code, DiagnosticLevel};
use crate::report::model::{Head, ProblemNote};
use crate::report::wording::{ProblemGroup, also_not_checked, not_assessed_sentence, problem_groups};

use super::parts::{code_text, count_of, isolated, isolated_with_code, with_separators};

/// The most problems that are listed.
const MAX_ROWS: usize = 500;

/// Problems of the inputs, and rules that could not be assessed.
pub(super) fn unchecked(head: &Head) -> Markup {
    if head.problems.is_empty() && head.not_assessed.is_empty() {
        return html! {};
    }
    html! {
        section #unchecked.alert aria-labelledby="unchecked-title" {
            h2 #unchecked-title { (heading(head)) }
            @for group in problem_groups(head) { (problems(&group)) }
            @if let Some(sentence) = also_not_checked(head) { p { "Also not checked: " (isolated_with_code(&sentence)) } }
            @if !head.not_assessed.is_empty() {
                h3 { "Rules not assessed" }
                ul {
                    @for note in &head.not_assessed {
                        li {
                            (isolated_with_code(&not_assessed_sentence(head, note)))
                            details.near {
                                summary { (count_of(note.rules.len(), "rule")) }
                                p { @for (i, rule) in note.rules.iter().enumerate() { @if i > 0 { ", " } (code_text(rule)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The heading of the section: warnings alone concern what was checked all the same, and notes are no doubts.
pub(super) fn heading(head: &Head) -> &'static str {
    let worst = head.problems.iter().map(|problem| problem.severity).min();
    match worst {
        _ if !head.not_assessed.is_empty() => "Not checked",
        _ if head.problems.iter().any(|problem| problem.code == Some(Code::KeyNotRead)) => "Not checked",
        Some(DiagnosticLevel::Error) => "Not checked",
        Some(DiagnosticLevel::Warning) => "Doubts",
        Some(DiagnosticLevel::Note) | None => "Read in other words",
    }
}

fn problems(group: &ProblemGroup<'_>) -> Markup {
    let ProblemGroup { heading, meaning, problems } = group;
    let are_notes = problems.iter().all(|problem| problem.severity == DiagnosticLevel::Note);
    html! {
        @if are_notes {
            details.near { summary { (heading) ": " (count_of(problems.len(), "note")) } p { (meaning) } (list(problems)) }
        } @else {
            h3 { (heading) }
            p { (meaning) }
            (list(problems))
        }
    }
}

fn list(problems: &[&ProblemNote]) -> Markup {
    html! {
        ul.problems {
            @for problem in problems.iter().take(MAX_ROWS) {
                li {
                    @if let Some(code) = problem.code { (code_text(code.as_str())) ": " }
                    (isolated_with_code(&problem.message))
                    @if let Some(help) = &problem.help { span.help { "To do: " (isolated_with_code(help)) } }
                    @if let Some(at) = &problem.at { span.at { span.unseen { "At " } (isolated(&at.to_string())) } }
                }
            }
        }
        @if problems.len() > MAX_ROWS { p { (with_separators(problems.len() - MAX_ROWS)) " more, which the JSON report lists." } }
    }
}
