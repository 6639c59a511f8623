//! The smallest sets of facts that would settle what is open, and the one condition that keeps a rule away.

use std::collections::BTreeSet;

use crate::facts::{Route, Truth};

use super::{Cause, Leaf, Proof, Step};

/// A fact that is not told, or not exactly enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The way to it.
    pub route: Route,
    /// The condition that asks for it.
    pub condition: String,
    /// What is told of it, where it is told inexactly.
    pub told: Option<String>,
}

/// Sets that are larger or later than these are not listed: a list that long settles nothing for a reader.
const MOST_SETS: usize = 24;

/// The smallest sets of open facts of which knowing all would, with the right answers, make the condition known.
pub fn settling(proof: &Proof<'_>) -> Vec<Vec<Missing>> {
    let mut sets = ways(proof, Truth::True);
    sets.extend(ways(proof, Truth::False));
    smallest(sets)
}

/// The smallest sets of open facts that could make the condition come out as `wanted`. One empty set if it does already.
pub fn ways_to(proof: &Proof<'_>, wanted: Truth) -> Vec<Vec<Missing>> {
    smallest(ways(proof, wanted))
}

type Set = BTreeSet<Missing>;

fn ways(proof: &Proof<'_>, wanted: Truth) -> Vec<Set> {
    if proof.truth != Truth::Unknown {
        return if proof.truth == wanted { vec![Set::new()] } else { Vec::new() };
    }
    match &proof.step {
        Step::All(proofs) => combine(&mut proofs.iter(), wanted, wanted == Truth::True),
        Step::Any(proofs) => combine(&mut proofs.iter(), wanted, wanted == Truth::False),
        Step::Some(elements) => combine(&mut elements.iter().map(|(_, p)| p), wanted, wanted == Truth::False),
        Step::Not(proof) => ways(proof, !wanted),
        Step::Definition(proof) | Step::Shown(proof) => ways(proof, wanted),
        Step::Leaf(leaf) => vec![Set::from([missing(proof, leaf)])],
    }
}

/// Every one of them has to come out as wanted, or one of them suffices.
fn combine<'p, 'a: 'p>(proofs: &mut dyn Iterator<Item = &'p Proof<'a>>, wanted: Truth, every: bool) -> Vec<Set> {
    if !every {
        return prune(proofs.flat_map(|p| ways(p, wanted)).collect());
    }
    let mut sets = vec![Set::new()];
    for proof in proofs {
        let own = ways(proof, wanted);
        let joined = sets.iter().flat_map(|set| own.iter().map(move |more| set.union(more).cloned().collect()));
        sets = prune(joined.collect());
    }
    sets
}

/// Drops every set that contains another, and keeps the list short: small sets first.
fn prune(mut sets: Vec<Set>) -> Vec<Set> {
    sets.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let mut kept: Vec<Set> = Vec::new();
    for set in sets {
        if kept.len() < MOST_SETS && !kept.iter().any(|k| k.is_subset(&set)) {
            kept.push(set);
        }
    }
    kept
}

fn smallest(sets: Vec<Set>) -> Vec<Vec<Missing>> {
    let sets = prune(sets);
    let least = sets.first().map_or(0, BTreeSet::len);
    sets.into_iter().filter(|s| s.len() == least).map(|s| s.into_iter().collect()).collect()
}

fn missing(proof: &Proof<'_>, leaf: &Leaf<'_>) -> Missing {
    let told = leaf.value.in_words().filter(|_| leaf.cause != Some(Cause::NotTold));
    Missing { route: leaf.route.clone(), condition: proof.text.to_string(), told }
}

/// The one leaf whose failure alone keeps a false condition from being true; `None` if more stand in the way, or
/// if something else is open.
pub fn near_miss<'p, 'a>(proof: &'p Proof<'a>) -> Option<&'p Proof<'a>> {
    let mut blocking = Vec::new();
    let cost = repair(proof, Truth::True, &mut blocking);
    match blocking.as_slice() {
        [only] if cost == Some(1) => Some(only),
        _ => None,
    }
}

/// How many leaves would have to be otherwise for the proof to come out as wanted; `None` if something is open.
fn repair<'p, 'a>(proof: &'p Proof<'a>, wanted: Truth, blocking: &mut Vec<&'p Proof<'a>>) -> Option<usize> {
    if proof.truth == wanted {
        return Some(0);
    }
    if proof.truth == Truth::Unknown {
        return None;
    }
    match &proof.step {
        Step::All(proofs) => repair_several(&mut proofs.iter(), wanted, wanted == Truth::True, blocking),
        Step::Any(proofs) => repair_several(&mut proofs.iter(), wanted, wanted == Truth::False, blocking),
        Step::Some(elements) => repair_several(&mut elements.iter().map(|(_, p)| p), wanted, wanted == Truth::False, blocking),
        Step::Not(proof) => repair(proof, !wanted, blocking),
        Step::Definition(proof) | Step::Shown(proof) => repair(proof, wanted, blocking),
        Step::Leaf(_) => {
            blocking.push(proof);
            Some(1)
        }
    }
}

fn repair_several<'p, 'a: 'p>(
    proofs: &mut dyn Iterator<Item = &'p Proof<'a>>,
    wanted: Truth,
    every: bool,
    blocking: &mut Vec<&'p Proof<'a>>,
) -> Option<usize> {
    if every {
        return proofs.map(|p| repair(p, wanted, blocking)).try_fold(0, |sum, cost| Some(sum + cost?));
    }
    let mut best: Option<(usize, Vec<&'p Proof<'a>>)> = None;
    for proof in proofs {
        let mut own = Vec::new();
        if let Some(cost) = repair(proof, wanted, &mut own)
            && best.as_ref().is_none_or(|(least, _)| cost < *least)
        {
            best = Some((cost, own));
        }
    }
    let (cost, own) = best?;
    blocking.extend(own);
    Some(cost)
}
