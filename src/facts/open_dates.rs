//! Dates with words before or behind them: `about`, `since`, `after`, `before`, `until`.

use chrono::Days;

use super::Period;

/// The days around a date that is only about right.
pub(super) fn about(date: Period) -> Option<Period> {
    let length = (date.to - date.from).num_days();
    let to_either_side = Days::new(match length {
        0..7 => 7,
        7..32 => 15,
        32..100 => 31,
        _ => 183,
    });
    Some(Period { from: date.from.checked_sub_days(to_either_side)?, to: date.to.checked_add_days(to_either_side)? })
}

pub(super) fn since(date: Period) -> Option<Period> {
    (date.from <= Period::LATEST).then_some(Period { from: date.from, to: Period::LATEST })
}

pub(super) fn after(date: Period) -> Option<Period> {
    date.to.succ_opt().filter(|from| *from <= Period::LATEST).map(|from| Period { from, to: Period::LATEST })
}

pub(super) fn before(date: Period) -> Option<Period> {
    date.from.pred_opt().filter(|to| *to >= Period::EARLIEST).map(|to| Period { from: Period::EARLIEST, to })
}

pub(super) fn until(date: Period) -> Option<Period> {
    (date.to >= Period::EARLIEST).then_some(Period { from: Period::EARLIEST, to: date.to })
}
