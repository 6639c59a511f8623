//! People of one State who are in another, without a verb of an act.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::Clause;
use super::event::Event;
use super::memory::Memory;
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::status::status;

impl ActReader<'_> {
    /// People of one State who are in another: `4,000 Rwandan soldiers are in North Kivu`.
    pub(super) fn stationed(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        position: usize,
        clause: &Clause,
        memory: &Memory,
    ) -> Option<Event> {
        let group = sentence.group(clause.verb)?;
        if group.verb.is_some() && group.governs() != DraftingClass::Verb || group.is_have {
            return None;
        }
        let subject = *clause.subject.first()?;
        // `a thousand members of the Wagner company are in Mali`
        let of_force = || {
            let of = sentence.of(subject).and_then(|of| sentence.noun(of));
            [sentence.noun(subject), of]
                .into_iter()
                .flatten()
                .any(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "forces"))
        };
        // `650 of them were still at work in Lusail`
        let is_them = || {
            let of = sentence.of(subject).and_then(|of| sentence.noun(of)).is_some_and(|of| sentence.head(of) == "them");
            let is_they = sentence.noun(subject).is_some_and(|noun| sentence.head(noun) == "they");
            (of || is_they) && memory.people.is_some()
        };
        let is_at_work = self.lexicon.is_listed(sentence.tokens, &sentence.range, "at-work")
            && (self.are_workers(sentence, &[subject]) || is_them());
        let activity = if is_at_work {
            Some(self.terms.employment)
        } else if of_force() {
            Some(self.terms.deployment)
        } else {
            self.special(sentence, subject)
        }?;
        if ![self.terms.deployment, self.terms.employment, self.terms.military_training].contains(&activity) {
            return None;
        }
        // `south of Tripoli`
        let is_beyond =
            |noun: &usize| noun.checked_sub(2).is_some_and(|at| matches!(sentence.chunks.get(at), Some(Chunk::Adverb(_))));
        let places = clause.places.iter().filter(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at" | "inside" | "on" | "into" | "to" | "near" | "around")
                || word == "of" && nouns.first().is_some_and(is_beyond)
        });
        let to = places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))?;
        let from = memory.side(sentence, sentence.of(subject).unwrap_or(subject)).or_else(|| memory.side(sentence, subject))?;
        if from.country == to.country {
            return None;
        }
        let found = status(sentence, position).ok()?;
        if sentence.is_quoted(&group.tokens) {
            return None;
        }
        Some(Event {
            from: Some(from),
            to: Some(to),
            themes: self.themes(sentence, subject),
            date: self.date(sentence, position),
            ..Event::new(self.article, number, activity, Frame::Works, group.tokens.clone(), found)
        })
    }
}
