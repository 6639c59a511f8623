//! Entries of earlier runs, carried forward into this one: each transaction is counted once, and what cannot hold together
//! is reported.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Contributions;
use super::contribution::Contribution;
use super::entry::{EntryFingerprint, EntryOrigin, LedgerOpening, TransactionKey};
use crate::document::{Code, Diagnostic, Diagnostics, Span};
use crate::facts::{Period, ReportedIncident};
use crate::rulebook::Quota;

/// Finds transactions that both the ledger file and the run have.
pub(super) struct OverlapFinder<'a> {
    opening: &'a LedgerOpening,
    run: &'a Contributions,
    /// Every transaction of the run whose key is known: of streams, only those that count.
    keys_of_run: HashSet<TransactionKey>,
    /// Contributions of the run by the digest of their input and their number there.
    by_origin: BTreeMap<(&'a str, usize), &'a Contribution>,
    /// Transactions counted the same way before, with an entry of theirs in the file and their place in the run.
    same: BTreeMap<TransactionKey, (usize, String)>,
    /// Transactions counted in another way before.
    different: BTreeMap<TransactionKey, (usize, String)>,
    /// Inputs that an earlier run counted and this one reads again, by position and name; and the transactions.
    same_inputs: BTreeMap<(usize, String), BTreeSet<TransactionKey>>,
}

impl<'a> OverlapFinder<'a> {
    pub(super) fn new(opening: &'a LedgerOpening, run: &'a Contributions, incidents: &[ReportedIncident]) -> Self {
        let mut keys_of_run: HashSet<TransactionKey> = HashSet::new();
        for reported in incidents {
            let ids = reported.transactions().iter().filter_map(|t| t.id.as_deref());
            keys_of_run.extend(ids.map(|id| TransactionKey::new(reported.id(), id)));
        }
        let mut by_origin = BTreeMap::new();
        for contribution in run.by_quota.values().flatten() {
            keys_of_run.insert(contribution.entry.transaction.clone());
            if let Some(EntryOrigin::Run(input, number)) = contribution.entry.origin
                && let Some(input) = run.inputs.get(&input)
            {
                by_origin.insert((input.digest.as_str(), number), contribution);
            }
        }
        let (same, different, same_inputs) = Default::default();
        Self { opening, run, keys_of_run, by_origin, same, different, same_inputs }
    }

    /// The entries of a quota that the run does not have itself.
    pub(super) fn without_overlaps(&mut self, of_run: &[Contribution], carried: Vec<Contribution>) -> Vec<Contribution> {
        let mut by_key: BTreeMap<&TransactionKey, Vec<&Contribution>> = BTreeMap::new();
        of_run.iter().for_each(|c| by_key.entry(&c.entry.transaction).or_default().push(c));
        let mut carried_by_key: BTreeMap<TransactionKey, Vec<Contribution>> = BTreeMap::new();
        carried.into_iter().for_each(|c| carried_by_key.entry(c.entry.transaction.clone()).or_default().push(c));
        let mut kept = Vec::new();
        for (key, entries) in carried_by_key {
            let Some(first) = entries.first().and_then(|c| c.carried_from) else { continue };
            if self.keys_of_run.contains(&key) {
                let now = by_key.get(&key).map(Vec::as_slice).unwrap_or_default();
                let same = fingerprints(entries.iter()) == fingerprints(now.iter().copied());
                self.add_overlap(key, first, same, now.first().copied());
            } else if let Some(double) = self.same_origin(first) {
                self.add_overlap(key, first, true, Some(double));
            } else {
                kept.extend(entries);
            }
        }
        kept
    }

    /// The contribution of the run that was read from the same line of an input with the same bytes.
    fn same_origin(&self, position: usize) -> Option<&'a Contribution> {
        let Some(EntryOrigin::Earlier(input, number)) = self.opening.entries.get(position)?.entry.origin else { return None };
        self.by_origin.get(&(self.opening.inputs.get(input)?.digest.as_str(), number)).copied()
    }

    fn add_overlap(&mut self, key: TransactionKey, position: usize, same: bool, now: Option<&Contribution>) {
        let place = now.and_then(|c| self.place(c)).unwrap_or_else(|| "this run".to_owned());
        if !same {
            self.different.insert(key, (position, place));
            return;
        }
        let counted_from = match self.opening.entries.get(position).and_then(|e| e.entry.origin) {
            Some(EntryOrigin::Earlier(input, _)) => self.opening.inputs.get(input).map(|i| (input, i)),
            _ => None,
        };
        let read_from = match now.and_then(|c| c.entry.origin) {
            Some(EntryOrigin::Run(input, _)) => self.run.inputs.get(&input),
            _ => None,
        };
        match (counted_from, read_from) {
            (Some((position, counted)), Some(read)) if counted.digest == read.digest => {
                self.same_inputs.entry((position, read.name.clone())).or_default().insert(key);
            }
            _ => {
                self.same.insert(key, (position, place));
            }
        }
    }

    /// The place of a contribution in words: `line 3 of a.ndjson`.
    fn place(&self, contribution: &Contribution) -> Option<String> {
        let Some(EntryOrigin::Run(input, number)) = contribution.entry.origin else { return None };
        let input = self.run.inputs.get(&input)?;
        Some(format!("{} {number} of `{}`", input.numbered_by, input.name))
    }

    /// Reports the overlaps that were found.
    pub(super) fn report(self, problems: &mut Diagnostics) {
        let span = |position: usize| self.opening.entries.get(position).map(|e| e.span);
        for ((input, name), transactions) in &self.same_inputs {
            let counted = self.opening.inputs.get(*input).map_or("?", |i| i.name.as_str());
            let is_of_input = |origin| matches!(origin, Some(EntryOrigin::Earlier(i, _)) if i == *input);
            let first = self.opening.entries.iter().find(|e| is_of_input(e.entry.origin)).map(|e| e.span);
            let many = if transactions.len() == 1 { "transaction" } else { "transactions" };
            let message = format!(
                "the ledger has counted {} {many} of `{name}` already, as `{counted}` with the same bytes: each is counted once",
                transactions.len()
            );
            let help = "to count it anew, take the ledger that was given to the run that counted it";
            problems.extend(first.map(|at| Diagnostic::new(Code::CountedBefore, at, message).help(help)));
        }
        for (key, (position, place)) in &self.same {
            let message = format!("`{key}` was counted here and stands in {place} again: it is counted once");
            problems.extend(span(*position).map(|at| Diagnostic::new(Code::CountedBefore, at, message)));
        }
        for (key, (position, place)) in &self.different {
            let message =
                format!("`{key}` was counted here and stands otherwise in {place}: it is counted once, as it stands now");
            let help = "which of the two holds cannot be known; check the right one with the ledger as it was before, or give \
                        what is another transaction an id of its own";
            problems.extend(span(*position).map(|at| Diagnostic::new(Code::CountedDifferently, at, message).help(help)));
        }
    }
}

fn fingerprints<'c>(contributions: impl Iterator<Item = &'c Contribution>) -> Vec<EntryFingerprint> {
    let mut found: Vec<_> = contributions.map(|c| c.entry.fingerprint()).collect();
    found.sort();
    found
}

/// Warns if the run counts a transaction before one of the ledger file: the verdict on the later one did not know of it.
pub(super) fn warn_of_earlier(quota: &Quota, opening: &LedgerOpening, all: &[Contribution], problems: &mut Diagnostics) {
    let shares_period = |a: &Contribution, b: &Contribution| {
        let (Some(a), Some(b)) = (a.entry.date, b.entry.date) else { return true };
        let periods = |d: Period| [quota.periods.period_of(d.from), quota.periods.period_of(d.to)];
        periods(a).into_iter().flatten().any(|p| periods(b).contains(&Some(p)))
    };
    // In the order of counting, only the last entry of the ledger file in each period has to be compared.
    const MOST_DATES: usize = 64;
    let mut earlier: Vec<(&Contribution, usize)> = Vec::new();
    let mut later: Vec<&Contribution> = Vec::new();
    for contribution in all.iter().rev() {
        if contribution.carried_from.is_some() {
            if !later.iter().any(|l| l.entry.date == contribution.entry.date) && later.len() < MOST_DATES {
                later.push(contribution);
            }
        } else if let Some(position) = later.iter().find(|l| shares_period(contribution, l)).and_then(|l| l.carried_from) {
            earlier.push((contribution, position));
        }
    }
    let Some((first, position)) = earlier.last() else { return };
    let Some(counted) = opening.entries.get(*position) else { return };
    let date = |date: Option<Period>| date.map_or("without a date".to_owned(), |d| format!("of {d}"));
    let others = match earlier.len() {
        1 => String::new(),
        n => format!(" and {} more of this run", n - 1),
    };
    let message = format!(
        "`{}` {}{others} come before `{}` {}, which the ledger has counted towards `{}`",
        first.entry.transaction,
        date(first.entry.date),
        counted.entry.transaction,
        date(counted.entry.date),
        quota.id
    );
    let help = "the totals of this run are those of all together, in the order of dates; the verdicts that were given on \
                what comes later did not know of it: check its input again";
    problems.push(Diagnostic::new(Code::CountedLater, counted.span, message).help(help));
}

/// Reports a ledger file whose totals are not those of its entries.
pub(super) fn wrong_totals(at: Span) -> Diagnostic {
    let message = "the totals of the ledger are not what its entries come to";
    let help = "the ledger was changed and sealed anew; take it as it was written, or count the inputs again";
    Diagnostic::new(Code::LedgerTotals, at, message).help(help)
}
