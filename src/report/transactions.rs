//! The transactions of one incident in a report, handed out one by one.

use std::borrow::Cow;
use std::io;

use super::{TransactionReport, rank};

/// Transactions in the order of their incident.
#[derive(Debug, Clone, Default)]
pub struct Transactions {
    held: Vec<TransactionReport>,
}

impl Transactions {
    /// Transactions that are held in memory.
    pub fn held(transactions: Vec<TransactionReport>) -> Self {
        Self { held: transactions }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each of them. What is kept on disk can fail to be read.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<Cow<'_, TransactionReport>>> {
        self.held.iter().map(|t| Ok(Cow::Borrowed(t)))
    }

    /// Each of them, the worst verdict first; of equals in their order.
    pub fn worst_first(&self) -> impl Iterator<Item = io::Result<Cow<'_, TransactionReport>>> {
        let mut order: Vec<&TransactionReport> = self.held.iter().collect();
        order.sort_by_key(|t| rank(t.verdict.as_deref()));
        order.into_iter().map(|t| Ok(Cow::Borrowed(t)))
    }
}
