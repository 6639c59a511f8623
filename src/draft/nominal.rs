//! Acts that nouns tell: *arms sales to Russia*, *a shipment of coal from A to B*.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Skipped};
use super::clauses::Clause;
use super::event::{Event, How, Side, Theme, ThemeKind, Told};
use super::lexicon::{Act, NameKind};
use super::memory::Memory;
use super::phrases::{Chunk, NounPhrase};
use super::roles::Roles;
use super::sentence::{Found, Parsed};
use super::status::{LeftOut, Stage, Status, has_listed_verb, status};
use super::supposed::is_inverted;
use super::units::Tag;

impl ActReader<'_> {
    /// A visit or talks of a leader: `Kim's tours of weapons factories`.
    pub(super) fn visit(&self, sentence: &Parsed<'_>, number: usize, chunk: usize, act: Act) -> Option<Event> {
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
            from: Some(Side { country: leader.country, tokens: leader.tokens, how: How::Named }),
            to: None,
            themes: Vec::new(),
            date,
            is_nominal: true,
            ..Event::new(
                self.article,
                number,
                act.activity,
                act.frame,
                noun.tokens.clone(),
                Status { stage: Stage::Completed, is_alleged: false },
            )
        })
    }

    /// An act that a noun tells: `arms sales to Russia`, `a shipment of coal from A to B`.
    pub(super) fn nominal(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        chunk: usize,
        memory: &Memory,
    ) -> Result<Option<Event>, Skipped> {
        let Some(noun) = sentence.noun(chunk) else { return Ok(None) };
        let Some(act) = sentence.units.get(noun.head).and_then(|unit| unit.act) else { return Ok(None) };
        // `any supply of arms`
        let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
        if matches!(first.as_str(), "any" | "every" | "each" | "such" | "further") {
            return Ok(None);
        }
        if act.frame == Frame::Meets {
            return Ok(self.visit(sentence, number, chunk, act));
        }
        if act.frame == Frame::Asks || (act.frame == Frame::Holds && act.activity != self.terms.joint_venture) {
            return Ok(None);
        }
        if act.frame == Frame::Alongside {
            if noun.is_negated || is_ruled(sentence, chunk) {
                return Ok(None);
            }
            let holds = |clause: &Clause| {
                let places = clause.places.iter().flat_map(|(_, nouns)| nouns);
                clause.subject.iter().chain(&clause.objects).chain(places).any(|noun| *noun == chunk)
            };
            let clause = sentence.clauses.iter().position(holds);
            return self.alongside(sentence, number, &noun.tokens, clause, act, memory);
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
            // `payments of the embassy, up to 80,000 dollars a month, to a militia`
            if self.is_payment_noun(act)
                && let Some(closing) = sum_aside(sentence, at)
            {
                at = closing + 1;
                continue;
            }
            let (Some(Chunk::Preposition(word)), Some(_)) = (sentence.chunks.get(at), sentence.noun(at + 1)) else { break };
            match word.as_str() {
                "of" if self.is_payment_noun(act) && memory.named(sentence, at + 1).is_some() => roles.giver.push(at + 1),
                "of" if of.is_none() => of = Some(at + 1),
                "to" | "into" | "for" => roles.taker.push(at + 1),
                "from" => roles.giver.push(at + 1),
                "by" if act.frame == Frame::Gets => roles.taker.push(at + 1),
                "by" => roles.giver.push(at + 1),
                "at" | "in" if matches!(act.frame, Frame::Moves | Frame::Arrives) => roles.taker.push(at + 1),
                // `between a Russian builder and Genco of North Korea`
                "between" => {
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
        // `an offer of copper, made to a buyer in Vladivostok`
        let is_offer = Some(act.activity) == self.terms.offer;
        if is_offer && roles.taker.is_empty() {
            let beside = sentence.clauses.iter().filter(|clause| clause.is_passive && clause.subject.contains(&chunk));
            let places = beside.flat_map(|clause| &clause.places).filter(|(word, _)| word == "to");
            roles.taker = places.flat_map(|(_, nouns)| nouns).copied().collect();
        }
        let root = sentence.root(chunk);
        let holds = |nouns: &[usize]| nouns.contains(&chunk) || nouns.contains(&root);
        let clause = sentence.clauses.iter().position(|clause| holds(&clause.objects) || holds(&clause.subject));
        let root_class = (root != chunk)
            .then(|| sentence.noun(root).and_then(|noun| sentence.units.get(noun.head)).and_then(|unit| unit.class))
            .flatten();
        // The possessor acts: `North Korea's sale of`; else the subject of the verb that it is the object of.
        let names = sentence.names_in(noun);
        let is_possessive = sentence.units_of(noun).iter().any(|unit| unit.tag == Tag::Possessive);
        // `the Tripoli government training` is no training by Tripoli.
        let is_owner = |found: &Found| {
            let units = sentence.units_of(noun);
            let behind = units.iter().find(|unit| unit.tokens.start == found.tokens.end);
            found.kind == NameKind::Adjective
                || behind.is_some_and(|unit| unit.tag == Tag::Possessive)
                || units.first().is_some_and(|unit| unit.tokens == found.tokens)
        };
        let possessor = names.iter().find(|found| is_owner(found)).map(|found| Side {
            country: found.country,
            tokens: found.tokens.clone(),
            how: How::Named,
        });
        let actor = possessor.clone().or_else(|| {
            let clause = clause
                .and_then(|position| sentence.clauses.get(position))
                .filter(|clause| clause.objects.contains(&chunk) || clause.is_passive)?;
            let governs = sentence.group(clause.verb).map(|group| group.governs());
            if clause.is_passive && clause.subject.contains(&chunk) {
                // `the theft was carried out by`
                let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns);
                return by.copied().find_map(|noun| memory.named(sentence, noun));
            }
            (governs == Some(DraftingClass::Verb))
                .then(|| clause.subject.first().and_then(|s| memory.side(sentence, *s)))
                .flatten()
        });
        // `the delivery of trucks to the same forces`
        let known = |noun: usize| {
            let first = sentence.noun(noun).and_then(|noun| sentence.units_of(noun).first());
            let is_definite = first.is_some_and(|unit| {
                matches!(sentence.lower(&unit.tokens).as_str(), "the" | "that" | "this" | "these" | "those" | "it" | "them")
            });
            memory.side(sentence, noun).filter(|_| is_definite)
        };
        let side = |nouns: &[usize]| nouns.iter().find_map(|noun| memory.named(sentence, *noun).or_else(|| known(*noun)));
        let (mut from, mut to) = (side(&roles.giver), side(&roles.taker));
        match act.frame {
            Frame::Gets => to = to.or(actor),
            Frame::Gives | Frame::Does | Frame::Trains | Frame::Serves | Frame::Holds => from = from.or(actor),
            Frame::Arrives if !is_possessive => from = from.or(actor),
            _ => {}
        }
        // `purchases by Moscow of Iranian shells`
        if from.is_none() && matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives) {
            from = of.and_then(|of| sentence.origin(of).or_else(|| sentence.origin(sentence.of(of)?)));
            from = from.filter(|from| to.as_ref().is_none_or(|to| to.country != from.country));
        }
        // `flights of Iranian missiles`
        if from.is_none() && act.frame == Frame::Does {
            from = of.and_then(|of| sentence.origin(of));
        }
        let is_does = act.frame == Frame::Does;
        if act.frame == Frame::Robs {
            self.rob(sentence, &mut from, &mut to);
        }
        // With one side alone, the other may stand in a sentence beside it.
        if (from.is_none() && (to.is_none() || is_does)) || from.as_ref().map(|s| s.country) == to.as_ref().map(|s| s.country) {
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
                if !matches!(kind, ThemeKind::Unknown | ThemeKind::Thing) {
                    themes.push(Theme { tokens: sentence.description(&before), amount: None, kind });
                }
            }
        }
        let activity = match act.frame {
            Frame::Does => {
                let noun = of.and_then(|of| sentence.noun(of)).unwrap_or(noun);
                sentence.theme(noun, self.lexicon, &[DraftingClass::Fired]).and_then(|theme| theme.activity)
            }
            // The looting of antiquities is no theft of money.
            Frame::Robs if act.activity == self.terms.theft && themes.iter().any(|theme| theme.kind != ThemeKind::Money) => None,
            Frame::Serves | Frame::Trains | Frame::Robs | Frame::Holds => Some(act.activity),
            // `they are a present to Kim Jong Un`
            _ if act.activity == self.terms.gift && themes.is_empty() => Some(act.activity),
            _ if self.is_payment_noun(act) && of.is_none() && from.is_some() && to.is_some() => Some(self.terms.funds_transfer),
            _ => self.activity(sentence, act, &roles, &themes, "").map(|(activity, _)| activity),
        };
        let Some(activity) = activity else { return Ok(None) };
        // `put the import at zero`, `the last lawful purchase`
        let is_nil = sentence.lexicon.is_listed(sentence.tokens, &sentence.range, "nil");
        let is_lawful = sentence.lexicon.is_listed(sentence.tokens, &noun.tokens, "lawful");
        if is_nil || is_lawful {
            let why = if is_nil { LeftOut::Negated } else { LeftOut::Lawful };
            return Err(Skipped {
                tokens: noun.tokens.clone(),
                reason: why.reason(),
                why: Some(why),
                sides: from.iter().chain(&to).map(|side| side.country).collect(),
            });
        }
        if noun.is_negated || sentence.is_quoted(&noun.tokens) || is_ruled(sentence, chunk) || sentence.is_unfounded {
            let why = if noun.is_negated { LeftOut::Negated } else { LeftOut::Rule };
            return Err(Skipped {
                tokens: noun.tokens.clone(),
                reason: why.reason(),
                why: Some(why),
                sides: from.iter().chain(&to).map(|s| s.country).collect(),
            });
        }
        // `asked for a course`
        let asks = |clause: &Clause| {
            let group = sentence.group(clause.verb);
            let is_wish = group.is_some_and(|group| {
                group.governs() == DraftingClass::Plans || group.act().is_some_and(|act| act.frame == Frame::Asks)
            });
            let is_for = clause.places.iter().any(|(word, nouns)| word == "for" && holds(nouns));
            is_wish && (is_for || holds(&clause.objects))
        };
        let asked = sentence.clauses.iter().position(asks);
        let clause = clause.or(asked);
        // `Had the application for the sale of sights been granted`, `the request for the export of pumps was turned down`
        if self.is_open_wish(sentence, chunk, root) {
            return Err(Skipped {
                tokens: noun.tokens.clone(),
                reason: LeftOut::Refused.reason(),
                why: Some(LeftOut::Refused),
                sides: from.iter().chain(&to).map(|side| side.country).collect(),
            });
        }
        // `the delivery was not disputed`
        let is_undisputed = clause.and_then(|position| sentence.clauses.get(position)).is_some_and(|clause| {
            clause.is_passive
                && sentence.group(clause.verb).is_some_and(|group| group.governs() == DraftingClass::Denies && group.is_negated)
        });
        let clause = clause.filter(|_| !is_undisputed);
        let found = match clause.map(|position| (position, status(sentence, position))) {
            Some((position, Ok(found))) => {
                let governs = sentence.clauses.get(position).and_then(|c| sentence.group(c.verb)).map(|group| group.governs());
                let is_object = sentence.clauses.get(position).is_some_and(|c| holds(&c.objects));
                match governs {
                    _ if asked == Some(position) => Status { stage: Stage::Planned, ..found },
                    Some(DraftingClass::Plans) if is_object => Status { stage: Stage::Planned, ..found },
                    Some(DraftingClass::Denies | DraftingClass::Bans | DraftingClass::Refuses | DraftingClass::Stops) => {
                        return Ok(None);
                    }
                    _ => found,
                }
            }
            // `has not been taken up`: it was made all the same.
            Some((_, Err(LeftOut::Negated))) if is_offer => Status { stage: Stage::Planned, is_alleged: false },
            Some((_, Err(_))) => return Ok(None),
            None => Status { stage: Stage::Completed, is_alleged: false },
        };
        // `a shipment of coal was turned away`
        let is_turned_away = clause.and_then(|position| sentence.clauses.get(position)).is_some_and(|clause| {
            let turns = sentence
                .group(clause.verb)
                .is_some_and(|group| self.lexicon.is_listed(sentence.tokens, &group.tokens, "turns-away"));
            turns && (clause.is_passive && holds(&clause.subject) || !clause.is_passive && holds(&clause.objects))
        });
        let found = if is_turned_away { Status { stage: found.stage.min(Stage::Attempted), ..found } } else { found };
        // `the request for the delivery of`
        let found = match root_class {
            Some(DraftingClass::Plans) => Status { stage: Stage::Planned, ..found },
            Some(DraftingClass::Ban) => return Ok(None),
            _ => found,
        };
        let mut event = Event {
            from,
            to,
            themes,
            date: date.or_else(|| clause.and_then(|position| self.date(sentence, position))),
            is_nominal: true,
            ..Event::new(self.article, number, activity, act.frame, noun.tokens.clone(), found)
        };
        self.add_names(sentence, &roles, &mut event);
        Ok(Some(event))
    }
}

impl ActReader<'_> {
    /// True for what was only asked for and not granted, or would be if something were so.
    fn is_open_wish(&self, sentence: &Parsed<'_>, chunk: usize, root: usize) -> bool {
        let is_wish = |noun: usize| {
            sentence.noun(noun).is_some_and(|own| {
                let head = sentence.units.get(own.head);
                head.is_some_and(|head| head.class == Some(DraftingClass::Plans))
                    || self.lexicon.is_word_of(&sentence.head(own), "wishes")
            })
        };
        let is_refused = |clause: &Clause| {
            let is_it = |noun: &usize| {
                *noun == root
                    || *noun == chunk
                    || sentence.noun(*noun).is_some_and(|noun| noun.is_pronoun && sentence.head(noun) == "it")
            };
            clause.is_passive
                && clause.subject.iter().any(is_it)
                && ["declines", "retracts"].iter().any(|list| has_listed_verb(sentence, clause, list))
        };
        is_inverted(sentence) || is_wish(root) && sentence.clauses.iter().any(is_refused)
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
                && sentence
                    .group(clause.verb)
                    .is_some_and(|group| group.governs() == DraftingClass::Bans && (group.is_passive || !group.is_past))
        })
}

/// The closing comma of an aside that opens at a place and names a sum: `, up to 80,000 dollars a month,`.
fn sum_aside(sentence: &Parsed<'_>, opening: usize) -> Option<usize> {
    let is_comma = |at: usize| matches!(sentence.chunks.get(at), Some(Chunk::Comma));
    let closing = (opening + 2..opening + 6).find(|at| is_comma(*at)).filter(|_| is_comma(opening))?;
    let inside = sentence.chunks.get(opening + 1..closing)?;
    let is_said =
        inside.iter().all(|chunk| matches!(chunk, Chunk::Noun(_) | Chunk::Adverb(_) | Chunk::Date(_) | Chunk::Preposition(_)));
    (is_said && matches!(sentence.chunks.get(closing + 1), Some(Chunk::Preposition(_)))).then_some(closing)
}
