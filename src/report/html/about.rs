//! What the report rests on: enough to make it again.

use maud::{Markup, html};

use crate::report::model::{FileNote, Head};

use super::parts::{coded, date, grouped, said, spaced};

/// So many inputs are named.
const MOST: usize = 500;
/// More inputs than these are folded.
const FEW: usize = 12;

/// The program, the law, the question, the files.
pub(super) fn about(head: &Head) -> Markup {
    let options = &head.options;
    html! {
        section #about aria-labelledby="about-title" {
            h2 #about-title { "What this report rests on" }
            dl.about {
                div { dt { "Program" } dd { (head.tool.name) " " (head.tool.version) } }
                div { dt { "Rulebook" } dd { (grouped(head.rulebook.rules)) " rules, " (coded(&head.rulebook.digest)) } }
                div { dt { "Regimes" } dd { (said(&head.rulebook.regimes.join(", "))) } }
                @if let Some(folder) = &options.rules { div { dt { "Rules from" } dd { (said(folder)) } } }
                @if let Some(regime) = &options.regime { div { dt { "Only the regime" } dd { (said(regime)) } } }
                div { dt { "Law as known on" } dd {
                    @if let Some(day) = head.known_on { (date(day)) } @else { "the day of each transaction, with all that came to be known" }
                } }
                div { dt { "Fails from" } dd { (spaced(options.fail_on.word())) } }
                @if let Some(day) = options.run_on { div { dt { "Day of the run" } dd { (date(day)) } } }
                @if let Some(file) = &options.ledger { div { dt { "Ledger" } dd { (file_note(file)) } } }
                @if let Some(file) = &options.baseline { div { dt { "Baseline" } dd { (file_note(file)) } } }
                @for list in &head.designations {
                    div { dt { "Designations" } dd { (said(&list.path)) " " (coded(&list.digest)) } }
                }
            }
            @if head.inputs.len() > FEW {
                details.as-table { summary { "Inputs: " (grouped(head.inputs.len())) " files" } (inputs(head)) }
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
                    @for input in head.inputs.iter().take(MOST) {
                        tr {
                            td { (said(&input.path)) }
                            td.number { (grouped(input.transactions)) }
                            td { (coded(&input.digest)) }
                        }
                    }
                }
            }
        }
        @if head.inputs.len() > MOST { p.note { (grouped(head.inputs.len() - MOST)) " more files, which the JSON report names." } }
    }
}

fn file_note(file: &FileNote) -> Markup {
    html! { (said(&file.path)) " " (coded(&file.digest)) }
}
