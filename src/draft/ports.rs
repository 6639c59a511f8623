//! Ships that call at ports, and ships that are not let in.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::event::{Event, How, Side};
use super::memory::{Memory, singular};
use super::sentence::Parsed;
use super::status::{Stage, Status};

impl ActReader<'_> {
    /// True if one of the noun phrases is a ship: by its noun, or by a name of which a flag is known.
    pub(super) fn is_of_ship(&self, sentence: &Parsed<'_>, nouns: &[usize], memory: &Memory) -> bool {
        nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| {
            let words = sentence.units_of(noun).iter().any(|unit| memory.is_ship(&singular(&sentence.lower(&unit.tokens))));
            words || sentence.proper_name(noun).is_some_and(|name| memory.flag(&sentence.lower(&name)).is_some())
        })
    }

    /// A ship that is not let into a port: `denied a North Korean ship entry`, `refused port entry to the tanker`.
    pub(super) fn denied_entry(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        position: usize,
        clause: &Clause,
        denial: Option<Term>,
        memory: &Memory,
    ) -> Option<Event> {
        let group = sentence.group(clause.verb)?;
        if group.modal.is_some() || group.is_infinitive {
            return None;
        }
        let listed = |list: &str| self.lexicon.is_listed(sentence.tokens, &group.tokens, list);
        let refuses =
            !group.is_negated && matches!(group.governs(), DraftingClass::Denies | DraftingClass::Refuses | DraftingClass::Bans);
        let turns_away = !group.is_negated && clause.is_passive && listed("turns-ships-away");
        let admits = group.is_negated && listed("admits");
        let places = || clause.places.iter().flat_map(|(_, nouns)| nouns).copied();
        let recipient = clause.recipient.iter().copied();
        let nouns: Vec<usize> = clause.objects.iter().copied().chain(recipient).chain(places()).collect();
        let subject = clause.subject.iter().copied().filter(|_| clause.is_passive);
        let of_ship: Vec<usize> = nouns.iter().copied().chain(subject).collect();
        let is_entry = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "entry"))
        };
        // `was not allowed to berth`, `was not let into the port`
        let next = sentence.clauses.get(position + 1).filter(|next| next.link == Link::Governed(position));
        let enters = |next: &Clause| {
            sentence.group(next.verb).is_some_and(|group| {
                let words = group.tokens.start..(group.tokens.end + 1).min(sentence.range.end);
                group.is_infinitive && self.lexicon.is_listed(sentence.tokens, &words, "enters-port")
            })
        };
        let into = clause
            .places
            .iter()
            .any(|(word, nouns)| matches!(word.as_str(), "into" | "in") && nouns.first() > Some(&clause.verb));
        let is_denied = refuses && (nouns.iter().any(is_entry) || next.is_some_and(enters))
            || turns_away
            || admits && (into && clause.is_passive || next.is_some_and(enters));
        let is_ship = |noun: &usize| {
            self.is_of_ship(sentence, &[*noun], memory)
                || sentence.apposition(*noun).is_some_and(|aside| self.is_of_ship(sentence, &[aside], memory))
        };
        let ship = *of_ship.iter().find(|noun| is_denied && is_ship(noun))?;
        let to = memory.side(sentence, ship);
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
        let authority: Vec<usize> = if clause.is_passive { by.copied().collect() } else { clause.subject.clone() };
        let from = authority.iter().find_map(|noun| memory.side(sentence, *noun));
        // `at Haldia in India`: where the port is.
        let ports = clause.places.iter().chain(next.into_iter().flat_map(|next| &next.places));
        let ports = ports.filter(|(word, _)| matches!(word.as_str(), "at" | "in" | "into" | "to" | "from" | "off"));
        let is_ships = |side: &Side| to.as_ref().is_some_and(|to| to.country == side.country);
        let ports = ports.flat_map(|(_, nouns)| nouns).chain(next.into_iter().flat_map(|next| &next.objects));
        let port = || ports.filter(|noun| **noun > clause.verb && **noun != ship).find_map(|noun| memory.named(sentence, *noun));
        let from = from.filter(|side| !is_ships(side)).or_else(port).filter(|side| !is_ships(side));
        let home = || memory.home.clone().map(|side| Side { how: How::Supposed, ..side });
        let from = from.or_else(|| home().filter(|side| !is_ships(side)));
        let status = Status { stage: Stage::Completed, is_alleged: false };
        Some(Event {
            from,
            to,
            date: self.date(sentence, position),
            ..Event::new(self.article, number, denial?, Frame::Calls, group.tokens.clone(), status)
        })
    }
}
