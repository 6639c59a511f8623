//! Goods that are seen or used somewhere: they have come there.

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::event::ThemeKind;
use super::lexicon::NameKind;
use super::memory::Memory;
use super::sentence::Parsed;
use crate::rulebook::Frame;

impl ActReader<'_> {
    /// Goods of one State that another uses: `North Korean shells that Russia's gunners fire`.
    pub(super) fn is_use(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns).copied();
        let (users, nouns) = match clause.is_passive {
            true => (by.collect(), &clause.subject),
            false => (clause.subject.clone(), &clause.objects),
        };
        let origin = nouns.iter().find_map(|noun| {
            let thing = sentence.noun(*noun)?;
            let is_load = self.is_goods(sentence, thing) && self.kind(sentence, thing) == ThemeKind::Goods;
            let own = sentence.names_in(thing).into_iter().find(|found| found.kind == NameKind::Adjective);
            own.filter(|_| is_load && clause.recipient.is_none()).map(|found| found.country)
        });
        let user = users.iter().find_map(|noun| memory.named(sentence, *noun)).map(|side| side.country);
        let is_told = !group.is_negated && !group.is_infinitive && group.modal.is_none();
        is_told
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "uses")
            && origin.zip(user).is_some_and(|(origin, user)| origin != user && self.targets.contains(&origin))
    }

    /// Goods of one State that are seen in another: `pictures show Russian air defences at Sirte`.
    pub(super) fn is_sighting(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
        let is_of_state = |noun: &usize| {
            sentence
                .noun(*noun)
                .is_some_and(|thing| self.is_goods(sentence, thing) && self.kind(sentence, thing) == ThemeKind::Goods)
                && sentence.origin(*noun).is_some()
        };
        let in_place = clause.places.iter().any(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at" | "near" | "on")
                && nouns
                    .iter()
                    .filter(|noun| **noun > clause.verb)
                    .filter_map(|noun| sentence.noun(*noun))
                    .any(|noun| !sentence.names_in(noun).is_empty())
        });
        !group.is_negated
            && group.modal.is_none()
            && !group.is_infinitive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "sights")
            && (nouns.iter().any(is_of_state) || self.handed_on(sentence, clause).is_some())
            && in_place
    }

    /// To whom goods were given that are seen somewhere later: `were sold to a Chinese dealer and later seen at Masikryong`.
    pub(super) fn handed_on(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<usize> {
        let Link::Coordinated(other) = clause.link else { return None };
        let group = sentence.group(clause.verb).filter(|_| clause.is_passive)?;
        let other = sentence.clauses.get(other).filter(|other| other.is_passive && other.subject == clause.subject)?;
        let gives = sentence.group(other.verb)?.act().is_some_and(|act| act.frame == Frame::Gives);
        let sights = self.lexicon.is_listed(sentence.tokens, &group.tokens, "sights");
        let mut to = other.places.iter().filter(|(word, _)| word == "to").flat_map(|(_, nouns)| nouns);
        to.next().copied().filter(|_| gives && sights)
    }
}
