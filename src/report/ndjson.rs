//! A line of JSON for every transaction with something to say, and at the end one with all that a report has beside.

use std::io::{self, Write};

use serde::Serialize;

use super::json::compact;
use super::{Head, Report, TransactionReport};

/// The report as NDJSON, incident by incident.
pub fn ndjson(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if transaction.has_something_to_say() {
                ndjson_line(&incident.id, &transaction, out)?;
            }
        }
    }
    ndjson_end(&report.head, out)
}

/// One transaction: `{"incident": id, "transaction": {..}}`, the transaction as in the JSON report.
pub fn ndjson_line(incident: &str, transaction: &TransactionReport, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        incident: &'a str,
        transaction: &'a TransactionReport,
    }
    writeln!(out, "{}", compact(&Line { incident, transaction })?)
}

/// The last line: `{"report": {..}}`, what the JSON report has above its incidents. Without it a stream was cut off.
pub fn ndjson_end(head: &Head, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct End<'a> {
        report: &'a Head,
    }
    writeln!(out, "{}", compact(&End { report: head })?)
}
