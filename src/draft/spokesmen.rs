//! Who speaks for a State, and who only for himself: what a trader denies his State has not denied.

use super::lexicon::NameKind;
use super::memory::Memory;
use super::phrases::{Chunk, NounPhrase};
use super::sentence::Parsed;

impl Memory {
    /// True if what a noun phrase says its State says: a State, its ministry, its ambassador.
    pub(super) fn speaks_for_state(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        let Some(noun) = sentence.noun(chunk) else { return false };
        if noun.is_pronoun {
            return !self.is_private_speaker;
        }
        if is_private(sentence, noun) {
            return false;
        }
        // `a spokesman for the firm`
        let principal = match sentence.chunks.get(chunk + 1) {
            Some(Chunk::Preposition(word)) if matches!(word.as_str(), "of" | "for") => sentence.noun(chunk + 2),
            _ => None,
        };
        if principal.is_some_and(|principal| is_private(sentence, principal) || is_of_group(sentence, principal)) {
            return false;
        }
        let is_official = |noun: &NounPhrase| sentence.lexicon.is_listed(sentence.tokens, &noun.tokens, "state-voices");
        let is_aside = || sentence.apposition(chunk).and_then(|aside| sentence.noun(aside)).is_some_and(is_official);
        let is_known = || {
            sentence.proper_name(noun).is_some_and(|name| {
                let last = name.end.saturating_sub(1)..name.end;
                self.spokesmen.contains(&sentence.lower(&last))
            })
        };
        !is_of_group(sentence, noun) && (is_official(noun) || names_state(sentence, noun) || is_aside() || is_known())
    }

    /// Keeps who speaks for a State by name, and whether the last one who acted or spoke does.
    pub(super) fn learn_speakers(&mut self, sentence: &Parsed<'_>) {
        for chunk in 0..sentence.chunks.len() {
            let Some(noun) = sentence.noun(chunk) else { continue };
            let Some(name) = sentence.proper_name(noun) else { continue };
            if self.speaks_for_state(sentence, chunk) {
                self.spokesmen.insert(sentence.lower(&(name.end.saturating_sub(1)..name.end)));
            }
        }
        for clause in sentence.clauses.iter().filter(|clause| !clause.is_passive) {
            let Some(subject) = clause.subject.first().copied() else { continue };
            let Some(noun) = sentence.noun(subject).filter(|noun| !noun.is_pronoun) else { continue };
            if is_private(sentence, noun) || self.side(sentence, subject).is_some() {
                self.is_private_speaker = !self.speaks_for_state(sentence, subject);
            }
        }
    }
}

/// True for a person or firm that acts for itself: `a Sudanese trader`, `the minister's family`.
fn is_private(sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
    sentence.lexicon.is_word_of(&sentence.head(noun), "private-parties")
}

/// True for an armed group, which is no State.
fn is_of_group(sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
    sentence.names_in(noun).first().is_some_and(|found| found.kind == NameKind::Group)
}

/// True for the name of a State, its capital or its people: `Moscow`, `the North Koreans`, but not `a Sudanese`.
fn names_state(sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
    let head = sentence.units.get(noun.head).and_then(|unit| unit.name);
    let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
    head.is_some_and(|name| name.kind != NameKind::Adjective || first == "the")
}
