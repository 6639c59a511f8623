//! Who follows a run while it goes on.

use std::io;

/// Follows a run: takes reports of transactions as they are made, and its progress.
pub trait RunObserver {
    /// Takes the report of a transaction as JSON in one line ([`compact`](crate::report::compact)). Reports come in the order
    /// of the input, but those that turn on a quota's total come last. An error ends the run.
    fn transaction(&mut self, incident: &str, json: &[u8]) -> io::Result<()>;
    /// Takes the number of transactions assessed and of bytes read of the stream at hand so far.
    fn progress(&mut self, transactions: usize, bytes: u64);
    /// True if [`transaction`](Self::transaction) is to be called.
    fn wants_transactions(&self) -> bool;
    /// True if the reports of transactions are to be kept for the [`Report`](crate::report::Report) too.
    fn retains(&self) -> bool;
}
