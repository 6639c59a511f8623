//! The run of an audit: every alteration of every transaction, on several threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::engine::{Ledger, TransactionMemo, withdraw};
use crate::facts::{FactPath, ReportedIncident, Transaction};
use crate::rulebook::{Forgetting, RegimeChoice, Rulebook};
use crate::workbench::loaded_test::LoadedTest;

use super::alteration::{Alteration, AlterationKind};
use super::case::{Case, WatchedFinding};
use super::forget::forgettings;
use super::learn::learnings;
use super::report::{AuditReport, Trial};
use super::trial::{Outcome, outcome_of};

/// Tests the three laws of silence on every test of a rulebook that expects a finding, and on incidents. Tests whose facts
/// cannot be read are left out, and so are those of regimes that are not chosen.
pub fn audit(rulebook: &Rulebook, regimes: &RegimeChoice, incidents: Vec<ReportedIncident>, jobs: NonZero<usize>) -> AuditReport {
    let tests = rulebook.tests.iter().filter(|test| test.is_of(regimes)).filter_map(|test| {
        let loaded = LoadedTest::load(rulebook, test).ok()?;
        Some(Case::from_test(&test.name, loaded, rulebook))
    });
    let incidents = incidents.into_iter().map(|reported| Case::from_incident(reported, rulebook, regimes));
    let cases: Vec<Case<'_>> = tests.chain(incidents).filter(|case| !case.rules.is_empty()).collect();
    let (next, reports) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let cases: Vec<Mutex<Option<Case<'_>>>> = cases.into_iter().map(|case| Mutex::new(Some(case))).collect();
    thread::scope(|scope| {
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(case) = cases.get(number) else { break };
                let Some(case) = case.lock().unwrap_or_else(PoisonError::into_inner).take() else { continue };
                let report = audit_case(rulebook, case);
                reports.lock().unwrap_or_else(PoisonError::into_inner).push((number, report));
            }
        };
        for _ in 1..jobs.get().min(cases.len()) {
            // A thread that cannot be had is one worker fewer.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    let mut reports = reports.into_inner().unwrap_or_else(PoisonError::into_inner);
    reports.sort_by_key(|(number, _)| *number);
    let mut whole = AuditReport::new(rulebook);
    reports.into_iter().for_each(|(_, report)| whole.append(report));
    whole
}

fn audit_case<'a>(rulebook: &'a Rulebook, mut case: Case<'a>) -> AuditReport {
    let mut report = AuditReport::default();
    let [reported] = &case.incidents;
    let count = reported.transactions().len();
    let ledger = case.ledger(rulebook);
    for index in 0..count {
        let findings = case.findings(rulebook, index, &ledger);
        if findings.is_empty() {
            continue;
        }
        report.add_findings(findings.len());
        let [reported] = &case.incidents;
        let Some(mut original) = reported.transactions().get(index).cloned() else { continue };
        withdraw(&mut original, reported.derived(index));
        for alteration in forgettings(&original, &rulebook.vocabulary).iter().chain(&learnings(&original)) {
            let mut trials =
                Trials { rulebook, case: &mut case, index, original: &original, ledger: &ledger, findings: &findings };
            trials.run(alteration, &mut report);
        }
    }
    report
}

/// The trials of the findings in one transaction.
struct Trials<'t, 'a> {
    rulebook: &'a Rulebook,
    case: &'t mut Case<'a>,
    index: usize,
    /// The transaction as it is reported, without derived facts.
    original: &'t Transaction,
    /// The ledger of the case as it is reported.
    ledger: &'t Ledger,
    findings: &'t [WatchedFinding<'a>],
}

impl Trials<'_, '_> {
    fn run(&mut self, alteration: &Alteration, report: &mut AuditReport) {
        let Some(mut outcomes) = self.outcomes(alteration) else { return };
        let silent = |outcome: &Outcome| matches!(outcome, Outcome::Vanished(_));
        if alteration.kind == AlterationKind::Forgotten(Forgetting::UnlistedWord) && outcomes.iter().any(silent) {
            // Where no word at all would be as silent, the word does no worse.
            let dropped = self.outcomes(&alteration.dropped()).unwrap_or_default();
            for (outcome, dropped) in outcomes.iter_mut().zip(&dropped) {
                if silent(outcome) && matches!(dropped, Outcome::Vanished(_) | Outcome::Unlinked) {
                    *outcome = Outcome::Kept;
                }
            }
        }
        let trials = self.findings.iter().zip(outcomes);
        for (finding, outcome) in trials.filter(|(finding, _)| alteration.concerns_item(finding.item)) {
            report.add(&self.case.name, &Trial { alteration, rule: finding.rule, item: finding.item, outcome });
        }
    }

    /// What becomes of each finding; `None` if the alteration does not fit the transaction.
    fn outcomes(&mut self, alteration: &Alteration) -> Option<Vec<Outcome>> {
        let altered = alteration.apply(self.original, &self.rulebook.vocabulary)?;
        let original = self.replace(altered)?;
        let recounted = self.findings.iter().any(|f| f.asks_quota).then(|| self.case.ledger(self.rulebook));
        let outcomes = self.evaluate(recounted.as_ref().unwrap_or(self.ledger), &alteration.path);
        self.replace(original)?;
        outcomes
    }

    fn evaluate(&self, ledger: &Ledger, altered: &FactPath) -> Option<Vec<Outcome>> {
        let context = self.case.context(self.rulebook, self.index, ledger)?;
        let memo = TransactionMemo::new(&context);
        Some(self.findings.iter().map(|finding| outcome_of(finding, &context, &memo, altered)).collect())
    }

    /// Puts a transaction into the incident in place of the one that is there, which is given back.
    fn replace(&mut self, transaction: Transaction) -> Option<Transaction> {
        let [reported] = &mut self.case.incidents;
        reported.replace(self.index, transaction)
    }
}
