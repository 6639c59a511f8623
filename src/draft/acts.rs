//! Acts: who does what to whom, by the frame of each verb and noun of an act.

use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::{DraftingClass, Frame, Rulebook};

use super::clauses::{Clause, Link};
use super::event::{Event, How, NamedParty, PartyPlace, Side, Theme, ThemeKind, Told};
use super::lexicon::{Act, Lexicon, Meaning, NameKind, VerbForm};
use super::memory::{Memory, singular};
use super::phrases::{Chunk, NounPhrase, VerbGroup};
use super::sentence::Parsed;
use super::status::{LeftOut, Stage, Status, status};
use super::units::Tag;

/// Reads the acts of sentences.
pub(super) struct ActReader<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) lexicon: &'a Lexicon,
    pub(super) terms: &'a ActTerms,
    pub(super) article: usize,
    /// The States under measures.
    pub(super) targets: &'a [Term],
}

/// The activities that are asked for by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActTerms {
    pub(super) supply: Term,
    pub(super) deployment: Term,
    pub(super) employment: Term,
    pub(super) military_training: Term,
    pub(super) launch: Term,
    pub(super) real_property: Term,
    pub(super) funds_transfer: Term,
    pub(super) technical_assistance: Term,
    pub(super) account: Term,
    pub(super) theft: Term,
    pub(super) teaching: Term,
    pub(super) bank_branch: Term,
    pub(super) joint_venture: Term,
}

impl ActTerms {
    pub(super) fn new(rulebook: &Rulebook) -> Option<Self> {
        let term = |id: &str| rulebook.vocabulary.term(Scheme::Activity, id);
        Some(Self {
            supply: term("supply")?,
            deployment: term("deployment")?,
            employment: term("employment")?,
            military_training: term("military-training")?,
            launch: term("launch")?,
            real_property: term("real-property")?,
            funds_transfer: term("funds-transfer")?,
            technical_assistance: term("technical-assistance")?,
            account: term("account")?,
            theft: term("theft")?,
            teaching: term("specialised-teaching")?,
            bank_branch: term("bank-branch")?,
            joint_venture: term("joint-venture")?,
        })
    }
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

/// Who stands where: noun phrases by position.
#[derive(Debug, Default, Clone)]
struct Roles {
    giver: Vec<usize>,
    taker: Vec<usize>,
    themes: Vec<usize>,
    carrier: Vec<usize>,
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
        for position in 0..sentence.clauses.len() {
            let Some(clause) = sentence.clauses.get(position) else { continue };
            let Some(group) = sentence.group(clause.verb) else { continue };
            let act = group.act().or_else(|| self.without_verb(sentence, clause, group));
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
                            memory.people = people.or(memory.people.take());
                        }
                        if event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods) {
                            memory.themes.clone_from(&event.themes);
                            memory.themes_sentence = number;
                        }
                        events.extend(found);
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
                if !(clause.is_passive || is_said && has_said_before && act.is_none()) {
                    memory.acted(&side, number);
                }
            }
        }
        for chunk in 0..sentence.chunks.len() {
            if !seen.contains(&chunk) {
                match self.nominal(sentence, number, chunk, memory) {
                    Ok(event) => events.extend(event),
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
        let mut roles = roles(sentence, clause, act.frame);
        self.swap_with(sentence, clause, act.frame, &mut roles, memory);
        // `wants the squid to recover`
        let asks_someone = ["want", "ask", "order", "need"].iter().any(|verb| sentence.lower(&group.tokens).contains(verb));
        if act.frame == Frame::Asks && asks_someone && self.is_of_infinitive(sentence, &roles) {
            return none;
        }
        let mut themes: Vec<Theme> = roles.themes.iter().flat_map(|theme| self.themes(sentence, *theme)).collect();
        let is_pronoun = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_pronoun);
        let is_of_before = !themes.is_empty() || memory.themes_sentence + 2 < number;
        let is_one = roles.themes.first().and_then(|theme| sentence.noun(*theme)).is_some_and(|noun| sentence.head(noun) == "it");
        let is_plural = memory.themes.first().is_some_and(|theme| sentence.lower(&theme.tokens).ends_with('s'));
        let are_pronouns = !roles.themes.is_empty() && roles.themes.iter().all(is_pronoun);
        let is_another_number = is_one && is_plural;
        if are_pronouns && !is_of_before && !is_another_number {
            themes.clone_from(&memory.themes);
        }
        // A ship that arrives or flies moves no goods by itself.
        let is_carrier = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                self.is_carrier(sentence, noun)
                    && themes.iter().all(|theme| noun.tokens.end >= theme.tokens.end && noun.tokens.start <= theme.tokens.start)
            })
        };
        if clause.subject == roles.themes && !group.is_passive && roles.themes.iter().any(is_carrier) {
            themes.clear();
        }
        let is_carriage =
            !roles.themes.is_empty() && themes.is_empty() && matches!(act.frame, Frame::Arrives | Frame::Leaves | Frame::Moves);
        let found = self.activity(sentence, act, &roles, &themes);
        let found = found.or(is_carriage.then_some((self.terms.supply, act.frame)));
        let Some((activity, frame)) = found else { return none };
        let mut found = match status(sentence, position) {
            Ok(found) => found,
            Err(why) => return Err(self.skip(sentence, clause, why, memory)),
        };
        if sentence.is_quoted(&group.tokens) {
            return Err(self.skip(sentence, clause, LeftOut::Quoted, memory));
        }
        if frame == Frame::Asks {
            found.stage = Stage::Planned;
        }
        let shared = match clause.link {
            Link::Coordinated(other) => sentence.clauses.get(other),
            _ => None,
        };
        if frame == Frame::Robs && act.frame == Frame::Moves {
            roles.taker.clone_from(&roles.carrier);
        }
        let (mut from, mut to) = self.sides(sentence, clause, frame, activity, &roles, memory);
        if frame == Frame::Robs {
            self.rob(sentence, &mut from, &mut to);
        }
        // `was smuggled from A to B and sold on to C`
        if let (None, Some(shared), true) = (&from, shared.filter(|_| frame != Frame::Does), clause.is_passive)
            && let Some(act) = sentence.group(shared.verb).and_then(|group| group.act())
        {
            let roles = self::roles(sentence, shared, act.frame);
            from = roles
                .giver
                .iter()
                .find_map(|noun| memory.side(sentence, *noun))
                .filter(|side| Some(side.country) != to.as_ref().map(|to| to.country));
        }
        // `vessels of A unloaded coal in B`
        if frame == Frame::Moves {
            let carrier = roles
                .carrier
                .iter()
                .find_map(|noun| memory.side(sentence, *noun))
                .filter(|side| self.targets.contains(&side.country));
            let unloads =
                ["unload", "offload", "discharg", "land"].iter().any(|verb| sentence.lower(&group.tokens).contains(verb));
            if unloads && to.is_none() {
                to = from.take();
            }
            from = from.or(carrier.filter(|side| to.as_ref().is_some_and(|to| to.country != side.country)));
        }
        let date = self.date(sentence, position);
        let mut event = Event {
            article: self.article,
            sentence: number,
            activity,
            frame,
            act: group.tokens.clone(),
            from,
            to,
            themes,
            date,
            status: found,
            names: Vec::new(),
            has_unknown_giver: false,
            is_carriage: false,
            is_nominal: false,
            source: None,
        };
        if event.date.as_ref().is_some_and(|_| clause.dates.iter().any(|date| date.is_since))
            && event.status.stage == Stage::Completed
            && group.is_perfect
        {
            event.status.stage = Stage::Ongoing;
        }
        event.is_carriage = is_carriage;
        event.has_unknown_giver = event.from.is_none()
            && clause.subject.iter().filter(|_| !clause.is_passive).any(|noun| self.is_of_elsewhere(sentence, *noun));
        self.add_names(sentence, &roles, &mut event);
        Ok(self.each_side(sentence, clause, event, &roles, memory))
    }

    /// An act of several States is one of each: `Turkey and the Emirates sent weapons`.
    fn each_side(&self, sentence: &Parsed<'_>, clause: &Clause, event: Event, roles: &Roles, memory: &Memory) -> Vec<Event> {
        let several = |nouns: &[usize], own: &Option<Side>| -> Vec<Side> {
            let mut sides: Vec<Side> = own.iter().cloned().collect();
            for side in nouns.iter().filter_map(|noun| memory.named(sentence, *noun)) {
                if !sides.is_empty() && sides.iter().all(|known| known.country != side.country) {
                    sides.push(side);
                }
            }
            sides
        };
        let lists = |nouns: &[usize]| {
            nouns.len() > 1
                && (clause.subject == nouns
                    || clause
                        .places
                        .iter()
                        .any(|(word, list)| list == nouns && matches!(word.as_str(), "to" | "from" | "by" | "into")))
        };
        let givers = if lists(&roles.giver) { several(&roles.giver, &event.from) } else { Vec::new() };
        let takers = if lists(&roles.taker) { several(&roles.taker, &event.to) } else { Vec::new() };
        match (givers.len(), takers.len()) {
            (2..=4, 0..=1) => givers.into_iter().map(|side| Event { from: Some(side), ..event.clone() }).collect(),
            (0..=1, 2..=4) => takers.into_iter().map(|side| Event { to: Some(side), ..event.clone() }).collect(),
            _ => vec![event],
        }
    }

    /// True for an actor that need not be where the article is written: a name, a plural. `The dealer` and `he` are.
    fn is_of_elsewhere(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        let Some(noun) = sentence.noun(chunk) else { return false };
        let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
        !noun.is_pronoun && !matches!(first.as_str(), "a" | "an" | "the" | "one" | "two" | "three")
    }

    /// The act that a form of *be* or *have* means with what stands behind it: `is after Russian help`.
    fn without_verb(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> Option<Act> {
        // `were on their way to Yemen`
        let is_on_the_way = group.verb.is_none()
            && !group.is_have
            && clause.places.iter().any(|(word, nouns)| {
                word == "on"
                    && nouns.first().and_then(|noun| sentence.noun(*noun)).is_some_and(|noun| sentence.head(noun) == "way")
            });
        if is_on_the_way {
            return Some(Act { activity: self.terms.supply, frame: Frame::Arrives });
        }
        // `has an account at a bank in Dalian`
        if group.is_have && group.verb.is_none() {
            return Some(Act { activity: self.terms.account, frame: Frame::Holds });
        }
        let is_after = group.verb.is_none()
            && !group.is_have
            && clause.objects.is_empty()
            && clause.places.iter().any(|(word, _)| word == "after");
        is_after.then_some(Act { activity: self.terms.supply, frame: Frame::Asks })
    }

    /// True if what is asked for is that someone does something.
    fn is_of_infinitive(&self, sentence: &Parsed<'_>, roles: &Roles) -> bool {
        let last = roles.themes.last().copied().unwrap_or_default();
        matches!(sentence.chunks.get(last + 1), Some(Chunk::Verb(group)) if group.is_infinitive)
    }

    /// Who robbed whom, from the other States that the sentence names: the thief is of a State under measures.
    fn rob(&self, sentence: &Parsed<'_>, from: &mut Option<Side>, to: &mut Option<Side>) {
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
    fn is_speaker(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        sentence.clauses.iter().any(|clause| {
            clause.subject.contains(&chunk)
                && sentence
                    .group(clause.verb)
                    .is_some_and(|group| matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes))
        })
    }

    /// `supplied Russia with shells`: the thing stands behind *with*.
    fn swap_with(&self, sentence: &Parsed<'_>, clause: &Clause, frame: Frame, roles: &mut Roles, memory: &Memory) {
        if !matches!(frame, Frame::Gives) {
            return;
        }
        let Some((_, with)) = clause.places.iter().find(|(word, _)| word == "with") else { return };
        let is_person = roles.themes.first().is_some_and(|theme| {
            sentence.noun(*theme).is_some_and(|noun| {
                noun.is_pronoun
                    || sentence.units.get(noun.head).is_some_and(|unit| unit.name.is_some())
                    || (memory.named(sentence, *theme).is_some()
                        && !self.themes(sentence, *theme).iter().any(|t| t.kind == ThemeKind::Goods))
            })
        });
        if is_person {
            roles.taker = std::mem::take(&mut roles.themes);
            roles.themes.clone_from(with);
        }
    }

    /// The activity and frame of an act on such themes; `None` if it is no act of interest.
    fn activity(&self, sentence: &Parsed<'_>, act: Act, roles: &Roles, themes: &[Theme]) -> Option<(Term, Frame)> {
        let head = roles.themes.iter().filter_map(|theme| sentence.noun(*theme));
        let is_movement =
            matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Asks);
        let of_class =
            |classes: &[DraftingClass]| head.clone().find_map(|noun| sentence.theme(noun, self.lexicon, classes)?.activity);
        match act.frame {
            Frame::Does if act.activity == self.terms.launch => Some((of_class(&[DraftingClass::Fired])?, act.frame)),
            Frame::Does => Some((of_class(&[DraftingClass::Made])?, act.frame)),
            _ if is_movement && act.activity == self.terms.deployment => {
                let kind = themes.iter().any(|theme| theme.kind == ThemeKind::People);
                kind.then_some((act.activity, act.frame))
            }
            _ if is_movement => {
                if themes.is_empty() {
                    return None;
                }
                let special = roles.themes.iter().find_map(|theme| self.special(sentence, *theme));
                if let Some(activity) = special {
                    let pays = self.rulebook.vocabulary.is_a(activity, self.terms.funds_transfer);
                    // Money that is received or earned, people who arrive.
                    return match act.frame {
                        // `took 600 million dollars from`
                        Frame::Moves if pays && !roles.giver.is_empty() && roles.taker.is_empty() => {
                            Some((self.terms.theft, Frame::Robs))
                        }
                        Frame::Arrives | Frame::Leaves | Frame::Moves if pays => None,
                        _ if activity == self.terms.real_property
                            || activity == self.terms.account
                            || activity == self.terms.bank_branch =>
                        {
                            None
                        }
                        _ if activity == self.terms.joint_venture || activity == self.terms.teaching => None,
                        Frame::Asks if activity == self.terms.employment => None,
                        _ => Some((activity, act.frame)),
                    };
                }
                themes
                    .iter()
                    .any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic))
                    .then_some((act.activity, act.frame))
            }
            Frame::Lets => {
                let is_property =
                    roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.real_property));
                if is_property {
                    return Some((self.terms.real_property, act.frame));
                }
                themes
                    .iter()
                    .any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic))
                    .then_some((act.activity, act.frame))
            }
            Frame::Trains => {
                let military = roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.deployment));
                Some((if military { self.terms.military_training } else { act.activity }, act.frame))
            }
            Frame::Holds => {
                let kept = roles.themes.iter().find_map(|theme| self.special(sentence, *theme))?;
                let of_bank = || {
                    sentence
                        .tokens
                        .get(sentence.range.clone())
                        .unwrap_or_default()
                        .iter()
                        .any(|token| token.lower.contains("bank"))
                };
                let is_kept = kept == self.terms.account
                    || (kept == self.terms.bank_branch && of_bank())
                    || (kept == self.terms.joint_venture && act.activity == self.terms.joint_venture);
                is_kept.then_some((kept, act.frame))
            }
            Frame::Works if act.activity == self.terms.teaching => {
                let studies = roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.teaching));
                studies.then_some((act.activity, act.frame))
            }
            Frame::Works | Frame::Employs => {
                let people = roles.themes.iter().find_map(|theme| self.special(sentence, *theme));
                // `North Korean plasterers`, `most of them`
                let is_of_nation = |noun: &NounPhrase| {
                    sentence.names_in(noun).first().is_some_and(|found| found.kind == NameKind::Adjective)
                        && sentence.head(noun).ends_with('s')
                };
                let of_nation = roles.themes.iter().any(|theme| {
                    let of = sentence.of(*theme).unwrap_or(*theme);
                    [*theme, of]
                        .into_iter()
                        .filter_map(|at| sentence.noun(at))
                        .any(|noun| is_of_nation(noun) || sentence.head(noun) == "them")
                });
                let people = people.or(of_nation.then_some(self.terms.employment));
                let activity = match people {
                    Some(activity) if activity == self.terms.deployment => self.terms.deployment,
                    _ if act.activity == self.terms.deployment => return None,
                    Some(_) => self.terms.employment,
                    None => return None,
                };
                Some((activity, act.frame))
            }
            Frame::Meets => roles.giver.iter().any(|noun| self.is_official(sentence, *noun)).then_some((act.activity, act.frame)),
            _ => Some((act.activity, act.frame)),
        }
    }

    /// True for a leader, minister or delegation.
    fn is_official(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        let Some(noun) = sentence.noun(chunk) else { return false };
        let is_source = |at: usize| {
            self.lexicon
                .at(sentence.tokens, at)
                .any(|(_, meaning)| matches!(meaning, Meaning::Source(kind) if self.rulebook.term(kind) == "member-state"))
        };
        sentence.names_in(noun).iter().any(|found| found.kind == NameKind::State) || noun.tokens.clone().any(is_source)
    }

    /// The activity of a movement of a theme, if its words say: of troops a deployment.
    fn special(&self, sentence: &Parsed<'_>, theme: usize) -> Option<Term> {
        let mut at = theme;
        for _ in 0..3 {
            let noun = sentence.noun(at)?;
            if let Some(theme) = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]) {
                return theme.activity;
            }
            // `hundreds of soldiers`
            at = sentence.of(at)?;
        }
        None
    }

    /// The themes that a noun phrase names: behind a measure what it measures.
    fn themes(&self, sentence: &Parsed<'_>, chunk: usize) -> Vec<Theme> {
        let Some(noun) = sentence.noun(chunk) else { return Vec::new() };
        let of = sentence.of(chunk).and_then(|of| sentence.noun(of));
        let theme = |noun: &NounPhrase, amount: Option<Range<usize>>| Theme {
            tokens: self.described(sentence, noun),
            amount: amount.or_else(|| amount_of(sentence, noun)),
            kind: self.kind(sentence, noun),
        };
        let own = theme(noun, None);
        // `a truck with frozen crab`, `ships carrying coal`
        if self.is_carrier(sentence, noun) {
            let load = match (sentence.chunks.get(chunk + 1), sentence.chunks.get(chunk + 2)) {
                (Some(Chunk::Preposition(word)), Some(Chunk::Noun(_))) if matches!(word.as_str(), "with" | "of") => {
                    Some(chunk + 2)
                }
                (Some(Chunk::Verb(group)), Some(Chunk::Noun(_))) if group.is_bare(&[VerbForm::Ing]) => Some(chunk + 2),
                (Some(Chunk::Verb(_)), Some(Chunk::Preposition(word))) if word == "with" => Some(chunk + 3),
                _ => None,
            };
            let mut load = load.map(|load| self.themes(sentence, load)).unwrap_or_default();
            load.retain(|load| matches!(load.kind, ThemeKind::Goods | ThemeKind::Generic));
            if !load.is_empty() {
                return load;
            }
        }
        let examples = self.examples(sentence, chunk, &theme);
        if !examples.is_empty() && !matches!(own.kind, ThemeKind::Goods) {
            return examples;
        }
        if let Some(of) = of
            && !matches!(own.kind, ThemeKind::Goods | ThemeKind::Money)
        {
            let measured = theme(of, Some(noun.tokens.clone()));
            if measured.kind != ThemeKind::Unknown {
                let mut all = vec![measured];
                // `containers of equipment and munitions`
                let mut at = sentence.of(chunk).unwrap_or(chunk) + 1;
                while matches!(sentence.chunks.get(at), Some(Chunk::Comma | Chunk::Conjunction(_))) && all.len() < 12 {
                    let Some(next) = sentence.noun(at + 1) else { break };
                    let more = theme(next, None);
                    if !matches!(more.kind, ThemeKind::Goods | ThemeKind::Generic) {
                        break;
                    }
                    all.push(more);
                    at += 2;
                }
                return all;
            }
        }
        if noun.is_pronoun { Vec::new() } else { vec![own] }
    }

    /// The words that describe a theme: of help, what it is help with.
    fn described(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> Range<usize> {
        let own = sentence.description(noun);
        let activity = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]).and_then(|theme| theme.activity);
        let at = sentence.chunks.iter().position(|chunk| matches!(chunk, Chunk::Noun(other) if other.tokens == noun.tokens));
        let object = at.and_then(|at| match sentence.chunks.get(at + 1) {
            Some(Chunk::Preposition(word)) if matches!(word.as_str(), "with" | "for" | "on" | "in") => sentence.noun(at + 2),
            _ => None,
        });
        match object.filter(|_| activity == Some(self.terms.technical_assistance)) {
            Some(object) => own.start..object.tokens.end,
            None => own,
        }
    }

    /// What is named behind *among them*, *including*, *such as*.
    fn examples(
        &self,
        sentence: &Parsed<'_>,
        chunk: usize,
        theme: &dyn Fn(&NounPhrase, Option<Range<usize>>) -> Theme,
    ) -> Vec<Theme> {
        let rest = sentence.chunks.get(chunk + 1..).unwrap_or_default();
        let opens =
            |c: &Chunk| matches!(c, Chunk::Preposition(word) if matches!(word.as_str(), "among them" | "including" | "such as"));
        let Some(start) = rest.iter().take(14).position(opens) else { return Vec::new() };
        let mut found = Vec::new();
        for c in rest.iter().skip(start + 1).take(10) {
            match c {
                Chunk::Noun(noun) => found.push(theme(noun, None)),
                Chunk::Comma | Chunk::Conjunction(_) => {}
                _ => break,
            }
        }
        found.retain(|theme| theme.kind == ThemeKind::Goods);
        found
    }

    /// True for a ship, lorry, train: what goods are carried in.
    fn is_carrier(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
        sentence.theme(noun, self.lexicon, &[DraftingClass::Carrier]).is_some()
    }

    fn kind(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> ThemeKind {
        use DraftingClass::{Generic, NotGoods};
        if let Some(theme) = sentence.theme(noun, self.lexicon, &[DraftingClass::Theme]) {
            let is = |term: Term| theme.activity.is_some_and(|activity| self.rulebook.vocabulary.is_a(activity, term));
            return match () {
                () if is(self.terms.deployment) || is(self.terms.employment) || is(self.terms.military_training) => {
                    ThemeKind::People
                }
                () if is(self.terms.funds_transfer) => ThemeKind::Money,
                () => ThemeKind::Other,
            };
        }
        if let Some(theme) = sentence.theme(noun, self.lexicon, &[Generic, NotGoods]) {
            let words = sentence.lower(&sentence.description(noun));
            return match theme.class {
                NotGoods => ThemeKind::Unknown,
                // `ballistic missile systems`, `car parts`
                _ if words.contains(' ') && self.rulebook.goods.mentions_goods(&words) => ThemeKind::Goods,
                _ => ThemeKind::Generic,
            };
        }
        let head = sentence.units.get(noun.head);
        if head.is_some_and(|unit| unit.name.is_some() || unit.tag != Tag::Noun) {
            return ThemeKind::Unknown;
        }
        let words = sentence.lower(&sentence.description(noun));
        if self.rulebook.goods.names_goods(&words) { ThemeKind::Goods } else { ThemeKind::Unknown }
    }

    /// The States of both sides.
    fn sides(
        &self,
        sentence: &Parsed<'_>,
        clause: &Clause,
        frame: Frame,
        activity: Term,
        roles: &Roles,
        memory: &Memory,
    ) -> (Option<Side>, Option<Side>) {
        let side = |nouns: &[usize]| nouns.iter().find_map(|noun| memory.side(sentence, *noun));
        let mut from = side(&roles.giver);
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
                memory.origin(&sentence.head(noun)).map(|side| Side { how: How::Inferred, ..side.clone() })
            })
        };
        let is_people = activity == self.terms.deployment || activity == self.terms.employment;
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
        if matches!(frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Asks)
            && from.is_none()
        {
            from = origin().or_else(known_origin);
        }
        // Where it was done: `In Iran it was packed and shipped on to the Emirates`.
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
            places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))
        };
        match frame {
            Frame::Gives | Frame::Moves if from.is_none() => from = place(),
            Frame::Arrives | Frame::Gets | Frame::Works | Frame::Employs if to.is_none() => to = place(),
            Frame::Holds if from.is_none() => from = place(),
            _ => {}
        }
        // Who is taught gets it.
        if activity == self.terms.teaching {
            std::mem::swap(&mut from, &mut to);
        }
        let is_distinct = |a: &Option<Side>, b: &Side| a.as_ref().is_none_or(|a| a.country != b.country);
        // The sides of one act are two: a place inside of a State is not where its own goods go.
        if let (Some(a), Some(b)) = (&from, &to)
            && a.country == b.country
            && !matches!(frame, Frame::Does)
        {
            let origin = origin().or_else(known_origin).filter(|side| side.country != b.country);
            if origin.is_some() && a.how < How::Named {
                from = origin;
            } else if b.how < How::Named {
                to = None;
            }
        }
        if to.is_none()
            && matches!(frame, Frame::Gives | Frame::Moves)
            && let Some(place) = place().filter(|place| is_distinct(&from, place))
            && is_people
        {
            to = Some(place);
        }
        (from, to)
    }

    /// The date of a clause: its own, or that of the clause that governs it or shares its subject.
    fn date(&self, sentence: &Parsed<'_>, position: usize) -> Option<Told<crate::facts::Period>> {
        let clause = sentence.clauses.get(position)?;
        let date = clause.dates.first().map(|date| Told { value: date.period, tokens: date.tokens.clone() });
        date.or_else(|| match clause.link {
            Link::Coordinated(other) => {
                let other = sentence.clauses.get(other)?;
                let is_said = sentence.group(other.verb).is_some_and(|group| group.governs() == DraftingClass::Says);
                other.dates.first().filter(|_| !is_said).map(|date| Told { value: date.period, tokens: date.tokens.clone() })
            }
            Link::Governed(other) => {
                let other = sentence.clauses.get(other)?;
                let is_said = sentence.group(other.verb).is_some_and(|group| {
                    matches!(group.governs(), DraftingClass::Says | DraftingClass::Plans | DraftingClass::Believes)
                });
                other.dates.first().filter(|_| !is_said).map(|date| Told { value: date.period, tokens: date.tokens.clone() })
            }
            _ => None,
        })
    }

    fn add_names(&self, sentence: &Parsed<'_>, roles: &Roles, event: &mut Event) {
        for (nouns, side) in
            [(&roles.giver, PartyPlace::Giver), (&roles.taker, PartyPlace::Taker), (&roles.carrier, PartyPlace::Ship)]
        {
            for noun in nouns.iter().filter_map(|noun| sentence.noun(*noun)) {
                let Some(tokens) = sentence.proper_name(noun) else { continue };
                let country = sentence.names_in(noun).first().map(|found| found.country);
                event.names.push(NamedParty { tokens, side, country });
            }
        }
    }

    /// People of one State who are in another: `4,000 Rwandan soldiers are in North Kivu`.
    fn stationed(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        position: usize,
        clause: &Clause,
        memory: &Memory,
    ) -> Option<Event> {
        let group = sentence.group(clause.verb)?;
        if group.verb.is_some() && group.governs() != DraftingClass::Verb || group.is_have {
            return None;
        }
        let subject = *clause.subject.first()?;
        let activity = self.special(sentence, subject)?;
        if activity != self.terms.deployment && activity != self.terms.employment {
            return None;
        }
        let places =
            clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "inside" | "on" | "into" | "to"));
        let to = places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))?;
        let from = memory.side(sentence, sentence.of(subject).unwrap_or(subject)).or_else(|| memory.side(sentence, subject))?;
        if from.country == to.country {
            return None;
        }
        let found = status(sentence, position).ok()?;
        if sentence.is_quoted(&group.tokens) {
            return None;
        }
        Some(Event {
            article: self.article,
            sentence: number,
            activity,
            frame: Frame::Works,
            act: group.tokens.clone(),
            from: Some(from),
            to: Some(to),
            themes: self.themes(sentence, subject),
            date: self.date(sentence, position),
            status: found,
            names: Vec::new(),
            has_unknown_giver: false,
            is_carriage: false,
            is_nominal: false,
            source: None,
        })
    }

    /// A visit or talks of a leader: `Kim's tours of weapons factories`.
    fn visit(&self, sentence: &Parsed<'_>, number: usize, chunk: usize, act: Act) -> Option<Event> {
        let noun = sentence.noun(chunk)?;
        let is_possessive = sentence.units_of(noun).iter().any(|unit| unit.tag == Tag::Possessive);
        let leader = sentence.names_in(noun).into_iter().find(|found| found.kind == NameKind::State)?;
        if !is_possessive || noun.is_negated || sentence.is_quoted(&noun.tokens) {
            return None;
        }
        let date = sentence.chunks.get(chunk + 1..)?.iter().take(4).find_map(|chunk| match chunk {
            Chunk::Date(date) => Some(Told { value: date.period, tokens: date.tokens.clone() }),
            _ => None,
        });
        Some(Event {
            article: self.article,
            sentence: number,
            activity: act.activity,
            frame: act.frame,
            act: noun.tokens.clone(),
            from: Some(Side { country: leader.country, tokens: leader.tokens, how: How::Named }),
            to: None,
            themes: Vec::new(),
            date,
            status: Status { stage: Stage::Completed, is_alleged: false },
            names: Vec::new(),
            has_unknown_giver: false,
            is_carriage: false,
            is_nominal: true,
            source: None,
        })
    }

    /// An act that a noun tells: `arms sales to Russia`, `a shipment of coal from A to B`.
    fn nominal(&self, sentence: &Parsed<'_>, number: usize, chunk: usize, memory: &Memory) -> Result<Option<Event>, Skipped> {
        let Some(noun) = sentence.noun(chunk) else { return Ok(None) };
        let Some(act) = sentence.units.get(noun.head).and_then(|unit| unit.act) else { return Ok(None) };
        if act.frame == Frame::Meets {
            return Ok(self.visit(sentence, number, chunk, act));
        }
        if act.frame == Frame::Asks || (act.frame == Frame::Holds && act.activity != self.terms.joint_venture) {
            return Ok(None);
        }
        let mut roles = Roles::default();
        // What stands behind it.
        let mut at = chunk + 1;
        let mut of = None;
        let mut date = None;
        for _ in 0..6 {
            if let Some(Chunk::Date(mention)) = sentence.chunks.get(at) {
                date = date.or(Some(Told { value: mention.period, tokens: mention.tokens.clone() }));
                at += 1;
                continue;
            }
            let (Some(Chunk::Preposition(word)), Some(_)) = (sentence.chunks.get(at), sentence.noun(at + 1)) else { break };
            match word.as_str() {
                "of" if of.is_none() => of = Some(at + 1),
                "to" | "into" | "for" => roles.taker.push(at + 1),
                "from" => roles.giver.push(at + 1),
                "by" => roles.giver.push(at + 1),
                // `between a Russian builder and Genco of North Korea`
                "between" if act.frame == Frame::Holds => {
                    roles.giver.push(at + 1);
                    let second = (at + 2..at + 9).find(|at| matches!(sentence.chunks.get(*at), Some(Chunk::Conjunction(_))));
                    roles.taker.extend(second.map(|second| second + 1));
                }
                "with" if act.frame == Frame::Holds => roles.taker.push(at + 1),
                "with" | "in" if act.frame == Frame::Serves => of = of.or(Some(at + 1)),
                _ => {}
            }
            at += 2;
            while matches!(sentence.chunks.get(at), Some(Chunk::Conjunction(_)))
                && sentence.noun(at + 1).is_some()
                && matches!(sentence.chunks.get(at + 2), Some(Chunk::Preposition(_)))
            {
                at += 2;
            }
        }
        let clause =
            sentence.clauses.iter().position(|clause| clause.objects.contains(&chunk) || clause.subject.contains(&chunk));
        // The possessor acts: `North Korea's sale of`; else the subject of the verb that it is the object of.
        let names = sentence.names_in(noun);
        let is_possessive = sentence.units_of(noun).iter().any(|unit| unit.tag == Tag::Possessive);
        let possessor = names.first().map(|found| Side { country: found.country, tokens: found.tokens.clone(), how: How::Named });
        let actor = possessor.clone().or_else(|| {
            let clause =
                clause.and_then(|position| sentence.clauses.get(position)).filter(|clause| clause.objects.contains(&chunk))?;
            let governs = sentence.group(clause.verb).map(|group| group.governs());
            (governs == Some(DraftingClass::Verb))
                .then(|| clause.subject.first().and_then(|s| memory.side(sentence, *s)))
                .flatten()
        });
        let side = |nouns: &[usize]| nouns.iter().find_map(|noun| memory.named(sentence, *noun));
        let (mut from, mut to) = (side(&roles.giver), side(&roles.taker));
        match act.frame {
            Frame::Gets => to = to.or(actor),
            Frame::Gives | Frame::Does | Frame::Trains | Frame::Serves | Frame::Holds => from = from.or(actor),
            Frame::Arrives if !is_possessive => from = from.or(actor),
            _ => {}
        }
        let is_does = act.frame == Frame::Does;
        if act.frame == Frame::Robs {
            self.rob(sentence, &mut from, &mut to);
        }
        if from.is_none() || (to.is_none() && !is_does) || (from.as_ref().map(|s| s.country) == to.as_ref().map(|s| s.country)) {
            return Ok(None);
        }
        let mut themes = of.map(|of| self.themes(sentence, of)).unwrap_or_default();
        roles.themes.extend(of);
        if themes.is_empty() {
            // `arms sales`, `coal exports`: what stands before the noun.
            let before = NounPhrase {
                units: noun.units.start..noun.head,
                head: noun.head.saturating_sub(1).max(noun.units.start),
                tokens: noun.tokens.start..sentence.units.get(noun.head).map_or(noun.tokens.end, |u| u.tokens.start),
                ..noun.clone()
            };
            if before.tokens.start < before.tokens.end {
                let kind = self.kind(sentence, &before);
                if kind != ThemeKind::Unknown {
                    themes.push(Theme { tokens: sentence.description(&before), amount: None, kind });
                }
            }
        }
        let activity = match act.frame {
            Frame::Does => {
                let noun = of.and_then(|of| sentence.noun(of)).unwrap_or(noun);
                sentence.theme(noun, self.lexicon, &[DraftingClass::Fired]).and_then(|theme| theme.activity)
            }
            Frame::Serves | Frame::Trains | Frame::Robs | Frame::Holds => Some(act.activity),
            _ => self.activity(sentence, act, &roles, &themes).map(|(activity, _)| activity),
        };
        let Some(activity) = activity else { return Ok(None) };
        if noun.is_negated || sentence.is_quoted(&noun.tokens) || is_ruled(sentence, chunk) {
            let why = if noun.is_negated { LeftOut::Negated } else { LeftOut::Rule };
            return Err(Skipped {
                tokens: noun.tokens.clone(),
                reason: why.reason(),
                why: Some(why),
                sides: from.iter().chain(&to).map(|s| s.country).collect(),
            });
        }
        let found = match clause.map(|position| (position, status(sentence, position))) {
            Some((position, Ok(found))) => {
                let governs = sentence.clauses.get(position).and_then(|c| sentence.group(c.verb)).map(|group| group.governs());
                let is_object = sentence.clauses.get(position).is_some_and(|c| c.objects.contains(&chunk));
                match governs {
                    Some(DraftingClass::Plans) if is_object => Status { stage: Stage::Planned, ..found },
                    Some(DraftingClass::Denies | DraftingClass::Bans | DraftingClass::Refuses | DraftingClass::Stops) => {
                        return Ok(None);
                    }
                    _ => found,
                }
            }
            Some((_, Err(_))) => return Ok(None),
            None => Status { stage: Stage::Completed, is_alleged: false },
        };
        let mut event = Event {
            article: self.article,
            sentence: number,
            activity,
            frame: act.frame,
            act: noun.tokens.clone(),
            from,
            to,
            themes,
            date: date.or_else(|| clause.and_then(|position| self.date(sentence, position))),
            status: found,
            names: Vec::new(),
            has_unknown_giver: false,
            is_carriage: false,
            is_nominal: true,
            source: None,
        };
        self.add_names(sentence, &roles, &mut event);
        Ok(Some(event))
    }
}

/// True if a noun stands under a ban, limit or exemption: `the ban on the sale of coal`.
fn is_ruled(sentence: &Parsed<'_>, chunk: usize) -> bool {
    let of_noun = chunk
        .checked_sub(2)
        .and_then(|at| sentence.noun(at))
        .filter(|_| matches!(sentence.chunks.get(chunk - 1), Some(Chunk::Preposition(_))));
    let is_ban = |noun: &NounPhrase| {
        sentence.units_of(noun).iter().any(|unit| matches!(unit.class, Some(DraftingClass::Ban | DraftingClass::Proof)))
    };
    of_noun.is_some_and(is_ban)
        || sentence.clauses.iter().any(|clause| {
            clause.subject.contains(&chunk)
                && sentence.group(clause.verb).is_some_and(|group| group.governs() == DraftingClass::Bans)
        })
}

/// The number, with its unit, that stands before a noun.
fn amount_of(sentence: &Parsed<'_>, noun: &NounPhrase) -> Option<Range<usize>> {
    let units = sentence.units_of(noun);
    let first = units.iter().position(|unit| matches!(unit.tag, Tag::Number | Tag::Quantifier))?;
    let last = units.iter().rposition(|unit| unit.tag == Tag::Number)?;
    let (first, last) = (units.get(first)?, units.get(last)?);
    let head = units.last()?;
    (last.tokens.end <= head.tokens.start).then_some(first.tokens.start..last.tokens.end)
}

/// Who stands where beside a verb.
fn roles(sentence: &Parsed<'_>, clause: &Clause, frame: Frame) -> Roles {
    let places = |words: &[&str]| -> Vec<usize> {
        clause.places.iter().filter(|(word, _)| words.contains(&word.as_str())).flat_map(|(_, nouns)| nouns).copied().collect()
    };
    let by = places(&["by"]);
    let (actor, themes) = match clause.is_passive {
        true => (by, if clause.subject.is_empty() { clause.objects.clone() } else { clause.subject.clone() }),
        false => (clause.subject.clone(), clause.objects.clone()),
    };
    let from = places(&["from", "out of"]);
    let to = places(&["to", "into", "towards", "toward", "onto"]);
    let mut roles = Roles::default();
    match frame {
        Frame::Gives => {
            roles.giver = actor.into_iter().chain(from).collect();
            roles.taker = clause.recipient.into_iter().chain(to).chain(places(&["for", "in"])).collect();
            roles.themes = themes;
            let is_name_first = |noun: usize| {
                sentence.noun(noun).is_some_and(|n| {
                    let units = sentence.units_of(n);
                    units.len() > 1
                        && !clause.is_passive
                        && units.first().is_some_and(|u| {
                            u.name.is_some_and(|name| matches!(name.kind, NameKind::Country | NameKind::State | NameKind::Group))
                        })
                        && units.get(1).is_some_and(|u| u.tag != Tag::Possessive)
                })
            };
            // `sold Myanmar missiles`
            if let Some(first) = roles.themes.first().copied().filter(|noun| is_name_first(*noun)) {
                roles.taker.insert(0, first);
            }
        }
        Frame::Gets => {
            roles.taker = actor.into_iter().chain(to).collect();
            roles.giver = from;
            roles.themes = themes;
        }
        Frame::Moves => {
            roles.carrier = actor;
            roles.giver = from;
            roles.taker = to;
            roles.themes = themes;
        }
        Frame::Arrives => {
            roles.themes.clone_from(&clause.subject);
            roles.giver = from;
            roles.taker = clause.objects.iter().copied().chain(to).chain(places(&["in", "at", "via", "for"])).collect();
        }
        Frame::Leaves => {
            roles.themes.clone_from(&clause.subject);
            roles.giver = themes.into_iter().chain(from).collect();
            roles.taker = to.into_iter().chain(places(&["for"])).collect();
        }
        Frame::Trains => {
            roles.giver = actor;
            roles.taker.clone_from(&themes);
            roles.themes = themes;
        }
        Frame::Serves => {
            roles.giver = actor;
            roles.taker = places(&["for", "in", "to"]);
            roles.themes = themes;
        }
        Frame::Lets => {
            roles.giver = actor;
            roles.taker = to;
            roles.themes = themes;
        }
        Frame::Does => {
            roles.giver = actor;
            roles.taker = places(&["at", "towards", "against"]);
            roles.taker.clear();
            roles.themes = themes;
        }
        Frame::Asks => {
            roles.taker = actor;
            roles.giver = from;
            roles.themes = if themes.is_empty() { places(&["for", "after"]) } else { themes };
        }
        Frame::Robs => {
            roles.taker = actor;
            roles.giver = from;
            if roles.giver.is_empty() {
                roles.giver.clone_from(&themes);
            }
            roles.themes = themes;
        }
        Frame::Works => {
            roles.themes.clone_from(&clause.subject);
            roles.giver.clone_from(&clause.subject);
            roles.taker = places(&["in", "at", "for", "on", "inside", "near"]);
        }
        Frame::Employs => {
            roles.taker = actor;
            roles.giver.clone_from(&themes);
            roles.themes = themes;
        }
        Frame::Holds => {
            roles.giver = actor;
            roles.taker = places(&["with", "for", "in", "at"]);
            roles.themes = themes;
        }
        Frame::Meets => {
            roles.giver = actor;
            roles.taker = themes.into_iter().chain(to).chain(places(&["with", "in"])).collect();
        }
    }
    roles
}

/// The last word of a theme, by which two are compared.
pub(super) fn theme_head(words: &str) -> String {
    singular(words.rsplit(' ').next().unwrap_or(words))
}
