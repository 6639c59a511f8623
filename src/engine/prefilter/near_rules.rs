//! Which rules may be near a transaction: what a triage and a list of near misses ask of the prefilter.

use crate::engine::EvalContext;
use crate::engine::in_force::time_as_of;
use crate::engine::triage::{has_both_sides, has_unlisted_word};
use crate::facts::Truth;
use crate::rulebook::{RegimeId, Rule};

use super::entry_evaluator::EntryEvaluator;
use super::{Entry, EntryKind, RuleSelector};

impl<'a> RuleSelector<'_, 'a> {
    /// The rules at some positions, and all others to whose targets a transaction has a link or may have one: what it misses to
    /// a finding of any other rule is more than one condition. To be asked after [`select`](Self::select) of the same transaction.
    pub fn rules_near(&mut self, case: &EvalContext<'_>, matching: &[usize]) -> Vec<&'a Rule> {
        let compiled = self.compiled();
        let mut evaluator = self.evaluator(case);
        evaluator.scratch.begin_item();
        let entries = compiled.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::Rule(position, rule) => Some((*position, *rule)),
            EntryKind::Quota(..) => None,
        });
        let is_near = |(position, rule): &(usize, &Rule)| {
            matching.binary_search(position).is_ok() || evaluator.nexus(rule.regime, case) != Truth::False
        };
        entries.filter(is_near).map(|(_, rule)| rule).collect()
    }

    /// Whether a transaction may have a triage: it has a link to a target, and a subject that a rule may
    /// be about or a word that the vocabulary does not have. To be asked after [`select`](Self::select) of the same transaction.
    pub fn may_need_triage(&mut self, case: &EvalContext<'_>) -> bool {
        let is_linked_by_profile = self.is_linked;
        let mut evaluator = self.evaluator(case);
        if evaluator.scratch.linkable.is_empty() {
            return false;
        }
        let transaction = case.transaction;
        let carriers = transaction.vessels.known().len() + transaction.aircraft.known().len();
        let is_subject = carriers + transaction.people.known().len() > 0
            || !transaction.field.is_unknown()
            || transaction.subject.get().is_some()
            || transaction.parties.known().iter().any(|party| party.designated_as.is_some() || !party.programme.is_unknown());
        (is_subject || has_unlisted_word(transaction) || evaluator.may_be_listed_goods())
            && (is_linked_by_profile.unwrap_or_else(|| evaluator.is_linked(true)) || evaluator.is_linked(false))
    }

    /// The regimes to whose targets a transaction has a link, and those of their rules that may be near: what can be in a triage. To
    /// be asked after [`select`](Self::select) of the same transaction.
    pub fn for_triage(&mut self, case: &EvalContext<'_>) -> (Vec<RegimeId>, Vec<&'a Rule>) {
        let compiled = self.compiled();
        let Self { satisfied, remaining, .. } = self;
        let (mut satisfied, mut remaining) = (std::mem::take(satisfied), std::mem::take(remaining));
        let mut evaluator = self.evaluator(case);
        let is_related = evaluator.traits.is_related;
        evaluator.scratch.begin_item();
        let linked: Vec<_> = (0..compiled.nexus.len()).map(RegimeId).filter(|regime| evaluator.is_linked_to(*regime)).collect();
        evaluator.find_by_facts(&mut satisfied, &mut remaining);
        let knows_direction =
            has_both_sides(case.transaction) && linked.iter().any(|regime| evaluator.is_linked_by_side(*regime));
        compiled.index.leave_to_goods(knows_direction && !is_related, &mut satisfied, &mut remaining);
        evaluator.narrow(&satisfied, &mut remaining);
        let entries = remaining.iter().map_while(|number| compiled.entries.get(number));
        let rules = entries.filter_map(|entry| match &entry.kind {
            EntryKind::Rule(_, rule) if linked.contains(&rule.regime) => {
                evaluator.may_be_near(entry, rule, knows_direction).then_some(*rule)
            }
            EntryKind::Rule(..) | EntryKind::Quota(..) => None,
        });
        let rules = rules.collect();
        (self.satisfied, self.remaining) = (satisfied, remaining);
        (linked, rules)
    }
}

impl EntryEvaluator<'_, '_, '_> {
    /// True if the link to the target of a regime rests on a side of the transaction.
    fn is_linked_by_side(&mut self, regime: RegimeId) -> bool {
        let Some(Some(nexus)) = self.compiled.nexus.get(regime.0) else { return false };
        self.scratch.begin_item();
        self.truths(self.case).rests_on_side(nexus.whole)
    }

    /// True if a rule may be near the transaction or an item of it.
    fn may_be_near(&mut self, entry: &Entry<'_>, rule: &Rule, knows_direction: bool) -> bool {
        let case = self.case;
        let is_in_force = rule.in_force.on(case.date(), time_as_of(rule, case)) != Truth::False;
        if !is_in_force || case.hides(rule.made_on()) || self.traits.is_own_act && !rule.is_duty() {
            return false;
        }
        // Proofs look at the transactions that it is related to, each of them with its own facts.
        self.traits.is_related
            || case.for_each_item(entry.binds_item).iter().any(|case| {
                self.scratch.begin_item();
                self.truths(case).may_be_near(entry.when, knows_direction)
            })
    }
}
