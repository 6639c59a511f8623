//! Answers to the nodes of a program about one case: the reference evaluator's answers, without the proof.
//!
//! Every leaf is answered by the same functions that [`ReferenceEvaluator`](crate::engine::ReferenceEvaluator) asks, so the two can differ
//! only in how answers are put together; `tests/equality.rs` holds them equal.

use crate::engine::compare::{Comparison, compare, compare_words};
use crate::engine::evidence_level::sources_of;
use crate::engine::reference::{compare_date, compare_dated, is_hidden};
use crate::engine::{EvalContext, UnknownCause};
use crate::facts::{CodedTerm, FieldRole, FieldSet, Record, Term, Truth, Value};
use crate::rulebook::{DesignationListId, GoodsListId, Matcher};

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::condition_graph::{Ask, ConditionGraph, NodeId};
use super::scratch::Scratch;

/// One case and the answers that are already given.
pub(super) struct NodeTruths<'s, 'c, 'a> {
    pub(super) program: &'s ConditionGraph<'a>,
    pub(super) case: &'s EvalContext<'c>,
    /// What the transaction passes of the gates.
    pub(super) passed: &'s BitSet,
    pub(super) scratch: &'s mut Scratch,
}

/// The term that a fact is, if it is one and surely.
fn only_term(value: Value<'_>) -> Option<Term> {
    match value {
        Value::Terms(coded) => match coded.is() {
            Some([CodedTerm::Term(only)]) => Some(*only),
            _ => None,
        },
        _ => None,
    }
}

impl<'c> NodeTruths<'_, 'c, '_> {
    /// The answer to a node about the transaction.
    pub(super) fn about_transaction(&mut self, id: NodeId) -> Assumptions {
        self.node(id, self.case.transaction, None)
    }

    /// The answer to a node about an element of a list of the transaction.
    pub(super) fn about_element(&mut self, id: NodeId, element: &dyn Record, index: usize) -> Assumptions {
        self.node(id, element, Some(index))
    }

    fn node(&mut self, id: NodeId, scope: &dyn Record, element: Option<usize>) -> Assumptions {
        let Some(node) = self.program.node(id) else { return Assumptions::UNKNOWN };
        if node.of_transaction
            && let Some(known) = self.scratch.kept(id)
        {
            return known;
        }
        let answer = match (node.gate, node.unlisted) {
            (Some(bit), _) if !self.passed.contains(bit) => match node.ask {
                Ask::NotShown(_) => return Assumptions::TRUE,
                _ => return Assumptions::FALSE,
            },
            (_, Some(unlisted)) if self.tells_no_listing(unlisted.rows) => self.node(unlisted.twin, scope, element),
            _ => self.ask(&node.ask, scope, element),
        };
        if node.of_transaction {
            self.scratch.keep(id, answer, node.of_bound_item);
        }
        answer
    }

    fn ask(&mut self, ask: &Ask<'_>, scope: &dyn Record, element: Option<usize>) -> Assumptions {
        match ask {
            Ask::All(nodes) => {
                let mut all = Assumptions::TRUE;
                for node in nodes {
                    all = all.and(self.node(*node, scope, element));
                    if all == Assumptions::FALSE {
                        break;
                    }
                }
                all
            }
            Ask::Any(nodes) => {
                let mut any = Assumptions::FALSE;
                for node in nodes {
                    any = any.or(self.node(*node, scope, element));
                    if any == Assumptions::TRUE {
                        break;
                    }
                }
                any
            }
            Ask::Not(of) => self.node(*of, scope, element).not(),
            Ask::Shown(of) => self.node(*of, scope, element).shown(),
            Ask::NotShown(of) => self.node(*of, scope, element).shown().not(),
            Ask::Inside { row, table, of } => match scope.value(*row) {
                Value::One(Some(Some(record))) => self.node(*of, record, None),
                Value::One(Some(None)) => Assumptions::FALSE,
                _ => self.node(*of, table, None),
            },
            Ask::Some { row, is_items, of } => self.some(scope, *row, *is_items, *of),
            Ask::SomeSource(of) => {
                let case = self.case;
                let sources = sources_of(case.transaction.sources.as_deref(), case.reported);
                sources.fold(Assumptions::FALSE, |any, source| any.or(self.node(*of, source, None)))
            }
            Ask::Terms { row, meant, matcher } => {
                let value = scope.value(*row);
                match only_term(value) {
                    Some(term) if meant.contains(usize::from(term.0)) => Assumptions::TRUE,
                    Some(_) => Assumptions::FALSE,
                    None => self.fact(value, matcher).into(),
                }
            }
            Ask::Fact { row, matcher } => self.fact(scope.value(*row), matcher).into(),
            Ask::Dated(test) => compare_dated(self.case, scope, test).into(),
            Ask::Goods(lists) => self.goods(lists, element),
            Ask::Designated { row, lists } => self.designated(scope, *row, lists).into(),
            Ask::Quota(quota) => match self.case.ledger.and_then(|ledger| ledger.state(*quota, self.case)) {
                Some(state) => state.within.into(),
                None => Assumptions::UNKNOWN,
            },
        }
    }

    /// True if no element of some lists tells that it is on any list of persons.
    fn tells_no_listing(&mut self, rows: FieldSet) -> bool {
        let tells = |record: &dyn Record| {
            let listing = record.value_of(FieldRole::Listings);
            !matches!(listing, None | Some(Value::Texts(None)))
        };
        for row in rows.without(self.scratch.unlisted).iter() {
            if let Value::Many(Some(list)) = self.case.transaction.value(row)
                && (0..list.len()).filter_map(|i| list.record(i)).any(tells)
            {
                return false;
            }
            self.scratch.unlisted = self.scratch.unlisted.and(FieldSet::only(row));
        }
        true
    }

    fn some(&mut self, scope: &dyn Record, row: usize, is_items: bool, of: NodeId) -> Assumptions {
        let Value::Many(Some(list)) = scope.value(row) else { return Assumptions::UNKNOWN };
        let bound = self.case.item.filter(|_| is_items);
        let mut any = Assumptions::FALSE;
        for index in 0..list.len() {
            let Some(record) = list.record(index) else { continue };
            if bound.is_some_and(|b| b != index) || is_hidden(self.case, record) {
                continue;
            }
            any = any.or(self.node(of, record, Some(index)));
            if any == Assumptions::TRUE {
                break;
            }
        }
        any
    }

    fn fact(&mut self, value: Value<'_>, matcher: &Matcher) -> Comparison {
        match (value, matcher) {
            (Value::Date(Some(date)), Matcher::Date(test)) => compare_date(self.case, date, test),
            (Value::Date(None), Matcher::Date(_)) => Comparison::unknown(UnknownCause::NotReported),
            (Value::Text(Some(text)), Matcher::TextIs(_) | Matcher::TextContains(_)) => {
                compare_words(self.scratch.texts.words(text), matcher)
            }
            (value, matcher) => compare(value, matcher, &self.case.rulebook.vocabulary),
        }
    }

    fn goods(&mut self, lists: &[GoodsListId], element: Option<usize>) -> Assumptions {
        let items = self.case.transaction.items.known();
        let Some((index, item)) = element.and_then(|i| Some((i, items.get(i)?))) else { return Assumptions::UNKNOWN };
        let goods = &self.case.rulebook.goods;
        let mut best: Option<Truth> = None;
        for id in lists {
            if self.case.hides(goods.get(*id).and_then(|l| l.in_force.from)) {
                continue;
            }
            let described = self.scratch.described(index, item, self.case.transaction);
            let truth = crate::engine::goods::match_goods(goods, *id, item, described, self.case.date()).truth;
            best = best.max(Some(truth));
            if truth == Truth::True {
                break;
            }
        }
        best.unwrap_or(Truth::False).into()
    }

    fn designated(&self, scope: &dyn Record, row: Option<usize>, lists: &[DesignationListId]) -> Comparison {
        match row.map(|row| scope.value(row)) {
            Some(Value::Texts(Some(references))) => {
                let lists = || lists.iter().filter_map(|id| self.case.rulebook.list(*id));
                Comparison::of_reported(references.iter().any(|r| lists().any(|l| l.holds(r))))
            }
            _ => Comparison::unknown(UnknownCause::NoList),
        }
    }
}
