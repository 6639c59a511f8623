//! A line of JSON for every transaction with something to say, and at the end one with all that a report has beside.

use std::io::{self, Write};

use serde::Serialize;

use super::json::compact;
use super::{Head, Report, TransactionReport};

/// The report as NDJSON, incident by incident.
pub fn ndjson(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = NdjsonLines::default();
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if transaction.has_something_to_say() {
                lines.transaction(&incident.id, &transaction, out)?;
            }
        }
    }
    lines.end(&report.head, out)
}

/// Writes a report line by line; each is put together in the place of the one before.
#[derive(Debug, Default)]
pub struct NdjsonLines {
    line: Vec<u8>,
}

impl NdjsonLines {
    /// One transaction: `{"incident": id, "transaction": {..}}`, the transaction as in the JSON report.
    pub fn transaction(&mut self, incident: &str, transaction: &TransactionReport, out: &mut dyn Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct Line<'a> {
            incident: &'a str,
            transaction: &'a TransactionReport,
        }
        self.write(&Line { incident, transaction }, out)
    }

    /// The last line: `{"report": {..}}`, what the JSON report has above its incidents. Without it a stream was cut off.
    pub fn end(&mut self, head: &Head, out: &mut dyn Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct End<'a> {
            report: &'a Head,
        }
        self.write(&End { report: head }, out)
    }

    fn write(&mut self, value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        compact(value, &mut self.line)?;
        self.line.push(b'\n');
        out.write_all(&self.line)
    }
}
