//! The progress bar of a long run, and findings printed while the run goes on.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::ndjson_transaction;
use crate::run::RunObserver;

use super::output::NO_OUTPUT;

/// The progress of a shorter run is not shown.
const SHORT: Duration = Duration::from_secs(1);

/// The observer that shows a run's progress. Nothing is drawn if standard error is not a terminal.
pub(super) struct Progress<'o> {
    bar: ProgressBar,
    retains: bool,
    out: Option<&'o mut dyn Write>,
}

impl<'o> Progress<'o> {
    /// `retains` is true if a report is made afterwards; each transaction with something to report is written to `out` as a line.
    pub(super) fn new(retains: bool, out: Option<&'o mut dyn Write>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template("{elapsed} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, retains, out }
    }
}

impl RunObserver for Progress<'_> {
    fn transaction(&mut self, incident: &str, json: &[u8]) -> io::Result<()> {
        match &mut self.out {
            // A run can also fail because of its temporary files, so the message says which it was.
            Some(out) => ndjson_transaction(incident, json, out)
                .map_err(|error| io::Error::new(error.kind(), format!("{NO_OUTPUT}: {error}"))),
            None => Ok(()),
        }
    }

    fn progress(&mut self, transactions: usize, bytes: u64) {
        if self.bar.is_hidden() && self.bar.elapsed() > SHORT {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if !self.bar.is_hidden() {
            let count = HumanCount(u64::try_from(transactions).unwrap_or(u64::MAX));
            self.bar.set_message(format!("{count} transactions, {}", HumanBytes(bytes)));
        }
    }

    fn wants_transactions(&self) -> bool {
        self.out.is_some()
    }

    fn retains(&self) -> bool {
        self.retains
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
