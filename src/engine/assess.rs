//! A whole run: every rule on every transaction of every incident.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::facts::{FactPath, ReportedIncident, Truth};
use crate::rulebook::{Deadline, RegimeId, Rule, RuleKind, Rulebook};

use super::{EvalContext, Evaluation, EvidenceLevel, Ledger, TransactionMemo, Verdict, evaluate_rule};

/// What a run is asked to do.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// Hides rules, listings, notices and approvals made after this day.
    pub known_on: Option<NaiveDate>,
    /// Only the rules of this regime.
    pub regime: Option<RegimeId>,
    /// Keep the outcomes without a finding too.
    pub keep_all: bool,
}

/// Everything that follows from the facts.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// The law.
    pub rulebook: &'a Rulebook,
    /// The incidents, in the order of the intake.
    pub incidents: Vec<IncidentAssessment<'a>>,
    /// What hung on lists that were not given.
    pub not_assessed: Vec<NotAssessed>,
    /// The totals.
    pub ledger: &'a Ledger,
    /// The day as of which the law was asked.
    pub known_on: Option<NaiveDate>,
}

/// One incident.
#[derive(Debug)]
pub struct IncidentAssessment<'a> {
    /// The facts.
    pub reported: &'a ReportedIncident,
    /// Its transactions, in their order.
    pub transactions: Vec<TransactionAssessment<'a>>,
}

/// One transaction.
#[derive(Debug)]
pub struct TransactionAssessment<'a> {
    /// Its position in the incident.
    pub index: usize,
    /// On how good a word it stands as a whole.
    pub evidence: EvidenceLevel,
    /// The findings, the worst first, then by severity and rule.
    pub findings: Vec<Evaluation<'a>>,
    /// Outcomes without a finding, if they were to be kept.
    pub others: Vec<Evaluation<'a>>,
    /// Duties that arise.
    pub duties: Vec<DutyNotice<'a>>,
    /// Red flags and notices.
    pub warnings: Vec<Warning>,
}

/// A duty that arises from a transaction.
#[derive(Debug, Clone)]
pub struct DutyNotice<'a> {
    /// The rule that commands it.
    pub rule: &'a Rule,
    /// The last day, where there is one.
    pub by: Option<NaiveDate>,
}

/// Something to be looked at that is no finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The way to the fact that raises it.
    pub path: FactPath,
    /// What is to be looked at.
    pub text: String,
}

/// Rules whose answer hung on something that was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// The rules' ids.
    pub rules: Vec<String>,
    /// In how many transactions.
    pub transactions: usize,
    /// Why.
    pub reason: String,
}

impl TransactionAssessment<'_> {
    /// The worst finding's verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.iter().filter_map(|f| f.verdict).max()
    }
}

impl IncidentAssessment<'_> {
    /// The worst transaction's verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.transactions.iter().filter_map(TransactionAssessment::verdict).max()
    }
}

impl<'a> Assessment<'a> {
    /// The worst incident's verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.incidents.iter().filter_map(IncidentAssessment::verdict).max()
    }

    /// All transactions with their incidents.
    pub fn transactions(&self) -> impl Iterator<Item = (&IncidentAssessment<'a>, &TransactionAssessment<'a>)> {
        self.incidents.iter().flat_map(|i| i.transactions.iter().map(move |t| (i, t)))
    }

    /// How many findings have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.transactions().flat_map(|(_, t)| &t.findings).filter(|f| f.verdict == Some(verdict)).count()
    }
}

/// Asks every rule about every transaction. The ledger has counted the same incidents.
pub fn assess<'a>(
    rulebook: &'a Rulebook,
    incidents: &'a [ReportedIncident],
    ledger: &'a Ledger,
    options: &Options,
) -> Assessment<'a> {
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let rules = || rulebook.rules.iter().filter(|r| options.regime.is_none_or(|id| r.regime == id));
    let assessed: Vec<IncidentAssessment<'a>> = incidents
        .iter()
        .map(|reported| {
            let cases = (0..reported.transactions().len()).filter_map(|index| {
                let case = EvalContext::new(rulebook, reported, index, options.known_on, Some(ledger))?;
                let (assessed, skipped) = assess_transaction(&case.with_full_proofs(options.keep_all), rules());
                skipped.iter().for_each(|rule| *open.entry(rule.id.as_str()).or_default() += 1);
                Some(assessed)
            });
            IncidentAssessment { reported, transactions: cases.collect() }
        })
        .collect();
    let open = open.into_iter().map(|(rule, times)| (rule.to_owned(), times)).collect();
    let not_assessed = NotAssessed::without_lists(open).into_iter().collect();
    Assessment { rulebook, incidents: assessed, not_assessed, ledger, known_on: options.known_on }
}

impl NotAssessed {
    /// What several parts of a run could not assess, by reason; no transaction is in two parts.
    pub fn together(parts: impl IntoIterator<Item = NotAssessed>) -> Vec<Self> {
        let mut all: BTreeMap<String, NotAssessed> = BTreeMap::new();
        for part in parts {
            match all.get_mut(&part.reason) {
                Some(known) => {
                    known.rules.extend(part.rules);
                    known.rules.sort();
                    known.rules.dedup();
                    known.transactions += part.transactions;
                }
                None => {
                    all.insert(part.reason.clone(), part);
                }
            }
        }
        all.into_values().collect()
    }

    /// Rules, each with the number of transactions in which nobody looked at a list; none if there is no rule.
    pub fn without_lists(rules: BTreeMap<String, usize>) -> Option<Self> {
        let transactions = rules.values().copied().max()?;
        let reason = "no designations list was given".to_owned();
        Some(Self { rules: rules.into_keys().collect(), transactions, reason })
    }
}

/// Asks some rules about one transaction; gives what they say, and which of them were not assessed. Outcomes without
/// a finding are kept where the case is thorough.
pub fn assess_transaction<'a>(
    case: &EvalContext<'a>,
    rules: impl IntoIterator<Item = &'a Rule>,
) -> (TransactionAssessment<'a>, Vec<&'a Rule>) {
    let mut assessed = TransactionAssessment {
        index: case.index,
        evidence: case.evidence,
        findings: Vec::new(),
        others: Vec::new(),
        duties: Vec::new(),
        warnings: Vec::new(),
    };
    let mut skipped = Vec::new();
    let mut without_link = false;
    let memo = TransactionMemo::new(case);
    for rule in rules {
        let mut not_assessed = false;
        for case in case.for_each_item(rule.binds_item) {
            let outcome = evaluate_rule(rule, &case, &memo);
            not_assessed |= outcome.not_assessed;
            without_link |= outcome.when.truth == Truth::Unknown && outcome.nexus == Truth::Unknown && !outcome.not_assessed;
            warn(&outcome, &mut assessed.warnings);
            if outcome.duty_open {
                assessed.duties.push(DutyNotice { rule, by: last_day(rule) });
            }
            if outcome.verdict.is_some() {
                assessed.findings.push(outcome);
            } else if case.full_proofs {
                assessed.others.push(outcome);
            }
        }
        if not_assessed {
            skipped.push(rule);
        }
    }
    if without_link {
        let text = "no link to a sanctioned State or person could be established or excluded".to_owned();
        assessed.warnings.push(Warning { path: FactPath::root(), text });
    }
    duties_beside(case, &mut assessed);
    assessed.warnings.sort();
    assessed.warnings.dedup();
    assessed.findings.sort_by(|a, b| {
        let key = |o: &Evaluation<'_>| (std::cmp::Reverse(o.verdict), std::cmp::Reverse(o.rule.severity));
        key(a).cmp(&key(b)).then_with(|| a.rule.id.cmp(&b.rule.id)).then(a.item.cmp(&b.item))
    });
    (assessed, skipped)
}

/// Red flags that the proofs met on their way.
fn warn(outcome: &Evaluation<'_>, warnings: &mut Vec<Warning>) {
    if outcome.verdict.is_none() {
        return;
    }
    for (_, leaf) in outcome.when.leaves() {
        if let Some(note) = leaf.note.as_ref().filter(|n| n.is_red_flag()) {
            warnings.push(Warning { path: leaf.path.clone(), text: format!("code and description disagree: {note}") });
        }
    }
}

/// Duties that a finding brings with it, unless they are answered already.
fn duties_beside<'a>(case: &EvalContext<'a>, assessed: &mut TransactionAssessment<'a>) {
    let breaches =
        assessed.findings.iter().filter(|f| matches!(f.verdict, Some(Verdict::Violation | Verdict::PotentialViolation)));
    let named: Vec<&str> = breaches.flat_map(|f| f.rule.duties.iter().map(String::as_str)).collect();
    for id in named {
        let answered = assessed.findings.iter().any(|f| f.rule.id == id);
        let in_force = |r: &&Rule| case.date().is_none_or(|d| d.within(r.in_force.from, r.in_force.to) != Truth::False);
        if let (Some(rule), false) = (case.rulebook.find_rule(id).filter(in_force), answered) {
            assessed.duties.push(DutyNotice { rule, by: last_day(rule) });
        }
    }
    assessed.duties.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    assessed.duties.dedup_by(|a, b| a.rule.id == b.rule.id);
}

fn last_day(rule: &Rule) -> Option<NaiveDate> {
    match &rule.kind {
        RuleKind::Duty(duty) => match duty.deadline {
            Some(Deadline::Day(day)) => Some(day),
            _ => None,
        },
        RuleKind::Prohibition => None,
    }
}
