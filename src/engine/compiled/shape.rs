//! Transactions that the rulebook cannot tell apart by their coded facts.
//!
//! Of most transactions the gates, and the rules about listed persons, look at a few coded facts: who does what, from
//! where to where, in which roles. For nearly all of them these facts are of no interest to any rule, and which of
//! the uninteresting States, roles and activities they are makes no difference. So the terms of a fact are put into
//! classes, two of them into one where nothing that is asked tells them apart, and a *shape* is what is told of these
//! facts with every term replaced by its class. What is found out about one transaction holds for all of its shape:
//!
//! - what the gates let pass that look at coded facts, at what is told and at which lists have elements: they look at
//!   nothing that is not in the shape ([`ByPath::at_gates`]);
//! - the answer to a condition that asks nothing else either ([`ByPath::at_condition`]). Rules about listed persons are
//!   such, since a transaction in which somebody is told to be on a list has no shape.
//!
//! A transaction has no shape either if a coded fact in it is ambiguous, not listed, or only told not to be something,
//! or if it is very long. Then all is found out anew.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::engine::compare::is_given;
use crate::facts::{Coded, Named, Record, ShortHash, Term, Transaction, Value};
use crate::rulebook::Matcher;

use super::bits::BitSet;
use super::by_path::{Branch, ByPath};
use super::guard::Path;
use super::program::{Ask, NodeId, Program};
use super::worlds::Worlds;

/// A transaction of which more would have to be remembered has no shape.
const LONGEST: usize = 96;

/// How the facts of a shape are written. Classes of terms begin where the others end.
const UNTOLD: u16 = 0;
const NONE: u16 = 1;
const TOLD: u16 = 2;
const SEVERAL: u16 = 3;
const FIRST_CLASS: u16 = 4;
/// More classes than can be written: such a term has no shape.
const NO_CLASS: u16 = u16::MAX;

/// The facts that tell shapes apart.
pub(super) type Looks = ByPath<Look>;

/// How a fact is looked at.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The class of each term.
    classes: Vec<u16>,
    /// It tells on which lists of persons somebody is.
    is_listing: bool,
}

impl ByPath<Look> {
    /// Looks at what gates look at ([`Gates::facts`](super::gates::Gates::facts)).
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
    pub(super) fn at_condition(&mut self, id: NodeId, program: &Program<'_>) -> bool {
        let tells = is_told_by_shape(id, program);
        if tells {
            self.add(id, program, &[]);
        }
        tells
    }

    fn add(&mut self, id: NodeId, program: &Program<'_>, path: &[usize]) {
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

    /// Writes what is told of a record; none if it has no shape.
    fn write(&self, record: &dyn Record, shape: &mut Vec<u16>) -> Option<()> {
        for Branch { row, of: look, inside } in &self.0 {
            match record.value(*row) {
                Value::Terms(coded) => look.terms(coded, shape)?,
                Value::One(None) | Value::Many(None) => shape.push(UNTOLD),
                Value::One(Some(None)) => shape.push(NONE),
                Value::One(Some(Some(inner))) => {
                    shape.push(TOLD);
                    inside.write(inner, shape)?;
                }
                Value::Many(Some(list)) if inside.0.is_empty() => shape.push(if list.is_empty() { NONE } else { TOLD }),
                Value::Many(Some(list)) => {
                    shape.push(TOLD);
                    shape.push(u16::try_from(list.len()).ok()?);
                    for index in 0..list.len() {
                        inside.write(list.record(index)?, shape)?;
                    }
                }
                Value::YesNo(Some(answer)) => shape.push(if answer { TOLD } else { NONE }),
                listing if look.is_listing && is_given(listing) => return None,
                value => shape.push(if is_given(value) { TOLD } else { UNTOLD }),
            }
        }
        (shape.len() <= LONGEST).then_some(())
    }
}

/// True if a condition asks nothing but coded facts, yes or no, what is told, and listings.
fn is_told_by_shape(id: NodeId, program: &Program<'_>) -> bool {
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
        let mut known: HashMap<(u16, usize), u16> = HashMap::new();
        self.classes.resize(self.classes.len().max(terms), FIRST_CLASS);
        for (term, class) in self.classes.iter_mut().enumerate() {
            let next = u16::try_from(known.len()).map_or(NO_CLASS, |n| n.saturating_add(FIRST_CLASS));
            *class = *known.entry((*class, number(term))).or_insert(next);
        }
    }

    fn terms(&self, coded: &Coded<Named>, shape: &mut Vec<u16>) -> Option<()> {
        let class = |named: &Named| match named {
            Named::Term(Term(term)) if !self.classes.is_empty() => {
                self.classes.get(usize::from(*term)).copied().filter(|class| *class != NO_CLASS)
            }
            // Nothing is asked of it but whether it is told.
            Named::Term(_) => Some(FIRST_CLASS),
            Named::OneOf(_) | Named::Unlisted(_) => None,
        };
        match coded.is.as_deref() {
            None if coded.not.is_empty() => shape.push(UNTOLD),
            None => return None,
            Some([only]) => shape.push(class(only)?),
            Some(several) => {
                shape.push(SEVERAL);
                shape.push(u16::try_from(several.len()).ok()?);
                for named in several {
                    shape.push(class(named)?);
                }
            }
        }
        Some(())
    }
}

/// What holds for all transactions of a shape.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// What the gates let pass, one gate behind another.
    pub(super) by_facts: BitSet,
    /// What passes each of its gates, or may for its codes, goods or words.
    pub(super) passing: BitSet,
    /// The answers to the conditions that a shape tells, by their places, as far as they were asked.
    answers: Vec<Option<Worlds>>,
}

impl Shape {
    /// The answer to a condition, if it was asked.
    pub(super) fn answer(&self, place: usize) -> Option<Worlds> {
        self.answers.get(place).copied().flatten()
    }

    /// Keeps the answer to a condition.
    pub(super) fn keep(&mut self, place: usize, answer: Worlds) {
        if self.answers.len() <= place {
            self.answers.resize(place + 1, None);
        }
        self.answers.get_mut(place).into_iter().for_each(|kept| *kept = Some(answer));
    }
}

/// The shapes that were met.
#[derive(Debug)]
pub(super) struct Shapes {
    /// With so many it is begun anew: also whoever writes lines so that their shapes collide does not get far.
    most: usize,
    known: HashMap<Box<[u16]>, usize, BuildHasherDefault<ShortHash>>,
    shapes: Vec<Shape>,
    /// Of the transaction at hand.
    written: Vec<u16>,
    /// Of a transaction without one.
    own: Shape,
}

impl Shapes {
    pub(super) fn new(most: usize) -> Self {
        Self { most, known: HashMap::default(), shapes: Vec::new(), written: Vec::new(), own: Shape::default() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    /// The shape of a transaction. `pass` finds out what the gates let pass of it, if it is met for the first time.
    pub(super) fn of(&mut self, looks: &Looks, transaction: &Transaction, pass: impl FnOnce(&mut Shape)) -> &mut Shape {
        self.written.clear();
        if looks.write(transaction, &mut self.written).is_none() {
            self.own.answers.clear();
            pass(&mut self.own);
            return &mut self.own;
        }
        if self.shapes.len() >= self.most {
            self.known.clear();
            self.shapes.clear();
        }
        let index = match self.known.get(self.written.as_slice()) {
            Some(index) => *index,
            None => {
                let mut shape = Shape::default();
                pass(&mut shape);
                self.known.insert(self.written.as_slice().into(), self.shapes.len());
                self.shapes.push(shape);
                self.shapes.len() - 1
            }
        };
        self.shapes.get_mut(index).unwrap_or(&mut self.own)
    }
}
