//! A case of the audit: an incident, and the findings that the rules make in it.

use chrono::NaiveDate;

use crate::document::Span;
use crate::engine::{EvalContext, Evaluation, Ledger, TransactionMemo, Verdict, evaluate_rule};
use crate::facts::{ReportedIncident, Truth};
use crate::rulebook::{Condition, ConditionKind, RegimeChoice, Rule, Rulebook};
use crate::workbench::loaded_test::LoadedTest;

/// An incident whose transactions are altered, and the rules whose findings in it are watched.
pub(super) struct Case<'a> {
    /// The name of the test, or the id of the incident.
    pub(super) name: String,
    /// The one incident; an array, since quotas are counted over a slice of incidents.
    pub(super) incidents: [ReportedIncident; 1],
    /// The rules that are watched.
    pub(super) rules: Vec<&'a Rule>,
    /// The day as of which the law is known.
    pub(super) known_on: Option<NaiveDate>,
}

/// A finding of insufficient information or worse in a transaction as it is reported.
pub(super) struct WatchedFinding<'a> {
    /// The rule.
    pub(super) rule: &'a Rule,
    /// The item that the finding is about, from 0; `None` if it is about the transaction.
    pub(super) item: Option<usize>,
    /// The verdict.
    pub(super) verdict: Verdict,
    /// The truth of each condition, by its place in the rule file.
    pub(super) truths: Vec<(Span, Truth)>,
    /// The verdict may depend on the state of a quota, which has to be counted anew for each alteration.
    pub(super) asks_quota: bool,
}

impl<'a> Case<'a> {
    /// The case of a test: the rules of which it expects insufficient information or worse.
    pub(super) fn from_test(name: &str, test: LoadedTest, rulebook: &'a Rulebook) -> Self {
        let is_watched = |rule: &&Rule| test.expect.get(&rule.id).is_some_and(|verdict| verdict != Verdict::Compliant.word());
        let rules = rulebook.rules.iter().filter(is_watched).collect();
        Self { name: name.to_owned(), incidents: test.incidents, rules, known_on: test.known_on }
    }

    /// The case of an incident: all rules of some regimes.
    pub(super) fn from_incident(reported: ReportedIncident, rulebook: &'a Rulebook, regimes: &RegimeChoice) -> Self {
        let name = reported.id().to_owned();
        let rules = rulebook.rules.iter().filter(|rule| regimes.contains(rule.regime)).collect();
        Self { name, incidents: [reported], rules, known_on: None }
    }

    /// Counts the quotas over the incident as it stands.
    pub(super) fn ledger(&self, rulebook: &Rulebook) -> Ledger {
        Ledger::count(rulebook, &self.incidents, None, self.known_on)
    }

    /// The context of a transaction.
    pub(super) fn context<'c>(&'c self, rulebook: &'c Rulebook, index: usize, ledger: &'c Ledger) -> Option<EvalContext<'c>> {
        let [reported] = &self.incidents;
        EvalContext::new(rulebook, reported, index, self.known_on, Some(ledger))
    }

    /// The findings of the watched rules in a transaction as it stands, in the order of the rulebook.
    pub(super) fn findings(&self, rulebook: &'a Rulebook, index: usize, ledger: &Ledger) -> Vec<WatchedFinding<'a>> {
        let Some(context) = self.context(rulebook, index, ledger) else { return Vec::new() };
        let memo = TransactionMemo::new(&context);
        let mut findings = Vec::new();
        for &rule in &self.rules {
            for context in context.for_each_item(rule.binds_item) {
                let Evaluation { verdict, item, when, .. } = evaluate_rule(rule, &context, &memo);
                if let Some(verdict) = verdict.filter(|verdict| *verdict > Verdict::Compliant) {
                    let truths = when.nodes().map(|node| (node.claim.span(), node.truth)).collect();
                    let asks_quota = asks_quota(rulebook, rule);
                    findings.push(WatchedFinding { rule, item, verdict, truths, asks_quota });
                }
            }
        }
        findings
    }
}

/// True if a condition of a rule asks for the state of a quota, directly or through a definition.
fn asks_quota(rulebook: &Rulebook, rule: &Rule) -> bool {
    fn in_condition(rulebook: &Rulebook, condition: &Condition) -> bool {
        let mut asks = false;
        condition.walk(&mut |c| {
            asks |= match c.kind {
                ConditionKind::Quota(_) => true,
                ConditionKind::Is(id) => rulebook.definition(id).is_some_and(|d| in_condition(rulebook, &d.when)),
                _ => false,
            }
        });
        asks
    }
    in_condition(rulebook, &rule.when) || rule.exceptions.iter().any(|e| in_condition(rulebook, &e.when))
}
