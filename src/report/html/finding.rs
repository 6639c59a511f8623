//! One finding: a line that says what it comes to, unfolding into the reasons.

use maud::{Markup, html};

use crate::report::model::{AuthorityNote, DecisionNote, EvidenceNote, Finding, UnlessNote};
use crate::report::told::settled_by;
use crate::report::words::spoken;

use super::fact::facts;
use super::parts::{badge, look, quoting, said, said_briefly, spaced};

/// The finding, folded; `file` is the one that its transaction stands in.
pub(super) fn finding(finding: &Finding, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let look = look(Some(&finding.verdict));
    html! {
        details class={ "finding " (look.class) } data-verdict=(look.class) {
            summary {
                (badge(look))
                h4 { (said(&finding.title)) }
                span.facets {
                    span.cite { (citations(&finding.authority)) }
                    @if let Some(subject) = &finding.subject {
                        span { "on " (said_briefly(&subject.label)) " (item " (subject.item.saturating_add(1)) ")" }
                    }
                    span { (finding.severity) " severity" }
                    code { (said(&finding.rule)) }
                    @if let Some(decision) = &finding.decision { span.decided { (state(decision)) } }
                }
            }
            div.reasons id={ "f-" (finding.fingerprint) } { (reasons(finding, evidence, file)) }
        }
    }
}

fn citations(authority: &[AuthorityNote]) -> Markup {
    html! {
        @for (i, paragraph) in authority.iter().enumerate() {
            @if i > 0 { "; " }
            (said(&paragraph.symbol)) " para " (said(&paragraph.paragraph))
        }
    }
}

fn state(decision: &DecisionNote) -> Markup {
    html! { "decided: " (spaced(&decision.decision)) @if decision.state == "expired" { " (expired)" } }
}

fn reasons(finding: &Finding, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let settled = settled_by(finding);
    html! {
        @if let Some(decision) = &finding.decision { (decided(decision)) }
        h5 { "Because" }
        (facts(&finding.because, file))
        dl {
            @if let Some(subject) = &finding.subject {
                div { dt { "On" } dd { (said(&subject.label)) " (item " (subject.item.saturating_add(1)) ")" } }
            }
            @if let Some(by) = &finding.satisfied_by { div { dt { "Satisfied by" } dd { (said(by)) } } }
            @if !finding.limited_by.is_empty() {
                div { dt { "No more than potential" } dd { ul { @for why in &finding.limited_by { li { (said(why)) } } } } }
            }
            @if !settled.is_empty() {
                div { dt { "Settled if known" } dd { ul.either { @for set in &settled { li { (quoting(set)) } } } } }
            } @else if !finding.missing.is_empty() {
                div { dt { "Missing facts" } dd { (list(&finding.missing)) } }
            }
            @if !finding.unless.is_empty() {
                div { dt { "Exceptions" } dd { ul.exceptions { @for unless in &finding.unless { (exception(unless)) } } } }
            }
            div { dt { "Evidence" } dd { (standing(&finding.standing, evidence)) } }
            @if !finding.flags.is_empty() {
                div { dt { "To know of the rule" } dd { ul { @for flag in &finding.flags { li { (quoting(flag)) } } } } }
            }
            div { dt { "Authority" } dd { (citations(&finding.authority)) } }
            div { dt { "Fingerprint" } dd { code { (finding.fingerprint) } } }
        }
    }
}

/// On how good a word it stands: grades by the Admiralty scale, and who denies it.
pub(super) fn standing(standing: &str, evidence: &EvidenceNote) -> Markup {
    html! {
        span.standing { (standing) }
        @if !evidence.grades.is_empty() { "; sources graded " (said(&evidence.grades.join(", "))) }
        @if !evidence.denied_by.is_empty() { "; " span.denied { "denied by " (said(&evidence.denied_by.join(", "))) } }
    }
}

fn exception(unless: &UnlessNote) -> Markup {
    let open = unless.state == "not-shown";
    html! {
        li class=(if open { "open" } else { "shut" }) {
            span.state { (spaced(&unless.state)) } " "
            (said(&unless.title))
            span.asks {
                code { (said(&unless.exception)) } ", decided by " (spaced(&unless.decided_by))
                @if !unless.missing.is_empty() { "; not told: " (list(&unless.missing)) }
            }
        }
    }
}

fn list(facts: &[String]) -> Markup {
    let mut spoken: Vec<String> = facts.iter().map(|f| spoken(f)).collect();
    spoken.dedup();
    html! { (said(&spoken.join(", "))) }
}

fn decided(decision: &DecisionNote) -> Markup {
    html! {
        div.decision {
            p {
                strong { (state(decision)) } " by " (said(&decision.by)) " on " (said(&decision.on))
                @if let Some(until) = &decision.expires { ", until " (said(until)) }
            }
            p { (said(&decision.reason)) }
        }
    }
}
