//! Which marks of a transaction let which rules pass.
//!
//! Every rule has up to [`GATES`] guards, and passes if it passes the gate of each. The gates stand side by side: a set
//! of what passes holds, one behind another, the rules that pass the first gate, those that pass the second ..., so
//! that the facts are walked once for all of them, and a mark adds what it lets through to all at once.

use std::collections::BTreeMap;

use crate::facts::{Coded, Named, Record, Term, Value};
use crate::rulebook::GoodsId;

use super::bits::BitSet;
use super::guard::{Guard, Mark};

/// How many guards of a rule are used; more cost more than they rule out.
pub(super) const GATES: usize = 3;

/// The guards of all rules, turned round: from a mark to the rules that it lets pass.
#[derive(Debug)]
pub(super) struct Gates {
    /// How many bits the set of one gate takes.
    width: usize,
    /// What passes whatever the facts are: rules with fewer guards.
    unguarded: BitSet,
    walk: Walk,
    /// By list of goods: what passes if an item may be among the goods that stand in the list itself.
    by_list: Vec<BitSet>,
    /// What any list of goods may let pass.
    by_goods: BitSet,
    /// The rules of which a gate looks at goods.
    with_goods: BitSet,
}

/// The facts of a record that are looked at.
#[derive(Debug, Default)]
struct Walk(Vec<Step>);

/// A fact and what it lets pass.
#[derive(Debug, Default)]
struct Step {
    row: usize,
    /// If it is not told. What stands inside it is not told either.
    untold: BitSet,
    /// If the list has an element.
    listed: BitSet,
    /// For each term, which of the sets it lets pass; 0 is none.
    by_term: Vec<u16>,
    sets: Vec<BitSet>,
    inside: Walk,
}

impl Gates {
    /// Gates of the guards of each rule. `reaches` names, for each list of goods, the lists whose goods it has a part in.
    pub(super) fn new(guards: &[Vec<Guard>], reaches: &[Vec<GoodsId>]) -> Self {
        let width = guards.len().div_ceil(64) * 64;
        let none = BitSet::none(width * GATES);
        let (mut unguarded, mut by_goods, mut with_goods) = (none.clone(), none.clone(), BitSet::none(width));
        let mut of_goods: BTreeMap<GoodsId, BitSet> = BTreeMap::new();
        let mut of_facts: BTreeMap<&Mark, BitSet> = BTreeMap::new();
        for (rule, of_rule) in guards.iter().enumerate() {
            for gate in 0..GATES {
                let bit = gate * width + rule;
                let Some(marks) = of_rule.get(gate) else {
                    unguarded.insert(bit);
                    continue;
                };
                for mark in marks {
                    if let Mark::Goods(id) = mark {
                        by_goods.insert(bit);
                        with_goods.insert(rule);
                        of_goods.entry(*id).or_insert_with(|| none.clone()).insert(bit);
                    } else {
                        of_facts.entry(mark).or_insert_with(|| none.clone()).insert(bit);
                    }
                }
            }
        }
        let mut walk = Walk::default();
        for (mark, set) in &of_facts {
            match mark {
                Mark::Is(path, term) => walk.at(path, &none, &mut |step| step.on_term(*term, set)),
                Mark::Untold(path) => walk.at(path, &none, &mut |step| step.untold.add(set)),
                Mark::Listed(path) => walk.at(path, &none, &mut |step| step.listed.add(set)),
                Mark::Goods(_) => {}
            }
        }
        walk.close();
        let reached = |lists: &Vec<GoodsId>| {
            let mut all = none.clone();
            lists.iter().filter_map(|list| of_goods.get(list)).for_each(|set| all.add(set));
            all
        };
        Self { width, unguarded, walk, by_list: reaches.iter().map(reached).collect(), by_goods, with_goods }
    }

    /// What the facts of a transaction let pass; goods are not looked at.
    pub(super) fn pass(&self, transaction: &dyn Record, passing: &mut BitSet) {
        passing.copy_from(&self.unguarded);
        self.walk.visit(transaction, passing);
    }

    /// What any goods could let pass.
    pub(super) fn by_goods(&self) -> &BitSet {
        &self.by_goods
    }

    /// True if a gate of one of the rules looks at goods.
    pub(super) fn look_at_goods(&self, rules: &BitSet) -> bool {
        self.with_goods.meets(rules)
    }

    /// Adds what an item lets pass that may be among the goods of a list.
    pub(super) fn add_goods(&self, list: usize, passing: &mut BitSet) {
        if let Some(set) = self.by_list.get(list) {
            passing.add(set);
        }
    }

    /// An empty set of what passes.
    pub(super) fn clear(&self, passing: &mut BitSet) {
        passing.clear(self.width * GATES);
    }
}

impl Walk {
    /// Changes the step at the end of a path, which is made if need be.
    fn at(&mut self, path: &[usize], none: &BitSet, change: &mut dyn FnMut(&mut Step)) {
        let Some((row, rest)) = path.split_first() else { return };
        let position = self.0.iter().position(|s| s.row == *row).unwrap_or_else(|| {
            self.0.push(Step { row: *row, untold: none.clone(), listed: none.clone(), ..Step::default() });
            self.0.len() - 1
        });
        match self.0.get_mut(position) {
            Some(step) if rest.is_empty() => change(step),
            Some(step) => step.inside.at(rest, none, change),
            None => {}
        }
    }

    /// Adds to what an untold fact lets pass what the facts inside it do.
    fn close(&mut self) {
        for step in &mut self.0 {
            step.inside.close();
            step.inside.0.iter().for_each(|inner| step.untold.add(&inner.untold));
        }
    }

    fn visit(&self, record: &dyn Record, passing: &mut BitSet) {
        for step in &self.0 {
            match record.value(step.row) {
                Value::Terms(coded) => step.terms(coded, passing),
                Value::One(None) | Value::Many(None) => passing.add(&step.untold),
                Value::One(Some(Some(inner))) => step.inside.visit(inner, passing),
                Value::Many(Some(list)) if !list.is_empty() => {
                    passing.add(&step.listed);
                    if !step.inside.0.is_empty() {
                        (0..list.len()).filter_map(|i| list.record(i)).for_each(|r| step.inside.visit(r, passing));
                    }
                }
                // Known to be none; and no guard is read off other kinds of facts.
                _ => {}
            }
        }
    }
}

impl Step {
    fn on_term(&mut self, term: Term, set: &BitSet) {
        let position = self.sets.iter().position(|s| s == set).unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        });
        let index = usize::from(term.0);
        if self.by_term.len() <= index {
            self.by_term.resize(index + 1, 0);
        }
        if let (Some(slot), Ok(number)) = (self.by_term.get_mut(index), u16::try_from(position + 1)) {
            *slot = number;
        }
    }

    fn terms(&self, coded: &Coded<Named>, passing: &mut BitSet) {
        let Some(told) = &coded.is else { return passing.add(&self.untold) };
        for named in told {
            match named {
                Named::Term(term) => self.term(*term, passing),
                Named::OneOf(terms) => terms.iter().for_each(|t| self.term(*t, passing)),
                Named::Unlisted(_) => {}
            }
        }
    }

    fn term(&self, term: Term, passing: &mut BitSet) {
        let number = self.by_term.get(usize::from(term.0)).copied().unwrap_or(0);
        if let Some(set) = usize::from(number).checked_sub(1).and_then(|i| self.sets.get(i)) {
            passing.add(set);
        }
    }
}
