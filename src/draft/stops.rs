//! Loads that authorities stop, and loads that are sent back, as sentences before or beside an act tell it.

use super::acts::{ActReader, Spot};
use super::clauses::Clause;
use super::event::Side;
use super::lexicon::NameKind;
use super::phrases::Chunk;
use super::roles::Roles;
use super::sentence::Parsed;

/// How many sentences behind one that tells of a ship or container that was stopped what was in it may be told.
const FIND_REACH: usize = 2;

/// How many sentences behind it where it was going may be told.
const ROAD_REACH: usize = 7;

impl ActReader<'_> {
    /// True for a sentence that tells of a ship, lorry or container that an authority stopped.
    pub(super) fn stops(&self, sentence: &Parsed<'_>) -> bool {
        sentence.clauses.iter().any(|clause| {
            let Some(group) = sentence.group(clause.verb) else { return false };
            if self.is_found_aboard(sentence, clause) {
                return true;
            }
            let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
            let actors: Vec<usize> = if clause.is_passive { by.copied().collect() } else { clause.subject.clone() };
            let is_authority = |noun: &usize| {
                sentence.noun(*noun).is_some_and(|noun| {
                    self.lexicon.is_listed(sentence.tokens, &noun.tokens, "authorities")
                        || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "institutions")
                        || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "officers")
                })
            };
            let listed = |list: &str| self.lexicon.is_listed(sentence.tokens, &group.tokens, list);
            let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
            let is_load = |noun: &usize| {
                sentence.noun(*noun).is_some_and(|noun| {
                    self.is_vehicle(sentence, noun) || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "holds")
                })
            };
            !group.is_negated
                && group.modal.is_none()
                && !group.is_infinitive
                && (listed("halts") && clause.is_passive
                    || (listed("halts") || listed("catches")) && actors.iter().any(is_authority))
                && nouns.iter().any(is_load)
        })
    }

    /// True for what is found shortly after a ship or container was stopped.
    pub(super) fn is_of_stop_before(&self, sentence: &Parsed<'_>) -> bool {
        sentence.since_stop.is_some_and(|since| since <= FIND_REACH)
    }

    /// True for where a load was going that was stopped before, or that was sent back.
    pub(super) fn did_not_arrive(&self, spot: &Spot<'_>) -> bool {
        let Spot { sentence, clause, group, .. } = *spot;
        let is_on_the_way = group.verb.is_none() && self.lexicon.is_listed(sentence.tokens, &sentence.range, "in-transit");
        let was_bound = self.lexicon.is_listed(sentence.tokens, &group.tokens, "destines");
        let is_stopped = sentence.since_stop.is_some_and(|since| since <= ROAD_REACH);
        is_stopped && (is_on_the_way || was_bound) || self.is_sent_back(sentence, clause)
    }

    /// True for goods that go back to who had sent them: `was returned to the sender in Hamburg`.
    pub(super) fn is_sent_back(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let is_sender =
            |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_word_of(&sentence.head(noun), "senders"));
        clause.is_passive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "sends-back")
            && clause.places.iter().any(|(word, nouns)| matches!(word.as_str(), "to" | "back to") && nouns.iter().any(is_sender))
    }

    /// True for goods that go back to the State of which they are said to be.
    pub(super) fn goes_home(&self, sentence: &Parsed<'_>, roles: &Roles, to: Option<&Side>) -> bool {
        let is_back = sentence.tokens.get(sentence.range.clone()).unwrap_or_default().iter().any(|token| token.lower == "back");
        let is_of_taker = |noun: usize| {
            sentence.noun(noun).is_some_and(|phrase| {
                let own = sentence.names_in(phrase).into_iter().find(|found| found.kind == NameKind::Adjective);
                own.is_some_and(|own| to.is_some_and(|to| to.country == own.country))
            })
        };
        let load = |noun: usize| {
            let with =
                matches!(sentence.chunks.get(noun + 1), Some(Chunk::Preposition(word)) if matches!(word.as_str(), "with" | "of"));
            with.then_some(noun + 2)
        };
        is_back && roles.themes.iter().any(|noun| is_of_taker(*noun) || load(*noun).is_some_and(is_of_taker))
    }

    /// To whom goods were addressed that a clause beside another says so of: `a parcel addressed to an institute in Pyongyang`.
    pub(super) fn addressees(&self, sentence: &Parsed<'_>, clause: &Clause) -> Vec<usize> {
        let is_of_same =
            |other: &&Clause| other.verb != clause.verb && other.subject.iter().any(|noun| clause.subject.contains(noun));
        let addresses = |other: &&Clause| {
            sentence.group(other.verb).is_some_and(|group| {
                let words = group.tokens.start..(group.tokens.end + 1).min(sentence.range.end);
                self.lexicon.is_listed(sentence.tokens, &words, "destines")
            })
        };
        let beside = sentence.clauses.iter().filter(is_of_same).filter(addresses);
        let places = beside.flat_map(|other| &other.places).filter(|(word, _)| matches!(word.as_str(), "to" | "for"));
        places.flat_map(|(_, nouns)| nouns).copied().collect()
    }
}
