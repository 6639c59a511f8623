//! Where goods are from, as an article has said before.

use super::event::{How, Side};
use super::memory::{Memory, singular};
use super::sentence::Parsed;

/// How many sentences before an act may say where its goods are from.
const NEAR_ORIGIN: usize = 2;

impl Memory {
    /// Keeps which goods were made in a State under measures: `anoraks that were sewn in North Korea`.
    pub(super) fn learn_makers(&mut self, sentence: &Parsed<'_>) {
        for clause in sentence.clauses.iter().filter(|clause| clause.is_passive) {
            let makes = sentence
                .group(clause.verb)
                .is_some_and(|group| !group.is_negated && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "makes"));
            if !makes {
                continue;
            }
            let places = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "by" | "near"));
            let place = places.flat_map(|(_, nouns)| nouns).find_map(|noun| self.named(sentence, *noun));
            let Some(place) = place.filter(|place| self.targets.contains(&place.country)) else { continue };
            // `21,000 tonnes of anthracite through that had been mined`
            let before = clause.verb.checked_sub(1).and_then(|_| {
                (0..clause.verb)
                    .rev()
                    .find_map(|at| sentence.clauses.iter().find(|other| other.objects.contains(&at)).map(|_| at))
            });
            let made = clause.subject.iter().copied().chain(before.filter(|_| clause.subject.is_empty()));
            for noun in made.flat_map(|noun| [Some(noun), sentence.of(noun)]).flatten().collect::<Vec<usize>>() {
                let Some(phrase) = sentence.noun(noun).filter(|noun| !noun.is_pronoun) else { continue };
                self.origins.insert(singular(&sentence.head(phrase)), (self.reading, place.clone()));
            }
        }
    }

    /// The State that goods of a name were said to be from; where that was said just before, the words name it.
    pub(super) fn origin(&self, head: &str) -> Option<Side> {
        let (at, side) = self.origins.get(&singular(head))?;
        let how = if at + NEAR_ORIGIN >= self.reading { How::Named } else { How::Inferred };
        Some(Side { how, ..side.clone() })
    }
}
