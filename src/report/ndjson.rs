//! A line of JSON per transaction: for programs that read one by one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::wrap::is_unsafe;
use super::{Report, TransactionReport};

/// A line for each transaction with a finding, a duty, a warning or a near miss: its object of the JSON report with the
/// id of its incident before. Mistakes in the inputs are told by standard error and the exit code.
pub fn ndjson(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            if says_something(&transaction) {
                let line = Line { incident: &incident.id, transaction: &transaction };
                line.serialize(&mut Serializer::with_formatter(&mut *out, Inert))?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Line<'a> {
    incident: &'a str,
    #[serde(flatten)]
    transaction: &'a TransactionReport,
}

fn says_something(transaction: &TransactionReport) -> bool {
    let silent = transaction.findings.is_empty()
        && transaction.duties.is_empty()
        && transaction.warnings.is_empty()
        && transaction.near_misses.is_empty();
    !silent
}

/// Escapes what could steer a terminal or break a line, so that nothing is lost and nothing is live.
struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unsafe(*c)) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}
