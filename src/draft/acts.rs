//! Acts: who does what to whom, by the frame of each verb and noun of an act.

use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::{DraftingClass, Frame, Rulebook};

use super::clauses::{Clause, Link};
use super::event::{Event, How, NamedParty, PartyPlace, Side, Theme, ThemeKind, Told};
use super::lexicon::{Act, Lexicon, NameKind};
use super::memory::{Memory, singular};
use super::phrases::{Chunk, NounPhrase};
use super::sentence::Parsed;
use super::status::{LeftOut, Stage, Status, status};
use super::units::Tag;

/// Reads the acts of sentences.
pub(super) struct ActReader<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) lexicon: &'a Lexicon,
    pub(super) terms: &'a ActTerms,
    pub(super) article: usize,
    /// The State where the article is written.
    pub(super) here: Option<Side>,
}

/// The activities that are asked for by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActTerms {
    pub(super) supply: Term,
    pub(super) deployment: Term,
    pub(super) employment: Term,
    pub(super) military_training: Term,
    pub(super) training: Term,
    pub(super) launch: Term,
    pub(super) real_property: Term,
    pub(super) funds_transfer: Term,
    pub(super) technical_assistance: Term,
    pub(super) meeting: Term,
    pub(super) grant: Term,
}

impl ActTerms {
    pub(super) fn new(rulebook: &Rulebook) -> Option<Self> {
        let term = |id: &str| rulebook.vocabulary.term(Scheme::Activity, id);
        Some(Self {
            supply: term("supply")?,
            deployment: term("deployment")?,
            employment: term("employment")?,
            military_training: term("military-training")?,
            training: term("training")?,
            launch: term("launch")?,
            real_property: term("real-property")?,
            funds_transfer: term("funds-transfer")?,
            technical_assistance: term("technical-assistance")?,
            meeting: term("meeting")?,
            grant: term("grant")?,
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
            let act = group.act();
            if let Some(act) = act {
                match self.event(sentence, number, position, clause, act, memory) {
                    Ok(Some(event)) => {
                        seen.extend(&clause.objects);
                        if let Some(theme) = event.themes.iter().find(|theme| theme.kind == ThemeKind::People) {
                            let _ = theme;
                            let people = match act.frame {
                                Frame::Trains => event.to.clone(),
                                _ => event.from.clone(),
                            };
                            memory.people = people.or(memory.people.take());
                        }
                        events.push(event);
                    }
                    Ok(None) => {}
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
    ) -> Result<Option<Event>, Skipped> {
        let Some(group) = sentence.group(clause.verb) else { return Ok(None) };
        let mut roles = roles(sentence, clause, act.frame);
        self.swap_with(sentence, clause, act.frame, &mut roles, memory);
        let themes: Vec<Theme> = roles.themes.iter().flat_map(|theme| self.themes(sentence, *theme)).collect();
        let Some((activity, frame)) = self.activity(sentence, act, &roles, &themes) else { return Ok(None) };
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
        let (from, to) = self.sides(sentence, clause, frame, activity, &roles, memory);
        let date = self.date(sentence, position);
        let mut event = Event {
            article: self.article,
            paragraph: sentence.paragraph,
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
            places: Vec::new(),
            is_nominal: false,
            source: None,
        };
        if event.date.as_ref().is_some_and(|_| clause.dates.iter().any(|date| date.is_since))
            && event.status.stage == Stage::Completed
            && group.is_perfect
        {
            event.status.stage = Stage::Ongoing;
        }
        self.add_names(sentence, &roles, &mut event);
        Ok(Some(event))
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
        let is_movement = matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Asks);
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
                        Frame::Arrives | Frame::Moves if pays => None,
                        _ if activity == self.terms.real_property => None,
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
            Frame::Works | Frame::Employs => {
                let people = roles.themes.iter().find_map(|theme| self.special(sentence, *theme));
                let activity = match people {
                    Some(activity) if activity == self.terms.deployment => self.terms.deployment,
                    _ if act.activity == self.terms.deployment => return None,
                    Some(_) => self.terms.employment,
                    None => return None,
                };
                Some((activity, act.frame))
            }
            Frame::Robs => Some((act.activity, act.frame)),
            _ => Some((act.activity, act.frame)),
        }
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
            tokens: sentence.description(noun),
            amount: amount.or_else(|| amount_of(sentence, noun)),
            kind: self.kind(sentence, noun),
        };
        let own = theme(noun, None);
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
            return if theme.class == Generic { ThemeKind::Generic } else { ThemeKind::Unknown };
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
                let named =
                    memory.named(sentence, *theme).or_else(|| sentence.of(*theme).and_then(|of| memory.named(sentence, of)));
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
                to = side(&roles.themes).or(to);
            }
            Frame::Holds | Frame::Lets => {
                to = to.or_else(origin);
            }
            _ => {}
        }
        if matches!(frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives) && from.is_none() {
            from = origin().or_else(known_origin);
        }
        // Where it was done: `In Iran it was packed and shipped on to the Emirates`.
        let place = || {
            let places =
                clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "inside" | "near" | "off"));
            places.flat_map(|(_, nouns)| nouns).find_map(|noun| memory.named(sentence, *noun))
        };
        match frame {
            Frame::Gives | Frame::Moves if from.is_none() => from = place(),
            Frame::Arrives | Frame::Gets | Frame::Works | Frame::Employs if to.is_none() => to = place(),
            Frame::Holds if from.is_none() => from = place(),
            _ => {}
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
            paragraph: sentence.paragraph,
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
            places: Vec::new(),
            is_nominal: false,
            source: None,
        })
    }

    /// An act that a noun tells: `arms sales to Russia`, `a shipment of coal from A to B`.
    fn nominal(&self, sentence: &Parsed<'_>, number: usize, chunk: usize, memory: &Memory) -> Result<Option<Event>, Skipped> {
        let Some(noun) = sentence.noun(chunk) else { return Ok(None) };
        let Some(act) = sentence.units.get(noun.head).and_then(|unit| unit.act) else { return Ok(None) };
        if matches!(act.frame, Frame::Meets | Frame::Holds) {
            return Ok(None);
        }
        let mut roles = Roles::default();
        // What stands behind it.
        let mut at = chunk + 1;
        let mut of = None;
        for _ in 0..6 {
            let (Some(Chunk::Preposition(word)), Some(_)) = (sentence.chunks.get(at), sentence.noun(at + 1)) else { break };
            match word.as_str() {
                "of" if of.is_none() => of = Some(at + 1),
                "to" | "into" | "for" => roles.taker.push(at + 1),
                "from" => roles.giver.push(at + 1),
                "by" => roles.giver.push(at + 1),
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
            Frame::Gives | Frame::Does | Frame::Trains | Frame::Serves => from = from.or(actor),
            Frame::Arrives if !is_possessive => from = from.or(actor),
            _ => {}
        }
        let is_does = act.frame == Frame::Does;
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
            Frame::Serves | Frame::Trains => Some(act.activity),
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
            paragraph: sentence.paragraph,
            sentence: number,
            activity,
            frame: act.frame,
            act: noun.tokens.clone(),
            from,
            to,
            themes,
            date: clause.and_then(|position| self.date(sentence, position)),
            status: found,
            names: Vec::new(),
            places: Vec::new(),
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
    (last.tokens.end <= head.tokens.start).then(|| first.tokens.start..last.tokens.end)
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
            roles.taker = clause.objects.iter().copied().chain(to).chain(places(&["in", "at", "via"])).collect();
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
            roles.themes = if themes.is_empty() { places(&["for"]) } else { themes };
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
            roles.taker = places(&["with", "in", "at"]);
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
