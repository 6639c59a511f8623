//! From findings to the report: words, places and counts.

mod counts;
mod decisions;
mod finding;
mod fingerprint;
mod head;
mod transaction;

use crate::decisions::Decisions;
use crate::document::Diagnostics;
use crate::engine::{Assessment, Verdict};
use crate::intake::Intake;

use super::Transactions;
use super::model::*;

pub use counts::Counts;
pub use head::{HeadInputs, head};
pub use transaction::transaction;

use transaction::Builder;

/// What is told beside the findings.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions<'d> {
    /// Rules that one condition alone keeps away.
    pub near_misses: bool,
    /// What a person has decided about findings.
    pub decisions: Option<&'d Decisions>,
}

/// The report of a run. Places of rules are shown as they are named in the rulebook.
pub fn build(assessment: &Assessment<'_>, intake: &Intake, telling: ReportOptions<'_>) -> Report {
    let builder = Builder { rulebook: assessment.rulebook, sources: &intake.sources, telling };
    let incidents: Vec<IncidentReport> = assessment
        .incidents
        .iter()
        .map(|i| IncidentReport {
            id: i.reported.id().to_owned(),
            title: i.reported.incident.title.as_deref().map(str::to_owned),
            verdict: i.verdict().map(Verdict::word).map(Word::from),
            transactions: Transactions::held(i.transactions.iter().map(|t| builder.transaction(i.reported, t)).collect()),
        })
        .collect();
    let mut counts = Counts { incidents: incidents.len(), ..Counts::default() };
    assessment.transactions().for_each(|(_, t)| counts.add(t));
    // Only once every finding is told is it known which decisions met one, so the head comes after the incidents.
    let mut problems = Diagnostics::default();
    intake.problems.iter().for_each(|p| problems.push(p.clone()));
    telling.decisions.iter().for_each(|decisions| decisions.report_ambiguous(&mut problems));
    let head = head(&HeadInputs {
        rulebook: assessment.rulebook,
        inputs: &intake.inputs,
        problems: &problems,
        sources: &intake.sources,
        not_assessed: &assessment.not_assessed,
        known_on: assessment.known_on,
        counts: &counts,
        telling,
    });
    Report { head, incidents }
}
