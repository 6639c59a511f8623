//! Mutation testing of the rulebook: alters one element at a time and finds the alterations that no test notices.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;
use crate::engine::{Ledger, TransactionMemo, Verdict, evaluate_rule};
use crate::rulebook::{Condition, ConditionKind, Definition, DefinitionId, Exception, Rule, RuleKind, Rulebook};

use super::condition_mutants::condition_mutants;
use super::loaded_test::LoadedTest;
use super::mutant::Mutant;
use super::mutants::{exception_mutants, quota_mutants, rule_mutants};

/// The results of all mutants.
#[derive(Debug, Default)]
pub struct MutationReport {
    /// The number of mutants made.
    pub mutants: usize,
    /// The mutants that no test noticed, in the order in which they were made.
    pub survivors: Vec<SurvivingMutant>,
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
    fn add(&mut self, rulebook: &Rulebook, owner: &str, description: String, at: Span, noticed: bool) {
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

    /// The number of survivors that the rulebook does not list as equivalent.
    pub fn unexplained(&self) -> usize {
        self.survivors.iter().filter(|s| s.equivalent_because.is_none()).count()
    }
}

/// Makes every mutant of a rulebook in turn and runs the tests that could notice it. With `only`, the elements whose id
/// starts with it are altered, and no others.
pub fn mutate(rulebook: Rulebook, only: Option<&str>) -> MutationReport {
    let tests: Vec<LoadedTest> = rulebook.tests.iter().filter_map(|t| LoadedTest::load(&rulebook, t).ok()).collect();
    let ledgers = count_ledgers(&rulebook, &tests);
    let mut mutator = Mutator { rulebook, only, tests, ledgers, report: MutationReport::default() };
    mutator.mutate_rules();
    mutator.mutate_definitions();
    mutator.mutate_shared_exceptions();
    mutator.mutate_quotas();
    mutator.report
}

/// The rulebook that is altered, and its tests. Each method restores what it altered.
struct Mutator<'o> {
    rulebook: Rulebook,
    only: Option<&'o str>,
    tests: Vec<LoadedTest>,
    /// The ledger of each test under the original rulebook.
    ledgers: Vec<Ledger>,
    report: MutationReport,
}

impl Mutator<'_> {
    fn is_selected(&self, id: &str) -> bool {
        self.only.is_none_or(|only| id.starts_with(only))
    }

    fn mutate_rules(&mut self) {
        let shared = shared_exceptions(&self.rulebook);
        let is_shared = |e: &Exception| shared.contains(&e.span);
        for index in 0..self.rulebook.rules.len() {
            let Some(original) = self.rulebook.rules.get(index).filter(|r| self.is_selected(&r.id)).cloned() else { continue };
            for Mutant { description, at, altered } in rule_mutants(&original, &is_shared) {
                set(&mut self.rulebook.rules, index, altered);
                let noticed = is_noticed(&self.rulebook, &self.tests, &self.ledgers, &|r| r.id == original.id);
                self.report.add(&self.rulebook, &original.id, description, at, noticed);
            }
            set(&mut self.rulebook.rules, index, original);
        }
    }

    fn mutate_definitions(&mut self) {
        for index in 0..self.rulebook.definitions.len() {
            let Some(original) = self.rulebook.definitions.get(index).filter(|d| self.is_selected(&d.id)).cloned() else {
                continue;
            };
            let id = DefinitionId::new(index);
            let users = users_of(&self.rulebook, id);
            let counted = self.rulebook.quotas.iter().any(|q| uses(&self.rulebook, &q.counts.when, id));
            for Mutant { description, at, altered } in condition_mutants(&original.when, original.table) {
                set(&mut self.rulebook.definitions, index, Definition { when: altered, ..original.clone() });
                let recounted = counted.then(|| count_ledgers(&self.rulebook, &self.tests));
                let ledgers = recounted.as_ref().unwrap_or(&self.ledgers);
                let noticed = is_noticed(&self.rulebook, &self.tests, ledgers, &|r| users.contains(&r.id));
                self.report.add(&self.rulebook, &original.id, description, at, noticed);
            }
            set(&mut self.rulebook.definitions, index, original);
        }
    }

    fn mutate_shared_exceptions(&mut self) {
        for span in shared_exceptions(&self.rulebook) {
            let Some(original) = exception_at(&self.rulebook, span).filter(|e| self.is_selected(&e.id)) else { continue };
            let before = self.rulebook.rules.clone();
            let has_it = |r: &Rule| r.exceptions.iter().any(|e| e.span == span);
            let users: BTreeSet<String> = before.iter().filter(|r| has_it(r)).map(|r| r.id.clone()).collect();
            for Mutant { description, at, altered } in exception_mutants(&original) {
                for rule in &mut self.rulebook.rules {
                    match &altered {
                        Some(altered) => {
                            rule.exceptions.iter_mut().filter(|e| e.span == span).for_each(|e| *e = altered.clone());
                        }
                        None => rule.exceptions.retain(|e| e.span != span),
                    }
                }
                let noticed = is_noticed(&self.rulebook, &self.tests, &self.ledgers, &|r| users.contains(&r.id));
                self.report.add(&self.rulebook, &original.id, description, at, noticed);
                self.rulebook.rules.clone_from(&before);
            }
        }
    }

    fn mutate_quotas(&mut self) {
        for index in 0..self.rulebook.quotas.len() {
            let Some(original) = self.rulebook.quotas.get(index).filter(|q| self.is_selected(&q.id)).cloned() else { continue };
            for Mutant { description, at, altered } in quota_mutants(&original) {
                set(&mut self.rulebook.quotas, index, altered);
                let recounted = count_ledgers(&self.rulebook, &self.tests);
                let noticed = is_noticed(&self.rulebook, &self.tests, &recounted, &|_| true);
                self.report.add(&self.rulebook, &original.id, description, at, noticed);
            }
            set(&mut self.rulebook.quotas, index, original);
        }
    }
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

fn count_ledgers(rulebook: &Rulebook, tests: &[LoadedTest]) -> Vec<Ledger> {
    tests.iter().map(|t| t.ledger(rulebook)).collect()
}

/// True if some test finds another verdict than it expects for one of the rules that the alteration can affect.
/// `ledgers` are those of the tests, in the same order.
fn is_noticed(rulebook: &Rulebook, tests: &[LoadedTest], ledgers: &[Ledger], is_affected: &dyn Fn(&Rule) -> bool) -> bool {
    let rules: Vec<&Rule> = rulebook.rules.iter().filter(|r| is_affected(r)).collect();
    tests.iter().zip(ledgers).any(|(test, ledger)| {
        rules.iter().any(|rule| {
            let found = worst_verdict(rulebook, rule, test, ledger).map(Verdict::word);
            found != test.expect.get(&rule.id).map(String::as_str)
        })
    })
}

fn worst_verdict(rulebook: &Rulebook, rule: &Rule, test: &LoadedTest, ledger: &Ledger) -> Option<Verdict> {
    test.contexts(rulebook, ledger)
        .flat_map(|context| context.for_each_item(rule.binds_item))
        .filter_map(|context| evaluate_rule(rule, &context, &TransactionMemo::new(&context)).verdict)
        .max()
}

/// The places of the exceptions that more than one rule has.
fn shared_exceptions(rulebook: &Rulebook) -> BTreeSet<Span> {
    let mut rules_with: BTreeMap<Span, usize> = BTreeMap::new();
    for exception in rulebook.rules.iter().flat_map(|r| &r.exceptions) {
        *rules_with.entry(exception.span).or_default() += 1;
    }
    rules_with.into_iter().filter(|(_, n)| *n > 1).map(|(span, _)| span).collect()
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
    rulebook.rules.iter().filter(depends).map(|r| r.id.clone()).collect()
}

fn asks_quota(condition: &Condition) -> bool {
    let mut asks = false;
    condition.walk(&mut |c| asks |= matches!(c.kind, ConditionKind::Quota(_)));
    asks
}
