//! One finding: a line with its verdict and title, which unfolds into the reasons.

use maud::{Markup, html};

use crate::decisions::DecisionState;
use crate::engine::{EvidenceLevel, ExceptionState, Verdict};
use crate::report::model::{AuthorityNote, DecisionNote, EvidenceNote, ExceptionNote, Finding};
use crate::report::wording::{Body, OpenQuestion, Topic, missing_facts, sections};

use super::fact::facts;
use super::parts::{
    badge, capitalised, code_text, date, is_shortened, isolated, isolated_short, isolated_with_code, verdict_style,
    without_hyphens,
};

/// A finding on the page, with the id of its reasons: unique, even if two findings have the same fingerprint.
#[derive(Debug)]
pub(super) struct ListedFinding<'f> {
    /// The finding.
    pub finding: &'f Finding,
    /// `f-` and the fingerprint, with a number from the second of that fingerprint on.
    pub id: String,
}

/// A finding on the page, or a question in place of several.
#[derive(Debug)]
pub(super) enum ListedEntry<'f> {
    /// A finding.
    Finding(ListedFinding<'f>),
    /// A question.
    Question(OpenQuestion<'f>),
}

/// A finding or a question, collapsed.
pub(super) fn entry_of(listed: &ListedEntry<'_>, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    match listed {
        ListedEntry::Finding(listed) => finding(listed, evidence, file),
        ListedEntry::Question(open) => question(open),
    }
}

/// A question, which unfolds into the rules that hang on it.
fn question(open: &OpenQuestion<'_>) -> Markup {
    let style = verdict_style(Some(Verdict::InsufficientInformation));
    html! {
        details class={ "finding " (style.class) } data-verdict=(style.class) {
            summary {
                (badge(style))
                h4 { (isolated_with_code(&open.note.text)) }
                span.facets { span { (isolated(&open.stakes())) } }
            }
            div.reasons {
                @if let Some(then) = open.then() { p { (isolated(&capitalised(&then))) } }
                ul {
                    @for rule in open.rules() {
                        li {
                            (isolated(&rule.title)) " "
                            span.cite { (citations(rule.authority.get(..1).unwrap_or_default())) } " "
                            (code_text(&rule.rule))
                        }
                    }
                }
            }
        }
    }
}

/// A finding, collapsed. `file` is the file of its transaction: places in it are shown as line and column only.
fn finding(listed: &ListedFinding<'_>, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let ListedFinding { finding, id } = listed;
    let style = verdict_style(Some(finding.verdict));
    html! {
        details class={ "finding " (style.class) } data-verdict=(style.class) {
            summary {
                (badge(style))
                h4 { (isolated(&finding.title)) }
                span.facets {
                    span.cite { (citations(&finding.authority)) }
                    @if let Some(subject) = &finding.subject {
                        span { "on " (isolated_short(&subject.label)) " (item " (subject.item.saturating_add(1)) ")" }
                    }
                    span { (finding.severity.word()) " severity" }
                    (code_text(&finding.rule))
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
            (isolated(&paragraph.symbol)) " para " (isolated(&paragraph.paragraph))
        }
    }
}

fn state(decision: &DecisionNote) -> Markup {
    html! { "decided: " (without_hyphens(decision.decision.word())) @if decision.state == DecisionState::Expired { " (expired)" } }
}

fn reasons(finding: &Finding, evidence: &EvidenceNote, file: Option<&str>) -> Markup {
    let sections = sections(&[finding]);
    let excluded: Vec<&ExceptionNote> = finding.unless.iter().filter(|e| e.state == ExceptionState::Excluded).collect();
    // The line above shows a short label whole.
    let is_long = finding.subject.as_ref().is_some_and(|subject| is_shortened(&subject.label));
    html! {
        @if let Some(decision) = &finding.decision { (decided(decision)) }
        h5 { (capitalised(Topic::Because.heading())) }
        (facts(&finding.because, file))
        dl {
            @for section in &sections {
                @match section.topic {
                    Topic::Because | Topic::Note | Topic::Decided => {}
                    Topic::On if !is_long => {}
                    topic => { (entry(topic, &section.body)) }
                }
            }
            @if !excluded.is_empty() { (described("Exceptions excluded", exceptions(&excluded))) }
            (described("Evidence", standing(finding.standing, evidence)))
            @for section in sections.iter().filter(|section| section.topic == Topic::Note) { (entry(section.topic, &section.body)) }
            (described("Fingerprint", html! { code { (finding.fingerprint) } }))
        }
    }
}

fn described(heading: &str, description: Markup) -> Markup {
    html! { div { dt { (heading) } dd { (description) } } }
}

/// A section of a finding.
fn entry(topic: Topic, body: &Body<'_>) -> Markup {
    let description = match body {
        Body::Sentence(sentence) => isolated(sentence),
        Body::All(sentences) if topic == Topic::On => isolated(&sentences.join("; ")),
        Body::All(sentences) => html! { ul { @for sentence in sentences { li { (isolated_with_code(sentence)) } } } },
        Body::Any(sentences) => html! { ul.either { @for sentence in sentences { li { (isolated_with_code(sentence)) } } } },
        Body::Facts(basis) => facts(basis.iter().copied(), None),
        Body::Exceptions(all) => exceptions(all),
    };
    described(&capitalised(topic.heading()), description)
}

/// The evidence for a transaction: its level, grades of the Admiralty system, and who denies it.
pub(super) fn standing(level: EvidenceLevel, evidence: &EvidenceNote) -> Markup {
    html! {
        span.standing { (level.word()) }
        @if !evidence.grades.is_empty() { "; sources graded " (isolated(&evidence.grades.join(", "))) }
        @if !evidence.denied_by.is_empty() { "; " span.denied { "denied by " (isolated(&evidence.denied_by.join(", "))) } }
    }
}

fn exceptions(all: &[&ExceptionNote]) -> Markup {
    html! {
        ul.exceptions {
            @for exception in all {
                li {
                    (isolated(&exception.title))
                    span.asks {
                        (code_text(&exception.exception)) ", decided by " (without_hyphens(exception.decided_by.word()))
                        @if let Some(missing) = missing_facts(exception) { "; " (isolated(&missing)) }
                    }
                }
            }
        }
    }
}

fn decided(decision: &DecisionNote) -> Markup {
    html! {
        div.decision {
            p {
                strong { (state(decision)) } " by " (isolated(&decision.by)) " on " (date(decision.on))
                @if let Some(until) = decision.expires { ", until " (date(until)) }
            }
            p { (isolated(&decision.reason)) }
        }
    }
}
