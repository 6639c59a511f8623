//! The smallest sets of facts that would settle what is open, and the one condition that keeps a rule away.

use std::borrow::Cow;

use crate::facts::{Route, Truth};

use super::{Cause, Leaf, Proof, Step};

/// A fact that is not told, or not exactly enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing<'a> {
    /// The way to it.
    pub route: Route,
    /// The condition that asks for it.
    pub condition: Cow<'a, str>,
    /// What is told of it, where it is told inexactly.
    pub told: Option<Cow<'a, str>>,
}

/// Sets that are larger or later than these are not listed: a list that long settles nothing for a reader.
const MOST_SETS: usize = 24;

/// The smallest sets of open facts of which knowing all would, with the right answers, make the condition known.
pub fn settling<'a>(proof: &Proof<'a>) -> Vec<Vec<Missing<'a>>> {
    let mut sets = ways(proof, Truth::True);
    sets.extend(ways(proof, Truth::False));
    smallest(sets)
}

/// The smallest sets of open facts that could make the condition come out as `wanted`. One empty set if it does already.
pub fn ways_to<'a>(proof: &Proof<'a>, wanted: Truth) -> Vec<Vec<Missing<'a>>> {
    smallest(ways(proof, wanted))
}

/// In order, each fact once. Nearly all sets are of one or two facts.
type Set<'a> = Vec<Missing<'a>>;

fn ways<'a>(proof: &Proof<'a>, wanted: Truth) -> Vec<Set<'a>> {
    if proof.truth != Truth::Unknown {
        return if proof.truth == wanted { vec![Set::new()] } else { Vec::new() };
    }
    match &proof.step {
        Step::All(proofs) => combine(&mut proofs.iter(), wanted, wanted == Truth::True),
        Step::Any(proofs) => combine(&mut proofs.iter(), wanted, wanted == Truth::False),
        Step::Some(elements) => combine(&mut elements.iter().map(|(_, p)| p), wanted, wanted == Truth::False),
        Step::Not(proof) => ways(proof, !wanted),
        Step::Definition(proof) | Step::Shown(proof) => ways(proof, wanted),
        Step::Leaf(leaf) => vec![vec![missing(proof, leaf)]],
    }
}

/// Every one of them has to come out as wanted, or one of them suffices.
fn combine<'p, 'a: 'p>(proofs: &mut dyn Iterator<Item = &'p Proof<'a>>, wanted: Truth, every: bool) -> Vec<Set<'a>> {
    if !every {
        return prune(proofs.flat_map(|p| ways(p, wanted)).collect());
    }
    let mut sets = vec![Set::new()];
    for proof in proofs {
        let own = ways(proof, wanted);
        let joined = sets.iter().flat_map(|set| own.iter().map(move |more| union(set, more)));
        sets = prune(joined.collect());
    }
    sets
}

fn union<'a>(one: &Set<'a>, other: &Set<'a>) -> Set<'a> {
    let mut all = [one.as_slice(), other.as_slice()].concat();
    all.sort();
    all.dedup();
    all
}

/// Drops every set that contains another, and keeps the list short: small sets first.
fn prune(mut sets: Vec<Set<'_>>) -> Vec<Set<'_>> {
    sets.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let mut kept: Vec<Set<'_>> = Vec::new();
    for set in sets {
        if kept.len() < MOST_SETS && !kept.iter().any(|k| k.iter().all(|fact| set.contains(fact))) {
            kept.push(set);
        }
    }
    kept
}

fn smallest(sets: Vec<Set<'_>>) -> Vec<Vec<Missing<'_>>> {
    let sets = prune(sets);
    let least = sets.first().map_or(0, Vec::len);
    sets.into_iter().filter(|s| s.len() == least).collect()
}

fn missing<'a>(proof: &Proof<'a>, leaf: &Leaf<'a>) -> Missing<'a> {
    let told = leaf.value.in_words().filter(|_| leaf.cause != Some(Cause::NotTold));
    Missing { route: leaf.route.clone(), condition: proof.asked.in_words(), told }
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
