//! Conditions of all rules as one graph: what is asked in the same words of the same record is one node.

use std::collections::HashMap;

use crate::facts::{Item, Kind, Table, Term, Transaction};
use crate::rulebook::{Condition, DateTest, GoodsId, ListId, Matcher, QuotaId, Rulebook, Test, Vocabulary};

use super::bits::BitSet;

/// Names a node of a [`Program`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

impl NodeId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One condition.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) ask: Ask<'a>,
    /// Asked of the transaction itself, so that the answer is kept for all rules.
    pub(super) of_transaction: bool,
    /// The answer depends on the item that a rule binds.
    pub(super) of_bound_item: bool,
    /// The answer depends on totals.
    pub(super) of_quota: bool,
}

/// What is asked: [`Test`] with the conditions below it as nodes, and definitions replaced by what they ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Ask<'a> {
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    Shown(NodeId),
    Inside {
        row: usize,
        table: &'static Table,
        of: NodeId,
    },
    Some {
        row: usize,
        is_items: bool,
        of: NodeId,
    },
    SomeSource(NodeId),
    Fact {
        row: usize,
        matcher: &'a Matcher,
    },
    /// A fact that must be one of some terms; `meant` holds these and all narrower ones.
    Terms {
        row: usize,
        meant: BitSet,
        matcher: &'a Matcher,
    },
    Dated(&'a DateTest),
    Goods(&'a [GoodsId]),
    Designated {
        row: Option<usize>,
        lists: &'a [ListId],
    },
    Quota(QuotaId),
}

/// The nodes, every one after those that it rests on.
#[derive(Debug, Default)]
pub(super) struct Program<'a> {
    nodes: Vec<Node<'a>>,
    known: HashMap<(&'static Table, Ask<'a>), NodeId>,
    /// The terms that conditions mean, by what they seek: few seek something of their own.
    meant: HashMap<&'a [Term], BitSet>,
}

impl<'a> Program<'a> {
    pub(super) fn node(&self, id: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(id.index())
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node of a condition on a transaction.
    pub(super) fn take(&mut self, condition: &'a Condition, rulebook: &'a Rulebook) -> NodeId {
        self.condition(condition, Transaction::TABLE, rulebook)
    }

    fn condition(&mut self, condition: &'a Condition, table: &'static Table, rulebook: &'a Rulebook) -> NodeId {
        let mut each = |all: &'a [Condition]| all.iter().map(|c| self.condition(c, table, rulebook)).collect::<Vec<_>>();
        let ask = match &condition.test {
            Test::All(all) => Ask::All(each(all)),
            Test::Any(any) => Ask::Any(each(any)),
            Test::Not(of) => Ask::Not(self.condition(of, table, rulebook)),
            Test::Shown(of) => Ask::Shown(self.condition(of, table, rulebook)),
            Test::Is(id) => match rulebook.definition(*id) {
                Some(definition) => return self.condition(&definition.when, table, rulebook),
                None => Ask::All(Vec::new()),
            },
            Test::Inside { row, of } => {
                let inner = inner_table(table, *row);
                Ask::Inside { row: *row, table: inner, of: self.condition(of, inner, rulebook) }
            }
            Test::Some { row, of } => {
                let inner = inner_table(table, *row);
                let of = self.condition(of, inner, rulebook);
                Ask::Some { row: *row, is_items: inner == Item::TABLE, of }
            }
            Test::SomeSource(of) => Ask::SomeSource(self.condition(of, crate::facts::Source::TABLE, rulebook)),
            Test::Fact { row, matcher: matcher @ Matcher::Terms(sought) } => {
                Ask::Terms { row: *row, meant: self.meant(sought, &rulebook.vocabulary), matcher }
            }
            Test::Fact { row, matcher } => Ask::Fact { row: *row, matcher },
            Test::Dated(test) => Ask::Dated(test),
            Test::Goods(lists) => Ask::Goods(lists),
            Test::Designated(lists) => Ask::Designated { row: table.position("designated_as"), lists },
            Test::Quota(quota) => Ask::Quota(*quota),
        };
        self.intern(ask, table)
    }

    fn meant(&mut self, sought: &'a [Term], vocabulary: &Vocabulary) -> BitSet {
        self.meant.entry(sought).or_insert_with(|| meant(sought, vocabulary)).clone()
    }

    fn intern(&mut self, ask: Ask<'a>, table: &'static Table) -> NodeId {
        let key = (table, ask);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let ask = key.1.clone();
        let below = |test: fn(&Node<'a>) -> bool| ask.below().iter().any(|id| self.node(*id).is_some_and(test));
        let node = Node {
            of_transaction: table == Transaction::TABLE,
            of_bound_item: matches!(ask, Ask::Some { is_items: true, .. } | Ask::Quota(_)) || below(|n| n.of_bound_item),
            of_quota: matches!(ask, Ask::Quota(_)) || below(|n| n.of_quota),
            ask,
        };
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.known.insert(key, id);
        id
    }
}

impl Ask<'_> {
    /// The nodes that it rests on.
    pub(super) fn below(&self) -> &[NodeId] {
        match self {
            Ask::All(nodes) | Ask::Any(nodes) => nodes,
            Ask::Not(of) | Ask::Shown(of) | Ask::SomeSource(of) | Ask::Inside { of, .. } | Ask::Some { of, .. } => {
                std::slice::from_ref(of)
            }
            _ => &[],
        }
    }
}

/// Some terms and all narrower ones.
fn meant(sought: &[Term], vocabulary: &Vocabulary) -> BitSet {
    let mut meant = BitSet::none(vocabulary.terms().count());
    let terms = vocabulary.terms().filter(|t| sought.iter().any(|s| vocabulary.is_a(*t, *s)));
    terms.for_each(|t| meant.insert(usize::from(t.0)));
    meant
}

fn inner_table(table: &'static Table, row: usize) -> &'static Table {
    match table.fields.get(row).map(|f| f.kind) {
        Some(Kind::One(inner) | Kind::Many(inner)) => inner,
        _ => table,
    }
}
