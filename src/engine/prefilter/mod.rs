//! The compiled evaluator: which rules speak of a transaction, without saying why.
//!
//! The reference evaluator ([`ReferenceEvaluator`](super::ReferenceEvaluator), [`evaluate_rule`](super::evaluate_rule)) defines the language and gives
//! proofs. Nearly all transactions have nothing to do with any sanctioned State, and for them a proof that 94 rules
//! do not apply is of no use to anyone. So each transaction passes two stages here, and only what is left is decided:
//!
//! 1. **Gates.** For every rule, up to [`GATES`] guards are read off its condition ([`necessary`]): sets of marks of which
//!    the transaction must bear at least one, or the condition is false in every world ([`assumptions`]). Turned round
//!    ([`mod@rule_index`]), a gate is a table from a mark to the set of rules that it lets pass; the sets of all gates and of
//!    what is in force ([`calendar`]) are intersected, a few machine words each. Codes, goods and words are looked at
//!    only if a rule is left that asks for them, and then all terms of all lists are found in one pass ([`goods_index`],
//!    [`phrases`]).
//!
//!    *Why nothing is lost*: a rule is dropped only at a gate that it is guarded by, and only if the transaction bears
//!    none of the marks of that guard. By the construction of guards its condition is then false in every world, so
//!    the reference evaluator gives no finding, no duty, no notice, and does not call it *not assessed*.
//!
//! 2. **Answers.** The conditions of the rules left are asked, as nodes of one graph in which equal conditions are one
//!    node answered once per transaction ([`condition_graph`], [`node_truth`]). The leaves are answered by the functions that the
//!    reference evaluator asks.
//!
//!    *Two short ways.* A condition on a transaction that has guards of its own, of a few States, stands at the gates
//!    beside the rules: where it does not pass, it is false in every world by the same argument. And what is asked of a
//!    list of persons has one answer, whatever the list, as long as nobody in the transaction is told to be on any
//!    ([`condition_graph::Unlisted`]): then only a list could answer, and none is there.
//!
//! Both stages look at the same few coded facts of transaction after transaction. What was found out from these alone is
//! kept for the *shape* of the transaction: for all in which nothing that is asked tells them apart ([`profile`], where
//! it stands why that is sound). Most transactions share a few hundred shapes, so that what many rules cost is paid once
//! for each of these. What a shape leaves open of rules that ask for codes and words is kept for the [`details`] of elements.
//!
//! What comes out is exact: [`Candidates::speaking`] holds the rules for which `evaluate_rule` gives a finding, an open duty or
//! a notice, or that are reached and satisfied; `tests/equality.rs` compares it with the reference evaluator.

mod assumptions;
mod bits;
mod bounded_cache;
mod bounds;
mod calendar;
mod condition_graph;
mod details;
mod elements;
mod goods_index;
mod hs_index;
mod necessary;
mod node_truth;
mod outcome_cache;
mod path_tree;
mod phrases;
mod profile;
mod profile_key;
mod rule_index;
mod scratch;
mod selector;
mod texts;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::facts::Transaction;
use crate::rulebook::{Condition, QuotaId, RegimeId, Rule, RuleKind, Rulebook};

use super::Options;

use calendar::Calendar;
use condition_graph::{ConditionGraph, NodeId};
use details::Details;
use goods_index::GoodsIndex;
use necessary::{Necessary, NecessaryFeatures};
use profile::Looks;
use rule_index::{GATES, RuleIndex};

pub use selector::RuleSelector;

/// A rulebook made ready to be asked of many transactions.
#[derive(Debug)]
pub struct CompiledRules<'a> {
    rulebook: &'a Rulebook,
    known_on: Option<NaiveDate>,
    program: ConditionGraph<'a>,
    /// Rules, then quotas: what is counted is found in the same way.
    entries: Vec<Entry<'a>>,
    nexus: Vec<NodeId>,
    calendar: Calendar,
    gates: RuleIndex,
    looks: Looks,
    details: Details,
    wares: GoodsIndex<'a>,
}

#[derive(Debug)]
struct Entry<'a> {
    of: EntryOf<'a>,
    when: NodeId,
    binds_item: bool,
    asks_quota: bool,
    /// Its place among those of which the condition has one answer for all transactions of a shape.
    of_shape: Option<usize>,
}

#[derive(Debug)]
enum EntryOf<'a> {
    Rule(usize, &'a Rule),
    Quota(QuotaId),
}

/// Positions of rules in the rulebook, in order. Mostly one or two.
pub type Positions = SmallVec<[usize; 4]>;

/// What a transaction has to do with the rulebook.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// Positions of the rules that have something to say.
    pub speaking: Positions,
    /// Positions of the rules that could not be assessed without a list of designated persons.
    pub not_assessed: Positions,
    /// Quotas towards which it counts or may count.
    pub counts: Vec<QuotaId>,
    /// Totals may change what is said, so it can be said only when all is counted.
    pub asks_quota: bool,
}

impl Candidates {
    /// Forgets all, and keeps the memory.
    fn clear(&mut self) {
        self.speaking.clear();
        self.not_assessed.clear();
        self.counts.clear();
        self.asks_quota = false;
    }

    /// True if there is nothing to say and nothing to count.
    pub fn is_silent(&self) -> bool {
        self.speaking.is_empty() && self.counts.is_empty() && !self.asks_quota
    }
}

impl<'a> CompiledRules<'a> {
    /// Compiles the rules of a rulebook, or of one of its regimes, as known on a day.
    pub fn new(rulebook: &'a Rulebook, options: &Options) -> Self {
        let mut program = ConditionGraph::default();
        let nexus = rulebook.regimes.iter().map(|r| program.take(&r.nexus, rulebook)).collect();
        let mut entries = Vec::new();
        for (position, rule) in rulebook.rules.iter().enumerate().filter(|(_, r)| wanted(options.regime, r)) {
            let when = program.take(&rule.when, rulebook);
            let asks_quota = conditions_of(rule).any(|c| {
                let node = program.take(c, rulebook);
                program.node(node).is_some_and(|n| n.of_quota)
            });
            entries.push(Entry {
                of: EntryOf::Rule(position, rule),
                when,
                binds_item: rule.binds_item,
                asks_quota,
                of_shape: None,
            });
        }
        for (id, quota) in rulebook.quotas() {
            let when = program.take(&quota.counts.when, rulebook);
            let binds_item = quota.counts.when.opens_items(Transaction::TABLE);
            entries.push(Entry { of: EntryOf::Quota(id), when, binds_item, asks_quota: false, of_shape: None });
        }
        let gates = gates(&entries, &mut program, rulebook);
        let calendar = Calendar::new(&entries, gates.len(), options.known_on.is_some());
        let mut looks = looks(&mut entries, &gates, &program, rulebook, options);
        let details = Details::new(&entries, &program, &mut looks);
        let wares = GoodsIndex::new(&rulebook.goods);
        let known_on = options.known_on;
        Self { rulebook, known_on, program, entries, nexus, calendar, gates, looks, details, wares }
    }

    /// The law that was compiled.
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// Rules by their positions; without positions, all that are asked.
    pub fn asked<'p>(&'p self, positions: Option<&'p [usize]>) -> impl Iterator<Item = &'a Rule> + 'p {
        let rules = self.entries.iter().filter_map(|e| match &e.of {
            EntryOf::Rule(position, rule) => Some((*position, *rule)),
            EntryOf::Quota(_) => None,
        });
        rules.filter(move |(position, _)| positions.is_none_or(|wanted| wanted.binary_search(position).is_ok())).map(|(_, r)| r)
    }

    /// The day as of which the law is asked.
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
    }
}

fn wanted(regime: Option<RegimeId>, rule: &Rule) -> bool {
    regime.is_none_or(|id| rule.regime == id)
}

/// Every condition on which a rule's outcome can rest.
fn conditions_of(rule: &Rule) -> impl Iterator<Item = &Condition> {
    let duty = match &rule.kind {
        RuleKind::Duty(duty) => Some(&duty.fulfilled),
        RuleKind::Prohibition => None,
    };
    let determined = rule.needs_determination.as_ref().and_then(|n| n.when.as_ref());
    [Some(&rule.when), duty, determined].into_iter().flatten().chain(rule.exceptions.iter().map(|e| &e.when))
}

/// Gates of all entries, and behind them of conditions that many rules ask and few transactions can show.
fn gates(entries: &[Entry<'_>], program: &mut ConditionGraph<'_>, rulebook: &Rulebook) -> RuleIndex {
    let reader = NecessaryFeatures { program, vocabulary: &rulebook.vocabulary, most: GATES + 1 };
    let mut guards: Vec<Vec<Necessary>> = entries.iter().map(|entry| reader.guards(entry.when)).collect();
    let conditions = program.gated().map(|id| (id, reader.selective(id))).filter(|(_, guards)| !guards.is_empty());
    for (id, of_condition) in conditions.collect::<Vec<_>>() {
        program.gate(id, guards.len());
        guards.push(of_condition);
    }
    RuleIndex::new(&guards, &GoodsIndex::reaches(&rulebook.goods))
}

/// What tells the shapes of transactions apart: what the gates look at, and the rules about listed persons. These name no
/// State, so that no gate keeps them from being asked of nearly every transaction.
fn looks(
    entries: &mut [Entry<'_>],
    gates: &RuleIndex,
    program: &ConditionGraph<'_>,
    rulebook: &Rulebook,
    options: &Options,
) -> Looks {
    let mut looks = Looks::default();
    looks.at_gates(&gates.facts(), rulebook.vocabulary.terms().count());
    // Papers from after the day as of which the law is asked are hidden: what a condition finds in them hangs on dates.
    let mut places = 0..;
    for entry in entries.iter_mut().filter(|e| options.known_on.is_none() && !e.binds_item && !e.asks_quota) {
        let about_lists = program.node(entry.when).is_some_and(|node| node.unlisted.is_some());
        if about_lists && looks.at_condition(entry.when, program) {
            entry.of_shape = places.next();
        }
    }
    looks
}
