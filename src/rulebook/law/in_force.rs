//! The days on which a rule, an exception or a list of goods is in force.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;

use crate::facts::{Period, Truth};

/// The days on which something is in force: intervals in order of time, each with its renewals. Without an interval it is in
/// force on every day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    intervals: Vec<Interval>,
    unverified_after: Option<NaiveDate>,
    /// The intervals with all their renewals; empty if there is no interval.
    stretches: Vec<Stretch>,
}

/// One interval as a rule file writes it. A bound that is a period is one day of that period, it is not certain which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// The first day; `None` if it always was in force.
    pub from: Option<Period>,
    /// The day on which it became known that the interval begins, if that is not the first day.
    pub known_from: Option<NaiveDate>,
    /// The last day that was set at the beginning; `None` if none was set.
    pub to: Option<Period>,
    /// The decisions that set a new last day, in order of time.
    pub renewals: Vec<Renewal>,
    /// True if the measure is renewed time after time: where no further renewal is recorded, it may be in force all the same.
    pub customarily_renewed: bool,
    /// The decision that ended the interval before its last day, or for good.
    pub ended: Option<Ending>,
}

/// A decision that sets a new last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The paragraph or document, as the rule file cites it.
    pub by: Option<String>,
    /// The day of adoption.
    pub on: NaiveDate,
    /// The new last day.
    pub until: RenewedUntil,
}

/// The last day that a renewal sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewedUntil {
    /// A day.
    Day(Period),
    /// None: from here on the measure has no last day.
    OpenEnd,
    /// A day that is not recorded.
    NotRecorded,
}

/// A decision that ends an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The paragraph or document, as the rule file cites it.
    pub by: Option<String>,
    /// The day of the decision.
    pub on: NaiveDate,
    /// The last day in force.
    pub to: Period,
}

/// The day as of which the time of a rule is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LawAsOf {
    /// Decisions after this day are not known; `None` if all are.
    pub known_on: Option<NaiveDate>,
    /// True if the last day was set by a rule that is not known on that day.
    pub is_end_unknown: bool,
}

/// Days without a gap on which something is in force, or may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The first day; `None` without a beginning.
    pub from: Option<Period>,
    /// The last day; `None` without an end.
    pub to: Option<Period>,
    /// The last day on which it is certain; after it a renewal may be missing from the rulebook. `None` if all days are certain.
    pub certain_to: Option<Period>,
}

const ALL_DAYS: &[Stretch] = &[Stretch { from: None, to: None, certain_to: None }];

impl InForce {
    /// The days of some intervals that are in order of time. After `unverified_after` it is not certain that any of them goes
    /// on.
    pub fn new(intervals: Vec<Interval>, unverified_after: Option<NaiveDate>) -> Self {
        let mut new = Self { intervals, unverified_after, stretches: Vec::new() };
        new.stretches = new.stretches_as_known(LawAsOf::default());
        new
    }

    /// The intervals as written.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// The day after which it is not verified that the measure goes on.
    pub fn unverified_after(&self) -> Option<NaiveDate> {
        self.unverified_after
    }

    /// True if it is in force on every day.
    pub fn is_always(&self) -> bool {
        self.intervals.is_empty() && self.unverified_after.is_none()
    }

    /// The first day on which it may be in force; `None` without a beginning.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.intervals.first()?.from.map(|from| from.from)
    }

    /// Whether it is in force on a date; unknown if the date is not reported and it is not in force on every day.
    pub fn on(&self, date: Option<Period>, as_of: LawAsOf) -> Truth {
        Truth::any(self.stretches(as_of).iter().map(|stretch| stretch.contains(date)))
    }

    /// The stretches in order of time, as they are known on a day.
    pub fn stretches(&self, as_of: LawAsOf) -> Cow<'_, [Stretch]> {
        if self.is_always() {
            Cow::Borrowed(ALL_DAYS)
        } else if as_of == LawAsOf::default() {
            Cow::Borrowed(&self.stretches)
        } else {
            Cow::Owned(self.stretches_as_known(as_of))
        }
    }

    /// True if both are, or may be, in force on the same day.
    pub fn overlaps(&self, other: &InForce) -> bool {
        let others = other.stretches(LawAsOf::default());
        self.stretches(LawAsOf::default()).iter().any(|one| others.iter().any(|other| one.overlaps(other)))
    }

    /// Every day whose truth differs, or may differ, from that of the day before it, in order.
    pub fn days_of_change(&self) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = Vec::new();
        for Stretch { from, to, certain_to } in &self.stretches {
            days.extend(from.iter().flat_map(|from| [from.from, from.to]));
            days.extend(to.iter().chain(certain_to).flat_map(|to| [to.from.succ_opt(), to.to.succ_opt()]).flatten());
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    fn stretches_as_known(&self, as_of: LawAsOf) -> Vec<Stretch> {
        let hidden = |day: NaiveDate| as_of.known_on.is_some_and(|known| day > known);
        let every_day = [Interval::default()];
        let intervals = if self.intervals.is_empty() { &every_day } else { self.intervals.as_slice() };
        let mut found: Vec<Stretch> = Vec::new();
        for (number, interval) in intervals.iter().enumerate() {
            // The first interval is as well known as the rule itself.
            if number > 0 && interval.known_from.or(interval.from.map(|from| from.from)).is_some_and(hidden) {
                continue;
            }
            let is_last = number + 1 == intervals.len();
            let mut next = interval.stretch(hidden, is_last && as_of.is_end_unknown);
            if let Some(day) = self.unverified_after.filter(|day| next.to.is_none_or(|to| to.to > *day)) {
                next.certain_to = Some(next.certain_to.map_or(Period::day(day), |certain| certain.min(Period::day(day))));
            }
            if let (Some(before), Some(from)) = (found.last_mut(), next.from) {
                before.end_before(from.from);
            }
            match found.last_mut() {
                Some(before) if before.meets(&next) => (before.to, before.certain_to) = (next.to, next.certain_to),
                _ => found.push(next),
            }
        }
        found
    }
}

impl Interval {
    /// The interval of known days. Without an end if `has_open_end` and nothing but its own last day ends it.
    fn stretch(&self, hidden: impl Fn(NaiveDate) -> bool, has_open_end: bool) -> Stretch {
        let (mut to, mut certain_to) = (self.to, None);
        if has_open_end && self.renewals.is_empty() {
            to = None;
        }
        for renewal in self.renewals.iter().filter(|renewal| !hidden(renewal.on)) {
            (to, certain_to) = match renewal.until {
                RenewedUntil::Day(day) => (Some(day), None),
                RenewedUntil::OpenEnd => (None, None),
                RenewedUntil::NotRecorded => (None, to.or(certain_to).or(Some(Period::day(renewal.on)))),
            };
        }
        match &self.ended {
            Some(ended) if !hidden(ended.on) => (to, certain_to) = (Some(ended.to), None),
            _ if self.customarily_renewed && to.is_some() => (to, certain_to) = (None, to),
            _ => {}
        }
        Stretch { from: self.from, to, certain_to }
    }
}

impl Stretch {
    /// Whether a date is among the days. A date that is not reported is in a stretch without ends only.
    pub fn contains(&self, date: Option<Period>) -> Truth {
        let certain = match (date, self.certain_to) {
            (_, None) => Truth::True,
            (Some(date), Some(day)) if date.until(&day) == Truth::True => Truth::True,
            (_, Some(_)) => Truth::Unknown,
        };
        Truth::all([self.contains_if_renewed(date), certain])
    }

    /// Whether a date is among the days, if every renewal that may be missing from the rulebook was made.
    pub fn contains_if_renewed(&self, date: Option<Period>) -> Truth {
        let Some(date) = date else {
            return if self.from.is_none() && self.to.is_none() { Truth::True } else { Truth::Unknown };
        };
        let begun = self.from.map_or(Truth::True, |from| date.since(&from));
        let not_over = self.to.map_or(Truth::True, |to| date.until(&to));
        Truth::all([begun, not_over])
    }

    /// The days of a period that are surely among the days: those before the last certain one, if there are any.
    pub fn common_days(&self, period: &Period) -> Option<Period> {
        let from = self.from.map_or(period.from, |from| from.to.max(period.from));
        let last = |to: Period| if to.is_one_day() { Some(to.from) } else { to.from.pred_opt() };
        let to = [self.to, self.certain_to].into_iter().flatten().filter_map(last).fold(period.to, NaiveDate::min);
        (from <= to).then_some(Period { from, to })
    }

    /// True if both have a day in common. One that ends in a night may begin the other in the same night.
    fn overlaps(&self, other: &Stretch) -> bool {
        let is_before = |to: Option<Period>, from: Option<Period>| {
            to.zip(from).is_some_and(|(to, from)| to.to < from.from || to == from && !to.is_one_day())
        };
        !is_before(self.to, other.from) && !is_before(other.to, self.from)
    }

    /// Ends the stretch on the day before another one begins, if nothing known has ended it by then.
    fn end_before(&mut self, begins: NaiveDate) {
        if self.to.is_none_or(|to| to.to >= begins) {
            self.to = begins.pred_opt().map(Period::day);
        }
        // What is certain up to its end is certain.
        if matches!((self.to, self.certain_to), (Some(to), Some(certain)) if certain.from >= to.to) {
            self.certain_to = None;
        }
    }

    /// True if another stretch begins on the day after this one ends.
    fn meets(&self, next: &Stretch) -> bool {
        let last = self.to.filter(|to| to.is_one_day() && self.certain_to.is_none());
        last.and_then(|to| to.to.succ_opt()).is_some_and(|day| next.from == Some(Period::day(day)))
    }
}

/// `2017-08-05 to 2017-12-21`, `from 2017-08-05`, `until 2017-12-21`, `at all times`; several stretches with `and` between.
impl fmt::Display for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_words(&self.stretches(LawAsOf::default())))
    }
}

/// Stretches in words, `2017-08-05 to 2017-12-21 and from 2025-09-28`.
pub(crate) fn in_words(stretches: &[Stretch]) -> String {
    let parts: Vec<String> = stretches.iter().map(ToString::to_string).collect();
    parts.join(" and ")
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("at all times"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "until {to}"),
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
        }?;
        match self.certain_to {
            Some(day) => write!(f, ", verified until {day}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, InForce, Interval, LawAsOf, Renewal, RenewedUntil};
    use crate::facts::{Period, Truth};

    fn p(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn renewal(on: &str, until: RenewedUntil) -> Renewal {
        Renewal { by: None, on: p(on).from, until }
    }

    fn as_known_on(day: &str) -> LawAsOf {
        LawAsOf { known_on: Some(p(day).from), is_end_unknown: false }
    }

    fn on(law: &InForce, date: &str) -> Truth {
        law.on(Some(p(date)), LawAsOf::default())
    }

    fn chain(customarily_renewed: bool) -> InForce {
        let renewals = vec![
            renewal("2024-06-27", RenewedUntil::Day(p("2025-07-01"))),
            renewal("2025-06-30", RenewedUntil::Day(p("2026-07-01"))),
        ];
        let interval = Interval {
            from: Some(p("2008-03-31")),
            to: Some(p("2024-07-01")),
            renewals,
            customarily_renewed,
            ..Interval::default()
        };
        InForce::new(vec![interval], None)
    }

    #[test]
    fn a_chain_is_in_force_until_its_last_renewal_ends() {
        let law = chain(false);
        for (date, truth) in [
            ("2008-03-30", Truth::False),
            ("2008-03-31", Truth::True),
            ("2024-07-01/2025-12-01", Truth::True),
            ("2026-07-01", Truth::True),
            ("2026-07", Truth::Unknown),
            ("2026-07-02", Truth::False),
        ] {
            assert_eq!(on(&law, date), truth, "{date}");
        }
        assert_eq!(law.on(None, LawAsOf::default()), Truth::Unknown);
    }

    #[test]
    fn after_the_last_renewal_of_a_customary_chain_nothing_is_certain() {
        let law = chain(true);
        assert_eq!(on(&law, "2026-07-01"), Truth::True);
        assert_eq!(on(&law, "2026-07-02"), Truth::Unknown);
        assert_eq!(on(&law, "2030"), Truth::Unknown);
        assert_eq!(law.to_string(), "from 2008-03-31, verified until 2026-07-01");
    }

    #[test]
    fn a_renewal_is_known_from_the_day_of_its_adoption() {
        let date = Some(p("2025-08-01"));
        for (known_on, plain, customary) in
            [("2025-06-29", Truth::False, Truth::Unknown), ("2025-06-30", Truth::True, Truth::True)]
        {
            assert_eq!(chain(false).on(date, as_known_on(known_on)), plain, "{known_on}");
            assert_eq!(chain(true).on(date, as_known_on(known_on)), customary, "{known_on}");
        }
    }

    #[test]
    fn an_end_is_known_from_the_day_of_its_decision() {
        let ended = Some(Ending { by: None, on: p("2016-01-16").from, to: p("2016-01-15") });
        let first = Interval { from: Some(p("2006-12-23")), ended, ..Interval::default() };
        let second = Interval { from: Some(p("2025-09-27/2025-09-28")), ..Interval::default() };
        let law = InForce::new(vec![first, second], None);
        assert_eq!(on(&law, "2016-01-16"), Truth::False);
        assert_eq!(on(&law, "2025-09-27"), Truth::Unknown);
        assert_eq!(on(&law, "2025-09-28"), Truth::True);
        assert_eq!(law.on(Some(p("2017")), as_known_on("2016-01-15")), Truth::True);
        assert_eq!(law.on(Some(p("2026")), as_known_on("2020-01-01")), Truth::False);
        assert_eq!(law.to_string(), "2006-12-23 to 2016-01-15 and from 2025-09-27/2025-09-28");
    }

    #[test]
    fn a_renewal_whose_last_day_is_not_recorded_leaves_what_follows_open() {
        let renewals = vec![renewal("2026-04-14", RenewedUntil::NotRecorded)];
        let interval = Interval { from: Some(p("2014-03-19")), to: Some(p("2026-05-01")), renewals, ..Interval::default() };
        let law = InForce::new(vec![interval], None);
        assert_eq!(on(&law, "2026-05-01"), Truth::True);
        assert_eq!(on(&law, "2026-05-02"), Truth::Unknown);
    }

    #[test]
    fn what_is_not_verified_is_uncertain_until_the_end() {
        let interval = Interval { from: Some(p("2012-01-01")), to: Some(p("2030-12-31")), ..Interval::default() };
        let law = InForce::new(vec![interval], Some(p("2026-05-31").from));
        assert_eq!(on(&law, "2026-05-31"), Truth::True);
        assert_eq!(on(&law, "2026-06-01"), Truth::Unknown);
        assert_eq!(on(&law, "2031"), Truth::False);
        let always = InForce::new(Vec::new(), Some(p("2026-05-31").from));
        assert_eq!(on(&always, "1990"), Truth::True);
        assert_eq!(on(&always, "2027"), Truth::Unknown);
    }

    #[test]
    fn a_period_across_intervals_that_meet_is_covered() {
        let interval = |from, to| Interval { from: Some(p(from)), to: Some(p(to)), ..Interval::default() };
        let law = InForce::new(vec![interval("2020-01-01", "2020-06-30"), interval("2020-07-01", "2020-12-31")], None);
        assert_eq!(on(&law, "2020"), Truth::True);
        let with_gap = InForce::new(vec![interval("2020-01-01", "2020-06-30"), interval("2020-07-02", "2020-12-31")], None);
        assert_eq!(on(&with_gap, "2020"), Truth::Unknown);
        assert_eq!(on(&with_gap, "2020-07-01"), Truth::False);
    }
}
