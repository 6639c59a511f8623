//! The prefilter: which rules can match a transaction, without proofs.
//!
//! The reference evaluator ([`ReferenceEvaluator`](super::ReferenceEvaluator), [`evaluate_rule`](super::evaluate_rule)) defines
//! the rule language and gives proofs. Most transactions concern no sanctioned State, and a proof that no rule applies is of
//! use to nobody. The prefilter finds the rules that match; the reference evaluator is then asked about these alone.
//!
//! # Definitions
//!
//! - A *candidate* of a transaction is a rule that the index has not ruled out.
//! - A *necessary set* of a rule is a set of features of which a transaction must have at least one; with none of them the
//!   rule's condition is false. A feature is a term that a fact is, a fact that is not reported, a list that has an element,
//!   a range that a code overlaps, or a list of goods that an item may be in ([`necessary`]).
//! - A *profile* is what a transaction's coded facts and the span of its date determine ([`profile`]).
//! - *Assumptions*: a condition is evaluated as reported, and also as if all or no persons of unreported listing were listed,
//!   and as if ambiguous names meant what is asked ([`assumptions`]).
//!
//! # The lemma
//!
//! *The index may keep too many rules; it never drops one that matters.* A rule is dropped for one of two reasons only. It is
//! in force on no day of the transaction ([`calendar`]). Or the transaction has no feature of one of its necessary sets;
//! then, by the construction of necessary sets, its condition is false under every assumption. Either way the reference
//! evaluator gives no finding, no duty and no notice, and does not call the rule *not assessed*.
//!
//! # How a transaction passes through
//!
//! [`RuleSelector::select`] takes three steps, each of which looks only at what the step before has left:
//!
//! 1. **Profile.** The coded facts are written as a key, by which the [`shape`] is looked up: of a new key, the index is
//!    asked for the candidates by coded facts ([`mod@rule_index`]). With the span of the date between days on which these change,
//!    the key is that of the profile, for which the candidates that these facts decide are evaluated:
//!    rules about listed persons, which name no State, so that the index keeps them for nearly every transaction. The others are
//!    evaluated as if goods, amounts and days were whatever suits them; one that makes no difference even then is dropped.
//! 2. **Codes and goods.** Candidates with a necessary set of HS codes or goods are dropped if no item satisfies it
//!    ([`hs_index`], [`goods_index`]).
//! 3. **Evaluation.** The conditions of the remaining candidates are evaluated as nodes of one graph, in which equal
//!    conditions are one node ([`condition_graph`]), each at most once for a transaction ([`node_truth`]). The leaves call the
//!    functions that the reference evaluator calls.
//!
//! The result is exact: [`Candidates::matching`] holds the rules for which `evaluate_rule` gives a finding or an open duty, or
//! whose condition is true; [`Candidates::is_link_open`] says whether it gives the notice that no link could be established. `tests/equality.rs` compares it with the reference evaluator on the corpus, on random
//! facts and under random rulebooks.
//!
//! # What was left out
//!
//! `docs/benchmarks.md` says how it is measured. Indexes of words, caches of texts and of outcomes, indexed conditions and
//! sets for the items of rules on goods were tried: on dissimilar data under the built-in rulebook each gave less than 5 %.

mod assumptions;
mod bits;
mod bounded_cache;
mod calendar;
mod condition_graph;
mod entry_evaluator;
mod feature_set;
mod goods_index;
mod hs_index;
mod near_rules;
mod nearness;
mod necessary;
mod node_truth;
mod path_tree;
mod phrase_set;
mod profile;
mod profile_key;
mod rule_index;
mod scratch;
mod selector;
mod shape;
mod told_listings;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::facts::{FactValue, Record, ReportedIncident, Transaction};
use crate::rulebook::{QuotaId, RegimeId, Rule, Rulebook};

use super::AssessOptions;

use bits::BitSet;
use calendar::Calendar;
use condition_graph::{ConditionGraph, NodeId};
use goods_index::GoodsIndex;
use necessary::NecessaryFeatures;
use profile::{AddedNodes, ProfileFacts};
use rule_index::RuleIndex;
use shape::DaysOfChange;
use told_listings::ToldListings;

pub use selector::RuleSelector;

/// The rules and quotas of a rulebook, compiled to be asked about many transactions.
#[derive(Debug)]
pub struct CompiledRules<'a> {
    rulebook: &'a Rulebook,
    known_on: Option<NaiveDate>,
    graph: ConditionGraph<'a>,
    /// Rules, then quotas: what counts towards a quota is found like what a rule concerns.
    entries: Vec<Entry<'a>>,
    /// The nexus of each regime, by the number of its id; `None` if it has none, or if nothing compiled asks for it.
    nexus: Vec<Option<Nexus>>,
    calendar: Calendar,
    days_of_change: DaysOfChange,
    /// The necessary sets of the entries, and behind them those of each nexus for being true.
    index: RuleIndex,
    goods_index: GoodsIndex<'a>,
    told_listings: ToldListings,
    profile_facts: ProfileFacts<'a>,
    /// The entries that a profile decides.
    determined: BitSet,
}

/// The condition for a link to the target of a regime. It is true exactly if one of its parts is.
#[derive(Debug)]
struct Nexus {
    whole: NodeId,
    /// False if only quotas ask for it, and no rule of the regime is compiled.
    is_of_rules: bool,
    /// The part that a profile decides, if there is one, and the rest.
    determined: Option<NodeId>,
    others: Option<NodeId>,
}

/// A rule or quota with its condition.
#[derive(Debug)]
struct Entry<'a> {
    kind: EntryKind<'a>,
    when: NodeId,
    binds_item: bool,
    depends_on_quota: bool,
    /// Its condition asks for lists of designated persons.
    depends_on_list: bool,
}

#[derive(Debug)]
enum EntryKind<'a> {
    /// A rule, and its position in the rulebook.
    Rule(usize, &'a Rule),
    /// A quota, and the regime that it is of.
    Quota(QuotaId, Option<RegimeId>),
}

impl EntryKind<'_> {
    /// The regime whose nexus matters to it.
    fn regime(&self) -> Option<RegimeId> {
        match self {
            Self::Rule(_, rule) => Some(rule.regime),
            Self::Quota(_, regime) => *regime,
        }
    }
}

/// Positions of rules in the rulebook, ascending.
pub type RulePositions = SmallVec<[usize; 4]>;

/// The rules and quotas that a transaction concerns.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// The rules that match: their condition is true, or they ask what is unknown and there is a link to the target.
    pub matching: RulePositions,
    /// A rule asks what is unknown, and it is neither established nor excluded that there is a link to its target.
    pub is_link_open: bool,
    /// The rules that cannot be assessed without a list of designated persons.
    pub not_assessed: RulePositions,
    /// The quotas towards which the transaction counts or may count.
    pub quotas: Vec<QuotaId>,
    /// A matching rule depends on the totals of a quota, so it can be evaluated only when all transactions are counted.
    pub depends_on_quota: bool,
}

impl Candidates {
    /// Empties it. Keeps its memory.
    fn clear(&mut self) {
        self.matching.clear();
        self.is_link_open = false;
        self.not_assessed.clear();
        self.quotas.clear();
        self.depends_on_quota = false;
    }

    /// Makes it equal to another. Keeps its memory.
    fn copy_from(&mut self, other: &Candidates) {
        self.matching.clone_from(&other.matching);
        self.is_link_open = other.is_link_open;
        self.not_assessed.clone_from(&other.not_assessed);
        self.quotas.clone_from(&other.quotas);
        self.depends_on_quota = other.depends_on_quota;
    }

    fn sort(&mut self) {
        self.matching.sort_unstable();
        self.not_assessed.sort_unstable();
        self.quotas.sort_unstable();
    }
}

impl<'a> CompiledRules<'a> {
    /// Compiles the rules of a rulebook, or of some of its regimes, as known on a day.
    pub fn new(rulebook: &'a Rulebook, options: &AssessOptions) -> Self {
        Self::of_regimes(rulebook, options.known_on, |regime| options.regimes.contains(regime))
    }

    /// Compiles what counts towards quotas, and no rule.
    pub(crate) fn of_quotas(rulebook: &'a Rulebook, known_on: Option<NaiveDate>) -> Self {
        Self::of_regimes(rulebook, known_on, |_| false)
    }

    fn of_regimes(rulebook: &'a Rulebook, known_on: Option<NaiveDate>, is_compiled: impl Fn(RegimeId) -> bool) -> Self {
        let mut graph = ConditionGraph::default();
        let regimes = rulebook.regimes.iter().enumerate();
        let has_quota = |regime| rulebook.quotas().any(|(_, quota)| quota.regime == Some(regime));
        let nexus: Vec<Option<Nexus>> = regimes
            .map(|(number, regime)| {
                let is_of_rules = is_compiled(RegimeId(number));
                let nexus = regime.nexus.as_ref().filter(|_| is_of_rules || has_quota(RegimeId(number)))?;
                let whole = graph.add(nexus, rulebook);
                let (determined, others) = graph.split(whole);
                Some(Nexus { whole, is_of_rules, determined, others })
            })
            .collect();
        let mut entries = Vec::new();
        for (position, rule) in rulebook.rules.iter().enumerate().filter(|(_, rule)| is_compiled(rule.regime)) {
            let when = graph.add_rule(rule, rulebook);
            let depends_on_quota = rule.conditions().into_iter().any(|condition| {
                let node = graph.add(condition, rulebook);
                graph.node(node).is_some_and(|n| n.depends_on_quota)
            });
            let kind = EntryKind::Rule(position, rule);
            let depends_on_list = graph.node(when).is_some_and(|node| node.depends_on_list);
            entries.push(Entry { kind, when, binds_item: rule.binds_item, depends_on_quota, depends_on_list });
        }
        for (id, quota) in rulebook.quotas() {
            let when = graph.add(&quota.counts.when, rulebook);
            let binds_item = quota.counts.when.opens_items(Transaction::TABLE);
            entries.push(Entry {
                kind: EntryKind::Quota(id, quota.regime),
                when,
                binds_item,
                depends_on_quota: false,
                depends_on_list: false,
            });
        }
        graph.number_shared();
        let features = NecessaryFeatures::new(&graph, &rulebook.vocabulary);
        let of_nexus = |nexus: &Option<Nexus>| nexus.as_ref().map(|nexus| features.of_truth(nexus.whole)).unwrap_or_default();
        let of_entries = entries.iter().map(|entry| features.of_condition(entry.when));
        let necessary = of_entries.chain(nexus.iter().map(of_nexus)).collect();
        let necessary = features.finish(necessary);
        let goods_index = GoodsIndex::new(&rulebook.goods);
        let index = RuleIndex::new(&necessary, goods_index.including());
        let mut profile_facts = ProfileFacts::default();
        profile_facts.add_index_facts(&index.facts(), rulebook.vocabulary.terms().count());
        let mut determined = BitSet::with_capacity(entries.len());
        let mut added = AddedNodes::default();
        let is_determined = |node: NodeId| graph.node(node).is_some_and(|node| node.is_determined);
        for (number, entry) in entries.iter().enumerate() {
            profile_facts.add_condition(entry.when, &graph, rulebook, &mut added);
            if is_determined(entry.when) && !entry.depends_on_quota {
                determined.insert(number);
            }
        }
        nexus.iter().flatten().for_each(|nexus| profile_facts.add_condition(nexus.whole, &graph, rulebook, &mut added));
        Self {
            rulebook,
            known_on,
            calendar: Calendar::new(&entries, known_on.is_some()),
            days_of_change: DaysOfChange::new(&entries, &nexus, &graph),
            goods_index,
            told_listings: ToldListings::new(),
            graph,
            entries,
            nexus,
            index,
            profile_facts,
            determined,
        }
    }

    /// The rules compiled for the transactions of some incidents, if these report so much that it takes less time than to
    /// evaluate every rule on all of it.
    pub(crate) fn for_many(rulebook: &'a Rulebook, incidents: &[ReportedIncident], options: &AssessOptions) -> Option<Self> {
        const MANY: usize = 64;
        let records = |transaction: &Transaction| {
            let all = (0..Transaction::TABLE.fields.len()).map(|row| match transaction.value(row) {
                FactValue::Many(Some(records)) => records.len(),
                _ => 0,
            });
            1 + all.sum::<usize>()
        };
        let transactions = incidents.iter().flat_map(|incident| incident.transactions());
        (transactions.map(records).sum::<usize>() >= MANY).then(|| Self::new(rulebook, options))
    }

    /// True if a profile decides whether a transaction has a link to the target of a regime.
    fn is_link_determined(&self, regime: RegimeId) -> bool {
        self.nexus.get(regime.0).is_some_and(|nexus| nexus.as_ref().is_none_or(|nexus| nexus.others.is_none()))
    }

    /// The rulebook that was compiled.
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// The compiled rules at some positions in the rulebook; all of them without positions.
    pub fn rules<'p>(&'p self, positions: Option<&'p [usize]>) -> impl Iterator<Item = &'a Rule> + 'p {
        let rules = self.entries.iter().filter_map(|e| match &e.kind {
            EntryKind::Rule(position, rule) => Some((*position, *rule)),
            EntryKind::Quota(..) => None,
        });
        rules.filter(move |(position, _)| positions.is_none_or(|some| some.binary_search(position).is_ok())).map(|(_, r)| r)
    }

    /// True if the rules of a regime are among those compiled.
    pub fn is_chosen(&self, regime: RegimeId) -> bool {
        self.rules(None).any(|rule| rule.regime == regime)
    }

    /// The day as of which the law is asked.
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
    }
}
