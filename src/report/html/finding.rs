//! One finding: a line that says what it comes to, unfolding into the reasons.

use maud::{Markup, html};

use crate::decisions::DecisionState;
use crate::engine::{EvidenceLevel, ExceptionState};
use crate::report::finding_text::settled_by;
use crate::report::model::{AuthorityNote, DecisionNote, EvidenceNote, ExceptionNote, Finding};
use crate::report::words::spoken;

use super::fact::facts;
use super::parts::{badge, coded, date, is_long, look, quoting, said, said_briefly, spaced};

/// A finding and the name of its reasons in links: one of its own, even if another finding has its fingerprint.
#[derive(Debug)]
pub(super) struct Named<'f> {
    /// It.
    pub finding: &'f Finding,
    /// `f-` and the fingerprint, with a number from the second of that fingerprint on.
    pub id: String,
}

/// The finding, folded; `file` is the one that its transaction stands in.
pub(super) fn finding(named: &Named<'_>, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let Named { finding, id } = named;
    let look = look(Some(finding.verdict));
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
                    span { (finding.severity.word()) " severity" }
                    (coded(&finding.rule))
                    @if let Some(decision) = &finding.decision { span.decided { (state(decision)) } }
                }
            }
            div.reasons id=(id) { (reasons(finding, evidence, file)) }
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
    html! { "decided: " (spaced(decision.decision.word())) @if decision.state == DecisionState::Expired { " (expired)" } }
}

fn reasons(finding: &Finding, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let settled = settled_by(finding);
    html! {
        @if let Some(decision) = &finding.decision { (decided(decision)) }
        h5 { "Because" }
        (facts(&finding.because, file))
        dl {
            // The line above tells the beginning of a long name.
            @if let Some(subject) = finding.subject.as_ref().filter(|s| is_long(&s.label)) {
                div { dt { "On" } dd { (said(&subject.label)) " (item " (subject.item.saturating_add(1)) ")" } }
            }
            @if let Some(by) = &finding.satisfied_by { div { dt { "Satisfied by" } dd { (said(by)) } } }
            @if !finding.limited_by.is_empty() {
                div { dt { "No more than potential" } dd { ul { @for why in &finding.limited_by { li { (said(why.in_words())) } } } } }
            }
            @if !settled.is_empty() {
                div { dt { "Settled if known" } dd { ul.either { @for set in &settled { li { (quoting(set)) } } } } }
            } @else if !finding.missing.is_empty() {
                div { dt { "Missing facts" } dd { (list(&finding.missing)) } }
            }
            (exceptions("Would be compliant if", &finding.unless, ExceptionState::NotShown))
            (exceptions("Exceptions excluded", &finding.unless, ExceptionState::Excluded))
            div { dt { "Evidence" } dd { (standing(finding.standing, evidence)) } }
            @if !finding.flags.is_empty() {
                div { dt { "To know of the rule" } dd { ul { @for flag in &finding.flags { li { (quoting(flag)) } } } } }
            }
            div { dt { "Fingerprint" } dd { code { (finding.fingerprint) } } }
        }
    }
}

/// On how good a word it stands: grades by the Admiralty scale, and who denies it.
pub(super) fn standing(standing: EvidenceLevel, evidence: &EvidenceNote) -> Markup {
    html! {
        span.standing { (standing.word()) }
        @if !evidence.grades.is_empty() { "; sources graded " (said(&evidence.grades.join(", "))) }
        @if !evidence.denied_by.is_empty() { "; " span.denied { "denied by " (said(&evidence.denied_by.join(", "))) } }
    }
}

/// The exceptions in one state: those that the facts do not show, and those that they exclude.
fn exceptions(heading: &str, all: &[ExceptionNote], state: ExceptionState) -> Markup {
    let mut of_state = all.iter().filter(|u| u.state == state).peekable();
    html! {
        @if of_state.peek().is_some() {
            div { dt { (heading) } dd { ul.exceptions { @for unless in of_state { (exception(unless)) } } } }
        }
    }
}

fn exception(unless: &ExceptionNote) -> Markup {
    html! {
        li {
            (said(&unless.title))
            span.asks {
                (coded(&unless.exception)) ", decided by " (spaced(unless.decided_by.word()))
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
                strong { (state(decision)) } " by " (said(&decision.by)) " on " (date(decision.on))
                @if let Some(until) = decision.expires { ", until " (date(until)) }
            }
            p { (said(&decision.reason)) }
        }
    }
}
