//! Proofs: the truth of a condition together with the facts that it rests on.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;
use std::rc::Rc;
use std::slice;

use chrono::NaiveDate;
use smallvec::{SmallVec, smallvec};

use crate::document::Span;
use crate::facts::{DerivedFact, FactPath, FieldRole, Truth};
use crate::rulebook::{Condition, ConditionKind, Exception, InForce, LawAsOf, Matcher, Rule, in_words};

use super::inference::derivation_in_words;
use super::inference::links::link_in_words;
use super::{EvidenceLevel, FactText, GoodsReason, QuotaState};

/// The truth of a condition and the tree of conditions and facts that it follows from.
///
/// The tree is one list in which each node precedes those that it rests on, in the order of the condition: a proof has
/// dozens of nodes, and an allocation for each would cost more than the evaluation.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// The truth of the root.
    pub truth: Truth,
    nodes: Vec<Part<'a>>,
}

/// A part of the list of a proof.
#[derive(Debug, Clone)]
enum Part<'a> {
    Node(ProofNode<'a>),
    /// All nodes of a proof that stands in other proofs too.
    Shared(Rc<Proof<'a>>),
}

/// A node of a proof: a claim and its truth.
#[derive(Debug, Clone)]
pub struct ProofNode<'a> {
    /// The truth of the claim.
    pub truth: Truth,
    /// The claim.
    pub claim: Claim<'a>,
    /// How the truth follows from the nodes below.
    pub kind: NodeKind<'a>,
    /// The number of parts below this one; they directly follow it in the list.
    descendants: usize,
}

/// A node with all that it rests on.
#[derive(Debug, Clone, Copy)]
pub struct Subtree<'p, 'a> {
    /// The node.
    pub node: &'p ProofNode<'a>,
    descendants: &'p [Part<'a>],
}

/// What a node claims. It is put into words only where somebody reads it.
#[derive(Debug, Clone, Copy)]
pub enum Claim<'a> {
    /// A condition holds.
    Condition(&'a Condition),
    /// A rule applies: its condition holds while it is in force.
    Rule(&'a Rule),
    /// An exception applies: its condition holds while it is in force.
    Exception(&'a Exception),
    /// The transaction falls into the time, as known on a day, of what stands at the span.
    InForce(&'a InForce, LawAsOf, &'a Span),
    /// The transaction is not after the last day on which what stands at the span is verified to be in force.
    VerifiedUntil(NaiveDate, &'a Span),
    /// What stands at the span was renewed after a day, although the rulebook has no such renewal.
    Renewed(NaiveDate, &'a Span),
    /// A claim that no rule file writes down, made for the rule at the span.
    Implicit(&'static str, &'a Span),
}

impl<'a> Claim<'a> {
    /// The claim as reports show it: the text of a condition, the id of a rule or exception, else a phrase.
    pub fn in_words(self) -> Cow<'a, str> {
        match self {
            Claim::Condition(condition) => Cow::Borrowed(&condition.text),
            Claim::Rule(rule) => Cow::Borrowed(&rule.id),
            Claim::Exception(exception) => Cow::Borrowed(&exception.id),
            Claim::InForce(in_force, as_of, _) => format!("in force {}", in_words(&in_force.stretches(as_of))).into(),
            Claim::VerifiedUntil(day, _) => {
                format!("not after {day}, the last day on which it is verified to be in force").into()
            }
            Claim::Renewed(day, _) => format!("in force only if renewed after {day}; no renewal is recorded here").into(),
            Claim::Implicit(words, _) => Cow::Borrowed(words),
        }
    }

    /// The values that the fact of a condition is compared with; `None` for any other claim.
    pub(super) fn matcher(self) -> Option<&'a Matcher> {
        match self {
            Claim::Condition(Condition { kind: ConditionKind::Fact { matcher, .. }, .. }) => Some(matcher),
            _ => None,
        }
    }

    /// The span in the rule file.
    pub fn span(self) -> Span {
        match self {
            Claim::Condition(condition) => condition.span,
            Claim::Rule(rule) => rule.span,
            Claim::Exception(exception) => exception.span,
            Claim::InForce(_, _, span) | Claim::VerifiedUntil(_, span) | Claim::Renewed(_, span) | Claim::Implicit(_, span) => {
                *span
            }
        }
    }
}

impl fmt::Display for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words())
    }
}

/// How the truth of a node follows from the nodes directly below it.
#[derive(Debug, Clone)]
pub enum NodeKind<'a> {
    /// All of them are true.
    All,
    /// At least one of them is true.
    Any,
    /// The one below is false.
    Not,
    /// The one below is true; unknown counts as false.
    Shown,
    /// The one below, which is the condition of a definition.
    Definition,
    /// At least one element of a list satisfies the condition; each is an [`Element`](NodeKind::Element).
    AnyElement,
    /// The one below, for the element at this path.
    Element(FactPath),
    /// The test of a fact; nothing is below it.
    Fact(TestedFact<'a>),
}

/// A fact that a condition was tested against.
#[derive(Debug, Clone)]
pub struct TestedFact<'a> {
    /// The path to the fact.
    pub path: FactPath,
    /// The value as reported.
    pub value: FactText<'a>,
    /// Why the test is unknown; `None` if it is not.
    pub cause: Option<UnknownCause>,
    /// What decided the test, where the value does not show it.
    pub note: Option<Box<FactNote<'a>>>,
    /// How good the evidence for the fact is; `None` if the fact is not one of the report.
    pub evidence: Option<EvidenceLevel>,
}

/// What decided the test of a fact, beside its value.
#[derive(Debug, Clone)]
pub enum FactNote<'a> {
    /// The code or term of a list of goods.
    Goods {
        /// The code or term.
        why: GoodsReason<'a>,
        /// True if the code is outside the list but the description has a term of the list, which is a red flag.
        disagree: bool,
    },
    /// The fact was not reported but derived.
    Derived(&'a DerivedFact),
    /// The fact names a party to which the record is linked by this relation.
    Link(FieldRole),
    /// The state of the quota that the condition is about.
    Quota(&'a QuotaState),
}

impl FactNote<'_> {
    /// True of goods whose description names nothing that is known.
    pub fn is_of_unknown_goods(&self) -> bool {
        matches!(self, FactNote::Goods { why: GoodsReason::Unrecognised { .. }, .. })
    }

    /// True if the code and the description of goods disagree.
    pub fn is_red_flag(&self) -> bool {
        matches!(self, FactNote::Goods { disagree: true, .. })
    }
}

impl fmt::Display for FactNote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FactNote::Goods { why, disagree: false } => why.fmt(f),
            FactNote::Goods { why, disagree: true } => write!(f, "{why}; the code and the description disagree"),
            FactNote::Derived(fact) => f.write_str(&derivation_in_words(fact)),
            FactNote::Link(role) => f.write_str(link_in_words(*role)),
            FactNote::Quota(state) => f.write_str(&state.in_words()),
        }
    }
}

impl<'a> TestedFact<'a> {
    /// The state of the quota, if the fact is the total of one and not a fact of the transaction.
    pub fn quota(&self) -> Option<&'a QuotaState> {
        match self.note.as_deref() {
            Some(FactNote::Quota(state)) => Some(state),
            _ => None,
        }
    }
}

/// Why the test of a fact is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownCause {
    /// The fact is not reported.
    NotReported,
    /// The fact is reported by a name that could mean several things.
    Ambiguous,
    /// Several values are reported of the fact, and only some of them match.
    Several,
    /// The fact is reported, but not exactly enough.
    Imprecise,
    /// The fact is reported by a broader term than the condition asks for.
    TooBroad,
    /// The fact is reported in a word that the vocabulary does not have.
    Unlisted,
    /// A listing is reported by a reference that is of no known list.
    UnknownReference,
    /// The name is that of a listed party or like it, and nothing tells whether that one is meant.
    PossiblyListed,
    /// Only a list of designated persons could answer, and none was given.
    NoList,
    /// The fact is reported in a unit that cannot be converted to that of the condition.
    NotComparable,
    /// No fact could answer: it is not certain, or not recorded, whether the law was in force on the day.
    UncertainLaw,
}

impl UnknownCause {
    /// What is inexact about the reported value, in words; `None` if nothing is reported, or if the value itself shows it.
    pub fn in_words(self) -> Option<&'static str> {
        match self {
            UnknownCause::TooBroad => Some("more broadly than the rule asks"),
            UnknownCause::Unlisted => Some("a word that the vocabulary does not know"),
            UnknownCause::UnknownReference => Some("a reference of no known list"),
            UnknownCause::PossiblyListed => Some("by its name: a number, a date of birth or an address would tell"),
            UnknownCause::Several => Some("of which only some match"),
            UnknownCause::NotComparable => Some("in a unit that cannot be converted"),
            _ => None,
        }
    }
}

impl<'a> Proof<'a> {
    /// The root with the whole tree below it; `None` only for an empty proof.
    pub fn root(&self) -> Option<Subtree<'_, 'a>> {
        Subtree::split_first(&self.nodes).map(|(root, _)| root)
    }

    /// All nodes, each before those below it.
    pub fn nodes(&self) -> impl Iterator<Item = &ProofNode<'a>> {
        Nodes(smallvec![self.nodes.iter()])
    }

    /// All tested facts with their nodes, in the order of the condition.
    pub fn leaves(&self) -> impl Iterator<Item = (&ProofNode<'a>, &TestedFact<'a>)> {
        self.nodes().filter_map(|node| if let NodeKind::Fact(fact) = &node.kind { Some((node, fact)) } else { None })
    }

    /// The leaves that decide the truth of the proof.
    ///
    /// Where one of several branches suffices, the one with the strongest evidence is taken; of equals the one with the
    /// fewest leaves, then the first.
    pub fn decisive_leaves(&self) -> Vec<&ProofNode<'a>> {
        let mut leaves = Vec::new();
        self.root().into_iter().for_each(|root| root.collect_decisive(self.truth, &mut leaves));
        leaves
    }

    /// The weakest evidence among the facts that the truth rests on; where one of several suffices, the strongest of them.
    pub fn evidence(&self) -> Option<EvidenceLevel> {
        self.root()?.evidence()
    }

    /// The truth that would follow if every leaf that is unknown for `cause` had the given truth instead.
    pub fn assuming(&self, cause: UnknownCause, truth: Truth) -> Truth {
        self.root().map_or(self.truth, |root| root.assuming(cause, truth))
    }
}

impl<'a> ProofNode<'a> {
    /// The test of a fact.
    pub(super) fn leaf(truth: Truth, claim: Claim<'a>, fact: TestedFact<'a>) -> Self {
        Self { truth, claim, kind: NodeKind::Fact(fact), descendants: 0 }
    }
}

/// A proof under construction.
#[derive(Default)]
pub(super) struct ProofBuilder<'a>(Vec<Part<'a>>);

impl<'a> ProofBuilder<'a> {
    /// An empty builder with room for as many nodes as the proofs of the built-in rules have.
    pub(super) fn with_capacity() -> Self {
        Self(Vec::with_capacity(128))
    }

    /// The proof of what was added. The builder is empty afterwards and keeps its memory.
    pub(super) fn finish(&mut self, truth: Truth) -> Proof<'a> {
        Proof { truth, nodes: self.0.drain(..).collect() }
    }

    /// Adds a leaf; returns its truth.
    pub(super) fn leaf(&mut self, leaf: ProofNode<'a>) -> Truth {
        let truth = leaf.truth;
        self.0.push(Part::Node(leaf));
        truth
    }

    /// Adds a proof that was built apart.
    pub(super) fn append(&mut self, proof: Proof<'a>) {
        self.0.extend(proof.nodes);
    }

    /// Adds a proof that stands in others too; returns its truth.
    pub(super) fn share(&mut self, proof: Rc<Proof<'a>>) -> Truth {
        let truth = proof.truth;
        self.0.push(Part::Shared(proof));
        truth
    }

    /// The number of parts so far.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes out all parts but that many.
    pub(super) fn truncate(&mut self, parts: usize) {
        self.0.truncate(parts);
    }

    /// The finished node at a position, with all below it.
    pub(super) fn subtree(&self, position: usize) -> Option<Subtree<'_, 'a>> {
        Subtree::split_first(self.0.get(position..)?).map(|(subtree, _)| subtree)
    }

    /// Adds a node and, by `build`, what it rests on; `build` returns the truth of the node.
    pub(super) fn node(&mut self, claim: Claim<'a>, kind: NodeKind<'a>, build: impl FnOnce(&mut Self) -> Truth) -> Truth {
        let position = self.0.len();
        self.0.push(Part::Node(ProofNode { truth: Truth::Unknown, claim, kind, descendants: 0 }));
        let truth = build(self);
        let descendants = self.0.len() - position - 1;
        if let Some(Part::Node(node)) = self.0.get_mut(position) {
            (node.truth, node.descendants) = (truth, descendants);
        }
        truth
    }
}

/// The nodes of proofs, with those of what is shared in its place.
struct Nodes<'p, 'a>(SmallVec<[slice::Iter<'p, Part<'a>>; 4]>);

impl<'p, 'a> Iterator for Nodes<'p, 'a> {
    type Item = &'p ProofNode<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.0.last_mut()?.next() {
                Some(Part::Node(node)) => return Some(node),
                Some(Part::Shared(proof)) => self.0.push(proof.nodes.iter()),
                None => drop(self.0.pop()),
            }
        }
    }
}

impl<'p, 'a> Subtree<'p, 'a> {
    /// The first of several subtrees, and the parts of the others.
    fn split_first(parts: &'p [Part<'a>]) -> Option<(Self, &'p [Part<'a>])> {
        let (first, rest) = parts.split_first()?;
        let node = match first {
            Part::Node(node) => node,
            Part::Shared(proof) => return Some((proof.root()?, rest)),
        };
        let (descendants, others) = rest.split_at_checked(node.descendants)?;
        Some((Self { node, descendants }, others))
    }

    /// The node and all below it.
    pub(super) fn nodes(self) -> impl Iterator<Item = &'p ProofNode<'a>> {
        std::iter::once(self.node).chain(Nodes(smallvec![self.descendants.iter()]))
    }

    /// What the node rests on directly, in the order of the condition.
    pub fn children(self) -> impl Iterator<Item = Subtree<'p, 'a>> {
        let mut rest = self.descendants;
        std::iter::from_fn(move || {
            let (first, others) = Self::split_first(rest)?;
            rest = others;
            Some(first)
        })
    }

    /// The first node that this one rests on, for kinds that have exactly one.
    pub(super) fn only_child(self) -> Option<Self> {
        Self::split_first(self.descendants).map(|(only, _)| only)
    }

    fn collect_decisive(self, wanted: Truth, leaves: &mut Vec<&'p ProofNode<'a>>) {
        match &self.node.kind {
            _ if self.node.truth != wanted => {}
            NodeKind::All if wanted == Truth::False => self.collect_strongest(wanted, leaves),
            NodeKind::Any | NodeKind::AnyElement if wanted == Truth::True => self.collect_strongest(wanted, leaves),
            NodeKind::Not => self.children().for_each(|child| child.collect_decisive(!wanted, leaves)),
            NodeKind::Fact(_) => leaves.push(self.node),
            // `shown` that is false because something is unknown rests on no fact: the truth below is another one.
            _ => self.children().for_each(|child| child.collect_decisive(wanted, leaves)),
        }
    }

    /// Adds the leaves of the one child that suffices and has the strongest evidence; of equals the fewest, then the first.
    fn collect_strongest(self, wanted: Truth, leaves: &mut Vec<&'p ProofNode<'a>>) {
        let start = leaves.len();
        let mut best = None;
        for child in self.children().filter(|child| child.node.truth == wanted) {
            let end = leaves.len();
            child.collect_decisive(wanted, leaves);
            let rank = (Reverse(child.evidence()), leaves.len() - end);
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
                leaves.drain(start..end);
            } else {
                leaves.truncate(end);
            }
        }
    }

    pub(super) fn evidence(self) -> Option<EvidenceLevel> {
        let truth = self.node.truth;
        match &self.node.kind {
            NodeKind::All => self.evidence_of_children(truth == Truth::False),
            NodeKind::Any | NodeKind::AnyElement => self.evidence_of_children(truth == Truth::True),
            NodeKind::Not | NodeKind::Shown | NodeKind::Definition | NodeKind::Element(_) => self.only_child()?.evidence(),
            NodeKind::Fact(fact) => fact.evidence,
        }
    }

    fn evidence_of_children(self, one_suffices: bool) -> Option<EvidenceLevel> {
        let same = self.children().filter(|child| child.node.truth == self.node.truth);
        let mut levels = same.filter_map(Self::evidence);
        // There are only two levels, so the first that is the stronger (or weaker) one ends the search.
        let decisive = if one_suffices { EvidenceLevel::Established } else { EvidenceLevel::Alleged };
        let first = levels.next()?;
        Some(if first == decisive || levels.any(|level| level == decisive) { decisive } else { first })
    }

    pub(super) fn assuming(self, cause: UnknownCause, truth: Truth) -> Truth {
        let mut children = self.children().map(|child| child.assuming(cause, truth));
        match &self.node.kind {
            NodeKind::All | NodeKind::Definition | NodeKind::Element(_) => Truth::all(children),
            NodeKind::Any | NodeKind::AnyElement => Truth::any(children),
            NodeKind::Not => !Truth::all(children),
            NodeKind::Shown => Truth::from(children.all(|t| t == Truth::True)),
            NodeKind::Fact(fact) if fact.cause == Some(cause) => truth,
            NodeKind::Fact(_) => self.node.truth,
        }
    }
}
