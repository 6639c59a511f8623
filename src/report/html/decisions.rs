//! What a person has decided: beside each finding, and here all of it, with what covers nothing.

use maud::{Markup, html};

use crate::decisions::DecisionState;
use crate::report::model::{Head, IneffectiveDecision};

use super::parts::{badge, coded, date, link, located, look, number_of, said, spaced};
use super::survey::Survey;

/// So many decisions that cover nothing are told.
const MOST: usize = 1_000;

/// The decisions of the baseline.
pub(super) fn decisions(head: &Head, survey: &Survey) -> Markup {
    if head.decisions.is_none() && survey.decided.number == 0 {
        return html! {};
    }
    html! {
        section #decisions aria-labelledby="decisions-title" {
            h2 #decisions-title { "Decisions" }
            @if let Some(note) = &head.decisions {
                p.note {
                    (number_of(note.covered, "finding")) " covered by a decision in force, which "
                    @if note.covered == 1 { "does" } @else { "do" } " not fail the run. Worst of the others: "
                    @match note.open { Some(verdict) => { (look(Some(verdict)).name) } None => { "none" } } "."
                }
            }
            (decided(survey))
            @if let Some(note) = &head.decisions {
                (unmet("Expired decisions", "Their last day has passed: what they covered counts again.", &note.expired))
                (unmet("Decisions that met no finding", "They cover nothing of this report.", &note.stale))
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
                                (badge(look(Some(row.verdict)))) br; (coded(&row.rule)) br;
                                (link(&row.of))
                            }
                            td {
                                (spaced(row.decision.decision.word()))
                                @if row.decision.state == DecisionState::Expired { br; strong { "expired" } }
                            }
                            td {
                                (said(&row.decision.by)) br; span.date { (date(row.decision.on)) }
                                @if let Some(until) = row.decision.expires { br; span.date { "until " (date(until)) } }
                            }
                            td { (said(&row.decision.reason)) }
                        }
                    }
                }
            }
        }
        @if decided.number > decided.rows.len() {
            p.note { (number_of(decided.number - decided.rows.len(), "more decided finding")) ", which the JSON report tells." }
        }
    }
}

fn unmet(heading: &str, meaning: &str, notes: &[IneffectiveDecision]) -> Markup {
    if notes.is_empty() {
        return html! {};
    }
    html! {
        h3 { (heading) }
        p.note { (meaning) }
        ul {
            @for note in notes.iter().take(MOST) {
                li {
                    @match (&note.rule, &note.transaction, &note.fingerprint) {
                        (Some(rule), Some(transaction), _) => { (coded(rule)) " on " (said(transaction)) }
                        (_, _, Some(fingerprint)) => { (coded(fingerprint)) }
                        _ => { "unnamed" }
                    }
                    ", by " (said(&note.by))
                    @if let Some(until) = note.expires { ", until " (date(until)) }
                    " " (located(&note.at))
                }
            }
        }
        @if notes.len() > MOST { p.note { (number_of(notes.len() - MOST, "more decision")) ", which the JSON report tells." } }
    }
}
