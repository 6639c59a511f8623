//! Mutation testing of the rulebook: alters one element at a time and finds the alterations that no test notices.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::document::Span;
use crate::engine::{AssessOptions, Ledger, TransactionMemo, Verdict, assess, evaluate_rule};
use crate::rulebook::{Condition, ConditionKind, Definition, DefinitionId, Exception, RegimeChoice, RegimeId, Rule, Rulebook};

use super::condition_mutants::condition_mutants;
use super::loaded_test::LoadedTest;
use super::mutant::{Mutant, MutantLabel};
use super::mutants::{exception_mutants, exception_time_mutants, quota_mutants, rule_mutants};
use super::relevant_cases::{RelevantCases, Touched, parts_with};
use super::word_mutants::{GoodsOfTests, GoodsWord, WordsNoticed};

/// The results of all mutants.
#[derive(Debug, Default)]
pub struct MutationReport {
    /// The number of mutants made.
    pub mutants: usize,
    /// The mutants that no test noticed, in the order in which they were made.
    pub survivors: Vec<SurvivingMutant>,
    /// The words and codes of each list of goods, and the words of lists in conditions, that were altered.
    pub words: Vec<WordsNoticed>,
}

/// A mutant that no test noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurvivingMutant {
    /// The id of the rule, definition, exemption or quota that was altered.
    pub owner: String,
    /// What was altered, in words.
    pub description: String,
    /// The place in the rule files: file, line and column.
    pub at: String,
    /// Why the mutant decides as the original does, if the rulebook lists it as equivalent.
    pub equivalent_because: Option<String>,
}

impl MutationReport {
    fn add(&mut self, rulebook: &Rulebook, owner: &str, label: MutantLabel, noticed: bool) {
        let MutantLabel { description, at, word } = label;
        if let Some(word) = word {
            let unnoticed = (!noticed).then_some(word).into_iter().collect();
            self.words.push(WordsNoticed { list: owner.to_owned(), total: 1, unnoticed });
            return;
        }
        self.mutants += 1;
        if !noticed {
            let listed = rulebook.equivalents.iter().find(|e| e.owner == owner && e.mutant == description);
            self.survivors.push(SurvivingMutant {
                owner: owner.to_owned(),
                description,
                at: rulebook.sources.location(at),
                equivalent_because: listed.map(|e| e.reason.clone()),
            });
        }
    }

    fn append(&mut self, other: Self) {
        self.mutants += other.mutants;
        self.survivors.extend(other.survivors);
        self.words.extend(other.words);
    }

    /// The number of survivors that the rulebook does not list as equivalent.
    pub fn unexplained(&self) -> usize {
        self.survivors.iter().filter(|s| s.equivalent_because.is_none()).count()
    }
}

/// Makes every mutant of a rulebook and runs the tests that could notice it, in `jobs` threads. With `only`, the elements whose
/// id starts with it are altered, and no others; of some regimes only their own elements, and nothing that regimes share. The report
/// does not depend on the number of threads.
pub fn mutate(rulebook: Rulebook, only: Option<&str>, regimes: &RegimeChoice, jobs: NonZero<usize>) -> MutationReport {
    let tests = rulebook.tests.iter().filter(|test| regimes.is_all() || test.is_of(regimes) || !test.expect_also.is_empty());
    let tests: Vec<LoadedTest> = tests.filter_map(|t| LoadedTest::load(&rulebook, t).ok()).collect();
    let ledgers: Vec<Ledger> = tests.iter().map(|t| t.ledger(&rulebook)).collect();
    let cases = RelevantCases::new(&rulebook, &tests, &ledgers);
    let goods = GoodsOfTests::new(&tests, &rulebook.goods);
    let bench = Bench { tests, ledgers, cases, goods };
    let elements = Element::all(&rulebook, only, regimes);
    let next = AtomicUsize::new(0);
    let reports: Mutex<BTreeMap<usize, MutationReport>> = Mutex::default();
    let work = || {
        let mut mutator = Mutator { rulebook: rulebook.clone(), bench: &bench, report: MutationReport::default() };
        while let Some(element) = elements.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
            mutator.mutate(element);
            let position = elements.iter().position(|other| *other == element).unwrap_or_default();
            let report = std::mem::take(&mut mutator.report);
            reports.lock().unwrap_or_else(PoisonError::into_inner).insert(position, report);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.get() {
            // A thread that cannot be started is one worker less.
            _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    let mut all = MutationReport::default();
    for report in reports.into_inner().unwrap_or_else(PoisonError::into_inner).into_values() {
        all.append(report);
    }
    all
}

/// An element of the rulebook that is altered, with its position among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Rule(usize),
    /// A definition, by its place: in all regimes that share it.
    Definition(Span),
    /// An exception that several rules share, by its place.
    SharedException(Span),
    Quota(usize),
    Goods(usize),
}

impl Element {
    /// Every element whose id starts with `only`, of some regimes.
    fn all(rulebook: &Rulebook, only: Option<&str>, regimes: &RegimeChoice) -> Vec<Self> {
        let is_selected = |id: &str| only.is_none_or(|only| id.starts_with(only));
        let shared = shared_exceptions(rulebook).into_iter();
        let of_regime = |regime: Option<RegimeId>| regime.map_or(regimes.is_all(), |regime| regimes.contains(regime));
        let is_own = |exception: &Exception| {
            let has = |rule: &&Rule| rule.exceptions.iter().any(|other| other.span == exception.span);
            let regime = rulebook.rules.iter().find(has).map(|rule| rule.regime);
            of_regime(regime.filter(|_| !exception.is_shared))
        };
        let shared = shared.filter(|span| exception_at(rulebook, *span).is_some_and(|e| is_selected(&e.id) && is_own(&e)));
        let mut all = Vec::new();
        all.extend(positions(&rulebook.rules, |r| is_selected(&r.id) && regimes.contains(r.regime)).map(Element::Rule));
        let definitions = rulebook.definitions.iter().filter(|d| is_selected(&d.id));
        let definitions = definitions.filter(|d| of_regime(d.regime.filter(|_| !d.is_shared)));
        let definitions: BTreeSet<Span> = definitions.map(|definition| definition.span).collect();
        all.extend(definitions.into_iter().map(Element::Definition));
        all.extend(shared.map(Element::SharedException));
        all.extend(positions(&rulebook.quotas, |q| is_selected(&q.id) && of_regime(q.regime)).map(Element::Quota));
        all.extend(positions(rulebook.goods.lists(), |l| is_selected(&l.id) && regimes.is_all()).map(Element::Goods));
        all
    }
}

fn positions<T>(list: &[T], is_selected: impl Fn(&T) -> bool) -> impl Iterator<Item = usize> {
    list.iter().enumerate().filter(move |(_, element)| is_selected(element)).map(|(position, _)| position)
}

/// The tests, and what they find by the original rulebook.
struct Bench {
    tests: Vec<LoadedTest>,
    ledgers: Vec<Ledger>,
    cases: RelevantCases,
    goods: GoodsOfTests,
}

/// A rulebook that is altered. Each method restores what it altered.
struct Mutator<'b> {
    rulebook: Rulebook,
    bench: &'b Bench,
    report: MutationReport,
}

impl Mutator<'_> {
    fn mutate(&mut self, element: Element) {
        match element {
            Element::Rule(index) => self.mutate_rule(index),
            Element::Definition(span) => self.mutate_definition(span),
            Element::SharedException(span) => self.mutate_shared_exception(span),
            Element::Quota(index) => self.mutate_quota(index),
            Element::Goods(index) => self.mutate_goods(index),
        }
    }

    fn mutate_rule(&mut self, index: usize) {
        let shared = shared_exceptions(&self.rulebook);
        let is_shared = |e: &Exception| shared.contains(&e.span);
        let Some(original) = self.rulebook.rules.get(index).cloned() else { return };
        let tests = self.bench.cases.tests(index, Touched::One);
        for Mutant { label, altered } in rule_mutants(&original, &is_shared) {
            set(&mut self.rulebook.rules, index, altered);
            let noticed = self.is_noticed(&[(index, tests.clone())], false);
            self.report.add(&self.rulebook, &original.id, label, noticed);
        }
        for (position, duty) in original.duties.iter().enumerate() {
            let mut altered = original.clone();
            altered.duties.remove(position);
            set(&mut self.rulebook.rules, index, altered);
            let noticed = self.duty_is_noticed(&original.id, duty);
            let label = MutantLabel::new(format!("drops the duty {duty}"), original.span);
            self.report.add(&self.rulebook, &original.id, label, noticed);
        }
        set(&mut self.rulebook.rules, index, original);
    }

    fn mutate_definition(&mut self, span: Span) {
        let of_regimes = positions(&self.rulebook.definitions, |d| d.span == span);
        let originals: Vec<(usize, Definition)> =
            of_regimes.filter_map(|index| Some((index, self.rulebook.definitions.get(index)?.clone()))).collect();
        let Some(id) = originals.first().map(|(_, definition)| definition.id.clone()) else { return };
        let users: BTreeSet<String> =
            originals.iter().flat_map(|(index, _)| users_of(&self.rulebook, DefinitionId::new(*index))).collect();
        let is_used = |rulebook: &Rulebook, part: &Condition| {
            originals.iter().any(|(index, _)| uses(rulebook, part, DefinitionId::new(*index)))
        };
        let affected = self.affected(|rule| users.contains(&rule.id), is_used);
        let counted = self.rulebook.quotas.iter().any(|q| is_used(&self.rulebook, &q.counts.when));
        // They are the same condition but for what the words of the regime stand for.
        let mut mutants: Vec<_> =
            originals.iter().map(|(_, original)| condition_mutants(&original.when, original.table).into_iter()).collect();
        loop {
            let altered: Vec<Mutant<Condition>> = mutants.iter_mut().filter_map(Iterator::next).collect();
            let mut label = None;
            for ((index, original), mutant) in originals.iter().zip(altered) {
                set(&mut self.rulebook.definitions, *index, Definition { when: mutant.altered, ..original.clone() });
                label.get_or_insert(mutant.label);
            }
            let Some(label) = label else { break };
            let noticed = self.is_noticed(&affected, counted);
            self.report.add(&self.rulebook, &id, label, noticed);
        }
        for (index, original) in originals {
            set(&mut self.rulebook.definitions, index, original);
        }
    }

    fn mutate_shared_exception(&mut self, span: Span) {
        let before = self.rulebook.rules.clone();
        let exceptions = || before.iter().flat_map(|rule| rule.exceptions.iter().map(|e| (rule.regime, e)));
        let of_regimes: BTreeMap<RegimeId, &Exception> = exceptions().filter(|(_, e)| e.span == span).collect();
        let Some(id) = of_regimes.values().next().map(|exception| exception.id.clone()) else { return };
        let affected = self.affected(|rule| rule.exceptions.iter().any(|e| e.span == span), |_, _| false);
        // They are the same exception but for what the words of the regime stand for and the days of a use.
        let mut mutants: BTreeMap<RegimeId, _> =
            of_regimes.iter().map(|(regime, exception)| (*regime, exception_mutants(exception).into_iter())).collect();
        loop {
            let altered: BTreeMap<RegimeId, Mutant<Option<Exception>>> =
                mutants.iter_mut().filter_map(|(regime, mutants)| Some((*regime, mutants.next()?))).collect();
            let Some(label) = altered.values().next().map(|mutant| mutant.label.clone()) else { break };
            for rule in &mut self.rulebook.rules {
                match altered.get(&rule.regime).map(|mutant| &mutant.altered) {
                    Some(Some(altered)) => {
                        rule.exceptions.iter_mut().filter(|e| e.span == span).for_each(|e| *e = as_used(altered, e));
                    }
                    Some(None) => rule.exceptions.retain(|e| e.span != span),
                    None => {}
                }
            }
            let noticed = self.is_noticed(&affected, false);
            self.report.add(&self.rulebook, &id, label, noticed);
            self.rulebook.rules.clone_from(&before);
        }
        let days = exceptions().find(|(_, e)| e.span == span && !e.has_own_days);
        for Mutant { label, altered } in days.map(|(_, e)| exception_time_mutants(e)).unwrap_or_default() {
            let exceptions = self.rulebook.rules.iter_mut().flat_map(|rule| &mut rule.exceptions);
            exceptions.filter(|e| e.span == span && !e.has_own_days).for_each(|e| e.in_force.clone_from(&altered));
            let noticed = self.is_noticed(&affected, false);
            self.report.add(&self.rulebook, &id, label, noticed);
            self.rulebook.rules.clone_from(&before);
        }
    }

    fn mutate_quota(&mut self, index: usize) {
        let Some(original) = self.rulebook.quotas.get(index).cloned() else { return };
        let asks = |condition: &Condition| asks_quota(condition);
        let affected = self.affected(|rule| Rule::conditions(rule).into_iter().any(asks), |_, part| asks_quota(part));
        for Mutant { label, altered } in quota_mutants(&original) {
            set(&mut self.rulebook.quotas, index, altered);
            let noticed = self.is_noticed(&affected, true);
            self.report.add(&self.rulebook, &original.id, label, noticed);
        }
        set(&mut self.rulebook.quotas, index, original);
    }

    fn mutate_goods(&mut self, index: usize) {
        let affected =
            self.affected(|rule| Rule::conditions(rule).into_iter().any(|c| asks_goods(&self.rulebook, c)), asks_goods);
        let Some(original) = self.rulebook.goods.lists().get(index).cloned() else { return };
        let words = GoodsWord::all(&self.rulebook.goods, index);
        let mut counted = WordsNoticed { list: original.id.clone(), total: words.len(), unnoticed: Vec::new() };
        for word in words {
            let tests = self.bench.goods.with(word, &original);
            let among = |found: &[usize]| found.iter().copied().filter(|test| tests.binary_search(test).is_ok()).collect();
            let affected: Vec<Affected> = affected.iter().map(|(rule, found)| (*rule, among(found))).collect();
            let is_noticed = !tests.is_empty() && {
                word.drop_from(&mut self.rulebook.goods, &original, index);
                let is_noticed = self.is_noticed(&affected, false);
                self.rulebook.goods.leave_out(None);
                if let Some(id) = self.rulebook.goods.list_ids().nth(index) {
                    self.rulebook.goods.set_codes(id, original.hs.clone(), original.hs_partly.clone());
                }
                is_noticed
            };
            if !is_noticed {
                counted.unnoticed.push(word.written(&self.rulebook.goods, &original));
            }
        }
        self.report.words.push(counted);
    }

    /// The rules that an alteration can affect, each with the tests in which it may show. `touches` says which parts of a rule's
    /// condition are altered with the element.
    fn affected(&self, is_affected: impl Fn(&Rule) -> bool, touches: impl Fn(&Rulebook, &Condition) -> bool) -> Vec<Affected> {
        let rules = self.rulebook.rules.iter().enumerate().filter(|(_, rule)| is_affected(rule));
        let tests = |(index, rule)| {
            let touched = Touched::Parts(parts_with(rule, |part| touches(&self.rulebook, part)));
            (index, self.bench.cases.tests(index, touched))
        };
        rules.map(tests).collect()
    }

    /// True if some test finds another verdict than it expects for one of the rules, or another duty. `recount` is true if the
    /// alteration can change what counts towards a quota.
    fn is_noticed(&self, affected: &[Affected], recount: bool) -> bool {
        let mut recounted: BTreeMap<usize, Ledger> = BTreeMap::new();
        affected.iter().any(|(rule, tests)| {
            let Some(rule) = self.rulebook.rules.get(*rule) else { return false };
            tests.iter().any(|position| {
                let Some((test, ledger)) = self.bench.tests.get(*position).zip(self.bench.ledgers.get(*position)) else {
                    return false;
                };
                let ledger = match recount {
                    true => recounted.entry(*position).or_insert_with(|| test.ledger(&self.rulebook)),
                    false => ledger,
                };
                let (verdict, is_open) = outcome(&self.rulebook, rule, test, ledger);
                verdict.map(Verdict::word) != test.expect.get(&rule.id).map(String::as_str)
                    || test.duties.as_ref().is_some_and(|duties| {
                        is_open && !duties.contains(&rule.id) || !is_open && self.expects_open(rule, test, duties)
                    })
            })
        })
    }

    /// True if a test expects a duty of a rule that is not brought by a breach of another.
    fn expects_open(&self, duty: &Rule, test: &LoadedTest, duties: &[String]) -> bool {
        let brings = |rule: &Rule| rule.duties.contains(&duty.id) && test.expect.contains_key(&rule.id);
        duties.contains(&duty.id) && !self.rulebook.rules.iter().any(brings)
    }

    /// True if some test misses a duty that a rule brings with its breaches.
    fn duty_is_noticed(&self, rule: &str, duty: &str) -> bool {
        let expects = |test: &&LoadedTest| {
            test.expect.contains_key(rule) && test.duties.as_ref().is_some_and(|duties| duties.iter().any(|d| d == duty))
        };
        self.bench.tests.iter().zip(&self.bench.ledgers).filter(|(test, _)| expects(test)).any(|(test, ledger)| {
            let options = AssessOptions { known_on: test.known_on, ..AssessOptions::default() };
            let assessment = assess(&self.rulebook, &test.incidents, ledger, &options);
            assessment.transactions().all(|(_, t)| t.duties.iter().all(|d| d.rule.id != duty))
        })
    }
}

/// A rule, by position, and the tests in which an alteration of it may show.
type Affected = (usize, Vec<usize>);

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// The worst verdict of a rule in a test, and whether it is a duty that is open.
fn outcome(rulebook: &Rulebook, rule: &Rule, test: &LoadedTest, ledger: &Ledger) -> (Option<Verdict>, bool) {
    let (mut worst, mut is_open) = (None, false);
    for context in test.contexts(rulebook, ledger) {
        let memo = TransactionMemo::new(&context);
        for context in context.for_each_item(rule.binds_item) {
            let evaluation = evaluate_rule(rule, &context, &memo);
            worst = worst.max(evaluation.verdict);
            is_open |= evaluation.duty_open;
        }
    }
    (worst, is_open)
}

/// The places of the exceptions that more than one rule has.
fn shared_exceptions(rulebook: &Rulebook) -> BTreeSet<Span> {
    let mut rules_with: BTreeMap<Span, usize> = BTreeMap::new();
    for exception in rulebook.rules.iter().flat_map(|r| &r.exceptions) {
        *rules_with.entry(exception.span).or_default() += 1;
    }
    rules_with.into_iter().filter(|(_, n)| *n > 1).map(|(span, _)| span).collect()
}

/// An altered exception with the days and paragraphs of its use.
fn as_used(altered: &Exception, used: &Exception) -> Exception {
    let (in_force, authority) = (used.in_force.clone(), used.authority.clone());
    Exception { in_force, authority, has_own_days: used.has_own_days, ..altered.clone() }
}

fn exception_at(rulebook: &Rulebook, span: Span) -> Option<Exception> {
    rulebook.rules.iter().flat_map(|r| &r.exceptions).find(|e| e.span == span).cloned()
}

/// True if a condition uses a definition, directly or through other definitions.
fn uses(rulebook: &Rulebook, condition: &Condition, definition: DefinitionId) -> bool {
    let mut found = false;
    condition.walk(&mut |c| {
        if let ConditionKind::Is(id) = c.kind {
            let indirectly = || rulebook.definition(id).is_some_and(|d| uses(rulebook, &d.when, definition));
            found |= id == definition || indirectly();
        }
    });
    found
}

/// The ids of the rules whose verdicts depend on a definition.
fn users_of(rulebook: &Rulebook, definition: DefinitionId) -> BTreeSet<String> {
    let depends = |rule: &&Rule| {
        let mut conditions = Rule::conditions(rule);
        conditions.extend(rulebook.regime(rule.regime).and_then(|regime| regime.nexus.as_ref()));
        let quotas = conditions.iter().any(|c| asks_quota(c)).then(|| rulebook.quotas.iter().map(|q| &q.counts.when));
        conditions.extend(quotas.into_iter().flatten());
        conditions.iter().any(|c| uses(rulebook, c, definition))
    };
    rulebook.rules.iter().filter(depends).map(|r| r.id.clone()).collect()
}

/// True if a condition asks for goods of a list, directly or through definitions.
fn asks_goods(rulebook: &Rulebook, condition: &Condition) -> bool {
    let mut asks = false;
    condition.walk(&mut |c| {
        asks |= match c.kind {
            ConditionKind::Goods(_) => true,
            ConditionKind::Is(id) => rulebook.definition(id).is_some_and(|d| asks_goods(rulebook, &d.when)),
            _ => false,
        }
    });
    asks
}

fn asks_quota(condition: &Condition) -> bool {
    let mut asks = false;
    condition.walk(&mut |c| asks |= matches!(c.kind, ConditionKind::Quota(_)));
    asks
}
