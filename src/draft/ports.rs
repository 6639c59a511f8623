//! Ships that call at ports, and ships that are not let in.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::Clause;
use super::event::Event;
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
        let refuses = matches!(group.governs(), DraftingClass::Denies | DraftingClass::Refuses | DraftingClass::Bans);
        if !refuses || group.is_negated || group.modal.is_some() || group.is_infinitive {
            return None;
        }
        let places = || clause.places.iter().flat_map(|(_, nouns)| nouns).copied();
        let recipient = clause.recipient.iter().copied();
        let nouns: Vec<usize> = clause.objects.iter().copied().chain(recipient).chain(places()).collect();
        let subject = clause.subject.iter().copied().filter(|_| clause.is_passive);
        let of_ship: Vec<usize> = nouns.iter().copied().chain(subject).collect();
        let is_entry = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "entry"))
        };
        if !nouns.iter().any(is_entry) || !self.is_of_ship(sentence, &of_ship, memory) {
            return None;
        }
        let ship = of_ship.iter().find(|noun| self.is_of_ship(sentence, &[**noun], memory))?;
        let to = memory.side(sentence, *ship);
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
        let authority: Vec<usize> = if clause.is_passive { by.copied().collect() } else { clause.subject.clone() };
        let from = authority.iter().find_map(|noun| memory.side(sentence, *noun));
        let status = Status { stage: Stage::Completed, is_alleged: false };
        Some(Event {
            from,
            to,
            date: self.date(sentence, position),
            ..Event::new(self.article, number, denial?, Frame::Calls, group.tokens.clone(), status)
        })
    }
}
