//! Quotas: what counts, in the order of dates, on top of what is reported to have been counted before.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::facts::{Amount, Balance, Context, Named, Period, Range, Route, Step as Way, Truth, Unit};
use crate::intake::Reported;
use crate::rulebook::{Quota, QuotaId, ReachedWhen, Rulebook};

use super::compare::convert;
use super::{Case, Reasoner, Standing, judge};

/// The totals of a run.
#[derive(Debug, Default)]
pub struct Ledger {
    states: HashMap<(QuotaId, Place), QuotaState>,
}

/// Incident, transaction, item: by position in the run.
type Place = (String, usize, Option<usize>);

/// How a quota stands once a transaction is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotaState {
    /// The quota's id.
    pub quota: String,
    /// Whether the total is still within the limit.
    pub within: Truth,
    /// The period counted; `None` if the date does not tell which.
    pub period: Option<Period>,
    /// Total and limit, in each of the limit's units.
    pub totals: Vec<Total>,
    /// How many transactions of the run the total rests on.
    pub transactions: usize,
    /// A balance was added, as of this day where told.
    pub balance: Option<Option<NaiveDate>>,
    /// A notice closed the period on this day.
    pub closed_on: Option<NaiveDate>,
    /// Factors that were used, in words, with their source.
    pub factors: Vec<String>,
    /// The weakest word that the total rests on.
    pub standing: Option<Standing>,
    /// The way to the amount of this transaction.
    pub route: Route,
}

/// A running total against its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The total.
    pub total: Range,
    /// The limit.
    pub limit: Decimal,
    /// Their unit as it is written.
    pub unit: String,
}

/// One amount that counts.
struct Contribution {
    place: Place,
    incident: usize,
    date: Option<Period>,
    /// What is counted against each limit.
    amounts: Vec<Range>,
    /// It may not count: planned, or not surely reached by the quota.
    uncertain: bool,
    standing: Standing,
    factors: Vec<String>,
    route: Route,
    /// The transaction that this one is part of or the same as.
    counted_with: Option<(String, String)>,
    own: (String, String),
}

impl QuotaState {
    /// `210,000 bbl`.
    pub fn total_in_words(&self) -> String {
        self.totals.iter().map(|t| format!("{} {}", t.total, t.unit)).collect::<Vec<_>>().join(", ")
    }

    /// The total, the limit, the share and what they rest on.
    pub fn in_words(&self) -> String {
        let mut parts: Vec<String> = self.totals.iter().map(Total::in_words).collect();
        if let Some(period) = self.period {
            parts.push(format!("period {period}"));
        }
        let run = match self.transactions {
            1 => "1 transaction of this run".to_owned(),
            n => format!("{n} transactions of this run"),
        };
        parts.push(match self.balance {
            Some(Some(day)) => format!("from a balance as of {day} and {run}"),
            Some(None) => format!("from a balance and {run}"),
            None => format!("from {run} and no balance"),
        });
        if let Some(day) = self.closed_on {
            parts.push(format!("closed by notice on {day}"));
        }
        parts.extend(self.factors.iter().cloned());
        parts.join("; ")
    }
}

impl Total {
    fn in_words(&self) -> String {
        let limit = Range::exactly(self.limit);
        match self.share() {
            Some(share) => format!("{} of {limit} {} ({share} %)", self.total, self.unit),
            None => format!("{} of {limit} {}", self.total, self.unit),
        }
    }

    /// The share of the limit in per cent, of the upper bound; `None` without one.
    pub fn share(&self) -> Option<Decimal> {
        let share = self.total.high?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.limit)?;
        Some(share.round_dp(1).normalize())
    }
}

impl Ledger {
    /// Counts every quota over all incidents. `opening` holds balances and notices that hold for all of them.
    pub fn count(rulebook: &Rulebook, incidents: &[Reported], opening: Option<&Context>, known_on: Option<NaiveDate>) -> Self {
        let mut ledger = Self::default();
        for (id, quota) in rulebook.quotas() {
            let hidden = known_on.zip(quota.authority.first()).is_some_and(|(known, c)| c.adopted > known);
            if !hidden {
                Count { rulebook, quota, id, incidents, opening, known_on }.run(&mut ledger.states);
            }
        }
        ledger
    }

    /// How a quota stands for the transaction and item of a case.
    pub fn state(&self, quota: QuotaId, case: &Case<'_>) -> Option<&QuotaState> {
        let place = |item| (quota, (case.reported.id().to_owned(), case.index, item));
        self.states.get(&place(case.item)).or_else(|| self.states.get(&place(None)))
    }

    /// Every state, sorted.
    pub fn states(&self) -> impl Iterator<Item = &QuotaState> {
        let mut sorted: Vec<_> = self.states.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(b.0));
        sorted.into_iter().map(|(_, state)| state)
    }
}

/// The counting of one quota.
struct Count<'a> {
    rulebook: &'a Rulebook,
    quota: &'a Quota,
    id: QuotaId,
    incidents: &'a [Reported],
    opening: Option<&'a Context>,
    known_on: Option<NaiveDate>,
}

impl<'a> Count<'a> {
    fn run(&self, states: &mut HashMap<(QuotaId, Place), QuotaState>) {
        let mut contributions = Vec::new();
        for (number, reported) in self.incidents.iter().enumerate() {
            for index in 0..reported.transactions().len() {
                let Some(case) = Case::new(self.rulebook, reported, index, self.known_on, None) else { continue };
                let binds = self.quota.counts.when.opens_items(crate::facts::Transaction::TABLE);
                contributions.extend(case.for_each_item(binds).into_iter().filter_map(|case| self.contribution(number, &case)));
            }
        }
        contributions.sort_by(|a, b| (a.date.map(|d| (d.from, d.to)), &a.place).cmp(&(b.date.map(|d| (d.from, d.to)), &b.place)));
        let own: BTreeMap<(String, String), usize> = contributions.iter().enumerate().map(|(i, c)| (c.own.clone(), i)).collect();
        for (position, contribution) in contributions.iter().enumerate() {
            // A leg or a double is counted with the transaction that it belongs to.
            let counted_as = contribution.counted_with.as_ref().and_then(|other| own.get(other)).copied().unwrap_or(position);
            let state = self.state(&contributions, counted_as.max(position), counted_as, contribution, &own);
            states.insert((self.id, contribution.place.clone()), state);
        }
    }

    fn contribution(&self, incident: usize, case: &Case<'a>) -> Option<Contribution> {
        let proof = Reasoner::new(case).prove(&self.quota.counts.when);
        let stage = stage(case);
        if proof.truth == Truth::False || matches!(stage, Some("refused" | "abandoned")) {
            return None;
        }
        let (amounts, factors, route) = self.amounts(case);
        let relates = case.transaction.relates_to.as_deref().unwrap_or_default().iter();
        let counted_with = relates
            .filter(|r| {
                r.kind.is.iter().flatten().any(|n| matches!(n, Named::Term(t) if self.rulebook.vocabulary.counts_once(*t)))
            })
            .find_map(|r| r.transaction.as_deref())
            .map(|other| match other.split_once('/') {
                Some((incident, transaction)) => (incident.to_owned(), transaction.to_owned()),
                None => (case.reported.id().to_owned(), other.to_owned()),
            });
        Some(Contribution {
            place: (case.reported.id().to_owned(), case.index, case.item),
            incident,
            date: case.date(),
            amounts,
            uncertain: proof.truth == Truth::Unknown || matches!(stage, Some("planned" | "attempted")),
            standing: proof.standing().unwrap_or(case.standing),
            factors,
            route,
            counted_with,
            own: (case.reported.id().to_owned(), case.transaction.id.clone().unwrap_or_default()),
        })
    }

    /// What the case's amount is in the unit of each limit.
    fn amounts(&self, case: &Case<'a>) -> (Vec<Range>, Vec<String>, Route) {
        let mut factors = Vec::new();
        let mut ranges = Vec::new();
        let mut route = Route::here().key("quantity");
        for (_, unit) in &self.quota.limits {
            let money = matches!(unit, Unit::Money(_));
            let counted = if money { self.quota.counts.value } else { self.quota.counts.quantity };
            let (amount, way) = if counted { amount_of(case, money) } else { (None, Route::here()) };
            route = way;
            ranges.push(match amount {
                Some(Told::Own(amount)) => self.converted(&amount, *unit, case, &mut factors),
                Some(Told::Together(amount)) => self.converted(&amount, *unit, case, &mut factors).or_nothing(),
                None => Range::ANY,
            });
        }
        (ranges, factors, route)
    }

    /// In the limit's unit: exactly, by the quota's factors, or not at all.
    fn converted(&self, amount: &Amount, to: Unit, case: &Case<'a>, factors: &mut Vec<String>) -> Range {
        let vocabulary = &self.rulebook.vocabulary;
        if let Some(range) = convert(&amount.range, amount.unit, to, vocabulary) {
            return range;
        }
        let usable = self.quota.factors.iter().filter_map(|f| {
            let in_factor_unit = convert(&amount.range, amount.unit, f.from, vocabulary)?;
            let fits = match (f.goods, case.bound_item()) {
                (Some(goods), Some(item)) => judge(&self.rulebook.goods, goods, item, case.date()).truth,
                (Some(_), None) => Truth::Unknown,
                (None, _) => Truth::Unknown,
            };
            (fits != Truth::False).then_some((f, in_factor_unit, fits))
        });
        let usable: Vec<_> = usable.collect();
        let sure: Vec<_> = usable.iter().filter(|(_, _, fits)| *fits == Truth::True).collect();
        // What could be any of several products is counted with the whole range of their factors.
        let chosen: Vec<_> = if sure.is_empty() { usable.iter().collect() } else { sure };
        let low = chosen.iter().map(|(f, ..)| f.factor.low).min();
        let high = chosen.iter().map(|(f, ..)| f.factor.high.unwrap_or(f.factor.low)).max();
        match (low.zip(high), chosen.first()) {
            (Some((low, high)), Some((_, range, _))) => {
                let source = self.quota.factors_source.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
                let words = format!(
                    "1 {} counted as {} {}{source}",
                    vocabulary.unit_name(amount.unit),
                    Range::between(low, high),
                    vocabulary.unit_name(to)
                );
                if !factors.contains(&words) {
                    factors.push(words);
                }
                range.times(&Range::between(low, high))
            }
            _ => Range::ANY,
        }
    }

    /// The state once the contributions up to `last` are counted; `counted_as` is the one whose own amount stands for this one.
    fn state(
        &self,
        contributions: &[Contribution],
        last: usize,
        counted_as: usize,
        this: &Contribution,
        own: &BTreeMap<(String, String), usize>,
    ) -> QuotaState {
        let date = contributions.get(counted_as).and_then(|c| c.date).or(this.date);
        let period =
            date.and_then(|d| self.quota.cycle.period_of(d.from).filter(|p| self.quota.cycle.period_of(d.to) == Some(*p)));
        let mut standing = Some(this.standing);
        let mut factors = Vec::new();
        let mut transactions = 0;
        let balance = period.and_then(|p| self.balance(this.incident, p));
        let mut totals: Vec<Range> = self.quota.limits.iter().map(|_| Range::ZERO).collect();
        for (position, contribution) in contributions.iter().enumerate().take(last + 1) {
            let doubled = contribution.counted_with.as_ref().is_some_and(|other| own.get(other).is_some_and(|i| *i != position));
            let in_period = match (contribution.date, period) {
                (Some(d), Some(p)) => d.within(Some(p.from), Some(p.to)),
                _ => Truth::Unknown,
            };
            let in_balance = match &balance {
                Some((b, _)) if contribution.incident != this.incident => match (b.as_of, contribution.date) {
                    (Some(as_of), Some(date)) => date.until(&as_of) != Truth::False,
                    _ => true,
                },
                _ => false,
            };
            let is_own = position == counted_as;
            if doubled && !is_own || in_period == Truth::False || in_balance {
                continue;
            }
            transactions += 1;
            let uncertain = !is_own && (contribution.uncertain || in_period == Truth::Unknown);
            for (total, amount) in totals.iter_mut().zip(&contribution.amounts) {
                *total = total.plus(&if uncertain { amount.or_nothing() } else { *amount });
            }
            standing = standing.min(Some(contribution.standing));
            factors.extend(contribution.factors.iter().filter(|f| !factors.contains(*f)).cloned().collect::<Vec<_>>());
        }
        if let Some((balance, balance_standing)) = &balance {
            standing = standing.min(Some(*balance_standing));
            for (total, (_, unit)) in totals.iter_mut().zip(&self.quota.limits) {
                let amount = balance.amount.and_then(|a| convert(&a.range, a.unit, *unit, &self.rulebook.vocabulary));
                *total = total.plus(&amount.unwrap_or(Range::ANY));
            }
        }
        let truths: Vec<Truth> =
            totals.iter().zip(&self.quota.limits).map(|(total, (limit, _))| total.at_most(limit.low, false)).collect();
        let counted = match self.quota.reached_when {
            ReachedWhen::Any => Truth::all(truths),
            ReachedWhen::All => Truth::any(truths),
        };
        let (open, closed_on) = self.closing(this.incident, period, date);
        let within = if period.is_none() { Truth::Unknown } else { Truth::all([counted, open]) };
        let unit = |u: &Unit| self.rulebook.vocabulary.unit_name(*u).to_owned();
        let totals = totals.into_iter().zip(&self.quota.limits).map(|(total, (limit, u))| Total {
            total,
            limit: limit.low,
            unit: unit(u),
        });
        QuotaState {
            quota: self.quota.id.clone(),
            within,
            period,
            totals: totals.collect(),
            transactions,
            balance: balance.map(|(b, _)| b.as_of.map(|p| p.to)),
            closed_on,
            factors,
            standing,
            route: this.route.clone(),
        }
    }

    /// The balance that an incident, or else the ledger file, reports for a period.
    fn balance(&self, incident: usize, period: Period) -> Option<(&'a Balance, Standing)> {
        let reported = self.incidents.get(incident)?;
        let fits = |b: &&Balance| {
            let own = b.quota.as_deref() == Some(self.quota.id.as_str());
            own && b.period.is_none_or(|p| {
                p == period || (p.from <= period.from && period.to <= p.to) || self.quota.cycle.period_of(p.from) == Some(period)
            })
        };
        let told = reported.incident.context.get().and_then(|c| c.balances.as_deref()).unwrap_or_default();
        if let Some(balance) = told.iter().find(fits) {
            let standing = Standing::of_element(balance, reported, self.rulebook).unwrap_or(Standing::Alleged);
            return Some((balance, standing));
        }
        let opening = self.opening.and_then(|c| c.balances.as_deref()).unwrap_or_default();
        opening.iter().find(fits).map(|b| (b, Standing::Established))
    }

    /// Whether a closing notice leaves the period open on a date.
    fn closing(&self, incident: usize, period: Option<Period>, date: Option<Period>) -> (Truth, Option<NaiveDate>) {
        let (Some(period), Some(date), Some(closing_at)) = (period, date, self.quota.closing_at) else {
            return (Truth::True, None);
        };
        let in_law =
            self.rulebook.notices.iter().filter(|n| n.quota == self.id && n.percent >= closing_at).map(|n| Period::day(n.date));
        let contexts = [self.opening, self.incidents.get(incident).and_then(|r| r.incident.context.get())];
        let reported = contexts.into_iter().flatten().flat_map(|c| c.notices.as_deref().unwrap_or_default());
        let reported = reported
            .filter(|n| n.quota.as_deref() == Some(self.quota.id.as_str()) && n.percent.is_some_and(|p| p.low >= closing_at))
            .filter_map(|n| n.date);
        let first = in_law
            .chain(reported)
            .filter(|d| period.from <= d.from && d.to <= period.to)
            .filter(|d| self.known_on.is_none_or(|k| d.from <= k))
            .min();
        match first {
            Some(notice) => (date.before(&notice), Some(notice.to)),
            None => (Truth::True, None),
        }
    }
}

enum Told {
    /// For the item itself.
    Own(Amount),
    /// For several items together.
    Together(Amount),
}

/// The amount of the bound item; where it has none, that of the transaction.
fn amount_of(case: &Case<'_>, money: bool) -> (Option<Told>, Route) {
    let key = if money { "value" } else { "quantity" };
    let transaction = case.transaction;
    let together = if money { transaction.value } else { transaction.quantity };
    let way = |route: Route| route.key(key);
    let Some((item, index)) = case.bound_item().zip(case.item) else { return (together.map(Told::Own), way(Route::here())) };
    let item_way = way(Route::here().key("items").then(Way::Index(index)));
    let own = if money { item.value } else { item.quantity };
    let alone = transaction.items.as_ref().is_some_and(|items| items.len() == 1);
    match (own, together) {
        (Some(amount), _) => (Some(Told::Own(amount)), item_way),
        (None, Some(amount)) if alone => (Some(Told::Own(amount)), way(Route::here())),
        (None, Some(amount)) => (Some(Told::Together(amount)), way(Route::here())),
        (None, None) => (None, item_way),
    }
}

/// How far the transaction went, as a word.
pub(super) fn stage<'a>(case: &Case<'a>) -> Option<&'a str> {
    case.transaction.stage.is.as_deref()?.iter().find_map(|named| match named {
        Named::Term(term) => Some(case.rulebook.vocabulary.id(*term)),
        _ => None,
    })
}
