//! Sides: the States that give and take in an act, by what stands beside it.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::event::{How, Side, ThemeKind};
use super::lexicon::Meaning;
use super::memory::Memory;
use super::phrases::Chunk;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// Who robbed whom, from the other States that the sentence names: the thief is of a State under measures.
    pub(super) fn rob(&self, sentence: &Parsed<'_>, from: &mut Option<Side>, to: &mut Option<Side>) {
        let named = || {
            (0..sentence.chunks.len())
                .filter(|chunk| !self.is_speaker(sentence, *chunk))
                .filter_map(|chunk| sentence.noun(chunk))
                .flat_map(|noun| sentence.names_in(noun))
        };
        let side = |found: super::sentence::Found| Side { country: found.country, tokens: found.tokens, how: How::Named };
        if to.is_none() {
            *to = named().find(|found| self.targets.contains(&found.country)).map(side);
        }
        let thief = to.as_ref().map(|side| side.country);
        if from.as_ref().is_none_or(|side| Some(side.country) == thief) {
            *from = named().find(|found| Some(found.country) != thief).map(side);
        }
    }

    /// True for the subject of a verb of saying.
    pub(super) fn is_speaker(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        sentence.clauses.iter().any(|clause| {
            clause.subject.contains(&chunk)
                && sentence
                    .group(clause.verb)
                    .is_some_and(|group| matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes))
        })
    }

    /// `supplied Russia with shells`: the thing stands behind *with*.
    pub(super) fn swap_with(&self, sentence: &Parsed<'_>, clause: &Clause, frame: Frame, roles: &mut Roles, memory: &Memory) {
        let equips = sentence
            .group(clause.verb)
            .is_some_and(|group| self.lexicon.has(sentence.tokens, &group.tokens, Meaning::Grammar(DraftingClass::Equips)));
        if frame != Frame::Gives || !equips {
            return;
        }
        let Some((_, with)) = clause.places.iter().find(|(word, _)| word == "with") else { return };
        // `Syria's army was equipped with rockets`, but not `shipped coal with trucks`
        let is_of_goods = with.iter().any(|noun| {
            sentence.noun(*noun).is_some_and(|thing| !self.is_carrier(sentence, thing))
                && self.themes(sentence, *noun).iter().any(|theme| theme.kind == ThemeKind::Goods)
        });
        let is_person = roles.themes.first().is_some_and(|theme| {
            sentence.noun(*theme).is_some_and(|noun| {
                noun.is_pronoun
                    || sentence.units.get(noun.head).is_some_and(|unit| unit.name.is_some())
                    || (memory.named(sentence, *theme).is_some()
                        && (!self.themes(sentence, *theme).iter().any(|t| t.kind == ThemeKind::Goods) || is_of_goods))
            })
        });
        if is_person {
            roles.taker = std::mem::take(&mut roles.themes);
            roles.themes.clone_from(with);
        }
    }

    /// The States of both sides.
    pub(super) fn sides(
        &self,
        sentence: &Parsed<'_>,
        clause: &Clause,
        frame: Frame,
        activity: Term,
        roles: &Roles,
        memory: &Memory,
    ) -> (Option<Side>, Option<Side>) {
        // `told Japan that it would launch`: who says it is meant.
        let speaker = |noun: usize| {
            let Link::Governed(governor) = clause.link else { return None };
            let is_pronoun = sentence.noun(noun).is_some_and(|noun| noun.is_pronoun) && clause.subject.contains(&noun);
            let governor = sentence.clauses.get(governor).filter(|_| is_pronoun)?;
            governor.subject.iter().find_map(|subject| memory.side(sentence, *subject))
        };
        let side = |nouns: &[usize]| {
            let own = nouns.iter().filter(|noun| !self.is_speaker_of_none(sentence, clause, **noun, memory));
            own.copied().find_map(|noun| speaker(noun).or_else(|| memory.side(sentence, noun)))
        };
        let mut from = side(&roles.giver);
        // `he smuggles diamonds from Bria to Kisangani`: from there, whoever he is.
        // `ships of Togo export coal from North Korea`: under whose flag it goes it is not from.
        let is_by_ship = frame == Frame::Gives
            && !clause.is_passive
            && clause.subject.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| self.is_carrier(sentence, noun));
        if matches!(frame, Frame::Gives | Frame::Moves) && from.as_ref().is_some_and(|from| is_by_ship || from.how < How::Named) {
            // But not of `to a man from Pyongyang`.
            let is_of_other = |noun: &usize| {
                noun.checked_sub(2).is_some_and(|before| {
                    clause.places.iter().any(|(_, nouns)| nouns.contains(&before)) || clause.recipient == Some(before)
                })
            };
            let places = clause.places.iter().filter(|(word, nouns)| {
                word == "from" && nouns.first() > Some(&clause.verb) && !nouns.first().is_some_and(is_of_other)
            });
            let named = places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun));
            from = named.or(from);
        }
        // `sold to smugglers who pass part of them on to Yemen`
        let is_taker = |noun: &usize| {
            let earlier = sentence.clauses.iter().take_while(|other| other.verb < clause.verb);
            earlier.flat_map(|other| &other.places).any(|(word, nouns)| word == "to" && nouns.contains(noun))
        };
        if from.is_none()
            && matches!(frame, Frame::Gives | Frame::Moves)
            && clause.link == Link::Relative
            && !clause.is_passive
            && clause.subject.iter().any(is_taker)
        {
            from = memory.last_to.clone().map(|side| Side { how: How::Inferred, ..side });
        }
        let mut to = side(&roles.taker);
        let origin = || {
            roles.themes.iter().find_map(|theme| {
                let load = matches!(sentence.chunks.get(theme + 1), Some(Chunk::Preposition(word)) if word == "with");
                let load = if load { memory.named(sentence, theme + 2) } else { None };
                let named =
                    load.or_else(|| sentence.origin(*theme)).or_else(|| sentence.of(*theme).and_then(|of| sentence.origin(of)));
                named.map(|side| Side { how: How::Inferred.max(side.how), ..side })
            })
        };
        let known_origin = || {
            roles.themes.iter().find_map(|theme| {
                let noun = sentence.noun(sentence.of(*theme).unwrap_or(*theme))?;
                memory.origin(&sentence.head(noun))
            })
        };
        // `were bought for North Korea's leader by an Austrian`
        if frame == Frame::Gets
            && let Some(buyer) =
                clause.places.iter().filter(|(word, _)| word == "for").flat_map(|(_, nouns)| nouns).find_map(|noun| {
                    memory.named(sentence, *noun).filter(|side| to.as_ref().is_none_or(|to| to.country != side.country))
                })
        {
            from = from.or(to.take());
            to = Some(buyer);
        }
        let is_people = activity == self.terms.deployment || activity == self.terms.employment;
        // `lost 13 million euros in an attack that the FBI attributes to Lazarus`
        if activity == self.terms.theft && frame == Frame::Gives {
            to = to.filter(|to| from.as_ref().is_none_or(|from| from.country != to.country));
            self.rob(sentence, &mut from, &mut to);
        }
        match frame {
            // The people's own State sends them.
            Frame::Works | Frame::Employs | Frame::Arrives | Frame::Moves if is_people => {
                if let Some(own) = origin() {
                    from = Some(own);
                }
            }
            Frame::Trains => {
                to = origin().or_else(|| side(&roles.themes)).or(to);
            }
            Frame::Serves => {
                to = side(&roles.themes).filter(|side| from.as_ref().is_none_or(|from| from.country != side.country)).or(to);
            }
            Frame::Holds | Frame::Lets => {
                to = to.or_else(origin);
            }
            _ => {}
        }
        // `in the luggage of a North Korean diplomat`
        if frame == Frame::Moves && from.is_none() && self.is_find(sentence, clause) {
            let inside = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "inside" | "from" | "under"));
            let is_luggage = |noun: &&usize| {
                sentence.noun(**noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "luggage"))
            };
            from = inside.flat_map(|(_, nouns)| nouns).filter(is_luggage).find_map(|noun| memory.named(sentence, *noun));
            // `a secretary of the North Korean embassy was caught with gold`
            let caught = if clause.is_passive { &clause.subject } else { &clause.objects };
            from = from.or_else(|| {
                let is_halted = self.is_halted(sentence, clause);
                caught.iter().filter(|_| is_halted).find_map(|noun| memory.named(sentence, *noun))
            });
            let (start, end) = self.road_of_holder(sentence, clause, memory);
            from = from.or(start);
            to = to.or(end).filter(|to| from.as_ref().is_none_or(|from| from.country != to.country));
            if let Some(from) = from.as_ref().filter(|_| to.is_none()) {
                to = memory.home.clone().filter(|home| home.country != from.country);
            }
        }
        // `They are employed by two builders.`
        let are_they = || roles.themes.first().and_then(|noun| sentence.noun(*noun)).is_some_and(|noun| noun.is_pronoun);
        if frame == Frame::Employs && are_they() {
            from = memory.people.clone().or(from);
        }
        if matches!(frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Asks)
            && from.is_none()
            // Whose wages they are does not pay them.
            && !self.rulebook.vocabulary.is_a(activity, self.terms.funds_transfer)
        {
            // `rifles that Bulgaria sold to Uganda were passed on`: by Uganda.
            let holder = if frame == Frame::Gives { self.holder(sentence, clause, roles, memory) } else { None };
            // `milk powder that we had bought from dairies in Fribourg reached Nampo`
            let seller = self.seller(sentence, clause, roles, memory);
            from = holder.or(seller).or_else(origin).or_else(known_origin);
        }
        // `reached the resort through a middleman in Shenzhen`
        if from.is_none() && (frame == Frame::Arrives || clause.is_passive && matches!(frame, Frame::Gives | Frame::Moves)) {
            let through = clause.places.iter().filter(|(word, _)| word == "through").flat_map(|(_, nouns)| nouns);
            let is_middleman = |noun: &&usize| {
                sentence.noun(**noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "middlemen"))
            };
            from = through
                .filter(is_middleman)
                .find_map(|noun| memory.named(sentence, *noun))
                .filter(|side| to.as_ref().is_none_or(|to| to.country != side.country));
        }
        // Where it was done: `In Iran it was packed and shipped on to the Emirates`.
        let group = sentence.group(clause.verb);
        let unloads =
            frame == Frame::Moves && group.is_some_and(|group| self.lexicon.is_listed(sentence.tokens, &group.tokens, "unloads"));
        let place = || {
            // `flown to a town in Chad`
            let to = clause
                .places
                .iter()
                .position(|(word, nouns)| matches!(word.as_str(), "to" | "into") && nouns.first() > Some(&clause.verb));
            let count = to.unwrap_or(clause.places.len());
            let fronted = clause.places.iter().skip(count).filter(|(_, nouns)| nouns.first() < Some(&clause.verb));
            let places = clause.places.iter().take(count).chain(fronted);
            let places = places.filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "inside" | "near" | "off"));
            let named = places
                .flat_map(|(_, nouns)| nouns)
                .filter(|noun| frame != Frame::Arrives || !hangs_on_party(clause, **noun))
                .find_map(|noun| memory.named(sentence, *noun));
            // `are employed on five sites here`
            let is_here = || {
                let end = sentence.clauses.iter().map(|other| other.verb).filter(|verb| *verb > clause.verb).min();
                let start = sentence.group(clause.verb).map_or(sentence.range.end, |group| group.tokens.end);
                let end = end.and_then(|end| sentence.group(end)).map_or(sentence.range.end, |group| group.tokens.start);
                sentence.tokens.get(start..end).unwrap_or_default().iter().any(|token| token.lower == "here")
            };
            let home = || memory.home.as_ref().or(memory.place.as_ref()).map(|side| Side { how: How::Inferred, ..side.clone() });
            named.or_else(|| if is_here() { home() } else { None })
        };
        // `from there they were taken overland to Sanaa`
        if matches!(frame, Frame::Gives | Frame::Moves | Frame::Arrives) && from_there(sentence, clause) {
            from = memory.last_to.clone().map(|side| Side { how: How::Inferred, ..side });
        }
        let is_seized = group.is_some_and(|group| group.governs() == DraftingClass::Seizes) || self.is_find(sentence, clause);
        let is_bought = activity == self.terms.sale || activity == self.terms.fishing_rights;
        match frame {
            Frame::Does if from.is_none() => from = place().filter(|side| self.targets.contains(&side.country)),
            // Where it is unloaded it arrives.
            Frame::Moves if unloads => to = to.or_else(place),
            // Where it is seized it is not from.
            Frame::Moves if is_seized => {}
            Frame::Gives | Frame::Moves if from.is_none() => {
                from = place().filter(|place| to.as_ref().is_none_or(|to| to.country != place.country));
            }
            // Where it is bought the seller is.
            Frame::Gets if is_bought && from.is_none() => {
                from = place().filter(|place| to.as_ref().is_none_or(|to| to.country != place.country));
            }
            Frame::Gets if is_bought => {}
            // `crosses at Kasindi`
            Frame::Arrives if group.is_some_and(|group| sentence.lower(&group.tokens).contains("cross")) => {}
            Frame::Arrives | Frame::Gets | Frame::Works | Frame::Employs if to.is_none() => {
                to = place().filter(|place| from.as_ref().is_none_or(|from| from.country != place.country));
            }
            Frame::Holds | Frame::Trains if from.is_none() => from = place(),
            _ => {}
        }
        // Who is taught gets it.
        if activity == self.terms.teaching && frame == Frame::Works {
            std::mem::swap(&mut from, &mut to);
        }
        let is_distinct = |a: &Option<Side>, b: &Side| a.as_ref().is_none_or(|a| a.country != b.country);
        // The sides of one act are two: a place inside of a State is not where its own goods go.
        if let (Some(a), Some(b)) = (&from, &to)
            && a.country == b.country
            && !matches!(frame, Frame::Does)
            // `pay most of their wages to their embassy`: within one State.
            && !self.rulebook.vocabulary.is_a(activity, self.terms.funds_transfer)
        {
            let origin = origin().or_else(known_origin).filter(|side| side.country != b.country);
            if origin.is_some() && a.how < How::Named {
                from = origin;
            } else if b.how < How::Named {
                to = None;
            } else if a.how < How::Named {
                from = None;
            }
        }
        // `lent 300 men to guard wells at Bentiu`
        let place_of_task = || {
            let tasks = sentence.clauses.iter().filter(|task| {
                let is_infinitive = sentence.group(task.verb).is_some_and(|group| group.is_infinitive);
                let is_own = match &task.link {
                    Link::OfNoun(noun) => roles.themes.contains(noun),
                    Link::Governed(governor) => sentence.clauses.get(*governor).is_some_and(|own| own.verb == clause.verb),
                    _ => false,
                };
                is_infinitive && is_own
            });
            let places =
                tasks.flat_map(|task| &task.places).filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "near" | "around"));
            places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))
        };
        if to.is_none()
            && matches!(frame, Frame::Gives | Frame::Moves)
            && is_people
            && let Some(place) = place().or_else(place_of_task).filter(|place| is_distinct(&from, place))
        {
            to = Some(place);
        }
        (from, to)
    }
}

/// True if *from there* or *from where* stands before a verb and behind the verb before it.
fn from_there(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let before = sentence.clauses.iter().rev().find(|other| other.verb < clause.verb).map_or(0, |other| other.verb + 1);
    sentence.chunks.get(before..clause.verb).unwrap_or_default().windows(2).any(|chunks| match chunks {
        [Chunk::Preposition(word), Chunk::Adverb(_)] => word == "from",
        [Chunk::Preposition(word), Chunk::Subordinator(next)] => word == "from" && next == "where",
        _ => false,
    })
}

/// True for a place of a party, which is not where the act was: `came from a firm with an address in Kuala Lumpur`.
fn hangs_on_party(clause: &Clause, noun: usize) -> bool {
    let before = noun.checked_sub(2);
    before.is_some_and(|before| {
        clause.places.iter().any(|(word, nouns)| matches!(word.as_str(), "with" | "by" | "through") && nouns.contains(&before))
    })
}
