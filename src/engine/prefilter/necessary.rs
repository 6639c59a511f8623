//! Necessary sets: features of which a transaction must have at least one, or a condition is false.
//!
//! A necessary set is read off a condition so that a transaction with *none* of its features makes the condition false under
//! every [assumption](super::assumptions):
//!
//! - a fact that must be one of some terms: one of them, a narrower or a broader one is reported, or the fact is not reported,
//!   or only in a word that the vocabulary does not have;
//! - a code in some ranges: a code that overlaps one of them, or none is reported;
//! - an item in some lists of goods: the item may be in one of them;
//! - *all*: a necessary set of one part is one of the whole;
//! - *any*: the union of one necessary set of every part; none if a part has none;
//! - *shown*: what is not reported, or more broadly, cannot make it true, so those features are left out;
//! - *some element*: the features of an element, anywhere in the list, or the list is not reported;
//! - a link to a party: some name is reported, or the fact that names the party is not reported;
//! - phrases in a text: some text has a phrase that a condition looks for, or this one is not reported;
//! - designations: some listing is reported, or it is not reported whether there is one;
//! - *concerns*: a necessary set of the condition, or the transaction is related to another;
//! - everything else (*not*, descriptions of goods, numbers, dates, quotas): none, as it may be other than false of anything.
//!
//! Each step may add features that are not needed; none omits one that is.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::facts::{FactKind, Field, HsRange, Item, Scheme, Term, Transaction};
use crate::rulebook::{GoodsListId, Matcher, Vocabulary};

use super::condition_graph::{ConditionGraph, NodeId, NodeTest};
use super::feature_set::{FeatureNumber, FeatureSet};

/// How many necessary sets of a rule are used at most. With two, evaluating the rules that are left costs more than the
/// third set does.
pub(super) const SETS_PER_RULE: usize = 3;

/// The rows that lead from the transaction to a fact; through a list, to that fact of every element.
pub(super) type RowPath = Vec<usize>;

/// A property of a transaction that the index can look up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Feature {
    /// A fact is this term, or may be.
    Term(RowPath, Term),
    /// A fact is not reported, or only values that it does not have, or only in a word that the vocabulary does not have.
    NotReported(RowPath),
    /// A list of records or texts has an element, or a text is reported.
    NotEmpty(RowPath),
    /// A text is reported.
    Reported(RowPath),
    /// The transaction is related to another.
    Related,
    /// A text of the transaction, other than a description of goods, may have a phrase that some condition looks for.
    Phrase,
    /// A code is in this range, or too coarse to tell.
    Code(RowPath, HsRange),
    /// An item may be in a list of goods.
    Goods(GoodsListId),
}

/// Which truth of a condition features are necessary for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Wanted {
    /// True or unknown.
    NotFalse,
    /// True, or unknown of a listing.
    Shown,
    /// True.
    True,
}

/// The necessary sets of a condition, the most selective first.
pub(super) type NecessarySets = Rc<Vec<FeatureSet>>;

/// The necessary sets of some conditions, and the features in them by their numbers.
pub(super) struct NecessarySetsOfRules {
    pub(super) features: Vec<Feature>,
    pub(super) rules: Vec<NecessarySets>,
}

/// Necessary sets of conditions on the records at the ends of paths.
type KnownSets = FxHashMap<(NodeId, RowPath, Wanted), NecessarySets>;

/// A larger set rules out next to nothing and costs memory.
const MAX_FEATURES: usize = 400;

/// Reads necessary sets off conditions.
pub(super) struct NecessaryFeatures<'g, 'a> {
    graph: &'g ConditionGraph<'a>,
    vocabulary: &'g Vocabulary,
    /// What was read before: rules share most of their conditions.
    known: RefCell<KnownSets>,
    /// The features that occur, each with a number, and roughly how many transactions have it.
    numbers: RefCell<FxHashMap<Feature, FeatureNumber>>,
    frequencies: RefCell<Vec<usize>>,
}

impl<'g, 'a> NecessaryFeatures<'g, 'a> {
    pub(super) fn new(graph: &'g ConditionGraph<'a>, vocabulary: &'g Vocabulary) -> Self {
        Self { graph, vocabulary, known: RefCell::default(), numbers: RefCell::default(), frequencies: RefCell::default() }
    }

    /// The sets of some conditions, with the features that were found.
    pub(super) fn finish(self, rules: Vec<NecessarySets>) -> NecessarySetsOfRules {
        let mut features: Vec<(FeatureNumber, Feature)> = self.numbers.into_inner().into_iter().map(|(f, n)| (n, f)).collect();
        features.sort_unstable_by_key(|(number, _)| *number);
        NecessarySetsOfRules { features: features.into_iter().map(|(_, feature)| feature).collect(), rules }
    }

    /// The number of a feature.
    fn number(&self, feature: Feature) -> FeatureNumber {
        let (mut numbers, mut frequencies) = (self.numbers.borrow_mut(), self.frequencies.borrow_mut());
        let next = u32::try_from(frequencies.len()).unwrap_or(FeatureNumber::MAX);
        match numbers.entry(feature) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                frequencies.push(frequency(new.key(), self.vocabulary));
                *new.insert(next)
            }
        }
    }

    fn set(&self, features: impl IntoIterator<Item = Feature>) -> FeatureSet {
        features.into_iter().map(|feature| self.number(feature)).collect()
    }

    /// Adds a feature to each of some sets.
    fn add_to_each(&self, feature: Feature, sets: &mut [FeatureSet]) {
        let number = self.number(feature);
        sets.iter_mut().for_each(|set| set.insert(number));
    }

    /// Necessary sets of a condition on a transaction, the most selective first.
    pub(super) fn of_condition(&self, node: NodeId) -> NecessarySets {
        self.of_node(node, &[], Wanted::NotFalse)
    }

    /// Features without all of which a condition on a transaction is not true, even if ambiguous names mean what is asked.
    pub(super) fn of_truth(&self, node: NodeId) -> NecessarySets {
        self.of_node(node, &[], Wanted::True)
    }

    /// Necessary sets of a condition on the record at the end of a path.
    fn of_node(&self, node: NodeId, path: &[usize], wanted: Wanted) -> NecessarySets {
        let key = (node, path.to_vec(), wanted);
        let known = self.known.borrow().get(&key).map(Rc::clone);
        known.unwrap_or_else(|| {
            let read = Rc::new(self.read(node, path, wanted));
            self.known.borrow_mut().insert(key, Rc::clone(&read));
            read
        })
    }

    fn read(&self, node: NodeId, path: &[usize], wanted: Wanted) -> Vec<FeatureSet> {
        let Some(node) = self.graph.node(node) else { return Vec::new() };
        let shown = wanted != Wanted::NotFalse;
        let mut sets: Vec<FeatureSet> = match &node.test {
            NodeTest::All(nodes) => nodes.iter().flat_map(|n| self.of_node(*n, path, wanted).as_ref().clone()).collect(),
            NodeTest::Any(nodes) => self.of_any(&nodes.iter().map(|n| self.of_node(*n, path, wanted)).collect::<Vec<_>>()),
            NodeTest::Shown(inner) => return self.of_node(*inner, path, wanted.max(Wanted::Shown)).as_ref().clone(),
            NodeTest::Inside { row, inner, .. } => return self.of_node(*inner, &join(path, *row), wanted).as_ref().clone(),
            NodeTest::Some { row, inner, .. } => {
                let list = join(path, *row);
                let mut sets = self.of_node(*inner, &list, wanted).as_ref().clone();
                if sets.is_empty() {
                    sets.push(self.set([Feature::NotEmpty(list.clone())]));
                }
                if !shown {
                    self.add_to_each(Feature::NotReported(list), &mut sets);
                }
                sets
            }
            NodeTest::Terms { row, terms, broader, .. } => {
                let path = join(path, *row);
                let terms = terms.iter().chain(broader.iter().filter(|_| !shown));
                let terms = terms.filter_map(|number| u16::try_from(number).ok()).map(Term);
                let mut set = self.set(terms.map(|term| Feature::Term(path.clone(), term)));
                if !shown {
                    set.insert(self.number(Feature::NotReported(path)));
                }
                vec![set]
            }
            NodeTest::Fact { row, matcher: Matcher::Hs(ranges) } if is_code(&join(path, *row)) => {
                let path = join(path, *row);
                let mut set = self.set(ranges.iter().map(|range| Feature::Code(path.clone(), *range)));
                if !shown {
                    set.insert(self.number(Feature::NotReported(path)));
                }
                vec![set]
            }
            NodeTest::Fact { row, matcher: Matcher::Given(true) } if is_text(&join(path, *row)) => {
                vec![self.set([Feature::Reported(join(path, *row))])]
            }
            NodeTest::Fact { row, matcher }
                if matcher.sought_words().is_some() && is_text(&join(path, *row)) && !is_in_item(path) =>
            {
                let mut set = self.set([Feature::Phrase]);
                if !shown {
                    set.insert(self.number(Feature::NotReported(join(path, *row))));
                }
                vec![set]
            }
            // As if everyone were listed, `shown` is true too where no listing is reported.
            NodeTest::Designated { row: Some(row), .. } => {
                let path = join(path, *row);
                let mut set = self.set([Feature::NotEmpty(path.clone())]);
                if wanted != Wanted::True {
                    set.insert(self.number(Feature::NotReported(path)));
                }
                vec![set]
            }
            NodeTest::Linked { row, .. } => {
                let path = join(path, *row);
                let mut set = self.set([Feature::NotEmpty(path.clone())]);
                if !shown {
                    set.insert(self.number(Feature::NotReported(path)));
                }
                vec![set]
            }
            NodeTest::Concerns(inner) => {
                let mut sets = self.of_node(*inner, path, wanted).as_ref().clone();
                self.add_to_each(Feature::Related, &mut sets);
                sets
            }
            NodeTest::Goods(lists) => vec![self.set(lists.iter().map(|id| Feature::Goods(*id)))],
            NodeTest::Fact { .. }
            | NodeTest::Described { .. }
            | NodeTest::Not(_)
            | NodeTest::SomeSource(_)
            | NodeTest::Dated(_)
            | NodeTest::Designated { .. }
            | NodeTest::Quota(_) => Vec::new(),
        };
        sets.retain(|set| set.len() <= MAX_FEATURES);
        self.most_selective(sets)
    }

    /// Whichever part holds, its own necessary sets are met: the union of one set of each part is a necessary set.
    fn of_any(&self, parts: &[NecessarySets]) -> Vec<FeatureSet> {
        parts.iter().fold(vec![FeatureSet::default()], |so_far, part| {
            let unions = |a: &FeatureSet| part.iter().map(|b| a.union(b)).collect::<Vec<FeatureSet>>();
            self.most_selective(so_far.iter().flat_map(unions).collect())
        })
    }

    /// The sets that fewest transactions meet. A superset of another adds nothing. One more than is used is kept, for unions.
    fn most_selective(&self, mut sets: Vec<FeatureSet>) -> Vec<FeatureSet> {
        let frequencies = self.frequencies.borrow();
        let frequency = |number: FeatureNumber| frequencies.get(number as usize).copied().unwrap_or(0);
        sets.sort_by_cached_key(|set| set.iter().map(frequency).sum::<usize>());
        let mut best: Vec<FeatureSet> = Vec::new();
        for set in sets {
            if best.len() <= SETS_PER_RULE && !best.iter().any(|b| b.is_subset(&set)) {
                best.push(set);
            }
        }
        best
    }
}

fn join(path: &[usize], row: usize) -> RowPath {
    path.iter().copied().chain([row]).collect()
}

/// Roughly how many transactions have a feature, for comparison only: what most reports leave out is missing from nearly all.
fn frequency(feature: &Feature, vocabulary: &Vocabulary) -> usize {
    match feature {
        Feature::Term(_, term) if vocabulary.is_in(*term, Scheme::Country) => 1,
        Feature::Term(..) => 3,
        Feature::Code(..) => 2,
        Feature::Goods(_) => 4,
        Feature::Related | Feature::Phrase | Feature::Reported(_) => 1,
        Feature::NotReported(path) if is_usually_reported(path) => 4,
        Feature::NotEmpty(path) if is_text(path) => 1,
        Feature::NotEmpty(path) if !is_usually_reported(path) => 12,
        Feature::NotReported(_) | Feature::NotEmpty(_) => 60,
    }
}

/// True for the facts that nearly all reports have.
fn is_usually_reported(path: &[usize]) -> bool {
    const USUAL: [&[&str]; 10] = [
        &["activity"],
        &["from"],
        &["from", "country"],
        &["to"],
        &["to", "country"],
        &["items"],
        &["items", "description"],
        &["items", "hs"],
        &["parties"],
        &["parties", "role"],
    ];
    let keys: Vec<&str> = fields_on(path).map(|field| field.key).collect();
    USUAL.contains(&keys.as_slice())
}

fn is_code(path: &[usize]) -> bool {
    fields_on(path).last().is_some_and(|field| matches!(field.kind, FactKind::Hs))
}

fn is_in_item(path: &[usize]) -> bool {
    fields_on(path).any(|field| field.kind.record_table() == Some(Item::TABLE))
}

fn is_text(path: &[usize]) -> bool {
    fields_on(path).last().is_some_and(|field| field.kind.is_text())
}

/// The fields that a path goes through.
fn fields_on(path: &[usize]) -> impl Iterator<Item = &'static Field> {
    let mut table = Transaction::TABLE;
    path.iter().map_while(move |row| {
        let field = table.fields.get(*row)?;
        table = field.kind.record_table().unwrap_or(table);
        Some(field)
    })
}
