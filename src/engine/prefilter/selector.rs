//! The way of one transaction: its shape, the gates, the answers.

use crate::engine::EvalContext;
use crate::engine::decision::{interval_as_known, is_authority_act, is_in_force};
use crate::facts::Truth;
use crate::rulebook::Rule;

use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::bounds::Bounds;
use super::elements::Elements;
use super::node_truth::NodeTruths;
use super::outcome_cache::{OutcomeCache, SettledRule};
use super::profile::{Profile, Profiles};
use super::profile_key::ProfileKey;
use super::rule_index::GATES;
use super::scratch::Scratch;
use super::texts::{PAIRS, Texts};
use super::{Candidates, CompiledRules, Entry, EntryOf};

/// So many shapes are remembered at most: each takes memory with the number of rules, whatever the stream has.
const MOST_SHAPES: usize = 4096;

/// So many moments of shapes are remembered at most, and so many details of elements. They take less than a shape: most of
/// what is known of them is a bit for each rule, or one outcome.
const MOST_SETTLED: usize = 8192;
const MOST_ELEMENTS: usize = 8192;

/// Asks a compiled rulebook about one transaction after another, and remembers what it found out about their shapes.
#[derive(Debug)]
pub struct RuleSelector<'c, 'a> {
    compiled: &'c CompiledRules<'a>,
    shapes: Profiles,
    settled: OutcomeCache,
    /// Of a transaction of which nothing can be settled.
    of_none: SettledRule,
    elements: Elements,
    scratch: Scratch,
    /// The moment and shape of the transaction at hand.
    written: ProfileKey,
    /// The entries that the gates let pass.
    candidates: BitSet,
    /// What came of the transaction at hand.
    screened: Candidates,
}

impl<'c, 'a> RuleSelector<'c, 'a> {
    /// A screener that has seen nothing yet.
    pub fn new(compiled: &'c CompiledRules<'a>) -> Self {
        Self::remembering(compiled, [MOST_SHAPES, MOST_SETTLED, MOST_ELEMENTS], PAIRS)
    }

    /// A screener that remembers nothing: every transaction is as new to it as the first.
    pub fn forgetful(compiled: &'c CompiledRules<'a>) -> Self {
        Self::remembering(compiled, [0; 3], 0)
    }

    /// A screener that remembers so many shapes, moments of shapes, and elements at most, and has so many pairs of places for
    /// short texts.
    fn remembering(compiled: &'c CompiledRules<'a>, [shapes, settled, elements]: [usize; 3], pairs: usize) -> Self {
        Self {
            compiled,
            shapes: Profiles::new(shapes),
            settled: OutcomeCache::new(settled),
            of_none: SettledRule::Nothing,
            elements: Elements::new(elements),
            scratch: Scratch::new(Texts::new(pairs)),
            written: ProfileKey::default(),
            candidates: BitSet::default(),
            screened: Candidates::default(),
        }
    }

    /// The law that it asks.
    pub fn compiled(&self) -> &'c CompiledRules<'a> {
        self.compiled
    }

    /// How many shapes it remembers: the fewer, the more the transactions are alike in what the rulebook asks.
    pub fn shapes(&self) -> usize {
        self.shapes.len()
    }

    /// Which rules have something to say of a case.
    pub fn screen(&mut self, case: &EvalContext<'_>) -> &Candidates {
        let compiled = self.compiled;
        let own_act = is_authority_act(case);
        let moment = compiled.calendar.span(case.date()).map(|span| span * 2 + usize::from(own_act));
        self.written.begin();
        self.written.number(moment.unwrap_or_default());
        compiled.looks.write(case.transaction, &mut self.written);
        let written = self.written.shape();
        // What is hidden as of a day, or not surely in force, is told by no shape.
        let lasts = moment.is_some() && compiled.known_on.is_none();
        let settled = match written.filter(|_| lasts) {
            Some(written) => self.settled.of(written, SettledRule::default),
            None => {
                self.of_none = SettledRule::Nothing;
                &mut self.of_none
            }
        };
        // Asked twice, because a reference that is given back from one branch would be held in the others too.
        if settled.all().is_some() {
            return settled.all().unwrap_or(&self.screened);
        }
        self.screened.clear();
        if let SettledRule::AllBut(of_shape) = settled
            && let Some(entries) = self.elements.satisfied(case, of_shape, compiled, &mut self.scratch)
        {
            compiled.entries_at(entries).for_each(|entry| entry.satisfied(&mut self.screened));
            return &self.screened;
        }
        let of_shape = written.and_then(|written| written.split_first()).map(|(_, of_shape)| of_shape);
        let shape =
            self.shapes.of(of_shape, |shape| compiled.gates.pass(case.transaction, &mut shape.by_facts, &mut shape.passing));
        self.scratch.begin_transaction(compiled.program.len());
        compiled.calendar.find(case.date(), &mut self.candidates);
        self.candidates.keep(&shape.passing);
        if matches!(settled, SettledRule::Nothing) && lasts && self.elements.remember() && compiled.details.tell(&self.candidates)
        {
            let passed = &self.candidates;
            let mut asking = Asking { compiled, case, own_act, passed, shape, scratch: &mut self.scratch, by_shape: true };
            *settled = SettledRule::AllBut(asking.of_shape());
        }
        let by_shape = !compiled.narrow(case, shape, &mut self.scratch, &mut self.candidates);
        let passed = &self.candidates;
        let mut asking = Asking { compiled, case, own_act, passed, shape, scratch: &mut self.scratch, by_shape };
        for entry in compiled.entries_at(passed.iter()) {
            asking.ask(entry, &mut self.screened);
        }
        if lasts && asking.by_shape {
            *settled = SettledRule::All(Box::new(self.screened.clone()));
        }
        &self.screened
    }
}

impl Entry<'_> {
    /// Says that its condition holds, and that it does not turn on totals.
    fn satisfied(&self, screened: &mut Candidates) {
        match self.of {
            EntryOf::Rule(position, _) => screened.speaking.push(position),
            EntryOf::Quota(id) => screened.counts.push(id),
        }
    }
}

impl<'a> CompiledRules<'a> {
    /// The entries with some numbers. Behind them stand the gates of conditions.
    fn entries_at(&self, numbers: impl Iterator<Item = usize>) -> impl Iterator<Item = &Entry<'a>> {
        numbers.map_while(|i| self.entries.get(i))
    }

    /// Takes out of the entries that the facts let pass those that codes, goods and words do not; false if no entry asks
    /// for these.
    fn narrow(&self, case: &EvalContext<'_>, shape: &Profile, scratch: &mut Scratch, candidates: &mut BitSet) -> bool {
        self.gates.clear(&mut scratch.by_codes);
        let codes = self.gates.look_at_codes(candidates);
        if codes {
            self.gates.add_codes(case.transaction, &mut scratch.by_codes);
            scratch.by_costly.copy_from(&scratch.by_codes);
            self.gates.add_all_goods_and_words(&mut scratch.by_costly);
            candidates.keep_all_of::<GATES>(&shape.by_facts, &scratch.by_costly);
        }
        let (goods, words) = (self.gates.look_at_goods(candidates), self.gates.look_at_words(candidates));
        if goods || words {
            scratch.by_costly.copy_from(&scratch.by_codes);
            if goods {
                self.find_goods(case, scratch);
            }
            if words {
                self.gates.add_words(case.transaction, &mut scratch.texts, &mut scratch.by_costly);
            }
            candidates.keep_all_of::<GATES>(&shape.by_facts, &scratch.by_costly);
        }
        codes || goods || words
    }

    /// Finds what the items let pass; all that goods can, if it cannot be told of one of them.
    fn find_goods(&self, case: &EvalContext<'_>, scratch: &mut Scratch) {
        let mut lists = std::mem::take(&mut scratch.lists);
        lists.clear(self.wares.len());
        let items = case.transaction.items.known().iter().enumerate();
        let told =
            items.into_iter().all(|(i, item)| self.wares.find(item, scratch.described(i, item, case.transaction), &mut lists));
        if told {
            lists.iter().for_each(|list| self.gates.add_goods(list, &mut scratch.by_costly));
        } else {
            self.gates.add_all_goods(&mut scratch.by_costly);
        }
        scratch.lists = lists;
    }
}

/// Entries asked about one case.
struct Asking<'s, 'c, 'a> {
    compiled: &'s CompiledRules<'a>,
    case: &'s EvalContext<'c>,
    /// All that was done is an authority's own act.
    own_act: bool,
    /// What the transaction passes of the gates.
    passed: &'s BitSet,
    shape: &'s mut Profile,
    scratch: &'s mut Scratch,
    /// Nothing was asked so far that the shape and the day do not tell.
    by_shape: bool,
}

/// What an entry has to say.
#[derive(Default)]
struct Heard {
    speaks: bool,
    not_assessed: bool,
    counts: bool,
    asks_quota: bool,
}

impl<'a> Asking<'_, '_, 'a> {
    fn ask(&mut self, entry: &Entry<'_>, screened: &mut Candidates) {
        let mut heard = Heard::default();
        match self.case.transaction.items.get() {
            Some(items) if entry.binds_item && !items.is_empty() => {
                (0..items.len()).for_each(|item| self.hear(entry, &self.case.with_item(item), &mut heard));
            }
            _ => self.hear(entry, self.case, &mut heard),
        }
        screened.asks_quota |= heard.asks_quota;
        match entry.of {
            EntryOf::Quota(id) if heard.counts => screened.counts.push(id),
            EntryOf::Quota(_) => {}
            EntryOf::Rule(position, _) => {
                if heard.speaks {
                    screened.speaking.push(position);
                }
                if heard.not_assessed {
                    screened.not_assessed.push(position);
                }
            }
        }
    }

    fn hear(&mut self, entry: &Entry<'_>, case: &EvalContext<'_>, heard: &mut Heard) {
        self.scratch.begin_item();
        let rule = match &entry.of {
            EntryOf::Quota(_) => {
                heard.counts |= self.when(entry, case).truth() != Truth::False;
                return;
            }
            EntryOf::Rule(_, rule) => rule,
        };
        let when = self.reach(entry, case);
        if entry.asks_quota && when.truth() != Truth::False {
            heard.asks_quota = true;
            heard.speaks = true;
            return;
        }
        match when.truth() {
            Truth::False => heard.not_assessed |= when.if_listed() != Truth::False,
            Truth::Unknown if when.if_not_listed() == Truth::False => heard.not_assessed = true,
            Truth::Unknown => heard.speaks |= self.nexus(rule, case) != Truth::False,
            Truth::True => heard.speaks = true,
        }
    }

    /// What the shape tells of the entries that it passes.
    fn of_shape(&mut self) -> Bounds {
        let mut of_shape = Bounds::none(self.compiled.entries.len());
        for (index, entry) in self.passed.iter().map_while(|i| Some((i, self.compiled.entries.get(i)?))) {
            let mut parts = self.time(entry, self.case);
            for part in self.compiled.details.of_shape(index) {
                parts = parts.and(self.answers(self.case).about_transaction(*part));
            }
            of_shape.answer_of(index, parts);
        }
        of_shape
    }

    /// The rule's condition with its time, as the reference evaluator reaches it.
    fn reach(&mut self, entry: &Entry<'_>, case: &EvalContext<'_>) -> Assumptions {
        let time = self.time(entry, case);
        if time == Assumptions::FALSE { time } else { time.and(self.when(entry, case)) }
    }

    /// Whether the entry is in force, and of what was done.
    fn time(&self, entry: &Entry<'_>, case: &EvalContext<'_>) -> Assumptions {
        let EntryOf::Rule(_, rule) = &entry.of else { return Assumptions::TRUE };
        let own_act = self.own_act && !rule.is_duty();
        if own_act || case.hides(rule.made_on()) {
            return Assumptions::FALSE;
        }
        is_in_force(interval_as_known(rule, case), case).into()
    }

    /// The entry's condition. Where the shape tells it, it is asked of one transaction of the shape.
    fn when(&mut self, entry: &Entry<'_>, case: &EvalContext<'_>) -> Assumptions {
        let Some(place) = entry.of_shape else {
            self.by_shape = false;
            return self.answers(case).about_transaction(entry.when);
        };
        if let Some(known) = self.shape.answer(place) {
            return known;
        }
        let answer = self.answers(case).about_transaction(entry.when);
        self.shape.keep(place, answer);
        answer
    }

    fn nexus(&mut self, rule: &Rule, case: &EvalContext<'_>) -> Truth {
        self.by_shape = false;
        let Some(node) = self.compiled.nexus.get(rule.regime.0) else { return Truth::Unknown };
        self.answers(case).about_transaction(*node).giving_ambiguity_the_benefit()
    }

    fn answers<'s, 'k>(&'s mut self, case: &'s EvalContext<'k>) -> NodeTruths<'s, 'k, 'a> {
        NodeTruths { program: &self.compiled.program, case, passed: self.passed, scratch: self.scratch }
    }
}
