//! The decisions of persons: those on findings, and those that cover none.

use maud::{Markup, html};

use crate::decisions::DecisionState;
use crate::report::model::{Head, IneffectiveDecision};

use crate::report::wording::decision_name;

use super::parts::{badge, code_text, count_of, date, isolated, link, place_text, verdict_style, without_hyphens};
use super::survey::Survey;

/// The most decisions without effect that are listed, of each kind.
const MAX_ROWS: usize = 1_000;

/// The decided findings, and the decisions without effect.
pub(super) fn decisions(head: &Head, survey: &Survey) -> Markup {
    if head.decisions.is_none() && survey.decided.number == 0 {
        return html! {};
    }
    html! {
        section #decisions aria-labelledby="decisions-title" {
            h2 #decisions-title { "Decisions" }
            @if let Some(note) = &head.decisions {
                p.note {
                    (count_of(note.covered, "finding")) " covered by a decision in force, which "
                    @if note.covered == 1 { "does" } @else { "do" } " not fail the run. Worst of the others: "
                    @match note.open { Some(verdict) => { (verdict_style(Some(verdict)).name) } None => { "none" } } "."
                }
            }
            (decided(survey))
            @if let Some(note) = &head.decisions {
                (ineffective(
                    "Decisions that are open again",
                    "They were made on another verdict, or on other facts: what they covered counts again.",
                    &note.reopened.iter().map(|reopened| reopened.decision.clone()).collect::<Vec<_>>(),
                ))
                (ineffective("Expired decisions", "Their last day has passed: what they covered counts again.", &note.expired))
                (ineffective("Decisions that met no finding", "They cover nothing of this report.", &note.stale))
            }
        }
    }
}

fn decided(survey: &Survey) -> Markup {
    let decided = &survey.decided;
    if decided.number == 0 {
        return html! {};
    }
    html! {
        div.scroll tabindex="0" role="region" aria-label="Decided findings" {
            table {
                caption { "Decided findings" }
                thead { tr {
                    th scope="col" { "Finding" } th scope="col" { "Decision" } th scope="col" { "By and on" } th scope="col" { "Reason" }
                } }
                tbody {
                    @for row in decided.rows.values() {
                        tr {
                            td {
                                (badge(verdict_style(Some(row.verdict)))) br; (code_text(&row.rule)) br;
                                (link(&row.of))
                            }
                            td {
                                (without_hyphens(row.decision.decision.word()))
                                @if row.decision.state == DecisionState::Expired { br; strong { "expired" } }
                                @if row.decision.state == DecisionState::Reopened {
                                    br; strong { "open again" } ": " (row.decision.changes.join("; "))
                                }
                            }
                            td {
                                (isolated(&row.decision.by)) br; span.date { (date(row.decision.on)) }
                                @if let Some(until) = row.decision.expires { br; span.date { "until " (date(until)) } }
                            }
                            td { (isolated(&row.decision.reason)) }
                        }
                    }
                }
            }
        }
        @if decided.number > decided.rows.len() {
            p.note { (count_of(decided.number - decided.rows.len(), "more decided finding")) ", which the JSON report lists." }
        }
    }
}

fn ineffective(heading: &str, meaning: &str, notes: &[IneffectiveDecision]) -> Markup {
    if notes.is_empty() {
        return html! {};
    }
    html! {
        h3 { (heading) }
        p.note { (meaning) }
        ul {
            @for note in notes.iter().take(MAX_ROWS) {
                li {
                    @match (&note.rule, &note.transaction) {
                        (Some(rule), Some(transaction)) => { (code_text(rule)) " on " (isolated(transaction)) }
                        _ if note.name.is_some() => { (isolated(&decision_name(note))) }
                        _ => { (code_text(&decision_name(note))) }
                    }
                    ", by " (isolated(&note.by))
                    @if let Some(until) = note.expires { ", until " (date(until)) }
                    " " (place_text(&note.at))
                }
            }
        }
        @if notes.len() > MAX_ROWS { p.note { (count_of(notes.len() - MAX_ROWS, "more decision")) ", which the JSON report lists." } }
    }
}
