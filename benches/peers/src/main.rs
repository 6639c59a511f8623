//! The same hundred rules on the same records in interdict and in four other rule engines for Rust.
//!
//! `peers [RECORDS] [REPETITIONS]`: 100,000 and 3 if not given. The sets of hits must be equal, or the run fails before
//! any number is printed. CPU time of one thread, evaluation alone: rules are compiled and records parsed before.

mod engines;
mod rules;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use cpu_time::ProcessTime;

use engines::{Datalogic, Engine, Hits, Interdict, Regorus, Rsigma, Tau};

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|a| a.replace('_', "").parse::<usize>());
    let count = numbers.next().transpose().context("RECORDS")?.unwrap_or(100_000);
    let repetitions = numbers.next().transpose().context("REPETITIONS")?.unwrap_or(3).max(1);

    let mut bytes = Vec::new();
    generate::write_lines(generate::SEED, count as u64, &mut bytes)?;
    let lines = String::from_utf8(bytes)?;
    let rules = rules::rules();
    let records: Arc<Vec<serde_json::Value>> = Arc::new(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?);

    let mut engines: Vec<Box<dyn Engine>> = vec![
        Box::new(Interdict::new(&rules, &lines).context("interdict")?),
        Box::new(Rsigma::new(&rules, Arc::clone(&records)).context("rsigma-eval")?),
        Box::new(Tau::new(&rules, records).context("tau-engine")?),
        Box::new(Datalogic::new(&rules, &lines).context("datalogic-rs")?),
        Box::new(Regorus::new(&rules, &lines).context("regorus")?),
    ];

    // Interleaved, so that what else the machine does falls on all alike.
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); engines.len()];
    let mut agreed: Option<Hits> = None;
    for _ in 0..repetitions {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let begun = ProcessTime::now();
            let mut hits = engine.hits().with_context(|| engine.name())?;
            times.push(begun.elapsed());
            hits.sort_unstable();
            match &agreed {
                None => agreed = Some(hits),
                Some(agreed) => same(agreed, &hits, engine.name(), &lines)?,
            }
        }
    }
    let hits = agreed.unwrap_or_default();
    let speaking = (0..rules::COUNT as u16).filter(|r| hits.iter().any(|(_, hit)| hit == r)).count();
    ensure!(speaking > rules::COUNT / 2, "only {speaking} rules hit anything: nothing would be compared");

    println!("{count} records, {} rules, {} hits of {speaking} rules, equal in all engines", rules.len(), hits.len());
    println!("{:<14} {:>12} {:>16} {:>8}", "engine", "CPU s", "records / s", "ratio");
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    for (engine, seconds) in engines.iter().zip(&medians) {
        println!("{:<14} {seconds:>12.3} {:>16.0} {:>8.2}", engine.name(), count as f64 / seconds, seconds / medians[0]);
    }
    Ok(())
}

/// Fails with the first difference.
fn same(agreed: &Hits, hits: &Hits, name: &str, lines: &str) -> Result<()> {
    if agreed == hits {
        return Ok(());
    }
    let missed = agreed.iter().find(|h| hits.binary_search(h).is_err());
    let added = hits.iter().find(|h| agreed.binary_search(h).is_err());
    let (record, rule) = missed.or(added).copied().context("a hit was told twice")?;
    let what = if missed.is_some() { "misses" } else { "adds" };
    anyhow::bail!("{name} {what} rule {rule} on: {}", lines.lines().nth(record as usize).unwrap_or_default())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
