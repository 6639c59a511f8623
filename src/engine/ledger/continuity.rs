//! Whether a run counts on where its ledger ends. What lies between is unknown, and unknown is not nothing.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::Contributions;
use super::entry::LedgerOpening;
use crate::document::{Code, Diagnostic, Diagnostics, Span};
use crate::facts::Period;

/// The longest date, in days, whose end is taken for the end of a ledger: a quarter. Of a longer one, such as a year, the
/// beginning is.
const LONGEST_DATE: i64 = 92;

/// The periods of which neither the ledger nor the run knows anything: those that earlier runs left out, and the one between the
/// end of the ledger and the beginning of the run. A new one is reported.
pub(super) fn skipped_periods(opening: Option<&LedgerOpening>, run: &Contributions, problems: &mut Diagnostics) -> Vec<Period> {
    let Some(opening) = opening else { return Vec::new() };
    let mut skipped = opening.skipped.clone();
    let Some(head) = opening.written_at.filter(|_| !opening.distrusted) else { return skipped };
    let end = end_of(opening);
    let begin = begin_of(opening.run_period, run, end);
    if opening.entries.is_empty() && opening.context.balances.known().is_empty() {
        let to = begin.and_then(|begin| begin.pred_opt()).unwrap_or(Period::LATEST);
        problems.push(nothing_counted(head));
        skipped.push(Period { from: Period::EARLIEST, to });
        return skipped;
    }
    let (Some(end), Some(begin)) = (end, begin) else { return skipped };
    if let Some(run) = opening.run_period.filter(|run| run.from <= end && opening.period.is_some()) {
        let message = format!("this run is of {run}, and the ledger counts to {end} already");
        let help =
            "what both have counts once, as far as it has the same ids; begin the period of the run behind that of the ledger";
        problems.push(Diagnostic::new(Code::LedgerOverlap, head, message).help(help));
    }
    let gap = Period { from: end.succ_opt().unwrap_or(end), to: begin.pred_opt().unwrap_or(begin) };
    if gap.from <= gap.to {
        let message = format!("the ledger ends on {end} and this run begins with {begin}: nothing is known of {gap}");
        let help = "the totals of its quotas stay unknown; give the ledger of the run that counted it, or, if these inputs are all that \
                    there was, say so with `--period`";
        problems.push(Diagnostic::new(Code::LedgerGap, head, message).help(help));
        skipped.push(gap);
    }
    skipped
}

/// The period of what a run counts: from the month of its first dated transaction to that of its last.
pub(super) fn period_of_run(run: impl Iterator<Item = Period> + Clone) -> Option<Period> {
    let from = run.clone().map(|date| date.from).min().map(first_of_month)?;
    let to = run.map(last_day).max().map(last_of_month)?;
    Some(Period { from, to })
}

fn nothing_counted(at: Span) -> Diagnostic {
    let message = "the ledger has no transaction and no balance, so that nothing is known of what was counted before";
    let help = "a ledger that was emptied looks like this; the first of a chain begins with a balance, if need be `0 bbl`";
    Diagnostic::new(Code::NothingCounted, at, message).help(help)
}

/// The last day that a ledger counts.
fn end_of(opening: &LedgerOpening) -> Option<NaiveDate> {
    let counted = opening.entries.iter().filter_map(|entry| entry.entry.date).map(last_day).max().map(last_of_month);
    counted.max(opening.period.map(|period| period.to))
}

/// The first day of a run: that of its period, else the first of the month of its first transaction behind the end of the ledger.
fn begin_of(declared: Option<Period>, run: &Contributions, end: Option<NaiveDate>) -> Option<NaiveDate> {
    let dates = run.by_quota.values().flatten().filter_map(|contribution| contribution.entry.date).map(|date| date.from);
    let first = || dates.filter(|day| end.is_none_or(|end| *day > end)).min().map(first_of_month);
    declared.map(|period| period.from).or_else(first)
}

fn last_day(date: Period) -> NaiveDate {
    if (date.to - date.from).num_days() <= LONGEST_DATE { date.to } else { date.from }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = first_of_month(day).checked_add_months(Months::new(1));
    next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(day)
}
