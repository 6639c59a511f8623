//! Sides of an act by what the clauses beside it say: where goods had come from, on whose behalf, whose ship fetched them.

use crate::facts::Term;
use crate::rulebook::Frame;

use super::acts::{ActReader, Spot};
use super::clauses::{Clause, Link};
use super::elsewhere::is_there;
use super::event::{How, Side};
use super::lexicon::Act;
use super::memory::Memory;
use super::roles::{self, Roles};
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The States of both sides by all that the sentence says, and the one that goods pass through on behalf of another.
    pub(super) fn both_sides(
        &self,
        spot: &Spot<'_>,
        act: Act,
        (frame, activity): (Frame, Term),
        roles: &mut Roles,
    ) -> (Option<Side>, Option<Side>, Option<Side>) {
        let Spot { sentence, clause, memory, .. } = *spot;
        let shared = match clause.link {
            Link::Coordinated(other) => sentence.clauses.get(other),
            _ => None,
        };
        if frame == Frame::Robs && act.frame == Frame::Moves {
            roles.taker.clone_from(&roles.carrier);
        }
        let (mut from, mut to) = self.sides(sentence, clause, frame, activity, roles, memory);
        if frame == Frame::Robs {
            self.rob(sentence, &mut from, &mut to);
        }
        let frame = if activity == self.terms.theft { Frame::Robs } else { frame };
        // `was smuggled from A to B and sold on to C`
        if let (None, Some(shared), true) = (&from, shared.filter(|_| frame != Frame::Does), clause.is_passive)
            && let Some(act) = sentence.group(shared.verb).and_then(|group| group.act())
        {
            let roles = roles::roles(sentence, shared, act.frame);
            from = roles
                .giver
                .iter()
                .find_map(|noun| memory.side(sentence, *noun))
                .filter(|side| Some(side.country) != to.as_ref().map(|to| to.country));
        }
        // `came back to Dandong and were shipped to Felixstowe`: from where they had come.
        if let Some(shared) = shared
            && clause.is_passive
            && matches!(frame, Frame::Gives | Frame::Moves)
            && !sentence.group(clause.verb).is_some_and(|group| self.lexicon.is_listed(sentence.tokens, &group.tokens, "unloads"))
            && from.as_ref().is_none_or(|from| from.how < How::Named)
            && sentence.group(shared.verb).and_then(|group| group.act()).is_some_and(|act| act.frame == Frame::Arrives)
        {
            let went = shared.places.iter().filter(|(word, _)| matches!(word.as_str(), "to" | "back to" | "into"));
            let went = went.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun));
            from = went.filter(|went| to.as_ref().is_some_and(|to| to.country != went.country)).or(from);
        }
        // `to Hong Kong and then to Tehran`: what is between is passed through.
        let mut through = None;
        if matches!(frame, Frame::Gives | Frame::Moves | Frame::Arrives)
            && to.as_ref().is_some_and(|to| !self.targets.contains(&to.country))
        {
            let ways = clause.places.iter().filter(|(word, nouns)| word == "to" && nouns.first() > Some(&clause.verb));
            let last = ways.skip(1).flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun));
            if let Some(last) = last.filter(|last| self.targets.contains(&last.country)) {
                through = to.replace(last);
                from = from.filter(|from| to.as_ref().is_none_or(|to| to.country != from.country));
            }
        }
        // `engines of North Korea's air force were shipped home`
        let is_home = || {
            let end = sentence.group(clause.verb).map_or(0, |group| group.tokens.end);
            sentence.tokens.get(end).is_some_and(|token| token.lower == "home")
        };
        if to.is_none()
            && clause.is_passive
            && matches!(frame, Frame::Gives | Frame::Moves)
            && from.as_ref().is_some_and(|from| self.targets.contains(&from.country))
            && is_home()
        {
            to = from.take();
        }
        // `Wagner has 2,000 men there`
        if to.is_none() && activity == self.terms.deployment && is_there(sentence, clause) {
            to = memory.place.clone().filter(|place| from.as_ref().is_none_or(|from| from.country != place.country));
        }
        // `visited Damascus and brought valves with them`, `tied up in Tripoli and unloaded tanks`
        let unloads =
            || sentence.group(clause.verb).is_some_and(|group| self.lexicon.is_listed(sentence.tokens, &group.tokens, "unloads"));
        if to.is_none()
            && matches!(frame, Frame::Gives | Frame::Moves)
            && let Some(shared) = shared
            && (unloads()
                || sentence
                    .group(shared.verb)
                    .and_then(|group| group.act())
                    .is_some_and(|act| matches!(act.frame, Frame::Meets | Frame::Arrives | Frame::Calls)))
        {
            let behind = |nouns: &[usize]| nouns.first().is_some_and(|noun| *noun > shared.verb);
            let places = shared.places.iter().filter(|(word, _)| matches!(word.as_str(), "to" | "in" | "at" | "into"));
            let places = places.filter(|(_, nouns)| behind(nouns));
            let places = shared.recipient.iter().chain(&shared.objects).chain(places.flat_map(|(_, nouns)| nouns));
            to = places.filter_map(|noun| memory.named(sentence, *noun)).next();
            to = to.filter(|to| from.as_ref().is_none_or(|from| from.country != to.country));
            // `The Lucky Star, flagged in Panama, met a North Korean tanker and transferred diesel.`
            let flag = |noun: &usize| {
                let name = sentence.noun(*noun).and_then(|noun| sentence.proper_name(noun))?;
                memory.flag(&sentence.lower(&name))
            };
            let meets = shared.recipient.iter().chain(&shared.objects).any(|noun| self.is_of_ship(sentence, &[*noun], memory));
            if from.is_none() && meets {
                from =
                    clause.subject.iter().find_map(flag).filter(|from| to.as_ref().is_some_and(|to| to.country != from.country));
            }
        }
        // `vessels of A unloaded coal in B`
        if frame == Frame::Moves {
            let carrier = roles
                .carrier
                .iter()
                .find_map(|noun| memory.side(sentence, *noun))
                .filter(|side| self.targets.contains(&side.country));
            from = from.or(carrier.filter(|side| to.as_ref().is_some_and(|to| to.country != side.country)));
        }
        if to.is_none() && matches!(frame, Frame::Gives | Frame::Moves) {
            to = self
                .user(sentence, clause, roles, memory)
                .filter(|user| from.as_ref().is_none_or(|from| from.country != user.country));
        }
        if matches!(frame, Frame::Gives | Frame::Moves)
            && let Some(side) = self.on_behalf(sentence, clause, to.as_ref(), memory)
        {
            through = to.replace(side);
        }
        if let Some(shared) = shared
            && matches!(frame, Frame::Arrives | Frame::Leaves | Frame::Moves)
            && let Some((place, home)) = self.fetches(sentence, clause, shared, memory)
        {
            (from, to) = (Some(place), home.or_else(|| to.take()));
            to = to.filter(|to| from.as_ref().is_some_and(|from| from.country != to.country));
        }
        (from, to, through)
    }

    /// Where a ship was and whose it is that leaves with a load: `barges of A anchored off a port of B and left with sand`.
    fn fetches(&self, sentence: &Parsed<'_>, clause: &Clause, shared: &Clause, memory: &Memory) -> Option<(Side, Option<Side>)> {
        let group = sentence.group(clause.verb).filter(|group| !group.is_negated && !group.is_passive)?;
        let leaves = self.lexicon.is_listed(sentence.tokens, &group.tokens, "leaves-with");
        let is_ship = |noun: &&usize| sentence.noun(**noun).is_some_and(|noun| self.is_vehicle(sentence, noun));
        let subject = shared.subject.iter().find(is_ship).filter(|_| leaves && !shared.is_passive)?;
        let with = clause.places.iter().any(|(word, _)| word == "with");
        let has_load = with && !self.load(sentence, clause).is_empty();
        // `barges from Shandong`: whose they are stands beside them.
        let beside = sentence.beside(*subject);
        let home = memory.named(sentence, *subject).or_else(|| beside.and_then(|noun| memory.named(sentence, noun)));
        let places =
            shared.places.iter().filter(|(word, _)| matches!(word.as_str(), "off" | "at" | "in" | "to" | "into" | "near"));
        let places = places.flat_map(|(_, nouns)| nouns).filter(|noun| **noun > shared.verb);
        // `in the bay of Haeju`
        let named = |noun: &usize| memory.named(sentence, *noun).or_else(|| memory.named(sentence, sentence.of(*noun)?));
        let place = shared.objects.iter().chain(places).find_map(named).filter(|_| has_load)?;
        let is_own = home.as_ref().is_some_and(|home| home.country == place.country);
        (!is_own).then_some((place, home))
    }
}
