//! Transactions that the rulebook cannot tell apart by their coded facts.
//!
//! Of most transactions the gates, and the rules about listed persons, look at a few coded facts: who does what, from
//! where to where, in which roles. For nearly all of them these facts are of no interest to any rule, and which of
//! the uninteresting States, roles and activities they are makes no difference. So the terms of a fact are put into
//! classes, two of them into one where nothing that is asked tells them apart, and a *shape* is what is told of these
//! facts with every term replaced by its class. What is found out about one transaction holds for all of its shape:
//!
//! - what the gates let pass that look at coded facts, at what is told and at which lists have elements: they look at
//!   nothing that is not in the shape ([`PathTree::at_gates`]);
//! - the answer to a condition that asks nothing else either ([`PathTree::at_condition`]). Rules about listed persons are
//!   such, since a transaction in which somebody is told to be on a list has no shape;
//! - all that comes of it at a moment, if what the gates let pass asks nothing else ([`mod@outcome_cache`](super::outcome_cache)).
//!
//! A transaction has no shape either if a coded fact in it is ambiguous, not listed, or only told not to be something,
//! or if it is very long. Then all is found out anew.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::facts::{CodedTerm, Codes, FactVisitor, Record, Records, Term, Terms};
use crate::rulebook::{Matcher, WordHasher};

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::bounded_cache::BoundedCache;
use super::condition_graph::{Ask, ConditionGraph, NodeId};
use super::necessary::Path;
use super::path_tree::PathTree;
use super::profile_key::{FIRST_CLASS, NO_CLASS, NONE, ProfileKey, TOLD};

/// The facts that tell shapes apart.
pub(super) type Looks = PathTree<Look>;

/// How a fact is looked at.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The class of each term.
    classes: Vec<u16>,
    /// It tells on which lists of persons somebody is.
    is_listing: bool,
}

impl PathTree<Look> {
    /// Looks at what gates look at ([`RuleIndex::facts`](super::rule_index::RuleIndex::facts)).
    pub(super) fn at_gates(&mut self, facts: &[(Path, &[u16])], terms: usize) {
        for (path, numbers) in facts {
            let number = |term: usize| numbers.get(term).copied().unwrap_or(0).into();
            self.at(path, &mut |look| {
                if !numbers.is_empty() {
                    look.tell_apart(terms, number)
                }
            });
        }
    }

    /// Looks at what a condition asks of the transaction; false, and nothing done, if a shape cannot tell that.
    pub(super) fn at_condition(&mut self, id: NodeId, program: &ConditionGraph<'_>) -> bool {
        let tells = is_told_by_shape(id, program);
        if tells {
            self.add(id, program, &[]);
        }
        tells
    }

    fn add(&mut self, id: NodeId, program: &ConditionGraph<'_>, path: &[usize]) {
        let Some(node) = program.node(id) else { return };
        let to = |row: usize| path.iter().copied().chain([row]).collect::<Vec<_>>();
        match &node.ask {
            Ask::Terms { row, meant, .. } => {
                self.at(&to(*row), &mut |look| look.tell_apart(meant.room(), |term| meant.contains(term).into()));
            }
            Ask::Fact { row, .. } => self.at(&to(*row), &mut |_| {}),
            Ask::Designated { row: Some(row), .. } => self.at(&to(*row), &mut |look| look.is_listing = true),
            Ask::Inside { row, of, .. } | Ask::Some { row, of, .. } => {
                self.at(&to(*row), &mut |_| {});
                self.add(*of, program, &to(*row));
            }
            ask => ask.below().iter().for_each(|of| self.add(*of, program, path)),
        }
    }

    /// Writes what is told of a record; what is not told, or not looked at, costs nothing.
    pub(super) fn write(&self, record: &dyn Record, shape: &mut ProfileKey) {
        record.visit(self.rows(), &mut Writer { looks: self, shape });
        shape.end();
    }
}

/// Writes the facts of a record.
struct Writer<'l, 'w> {
    looks: &'l Looks,
    shape: &'w mut ProfileKey,
}

impl Writer<'_, '_> {
    fn told(&mut self, row: usize, told: bool) {
        self.shape.fact(row, if told { TOLD } else { NONE });
    }
}

impl FactVisitor for Writer<'_, '_> {
    fn terms(&mut self, row: usize, terms: &Terms) {
        let Some(branch) = self.looks.get(row) else { return };
        match terms.is() {
            // Nearly all that is looked at.
            Some([only]) => self.shape.fact(row, branch.of.class(only)),
            // Only told not to be something.
            None => self.shape.fact(row, NO_CLASS),
            Some([]) => self.shape.fact(row, NONE),
            Some(several) => {
                self.shape.several(row, several.len());
                several.iter().for_each(|named| self.shape.fact(row, branch.of.class(named)));
            }
        }
    }

    fn codes(&mut self, row: usize, codes: &Codes) {
        // Told not to be something is not told to gates.
        self.shape.fact(row, if codes.is().is_some() { TOLD } else { NO_CLASS });
    }

    fn one(&mut self, row: usize, record: Option<&dyn Record>) {
        self.told(row, record.is_some());
        if let (Some(branch), Some(record)) = (self.looks.get(row), record) {
            branch.inside.write(record, self.shape);
        }
    }

    fn many(&mut self, row: usize, records: &dyn Records) {
        let count = records.len();
        match self.looks.get(row) {
            Some(branch) if !branch.inside.is_empty() && count > 0 => {
                self.shape.several(row, count);
                for record in (0..count).filter_map(|i| records.record(i)) {
                    if self.shape.is_too_long() {
                        break;
                    }
                    branch.inside.write(record, self.shape);
                }
            }
            _ => self.told(row, count > 0),
        }
    }

    fn yes_no(&mut self, row: usize, answer: bool) {
        self.told(row, answer);
    }

    fn other(&mut self, row: usize) {
        let is_listing = self.looks.get(row).is_some_and(|branch| branch.of.is_listing);
        self.shape.fact(row, if is_listing { NO_CLASS } else { TOLD });
    }
}

/// True if a condition asks nothing but coded facts, yes or no, what is told, and listings.
pub(super) fn is_told_by_shape(id: NodeId, program: &ConditionGraph<'_>) -> bool {
    program.node(id).is_some_and(|node| match &node.ask {
        Ask::Terms { .. } | Ask::Designated { .. } => true,
        Ask::Fact { matcher, .. } => matches!(matcher, Matcher::Given(_) | Matcher::YesNo(_)),
        Ask::SomeSource(_) | Ask::Dated(_) | Ask::Goods(_) | Ask::Quota(_) => false,
        ask => ask.below().iter().all(|of| is_told_by_shape(*of, program)),
    })
}

impl Look {
    /// Puts terms into different classes that have different numbers.
    fn tell_apart(&mut self, terms: usize, number: impl Fn(usize) -> usize) {
        let mut known: HashMap<(u16, usize), u16, BuildHasherDefault<WordHasher>> = HashMap::default();
        self.classes.resize(self.classes.len().max(terms), FIRST_CLASS);
        for (term, class) in self.classes.iter_mut().enumerate() {
            let next = u16::try_from(known.len()).map_or(NO_CLASS, |n| n.saturating_add(FIRST_CLASS));
            *class = *known.entry((*class, number(term))).or_insert(next);
        }
    }

    fn class(&self, named: &CodedTerm) -> u16 {
        match named {
            // Nothing is asked of it but whether it is told.
            CodedTerm::Term(_) if self.classes.is_empty() => FIRST_CLASS,
            CodedTerm::Term(Term(term)) => self.classes.get(usize::from(*term)).copied().unwrap_or(NO_CLASS),
            CodedTerm::OneOf(_) | CodedTerm::Unlisted(_) => NO_CLASS,
        }
    }
}

/// What holds for all transactions of a shape.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// What the gates let pass, one gate behind another.
    pub(super) by_facts: BitSet,
    /// What passes each of its gates, or may for its codes, goods or words.
    pub(super) passing: BitSet,
    /// The answers to the conditions that a shape tells, by their places, as far as they were asked.
    answers: Vec<Option<Assumptions>>,
}

impl Profile {
    /// The answer to a condition, if it was asked.
    pub(super) fn answer(&self, place: usize) -> Option<Assumptions> {
        self.answers.get(place).copied().flatten()
    }

    /// Keeps the answer to a condition.
    pub(super) fn keep(&mut self, place: usize, answer: Assumptions) {
        if self.answers.len() <= place {
            self.answers.resize(place + 1, None);
        }
        self.answers.get_mut(place).into_iter().for_each(|kept| *kept = Some(answer));
    }
}

/// The shapes that were met.
#[derive(Debug)]
pub(super) struct Profiles {
    known: BoundedCache<Profile>,
    /// Of a transaction without one.
    own: Profile,
}

impl Profiles {
    pub(super) fn new(most: usize) -> Self {
        Self { known: BoundedCache::new(most), own: Profile::default() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// A shape as it was written. `pass` finds out what the gates let pass of it, if it is met for the first time.
    pub(super) fn of(&mut self, written: Option<&[u16]>, pass: impl FnOnce(&mut Profile)) -> &mut Profile {
        let Some(written) = written else {
            self.own.answers.clear();
            pass(&mut self.own);
            return &mut self.own;
        };
        self.known.of(written, || {
            let mut shape = Profile::default();
            pass(&mut shape);
            shape
        })
    }
}
