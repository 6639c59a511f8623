//! The index: from the features of a transaction to the candidate rules.
//!
//! Every rule (or quota) has up to [`SETS_PER_RULE`] [necessary sets](super::necessary) and is a candidate only if each is
//! *satisfied*: the transaction has one of its features. The index turns this round, from a feature to the sets that it
//! satisfies. One bit stands for one set of one rule. The bits are laid out so that a word holds the first sets of 64 rules,
//! the next word their second sets, and so on: the facts are walked once for all sets, and a rule is kept by combining
//! [`SETS_PER_RULE`] words ([`BitSet::retain_all_of`]).
//!
//! Terms and missing facts are cheap to look up and alike in many transactions. Codes differ from one to the next, and goods
//! need a description split into words. So a set with codes or goods first counts as satisfied, and these are looked up only
//! if a rule is left that needs them.

use std::collections::BTreeMap;

use crate::facts::{Bearing, Coded, CodedTerm, FactValue, FieldRole, HsCode, HsRange, Record, Term, Transaction};
use crate::rulebook::GoodsListId;

use super::bits::{BitSet, SparseSet};
use super::feature_set::FeatureNumber;
use super::hs_index::HsIndex;
use super::necessary::{Feature, NecessarySetsOfRules, RowPath, SETS_PER_RULE};
use super::path_tree::{Branch, PathTree};

/// The necessary sets of all rules, by feature.
#[derive(Debug)]
pub(super) struct RuleIndex {
    /// The number of bits for one set of each rule, a multiple of 64.
    width: usize,
    /// The sets that a rule does not have: always satisfied.
    unused: BitSet,
    /// What terms and missing facts satisfy.
    by_facts: PathTree<FactFeatures>,
    /// What a relation to another transaction satisfies.
    related: BitSet,
    /// What a text with a phrase satisfies.
    phrase: BitSet,
    /// The sets that are not about codes and goods alone.
    beside_goods: BitSet,
    /// The sets that are not about codes, goods and the sides of the transaction alone.
    beside_goods_and_sides: BitSet,
    /// What codes satisfy.
    by_codes: PathTree<FactFeatures>,
    /// For each list of goods, what an item satisfies that may be in it, apart from the lists that it includes.
    by_goods_list: Vec<BitSet>,
    /// What some list of goods satisfies.
    any_goods: BitSet,
    /// What some code or list of goods satisfies.
    any_code_or_goods: BitSet,
    /// The rules with a code in one of their sets, and those with goods.
    rules_with_codes: BitSet,
    rules_with_goods: BitSet,
}

/// Features of a transaction that no single fact has.
#[derive(Debug, Clone, Copy)]
pub(super) struct WholeTransaction {
    /// It is related to another.
    pub(super) is_related: bool,
    /// A text in it, other than a description of goods, may have a phrase that a condition looks for.
    pub(super) may_have_phrase: bool,
}

/// The bits of the sets that the values of one fact satisfy.
#[derive(Debug, Default)]
struct FactFeatures {
    /// The bits set if it is not reported. What is inside it is not reported either.
    not_reported: SparseSet,
    /// The bits set if the list has an element, or the text is reported.
    not_empty: SparseSet,
    /// The bits set if the text is reported.
    reported: SparseSet,
    /// For each term, the position of a set in `sets`, counted from 1; 0 is none.
    by_term: Vec<u16>,
    /// For each range of codes, the position of a set in `sets`.
    by_code: HsIndex<usize>,
    sets: Vec<SparseSet>,
}

impl RuleIndex {
    /// Indexes the necessary sets of each rule. `including` names, for each list of goods, the lists that include it.
    pub(super) fn new(necessary: &NecessarySetsOfRules, including: &[Vec<GoodsListId>]) -> Self {
        let NecessarySetsOfRules { features, rules } = necessary;
        let width = rules.len().div_ceil(64) * 64;
        let none = BitSet::with_capacity(width * SETS_PER_RULE);
        let (mut unused, mut any_goods, mut any_code) = (none.clone(), none.clone(), none.clone());
        let (mut rules_with_codes, mut rules_with_goods) = (BitSet::with_capacity(width), BitSet::with_capacity(width));
        let mut by_feature: Vec<SparseSet> = features.iter().map(|_| SparseSet::default()).collect();
        let are_about_goods: Vec<bool> = features.iter().map(is_about_goods).collect();
        let are_about_sides: Vec<bool> = features.iter().map(is_about_sides).collect();
        let has = |among: &[bool], number: FeatureNumber| among.get(number as usize).copied().unwrap_or(false);
        let (mut beside_goods, mut beside_goods_and_sides) = (none.clone(), none.clone());
        for (rule, sets) in rules.iter().enumerate() {
            for number in 0..SETS_PER_RULE {
                let bit = (rule / 64 * SETS_PER_RULE + number) * 64 + rule % 64;
                let Some(set) = sets.get(number) else {
                    unused.insert(bit);
                    continue;
                };
                if !set.iter().all(|number| has(&are_about_goods, number)) {
                    beside_goods.insert(bit);
                }
                if !set.iter().all(|number| has(&are_about_goods, number) || has(&are_about_sides, number)) {
                    beside_goods_and_sides.insert(bit);
                }
                for number in set.iter() {
                    match features.get(number as usize) {
                        Some(Feature::Goods(_)) => {
                            any_goods.insert(bit);
                            rules_with_goods.insert(rule);
                        }
                        Some(Feature::Code(..)) => {
                            any_code.insert(bit);
                            rules_with_codes.insert(rule);
                        }
                        _ => {}
                    }
                    by_feature.get_mut(number as usize).into_iter().for_each(|satisfied| satisfied.insert(bit));
                }
            }
        }
        let (mut by_facts, mut by_codes) = (PathTree::<FactFeatures>::default(), PathTree::<FactFeatures>::default());
        let (mut related, mut phrase) = (none.clone(), none.clone());
        let mut by_goods: BTreeMap<GoodsListId, &SparseSet> = BTreeMap::new();
        for (feature, set) in features.iter().zip(&by_feature) {
            match feature {
                Feature::Term(path, term) => by_facts.update(path, &mut |fact| fact.add_term(*term, set)),
                Feature::NotReported(path) => by_facts.update(path, &mut |fact| fact.not_reported.union_with(set)),
                Feature::NotEmpty(path) => by_facts.update(path, &mut |fact| fact.not_empty.union_with(set)),
                Feature::Code(path, range) => by_codes.update(path, &mut |fact| fact.add_code(range, set)),
                Feature::Reported(path) => by_facts.update(path, &mut |fact| fact.reported.union_with(set)),
                Feature::Goods(id) => _ = by_goods.insert(*id, set),
                Feature::Related => related.union_with_sparse(set),
                Feature::Phrase => phrase.union_with_sparse(set),
            }
        }
        by_facts.propagate_not_reported();
        let by_goods_list = including.iter().map(|lists| {
            let mut satisfied = none.clone();
            lists.iter().filter_map(|list| by_goods.get(list)).for_each(|set| satisfied.union_with_sparse(set));
            satisfied
        });
        let by_goods_list = by_goods_list.collect();
        let mut any_code_or_goods = any_code;
        any_code_or_goods.union_with(&any_goods);
        Self {
            width,
            unused,
            by_facts,
            related,
            phrase,
            beside_goods,
            beside_goods_and_sides,
            by_codes,
            by_goods_list,
            any_goods,
            any_code_or_goods,
            rules_with_codes,
            rules_with_goods,
        }
    }

    /// Finds the sets that the terms, texts, missing facts and relations of a transaction satisfy, and the candidates if codes and goods
    /// satisfied whatever they can.
    pub(super) fn find_by_facts(
        &self,
        transaction: &dyn Record,
        whole: WholeTransaction,
        satisfied: &mut BitSet,
        candidates: &mut BitSet,
    ) {
        satisfied.copy_from(&self.unused);
        if whole.is_related {
            satisfied.union_with(&self.related);
        }
        if whole.may_have_phrase {
            satisfied.union_with(&self.phrase);
        }
        self.by_facts.visit(transaction, satisfied);
        candidates.fill(self.width);
        candidates.retain_all_of::<SETS_PER_RULE>(satisfied, &self.any_code_or_goods);
    }

    /// Makes the rules candidates that goods may leave if codes and goods satisfied whatever they can: counts the sets as satisfied
    /// that are not about codes and goods alone, or, with `sides`, not about these and the sides of the transaction alone.
    pub(super) fn leave_to_goods(&self, sides: bool, satisfied: &mut BitSet, candidates: &mut BitSet) {
        satisfied.union_with(if sides { &self.beside_goods_and_sides } else { &self.beside_goods });
        candidates.fill(self.width);
        candidates.retain_all_of::<SETS_PER_RULE>(satisfied, &self.any_code_or_goods);
    }

    /// Removes the candidates with a set that is in neither of two sets of satisfied ones.
    pub(super) fn retain(&self, candidates: &mut BitSet, by_facts: &BitSet, by_others: &BitSet) {
        candidates.retain_all_of::<SETS_PER_RULE>(by_facts, by_others);
    }

    /// The facts that [`Self::find_by_facts`] looks at, each with a number for every term: terms with the same number
    /// satisfy the same sets.
    pub(super) fn facts(&self) -> Vec<(RowPath, &[u16])> {
        let mut facts = Vec::new();
        self.by_facts.collect_facts(&[], &mut facts);
        facts
    }

    /// True if a set of one of the rules has codes in it.
    pub(super) fn needs_codes(&self, rules: &BitSet) -> bool {
        self.rules_with_codes.intersects(rules)
    }

    /// True if a set of one of the rules has goods in it.
    pub(super) fn needs_goods(&self, rules: &BitSet) -> bool {
        self.rules_with_goods.intersects(rules)
    }

    /// Empties a set of satisfied sets.
    pub(super) fn reset(&self, satisfied: &mut BitSet) {
        satisfied.reset(self.width * SETS_PER_RULE);
    }

    /// Adds what the codes of a transaction satisfy.
    pub(super) fn add_codes(&self, transaction: &dyn Record, satisfied: &mut BitSet) {
        self.by_codes.visit(transaction, satisfied);
    }

    /// Adds what an item satisfies that may be in a list of goods.
    pub(super) fn add_goods(&self, list: usize, satisfied: &mut BitSet) {
        if let Some(set) = self.by_goods_list.get(list) {
            satisfied.union_with(set);
        }
    }

    /// Adds what an item satisfies that may be in any list of goods.
    pub(super) fn add_any_goods(&self, satisfied: &mut BitSet) {
        satisfied.union_with(&self.any_goods);
    }
}

/// True for features of codes and goods, and for having no list of items.
fn is_about_goods(feature: &Feature) -> bool {
    match feature {
        Feature::Code(..) | Feature::Goods(_) => true,
        Feature::NotReported(path) => path.first().copied() == Transaction::TABLE.with_role(FieldRole::Items),
        _ => false,
    }
}

/// True for features of what the sides of a transaction are.
fn is_about_sides(feature: &Feature) -> bool {
    match feature {
        Feature::Term(path, _) | Feature::NotReported(path) => Transaction::TABLE.bearing_at(path) == Some(Bearing::Direction),
        _ => false,
    }
}

impl PathTree<FactFeatures> {
    /// Adds to what a missing fact satisfies what the facts inside it do.
    fn propagate_not_reported(&mut self) {
        for Branch { value, children, .. } in &mut self.branches {
            children.propagate_not_reported();
            children.branches.iter().for_each(|inner| value.not_reported.union_with(&inner.value.not_reported));
        }
    }

    fn collect_facts<'w>(&'w self, path: &[usize], facts: &mut Vec<(RowPath, &'w [u16])>) {
        for Branch { row, value, children } in &self.branches {
            let path: RowPath = path.iter().copied().chain([*row]).collect();
            children.collect_facts(&path, facts);
            facts.push((path, &value.by_term));
        }
    }

    /// Adds what the facts of a record satisfy.
    fn visit(&self, record: &dyn Record, satisfied: &mut BitSet) {
        for Branch { row, value: fact, children } in &self.branches {
            match record.value(*row) {
                FactValue::Terms(coded) => fact.find_terms(coded, satisfied),
                FactValue::Hs(coded) => fact.find_codes(coded, satisfied),
                FactValue::Texts(Some([])) => satisfied.union_with_sparse(&fact.reported),
                FactValue::Text(Some(_)) | FactValue::Texts(Some(_)) => {
                    satisfied.union_with_sparse(&fact.reported);
                    satisfied.union_with_sparse(&fact.not_empty);
                }
                FactValue::One(None) | FactValue::Many(None) | FactValue::Text(None) | FactValue::Texts(None) => {
                    satisfied.union_with_sparse(&fact.not_reported)
                }
                FactValue::One(Some(Some(inner))) => children.visit(inner, satisfied),
                FactValue::Many(Some(list)) if !list.is_empty() => {
                    satisfied.union_with_sparse(&fact.not_empty);
                    if !children.is_empty() {
                        (0..list.len()).filter_map(|i| list.record(i)).for_each(|r| children.visit(r, satisfied));
                    }
                }
                // Known to be none; and no feature is of another kind of fact.
                _ => {}
            }
        }
    }
}

impl FactFeatures {
    /// The position of a set in `sets`, added if need be.
    fn position(&mut self, set: &SparseSet) -> usize {
        self.sets.iter().position(|s| s == set).unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        })
    }

    fn add_code(&mut self, range: &HsRange, set: &SparseSet) {
        let position = self.position(set);
        self.by_code.insert(range, position);
    }

    fn add_term(&mut self, term: Term, set: &SparseSet) {
        let position = self.position(set);
        let index = usize::from(term.0);
        if self.by_term.len() <= index {
            self.by_term.resize(index + 1, 0);
        }
        if let (Some(slot), Ok(number)) = (self.by_term.get_mut(index), u16::try_from(position + 1)) {
            *slot = number;
        }
    }

    fn find_terms(&self, coded: &Coded<CodedTerm>, satisfied: &mut BitSet) {
        let Some(terms) = coded.is() else { return satisfied.union_with_sparse(&self.not_reported) };
        for term in terms {
            match term {
                CodedTerm::Term(term) => self.find_term(*term, satisfied),
                CodedTerm::OneOf(terms) => terms.iter().for_each(|t| self.find_term(*t, satisfied)),
                // It may also be another term, so that every condition on it is open.
                CodedTerm::Possibly(terms) => {
                    terms.iter().for_each(|t| self.find_term(*t, satisfied));
                    satisfied.union_with_sparse(&self.not_reported);
                }
                CodedTerm::Unlisted(_) => satisfied.union_with_sparse(&self.not_reported),
            }
        }
    }

    fn find_term(&self, term: Term, satisfied: &mut BitSet) {
        let number = self.by_term.get(usize::from(term.0)).copied().unwrap_or(0);
        if let Some(set) = usize::from(number).checked_sub(1).and_then(|i| self.sets.get(i)) {
            satisfied.union_with_sparse(set);
        }
    }

    fn find_codes(&self, coded: &Coded<HsCode>, satisfied: &mut BitSet) {
        let Some(codes) = coded.is() else { return satisfied.union_with_sparse(&self.not_reported) };
        for set in codes.iter().flat_map(|code| self.by_code.overlapping(code)).filter_map(|i| self.sets.get(i)) {
            satisfied.union_with_sparse(set);
        }
    }
}
