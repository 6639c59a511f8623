//! The reference evaluator, which *defines* the rule language: a condition means what this module computes.
//!
//! It walks a condition as written and returns its truth with the proof. Tests hold two things equal to it: the
//! [prefilter](super::prefilter), which finds the truths of many conditions without proofs (`tests/equality.rs`, on random
//! rulebooks and facts), and the laws of three-valued logic on random conditions (`tests/properties.rs`).

mod linked;

use crate::facts::{
    Authorisation, DerivedFact, Determination, FactKind, FactPath, FactValue, FieldRole, FieldSet, Item, Notification,
    PathSegment, Record, Table, Transaction, Truth,
};
use crate::rulebook::{Condition, ConditionKind, DateBounds, DesignationListId, GoodsListId, Matcher, QuotaId};

use super::compare::{Comparison, compare_fact, compare_listings, compare_text, row_of_text};
use super::dated::{compare_date, compare_dated, date_or_lead};
use super::evidence_level::numbered_sources_of;
use super::excusing_paper::{Excuse, doubts_about, is_excusing_paper};
use super::goods::{GoodsFact, GoodsMatch};
use super::inference::links::path_of_transaction;
use super::inference::related::Related;
use super::proof::ProofBuilder;
use super::shown_elements::ShownElements;
use super::transaction_memo::SharedKey;
use super::{
    Claim, EvalContext, EvidenceLevel, FactNote, FactText, NodeKind, Proof, ProofNode, TestedFact, TransactionMemo, UnknownCause,
};

/// Evaluates conditions on one transaction, or on the item that is bound in its context.
pub struct ReferenceEvaluator<'c, 'a> {
    context: &'c EvalContext<'a>,
    /// True if an ambiguous name, or one of several countries on a side, counts as a match when it could be what the condition
    /// requires.
    ambiguous_is_true: bool,
    /// If set, what is not reported and beside the point of a transaction is taken as empty, except for these fields.
    asks: Option<FieldSet>,
    /// What the condition is to excuse, if anything: papers then have to be fit to excuse it.
    excuse: Option<Excuse<'a>>,
    memo: &'c TransactionMemo<'a>,
    /// The path to the transaction; empty unless it is one that another is related to.
    root: FactPath,
    /// True inside `concerns`: related transactions are not looked at again.
    is_related: bool,
}

/// The record that a condition is evaluated on, the path to it, and the evidence for it.
#[derive(Clone)]
struct Scope<'a> {
    record: &'a dyn Record,
    path: FactPath,
    evidence: EvidenceLevel,
}

impl<'c, 'a> ReferenceEvaluator<'c, 'a> {
    /// An evaluator for a context, with the memo of its transaction.
    pub fn new(context: &'c EvalContext<'a>, memo: &'c TransactionMemo<'a>) -> Self {
        Self { context, ambiguous_is_true: false, asks: None, excuse: None, memo, root: FactPath::root(), is_related: false }
    }

    /// An evaluator for the nexus of a regime. An ambiguous name (`Korea`) must not hide the link, so it counts as a match
    /// when it could mean what the condition requires.
    pub fn for_nexus(context: &'c EvalContext<'a>, memo: &'c TransactionMemo<'a>) -> Self {
        Self { ambiguous_is_true: true, ..Self::new(context, memo) }
    }

    /// An evaluator that takes as empty what is beside the point of the transaction and what a rule does not ask for all the
    /// same: a rule that is false then does not ask.
    pub(super) fn for_pertinence(context: &'c EvalContext<'a>, asks: FieldSet, memo: &'c TransactionMemo<'a>) -> Self {
        Self { asks: Some(asks), ..Self::new(context, memo) }
    }

    /// An evaluator for an exception, or for what fulfils a duty.
    pub(super) fn for_excuse(context: &'c EvalContext<'a>, memo: &'c TransactionMemo<'a>, excuse: Excuse<'a>) -> Self {
        Self { excuse: Some(excuse), ..Self::new(context, memo) }
    }

    /// Evaluates a condition on the transaction.
    pub fn prove(&self, condition: &'a Condition) -> Proof<'a> {
        self.proof(|proof| self.prove_into(condition, proof))
    }

    /// Builds a proof; see [`TransactionMemo::proof`].
    pub(super) fn proof(&self, grow: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Proof<'a> {
        self.memo.proof(grow)
    }

    /// Evaluates a condition on the transaction as a part of a larger proof.
    pub(super) fn prove_into(&self, condition: &'a Condition, proof: &mut ProofBuilder<'a>) -> Truth {
        let scope = Scope { record: self.context.transaction, path: self.root.clone(), evidence: self.context.evidence };
        self.condition(condition, &scope, proof)
    }

    /// The truth of a condition on the record in scope.
    fn condition(&self, condition: &'a Condition, scope: &Scope<'a>, proof: &mut ProofBuilder<'a>) -> Truth {
        match &condition.kind {
            ConditionKind::Is(_) | ConditionKind::Some { .. } | ConditionKind::Concerns(_) if self.is_of_all_rules(scope) => {
                let prove = || self.proof(|apart| self.evaluate(condition, scope, apart));
                let proof_of_all = self.memo.shared(self.shared_key(condition), prove);
                proof.share(proof_of_all)
            }
            _ => self.evaluate(condition, scope, proof),
        }
    }

    /// True if a condition on the record in scope, the transaction, is the same for every rule that asks it: no paper is to be
    /// looked at that excuses one act and not another.
    fn is_of_all_rules(&self, scope: &Scope<'a>) -> bool {
        let transaction = self.context.transaction;
        let has_papers = || {
            !(transaction.authorisations.known().is_empty()
                && transaction.notifications.known().is_empty()
                && transaction.determinations.known().is_empty())
        };
        scope.record.table() == Transaction::TABLE
            && self.memo.shares_proofs(self.context)
            && scope.path == self.root
            && (self.excuse.is_none() || !has_papers())
    }

    fn shared_key(&self, condition: &'a Condition) -> SharedKey<'a> {
        let Self { ambiguous_is_true, asks, is_related, .. } = *self;
        let item = self.context.item.filter(|_| self.memo.is_on_items(condition));
        SharedKey { condition, item, ambiguous_is_true, asks, is_related }
    }

    fn evaluate(&self, condition: &'a Condition, scope: &Scope<'a>, proof: &mut ProofBuilder<'a>) -> Truth {
        let claim = Claim::Condition(condition);
        match &condition.kind {
            // Every part is evaluated even when one decides: a proof shows all of them.
            ConditionKind::All(all) => proof.node(claim, NodeKind::All, |proof| {
                all.iter().map(|c| self.condition(c, scope, proof)).min().unwrap_or(Truth::True)
            }),
            ConditionKind::Any(any) => proof.node(claim, NodeKind::Any, |proof| {
                any.iter().map(|c| self.condition(c, scope, proof)).max().unwrap_or(Truth::False)
            }),
            ConditionKind::Not(of) => proof.node(claim, NodeKind::Not, |proof| !self.condition(of, scope, proof)),
            ConditionKind::Shown(of) => {
                proof.node(claim, NodeKind::Shown, |proof| Truth::from(self.condition(of, scope, proof) == Truth::True))
            }
            ConditionKind::Is(id) => match self.context.rulebook.definition(*id) {
                Some(definition) => {
                    proof.node(claim, NodeKind::Definition, |proof| self.condition(&definition.when, scope, proof))
                }
                None => {
                    let comparison = Comparison::unknown(UnknownCause::NotReported);
                    proof.leaf(self.leaf(condition, scope.path.clone(), scope, FactText::Nothing, comparison))
                }
            },
            ConditionKind::Inside { row, of } => self.inside(condition, *row, of, scope, proof),
            ConditionKind::Some { row, of } => self.some(condition, *row, of, scope, proof),
            ConditionKind::Linked { row, of } => self.linked(condition, *row, of, scope, proof),
            ConditionKind::Concerns(of) => self.concerns(condition, of, scope, proof),
            ConditionKind::SomeSource(of) => self.some_source(condition, of, proof),
            ConditionKind::Fact { row, matcher } => proof.leaf(self.fact(condition, *row, matcher, scope)),
            ConditionKind::Dated(test) => proof.leaf(self.dated(condition, test, scope)),
            ConditionKind::Goods(lists) => proof.leaf(self.goods(condition, lists, scope)),
            ConditionKind::Designated { lists, measures } => proof.leaf(self.designated(condition, lists, measures, scope)),
            ConditionKind::Quota(quota) => proof.leaf(self.quota(condition, *quota, scope)),
        }
    }

    /// The test of the fact at `path` by a condition.
    fn leaf(
        &self,
        condition: &'a Condition,
        path: FactPath,
        scope: &Scope<'a>,
        value: FactText<'a>,
        comparison: Comparison,
    ) -> ProofNode<'a> {
        let truth = match comparison.cause {
            Some(UnknownCause::Ambiguous | UnknownCause::Several | UnknownCause::PossiblyListed) if self.ambiguous_is_true => {
                Truth::True
            }
            _ => comparison.truth,
        };
        let cause = comparison.cause.filter(|_| truth == Truth::Unknown);
        let note = self.derivation(&path).map(|fact| Box::new(FactNote::Derived(fact)));
        let fact = TestedFact { path, value, cause, note, evidence: Some(scope.evidence) };
        ProofNode::leaf(truth, Claim::Condition(condition), fact)
    }

    /// How the fact at a path was derived; `None` if it was reported.
    fn derivation(&self, path: &FactPath) -> Option<&'a DerivedFact> {
        self.memo.derivation(path.segments().strip_prefix(self.root.segments())?)
    }

    /// A condition on the record in a field. A record that is not reported is evaluated as one without any reported fact.
    fn inside(
        &self,
        condition: &'a Condition,
        row: usize,
        of: &'a Condition,
        scope: &Scope<'a>,
        proof: &mut ProofBuilder<'a>,
    ) -> Truth {
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let record = match scope.record.value(row) {
            FactValue::One(Some(Some(record))) => record,
            FactValue::One(value) if value.is_some() || self.takes_as_empty(scope, row) => {
                return proof.leaf(self.leaf(condition, path, scope, self.none(), Comparison::of_reported(false)));
            }
            _ => blank(scope.record.table(), row),
        };
        let own = EvidenceLevel::of_element(record, self.context.reported, self.context.rulebook);
        self.condition(of, &Scope { record, path, evidence: own.unwrap_or(scope.evidence) }, proof)
    }

    /// A condition that an element of a list must meet: unknown if the list is not reported, false if it is empty.
    fn some(
        &self,
        condition: &'a Condition,
        row: usize,
        of: &'a Condition,
        scope: &Scope<'a>,
        proof: &mut ProofBuilder<'a>,
    ) -> Truth {
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let FactValue::Many(Some(list)) = scope.record.value(row) else {
            if self.takes_as_empty(scope, row) {
                return proof.leaf(self.leaf(condition, path, scope, self.none(), Comparison::of_reported(false)));
            }
            return proof.leaf(self.leaf(
                condition,
                path,
                scope,
                FactText::Nothing,
                Comparison::unknown(UnknownCause::NotReported),
            ));
        };
        let is_items = inner_table(scope.record.table(), row) == Item::TABLE;
        let bound = self.context.item.filter(|_| is_items);
        let indices = bound.map_or(0..list.len(), |bound| bound..(bound + 1).min(list.len()));
        let mut shown = ShownElements::of(indices.len());
        let records = indices.filter_map(|index| Some((index, list.record(index)?)));
        let mut elements = records.filter(|(_, record)| !is_hidden(self.context, *record)).peekable();
        if elements.peek().is_none() {
            return proof.leaf(self.leaf(condition, path, scope, self.none(), Comparison::of_reported(false)));
        }
        proof.node(Claim::Condition(condition), NodeKind::AnyElement, |proof| {
            let elements = elements.map(|(index, record)| {
                let path = path.then(PathSegment::Index(index));
                shown.add(proof, |proof| match &self.excuse {
                    Some(excuse) if is_excusing_paper(record.table()) => {
                        self.excusing_paper(of, excuse, index, &Scope { record, path, evidence: scope.evidence }, proof)
                    }
                    _ => {
                        let own = EvidenceLevel::of_element(record, self.context.reported, self.context.rulebook);
                        self.element(of, &Scope { record, path, evidence: own.unwrap_or(scope.evidence) }, proof)
                    }
                })
            });
            elements.max().unwrap_or(Truth::False)
        })
    }

    /// A condition that one of the sources of the transaction must meet.
    fn some_source(&self, condition: &'a Condition, of: &'a Condition, proof: &mut ProofBuilder<'a>) -> Truth {
        let here = FactPath::root().key("sources");
        let evidence = self.context.evidence;
        let named = numbered_sources_of(self.context.transaction.sources.as_deref(), self.context.reported);
        let mut shown = ShownElements::of(self.context.reported.sources().len());
        proof.node(Claim::Condition(condition), NodeKind::AnyElement, |proof| {
            let elements = named.map(|(index, source)| {
                let scope = Scope { record: source, path: here.then(PathSegment::Index(index)), evidence };
                shown.add(proof, |proof| self.element(of, &scope, proof))
            });
            elements.max().unwrap_or(Truth::False)
        })
    }

    /// A condition that the transaction must meet, or one that it is related to.
    fn concerns(&self, condition: &'a Condition, of: &'a Condition, scope: &Scope<'a>, proof: &mut ProofBuilder<'a>) -> Truth {
        let related = if self.is_related { Related::default() } else { Related::of_context(self.context) };
        let mut shown = ShownElements::of(related.transactions.len());
        proof.node(Claim::Condition(condition), NodeKind::AnyElement, |proof| {
            let whole = self.context.without_item();
            let own = ReferenceEvaluator { context: &whole, root: self.root.clone(), is_related: true, ..*self };
            let mut any = own.prove_into(of, proof);
            for position in related.transactions {
                let context = self.context;
                let Some(other) =
                    EvalContext::new(context.rulebook, context.reported, position, context.known_on, context.ledger)
                else {
                    continue;
                };
                let memo = TransactionMemo::new(&other);
                let root = path_of_transaction(context, &self.root, position);
                let evaluator = ReferenceEvaluator { context: &other, memo: &memo, root, is_related: true, ..*self };
                any = any.max(shown.add(proof, |proof| evaluator.prove_into(of, proof)));
            }
            for path in related.not_found {
                let comparison = Comparison::unknown(UnknownCause::NotReported);
                any = any.max(proof.leaf(self.leaf(condition, path, scope, FactText::Nothing, comparison)));
            }
            any
        })
    }

    /// A condition on one element of a list.
    fn element(&self, of: &'a Condition, scope: &Scope<'a>, proof: &mut ProofBuilder<'a>) -> Truth {
        let kind = NodeKind::Element(scope.path.clone());
        proof.node(Claim::Condition(of), kind, |proof| self.condition(of, scope, proof))
    }

    /// A condition on a paper that is to excuse the act, with everything that keeps it from excusing.
    fn excusing_paper(
        &self,
        of: &'a Condition,
        excuse: &Excuse<'a>,
        index: usize,
        scope: &Scope<'a>,
        proof: &mut ProofBuilder<'a>,
    ) -> Truth {
        let context = self.context;
        let evidence = EvidenceLevel::of_excusing_paper(scope.record, context.transaction, context.reported, context.rulebook);
        let scope = Scope { evidence, ..scope.clone() };
        let kind = NodeKind::Element(scope.path.clone());
        proof.node(Claim::Condition(of), kind, |proof| {
            proof.node(Claim::Implicit("a paper that can excuse the act", excuse.span), NodeKind::All, |proof| {
                let mut all = self.condition(of, &scope, proof);
                for doubt in doubts_about(scope.record, index, of, excuse, context, self.memo) {
                    let value = scope.record.table().position(doubt.key).map(|row| self.reported(scope.record.value(row)));
                    let fact = TestedFact {
                        path: scope.path.key(doubt.key),
                        value: value.unwrap_or(FactText::Nothing),
                        cause: doubt.cause,
                        note: None,
                        evidence: Some(evidence),
                    };
                    all = all.min(proof.leaf(ProofNode::leaf(doubt.truth, Claim::Implicit(doubt.claim, excuse.span), fact)));
                }
                all
            })
        })
    }

    /// The comparison of one fact with a matcher.
    fn fact(&self, condition: &'a Condition, row: usize, matcher: &'a Matcher, scope: &Scope<'a>) -> ProofNode<'a> {
        let vocabulary = &self.context.rulebook.vocabulary;
        let compared = |row: usize| match (scope.record.value(row), matcher) {
            (FactValue::Text(Some(text)), matcher) if matcher.sought_words().is_some() => {
                self.memo.text_compared(text, matcher, || compare_text(text, &self.memo.words(text), matcher, vocabulary))
            }
            _ => compare_fact(scope.record, row, matcher, vocabulary),
        };
        let row = row_of_text(scope.record, row, matcher, |row| compared(row).truth);
        let value = scope.record.value(row);
        let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
        let comparison = match (value, matcher) {
            (FactValue::Date(Some(date)), Matcher::Date(test)) => compare_date(self.context, date, test),
            (FactValue::Date(None), Matcher::Date(_)) => Comparison::unknown(UnknownCause::NotReported),
            (FactValue::Terms(_), Matcher::Terms(_)) if self.takes_as_empty(scope, row) => Comparison::of_reported(false),
            _ => compared(row),
        };
        self.leaf(condition, path, scope, self.reported(value), comparison)
    }

    /// The date on which the record was made, or its lead, against bounds.
    fn dated(&self, condition: &'a Condition, test: &DateBounds, scope: &Scope<'a>) -> ProofNode<'a> {
        let (key, value) = date_or_lead(scope.record);
        let comparison = compare_dated(self.context, scope.record, test);
        let value = value.map_or(FactText::Nothing, |v| self.reported(v));
        self.leaf(condition, scope.path.key(key), scope, value, comparison)
    }

    /// True if the field, which is not reported, is taken as empty.
    fn takes_as_empty(&self, scope: &Scope<'a>, row: usize) -> bool {
        let is_beside_the_point = |asks| self.context.beside_the_point.without(asks).contains(row);
        scope.record.table() == Transaction::TABLE && self.asks.is_some_and(is_beside_the_point)
    }

    fn reported(&self, value: FactValue<'a>) -> FactText<'a> {
        FactText::FactValue(value, &self.context.rulebook.vocabulary)
    }

    /// The text for a fact that is reported to be none.
    fn none(&self) -> FactText<'a> {
        self.reported(FactValue::One(Some(None)))
    }

    /// Whether the item in scope is in one of some lists of goods.
    fn goods(&self, condition: &'a Condition, lists: &[GoodsListId], scope: &Scope<'a>) -> ProofNode<'a> {
        let index = scope.path.segments().last().and_then(|s| if let PathSegment::Index(i) = s { Some(*i) } else { None });
        let Some(index) = index.filter(|index| *index < self.context.transaction.items.known().len()) else {
            return self.leaf(
                condition,
                scope.path.clone(),
                scope,
                FactText::Nothing,
                Comparison::unknown(UnknownCause::NotReported),
            );
        };
        let hidden =
            |id: GoodsListId| self.context.hides(self.context.rulebook.goods.get(id).and_then(|l| l.in_force.first_day()));
        // Of lists that match equally well the last one is reported, so they are searched from the last.
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
        let Some((item, matched)) = best else {
            return self.leaf(condition, scope.path.clone(), scope, FactText::Nothing, Comparison::of_reported(false));
        };
        let value = self.reported(match matched.decided_by {
            GoodsFact::Code => FactValue::Hs(&item.hs),
            GoodsFact::Description => FactValue::Text(item.description.as_deref()),
        });
        let comparison = Comparison { truth: matched.truth, cause: matched.cause };
        let mut node = self.leaf(condition, scope.path.key(matched.decided_by.key()), scope, value, comparison);
        if let NodeKind::Fact(fact) = &mut node.kind {
            fact.note = Some(Box::new(FactNote::Goods { why: matched.why, disagree: matched.disagree }));
        }
        node
    }

    /// Whether the person or ship in scope is designated on one of some lists, by the listings that the report names.
    fn designated(
        &self,
        condition: &'a Condition,
        lists: &[DesignationListId],
        measures: &[String],
        scope: &Scope<'a>,
    ) -> ProofNode<'a> {
        let path = scope.path.key("designated_as");
        match scope.record.value_of(FieldRole::Listings) {
            Some(value @ FactValue::Texts(Some(references))) => {
                let lists = lists.iter().filter_map(|id| self.context.rulebook.list(*id));
                let comparison = compare_listings(references, lists, measures, self.context.date());
                self.leaf(condition, path, scope, self.reported(value), comparison)
            }
            _ => self.leaf(condition, path, scope, FactText::Nothing, Comparison::unknown(UnknownCause::NoList)),
        }
    }

    /// Whether the transaction, counted, is within a quota.
    fn quota(&self, condition: &'a Condition, quota: QuotaId, scope: &Scope<'a>) -> ProofNode<'a> {
        let state = self.context.ledger.and_then(|ledger| ledger.state(quota, self.context));
        let Some(state) = state else {
            let item =
                self.context.item.map_or_else(FactPath::root, |i| FactPath::root().key("items").then(PathSegment::Index(i)));
            return self.leaf(
                condition,
                item.key("quantity"),
                scope,
                FactText::Nothing,
                Comparison::unknown(UnknownCause::NotReported),
            );
        };
        let comparison =
            Comparison { truth: state.within, cause: (state.within == Truth::Unknown).then_some(UnknownCause::Imprecise) };
        // What else counts, however weakly shown, can only make the total larger: that it is within rests on the own quantity.
        let of_total = state.evidence.filter(|_| state.within != Truth::True);
        let evidence = of_total.unwrap_or(scope.evidence);
        let mut node =
            self.leaf(condition, state.path.clone(), &Scope { evidence, ..scope.clone() }, FactText::Quota(state), comparison);
        if let NodeKind::Fact(fact) = &mut node.kind {
            fact.note = Some(Box::new(FactNote::Quota(state)));
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

/// True for a record made after the day as of which the law is applied.
pub(super) fn is_hidden(context: &EvalContext<'_>, record: &dyn Record) -> bool {
    if context.known_on.is_none() {
        return false;
    }
    let is_paper = [Authorisation::TABLE, Notification::TABLE, Determination::TABLE].contains(&record.table());
    is_paper && matches!(record.value_of(FieldRole::MadeOn), Some(FactValue::Date(Some(date))) if context.hides(Some(date.from)))
}

/// An empty record of the kind that a field holds: its table is one.
pub(super) fn blank(table: &'static Table, row: usize) -> &'static dyn Record {
    match table.fields.get(row).map(|f| &f.kind) {
        Some(FactKind::One(inner) | FactKind::Many(inner)) => inner,
        _ => &Transaction::TABLE,
    }
}
