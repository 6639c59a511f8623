//! The smallest sets of facts that would settle an unknown condition, and the near miss of a false one.

use std::borrow::Cow;

use crate::facts::{FactPath, Truth, fact_at};

use super::in_force::IN_FORCE;
use super::{EvalContext, FactText, NodeKind, Proof, ProofNode, Subtree, TestedFact, UnknownCause};

/// A fact that is not reported, or not exactly enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingFact<'a> {
    /// The path to the fact.
    pub path: FactPath,
    /// The condition that is unknown without it.
    pub condition: Cow<'a, str>,
    /// The inexact value that is reported, if any.
    pub reported: Option<Cow<'a, str>>,
    /// What is inexact about that value, where the value does not show it.
    pub why: Option<&'static str>,
}

impl<'a> MissingFact<'a> {
    /// The same that is missing of another record of the transaction, by the path to the fact there.
    pub(super) fn at(&self, path: &FactPath, context: &EvalContext<'a>) -> Self {
        let value = || {
            let (_, value) = fact_at(context.transaction, path.segments())?;
            FactText::FactValue(value, &context.rulebook.vocabulary).in_words()
        };
        let reported = self.reported.as_ref().and_then(|_| value());
        Self { path: path.clone(), condition: self.condition.clone(), reported, why: self.why }
    }

    /// True if it is no fact of the report: the law itself is not certain, and the condition says why.
    pub fn is_of_law(&self) -> bool {
        self.path == FactPath::root().key(IN_FORCE)
    }
}

/// Only so many sets are kept, the smallest: a longer list helps no reader, and the number of all sets can be exponential.
const MOST_SETS: usize = 24;

/// The smallest sets of missing facts that could make an unknown condition known, if all facts of a set were reported.
pub fn smallest_settling_sets<'a>(proof: &Proof<'a>) -> Vec<Vec<MissingFact<'a>>> {
    let mut sets = sets_for(proof, Truth::True);
    sets.extend(sets_for(proof, Truth::False));
    smallest(sets)
}

/// The smallest sets of missing facts that could give a condition the truth `wanted`; one empty set if it has it already.
pub fn smallest_sets_for<'a>(proof: &Proof<'a>, wanted: Truth) -> Vec<Vec<MissingFact<'a>>> {
    smallest(sets_for(proof, wanted))
}

/// Facts in order, each once. Nearly all sets have one or two.
type Set<'a> = Vec<MissingFact<'a>>;

fn sets_for<'a>(proof: &Proof<'a>, wanted: Truth) -> Vec<Set<'a>> {
    proof.root().map_or_else(Vec::new, |root| sets_of_subtree(root, wanted))
}

fn sets_of_subtree<'a>(subtree: Subtree<'_, 'a>, wanted: Truth) -> Vec<Set<'a>> {
    let node = subtree.node;
    if node.truth != Truth::Unknown {
        return if node.truth == wanted { vec![Set::new()] } else { Vec::new() };
    }
    match &node.kind {
        NodeKind::All => combine(subtree, wanted, wanted == Truth::True),
        NodeKind::Any | NodeKind::AnyElement => combine(subtree, wanted, wanted == Truth::False),
        NodeKind::Not => combine(subtree, !wanted, true),
        NodeKind::Definition | NodeKind::Shown | NodeKind::Element(_) => combine(subtree, wanted, true),
        NodeKind::Fact(leaf) => vec![vec![missing(node, leaf)]],
    }
}

/// The sets of a node whose children must all have the truth `wanted` (`every`), or one of them.
fn combine<'a>(subtree: Subtree<'_, 'a>, wanted: Truth, every: bool) -> Vec<Set<'a>> {
    if !every {
        return prune(subtree.children().flat_map(|b| sets_of_subtree(b, wanted)).collect());
    }
    let mut sets = vec![Set::new()];
    for subtree in subtree.children() {
        let own = sets_of_subtree(subtree, wanted);
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

/// Drops every set that contains another, and all beyond [`MOST_SETS`]. Small sets come first.
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

fn smallest(sets: Vec<Set<'_>>) -> Vec<Vec<MissingFact<'_>>> {
    let sets = prune(sets);
    let least = sets.first().map_or(0, Vec::len);
    sets.into_iter().filter(|s| s.len() == least).collect()
}

fn missing<'a>(node: &ProofNode<'a>, leaf: &TestedFact<'a>) -> MissingFact<'a> {
    let reported = leaf.value.in_words().filter(|_| leaf.cause != Some(UnknownCause::NotReported));
    let why = leaf.cause.and_then(UnknownCause::in_words).filter(|_| reported.is_some());
    MissingFact { path: leaf.path.clone(), condition: node.claim.in_words(), reported, why }
}

/// The only leaf that keeps a false condition from being true; `None` if there are several, or if anything else is
/// unknown.
pub fn near_miss<'p, 'a>(proof: &'p Proof<'a>) -> Option<&'p ProofNode<'a>> {
    let mut blocking = Vec::new();
    let cost = repair(proof.root()?, Truth::True, &mut blocking);
    match blocking.as_slice() {
        [only_child] if cost == Some(1) => Some(only_child),
        _ => None,
    }
}

/// The number of leaves whose truth would have to change for a subtree to have the truth `wanted`; `None` if anything in it is
/// unknown. Adds these leaves to `blocking`.
fn repair<'p, 'a>(subtree: Subtree<'p, 'a>, wanted: Truth, blocking: &mut Vec<&'p ProofNode<'a>>) -> Option<usize> {
    let node = subtree.node;
    if node.truth == wanted {
        return Some(0);
    }
    if node.truth == Truth::Unknown {
        return None;
    }
    match &node.kind {
        NodeKind::All => repair_several(subtree, wanted, wanted == Truth::True, blocking),
        NodeKind::Any | NodeKind::AnyElement => repair_several(subtree, wanted, wanted == Truth::False, blocking),
        NodeKind::Not => repair(subtree.only_child()?, !wanted, blocking),
        NodeKind::Definition | NodeKind::Shown | NodeKind::Element(_) => repair(subtree.only_child()?, wanted, blocking),
        NodeKind::Fact(_) => {
            blocking.push(node);
            Some(1)
        }
    }
}

fn repair_several<'p, 'a>(
    subtree: Subtree<'p, 'a>,
    wanted: Truth,
    every: bool,
    blocking: &mut Vec<&'p ProofNode<'a>>,
) -> Option<usize> {
    if every {
        return subtree.children().map(|b| repair(b, wanted, blocking)).try_fold(0, |sum, cost| Some(sum + cost?));
    }
    let mut best: Option<(usize, Vec<&'p ProofNode<'a>>)> = None;
    for subtree in subtree.children() {
        let mut own = Vec::new();
        if let Some(cost) = repair(subtree, wanted, &mut own)
            && best.as_ref().is_none_or(|(least, _)| cost < *least)
        {
            best = Some((cost, own));
        }
    }
    let (cost, own) = best?;
    blocking.extend(own);
    Some(cost)
}
