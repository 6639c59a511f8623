//! Evaluation alone: the built-in rulebook on transactions whose facts are read already.
//!
//! `evaluate [TRANSACTIONS] [RULES]`: 1,000,000 if not given, and the built-in rulebook. CPU time of one thread:
//! *reading* the lines into facts, *screening* (which rules speak of each transaction; anew: with nothing remembered of
//! those before), and *reasoning* (why, for those alone). The transactions are read in parts, so that a million of them
//! need not be in memory; the clock of each kind of work runs only while that work is done.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use cpu_time::ProcessTime;
use interdict::engine::Options;
use interdict::engine::internals::{EvalContext, CompiledRules, RuleSelector, assess_transaction};
use interdict::intake::Intake;
use interdict::rulebook::{RuleFiles, Rulebook};

/// Transactions read at a time.
const PART: u64 = 10_000;

#[derive(Default)]
struct Spent {
    reading: Duration,
    screening: Duration,
    screening_anew: Duration,
    reasoning: Duration,
    transactions: usize,
    speaking: usize,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().map(|a| a.replace('_', "").parse::<u64>()).transpose()?.unwrap_or(1_000_000);
    let files = match arguments.next() {
        Some(folder) => RuleFiles::from_folder(Path::new(&folder))?,
        None => RuleFiles::built_in(),
    };
    let rulebook = Rulebook::load_without_tests(files)?;
    let options = Options::default();
    let compiled = CompiledRules::new(&rulebook, &options);
    let mut screeners = [RuleSelector::new(&compiled), RuleSelector::forgetful(&compiled)];
    let mut spent = Spent::default();
    for first in (0..count).step_by(PART as usize) {
        part(first, PART.min(count - first), &rulebook, &mut screeners, &mut spent)?;
    }
    let Spent { reading, screening, screening_anew, reasoning, transactions, speaking } = spent;
    let (shapes, rules) = (screeners[0].shapes(), rulebook.rules.len());
    println!("{transactions} transactions of {shapes} shapes, {rules} rules, {speaking} transactions with something to say");
    println!("{:<14} {:>9} {:>22}", "work", "CPU s", "ns a transaction");
    let work = [("reading", reading), ("screening", screening), ("screening-anew", screening_anew), ("reasoning", reasoning)];
    for (name, time) in work {
        println!("{name:<14} {:>9.3} {:>22.0}", time.as_secs_f64(), time.as_secs_f64() * 1e9 / transactions as f64);
    }
    Ok(())
}

fn part(
    first: u64,
    count: u64,
    rulebook: &Rulebook,
    [screener, forgetful]: &mut [RuleSelector<'_, '_>; 2],
    spent: &mut Spent,
) -> Result<()> {
    let mut lines = String::new();
    for number in first..first + count {
        generate::line(generate::SEED, number, &mut lines);
        lines.push('\n');
    }
    let begun = ProcessTime::now();
    let intake = Intake::read_text("records.ndjson", &lines, &rulebook.vocabulary);
    spent.reading += begun.elapsed();
    let mut speaking = Vec::new();
    let cases: Vec<EvalContext<'_>> = intake
        .incidents
        .iter()
        .flat_map(|reported| (0..reported.transactions().len()).map(move |index| (reported, index)))
        .filter_map(|(reported, index)| EvalContext::new(rulebook, reported, index, None, None))
        .collect();
    let begun = ProcessTime::now();
    for case in &cases {
        let screened = screener.screen(case);
        if !screened.speaking.is_empty() {
            speaking.push((case, screened.speaking.clone()));
        }
    }
    spent.screening += begun.elapsed();
    let begun = ProcessTime::now();
    for case in &cases {
        std::hint::black_box(forgetful.screen(case));
    }
    spent.screening_anew += begun.elapsed();
    let begun = ProcessTime::now();
    for (case, rules) in &speaking {
        std::hint::black_box(assess_transaction(case, screener.compiled().asked(Some(rules))));
    }
    spent.reasoning += begun.elapsed();
    spent.transactions += cases.len();
    spent.speaking += speaking.len();
    Ok(())
}
