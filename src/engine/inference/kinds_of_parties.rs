//! What a party is, by the noun of a name that describes it: *a militia in Zuwara*, *rebels from the north*.
//!
//! Soldiers, officials and helpers are left out: whose they are decides what is allowed them, and *soldiers* may be those of rebels. So
//! are persons and firms, which may be of any of these, or the Government's.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, Derivation, Scheme, Terms, Transaction};
use crate::rulebook::{Vocabulary, WordMeaning};

use super::collector::{Collector, path_in};

/// Words behind which a description says more of the party, and no longer what it is.
const BEHIND: [&str; 16] =
    ["in", "of", "from", "at", "near", "for", "with", "based", "who", "that", "which", "on", "to", "by", "under", "called"];

/// Words that begin a description.
const ARTICLES: [&str; 8] = ["a", "an", "the", "some", "several", "one", "two", "unnamed"];

/// The kinds that a noun tells.
const TOLD: [&str; 3] = ["armed-group", "private-military-company", "de-facto-authority"];

/// So many words name a kind at most.
const LONGEST: usize = 4;

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(name) = party.name.as_deref().filter(|_| party.kind.is_unknown()) else { continue };
        let Some((kind, named)) = kind_in(name, derived.vocabulary) else { continue };
        let how = Derivation::Described { named };
        derived.put(&mut party.kind, kind, path_in("parties", index, "kind"), path_in("parties", index, "name"), how);
    }
}

/// The kind that the noun of a description names, and that noun. A name of its own says nothing of what bears it.
fn kind_in(name: &str, vocabulary: &Vocabulary) -> Option<(Terms, CompactString)> {
    let first = name.split(' ').next().unwrap_or_default();
    let has_article = ARTICLES.contains(&first.to_lowercase().as_str());
    if !has_article && !name.starts_with(char::is_lowercase) {
        return None;
    }
    let described = if has_article { name.get(first.len()..)?.trim() } else { name };
    let whole = || Some((meaning_of(described, vocabulary)?, described.into()));
    whole().or_else(|| {
        let noun: Vec<&str> = described.split(' ').take_while(|word| !BEHIND.contains(word)).collect();
        let longest = noun.len().saturating_sub(LONGEST);
        let endings = (longest..noun.len()).filter_map(|start| noun.get(start..));
        endings.map(|words| words.join(" ")).find_map(|words| Some((meaning_of(&words, vocabulary)?, words.into())))
    })
}

/// The kind that words name, if it is one that a noun tells and no other.
fn meaning_of(words: &str, vocabulary: &Vocabulary) -> Option<Terms> {
    let words = words.trim_matches([',', '.', ' ']);
    let found = match vocabulary.find(&[Scheme::PartyKind], words) {
        Some(CodedTerm::Term(kind)) => Some(WordMeaning::Term(kind)),
        Some(_) => None,
        None => vocabulary.meaning(&[Scheme::PartyKind], words),
    };
    match found {
        Some(WordMeaning::Term(kind)) if TOLD.contains(&vocabulary.id(kind)) => Some(Coded::one(CodedTerm::Term(kind))),
        _ => None,
    }
}
