//! Acts: who does what to whom, by the frame of each verb and noun of an act.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame, Rulebook};

use super::act_dates::{is_news_itself, news};
use super::act_terms::ActTerms;
use super::clauses::{Clause, Link};
use super::event::{Event, How, NamedParty, PartyPlace, Side, Theme, ThemeKind};
use super::lent::called;
use super::lexicon::{Act, Lexicon};
use super::memory::Memory;
use super::moved::Moved;
use super::phrases::{Chunk, VerbGroup};
use super::roles::{self, Roles};
use super::sentence::Parsed;
use super::ships;
use super::status::{LeftOut, Stage, status};

/// The most words of a phrase that names goods.
const LONGEST: usize = 24;

/// Reads the acts of sentences.
pub(super) struct ActReader<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) lexicon: &'a Lexicon,
    pub(super) terms: &'a ActTerms,
    pub(super) article: usize,
    /// The States under measures.
    pub(super) targets: &'a [Term],
}

/// A clause, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'s> {
    pub(super) sentence: &'s Parsed<'s>,
    /// The number of its sentence.
    pub(super) number: usize,
    /// Its position in its sentence.
    pub(super) position: usize,
    pub(super) clause: &'s Clause,
    pub(super) group: &'s VerbGroup,
    pub(super) memory: &'s Memory,
}

/// What was read and not drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Skipped {
    pub(super) tokens: Range<usize>,
    pub(super) reason: &'static str,
    pub(super) why: Option<LeftOut>,
    /// The States of the sides, as far as known: who denies is among them.
    pub(super) sides: Vec<Term>,
}

impl ActReader<'_> {
    /// The acts of a sentence.
    pub(super) fn read(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        memory: &mut Memory,
        events: &mut Vec<Event>,
        skipped: &mut Vec<Skipped>,
    ) {
        let mut seen: Vec<usize> = Vec::new();
        let before = events.len();
        let news = news(sentence);
        for position in 0..sentence.clauses.len() {
            let Some(clause) = sentence.clauses.get(position) else { continue };
            let Some(group) = sentence.group(clause.verb) else { continue };
            if let Some(event) = self.denied_entry(sentence, number, position, clause, self.terms.denial, memory) {
                events.push(event);
                continue;
            }
            let meeting = Act { activity: self.terms.ship_to_ship, frame: Frame::Alongside };
            let meeting = self.side_by_side(sentence, clause, memory).map(|_| meeting);
            let find = self.is_find(sentence, clause).then_some(Act { activity: self.terms.supply, frame: Frame::Moves });
            let course = self.on_course(sentence, clause).then_some(Act { activity: self.terms.training, frame: Frame::Trains });
            let soldiers = self.has_soldiers(sentence, clause);
            let onward = self.goes_on(sentence, clause).then_some(Act { activity: self.terms.supply, frame: Frame::Arrives });
            let held = self.holds_goods(sentence, clause).then_some(Act { activity: self.terms.supply, frame: Frame::Moves });
            let trips = self.makes_trips(sentence, clause).then_some(Act { activity: self.terms.supply, frame: Frame::Arrives });
            let sighted =
                self.is_sighting(sentence, clause).then_some(Act { activity: self.terms.supply, frame: Frame::Arrives });
            let used = self.is_use(sentence, clause, memory).then_some(Act { activity: self.terms.supply, frame: Frame::Gets });
            let act = meeting
                .or(find)
                .or(used)
                .or(held)
                .or(trips)
                .or(onward)
                .or(sighted)
                .or(course)
                .or(soldiers)
                .or_else(|| self.idiom(sentence, clause, group))
                .or_else(|| self.pays_in_kind(sentence, clause))
                .or_else(|| self.pays_workers(sentence, clause, memory))
                .or_else(|| self.act_of_orbit(clause, sentence, group))
                .or_else(|| group.act())
                .or_else(|| self.without_verb(sentence, clause, group))
                .or_else(|| self.seized(group));
            let act = act
                // `the Emirates maintain that`
                .filter(|_| {
                    let is_that = matches!(sentence.chunks.get(clause.verb + 1), Some(Chunk::That));
                    !(is_that && matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes))
                })
                .filter(|act| {
                    act.frame != Frame::Serves
                        || act.activity != self.terms.construction
                        || !self.are_workers(sentence, &clause.subject)
                })
                .filter(|act| {
                    let is_trade = matches!(act.frame, Frame::Gives | Frame::Moves | Frame::Gets);
                    let has_way = clause.places.iter().any(|(word, _)| matches!(word.as_str(), "to" | "from" | "into"));
                    !(is_trade && !has_way && self.by_hand(sentence, clause, memory).is_some())
                })
                .or_else(|| self.by_hand(sentence, clause, memory));
            if let Some(act) = act {
                match self.event(sentence, number, position, clause, act, memory) {
                    Ok(found) if !found.is_empty() => {
                        let Some(event) = found.first() else { continue };
                        seen.extend(&clause.objects);
                        if event.themes.iter().any(|theme| theme.kind == ThemeKind::People) {
                            let people = match act.frame {
                                Frame::Trains => event.to.clone(),
                                _ => event.from.clone(),
                            };
                            // People of whom no State is said are not those of before.
                            memory.people = people;
                            if memory.people.is_none() {
                                memory.actor = None;
                            }
                        }
                        if event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods) {
                            memory.themes.clone_from(&event.themes);
                            memory.themes_sentence = number;
                        }
                        memory.last_to = event.to.clone().or(memory.last_to.take());
                        let customer = event.to.clone().filter(|to| self.targets.contains(&to.country));
                        memory.customer = customer.or(memory.customer.take());
                        events.extend(found);
                    }
                    // `hold positions near Tripoli`
                    Ok(_) if matches!(act.frame, Frame::Holds | Frame::Works) => {
                        events.extend(self.stationed(sentence, number, position, clause, memory));
                    }
                    Ok(_) => {}
                    Err(skip) => skipped.push(skip),
                }
            } else if let Some(event) = self.stationed(sentence, number, position, clause, memory) {
                events.push(event);
            }
            // Who acts is whom a pronoun means next.
            if let Some(side) = clause.subject.first().and_then(|subject| memory.side(sentence, *subject)) {
                let is_said = group.governs() == DraftingClass::Says || group.governs() == DraftingClass::Believes;
                let has_said_before = memory.actor.is_some() && memory.actor_sentence + 1 >= number;
                if !(clause.is_passive || group.is_negated || is_said && has_said_before && act.is_none()) {
                    memory.acted(&side, number);
                }
            }
        }
        self.stop_loads(sentence, number, memory, before, events);
        self.drop_means(sentence, before, events);
        for event in events.iter_mut().skip(before) {
            event.news = news.filter(|_| !is_news_itself(sentence, &event.act));
        }
        let ships = ships::ships(sentence, memory);
        let is_in_return = self.is_in_return(sentence);
        for event in
            events.iter_mut().skip(before).filter(|event| !matches!(event.frame, Frame::Does | Frame::Robs | Frame::Meets))
        {
            event.ships.clone_from(&ships);
            event.is_in_return |= is_in_return;
        }
        let subjects = sentence.clauses.iter().flat_map(|clause| clause.subject.iter().chain(&clause.objects)).copied();
        let named = subjects.chain(0..sentence.chunks.len()).filter_map(|chunk| sentence.noun(chunk));
        let mut kinds = named
            .filter(|noun| noun.tokens.len() < LONGEST && !sentence.is_quoted(&noun.tokens))
            .map(|noun| (noun, self.kind(sentence, noun)));
        let goods = kinds.clone().find(|(noun, kind)| *kind == ThemeKind::Goods && self.is_goods(sentence, noun));
        let goods = goods.or_else(|| kinds.find(|(noun, kind)| *kind == ThemeKind::Money && noun.units.len() > 1));
        let goods = goods.map(|(noun, kind)| Theme { tokens: sentence.description(noun), amount: None, kind });
        memory.goods = goods.map(|goods| (number, goods)).or(memory.goods.take());
        let fired = (0..sentence.chunks.len()).find_map(|chunk| self.fired(sentence, chunk));
        memory.fired = fired.map(|fired| (number, fired)).or(memory.fired.take());
        for chunk in 0..sentence.chunks.len() {
            if !seen.contains(&chunk) {
                match self.nominal(sentence, number, chunk, memory) {
                    Ok(mut event) => {
                        if let Some(event) = &mut event {
                            event.news = news;
                        }
                        let to = event.as_ref().and_then(|event| event.to.clone());
                        memory.customer = to.filter(|to| self.targets.contains(&to.country)).or(memory.customer.take());
                        events.extend(event);
                    }
                    Err(skip) => skipped.push(skip),
                }
            }
        }
    }

    fn skip(&self, sentence: &Parsed<'_>, clause: &Clause, why: LeftOut, memory: &Memory) -> Skipped {
        let end = clause
            .objects
            .iter()
            .chain(clause.places.iter().flat_map(|(_, nouns)| nouns))
            .filter_map(|noun| sentence.noun(*noun));
        let start = clause.subject.first().and_then(|noun| sentence.noun(*noun)).map(|noun| noun.tokens.start);
        let verb = sentence.group(clause.verb).map_or(0..0, |group| group.tokens.clone());
        let end = end.map(|noun| noun.tokens.end).max().unwrap_or(verb.end).max(verb.end);
        let nouns = clause.subject.iter().chain(&clause.objects).chain(clause.places.iter().flat_map(|(_, nouns)| nouns));
        let sides = nouns.filter_map(|noun| memory.side(sentence, *noun)).map(|side| side.country).collect();
        Skipped { tokens: start.unwrap_or(verb.start).min(verb.start)..end, reason: why.reason(), why: Some(why), sides }
    }

    /// The act of a clause.
    fn event(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        position: usize,
        clause: &Clause,
        act: Act,
        memory: &Memory,
    ) -> Result<Vec<Event>, Skipped> {
        let none = Ok(Vec::new());
        let Some(group) = sentence.group(clause.verb) else { return none };
        // `registered in Belize`, `flagged in Togo` say of a ship whose it is.
        let is_of_flag = act.activity == self.terms.flagging || act.activity == self.terms.vessel_registration;
        if is_of_flag && !group.is_finite && !group.is_passive && !group.is_infinitive && clause.objects.is_empty() {
            return none;
        }
        if act.frame == Frame::Alongside {
            return self
                .alongside(sentence, number, &group.tokens, Some(position), act, memory)
                .map(|event| event.into_iter().collect());
        }
        // `ran crates of rifles from Yemen to a beach`
        let has_place = |words: &[&str]| clause.places.iter().any(|(word, _)| words.contains(&word.as_str()));
        let is_run = act.frame == Frame::Holds && has_place(&["from"]) && has_place(&["to", "into"]);
        let act = if is_run { Act { activity: self.terms.supply, frame: Frame::Moves } } else { act };
        // `taught them to fight`
        if act.activity == self.terms.deployment && act.frame == Frame::Works && group.is_infinitive {
            return none;
        }
        let spot = Spot { sentence, number, position, clause, group, memory };
        let (act, mut roles, is_payee) = self.act_roles(&spot, act);
        let is_seized = group.governs() == DraftingClass::Seizes || act.frame == Frame::Moves && self.is_find(sentence, clause);
        // `wants the squid to recover`
        let asks_someone = ["want", "ask", "order", "need"].iter().any(|verb| sentence.lower(&group.tokens).contains(verb));
        if act.frame == Frame::Asks && asks_someone && self.is_of_infinitive(sentence, &roles) {
            return none;
        }
        let Moved { themes, are_pronouns, is_carriage } = self.moved(&spot, act, &roles, is_seized);
        if self.tells_none(&spot, act, &roles, &themes) {
            return none;
        }
        let mut themes = self.traded(&spot, act, &roles, themes);
        // `they have been launched`, `what was tested was a cruise missile`
        let fired = (act.activity == self.terms.launch
            && (are_pronouns || roles.themes.is_empty() || self.is_what(sentence, &roles)))
        .then(|| self.fired_beside(sentence, &roles, clause.verb).or_else(|| memory.fired_before(number)))
        .flatten();
        if let Some((theme, _)) = &fired {
            themes = vec![theme.clone()];
        }
        let travel = self.travel(sentence, number, clause, act, memory);
        let found = match (travel, self.job(sentence, clause, act.frame, &mut roles)) {
            (Some(travel), _) => Some((travel, Frame::Meets)),
            (None, Some(frame)) => Some((self.terms.employment, frame)),
            (None, None) if act.frame == Frame::Calls => {
                let is_ship = !clause.is_passive && self.is_of_ship(sentence, &clause.subject, memory);
                is_ship.then_some((self.terms.port_call, act.frame))
            }
            (None, None) => self.activity(sentence, act, &roles, &themes, &sentence.lower(&group.tokens)),
        };
        if travel.is_some() {
            themes.clear();
            roles = roles::roles(sentence, clause, Frame::Meets);
            roles.taker.retain(|noun| !clause.subject.contains(noun));
        }
        let found = found.or(fired.map(|(_, activity)| (activity, act.frame)));
        let found = found.or(is_carriage.then_some((self.terms.supply, act.frame)));
        let found = found.or(is_payee.then_some((act.activity, act.frame)));
        let found = if Some(act.activity) == self.terms.thaw { Some((act.activity, act.frame)) } else { found };
        let found = found.or_else(|| self.work_of_known(&spot, act, &roles));
        let Some((activity, frame)) = found else { return none };
        let mut found = match status(sentence, position) {
            Ok(found) => found,
            Err(why) => return Err(self.skip(sentence, clause, why, memory)),
        };
        if frame == Frame::Asks || Some(activity) == self.terms.offer && found.stage != Stage::Planned {
            found.stage = Stage::Planned;
        }
        // `was offered for sale; the sale did not proceed`
        if found.stage == Stage::Planned && self.lexicon.is_listed(sentence.tokens, &sentence.range, "not-proceeded") {
            return Err(self.skip(sentence, clause, LeftOut::Refused, memory));
        }
        if is_seized || self.was_stopped(&spot) && found.stage > Stage::Attempted {
            found.stage = Stage::Attempted;
        }
        let (mut from, to, through) = self.both_sides(&spot, act, (frame, activity), &mut roles);
        let to = to.or_else(|| self.bartered_with(sentence, clause, from.as_ref()));
        self.taxed(&spot, activity, &mut from, to.as_ref());
        let seats = self.seats_of_accounts(sentence, &roles, to.as_ref());
        let frame = if activity == self.terms.theft { Frame::Robs } else { frame };
        // `sent a ship with North Korean coal back to Nampo`: it goes to where it is from.
        if matches!(frame, Frame::Gives | Frame::Moves)
            && self.rulebook.vocabulary.is_a(activity, self.terms.supply)
            && self.goes_home(sentence, &roles, to.as_ref())
        {
            return none;
        }
        // What a speaker says is reported if he names both sides; who says it is no more than that.
        if sentence.is_quoted(&group.tokens) {
            let is_named = |side: &Option<Side>| side.as_ref().is_some_and(|side| side.how == How::Named);
            let moves = matches!(frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Trains);
            let is_told = moves
                && is_named(&from)
                && is_named(&to)
                && found.stage != Stage::Planned
                && themes.iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::People));
            if !is_told {
                return Err(self.skip(sentence, clause, LeftOut::Quoted, memory));
            }
            found.is_alleged = true;
        }
        // What papers call it is not what it is.
        if self.lexicon.is_listed(sentence.tokens, &sentence.range, "declared")
            && !is_seized
            && matches!(frame, Frame::Moves | Frame::Gives)
        {
            themes.clear();
        }
        let date = self.date(sentence, position).or_else(|| self.date_of_theme(sentence, frame));
        let mut event =
            Event { from, to, themes, date, ..Event::new(self.article, number, activity, frame, group.tokens.clone(), found) };
        if event.date.as_ref().is_some_and(|_| clause.dates.iter().any(|date| date.is_since))
            && event.status.stage == Stage::Completed
            && group.is_perfect
        {
            event.status.stage = Stage::Ongoing;
        }
        event.is_carriage = is_carriage;
        event.is_in_return = self.pays_in_kind(sentence, clause).is_some();
        let is_of_act = |other: &Clause| {
            let act = sentence.group(other.verb).and_then(|group| group.act());
            let serves = |act: Act| {
                matches!(act.frame, Frame::Serves | Frame::Lets | Frame::Calls | Frame::Holds)
                    || act.frame == Frame::Gives && act.activity == self.terms.sale
            };
            other.verb < clause.verb && act.is_some_and(serves)
        };
        // But not `to a dealer, who passed them on`.
        let is_restrictive = !sentence
            .chunks
            .get(..clause.verb)
            .unwrap_or_default()
            .windows(2)
            .any(|pair| matches!(pair, [Chunk::Comma, Chunk::Relative(_)]));
        let is_on = clause.objects.last().and_then(|last| sentence.chunks.get(last + 1));
        let passes_on = matches!(is_on, Some(Chunk::Preposition(word)) if word == "on");
        event.is_aside =
            clause.link == Link::Relative && (is_restrictive || !passes_on) && sentence.clauses.iter().any(is_of_act);
        // `shipped from La Guajira`: a place is named, though not known.
        event.is_from_elsewhere = event.from.is_none()
            && clause
                .places
                .iter()
                .filter(|(word, _)| word == "from")
                .flat_map(|(_, nouns)| nouns)
                .any(|noun| sentence.noun(*noun).is_some_and(|noun| sentence.proper_name(noun).is_some()));
        if is_seized {
            let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
            let authority = if clause.is_passive { by.copied().collect() } else { clause.subject.clone() };
            event.seizure = Some((group.tokens.clone(), authority.iter().find_map(|noun| memory.named(sentence, *noun))));
            event.stop = self.place_of_seizure(&spot);
        }
        let on_the_way = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "via" | "through" | "by way of"));
        let via = on_the_way.flat_map(|(_, nouns)| nouns).filter_map(|noun| memory.named(sentence, *noun));
        let is_side = |country: Term| [&event.from, &event.to].into_iter().flatten().any(|side| side.country == country);
        let via: Vec<Side> = via.filter(|side| !is_side(side.country)).collect();
        event.via = via;
        event.via.extend(through);
        event.via.extend(seats.into_iter().filter(|_| self.rulebook.vocabulary.is_a(activity, self.terms.finance)));
        event.is_wage = self.is_wage(sentence, &event);
        event.is_of_unnamed =
            clause.subject.iter().any(|noun| self.is_speaker_of_none(sentence, clause, *noun, memory)) && !clause.is_passive;
        // `were supplied to Russia and fired at Kharkiv`: by whoever got them.
        let is_at = clause.places.iter().any(|(word, _)| matches!(word.as_str(), "at" | "against"));
        let is_of_other = is_at
            || matches!(clause.link, Link::Coordinated(other) if sentence.clauses.get(other).and_then(|c| sentence.group(c.verb)).is_some_and(|g| g.act().is_some()));
        event.has_actor = is_of_other
            || !clause.is_passive && clause.subject != roles.themes
            || clause.is_passive && clause.places.iter().any(|(word, _)| word == "by");
        self.add_names(sentence, &roles, &mut event);
        let back = self.bartered(sentence, clause, &event).or_else(|| self.licensed(sentence, &event));
        let mut found = self.each_side(sentence, clause, event, &roles, memory);
        found.extend(back);
        Ok(found)
    }

    /// True if what is asked for is that someone does something.
    fn is_of_infinitive(&self, sentence: &Parsed<'_>, roles: &Roles) -> bool {
        let last = roles.themes.last().copied().unwrap_or_default();
        matches!(sentence.chunks.get(last + 1), Some(Chunk::Verb(group)) if group.is_infinitive)
    }

    pub(super) fn add_names(&self, sentence: &Parsed<'_>, roles: &Roles, event: &mut Event) {
        for (nouns, side) in
            [(&roles.giver, PartyPlace::Giver), (&roles.taker, PartyPlace::Taker), (&roles.carrier, PartyPlace::Ship)]
        {
            for (chunk, noun) in nouns.iter().filter_map(|chunk| Some((*chunk, sentence.noun(*chunk)?))) {
                let Some(tokens) = sentence.proper_name(noun).or_else(|| called(sentence, chunk)) else { continue };
                let country = sentence.names_in(noun).first().map(|found| found.country);
                event.names.push(NamedParty { tokens, side, country });
            }
        }
    }
}
