//! How a quota stands, as a finding tells it: the words are taken apart again for a gauge.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::report::model::Because;

use super::parts::said;
use super::survey::Of;

/// So many periods of quotas are told.
const MOST: usize = 200;
/// The width of a gauge that is full, in units of its drawing; half as much again is drawn beyond the limit.
const FULL: f64 = 200.0;

/// What a fact says of a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
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
    /// In tenths of a per cent of the limit, of the total's upper bound, else of its lower one.
    pub share: Option<u64>,
    /// True if the total is known to be only a lower bound.
    pub at_least: bool,
}

/// The last that is told of a quota in a period.
#[derive(Debug)]
pub(super) struct Stand {
    /// When the transaction took place, and which it is.
    pub when: (String, String),
    /// It.
    pub of: Of,
    /// What its finding says.
    pub told: Told,
    /// How many findings tell of it.
    pub findings: usize,
}

/// Takes the note of a fact apart, if it is one on a quota; see `QuotaState::in_words` of the engine.
pub(super) fn told(because: &Because) -> Option<Told> {
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
    (!totals.is_empty()).then(|| Told { quota: quota.trim_matches('`').to_owned(), totals, period, rests_on })
}

/// `39,211 of 500,000 bbl (7.8 %)`
fn total(text: &str) -> Option<Total> {
    let (total, limit) = text.split_once(" of ")?;
    let limit = limit.split_once(" (").map_or(limit, |(limit, _)| limit);
    let mut numbers = total.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').filter_map(number);
    let (first, second) = (numbers.next()?, numbers.next());
    let at_least = total.starts_with("over ") || total.starts_with("at least ");
    let full = number(limit.split(' ').next()?)?;
    let share = second.unwrap_or(first).checked_mul(Decimal::ONE_THOUSAND)?.checked_div(full)?.round().to_u64();
    Some(Total { total: total.to_owned(), limit: limit.to_owned(), share, at_least })
}

fn number(text: &str) -> Option<Decimal> {
    text.replace(',', "").parse().ok()
}

/// Keeps the last that is told of a quota in a period, by date and then id, as quotas count.
pub(super) fn stand(quotas: &mut BTreeMap<(String, String), Stand>, told: Told, date: &str, of: Of) {
    let key = (told.quota.clone(), told.period.clone());
    let when = (date.to_owned(), of.transaction.clone());
    if let Some(stand) = quotas.get_mut(&key) {
        stand.findings += 1;
        if stand.when <= when {
            (stand.when, stand.of, stand.told) = (when, of, told);
        }
    } else if quotas.len() < MOST {
        quotas.insert(key, Stand { when, of, told, findings: 1 });
    }
}

/// The totals of a quota, each with its gauge and in words.
pub(super) fn gauges(told: &Told) -> Markup {
    html! {
        div.gauges {
            @for total in &told.totals {
                div.gauge {
                    @if let Some(share) = total.share { (bar(share)) }
                    p {
                        strong { (said(&total.total)) } " of " (said(&total.limit))
                        @if let Some(share) = total.share {
                            span class={ "share" @if share > 1000 { " beyond" } } {
                                @if total.at_least { "at least " }
                                (share / 10) @if share % 10 > 0 { "." (share % 10) } " %"
                                @if share > 1000 { ", beyond the limit" }
                            }
                        }
                    }
                }
            }
            p.rests { (said(&told.rests_on.join("; "))) }
        }
    }
}

/// A bar with the limit as a line across it. The words beside it say the same, so it is hidden from who cannot see it.
fn bar(share: u64) -> Markup {
    let share = share.to_f64().unwrap_or(f64::MAX) / 1000.0;
    let (within, beyond) = (share.min(1.0) * FULL, (share - 1.0).clamp(0.0, 0.5) * FULL);
    html! {
        svg.bar viewBox="0 0 302 16" preserveAspectRatio="xMinYMid" aria-hidden="true" focusable="false" {
            rect.ground x="0" y="4" width="300" height="8" rx="1" {}
            rect.within x="0" y="4" width=(format!("{within:.1}")) height="8" rx="1" {}
            @if beyond > 0.0 { rect.beyond x="200" y="4" width=(format!("{beyond:.1}")) height="8" {} }
            rect.limit x="199" y="0" width="2" height="16" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn because(note: &str) -> Because {
        let (fact, condition) = ("items[0].quantity".to_owned(), "not within: dprk-refined".to_owned());
        Because { fact, value: None, condition, at: None, rule_at: None, note: Some(note.to_owned()) }
    }

    #[test]
    fn the_words_of_a_quota() {
        let note =
            "39,211-40,000 of 500,000 bbl (8 %); 7 of 10 USD (70 %); period 2021; from no balance; 1 t counted as 7.9 bbl (x)";
        let told = told(&because(note)).unwrap();
        assert_eq!((told.quota.as_str(), told.period.as_str()), ("dprk-refined", "2021"));
        assert_eq!(told.rests_on, ["from no balance", "1 t counted as 7.9 bbl (x)"]);
        assert_eq!(
            told.totals.iter().map(|t| (t.limit.as_str(), t.share)).collect::<Vec<_>>(),
            [("500,000 bbl", Some(80)), ("10 USD", Some(700))]
        );
    }

    #[test]
    fn a_total_without_an_upper_bound() {
        let told = told(&because("over 1,718,573.17 of 500,000 bbl; period 2020")).unwrap();
        assert_eq!(told.totals[0].share, Some(3437));
        assert!(told.totals[0].at_least);
        assert_eq!(super::told(&because("`coal` is a term of `coal`")), None);
    }
}
