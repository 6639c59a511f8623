//! Carriers that a sentence says were stopped on their way with their load, in whatever order it says so.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::REACH;
use super::event::{Event, How, Side, Theme, ThemeKind};
use super::memory::{Memory, singular};
use super::phrases::{Chunk, VerbGroup};
use super::sentence::Parsed;
use super::status::{Stage, status};

/// The most things that one load names.
const MOST_THINGS: usize = 12;

/// A clause that says that a carrier was stopped.
struct Stop {
    /// Its position in its sentence.
    clause: usize,
    verb: usize,
    /// The lorry, ship or traveller.
    carrier: usize,
    by: Option<Side>,
    /// Where it was, of one that goes by land.
    place: Option<Side>,
}

/// What was stopped, and on what way.
struct Load {
    themes: Vec<Theme>,
    from: Option<Side>,
    to: Option<Side>,
}

impl ActReader<'_> {
    /// Makes an attempt of the carriage of goods that a sentence says was stopped: `a truck carrying 60 rifles was stopped near Birao`.
    pub(super) fn stop_loads(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        memory: &Memory,
        before: usize,
        events: &mut Vec<Event>,
    ) {
        let Some(stop) = self.stop(sentence, memory) else { return };
        let (Ok(found), Some(group)) = (status(sentence, stop.clause), sentence.group(stop.verb)) else { return };
        if found.stage == Stage::Planned || self.lexicon.is_listed(sentence.tokens, &sentence.range, "lets-go") {
            return;
        }
        let load = self.load_on_the_way(sentence, &stop, memory);
        if load.themes.is_empty() {
            return;
        }
        let is_open = |event: &Event| event.from.is_none() && event.to.is_none();
        let moves = |event: &Event| {
            matches!(event.frame, Frame::Moves | Frame::Gives | Frame::Arrives | Frame::Leaves)
                && self.rulebook.vocabulary.is_a(event.activity, self.terms.supply)
                && event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods)
        };
        // `impounded a truck with cartridges`: the truck is no load.
        let carrier = sentence.noun(stop.carrier).map_or(0..0, |noun| noun.tokens.clone());
        let is_carrier = |event: &Event| {
            event.themes.iter().all(|theme| carrier.start <= theme.tokens.start && theme.tokens.end <= carrier.end)
        };
        let is_on_the_way =
            |event: &Event| ["carries", "destines"].iter().any(|list| self.lexicon.is_listed(sentence.tokens, &event.act, list));
        let own = events.get(before..).unwrap_or_default();
        let known = own.iter().position(|event| {
            moves(event) && !is_carrier(event) && (event.seizure.is_some() || event.status.stage == Stage::Attempted)
        });
        let known = known.or_else(|| own.iter().position(|event| moves(event) && !is_carrier(event) && is_on_the_way(event)));
        let seizure = Some((group.tokens.clone(), stop.by));
        let event = match known.filter(|at| before + at < events.len()) {
            Some(at) => events.remove(before + at),
            None => Event::new(self.article, number, self.terms.supply, Frame::Moves, group.tokens.clone(), found),
        };
        let mut event = Event {
            seizure: event.seizure.clone().or(seizure),
            from: event.from.clone().or(load.from),
            to: event.to.clone().or(load.to),
            themes: if event.themes.is_empty() { load.themes } else { event.themes.clone() },
            date: event.date.clone().or_else(|| self.date(sentence, stop.clause)),
            stop: stop.place,
            ..event
        };
        event.status.stage = Stage::Attempted;
        if event.from.as_ref().map(|side| side.country) == event.to.as_ref().map(|side| side.country) {
            event.to = None;
        }
        // The stop is told with the load, and by nothing else.
        let mut rest = events.split_off(before.min(events.len()));
        rest.retain(|other| moves(other) && !is_open(other) && !is_carrier(other) || other.seizure.is_none());
        events.append(&mut rest);
        if known.is_some() || !is_open(&event) {
            events.push(event);
        }
    }

    fn stop(&self, sentence: &Parsed<'_>, memory: &Memory) -> Option<Stop> {
        sentence.clauses.iter().enumerate().find_map(|(position, clause)| {
            let group = sentence.group(clause.verb)?;
            let listed = |list: &str| self.lexicon.is_listed(sentence.tokens, &group.tokens, list);
            let stops = ["halts", "catches", "turns-away"].into_iter().any(listed) || group.governs() == DraftingClass::Seizes;
            if !stops || group.is_negated || group.modal.is_some() || group.is_infinitive {
                return None;
            }
            let is_traveller =
                |noun: usize| sentence.noun(noun).is_some_and(|own| self.lexicon.is_word_of(&sentence.head(own), "travellers"));
            let is_vehicle = |noun: usize| sentence.noun(noun).is_some_and(|noun| self.is_vehicle(sentence, noun));
            let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
            let carrier = nouns.iter().copied().find(|noun| is_vehicle(*noun) || is_traveller(*noun));
            // `A truck carrying rifles from Sudan was stopped`
            let before =
                || (clause.verb.saturating_sub(REACH)..clause.verb).find(|noun| is_vehicle(*noun) || is_traveller(*noun));
            let carrier = carrier.or_else(|| before().filter(|_| clause.is_passive))?;
            let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
            let authority: Vec<usize> = if clause.is_passive { by.copied().collect() } else { clause.subject.clone() };
            let by = authority.iter().find_map(|noun| memory.named(sentence, *noun));
            let places =
                clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "near" | "on" | "outside"));
            let places = places.flat_map(|(_, nouns)| nouns).filter(|noun| **noun > clause.verb);
            let place = places.filter_map(|noun| memory.named(sentence, *noun)).next().or_else(|| by.clone());
            let is_by_land = sentence.noun(carrier).is_some_and(|noun| {
                let is_ship = |word: &str| memory.is_ship(&singular(word));
                let words = sentence.lower(&noun.tokens);
                !words.split(' ').any(|word| is_ship(word) || self.lexicon.is_word_of(word, "flies"))
                    && sentence.proper_name(noun).is_none_or(|name| memory.flag(&sentence.lower(&name)).is_none())
            });
            Some(Stop { clause: position, verb: clause.verb, carrier, by, place: place.filter(|_| is_by_land) })
        })
    }

    fn load_on_the_way(&self, sentence: &Parsed<'_>, stop: &Stop, memory: &Memory) -> Load {
        let listed = |group: &VerbGroup, list: &str| self.lexicon.is_listed(sentence.tokens, &group.tokens, list);
        let mut load = Load { themes: Vec::new(), from: None, to: None };
        // The verb that a place behind it belongs to.
        let mut verb: Option<(usize, &VerbGroup)> = None;
        for (at, chunk) in sentence.chunks.iter().enumerate() {
            let is_of_way = verb.is_none_or(|(at, group)| {
                at == stop.verb || group.verb.is_none() || listed(group, "carries") || listed(group, "destines")
            });
            let named = || memory.named(sentence, at + 1);
            let is_of_authority = || {
                at.checked_sub(1).and_then(|at| sentence.noun(at)).is_some_and(|noun| {
                    ["authorities", "officers"].iter().any(|list| self.lexicon.is_listed(sentence.tokens, &noun.tokens, list))
                })
            };
            match chunk {
                Chunk::Verb(group) => {
                    verb = Some((at, group));
                    let is_with = matches!(sentence.chunks.get(at + 1), Some(Chunk::Preposition(word)) if word == "with");
                    if listed(group, "carries") && !group.is_negated && !is_with && at != stop.verb {
                        load.themes.extend(self.things_from(sentence, at + 1));
                    }
                    if listed(group, "destines") && !group.is_negated && load.to.is_none() {
                        load.to = named().or_else(|| memory.named(sentence, at + 2));
                    }
                }
                Chunk::Preposition(word) if word == "with" => load.themes.extend(self.things_from(sentence, at + 1)),
                Chunk::Preposition(word) if matches!(word.as_str(), "from" | "out of") && is_of_way && !is_of_authority() => {
                    load.from = load.from.take().or_else(named);
                }
                Chunk::Preposition(word)
                    if matches!(word.as_str(), "to" | "into" | "for" | "towards" | "toward") && is_of_way =>
                {
                    load.to = load.to.take().or_else(named);
                }
                _ => {}
            }
        }
        load.themes.truncate(MOST_THINGS);
        load.themes.dedup_by(|a, b| a.tokens == b.tokens);
        // `a truck with Sudanese rifles`, `an Iranian truck`
        let adjective = |tokens: &std::ops::Range<usize>| {
            let noun = (0..sentence.chunks.len())
                .filter_map(|chunk| sentence.noun(chunk))
                .find(|noun| noun.tokens.start <= tokens.start && tokens.end <= noun.tokens.end)?;
            let found = sentence.names_in(noun).into_iter().next()?;
            Some(Side { country: found.country, tokens: found.tokens, how: How::Named })
        };
        load.from = load.from.or_else(|| load.themes.iter().find_map(|theme| adjective(&theme.tokens)));
        let own = || stop.place.is_some().then(|| sentence.noun(stop.carrier)).flatten().and_then(|noun| adjective(&noun.tokens));
        load.from = load.from.or_else(own);
        load
    }

    /// The goods that stand side by side from a chunk on: `40 machine guns and 12 crates of grenades`.
    fn things_from(&self, sentence: &Parsed<'_>, first: usize) -> Vec<Theme> {
        let mut found = Vec::new();
        let mut at = first;
        while let Some(noun) = sentence.noun(at).filter(|_| found.len() < MOST_THINGS) {
            let mut things = if self.is_carrier(sentence, noun) { Vec::new() } else { self.themes(sentence, at) };
            things.retain(|theme| theme.kind == ThemeKind::Goods);
            found.extend(things);
            let end = sentence.of(at).unwrap_or(at);
            if !matches!(sentence.chunks.get(end + 1), Some(Chunk::Comma | Chunk::Conjunction(_))) {
                break;
            }
            at = end + 2;
        }
        found
    }
}
