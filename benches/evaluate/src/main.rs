//! Evaluation alone: the built-in rulebook on transactions whose facts are read already.
//!
//! `evaluate [TRANSACTIONS] [SHARE] [RULES]`: 1,000,000 transactions if not given, of one kind of sender; with a SHARE,
//! dissimilar ones of which so many of a hundred are prohibited. CPU time of one thread: *reading* the lines into facts,
//! *prefilter* (which rules match each transaction; *uncached*: without the cache of profiles), and *proofs* (findings of the
//! matching rules). Transactions are read in parts, so that a million of them need not be in memory; the clock of each kind of
//! work runs only while that work is done.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use cpu_time::ProcessTime;
use interdict::engine::AssessOptions;
use interdict::engine::internals::{EvalContext, CompiledRules, RuleSelector, assess_transaction};
use interdict::intake::Intake;
use interdict::rulebook::{RuleFiles, Rulebook};

/// Transactions read at a time.
const PART: u64 = 10_000;

#[derive(Default)]
struct Spent {
    reading: Duration,
    prefilter: Duration,
    uncached: Duration,
    proofs: Duration,
    transactions: usize,
    matching: usize,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().map(|a| a.replace('_', "").parse::<u64>()).transpose()?.unwrap_or(1_000_000);
    let share = arguments.next().map(|a| a.parse::<u64>()).transpose()?;
    let files = match arguments.next() {
        Some(folder) => RuleFiles::from_folder(Path::new(&folder))?,
        None => RuleFiles::built_in(),
    };
    let rulebook = Rulebook::load_without_tests(files)?;
    let options = AssessOptions::default();
    let compiled = CompiledRules::new(&rulebook, &options);
    let mut selectors = [RuleSelector::new(&compiled), RuleSelector::without_cache(&compiled)];
    let mut spent = Spent::default();
    for first in (0..count).step_by(PART as usize) {
        part((first, PART.min(count - first)), share, &rulebook, &mut selectors, &mut spent)?;
    }
    let Spent { reading, prefilter, uncached, proofs, transactions, matching } = spent;
    let (profiles, rules) = (selectors[0].cached_profiles(), rulebook.rules.len());
    println!("{transactions} transactions, {profiles} profiles in the cache at the end, {rules} rules, {matching} transactions with a matching rule");
    println!("{:<14} {:>9} {:>22}", "work", "CPU s", "ns a transaction");
    let work = [("reading", reading), ("prefilter", prefilter), ("uncached", uncached), ("proofs", proofs)];
    for (name, time) in work {
        println!("{name:<14} {:>9.3} {:>22.0}", time.as_secs_f64(), time.as_secs_f64() * 1e9 / transactions as f64);
    }
    Ok(())
}

fn part(
    (first, count): (u64, u64),
    share: Option<u64>,
    rulebook: &Rulebook,
    [selector, uncached_selector]: &mut [RuleSelector<'_, '_>; 2],
    spent: &mut Spent,
) -> Result<()> {
    let mut lines = String::new();
    for number in first..first + count {
        match share {
            Some(share) => generate::dissimilar_line(generate::SEED, generate::Shape::Flagged(share), number, &mut lines),
            None => generate::line(generate::SEED, number, &mut lines),
        }
        lines.push('\n');
    }
    let begun = ProcessTime::now();
    let intake = Intake::read_text("records.ndjson", &lines, &rulebook.vocabulary);
    spent.reading += begun.elapsed();
    let mut matching = Vec::new();
    let cases: Vec<EvalContext<'_>> = intake
        .incidents
        .iter()
        .flat_map(|reported| (0..reported.transactions().len()).map(move |index| (reported, index)))
        .filter_map(|(reported, index)| EvalContext::new(rulebook, reported, index, None, None))
        .collect();
    let begun = ProcessTime::now();
    for case in &cases {
        let candidates = selector.select(case);
        if !candidates.matching.is_empty() {
            matching.push((case, candidates.matching.clone()));
        }
    }
    spent.prefilter += begun.elapsed();
    let begun = ProcessTime::now();
    for case in &cases {
        std::hint::black_box(uncached_selector.select(case));
    }
    spent.uncached += begun.elapsed();
    let begun = ProcessTime::now();
    for (case, rules) in &matching {
        std::hint::black_box(assess_transaction(case, selector.compiled().rules(Some(rules))));
    }
    spent.proofs += begun.elapsed();
    spent.transactions += cases.len();
    spent.matching += matching.len();
    Ok(())
}
