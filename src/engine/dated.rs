//! Dates of a transaction and of its papers, compared with the bounds of a condition.

use crate::facts::{FactValue, FieldRole, Period, Record};
use crate::rulebook::{DateBounds, DateOperand};

use super::compare::{Comparison, compare_dates};
use super::lead::compare_lead;
use super::{EvalContext, UnknownCause};

/// Compares a date with bounds, which may be other dates of the transaction.
pub(super) fn compare_date(context: &EvalContext<'_>, date: &Period, test: &DateBounds) -> Comparison {
    Comparison::all(test.bounds.iter().map(|bound| match bound_of(context, &bound.operand) {
        Some(other) => Comparison::of_reported(compare_dates(date, bound.relation, &other, bound.offset)),
        None => Comparison::unknown(UnknownCause::NotReported),
    }))
}

fn bound_of(context: &EvalContext<'_>, bound: &DateOperand) -> Option<Period> {
    let rows = match bound {
        DateOperand::Fixed(period) => return Some(*period),
        DateOperand::Fact(rows, _) => rows,
    };
    let mut record: &dyn Record = context.transaction;
    for row in rows {
        match record.value(*row) {
            FactValue::One(Some(Some(inner))) => record = inner,
            FactValue::Date(date) => return date.copied(),
            _ => return None,
        }
    }
    None
}

/// The fact that dates a record, with its key: its date, else its lead (how long before the transaction it was made).
pub(super) fn date_or_lead(record: &dyn Record) -> (&'static str, Option<FactValue<'_>>) {
    match (record.value_of(FieldRole::MadeOn), record.value_of(FieldRole::Lead)) {
        (Some(date @ FactValue::Date(Some(_))), _) => ("date", Some(date)),
        (_, Some(lead @ FactValue::Amount(Some(_)))) => ("lead", Some(lead)),
        _ => ("date", None),
    }
}

/// Compares the date on which a record was made, or its lead, with bounds.
pub(super) fn compare_dated(context: &EvalContext<'_>, record: &dyn Record, test: &DateBounds) -> Comparison {
    match date_or_lead(record).1 {
        Some(FactValue::Date(Some(period))) => compare_date(context, period, test),
        Some(FactValue::Amount(Some(lead))) => compare_lead(lead, test, &context.rulebook.vocabulary),
        Some(_) => Comparison::unknown(UnknownCause::NotComparable),
        None => Comparison::unknown(UnknownCause::NotReported),
    }
}
