//! The findings that are not listed, counted by rule and verdict so that none is left out in silence.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::model::Finding;

use super::parts::{badge, code_text, count_of, isolated, verdict_style, with_separators};
use super::survey::MOST_FINDINGS;

/// The counts of what is not listed.
#[derive(Debug, Default)]
pub(super) struct OmittedFindings {
    by_rule: BTreeMap<(Reverse<Verdict>, String), (String, usize)>,
    /// The number of transactions without a finding, but with a duty, a red flag or a near miss.
    pub transactions: usize,
}

impl OmittedFindings {
    /// Counts a finding.
    pub fn add(&mut self, finding: &Finding) {
        let key = (Reverse(finding.verdict), finding.rule.clone());
        self.by_rule.entry(key).or_insert_with(|| (finding.title.clone(), 0)).1 += 1;
    }

    /// The number of findings.
    pub fn number(&self) -> usize {
        self.by_rule.values().map(|(_, number)| number).sum()
    }

    /// The counts in a table, and where to find all findings.
    pub fn table(&self) -> Markup {
        let number = self.number();
        html! {
            @if number > 0 {
                section #left-out aria-labelledby="left-out-title" {
                    h3 #left-out-title { (count_of(number, "more finding")) }
                    p.note {
                        "This page lists " (with_separators(MOST_FINDINGS)) " findings at most, the worst first. The others are counted here; "
                        code { "--format json" } " and " code { "--format csv" } " list them all."
                    }
                    div.scroll tabindex="0" role="region" aria-label="Findings counted by rule" {
                        table {
                            caption.unseen { "Findings left out, by rule and verdict" }
                            thead { tr { th scope="col" { "Verdict" } th scope="col" { "Rule" } th.number scope="col" { "Findings" } } }
                            tbody {
                                @for ((Reverse(verdict), rule), (title, number)) in &self.by_rule {
                                    tr {
                                        td { (badge(verdict_style(Some(*verdict)))) }
                                        td { (isolated(title)) br; (code_text(rule)) }
                                        td.number { (with_separators(*number)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if self.transactions > 0 {
                p.note {
                    (count_of(self.transactions, "more transaction")) " without a finding, but with a duty, a red flag or a near miss; "
                    code { "--format json" } " lists them."
                }
            }
        }
    }
}
