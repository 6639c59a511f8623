//! Who stands where in the act of a clause, where the words say it otherwise than its frame.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Spot};
use super::event::ThemeKind;
use super::lexicon::Act;
use super::phrases::Chunk;
use super::roles::{self, Roles};

impl ActReader<'_> {
    /// The act, who stands where in it, and whether what it pays is only said by who gets it.
    pub(super) fn act_roles(&self, spot: &Spot<'_>, act: Act) -> (Act, Roles, bool) {
        let Spot { sentence, clause, group, memory, .. } = *spot;
        // `was taken on to Sinuiju by lorry`
        let goes_on = act.frame == Frame::Gets
            && clause.is_passive
            && sentence.lower(&group.tokens).ends_with(" on")
            && clause.places.iter().any(|(word, _)| word == "to");
        // `the coal was discharged at Cam Pha`
        let is_unloaded = act.frame == Frame::Gives
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "unloads")
            && clause
                .places
                .iter()
                .any(|(word, nouns)| matches!(word.as_str(), "at" | "in" | "off") && nouns.first() > Some(&clause.verb));
        // `She had loaded at Mersin.`
        let loads = !clause.is_passive
            && clause.objects.is_empty()
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "boards")
            && clause.subject.iter().any(|noun| {
                sentence
                    .noun(*noun)
                    .is_some_and(|own| self.is_vehicle(sentence, own) || matches!(sentence.head(own).as_str(), "she" | "it"))
                    || self.is_of_ship(sentence, &[*noun], memory)
            });
        // `tonnes of coltan pass into Rwanda`: they go by themselves.
        let goes = act.frame == Frame::Gives
            && !clause.is_passive
            && clause.objects.is_empty()
            && clause.recipient.is_none()
            && clause
                .places
                .iter()
                .any(|(word, nouns)| matches!(word.as_str(), "into" | "to") && nouns.first() > Some(&clause.verb))
            && clause.subject.iter().flat_map(|noun| self.themes(sentence, *noun)).any(|theme| theme.kind == ThemeKind::Goods);
        let act = if goes { Act { activity: self.terms.supply, frame: Frame::Arrives } } else { act };
        let act = if goes_on || is_unloaded { Act { activity: self.terms.supply, frame: Frame::Moves } } else { act };
        let mut roles = roles::roles(sentence, clause, act.frame);
        if self.pays_in_kind(sentence, clause).is_some() {
            return (act, self.roles_in_kind(spot), false);
        }
        if self.thaws(sentence, clause).is_some_and(|thaw| thaw == act) {
            return (act, self.roles_of_thaw(spot), true);
        }
        if self.levies(sentence, clause).is_some_and(|levy| levy == act) {
            return (act, self.roles_of_levy(spot), true);
        }
        if act.frame == Frame::Gives && self.drops(sentence, clause, group) {
            let places = clause.places.iter().filter(|(word, nouns)| {
                matches!(word.as_str(), "at" | "near" | "over" | "on" | "in") && nouns.first() > Some(&clause.verb)
            });
            roles.taker.extend(places.flat_map(|(_, nouns)| nouns).copied());
        }
        if act.frame == Frame::Arrives && self.calls_with_load(sentence, clause, group) {
            let near = clause.places.iter().filter(|(word, nouns)| word == "near" && nouns.first() > Some(&clause.verb));
            roles.taker.extend(near.flat_map(|(_, nouns)| nouns).copied());
        }
        // `swapped emeralds of a Taliban commander for rifles`: the commander's go, the rifles come.
        if let Some(owner) = self.owner_of_bartered(sentence, clause, memory) {
            roles =
                Roles { giver: vec![owner], taker: clause.subject.clone(), themes: clause.objects.clone(), carrier: Vec::new() };
            return (act, roles, false);
        }
        // `The Ever Dawn had loaded its cargo from another ship.`
        if act.frame == Frame::Moves
            && !clause.is_passive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "boards")
            && self.is_of_ship(sentence, &clause.subject, memory)
            && roles.giver.iter().any(|noun| self.is_of_ship(sentence, &[*noun], memory))
        {
            roles.taker.extend(clause.subject.iter().copied());
        }
        // `a parcel addressed to an institute in Pyongyang was returned to the sender`
        if self.is_sent_back(sentence, clause) {
            let giver = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "to" | "back to"));
            let giver = giver.flat_map(|(_, nouns)| nouns).copied().filter(|noun| *noun > clause.verb).collect();
            let taker = self.addressees(sentence, clause);
            roles = Roles { giver, taker, themes: clause.subject.clone(), carrier: Vec::new() };
            return (Act { activity: self.terms.supply, frame: Frame::Gives }, roles, false);
        }
        // `barges went to Haeju, were filled with sand and returned to China`
        let returns = clause.is_passive
            && !group.is_passive
            && sentence.lower(&group.tokens) == "returned"
            && clause.subject.iter().any(|noun| sentence.noun(*noun).is_some_and(|own| self.is_vehicle(sentence, own)));
        let act = if returns { Act { activity: self.terms.supply, frame: Frame::Arrives } } else { act };
        if returns {
            let went = sentence.clauses.iter().filter(|other| {
                let arrives =
                    sentence.group(other.verb).and_then(|group| group.act()).is_some_and(|act| act.frame == Frame::Arrives);
                other.verb < clause.verb && other.subject == clause.subject && arrives
            });
            let giver = went.flat_map(|other| {
                let places = other.places.iter().filter(|(word, _)| matches!(word.as_str(), "to" | "in" | "at"));
                other.objects.iter().chain(places.flat_map(|(_, nouns)| nouns)).copied().collect::<Vec<usize>>()
            });
            roles = Roles { giver: giver.collect(), themes: clause.subject.clone(), taker: roles.taker, carrier: Vec::new() };
        }
        // `A firm of Singapore and a company of Pyongyang run two shops together`
        let is_joint = act.frame == Frame::Holds
            && act.activity == self.terms.joint_venture
            && self.lexicon.is_listed(sentence.tokens, &sentence.range, "jointly");
        match *roles.giver.as_slice() {
            [_, .., last] if is_joint => {
                roles.taker.insert(0, last);
                roles.giver.pop();
            }
            // `A company from Malaysia and a firm of North Korea`
            [last] if is_joint && matches!(sentence.chunks.get(last.wrapping_sub(1)), Some(Chunk::Conjunction(_))) => {
                if let Some(first) = last.checked_sub(2).filter(|first| sentence.noun(*first).is_some()) {
                    roles.taker.insert(0, last);
                    roles.giver = vec![sentence.root(first)];
                }
            }
            _ => {}
        }
        if loads && act.frame == Frame::Moves {
            let places = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "at" | "in" | "off" | "from"));
            let giver = places.flat_map(|(_, nouns)| nouns).copied().collect();
            roles = Roles { giver, themes: clause.subject.clone(), taker: roles.taker, carrier: Vec::new() };
        }
        if act.activity == self.terms.construction && group.verb.is_none() {
            let of = clause.objects.iter().filter_map(|noun| sentence.of(*noun)).collect();
            roles = Roles { giver: of, themes: clause.subject.clone(), taker: roles.taker, carrier: Vec::new() };
        }
        // `the clinic is staffed by North Koreans`
        let by: Vec<usize> =
            clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns).copied().collect();
        if act.frame == Frame::Employs && clause.is_passive && self.are_workers(sentence, &by) {
            roles = Roles { giver: by.clone(), themes: by, taker: clause.subject.clone(), carrier: Vec::new() };
        }
        self.swap_with(sentence, clause, act.frame, &mut roles, memory);
        // `pays Russian sellers for oil`
        let is_payee = act.activity == self.terms.funds_transfer
            && act.frame == Frame::Gives
            && !clause.is_passive
            && clause.recipient.is_none()
            && !self.are_workers(sentence, &roles.themes)
            && !clause.places.iter().any(|(word, _)| word == "with")
            && roles.themes.first().is_some_and(|noun| {
                memory.named(sentence, *noun).is_some()
                    && self.themes(sentence, *noun).iter().all(|theme| theme.kind != ThemeKind::Money)
            });
        if is_payee {
            roles.taker = std::mem::take(&mut roles.themes);
        }
        // `are to be repaired in North Korea`: where it is done is who does it.
        if act.activity == self.terms.maintenance && clause.is_passive && roles.giver.is_empty() {
            let places = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "at"));
            roles.giver = places.flat_map(|(_, nouns)| nouns).copied().collect();
            roles.taker.retain(|noun| !roles.giver.contains(noun));
        }
        if act.frame == Frame::Trains && self.on_course(sentence, clause) {
            let places = |words: &[&str]| -> Vec<usize> {
                clause
                    .places
                    .iter()
                    .filter(|(word, _)| words.contains(&word.as_str()))
                    .flat_map(|(_, nouns)| nouns)
                    .copied()
                    .collect()
            };
            let people = clause.subject.clone();
            roles = Roles {
                giver: places(&["by", "from", "with", "at", "in", "near"]),
                taker: people.clone(),
                themes: people,
                carrier: Vec::new(),
            };
        }
        let is_found = act.frame == Frame::Moves && self.is_find(sentence, clause);
        let is_seized = group.governs() == DraftingClass::Seizes || is_found;
        if is_seized {
            // Who seizes carries nothing, and where he is from nothing came from.
            roles.carrier.clear();
            // `was stopped with 27 kilos of gold`
            if is_found && self.is_halted(sentence, clause) {
                let with: Vec<usize> =
                    clause.places.iter().filter(|(word, _)| word == "with").flat_map(|(_, nouns)| nouns).copied().collect();
                // But not `at the border with Somalia`.
                let is_state = |noun: &usize| {
                    let head = sentence.noun(*noun).and_then(|noun| sentence.units.get(noun.head));
                    head.is_some_and(|head| head.name.is_some())
                };
                let with: Vec<usize> = with.into_iter().filter(|noun| !is_state(noun)).collect();
                roles.themes = if with.is_empty() { roles.themes } else { with };
            }
            let givers = std::mem::take(&mut roles.giver);
            let is_origin =
                |noun: &usize| (clause.is_passive || *noun > clause.verb) && !self.is_holder(sentence, &roles, *noun, memory);
            roles.giver = givers.into_iter().filter(is_origin).collect();
            // `held back carbon fibre for a workshop in Tehran`
            if roles.taker.is_empty() {
                let bound = clause.places.iter().filter(|(word, nouns)| word == "for" && nouns.first() > Some(&clause.verb));
                let bound = bound.flat_map(|(_, nouns)| nouns).copied();
                roles.taker = bound.filter(|noun| memory.named(sentence, *noun).is_some()).collect();
            }
        }
        // `shells fell into the sea`: what is fired may be what the sentence is about.
        let is_fired = |nouns: &[usize]| {
            nouns
                .iter()
                .filter_map(|noun| sentence.noun(*noun))
                .any(|noun| sentence.theme(noun, self.lexicon, &[DraftingClass::Fired]).is_some())
        };
        if act.activity == self.terms.launch && !is_fired(&roles.themes) && is_fired(&clause.subject) {
            roles.themes.clone_from(&clause.subject);
        }
        // `thieves sent 81 million dollars to accounts in Manila`
        let is_robber = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "robbers"))
        };
        let act = if matches!(act.frame, Frame::Gives | Frame::Moves | Frame::Gets)
            && !clause.is_passive
            && clause.subject.iter().any(is_robber)
            && roles.themes.iter().flat_map(|theme| self.themes(sentence, *theme)).any(|theme| theme.kind == ThemeKind::Money)
        {
            roles = Roles { giver: Vec::new(), taker: clause.subject.clone(), themes: roles.themes, carrier: Vec::new() };
            Act { activity: self.terms.theft, frame: Frame::Robs }
        } else {
            act
        };
        // `made eleven trips from Rajin to Dunai`
        if act.frame == Frame::Arrives && self.makes_trips(sentence, clause) {
            roles.taker.retain(|noun| !clause.objects.contains(noun));
        }
        // `pictures show Russian air defences at Sirte`
        if act.frame == Frame::Arrives && self.is_sighting(sentence, clause) {
            roles.themes = if clause.is_passive { clause.subject.clone() } else { clause.objects.clone() };
            roles.taker.retain(|noun| !roles.themes.contains(noun) && *noun > clause.verb);
        }
        (act, roles, is_payee)
    }
}
