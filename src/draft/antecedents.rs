//! The noun phrases before relative clauses, asides and loads that say more of them.

use crate::rulebook::{DraftingClass, Frame};

use super::clauses::{Clause, ClauseReader, Link};
use super::lexicon::NameKind;
use super::phrases::Chunk;
use super::units::Tag;

impl ClauseReader<'_> {
    pub(super) fn is_behind_of(&self, noun: usize) -> bool {
        noun.checked_sub(1).is_some_and(|at| matches!(self.chunks.get(at), Some(Chunk::Preposition(word)) if word == "of"))
    }

    /// The noun phrase whose load ends with a noun phrase at a place: `a boat with tonnes of rifles and launchers`.
    pub(super) fn root_of_load(&self, at: usize) -> Option<usize> {
        let mut first = at;
        while first > 2
            && matches!(self.chunks.get(first - 1), Some(Chunk::Conjunction(_) | Chunk::Comma))
            && self.is_noun(first - 2)
        {
            first -= 2;
        }
        if first == at {
            return None;
        }
        while first > 2
            && matches!(self.chunks.get(first - 1), Some(Chunk::Preposition(word)) if word == "of")
            && self.is_noun(first - 2)
        {
            first -= 2;
        }
        let root = first.checked_sub(2).filter(|root| self.is_noun(*root))?;
        matches!(self.chunks.get(root + 1), Some(Chunk::Preposition(word)) if word == "with").then_some(root)
    }

    /// The noun phrase that a relative clause is about which ends with a noun phrase at a place, its object.
    pub(super) fn relative_ends_at(&self, at: usize) -> Option<usize> {
        let (_, before) = self.clause_before(at)?;
        let given = before.objects.first().filter(|noun| **noun < before.subject.first().copied().unwrap_or_default());
        let about = *given.or(before.subject.first())?;
        let says = self.group(before.verb).is_some_and(|group| {
            matches!(
                group.governs(),
                DraftingClass::Says | DraftingClass::Believes | DraftingClass::Plans | DraftingClass::Denies
            )
        });
        let has_pronoun =
            self.chunks.get(about + 1..before.verb)?.iter().any(|chunk| matches!(chunk, Chunk::Relative(_) | Chunk::That));
        let is_whole =
            !self.chunks.get(about..self.at)?.iter().any(|chunk| matches!(chunk, Chunk::Comma | Chunk::Conjunction(_)));
        let is_object = (before.objects.contains(&at) || before.recipient == Some(at))
            && (self.at == at + 1 || self.group.is_finite || self.group.is_past);
        (before.link == Link::Relative
            && !before.is_passive
            && has_pronoun
            && is_whole
            && is_object
            && !says
            && about < before.verb)
            .then_some(about)
    }

    /// The noun phrase that a relative clause behind it is about: the head of what ends there.
    pub(super) fn antecedent(&self, mut at: usize) -> Option<usize> {
        for _ in 0..6 {
            match self.chunks.get(at)? {
                Chunk::Noun(_) => {
                    let is_behind_of = at > 1 && matches!(self.chunks.get(at - 1), Some(Chunk::Preposition(p)) if p == "of");
                    if is_behind_of && self.is_noun(at - 2) {
                        at -= 2;
                        continue;
                    }
                    return Some(at);
                }
                Chunk::Date(_) | Chunk::Adverb(_) | Chunk::Quote => at = at.checked_sub(1)?,
                _ => return None,
            }
        }
        None
    }

    /// The noun phrase at a place, or the one that it hangs on by *of*, if a colon or semicolon stands before it.
    pub(super) fn opens_behind_stop(&self, noun: usize) -> Option<usize> {
        let first = self.antecedent(noun)?;
        let is_behind = |at: usize| matches!(self.chunks.get(at), Some(Chunk::Stop));
        first.checked_sub(1).is_some_and(is_behind).then_some(first)
    }

    /// Makes the noun before a relative clause its object: `jets which Russia gave the Central African Republic`.
    pub(super) fn take_antecedent(&self, clause: &mut Clause, noun: usize) {
        if clause.objects.is_empty() {
            clause.objects = self.plurals_to(noun);
        } else if self.is_given_to(clause) {
            clause.recipient = clause.objects.first().copied();
            clause.objects = vec![noun];
        }
    }

    /// A noun with the plurals that are named side by side with it behind a verb: `seized 120 rifles and 18 machine guns which`.
    fn plurals_to(&self, last: usize) -> Vec<usize> {
        let is_plural = |at: usize| {
            self.noun(at).is_some_and(|noun| {
                let words = self.units.get(noun.units.clone()).unwrap_or_default();
                let head = self.units.get(noun.head);
                let is_counted = words.iter().any(|unit| unit.tag == Tag::Number || unit.tag == Tag::Quantifier);
                is_counted && head.is_some_and(|head| head.tag == Tag::Noun && head.name.is_none())
            })
        };
        let mut nouns = vec![last];
        let mut at = last;
        while let Some(before) = at.checked_sub(2).filter(|before| is_plural(*before) && is_plural(at)) {
            let is_linked = match self.chunks.get(at - 1) {
                Some(Chunk::Conjunction(word)) => word == "and" && nouns.len() == 1,
                Some(Chunk::Comma) => nouns.len() > 1,
                _ => false,
            };
            if !is_linked {
                break;
            }
            nouns.insert(0, before);
            at = before;
        }
        let is_behind_verb = at.checked_sub(1).is_some_and(|at| matches!(self.chunks.get(at), Some(Chunk::Verb(_))));
        if is_behind_verb { nouns } else { vec![last] }
    }

    /// True if the one object of a verb of giving is who gets it.
    pub(super) fn is_given_to(&self, clause: &Clause) -> bool {
        let [one] = clause.objects.as_slice() else { return false };
        let gives = self.group.act().is_some_and(|act| act.frame == Frame::Gives);
        gives
            && clause.recipient.is_none()
            && self.noun(*one).is_some_and(|noun| {
                noun.is_pronoun
                    || self.units.get(noun.head).and_then(|head| head.name).is_some_and(|name| name.kind != NameKind::Adjective)
            })
    }

    /// The noun before an aside that ends at a place: `Sidi Ould Bakrine, on the list since 2019, who crossed`.
    pub(super) fn aside_before(&self, end: usize) -> Option<usize> {
        let opening =
            (end.saturating_sub(8)..end).rev().find(|at| matches!(self.chunks.get(*at), Some(Chunk::Comma | Chunk::Stop)))?;
        let is_aside = matches!(self.chunks.get(opening), Some(Chunk::Comma))
            && matches!(self.chunks.get(opening + 1), Some(Chunk::Preposition(word)) if word != "of");
        let has_verb = self.chunks.get(opening..=end)?.iter().any(|chunk| matches!(chunk, Chunk::Verb(_)));
        opening.checked_sub(1).filter(|before| is_aside && !has_verb && self.is_noun(*before))
    }

    /// The noun phrase before what stands between two commas, the second of them at a place.
    pub(super) fn parenthesis_before(&self, comma: usize, limit: usize) -> Option<usize> {
        let opening = (limit..comma).rev().find(|at| matches!(self.chunks.get(*at), Some(Chunk::Comma | Chunk::Stop)))?;
        let first = self.chunks.get(opening + 1)?;
        let is_said_aside = matches!(
            first,
            Chunk::Noun(_) | Chunk::Relative(_) | Chunk::Verb(_) | Chunk::Preposition(_) | Chunk::Date(_) | Chunk::Adverb(_)
        );
        let before = opening.checked_sub(1)?;
        (is_said_aside && matches!(self.chunks.get(opening), Some(Chunk::Comma)) && self.is_noun(before)).then_some(before)
    }
}
