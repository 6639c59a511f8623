//! The state of a quota as a gauge.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive as _;

use crate::engine::QuotaTotal;
use crate::report::model::QuotaNote;

use super::parts::isolated;
use super::transaction_ref::TransactionRef;

/// The most periods of quotas that are listed.
const MAX_PERIODS: usize = 200;
/// The whole limit, in tenths of a per cent.
const FULL_SHARE: u64 = 1000;
/// The width of a gauge that is full, in units of its drawing; half as much again is drawn beyond the limit.
const FULL: f64 = 200.0;

/// The last state of a quota in a period.
#[derive(Debug)]
pub(super) struct QuotaPeriod {
    /// The date and the id of the last transaction.
    pub when: (String, String),
    /// The last transaction.
    pub transaction: TransactionRef,
    /// The state of the quota with it counted.
    pub state: QuotaNote,
    /// The number of findings that rest on the quota in this period.
    pub findings: usize,
}

/// The bounds of a total as shares of the limit, in tenths of a per cent.
#[derive(Debug, Clone, Copy)]
struct Shares {
    low: u64,
    high: Option<u64>,
}

impl Shares {
    /// The shares in words, and whether the limit is surely passed.
    fn in_words(self) -> (String, bool) {
        let beyond = self.low > FULL_SHARE;
        let share = match self.high {
            None => format!("at least {}", per_cent(self.low)),
            Some(high) if high == self.low => per_cent(high),
            Some(high) => format!("up to {}", per_cent(high)),
        };
        let open = self.high.is_none_or(|high| high > FULL_SHARE);
        let limit = if beyond { ", beyond the limit" } else { ", perhaps beyond the limit" };
        (if beyond || open { share + limit } else { share }, beyond)
    }
}

/// No line is broken between the number and its sign.
fn per_cent(share: u64) -> String {
    let tenths = if share.is_multiple_of(10) { String::new() } else { format!(".{}", share % 10) };
    format!("{}{tenths}\u{a0}%", share / 10)
}

/// Keeps the last state of a quota in each period, by date and then id of the transaction, as quotas are counted.
pub(super) fn keep_last(
    quotas: &mut BTreeMap<(String, String), QuotaPeriod>,
    state: &QuotaNote,
    date: &str,
    transaction: TransactionRef,
) {
    let period = state.period.map(|period| period.to_string()).unwrap_or_default();
    let key = (state.id.clone(), period);
    let when = (date.to_owned(), transaction.transaction.clone());
    if let Some(last) = quotas.get_mut(&key) {
        last.findings += 1;
        if last.when <= when {
            (last.when, last.transaction, last.state) = (when, transaction, state.clone());
        }
    } else if quotas.len() < MAX_PERIODS {
        quotas.insert(key, QuotaPeriod { when, transaction, state: state.clone(), findings: 1 });
    }
}

/// The totals of a quota, each with its gauge and in words.
pub(super) fn gauges(state: &QuotaNote) -> Markup {
    html! {
        div.gauges {
            @for total in &state.totals { (gauge(&total.total())) }
            p.rests { (isolated(&state.rests_on.join("; "))) }
        }
    }
}

fn gauge(total: &QuotaTotal) -> Markup {
    let shares = total.shares_in_permille().map(|(low, high)| Shares { low, high });
    html! {
        div.gauge {
            @if let Some(shares) = shares { (bar(shares)) }
            p {
                strong { (isolated(&total.amount.to_string())) } " of " (isolated(&total.limit_in_words()))
                @if let Some((share, beyond)) = shares.map(Shares::in_words) {
                    span class={ "share" @if beyond { " beyond" } } { (share) }
                }
            }
        }
    }
}

/// A bar with the limit as a line across it. The words beside it say the same, so it is hidden from who cannot see it.
fn bar(shares: Shares) -> Markup {
    let length = |share: u64| (share.to_f64().unwrap_or(f64::MAX) / 1000.0).min(1.5) * FULL;
    let low = length(shares.low);
    // A range is drawn faintly up to its upper bound.
    let high = shares.high.map_or(low, length);
    let within = low.min(FULL);
    html! {
        svg.bar viewBox="0 0 302 16" preserveAspectRatio="xMinYMid" aria-hidden="true" focusable="false" {
            rect.ground x="0" y="4" width="300" height="8" {}
            @if high > low { rect.perhaps x="0" y="4" width=(format!("{high:.1}")) height="8" {} }
            rect.within x="0" y="4" width=(format!("{within:.1}")) height="8" {}
            @if low > FULL { rect.beyond x="200" y="4" width=(format!("{:.1}", low - FULL)) height="8" {} }
            rect.limit x="199" y="0" width="2" height="16" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shares;

    #[test]
    fn a_share_says_whether_the_limit_is_passed() {
        let words = |low, high| Shares { low, high }.in_words();
        assert_eq!(words(78, Some(80)), ("up to 8\u{a0}%".to_owned(), false));
        assert_eq!(words(700, Some(700)), ("70\u{a0}%".to_owned(), false));
        assert_eq!(words(3437, None), ("at least 343.7\u{a0}%, beyond the limit".to_owned(), true));
        assert_eq!(words(800, Some(1200)), ("up to 120\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(words(0, Some(1200)), ("up to 120\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(words(800, None), ("at least 80\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(words(1000, Some(1000)), ("100\u{a0}%".to_owned(), false));
    }
}
