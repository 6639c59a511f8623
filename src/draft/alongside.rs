//! Transfers between ships at sea: the sides are the States of the ships that the text has named.

use std::ops::Range;

use super::acts::{ActReader, Skipped};
use super::clauses::Clause;
use super::event::{Event, Side};
use super::lexicon::Act;
use super::memory::Memory;
use super::sentence::Parsed;
use super::status::{LeftOut, Stage, Status, status};

/// How many sentences before the transfer its ships may be named.
const REACH: usize = 4;

impl ActReader<'_> {
    /// The two ships that a clause says lay side by side: `was seen alongside the tanker`, `was moored to the Chon Ma San`, `observed a
    /// tanker next to`.
    pub(super) fn side_by_side(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> Option<(usize, usize)> {
        let group = sentence.group(clause.verb)?;
        let listed = |list: &str| self.lexicon.is_listed(sentence.tokens, &group.tokens, list);
        let (moors, sees, meets) = (listed("moors"), listed("sights"), listed("meets-at-sea"));
        let lies = || listed("lies");
        // `the tanker Chon Ma San 3`, `the North Korean Chon Ma San 3`, `she`
        let is_ship = |noun: &usize| {
            let aside = sentence.apposition(*noun);
            self.is_of_ship(sentence, &[*noun], memory) || aside.is_some_and(|aside| self.is_of_ship(sentence, &[aside], memory))
        };
        let may_be = |noun: &usize| {
            is_ship(noun)
                || sentence.noun(*noun).is_some_and(|own| {
                    matches!(sentence.head(own).as_str(), "she" | "it")
                        || sentence.proper_name(own).is_some() && !sentence.names_in(own).is_empty()
                })
        };
        let is_authority = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|own| self.lexicon.is_listed(sentence.tokens, &own.tokens, "authorities"))
        };
        let first = if sees && !clause.is_passive { clause.objects.clone() } else { clause.subject.clone() };
        let places = clause.places.iter().filter(|(word, nouns)| {
            nouns.first() > Some(&clause.verb)
                && match word.as_str() {
                    "alongside" | "next to" | "beside" | "close to" => moors || sees || lies(),
                    "to" => moors,
                    "with" => moors || sees && clause.is_passive,
                    _ => false,
                }
        });
        let met = clause.objects.iter().filter(|_| meets && !clause.is_passive);
        let second = places.flat_map(|(_, nouns)| nouns).chain(met).copied();
        let first = first.into_iter().find(|noun| may_be(noun) && !is_authority(noun))?;
        let mut second = second.filter(|noun| *noun != first && may_be(noun) && !is_authority(noun));
        second.find(|noun| is_ship(noun) || is_ship(&first)).map(|second| (first, second))
    }

    /// The transfer between ships that words of a sentence tell. A ship of a State under measures is taken for the one that gets.
    pub(super) fn alongside(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        tokens: &Range<usize>,
        clause: Option<usize>,
        act: Act,
        memory: &Memory,
    ) -> Result<Option<Event>, Skipped> {
        let ships: Vec<&Side> =
            memory.ships.iter().rev().take_while(|(at, _)| at + REACH >= number).map(|(_, side)| side).collect();
        let beside = clause.and_then(|clause| self.side_by_side(sentence, sentence.clauses.get(clause)?, memory));
        let named: Vec<Side> =
            beside.into_iter().flat_map(|(a, b)| [a, b]).filter_map(|noun| flag_of(sentence, noun, memory)).collect();
        let is_named = named.iter().any(|side| self.targets.contains(&side.country));
        let ships: Vec<&Side> = if is_named { named.iter().collect() } else { ships };
        let Some(own) = ships.iter().find(|side| self.targets.contains(&side.country)) else { return Ok(None) };
        let other = ships.iter().find(|side| side.country != own.country);
        let sides = vec![own.country];
        let skip = |why: LeftOut| Skipped { tokens: tokens.clone(), reason: why.reason(), why: Some(why), sides: sides.clone() };
        let found = match clause.map(|clause| status(sentence, clause)) {
            Some(Ok(found)) => Status { stage: found.stage.max(Stage::Attempted), ..found },
            Some(Err(why)) => return Err(skip(why)),
            None => Status { stage: Stage::Completed, is_alleged: false },
        };
        if sentence.is_quoted(tokens) {
            return Err(skip(LeftOut::Quoted));
        }
        Ok(Some(Event {
            from: other.map(|side| (*side).clone()),
            to: Some((*own).clone()),
            themes: Vec::new(),
            date: clause.and_then(|clause| self.date(sentence, clause)),
            ..Event::new(self.article, number, act.activity, act.frame, tokens.clone(), found)
        }))
    }
}

/// The State of a ship, by its phrase or by its name.
fn flag_of(sentence: &Parsed<'_>, noun: usize, memory: &Memory) -> Option<Side> {
    let by_name = || memory.flag(&sentence.lower(&sentence.noun(noun).and_then(|noun| sentence.proper_name(noun))?));
    memory.named(sentence, noun).or_else(by_name).or_else(|| memory.side(sentence, noun))
}
