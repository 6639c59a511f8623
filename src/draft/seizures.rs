//! Goods that an authority seizes: where they were when it did, whose hands they were in, and on what road their container was.

use crate::rulebook::Frame;

use super::acts::{ActReader, Spot};
use super::clauses::{Clause, Link};
use super::event::{How, Side};
use super::lexicon::NameKind;
use super::memory::Memory;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// Where goods were that customs or police seized on land: there they had come, if nothing is said of another place.
    pub(super) fn place_of_seizure(&self, spot: &Spot<'_>) -> Option<Side> {
        let Spot { sentence, clause, group, memory, .. } = *spot;
        let words = sentence.lower(&group.tokens);
        // What is picked up from the ground has been used there.
        if ["recover", "captur", "turn"].iter().any(|verb| words.contains(verb)) {
            return None;
        }
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns).copied();
        let authority: Vec<usize> = if clause.is_passive { by.collect() } else { clause.subject.clone() };
        let is_of_land = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "land-authorities"))
        };
        let is_unnamed = clause.is_passive && authority.is_empty() && self.is_find(sentence, clause);
        if !is_unnamed && !authority.iter().any(is_of_land) {
            return None;
        }
        let is_vehicle = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.is_vehicle(sentence, noun));
        let places = clause.places.iter().filter(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at" | "near" | "on" | "outside") && nouns.first() > Some(&clause.verb)
        });
        let place =
            places.flat_map(|(_, nouns)| nouns).filter(|noun| !is_vehicle(noun)).find_map(|noun| memory.named(sentence, *noun));
        let own = || authority.iter().filter(|noun| is_of_land(noun)).find_map(|noun| memory.side(sentence, *noun));
        place.or_else(own).map(|side| Side { how: How::Supposed, ..side })
    }

    /// True for what goods were taken from that have another origin, or that is of no State under measures: `seized North Korean clams
    /// from a Chinese trader`.
    pub(super) fn is_holder(&self, sentence: &Parsed<'_>, roles: &Roles, noun: usize, memory: &Memory) -> bool {
        let Some(own) = sentence.noun(noun) else { return false };
        let head = sentence.head(own);
        let is_person =
            ["private-parties", "travellers", "people", "hands"].iter().any(|list| self.lexicon.is_word_of(&head, list));
        let is_of_origin = roles.themes.iter().any(|theme| {
            let of = sentence.of(*theme).unwrap_or(*theme);
            [*theme, of]
                .into_iter()
                .filter_map(|at| sentence.noun(at))
                .any(|thing| sentence.names_in(thing).iter().any(|found| found.kind == NameKind::Adjective))
        });
        let is_measured = || memory.named(sentence, noun).is_some_and(|side| self.targets.contains(&side.country));
        is_person && (is_of_origin || !is_measured()) || is_of_origin && self.is_vehicle(sentence, own)
    }

    /// From where to where what held the goods was going: `in a container that had been shipped from Florida`.
    pub(super) fn road_of_holder(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> (Option<Side>, Option<Side>) {
        let inside =
            clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "on" | "aboard" | "inside" | "on board"));
        let holders: Vec<usize> = inside.flat_map(|(_, nouns)| nouns).copied().collect();
        let moves = |other: &&Clause| {
            other.verb != clause.verb
                && other.subject.iter().any(|noun| holders.contains(noun))
                && sentence.group(other.verb).is_some_and(|group| {
                    let goes = group.act().is_some_and(|act| {
                        matches!(act.frame, Frame::Gives | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Calls)
                    });
                    let words = group.tokens.start..(group.tokens.end + 1).min(sentence.range.end);
                    !group.is_negated && (goes || self.lexicon.is_listed(sentence.tokens, &words, "destines"))
                })
        };
        let roads: Vec<&Clause> = sentence.clauses.iter().filter(moves).collect();
        let named = |words: &[&str]| {
            let places = roads.iter().flat_map(|road| &road.places).filter(|(word, _)| words.contains(&word.as_str()));
            places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))
        };
        (named(&["from", "out of"]), named(&["to", "for", "into"]))
    }

    /// True for what an inspection finds a ship to carry: `was found on inspection to be carrying shell casings`.
    pub(super) fn is_found_aboard(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Link::Governed(governor) = clause.link else { return false };
        let carries = sentence.group(clause.verb).is_some_and(|group| {
            group.is_infinitive && !group.is_negated && self.lexicon.is_listed(sentence.tokens, &group.tokens, "carries")
        });
        let is_found = |other: &Clause| {
            other.is_passive
                && sentence.group(other.verb).is_some_and(|group| {
                    !group.is_negated
                        && group.modal.is_none()
                        && self.lexicon.is_listed(sentence.tokens, &group.tokens, "discovers")
                })
        };
        carries && sentence.clauses.get(governor).is_some_and(is_found)
    }

    /// True for goods that customs come upon at a port or town: `customs found Iranian engines in Port Klang`.
    pub(super) fn is_find_of_customs(&self, sentence: &Parsed<'_>, actors: &[usize], clause: &Clause) -> bool {
        let are_customs = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                self.lexicon.is_listed(sentence.tokens, &noun.tokens, "land-authorities")
                    && sentence.lower(&noun.tokens).contains("customs")
            })
        };
        let in_place = clause.places.iter().any(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at")
                && nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| {
                    sentence.names_in(noun).iter().any(|found| matches!(found.kind, NameKind::Town | NameKind::Country))
                })
        });
        actors.iter().any(are_customs) && in_place
    }
}
