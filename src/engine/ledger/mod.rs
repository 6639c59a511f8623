//! Quotas: what counts, in the order of dates, on top of what is reported to have been counted before.

mod carry_forward;
mod contribution;
mod count;
mod quota_state;
mod written;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use compact_str::CompactString;

use crate::document::{Code, Diagnostic, Diagnostics};
use crate::facts::{InputId, ReportedIncident, Transaction};
use crate::intake::{Input, Intake, Opening};
use crate::rulebook::{QuotaId, Rulebook};

use super::{EvalContext, TransactionMemo};
use contribution::Contribution;

pub use quota_state::{QuotaState, QuotaTotal, StartingBalance};

/// The totals of a run.
#[derive(Debug, Default)]
pub struct Ledger {
    states: HashMap<(QuotaId, CountPosition), QuotaState>,
    /// What each quota rests on, to be handed on.
    books: BTreeMap<QuotaId, Book>,
    /// Name and digest of the inputs.
    inputs: BTreeMap<InputId, (String, String)>,
    /// What does not go together with the ledger that the run was given.
    problems: Diagnostics,
}

/// What counted towards a quota, in the order in which it did, and to what it came.
#[derive(Debug, Default)]
struct Book {
    contributions: Vec<Contribution>,
    closing: written::Closing,
}

/// What counts towards quotas, gathered in any order.
#[derive(Debug, Default)]
pub struct Contributions {
    contributions: HashMap<QuotaId, Vec<Contribution>>,
    /// Name and digest of the inputs.
    inputs: BTreeMap<InputId, (String, String)>,
}

impl Contributions {
    /// An incident that has no balances of its own.
    pub const NO_INCIDENT: usize = usize::MAX;

    /// Takes in what a transaction adds to a quota. `incident` is the position of its incident in the run; `asked` if a
    /// rule asks how the quota stands with it: for others that is not kept.
    pub fn take(&mut self, quota: QuotaId, incident: usize, case: &EvalContext<'_>, asked: bool) {
        let Some(rule) = case.rulebook.quota(quota) else { return };
        let cases = case.for_each_item(rule.counts.when.opens_items(Transaction::TABLE));
        let memo = TransactionMemo::new(case);
        let found = cases.iter().filter_map(|case| Contribution::of(rule, incident, case, &memo, asked));
        self.contributions.entry(quota).or_default().extend(found);
    }

    /// Names a stream, by its number in the run.
    pub fn name_stream(&mut self, number: usize, input: &Input) {
        self.inputs.insert(InputId::Stream(number), (input.path.clone(), format!("sha256:{}", input.digest)));
    }

    /// Names the inputs whose texts were kept.
    pub fn name_texts(&mut self, intake: &Intake) {
        for input in &intake.inputs {
            for (id, _) in intake.sources.iter().filter(|(_, source)| source.name() == input.path) {
                self.inputs.insert(InputId::Text(id), (input.path.clone(), format!("sha256:{}", input.digest)));
            }
        }
    }

    /// Takes in what the transactions of incidents add to every quota.
    pub fn take_all(&mut self, rulebook: &Rulebook, incidents: &[ReportedIncident], known_on: Option<NaiveDate>) {
        for (position, reported) in incidents.iter().enumerate() {
            for index in 0..reported.transactions().len() {
                let Some(case) = EvalContext::new(rulebook, reported, index, known_on, None) else { continue };
                rulebook.quotas().for_each(|(id, _)| self.take(id, position, &case, true));
            }
        }
    }

    /// Takes in what another holds.
    pub fn append(&mut self, other: Contributions) {
        self.inputs.extend(other.inputs);
        for (quota, more) in other.contributions {
            self.contributions.entry(quota).or_default().extend(more);
        }
    }
}

/// Where an amount stands: incident, transaction, item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CountPosition {
    incident: CompactString,
    transaction: usize,
    item: Option<usize>,
}

impl Ledger {
    /// Counts every quota over all incidents. `opening` holds balances and notices that hold for all of them.
    pub fn count(
        rulebook: &Rulebook,
        incidents: &[ReportedIncident],
        opening: Option<&Opening>,
        known_on: Option<NaiveDate>,
    ) -> Self {
        let mut tally = Contributions::default();
        tally.take_all(rulebook, incidents, known_on);
        Self::of(rulebook, tally, incidents, opening, known_on)
    }

    /// Counts what a tally holds; the incidents give balances and notices of their own.
    pub fn of(
        rulebook: &Rulebook,
        mut tally: Contributions,
        incidents: &[ReportedIncident],
        opening: Option<&Opening>,
        known_on: Option<NaiveDate>,
    ) -> Self {
        let mut ledger = Self::default();
        let mut before = ledger.carry(rulebook, &tally, incidents, opening, known_on);
        for (id, quota) in rulebook.quotas() {
            let hidden = known_on.zip(quota.authority.first()).is_some_and(|(known, c)| c.adopted > known);
            if !hidden {
                let mut contributions = tally.contributions.remove(&id).unwrap_or_default();
                contributions.append(&mut before.remove(&id).unwrap_or_default());
                let (states, book) = count::Count { rulebook, quota, id, contributions, incidents, opening, known_on }.run();
                ledger.states.extend(states.into_iter().map(|(place, state)| ((id, place), state)));
                if let Some(opening) = opening {
                    carry_forward::warn_of_earlier(quota, opening, &book.contributions, &mut ledger.problems);
                }
                ledger.books.insert(id, book);
            }
        }
        ledger.inputs = tally.inputs;
        ledger
    }

    /// What of a ledger counts in this run: what the run has itself is left out, and said.
    fn carry(
        &mut self,
        rulebook: &Rulebook,
        tally: &Contributions,
        incidents: &[ReportedIncident],
        opening: Option<&Opening>,
        known_on: Option<NaiveDate>,
    ) -> HashMap<QuotaId, Vec<Contribution>> {
        let mut kept = HashMap::new();
        let Some(opening) = opening.filter(|o| !o.distrusted && !o.counted.is_empty()) else { return kept };
        let mut of_quota: HashMap<QuotaId, Vec<usize>> = HashMap::new();
        opening.counted.iter().enumerate().for_each(|(i, counted)| of_quota.entry(counted.quota).or_default().push(i));
        let mut overlaps = carry_forward::Overlaps::new(rulebook, opening, tally, incidents);
        let mut totals = Vec::new();
        for (id, quota) in rulebook.quotas() {
            let positions = of_quota.get(&id).map(Vec::as_slice).unwrap_or_default();
            let carried = || {
                let entries = positions.iter().filter_map(|i| Some(Contribution::carried(opening.counted.get(*i)?, *i)));
                entries.collect::<Vec<_>>()
            };
            if opening.same_law {
                let alone = count::Count {
                    rulebook,
                    quota,
                    id,
                    contributions: carried(),
                    incidents: &[],
                    opening: Some(opening),
                    known_on,
                };
                totals.extend(written::total_notes(rulebook, quota, &alone.run().1.closing));
            }
            let run = tally.contributions.get(&id).map(Vec::as_slice).unwrap_or_default();
            kept.insert(id, overlaps.settle(quota, run, carried()));
        }
        overlaps.tell(&mut self.problems);
        if opening.same_law
            && totals != opening.totals
            && let Some(at) = opening.totals_at
        {
            let message = "the totals of the ledger are not what its entries come to";
            let help = "the ledger was changed and sealed anew; take it as it was written, or count the inputs again";
            self.problems.push(Diagnostic::new(Code::LedgerTotals, at, message).help(help));
        }
        kept
    }

    /// What does not go together with the ledger that the run was given.
    pub fn take_problems(&mut self) -> Diagnostics {
        std::mem::take(&mut self.problems)
    }

    /// How a quota stands for the transaction and item of a case.
    pub fn state(&self, quota: QuotaId, case: &EvalContext<'_>) -> Option<&QuotaState> {
        let place = |item| {
            (
                quota,
                CountPosition { incident: case.reported.id().into(), transaction: case.reported.serial_number(case.index), item },
            )
        };
        self.states.get(&place(case.item)).or_else(|| self.states.get(&place(None)))
    }
}
