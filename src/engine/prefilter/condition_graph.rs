//! Conditions of all rules as one graph: what is asked in the same words of the same record is one node.

use std::collections::HashMap;

use crate::facts::{FieldRole, FieldSet, Item, Table, Term, Transaction};
use crate::rulebook::{
    Condition, ConditionKind, DateBounds, DesignationListId, GoodsListId, Matcher, QuotaId, Rulebook, Vocabulary,
};

use super::bits::BitSet;

/// Names a node of a [`ConditionGraph`].
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
    pub(super) ask: Ask<'a>,
    /// Asked of the transaction itself, so that the answer is kept for all rules.
    pub(super) of_transaction: bool,
    /// The answer depends on the item that a rule binds.
    pub(super) of_bound_item: bool,
    /// The answer depends on totals.
    pub(super) of_quota: bool,
    /// Of what asks of the transaction whether somebody is on lists of persons: the same whatever these lists are.
    pub(super) unlisted: Option<Unlisted>,
    /// The bit that says whether a transaction passes the gates of this very condition; if not, it is false.
    pub(super) gate: Option<usize>,
}

/// Conditions that differ only in the lists of persons they ask about have one answer where nobody is told to be on
/// any list. A rulebook asks the same of many lists, and hardly any report tells a listing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unlisted {
    /// The condition without the lists.
    pub(super) twin: NodeId,
    /// The rows of the transaction whose elements would tell their listing.
    pub(super) rows: FieldSet,
}

/// What is asked: [`ConditionKind`] with the conditions below it as nodes, and definitions replaced by what they ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Ask<'a> {
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    Shown(NodeId),
    /// Not shown to be: of a condition that is asked in no other way.
    NotShown(NodeId),
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
    Dated(&'a DateBounds),
    Goods(&'a [GoodsListId]),
    Designated {
        row: Option<usize>,
        lists: &'a [DesignationListId],
    },
    Quota(QuotaId),
}

/// The nodes, every one after those that it rests on.
#[derive(Debug, Default)]
pub(super) struct ConditionGraph<'a> {
    nodes: Vec<ConditionNode<'a>>,
    known: HashMap<(&'static Table, Ask<'a>), NodeId>,
    /// The terms that conditions mean, by what they seek: few seek something of their own.
    meant: HashMap<&'a [Term], BitSet>,
}

impl<'a> ConditionGraph<'a> {
    pub(super) fn node(&self, id: NodeId) -> Option<&ConditionNode<'a>> {
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
        let ask = match &condition.kind {
            ConditionKind::All(all) => Ask::All(each(all)),
            ConditionKind::Any(any) => Ask::Any(each(any)),
            ConditionKind::Not(of) => match &of.kind {
                ConditionKind::Shown(of) => Ask::NotShown(self.condition(of, table, rulebook)),
                _ => Ask::Not(self.condition(of, table, rulebook)),
            },
            ConditionKind::Shown(of) => Ask::Shown(self.condition(of, table, rulebook)),
            ConditionKind::Is(id) => match rulebook.definition(*id) {
                Some(definition) => return self.condition(&definition.when, table, rulebook),
                None => Ask::All(Vec::new()),
            },
            ConditionKind::Inside { row, of } => {
                let inner = inner_table(table, *row);
                Ask::Inside { row: *row, table: inner, of: self.condition(of, inner, rulebook) }
            }
            ConditionKind::Some { row, of } => {
                let inner = inner_table(table, *row);
                let (row, is_items) = (*row, inner == Item::TABLE);
                let of = self.condition(of, inner, rulebook);
                let some = self.intern(Ask::Some { row, is_items, of }, table);
                if table == Transaction::TABLE
                    && let Some(of) = self.without_lists(of, inner)
                {
                    let twin = self.intern(Ask::Some { row, is_items, of }, table);
                    self.mark(some, |node| node.unlisted = Some(Unlisted { twin, rows: FieldSet::only(row) }));
                }
                return some;
            }
            ConditionKind::SomeSource(of) => Ask::SomeSource(self.condition(of, crate::facts::EvidenceSource::TABLE, rulebook)),
            ConditionKind::Fact { row, matcher: matcher @ Matcher::Terms(sought) } => {
                Ask::Terms { row: *row, meant: self.meant(sought, &rulebook.vocabulary), matcher }
            }
            ConditionKind::Fact { row, matcher } => Ask::Fact { row: *row, matcher },
            ConditionKind::Dated(test) => Ask::Dated(test),
            ConditionKind::Goods(lists) => Ask::Goods(lists),
            ConditionKind::Designated(lists) => Ask::Designated { row: table.with_role(FieldRole::Listings), lists },
            ConditionKind::Quota(quota) => Ask::Quota(*quota),
        };
        self.intern(ask, table)
    }

    /// The twin of a condition on a transaction, made of those of its parts.
    fn unlisted(&mut self, ask: &Ask<'a>, table: &'static Table) -> Option<Unlisted> {
        let mut rows = FieldSet::default();
        let mut twin = |of: &NodeId| match self.node(*of).and_then(|n| n.unlisted) {
            Some(unlisted) => {
                rows = rows.and(unlisted.rows);
                unlisted.twin
            }
            None => *of,
        };
        let ask = match ask {
            Ask::All(nodes) => Ask::All(nodes.iter().map(&mut twin).collect()),
            Ask::Any(nodes) => Ask::Any(nodes.iter().map(&mut twin).collect()),
            Ask::Not(of) => Ask::Not(twin(of)),
            Ask::Shown(of) => Ask::Shown(twin(of)),
            Ask::NotShown(of) => Ask::NotShown(twin(of)),
            _ => return None,
        };
        (!rows.is_empty()).then(|| Unlisted { twin: self.intern(ask, table), rows })
    }

    /// A condition on a record with no list named where it asks for lists; none if it asks for none, or of other records.
    fn without_lists(&mut self, id: NodeId, table: &'static Table) -> Option<NodeId> {
        let ask = self.node(id)?.ask.clone();
        let mut asks = false;
        let mut each = |program: &mut Self, of: NodeId| {
            let twin = program.without_lists(of, table);
            asks |= twin.is_some();
            twin.unwrap_or(of)
        };
        let ask = match ask {
            Ask::Designated { row, .. } => return Some(self.intern(Ask::Designated { row, lists: &[] }, table)),
            Ask::All(nodes) => Ask::All(nodes.into_iter().map(|of| each(self, of)).collect()),
            Ask::Any(nodes) => Ask::Any(nodes.into_iter().map(|of| each(self, of)).collect()),
            Ask::Not(of) => Ask::Not(each(self, of)),
            Ask::Shown(of) => Ask::Shown(each(self, of)),
            Ask::NotShown(of) => Ask::NotShown(each(self, of)),
            _ => return None,
        };
        asks.then(|| self.intern(ask, table))
    }

    /// Says more of a node.
    fn mark(&mut self, id: NodeId, say: impl FnOnce(&mut ConditionNode<'a>)) {
        if let Some(node) = self.nodes.get_mut(id.index()) {
            say(node);
        }
    }

    /// The conditions on a transaction that can have a gate of their own.
    pub(super) fn gated(&self) -> impl Iterator<Item = NodeId> {
        let asks = |node: &ConditionNode<'a>| matches!(node.ask, Ask::Shown(_) | Ask::NotShown(_) | Ask::All(_));
        let nodes = self.nodes.iter().enumerate().filter(move |(_, node)| node.of_transaction && asks(node));
        nodes.filter_map(|(i, _)| u32::try_from(i).ok()).map(NodeId)
    }

    /// Gives a condition a gate.
    pub(super) fn gate(&mut self, id: NodeId, bit: usize) {
        self.mark(id, |node| node.gate = Some(bit));
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
        let unlisted = if table == Transaction::TABLE { self.unlisted(&ask, table) } else { None };
        let below = |test: fn(&ConditionNode<'a>) -> bool| ask.below().iter().any(|id| self.node(*id).is_some_and(test));
        let node = ConditionNode {
            of_transaction: table == Transaction::TABLE,
            of_bound_item: matches!(ask, Ask::Some { is_items: true, .. } | Ask::Quota(_)) || below(|n| n.of_bound_item),
            of_quota: matches!(ask, Ask::Quota(_)) || below(|n| n.of_quota),
            unlisted,
            gate: None,
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
            Ask::Not(of)
            | Ask::Shown(of)
            | Ask::NotShown(of)
            | Ask::SomeSource(of)
            | Ask::Inside { of, .. }
            | Ask::Some { of, .. } => std::slice::from_ref(of),
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
    table.record_table(row).unwrap_or(table)
}
