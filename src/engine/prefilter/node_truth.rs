//! The truth of condition nodes on one transaction: the same as by the reference evaluator, but without proofs.
//!
//! Every leaf calls the function that [`ReferenceEvaluator`](crate::engine::ReferenceEvaluator) calls, so that the two can
//! differ only in how truths are combined; `tests/equality.rs` holds them equal.

use std::ops::ControlFlow;

use crate::engine::compare::{Comparison, compare_fact, compare_given, compare_listings, is_given, row_of_text};
use crate::engine::dated::{compare_date, compare_dated};
use crate::engine::evidence_level::sources_of;
use crate::engine::goods::match_goods;
use crate::engine::inference::links::{LinkStart, LinkedParty, follow, names_in, party_of_name};
use crate::engine::inference::related::Related;
use crate::engine::reference::is_hidden;
use crate::engine::{EvalContext, UnknownCause};
use crate::facts::{CodedTerm, FactPath, FactValue, Record, Records, Term, Transaction, Truth, Words};
use crate::rulebook::{DesignationListId, GoodsListId, Matcher};

use super::assumptions::Assumptions;
use super::condition_graph::{ConditionGraph, NodeId, NodeTest, has_phrases_in_profiles};
use super::scratch::{Bound, OfElement, Scratch};

/// Evaluates nodes about one transaction, each at most once.
pub(super) struct NodeTruths<'s, 'c, 'a> {
    pub(super) graph: &'s ConditionGraph<'a>,
    pub(super) case: &'s EvalContext<'c>,
    pub(super) scratch: &'s mut Scratch,
    /// True inside `concerns`: related transactions are not looked at again.
    pub(super) is_related: bool,
    /// No text of the transaction in which profiles look for phrases has one that a condition looks for. It says nothing of named
    /// parties and of related transactions.
    pub(super) has_no_phrase: bool,
    /// The transaction is related to no other and reports [no listing and no link](super::told_listings): one list of designated
    /// persons is like another.
    pub(super) has_no_listing: bool,
    /// If set, what profiles do not distinguish has this truth, and is not looked at.
    pub(super) undetermined: Option<Truth>,
    /// The row of the transaction's list of which an element is looked at.
    pub(super) list: Option<usize>,
}

impl<'c> NodeTruths<'_, 'c, '_> {
    /// The truth of a node about the transaction.
    pub(super) fn of_transaction(&mut self, id: NodeId) -> Assumptions {
        self.node(self.in_place_of(id), self.case.transaction, None)
    }

    /// The truth that a node about the transaction has whatever the facts are that profiles do not distinguish, if it has one.
    pub(super) fn settled(mut self, id: NodeId) -> Option<Assumptions> {
        self.undetermined = Some(Truth::True);
        let greatest = self.of_transaction(id);
        self.undetermined = Some(Truth::False);
        (self.of_transaction(id) == greatest).then_some(greatest)
    }

    /// The node that is asked in place of another one.
    pub(super) fn in_place_of(&self, id: NodeId) -> NodeId {
        self.graph.node(id).filter(|_| self.has_no_listing).map_or(id, |node| node.without_list)
    }

    /// The greatest truth, under each assumption, that a node about the transaction can have whatever the facts are that profiles
    /// do not distinguish: the connectives are monotone in their parts, and *not* turns them round.
    pub(super) fn greatest(mut self, id: NodeId) -> Assumptions {
        self.undetermined = Some(Truth::True);
        self.of_transaction(id)
    }

    /// The truth of a node about `record`, which is the element with position `element` of a list of the transaction's.
    pub(super) fn node(&mut self, id: NodeId, record: &dyn Record, element: Option<usize>) -> Assumptions {
        let Some(node) = self.graph.node(id) else { return Assumptions::UNKNOWN };
        if let Some(truth) = self.undetermined {
            return match node.is_determined {
                true => NodeTruths { scratch: &mut *self.scratch, undetermined: None, ..*self }.node(id, record, element),
                false if node.is_undetermined => truth.into(),
                false => self.tested(id, record, element),
            };
        }
        self.tested(id, record, element)
    }

    /// The truth of a node by its test, which is made once for the transaction.
    fn tested(&mut self, id: NodeId, record: &dyn Record, element: Option<usize>) -> Assumptions {
        let Some(node) = self.graph.node(id) else { return Assumptions::UNKNOWN };
        if !node.is_of_transaction {
            let of = node.shared_number.and_then(|number| self.of_element(number, element));
            return match of {
                Some(of) => self.scratch.truth_of_element(of).unwrap_or_else(|| {
                    let truth = self.test(&node.test, record, element);
                    self.scratch.set_truth_of_element(of, truth);
                    truth
                }),
                None => self.test(&node.test, record, element),
            };
        }
        let bound = self.bound();
        if let Some(known) = self.scratch.truth(id, bound) {
            return known;
        }
        let truth = self.test(&node.test, record, element);
        self.scratch.set_truth(id, bound, truth, node.depends_on_item);
        truth
    }

    /// A shared condition on an element, if its truth is remembered.
    fn of_element(&self, number: usize, element: Option<usize>) -> Option<OfElement> {
        let is_exact = self.undetermined.is_none();
        Some(OfElement { number, row: self.list.filter(|_| is_exact)?, position: element? })
    }

    fn bound(&self) -> Bound {
        match self.undetermined {
            None => Bound::Exact,
            Some(Truth::False) => Bound::Least,
            Some(Truth::True | Truth::Unknown) => Bound::Greatest,
        }
    }

    fn test(&mut self, test: &NodeTest<'_>, record: &dyn Record, element: Option<usize>) -> Assumptions {
        match test {
            NodeTest::All(nodes) => {
                let mut all = Assumptions::TRUE;
                for node in nodes {
                    all = all.and(self.node(*node, record, element));
                    if all == Assumptions::FALSE {
                        break;
                    }
                }
                all
            }
            NodeTest::Any(nodes) => {
                let mut any = Assumptions::FALSE;
                for node in nodes {
                    any = any.or(self.node(*node, record, element));
                    if any == Assumptions::TRUE {
                        break;
                    }
                }
                any
            }
            NodeTest::Not(inner) => {
                let undetermined = self.undetermined;
                self.undetermined = undetermined.map(|truth| !truth);
                let truth = self.node(*inner, record, element).not();
                self.undetermined = undetermined;
                truth
            }
            NodeTest::Shown(inner) => self.node(*inner, record, element).shown(),
            NodeTest::Inside { row, asked, table, inner } => match record.value(*row) {
                FactValue::One(Some(Some(record))) => self.node(*inner, record, None),
                FactValue::One(Some(None)) => Assumptions::FALSE,
                _ => {
                    let truth = self.node(*inner, table, None);
                    if self.is_beside_the_point(record, *row, *asked) { truth.false_if_empty() } else { truth }
                }
            },
            NodeTest::Some { row, asked, is_items, inner } => match record.value(*row) {
                FactValue::Many(Some(list)) => {
                    let is_of_transaction = record.table() == Transaction::TABLE;
                    let outer = std::mem::replace(&mut self.list, is_of_transaction.then_some(*row));
                    let truth = self.some_element(list, *is_items, *inner);
                    self.list = outer;
                    truth
                }
                _ if self.is_beside_the_point(record, *row, *asked) => Assumptions::UNKNOWN.false_if_empty(),
                _ => Assumptions::UNKNOWN,
            },
            NodeTest::SomeSource(inner) => {
                let case = self.case;
                let sources = sources_of(case.transaction.sources.as_deref(), case.reported);
                sources.fold(Assumptions::FALSE, |any, source| any.or(self.node(*inner, source, None)))
            }
            NodeTest::Linked { row, inner } => self.linked(record, *row, *inner),
            NodeTest::Concerns(inner) => self.concerns(*inner),
            NodeTest::Terms { row, asked, terms, broader, matcher } => {
                let value = record.value(*row);
                match only_term(value) {
                    _ if is_untold(value) && matches!(matcher, Matcher::Terms(sought) if !sought.is_empty()) => {
                        match self.is_beside_the_point(record, *row, *asked) {
                            true => Assumptions::UNKNOWN.false_if_empty(),
                            false => Assumptions::UNKNOWN,
                        }
                    }
                    Some(term) if terms.contains(usize::from(term.0)) => Assumptions::TRUE,
                    Some(term) if broader.contains(usize::from(term.0)) => Assumptions::UNKNOWN,
                    Some(_) => Assumptions::FALSE,
                    None if self.is_beside_the_point(record, *row, *asked) => {
                        Assumptions::from(self.fact(record, *row, matcher)).false_if_empty()
                    }
                    None => self.fact(record, *row, matcher).into(),
                }
            }
            NodeTest::Fact { row, matcher } => self.fact(record, *row, matcher).into(),
            NodeTest::Described { row, matcher, phrases } => match element.filter(|_| is_given(record.value(*row))) {
                Some(index) => Comparison::of_reported(self.is_described(index, phrases)).into(),
                None => self.fact(record, *row, matcher).into(),
            },
            NodeTest::Dated(test) => compare_dated(self.case, record, test).into(),
            NodeTest::Goods(lists) => self.goods(lists, element),
            NodeTest::Designated { row, lists, measures } => self.designated(record, *row, lists, measures).into(),
            NodeTest::Quota(quota) => match self.case.ledger.and_then(|ledger| ledger.state(*quota, self.case)) {
                Some(state) => state.within.into(),
                None => Assumptions::UNKNOWN,
            },
        }
    }

    /// True if a field of the transaction is not reported and beside the point, and the rule does not ask for it all the same.
    fn is_beside_the_point(&self, record: &dyn Record, row: usize, asked: bool) -> bool {
        !asked && record.table() == Transaction::TABLE && self.case.beside_the_point.contains(row)
    }

    fn some_element(&mut self, list: &dyn Records, is_items: bool, inner: NodeId) -> Assumptions {
        let bound = self.case.item.filter(|_| is_items);
        let mut any = Assumptions::FALSE;
        for index in bound.map_or(0..list.len(), |bound| bound..(bound + 1).min(list.len())) {
            let Some(element) = list.record(index) else { continue };
            if is_hidden(self.case, element) {
                continue;
            }
            any = any.or(self.node(inner, element, Some(index)));
            if any == Assumptions::TRUE {
                break;
            }
        }
        any
    }

    fn linked(&mut self, record: &dyn Record, row: usize, inner: NodeId) -> Assumptions {
        match names_in(record.value(row)).map(|mut names| names.next().is_some()) {
            None => return Assumptions::UNKNOWN,
            Some(false) => return Assumptions::FALSE,
            Some(true) => {}
        }
        let (case, root) = (self.case, FactPath::root());
        let start = LinkStart { record, row, path: &root, evidence: case.evidence, transaction: &root };
        let mut any = Assumptions::FALSE;
        let has_no_phrase = std::mem::replace(&mut self.has_no_phrase, false);
        follow(case, &start, |link| {
            any = any.or(match link.to {
                LinkedParty::Party(party, transaction, position) => {
                    let (at, bound) = ((transaction, position), self.bound());
                    self.scratch.of_link(inner, bound, at).unwrap_or_else(|| {
                        let truth = self.node(inner, party, None);
                        self.scratch.set_of_link(inner, bound, at, truth);
                        truth
                    })
                }
                LinkedParty::Name(name) => {
                    let party = party_of_name(name, case);
                    self.node(inner, &party, None).of_name_only()
                }
                LinkedParty::TooMany => Assumptions::UNKNOWN,
            });
            if any == Assumptions::TRUE { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        self.has_no_phrase = has_no_phrase;
        any
    }

    /// Whether the transaction, without regard to the bound item, or one that it is related to meets a condition.
    fn concerns(&mut self, inner: NodeId) -> Assumptions {
        let case = self.case;
        let related = if self.is_related { Related::default() } else { Related::of_context(case) };
        if related.is_empty() {
            return self.without_item(|truths| truths.node(inner, case.transaction, None));
        }
        let mut scratch = self.scratch.take_related();
        let mut any = self.of_related(inner, &case.without_item(), &mut scratch);
        for position in &related.transactions {
            if any == Assumptions::TRUE {
                break;
            }
            if let Some(other) = EvalContext::new(case.rulebook, case.reported, *position, case.known_on, case.ledger) {
                any = any.or(self.of_related(inner, &other, &mut scratch));
            }
        }
        if !related.not_found.is_empty() {
            any = any.or(Assumptions::UNKNOWN);
        }
        self.scratch.give_back_related(scratch);
        any
    }

    /// Evaluates something about the whole transaction, whatever item is bound.
    pub(super) fn without_item<T>(&mut self, evaluate: impl FnOnce(&mut NodeTruths<'_, 'c, '_>) -> T) -> T {
        if self.case.item.is_none() {
            return evaluate(&mut NodeTruths { scratch: &mut *self.scratch, ..*self });
        }
        let whole = self.case.without_item();
        let Self { graph, is_related, has_no_phrase, has_no_listing, undetermined, list, .. } = *self;
        self.scratch.without_item(|scratch| {
            let case = &whole;
            evaluate(&mut NodeTruths { graph, case, scratch, is_related, has_no_phrase, has_no_listing, undetermined, list })
        })
    }

    fn of_related(&self, inner: NodeId, case: &EvalContext<'_>, scratch: &mut Scratch) -> Assumptions {
        scratch.begin_transaction(self.graph.len());
        let undetermined = self.undetermined;
        NodeTruths {
            graph: self.graph,
            case,
            scratch,
            is_related: true,
            has_no_phrase: false,
            has_no_listing: false,
            undetermined,
            list: None,
        }
        .of_transaction(inner)
    }

    pub(super) fn fact(&self, record: &dyn Record, row: usize, matcher: &Matcher) -> Comparison {
        match (record.value(row), matcher) {
            (value, Matcher::Given(wanted)) => compare_given(value, *wanted),
            (FactValue::Date(Some(date)), Matcher::Date(test)) => compare_date(self.case, date, test),
            (FactValue::Date(None), Matcher::Date(_)) => Comparison::unknown(UnknownCause::NotReported),
            (value, matcher)
                if matcher.sought_words().is_some()
                    && self.has_no_phrase
                    && is_given(value)
                    && has_phrases_in_profiles(record.table()) =>
            {
                Comparison::of_reported(false)
            }
            _ => {
                let vocabulary = &self.case.rulebook.vocabulary;
                let compared = |row: usize| compare_fact(record, row, matcher, vocabulary);
                compared(row_of_text(record, row, matcher, |row| compared(row).truth))
            }
        }
    }

    /// True if the description of an item has one of some phrases.
    fn is_described(&mut self, index: usize, phrases: &[Words]) -> bool {
        let Some(item) = self.case.transaction.items.known().get(index) else { return false };
        let described = self.graph.described();
        let found = self.scratch.phrases_in(index, item, self.case.transaction, described);
        found.iter().any(|number| described.phrase(*number).is_some_and(|phrase| phrases.contains(phrase)))
    }

    fn goods(&mut self, lists: &[GoodsListId], element: Option<usize>) -> Assumptions {
        let items = self.case.transaction.items.known();
        let Some((index, item)) = element.and_then(|i| Some((i, items.get(i)?))) else { return Assumptions::UNKNOWN };
        let goods = &self.case.rulebook.goods;
        let mut best: Option<Truth> = None;
        for id in lists {
            if self.case.hides(goods.get(*id).and_then(|l| l.in_force.first_day())) {
                continue;
            }
            let case = self.case;
            let truth = self.scratch.in_goods(index, *id, |scratch| {
                let described = scratch.described(index, item, case.transaction);
                match_goods(goods, *id, item, described, case.date()).truth
            });
            best = best.max(Some(truth));
            if truth == Truth::True {
                break;
            }
        }
        best.unwrap_or(Truth::False).into()
    }

    fn designated(
        &self,
        record: &dyn Record,
        row: Option<usize>,
        lists: &[DesignationListId],
        measures: &[String],
    ) -> Comparison {
        match row.map(|row| record.value(row)) {
            Some(FactValue::Texts(Some(references))) => {
                let lists = lists.iter().filter_map(|id| self.case.rulebook.list(*id));
                compare_listings(references, lists, measures, self.case.date())
            }
            _ => Comparison::unknown(UnknownCause::NoList),
        }
    }
}

/// True of a fact of which neither what it is nor what it is not is reported.
fn is_untold(value: FactValue<'_>) -> bool {
    matches!(value, FactValue::Terms(coded) if coded.is().is_none() && coded.not().is_empty())
}

/// The only term that a fact is, if there is one, it is not ambiguous, and nothing is known of what the fact is not.
fn only_term(value: FactValue<'_>) -> Option<Term> {
    match value {
        FactValue::Terms(coded) => match coded.is() {
            Some([CodedTerm::Term(only)]) if coded.not().is_empty() => Some(*only),
            _ => None,
        },
        _ => None,
    }
}
