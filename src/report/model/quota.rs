//! The state of a quota that a finding rests on.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::QuotaTotal;
use crate::facts::{Period, Range};

use super::serial::{as_optional_text, as_text};

/// The running totals of a quota once a transaction is counted. Numbers are strings in JSON, so that no digit is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaNote {
    /// The quota's id.
    pub id: String,
    /// The period that the transaction falls into; `None` if its date leaves open which.
    #[serde(default, with = "as_optional_text")]
    pub period: Option<Period>,
    /// One total for each unit that the quota has a limit in.
    pub totals: Vec<QuotaTotalNote>,
    /// What the totals rest on: balance and transactions, a closing notice, conversion factors.
    pub rests_on: Vec<String>,
}

/// A running total beside its limit, both in `unit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaTotalNote {
    /// The least that the total can be.
    #[serde(with = "as_text")]
    pub low: Decimal,
    /// The most that it can be; `None` if it has no upper bound.
    #[serde(default, with = "as_optional_text")]
    pub high: Option<Decimal>,
    /// True if the total is more than `low`.
    #[serde(default)]
    pub above_low: bool,
    /// True if the total is less than `high`.
    #[serde(default)]
    pub below_high: bool,
    /// The limit.
    #[serde(with = "as_text")]
    pub limit: Decimal,
    /// The unit: `bbl`, `t`, `USD`.
    pub unit: String,
}

impl QuotaTotalNote {
    /// The total as the engine has it, which knows its shares and its words.
    pub fn total(&self) -> QuotaTotal {
        let amount = Range { low: self.low, high: self.high, above_low: self.above_low, below_high: self.below_high };
        QuotaTotal { amount, limit: self.limit, unit: self.unit.clone() }
    }
}

impl From<&QuotaTotal> for QuotaTotalNote {
    fn from(total: &QuotaTotal) -> Self {
        let Range { low, high, above_low, below_high } = total.amount;
        Self { low, high, above_low, below_high, limit: total.limit, unit: total.unit.clone() }
    }
}
