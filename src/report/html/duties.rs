//! Duties that arise, the earliest deadline first.

use maud::{Markup, html};

use super::parts::{coded, date, link, number_of, said, said_briefly, spaced};
use super::survey::Survey;

/// The duties in a table.
pub(super) fn duties(survey: &Survey) -> Markup {
    let duties = &survey.duties;
    if duties.number == 0 {
        return html! {};
    }
    html! {
        section #duties aria-labelledby="duties-title" {
            h2 #duties-title { "Duties" }
            p.note { "What the resolutions ask of States and others beside the findings. The facts do not tell whether it was done." }
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
                                td { (said(&row.duty.title)) br; (coded(&row.duty.duty)) }
                                td { @if let Some(whom) = &row.duty.addressee { (said(&spaced(whom))) } }
                                td { (link(&row.of)) br; span.quiet { (said_briefly(&row.of.incident)) } }
                            }
                        }
                    }
                }
            }
            @if duties.number > duties.rows.len() {
                p.note { (number_of(duties.number - duties.rows.len(), "more duty").replace("dutys", "duties")) " of later deadlines, which the JSON report tells." }
            }
        }
    }
}
