//! Workers whom a text names again, `the seamstresses`, and whom somebody works for.

use super::clauses::Link;
use super::event::{How, Side};
use super::lexicon::NameKind;
use super::memory::{Memory, singular};
use super::money::holder_of_account;
use super::phrases::Chunk;
use super::sentence::{Found, Parsed};

/// How many sentences after they were named workers may be named again without their State.
const NEAR: usize = 5;

impl Memory {
    /// Keeps workers of whom a phrase says that they are of a State under measures: `thirty women from North Korea`.
    pub(super) fn learn_hands(&mut self, sentence: &Parsed<'_>, chunk: usize) {
        let Some(noun) = sentence.noun(chunk) else { return };
        let is_nation = sentence.names_in(noun).first().is_some_and(|found| found.kind == NameKind::Adjective)
            && sentence.units.get(noun.head).is_some_and(|head| head.name.is_some())
            && sentence.head(noun).ends_with('s');
        let are_hands = is_nation || sentence.lexicon.is_word_of(&sentence.head(noun), "hands");
        let origin = sentence.origin(chunk).filter(|origin| are_hands && self.targets.contains(&origin.country));
        if let Some(origin) = origin {
            self.hands = Some((self.reading, Side { how: How::Inferred, ..origin }));
        }
    }

    /// Keeps of which State parties are that a sentence says are run from there: `Pan Tech is run by North Korea's spy service`.
    pub(super) fn learn_ties(&mut self, sentence: &Parsed<'_>) {
        for clause in sentence.clauses.iter().filter(|clause| clause.is_passive && clause.link != Link::Relative) {
            let Some(group) = sentence.group(clause.verb).filter(|group| group.is_finite && group.modal.is_none()) else {
                continue;
            };
            let ties = !group.is_negated && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "runs");
            let by = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "by" | "from")).flat_map(|(_, nouns)| nouns);
            let owner = by.filter(|_| ties).find_map(|noun| self.named(sentence, *noun));
            let Some(owner) = owner.filter(|owner| self.targets.contains(&owner.country)) else { continue };
            let name = clause.subject.first().and_then(|noun| sentence.noun(*noun)).and_then(|noun| sentence.proper_name(noun));
            if let Some(name) = name {
                let side = Side { how: How::Inferred, ..owner };
                self.by_noun.insert(sentence.lower(&name), side.clone());
                self.actor = Some(side);
                self.actor_sentence = self.reading;
            }
        }
    }

    /// The State of workers who were named shortly before: `the seamstresses`, `the men`.
    pub(super) fn known_hands(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
        let noun = sentence.noun(chunk)?;
        let (at, side) = self.hands.as_ref().filter(|(at, _)| at + NEAR >= self.reading)?;
        let head = sentence.head(noun);
        if noun.is_pronoun {
            return (matches!(head.as_str(), "they" | "them") && at + 1 >= self.reading).then(|| side.clone());
        }
        let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
        let is_definite = matches!(first.as_str(), "the" | "these" | "those" | "both" | "all" | "most");
        let is_own = !sentence.names_in(noun).is_empty()
            || self.by_noun.get(&singular(&head)).is_some_and(|own| own.country != side.country);
        (is_definite && !is_own && sentence.lexicon.is_word_of(&head, "hands")).then(|| side.clone())
    }

    /// The State under measures for which a party works: `an exchanger in Shenyang known to work for Pyongyang`.
    pub(super) fn principal(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<Found> {
        if let Some(holder) = holder_of_account(sentence, chunk, &self.targets) {
            return Some(holder);
        }
        let mut at = chunk + 1;
        for _ in 0..2 {
            if matches!(sentence.chunks.get(at), Some(Chunk::Preposition(_))) && sentence.noun(at + 1).is_some() {
                at += 2;
            }
        }
        if sentence.group(at + 1).is_some() {
            at += 1;
        }
        let group = sentence.group(at).filter(|group| !group.is_negated && group.modal.is_none())?;
        let words = group.tokens.start..(group.tokens.end + 1).min(sentence.range.end);
        let is_behind = !group.is_finite && sentence.lexicon.is_listed(sentence.tokens, &words, "works-for");
        let noun = sentence.noun(at + 2).filter(|_| is_behind)?;
        sentence.names_in(noun).into_iter().find(|found| self.targets.contains(&found.country))
    }
}
