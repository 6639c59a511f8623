//! On how good a word a fact rests.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, EvidenceSource, Record, ReportedIncident, Transaction};
use crate::rulebook::Rulebook;

/// Alleged is weaker than established.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceLevel {
    /// Someone states it.
    Alleged,
    /// A source of a kind that establishes states it, or the report says that it is established.
    Established,
}

impl EvidenceLevel {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            EvidenceLevel::Alleged => "alleged",
            EvidenceLevel::Established => "established",
        }
    }

    /// The level of a word; `None` if there is none of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [EvidenceLevel::Alleged, EvidenceLevel::Established].into_iter().find(|level| level.word() == word)
    }

    /// Of the transaction as a whole: its own `evidence`, else what its sources' kinds give. Without a source, alleged.
    pub fn of_transaction(transaction: &Transaction, reported: &ReportedIncident, rulebook: &Rulebook) -> Self {
        stated(&transaction.evidence, rulebook)
            .unwrap_or_else(|| Self::of_sources(transaction.sources.as_deref(), reported, rulebook))
    }

    /// Of one element of a list, where it has evidence or sources of its own.
    pub fn of_element(record: &dyn Record, reported: &ReportedIncident, rulebook: &Rulebook) -> Option<Self> {
        let own = record.evidence().and_then(|evidence| stated(evidence, rulebook));
        own.or_else(|| record.source_refs().map(|ids| Self::of_sources(Some(ids), reported, rulebook)))
    }

    fn of_sources(ids: Option<&[CompactString]>, reported: &ReportedIncident, rulebook: &Rulebook) -> Self {
        let establishes = |source: &EvidenceSource| {
            let terms = source.kind.is().unwrap_or_default();
            terms
                .iter()
                .any(|named| matches!(named, CodedTerm::Term(term) if rulebook.evidence.establishes(*term, &rulebook.vocabulary)))
        };
        if sources_of(ids, reported).any(establishes) { EvidenceLevel::Established } else { EvidenceLevel::Alleged }
    }
}

/// The sources that the ids name; all of the incident's if there are no ids.
pub(super) fn sources_of<'a>(
    ids: Option<&'a [CompactString]>,
    reported: &'a ReportedIncident,
) -> impl Iterator<Item = &'a EvidenceSource> {
    reported.sources().iter().filter(move |s| ids.is_none_or(|ids| s.id.as_ref().is_some_and(|id| ids.contains(id))))
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
