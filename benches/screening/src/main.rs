//! Screening alone: how long a list takes to be read, and how many names a second are looked for in it.
//!
//! `screening LIST [NAMES]`: NAMES names (20,000 if not given) put together at random from the parts of listed ones, which is the
//! hardest case: nearly every part occurs in the list. *First* is each of them once; *again* the same names a second time, as
//! names repeat in trade. Then the same against 20,000 listed names, made of the list's own with their parts changed over. A
//! hundred of the names are compared with every listed one as well, and must come out the same. CPU time of one thread.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use cpu_time::ProcessTime;
use interdict::lists::{EntryKind, List, read_list};
use interdict::screening::{Memory, REVIEW, Screener};

/// A fixed sequence of numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn pick<'a>(&mut self, from: &'a [String]) -> &'a str {
        &from[self.below(from.len())]
    }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("name a list")?;
    let count = arguments.next().map(|number| number.replace('_', "").parse()).transpose()?.unwrap_or(20_000);
    let text = std::fs::read_to_string(&path)?;
    // The tables of names are read at first use, by whatever list.
    Screener::new(&[]).scores("Ri Song Hyok", None, REVIEW, &mut Memory::default());
    let begun = ProcessTime::now();
    let list = read_list(&text)?;
    let screener = Screener::new(std::slice::from_ref(&list));
    let loading = begun.elapsed();
    let names = names(&list, count);
    println!("{:<28} {:>11} {:>16} {:>16}", "against", "load ms", "first, names/s", "again, names/s");
    measure("the list", &screener, loading.as_secs_f64(), &names)?;
    let large = large(&list, 20_000);
    let begun = ProcessTime::now();
    let screener = Screener::new(&[large]);
    measure("20,000 listed names", &screener, begun.elapsed().as_secs_f64(), &names)
}

fn measure(what: &str, screener: &Screener, loading: f64, names: &[(EntryKind, String)]) -> Result<()> {
    let mut memory = Memory::default();
    let mut speed = || {
        let begun = ProcessTime::now();
        let hits: usize = names.iter().map(|(kind, name)| screener.scores(name, Some(*kind), REVIEW, &mut memory).len()).sum();
        std::hint::black_box(hits);
        names.len() as f64 / begun.elapsed().as_secs_f64()
    };
    let (first, again) = (speed(), speed());
    println!("{what:<28} {:>11.0} {first:>16.0} {again:>16.0}", loading * 1e3);
    for (kind, name) in names.iter().step_by(names.len().div_ceil(100)) {
        let of = |found: Vec<(&interdict::lists::Entry, f32)>| found.into_iter().map(|(e, s)| (e.reference.clone(), s)).collect::<Vec<_>>();
        let found = of(screener.scores(name, Some(*kind), REVIEW, &mut memory));
        ensure!(found == of(screener.scores_exhaustively(name, Some(*kind), REVIEW)), "{name}: the scan of all finds something else");
    }
    Ok(())
}

/// The parts of the names of persons, and the words of those of bodies.
fn parts(list: &List) -> [Vec<String>; 2] {
    [EntryKind::Person, EntryKind::Entity].map(|kind| {
        let entries = list.entries.iter().filter(|entry| entry.kind == kind);
        let words: BTreeSet<String> = entries
            .flat_map(|entry| entry.primary_name().split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| word.chars().count() > 2)
            .collect();
        words.into_iter().collect()
    })
}

fn names(list: &List, count: usize) -> Vec<(EntryKind, String)> {
    let [of_persons, of_bodies] = parts(list);
    let mut dice = Dice(1718);
    (0..count)
        .map(|number| {
            // Three persons for each firm.
            let (kind, from) = if number % 4 < 3 { (EntryKind::Person, &of_persons) } else { (EntryKind::Entity, &of_bodies) };
            let words: Vec<&str> = (0..2 + dice.below(2)).map(|_| dice.pick(from)).collect();
            (kind, words.join(" "))
        })
        .collect()
}

/// A list of so many names: the list itself, and its names with parts of others.
fn large(list: &List, count: usize) -> List {
    let [of_persons, of_bodies] = parts(list);
    let mut dice = Dice(20_000);
    let mut large = List { entries: Vec::new(), ..list.clone() };
    let mut names = 0;
    for number in 0.. {
        let Some(entry) = list.entries.get(number % list.entries.len()).filter(|_| names < count) else { break };
        let mut entry = entry.clone();
        if number >= list.entries.len() {
            let from = if entry.kind == EntryKind::Person { &of_persons } else { &of_bodies };
            entry.reference = format!("{}/{number}", entry.reference);
            entry.name_parts = (0..entry.name_parts.len().max(2)).map(|_| dice.pick(from).to_owned()).collect();
            (entry.aliases, entry.original_script) = (Vec::new(), None);
        }
        names += entry.names().len();
        large.entries.push(entry);
    }
    large
}
