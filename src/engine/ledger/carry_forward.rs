//! What an earlier run counted, taken up again: each transaction once, and what cannot hold is said.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::document::{Code, Diagnostic, Diagnostics};
use crate::facts::{InputId, Period, ReportedIncident};
use crate::intake::{AmountNote, Opening};
use crate::rulebook::{Quota, Rulebook};

use super::Contributions;
use super::contribution::{Contribution, Own};

impl Contribution {
    /// What two countings of the same transaction must agree on.
    fn essence(&self, quota: &Quota, rulebook: &Rulebook) -> (Option<usize>, Option<Period>, Vec<String>, bool) {
        let amounts = self.amounts.iter().zip(&quota.limits);
        let amounts =
            amounts.map(|(range, (_, unit))| format!("{:?}", AmountNote::of(range, rulebook.vocabulary.unit_name(*unit))));
        (self.item, self.date, amounts.collect(), self.uncertain)
    }
}

/// What stands in the ledger and in the run.
pub(super) struct Overlaps<'a> {
    rulebook: &'a Rulebook,
    opening: &'a Opening,
    tally: &'a Contributions,
    /// Every transaction of the run, as far as it is known by name.
    present: HashSet<Own>,
    /// Where what counts stands in the run, by the digest of its input and its number there.
    by_origin: BTreeMap<(&'a str, usize), &'a Contribution>,
    same: BTreeMap<Own, (usize, String)>,
    differing: BTreeMap<Own, (usize, String)>,
    /// Inputs of the ledger that were read again: under which name, and what of them had been counted.
    again: BTreeMap<(usize, String), BTreeSet<Own>>,
}

impl<'a> Overlaps<'a> {
    pub(super) fn new(
        rulebook: &'a Rulebook,
        opening: &'a Opening,
        tally: &'a Contributions,
        incidents: &[ReportedIncident],
    ) -> Self {
        let mut present: HashSet<Own> = HashSet::new();
        for reported in incidents {
            let ids = reported.transactions().iter().filter_map(|t| t.id.as_deref());
            present.extend(ids.map(|id| (reported.id().into(), id.into())));
        }
        let mut by_origin = BTreeMap::new();
        for contribution in tally.contributions.values().flatten() {
            present.insert(contribution.own.clone());
            if let Some((input, number)) = contribution.origin
                && let Some((_, digest)) = tally.inputs.get(&input)
            {
                by_origin.insert((digest.as_str(), number), contribution);
            }
        }
        let (same, differing, again) = Default::default();
        Self { rulebook, opening, tally, present, by_origin, same, differing, again }
    }

    /// What the ledger has of a quota and the run has not.
    pub(super) fn settle(&mut self, quota: &Quota, run: &[Contribution], carried: Vec<Contribution>) -> Vec<Contribution> {
        let mut of_run: BTreeMap<&Own, Vec<&Contribution>> = BTreeMap::new();
        run.iter().for_each(|c| of_run.entry(&c.own).or_default().push(c));
        let mut of_ledger: BTreeMap<Own, Vec<Contribution>> = BTreeMap::new();
        carried.into_iter().for_each(|c| of_ledger.entry(c.own.clone()).or_default().push(c));
        let mut kept = Vec::new();
        for (own, entries) in of_ledger {
            let Some(first) = entries.first().and_then(|c| c.carried) else { continue };
            if self.present.contains(&own) {
                let essences = |list: &mut dyn Iterator<Item = &Contribution>| {
                    let mut found: Vec<_> = list.map(|c| c.essence(quota, self.rulebook)).collect();
                    found.sort();
                    found
                };
                let now = of_run.get(&own).map(Vec::as_slice).unwrap_or_default();
                let same = essences(&mut entries.iter()) == essences(&mut now.iter().copied());
                let place = now.first().and_then(|c| self.place_of(c)).unwrap_or_else(|| "this run".to_owned());
                self.overlap(own, first, same, place, now.first().and_then(|c| c.origin));
            } else if let Some(double) = self.double_of(first) {
                let (place, origin) = (self.place_of(double).unwrap_or_default(), double.origin);
                self.overlap(own, first, true, place, origin);
            } else {
                kept.extend(entries);
            }
        }
        kept
    }

    /// The same line of the same bytes under another name.
    fn double_of(&self, position: usize) -> Option<&'a Contribution> {
        let note = &self.opening.counted.get(position)?.note;
        let input = self.opening.inputs.get(note.input.checked_sub(1)?)?;
        self.by_origin.get(&(input.digest.as_str(), note.number)).copied()
    }

    fn overlap(&mut self, own: Own, position: usize, same: bool, place: String, origin: Option<(InputId, usize)>) {
        if !same {
            self.differing.insert(own, (position, place));
            return;
        }
        let input = self.opening.counted.get(position).map(|c| c.note.input);
        let counted_from = input.and_then(|input| Some((input, self.opening.inputs.get(input.checked_sub(1)?)?)));
        let read_from = origin.and_then(|(from, _)| self.tally.inputs.get(&from));
        match (counted_from, read_from) {
            (Some((input, counted)), Some((path, digest))) if counted.digest == *digest => {
                self.again.entry((input, path.clone())).or_default().insert(own);
            }
            _ => {
                self.same.insert(own, (position, place));
            }
        }
    }

    /// The input and the line, row or position in it.
    fn place_of(&self, contribution: &Contribution) -> Option<String> {
        let (from, number) = contribution.origin?;
        let (path, _) = self.tally.inputs.get(&from)?;
        let what = match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "csv" => "row",
            "ndjson" | "jsonl" => "line",
            _ if path == "<stdin>" => "line",
            _ => "transaction",
        };
        Some(format!("{what} {number} of `{path}`"))
    }

    pub(super) fn tell(self, problems: &mut Diagnostics) {
        let at = |position: usize| self.opening.counted.get(position).map(|c| c.at);
        for ((input, path), transactions) in &self.again {
            let counted = input.checked_sub(1).and_then(|i| self.opening.inputs.get(i)).map_or("?", |i| i.path.as_str());
            let first = self.opening.counted.iter().find(|c| c.note.input == *input).map(|c| c.at);
            let many = if transactions.len() == 1 { "transaction" } else { "transactions" };
            let message = format!(
                "the ledger has counted {} {many} of `{path}` already, as `{counted}` with the same bytes: each is counted once",
                transactions.len()
            );
            let help = "to count it anew, take the ledger that was given to the run that counted it";
            problems.extend(first.map(|at| Diagnostic::new(Code::CountedBefore, at, message).help(help)));
        }
        for ((incident, transaction), (position, place)) in &self.same {
            let message = format!("`{incident}/{transaction}` was counted here and stands in {place} again: it is counted once");
            problems.extend(at(*position).map(|at| Diagnostic::new(Code::CountedBefore, at, message)));
        }
        for ((incident, transaction), (position, place)) in &self.differing {
            let message = format!(
                "`{incident}/{transaction}` was counted here and stands otherwise in {place}: it is counted once, as it stands now"
            );
            let help = "which of the two holds cannot be known; check the right one with the ledger as it was before, or give \
                        what is another transaction an id of its own";
            problems.extend(at(*position).map(|at| Diagnostic::new(Code::CountedDifferently, at, message).help(help)));
        }
    }
}

/// Warns where the run counts something before what the ledger has counted: earlier verdicts did not know of it.
pub(super) fn warn_of_earlier(quota: &Quota, opening: &Opening, all: &[Contribution], problems: &mut Diagnostics) {
    let shares_period = |a: &Contribution, b: &Contribution| {
        let (Some(a), Some(b)) = (a.date, b.date) else { return true };
        let periods = |d: Period| [quota.periods.period_of(d.from), quota.periods.period_of(d.to)];
        periods(a).into_iter().flatten().any(|p| periods(b).contains(&Some(p)))
    };
    // In the order of counting, the last that the ledger has of each period is all that needs to be looked at.
    let mut earlier: Vec<(&Contribution, usize)> = Vec::new();
    let mut later: Vec<&Contribution> = Vec::new();
    for contribution in all.iter().rev() {
        if contribution.carried.is_some() {
            if !later.iter().any(|l| l.date == contribution.date) && later.len() < 64 {
                later.push(contribution);
            }
        } else if let Some(position) = later.iter().find(|l| shares_period(contribution, l)).and_then(|l| l.carried) {
            earlier.push((contribution, position));
        }
    }
    let Some((first, position)) = earlier.last() else { return };
    let Some(counted) = opening.counted.get(*position) else { return };
    let date = |date: Option<Period>| date.map_or("without a date".to_owned(), |d| format!("of {d}"));
    let others = match earlier.len() {
        1 => String::new(),
        n => format!(" and {} more of this run", n - 1),
    };
    let message = format!(
        "`{}/{}` {}{others} come before `{}/{}` {}, which the ledger has counted towards `{}`",
        first.own.0,
        first.own.1,
        date(first.date),
        counted.note.incident,
        counted.note.transaction,
        date(counted.date),
        quota.id
    );
    let help = "the totals of this run are those of all together, in the order of dates; the verdicts that were given on \
                what comes later did not know of it: check its input again";
    problems.push(Diagnostic::new(Code::CountedLater, counted.at, message).help(help));
}
