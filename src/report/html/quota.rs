//! How a quota stands, as a finding tells it: the words are taken apart again for a gauge.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::report::model::Basis;

use super::parts::isolated;
use super::transaction_ref::TransactionRef;

/// So many periods of quotas are told.
const MOST: usize = 200;
/// The whole limit, in tenths of a per cent.
const FULL_SHARE: u64 = 1000;
/// The width of a gauge that is full, in units of its drawing; half as much again is drawn beyond the limit.
const FULL: f64 = 200.0;

/// What a fact says of a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuotaText {
    /// The quota.
    pub quota: String,
    /// Its totals, one for each unit that it is counted in.
    pub totals: Vec<Total>,
    /// Its period.
    pub period: String,
    /// What the total rests on, and the factors.
    pub rests_on: Vec<String>,
}

/// A running total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Total {
    /// As it is told: `39,211`, `over 1,718,573.17`.
    pub total: String,
    /// `500,000 bbl`.
    pub limit: String,
    /// Its lower bound, in tenths of a per cent of the limit.
    pub low: u64,
    /// Its upper bound, if it has one.
    pub high: Option<u64>,
}

/// The last that is told of a quota in a period.
#[derive(Debug)]
pub(super) struct QuotaPeriod {
    /// When the transaction took place, and which it is.
    pub when: (String, String),
    /// It.
    pub of: TransactionRef,
    /// What its finding says.
    pub told: QuotaText,
    /// How many findings tell of it.
    pub findings: usize,
}

/// Takes the note of a fact apart, if it is one on a quota; see `QuotaState::in_words` of the engine.
pub(super) fn told(because: &Basis) -> Option<QuotaText> {
    let quota = because.condition.rsplit_once("within: ")?.1;
    let mut totals = Vec::new();
    let mut period = String::new();
    let mut rests_on = Vec::new();
    for part in because.note.as_deref()?.split("; ") {
        match part.strip_prefix("period ") {
            Some(named) => period = named.to_owned(),
            None => match total(part).filter(|_| period.is_empty() && rests_on.is_empty()) {
                Some(total) => totals.push(total),
                None => rests_on.push(part.to_owned()),
            },
        }
    }
    (!totals.is_empty()).then(|| QuotaText { quota: quota.trim_matches('`').to_owned(), totals, period, rests_on })
}

/// `39,211 of 500,000 bbl (7.8 %)`
fn total(text: &str) -> Option<Total> {
    let (total, limit) = text.split_once(" of ")?;
    let limit = limit.split_once(" (").map_or(limit, |(limit, _)| limit);
    let full = number(limit.split(' ').next()?)?;
    let share = |n: Decimal| n.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(full)?.round().to_u64();
    let mut numbers = total.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').filter_map(number).map(share);
    let (first, second) = (numbers.next()??, numbers.next());
    let (low, high) = match second {
        Some(second) => (first, second),
        None if total.starts_with("over ") || total.starts_with("at least ") => (first, None),
        None if total.starts_with("under ") || total.starts_with("up to ") => (0, Some(first)),
        None => (first, Some(first)),
    };
    Some(Total { total: total.to_owned(), limit: limit.to_owned(), low, high })
}

impl Total {
    /// The share in words, and whether the limit is surely passed.
    fn share(&self) -> (String, bool) {
        let beyond = self.low > FULL_SHARE;
        let share = match self.high {
            None => format!("at least {}", per_cent(self.low)),
            Some(high) if high == self.low => per_cent(high),
            Some(high) => format!("up to {}", per_cent(high)),
        };
        let open = self.high.is_none_or(|high| high > FULL_SHARE);
        let told = if beyond { ", beyond the limit" } else { ", perhaps beyond the limit" };
        (if beyond || open { share + told } else { share }, beyond)
    }
}

/// No line is broken between the number and its sign.
fn per_cent(share: u64) -> String {
    let tenths = if share.is_multiple_of(10) { String::new() } else { format!(".{}", share % 10) };
    format!("{}{tenths}\u{a0}%", share / 10)
}

fn number(text: &str) -> Option<Decimal> {
    text.replace(',', "").parse().ok()
}

/// Keeps the last that is told of a quota in a period, by date and then id, as quotas count.
pub(super) fn stand(quotas: &mut BTreeMap<(String, String), QuotaPeriod>, told: QuotaText, date: &str, of: TransactionRef) {
    let key = (told.quota.clone(), told.period.clone());
    let when = (date.to_owned(), of.transaction.clone());
    if let Some(stand) = quotas.get_mut(&key) {
        stand.findings += 1;
        if stand.when <= when {
            (stand.when, stand.of, stand.told) = (when, of, told);
        }
    } else if quotas.len() < MOST {
        quotas.insert(key, QuotaPeriod { when, of, told, findings: 1 });
    }
}

/// The totals of a quota, each with its gauge and in words.
pub(super) fn gauges(told: &QuotaText) -> Markup {
    html! {
        div.gauges {
            @for total in &told.totals {
                @let (share, beyond) = total.share();
                div.gauge {
                    (bar(total))
                    p {
                        strong { (isolated(&total.total)) } " of " (isolated(&total.limit))
                        span class={ "share" @if beyond { " beyond" } } { (share) }
                    }
                }
            }
            p.rests { (isolated(&told.rests_on.join("; "))) }
        }
    }
}

/// A bar with the limit as a line across it. The words beside it say the same, so it is hidden from who cannot see it.
fn bar(total: &Total) -> Markup {
    let length = |share: u64| (share.to_f64().unwrap_or(f64::MAX) / 1000.0).min(1.5) * FULL;
    let low = length(total.low);
    // What is told only as a range is drawn faintly up to its upper bound.
    let high = total.high.map_or(low, length);
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
    use super::*;

    fn because(note: &str) -> Basis {
        let (fact, condition) = ("items[0].quantity".to_owned(), "not within: dprk-refined".to_owned());
        Basis { fact, value: None, condition, at: None, rule_at: None, note: Some(note.to_owned()) }
    }

    #[test]
    fn the_words_of_a_quota() {
        let note =
            "39,211-40,000 of 500,000 bbl (8 %); 7 of 10 USD (70 %); period 2021; from no balance; 1 t counted as 7.9 bbl (x)";
        let told = told(&because(note)).unwrap();
        assert_eq!((told.quota.as_str(), told.period.as_str()), ("dprk-refined", "2021"));
        assert_eq!(told.rests_on, ["from no balance", "1 t counted as 7.9 bbl (x)"]);
        let totals: Vec<_> = told.totals.iter().map(|t| (t.limit.as_str(), t.low, t.high, t.share().0)).collect();
        assert_eq!(totals[0], ("500,000 bbl", 78, Some(80), "up to 8\u{a0}%".to_owned()));
        assert_eq!(totals[1], ("10 USD", 700, Some(700), "70\u{a0}%".to_owned()));
    }

    #[test]
    fn a_total_without_an_upper_bound() {
        let told = told(&because("over 1,718,573.17 of 500,000 bbl; period 2020")).unwrap();
        assert_eq!(told.totals[0].share(), ("at least 343.7\u{a0}%, beyond the limit".to_owned(), true));
        assert_eq!(super::told(&because("`coal` is a term of `coal`")), None);
    }

    #[test]
    fn a_range_across_the_limit_is_not_beyond_it() {
        let share = |note: &str| told(&because(note)).unwrap().totals[0].share();
        assert_eq!(share("40-60 of 50 t; period 2020"), ("up to 120\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(share("under 60 of 50 t; period 2020"), ("up to 120\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(share("at least 40 of 50 t; period 2020"), ("at least 80\u{a0}%, perhaps beyond the limit".to_owned(), false));
        assert_eq!(share("50 of 50 t; period 2020"), ("100\u{a0}%".to_owned(), false));
    }
}
