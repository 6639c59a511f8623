//! Builds the report from the outcomes of a run: texts, places and counts, but no layout.

mod bans;
mod counts;
mod decisions;
mod facts_digest;
mod finding;
mod fingerprint;
mod head;
mod names;
mod not_checked;
mod page;
mod question;
mod transaction;

use crate::decisions::Decisions;
use crate::document::{Diagnostics, Position, SourceMap, Span};
use crate::engine::{Assessment, IncidentAssessment, TransactionAssessment};

use super::model::{FileLocation, IncidentReport, InputNote, Report, TransactionReport};
use super::{Detail, Transactions};

pub use counts::Counts;
pub use head::{HeadInputs, head};
pub use not_checked::{UnreadOfDocument, UnreadPlaces};
pub(crate) use transaction::alike_transaction;
pub use transaction::transaction;

pub(super) use names::element_names;

/// What a report contains in addition to findings, duties and red flags.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions<'d> {
    /// True to list near misses: rules that exactly one condition keeps from matching.
    pub near_misses: bool,
    /// The decisions of the baseline.
    pub decisions: Option<&'d Decisions>,
    /// True if lists of designated parties were given.
    pub has_lists: bool,
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
    let unread = UnreadPlaces::new(problems);
    let mut counts = Counts { incidents: assessment.incidents.len(), ..Counts::default() };
    let mut incident_report = |incident: &IncidentAssessment<'_>| {
        let unread = unread.of_document(incident.reported, sources);
        let report = |t: &TransactionAssessment<'_>| {
            let unread = unread.of_transaction(t.index);
            let report = transaction(assessment.rulebook, sources, incident.reported, t, &unread, options);
            counts.add(&report, &unread);
            report
        };
        let reports: Vec<TransactionReport> = incident.transactions.iter().map(report).collect();
        IncidentReport {
            id: incident.reported.id().to_owned(),
            title: incident.reported.incident.title.as_deref().map(str::to_owned),
            verdict: incident.verdict(),
            transactions: Transactions::held(reports),
        }
    };
    let incidents: Vec<IncidentReport> = assessment.incidents.iter().map(&mut incident_report).collect();
    // Which decisions match a finding is known only once every finding is built, so the head comes last.
    let mut problems = problems.clone();
    if let Some(decisions) = options.decisions {
        decisions.report_ambiguous(&mut problems);
        decisions.report_unbound(&mut problems);
    }
    let head = head(HeadInputs {
        rulebook: assessment.rulebook,
        designations: Vec::new(),
        inputs,
        problems: &problems,
        sources,
        not_assessed: &assessment.not_assessed,
        known_on: assessment.known_on,
        counts: &counts,
        options,
    });
    Report { head, incidents, detail: Detail::default() }
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
