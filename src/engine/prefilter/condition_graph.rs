//! The conditions of all rules as one graph: equal conditions on the same record are one node, evaluated once per transaction.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use chrono::NaiveDate;

use crate::facts::{EvidenceSource, FieldRole, FieldSet, Item, Party, Table, Term, Transaction, Words};
use crate::rulebook::{
    Condition, ConditionKind, DateBounds, DateOperand, DefinitionId, DesignationListId, GoodsListId, Matcher, QuotaId, Rule,
    Rulebook, Vocabulary, WordHasher,
};

use super::bits::BitSet;
use super::phrase_set::PhraseSet;

/// Identifies a node of a [`ConditionGraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

impl NodeId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One condition.
#[derive(Debug)]
pub(super) struct ConditionNode<'a> {
    pub(super) test: NodeTest<'a>,
    /// It is asked of the transaction itself, not of a record inside it, so that its truth can be shared by all rules.
    pub(super) is_of_transaction: bool,
    /// Its truth depends on the item that a rule binds.
    pub(super) depends_on_item: bool,
    /// True if the node's truth depends on the totals of a quota.
    pub(super) depends_on_quota: bool,
    /// True if the node's truth depends on a list of designated persons.
    pub(super) depends_on_list: bool,
    /// True if it tests nothing but terms, phrases of texts other than descriptions of goods, yes or no, whether facts are
    /// reported, designations, and the date of the transaction: a [profile](super::profile) decides it.
    pub(super) is_determined: bool,
    /// It is itself a test of something that profiles do not distinguish.
    pub(super) is_undetermined: bool,
    /// The same condition of whatever list of designated persons: itself if it depends on none.
    pub(super) without_list: NodeId,
    /// Its number among the conditions on elements of lists that several others rest on, each of which would test it again.
    pub(super) shared_number: Option<usize>,
}

/// What a node tests: [`ConditionKind`] with the conditions below it as nodes, and definitions replaced by their conditions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum NodeTest<'a> {
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    Shown(NodeId),
    Inside {
        row: usize,
        /// The rule asks for it whatever the transaction is about.
        asked: bool,
        table: &'static Table,
        inner: NodeId,
    },
    Some {
        row: usize,
        /// The rule asks for it whatever the transaction is about.
        asked: bool,
        is_items: bool,
        inner: NodeId,
    },
    SomeSource(NodeId),
    Linked {
        row: usize,
        inner: NodeId,
    },
    Concerns(NodeId),
    Fact {
        row: usize,
        matcher: &'a Matcher,
    },
    /// A fact that must be one of some terms; `terms` holds these and all narrower ones, `broader` those that leave it open.
    Terms {
        row: usize,
        /// The rule asks for it whatever the transaction is about.
        asked: bool,
        terms: BitSet,
        broader: BitSet,
        matcher: &'a Matcher,
    },
    /// Phrases of which the description of an item must have one.
    Described {
        row: usize,
        matcher: &'a Matcher,
        phrases: &'a [Words],
    },
    Dated(&'a DateBounds),
    Goods(&'a [GoodsListId]),
    Designated {
        row: Option<usize>,
        lists: &'a [DesignationListId],
        measures: &'a [String],
    },
    Quota(QuotaId),
}

/// The nodes, each after those that it rests on.
#[derive(Debug, Default)]
pub(super) struct ConditionGraph<'a> {
    nodes: Vec<ConditionNode<'a>>,
    ids: HashMap<(&'static Table, NodeTest<'a>), NodeId, BuildHasherDefault<WordHasher>>,
    /// Terms with all narrower ones, and those that may mean one of them, by the terms that a condition names: few conditions
    /// name terms of their own.
    matching: HashMap<&'a [Term], (BitSet, BitSet)>,
    /// The nodes of definitions, on which records they are asked, and for which fields the rule asks in any case.
    definitions: HashMap<(DefinitionId, &'static Table, FieldSet), NodeId, BuildHasherDefault<WordHasher>>,
    /// The fields for which the rule whose conditions are added asks whatever a transaction is about.
    asks: FieldSet,
    /// All phrases that conditions look for in the descriptions of items.
    described: PhraseSet<'a>,
}

impl<'a> ConditionGraph<'a> {
    /// All phrases that conditions look for in the descriptions of items.
    pub(super) fn described(&self) -> &PhraseSet<'a> {
        &self.described
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&ConditionNode<'a>> {
        self.nodes.get(id.index())
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// For each node, the days on which the truth of a [determined](ConditionNode::is_determined) test of the transaction's date in
    /// it may change, sorted.
    pub(super) fn days_of_change(&self) -> Vec<Vec<NaiveDate>> {
        let mut days: Vec<Vec<NaiveDate>> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let mut own: Vec<NaiveDate> = match &node.test {
                NodeTest::Fact { matcher: Matcher::Date(test), .. } if node.is_determined => days_of_test(test).collect(),
                test => test.below().iter().filter_map(|inner| days.get(inner.index())).flatten().copied().collect(),
            };
            own.sort_unstable();
            own.dedup();
            days.push(own);
        }
        days
    }

    /// Adds the condition of a rule, which asks for some fields whatever a transaction is about.
    pub(super) fn add_rule(&mut self, rule: &'a Rule, rulebook: &'a Rulebook) -> NodeId {
        self.asks = rule.asks;
        let node = self.add(&rule.when, rulebook);
        self.asks = FieldSet::default();
        node
    }

    /// Adds a condition on a transaction.
    pub(super) fn add(&mut self, condition: &'a Condition, rulebook: &'a Rulebook) -> NodeId {
        self.add_on(condition, Transaction::TABLE, rulebook)
    }

    /// Numbers the shared conditions on elements of lists, once all conditions were added.
    pub(super) fn number_shared(&mut self) {
        let mut above = vec![0_usize; self.nodes.len()];
        for below in self.nodes.iter().flat_map(|node| node.test.below()) {
            above.get_mut(below.index()).into_iter().for_each(|count| *count += 1);
        }
        let is_shared =
            |node: &ConditionNode<'_>| !node.is_of_transaction && !node.depends_on_item && !node.test.below().is_empty();
        let shared = self.nodes.iter_mut().zip(above).filter(|(node, above)| *above > 1 && is_shared(node));
        shared.enumerate().for_each(|(number, (node, _))| node.shared_number = Some(number));
    }

    /// Two conditions on the transaction, one of which is true exactly if a third one is: a [determined](ConditionNode::is_determined)
    /// one and the rest.
    pub(super) fn split(&mut self, id: NodeId) -> (Option<NodeId>, Option<NodeId>) {
        let is_determined = |graph: &Self, id: &NodeId| graph.node(*id).is_some_and(|node| node.is_determined);
        let parts = match self.node(id).map(|node| &node.test) {
            _ if is_determined(self, &id) => return (Some(id), None),
            Some(NodeTest::Any(parts)) => parts.clone(),
            _ => return (None, Some(id)),
        };
        let (determined, others): (Vec<NodeId>, Vec<NodeId>) = parts.into_iter().partition(|part| is_determined(self, part));
        let mut any = |parts: Vec<NodeId>| (!parts.is_empty()).then(|| self.intern(NodeTest::Any(parts), Transaction::TABLE));
        (any(determined), any(others))
    }

    fn add_on(&mut self, condition: &'a Condition, table: &'static Table, rulebook: &'a Rulebook) -> NodeId {
        let asks = self.asks;
        let asked = |row: usize| table == Transaction::TABLE && asks.contains(row);
        let mut each = |all: &'a [Condition]| all.iter().map(|c| self.add_on(c, table, rulebook)).collect::<Vec<_>>();
        let test = match &condition.kind {
            ConditionKind::All(all) => NodeTest::All(each(all)),
            ConditionKind::Any(any) => NodeTest::Any(each(any)),
            ConditionKind::Not(of) => NodeTest::Not(self.add_on(of, table, rulebook)),
            ConditionKind::Shown(of) => NodeTest::Shown(self.add_on(of, table, rulebook)),
            ConditionKind::Is(id) => match rulebook.definition(*id) {
                Some(definition) => {
                    let key = (*id, table, asks);
                    if let Some(node) = self.definitions.get(&key) {
                        return *node;
                    }
                    let node = self.add_on(&definition.when, table, rulebook);
                    self.definitions.insert(key, node);
                    return node;
                }
                None => NodeTest::All(Vec::new()),
            },
            ConditionKind::Inside { row, of } => {
                let inner = inner_table(table, *row);
                NodeTest::Inside { row: *row, asked: asked(*row), table: inner, inner: self.add_on(of, inner, rulebook) }
            }
            ConditionKind::Some { row, of } => {
                let inner = inner_table(table, *row);
                NodeTest::Some {
                    row: *row,
                    asked: asked(*row),
                    is_items: inner == Item::TABLE,
                    inner: self.add_on(of, inner, rulebook),
                }
            }
            ConditionKind::Linked { row, of } => NodeTest::Linked { row: *row, inner: self.add_on(of, Party::TABLE, rulebook) },
            ConditionKind::Concerns(of) => NodeTest::Concerns(self.add_on(of, table, rulebook)),
            ConditionKind::SomeSource(of) => NodeTest::SomeSource(self.add_on(of, EvidenceSource::TABLE, rulebook)),
            ConditionKind::Fact { row, matcher: matcher @ Matcher::Terms(sought) } => {
                let (terms, broader) = self.matching_terms(sought, &rulebook.vocabulary);
                NodeTest::Terms { row: *row, asked: asked(*row), terms, broader, matcher }
            }
            ConditionKind::Fact { row, matcher: matcher @ Matcher::TextContains(phrases) } if is_description(table, *row) => {
                phrases.iter().for_each(|phrase| self.described.add(phrase));
                NodeTest::Described { row: *row, matcher, phrases }
            }
            ConditionKind::Fact { row, matcher } => NodeTest::Fact { row: *row, matcher },
            ConditionKind::Dated(test) => NodeTest::Dated(test),
            ConditionKind::Goods(lists) => NodeTest::Goods(lists),
            ConditionKind::Designated { lists, measures } => {
                NodeTest::Designated { row: table.with_role(FieldRole::Listings), lists, measures }
            }
            ConditionKind::Quota(quota) => NodeTest::Quota(*quota),
        };
        self.intern(test, table)
    }

    fn matching_terms(&mut self, sought: &'a [Term], vocabulary: &Vocabulary) -> (BitSet, BitSet) {
        self.matching.entry(sought).or_insert_with(|| matching_terms(sought, vocabulary)).clone()
    }

    fn intern(&mut self, test: NodeTest<'a>, table: &'static Table) -> NodeId {
        let key = (table, test);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let test = key.1.clone();
        let other = self.without_list(&test).map(|test| self.intern(test, table));
        let below = |property: fn(&ConditionNode<'a>) -> bool| test.below().iter().any(|id| self.node(*id).is_some_and(property));
        let is_undetermined = test.is_undetermined(table);
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let node = ConditionNode {
            without_list: other.unwrap_or(id),
            shared_number: None,
            is_of_transaction: table == Transaction::TABLE,
            depends_on_item: matches!(test, NodeTest::Some { is_items: true, .. } | NodeTest::Quota(_))
                || !matches!(test, NodeTest::Concerns(_)) && below(|n| n.depends_on_item),
            depends_on_quota: matches!(test, NodeTest::Quota(_)) || below(|n| n.depends_on_quota),
            depends_on_list: matches!(test, NodeTest::Designated { .. }) || below(|n| n.depends_on_list),
            // Of a party that is named nothing is in the key of a profile, and nothing of a related transaction; a transaction
            // that names one or is related to another has no key.
            is_determined: matches!(test, NodeTest::Linked { .. }) || !is_undetermined && !below(|n| !n.is_determined),
            is_undetermined,
            test,
        };
        self.nodes.push(node);
        self.ids.insert(key, id);
        id
    }

    /// A test that asks for no list in particular in place of those that it asks for; `None` if it asks for none.
    fn without_list(&self, test: &NodeTest<'a>) -> Option<NodeTest<'a>> {
        let mut test = test.clone();
        if let NodeTest::Designated { lists, measures, .. } = &mut test {
            let is_of_list = !lists.is_empty() || !measures.is_empty();
            (*lists, *measures) = (&[], &[]);
            return is_of_list.then_some(test);
        }
        let mut differs = false;
        for inner in test.below_mut() {
            let without_list = self.node(*inner).map_or(*inner, |node| node.without_list);
            differs |= without_list != *inner;
            *inner = without_list;
        }
        differs.then_some(test)
    }
}

impl NodeTest<'_> {
    /// True for a test of something in a record of a table that profiles do not distinguish: codes, goods and their descriptions,
    /// amounts, days other than the transaction's, sources, quotas.
    fn is_undetermined(&self, table: &'static Table) -> bool {
        match self {
            NodeTest::SomeSource(_)
            | NodeTest::Described { .. }
            | NodeTest::Dated(_)
            | NodeTest::Goods(_)
            | NodeTest::Quota(_) => true,
            NodeTest::Fact { matcher: Matcher::Given(_) | Matcher::YesNo(_), .. } => false,
            NodeTest::Fact { row, matcher: Matcher::Date(test) } => {
                !is_date_of_transaction(table, *row) || !has_fixed_bounds(test)
            }
            NodeTest::Fact { matcher, .. } if matcher.sought_words().is_some() => !has_phrases_in_profiles(table),
            NodeTest::Fact { .. } => true,
            _ => false,
        }
    }

    fn below_mut(&mut self) -> &mut [NodeId] {
        match self {
            NodeTest::All(nodes) | NodeTest::Any(nodes) => nodes,
            NodeTest::Not(inner)
            | NodeTest::Shown(inner)
            | NodeTest::SomeSource(inner)
            | NodeTest::Concerns(inner)
            | NodeTest::Linked { inner, .. }
            | NodeTest::Inside { inner, .. }
            | NodeTest::Some { inner, .. } => std::slice::from_mut(inner),
            _ => &mut [],
        }
    }

    /// The nodes that it rests on.
    pub(super) fn below(&self) -> &[NodeId] {
        match self {
            NodeTest::All(nodes) | NodeTest::Any(nodes) => nodes,
            NodeTest::Not(inner)
            | NodeTest::Shown(inner)
            | NodeTest::SomeSource(inner)
            | NodeTest::Concerns(inner)
            | NodeTest::Linked { inner, .. }
            | NodeTest::Inside { inner, .. }
            | NodeTest::Some { inner, .. } => std::slice::from_ref(inner),
            _ => &[],
        }
    }
}

/// True if profiles distinguish the texts of a record by the phrases in them: all but descriptions of goods, which are long, and
/// sources, which are not in a transaction.
pub(super) fn has_phrases_in_profiles(table: &'static Table) -> bool {
    table != Item::TABLE && table != EvidenceSource::TABLE
}

fn is_description(table: &'static Table, row: usize) -> bool {
    table == Item::TABLE && table.key(row) == "description"
}

/// The days on which the truth of a test of a date with fixed bounds may change.
fn days_of_test(test: &DateBounds) -> impl Iterator<Item = NaiveDate> {
    let bounds = test.bounds.iter().filter_map(|bound| match &bound.operand {
        DateOperand::Fixed(period) => Some(*period),
        DateOperand::Fact(..) => None,
    });
    bounds.flat_map(|period| [Some(period.from), period.from.succ_opt(), Some(period.to), period.to.succ_opt()]).flatten()
}

/// The spans between days of change are cut by such tests only of this date.
fn is_date_of_transaction(table: &'static Table, row: usize) -> bool {
    table == Transaction::TABLE && table.key(row) == "date"
}

fn has_fixed_bounds(test: &DateBounds) -> bool {
    test.bounds.iter().all(|bound| matches!(bound.operand, DateOperand::Fixed(_)) && bound.offset.days == 0)
}

/// Some terms with all narrower ones, and the other terms that are broader than one of these.
fn matching_terms(sought: &[Term], vocabulary: &Vocabulary) -> (BitSet, BitSet) {
    let none = BitSet::with_capacity(vocabulary.terms().count());
    let (mut terms, mut broader) = (none.clone(), none);
    for term in vocabulary.terms().filter(|t| sought.iter().any(|s| vocabulary.is_a(*t, *s))) {
        terms.insert(usize::from(term.0));
        vocabulary.broader_terms(term).for_each(|b| broader.insert(usize::from(b.0)));
    }
    terms.iter().for_each(|term| broader.remove(term));
    (terms, broader)
}

fn inner_table(table: &'static Table, row: usize) -> &'static Table {
    table.record_table(row).unwrap_or(table)
}
