//! The reference evaluator: conditions as written, asked of a transaction, with the proof.

use crate::facts::{
    Authorisation, Determination, FactKind, FactPath, FieldRole, Item, Notification, PathSegment, Period, Range, Record, Table,
    Transaction, Truth, Unit, Value,
};
use crate::rulebook::{
    Condition, ConditionKind, DateBounds, DateOperand, DateRelation, DesignationListId, GoodsListId, Matcher, QuotaId,
};

use super::compare::{Answer, compare, dates};
use super::evidence_level::sources_of;
use super::goods::GoodsMatch;
use super::proof::ProofBuilder;
use super::{
    Claim, EvalContext, EvidenceLevel, FactNote, FactText, NodeKind, Proof, ProofNode, TestedFact, TransactionMemo, UnknownCause,
};

/// Answers conditions about one case.
pub struct ReferenceEvaluator<'c, 'a> {
    case: &'c EvalContext<'a>,
    /// A fact that is told by an ambiguous name counts as what was asked: for the nexus.
    ambiguous_counts: bool,
    memo: &'c TransactionMemo<'a>,
}

/// The record in scope, the way to it, and on whose word it stands.
#[derive(Clone)]
struct Scope<'a> {
    record: &'a dyn Record,
    path: FactPath,
    evidence: EvidenceLevel,
}

impl<'c, 'a> ReferenceEvaluator<'c, 'a> {
    /// A reasoner over a case, with the notebook of its transaction.
    pub fn new(case: &'c EvalContext<'a>, memo: &'c TransactionMemo<'a>) -> Self {
        Self { case, ambiguous_counts: false, memo }
    }

    /// As [`ReferenceEvaluator::new`], but an ambiguous name that could mean what was asked counts as meaning it.
    pub fn for_nexus(case: &'c EvalContext<'a>, memo: &'c TransactionMemo<'a>) -> Self {
        Self { ambiguous_counts: true, ..Self::new(case, memo) }
    }

    /// The truth of a condition on the transaction, with its proof.
    pub fn prove(&self, condition: &'a Condition) -> Proof<'a> {
        self.proof(|nodes| self.prove_into(condition, nodes))
    }

    /// The proof that grows from nodes, one of which is above all others.
    pub(super) fn proof(&self, grow: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Proof<'a> {
        self.memo.proof(grow)
    }

    /// As [`ReferenceEvaluator::prove`], as a part of a larger proof.
    pub(super) fn prove_into(&self, condition: &'a Condition, nodes: &mut ProofBuilder<'a>) -> Truth {
        let scope = Scope { record: self.case.transaction, path: FactPath::root(), evidence: self.case.evidence };
        self.condition(condition, &scope, nodes)
    }

    fn condition(&self, condition: &'a Condition, scope: &Scope<'a>, nodes: &mut ProofBuilder<'a>) -> Truth {
        let asked = Claim::Condition(condition);
        match &condition.kind {
            // None is left out, whatever comes of the others: a proof is whole.
            ConditionKind::All(all) => nodes.node(asked, NodeKind::All, |nodes| {
                all.iter().map(|c| self.condition(c, scope, nodes)).min().unwrap_or(Truth::True)
            }),
            ConditionKind::Any(any) => nodes.node(asked, NodeKind::Any, |nodes| {
                any.iter().map(|c| self.condition(c, scope, nodes)).max().unwrap_or(Truth::False)
            }),
            ConditionKind::Not(of) => nodes.node(asked, NodeKind::Not, |nodes| !self.condition(of, scope, nodes)),
            ConditionKind::Shown(of) => {
                nodes.node(asked, NodeKind::Shown, |nodes| Truth::from(self.condition(of, scope, nodes) == Truth::True))
            }
            ConditionKind::Is(id) => match self.case.rulebook.definition(*id) {
                Some(definition) => {
                    nodes.node(asked, NodeKind::Definition, |nodes| self.condition(&definition.when, scope, nodes))
                }
                None => {
                    let answer = Answer::open(UnknownCause::NotReported);
                    nodes.leaf(self.leaf(condition, scope.path.clone(), scope, FactText::Nothing, answer))
                }
            },
            ConditionKind::Inside { row, of } => self.inside(condition, *row, of, scope, nodes),
            ConditionKind::Some { row, of } => self.some(condition, *row, of, scope, nodes),
            ConditionKind::SomeSource(of) => self.some_source(condition, of, nodes),
            ConditionKind::Fact { row, matcher } => nodes.leaf(self.fact(condition, *row, matcher, scope)),
            ConditionKind::Dated(test) => nodes.leaf(self.dated(condition, test, scope)),
            ConditionKind::Goods(lists) => nodes.leaf(self.goods(condition, lists, scope)),
            ConditionKind::Designated(lists) => nodes.leaf(self.designated(condition, lists, scope)),
            ConditionKind::Quota(quota) => nodes.leaf(self.quota(condition, *quota, scope)),
        }
    }

    fn leaf(
        &self,
        condition: &'a Condition,
        path: FactPath,
        scope: &Scope<'a>,
        value: FactText<'a>,
        answer: Answer,
    ) -> ProofNode<'a> {
        let truth = match answer.cause {
            Some(UnknownCause::Ambiguous) if self.ambiguous_counts => Truth::True,
            _ => answer.truth,
        };
        let cause = answer.cause.filter(|_| truth == Truth::Unknown);
        let leaf = TestedFact { path, value, cause, note: None, evidence: Some(scope.evidence) };
        ProofNode::leaf(truth, Claim::Condition(condition), leaf)
    }

    fn inside(
        &self,
        condition: &'a Condition,
        row: usize,
        of: &'a Condition,
        scope: &Scope<'a>,
        nodes: &mut ProofBuilder<'a>,
    ) -> Truth {
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let record = match scope.record.value(row) {
            Value::One(Some(Some(record))) => record,
            Value::One(Some(None)) => {
                return nodes.leaf(self.leaf(condition, path, scope, self.none(), Answer::known(false)));
            }
            _ => blank(scope.record.table(), row),
        };
        self.condition(of, &Scope { record, path, evidence: scope.evidence }, nodes)
    }

    fn some(
        &self,
        condition: &'a Condition,
        row: usize,
        of: &'a Condition,
        scope: &Scope<'a>,
        nodes: &mut ProofBuilder<'a>,
    ) -> Truth {
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let Value::Many(Some(list)) = scope.record.value(row) else {
            return nodes.leaf(self.leaf(condition, path, scope, FactText::Nothing, Answer::open(UnknownCause::NotReported)));
        };
        let is_items = inner_table(scope.record.table(), row) == Item::TABLE;
        let bound = self.case.item.filter(|_| is_items);
        let asked = (0..list.len()).filter(|index| bound.is_none_or(|b| b == *index));
        let records = asked.filter_map(|index| Some((index, list.record(index)?)));
        let mut elements = records.filter(|(_, record)| !is_hidden(self.case, *record)).peekable();
        if elements.peek().is_none() {
            return nodes.leaf(self.leaf(condition, path, scope, self.none(), Answer::known(false)));
        }
        nodes.node(Claim::Condition(condition), NodeKind::AnyElement, |nodes| {
            let elements = elements.map(|(index, record)| {
                let own = EvidenceLevel::of_element(record, self.case.reported, self.case.rulebook);
                let scope = Scope { record, path: path.then(PathSegment::Index(index)), evidence: own.unwrap_or(scope.evidence) };
                self.element(of, &scope, nodes)
            });
            elements.max().unwrap_or(Truth::False)
        })
    }

    fn some_source(&self, condition: &'a Condition, of: &'a Condition, nodes: &mut ProofBuilder<'a>) -> Truth {
        let here = FactPath::root().key("sources");
        let evidence = self.case.evidence;
        let named = sources_of(self.case.transaction.sources.as_deref(), self.case.reported);
        nodes.node(Claim::Condition(condition), NodeKind::AnyElement, |nodes| {
            let elements = named.map(|source| {
                let index = self.case.reported.sources().iter().position(|s| std::ptr::eq(s, source)).unwrap_or(0);
                self.element(of, &Scope { record: source, path: here.then(PathSegment::Index(index)), evidence }, nodes)
            });
            elements.max().unwrap_or(Truth::False)
        })
    }

    fn element(&self, of: &'a Condition, scope: &Scope<'a>, nodes: &mut ProofBuilder<'a>) -> Truth {
        let step = NodeKind::Element(scope.path.clone());
        nodes.node(Claim::Condition(of), step, |nodes| self.condition(of, scope, nodes))
    }

    fn fact(&self, condition: &'a Condition, row: usize, matcher: &Matcher, scope: &Scope<'a>) -> ProofNode<'a> {
        let value = scope.record.value(row);
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let answer = match (value, matcher) {
            (Value::Date(Some(date)), Matcher::Date(test)) => date_answer(self.case, date, test),
            (Value::Date(None), Matcher::Date(_)) => Answer::open(UnknownCause::NotReported),
            (value, matcher) => compare(value, matcher, &self.case.rulebook.vocabulary),
        };
        self.leaf(condition, path, scope, self.told(value), answer)
    }

    /// The record's own date; where only the lead is told, that.
    fn dated(&self, condition: &'a Condition, test: &DateBounds, scope: &Scope<'a>) -> ProofNode<'a> {
        let (key, value) = date_or_lead(scope.record);
        let answer = dated_answer(self.case, scope.record, test);
        let value = value.map_or(FactText::Nothing, |v| self.told(v));
        self.leaf(condition, scope.path.key(key), scope, value, answer)
    }

    fn told(&self, value: Value<'a>) -> FactText<'a> {
        FactText::Value(value, &self.case.rulebook.vocabulary)
    }

    /// Known to be none.
    fn none(&self) -> FactText<'a> {
        self.told(Value::One(Some(None)))
    }

    fn goods(&self, condition: &'a Condition, lists: &[GoodsListId], scope: &Scope<'a>) -> ProofNode<'a> {
        let index = scope.path.segments().last().and_then(|s| if let PathSegment::Index(i) = s { Some(*i) } else { None });
        let Some(index) = index.filter(|index| *index < self.case.transaction.items.known().len()) else {
            return self.leaf(condition, scope.path.clone(), scope, FactText::Nothing, Answer::open(UnknownCause::NotReported));
        };
        let hidden = |id: GoodsListId| self.case.hides(self.case.rulebook.goods.get(id).and_then(|l| l.in_force.from));
        // Of lists with the same answer the last is named, so they are asked from behind.
        let mut best: Option<(&'a Item, GoodsMatch<'a>)> = None;
        for id in lists.iter().rev().filter(|id| !hidden(**id)) {
            let next = self.memo.match_goods(index, *id);
            if best.is_none_or(|(_, best)| next.is_some_and(|(_, next)| next.truth > best.truth)) {
                best = next;
            }
            if best.is_some_and(|(_, best)| best.truth == Truth::True) {
                break;
            }
        }
        let Some((item, judged)) = best else {
            return self.leaf(condition, scope.path.clone(), scope, FactText::Nothing, Answer::known(false));
        };
        let value = self.told(match judged.by {
            "hs" => Value::Hs(&item.hs),
            _ => Value::Text(item.description.as_deref()),
        });
        let answer = Answer { truth: judged.truth, cause: judged.cause };
        let mut node = self.leaf(condition, scope.path.key(judged.by), scope, value, answer);
        if let NodeKind::Fact(leaf) = &mut node.kind {
            leaf.note = Some(Box::new(FactNote::Goods { why: judged.why, disagree: judged.disagree }));
        }
        node
    }

    fn designated(&self, condition: &'a Condition, lists: &[DesignationListId], scope: &Scope<'a>) -> ProofNode<'a> {
        let path = scope.path.key("designated_as");
        match scope.record.value_of(FieldRole::Listings) {
            Some(value @ Value::Texts(Some(references))) => {
                let lists = || lists.iter().filter_map(|id| self.case.rulebook.list(*id));
                let on_list = references.iter().any(|r| lists().any(|l| l.holds(r)));
                self.leaf(condition, path, scope, self.told(value), Answer::known(on_list))
            }
            _ => self.leaf(condition, path, scope, FactText::Nothing, Answer::open(UnknownCause::NoList)),
        }
    }

    fn quota(&self, condition: &'a Condition, quota: QuotaId, scope: &Scope<'a>) -> ProofNode<'a> {
        let state = self.case.ledger.and_then(|ledger| ledger.state(quota, self.case));
        let Some(state) = state else {
            let item = self.case.item.map_or_else(FactPath::root, |i| FactPath::root().key("items").then(PathSegment::Index(i)));
            return self.leaf(condition, item.key("quantity"), scope, FactText::Nothing, Answer::open(UnknownCause::NotReported));
        };
        let answer = Answer { truth: state.within, cause: (state.within == Truth::Unknown).then_some(UnknownCause::Imprecise) };
        let evidence = state.evidence.unwrap_or(scope.evidence);
        let mut node =
            self.leaf(condition, state.path.clone(), &Scope { evidence, ..scope.clone() }, FactText::Quota(state), answer);
        if let NodeKind::Fact(leaf) = &mut node.kind {
            leaf.note = Some(Box::new(FactNote::Quota(state)));
        }
        node
    }
}

fn key(table: &Table, row: usize) -> &'static str {
    table.fields.get(row).map_or("?", |f| f.key)
}

fn inner_table(table: &'static Table, row: usize) -> &'static Table {
    table.record_table(row).unwrap_or(table)
}

/// Papers made after the day on which the law is asked are not known yet.
pub(super) fn is_hidden(case: &EvalContext<'_>, record: &dyn Record) -> bool {
    if case.known_on.is_none() {
        return false;
    }
    let is_paper = [Authorisation::TABLE, Notification::TABLE, Determination::TABLE].contains(&record.table());
    is_paper && matches!(record.value_of(FieldRole::MadeOn), Some(Value::Date(Some(date))) if case.hides(Some(date.from)))
}

/// A date against the bounds of a test.
pub(super) fn date_answer(case: &EvalContext<'_>, date: &Period, test: &DateBounds) -> Answer {
    Answer::all(test.bounds.iter().map(|(when, bound)| match bound_of(case, bound) {
        Some(bound) => Answer::known(dates(date, *when, &bound, test.days)),
        None => Answer::open(UnknownCause::NotReported),
    }))
}

fn bound_of(case: &EvalContext<'_>, bound: &DateOperand) -> Option<Period> {
    let rows = match bound {
        DateOperand::Fixed(period) => return Some(*period),
        DateOperand::Fact(rows, _) => rows,
    };
    let mut record: &dyn Record = case.transaction;
    for row in rows {
        match record.value(*row) {
            Value::One(Some(Some(inner))) => record = inner,
            Value::Date(date) => return date.copied(),
            _ => return None,
        }
    }
    None
}

/// The fact that tells when a record was made: its date; where only the lead is told, that.
fn date_or_lead(record: &dyn Record) -> (&'static str, Option<Value<'_>>) {
    match (record.value_of(FieldRole::MadeOn), record.value_of(FieldRole::Lead)) {
        (Some(date @ Value::Date(Some(_))), _) => ("date", Some(date)),
        (_, Some(lead @ Value::Amount(Some(_)))) => ("lead", Some(lead)),
        _ => ("date", None),
    }
}

/// The record's own date, or its lead, against the bounds of a test.
pub(super) fn dated_answer(case: &EvalContext<'_>, record: &dyn Record, test: &DateBounds) -> Answer {
    match date_or_lead(record).1 {
        Some(Value::Date(Some(period))) => date_answer(case, period, test),
        Some(Value::Amount(Some(amount))) if is_days(amount.unit, case) => lead_answers(&amount.range, test),
        Some(_) => Answer::open(UnknownCause::NotComparable),
        None => Answer::open(UnknownCause::NotReported),
    }
}

fn is_days(unit: Unit, case: &EvalContext<'_>) -> bool {
    matches!(unit, Unit::Quantity(term) if case.rulebook.vocabulary.known_terms().days == Some(term))
}

/// `lead: 5 days` against `before: date, days: 5`: it tells how long before the event the notice was given.
fn lead_answers(lead: &Range, test: &DateBounds) -> Answer {
    Answer::all(test.bounds.iter().map(|(when, bound)| match (when, bound) {
        (DateRelation::Before, DateOperand::Fact(_, name)) if name == "date" => {
            Answer::known(!lead.at_most(test.days.into(), test.days > 0))
        }
        (DateRelation::Until, DateOperand::Fact(_, name)) if name == "date" => Answer::known(true),
        _ => Answer::open(UnknownCause::NotReported),
    }))
}

/// A record of the kind that stands in a row, of which nothing is told: its table.
pub(super) fn blank(table: &'static Table, row: usize) -> &'static dyn Record {
    match table.fields.get(row).map(|f| &f.kind) {
        Some(FactKind::One(inner) | FactKind::Many(inner)) => inner,
        _ => &Transaction::TABLE,
    }
}
