//! Which rules may be near a transaction, without proofs: the question of a [triage](mod@crate::engine::triage), asked of nodes.
//!
//! A triage proves every rule that it looks at, and nearly every one is kept away by more than a circumstance. Here the same steps
//! are taken on the truths of nodes, and end with the first part that excludes a rule. Where a proof has a form of its own (links,
//! long lists, related transactions) the answer is that the rule may be near.

use crate::engine::UnknownCause;
use crate::engine::dated::date_or_lead;
use crate::engine::inference::links::names_in;
use crate::engine::reference::is_hidden;
use crate::facts::{Bearing, FactValue, Record, Records, Transaction, Truth};

use super::condition_graph::{NodeId, NodeTest};
use super::node_truth::NodeTruths;

/// A longer list is not looked through.
const MOST_ELEMENTS: usize = 16;

/// A record that a node is about, and where it stands.
#[derive(Clone, Copy)]
struct Place<'r> {
    record: &'r dyn Record,
    /// Its position, if it is an element of a list of the transaction's.
    element: Option<usize>,
    /// What the record is to the acts that rules are about.
    bearing: Option<Bearing>,
    /// It is the transaction itself.
    is_transaction: bool,
}

/// What would have to be otherwise for a node to have another truth: circumstances alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Circumstances {
    /// A fact about the subject of the rule satisfies it, or may do so.
    is_subject_met: bool,
}

impl<'r> Place<'r> {
    fn of_transaction(record: &'r Transaction) -> Self {
        Self { record, element: None, bearing: None, is_transaction: true }
    }

    /// A record in a field of this one.
    fn inside(&self, row: usize, record: &'r dyn Record, element: Option<usize>) -> Self {
        Self { record, element, bearing: self.bearing_of(row), is_transaction: false }
    }

    fn bearing_of(&self, row: usize) -> Option<Bearing> {
        self.record.table().fields.get(row).and_then(|field| field.bearing).or(self.bearing)
    }
}

impl NodeTruths<'_, '_, '_> {
    /// True if a condition that is false may be near: a fact about its subject satisfies it, and only circumstances keep it away.
    /// With `knows_direction` the sides of the transaction are none.
    pub(super) fn may_be_near(&mut self, id: NodeId, knows_direction: bool) -> bool {
        let (id, place) = (self.in_place_of(id), Place::of_transaction(self.case.transaction));
        self.of_transaction(id).truth() == Truth::False
            && self.repair(id, place, Truth::True, true, knows_direction).is_some_and(|repair| repair.is_subject_met)
    }

    /// True if a test of a side of the transaction that a condition rests on is true, with ambiguous names taken for what is asked.
    pub(super) fn rests_on_side(&mut self, id: NodeId) -> bool {
        self.has_true_test_of_side(self.in_place_of(id), Place::of_transaction(self.case.transaction))
    }

    /// What keeps a node from the truth `wanted`, if that is circumstances alone. `is_positive` is false under a `not`. Of a node
    /// about the transaction it is looked for once.
    fn repair(
        &mut self,
        id: NodeId,
        place: Place<'_>,
        wanted: Truth,
        is_positive: bool,
        knows_direction: bool,
    ) -> Option<Circumstances> {
        let node = self.graph.node(id).filter(|node| node.is_of_transaction);
        let Some(node) = node else { return self.find_repair(id, place, wanted, is_positive, knows_direction) };
        let key = (id, wanted, is_positive);
        self.scratch.repair(key).unwrap_or_else(|| {
            let repair = self.find_repair(id, place, wanted, is_positive, knows_direction);
            self.scratch.set_repair(key, repair, node.depends_on_item);
            repair
        })
    }

    fn find_repair(
        &mut self,
        id: NodeId,
        place: Place<'_>,
        wanted: Truth,
        is_positive: bool,
        knows_direction: bool,
    ) -> Option<Circumstances> {
        const MAY_BE: Option<Circumstances> = Some(Circumstances { is_subject_met: true });
        if self.node(id, place.record, place.element).truth() == wanted {
            let is_subject_met = is_positive && wanted == Truth::True && self.rests_on_subject(id, place);
            return Some(Circumstances { is_subject_met });
        }
        let graph = self.graph;
        let mut one = |inner: &NodeId, place: Place<'_>, wanted: Truth, is_positive: bool| {
            self.repair(*inner, place, wanted, is_positive, knows_direction)
        };
        match &graph.node(id)?.test {
            NodeTest::All(nodes) => several(nodes, wanted == Truth::True, |node| one(node, place, wanted, is_positive)),
            NodeTest::Any(nodes) => several(nodes, wanted == Truth::False, |node| one(node, place, wanted, is_positive)),
            NodeTest::Not(inner) => one(inner, place, !wanted, !is_positive),
            NodeTest::Shown(inner) => one(inner, place, wanted, is_positive),
            NodeTest::Concerns(inner) => {
                self.without_item(|truths| truths.repair(*inner, place, wanted, is_positive, knows_direction))
            }
            NodeTest::Inside { row, table, inner, .. } => match place.record.value(*row) {
                FactValue::One(Some(Some(record))) => one(inner, place.inside(*row, record, None), wanted, is_positive),
                FactValue::One(Some(None)) => circumstance(place, *row, false, knows_direction),
                _ => one(inner, place.inside(*row, table, None), wanted, is_positive),
            },
            NodeTest::Some { row, is_items, inner, .. } => {
                let FactValue::Many(Some(list)) = place.record.value(*row) else {
                    return circumstance(place, *row, true, knows_direction);
                };
                if list.len() > MOST_ELEMENTS {
                    return MAY_BE;
                }
                let elements = self.elements(list, *is_items);
                if elements.is_empty() {
                    return circumstance(place, *row, false, knows_direction);
                }
                several(&elements, wanted == Truth::False, |index| {
                    let element = list.record(*index)?;
                    self.repair(*inner, place.inside(*row, element, Some(*index)), wanted, is_positive, knows_direction)
                })
            }
            NodeTest::Fact { row, matcher } | NodeTest::Terms { row, matcher, .. } => {
                let is_not_reported = || self.fact(place.record, *row, matcher).cause == Some(UnknownCause::NotReported);
                circumstance(place, *row, place.is_transaction && is_not_reported(), knows_direction)
            }
            NodeTest::Described { row, .. } | NodeTest::Designated { row: Some(row), .. } => {
                circumstance(place, *row, false, knows_direction)
            }
            // The code and the description of an item have the bearing of the item.
            NodeTest::Goods(_) => {
                (place.bearing == Some(Bearing::Circumstance)).then_some(Circumstances { is_subject_met: false })
            }
            NodeTest::Linked { row, .. } => match names_in(place.record.value(*row)).map(|mut names| names.next().is_some()) {
                Some(true) => MAY_BE,
                is_reported => circumstance(place, *row, is_reported.is_none(), knows_direction),
            },
            NodeTest::Dated(_) => {
                let (key, _) = date_or_lead(place.record);
                let row = place.record.table().position(key).unwrap_or(usize::MAX);
                circumstance(place, row, false, knows_direction)
            }
            // Sources and amounts are neither circumstances nor subjects.
            NodeTest::SomeSource(_) | NodeTest::Quota(_) => None,
            NodeTest::Designated { row: None, .. } => MAY_BE,
        }
    }

    /// The positions of the elements of a list that conditions look at.
    fn elements(&self, list: &dyn Records, is_items: bool) -> Vec<usize> {
        let bound = self.case.item.filter(|_| is_items);
        let range = bound.map_or(0..list.len(), |bound| bound..(bound + 1).min(list.len()));
        range.filter(|index| list.record(*index).is_some_and(|element| !is_hidden(self.case, element))).collect()
    }

    /// True if a node that is true rests on a fact about a subject, or may do so.
    fn rests_on_subject(&mut self, id: NodeId, place: Place<'_>) -> bool {
        if self.node(id, place.record, place.element).truth() != Truth::True {
            return false;
        }
        let Some(node) = self.graph.node(id) else { return true };
        match &node.test {
            NodeTest::All(nodes) | NodeTest::Any(nodes) => nodes.iter().any(|node| self.rests_on_subject(*node, place)),
            NodeTest::Not(_) => false,
            NodeTest::Shown(inner) => self.rests_on_subject(*inner, place),
            NodeTest::Concerns(inner) => self.without_item(|truths| truths.rests_on_subject(*inner, place)),
            NodeTest::Inside { row, inner, .. } => match place.record.value(*row) {
                FactValue::One(Some(Some(record))) => self.rests_on_subject(*inner, place.inside(*row, record, None)),
                _ => true,
            },
            NodeTest::Some { row, is_items, inner, .. } => match place.record.value(*row) {
                FactValue::Many(Some(list)) => self.elements(list, *is_items).into_iter().any(|index| {
                    let element = list.record(index);
                    element.is_some_and(|e| self.rests_on_subject(*inner, place.inside(*row, e, Some(index))))
                }),
                _ => true,
            },
            NodeTest::Fact { row, .. } | NodeTest::Terms { row, .. } | NodeTest::Described { row, .. } => {
                place.bearing_of(*row) == Some(Bearing::Subject)
            }
            NodeTest::Goods(_)
            | NodeTest::Designated { .. }
            | NodeTest::Linked { .. }
            | NodeTest::SomeSource(_)
            | NodeTest::Dated(_)
            | NodeTest::Quota(_) => true,
        }
    }

    fn has_true_test_of_side(&mut self, id: NodeId, place: Place<'_>) -> bool {
        let Some(node) = self.graph.node(id) else { return false };
        match &node.test {
            NodeTest::Inside { row, inner, .. } => match place.record.value(*row) {
                FactValue::One(Some(Some(record))) => self.has_true_test_of_side(*inner, place.inside(*row, record, None)),
                _ => false,
            },
            NodeTest::Fact { row, .. } | NodeTest::Terms { row, .. } => {
                place.bearing_of(*row) == Some(Bearing::Direction)
                    && self.node(id, place.record, place.element).if_ambiguity_counts() == Truth::True
            }
            NodeTest::All(_) | NodeTest::Any(_) | NodeTest::Not(_) | NodeTest::Shown(_) => {
                node.test.below().iter().any(|inner| self.has_true_test_of_side(*inner, place))
            }
            // No other test is about a side.
            _ => false,
        }
    }
}

/// What keeps a test of a field from the truth that it needs.
fn circumstance(place: Place<'_>, row: usize, is_not_reported: bool, knows_direction: bool) -> Option<Circumstances> {
    // Of what is not in a list at all nobody says that it is there.
    let is_list = place.is_transaction && is_not_reported;
    let is_circumstance = match place.bearing_of(row) {
        Some(Bearing::Circumstance) => !is_list,
        Some(Bearing::Direction) => !knows_direction,
        Some(Bearing::Subject | Bearing::Beside) | None => false,
    };
    is_circumstance.then_some(Circumstances { is_subject_met: false })
}

/// What keeps several parts from the truth that every one of them needs, or any.
fn several<T>(parts: &[T], every: bool, mut repair: impl FnMut(&T) -> Option<Circumstances>) -> Option<Circumstances> {
    if every {
        return parts.iter().try_fold(Circumstances { is_subject_met: false }, |whole, part| {
            Some(Circumstances { is_subject_met: repair(part)?.is_subject_met || whole.is_subject_met })
        });
    }
    let repairs = parts.iter().filter_map(repair);
    repairs.reduce(|a, b| Circumstances { is_subject_met: a.is_subject_met || b.is_subject_met })
}
