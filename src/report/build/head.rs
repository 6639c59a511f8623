//! Builds the head of a report.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::document::{DiagnosticLevel, Diagnostics, SourceMap};
use crate::engine::{NotAssessed, Verdict};
use crate::rulebook::Rulebook;

use super::super::model::*;
use super::decisions::decisions_note;
use super::not_checked::not_checked_by_run;
use super::{Counts, ReportOptions, location};

/// The inputs of the head of a report.
#[derive(Debug)]
pub struct HeadInputs<'r> {
    /// The rulebook that was applied.
    pub rulebook: &'r Rulebook,
    /// The lists of designated parties that were searched.
    pub designations: Vec<DesignationsNote>,
    /// The files that were read.
    pub inputs: Vec<InputNote>,
    /// Errors and warnings about them.
    pub problems: &'r Diagnostics,
    /// The texts that the problems and decisions are about.
    pub sources: &'r SourceMap,
    /// Rules that could not be assessed.
    pub not_assessed: &'r [NotAssessed],
    /// The day as of which the law was applied, if one was given.
    pub known_on: Option<NaiveDate>,
    /// The counts of the run.
    pub counts: &'r Counts,
    /// What the report contains in addition to findings.
    pub options: ReportOptions<'r>,
}

/// The head of a report. It must be built after every transaction: only then is it known which decisions match a finding.
pub fn head(inputs: HeadInputs<'_>) -> Head {
    let HeadInputs { rulebook, designations, inputs, problems, sources, not_assessed, known_on, counts, options } = inputs;
    let notes = problems.iter().map(|p| ProblemNote {
        severity: p.level(),
        code: Some(p.code),
        message: p.message.clone(),
        at: p.at.map(|at| location(sources, at)),
        help: p.help.clone(),
    });
    Head {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: "interdict".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
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
        designations,
        inputs,
        known_on,
        options: OptionsNote { near_misses: options.near_misses, ..OptionsNote::default() },
        summary: Summary {
            verdict: counts.verdict(),
            incidents: counts.incidents,
            transactions: counts.transactions,
            violation: counts.findings_of(Verdict::Violation),
            potential_violation: counts.findings_of(Verdict::PotentialViolation),
            insufficient_information: counts.findings_of(Verdict::InsufficientInformation),
            compliant: counts.findings_of(Verdict::Compliant),
            triage: counts.triage,
            not_wholly_checked: counts.not_wholly_checked,
            by_transaction: TransactionCounts {
                violation: counts.transactions_of(Verdict::Violation),
                potential_violation: counts.transactions_of(Verdict::PotentialViolation),
                insufficient_information: counts.transactions_of(Verdict::InsufficientInformation),
                compliant: counts.transactions_of(Verdict::Compliant),
                without_finding: counts.transactions - counts.by_verdict.values().sum::<usize>().min(counts.transactions),
            },
            errors: problems.count(DiagnosticLevel::Error),
        },
        not_assessed: not_assessed
            .iter()
            .map(|n| NotAssessedNote {
                rules: n.rules.clone(),
                regimes: regimes_of(&n.rules, rulebook),
                transactions: n.transactions,
                because: n.reason.in_words(options.has_lists).to_owned(),
            })
            .collect(),
        not_checked: not_checked_by_run(counts, not_assessed, problems, options.has_lists),
        decisions: options.decisions.map(|decisions| decisions_note(decisions, sources)),
        problems: notes.collect(),
    }
}

/// The ids of the regimes that rules belong to, sorted, each once.
fn regimes_of(rules: &[String], rulebook: &Rulebook) -> Vec<String> {
    let regimes = rules.iter().filter_map(|rule| rulebook.regime(rulebook.find_rule(rule)?.regime));
    let regimes: BTreeSet<&str> = regimes.map(|regime| regime.id.as_str()).collect();
    regimes.into_iter().map(str::to_owned).collect()
}
