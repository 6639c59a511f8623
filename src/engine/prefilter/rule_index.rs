//! Which marks of a transaction let which rules pass.
//!
//! Every rule has up to [`GATES`] guards, and passes if it passes the gate of each. The gates stand side by side: a set
//! of what passes holds the first 64 rules by the first gate, by the second ..., then the next 64 rules, so that the
//! facts are walked once for all gates, and a mark adds what it lets through to all at once.
//!
//! To split texts into words costs more than all other marks together, and codes differ from transaction to transaction
//! where other facts are alike. So codes, and then goods and words, are left for later: at first a gate that looks at them
//! is passed by all, and only if a rule is left that has such a gate are they looked at.

use std::collections::BTreeMap;

use crate::facts::{Coded, CodedTerm, HsCode, HsRange, Record, Term, Value};
use crate::rulebook::GoodsListId;

use super::bits::{BitSet, SparseSet};
use super::hs_index::HsIndex;
use super::necessary::{Feature, Necessary, Path};
use super::path_tree::{Branch, PathTree};
use super::phrases::Phrases;
use super::texts::Texts;

/// How many guards of a rule are used; more cost more than they rule out.
pub(super) const GATES: usize = 3;

/// The guards of all rules, turned round: from a mark to the rules that it lets pass.
#[derive(Debug)]
pub(super) struct RuleIndex {
    /// How many conditions have gates.
    len: usize,
    /// How many bits the set of one gate takes, a multiple of 64.
    width: usize,
    /// What passes whatever the facts are: rules with fewer guards.
    unguarded: BitSet,
    facts: Walk,
    codes: Walk,
    texts: Walk,
    /// By list of goods: what passes if an item may be among the goods that stand in the list itself.
    by_list: Vec<BitSet>,
    /// What any list of goods may let pass.
    by_goods: BitSet,
    /// What any list of goods or any words may let pass.
    by_goods_and_words: BitSet,
    /// What any code, list of goods or words may let pass.
    costly: BitSet,
    /// The rules of which a gate looks at codes.
    with_codes: BitSet,
    /// The rules of which a gate looks at goods.
    with_goods: BitSet,
    /// The rules of which a gate looks at words.
    with_words: BitSet,
}

/// The facts that are looked at.
type Walk = PathTree<GateEntry>;

/// A fact and what it lets pass.
#[derive(Debug, Default)]
struct GateEntry {
    /// If it is not told. What stands inside it is not told either.
    untold: SparseSet,
    /// If the list has an element.
    listed: SparseSet,
    /// For each term, which of the sets it lets pass; 0 is none.
    by_term: Vec<u16>,
    /// For each range of codes, the set that it lets pass.
    by_code: HsIndex<usize>,
    /// For all phrases, the sets that they let pass.
    by_words: Option<Phrases>,
    sets: Vec<SparseSet>,
}

impl RuleIndex {
    /// Gates of the guards of each rule. `reaches` names, for each list of goods, the lists whose goods it has a part in.
    pub(super) fn new(guards: &[Vec<Necessary>], reaches: &[Vec<GoodsListId>]) -> Self {
        let width = guards.len().div_ceil(64) * 64;
        let none = BitSet::none(width * GATES);
        let (mut unguarded, mut by_goods, mut by_codes, mut by_words) = (none.clone(), none.clone(), none.clone(), none.clone());
        let rules = BitSet::none(width);
        let (mut with_codes, mut with_goods, mut with_words) = (rules.clone(), rules.clone(), rules);
        let mut of_goods: BTreeMap<GoodsListId, BitSet> = BTreeMap::new();
        let mut of_facts: BTreeMap<&Feature, BitSet> = BTreeMap::new();
        for (rule, of_rule) in guards.iter().enumerate() {
            for gate in 0..GATES {
                let bit = (rule / 64 * GATES + gate) * 64 + rule % 64;
                let Some(marks) = of_rule.get(gate) else {
                    unguarded.insert(bit);
                    continue;
                };
                for mark in marks {
                    match mark {
                        Feature::Goods(id) => {
                            by_goods.insert(bit);
                            with_goods.insert(rule);
                            of_goods.entry(*id).or_insert_with(|| none.clone()).insert(bit);
                            continue;
                        }
                        Feature::Words(..) => {
                            by_words.insert(bit);
                            with_words.insert(rule);
                        }
                        Feature::Code(..) => {
                            by_codes.insert(bit);
                            with_codes.insert(rule);
                        }
                        _ => {}
                    }
                    of_facts.entry(mark).or_insert_with(|| none.clone()).insert(bit);
                }
            }
        }
        let (mut facts, mut codes, mut texts) = (Walk::default(), Walk::default(), Walk::default());
        let mut of_texts: BTreeMap<&[usize], Vec<(&str, SparseSet)>> = BTreeMap::new();
        for (mark, set) in &of_facts {
            let set = SparseSet::of(set);
            match mark {
                Feature::Is(path, term) => facts.at(path, &mut |step| step.on_term(*term, &set)),
                Feature::Untold(path) => facts.at(path, &mut |step| step.untold.add(&set)),
                Feature::Listed(path) => facts.at(path, &mut |step| step.listed.add(&set)),
                Feature::Code(path, range) => codes.at(path, &mut |step| step.on_code(range, &set)),
                Feature::Words(path, words) => of_texts.entry(path).or_default().push((words.as_str(), set)),
                Feature::Goods(_) => {}
            }
        }
        for (path, phrases) in &of_texts {
            texts.at(path, &mut |step| step.on_words(phrases));
        }
        facts.close();
        let reached = |lists: &Vec<GoodsListId>| {
            let mut all = none.clone();
            lists.iter().filter_map(|list| of_goods.get(list)).for_each(|set| all.add(set));
            all
        };
        let by_list = reaches.iter().map(reached).collect();
        let by_goods_and_words = by_goods.with(&by_words);
        let costly = by_goods_and_words.with(&by_codes);
        Self {
            len: guards.len(),
            width,
            unguarded,
            facts,
            codes,
            texts,
            by_list,
            by_goods,
            by_goods_and_words,
            costly,
            with_codes,
            with_goods,
            with_words,
        }
    }

    /// How many conditions have gates.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// What the facts of a transaction let pass, gate by gate, and which rules that leaves; codes, goods and words are not
    /// looked at, and may let pass whatever they can.
    pub(super) fn pass(&self, transaction: &dyn Record, by_facts: &mut BitSet, passing: &mut BitSet) {
        by_facts.copy_from(&self.unguarded);
        self.facts.visit(transaction, &mut Texts::default(), by_facts);
        passing.fill(self.width);
        passing.keep_all_of::<GATES>(by_facts, &self.costly);
    }

    /// The coded facts, told or not, that [`Self::pass`] looks at, each with a number for every term: terms of one number
    /// let pass the same.
    pub(super) fn facts(&self) -> Vec<(Path, &[u16])> {
        let mut facts = Vec::new();
        self.facts.facts(&[], &mut facts);
        facts
    }

    /// True if a gate of one of the rules looks at codes.
    pub(super) fn look_at_codes(&self, rules: &BitSet) -> bool {
        self.with_codes.meets(rules)
    }

    /// True if a gate of one of the rules looks at goods.
    pub(super) fn look_at_goods(&self, rules: &BitSet) -> bool {
        self.with_goods.meets(rules)
    }

    /// True if a gate of one of the rules looks at words.
    pub(super) fn look_at_words(&self, rules: &BitSet) -> bool {
        self.with_words.meets(rules)
    }

    /// Adds what the codes of a transaction let pass.
    pub(super) fn add_codes(&self, transaction: &dyn Record, passing: &mut BitSet) {
        self.codes.visit(transaction, &mut Texts::default(), passing);
    }

    /// Adds what any item and any words let pass.
    pub(super) fn add_all_goods_and_words(&self, passing: &mut BitSet) {
        passing.add(&self.by_goods_and_words);
    }

    /// Adds what the words of a transaction's texts let pass.
    pub(super) fn add_words(&self, transaction: &dyn Record, texts: &mut Texts, passing: &mut BitSet) {
        self.texts.visit(transaction, texts, passing);
    }

    /// Adds what any item lets pass.
    pub(super) fn add_all_goods(&self, passing: &mut BitSet) {
        passing.add(&self.by_goods);
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

impl PathTree<GateEntry> {
    /// Adds to what an untold fact lets pass what the facts inside it do.
    fn close(&mut self) {
        for Branch { of: step, inside, .. } in &mut self.branches {
            inside.close();
            inside.branches.iter().for_each(|inner| step.untold.add(&inner.of.untold));
        }
    }

    fn facts<'w>(&'w self, path: &[usize], facts: &mut Vec<(Path, &'w [u16])>) {
        for Branch { row, of: step, inside } in &self.branches {
            let path: Path = path.iter().copied().chain([*row]).collect();
            inside.facts(&path, facts);
            facts.push((path, &step.by_term));
        }
    }

    fn visit(&self, record: &dyn Record, texts: &mut Texts, passing: &mut BitSet) {
        for Branch { row, of: step, inside } in &self.branches {
            match record.value(*row) {
                Value::Terms(coded) => step.terms(coded, passing),
                Value::Hs(coded) => step.codes(coded, passing),
                Value::Text(Some(text)) => step.words(text, texts, passing),
                Value::Texts(Some(all)) => all.iter().for_each(|text| step.words(text, texts, passing)),
                Value::One(None) | Value::Many(None) | Value::Text(None) | Value::Texts(None) => passing.add_sparse(&step.untold),
                Value::One(Some(Some(inner))) => inside.visit(inner, texts, passing),
                Value::Many(Some(list)) if !list.is_empty() => {
                    passing.add_sparse(&step.listed);
                    if !inside.is_empty() {
                        (0..list.len()).filter_map(|i| list.record(i)).for_each(|r| inside.visit(r, texts, passing));
                    }
                }
                // Known to be none; and no guard is read off other kinds of facts.
                _ => {}
            }
        }
    }
}

impl GateEntry {
    /// The position of a set among those of the step.
    fn set(&mut self, set: &SparseSet) -> usize {
        self.sets.iter().position(|s| s == set).unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        })
    }

    fn on_code(&mut self, range: &HsRange, set: &SparseSet) {
        let position = self.set(set);
        self.by_code.insert(range, position);
    }

    fn on_words(&mut self, phrases: &[(&str, SparseSet)]) {
        let phrases: Vec<(&str, usize)> = phrases.iter().map(|(words, set)| (*words, self.set(set))).collect();
        self.by_words = Some(Phrases::new(phrases));
    }

    fn on_term(&mut self, term: Term, set: &SparseSet) {
        let position = self.set(set);
        let index = usize::from(term.0);
        if self.by_term.len() <= index {
            self.by_term.resize(index + 1, 0);
        }
        if let (Some(slot), Ok(number)) = (self.by_term.get_mut(index), u16::try_from(position + 1)) {
            *slot = number;
        }
    }

    fn terms(&self, coded: &Coded<CodedTerm>, passing: &mut BitSet) {
        let Some(told) = coded.is() else { return passing.add_sparse(&self.untold) };
        for named in told {
            match named {
                CodedTerm::Term(term) => self.term(*term, passing),
                CodedTerm::OneOf(terms) => terms.iter().for_each(|t| self.term(*t, passing)),
                CodedTerm::Unlisted(_) => {}
            }
        }
    }

    fn codes(&self, coded: &Coded<HsCode>, passing: &mut BitSet) {
        let Some(told) = coded.is() else { return passing.add_sparse(&self.untold) };
        for set in told.iter().flat_map(|code| self.by_code.touching(code)).filter_map(|i| self.sets.get(i)) {
            passing.add_sparse(set);
        }
    }

    fn words(&self, text: &str, texts: &mut Texts, passing: &mut BitSet) {
        let Some(phrases) = &self.by_words else { return };
        match texts.find(phrases, text) {
            Some(found) => found.iter().filter_map(|i| self.sets.get(*i)).for_each(|set| passing.add_sparse(set)),
            None => self.sets.iter().for_each(|set| passing.add_sparse(set)),
        }
    }

    fn term(&self, term: Term, passing: &mut BitSet) {
        let number = self.by_term.get(usize::from(term.0)).copied().unwrap_or(0);
        if let Some(set) = usize::from(number).checked_sub(1).and_then(|i| self.sets.get(i)) {
            passing.add_sparse(set);
        }
    }
}
