//! The page: a block for each transaction that says who, whom, what, when, on whose word.

use std::io::{self, Write};

use crate::report::model::{IncidentReport, TransactionReport};
use crate::report::wording::{PageBlock, number_of};
use crate::report::wrap::wrapped;

use super::push_incident_heading;

/// So many transactions have a block; the others are counted.
const MOST_BLOCKS: usize = 50;

/// Writes the page: each incident with its transactions, the worst first.
pub(super) fn write_page(out: &mut dyn Write, incidents: &[&IncidentReport]) -> io::Result<()> {
    let (mut room, mut left_out) = (MOST_BLOCKS, 0);
    for incident in incidents {
        if room == 0 {
            left_out += incident.transactions.len();
            continue;
        }
        let mut text = String::new();
        push_incident_heading(&mut text, incident);
        let mut clear = Vec::new();
        for place in incident.transactions.places_worst_first() {
            if room == 0 && place.verdict().is_some() {
                left_out += 1;
                continue;
            }
            let transaction = place.read()?;
            let block = PageBlock::new(&transaction);
            if block.is_clear() {
                clear.push(transaction.id.clone());
            } else if room == 0 {
                left_out += 1;
            } else {
                room -= 1;
                push_block(&mut text, &transaction, &block);
            }
        }
        if !clear.is_empty() {
            text.push('\n');
            wrapped(&mut text, "No finding: ", "  ", &clear.join(", "));
        }
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    if left_out > 0 {
        let mut text = String::new();
        wrapped(&mut text, "", "", &format!("{} are not on this page.", number_of(left_out, "more transaction")));
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn push_block(out: &mut String, transaction: &TransactionReport, block: &PageBlock<'_>) {
    out.push('\n');
    let citation = block.leading.as_ref().and_then(|leading| leading.citation());
    let citation = citation.map(|citation| format!(", {citation}")).unwrap_or_default();
    let verdict = block.verdict_in_words().to_uppercase();
    wrapped(out, "", "    ", &format!("{}: {verdict}{citation}", transaction.id));
    block.leading.iter().for_each(|leading| wrapped(out, "  ", "    ", &leading.titles()));
    for (line, text) in &block.lines {
        let heading = if line.is_plain() { "  ".to_owned() } else { format!("  {}: ", line.heading()) };
        wrapped(out, &heading, "    ", text);
    }
}
