//! A line of JSON for every transaction with something to report, and at the end one with all that a report has beside.

use std::io::{self, Write};

use serde::Serialize;

use super::json::compact;
use super::{Head, Report};

/// The report as NDJSON, incident by incident.
pub fn ndjson(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Vec::new();
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if transaction.has_something_to_report() {
                json.clear();
                compact(&*transaction, &mut json)?;
                ndjson_transaction(&incident.id, &json, out)?;
            }
        }
    }
    ndjson_end(&report.head, out)
}

/// The line of one transaction: `{"incident": id, "transaction": {..}}`, the transaction as in the JSON report, but in one
/// line ([`compact`]).
pub fn ndjson_transaction(incident: &str, json: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let mut start = b"{\"incident\":".to_vec();
    compact(&incident, &mut start)?;
    start.extend(b",\"transaction\":");
    [&start, json, b"}\n"].into_iter().try_for_each(|part| out.write_all(part))
}

/// The last line: `{"report": {..}}`, what the JSON report has above its incidents. Without it a stream was cut off.
pub fn ndjson_end(head: &Head, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct End<'a> {
        report: &'a Head,
    }
    let mut line = Vec::new();
    compact(&End { report: head }, &mut line)?;
    line.push(b'\n');
    out.write_all(&line)
}
