//! The duties that arise, the earliest deadline first.

use maud::{Markup, html};

use super::parts::{code_text, count_of, date, isolated, isolated_short, link, without_hyphens};
use super::survey::Survey;

/// True if the duties have a section of their own: those of several transactions, in one order.
pub(super) fn duties_are_listed(survey: &Survey) -> bool {
    let mut of = survey.duties.rows.values().map(|row| (&row.of.incident, &row.of.transaction));
    of.next().is_some_and(|first| of.any(|other| other != first))
}

/// The duties in a table.
pub(super) fn duties(survey: &Survey) -> Markup {
    let duties = &survey.duties;
    // Those of one transaction stand with it.
    if !duties_are_listed(survey) {
        return html! {};
    }
    html! {
        section #duties aria-labelledby="duties-title" {
            h2 #duties-title { "Duties" }
            p.note { "What the resolutions ask of States and others beside the findings. Whether it was done is not reported." }
            div.scroll tabindex="0" role="region" aria-label="Duties by deadline" {
                table {
                    caption.unseen { "Duties by deadline" }
                    thead { tr {
                        th scope="col" { "Deadline" } th scope="col" { "Duty" } th scope="col" { "Addressee" } th scope="col" { "Arises from" }
                    } }
                    tbody {
                        @for row in duties.rows.values() {
                            tr {
                                td.date { @match row.duty.by { Some(by) => { (date(by)) } None => { span.quiet { "without one" } } } }
                                td { (isolated(&row.duty.title)) br; (code_text(&row.duty.duty)) }
                                td { @if let Some(whom) = &row.duty.addressee { (isolated(&without_hyphens(whom))) } }
                                td { (link(&row.of)) br; span.quiet { (isolated_short(&row.of.incident)) } }
                            }
                        }
                    }
                }
            }
            @if duties.number > duties.rows.len() {
                p.note { (count_of(duties.number - duties.rows.len(), "more duty").replace("dutys", "duties")) " of later deadlines, which the JSON report lists." }
            }
        }
    }
}
