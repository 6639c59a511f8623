//! The totals of quotas over everything that a run has read.

use chrono::NaiveDate;

use crate::engine::{Contributions, Ledger};
use crate::facts::ReportedIncident;
use crate::intake::{Intake, ReadLedger, report_names_of_quotas};
use crate::rulebook::Rulebook;

/// Counts every quota over incidents, the `contributions` of streams, and the ledger that the run was given. Problems with
/// that ledger are added to those of the intake.
pub(crate) fn count_quotas(
    rulebook: &Rulebook,
    mut contributions: Contributions,
    intake: &mut Intake,
    incidents: &[ReportedIncident],
    before: Option<&ReadLedger>,
    known_on: Option<NaiveDate>,
) -> Ledger {
    for document in incidents.iter().filter(|i| i.incident.context.get().is_some()).filter_map(ReportedIncident::document) {
        let context = document.get("context").into_iter();
        context.for_each(|context| report_names_of_quotas(context, rulebook, &mut intake.problems));
    }
    intake.ledger_inputs().for_each(|(id, input)| contributions.add_input(id, input));
    contributions.add_incidents(rulebook, incidents, known_on);
    let before = before.map(|ledger| &ledger.opening);
    let mut ledger = Ledger::from_contributions(rulebook, contributions, incidents, before, known_on);
    intake.problems.append(ledger.take_problems());
    ledger
}
