//! How good the evidence for a fact is.

use std::collections::HashSet;

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, EvidenceSource, Record, ReportedIncident, Term, Transaction};
use crate::rulebook::Rulebook;

/// The quality of the evidence for a fact, the weaker first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceLevel {
    /// A source states the fact.
    Alleged,
    /// A source of a kind that establishes facts (by the rulebook's policy) states the fact, or the report says that it is
    /// established.
    Established,
}

impl EvidenceLevel {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            EvidenceLevel::Alleged => "alleged",
            EvidenceLevel::Established => "established",
        }
    }

    /// The level that has this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        [EvidenceLevel::Alleged, EvidenceLevel::Established].into_iter().find(|level| level.word() == word)
    }

    /// The level of a transaction: that of its `evidence`, else the best of its sources' kinds, else alleged.
    pub fn of_transaction(transaction: &Transaction, reported: &ReportedIncident, rulebook: &Rulebook) -> Self {
        stated(&transaction.evidence, rulebook)
            .unwrap_or_else(|| Self::of_sources(transaction.sources.as_deref(), reported, rulebook))
    }

    /// The level of an element of a list; `None` if it has neither evidence nor sources of its own.
    pub fn of_element(record: &dyn Record, reported: &ReportedIncident, rulebook: &Rulebook) -> Option<Self> {
        let own = record.evidence().and_then(|evidence| stated(evidence, rulebook));
        own.or_else(|| record.source_refs().map(|ids| Self::of_sources(Some(ids), reported, rulebook)))
    }

    /// The level of a permission, notice or finding that is to excuse a transaction. Without evidence of its own it is that of its
    /// sources, or of the transaction's, as far as they do not speak in their own cause.
    pub(super) fn of_excusing_paper(
        paper: &dyn Record,
        transaction: &Transaction,
        reported: &ReportedIncident,
        rulebook: &Rulebook,
    ) -> Self {
        if let Some(stated) = paper.evidence().and_then(|evidence| stated(evidence, rulebook)) {
            return stated;
        }
        let (vocabulary, policy) = (&rulebook.vocabulary, &rulebook.evidence);
        let in_own_cause = |kind: Term| policy.is_in_own_cause(kind, vocabulary);
        let ids = paper.source_refs().or(transaction.sources.as_deref());
        let of_transaction = stated(&transaction.evidence, rulebook).filter(|_| paper.source_refs().is_none());
        let established = match of_transaction {
            Some(stated) => {
                // What speaks under a word that nobody knows may speak in its own cause.
                let only_own =
                    sources_of(ids, reported).all(|source| has_kind(source, in_own_cause) || is_of_unknown_kind(source));
                stated == Self::Established && (!only_own || sources_of(ids, reported).next().is_none())
            }
            None => {
                let by_others = |kind: Term| policy.establishes(kind, vocabulary) && !in_own_cause(kind);
                sources_of(ids, reported).any(|source| source.retracted != Some(true) && has_kind(source, by_others))
            }
        };
        if established { EvidenceLevel::Established } else { EvidenceLevel::Alleged }
    }

    fn of_sources(ids: Option<&[CompactString]>, reported: &ReportedIncident, rulebook: &Rulebook) -> Self {
        let establishes = |kind: Term| rulebook.evidence.establishes(kind, &rulebook.vocabulary);
        if sources_of(ids, reported).any(|source| source.retracted != Some(true) && has_kind(source, establishes)) {
            EvidenceLevel::Established
        } else {
            EvidenceLevel::Alleged
        }
    }
}

/// True if everybody who reported a transaction has taken the report back.
pub(super) fn is_retracted(transaction: &Transaction, reported: &ReportedIncident) -> bool {
    let mut sources = sources_of(transaction.sources.as_deref(), reported).peekable();
    sources.peek().is_some() && sources.all(|source| source.retracted == Some(true))
}

/// True if a source is of a kind that fits.
fn has_kind(source: &EvidenceSource, fits: impl Fn(Term) -> bool) -> bool {
    source.kind.is().unwrap_or_default().iter().any(|kind| matches!(kind, CodedTerm::Term(term) if fits(*term)))
}

/// True if a source is of a kind that the vocabulary does not know.
fn is_of_unknown_kind(source: &EvidenceSource) -> bool {
    source.kind.is().unwrap_or_default().iter().any(|kind| !matches!(kind, CodedTerm::Term(_)))
}

/// The sources with these ids; all sources of the incident if there are no ids.
pub(super) fn sources_of<'a>(
    ids: Option<&'a [CompactString]>,
    reported: &'a ReportedIncident,
) -> impl Iterator<Item = &'a EvidenceSource> {
    numbered_sources_of(ids, reported).map(|(_, source)| source)
}

/// The sources with these ids, with their positions in the incident.
pub(super) fn numbered_sources_of<'a>(
    ids: Option<&'a [CompactString]>,
    reported: &'a ReportedIncident,
) -> impl Iterator<Item = (usize, &'a EvidenceSource)> {
    // Many are looked up in a set: each source by each id would be too much.
    let many: Option<HashSet<&str>> = ids.filter(|ids| ids.len() > 8).map(|ids| ids.iter().map(CompactString::as_str).collect());
    let is_named = move |id: &CompactString| match &many {
        Some(many) => many.contains(id.as_str()),
        None => ids.is_some_and(|ids| ids.contains(id)),
    };
    reported.sources().iter().enumerate().filter(move |(_, source)| ids.is_none() || source.id.as_ref().is_some_and(&is_named))
}

/// The level that a record states of itself.
fn stated(evidence: &Coded<CodedTerm>, rulebook: &Rulebook) -> Option<EvidenceLevel> {
    let known = rulebook.vocabulary.known_terms();
    evidence.is()?.iter().find_map(|term| match term {
        CodedTerm::Term(term) if known.established == Some(*term) => Some(EvidenceLevel::Established),
        CodedTerm::Term(term) if known.alleged == Some(*term) => Some(EvidenceLevel::Alleged),
        _ => None,
    })
}
