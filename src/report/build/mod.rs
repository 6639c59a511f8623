//! Builds the report from the outcomes of a run: texts, places and counts, but no layout.

mod counts;
mod decisions;
mod finding;
mod fingerprint;
mod head;
mod question;
mod transaction;

use crate::decisions::Decisions;
use crate::document::{Diagnostics, Position, SourceMap, Span};
use crate::engine::Assessment;

use super::Transactions;
use super::model::{FileLocation, IncidentReport, InputNote, Report};

pub use counts::Counts;
pub use head::{HeadInputs, head};
pub use transaction::transaction;

/// What a report contains in addition to findings, duties and red flags.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions<'d> {
    /// True to list near misses: rules that exactly one condition keeps from matching.
    pub near_misses: bool,
    /// The decisions of the baseline.
    pub decisions: Option<&'d Decisions>,
}

/// The report of a run over documents that are in memory: `inputs` were read, with `problems`, which are about `sources`. Places in
/// rules are named as in the rulebook.
pub fn build(
    assessment: &Assessment<'_>,
    inputs: Vec<InputNote>,
    sources: &SourceMap,
    problems: &Diagnostics,
    options: ReportOptions<'_>,
) -> Report {
    let builder = transaction::Builder { rulebook: assessment.rulebook, sources, options };
    let incidents: Vec<IncidentReport> = assessment
        .incidents
        .iter()
        .map(|incident| IncidentReport {
            id: incident.reported.id().to_owned(),
            title: incident.reported.incident.title.as_deref().map(str::to_owned),
            verdict: incident.verdict(),
            transactions: Transactions::held(
                incident.transactions.iter().map(|t| builder.transaction(incident.reported, t)).collect(),
            ),
        })
        .collect();
    let mut counts = Counts { incidents: incidents.len(), ..Counts::default() };
    assessment.transactions().for_each(|(_, t)| counts.add(t));
    // Which decisions match a finding is known only once every finding is built, so the head comes last.
    let mut problems = problems.clone();
    options.decisions.iter().for_each(|decisions| decisions.report_ambiguous(&mut problems));
    let head = head(HeadInputs {
        rulebook: assessment.rulebook,
        inputs,
        problems: &problems,
        sources,
        not_assessed: &assessment.not_assessed,
        known_on: assessment.known_on,
        counts: &counts,
        options,
    });
    Report { head, incidents }
}

/// The place at which a span starts.
fn location(sources: &SourceMap, span: Span) -> FileLocation {
    match sources.get(span.source) {
        Some(source) => {
            let Position { line, column } = source.position(span.start);
            FileLocation { file: source.name().to_owned(), position: Some(Position { line, column }) }
        }
        None => FileLocation { file: "?".to_owned(), position: None },
    }
}
