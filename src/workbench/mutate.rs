//! Tests the tests: which alterations of the rulebook would none of them notice?

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;
use crate::engine::{EvalContext, Ledger, TransactionMemo, Verdict, decide};
use crate::facts::ReportedIncident;
use crate::rulebook::{Condition, ConditionKind, Definition, DefinitionId, Exception, Rule, RuleKind, Rulebook, TestCase};

use super::mutants::{Altered, of_condition, of_exception, of_quota, of_rule};
use super::prepared::prepare;

/// What came of all mutants.
#[derive(Debug, Default)]
pub struct Mutation {
    /// How many there were.
    pub mutants: usize,
    /// Those that no test noticed.
    pub survivors: Vec<Survivor>,
}

/// A mutant that no test noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The rule, definition, exemption or quota that was altered.
    pub of: String,
    /// What was done to it.
    pub what: String,
    /// Where.
    pub at: String,
    /// Why it is equivalent, if the rulebook says so.
    pub because: Option<String>,
}

/// Alters one element after another and runs the tests that could notice. Only elements whose owner's id starts with
/// `only` are altered, if that is given.
pub fn mutate(rulebook: Rulebook, only: Option<&str>) -> Mutation {
    let tests = Prepared::all(&rulebook);
    let baseline = Ledgers::count(&rulebook, &tests);
    let mut bench = Bench { rulebook, only, tests, baseline, mutation: Mutation::default() };
    bench.alter_rules();
    bench.alter_definitions();
    bench.alter_shared_exceptions();
    bench.alter_quotas();
    bench.mutation
}

/// The rulebook under alteration. Each method puts back what it altered.
struct Bench<'o> {
    rulebook: Rulebook,
    only: Option<&'o str>,
    tests: Vec<Prepared>,
    baseline: Ledgers,
    mutation: Mutation,
}

impl Bench<'_> {
    fn wanted(&self, id: &str) -> bool {
        self.only.is_none_or(|only| id.starts_with(only))
    }

    fn alter_rules(&mut self) {
        let shared = shared_exceptions(&self.rulebook);
        let is_shared = |e: &Exception| shared.contains(&e.span);
        for index in 0..self.rulebook.rules.len() {
            let Some(original) = self.rulebook.rules.get(index).filter(|r| self.wanted(&r.id)).cloned() else { continue };
            for Altered { what, at, to } in of_rule(&original, &is_shared) {
                set(&mut self.rulebook.rules, index, to);
                let noticed = notices(&self.rulebook, &self.tests, &self.baseline, &|r| r.id == original.id);
                self.mutation.note(&self.rulebook, &original.id, what, at, noticed);
            }
            set(&mut self.rulebook.rules, index, original);
        }
    }

    fn alter_definitions(&mut self) {
        for index in 0..self.rulebook.definitions.len() {
            let Some(original) = self.rulebook.definitions.get(index).filter(|d| self.wanted(&d.id)).cloned() else { continue };
            let users = users_of(&self.rulebook, index);
            let counted = self.rulebook.quotas.iter().any(|q| uses(&self.rulebook, &q.counts.when, index));
            for Altered { what, at, to } in of_condition(&original.when, original.table) {
                set(&mut self.rulebook.definitions, index, Definition { when: to, ..original.clone() });
                let recounted = counted.then(|| Ledgers::count(&self.rulebook, &self.tests));
                let ledgers = recounted.as_ref().unwrap_or(&self.baseline);
                let noticed = notices(&self.rulebook, &self.tests, ledgers, &|r| users.contains(&r.id));
                self.mutation.note(&self.rulebook, &original.id, what, at, noticed);
            }
            set(&mut self.rulebook.definitions, index, original);
        }
    }

    fn alter_shared_exceptions(&mut self) {
        for span in shared_exceptions(&self.rulebook) {
            let Some(original) = exception_at(&self.rulebook, span).filter(|e| self.wanted(&e.id)) else { continue };
            let before = self.rulebook.rules.clone();
            let has_it = |r: &Rule| r.exceptions.iter().any(|e| e.span == span);
            let users: BTreeSet<String> = before.iter().filter(|r| has_it(r)).map(|r| r.id.clone()).collect();
            for Altered { what, at, to } in of_exception(&original) {
                for rule in &mut self.rulebook.rules {
                    match &to {
                        Some(altered) => {
                            rule.exceptions.iter_mut().filter(|e| e.span == span).for_each(|e| *e = altered.clone());
                        }
                        None => rule.exceptions.retain(|e| e.span != span),
                    }
                }
                let noticed = notices(&self.rulebook, &self.tests, &self.baseline, &|r| users.contains(&r.id));
                self.mutation.note(&self.rulebook, &original.id, what, at, noticed);
                self.rulebook.rules.clone_from(&before);
            }
        }
    }

    fn alter_quotas(&mut self) {
        for index in 0..self.rulebook.quotas.len() {
            let Some(original) = self.rulebook.quotas.get(index).filter(|q| self.wanted(&q.id)).cloned() else { continue };
            for Altered { what, at, to } in of_quota(&original) {
                set(&mut self.rulebook.quotas, index, to);
                let recounted = Ledgers::count(&self.rulebook, &self.tests);
                let noticed = notices(&self.rulebook, &self.tests, &recounted, &|_| true);
                self.mutation.note(&self.rulebook, &original.id, what, at, noticed);
            }
            set(&mut self.rulebook.quotas, index, original);
        }
    }
}

impl Mutation {
    fn note(&mut self, rulebook: &Rulebook, of: &str, what: String, at: Span, noticed: bool) {
        self.mutants += 1;
        if !noticed {
            let because = rulebook.equivalents.iter().find(|e| e.owner == of && e.mutant == what).map(|e| e.reason.clone());
            self.survivors.push(Survivor { of: of.to_owned(), what, at: rulebook.sources.at(at), because });
        }
    }

    /// Survivors for which the rulebook gives no reason.
    pub fn unexplained(&self) -> usize {
        self.survivors.iter().filter(|s| s.because.is_none()).count()
    }
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// A test with its facts read and what it expects.
struct Prepared {
    incidents: [ReportedIncident; 1],
    expect: BTreeMap<String, String>,
    known_on: Option<chrono::NaiveDate>,
}

impl Prepared {
    fn all(rulebook: &Rulebook) -> Vec<Self> {
        let ready = |test: &TestCase| {
            Some(Prepared { incidents: [prepare(rulebook, test).ok()?], expect: test.expect.clone(), known_on: test.known_on })
        };
        rulebook.tests.iter().filter_map(ready).collect()
    }
}

/// The ledger of each test.
struct Ledgers(Vec<Ledger>);

impl Ledgers {
    fn count(rulebook: &Rulebook, tests: &[Prepared]) -> Self {
        Self(tests.iter().map(|t| Ledger::count(rulebook, &t.incidents, None, t.known_on)).collect())
    }
}

/// True if some test sees another verdict than it expects of the rules that the change could touch.
fn notices(rulebook: &Rulebook, tests: &[Prepared], ledgers: &Ledgers, touched: &dyn Fn(&Rule) -> bool) -> bool {
    let rules: Vec<&Rule> = rulebook.rules.iter().filter(|r| touched(r)).collect();
    tests.iter().zip(&ledgers.0).any(|(test, ledger)| {
        rules.iter().any(|rule| {
            let found = worst(rulebook, rule, test, ledger).map(Verdict::word);
            found != test.expect.get(&rule.id).map(String::as_str)
        })
    })
}

fn worst(rulebook: &Rulebook, rule: &Rule, test: &Prepared, ledger: &Ledger) -> Option<Verdict> {
    let [reported] = &test.incidents;
    let cases =
        (0..reported.transactions().len()).filter_map(|i| EvalContext::new(rulebook, reported, i, test.known_on, Some(ledger)));
    cases
        .flat_map(|case| case.for_each_item(rule.binds_item))
        .filter_map(|case| decide(rule, &case, &TransactionMemo::new(&case)).verdict)
        .max()
}

/// Exceptions that more than one rule has: they are altered in all of them at once.
fn shared_exceptions(rulebook: &Rulebook) -> BTreeSet<Span> {
    let mut seen: BTreeMap<Span, usize> = BTreeMap::new();
    for exception in rulebook.rules.iter().flat_map(|r| &r.exceptions) {
        *seen.entry(exception.span).or_default() += 1;
    }
    seen.into_iter().filter(|(_, n)| *n > 1).map(|(span, _)| span).collect()
}

fn exception_at(rulebook: &Rulebook, span: Span) -> Option<Exception> {
    rulebook.rules.iter().flat_map(|r| &r.exceptions).find(|e| e.span == span).cloned()
}

/// True if a condition rests on a definition, by itself or through others.
fn uses(rulebook: &Rulebook, condition: &Condition, definition: usize) -> bool {
    let mut found = false;
    condition.walk(&mut |c| {
        if let ConditionKind::Is(id) = c.kind {
            let through = || rulebook.definition(id).is_some_and(|d| uses(rulebook, &d.when, definition));
            found |= id == DefinitionId::at(definition) || through();
        }
    });
    found
}

/// The rules that a definition could touch.
fn users_of(rulebook: &Rulebook, definition: usize) -> BTreeSet<String> {
    let of = |rule: &&Rule| {
        let mut conditions: Vec<&Condition> = vec![&rule.when];
        conditions.extend(rule.exceptions.iter().map(|e| &e.when));
        conditions.extend(rule.needs_determination.iter().filter_map(|n| n.when.as_ref()));
        if let RuleKind::Duty(duty) = &rule.kind {
            conditions.push(&duty.fulfilled);
        }
        conditions.extend(rulebook.regime(rule.regime).map(|r| &r.nexus));
        let quotas = conditions.iter().any(|c| asks_quota(c)).then(|| rulebook.quotas.iter().map(|q| &q.counts.when));
        conditions.extend(quotas.into_iter().flatten());
        conditions.iter().any(|c| uses(rulebook, c, definition))
    };
    rulebook.rules.iter().filter(of).map(|r| r.id.clone()).collect()
}

fn asks_quota(condition: &Condition) -> bool {
    let mut asks = false;
    condition.walk(&mut |c| asks |= matches!(c.kind, ConditionKind::Quota(_)));
    asks
}
