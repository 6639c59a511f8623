//! Builds one transaction of a report.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::document::{SourceMap, Unread};
use crate::engine::{
    EvidenceLevel, FactText, NearRule, NodeKind, TransactionAssessment, Triage, UnmetCondition, derivation_in_words, near_miss,
};
use crate::facts::{DerivedFact, FactLocator, FactPath, ReportedIncident, Truth, fact_at};
use crate::rulebook::Rulebook;

use super::super::AlikeReport;
use super::super::model::*;
use super::super::wording::{asks, fact_is, unlisted_word, unmet_condition};
use super::bans::{fold_bans, regime_notes};
use super::facts_digest::facts_digest;
use super::finding::{TransactionId, fingerprint_of};
use super::fingerprint::named_items;
use super::names::element_names;
use super::not_checked::not_checked;
use super::page::page_note;
use super::question::question_notes;
use super::{ReportOptions, location};

/// Builds one transaction of a report. `unread` is what could not be read of it.
pub fn transaction(
    rulebook: &Rulebook,
    sources: &SourceMap,
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    unread: &Unread,
    options: ReportOptions<'_>,
) -> TransactionReport {
    Builder { rulebook, sources, options }.transaction(reported, assessed, unread)
}

/// What the report of a transaction has of its own beside that of one that is alike, at a position of its incident. `None` if both
/// are written in different ways, so that the places of the one do not give those of the other.
pub(crate) fn alike_transaction(
    sources: &SourceMap,
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    other: usize,
) -> Option<AlikeReport> {
    let source = sources.get(reported.document_source()?)?;
    let places = reported.paired_starts(other, assessed.index)?;
    let transaction = reported.transactions().get(assessed.index)?;
    let id = transaction.id.as_deref().unwrap_or_default();
    let facts = if assessed.findings.is_empty() { None } else { facts_digest(reported, assessed.index, sources) };
    let of = TransactionId { incident: reported.id(), transaction: id, facts: facts.as_deref() };
    let items = named_items(transaction.items.known());
    let findings = assessed.findings.iter().filter(|evaluation| evaluation.verdict.is_some());
    Some(AlikeReport {
        id: id.to_owned(),
        fingerprints: findings.map(|evaluation| fingerprint_of(evaluation, of, &items)).collect(),
        places: places.into_iter().map(|(there, here)| (source.position(there), source.position(here))).collect(),
        facts,
    })
}

pub(super) struct Builder<'b> {
    pub(super) rulebook: &'b Rulebook,
    pub(super) sources: &'b SourceMap,
    pub(super) options: ReportOptions<'b>,
}

impl Builder<'_> {
    fn transaction(
        &self,
        reported: &ReportedIncident,
        assessed: &TransactionAssessment<'_>,
        unread: &Unread,
    ) -> TransactionReport {
        let located = reported.locate(assessed.index, self.sources);
        let transaction = reported.transactions().get(assessed.index);
        let location_of = |route: &FactPath| located.span(route).map(|s| location(self.sources, s));
        let id = transaction.and_then(|t| t.id.clone()).unwrap_or_default();
        let named = transaction.and_then(|t| t.sources.as_deref());
        let sources = reported.sources().iter().filter(|s| named.is_none_or(|n| s.id.as_ref().is_some_and(|id| n.contains(id))));
        let mut grades: Vec<String> = sources
            .map(|s| format!("{}{}", s.reliability.as_deref().unwrap_or_default(), s.credibility.as_deref().unwrap_or_default()))
            .filter(|g| !g.is_empty())
            .collect();
        grades.sort();
        grades.dedup();
        let items = named_items(transaction.map(|t| t.items.known()).unwrap_or_default());
        let facts = if assessed.findings.is_empty() { None } else { facts_digest(reported, assessed.index, self.sources) };
        let of = TransactionId { incident: reported.id(), transaction: &id, facts: facts.as_deref() };
        let finding = |evaluation| self.finding(of, transaction, evaluation, &items, &located);
        let mut findings: Vec<Finding> = assessed.findings.iter().filter_map(finding).collect();
        let leading = fold_bans(&mut findings, self.rulebook);
        let names = transaction.map(|t| element_names(t, &self.rulebook.vocabulary)).unwrap_or_default();
        let questions = question_notes(&assessed.questions, &names, &mut findings);
        let page = PageNote {
            not_checked: not_checked(assessed, self.rulebook, unread, self.options.has_lists),
            ..transaction.map(|t| page_note(reported, t, &self.rulebook.vocabulary)).unwrap_or_default()
        };
        TransactionReport {
            title: transaction.and_then(|t| t.title.as_deref().map(str::to_owned)),
            at: located.start().map(|s| location(self.sources, s)),
            date: transaction.and_then(|t| t.date),
            verdict: assessed.verdict(),
            facts,
            evidence: EvidenceNote {
                standing: assessed.evidence,
                grades,
                denied_by: transaction
                    .and_then(|t| t.denied_by.as_deref())
                    .unwrap_or_default()
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            },
            page,
            leading,
            regimes: regime_notes(&findings, self.rulebook),
            findings,
            questions,
            triage: assessed.triage.as_ref().map(|triage| triage_note(triage, &names)),
            duties: assessed
                .duties
                .iter()
                .map(|d| DutyNote {
                    duty: d.rule.id.clone(),
                    title: d.rule.title.clone(),
                    addressee: d.rule.addressee.clone(),
                    by: d.by,
                })
                .collect(),
            warnings: assessed
                .warnings
                .iter()
                .map(|w| WarningNote { text: w.kind.in_words(), at: location_of(&w.path) })
                .collect(),
            derived: reported.derived(assessed.index).map(|fact| self.derived(fact, reported, assessed, &located)).collect(),
            near_misses: if self.options.near_misses { near_misses(assessed) } else { Vec::new() },
            names,
            id: id.into(),
        }
    }
}

fn triage_note(triage: &Triage<'_>, names: &ElementNames) -> TriageNote {
    let unlisted = triage.unlisted.iter().map(|(path, word)| unlisted_word(&path.path(), word, names));
    let kept_away = triage.nearest.iter().flat_map(|near| &near.kept_away_by);
    let kept_away = kept_away.map(|unmet| fact_is(&unmet.path.path(), unmet.value.as_deref(), names));
    let mut seen = HashSet::new();
    let why: Vec<String> = unlisted.chain(kept_away).filter(|reason| seen.insert(reason.clone())).collect();
    let sentence = |unmet: &UnmetCondition<'_>| {
        unmet_condition(asks(unmet.truth), &unmet.condition, &unmet.path.path(), unmet.value.as_deref(), names)
    };
    let note = |near: &NearRule<'_>| NearRuleNote {
        rule: near.rule.id.clone(),
        title: near.rule.title.clone(),
        kept_away_by: near.kept_away_by.iter().map(sentence).collect::<Vec<_>>().join("; "),
    };
    TriageNote { why: why.join("; "), nearest: triage.nearest.iter().map(note).collect() }
}

impl Builder<'_> {
    fn derived(
        &self,
        fact: &DerivedFact,
        reported: &ReportedIncident,
        assessed: &TransactionAssessment<'_>,
        located: &FactLocator<'_>,
    ) -> DerivedNote {
        let transaction = reported.transactions().get(assessed.index);
        let found = transaction.and_then(|transaction| fact_at(transaction, fact.path.segments()));
        let own = found.and_then(|(record, _)| EvidenceLevel::of_element(record, reported, self.rulebook));
        let value = found.and_then(|(_, value)| FactText::FactValue(value, &self.rulebook.vocabulary).in_words());
        DerivedNote {
            fact: fact.path.path(),
            value: value.map(Cow::into_owned),
            because: derivation_in_words(fact),
            from: fact.from.path(),
            at: located.span(&fact.from).map(|s| location(self.sources, s)),
            standing: own.unwrap_or(assessed.evidence),
        }
    }
}

fn near_misses(assessed: &TransactionAssessment<'_>) -> Vec<NearMiss> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for outcome in assessed.others.iter().filter(|o| o.nexus == Truth::True && o.when.truth == Truth::False) {
        let Some(blocking) = near_miss(&outcome.when) else { continue };
        let NodeKind::Fact(leaf) = &blocking.kind else { continue };
        if seen.insert((outcome.rule.id.as_str(), leaf.path.path())) {
            found.push(NearMiss {
                rule: outcome.rule.id.clone(),
                condition: blocking.claim.in_words().into_owned(),
                fact: leaf.path.path(),
                value: leaf.value.in_words().map(Cow::into_owned),
            });
        }
    }
    found
}
