//! The second pass: every transaction by itself, the worst incident first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::Detail;
use crate::report::model::{Finding, Head, IncidentReport, Report, TransactionReport};
use crate::report::wording::{FindingOrQuestion, bans_and_questions, findings_and_questions};

use super::filter::filter;
use super::finding::{ListedEntry, ListedFinding};
use super::left_out::OmittedFindings;
use super::parts::{code_text, count_of, isolated, isolated_short, with_separators};
use super::survey::{MOST_FINDINGS, Survey};
use super::write_markup;

/// The most transactions that are shown without a finding, for a duty, a red flag or a near miss.
const MOST_SILENT: usize = 1_000;
/// The most ids of transactions or incidents without a finding that are named in a line.
const MOST_NAMED: usize = 300;
/// The most bytes of all findings, whatever is in them: a browser must be able to hold the page.
const MOST_BYTES: usize = 48 << 20;

/// The findings in their transactions, and what was left out.
pub(super) fn findings(report: &Report, survey: &Survey, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    write_markup(out, &opening(&report.head, &survey.listed))?;
    let mut budget = PageBudget {
        findings: survey.listed.clone(),
        silent: MOST_SILENT,
        bytes: MOST_BYTES,
        fingerprints: BTreeMap::new(),
        left_out: OmittedFindings::default(),
    };
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|i| Reverse(i.verdict));
    let mut clear = WithoutFinding::default();
    for incident in incidents {
        let mut written = IncidentSection { incident, titled: incidents_are_titled(report), open: false };
        let mut here = WithoutFinding::default();
        for transaction in incident.transactions.worst_first() {
            let transaction = transaction?;
            if !transaction.has_something_to_report() {
                here.add(&transaction.id);
            } else if let Some(markup) = budget.render(incident, &transaction, detail) {
                written.open(out)?;
                write_markup(out, &markup)?;
            }
        }
        if written.open {
            write_markup(out, &here.line("transaction"))?;
            out.write_all(b"</section>\n")?;
        } else if here.number > 0 {
            clear.add(&incident.id);
        }
    }
    write_markup(out, &clear.line("incident"))?;
    write_markup(out, &budget.left_out.table())?;
    out.write_all(b"</section>\n")
}

/// A report on one incident has its title above all already.
fn incidents_are_titled(report: &Report) -> bool {
    report.incidents.len() > 1
}

fn opening(head: &Head, listed: &BTreeMap<Verdict, usize>) -> Markup {
    let number = head.summary.findings();
    html! {
        (maud::PreEscaped("<section id=\"findings\" aria-labelledby=\"findings-title\">"))
        h2 #findings-title { "Findings" }
        @if number == 0 {
            p.note { "No finding." }
        } @else {
            p.note {
                (count_of(number, "finding")) ", the worst first; each unfolds into its reasons. Printing unfolds all that is on this page."
                @if number > MOST_FINDINGS {
                    " This page lists the " (with_separators(MOST_FINDINGS)) " worst; the " a href="#left-out" { "others are counted" } " after them."
                }
            }
            (filter(listed))
        }
    }
}

/// An incident is opened only when there is something to put under it.
struct IncidentSection<'a> {
    incident: &'a IncidentReport,
    titled: bool,
    open: bool,
}

impl IncidentSection<'_> {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.open {
            return Ok(());
        }
        self.open = true;
        out.write_all(b"<section class=\"incident\">\n")?;
        let Self { incident, titled, .. } = self;
        if !*titled {
            return Ok(());
        }
        write_markup(
            out,
            &html! {
                header {
                    h3.incident-title { (isolated(incident.title.as_deref().unwrap_or(&incident.id))) }
                    p.facets { @if incident.title.is_some() { (code_text(&incident.id)) } span { (count_of(incident.transactions.len(), "transaction")) } }
                }
            },
        )
    }
}

/// How much may still be written to the page.
struct PageBudget {
    findings: BTreeMap<Verdict, usize>,
    silent: usize,
    bytes: usize,
    /// The number of times that each fingerprint is listed.
    fingerprints: BTreeMap<String, usize>,
    left_out: OmittedFindings,
}

impl PageBudget {
    /// The transaction with those of its findings that may still be listed; `None` if it is left out.
    fn render(&mut self, incident: &IncidentReport, transaction: &TransactionReport, detail: Detail) -> Option<Markup> {
        let mut shown: Vec<ListedEntry<'_>> = Vec::new();
        let entries = if detail == Detail::Full { findings_and_questions(transaction) } else { bans_and_questions(transaction) };
        for entry in entries {
            let verdict = match &entry {
                FindingOrQuestion::Finding(finding) => finding.verdict,
                FindingOrQuestion::Question(_) => Verdict::InsufficientInformation,
            };
            let room = self.findings.get_mut(&verdict).filter(|room| **room > 0 && self.bytes > 0);
            match (entry, room) {
                (FindingOrQuestion::Finding(finding), Some(room)) => {
                    let with_it = if detail == Detail::Full { 0 } else { finding.also.len() };
                    *room = room.saturating_sub(finding.items() * (1 + with_it));
                    shown.push(ListedEntry::Finding(listed(finding, &mut self.fingerprints)));
                }
                (FindingOrQuestion::Question(question), Some(room)) => {
                    *room = room.saturating_sub(question.items());
                    shown.push(ListedEntry::Question(question));
                }
                (FindingOrQuestion::Finding(finding), None) => self.left_out.add(finding),
                (FindingOrQuestion::Question(question), None) => {
                    question.findings.iter().for_each(|finding| self.left_out.add(finding))
                }
            }
        }
        if shown.is_empty() && !transaction.findings.is_empty() {
            return None;
        }
        if shown.is_empty() {
            if self.silent == 0 || self.bytes == 0 {
                self.left_out.transactions += 1;
                return None;
            }
            self.silent -= 1;
        }
        let markup = super::transaction::transaction(&incident.id, transaction, &shown, detail);
        self.bytes = self.bytes.saturating_sub(markup.0.len());
        Some(markup)
    }
}

/// The finding with an id that no other has.
fn listed<'f>(finding: &'f Finding, fingerprints: &mut BTreeMap<String, usize>) -> ListedFinding<'f> {
    let fingerprint = &finding.fingerprint;
    let number = fingerprints.entry(fingerprint.clone()).or_default();
    *number += 1;
    ListedFinding { finding, id: if *number == 1 { format!("f-{fingerprint}") } else { format!("f-{fingerprint}-{number}") } }
}

/// Transactions or incidents without a finding, by id.
#[derive(Default)]
struct WithoutFinding {
    named: Vec<String>,
    number: usize,
}

impl WithoutFinding {
    fn add(&mut self, id: &str) {
        self.number += 1;
        if self.named.len() < MOST_NAMED {
            self.named.push(id.to_owned());
        }
    }

    fn line(&self, what: &str) -> Markup {
        html! {
            @if self.number > 0 {
                p.clear {
                    strong { (count_of(self.number, what)) " without a finding" } ": "
                    @for (i, id) in self.named.iter().enumerate() { @if i > 0 { ", " } (isolated_short(id)) }
                    @if self.number > self.named.len() { " and " (with_separators(self.number - self.named.len())) " more" }
                    "."
                }
            }
        }
    }
}
