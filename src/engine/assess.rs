//! The assessment of incidents: every rule evaluated on every transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::facts::{Derivation, FactPath, ReportedIncident, Transaction, Truth};
use crate::rulebook::{RegimeChoice, Rule, Rulebook};

use super::deadline::due_by;
use super::in_force::time_as_of;
use super::questions::questions;
use super::{
    Assessment, CompiledRules, EvalContext, Evaluation, IncidentAssessment, Ledger, NotAssessed, OpenDuty, RuleSelector,
    TransactionAssessment, TransactionMemo, Verdict, Warning, WarningKind, evaluate_rule, triage,
};

/// What is assessed, and as of when.
#[derive(Debug, Default, Clone)]
pub struct AssessOptions {
    /// The day as of which the law is applied: rules, listings, notices and approvals made later are hidden. `None` is now.
    pub known_on: Option<NaiveDate>,
    /// The regimes whose rules are evaluated.
    pub regimes: RegimeChoice,
    /// Keeps the evaluations without a finding too, with all proofs, to explain them.
    pub keep_all: bool,
}

/// Evaluates every rule on every transaction. `ledger` must have counted the same incidents.
pub fn assess<'a>(
    rulebook: &'a Rulebook,
    incidents: &'a [ReportedIncident],
    ledger: &'a Ledger,
    options: &AssessOptions,
) -> Assessment<'a> {
    assess_selected(rulebook, incidents, ledger, options, |_| true)
}

/// Evaluates every rule on the selected transactions only.
pub(crate) fn assess_selected<'a>(
    rulebook: &'a Rulebook,
    incidents: &'a [ReportedIncident],
    ledger: &'a Ledger,
    options: &AssessOptions,
    selected: impl Fn(&Transaction) -> bool,
) -> Assessment<'a> {
    let mut unassessed: BTreeMap<&str, usize> = BTreeMap::new();
    let rules = || rulebook.rules.iter().filter(|r| options.regimes.contains(r.regime));
    // Who wants to see all evaluations has every rule evaluated.
    let compiled = if options.keep_all { None } else { CompiledRules::for_many(rulebook, incidents, options) };
    let mut selector = compiled.as_ref().map(RuleSelector::new);
    let assessed: Vec<IncidentAssessment<'a>> = incidents
        .iter()
        .map(|reported| {
            let assessments = (0..reported.transactions().len()).filter_map(|index| {
                reported.transactions().get(index).filter(|transaction| selected(transaction))?;
                let context = EvalContext::new(rulebook, reported, index, options.known_on, Some(ledger))?;
                let mut assessed = match &mut selector {
                    Some(selector) => selector.assess(&context),
                    None => assess_transaction(&context.with_full_proofs(options.keep_all), rules()),
                };
                if assessed.is_silent() && selector.as_mut().is_none_or(|selector| selector.may_need_triage(&context)) {
                    assessed.triage = triage(&context, rules());
                }
                assessed.not_assessed.iter().for_each(|rule| *unassessed.entry(rule.id.as_str()).or_default() += 1);
                Some(assessed)
            });
            IncidentAssessment { reported, transactions: assessments.collect() }
        })
        .collect();
    let unassessed = unassessed.into_iter().map(|(rule, times)| (rule.to_owned(), times)).collect();
    let not_assessed = NotAssessed::no_lists(unassessed).into_iter().collect();
    Assessment { rulebook, incidents: assessed, not_assessed, ledger, known_on: options.known_on }
}

/// Evaluates some rules on one transaction. Evaluations without a finding are kept if the context asks for full proofs.
pub fn assess_transaction<'a>(context: &EvalContext<'a>, rules: impl IntoIterator<Item = &'a Rule>) -> TransactionAssessment<'a> {
    let mut assessed = TransactionAssessment {
        index: context.index,
        evidence: context.evidence,
        findings: Vec::new(),
        questions: Vec::new(),
        triage: None,
        others: Vec::new(),
        not_assessed: Vec::new(),
        duties: Vec::new(),
        warnings: Vec::new(),
    };
    let mut without_link = false;
    let memo = TransactionMemo::new(context);
    for rule in rules {
        let mut not_assessed = false;
        for context in context.for_each_item(rule.binds_item) {
            let evaluation = evaluate_rule(rule, &context, &memo);
            not_assessed |= evaluation.not_assessed;
            without_link |= evaluation.when.truth == Truth::Unknown
                && evaluation.nexus == Truth::Unknown
                && evaluation.beside_the_point.is_empty()
                && !evaluation.not_assessed;
            add_red_flags(&evaluation, &mut assessed.warnings);
            if evaluation.duty_open {
                assessed.duties.push(OpenDuty { rule, by: due_by(rule, &context) });
            }
            if evaluation.verdict.is_some() {
                assessed.findings.push(evaluation);
            } else if context.full_proofs {
                assessed.others.push(evaluation);
            }
        }
        if not_assessed {
            assessed.not_assessed.push(rule);
        }
    }
    for fact in context.reported.derived(context.index) {
        if let Derivation::Contradiction { named } = &fact.how {
            assessed.warnings.push(Warning { path: fact.from.clone(), kind: WarningKind::PlacesDisagree(named.to_string()) });
        }
    }
    if without_link && assessed.findings.is_empty() && !context.is_placed() {
        assessed.warnings.push(Warning { path: FactPath::root(), kind: WarningKind::NoLink });
    }
    add_duties_of_breaches(context, &mut assessed);
    assessed.warnings.sort();
    assessed.warnings.dedup();
    assessed.findings.sort_by(|a, b| {
        let key = |o: &Evaluation<'_>| (std::cmp::Reverse(o.verdict), std::cmp::Reverse(o.rule.severity));
        key(a).cmp(&key(b)).then_with(|| a.rule.id.cmp(&b.rule.id)).then(a.item.cmp(&b.item))
    });
    assessed.questions = questions(&assessed.findings);
    assessed
}

impl<'a> RuleSelector<'_, 'a> {
    /// Evaluates the rules that match a transaction, with the result of [`assess_transaction`] with all rules.
    fn assess(&mut self, context: &EvalContext<'a>) -> TransactionAssessment<'a> {
        let compiled = self.compiled();
        let candidates = self.select(context);
        let mut assessed = assess_transaction(context, compiled.rules(Some(&candidates.matching)));
        if candidates.is_link_open && assessed.findings.is_empty() && !context.is_placed() {
            assessed.warn(Warning { path: FactPath::root(), kind: WarningKind::NoLink });
        }
        let known: Vec<&str> = assessed.not_assessed.iter().map(|rule| rule.id.as_str()).collect();
        let others = compiled.rules(Some(&candidates.not_assessed)).filter(|rule| !known.contains(&rule.id.as_str()));
        let others: Vec<&Rule> = others.collect();
        assessed.not_assessed.extend(others);
        assessed
    }
}

/// Adds the red flags among the facts that a finding was tested on.
fn add_red_flags(evaluation: &Evaluation<'_>, warnings: &mut Vec<Warning>) {
    if evaluation.verdict.is_none() {
        return;
    }
    for (_, leaf) in evaluation.when.leaves() {
        if let Some(note) = leaf.note.as_ref().filter(|n| n.is_red_flag()) {
            warnings.push(Warning { path: leaf.path.clone(), kind: WarningKind::CodeDisagrees(note.to_string()) });
        }
        if leaf.note.as_ref().is_some_and(|note| note.is_of_unknown_goods()) {
            warnings.push(Warning { path: leaf.path.clone(), kind: WarningKind::UnknownGoods });
        }
    }
}

/// Adds the duties that breaches bring with them, as far as no finding is about them.
fn add_duties_of_breaches<'a>(context: &EvalContext<'a>, assessed: &mut TransactionAssessment<'a>) {
    let breaches = assessed.findings.iter().filter(|f| f.verdict.is_some_and(Verdict::is_breach));
    let named: BTreeSet<&str> = breaches.flat_map(|f| f.rule.duties.iter().map(String::as_str)).collect();
    let with_finding: BTreeSet<&str> = assessed.findings.iter().map(|f| f.rule.id.as_str()).collect();
    for id in named {
        let has_finding = with_finding.contains(id);
        let in_force = |r: &&Rule| r.in_force.on(context.date(), time_as_of(r, context)) != Truth::False;
        if let (Some(rule), false) = (context.rulebook.find_rule(id).filter(in_force), has_finding) {
            assessed.duties.push(OpenDuty { rule, by: due_by(rule, context) });
        }
    }
    assessed.duties.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    assessed.duties.dedup_by(|a, b| a.rule.id == b.rule.id);
}
