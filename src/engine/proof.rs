//! Proofs: which condition, which fact, what came of it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

use crate::document::Span;
use crate::facts::{FactPath, Truth};
use crate::rulebook::{Condition, Exception, InForce, Rule};

use super::{EvidenceLevel, FactText, GoodsReason, QuotaState};

/// The truth of a condition and how it came about.
///
/// Its nodes stand in one list, each before those that it rests on, in the order of the condition. A proof has dozens of
/// them, and a place of its own for each would cost more than the answer.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// What came of it.
    pub truth: Truth,
    nodes: Vec<ProofNode<'a>>,
}

/// A condition in a proof.
#[derive(Debug, Clone)]
pub struct ProofNode<'a> {
    /// What came of it.
    pub truth: Truth,
    /// What was asked.
    pub asked: Asked<'a>,
    /// How it came about.
    pub step: NodeKind<'a>,
    /// How many of the nodes behind it are below it.
    below: usize,
}

/// A node with all that it rests on.
#[derive(Debug, Clone, Copy)]
pub struct Branch<'p, 'a> {
    /// The node.
    pub node: &'p ProofNode<'a>,
    below: &'p [ProofNode<'a>],
}

/// What a proof answers. It is put into words only where somebody reads them.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// All that a rule asks.
    Rule(&'a Rule),
    /// All that an exception asks.
    Exception(&'a Exception),
    /// Whether something is in force, by its interval and the place where that is set.
    InForce(InForce, &'a Span),
    /// What no rule writes down, and the place of the rule that it is asked for.
    Unwritten(&'static str, &'a Span),
}

impl<'a> Asked<'a> {
    /// As it is shown.
    pub fn in_words(self) -> Cow<'a, str> {
        match self {
            Asked::Condition(condition) => Cow::Borrowed(&condition.text),
            Asked::Rule(rule) => Cow::Borrowed(&rule.id),
            Asked::Exception(exception) => Cow::Borrowed(&exception.id),
            Asked::InForce(interval, _) => match (interval.from, interval.to) {
                (None, None) => Cow::Borrowed("in force at all times"),
                (Some(from), None) => format!("in force from {from}").into(),
                (None, Some(to)) => format!("in force until {to}").into(),
                (Some(from), Some(to)) => format!("in force from {from} to {to}").into(),
            },
            Asked::Unwritten(words, _) => Cow::Borrowed(words),
        }
    }

    /// Where it stands in the rule file.
    pub fn at(self) -> Span {
        match self {
            Asked::Condition(condition) => condition.span,
            Asked::Rule(rule) => rule.span,
            Asked::Exception(exception) => exception.span,
            Asked::InForce(_, at) | Asked::Unwritten(_, at) => *at,
        }
    }
}

impl fmt::Display for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words())
    }
}

/// How a node rests on those directly below it.
#[derive(Debug, Clone)]
pub enum NodeKind<'a> {
    /// All of these.
    All,
    /// Any of these.
    Any,
    /// Not this.
    Not,
    /// This, and what is open counts as false.
    Shown,
    /// What a definition asks.
    Definition,
    /// Any of the elements of a list.
    Some,
    /// This, of the element at the end of the route.
    Element(FactPath),
    /// A fact; nothing is below it.
    Leaf(Leaf<'a>),
}

/// A fact that was asked for.
#[derive(Debug, Clone)]
pub struct Leaf<'a> {
    /// The way to the fact.
    pub route: FactPath,
    /// What it is.
    pub value: FactText<'a>,
    /// Why it leaves the condition open, where it does.
    pub cause: Option<Cause>,
    /// More to say: which term was found, which total was counted.
    pub note: Option<Box<Note<'a>>>,
    /// It is a total that was counted over the run, no fact of one transaction.
    pub counted: bool,
    /// On how good a word it rests; `None` for what is no fact of the report.
    pub standing: Option<EvidenceLevel>,
}

/// More to say of a fact.
#[derive(Debug, Clone)]
pub enum Note<'a> {
    /// Which code or term of a list of goods decided.
    Goods {
        /// What decided.
        why: GoodsReason<'a>,
        /// The code says no and the words say yes: a red flag.
        disagree: bool,
    },
    /// The state of the quota that was asked for.
    Quota(&'a QuotaState),
}

impl Note<'_> {
    /// True of goods whose code and description disagree.
    pub fn is_red_flag(&self) -> bool {
        matches!(self, Note::Goods { disagree: true, .. })
    }
}

impl fmt::Display for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Goods { why, disagree: false } => why.fmt(f),
            Note::Goods { why, disagree: true } => write!(f, "{why}; the code and the description disagree"),
            Note::Quota(state) => f.write_str(&state.in_words()),
        }
    }
}

/// Why a fact leaves a condition open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The report does not tell it.
    NotTold,
    /// It is told by a name that several bear.
    Ambiguous,
    /// It is told, but not exactly enough.
    Imprecise,
    /// It can be answered only with a list of designated persons, and none was given.
    NotAssessed,
    /// It is told in a unit that cannot be converted.
    NotComparable,
}

impl<'a> Proof<'a> {
    /// The node above all others, with them.
    pub fn root(&self) -> Option<Branch<'_, 'a>> {
        Branch::first_of(&self.nodes).map(|(root, _)| root)
    }

    /// All nodes.
    pub fn nodes(&self) -> &[ProofNode<'a>] {
        &self.nodes
    }

    /// All leaves.
    pub fn leaves(&self) -> impl Iterator<Item = (&ProofNode<'a>, &Leaf<'a>)> {
        self.nodes.iter().filter_map(|node| if let NodeKind::Leaf(leaf) = &node.step { Some((node, leaf)) } else { None })
    }

    /// The leaves that carry the truth of this proof: without them it would not be what it is.
    ///
    /// Where several branches would each suffice, the one on the best word is taken, then the shortest, then the first.
    pub fn bearing(&self) -> Vec<&ProofNode<'a>> {
        let mut leaves = Vec::new();
        self.root().into_iter().for_each(|root| root.bearing(self.truth, &mut leaves));
        leaves
    }

    /// The weakest standing among the facts that the truth rests on; where one of several suffices, the strongest of them.
    pub fn standing(&self) -> Option<EvidenceLevel> {
        self.root()?.standing()
    }

    /// The truth that would follow if every leaf open for `cause` had this truth instead.
    pub fn assuming(&self, cause: Cause, truth: Truth) -> Truth {
        self.root().map_or(self.truth, |root| root.assuming(cause, truth))
    }
}

impl<'a> ProofNode<'a> {
    /// What rests on one fact.
    pub(super) fn leaf(truth: Truth, asked: Asked<'a>, leaf: Leaf<'a>) -> Self {
        Self { truth, asked, step: NodeKind::Leaf(leaf), below: 0 }
    }
}

/// The nodes of a proof, as far as it has grown.
#[derive(Default)]
pub(super) struct ProofNodes<'a>(Vec<ProofNode<'a>>);

impl<'a> ProofNodes<'a> {
    /// None, and room for as many as the proofs of the built-in law have, so that few look for more while they grow.
    pub(super) fn with_room() -> Self {
        Self(Vec::with_capacity(128))
    }

    /// The proof, grown; none is left, but room for the next.
    pub(super) fn harvest(&mut self, truth: Truth) -> Proof<'a> {
        Proof { truth, nodes: self.0.drain(..).collect() }
    }

    /// Adds a leaf.
    pub(super) fn add(&mut self, leaf: ProofNode<'a>) -> Truth {
        let truth = leaf.truth;
        self.0.push(leaf);
        truth
    }

    /// Adds a node and, by `grow`, what it rests on; that tells what comes of the node.
    pub(super) fn node(&mut self, asked: Asked<'a>, step: NodeKind<'a>, grow: impl FnOnce(&mut Self) -> Truth) -> Truth {
        let position = self.0.len();
        self.0.push(ProofNode { truth: Truth::Unknown, asked, step, below: 0 });
        let truth = grow(self);
        let below = self.0.len() - position - 1;
        if let Some(node) = self.0.get_mut(position) {
            (node.truth, node.below) = (truth, below);
        }
        truth
    }
}

impl<'p, 'a> Branch<'p, 'a> {
    /// The first branch of several, and the others.
    fn first_of(nodes: &'p [ProofNode<'a>]) -> Option<(Self, &'p [ProofNode<'a>])> {
        let (node, rest) = nodes.split_first()?;
        let (below, others) = rest.split_at_checked(node.below)?;
        Some((Self { node, below }, others))
    }

    /// What the node rests on directly.
    pub fn branches(self) -> impl Iterator<Item = Branch<'p, 'a>> {
        let mut left = self.below;
        std::iter::from_fn(move || {
            let (first, others) = Self::first_of(left)?;
            left = others;
            Some(first)
        })
    }

    /// What the node rests on, where that is one thing.
    pub(super) fn only(self) -> Option<Self> {
        Self::first_of(self.below).map(|(only, _)| only)
    }

    fn bearing(self, wanted: Truth, leaves: &mut Vec<&'p ProofNode<'a>>) {
        match &self.node.step {
            _ if self.node.truth != wanted => {}
            NodeKind::All if wanted == Truth::False => self.best_bearing(wanted, leaves),
            NodeKind::Any | NodeKind::Some if wanted == Truth::True => self.best_bearing(wanted, leaves),
            NodeKind::Not => self.branches().for_each(|b| b.bearing(!wanted, leaves)),
            NodeKind::Leaf(_) => leaves.push(self.node),
            // What is only not shown rests on no fact.
            _ => self.branches().for_each(|b| b.bearing(wanted, leaves)),
        }
    }

    /// The leaves of the branch that suffices on the best word; of equals the shortest, then the first.
    fn best_bearing(self, wanted: Truth, leaves: &mut Vec<&'p ProofNode<'a>>) {
        let start = leaves.len();
        let mut best = None;
        for branch in self.branches().filter(|b| b.node.truth == wanted) {
            let end = leaves.len();
            branch.bearing(wanted, leaves);
            let rank = (Reverse(branch.standing()), leaves.len() - end);
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
                leaves.drain(start..end);
            } else {
                leaves.truncate(end);
            }
        }
    }

    fn standing(self) -> Option<EvidenceLevel> {
        let truth = self.node.truth;
        match &self.node.step {
            NodeKind::All => self.standing_of_several(truth == Truth::False),
            NodeKind::Any | NodeKind::Some => self.standing_of_several(truth == Truth::True),
            NodeKind::Not | NodeKind::Shown | NodeKind::Definition | NodeKind::Element(_) => self.only()?.standing(),
            NodeKind::Leaf(leaf) => leaf.standing,
        }
    }

    fn standing_of_several(self, one_suffices: bool) -> Option<EvidenceLevel> {
        let same = self.branches().filter(|b| b.node.truth == self.node.truth);
        let mut standings = same.filter_map(Self::standing);
        // Only these two are there: the first that decides ends it.
        let decisive = if one_suffices { EvidenceLevel::Established } else { EvidenceLevel::Alleged };
        let first = standings.next()?;
        Some(if first == decisive || standings.any(|s| s == decisive) { decisive } else { first })
    }

    fn assuming(self, cause: Cause, truth: Truth) -> Truth {
        let mut branches = self.branches().map(|b| b.assuming(cause, truth));
        match &self.node.step {
            NodeKind::All | NodeKind::Definition | NodeKind::Element(_) => Truth::all(branches),
            NodeKind::Any | NodeKind::Some => Truth::any(branches),
            NodeKind::Not => !Truth::all(branches),
            NodeKind::Shown => Truth::from(branches.all(|t| t == Truth::True)),
            NodeKind::Leaf(leaf) if leaf.cause == Some(cause) => truth,
            NodeKind::Leaf(_) => self.node.truth,
        }
    }
}
