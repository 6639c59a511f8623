//! Bit sets of rules, and which marks of a transaction let which rules pass.

use std::collections::BTreeMap;

use crate::facts::{Coded, Named, Record, Term, Value};
use crate::rulebook::GoodsId;

use super::guard::{Guard, Mark, Path};

/// A set of rules, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RuleSet(Vec<u64>);

impl RuleSet {
    pub(super) fn none(rules: usize) -> Self {
        Self(vec![0; rules.div_ceil(64)])
    }

    pub(super) fn insert(&mut self, rule: usize) {
        if let Some(word) = self.0.get_mut(rule / 64) {
            *word |= 1 << (rule % 64);
        }
    }

    pub(super) fn copy_from(&mut self, other: &RuleSet) {
        self.0.clone_from(&other.0);
    }

    pub(super) fn add(&mut self, other: &RuleSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Adds a set that may be longer.
    fn join(&mut self, other: &RuleSet) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.add(other);
    }

    pub(super) fn keep(&mut self, other: &RuleSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    pub(super) fn meets(&self, other: &RuleSet) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// The rules in it, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(i * 64 + bit as usize)
            })
        })
    }
}

/// One guard of every rule, turned round: from a mark to the rules that it lets pass.
///
/// A rule without this guard passes whatever the marks are.
#[derive(Debug)]
pub(super) struct Gate {
    unguarded: RuleSet,
    facts: Vec<FactGate>,
    /// By list of goods.
    pub(super) goods: BTreeMap<GoodsId, RuleSet>,
    /// The rules that a list of goods may let pass.
    pub(super) by_goods: RuleSet,
}

/// The marks of one path.
#[derive(Debug)]
struct FactGate {
    path: Path,
    untold: Option<RuleSet>,
    listed: Option<RuleSet>,
    /// All rules that this path can let pass.
    concerns: RuleSet,
    /// For each term, which of the sets lets through; 0 is none.
    by_term: Vec<u16>,
    sets: Vec<RuleSet>,
}

impl Gate {
    /// A gate of a guard per rule.
    pub(super) fn new(guards: &[Option<Guard>]) -> Self {
        let rules = guards.len();
        let mut unguarded = RuleSet::none(rules);
        let mut by_goods = RuleSet::none(rules);
        let mut goods: BTreeMap<GoodsId, RuleSet> = BTreeMap::new();
        let mut by_path: BTreeMap<Path, BTreeMap<Key, RuleSet>> = BTreeMap::new();
        for (rule, guard) in guards.iter().enumerate() {
            let Some(marks) = guard else {
                unguarded.insert(rule);
                continue;
            };
            for mark in marks {
                let (path, key) = match mark {
                    Mark::Goods(id) => {
                        by_goods.insert(rule);
                        goods.entry(*id).or_insert_with(|| RuleSet::none(rules)).insert(rule);
                        continue;
                    }
                    Mark::Is(path, term) => (path, Key::Is(*term)),
                    Mark::Untold(path) => (path, Key::Untold),
                    Mark::Listed(path) => (path, Key::Listed),
                };
                let sets = by_path.entry(path.clone()).or_default();
                sets.entry(key).or_insert_with(|| RuleSet::none(rules)).insert(rule);
            }
        }
        let facts = by_path.into_iter().map(|(path, sets)| FactGate::new(path, sets)).collect();
        Self { unguarded, facts, goods, by_goods }
    }

    /// Of the rules that are left, those that the facts let pass; goods are not looked at, and let everything pass
    /// that they could.
    pub(super) fn pass(&self, transaction: &dyn Record, left: &RuleSet, passing: &mut RuleSet) {
        self.pass_but_for_goods(transaction, left, passing);
        passing.add(&self.by_goods);
    }

    /// Of the rules that are left, those that the facts let pass without any goods. Paths that concern none of them
    /// are not walked.
    pub(super) fn pass_but_for_goods(&self, transaction: &dyn Record, left: &RuleSet, passing: &mut RuleSet) {
        passing.copy_from(&self.unguarded);
        for gate in self.facts.iter().filter(|g| g.concerns.meets(left)) {
            gate.visit(transaction, &gate.path, passing);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Untold,
    Listed,
    Is(Term),
}

impl FactGate {
    fn new(path: Path, sets: BTreeMap<Key, RuleSet>) -> Self {
        let mut concerns = RuleSet::default();
        sets.values().for_each(|set| concerns.join(set));
        let mut gate = Self { path, untold: None, listed: None, concerns, by_term: Vec::new(), sets: Vec::new() };
        for (key, set) in sets {
            match key {
                Key::Untold => gate.untold = Some(set),
                Key::Listed => gate.listed = Some(set),
                Key::Is(term) => {
                    let position = gate.sets.iter().position(|s| *s == set).unwrap_or_else(|| {
                        gate.sets.push(set);
                        gate.sets.len() - 1
                    });
                    let index = usize::from(term.0);
                    if gate.by_term.len() <= index {
                        gate.by_term.resize(index + 1, 0);
                    }
                    if let (Some(slot), Ok(number)) = (gate.by_term.get_mut(index), u16::try_from(position + 1)) {
                        *slot = number;
                    }
                }
            }
        }
        gate
    }

    fn visit(&self, record: &dyn Record, path: &[usize], passing: &mut RuleSet) {
        let Some((row, rest)) = path.split_first() else { return };
        match record.value(*row) {
            Value::Terms(coded) => self.terms(coded, passing),
            Value::One(None) | Value::Many(None) => self.add(&self.untold, passing),
            Value::One(Some(Some(inner))) => self.visit(inner, rest, passing),
            Value::One(Some(None)) => {}
            Value::Many(Some(list)) if rest.is_empty() && !list.is_empty() => {
                self.add(&self.listed, passing);
            }
            Value::Many(Some(list)) => {
                for index in 0..list.len() {
                    if let Some(element) = list.record(index) {
                        self.visit(element, rest, passing);
                    }
                }
            }
            // No guard is read off other kinds of facts.
            _ => {}
        }
    }

    fn terms(&self, coded: &Coded<Named>, passing: &mut RuleSet) {
        let Some(told) = &coded.is else { return self.add(&self.untold, passing) };
        for named in told {
            match named {
                Named::Term(term) => self.term(*term, passing),
                Named::OneOf(terms) => terms.iter().for_each(|t| self.term(*t, passing)),
                Named::Unlisted(_) => {}
            }
        }
    }

    fn term(&self, term: Term, passing: &mut RuleSet) {
        let number = self.by_term.get(usize::from(term.0)).copied().unwrap_or(0);
        if let Some(set) = usize::from(number).checked_sub(1).and_then(|i| self.sets.get(i)) {
            passing.add(set);
        }
    }

    fn add(&self, set: &Option<RuleSet>, passing: &mut RuleSet) {
        if let Some(set) = set {
            passing.add(set);
        }
    }
}
