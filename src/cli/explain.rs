//! `interdict explain`

use std::ops::ControlFlow;

use clap::Args;

use crate::engine::{AssessOptions, Contributions, assess_each};
use crate::facts::{ReportedIncident, Transaction};
use crate::intake::Intake;
use crate::report;
use crate::run::{AnswerTrial, count_quotas};

use super::baseline::BaselineArgs;
use super::designations::Designations;
use super::exit::EarlyExit;
use super::inputs::{InputArgs, rulebook_to_check, unknown_name};
use super::{Exit, output};

/// What `--missing` says where no finding waits for a fact.
const NOTHING_MISSING: &str = "# No finding depends on a fact that is not reported.\n";

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    baseline: BaselineArgs,
    #[command(flatten)]
    designations: Designations,
    /// Show only this transaction
    #[arg(long, value_name = "ID")]
    transaction: Option<String>,
    /// Show only this rule, with all of its conditions even where it makes no finding
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// Show instead which facts would settle most, as a form to fill in: keys with their places, and what answers would lead to
    #[arg(long, conflicts_with = "rule")]
    missing: bool,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_check(self.inputs.rules.as_deref())?;
        if let Some(rule) = self.rule.as_deref().filter(|r| rulebook.find_rule(r).is_none()) {
            return Err(unknown_name(rule, "rule", rulebook.rules.iter().map(|r| r.id.as_str())).into());
        }
        let known_on = self.inputs.known_on;
        let mut intake = Intake { csv_dates: self.inputs.csv_dates, ..Intake::default() };
        let decisions = self.baseline.read(&mut intake);
        intake.read_inputs(&self.inputs.paths, &mut std::io::stdin(), &rulebook.vocabulary);
        let opening = self.inputs.ledger.as_deref().map(|file| intake.read_ledger(file, &rulebook, known_on));
        let mut incidents = std::mem::take(&mut intake.incidents);
        if let Some(lists) = self.designations.of_run(known_on, &rulebook)? {
            incidents.iter_mut().for_each(|incident| lists.screen(incident, &rulebook, decisions.as_ref()));
        }
        let ledger = count_quotas(&rulebook, Contributions::default(), &mut intake, &incidents, opening.as_ref(), known_on);
        output::show_problems(&intake.problems, &intake.sources);
        let ids: Vec<&str> = incidents.iter().flat_map(|i| i.transactions()).filter_map(|t| t.id.as_deref()).collect();
        if let Some(id) = self.transaction.as_deref().filter(|id| !ids.contains(id)) {
            return Err(unknown_name(id, "transaction of these files", ids).into());
        }
        let transaction = self.transaction.as_deref();
        let options = AssessOptions { known_on, keep_all: true, ..AssessOptions::default() };
        // Only what is shown is assessed; totals of quotas were counted over everything.
        let is_selected = |t: &Transaction| transaction.is_none_or(|id| t.id.as_deref() == Some(id));
        let trial_options = AssessOptions { keep_all: false, ..options.clone() };
        let trial = AnswerTrial { rulebook: &rulebook, ledger: &ledger, options: &trial_options, sources: &intake.sources };
        let mut is_first = true;
        let mut to_look_at = Vec::new();
        let mut printed = Ok(());
        let options = if self.missing { &trial_options } else { &options };
        assess_each(&rulebook, &incidents, &ledger, options, is_selected, |incident, assessed| {
            let Some(reported) = incidents.get(incident) else { return ControlFlow::Continue(()) };
            let text = match &self.rule {
                _ if self.missing => {
                    report::question_form(reported, assessed, &trial.answers(reported, assessed), &intake.sources)
                }
                Some(rule) => report::explain(&rulebook, reported, assessed, &intake.sources, rule),
                None => report::explain_all(&rulebook, reported, assessed, &intake.sources),
            };
            if text.is_empty() {
                if assessed.triage.is_some() || !assessed.warnings.is_empty() {
                    to_look_at.push(name_of(reported, assessed.index));
                }
                return ControlFlow::Continue(());
            }
            let text = if self.missing && !is_first { format!("\n{text}") } else { text };
            is_first = false;
            printed = output::print_quoting(&text);
            if printed.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        printed?;
        if self.missing && to_look_at.is_empty() && is_first {
            output::print_quoting(NOTHING_MISSING)?;
        } else if self.missing && !to_look_at.is_empty() {
            output::print_quoting(&look_at(&to_look_at, is_first))?;
        }
        Ok(if intake.problems.has_errors() { Exit::WrongInput } else { Exit::Clear })
    }
}

/// The id of a transaction, or its number among those of its incident.
fn name_of(reported: &ReportedIncident, index: usize) -> String {
    let id = reported.transactions().get(index).and_then(|transaction| transaction.id.as_deref());
    format!("{}/{}", reported.id(), id.map_or_else(|| (index + 1).to_string(), str::to_owned))
}

/// What `--missing` says of transactions without a finding at which somebody should look: what is missing there is no fact that a
/// finding waits for, but the word or place that keeps a rule away.
fn look_at(names: &[String], is_first: bool) -> String {
    /// So many are named; the others are counted.
    const MOST: usize = 8;
    let more = names.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("{more} more"));
    let named: Vec<String> = names.iter().take(MOST).cloned().chain(more).collect();
    let before = if is_first { NOTHING_MISSING } else { "\n" };
    format!(
        "{before}# Somebody should look at {}, where what is told keeps rules away; `interdict check` shows what.\n",
        named.join(", ")
    )
}
