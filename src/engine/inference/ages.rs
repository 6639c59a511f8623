//! Dates of birth from ages: who was 45 in 2019 was born in 1973 or 1974.

use chrono::{Days, Months, NaiveDate};

use crate::facts::{Derivation, Period, Range, Transaction};

use super::collector::{Collector, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(date) = transaction.date else { return };
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(age) = party.age.as_ref().filter(|_| party.date_of_birth.is_none()) else { continue };
        party.date_of_birth = born(age, &date);
        if party.date_of_birth.is_some() {
            derived.note(path_in("parties", index, "date_of_birth"), path_in("parties", index, "age"), Derivation::Age);
        }
    }
}

/// When somebody was born who was so old then.
fn born(age: &Range, date: &Period) -> Option<Period> {
    let years_before = |day: NaiveDate, years: u32| day.checked_sub_months(Months::new(years.checked_mul(12)?));
    let (least, most) = (u32::try_from(age.low.floor()).ok()?, u32::try_from(age.high?.floor()).ok()?);
    let first = years_before(date.from, most.checked_add(1)?)?.checked_add_days(Days::new(1))?;
    Some(Period { from: first, to: years_before(date.to, least)? })
}
