//! Findings that there is no room for: counted by rule and verdict, so that none is passed over in silence.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::engine::Verdict;
use crate::report::model::Finding;

use super::parts::{badge, coded, grouped, look, number_of, said};
use super::survey::MOST_FINDINGS;

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    by_rule: BTreeMap<(Reverse<Verdict>, String), (String, usize)>,
    /// Transactions without a finding, but with something else to say.
    pub transactions: usize,
}

impl LeftOut {
    /// Counts a finding.
    pub fn add(&mut self, finding: &Finding) {
        let key = (Reverse(finding.verdict), finding.rule.clone());
        self.by_rule.entry(key).or_insert_with(|| (finding.title.clone(), 0)).1 += 1;
    }

    /// How many findings.
    pub fn number(&self) -> usize {
        self.by_rule.values().map(|(_, number)| number).sum()
    }

    /// The counts, and how to see all.
    pub fn table(&self) -> Markup {
        let number = self.number();
        html! {
            @if number > 0 {
                section #left-out aria-labelledby="left-out-title" {
                    h3 #left-out-title { (number_of(number, "more finding")) }
                    p.note {
                        "This page tells " (grouped(MOST_FINDINGS)) " findings at most, the worst first. The others are counted here; "
                        code { "--format json" } " and " code { "--format csv" } " tell them all."
                    }
                    div.scroll tabindex="0" role="region" aria-label="Findings counted by rule" {
                        table {
                            caption.unseen { "Findings left out, by rule and verdict" }
                            thead { tr { th scope="col" { "Verdict" } th scope="col" { "Rule" } th.number scope="col" { "Findings" } } }
                            tbody {
                                @for ((Reverse(verdict), rule), (title, number)) in &self.by_rule {
                                    tr {
                                        td { (badge(look(Some(*verdict)))) }
                                        td { (said(title)) br; (coded(rule)) }
                                        td.number { (grouped(*number)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if self.transactions > 0 {
                p.note {
                    (number_of(self.transactions, "more transaction")) " without a finding, but with a duty, a red flag or a near miss; "
                    code { "--format json" } " tells them."
                }
            }
        }
    }
}
