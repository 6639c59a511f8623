//! The evaluation of rules and quotas, as entries of the compiled rules, for one transaction.

use crate::engine::EvalContext;
use crate::engine::in_force::time_as_of;
use crate::facts::Truth;
use crate::rulebook::{RegimeId, Rule};

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::condition_graph::NodeId;
use super::node_truth::NodeTruths;
use super::profile::Profile;
use super::rule_index::WholeTransaction;
use super::scratch::Scratch;
use super::shape::Shape;
use super::{Candidates, CompiledRules, Entry, EntryKind};

/// What one entry has to do with a transaction.
#[derive(Default)]
pub(super) struct EntryOutcome {
    matches: bool,
    is_link_open: bool,
    not_assessed: bool,
    counts: bool,
    depends_on_quota: bool,
    /// The regime's nexus was asked, which may look at facts that profiles do not distinguish.
    asked_nexus: bool,
}

impl EntryOutcome {
    pub(super) fn add_to(&self, candidates: &mut Candidates, entry: &Entry<'_>) {
        candidates.depends_on_quota |= self.depends_on_quota;
        candidates.is_link_open |= self.is_link_open;
        match entry.kind {
            EntryKind::Rule(position, _) => {
                if self.matches {
                    candidates.matching.push(position);
                }
                if self.not_assessed {
                    candidates.not_assessed.push(position);
                }
            }
            EntryKind::Quota(id, _) if self.counts => candidates.quotas.push(id),
            EntryKind::Quota(..) => {}
        }
    }
}

/// What an entry can do at most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    /// It makes no difference.
    None,
    /// It leaves open whether there is a link to its target, and no more.
    Asks,
    /// It may match, count, or not be assessed.
    Any,
}

/// What holds for a transaction as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TransactionTraits {
    /// It is related to another.
    pub(super) is_related: bool,
    /// All that was done is an authority's own act.
    pub(super) is_own_act: bool,
    /// See [`NodeTruths::has_no_phrase`].
    pub(super) has_no_phrase: bool,
    /// It reports [no listing and no link](super::told_listings).
    pub(super) has_no_listing: bool,
}

/// Evaluates entries for one transaction.
pub(super) struct EntryEvaluator<'s, 'c, 'a> {
    pub(super) compiled: &'s CompiledRules<'a>,
    pub(super) case: &'s EvalContext<'c>,
    pub(super) traits: TransactionTraits,
    pub(super) scratch: &'s mut Scratch,
}

impl EntryEvaluator<'_, '_, '_> {
    /// Finds the entries to be evaluated for a transaction without a profile.
    pub(super) fn find_candidates(&mut self, satisfied: &mut BitSet, candidates: &mut BitSet) {
        self.find_by_facts(satisfied, candidates);
        self.compiled.calendar.retain_in_force(self.case.date(), candidates);
        self.narrow(satisfied, candidates);
    }

    /// Finds the entries that the facts leave, and the regimes to whose targets they may link.
    pub(super) fn find_by_facts(&mut self, satisfied: &mut BitSet, candidates: &mut BitSet) {
        let compiled = self.compiled;
        let whole = WholeTransaction { is_related: self.traits.is_related, may_have_phrase: !self.traits.has_no_phrase };
        compiled.index.find_by_facts(self.case.transaction, whole, satisfied, candidates);
        let linkable = &mut self.scratch.linkable;
        linkable.reset(compiled.nexus.len());
        for regime in 0..compiled.nexus.len() {
            let number = compiled.entries.len() + regime;
            if candidates.contains(number) {
                linkable.insert(regime);
            }
            candidates.remove(number);
        }
    }

    /// Finds the shape of the transaction.
    pub(super) fn shape(&mut self) -> Shape {
        let mut shape = Shape::default();
        self.find_by_facts(&mut shape.satisfied, &mut shape.candidates);
        shape.linkable.copy_from(&self.scratch.linkable);
        shape.days = self.compiled.days_of_change.of(&shape.candidates);
        shape
    }

    /// Computes the profile of the transaction, which has a shape.
    pub(super) fn fill_profile(&mut self, shape: &Shape, profile: &mut Profile) {
        let compiled = self.compiled;
        let Profile { remaining, asking, decided, linkable, is_linked } = profile;
        remaining.copy_from(&shape.candidates);
        self.scratch.linkable.copy_from(&shape.linkable);
        compiled.calendar.retain_in_force(self.case.date(), remaining);
        decided.clear();
        for index in compiled.determined.iter() {
            let Some(entry) = compiled.entries.get(index).filter(|_| remaining.contains(index)) else { continue };
            let outcome = self.evaluate(entry);
            if self.is_decided(entry, &outcome) {
                outcome.add_to(decided, entry);
                remaining.remove(index);
            }
        }
        asking.reset(compiled.entries.len());
        for (index, entry) in
            compiled.entries.iter().enumerate().filter(|(index, _)| remaining.contains(*index)).collect::<Vec<_>>()
        {
            match self.greatest_effect(entry) {
                Effect::None => remaining.remove(index),
                Effect::Asks => asking.insert(index),
                Effect::Any => {
                    if let Some(outcome) = self.settled(entry) {
                        outcome.add_to(decided, entry);
                        remaining.remove(index);
                    }
                }
            }
        }
        linkable.copy_from(&self.scratch.linkable);
        for regime in linkable.iter().collect::<Vec<_>>() {
            if !self.can_be_linked(RegimeId(regime)) {
                linkable.remove(regime);
            }
        }
        self.scratch.linkable.copy_from(linkable);
        *is_linked = self.is_linked(true);
    }

    /// True if an outcome is the same for all transactions of a profile which settles the condition.
    fn is_decided(&self, entry: &Entry<'_>, outcome: &EntryOutcome) -> bool {
        !outcome.asked_nexus || entry.kind.regime().is_none_or(|regime| self.compiled.is_link_determined(regime))
    }

    /// The outcome of an entry that the facts of a profile settle, though its condition tests others too: that a party bears one of
    /// some names, which it does not, in a trade of some goods.
    fn settled(&mut self, entry: &Entry<'_>) -> Option<EntryOutcome> {
        if entry.binds_item || entry.depends_on_quota {
            return None;
        }
        self.scratch.begin_item();
        self.truths(self.case).settled(entry.when)?;
        Some(self.evaluate(entry)).filter(|outcome| self.is_decided(entry, outcome))
    }

    /// True if there can be a link to the target of a regime, whatever the facts are that profiles do not distinguish.
    fn can_be_linked(&mut self, regime: RegimeId) -> bool {
        let Some(Some(nexus)) = self.compiled.nexus.get(regime.0) else { return false };
        self.scratch.begin_item();
        self.truths(self.case).greatest(nexus.whole).if_ambiguity_counts() == Truth::True
    }

    /// The greatest effect of an entry, whatever the facts are that profiles do not distinguish.
    fn greatest_effect(&mut self, entry: &Entry<'_>) -> Effect {
        match self.case.transaction.items.get() {
            Some(items) if entry.binds_item && !items.is_empty() => {
                let of_item = |item| self.greatest_effect_of_case(entry, &self.case.with_item(item));
                (0..items.len()).map(of_item).max().unwrap_or(Effect::None)
            }
            _ => self.greatest_effect_of_case(entry, self.case),
        }
    }

    fn greatest_effect_of_case(&mut self, entry: &Entry<'_>, case: &EvalContext<'_>) -> Effect {
        self.scratch.begin_item();
        let when = self.truths(case).greatest(entry.when);
        let rule = match &entry.kind {
            EntryKind::Rule(_, rule) => rule,
            EntryKind::Quota(_, regime) => {
                let may_be_linked =
                    |regime: RegimeId| !self.compiled.is_link_determined(regime) || self.nexus(regime, case) == Truth::True;
                let may_count = match when.truth() {
                    Truth::True => true,
                    Truth::Unknown => regime.is_none_or(may_be_linked),
                    Truth::False => false,
                };
                return if may_count { Effect::Any } else { Effect::None };
            }
        };
        if self.traits.is_own_act && !rule.is_duty() {
            return Effect::None;
        }
        if entry.depends_on_list {
            let is_false = when.truth() == Truth::False && when.if_listed() == Truth::False;
            return if is_false { Effect::None } else { Effect::Any };
        }
        match when.truth() {
            Truth::True => Effect::Any,
            _ if when.if_pertinent_only() == Truth::False => Effect::None,
            _ if !self.compiled.is_link_determined(rule.regime) => Effect::Any,
            _ => match self.nexus(rule.regime, case) {
                Truth::True => Effect::Any,
                Truth::Unknown => Effect::Asks,
                Truth::False => Effect::None,
            },
        }
    }

    /// Removes the entries with a necessary set that codes and goods do not satisfy. These are looked up only if an entry is
    /// left that needs them.
    pub(super) fn narrow(&mut self, by_facts: &BitSet, remaining: &mut BitSet) {
        let index = &self.compiled.index;
        let Scratch { by_codes, by_codes_and_goods, .. } = self.scratch;
        index.reset(by_codes);
        if index.needs_codes(remaining) {
            index.add_codes(self.case.transaction, by_codes);
            by_codes_and_goods.copy_from(by_codes);
            index.add_any_goods(by_codes_and_goods);
            index.retain(remaining, by_facts, by_codes_and_goods);
        }
        if index.needs_goods(remaining) {
            by_codes_and_goods.copy_from(by_codes);
            self.add_goods();
            index.retain(remaining, by_facts, &self.scratch.by_codes_and_goods);
        }
    }

    /// Adds what the items satisfy by the lists of goods that they may be in.
    fn add_goods(&mut self) {
        let index = &self.compiled.index;
        if self.find_goods() {
            let Scratch { goods_lists, by_codes_and_goods, .. } = &mut *self.scratch;
            goods_lists.iter().for_each(|list| index.add_goods(list, by_codes_and_goods));
        } else {
            index.add_any_goods(&mut self.scratch.by_codes_and_goods);
        }
    }

    /// Finds the lists that the items may be in; false if they may be in any.
    fn find_goods(&mut self) -> bool {
        let (goods, transaction) = (&self.compiled.goods_index, self.case.transaction);
        let mut lists = std::mem::take(&mut self.scratch.goods_lists);
        lists.reset(goods.len());
        let mut items = transaction.items.known().iter().enumerate();
        let are_known = items.all(|(i, item)| {
            let of_item = self.scratch.lists_of_item(i, item, transaction, goods);
            of_item.is_some_and(|of_item| {
                lists.union_with(&of_item.lists);
                !of_item.may_be_any
            })
        });
        self.scratch.goods_lists = lists;
        are_known
    }

    /// True if the nexus of a regime is true by what profiles decide, or by the rest.
    pub(super) fn is_linked(&mut self, determined: bool) -> bool {
        self.scratch.begin_item();
        self.compiled.nexus.iter().enumerate().any(|(regime, nexus)| {
            let part = nexus.as_ref().filter(|nexus| nexus.is_of_rules && self.scratch.linkable.contains(regime));
            let part = part.and_then(|nexus| if determined { nexus.determined } else { nexus.others });
            part.is_some_and(|node| self.truth(node, self.case).if_ambiguity_counts() == Truth::True)
        })
    }

    /// True if the nexus of a regime is true.
    pub(super) fn is_linked_to(&mut self, regime: RegimeId) -> bool {
        let nexus = self.compiled.nexus.get(regime.0).filter(|_| self.scratch.linkable.contains(regime.0));
        let nexus = nexus.and_then(Option::as_ref).filter(|nexus| nexus.is_of_rules);
        nexus.is_some_and(|nexus| self.truth(nexus.whole, self.case).if_ambiguity_counts() == Truth::True)
    }

    /// True if an item may be in a list of goods.
    pub(super) fn may_be_listed_goods(&mut self) -> bool {
        !self.find_goods() || !self.scratch.goods_lists.is_empty()
    }

    /// Evaluates an entry, once for each item if it binds one.
    pub(super) fn evaluate(&mut self, entry: &Entry<'_>) -> EntryOutcome {
        let mut outcome = EntryOutcome::default();
        match self.case.transaction.items.get() {
            Some(items) if entry.binds_item && !items.is_empty() => {
                (0..items.len()).for_each(|item| self.evaluate_case(entry, &self.case.with_item(item), &mut outcome));
            }
            _ => self.evaluate_case(entry, self.case, &mut outcome),
        }
        outcome
    }

    fn evaluate_case(&mut self, entry: &Entry<'_>, case: &EvalContext<'_>, outcome: &mut EntryOutcome) {
        self.scratch.begin_item();
        let rule = match &entry.kind {
            EntryKind::Rule(_, rule) => rule,
            EntryKind::Quota(_, regime) => {
                let when = self.truth(entry.when, case).truth();
                outcome.asked_nexus |= when == Truth::Unknown;
                let is_linked = |regime| self.nexus(regime, case) == Truth::True;
                outcome.counts |= when == Truth::True || when == Truth::Unknown && regime.is_none_or(is_linked);
                return;
            }
        };
        let time = self.time(rule, case);
        let when = if time == Assumptions::FALSE { time } else { time.and(self.truth(entry.when, case)) };
        if entry.depends_on_quota && self.may_total_matter(entry, rule, when, case) {
            outcome.depends_on_quota = true;
            outcome.matches = true;
            return;
        }
        match when.truth() {
            Truth::False => outcome.not_assessed |= when.if_listed() != Truth::False,
            Truth::Unknown if when.if_not_listed() == Truth::False => outcome.not_assessed = true,
            Truth::Unknown if when.if_pertinent_only() == Truth::False => {}
            Truth::Unknown if when.if_pertinent_and_not_listed() == Truth::False => outcome.not_assessed = true,
            Truth::Unknown => {
                outcome.asked_nexus = true;
                match self.nexus(rule.regime, case) {
                    Truth::True => outcome.matches = true,
                    _ if when.if_unread_not_listed() == Truth::False => outcome.not_assessed = true,
                    Truth::Unknown => outcome.is_link_open = true,
                    Truth::False => {}
                }
            }
            Truth::True => outcome.matches = true,
        }
    }

    /// True if the total of a quota can change what comes of a rule: one whose condition cannot be true whatever the total is makes no
    /// finding, excused or not, without a link or if it asks only for what is beside the point.
    fn may_total_matter(&mut self, entry: &Entry<'_>, rule: &Rule, when: Assumptions, case: &EvalContext<'_>) -> bool {
        match when.truth() {
            Truth::False => false,
            Truth::True => true,
            Truth::Unknown => {
                let depends_on_quota = self.compiled.graph.node(entry.when).is_none_or(|node| node.depends_on_quota);
                depends_on_quota && self.truths(case).greatest(entry.when).truth() == Truth::True
                    || when.if_pertinent_only() != Truth::False && self.nexus(rule.regime, case) == Truth::True
            }
        }
    }

    /// Whether the rule is in force, known, and concerns acts of this kind.
    fn time(&self, rule: &Rule, case: &EvalContext<'_>) -> Assumptions {
        let is_own_act = self.traits.is_own_act && !rule.is_duty();
        if is_own_act || case.hides(rule.made_on()) {
            return Assumptions::FALSE;
        }
        rule.in_force.on(case.date(), time_as_of(rule, case)).into()
    }

    /// The truth of a regime's nexus, with ambiguous names taken for what is asked.
    pub(super) fn nexus(&mut self, regime: RegimeId, case: &EvalContext<'_>) -> Truth {
        match self.compiled.nexus.get(regime.0) {
            Some(Some(nexus)) => self.truth(nexus.whole, case).if_ambiguity_counts(),
            Some(None) => Truth::False,
            None => Truth::Unknown,
        }
    }

    fn truth(&mut self, node: NodeId, case: &EvalContext<'_>) -> Assumptions {
        self.truths(case).of_transaction(node)
    }

    pub(super) fn truths<'t, 'k>(&'t mut self, case: &'t EvalContext<'k>) -> NodeTruths<'t, 'k, 't> {
        NodeTruths {
            graph: &self.compiled.graph,
            case,
            scratch: self.scratch,
            is_related: false,
            has_no_phrase: self.traits.has_no_phrase,
            has_no_listing: self.traits.has_no_listing && !self.traits.is_related,
            undetermined: None,
            list: None,
        }
    }
}
