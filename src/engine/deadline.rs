//! Whether the last day of a duty has passed.

use chrono::NaiveDate;

use crate::facts::{Period, Truth};
use crate::rulebook::{Deadline, Duty, Rule, RuleKind};

use super::EvalContext;

/// Whether the last day of a duty has passed by what a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lateness {
    /// The duty has no last day.
    NoDeadline,
    /// The transaction is of a day after the last one: what the duty was to end goes on.
    Persists,
    /// The transaction is of an earlier day, or of none, and something else in the report is of a day after the last one.
    Reported,
    /// The transaction is of a time in which this last day lies: what the duty was to end may go on.
    MayPersist(NaiveDate),
    /// The report says nothing of a day after the last one, and its transaction may be of such a day, or be told on one.
    Open,
    /// The transaction is not of a day after the last one, and nothing shows that the report was made after it.
    NotYet,
}

/// Whether the last day of a duty has passed.
pub(super) fn lateness(duty: &Duty, context: &EvalContext<'_>) -> Lateness {
    let date = context.date();
    let Some(deadline) = duty.deadline else { return Lateness::NoDeadline };
    let Some(last_day) = last_day(deadline, context) else { return Lateness::Open };
    let is_past = |date: Option<Period>| date.map_or(Truth::Unknown, |date| date.after(&last_day));
    let is_fixed = matches!(deadline, Deadline::Day(_));
    match is_past(date) {
        Truth::True => Lateness::Persists,
        _ if days_of_papers(context).any(|day| is_past(Some(day)) == Truth::True) => Lateness::Reported,
        _ if publications(context).any(|day| is_past(day) == Truth::True) => Lateness::Reported,
        Truth::Unknown if date.is_some() && is_fixed => Lateness::MayPersist(last_day.to),
        Truth::False if is_fixed || is_published_by(context, last_day.from) => Lateness::NotYet,
        _ => Lateness::Open,
    }
}

/// The last day of a duty, if it has one and the day is known.
pub(super) fn due_by(rule: &Rule, context: &EvalContext<'_>) -> Option<NaiveDate> {
    let RuleKind::Duty(duty) = &rule.kind else { return None };
    let last_day = last_day(duty.deadline?, context)?;
    last_day.is_one_day().then_some(last_day.to)
}

/// The day of a deadline; `None` if it is counted from a transaction without a date.
fn last_day(deadline: Deadline, context: &EvalContext<'_>) -> Option<Period> {
    match deadline {
        Deadline::Day(day) => Some(Period::day(day)),
        Deadline::AfterTransaction(days) => context.date().map(|date| date.shifted(days)),
    }
}

/// The days of the papers and acts of a transaction.
fn days_of_papers(context: &EvalContext<'_>) -> impl Iterator<Item = Period> {
    let transaction = context.transaction;
    let notifications = transaction.notifications.known().iter().map(|n| n.date);
    let authorisations = transaction.authorisations.known().iter().map(|a| a.date);
    let determinations = transaction.determinations.known().iter().map(|d| d.date);
    let actions = transaction.actions.known().iter().map(|a| a.date);
    notifications.chain(authorisations).chain(determinations).chain(actions).flatten()
}

/// The days on which the sources of a transaction were published, `None` for each that does not say.
fn publications<'a>(context: &EvalContext<'a>) -> impl Iterator<Item = Option<Period>> + use<'a> {
    let named = context.transaction.sources.as_deref();
    let sources = context.reported.sources().iter();
    let sources = sources.filter(move |s| named.is_none_or(|named| s.id.as_ref().is_some_and(|id| named.contains(id))));
    sources.map(|source| source.published)
}

/// True if all sources of a transaction are of a day or an earlier one.
fn is_published_by(context: &EvalContext<'_>, day: NaiveDate) -> bool {
    let mut days = publications(context).peekable();
    days.peek().is_some() && days.all(|published| published.is_some_and(|published| published.to <= day))
}
