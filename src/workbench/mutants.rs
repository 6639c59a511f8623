//! Mutants: a rulebook altered in one element.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::document::Span;
use crate::facts::{FactKind, Range, Table, Transaction};
use crate::rulebook::{
    Burden, Condition, ConditionKind, DateBounds, DateOperand, Deadline, Exception, Force, InForce, LimitPolicy, Matcher, Quota,
    QuotaPeriods, Rule, RuleKind,
};

/// An element altered: what was done, where, and the result.
pub(super) struct Altered<T> {
    pub(super) what: String,
    pub(super) at: Span,
    pub(super) to: T,
}

impl<T> Altered<T> {
    fn map<U>(self, wrap: impl FnOnce(T) -> U) -> Altered<U> {
        Altered { what: self.what, at: self.at, to: wrap(self.to) }
    }
}

/// Every way to alter a rule in one element of its own; shared exceptions are altered apart.
pub(super) fn of_rule(rule: &Rule, is_shared: &dyn Fn(&Exception) -> bool) -> Vec<Altered<Rule>> {
    let with = |change: &dyn Fn(&mut Rule)| {
        let mut altered = rule.clone();
        change(&mut altered);
        altered
    };
    let mut found = Vec::new();
    for altered in of_condition(&rule.when, Transaction::TABLE) {
        found.push(altered.map(|when| Rule { when, ..rule.clone() }));
    }
    for altered in of_interval(rule.in_force, rule.span) {
        found.push(altered.map(|in_force| Rule { in_force, ..rule.clone() }));
    }
    let force = match rule.force {
        Force::Decides => Force::CallsUpon,
        Force::CallsUpon => Force::Decides,
    };
    found.push(Altered { what: "turns the force round".to_owned(), at: rule.span, to: with(&|r| r.force = force) });
    if let Some(needs) = &rule.needs_determination {
        found.push(Altered {
            what: "drops the determination".to_owned(),
            at: rule.span,
            to: with(&|r| r.needs_determination = None),
        });
        for altered in needs.when.iter().flat_map(|when| of_condition(when, Transaction::TABLE)) {
            found.push(altered.map(|when| {
                with(&|r| {
                    if let Some(needs) = &mut r.needs_determination {
                        needs.when = Some(when.clone());
                    }
                })
            }));
        }
    }
    if let RuleKind::Duty(duty) = &rule.kind {
        for altered in of_condition(&duty.fulfilled, Transaction::TABLE) {
            found.push(altered.map(|fulfilled| {
                with(&|r| {
                    if let RuleKind::Duty(duty) = &mut r.kind {
                        duty.fulfilled = fulfilled.clone();
                    }
                })
            }));
        }
        if let Some(Deadline::Day(day)) = duty.deadline {
            for (what, day) in shifted(day) {
                let to = with(&|r| {
                    if let RuleKind::Duty(duty) = &mut r.kind {
                        duty.deadline = Some(Deadline::Day(day));
                    }
                });
                found.push(Altered { what: format!("moves the deadline a day {what}"), at: rule.span, to });
            }
        }
    }
    for (i, exception) in rule.exceptions.iter().enumerate().filter(|(_, e)| !is_shared(e)) {
        for altered in of_exception(exception) {
            found.push(altered.map(|exception| {
                let mut altered = rule.clone();
                match (exception, altered.exceptions.get_mut(i)) {
                    (Some(exception), Some(slot)) => *slot = exception,
                    _ => _ = altered.exceptions.remove(i),
                }
                altered
            }));
        }
    }
    found
}

/// Every way to alter an exception; `None` drops it.
pub(super) fn of_exception(exception: &Exception) -> Vec<Altered<Option<Exception>>> {
    let drop = Altered { what: format!("drops the exception {}", exception.id), at: exception.span, to: None };
    let mut found = vec![drop];
    let burden = match exception.burden {
        Burden::Shown => Burden::Excluded,
        Burden::Excluded => Burden::Shown,
    };
    let to = Some(Exception { burden, ..exception.clone() });
    found.push(Altered { what: format!("turns the burden of {} round", exception.id), at: exception.span, to });
    for altered in of_condition(&exception.when, Transaction::TABLE) {
        found.push(altered.map(|when| Some(Exception { when, ..exception.clone() })));
    }
    for altered in of_interval(exception.in_force, exception.span) {
        found.push(altered.map(|in_force| Some(Exception { in_force, ..exception.clone() })));
    }
    found
}

/// Every way to alter a quota.
pub(super) fn of_quota(quota: &Quota) -> Vec<Altered<Quota>> {
    let mut found = Vec::new();
    for altered in of_condition(&quota.counts.when, Transaction::TABLE) {
        found.push(altered.map(|when| {
            let mut quota = quota.clone();
            quota.counts.when = when;
            quota
        }));
    }
    for (i, (limit, _)) in quota.limits.iter().enumerate() {
        for (what, low) in [("raises", limit.low.checked_add(Decimal::ONE)), ("lowers", limit.low.checked_sub(Decimal::ONE))] {
            let mut altered = quota.clone();
            if let (Some(low), Some((limit, _))) = (low, altered.limits.get_mut(i)) {
                *limit = Range::exactly(low);
                found.push(Altered { what: format!("{what} the limit by one"), at: quota.span, to: altered });
            }
        }
    }
    if quota.limits.len() > 1 {
        let reached_when = match quota.reached_when {
            LimitPolicy::Any => LimitPolicy::All,
            LimitPolicy::All => LimitPolicy::Any,
        };
        let to = Quota { reached_when, ..quota.clone() };
        found.push(Altered { what: "turns round which limit closes the period".to_owned(), at: quota.span, to });
    }
    if quota.closing_at.is_some() {
        let to = Quota { closing_at: None, ..quota.clone() };
        found.push(Altered { what: "ignores closing notices".to_owned(), at: quota.span, to });
    }
    let from = match quota.periods {
        QuotaPeriods::Once(period) => period.from,
        QuotaPeriods::CalendarYear(from, _) | QuotaPeriods::TwelveMonths(from, _) => from,
    };
    for (what, day) in shifted(from) {
        let periods = match quota.periods {
            QuotaPeriods::Once(period) => QuotaPeriods::Once(crate::facts::Period { from: day, ..period }),
            QuotaPeriods::CalendarYear(_, to) => QuotaPeriods::CalendarYear(day, to),
            QuotaPeriods::TwelveMonths(_, to) => QuotaPeriods::TwelveMonths(day, to),
        };
        found.push(Altered {
            what: format!("begins the period a day {what}"),
            at: quota.span,
            to: Quota { periods, ..quota.clone() },
        });
    }
    found
}

/// Every way to alter a condition in one place.
pub(super) fn of_condition(condition: &Condition, table: &'static Table) -> Vec<Altered<Condition>> {
    let at = condition.span;
    let with = |kind: ConditionKind| Condition { kind, ..condition.clone() };
    let mut found = Vec::new();
    match &condition.kind {
        ConditionKind::All(children) | ConditionKind::Any(children) => {
            let is_all = matches!(condition.kind, ConditionKind::All(_));
            let again = |children| with(if is_all { ConditionKind::All(children) } else { ConditionKind::Any(children) });
            for (i, child) in children.iter().enumerate() {
                if children.len() > 1 {
                    let mut fewer = children.clone();
                    fewer.remove(i);
                    found.push(Altered { what: format!("drops `{}`", child.text), at: child.span, to: again(fewer) });
                }
                for altered in of_condition(child, table) {
                    found.push(altered.map(|child| {
                        let mut children = children.clone();
                        if let Some(slot) = children.get_mut(i) {
                            *slot = child;
                        }
                        again(children)
                    }));
                }
            }
        }
        ConditionKind::Not(of) => {
            found.push(Altered { what: format!("drops `not` before `{}`", of.text), at, to: (**of).clone() });
            found.extend(of_condition(of, table).into_iter().map(|a| a.map(|c| with(ConditionKind::Not(Box::new(c))))));
        }
        ConditionKind::Shown(of) => {
            found.push(Altered { what: format!("drops `shown` before `{}`", of.text), at, to: (**of).clone() });
            found.extend(of_condition(of, table).into_iter().map(|a| a.map(|c| with(ConditionKind::Shown(Box::new(c))))));
        }
        ConditionKind::SomeSource(of) => {
            let inner = crate::facts::EvidenceSource::TABLE;
            found.extend(of_condition(of, inner).into_iter().map(|a| a.map(|c| with(ConditionKind::SomeSource(Box::new(c))))));
        }
        ConditionKind::Some { row, of } => {
            let inner = inner(table, *row);
            found.extend(
                of_condition(of, inner).into_iter().map(|a| a.map(|c| with(ConditionKind::Some { row: *row, of: Box::new(c) }))),
            );
        }
        ConditionKind::Inside { row, of } => {
            let key = table.fields.get(*row).map_or("", |f| f.key);
            let other = match key {
                "from" => table.position("to"),
                "to" => table.position("from"),
                _ => None,
            };
            if let Some(other) = other {
                let to = with(ConditionKind::Inside { row: other, of: of.clone() });
                found.push(Altered { what: format!("swaps from and to in `{}`", condition.text), at, to });
            }
            let inner = inner(table, *row);
            found.extend(
                of_condition(of, inner)
                    .into_iter()
                    .map(|a| a.map(|c| with(ConditionKind::Inside { row: *row, of: Box::new(c) }))),
            );
        }
        ConditionKind::Fact { row, matcher } => {
            let altered = of_matcher(matcher).into_iter().map(|(what, matcher)| Altered {
                what: format!("{what} in `{}`", condition.text),
                at,
                to: with(ConditionKind::Fact { row: *row, matcher }),
            });
            found.extend(altered);
        }
        ConditionKind::Dated(test) => {
            let altered = of_dates(test);
            found.extend(altered.into_iter().map(|(what, t)| Altered {
                what: format!("{what} in `{}`", condition.text),
                at,
                to: with(ConditionKind::Dated(t)),
            }));
        }
        ConditionKind::Goods(lists) => {
            found.extend(fewer(lists, &condition.text, at).into_iter().map(|a| a.map(|l| with(ConditionKind::Goods(l)))))
        }
        ConditionKind::Designated(lists) => {
            found.extend(fewer(lists, &condition.text, at).into_iter().map(|a| a.map(|l| with(ConditionKind::Designated(l)))))
        }
        ConditionKind::Is(_) | ConditionKind::Quota(_) => {}
    }
    found
}

fn inner(table: &'static Table, row: usize) -> &'static Table {
    match table.fields.get(row).map(|f| f.kind) {
        Some(FactKind::One(inner) | FactKind::Many(inner)) => inner,
        _ => table,
    }
}

/// Each list without one of its elements.
fn fewer<T: Clone>(list: &[T], text: &str, at: Span) -> Vec<Altered<Vec<T>>> {
    without_one(list)
        .into_iter()
        .map(|(i, list)| Altered { what: format!("drops value {} of `{text}`", i + 1), at, to: list })
        .collect()
}

fn without_one<T: Clone>(list: &[T]) -> Vec<(usize, Vec<T>)> {
    if list.len() < 2 {
        return Vec::new();
    }
    let without = |i: usize| list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, x)| x.clone()).collect();
    (0..list.len()).map(|i| (i, without(i))).collect()
}

fn of_matcher(matcher: &Matcher) -> Vec<(String, Matcher)> {
    fn dropped<T: Clone>(list: &[T], wrap: fn(Vec<T>) -> Matcher) -> Vec<(String, Matcher)> {
        without_one(list).into_iter().map(|(i, list)| (format!("drops value {}", i + 1), wrap(list))).collect()
    }
    match matcher {
        Matcher::Terms(terms) => dropped(terms, Matcher::Terms),
        Matcher::TextIs(words) => dropped(words, Matcher::TextIs),
        Matcher::TextContains(words) => dropped(words, Matcher::TextContains),
        Matcher::Hs(ranges) => dropped(ranges, Matcher::Hs),
        Matcher::Number(bounds) => {
            let mut found = dropped(bounds, Matcher::Number);
            for i in 0..bounds.len() {
                let mut altered = bounds.clone();
                if let Some(bound) = altered.get_mut(i) {
                    bound.exclusive = !bound.exclusive;
                }
                found.push(("takes the bound itself the other way".to_owned(), Matcher::Number(altered)));
            }
            found
        }
        Matcher::Date(test) => of_dates(test).into_iter().map(|(what, test)| (what, Matcher::Date(test))).collect(),
        Matcher::YesNo(wanted) => vec![("turns the answer round".to_owned(), Matcher::YesNo(!wanted))],
        Matcher::Given(wanted) => vec![("turns `given` round".to_owned(), Matcher::Given(!wanted))],
    }
}

fn of_dates(test: &DateBounds) -> Vec<(String, DateBounds)> {
    let mut found = Vec::new();
    if test.days != 0 {
        for (what, days) in [("asks for a day more", test.days + 1), ("asks for a day less", test.days - 1)] {
            found.push((what.to_owned(), DateBounds { days, ..test.clone() }));
        }
    }
    for (i, (_, bound)) in test.bounds.iter().enumerate() {
        let DateOperand::Fixed(period) = bound else { continue };
        for (what, by) in [("earlier", -1), ("later", 1)] {
            let mut altered = test.clone();
            if let Some((_, bound)) = altered.bounds.get_mut(i) {
                *bound = DateOperand::Fixed(period.shifted(by));
            }
            found.push((format!("moves a date a day {what}"), altered));
        }
    }
    found
}

fn of_interval(interval: InForce, at: Span) -> Vec<Altered<InForce>> {
    let mut found = Vec::new();
    for (what, from) in interval.from.map(shifted).into_iter().flatten() {
        found.push(Altered { what: format!("begins a day {what}"), at, to: InForce { from: Some(from), ..interval } });
    }
    for (what, to) in interval.to.map(shifted).into_iter().flatten() {
        found.push(Altered { what: format!("ends a day {what}"), at, to: InForce { to: Some(to), ..interval } });
    }
    found
}

fn shifted(day: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    let earlier = day.checked_sub_days(Days::new(1)).map(|d| ("earlier", d));
    let later = day.checked_add_days(Days::new(1)).map(|d| ("later", d));
    earlier.into_iter().chain(later).collect()
}
