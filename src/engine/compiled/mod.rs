//! The compiled evaluator: which rules speak of a transaction, without saying why.
//!
//! The reference evaluator ([`Reasoner`](super::Reasoner), [`decide`](super::decide)) defines the language and gives
//! proofs. Nearly all transactions have nothing to do with any sanctioned State, and for them a proof that 94 rules
//! do not apply is of no use to anyone. So each transaction passes two stages here, and only what is left is decided:
//!
//! 1. **Gates.** For every rule, up to [`GATES`] guards are read off its condition ([`guard`]): sets of marks of which
//!    the transaction must bear at least one, or the condition is false in every world ([`worlds`]). Turned round
//!    ([`mod@gates`]), a gate is a table from a mark to the set of rules that it lets pass; the sets of all gates and of
//!    the years in force are intersected, a few machine words each. Goods and words are looked at only if a rule is
//!    left that asks for them, and then all terms of all lists are found in one pass ([`wares`], [`phrases`]).
//!
//!    *Why nothing is lost*: a rule is dropped only at a gate that it is guarded by, and only if the transaction bears
//!    none of the marks of that guard. By the construction of guards its condition is then false in every world, so
//!    the reference evaluator gives no finding, no duty, no notice, and does not call it *not assessed*.
//!
//! 2. **Answers.** The conditions of the rules left are asked, as nodes of one graph in which equal conditions are one
//!    node answered once per transaction ([`program`], [`answer`]). The leaves are answered by the functions that the
//!    reference evaluator asks.
//!
//!    *Two short ways.* A condition on a transaction that has guards of its own, of a few States, stands at the gates
//!    beside the rules: where it does not pass, it is false in every world by the same argument. And what is asked of a
//!    list of persons has one answer, whatever the list, as long as nobody in the transaction is told to be on any
//!    ([`program::Unlisted`]): then only a list could answer, and none is there.
//!
//! What comes out is exact: [`Screened::speaking`] holds the rules for which `decide` gives a finding, an open duty or
//! a notice, or that are reached and satisfied; `tests/equality.rs` compares it with the reference evaluator.

mod answer;
mod bits;
mod codes;
mod gates;
mod guard;
mod phrases;
mod program;
mod wares;
mod worlds;

use chrono::{Datelike, NaiveDate};
use smallvec::SmallVec;

use crate::facts::{Item, Period, Rows, Transaction, Truth};
use crate::rulebook::{Condition, QuotaId, RegimeId, Rule, RuleKind, Rulebook};

use super::goods::Described;
use super::verdict::{in_force_truth, interval_as_known, is_authority_act};
use super::{Case, Options};

use answer::Answers;
use bits::BitSet;
use gates::{GATES, Gates};
use guard::{Guard, Guards};
use phrases::Folded;
use program::{NodeId, Program};
use wares::Wares;
use worlds::Worlds;

/// Years for which the rules in force are kept; others share the set of all rules.
const YEARS: std::ops::Range<i32> = 1990..2060;

/// A rulebook made ready to be asked of many transactions.
#[derive(Debug)]
pub struct Compiled<'a> {
    rulebook: &'a Rulebook,
    known_on: Option<NaiveDate>,
    program: Program<'a>,
    /// Rules, then quotas: what is counted is found in the same way.
    entries: Vec<Entry<'a>>,
    nexus: Vec<NodeId>,
    by_year: Vec<BitSet>,
    all: BitSet,
    gates: Gates,
    wares: Wares<'a>,
}

#[derive(Debug)]
struct Entry<'a> {
    of: EntryOf<'a>,
    when: NodeId,
    binds_item: bool,
    asks_quota: bool,
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
pub struct Screened {
    /// Positions of the rules that have something to say.
    pub speaking: Positions,
    /// Positions of the rules that could not be assessed without a list of designated persons.
    pub not_assessed: Positions,
    /// Quotas towards which it counts or may count.
    pub counts: Vec<QuotaId>,
    /// Totals may change what is said, so it can be said only when all is counted.
    pub asks_quota: bool,
}

impl Screened {
    /// True if there is nothing to say and nothing to count.
    pub fn is_silent(&self) -> bool {
        self.speaking.is_empty() && self.counts.is_empty() && !self.asks_quota
    }
}

/// What is kept between transactions so that nothing need be allocated anew.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The answers given, by node; the number says in which round.
    kept: Vec<(u64, Worlds)>,
    /// Rounds: one for the transaction, one for each bound item.
    transaction_round: u64,
    item_round: u64,
    last_round: u64,
    /// The items' descriptions, each with the round in which it was split.
    described: Vec<(u64, Described)>,
    nothing: Described,
    /// Other texts as words.
    folded: Folded,
    /// Rows of the transaction of which it was found that no element tells a listing.
    unlisted: Rows,
    candidates: BitSet,
    /// What passes the gates for its facts, and what for its goods and words.
    by_facts: BitSet,
    by_costly: BitSet,
    lists: BitSet,
}

impl Scratch {
    fn begin_transaction(&mut self, nodes: usize) {
        self.kept.resize(nodes, (0, Worlds::UNKNOWN));
        self.folded.begin();
        self.unlisted = Rows::default();
        self.last_round += 1;
        self.transaction_round = self.last_round;
        self.begin_item();
    }

    fn begin_item(&mut self) {
        self.last_round += 1;
        self.item_round = self.last_round;
    }

    fn kept(&self, id: NodeId) -> Option<Worlds> {
        let (round, worlds) = self.kept.get(id.index())?;
        (*round == self.transaction_round || *round == self.item_round).then_some(*worlds)
    }

    fn keep(&mut self, id: NodeId, worlds: Worlds, of_bound_item: bool) {
        let round = if of_bound_item { self.item_round } else { self.transaction_round };
        if let Some(kept) = self.kept.get_mut(id.index()) {
            *kept = (round, worlds);
        }
    }

    /// The description of an item as words, split once.
    fn described(&mut self, index: usize, item: &Item) -> &Described {
        if self.described.len() <= index {
            self.described.resize_with(index + 1, Default::default);
        }
        match self.described.get_mut(index) {
            Some((round, described)) => {
                if *round != self.transaction_round {
                    *round = self.transaction_round;
                    described.read(item.description.as_deref().unwrap_or_default());
                }
                described
            }
            None => &self.nothing,
        }
    }
}

impl<'a> Compiled<'a> {
    /// Compiles the rules of a rulebook, or of one of its regimes, as known on a day.
    pub fn new(rulebook: &'a Rulebook, options: &Options) -> Self {
        let mut program = Program::default();
        let nexus = rulebook.regimes.iter().map(|r| program.take(&r.nexus, rulebook)).collect();
        let mut entries = Vec::new();
        for (position, rule) in rulebook.rules.iter().enumerate().filter(|(_, r)| wanted(options.regime, r)) {
            let when = program.take(&rule.when, rulebook);
            let asks_quota = conditions_of(rule).any(|c| {
                let node = program.take(c, rulebook);
                program.node(node).is_some_and(|n| n.of_quota)
            });
            entries.push(Entry { of: EntryOf::Rule(position, rule), when, binds_item: rule.binds_item, asks_quota });
        }
        for (id, quota) in rulebook.quotas() {
            let when = program.take(&quota.counts.when, rulebook);
            let binds_item = quota.counts.when.opens_items(Transaction::TABLE);
            entries.push(Entry { of: EntryOf::Quota(id), when, binds_item, asks_quota: false });
        }
        let gates = gates(&entries, &mut program, rulebook);
        let mut all = BitSet::none(gates.len());
        (0..gates.len()).for_each(|i| all.insert(i));
        let by_year = YEARS.map(|year| in_force_in(year, &entries, &all, options.known_on.is_some())).collect();
        let wares = Wares::new(&rulebook.goods);
        Self { rulebook, known_on: options.known_on, program, entries, nexus, by_year, all, gates, wares }
    }

    /// The law that was compiled.
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// Which rules have something to say of a case.
    pub fn screen(&self, case: &Case<'_>, scratch: &mut Scratch) -> Screened {
        scratch.begin_transaction(self.program.len());
        let mut candidates = std::mem::take(&mut scratch.candidates);
        self.candidates(case, scratch, &mut candidates);
        let mut screened = Screened::default();
        // Behind the entries stand the gates of conditions.
        for entry in candidates.iter().map_while(|i| self.entries.get(i)) {
            self.ask(entry, case, &candidates, scratch, &mut screened);
        }
        scratch.candidates = candidates;
        screened
    }

    /// The entries that the gates let pass.
    fn candidates(&self, case: &Case<'_>, scratch: &mut Scratch, candidates: &mut BitSet) {
        candidates.copy_from(self.in_force(case.date()));
        self.gates.pass(case.transaction, &mut scratch.folded, &mut scratch.by_facts);
        candidates.keep_all_of(&scratch.by_facts, self.gates.costly());
        let (goods, words) = (self.gates.look_at_goods(candidates), self.gates.look_at_words(candidates));
        if goods || words {
            self.gates.clear(&mut scratch.by_costly);
            if goods {
                self.find_goods(case, scratch);
            }
            if words {
                self.gates.add_words(case.transaction, &mut scratch.folded, &mut scratch.by_costly);
            }
            candidates.keep_all_of(&scratch.by_facts, &scratch.by_costly);
        }
    }

    /// Finds what the items let pass; all that goods can, if it cannot be told of one of them.
    fn find_goods(&self, case: &Case<'_>, scratch: &mut Scratch) {
        let mut lists = std::mem::take(&mut scratch.lists);
        lists.clear(self.wares.len());
        let items = case.transaction.items.as_deref().unwrap_or_default().iter().enumerate();
        let told = items.into_iter().all(|(i, item)| self.wares.find(item, scratch.described(i, item), &mut lists));
        if told {
            lists.iter().for_each(|list| self.gates.add_goods(list, &mut scratch.by_costly));
        } else {
            self.gates.add_all_goods(&mut scratch.by_costly);
        }
        scratch.lists = lists;
    }

    fn in_force(&self, date: Option<Period>) -> &BitSet {
        let year = date.filter(|d| d.from.year() == d.to.year()).map(|d| d.from.year() - YEARS.start);
        year.and_then(|y| self.by_year.get(usize::try_from(y).ok()?)).unwrap_or(&self.all)
    }

    fn ask(&self, entry: &Entry<'a>, case: &Case<'_>, passed: &BitSet, scratch: &mut Scratch, screened: &mut Screened) {
        let items = case.transaction.items.as_deref().map_or(0, <[Item]>::len);
        let binds = entry.binds_item && items > 0;
        let (mut speaks, mut not_assessed) = (false, false);
        for item in 0..if binds { items } else { 1 } {
            let case = Case { item: binds.then_some(item), ..*case };
            scratch.begin_item();
            match &entry.of {
                EntryOf::Quota(id) => {
                    let when = self.answers(&case, passed, scratch).about_transaction(entry.when);
                    if when.truth() != Truth::False {
                        screened.counts.push(*id);
                        return;
                    }
                }
                EntryOf::Rule(_, rule) => {
                    let when = self.reach(rule, entry.when, &case, passed, scratch);
                    if entry.asks_quota && when.truth() != Truth::False {
                        screened.asks_quota = true;
                        speaks = true;
                        continue;
                    }
                    match when.truth() {
                        Truth::False => not_assessed |= when.if_listed() != Truth::False,
                        Truth::Unknown if when.if_not_listed() == Truth::False => not_assessed = true,
                        Truth::Unknown => speaks |= self.nexus(rule, &case, passed, scratch) != Truth::False,
                        Truth::True => speaks = true,
                    }
                }
            }
        }
        if let EntryOf::Rule(position, _) = entry.of {
            if speaks {
                screened.speaking.push(position);
            }
            if not_assessed {
                screened.not_assessed.push(position);
            }
        }
    }

    /// The rule's condition with its time, as the reference evaluator reaches it.
    fn reach(&self, rule: &Rule, when: NodeId, case: &Case<'_>, passed: &BitSet, scratch: &mut Scratch) -> Worlds {
        let time = in_force_truth(interval_as_known(rule, case), case);
        let own_act = !rule.is_duty() && is_authority_act(case);
        if time == Truth::False || own_act || case.hides(rule.made_on()) {
            return Worlds::FALSE;
        }
        Worlds::from(time).and(self.answers(case, passed, scratch).about_transaction(when))
    }

    fn nexus(&self, rule: &Rule, case: &Case<'_>, passed: &BitSet, scratch: &mut Scratch) -> Truth {
        let Some(node) = self.nexus.get(rule.regime.0) else { return Truth::Unknown };
        self.answers(case, passed, scratch).about_transaction(*node).giving_ambiguity_the_benefit()
    }

    fn answers<'s, 'c>(&'s self, case: &'s Case<'c>, passed: &'s BitSet, scratch: &'s mut Scratch) -> Answers<'s, 'c, 'a> {
        Answers { program: &self.program, case, passed, scratch }
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

/// All but the entries that are not in force on any day of a year. As known on an earlier day, ends that were set later
/// do not count.
fn in_force_in(year: i32, entries: &[Entry<'_>], all: &BitSet, as_known: bool) -> BitSet {
    let mut set = all.clone();
    for (index, entry) in entries.iter().enumerate() {
        let inside = match &entry.of {
            EntryOf::Quota(_) => true,
            EntryOf::Rule(_, rule) => {
                let interval = rule.in_force;
                interval.from.is_none_or(|from| from.year() <= year)
                    && (as_known || interval.to.is_none_or(|to| to.year() >= year))
            }
        };
        if !inside {
            set.remove(index);
        }
    }
    set
}

/// Gates of all entries, and behind them of conditions that many rules ask and few transactions can show.
fn gates(entries: &[Entry<'_>], program: &mut Program<'_>, rulebook: &Rulebook) -> Gates {
    let reader = Guards { program, vocabulary: &rulebook.vocabulary, most: GATES + 1 };
    let mut guards: Vec<Vec<Guard>> = entries.iter().map(|entry| reader.guards(entry.when)).collect();
    let conditions = program.gated().map(|id| (id, reader.selective(id))).filter(|(_, guards)| !guards.is_empty());
    for (id, of_condition) in conditions.collect::<Vec<_>>() {
        program.gate(id, guards.len());
        guards.push(of_condition);
    }
    Gates::new(&guards, &Wares::reaches(&rulebook.goods))
}
