//! Amounts of several months, from what is reported of each month and the time of the transaction.

use chrono::Datelike;

use crate::facts::{Amount, Derivation, FactPath, Period, Range, Transaction};

use super::collector::{Collector, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(months) = transaction.date.as_ref().and_then(months) else { return };
    let in_all = |monthly: &Amount| Amount { range: monthly.range.times(&months), unit: monthly.unit };
    for (index, item) in transaction.items.get_mut().unwrap_or_default().iter_mut().enumerate() {
        if let (None, Some(monthly)) = (&item.quantity, &item.quantity_per_month) {
            item.quantity = Some(in_all(monthly));
            let from = path_in("items", index, "quantity_per_month");
            derived.note(path_in("items", index, "quantity"), from, Derivation::Monthly);
        }
    }
    if let Some(payment) = transaction.payment.get_mut()
        && let (None, Some(monthly)) = (&payment.amount, &payment.amount_per_month)
    {
        payment.amount = Some(in_all(monthly));
        let path = FactPath::root().key("payment");
        derived.note(path.key("amount"), path.key("amount_per_month"), Derivation::Monthly);
    }
}

/// The number of months in a period of whole months; `None` for any other.
fn months(period: &Period) -> Option<Range> {
    let is_whole = period.from.day() == 1 && period.to.succ_opt()?.day() == 1;
    let end = period.to.succ_opt()?;
    let months =
        (i64::from(end.year()) - i64::from(period.from.year())) * 12 + i64::from(end.month()) - i64::from(period.from.month());
    (is_whole && months > 0).then(|| Range::exactly(months.into()))
}
