//! The day on which a permission runs out, from how long it is reported to hold: `six months`, `2020`.

use chrono::{Months, NaiveDate};

use crate::facts::{Derivation, Period, Range, Transaction, WrittenDate};

use super::collector::{Collector, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (index, paper) in transaction.authorisations.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(held) = paper.valid_for.as_deref().filter(|_| paper.valid_until.is_none()) else { continue };
        paper.valid_until = run_out(held, paper.valid_from.or(paper.date));
        if paper.valid_until.is_some() {
            let from = path_in("authorisations", index, "valid_for");
            derived.note(path_in("authorisations", index, "valid_until"), from, Derivation::Validity);
        }
    }
}

/// When a permission runs out that holds so long from then on. A period is of itself when it holds.
fn run_out(held: &str, since: Option<Period>) -> Option<Period> {
    let Ok((range, unit)) = Range::parse(held) else {
        return WrittenDate::read(held).ok().filter(|date| date.readings.len() == 1).map(|date| Period::day(date.period.to));
    };
    let unit = unit.trim().trim_end_matches(['s', '.']).to_lowercase();
    if unit.is_empty() {
        return WrittenDate::read(held).ok().filter(|date| date.readings.len() == 1).map(|date| Period::day(date.period.to));
    }
    let (since, number) = (since?, u32::try_from(range.high.filter(|high| *high == range.low)?).ok()?);
    let after = |day: NaiveDate| match unit.as_str() {
        "day" => day.checked_add_days(chrono::Days::new(number.into())),
        "week" => day.checked_add_days(chrono::Days::new(u64::from(number).saturating_mul(7))),
        "month" => day.checked_add_months(Months::new(number)),
        "year" => day.checked_add_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    };
    Some(Period { from: after(since.from)?, to: after(since.to)? })
}
