//! Mutants of rules, exceptions and quotas: copies that are altered in one element each.
//!
//! The descriptions are part of the rule language: `equivalent_mutants` quotes them.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::document::Span;
use crate::facts::{Period, Range, Transaction};
use crate::rulebook::{
    Burden, Condition, Deadline, Exception, Force, InForce, Interval, LimitPolicy, Quota, QuotaPeriods, RenewedUntil, Rule,
    RuleKind, Unverified,
};

use super::condition_mutants::condition_mutants;
use super::mutant::Mutant;

/// Every mutant of a rule in its own elements. Exceptions that it shares with other rules are altered in all of them at
/// once, by [`exception_mutants`].
pub(super) fn rule_mutants(rule: &Rule, is_shared: &dyn Fn(&Exception) -> bool) -> Vec<Mutant<Rule>> {
    let with = |change: &dyn Fn(&mut Rule)| {
        let mut altered = rule.clone();
        change(&mut altered);
        altered
    };
    let conditions_of = |condition: &Condition| condition_mutants(condition, Transaction::TABLE).into_iter();
    let mut found = Vec::new();
    found.extend(conditions_of(&rule.when).map(|m| m.map(|when| Rule { when, ..rule.clone() })));
    let times = time_mutants(&rule.in_force, rule.unverified.as_ref(), rule.span).into_iter();
    found.extend(times.map(|m| m.map(|in_force| Rule { in_force, ..rule.clone() })));
    let force = match rule.force {
        Force::Decides => Force::CallsUpon,
        Force::CallsUpon => Force::Decides,
    };
    found.push(Mutant::new("turns the force round", rule.span, with(&|r| r.force = force)));
    if let Some(needs) = &rule.needs_determination {
        found.push(Mutant::new("drops the determination", rule.span, with(&|r| r.needs_determination = None)));
        for mutant in needs.when.iter().flat_map(conditions_of) {
            found.push(mutant.map(|when| {
                with(&|r| {
                    if let Some(needs) = &mut r.needs_determination {
                        needs.when = Some(when.clone());
                    }
                })
            }));
        }
    }
    if let RuleKind::Duty(duty) = &rule.kind {
        for mutant in conditions_of(&duty.fulfilled) {
            found.push(mutant.map(|fulfilled| {
                with(&|r| {
                    if let RuleKind::Duty(duty) = &mut r.kind {
                        duty.fulfilled = fulfilled.clone();
                    }
                })
            }));
        }
        if let Some(Deadline::AfterTransaction(days)) = duty.deadline {
            for (what, days) in [("gives a day more", days + 1), ("gives a day less", days - 1)] {
                let altered = with(&|r| {
                    if let RuleKind::Duty(duty) = &mut r.kind {
                        duty.deadline = Some(Deadline::AfterTransaction(days));
                    }
                });
                found.push(Mutant::new(what, rule.span, altered));
            }
        }
        if let Some(Deadline::Day(day)) = duty.deadline {
            for (direction, day) in neighbouring_days(day) {
                let altered = with(&|r| {
                    if let RuleKind::Duty(duty) = &mut r.kind {
                        duty.deadline = Some(Deadline::Day(day));
                    }
                });
                found.push(Mutant::new(format!("moves the deadline a day {direction}"), rule.span, altered));
            }
        }
    }
    for (i, exception) in rule.exceptions.iter().enumerate().filter(|(_, e)| !is_shared(e)) {
        for mutant in exception_mutants(exception).into_iter().chain(with_days(exception)) {
            found.push(mutant.map(|exception| {
                let mut altered = rule.clone();
                match (exception, altered.exceptions.get_mut(i)) {
                    (Some(exception), Some(slot)) => *slot = exception,
                    _ => _ = altered.exceptions.remove(i),
                }
                altered
            }));
        }
    }
    for (i, exception) in rule.exceptions.iter().enumerate().filter(|(_, e)| is_shared(e) && e.has_own_days) {
        for mutant in exception_time_mutants(exception) {
            let mut altered = rule.clone();
            altered.exceptions.get_mut(i).into_iter().for_each(|e| e.in_force.clone_from(&mutant.altered));
            found.push(mutant.map(|_| altered));
        }
    }
    found
}

/// Every mutant of the days on which an exception is available.
pub(super) fn exception_time_mutants(exception: &Exception) -> Vec<Mutant<InForce>> {
    time_mutants(&exception.in_force, None, exception.span)
}

fn with_days(exception: &Exception) -> impl Iterator<Item = Mutant<Option<Exception>>> {
    let mutants = exception_time_mutants(exception).into_iter();
    mutants.map(|mutant| mutant.map(|in_force| Some(Exception { in_force, ..exception.clone() })))
}

/// Every mutant of an exception apart from its days; `None` is the rule without it.
pub(super) fn exception_mutants(exception: &Exception) -> Vec<Mutant<Option<Exception>>> {
    let mut found = vec![Mutant::new(format!("drops the exception {}", exception.id), exception.span, None)];
    let burden = match exception.burden {
        Burden::Shown => Burden::Excluded,
        Burden::Excluded => Burden::Shown,
    };
    let altered = Some(Exception { burden, ..exception.clone() });
    found.push(Mutant::new(format!("turns the burden of {} round", exception.id), exception.span, altered));
    let conditions = condition_mutants(&exception.when, Transaction::TABLE).into_iter();
    found.extend(conditions.map(|m| m.map(|when| Some(Exception { when, ..exception.clone() }))));
    found
}

/// Every mutant of a quota.
pub(super) fn quota_mutants(quota: &Quota) -> Vec<Mutant<Quota>> {
    let mut found = Vec::new();
    for mutant in condition_mutants(&quota.counts.when, Transaction::TABLE) {
        found.push(mutant.map(|when| {
            let mut altered = quota.clone();
            altered.counts.when = when;
            altered
        }));
    }
    for (i, (limit, _)) in quota.limits.iter().enumerate() {
        for (verb, low) in [("raises", limit.low.checked_add(Decimal::ONE)), ("lowers", limit.low.checked_sub(Decimal::ONE))] {
            let mut altered = quota.clone();
            if let (Some(low), Some((limit, _))) = (low, altered.limits.get_mut(i)) {
                *limit = Range::exactly(low);
                found.push(Mutant::new(format!("{verb} the limit by one"), quota.span, altered));
            }
        }
    }
    if quota.limits.len() > 1 {
        let reached_when = match quota.reached_when {
            LimitPolicy::Any => LimitPolicy::All,
            LimitPolicy::All | LimitPolicy::ReportedUnit => LimitPolicy::Any,
        };
        let altered = Quota { reached_when, ..quota.clone() };
        found.push(Mutant::new("turns round which limit closes the period", quota.span, altered));
    }
    if quota.closing_at.is_some() {
        let altered = Quota { closing_at: None, ..quota.clone() };
        found.push(Mutant::new("ignores closing notices", quota.span, altered));
    }
    let first_day = match quota.periods {
        QuotaPeriods::Once(period) => period.from,
        QuotaPeriods::CalendarYear(from, _) | QuotaPeriods::TwelveMonths(from, _) => from,
    };
    for (direction, day) in neighbouring_days(first_day) {
        let periods = match quota.periods {
            QuotaPeriods::Once(period) => QuotaPeriods::Once(Period { from: day, ..period }),
            QuotaPeriods::CalendarYear(_, to) => QuotaPeriods::CalendarYear(day, to),
            QuotaPeriods::TwelveMonths(_, to) => QuotaPeriods::TwelveMonths(day, to),
        };
        let altered = Quota { periods, ..quota.clone() };
        found.push(Mutant::new(format!("begins the period a day {direction}"), quota.span, altered));
    }
    found
}

/// Every mutant of the days in force: bounds a day earlier and later, the last renewal dropped. Of renewals in the middle of a
/// chain the next one takes the place, so that no test without `known_on` could notice.
fn time_mutants(in_force: &InForce, of_rule: Option<&Unverified>, at: Span) -> Vec<Mutant<InForce>> {
    let mut found = Vec::new();
    for (number, interval) in in_force.intervals().iter().enumerate() {
        let mut add = |description: String, change: &dyn Fn(&mut Interval)| {
            let mut intervals = in_force.intervals().to_vec();
            intervals.get_mut(number).into_iter().for_each(change);
            found.push(Mutant::new(description, at, InForce::new(intervals, in_force.unverified_after())));
        };
        // The first interval is the only one, nearly always.
        let of = if number == 0 { String::new() } else { format!(" in interval {}", number + 1) };
        for (direction, days) in [("earlier", -1), ("later", 1)] {
            if let Some(from) = interval.from {
                add(format!("begins a day {direction}{of}"), &|i| i.from = Some(from.shifted(days)));
            }
            let renewed_until = interval.renewals.last().map(|renewal| renewal.until);
            match (&interval.ended, renewed_until, interval.to) {
                (Some(_), ..) => add(format!("ends a day {direction}{of}"), &|i| {
                    i.ended.iter_mut().for_each(|ended| ended.to = ended.to.shifted(days));
                }),
                (None, Some(RenewedUntil::Day(day)), _) => add(format!("ends a day {direction}{of}"), &|i| {
                    i.renewals.iter_mut().next_back().into_iter().for_each(|r| r.until = RenewedUntil::Day(day.shifted(days)));
                }),
                (None, None, Some(to)) => add(format!("ends a day {direction}{of}"), &|i| i.to = Some(to.shifted(days))),
                _ => {}
            }
        }
        if interval.ended.is_none() && !interval.renewals.is_empty() {
            add(format!("drops the last renewal{of}"), &|i| _ = i.renewals.pop());
        }
        if interval.ended.is_none() && interval.customarily_renewed {
            add(format!("takes no further renewal for likely{of}"), &|i| i.customarily_renewed = false);
        }
    }
    // What the regime says of all its rules is no element of one of them.
    for unverified in of_rule.into_iter().filter(|unverified| !unverified.of_regime) {
        for (direction, day) in neighbouring_days(unverified.after) {
            let altered = InForce::new(in_force.intervals().to_vec(), Some(day));
            found.push(Mutant::new(format!("is verified a day {direction}"), at, altered));
        }
    }
    found
}

/// The day before and the day after, each with the word for its direction.
fn neighbouring_days(day: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    let earlier = day.checked_sub_days(Days::new(1)).map(|d| ("earlier", d));
    let later = day.checked_add_days(Days::new(1)).map(|d| ("later", d));
    earlier.into_iter().chain(later).collect()
}
