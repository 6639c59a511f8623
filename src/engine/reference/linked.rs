//! Conditions on the parties that a name leads to, through its owners and those who stand behind them in turn.

use std::ops::ControlFlow;

use crate::facts::{FactPath, Party, PathSegment, Truth};
use crate::rulebook::Condition;

use super::{ReferenceEvaluator, Scope, key};
use crate::engine::compare::Comparison;
use crate::engine::inference::links::{
    Link, LinkStart, LinkedParty, Step, evidence_of, follow, names_in, party_of_name, path_of_transaction,
};
use crate::engine::proof::ProofBuilder;
use crate::engine::{Claim, EvalContext, FactNote, FactText, NodeKind, Proof, ProofNode, TransactionMemo, UnknownCause};

impl<'c, 'a> ReferenceEvaluator<'c, 'a> {
    /// A condition that some party must meet that a field names, or that these name in turn: unknown if the field is not
    /// reported, false if it is known to name nobody. Of a name that nobody in the incident bears, only the name is known.
    pub(super) fn linked(
        &self,
        condition: &'a Condition,
        row: usize,
        of: &'a Condition,
        scope: &Scope<'a>,
        proof: &mut ProofBuilder<'a>,
    ) -> Truth {
        let value = scope.record.value(row);
        let leaf = |value, comparison| {
            let path = scope.path.then(PathSegment::Key(key(scope.record.table(), row)));
            self.leaf(condition, path, scope, value, comparison)
        };
        match names_in(value).map(|mut names| names.next().is_some()) {
            None => return proof.leaf(leaf(FactText::Nothing, Comparison::unknown(UnknownCause::NotReported))),
            Some(false) => return proof.leaf(leaf(self.none(), Comparison::of_reported(false))),
            Some(true) => {}
        }
        let start = LinkStart { record: scope.record, row, path: &scope.path, evidence: scope.evidence, transaction: &self.root };
        proof.node(Claim::Condition(condition), NodeKind::AnyElement, |proof| {
            let mut shown = ShownLinks::default();
            follow(self.context, &start, |link| {
                let end = || self.proof(|end| self.link_end(condition, of, link, end));
                let truths = match link.end() {
                    Some(party) => {
                        let key = (std::ptr::from_ref(condition), self.ambiguous_is_true, self.asks, party);
                        self.memo.link(key, || ShownLinks::truths_of(&end()))
                    }
                    None => ShownLinks::truths_of(&end()),
                };
                let (is_shown, flow) = shown.add(truths);
                if is_shown {
                    self.link(condition, link, end(), proof);
                }
                flow
            });
            shown.truth()
        })
    }

    /// The condition on the party at the end of a link.
    fn link_end(&self, condition: &'a Condition, of: &'a Condition, link: &Link<'_, 'a>, proof: &mut ProofBuilder<'a>) -> Truth {
        let comparison = match link.to {
            LinkedParty::Party(party, transaction, position) => {
                let path = path_of_transaction(self.context, &self.root, transaction);
                let path = path.key("parties").then(PathSegment::Index(position));
                let evidence = evidence_of(self.context, transaction, party);
                return self.element(of, &Scope { record: party, path, evidence }, proof);
            }
            LinkedParty::Name(name) => {
                let party = party_of_name(name, self.context);
                compare_named(self.context, of, &party, self.ambiguous_is_true)
            }
            LinkedParty::TooMany => Comparison::unknown(UnknownCause::Imprecise),
        };
        link.last().map_or(comparison.truth, |last| proof.leaf(self.step(condition, last, comparison)))
    }

    /// Adds the proof of the party at the end of a link, together with the facts that lead there.
    fn link(&self, condition: &'a Condition, link: &Link<'_, 'a>, end: Proof<'a>, proof: &mut ProofBuilder<'a>) {
        let mut steps = link.steps();
        if !matches!(link.to, LinkedParty::Party(..)) {
            // The last step is the end itself.
            steps.pop();
        }
        proof.node(Claim::Condition(condition), NodeKind::All, |proof| {
            for step in steps {
                proof.leaf(self.step(condition, step, Comparison::of_reported(true)));
            }
            let truth = end.truth;
            proof.append(end);
            truth
        });
    }

    /// The fact of a step of a link.
    fn step(&self, condition: &'a Condition, step: Step<'a>, comparison: Comparison) -> ProofNode<'a> {
        let scope = Scope { record: self.context.transaction, path: FactPath::root(), evidence: step.evidence };
        let mut node = self.leaf(condition, step.path, &scope, FactText::Words(step.name.to_owned()), comparison);
        if let NodeKind::Fact(fact) = &mut node.kind {
            fact.note = Some(Box::new(FactNote::Link(step.role)));
        }
        node
    }
}

/// The links that a proof shows: those that change what is known, and a few that leave it open. A party can have many owners,
/// and a proof of each of them would show nothing more.
#[derive(Default)]
struct ShownLinks {
    truths: Option<[Truth; 3]>,
    open: usize,
}

impl ShownLinks {
    /// The truth of the proof of a link, and those that a list of designated persons would give it if everybody or nobody were on
    /// it.
    fn truths_of(link: &Proof<'_>) -> [Truth; 3] {
        let list = |truth| link.assuming(UnknownCause::NoList, truth);
        [link.truth, list(Truth::True), list(Truth::False)]
    }

    /// Counts the proof of a link by its truths: whether it is to be shown, and breaks off once nothing can change the truth.
    fn add(&mut self, truths: [Truth; 3]) -> (bool, ControlFlow<()>) {
        const MOST_OPEN: usize = 4;
        let [truth, ..] = truths;
        let before = self.truths.unwrap_or([Truth::False; 3]);
        let after = [0, 1, 2].map(|i| before.get(i).copied().max(truths.get(i).copied()).unwrap_or(Truth::False));
        self.open += usize::from(truth == Truth::Unknown);
        let is_shown = self.truths.is_none() || after != before || truth == Truth::Unknown && self.open <= MOST_OPEN;
        self.truths = Some(after);
        (is_shown, if after == [Truth::True; 3] { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn truth(&self) -> Truth {
        self.truths.map_or(Truth::False, |[truth, ..]| truth)
    }
}

/// The truth of a condition on a party of whom only a name is known. Where it hangs on nothing but a listing, a list would answer
/// it; in any other case the listing is as unknown as the party itself.
fn compare_named<'a>(context: &EvalContext<'a>, of: &'a Condition, party: &'a Party, ambiguous_is_true: bool) -> Comparison {
    let memo = TransactionMemo::of_named_party(context);
    let prove = |ambiguous_is_true| {
        let evaluator = ReferenceEvaluator { ambiguous_is_true, ..ReferenceEvaluator::new(context, &memo) };
        let scope = Scope { record: party, path: FactPath::root(), evidence: context.evidence };
        let mut proof = ProofBuilder::default();
        let truth = evaluator.condition(of, &scope, &mut proof);
        proof.finish(truth)
    };
    let proof = prove(ambiguous_is_true);
    let hangs_on_listing = || {
        let if_listed = |truth| proof.assuming(UnknownCause::NoList, truth);
        (if_listed(Truth::True), if_listed(Truth::False)) == (Truth::True, Truth::False)
    };
    match proof.truth {
        Truth::Unknown if !ambiguous_is_true && prove(true).truth == Truth::True => Comparison::unknown(UnknownCause::Ambiguous),
        Truth::Unknown if hangs_on_listing() => Comparison::unknown(UnknownCause::NoList),
        Truth::Unknown => Comparison::unknown(UnknownCause::NotReported),
        truth => Comparison::of_reported(truth),
    }
}
