//! The running totals of one quota.
//!
//! Contributions are counted in the order of their dates, each once. A period has one running total; an incident that
//! reports a balance of its own for the period has a total of its own, which starts from that balance, unless the ledger has it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::contribution::Contribution;
use super::counted_once::CountedOnce;
use super::entry::{LedgerOpening, PeriodTotal, TransactionKey};
use super::{CountPosition, QuotaAccount, QuotaState, QuotaTotal, StartingBalance};
use crate::document::{Code, Diagnostic, Diagnostics};
use crate::engine::EvidenceLevel;
use crate::facts::{Balance, Context, Notice, Period, Range, ReportedIncident, Truth, Unit};
use crate::rulebook::{LimitPolicy, Quota, QuotaId, Rulebook};

/// The counting of one quota.
pub(super) struct QuotaCount<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) quota: &'a Quota,
    pub(super) id: QuotaId,
    pub(super) contributions: Vec<Contribution>,
    /// The incidents whose balances and notices hold for their own contributions.
    pub(super) incidents: &'a [ReportedIncident],
    pub(super) opening: Option<&'a LedgerOpening>,
    /// The periods of which nothing is known.
    pub(super) skipped: &'a [Period],
    pub(super) known_on: Option<NaiveDate>,
}

/// Names a running total: the period, and the incident whose own balance it starts from.
type TotalKey = (Period, Option<usize>);

/// A total while contributions are added to it.
#[derive(Clone)]
struct RunningTotal {
    amounts: Vec<Range>,
    transactions: usize,
    /// How many of them are from the ledger file.
    carried_forward: usize,
    evidence: Option<EvidenceLevel>,
    factors: Vec<String>,
    /// The balance that it starts from, with the day up to which that holds: what others report until then is in it.
    balance: Option<Option<Period>>,
    /// The ledger file is not trusted.
    distrusted: bool,
    /// The part of the period of which nothing is known.
    skipped: Option<Period>,
}

impl<'a> QuotaCount<'a> {
    /// Counts all contributions; returns the state after each whose state a rule needs, and the account. What is reported to
    /// count once and does not is added to `problems`.
    pub(super) fn run(mut self, problems: &mut Diagnostics) -> (Vec<(CountPosition, QuotaState)>, QuotaAccount) {
        let mut contributions = std::mem::take(&mut self.contributions);
        contributions.sort_by(|a, b| a.order().cmp(&b.order()));
        let in_ledger = self.periods_in_ledger(&contributions);
        let mut totals = self.opening_totals(&contributions, &in_ledger, problems);
        let once = CountedOnce::among(&contributions);
        let wholes_asked_for: HashSet<&TransactionKey> =
            contributions.iter().filter(|c| c.asked).filter_map(|c| once.whole_of(&c.entry.transaction)).collect();
        let mut states: Vec<(CountPosition, QuotaState)> = Vec::new();
        let mut states_of_wholes: HashMap<&TransactionKey, QuotaState> = HashMap::new();
        let mut parts = Vec::new();
        for contribution in &contributions {
            let entry = &contribution.entry;
            if once.whole_of(&entry.transaction).is_some() {
                parts.push(contribution);
                continue;
            }
            let is_whole = wholes_asked_for.contains(&entry.transaction);
            let state = (contribution.asked || is_whole).then(|| self.state(contribution, &totals, &in_ledger));
            self.add(contribution, &mut totals);
            let Some(state) = state else { continue };
            if is_whole {
                states_of_wholes.insert(&entry.transaction, state.clone());
            }
            if contribution.asked {
                states.push((contribution.position(), state));
            }
        }
        for part in parts.into_iter().filter(|part| part.asked) {
            let of_whole = once.whole_of(&part.entry.transaction).and_then(|whole| states_of_wholes.get(whole));
            let state = of_whole.cloned().unwrap_or_else(|| self.state(part, &totals, &in_ledger));
            states.push((part.position(), QuotaState { path: part.path.clone(), ..state }));
        }
        let shared = totals.into_iter().filter(|((_, incident), _)| incident.is_none());
        let totals = shared.map(|((period, _), total)| PeriodTotal {
            quota: self.id,
            period,
            amounts: total.amounts,
            transactions: total.transactions,
        });
        let totals = totals.collect();
        once.problems(self.quota).into_iter().for_each(|problem| problems.push(problem));
        (states, QuotaAccount { contributions, totals })
    }

    /// The totals that contributions are added to, with nothing added yet.
    fn opening_totals(
        &self,
        contributions: &[Contribution],
        in_ledger: &BTreeSet<Period>,
        problems: &mut Diagnostics,
    ) -> BTreeMap<TotalKey, RunningTotal> {
        let mut totals: BTreeMap<TotalKey, RunningTotal> = BTreeMap::new();
        for contribution in contributions {
            for period in self.periods_of(contribution) {
                totals.entry((period, None)).or_insert_with(|| self.opening_total(period, None));
                let Some((balance, _)) = self.reported_balance(contribution.incident, period) else { continue };
                let incident = contribution.incident;
                totals.entry((period, Some(incident))).or_insert_with(|| {
                    let overrules = in_ledger.contains(&period);
                    problems.extend(overrules.then(|| self.overruled(incident, period, balance)).flatten());
                    self.opening_total(period, Some(incident))
                });
            }
        }
        totals
    }

    /// The periods of contributions of which the ledger says something, be it that it is unknown.
    fn periods_in_ledger(&self, contributions: &[Contribution]) -> BTreeSet<Period> {
        let mut periods = BTreeSet::new();
        for contribution in contributions {
            let is_said = |period: &Period| {
                contribution.carried_from.is_some()
                    || self.opening.is_some_and(|opening| opening.distrusted)
                    || self.skipped_in(*period).is_some()
                    || self.opening_balance(*period).is_some()
            };
            periods.extend(self.periods_of(contribution).into_iter().filter(is_said));
        }
        periods
    }

    /// The periods that a contribution falls into or may fall into: one, or two.
    fn periods_of(&self, contribution: &Contribution) -> Vec<Period> {
        let Some(date) = contribution.entry.date else { return Vec::new() };
        let mut periods: Vec<Period> = [date.from, date.to].iter().filter_map(|d| self.quota.periods.period_of(*d)).collect();
        periods.dedup();
        periods
    }

    /// The one period that a contribution surely falls into.
    fn period_of(&self, contribution: &Contribution) -> Option<Period> {
        let date = contribution.entry.date?;
        let period = self.quota.periods.period_of(date.from)?;
        (self.quota.periods.period_of(date.to) == Some(period)).then_some(period)
    }

    /// The first period of which nothing is known that lies in a period, or ends in it.
    fn skipped_in(&self, period: Period) -> Option<Period> {
        self.skipped.iter().copied().find(|skipped| skipped.from <= period.to && period.from <= skipped.to)
    }

    /// The warning that a balance of an incident does not count; `None` if the ledger has the same.
    fn overruled(&self, incident: usize, period: Period, balance: &Balance) -> Option<Diagnostic> {
        let of_ledger = self.opening_balance(period).map(|(balance, _)| balance);
        if of_ledger.is_some_and(|of_ledger| (&of_ledger.amount, of_ledger.as_of) == (&balance.amount, balance.as_of)) {
            return None;
        }
        let reported = self.incidents.get(incident)?;
        let at = reported.document()?.get("context")?.get("balances")?.span;
        let message = format!(
            "the ledger has what was counted towards `{}` in {period}: the balance that `{}` reports makes the total no lower",
            self.quota.id,
            reported.id()
        );
        let help = "who files an incident does not choose the total; if the ledger is wrong, mend it, or run without it";
        Some(Diagnostic::new(Code::BalanceOverruled, at, message).help(help))
    }

    /// A total before anything of the run is counted. What is not known of its period may be any amount.
    fn opening_total(&self, period: Period, incident: Option<usize>) -> RunningTotal {
        let mut total = self.known_total(period, incident);
        let includes = |skipped: &Period| matches!(total.balance, Some(Some(as_of)) if as_of.from >= skipped.to);
        if let Some(skipped) = self.skipped_in(period).filter(|skipped| incident.is_none() && !includes(skipped)) {
            total.skipped = Some(skipped);
            total.amounts = total.amounts.iter().map(|amount| amount.plus(&Range::ANY)).collect();
        }
        total
    }

    fn known_total(&self, period: Period, incident: Option<usize>) -> RunningTotal {
        let limits = self.quota.limits.iter();
        let balance = match incident {
            Some(incident) => self.reported_balance(incident, period),
            None => self.opening_balance(period),
        };
        match balance {
            Some((balance, evidence)) => {
                let is_its_own = balance.quota.as_deref().is_some_and(|name| self.quota.is_called(name));
                let amount = balance.amount.filter(|_| is_its_own);
                let amounts = limits.map(|(_, unit)| {
                    let amount = amount.and_then(|a| self.rulebook.vocabulary.convert(&a.range, a.unit, *unit));
                    amount.unwrap_or(Range::ANY)
                });
                let balance = Some(balance.as_of);
                RunningTotal { evidence: Some(evidence), balance, ..RunningTotal::new(amounts.collect()) }
            }
            // Not zero: a ledger that was changed must not make room under a limit.
            None if incident.is_none() && self.opening.is_some_and(|o| o.distrusted) => {
                RunningTotal { distrusted: true, ..RunningTotal::new(limits.map(|_| Range::ANY).collect()) }
            }
            None => RunningTotal::new(limits.map(|_| Range::ZERO).collect()),
        }
    }

    /// Adds a contribution to every total that it counts towards.
    fn add(&self, contribution: &Contribution, totals: &mut BTreeMap<TotalKey, RunningTotal>) {
        let sure = self.period_of(contribution);
        let date = contribution.entry.date;
        for ((period, incident), total) in totals.iter_mut() {
            let in_period = date.map_or(Truth::Unknown, |d| d.within(Some(period.from), Some(period.to)));
            let in_balance = match total.balance {
                Some(as_of) if *incident != Some(contribution.incident) => match (as_of, date) {
                    (Some(as_of), Some(date)) => date.until(&as_of) != Truth::False,
                    _ => incident.is_some(),
                },
                _ => false,
            };
            if in_period != Truth::False && !in_balance {
                let certain = sure == Some(*period) && !contribution.entry.uncertain;
                total.add(contribution, certain);
            }
        }
    }

    /// The state of the quota with a contribution on top of what has been counted.
    ///
    /// The ledger wins over the balance that an incident reports, lest whoever files the incident chooses the total: that can be
    /// higher for it, and not lower.
    fn state(
        &self,
        contribution: &Contribution,
        totals: &BTreeMap<TotalKey, RunningTotal>,
        in_ledger: &BTreeSet<Period>,
    ) -> QuotaState {
        let period = self.period_of(contribution);
        let running = period.and_then(|p| match (totals.get(&(p, None)), totals.get(&(p, Some(contribution.incident)))) {
            (Some(shared), Some(own)) if in_ledger.contains(&p) => Some(shared.or_up_to(own)),
            (shared, own) => own.or(shared).cloned(),
        });
        let mut running = running.unwrap_or_else(|| RunningTotal::new(vec![Range::ZERO; self.quota.limits.len()]));
        running.add(contribution, true);
        let limits = running.amounts.iter().zip(&self.quota.limits);
        let truths: Vec<Truth> = limits.map(|(amount, (limit, _))| amount.at_most(limit.low, false)).collect();
        let within_limit = match self.quota.reached_when {
            LimitPolicy::Any => Truth::all(truths),
            LimitPolicy::All => Truth::any(truths),
            LimitPolicy::ReportedUnit => {
                let of_unit = contribution.limit_of_unit.and_then(|limit| truths.get(limit).copied());
                of_unit.unwrap_or_else(|| Truth::any(truths))
            }
        };
        let (open, closed_on) = self.closing(contribution.incident, period, contribution.entry.date);
        let total = |(amount, (limit, unit)): (Range, &(Range, Unit))| QuotaTotal {
            amount,
            limit: limit.low,
            unit: self.rulebook.vocabulary.unit_name(*unit).to_owned(),
        };
        QuotaState {
            quota: self.quota.id.clone(),
            within: if period.is_none() { Truth::Unknown } else { Truth::all([within_limit, open]) },
            period,
            totals: running.amounts.into_iter().zip(&self.quota.limits).map(total).collect(),
            transactions: running.transactions,
            carried_forward: running.carried_forward,
            balance: match running.balance {
                None => StartingBalance::None,
                Some(None) => StartingBalance::Undated,
                Some(Some(as_of)) => StartingBalance::AsOf(as_of.to),
            },
            distrusted: running.distrusted,
            skipped: running.skipped,
            closed_on,
            factors: running.factors,
            evidence: running.evidence,
            path: contribution.path.clone(),
        }
    }

    /// The balance that an incident reports for a period.
    fn reported_balance(&self, incident: usize, period: Period) -> Option<(&'a Balance, EvidenceLevel)> {
        let reported = self.incidents.get(incident)?;
        let balances = reported.incident.context.get()?.balances.get()?;
        let balance = self.balance_among(balances, period)?;
        let evidence = EvidenceLevel::of_element(balance, reported, self.rulebook).unwrap_or(EvidenceLevel::Alleged);
        Some((balance, evidence))
    }

    /// The balance of the ledger file for a period.
    fn opening_balance(&self, period: Period) -> Option<(&'a Balance, EvidenceLevel)> {
        let balance = self.balance_among(self.opening?.context.balances.get()?, period)?;
        Some((balance, EvidenceLevel::Established))
    }

    /// The balance of the quota for a period; else one that could be of any quota, since no quota is called so.
    fn balance_among(&self, balances: &'a [Balance], period: Period) -> Option<&'a Balance> {
        let fits =
            |p: Period| self.quota.periods.period_of(p.from) == Some(period) || (p.from <= period.from && period.to <= p.to);
        let of_period = || balances.iter().filter(|balance| balance.period.is_none_or(fits));
        let of_quota = of_period().find(|balance| balance.quota.as_deref().is_some_and(|name| self.quota.is_called(name)));
        of_quota.or_else(|| of_period().find(|balance| !self.names_a_quota(balance.quota.as_deref())))
    }

    /// True if the rulebook has a quota of that name.
    fn names_a_quota(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.rulebook.quotas().any(|(_, quota)| quota.is_called(name)))
    }

    /// Whether closing notices leave the period open on a date, and the day on which the first of them closed it.
    fn closing(&self, incident: usize, period: Option<Period>, date: Option<Period>) -> (Truth, Option<NaiveDate>) {
        let (Some(period), Some(date), Some(closing_at)) = (period, date, self.quota.closing_at) else {
            return (Truth::True, None);
        };
        let law = self.rulebook.notices.iter().filter(|n| n.quota == self.id && n.percent >= closing_at);
        let law = law.map(|n| Period::day(n.date));
        let opening: Option<&Context> = self.opening.map(|o| &o.context);
        let contexts = [opening, self.incidents.get(incident).and_then(|r| r.incident.context.get())];
        let reported = contexts.into_iter().flatten().flat_map(|c| c.notices.known());
        let reported = reported.filter(|n| n.percent.is_some_and(|p| p.low >= closing_at));
        let (own, others): (Vec<&Notice>, Vec<&Notice>) =
            reported.partition(|n| n.quota.as_deref().is_some_and(|name| self.quota.is_called(name)));
        let is_in_period =
            |d: &Period| period.from <= d.from && d.to <= period.to && self.known_on.is_none_or(|known| d.from <= known);
        if let Some(notice) = law.chain(own.iter().filter_map(|n| n.date)).filter(is_in_period).min() {
            return (date.before(&notice), Some(notice.to));
        }
        // A notice of a quota that is called by no known name may be of this one.
        let unread = others.iter().filter(|n| !self.names_a_quota(n.quota.as_deref())).filter_map(|n| n.date);
        match unread.filter(is_in_period).min().map(|notice| date.before(&notice)) {
            None | Some(Truth::True) => (Truth::True, None),
            Some(_) => (Truth::Unknown, None),
        }
    }
}

impl RunningTotal {
    /// A total to which nothing has been added yet.
    fn new(amounts: Vec<Range>) -> Self {
        Self {
            amounts,
            transactions: 0,
            carried_forward: 0,
            evidence: None,
            factors: Vec::new(),
            balance: None,
            distrusted: false,
            skipped: None,
        }
    }

    /// The total, which may be as high as another one.
    fn or_up_to(&self, other: &Self) -> Self {
        let amounts = self.amounts.iter().zip(&other.amounts).map(|(own, other)| {
            let is_higher = other.high.is_none_or(|other| own.high.is_some_and(|own| other > own));
            let (high, below_high) = if is_higher { (other.high, other.below_high) } else { (own.high, own.below_high) };
            Range { high, below_high, ..*own }
        });
        Self { amounts: amounts.collect(), ..self.clone() }
    }

    /// Adds a contribution. One that is not certain counts as any amount from zero up to its own.
    fn add(&mut self, contribution: &Contribution, certain: bool) {
        let entry = &contribution.entry;
        for (total, amount) in self.amounts.iter_mut().zip(&entry.amounts) {
            *total = total.plus(&if certain { *amount } else { amount.or_nothing() });
        }
        self.transactions += 1;
        self.carried_forward += usize::from(contribution.carried_from.is_some());
        // That a limit is exceeded rests on what surely counts alone.
        if certain {
            self.evidence = Some(self.evidence.map_or(entry.evidence, |e| e.min(entry.evidence)));
        }
        for words in entry.factors.iter() {
            if !self.factors.contains(words) {
                self.factors.push(words.clone());
            }
        }
    }
}
