//! The smallest sets of facts that would settle an unknown condition.
//!
//! A proof has many leaves, few facts are missing, and each stands in many sets: sets are made of the numbers of the facts, and
//! only those that are returned of the facts themselves.

use smallvec::SmallVec;

use crate::facts::Truth;

use super::{MissingFact, NodeKind, Proof, Subtree};

/// Only so many sets are kept, the smallest: a longer list helps no reader, and the number of all sets can be exponential.
const MOST_SETS: usize = 24;

/// The smallest sets of missing facts that could make an unknown condition known, if all facts of a set were reported.
pub fn smallest_settling_sets<'a>(proof: &Proof<'a>) -> Vec<Vec<MissingFact<'a>>> {
    let Some(root) = proof.root() else { return Vec::new() };
    let facts = FactNumbers::new(root);
    let mut sets = facts.sets_for(root, Truth::True);
    sets.extend(facts.sets_for(root, Truth::False));
    facts.smallest(sets)
}

/// The smallest sets of missing facts that could give a condition the truth `wanted`; one empty set if it has it already.
pub fn smallest_sets_for<'a>(proof: &Proof<'a>, wanted: Truth) -> Vec<Vec<MissingFact<'a>>> {
    let Some(root) = proof.root() else { return Vec::new() };
    let facts = FactNumbers::new(root);
    let sets = facts.sets_for(root, wanted);
    facts.smallest(sets)
}

/// The numbers of facts, in ascending order, each once.
type Set = SmallVec<[u32; 6]>;

/// The facts that the unknown leaves of a proof miss.
struct FactNumbers<'a> {
    /// Each fact once, in order.
    facts: Vec<MissingFact<'a>>,
    /// The position in `facts` of what each unknown leaf misses, in the order of the leaves.
    of_leaves: Vec<u32>,
}

impl<'a> FactNumbers<'a> {
    fn new(root: Subtree<'_, 'a>) -> Self {
        let mut of_leaves = Vec::new();
        collect_missing(root, &mut of_leaves);
        let mut facts = of_leaves.clone();
        facts.sort();
        facts.dedup();
        let number = |fact: &MissingFact<'_>| facts.partition_point(|known| known < fact) as u32;
        let of_leaves = of_leaves.iter().map(number).collect();
        Self { facts, of_leaves }
    }

    /// The sets that give a subtree, the root of the proof, the truth `wanted`.
    fn sets_for(&self, root: Subtree<'_, '_>, wanted: Truth) -> Vec<Set> {
        sets_of_subtree(root, wanted, &mut self.of_leaves.iter().copied())
    }

    fn smallest(self, sets: Vec<Set>) -> Vec<Vec<MissingFact<'a>>> {
        let sets = prune(sets);
        let least = sets.first().map_or(0, Set::len);
        let fact = |number: &u32| self.facts.get(*number as usize).cloned();
        sets.iter().take_while(|set| set.len() == least).map(|set| set.iter().filter_map(fact).collect()).collect()
    }
}

/// Adds what each unknown leaf misses, in the order in which [`sets_of_subtree`] meets the leaves.
fn collect_missing<'a>(subtree: Subtree<'_, 'a>, missing: &mut Vec<MissingFact<'a>>) {
    if subtree.node.truth != Truth::Unknown {
        return;
    }
    match &subtree.node.kind {
        NodeKind::Fact(leaf) => missing.push(MissingFact::of_leaf(subtree.node, leaf)),
        NodeKind::Not
        | NodeKind::Definition
        | NodeKind::Shown
        | NodeKind::Element(_)
        | NodeKind::All
        | NodeKind::Any
        | NodeKind::AnyElement => subtree.children().for_each(|child| collect_missing(child, missing)),
    }
}

/// The sets of a subtree. `leaves` are the numbers of what its unknown leaves miss, and of those behind it.
fn sets_of_subtree(subtree: Subtree<'_, '_>, wanted: Truth, leaves: &mut impl Iterator<Item = u32>) -> Vec<Set> {
    let node = subtree.node;
    if node.truth != Truth::Unknown {
        return if node.truth == wanted { vec![Set::new()] } else { Vec::new() };
    }
    match &node.kind {
        NodeKind::All => combine(subtree, wanted, wanted == Truth::True, leaves),
        NodeKind::Any | NodeKind::AnyElement => combine(subtree, wanted, wanted == Truth::False, leaves),
        NodeKind::Not => combine(subtree, !wanted, true, leaves),
        NodeKind::Definition | NodeKind::Shown | NodeKind::Element(_) => combine(subtree, wanted, true, leaves),
        NodeKind::Fact(_) => leaves.next().map(|leaf| vec![Set::from_slice(&[leaf])]).unwrap_or_default(),
    }
}

/// The sets of a node whose children must all have the truth `wanted` (`every`), or one of them.
fn combine(subtree: Subtree<'_, '_>, wanted: Truth, every: bool, leaves: &mut impl Iterator<Item = u32>) -> Vec<Set> {
    if !every {
        return prune(subtree.children().flat_map(|child| sets_of_subtree(child, wanted, leaves)).collect());
    }
    let mut sets = vec![Set::new()];
    for child in subtree.children() {
        let own = sets_of_subtree(child, wanted, leaves);
        sets = match own.as_slice() {
            // What has the truth already adds nothing.
            [set] if set.is_empty() => sets,
            _ => prune(sets.iter().flat_map(|set| own.iter().map(move |more| union(set, more))).collect()),
        };
    }
    sets
}

fn union(one: &Set, other: &Set) -> Set {
    let mut all: Set = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Drops every set that contains another, and all beyond [`MOST_SETS`]. Small sets come first.
fn prune(mut sets: Vec<Set>) -> Vec<Set> {
    if sets.len() < 2 {
        return sets;
    }
    sets.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let mut kept: Vec<Set> = Vec::new();
    for set in sets {
        if kept.len() < MOST_SETS && !kept.iter().any(|k| k.iter().all(|fact| set.contains(fact))) {
            kept.push(set);
        }
    }
    kept
}
