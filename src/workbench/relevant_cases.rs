//! Which tests can notice an alteration of a rule: those in which nothing else keeps the rule from matching.
//!
//! The condition of a rule is mostly a conjunction. If one of its parts is false in a test, and an alteration does not touch that
//! part, the whole stays false, and the test cannot tell the altered rule from the original.

use crate::engine::{EvalContext, Ledger, ReferenceEvaluator, TransactionMemo};
use crate::facts::Truth;
use crate::rulebook::{Condition, ConditionKind, Rule, Rulebook};

use super::loaded_test::LoadedTest;

/// One evaluation of a rule in a test: on a transaction, and on an item if the rule binds one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// The position of the test.
    pub(super) test: usize,
    /// The parts of the rule's condition that are false, a bit for each; parts beyond the last bit are left out.
    false_parts: u64,
}

/// For each rule of a rulebook, by position, the evaluations of all tests.
#[derive(Debug)]
pub(super) struct RelevantCases(Vec<Vec<Case>>);

/// The parts of a rule's condition that an alteration touches.
#[derive(Debug, Clone, Copy)]
pub(super) enum Touched {
    /// One of them, whichever it is.
    One,
    /// These, a bit for each.
    Parts(u64),
}

impl RelevantCases {
    /// Evaluates the parts of every rule in every test. `ledgers` are those of the tests.
    pub(super) fn new(rulebook: &Rulebook, tests: &[LoadedTest], ledgers: &[Ledger]) -> Self {
        let mut cases: Vec<Vec<Case>> = rulebook.rules.iter().map(|_| Vec::new()).collect();
        for (position, (test, ledger)) in tests.iter().zip(ledgers).enumerate() {
            for context in test.contexts(rulebook, ledger) {
                let memo = TransactionMemo::new(&context);
                for (rule, cases) in rulebook.rules.iter().zip(&mut cases).filter(|(rule, _)| test.is_about(rule)) {
                    for context in context.for_each_item(rule.binds_item) {
                        let false_parts = false_parts(rule, &context, &memo);
                        // With two false parts no alteration of one shows; those of a shared part touch all that have it.
                        cases.push(Case { test: position, false_parts });
                    }
                }
            }
        }
        Self(cases)
    }

    /// The tests in which an alteration of a rule may show, each once, in their order.
    pub(super) fn tests(&self, rule: usize, touched: Touched) -> Vec<usize> {
        let shows = |case: &&Case| match touched {
            Touched::One => case.false_parts.count_ones() <= 1,
            Touched::Parts(parts) => case.false_parts & !parts == 0,
        };
        let mut tests: Vec<usize> = self.0.get(rule).into_iter().flatten().filter(shows).map(|case| case.test).collect();
        tests.dedup();
        tests
    }
}

/// The parts of a rule's condition that a predicate holds of, a bit for each. Parts beyond the last bit count as false nowhere, so
/// that they need none.
pub(super) fn parts_with(rule: &Rule, holds: impl Fn(&Condition) -> bool) -> u64 {
    bits(parts(rule).iter().map(holds))
}

fn false_parts<'a>(rule: &'a Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> u64 {
    let evaluator = ReferenceEvaluator::new(context, memo);
    bits(parts(rule).iter().map(|part| evaluator.prove(part).truth == Truth::False))
}

/// The conditions that must all hold.
fn parts(rule: &Rule) -> &[Condition] {
    match &rule.when.kind {
        ConditionKind::All(parts) => parts,
        _ => std::slice::from_ref(&rule.when),
    }
}

fn bits(flags: impl Iterator<Item = bool>) -> u64 {
    flags.take(u64::BITS as usize).enumerate().fold(0, |bits, (i, flag)| bits | u64::from(flag) << i)
}
