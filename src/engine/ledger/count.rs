//! The running totals of one quota.
//!
//! Contributions are taken in the order of their dates, each once. A period has one running total; an incident that
//! reports a balance of its own for the period has a total of its own on top of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::facts::{Balance, Context, Period, Range, ReportedIncident, Truth};
use crate::intake::Opening;
use crate::rulebook::{LimitPolicy, Quota, QuotaId, Rulebook};

use super::contribution::{Contribution, Own};
use super::written::Closing;
use super::{Book, CountPosition, QuotaState, QuotaTotal, StartingBalance};
use crate::engine::EvidenceLevel;
use crate::engine::compare::convert;

/// The counting of one quota.
pub(super) struct Count<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) quota: &'a Quota,
    pub(super) id: QuotaId,
    pub(super) contributions: Vec<Contribution>,
    /// Whose own balances and notices hold for them.
    pub(super) incidents: &'a [ReportedIncident],
    pub(super) opening: Option<&'a Opening>,
    pub(super) known_on: Option<NaiveDate>,
}

/// A period, and the incident whose own balance the total stands on.
type Chain = (Period, Option<usize>);

/// A total as far as it has run.
#[derive(Clone)]
struct Running {
    totals: Vec<Range>,
    transactions: usize,
    /// How many of them are from the ledger.
    carried: usize,
    evidence: Option<EvidenceLevel>,
    factors: Vec<String>,
    /// Up to when a balance holds: what others report until then is in it already.
    balance: Option<Option<Period>>,
    /// What was counted before cannot be known.
    distrusted: bool,
}

impl<'a> Count<'a> {
    /// The state after each contribution that is asked for it, and the book that all leave.
    pub(super) fn run(mut self) -> (Vec<(CountPosition, QuotaState)>, Book) {
        let mut contributions = std::mem::take(&mut self.contributions);
        contributions.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut chains: BTreeMap<Chain, Running> = BTreeMap::new();
        for period in contributions.iter().flat_map(|c| self.periods_of(c)) {
            chains.entry((period, None)).or_insert_with(|| self.opened(period, None));
        }
        for (contribution, period) in contributions.iter().flat_map(|c| self.periods_of(c).into_iter().map(move |p| (c, p))) {
            let own = Some(contribution.incident);
            if self.reported_balance(contribution.incident, period).is_some() {
                chains.entry((period, own)).or_insert_with(|| self.opened(period, own));
            }
        }
        // Nearly always nothing is counted with another.
        let any_double = contributions.iter().any(|c| c.counted_with.is_some());
        let known: HashSet<&Own> = contributions.iter().filter(|_| any_double).map(|c| &c.own).collect();
        let mut states: Vec<(CountPosition, QuotaState)> = Vec::new();
        // What is counted with another stands as that one does.
        let leading: HashSet<&Own> = contributions.iter().filter(|c| c.asked).filter_map(|c| c.counted_with.as_deref()).collect();
        let mut by_transaction: HashMap<&Own, QuotaState> = HashMap::new();
        let mut doubles = Vec::new();
        for contribution in &contributions {
            // A leg, part or double is counted with the transaction that it belongs to, if that one counts.
            if contribution.counted_with.as_ref().is_some_and(|other| **other != contribution.own && known.contains(&**other)) {
                doubles.push(contribution);
                continue;
            }
            let leads = leading.contains(&contribution.own);
            let state = (contribution.asked || leads).then(|| self.state(contribution, &chains));
            self.add(contribution, &mut chains);
            let Some(state) = state else { continue };
            if leads {
                by_transaction.insert(&contribution.own, state.clone());
            }
            if contribution.asked {
                states.push((contribution.place(), state));
            }
        }
        for double in doubles.into_iter().filter(|double| double.asked) {
            let counted = double.counted_with.as_deref().and_then(|other| by_transaction.get(other));
            let state = counted.cloned().unwrap_or_else(|| self.state(double, &chains));
            states.push((double.place(), QuotaState { path: double.route.clone(), ..state }));
        }
        let shared = chains.into_iter().filter(|((_, own), _)| own.is_none());
        let closing: Closing = shared.map(|((period, _), r)| (period, (r.totals, r.transactions))).collect();
        (states, Book { contributions, closing })
    }

    /// The period that a contribution surely falls into, or the several that it may.
    fn periods_of(&self, contribution: &Contribution) -> Vec<Period> {
        let Some(date) = contribution.date else { return Vec::new() };
        let mut periods: Vec<Period> = [date.from, date.to].iter().filter_map(|d| self.quota.periods.period_of(*d)).collect();
        periods.dedup();
        periods
    }

    /// The one period, where the date tells which.
    fn period_of(&self, contribution: &Contribution) -> Option<Period> {
        let date = contribution.date?;
        let period = self.quota.periods.period_of(date.from)?;
        (self.quota.periods.period_of(date.to) == Some(period)).then_some(period)
    }

    /// A total before anything of the run is counted.
    fn opened(&self, period: Period, own: Option<usize>) -> Running {
        let nothing = vec![Range::ZERO; self.quota.limits.len()];
        let balance = match own {
            Some(incident) => self.reported_balance(incident, period),
            None => self.opening_balance(period),
        };
        let Some((balance, evidence)) = balance else {
            if own.is_none() && self.opening.is_some_and(|o| o.distrusted) {
                // Not nothing: a ledger that was changed must not make room under a limit.
                let any = vec![Range::ANY; self.quota.limits.len()];
                return Running { distrusted: true, ..Running::of(any) };
            }
            return Running::of(nothing);
        };
        let limits = self.quota.limits.iter();
        let totals = limits.map(|(_, unit)| {
            let amount = balance.amount.and_then(|a| convert(&a.range, a.unit, *unit, &self.rulebook.vocabulary));
            amount.unwrap_or(Range::ANY)
        });
        Running { evidence: Some(evidence), balance: Some(balance.as_of), ..Running::of(totals.collect()) }
    }

    /// Adds a contribution to every total that it counts towards.
    fn add(&self, contribution: &Contribution, chains: &mut BTreeMap<Chain, Running>) {
        let sure = self.period_of(contribution);
        for ((period, own), running) in chains.iter_mut() {
            let in_period = contribution.date.map_or(Truth::Unknown, |d| d.within(Some(period.from), Some(period.to)));
            let in_balance = match running.balance {
                Some(as_of) if *own != Some(contribution.incident) => match (as_of, contribution.date) {
                    (Some(as_of), Some(date)) => date.until(&as_of) != Truth::False,
                    _ => own.is_some(),
                },
                _ => false,
            };
            if in_period != Truth::False && !in_balance {
                let certain = sure == Some(*period) && !contribution.uncertain;
                running.take(contribution, certain);
            }
        }
    }

    /// How the quota stands with a contribution on top of what has been counted.
    fn state(&self, contribution: &Contribution, chains: &BTreeMap<Chain, Running>) -> QuotaState {
        let period = self.period_of(contribution);
        let own = period.and_then(|p| chains.get(&(p, Some(contribution.incident))).or_else(|| chains.get(&(p, None))));
        let nothing = || Running::of(vec![Range::ZERO; self.quota.limits.len()]);
        let mut running = own.cloned().unwrap_or_else(nothing);
        running.take(contribution, true);
        let limits = running.totals.iter().zip(&self.quota.limits);
        let truths: Vec<Truth> = limits.map(|(total, (limit, _))| total.at_most(limit.low, false)).collect();
        let counted = match self.quota.reached_when {
            LimitPolicy::Any => Truth::all(truths),
            LimitPolicy::All => Truth::any(truths),
        };
        let (open, closed_on) = self.closing(contribution.incident, period, contribution.date);
        let total = |(amount, (limit, unit)): (Range, &(Range, crate::facts::Unit))| QuotaTotal {
            amount,
            limit: limit.low,
            unit: self.rulebook.vocabulary.unit_name(*unit).to_owned(),
        };
        QuotaState {
            quota: self.quota.id.clone(),
            within: if period.is_none() { Truth::Unknown } else { Truth::all([counted, open]) },
            period,
            totals: running.totals.into_iter().zip(&self.quota.limits).map(total).collect(),
            transactions: running.transactions,
            carried_forward: running.carried,
            balance: match running.balance {
                None => StartingBalance::None,
                Some(None) => StartingBalance::Undated,
                Some(Some(as_of)) => StartingBalance::AsOf(as_of.to),
            },
            distrusted: running.distrusted,
            closed_on,
            factors: running.factors,
            evidence: running.evidence,
            path: contribution.route.clone(),
        }
    }

    /// The balance that an incident reports for a period.
    fn reported_balance(&self, incident: usize, period: Period) -> Option<(&'a Balance, EvidenceLevel)> {
        let reported = self.incidents.get(incident)?;
        let told = reported.incident.context.get()?.balances.get()?;
        let balance = told.iter().find(|b| self.is_balance_of(b, period))?;
        let evidence = EvidenceLevel::of_element(balance, reported, self.rulebook).unwrap_or(EvidenceLevel::Alleged);
        Some((balance, evidence))
    }

    /// The balance of the ledger file for a period.
    fn opening_balance(&self, period: Period) -> Option<(&'a Balance, EvidenceLevel)> {
        let balance = self.opening?.context.balances.get()?.iter().find(|b| self.is_balance_of(b, period))?;
        Some((balance, EvidenceLevel::Established))
    }

    fn is_balance_of(&self, balance: &Balance, period: Period) -> bool {
        let fits =
            |p: Period| self.quota.periods.period_of(p.from) == Some(period) || (p.from <= period.from && period.to <= p.to);
        balance.quota.as_deref() == Some(self.quota.id.as_str()) && balance.period.is_none_or(fits)
    }

    /// Whether closing notices leave the period open on a date, and when it was closed.
    fn closing(&self, incident: usize, period: Option<Period>, date: Option<Period>) -> (Truth, Option<NaiveDate>) {
        let (Some(period), Some(date), Some(closing_at)) = (period, date, self.quota.closing_at) else {
            return (Truth::True, None);
        };
        let law = self.rulebook.notices.iter().filter(|n| n.quota == self.id && n.percent >= closing_at);
        let law = law.map(|n| Period::day(n.date));
        let opening: Option<&Context> = self.opening.map(|o| &o.context);
        let contexts = [opening, self.incidents.get(incident).and_then(|r| r.incident.context.get())];
        let told = contexts.into_iter().flatten().flat_map(|c| c.notices.known());
        let told = told.filter(|n| n.quota.as_deref() == Some(self.quota.id.as_str()));
        let told = told.filter(|n| n.percent.is_some_and(|p| p.low >= closing_at)).filter_map(|n| n.date);
        let in_period = law.chain(told).filter(|d| period.from <= d.from && d.to <= period.to);
        match in_period.filter(|d| self.known_on.is_none_or(|known| d.from <= known)).min() {
            Some(notice) => (date.before(&notice), Some(notice.to)),
            None => (Truth::True, None),
        }
    }
}

impl Running {
    /// Totals on which nothing was counted yet.
    fn of(totals: Vec<Range>) -> Self {
        Self { totals, transactions: 0, carried: 0, evidence: None, factors: Vec::new(), balance: None, distrusted: false }
    }

    /// Counts a contribution; what is not certain counts from nothing up to its amount.
    fn take(&mut self, contribution: &Contribution, certain: bool) {
        for (total, amount) in self.totals.iter_mut().zip(&contribution.amounts) {
            *total = total.plus(&if certain { *amount } else { amount.or_nothing() });
        }
        self.transactions += 1;
        self.carried += usize::from(contribution.carried.is_some());
        self.evidence = Some(self.evidence.map_or(contribution.evidence, |s| s.min(contribution.evidence)));
        for words in contribution.factors.iter() {
            if !self.factors.contains(words) {
                self.factors.push(words.clone());
            }
        }
    }
}
