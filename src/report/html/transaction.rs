//! One transaction: its date, its evidence and its findings.

use maud::{Markup, html};

use crate::report::Detail;
use crate::report::model::{Finding, TransactionReport};
use crate::report::wording::{NOT_REPORTED, Telling, decisive_derived, derived_fact, shared_exceptions, unmet_condition};

use super::finding::{FindingContext, ListedEntry, entry_of, exceptions, standing};
use super::parts::{anchor, badge, code_text, count_of, date, isolated, isolated_with_code, place_text, verdict_style};

/// The most duties, red flags and near misses that are listed of one transaction, each.
const MAX_ROWS: usize = 200;

/// The transaction with those of its findings that are listed.
pub(super) fn transaction(
    incident: &str,
    transaction: &TransactionReport,
    entries: &[ListedEntry<'_>],
    detail: Detail,
) -> Markup {
    let id = anchor(incident, transaction);
    let listed = |entry: &ListedEntry<'_>| match entry {
        ListedEntry::Finding(listed) if detail == Detail::Full => listed.finding.items(),
        ListedEntry::Finding(listed) => listed.finding.items() * (1 + listed.finding.also.len()),
        ListedEntry::Question(question) => question.items(),
    };
    let findings: usize = transaction.findings.iter().map(Finding::items).sum();
    let left_out = findings.saturating_sub(entries.iter().map(listed).sum());
    let shared = if detail == Detail::Full { Vec::new() } else { shared_exceptions(transaction) };
    let told_once: Vec<&str> = shared.iter().map(|exception| exception.exception.as_str()).collect();
    let telling = Telling { names: &transaction.names, told_once: &told_once };
    let of = FindingContext { transaction, telling, is_full: detail == Detail::Full };
    html! {
        article.transaction id=(id) aria-labelledby={ (id) "-t" } {
            header {
                h3 id={ (id) "-t" } { (isolated(transaction.title.as_deref().unwrap_or(&transaction.id))) }
                p.facets {
                    @if entries.is_empty() { (badge(verdict_style(transaction.verdict))) }
                    @if transaction.title.is_some() { (code_text(&transaction.id)) }
                    span { @match transaction.date { Some(period) => { (date(period)) } None => { "date " (NOT_REPORTED) } } }
                    @if of.is_full { span { (standing(transaction.evidence.standing, &transaction.evidence)) } }
                    @if let Some(at) = &transaction.at { (place_text(at)) }
                }
            }
            @for one in entries { (entry_of(one, of)) }
            @if left_out > 0 { p.note { (count_of(left_out, "finding")) " of this transaction left out, counted below." } }
            @if !shared.is_empty() {
                div.owed { h4 { "Each of these breaches would be compliant if" } (exceptions(&shared, &transaction.names)) }
            }
            (beside_findings(transaction, detail))
        }
    }
}

/// Red flags, duties and near misses.
fn beside_findings(transaction: &TransactionReport, detail: Detail) -> Markup {
    let names = &transaction.names;
    let over = |number: usize| number.saturating_sub(MAX_ROWS);
    let derived = if detail == Detail::Full { transaction.derived.iter().collect() } else { decisive_derived(transaction) };
    html! {
        // The page at the top gives it in one line.
        @if let Some(triage) = transaction.triage.as_ref().filter(|_| detail == Detail::Full) {
            div.flags {
                h4 { "Triage" }
                ul {
                    li { (isolated_with_code(&triage.why)) }
                    @for near in &triage.nearest {
                        li { (isolated(&near.title)) " " (code_text(&near.rule)) ": " (isolated_with_code(&near.kept_away_by)) }
                    }
                }
            }
        }
        @if !transaction.warnings.is_empty() {
            div.flags {
                h4 { "To look at" }
                ul {
                    @for warning in transaction.warnings.iter().take(MAX_ROWS) {
                        li { (isolated_with_code(&warning.text)) @if let Some(at) = &warning.at { " " (place_text(at)) } }
                    }
                }
                (more(over(transaction.warnings.len())))
            }
        }
        @if !transaction.duties.is_empty() {
            div.owed {
                h4 { "Duties" }
                ul {
                    @for duty in transaction.duties.iter().take(MAX_ROWS) {
                        li {
                            (isolated(&duty.title)) " " (code_text(&duty.duty))
                            @if let Some(by) = duty.by { ", by " strong { (date(by)) } }
                        }
                    }
                }
                (more(over(transaction.duties.len())))
            }
        }
        @if !derived.is_empty() {
            details.near {
                summary { (count_of(derived.len(), "derived fact")) ": not reported, but following from what is" }
                ul {
                    @for derived in derived.iter().take(MAX_ROWS) {
                        li { (isolated_with_code(&derived_fact(derived, names))) @if let Some(at) = &derived.at { " " (place_text(at)) } }
                    }
                }
                (more(over(derived.len())))
            }
        }
        @if !transaction.near_misses.is_empty() {
            details.near {
                summary { (count_of(transaction.near_misses.len(), "near miss").replace("misss", "misses")) ": a single condition keeps the rule from a finding" }
                ul {
                    @for near in transaction.near_misses.iter().take(MAX_ROWS) {
                        li {
                            (code_text(&near.rule)) ": "
                            (isolated_with_code(&unmet_condition("the rule asks", &near.condition, &near.fact, near.value.as_deref(), names)))
                        }
                    }
                }
                (more(over(transaction.near_misses.len())))
            }
        }
    }
}

fn more(number: usize) -> Markup {
    html! { @if number > 0 { p.note { (number) " more, which the JSON report lists." } } }
}
