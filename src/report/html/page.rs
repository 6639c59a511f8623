//! The frame of the page: the security policy, the heading and the table of contents.

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::report::model::{Head, Report};
use crate::report::wording::{CAVEAT, transaction_counts};

use super::duties::duties_are_listed;
use super::parts::{count_of, date, isolated, shortened, verdict_style};
use super::survey::Survey;
use super::unchecked::heading;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// From the doctype to the heading. The body and `main` stay open.
pub(super) fn opening(report: &Report) -> Markup {
    let head = &report.head;
    let name = page_title(report);
    let verdict = verdict_style(head.summary.verdict);
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">\n"))
        head {
            meta charset="utf-8";
            // Comes first: nothing after it may do more than these digests allow.
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ (head.tool.name) " " (head.tool.version) };
            title { (verdict.name) ": " (shortened(&name)) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("\n<body>\n"))
        a.skip href="#page" { "Skip to the findings" }
        header.top {
            p.kicker { "Sanctions check" }
            h1 { (isolated(&name)) }
            p.lead {
                "Worst verdict: "
                strong class={ "verdict " (verdict.class) } { span.mark aria-hidden="true" { (verdict.mark) } " " (verdict.name) }
                ". " (transaction_counts(&head.summary))
                @if let Some(day) = head.known_on { " With the law as known on " (date(day)) "." }
            }
            p.caveat { (CAVEAT) }
        }
        (PreEscaped("\n<main>"))
    }
}

/// The parts of the report below the page at its top, as links.
pub(super) fn contents(head: &Head, survey: &Survey) -> Markup {
    html! {
        nav aria-label="Parts of this report" {
            ul {
                @if head.summary.transactions > 1 { li { a href="#summary" { "Counts" } } }
                @if !head.problems.is_empty() || !head.not_assessed.is_empty() {
                    li { a href="#unchecked" { (heading(head)) } }
                }
                li { a href="#findings" { "Findings" } }
                @if survey.marks.are_of_several_dates() { li { a href="#timeline" { "Timeline" } } }
                @if !survey.quotas.is_empty() { li { a href="#quotas" { "Quotas" } } }
                @if duties_are_listed(survey) { li { a href="#duties" { "Duties" } } }
                @if head.decisions.is_some() || survey.decided.number > 0 { li { a href="#decisions" { "Decisions" } } }
                li { a href="#about" { "What it rests on" } }
            }
        }
    }
}

/// Closes what the [`opening`] leaves open, after the script: everything that it works on is there by then.
pub(super) fn closing() -> Markup {
    html! {
        (PreEscaped("</main>\n"))
        script { (PreEscaped(SCRIPT)) }
        (PreEscaped("\n</body>\n</html>"))
    }
}

/// The title of the page: that of the incident, if there is only one.
fn page_title(report: &Report) -> String {
    match report.incidents.as_slice() {
        [one] => one.title.clone().unwrap_or_else(|| one.id.clone()),
        more => count_of(more.len(), "incident"),
    }
}

/// The Content-Security-Policy: nothing may be fetched, sent, framed or run but the one stylesheet and the one script of
/// this page.
fn policy() -> String {
    let digest = |text: &str| Base64::encode_string(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}
