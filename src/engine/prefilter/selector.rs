//! Selecting the rules that match one transaction after another: profile, index, evaluation.

use crate::engine::EvalContext;
use crate::engine::decision::is_authority_act;
use crate::engine::in_force::time_as_of;
use crate::engine::inference::related::has_related;
use crate::engine::triage::has_unlisted_word;
use crate::facts::Truth;
use crate::rulebook::{RegimeId, Rule};

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::bounded_cache::BoundedCache;
use super::condition_graph::NodeId;
use super::node_truth::NodeTruths;
use super::profile::Profile;
use super::profile_key::ProfileKey;
use super::rule_index::WholeTransaction;
use super::scratch::Scratch;
use super::{Candidates, CompiledRules, Entry, EntryKind};

/// At most so many profiles are cached, a few hundred bytes each for the built-in rulebook, whatever the stream holds.
const MAX_PROFILES: usize = 4096;

/// Finds the rules that match one transaction after another, and caches what their coded facts determine.
#[derive(Debug)]
pub struct RuleSelector<'c, 'a> {
    compiled: &'c CompiledRules<'a>,
    profiles: Option<BoundedCache<Profile>>,
    /// The necessary sets that the facts of a transaction without a profile satisfy.
    satisfied: BitSet,
    key: ProfileKey,
    scratch: Scratch,
    /// The entries to be evaluated for the transaction at hand.
    remaining: BitSet,
    candidates: Candidates,
    /// See [`NodeTruths::has_no_phrase`], of the transaction at hand.
    has_no_phrase: bool,
    /// Whether the transaction at hand has a link to a target, of those that profiles decide; `None` if it has no profile.
    is_linked: Option<bool>,
}

impl<'c, 'a> RuleSelector<'c, 'a> {
    /// A selector with an empty cache.
    pub fn new(compiled: &'c CompiledRules<'a>) -> Self {
        Self { profiles: Some(BoundedCache::new(MAX_PROFILES)), ..Self::without_cache(compiled) }
    }

    /// A selector that caches nothing between transactions. It gives the same results; tests and measurements use it.
    pub fn without_cache(compiled: &'c CompiledRules<'a>) -> Self {
        Self {
            compiled,
            profiles: None,
            satisfied: BitSet::default(),
            key: ProfileKey::default(),
            scratch: Scratch::default(),
            remaining: BitSet::default(),
            candidates: Candidates::default(),
            has_no_phrase: false,
            is_linked: None,
        }
    }

    /// The compiled rules.
    pub fn compiled(&self) -> &'c CompiledRules<'a> {
        self.compiled
    }

    /// The number of profiles in the cache: the fewer, the more alike the transactions are in what the rulebook asks.
    pub fn cached_profiles(&self) -> usize {
        self.profiles.as_ref().map_or(0, BoundedCache::len)
    }

    /// The rules and quotas that a transaction concerns. A bound item of the context is ignored: rules bind their own.
    pub fn select(&mut self, case: &EvalContext<'_>) -> &Candidates {
        let compiled = self.compiled;
        let is_own_act = is_authority_act(case);
        self.scratch.begin_transaction(compiled.graph.len());
        self.has_no_phrase = !compiled.profile_facts.may_have_phrase(case.transaction);
        let has_no_phrase = self.has_no_phrase;
        // The outcome of conditions on texts is in a profile as that of texts without a phrase.
        let key = compiled.write_key(case, is_own_act, &mut self.key).filter(|_| has_no_phrase);
        let mut evaluator = EntryEvaluator { compiled, case, is_own_act, has_no_phrase, scratch: &mut self.scratch };
        let profile = key.zip(self.profiles.as_mut()).and_then(|(key, profiles)| {
            profiles.get_or_insert_with(key, || {
                let mut profile = Profile::default();
                evaluator.fill_profile(&mut profile);
                profile
            })
        });
        let Some(profile) = profile else {
            self.is_linked = None;
            evaluator.find_candidates(&mut self.satisfied, &mut self.remaining);
            self.candidates.clear();
            for entry in self.remaining.iter().map_while(|number| compiled.entries.get(number)) {
                evaluator.evaluate(entry).add_to(&mut self.candidates, entry);
            }
            self.candidates.sort();
            return &self.candidates;
        };
        self.is_linked = Some(profile.is_linked);
        evaluator.scratch.linkable.copy_from(&profile.linkable);
        self.remaining.copy_from(&profile.remaining);
        if profile.decided.is_link_open {
            self.remaining.remove_all(&profile.asking);
        }
        evaluator.narrow(&profile.satisfied, &mut self.remaining);
        if self.remaining.is_empty() {
            return &profile.decided;
        }
        self.candidates.copy_from(&profile.decided);
        for (number, entry) in self.remaining.iter().map_while(|i| Some((i, compiled.entries.get(i)?))) {
            if !self.candidates.is_link_open || !profile.asking.contains(number) {
                evaluator.evaluate(entry).add_to(&mut self.candidates, entry);
            }
        }
        self.candidates.sort();
        &self.candidates
    }
}

impl<'a> RuleSelector<'_, 'a> {
    /// The rules at some positions, and all others to whose targets a transaction has a link or may have one: what it misses to
    /// a finding of any other rule is more than one condition. To be asked after [`select`](Self::select) of the same transaction.
    pub fn rules_near(&mut self, case: &EvalContext<'_>, matching: &[usize]) -> Vec<&'a Rule> {
        let compiled = self.compiled;
        let is_own_act = is_authority_act(case);
        let has_no_phrase = self.has_no_phrase;
        let mut evaluator = EntryEvaluator { compiled, case, is_own_act, has_no_phrase, scratch: &mut self.scratch };
        evaluator.scratch.begin_item();
        let entries = compiled.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::Rule(position, rule) => Some((*position, *rule)),
            EntryKind::Quota(_) => None,
        });
        let is_near = |(position, rule): &(usize, &Rule)| {
            matching.binary_search(position).is_ok() || evaluator.nexus(rule, case) != Truth::False
        };
        entries.filter(is_near).map(|(_, rule)| rule).collect()
    }

    /// Whether a transaction may have a triage: it has a link to a target, and a subject that a rule may
    /// be about or a word that the vocabulary does not have. To be asked after [`select`](Self::select) of the same transaction.
    pub fn may_need_triage(&mut self, case: &EvalContext<'_>) -> bool {
        let compiled = self.compiled;
        let is_own_act = is_authority_act(case);
        let has_no_phrase = self.has_no_phrase;
        let mut evaluator = EntryEvaluator { compiled, case, is_own_act, has_no_phrase, scratch: &mut self.scratch };
        let transaction = case.transaction;
        let carriers = transaction.vessels.known().len() + transaction.aircraft.known().len();
        let is_subject = carriers + transaction.people.known().len() > 0
            || !transaction.field.is_unknown()
            || transaction.subject.get().is_some()
            || transaction.parties.known().iter().any(|party| party.designated_as.is_some() || !party.programme.is_unknown());
        (is_subject || has_unlisted_word(transaction) || evaluator.may_be_listed_goods())
            && (self.is_linked.unwrap_or_else(|| evaluator.is_linked(true)) || evaluator.is_linked(false))
    }

    /// The regimes to whose targets a transaction has a link, and their rules but for those that codes and goods exclude: what can
    /// be in a triage. To be asked after [`select`](Self::select) of the same transaction.
    pub fn for_triage(&mut self, case: &EvalContext<'_>) -> (Vec<RegimeId>, Vec<&'a Rule>) {
        let compiled = self.compiled;
        let (is_own_act, has_no_phrase) = (is_authority_act(case), self.has_no_phrase);
        let mut evaluator = EntryEvaluator { compiled, case, is_own_act, has_no_phrase, scratch: &mut self.scratch };
        evaluator.scratch.begin_item();
        let linked: Vec<_> = (0..compiled.nexus.len()).map(RegimeId).filter(|regime| evaluator.is_linked_to(*regime)).collect();
        evaluator.find_by_facts(&mut self.satisfied, &mut self.remaining);
        compiled.index.leave_to_goods(&mut self.satisfied, &mut self.remaining);
        evaluator.narrow(&self.satisfied, &mut self.remaining);
        let entries = self.remaining.iter().map_while(|number| compiled.entries.get(number));
        let rules = entries.filter_map(|entry| match &entry.kind {
            EntryKind::Rule(_, rule) if linked.contains(&rule.regime) => Some(*rule),
            EntryKind::Rule(..) | EntryKind::Quota(_) => None,
        });
        let rules = rules.collect();
        (linked, rules)
    }
}

impl CompiledRules<'_> {
    /// Writes the key of a transaction's profile; `None` if it has none.
    fn write_key<'k>(&self, case: &EvalContext<'_>, is_own_act: bool, key: &'k mut ProfileKey) -> Option<&'k [u16]> {
        // As of a day, papers from after it are hidden: what a condition finds then depends on their dates too.
        let span = self.calendar.span(case.date()).filter(|_| self.known_on.is_none() && !has_related(case))?;
        key.clear();
        key.push_number(span * 2 + usize::from(is_own_act));
        key.push_fields(case.beside_the_point, case.rulebook.vocabulary.subjects());
        self.profile_facts.write(case.transaction, key);
        key.as_slice()
    }
}

/// What one entry has to do with a transaction.
#[derive(Default)]
struct EntryOutcome {
    matches: bool,
    is_link_open: bool,
    not_assessed: bool,
    counts: bool,
    depends_on_quota: bool,
    /// The regime's nexus was asked, which may look at facts that profiles do not distinguish.
    asked_nexus: bool,
}

impl EntryOutcome {
    fn add_to(&self, candidates: &mut Candidates, entry: &Entry<'_>) {
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
            EntryKind::Quota(id) if self.counts => candidates.quotas.push(id),
            EntryKind::Quota(_) => {}
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

/// Evaluates entries for one transaction.
struct EntryEvaluator<'s, 'c, 'a> {
    compiled: &'s CompiledRules<'a>,
    case: &'s EvalContext<'c>,
    /// All that was done is an authority's own act.
    is_own_act: bool,
    /// See [`NodeTruths::has_no_phrase`].
    has_no_phrase: bool,
    scratch: &'s mut Scratch,
}

impl EntryEvaluator<'_, '_, '_> {
    /// Finds the entries to be evaluated for a transaction without a profile.
    fn find_candidates(&mut self, satisfied: &mut BitSet, candidates: &mut BitSet) {
        self.find_by_facts(satisfied, candidates);
        self.compiled.calendar.retain_in_force(self.case.date(), candidates);
        self.narrow(satisfied, candidates);
    }

    /// Finds the entries that the facts leave, and the regimes to whose targets they may link.
    fn find_by_facts(&mut self, satisfied: &mut BitSet, candidates: &mut BitSet) {
        let compiled = self.compiled;
        let whole = WholeTransaction { is_related: has_related(self.case), may_have_phrase: !self.has_no_phrase };
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

    /// Computes the profile of the transaction.
    fn fill_profile(&mut self, profile: &mut Profile) {
        let compiled = self.compiled;
        let Profile { satisfied, remaining, asking, decided, linkable, is_linked } = profile;
        self.find_by_facts(satisfied, remaining);
        linkable.copy_from(&self.scratch.linkable);
        compiled.calendar.retain_in_force(self.case.date(), remaining);
        decided.clear();
        for index in compiled.determined.iter() {
            let Some(entry) = compiled.entries.get(index).filter(|_| remaining.contains(index)) else { continue };
            let outcome = self.evaluate(entry);
            let is_decided = match &entry.kind {
                EntryKind::Rule(_, rule) => !outcome.asked_nexus || compiled.is_link_determined(rule.regime),
                EntryKind::Quota(_) => true,
            };
            if is_decided {
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
                Effect::Any => {}
            }
        }
        *is_linked = self.is_linked(true);
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
        let EntryKind::Rule(_, rule) = &entry.kind else {
            return if when.truth() == Truth::False { Effect::None } else { Effect::Any };
        };
        if self.is_own_act && !rule.is_duty() {
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
            _ => match self.nexus(rule, case) {
                Truth::True => Effect::Any,
                Truth::Unknown => Effect::Asks,
                Truth::False => Effect::None,
            },
        }
    }

    /// Removes the entries with a necessary set that codes and goods do not satisfy. These are looked up only if an entry is
    /// left that needs them.
    fn narrow(&mut self, by_facts: &BitSet, remaining: &mut BitSet) {
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
        let (index, goods) = (&self.compiled.index, &self.compiled.goods_index);
        let mut lists = std::mem::take(&mut self.scratch.goods_lists);
        lists.reset(goods.len());
        let transaction = self.case.transaction;
        let mut items = transaction.items.known().iter().enumerate();
        if items.all(|(i, item)| goods.find(item, self.scratch.described(i, item, transaction), &mut lists)) {
            lists.iter().for_each(|list| index.add_goods(list, &mut self.scratch.by_codes_and_goods));
        } else {
            index.add_any_goods(&mut self.scratch.by_codes_and_goods);
        }
        self.scratch.goods_lists = lists;
    }

    /// True if the nexus of a regime is true, of those that profiles decide or of the others.
    fn is_linked(&mut self, determined: bool) -> bool {
        self.scratch.begin_item();
        let compiled = self.compiled;
        let mut regimes = compiled.is_nexus_determined.iter().enumerate().filter(|(_, is)| **is == determined);
        regimes.any(|(regime, _)| self.is_linked_to(RegimeId(regime)))
    }

    /// True if the nexus of a regime is true.
    fn is_linked_to(&mut self, regime: RegimeId) -> bool {
        let node = self.compiled.nexus.get(regime.0).copied().flatten().filter(|_| self.scratch.linkable.contains(regime.0));
        node.is_some_and(|node| self.truth(node, self.case).if_ambiguity_counts() == Truth::True)
    }

    /// True if an item may be in a list of goods.
    fn may_be_listed_goods(&mut self) -> bool {
        let goods = &self.compiled.goods_index;
        let mut lists = std::mem::take(&mut self.scratch.goods_lists);
        lists.reset(goods.len());
        let transaction = self.case.transaction;
        let mut items = transaction.items.known().iter().enumerate();
        let all_known = items.all(|(i, item)| goods.find(item, self.scratch.described(i, item, transaction), &mut lists));
        let found = !all_known || !lists.is_empty();
        self.scratch.goods_lists = lists;
        found
    }

    /// Evaluates an entry, once for each item if it binds one.
    fn evaluate(&mut self, entry: &Entry<'_>) -> EntryOutcome {
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
        let EntryKind::Rule(_, rule) = &entry.kind else {
            outcome.counts |= self.truth(entry.when, case).truth() != Truth::False;
            return;
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
                match self.nexus(rule, case) {
                    Truth::True => outcome.matches = true,
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
                    || when.if_pertinent_only() != Truth::False && self.nexus(rule, case) == Truth::True
            }
        }
    }

    /// Whether the rule is in force, known, and concerns acts of this kind.
    fn time(&self, rule: &Rule, case: &EvalContext<'_>) -> Assumptions {
        let is_own_act = self.is_own_act && !rule.is_duty();
        if is_own_act || case.hides(rule.made_on()) {
            return Assumptions::FALSE;
        }
        rule.in_force.on(case.date(), time_as_of(rule, case)).into()
    }

    /// The truth of the regime's nexus, with ambiguous names taken for what is asked.
    fn nexus(&mut self, rule: &Rule, case: &EvalContext<'_>) -> Truth {
        match self.compiled.nexus.get(rule.regime.0) {
            Some(Some(node)) => self.truth(*node, case).if_ambiguity_counts(),
            Some(None) => Truth::False,
            None => Truth::Unknown,
        }
    }

    fn truth(&mut self, node: NodeId, case: &EvalContext<'_>) -> Assumptions {
        self.truths(case).of_transaction(node)
    }

    fn truths<'t, 'k>(&'t mut self, case: &'t EvalContext<'k>) -> NodeTruths<'t, 'k, 't> {
        NodeTruths {
            graph: &self.compiled.graph,
            case,
            scratch: self.scratch,
            is_related: false,
            has_no_phrase: self.has_no_phrase,
            undetermined: None,
        }
    }
}
