//! One finding: a line with its verdict and title, which unfolds into the reasons.

use maud::{Markup, html};

use crate::engine::{EvidenceLevel, ExceptionState, Verdict};
use crate::report::model::{AuthorityNote, DecisionNote, ElementNames, EvidenceNote, ExceptionNote, Finding, TransactionReport};
use crate::report::wording::{Body, OpenQuestion, Telling, Topic, decision_state, item_number, missing_facts, sections};

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

/// The transaction of a finding, and how its findings are told.
#[derive(Debug, Clone, Copy)]
pub(super) struct FindingContext<'t> {
    /// The transaction.
    pub transaction: &'t TransactionReport,
    /// The names of its parties, and what is told once for all findings.
    pub telling: Telling<'t>,
    /// True to tell what the page at the top or the transaction tells already.
    pub is_full: bool,
}

/// A finding or a question, collapsed.
pub(super) fn entry_of(listed: &ListedEntry<'_>, of: FindingContext<'_>) -> Markup {
    match listed {
        ListedEntry::Finding(listed) => finding(listed, of),
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

/// A finding, collapsed. Places in the file of its transaction are shown as line and column only.
fn finding(listed: &ListedFinding<'_>, of: FindingContext<'_>) -> Markup {
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
                        span { "on " (isolated_short(&subject.label)) (item_number(subject)) }
                    }
                    span { (finding.severity.word()) " severity" }
                    (code_text(&finding.rule))
                    @if let Some(decision) = &finding.decision { span.decided { (state(decision)) } }
                }
            }
            div.reasons id=(id) { (reasons(finding, of)) }
        }
    }
}

fn citations(authority: &[AuthorityNote]) -> Markup {
    html! {
        @for (i, paragraph) in authority.iter().enumerate() {
            @if i > 0 { "; " }
            (isolated(&paragraph.symbol)) " para " (isolated(&paragraph.paragraph)) @if paragraph.later { " (adopted later)" }
        }
    }
}

fn state(decision: &DecisionNote) -> Markup {
    html! { "decided: " (without_hyphens(decision.decision.word())) (decision_state(decision)) }
}

fn reasons<'f>(finding: &'f Finding, of: FindingContext<'f>) -> Markup {
    let FindingContext { transaction, telling, is_full } = of;
    let file = transaction.at.as_ref().map(|at| at.file.as_str());
    let names = telling.names;
    let sections = sections(&[finding], telling);
    let is_excluded = |exception: &&ExceptionNote| is_full && exception.state == ExceptionState::Excluded;
    let excluded: Vec<&ExceptionNote> = finding.unless.iter().filter(is_excluded).collect();
    // The line above shows a short label whole.
    let is_long = finding.subject.as_ref().is_some_and(|subject| is_shortened(&subject.label));
    html! {
        @if let Some(decision) = &finding.decision { (decided(decision)) }
        h5 { (capitalised(Topic::Because.heading())) }
        (facts(&finding.because, file, names))
        dl {
            @for section in &sections {
                @match section.topic {
                    Topic::Because | Topic::Note | Topic::Decided => {}
                    Topic::On if !is_long => {}
                    topic => { (entry(topic, &section.body, names)) }
                }
            }
            @if !excluded.is_empty() { (described("Exceptions excluded", exceptions(&excluded, names))) }
            @if is_full || finding.standing != transaction.evidence.standing {
                (described("Evidence", standing(finding.standing, &transaction.evidence)))
            }
            @for section in sections.iter().filter(|section| section.topic == Topic::Note) { (entry(section.topic, &section.body, names)) }
            (described("Fingerprint", html! { code { (finding.fingerprint) } }))
        }
    }
}

fn described(heading: &str, description: Markup) -> Markup {
    html! { div { dt { (heading) } dd { (description) } } }
}

/// A section of a finding.
fn entry(topic: Topic, body: &Body<'_>, names: &ElementNames) -> Markup {
    let description = match body {
        Body::Sentence(sentence) => isolated(sentence),
        Body::All(sentences) if topic == Topic::On => isolated(&sentences.join("; ")),
        Body::All(sentences) => html! { ul { @for sentence in sentences { li { (isolated_with_code(sentence)) } } } },
        Body::Any(sentences) => html! { ul.either { @for sentence in sentences { li { (isolated_with_code(sentence)) } } } },
        Body::Facts(basis) => facts(basis.iter().copied(), None, names),
        Body::Exceptions(all) => exceptions(all, names),
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

pub(super) fn exceptions(all: &[&ExceptionNote], names: &ElementNames) -> Markup {
    html! {
        ul.exceptions {
            @for exception in all {
                li {
                    (isolated(&exception.title))
                    span.asks {
                        (code_text(&exception.exception)) ", decided by " (without_hyphens(exception.decided_by.word()))
                        @if let Some(missing) = missing_facts(exception, names) { "; " (isolated(&missing)) }
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
