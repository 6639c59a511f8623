//! Transfers between ships at sea: the sides are the States of the ships that the text has named.

use std::ops::Range;

use super::acts::{ActReader, Skipped};
use super::event::{Event, Side};
use super::lexicon::Act;
use super::memory::Memory;
use super::sentence::Parsed;
use super::status::{LeftOut, Stage, Status, status};

/// How many sentences before the transfer its ships may be named.
const REACH: usize = 4;

impl ActReader<'_> {
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
