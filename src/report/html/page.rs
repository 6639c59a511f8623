//! The frame of the page: what the browser is allowed, the heading, the ways to its parts.

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::report::model::Report;

use super::parts::{brief, date, look, number_of, said};
use super::survey::Survey;
use super::unchecked::heading;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// From the doctype to the heading. The body stays open.
pub(super) fn opening(report: &Report, survey: &Survey) -> Markup {
    let head = &report.head;
    let name = name_of(report);
    let verdict = look(head.summary.verdict);
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">\n"))
        head {
            meta charset="utf-8";
            // Before anything else: what follows may do nothing but what these digests allow.
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ (head.tool.name) " " (head.tool.version) };
            title { (verdict.name) ": " (brief(&name)) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("\n<body>\n"))
        a.skip href="#findings" { "Skip to the findings" }
        header.top {
            p.kicker { "Sanctions check" }
            h1 { (said(&name)) }
            p.lead {
                "Worst verdict: "
                strong class={ "verdict " (verdict.class) } { span.mark aria-hidden="true" { (verdict.mark) } " " (verdict.name) }
                ". "
                (number_of(head.summary.transactions, "transaction")) " checked in "
                (number_of(head.summary.incidents, "incident"))
                @if let Some(day) = head.known_on { ", with the law as known on " (date(day)) }
                "."
            }
            p.caveat { "This says what the resolutions of the Security Council say of the facts as reported. It convicts nobody." }
            nav aria-label="Parts of this report" {
                ul {
                    li { a href="#summary" { "Summary" } }
                    @if !head.problems.is_empty() || !head.not_assessed.is_empty() {
                        li { a href="#unchecked" { (heading(head)) } }
                    }
                    li { a href="#timeline" { "Timeline" } }
                    li { a href="#findings" { "Findings" } }
                    @if !survey.quotas.is_empty() { li { a href="#quotas" { "Quotas" } } }
                    @if survey.duties.number > 0 { li { a href="#duties" { "Duties" } } }
                    @if head.decisions.is_some() || survey.decided.number > 0 { li { a href="#decisions" { "Decisions" } } }
                    li { a href="#about" { "What it rests on" } }
                }
            }
        }
        (PreEscaped("\n<main>"))
    }
}

/// What is open since the [`opening`], and the script at last, when all it works on is there.
pub(super) fn closing() -> Markup {
    html! {
        (PreEscaped("</main>\n"))
        script { (PreEscaped(SCRIPT)) }
        (PreEscaped("\n</body>\n</html>"))
    }
}

/// A report on one incident bears its title.
fn name_of(report: &Report) -> String {
    match report.incidents.as_slice() {
        [one] => one.title.clone().unwrap_or_else(|| one.id.clone()),
        more => number_of(more.len(), "incident"),
    }
}

/// Nothing may be fetched, sent, framed or run but the one stylesheet and the one script of this page.
fn policy() -> String {
    let digest = |text: &str| Base64::encode_string(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}
