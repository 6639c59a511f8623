//! Facts that are missing for a condition, and the near miss of a false one.

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

    /// What the leaf of a proof misses.
    pub(super) fn of_leaf(node: &ProofNode<'a>, leaf: &TestedFact<'a>) -> Self {
        let reported = leaf.value.in_words().filter(|_| leaf.cause != Some(UnknownCause::NotReported));
        let why = leaf.cause.and_then(UnknownCause::in_words).filter(|_| reported.is_some());
        Self { path: leaf.path.clone(), condition: node.claim.in_words(), reported, why }
    }

    /// True if it is no fact of the report: the law itself is not certain, and the condition says why.
    pub fn is_of_law(&self) -> bool {
        self.path == FactPath::root().key(IN_FORCE)
    }
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
