//! The report for a person at a terminal, at 80 columns: the page, then the details, the worst first.

mod asked_alike;
mod closing;
mod details;
mod page;

use std::cmp::Reverse;
use std::io::{self, Write};

use super::Detail;
use super::log_line::LogWriter;
use super::model::{IncidentReport, Report};
use super::wording::transaction_counts;
use super::wrap::{WIDTH, wrapped};

/// Of more transactions the counts are told first, before any of them, and again at the end.
const MANY: usize = 20;

/// Writes the report as text, incident by incident, the worst first. No line of it is a command to the continuous integration
/// in whose log it stands.
pub fn text(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut log = LogWriter::new(out);
    write(report, &mut log)?;
    log.finish()
}

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut incidents: Vec<&IncidentReport> = report.incidents.iter().collect();
    incidents.sort_by_key(|incident| Reverse(incident.verdict));
    if report.head.summary.transactions > MANY {
        let mut counts = String::new();
        wrapped(&mut counts, "", "  ", &transaction_counts(&report.head.summary));
        counts.push('\n');
        out.write_all(counts.as_bytes())?;
    }
    page::write_page(out, &incidents)?;
    if report.detail != Detail::Brief {
        details::write_details(out, &incidents, report.detail)?;
    }
    out.write_all(closing::closing(&report.head, report.detail).as_bytes())
}

/// The id and title of an incident, underlined.
fn push_incident_heading(text: &mut String, incident: &IncidentReport) {
    let title = incident.title.as_deref().unwrap_or_default();
    wrapped(text, "", "  ", &format!("{}  {title}", incident.id));
    text.push_str(&"=".repeat(WIDTH));
    text.push('\n');
}
