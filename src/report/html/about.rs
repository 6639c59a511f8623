//! What the report rests on: enough to repeat the run.

use maud::{Markup, html};

use crate::report::model::{FileNote, Head};

use super::parts::{code_text, date, isolated, with_separators, without_hyphens};

/// The most inputs that are listed.
const MAX_ROWS: usize = 500;
/// More inputs than these are folded.
const MAX_UNFOLDED: usize = 12;

/// The program, the rulebook, the options and the files.
pub(super) fn about(head: &Head) -> Markup {
    let options = &head.options;
    html! {
        section #about aria-labelledby="about-title" {
            h2 #about-title { "What this report rests on" }
            dl.about {
                div { dt { "Program" } dd { (head.tool.name) " " (head.tool.version) } }
                div { dt { "Rulebook" } dd { (with_separators(head.rulebook.rules)) " rules, " (code_text(&head.rulebook.digest)) } }
                div { dt { "Regimes" } dd { (isolated(&head.rulebook.regimes.join(", "))) } }
                @if let Some(folder) = &options.rules { div { dt { "Rules from" } dd { (isolated(folder)) } } }
                @if let Some(regime) = &options.regime { div { dt { "Only the rules of" } dd { (isolated(regime)) } } }
                div { dt { "Law as known on" } dd {
                    @if let Some(day) = head.known_on { (date(day)) } @else { "the day of each transaction, with all that came to be known" }
                } }
                div { dt { "Fails from" } dd { (without_hyphens(&options.fail_on.words().replace(',', ", "))) } }
                @if let Some(day) = options.run_on { div { dt { "Day of the run" } dd { (date(day)) } } }
                @if let Some(file) = &options.ledger { div { dt { "Ledger" } dd { (file_note(file)) } } }
                @if let Some(file) = &options.baseline { div { dt { "Baseline" } dd { (file_note(file)) } } }
                @for list in &head.designations {
                    div { dt { "Designations" } dd { (isolated(&list.path)) " " (code_text(&list.digest)) } }
                }
            }
            @if head.inputs.len() > MAX_UNFOLDED {
                details.as-table { summary { "Inputs: " (with_separators(head.inputs.len())) " files" } (inputs(head)) }
            } @else {
                (inputs(head))
            }
            p.caveat { "Made by a program from the files above; the same files give the same report, letter by letter. It convicts nobody." }
        }
    }
}

fn inputs(head: &Head) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Inputs" {
            table {
                caption { "Inputs" }
                thead { tr { th scope="col" { "File" } th.number scope="col" { "Transactions" } th scope="col" { "Digest" } } }
                tbody {
                    @for input in head.inputs.iter().take(MAX_ROWS) {
                        tr {
                            td { (isolated(&input.path)) }
                            td.number { (with_separators(input.transactions)) }
                            td { (code_text(&input.digest)) }
                        }
                    }
                }
            }
        }
        @if head.inputs.len() > MAX_ROWS { p.note { (with_separators(head.inputs.len() - MAX_ROWS)) " more files, which the JSON report lists." } }
    }
}

fn file_note(file: &FileNote) -> Markup {
    html! { (isolated(&file.path)) " " (code_text(&file.digest)) }
}
