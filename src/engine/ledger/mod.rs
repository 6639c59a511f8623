//! Quotas: the totals of a whole run, counted in the order of dates, on top of what was counted before.
//!
//! [`Contributions`] are collected in any order, and [`Ledger::from_contributions`] orders them; so the state of a quota does not depend on
//! the order of inputs, nor on which worker read them. What was counted before comes as a [`LedgerOpening`]; what the next
//! run needs to know is in [`Ledger::accounts`]. Files are read and written elsewhere.

mod amount;
mod carry_forward;
mod continuity;
mod contribution;
mod count;
mod counted_once;
mod entry;
mod quota_state;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use compact_str::CompactString;

use super::{EvalContext, TransactionMemo};
use crate::document::Diagnostics;
use crate::facts::{InputId, Period, ReportedIncident};
use crate::rulebook::{QuotaId, Rulebook};

use carry_forward::OverlapFinder;
use contribution::Contribution;
use count::QuotaCount;

pub use contribution::Contributions;
pub use entry::{
    CountRelation, CountedWith, EntryOrigin, LedgerEntry, LedgerInput, LedgerOpening, OpeningEntry, PeriodTotal, TransactionKey,
};
pub use quota_state::{QuotaState, QuotaTotal, StartingBalance};

/// The counted quotas of a run: the state of each quota after each transaction for which a rule needs it.
#[derive(Debug, Default)]
pub struct Ledger {
    states: HashMap<(QuotaId, CountPosition), QuotaState>,
    accounts: BTreeMap<QuotaId, QuotaAccount>,
    inputs: BTreeMap<InputId, LedgerInput>,
    /// The periods of which neither the run nor the ledger that it was given knows anything.
    skipped: Vec<Period>,
    /// Contradictions between the run and the ledger that it was given.
    problems: Diagnostics,
}

/// The entries that counted towards a quota, in the order of counting, and its totals.
#[derive(Debug, Default)]
pub struct QuotaAccount {
    contributions: Vec<Contribution>,
    totals: Vec<PeriodTotal>,
}

impl QuotaAccount {
    /// The entries, in the order of counting.
    pub fn entries(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.contributions.iter().map(|c| &c.entry)
    }

    /// The totals, by period.
    pub fn totals(&self) -> &[PeriodTotal] {
        &self.totals
    }
}

/// The key of a quota's state: the incident, a number that distinguishes its transactions, and the item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CountPosition {
    incident: CompactString,
    transaction: usize,
    item: Option<usize>,
}

impl Ledger {
    /// Counts every quota over some incidents. `opening` is what was counted before, with balances and notices that hold for
    /// all incidents.
    pub fn count(
        rulebook: &Rulebook,
        incidents: &[ReportedIncident],
        opening: Option<&LedgerOpening>,
        known_on: Option<NaiveDate>,
    ) -> Self {
        let mut contributions = Contributions::default();
        contributions.add_incidents(rulebook, incidents, known_on);
        Self::from_contributions(rulebook, contributions, incidents, opening, known_on)
    }

    /// Counts what was collected. The incidents give balances and notices of their own.
    pub fn from_contributions(
        rulebook: &Rulebook,
        mut contributions: Contributions,
        incidents: &[ReportedIncident],
        opening: Option<&LedgerOpening>,
        known_on: Option<NaiveDate>,
    ) -> Self {
        let mut ledger = Self::default();
        ledger.skipped = continuity::skipped_periods(opening, &contributions, &mut ledger.problems);
        let skipped = ledger.skipped.clone();
        let mut carried = ledger.carry_forward(rulebook, &contributions, incidents, opening, known_on);
        for (id, quota) in rulebook.quotas() {
            if known_on.zip(quota.authority.first()).is_some_and(|(known, c)| c.adopted > known) {
                continue;
            }
            let mut contributions = contributions.by_quota.remove(&id).unwrap_or_default();
            contributions.append(&mut carried.remove(&id).unwrap_or_default());
            let skipped = skipped.as_slice();
            let count = QuotaCount { rulebook, quota, id, contributions, incidents, opening, skipped, known_on };
            let (states, account) = count.run(&mut ledger.problems);
            ledger.states.extend(states.into_iter().map(|(position, state)| ((id, position), state)));
            if let Some(opening) = opening {
                carry_forward::warn_of_earlier(quota, opening, &account.contributions, &mut ledger.problems);
            }
            ledger.accounts.insert(id, account);
        }
        ledger.inputs = contributions.inputs;
        ledger
    }

    /// The entries of earlier runs that count in this one: all but those that the run has itself, which are reported.
    fn carry_forward(
        &mut self,
        rulebook: &Rulebook,
        run: &Contributions,
        incidents: &[ReportedIncident],
        opening: Option<&LedgerOpening>,
        known_on: Option<NaiveDate>,
    ) -> HashMap<QuotaId, Vec<Contribution>> {
        let mut kept = HashMap::new();
        let Some(opening) = opening.filter(|o| !o.distrusted && !o.entries.is_empty()) else { return kept };
        let mut positions: HashMap<QuotaId, Vec<usize>> = HashMap::new();
        opening.entries.iter().enumerate().for_each(|(i, entry)| positions.entry(entry.quota).or_default().push(i));
        let mut overlaps = OverlapFinder::new(opening, run, incidents);
        let mut totals = Vec::new();
        for (id, quota) in rulebook.quotas() {
            let positions = positions.get(&id).map(Vec::as_slice).unwrap_or_default();
            let carried = || -> Vec<Contribution> {
                positions.iter().filter_map(|i| Some(Contribution::carried(opening.entries.get(*i)?, *i))).collect()
            };
            if opening.same_law {
                let (contributions, skipped, opening) = (carried(), opening.skipped.as_slice(), Some(opening));
                let count = QuotaCount { rulebook, quota, id, contributions, incidents: &[], opening, skipped, known_on };
                // What does not agree is reported when all is counted together.
                totals.extend(count.run(&mut Diagnostics::default()).1.totals);
            }
            let of_run = run.by_quota.get(&id).map(Vec::as_slice).unwrap_or_default();
            kept.insert(id, overlaps.without_overlaps(of_run, carried()));
        }
        overlaps.report(&mut self.problems);
        let fits = opening
            .totals
            .as_ref()
            .is_some_and(|written| written.iter().map(PeriodTotal::fingerprint).eq(totals.iter().map(PeriodTotal::fingerprint)));
        if let (true, false, Some(at)) = (opening.same_law, fits, opening.totals_span) {
            self.problems.push(carry_forward::wrong_totals(at));
        }
        kept
    }

    /// Takes the contradictions between the run and the ledger that it was given.
    pub fn take_problems(&mut self) -> Diagnostics {
        std::mem::take(&mut self.problems)
    }

    /// The state of a quota after the transaction and item of a context were counted; `None` if no rule needs it, or the
    /// transaction does not count.
    pub fn state(&self, quota: QuotaId, context: &EvalContext<'_>) -> Option<&QuotaState> {
        let transaction = context.reported.serial_number(context.index);
        let position = |item| (quota, CountPosition { incident: context.reported.id().into(), transaction, item });
        self.states.get(&position(context.item)).or_else(|| self.states.get(&position(None)))
    }

    /// The periods of which neither the run nor the ledger that it was given knows anything.
    pub fn skipped(&self) -> &[Period] {
        &self.skipped
    }

    /// The period of what the run itself has counted: whole months; `None` if nothing of it has a date.
    pub fn period_of_run(&self) -> Option<Period> {
        let own = self.accounts.values().flat_map(|account| &account.contributions).filter(|c| c.carried_from.is_none());
        continuity::period_of_run(own.filter_map(|contribution| contribution.entry.date))
    }

    /// The accounts of all quotas.
    pub fn accounts(&self) -> impl Iterator<Item = (QuotaId, &QuotaAccount)> {
        self.accounts.iter().map(|(id, account)| (*id, account))
    }

    /// An input of the run that entries were read from.
    pub fn input(&self, id: InputId) -> Option<&LedgerInput> {
        self.inputs.get(&id)
    }
}
