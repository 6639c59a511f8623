//! Whether the last day of a duty has passed.

use chrono::NaiveDate;

use crate::facts::{Period, Truth};
use crate::rulebook::{Deadline, Duty};

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
    /// The report says nothing of a day after the last one, and its transaction may be of such a day, or be told on one.
    Open,
    /// The transaction is not of a day after the last one, and nothing shows that the report was made after it.
    NotYet,
}

/// Whether the last day of a duty has passed.
pub(super) fn lateness(duty: &Duty, context: &EvalContext<'_>) -> Lateness {
    let date = context.date();
    let last_day = match duty.deadline {
        None => return Lateness::NoDeadline,
        Some(Deadline::Day(day)) => Some(Period::day(day)),
        Some(Deadline::AfterTransaction(days)) => date.map(|date| date.shifted(days)),
    };
    let Some(last_day) = last_day else { return Lateness::Open };
    let is_past = |date: Option<Period>| date.map_or(Truth::Unknown, |date| date.after(&last_day));
    let is_fixed = matches!(duty.deadline, Some(Deadline::Day(_)));
    match is_past(date) {
        Truth::True => Lateness::Persists,
        _ if days_of_papers(context).any(|day| is_past(Some(day)) == Truth::True) => Lateness::Reported,
        _ if publications(context).any(|day| is_past(day) == Truth::True) => Lateness::Reported,
        Truth::False if is_fixed || is_published_by(context, last_day.from) => Lateness::NotYet,
        _ => Lateness::Open,
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
