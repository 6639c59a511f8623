//! The state of a quota once a transaction is counted, as values and in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::engine::EvidenceLevel;
use crate::facts::{FactPath, Period, Range, Truth};

/// The running totals of a quota after a transaction was counted, and what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotaState {
    /// The quota's id.
    pub quota: String,
    /// Whether the total is within the limit.
    pub within: Truth,
    /// The period that the transaction falls into; `None` if its date leaves that open.
    pub period: Option<Period>,
    /// One total for each unit that the quota has a limit in.
    pub totals: Vec<QuotaTotal>,
    /// The number of transactions in the totals, those carried forward included.
    pub transactions: usize,
    /// The number of those transactions that an earlier run counted, from the ledger file of this run.
    pub carried_forward: usize,
    /// The balance that the totals start from.
    pub balance: StartingBalance,
    /// True if the ledger file cannot be trusted: any amount may have been counted before this run.
    pub distrusted: bool,
    /// The part of the period of which neither the ledger nor the run knows anything.
    pub skipped: Option<Period>,
    /// The day on which a notice closed the period.
    pub closed_on: Option<NaiveDate>,
    /// Conversion factors that were used, in words with their source: `1 t counted as 7.9 bbl (...)`.
    pub factors: Vec<String>,
    /// The weakest evidence among what the totals rest on.
    pub evidence: Option<EvidenceLevel>,
    /// The path to the amount of this transaction.
    pub path: FactPath,
}

/// The balance that the total of a period starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartingBalance {
    /// No balance is reported: the total starts from nothing.
    None,
    /// A balance without a day up to which it holds.
    Undated,
    /// A balance that holds up to and including this day.
    AsOf(NaiveDate),
}

/// A running total beside its limit, both in `unit`.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotaTotal {
    /// The total; a range where amounts are reported or converted as ranges.
    pub amount: Range,
    /// The limit.
    pub limit: Decimal,
    /// The unit as it is written: `bbl`, `t`, `USD`.
    pub unit: String,
}

impl QuotaState {
    /// The totals without limit and share: `210,000 bbl`.
    pub fn totals_in_words(&self) -> String {
        self.totals.iter().map(|t| format!("{} {}", t.amount, t.unit)).collect::<Vec<_>>().join(", ")
    }

    /// The totals with limit and share, the period, and what they rest on.
    pub fn in_words(&self) -> String {
        let mut parts: Vec<String> = self.totals.iter().map(QuotaTotal::in_words).collect();
        parts.extend(self.period.map(|period| format!("period {period}")));
        parts.extend(self.basis_in_words());
        parts.join("; ")
    }

    /// What the totals rest on, a phrase for each: balance and transactions, a closing notice, conversion factors.
    pub fn basis_in_words(&self) -> Vec<String> {
        let several = |n: usize| if n == 1 { "1 transaction".to_owned() } else { format!("{n} transactions") };
        let counted = match (self.carried_forward, self.transactions - self.carried_forward.min(self.transactions)) {
            (0, own) => format!("{} of this run", several(own)),
            (carried, own) => format!("{} of the ledger and {own} of this run", several(carried)),
        };
        let mut parts = vec![match self.balance {
            StartingBalance::AsOf(day) => format!("from a balance as of {day} and {counted}"),
            StartingBalance::Undated => format!("from a balance and {counted}"),
            StartingBalance::None => format!("from {counted} and no balance"),
        }];
        parts.extend(self.closed_on.map(|day| format!("closed by notice on {day}")));
        if self.distrusted {
            parts.push("the ledger is not trusted, so any amount may have been counted before".to_owned());
        }
        parts.extend(
            self.skipped.map(|skipped| format!("the ledger leaves out {skipped}, when any amount may have been counted")),
        );
        parts.extend(self.factors.iter().cloned());
        parts
    }
}

impl QuotaTotal {
    /// The upper bound as a share of the limit in per cent, to one decimal place; `None` without an upper bound.
    pub fn share(&self) -> Option<Decimal> {
        let share = self.amount.high?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.limit)?;
        Some(share.round_dp(1).normalize())
    }

    /// Lower and upper bound as shares of the limit in tenths of a per cent; the upper is `None` where there is none.
    /// `None` if a share is not a finite number.
    pub fn shares_in_permille(&self) -> Option<(u64, Option<u64>)> {
        let share = |n: Decimal| n.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(self.limit)?.round().to_u64();
        let high = match self.amount.high {
            Some(high) => Some(share(high)?),
            None => None,
        };
        Some((share(self.amount.low)?, high))
    }

    /// The total in words: `39,211 of 500,000 bbl (7.8 %)`.
    pub fn in_words(&self) -> String {
        let share = self.share().map(|share| format!(" ({share} %)")).unwrap_or_default();
        format!("{} of {}{share}", self.amount, self.limit_in_words())
    }

    /// The limit in words: `500,000 bbl`.
    pub fn limit_in_words(&self) -> String {
        format!("{} {}", Range::exactly(self.limit), self.unit)
    }
}
