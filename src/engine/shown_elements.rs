//! The elements of a long list that a proof shows: of those that tell the same, the first few.
//!
//! A condition on a list is proved for every element, and its truth follows from all of them. A proof that kept all of a thousand
//! items, for each of a thousand items, would hold a million. What an element tells is its truth, the truths under which a list
//! of designated persons would leave it, its evidence, and of which kinds the tests below it are.

use std::collections::BTreeMap;

use crate::facts::Truth;

use super::proof::ProofBuilder;
use super::{EvidenceLevel, NodeKind, Subtree, UnknownCause};

/// The most elements of a list that all are shown, and the most of each kind of a longer one.
const MOST_ALIKE: usize = 16;

/// Chooses the elements of one list, in their order.
pub(super) struct ShownElements {
    /// The number of elements of each kind so far; `None` for a list of which all are shown.
    kinds: Option<BTreeMap<ElementKind, usize>>,
}

/// What the proof of an element tells. Two of a kind tell the same of different elements.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct ElementKind {
    truths: [Truth; 3],
    evidence: Option<EvidenceLevel>,
    /// The kinds of its tests, a bit for each.
    tests: u128,
}

impl ShownElements {
    /// For a list with that many elements.
    pub(super) fn of(elements: usize) -> Self {
        Self { kinds: (elements > MOST_ALIKE).then(BTreeMap::new) }
    }

    /// Adds the proof of the next element by `build`, and takes it out again if enough of its kind are shown.
    pub(super) fn add<'a>(&mut self, proof: &mut ProofBuilder<'a>, build: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Truth {
        let start = proof.len();
        let truth = build(proof);
        if let Some(kinds) = &mut self.kinds
            && let Some(kind) = proof.subtree(start).map(ElementKind::of)
        {
            let alike = kinds.entry(kind).or_default();
            *alike += 1;
            if *alike > MOST_ALIKE {
                proof.truncate(start);
            }
        }
        truth
    }
}

impl ElementKind {
    fn of(element: Subtree<'_, '_>) -> Self {
        let mut tests = 0;
        for node in element.nodes() {
            if let NodeKind::Fact(fact) = &node.kind {
                let evidence = fact.evidence.map_or(0, |level| 1 + level as u32);
                let cause = fact.cause.map_or(0, |cause| 1 + cause as u32);
                tests |= 1_u128.checked_shl(cause * 9 + node.truth as u32 * 3 + evidence).unwrap_or_default();
            }
        }
        let listed = |truth| element.assuming(UnknownCause::NoList, truth);
        Self { truths: [element.node.truth, listed(Truth::True), listed(Truth::False)], evidence: element.evidence(), tests }
    }
}
