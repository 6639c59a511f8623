//! The assessment of incidents: every rule evaluated on every transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use chrono::NaiveDate;

use crate::facts::{Derivation, FactPath, ReportedIncident, Transaction, Truth};
use crate::rulebook::{RegimeChoice, Rule, Rulebook};

use super::alike_items::{AlikeItems, path_in_other_item};
use super::alike_transactions::AlikeTransactions;
use super::deadline::due_by;
use super::in_force::time_as_of;
use super::questions::questions;
use super::stopped_goods::stopped_goods;
use super::told_in_texts::told_in_texts;
use super::triage::{Triage, triage_among};
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
    let mut assessed: Vec<IncidentAssessment<'a>> =
        incidents.iter().map(|reported| IncidentAssessment { reported, transactions: Vec::new() }).collect();
    let not_assessed = assess_each(
        rulebook,
        incidents,
        ledger,
        options,
        |_| true,
        |incident, transaction| {
            if let Some(incident) = assessed.get_mut(incident) {
                incident.transactions.push(transaction.clone());
            }
            ControlFlow::Continue(())
        },
    );
    Assessment { rulebook, incidents: assessed, not_assessed, ledger, known_on: options.known_on }
}

/// Evaluates every rule on the selected transactions, one after another, and hands over what follows from each with the position
/// of its incident, until that breaks off. Returns the rules that could not be assessed.
pub(crate) fn assess_each<'a>(
    rulebook: &'a Rulebook,
    incidents: &'a [ReportedIncident],
    ledger: &'a Ledger,
    options: &AssessOptions,
    selected: impl Fn(&Transaction) -> bool,
    mut visit: impl FnMut(usize, &TransactionAssessment<'a>) -> ControlFlow<()>,
) -> Vec<NotAssessed> {
    let mut unassessed: BTreeMap<&str, usize> = BTreeMap::new();
    let rules = || rulebook.rules.iter().filter(|r| options.regimes.contains(r.regime));
    // Who wants to see all evaluations has every rule evaluated.
    let compiled = if options.keep_all { None } else { CompiledRules::for_many(rulebook, incidents, options) };
    let mut selector = compiled.as_ref().map(RuleSelector::new);
    'all: for (incident, reported) in incidents.iter().enumerate() {
        let mut alike = AlikeTransactions::of_incident(reported);
        for (index, _) in reported.transactions().iter().enumerate().filter(|(_, transaction)| selected(transaction)) {
            let Some(context) = EvalContext::new(rulebook, reported, index, options.known_on, Some(ledger)) else { continue };
            let assess = || {
                let mut assessed = match &mut selector {
                    Some(selector) => selector.assess(&context),
                    None => {
                        // A rule that is not in force makes nothing that anybody sees without all proofs.
                        let is_shown = |rule: &&Rule| options.keep_all || is_in_force(rule, &context);
                        assess_transaction(&context.with_full_proofs(options.keep_all), rules().filter(is_shown))
                    }
                };
                if assessed.is_silent() {
                    assessed.triage = match &mut selector {
                        Some(selector) => selector.triage(&context),
                        None => triage(&context, rules()),
                    };
                }
                if assessed.findings.is_empty() {
                    let told = told_in_texts(&context, |regime| options.regimes.contains(regime));
                    told.into_iter().for_each(|told| assessed.warn(told));
                }
                if assessed.asks_nothing() {
                    let stopped = stopped_goods(&context, |regime| options.regimes.contains(regime));
                    stopped.into_iter().for_each(|stopped| assessed.warn(stopped));
                }
                assessed
            };
            let flow = alike.assess(&context, assess, |assessed| {
                assessed.not_assessed.iter().for_each(|rule| *unassessed.entry(rule.id.as_str()).or_default() += 1);
                visit(incident, assessed)
            });
            if flow.is_break() {
                break 'all;
            }
        }
    }
    let unassessed = unassessed.into_iter().map(|(rule, times)| (rule.to_owned(), times)).collect();
    NotAssessed::no_lists(unassessed).into_iter().collect()
}

/// True if a rule is or may be in force on a day of a transaction.
pub(super) fn is_in_force(rule: &Rule, context: &EvalContext<'_>) -> bool {
    rule.in_force.on(context.date(), time_as_of(rule, context)) != Truth::False
}

/// Evaluates some rules on one transaction. Evaluations without a finding are kept if the context asks for full proofs.
pub fn assess_transaction<'a>(context: &EvalContext<'a>, rules: impl IntoIterator<Item = &'a Rule>) -> TransactionAssessment<'a> {
    let mut assessed = TransactionAssessment {
        index: context.index,
        alike: None,
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
    let rules: Vec<&'a Rule> = rules.into_iter().collect();
    let items = AlikeItems::new(context, &rules, &memo);
    let mut warnings = BTreeSet::new();
    for rule in rules {
        let mut not_assessed = false;
        for (context, alike) in items.contexts_of(rule, context) {
            let evaluation = Evaluation { alike, ..evaluate_rule(rule, &context, &memo) };
            not_assessed |= evaluation.not_assessed;
            without_link |= evaluation.when.truth == Truth::Unknown
                && evaluation.nexus == Truth::Unknown
                && evaluation.beside_the_point.is_empty()
                && !evaluation.not_assessed;
            add_red_flags(&evaluation, &mut warnings);
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
    assessed.warnings.extend(warnings);
    for fact in context.reported.derived(context.index) {
        let warning = match &fact.how {
            Derivation::Contradiction { named } => (&fact.from, WarningKind::PlacesDisagree(named.to_string())),
            Derivation::Disputed => (&fact.path, WarningKind::Disputed(fact.from.path().to_string())),
            Derivation::DeniedListing { by } => (&fact.path, WarningKind::Disputed(by.to_string())),
            _ => continue,
        };
        assessed.warnings.push(Warning { path: warning.0.clone(), kind: warning.1 });
    }
    if without_link && assessed.findings.is_empty() && !context.is_placed() {
        assessed.warnings.push(Warning { path: FactPath::root(), kind: context.without_link() });
    }
    add_duties_of_breaches(context, &mut assessed);
    assessed.warnings.sort();
    assessed.warnings.dedup();
    assessed.findings.sort_by(|a, b| {
        let key = |o: &Evaluation<'_>| (std::cmp::Reverse(o.verdict), std::cmp::Reverse(o.rule.severity));
        key(a).cmp(&key(b)).then_with(|| a.rule.id.cmp(&b.rule.id)).then(a.item.cmp(&b.item))
    });
    assessed.questions = questions(&assessed.findings, context);
    assessed
}

impl<'a> RuleSelector<'_, 'a> {
    /// Evaluates the rules that match a transaction, with the result of [`assess_transaction`] with all rules.
    fn assess(&mut self, context: &EvalContext<'a>) -> TransactionAssessment<'a> {
        let compiled = self.compiled();
        let candidates = self.select(context);
        let mut assessed = assess_transaction(context, compiled.rules(Some(&candidates.matching)));
        if candidates.is_link_open && assessed.findings.is_empty() && !context.is_placed() {
            assessed.warn(Warning { path: FactPath::root(), kind: context.without_link() });
        }
        let known: Vec<&str> = assessed.not_assessed.iter().map(|rule| rule.id.as_str()).collect();
        let others = compiled.rules(Some(&candidates.not_assessed)).filter(|rule| !known.contains(&rule.id.as_str()));
        let others: Vec<&Rule> = others.collect();
        assessed.not_assessed.extend(others);
        assessed
    }

    /// The triage of a transaction on which no rule makes a finding. To be asked after [`select`](Self::select) of it.
    pub(crate) fn triage<'t>(&mut self, context: &EvalContext<'t>) -> Option<Triage<'t>>
    where
        'a: 't,
    {
        if !self.may_need_triage(context) {
            return None;
        }
        let (linked, rules) = self.for_triage(context);
        triage_among(context, linked, rules)
    }
}

/// Adds the red flags among the facts that a finding was tested on.
fn add_red_flags(evaluation: &Evaluation<'_>, warnings: &mut BTreeSet<Warning>) {
    if evaluation.verdict.is_none() {
        return;
    }
    for (_, leaf) in evaluation.when.leaves() {
        let Some(note) = leaf.note.as_ref() else { continue };
        let disagrees = note.is_red_flag().then(|| WarningKind::CodeDisagrees(note.to_string()));
        let unknown = note.is_of_unknown_goods().then_some(WarningKind::UnknownGoods);
        for kind in disagrees.into_iter().chain(unknown) {
            let warning = Warning { path: leaf.path.clone(), kind };
            if warnings.contains(&warning) {
                continue;
            }
            let alike = evaluation.item.into_iter().flat_map(|item| evaluation.alike.iter().map(move |other| (item, *other)));
            let path = |(item, other)| path_in_other_item(&leaf.path, item, other);
            warnings.extend(alike.map(|of| Warning { path: path(of), kind: warning.kind.clone() }));
            warnings.insert(warning);
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
        if let (Some(rule), false) = (context.rulebook.find_rule(id).filter(|rule| is_in_force(rule, context)), has_finding) {
            assessed.duties.push(OpenDuty { rule, by: due_by(rule, context) });
        }
    }
    assessed.duties.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    assessed.duties.dedup_by(|a, b| a.rule.id == b.rule.id);
}
