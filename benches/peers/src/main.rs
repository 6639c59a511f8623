//! The same hundred rules on the same records in interdict and in four other rule engines for Rust.
//!
//! `peers [RECORDS] [REPETITIONS]`: 100,000 and 3 if not given. The sets of hits must be equal, or the run fails before
//! any number is printed. CPU time of one thread, evaluation alone: rules are compiled before, and each engine has parsed the
//! batch of records that it is asked about.

mod engines;
mod rules;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use cpu_time::ProcessTime;

use engines::{Batch, Datalogic, Engine, Hits, Interdict, Regorus, Rsigma, Tau};

/// Records that an engine is asked about one after another, as they come from a stream: so few that they are still at hand, as
/// they are there. Of all hundred thousand, each would be fetched from far away in memory when its turn comes.
const BATCH: usize = 1000;

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|a| a.replace('_', "").parse::<usize>());
    let count = numbers.next().transpose().context("RECORDS")?.unwrap_or(100_000);
    let repetitions = numbers.next().transpose().context("REPETITIONS")?.unwrap_or(3).max(1);

    let mut bytes = Vec::new();
    generate::write_lines(count as u64, |number, line| generate::line(generate::SEED, number, line), &mut bytes)?;
    let lines = String::from_utf8(bytes)?;
    let lines: Vec<&str> = lines.lines().collect();
    let rules = rules::rules();

    let mut engines: Vec<Box<dyn Engine>> = vec![
        Box::new(Interdict::new(&rules).context("interdict")?),
        Box::new(Interdict::without_cache(&rules).context("interdict")?),
        Box::new(Rsigma::new(&rules).context("rsigma-eval")?),
        Box::new(Tau::new(&rules).context("tau-engine")?),
        Box::new(Datalogic::new(&rules).context("datalogic-rs")?),
        Box::new(Regorus::new(&rules).context("regorus")?),
    ];

    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); engines.len()];
    let mut agreed: Option<Hits> = None;
    for _ in 0..repetitions {
        // In turn, so that what else the machine does falls on all alike.
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let (hits, took) = all_batches(engine.as_mut(), &lines).with_context(|| engine.name())?;
            times.push(took);
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

/// An engine on all records, batch by batch: what it found, and the time that it took to evaluate.
fn all_batches(engine: &mut dyn Engine, lines: &[&str]) -> Result<(Hits, Duration)> {
    let (mut hits, mut took) = (Hits::new(), Duration::ZERO);
    engine.begin();
    for (number, lines) in lines.chunks(BATCH).enumerate() {
        let batch = Batch { first: u32::try_from(number * BATCH)?, lines };
        engine.read(&batch)?;
        let begun = ProcessTime::now();
        engine.hits(&batch, &mut hits)?;
        took += begun.elapsed();
    }
    hits.sort_unstable();
    Ok((hits, took))
}

/// Fails with the first difference.
fn same(agreed: &Hits, hits: &Hits, name: &str, lines: &[&str]) -> Result<()> {
    if agreed == hits {
        return Ok(());
    }
    let missed = agreed.iter().find(|h| hits.binary_search(h).is_err());
    let added = hits.iter().find(|h| agreed.binary_search(h).is_err());
    let (record, rule) = missed.or(added).copied().context("a hit was told twice")?;
    let what = if missed.is_some() { "misses" } else { "adds" };
    anyhow::bail!("{name} {what} rule {rule} on: {}", lines.get(record as usize).unwrap_or(&""))
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
