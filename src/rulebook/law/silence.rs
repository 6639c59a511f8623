//! Silences that a paragraph itself asks for: where a rule may make no finding because a fact was forgotten.

use crate::facts::{Table, Transaction};

/// A way in which a report can say less than another report of the same event, or say it in a word that nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Forgetting {
    /// A fact of the transaction is not reported.
    DroppedFact,
    /// A list of records is not reported.
    DroppedList,
    /// A fact of a record inside the transaction is not reported.
    DroppedField,
    /// An amount or number is not reported.
    DroppedAmount,
    /// The role of a party is not reported.
    DroppedPartyRole,
    /// The country of a party is not reported.
    DroppedPartyCountry,
    /// The nationality of a party is not reported.
    DroppedPartyNationality,
    /// A broader term is reported.
    BroaderTerm,
    /// The heading of an HS code is reported, its first four digits.
    HsHeading,
    /// The chapter of an HS code is reported, its first two digits.
    HsChapter,
    /// The month of a day is reported.
    Month,
    /// The year of a day or month is reported.
    Year,
    /// A word that the vocabulary does not have is reported in place of a term.
    UnlistedWord,
}

/// A silence that the paragraph of a rule asks for, with the reason from the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentBecause {
    /// Which forgettings lead to it.
    pub when: SilenceScope,
    /// Why the paragraph asks for it.
    pub reason: String,
}

/// The forgettings to which a silence belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SilenceScope {
    /// Those of a kind, whatever the fact.
    Kind(Forgetting),
    /// Those of a fact or of a part of it, named as conditions name it: `party.role`.
    Fact(String),
}

impl Forgetting {
    /// All kinds.
    pub const ALL: [Forgetting; 13] = [
        Forgetting::DroppedFact,
        Forgetting::DroppedList,
        Forgetting::DroppedField,
        Forgetting::DroppedAmount,
        Forgetting::DroppedPartyRole,
        Forgetting::DroppedPartyCountry,
        Forgetting::DroppedPartyNationality,
        Forgetting::BroaderTerm,
        Forgetting::HsHeading,
        Forgetting::HsChapter,
        Forgetting::Month,
        Forgetting::Year,
        Forgetting::UnlistedWord,
    ];

    /// The word by which rules and the audit name the kind.
    pub fn word(self) -> &'static str {
        match self {
            Forgetting::DroppedFact => "dropped-fact",
            Forgetting::DroppedList => "dropped-list",
            Forgetting::DroppedField => "dropped-field",
            Forgetting::DroppedAmount => "dropped-amount",
            Forgetting::DroppedPartyRole => "dropped-party-role",
            Forgetting::DroppedPartyCountry => "dropped-party-country",
            Forgetting::DroppedPartyNationality => "dropped-party-nationality",
            Forgetting::BroaderTerm => "broader-term",
            Forgetting::HsHeading => "hs-heading",
            Forgetting::HsChapter => "hs-chapter",
            Forgetting::Month => "month",
            Forgetting::Year => "year",
            Forgetting::UnlistedWord => "unlisted-word",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl SilentBecause {
    /// True if the silence belongs to a forgetting of this kind and fact.
    pub fn covers(&self, kind: Forgetting, fact: &str) -> bool {
        match &self.when {
            SilenceScope::Kind(of) => *of == kind,
            SilenceScope::Fact(of) => fact.strip_prefix(of.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        }
    }
}

impl SilenceScope {
    /// The kind or fact with this name; `None` if there is neither.
    pub fn parse(word: &str) -> Option<Self> {
        let kind = Forgetting::from_word(word).map(Self::Kind);
        kind.or_else(|| is_fact(Transaction::TABLE, word).then(|| Self::Fact(word.to_owned())))
    }

    /// The name of the kind or fact.
    pub fn name(&self) -> &str {
        match self {
            SilenceScope::Kind(kind) => kind.word(),
            SilenceScope::Fact(fact) => fact,
        }
    }
}

/// True if a dotted name leads to a fact that rules ask for.
fn is_fact(table: &Table, name: &str) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let field = table.fields.iter().find(|field| field.rule_key == Some(first));
    match (field, rest) {
        (Some(_), None) => true,
        (Some(field), Some(rest)) => field.kind.record_table().is_some_and(|table| is_fact(table, rest)),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Forgetting, SilenceScope, SilentBecause};

    fn silence(when: &str) -> SilentBecause {
        SilentBecause { when: SilenceScope::parse(when).unwrap(), reason: String::new() }
    }

    #[test]
    fn a_silence_covers_its_kind_or_its_fact_and_what_is_inside_it() {
        assert!(silence("month").covers(Forgetting::Month, "date"));
        assert!(!silence("month").covers(Forgetting::Year, "date"));
        assert!(silence("party").covers(Forgetting::DroppedPartyRole, "party.role"));
        assert!(silence("party.role").covers(Forgetting::UnlistedWord, "party.role"));
        assert!(!silence("party.role").covers(Forgetting::DroppedList, "party"));
        assert!(!silence("party").covers(Forgetting::DroppedFact, "partyhood"));
    }

    #[test]
    fn a_name_of_no_kind_and_no_fact_is_refused() {
        for name in ["parties", "party.hat", "date.role", "notes", "", "party."] {
            assert_eq!(SilenceScope::parse(name), None, "{name}");
        }
    }
}
