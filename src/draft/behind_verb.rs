//! What stands behind a verb: objects, prepositional phrases and dates.

use crate::rulebook::DraftingClass;

use super::clauses::{Clause, ClauseReader, REACH};
use super::phrases::Chunk;
use super::units::Tag;

impl ClauseReader<'_> {
    pub(super) fn read_right(&self, clause: &mut Clause) {
        let mut at = self.at + 1;
        let limit = self.at + REACH;
        let mut after_preposition = false;
        while let Some(chunk) = self.chunks.get(at).filter(|_| at < limit) {
            match chunk {
                Chunk::Adverb(_) | Chunk::Negation | Chunk::Quote => at += 1,
                Chunk::Date(date) => {
                    // `a pipe of 1975`: the date of the pipe.
                    let is_of_noun = date.is_of && self.is_noun(at - 1);
                    clause.dates.extend(Some(date.clone()).filter(|_| !is_of_noun));
                    at += 1;
                }
                Chunk::Noun(_) => {
                    let (nouns, end) = self.list(at);
                    if after_preposition || self.begins_clause(at) && (!clause.objects.is_empty() || self.group.is_passive) {
                        return;
                    }
                    if self.begins_clause(*nouns.last().unwrap_or(&at)) && self.says() {
                        // `says Iran has supplied`
                        return;
                    }
                    if clause.objects.is_empty() {
                        clause.objects = nouns;
                    } else if clause.recipient.is_none() && clause.objects.len() == 1 {
                        clause.recipient = clause.objects.first().copied();
                        clause.objects = nouns;
                    } else {
                        return;
                    }
                    at = end;
                }
                Chunk::Preposition(word) => {
                    let mut next = at + 1;
                    while matches!(self.chunks.get(next), Some(Chunk::Adverb(_) | Chunk::Quote)) {
                        next += 1;
                    }
                    match self.chunks.get(next) {
                        Some(Chunk::Noun(_)) => {
                            let (nouns, end) = self.list(next);
                            // `with papers from the Comoros`
                            // But `carried suitcases with cash from Tripoli to Beijing`
                            let goes_on =
                                word == "from" && matches!(self.chunks.get(end), Some(Chunk::Preposition(word)) if word == "to");
                            let is_behind_with = clause.places.iter().any(|(word, _)| word == "with");
                            if !is_behind_with || goes_on || !matches!(word.as_str(), "from" | "of") {
                                clause.places.push((word.clone(), nouns));
                            }
                            after_preposition = true;
                            at = end;
                        }
                        // `passed them on to`
                        Some(Chunk::Date(_) | Chunk::Preposition(_)) => at = next,
                        _ => return,
                    }
                }
                // `on Tuesday (9 May 2017)`, `the tanker Chong Rim 7 (IMO 8611999) alongside`
                Chunk::Parenthesis => match self.closing_of(at) {
                    Some(closing) => {
                        let inside = self.chunks.get(at + 1..closing).unwrap_or_default();
                        if let [Chunk::Date(date)] = inside
                            && !clause.dates.is_empty()
                        {
                            clause.dates.push(date.clone());
                        }
                        at = closing + 1;
                    }
                    None => return,
                },
                // `, and on the 14th a missile was fired`
                Chunk::Comma | Chunk::Conjunction(_)
                    if matches!(self.chunks.get(at + 1), Some(Chunk::Date(_)))
                        && self.is_noun(at + 2)
                        && self.begins_clause(at + 2) =>
                {
                    return;
                }
                // `from A and then to B`, `to A, by sea`
                Chunk::Comma | Chunk::Conjunction(_)
                    if matches!(self.chunks.get(at + 1), Some(Chunk::Preposition(_) | Chunk::Date(_)))
                        || (matches!(self.chunks.get(at + 1), Some(Chunk::Conjunction(_) | Chunk::Adverb(_)))
                            && matches!(self.chunks.get(at + 2), Some(Chunk::Preposition(_)))) =>
                {
                    at += 1;
                }
                // `laptops, several of them to China`
                Chunk::Comma if self.part(at).is_some() => at = self.part(at).unwrap_or(at + 1),
                Chunk::Comma if self.apposition(at).is_some() => at = self.apposition(at).unwrap_or(at + 1),
                Chunk::Comma if self.said_aside(at).is_some() => at = self.said_aside(at).unwrap_or(at + 1),
                _ => return,
            }
        }
    }

    /// The closing parenthesis of one that opens at a place and holds no verb.
    fn closing_of(&self, opening: usize) -> Option<usize> {
        let closing = (opening + 1..opening + 7).find(|at| matches!(self.chunks.get(*at), Some(Chunk::Parenthesis)))?;
        let has_verb = self.chunks.get(opening..closing)?.iter().any(|chunk| matches!(chunk, Chunk::Verb(_)));
        (!has_verb).then_some(closing)
    }

    /// The preposition behind a part of what was named before: `, some of it to`.
    pub(super) fn part(&self, comma: usize) -> Option<usize> {
        let noun = self.noun(comma + 1)?;
        let is_part =
            self.units.get(noun.head).is_some_and(|head| matches!(head.tag, Tag::Number | Tag::Determiner | Tag::Quantifier))
                || noun.units.len() == 1;
        let end = self.end_of(comma + 1);
        (is_part && end > comma + 2 && matches!(self.chunks.get(end), Some(Chunk::Preposition(_)))).then_some(end)
    }

    /// The end of a noun phrase between commas, if one begins at a comma.
    pub(super) fn apposition(&self, comma: usize) -> Option<usize> {
        if !self.is_noun(comma + 1) || self.begins_clause(comma + 1) {
            return None;
        }
        let mut at = self.end_of(comma + 1);
        for _ in 0..8 {
            match self.chunks.get(at)? {
                Chunk::Comma => return Some(at + 1),
                Chunk::Preposition(_) | Chunk::Noun(_) | Chunk::Date(_) | Chunk::Adverb(_) => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// The preposition behind a relative clause between commas: `the lathes, which had been made in Shenyang, to Pyongyang`.
    fn said_aside(&self, comma: usize) -> Option<usize> {
        if !matches!(self.chunks.get(comma + 1), Some(Chunk::Relative(_))) {
            return None;
        }
        let closing =
            (comma + 2..comma + 16).find(|at| matches!(self.chunks.get(*at), Some(Chunk::Comma | Chunk::Stop) | None))?;
        let goes_on = matches!(self.chunks.get(closing), Some(Chunk::Comma))
            && matches!(self.chunks.get(closing + 1), Some(Chunk::Preposition(word)) if matches!(word.as_str(), "to" | "from" | "into" | "by"));
        goes_on.then_some(closing + 1)
    }

    pub(super) fn says(&self) -> bool {
        matches!(
            self.group.governs(),
            DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies | DraftingClass::Plans
        )
    }
}
