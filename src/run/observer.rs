//! The observer of a run in progress.

use std::io;

/// Observes a run: receives reports of transactions as they are made, and the progress.
pub trait RunObserver {
    /// Receives the report of a transaction as JSON in one line ([`compact`](crate::report::compact)). Reports come in the
    /// order of the input, but those that depend on a quota's total come last. An error ends the run.
    fn transaction(&mut self, incident: &str, json: &[u8]) -> io::Result<()>;
    /// Receives the number of transactions assessed and of bytes read from the current stream so far.
    fn progress(&mut self, transactions: usize, bytes: u64);
    /// True if [`transaction`](Self::transaction) is to be called.
    fn wants_transactions(&self) -> bool;
    /// True if the reports of transactions are also to be kept for the [`Report`](crate::report::Report).
    fn retains(&self) -> bool;
}
