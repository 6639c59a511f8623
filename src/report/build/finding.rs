//! Builds one finding of a report.

use std::borrow::Cow;

use crate::decisions::FindingRef;
use crate::engine::{
    Evaluation, ExceptionOutcome, ExceptionState, MissingFact, NodeKind, Proof, ProofNode, QuotaState, Verdict, smallest_sets_for,
};
use crate::facts::{FactLocator, Period, Transaction, Truth};
use crate::rulebook::Confidence;

use super::super::model::*;
use super::fingerprint::{NamedItem, fingerprint};
use super::location;
use super::transaction::Builder;
use crate::report::DecisionNote;

/// The transaction that a finding is about: its ids, and the digest of its facts.
#[derive(Clone, Copy)]
pub(super) struct TransactionId<'t> {
    pub(super) incident: &'t str,
    pub(super) transaction: &'t str,
    pub(super) facts: Option<&'t str>,
}

/// The fingerprint of a finding.
pub(super) fn fingerprint_of(outcome: &Evaluation<'_>, of: TransactionId<'_>, items: &[NamedItem]) -> String {
    let named = outcome.item.and_then(|item| items.get(item));
    let occurrence = named.map(|named| match outcome.alike.len() {
        0 => Cow::Borrowed(named.occurrence.as_str()),
        // What is decided of so many items is not decided of more.
        others => Cow::Owned(format!("{} and {others} alike", named.occurrence)),
    });
    fingerprint(&outcome.rule.id, of.incident, of.transaction, occurrence.as_deref())
}

impl Builder<'_> {
    pub(super) fn finding(
        &self,
        of: TransactionId<'_>,
        reported: Option<&Transaction>,
        outcome: &Evaluation<'_>,
        items: &[NamedItem],
        located: &FactLocator<'_>,
    ) -> Option<Finding> {
        let TransactionId { incident, transaction, facts } = of;
        let (rule, verdict) = (outcome.rule, outcome.verdict?);
        let named = outcome.item.and_then(|item| Some((item, items.get(item)?)));
        let subject = named.map(|(item, named)| Subject { item, label: named.label.clone(), alike: outcome.alike.to_vec() });
        let shown = outcome.exceptions.iter().find(|u| u.state() == ExceptionState::Shown);
        let mut because = Vec::new();
        self.collect_because(&outcome.when, outcome.when.truth, located, &mut because);
        if let (Some(unless), Verdict::Compliant) = (shown, verdict) {
            self.collect_because(&unless.proof, Truth::True, located, &mut because);
        }
        if let Some(fulfilled) = outcome.fulfilled.as_ref().filter(|f| f.truth != Truth::Unknown) {
            self.collect_because(fulfilled, fulfilled.truth, located, &mut because);
        }
        let breach = matches!(verdict, Verdict::Violation | Verdict::PotentialViolation);
        if breach {
            // What keeps an exception from being shown that turns on a quota is part of why: the total that was counted.
            for unless in outcome.exceptions.iter().filter(|u| u.state() != ExceptionState::Shown) {
                self.collect_totals(&unless.proof, located, &mut because);
            }
        }
        let mut missing: Vec<String> = outcome.missing.iter().flatten().map(|m| m.path.path()).collect();
        missing.sort();
        missing.dedup();
        let fingerprint = fingerprint_of(outcome, of, items);
        let finding = FindingRef { incident, transaction, rule: &rule.id, fingerprint: &fingerprint, verdict, facts };
        let decision = self.options.decisions.and_then(|decisions| decisions.apply(&finding)).map(DecisionNote::new);
        let last_day = reported.and_then(|transaction| transaction.date).map(|date| date.to);
        let authority = rule.authority.iter().map(|citation| AuthorityNote {
            symbol: citation.symbol.clone(),
            paragraph: citation.paragraph.clone(),
            later: last_day.is_some_and(|day| citation.adopted > day),
        });
        let mut authority: Vec<AuthorityNote> = authority.collect();
        // What was adopted by then comes first.
        authority.sort_by_key(|paragraph| paragraph.later);
        Some(Finding {
            decision,
            fingerprint,
            rule: rule.id.clone(),
            title: rule.title.clone(),
            regime: self.rulebook.regime(rule.regime).map(|regime| regime.id.clone()).unwrap_or_default(),
            verdict,
            severity: rule.severity,
            authority,
            standing: outcome.evidence,
            satisfied_by: match (verdict, shown) {
                (Verdict::Compliant, Some(unless)) => Some(format!("{}: {}", unless.exception.id, unless.exception.title)),
                (Verdict::Compliant, None) => Some("the duty is reported to be done".to_owned()),
                _ => None,
            },
            because,
            limited_by: outcome.downgrades.clone(),
            unless: if breach { outcome.exceptions.iter().map(exception_note).collect() } else { Vec::new() },
            missing,
            settled_by: outcome.missing.iter().map(|set| set.iter().map(|m| self.missing(m, located)).collect()).collect(),
            also: Vec::new(),
            told_with: None,
            question: None,
            flags: flags(outcome, reported.and_then(|t| t.date)),
            subject,
        })
    }

    /// The facts that carry a proof, each once, in the order of the rule.
    fn collect_because(&self, proof: &Proof<'_>, wanted: Truth, located: &FactLocator<'_>, into: &mut Vec<Basis>) {
        // An open condition rests on what is true of it and on what is open.
        let leaves = match wanted {
            Truth::Unknown => proof.leaves().map(|(node, _)| node).filter(|n| n.truth == Truth::True).collect(),
            _ => proof.decisive_leaves(),
        };
        for leaf in leaves {
            let because = self.because(leaf, located);
            if !into.iter().any(|b| b.fact == because.fact && b.value == because.value) {
                into.push(because);
            }
        }
    }

    fn collect_totals(&self, proof: &Proof<'_>, located: &FactLocator<'_>, into: &mut Vec<Basis>) {
        let totals = proof.leaves().filter(|(node, leaf)| node.truth != Truth::True && leaf.quota().is_some());
        into.extend(totals.map(|(node, _)| self.because(node, located)));
    }

    fn because(&self, node: &ProofNode<'_>, located: &FactLocator<'_>) -> Basis {
        let NodeKind::Fact(leaf) = &node.kind else {
            return Basis {
                fact: String::new(),
                value: None,
                condition: node.claim.in_words().into_owned(),
                at: None,
                rule_at: None,
                note: None,
                quota: None,
            };
        };
        let condition = node.claim.in_words();
        Basis {
            fact: leaf.path.path(),
            value: leaf.value.in_words().map(Cow::into_owned),
            // A leaf that is false bears on what is not to be.
            condition: if node.truth == Truth::False { ["not ", &condition].concat() } else { condition.into_owned() },
            at: located.span(&leaf.path).map(|s| location(self.sources, s)),
            rule_at: Some(location(&self.rulebook.sources, node.claim.span())),
            note: leaf.note.as_ref().map(ToString::to_string),
            quota: leaf.quota().map(quota_note),
        }
    }

    fn missing(&self, missing: &MissingFact<'_>, located: &FactLocator<'_>) -> MissingNote {
        // Only a value that is reported has a place.
        let at = missing.reported.as_ref().and_then(|_| located.span(&missing.path));
        MissingNote {
            fact: missing.path.path(),
            condition: missing.condition.to_string(),
            reported: missing.reported.as_ref().map(ToString::to_string),
            why: missing.why.map(str::to_owned),
            at: at.map(|s| location(self.sources, s)),
        }
    }
}

fn quota_note(state: &QuotaState) -> QuotaNote {
    QuotaNote {
        id: state.quota.clone(),
        period: state.period,
        totals: state.totals.iter().map(QuotaTotalNote::from).collect(),
        rests_on: state.basis_in_words(),
    }
}

fn exception_note(unless: &ExceptionOutcome<'_>) -> ExceptionNote {
    let ways =
        if unless.state() == ExceptionState::NotShown { smallest_sets_for(&unless.proof, Truth::True) } else { Vec::new() };
    let missing = ways.into_iter().next().unwrap_or_default();
    ExceptionNote {
        exception: unless.exception.id.clone(),
        title: unless.exception.title.clone(),
        state: unless.state(),
        decided_by: unless.exception.decided_by,
        missing: missing.iter().map(|m| m.path.path()).collect(),
    }
}

/// The doubts about the rule that bear on an act of the date.
fn flags(outcome: &Evaluation<'_>, date: Option<Period>) -> Vec<String> {
    let rule = outcome.rule;
    let contested = rule.contested.iter().filter(|contested| contested.concerns(date));
    let mut flags: Vec<String> = contested.map(|contested| format!("contested: {}", contested.reason)).collect();
    let unverified = rule.unverified.as_ref().filter(|u| date.is_none_or(|d| d.until(&Period::day(u.after)) != Truth::True));
    flags.extend(unverified.and_then(|u| Some(format!("not verified after {}: {}", u.after, u.reason.as_ref()?))));
    match rule.confidence {
        Confidence::A => {}
        Confidence::B => flags.push("encoding of grade B: known, not seen again in a source".to_owned()),
        Confidence::C => flags.push("encoding of grade C: to be checked against the official text".to_owned()),
    }
    flags
}
