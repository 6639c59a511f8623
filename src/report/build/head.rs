//! The head of a report: what stands above its incidents.

use chrono::NaiveDate;

use crate::document::{DiagnosticLevel, Diagnostics, SourceMap};
use crate::engine::{NotAssessed, Verdict};
use crate::intake::Input;
use crate::rulebook::Rulebook;

use super::super::model::*;
use super::decisions::decisions_note;
use super::{Counts, ReportOptions};

/// What a head tells of.
#[derive(Debug, Clone, Copy)]
pub struct HeadInputs<'r> {
    /// The law.
    pub rulebook: &'r Rulebook,
    /// What was read.
    pub inputs: &'r [Input],
    /// What was wrong with it.
    pub problems: &'r Diagnostics,
    /// The texts that the problems and decisions stand in.
    pub sources: &'r SourceMap,
    /// What could not be assessed.
    pub not_assessed: &'r [NotAssessed],
    /// The day as of which the law was asked.
    pub known_on: Option<NaiveDate>,
    /// What was counted.
    pub counts: &'r Counts,
    /// What is told beside the findings.
    pub telling: ReportOptions<'r>,
}

/// What stands above the incidents. Every finding is told by then: only so is it known which decisions met one.
pub fn head(of: &HeadInputs<'_>) -> Head {
    let HeadInputs { rulebook, inputs, problems, sources, not_assessed, known_on, counts, telling } = *of;
    let notes = problems.iter().map(|p| ProblemNote {
        severity: if p.level() == DiagnosticLevel::Error { "error" } else { "warning" }.into(),
        code: Some(p.code.as_str().into()),
        message: p.message.clone(),
        at: p.at.map(|at| sources.at(at)),
        help: p.help.clone(),
    });
    let input =
        |i: &Input| InputNote { path: i.path.clone(), digest: format!("sha256:{}", i.digest), transactions: i.transactions };
    Head {
        schema: SCHEMA.into(),
        tool: Tool { name: "interdict".into(), version: env!("CARGO_PKG_VERSION").into() },
        rulebook: RulebookNote {
            digest: format!("sha256:{}", rulebook.digest),
            rules: rulebook.rules.len(),
            regimes: rulebook.regimes.iter().map(|r| r.id.clone()).collect(),
        },
        resolutions: rulebook
            .register
            .resolutions()
            .iter()
            .map(|r| ResolutionNote { symbol: r.symbol.clone(), adopted: r.adopted })
            .collect(),
        designations: Vec::new(),
        inputs: inputs.iter().map(input).collect(),
        known_on: known_on.map(|d| d.to_string()),
        options: OptionsNote { near_misses: telling.near_misses, ..OptionsNote::default() },
        summary: Summary {
            verdict: counts.verdict().map(Verdict::word).map(Word::from),
            incidents: counts.incidents,
            transactions: counts.transactions,
            violation: counts.of(Verdict::Violation),
            potential_violation: counts.of(Verdict::PotentialViolation),
            insufficient_information: counts.of(Verdict::InsufficientInformation),
            compliant: counts.of(Verdict::Compliant),
            errors: problems.count(DiagnosticLevel::Error),
        },
        not_assessed: not_assessed
            .iter()
            .map(|n| NotAssessedNote { rules: n.rules.clone(), transactions: n.transactions, because: n.reason.clone() })
            .collect(),
        decisions: telling.decisions.map(|decisions| decisions_note(decisions, sources)),
        problems: notes.collect(),
    }
}
