//! Proofs: which condition, which fact, what came of it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

use crate::document::Span;
use crate::facts::{Route, Truth};
use crate::rulebook::{Condition, Exception, InForce, Rule};

use super::{Standing, Told, Why};

/// The truth of a condition and how it came about. The tree has the shape of the condition.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// What came of it.
    pub truth: Truth,
    /// What was asked.
    pub asked: Asked<'a>,
    /// How it came about.
    pub step: Step<'a>,
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

/// One step of a proof.
#[derive(Debug, Clone)]
pub enum Step<'a> {
    /// All of these.
    All(Vec<Proof<'a>>),
    /// Any of these.
    Any(Vec<Proof<'a>>),
    /// Not this.
    Not(Box<Proof<'a>>),
    /// This, and what is open counts as false.
    Shown(Box<Proof<'a>>),
    /// What a definition asks.
    Definition(Box<Proof<'a>>),
    /// Any of the elements of a list, each with its route.
    Some(Vec<(Route, Proof<'a>)>),
    /// A fact.
    Leaf(Leaf<'a>),
}

/// A fact that was asked for.
#[derive(Debug, Clone)]
pub struct Leaf<'a> {
    /// The way to the fact.
    pub route: Route,
    /// What it is.
    pub value: Told<'a>,
    /// Why it leaves the condition open, where it does.
    pub cause: Option<Cause>,
    /// More to say: which term was found, which total was counted.
    pub note: Option<Box<Note<'a>>>,
    /// It is a total that was counted over the run, no fact of one transaction.
    pub counted: bool,
    /// On how good a word it rests; `None` for what is no fact of the report.
    pub standing: Option<Standing>,
}

/// More to say of a fact.
#[derive(Debug, Clone)]
pub enum Note<'a> {
    /// Which code or term of a list of goods decided.
    Goods {
        /// What decided.
        why: Why<'a>,
        /// The code says no and the words say yes: a red flag.
        disagree: bool,
    },
    /// What a total is made of.
    Total(String),
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
            Note::Total(total) => f.write_str(total),
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
    /// A proof that rests on one fact.
    pub fn leaf(truth: Truth, asked: Asked<'a>, leaf: Leaf<'a>) -> Self {
        Self { truth, asked, step: Step::Leaf(leaf) }
    }

    /// All of several proofs.
    pub fn all(asked: Asked<'a>, proofs: Vec<Proof<'a>>) -> Self {
        Self { truth: Truth::all(proofs.iter().map(|p| p.truth)), asked, step: Step::All(proofs) }
    }

    /// Any of several proofs.
    pub fn any(asked: Asked<'a>, proofs: Vec<Proof<'a>>) -> Self {
        Self { truth: Truth::any(proofs.iter().map(|p| p.truth)), asked, step: Step::Any(proofs) }
    }

    /// The leaves that carry the truth of this proof: without them it would not be what it is.
    ///
    /// Where several branches would each suffice, the one on the best word is taken, then the shortest, then the first.
    pub fn bearing(&self) -> Vec<&Proof<'a>> {
        let mut leaves = Vec::new();
        self.bearing_of(self.truth, &mut leaves);
        leaves
    }

    fn bearing_of<'p>(&'p self, wanted: Truth, leaves: &mut Vec<&'p Proof<'a>>) {
        match &self.step {
            _ if self.truth != wanted => {}
            Step::All(proofs) if wanted == Truth::False => best_branch(proofs.iter(), wanted, leaves),
            Step::Any(proofs) if wanted == Truth::True => best_branch(proofs.iter(), wanted, leaves),
            Step::Some(elements) if wanted == Truth::True => best_branch(elements.iter().map(|(_, p)| p), wanted, leaves),
            Step::All(proofs) | Step::Any(proofs) => proofs.iter().for_each(|p| p.bearing_of(wanted, leaves)),
            Step::Some(elements) => elements.iter().for_each(|(_, p)| p.bearing_of(wanted, leaves)),
            Step::Not(proof) => proof.bearing_of(!wanted, leaves),
            Step::Definition(proof) => proof.bearing_of(wanted, leaves),
            // What is only not shown rests on no fact.
            Step::Shown(proof) => proof.bearing_of(wanted, leaves),
            Step::Leaf(_) => leaves.push(self),
        }
    }

    /// The weakest standing among the facts that the truth rests on; where one of several suffices, the strongest of them.
    pub fn standing(&self) -> Option<Standing> {
        self.standing_of(self.truth)
    }

    fn standing_of(&self, wanted: Truth) -> Option<Standing> {
        match &self.step {
            Step::All(proofs) => standing_of_several(proofs.iter(), wanted, wanted == Truth::False),
            Step::Any(proofs) => standing_of_several(proofs.iter(), wanted, wanted == Truth::True),
            Step::Some(elements) => standing_of_several(elements.iter().map(|(_, p)| p), wanted, wanted == Truth::True),
            Step::Not(proof) => proof.standing_of(!wanted),
            Step::Definition(proof) => proof.standing_of(wanted),
            Step::Shown(proof) => proof.standing_of(proof.truth),
            Step::Leaf(leaf) => leaf.standing,
        }
    }

    /// The truth that would follow if every leaf open for `cause` had this truth instead.
    pub fn assuming(&self, cause: Cause, truth: Truth) -> Truth {
        match &self.step {
            Step::All(proofs) => Truth::all(proofs.iter().map(|p| p.assuming(cause, truth))),
            Step::Any(proofs) => Truth::any(proofs.iter().map(|p| p.assuming(cause, truth))),
            Step::Some(elements) => Truth::any(elements.iter().map(|(_, p)| p.assuming(cause, truth))),
            Step::Not(proof) => !proof.assuming(cause, truth),
            Step::Definition(proof) => proof.assuming(cause, truth),
            Step::Shown(proof) => Truth::from(proof.assuming(cause, truth) == Truth::True),
            Step::Leaf(leaf) if leaf.cause == Some(cause) => truth,
            Step::Leaf(_) => self.truth,
        }
    }

    /// Calls `visit` for every leaf.
    pub fn leaves<'p>(&'p self, visit: &mut impl FnMut(&'p Proof<'a>, &'p Leaf<'a>)) {
        match &self.step {
            Step::All(proofs) | Step::Any(proofs) => proofs.iter().for_each(|p| p.leaves(visit)),
            Step::Some(elements) => elements.iter().for_each(|(_, p)| p.leaves(visit)),
            Step::Not(proof) | Step::Shown(proof) | Step::Definition(proof) => proof.leaves(visit),
            Step::Leaf(leaf) => visit(self, leaf),
        }
    }
}

fn standing_of_several<'p, 'a: 'p>(
    proofs: impl Iterator<Item = &'p Proof<'a>>,
    wanted: Truth,
    one_suffices: bool,
) -> Option<Standing> {
    let mut standings = proofs.filter(|p| p.truth == wanted).filter_map(|p| p.standing_of(wanted));
    let decisive = if one_suffices { Standing::Established } else { Standing::Alleged };
    let first = standings.next()?;
    Some(if first == decisive || standings.any(|s| s == decisive) { decisive } else { first })
}

/// The leaves of the branch that suffices on the best word; of equals the shortest, then the first.
fn best_branch<'p, 'a: 'p>(proofs: impl Iterator<Item = &'p Proof<'a>>, wanted: Truth, leaves: &mut Vec<&'p Proof<'a>>) {
    let start = leaves.len();
    let mut best = None;
    for proof in proofs.filter(|p| p.truth == wanted) {
        let end = leaves.len();
        proof.bearing_of(wanted, leaves);
        let rank = (Reverse(proof.standing_of(wanted)), leaves.len() - end);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
            leaves.drain(start..end);
        } else {
            leaves.truncate(end);
        }
    }
}
