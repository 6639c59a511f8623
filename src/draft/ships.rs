//! Ships that a sentence names, with their flags and IMO numbers.

use std::ops::Range;

use super::event::{NamedShip, Side};
use super::memory::{Memory, singular};
use super::sentence::Parsed;
use super::text::TokenKind;

/// How many tokens may stand between `IMO` and the number.
const NUMBER_REACH: usize = 4;

/// The ships that a sentence names: names beside a word for a ship, or of a ship that was named before.
pub(super) fn ships(sentence: &Parsed<'_>, memory: &Memory) -> Vec<NamedShip> {
    let mut ships: Vec<NamedShip> = Vec::new();
    for chunk in 0..sentence.chunks.len() {
        let Some(noun) = sentence.noun(chunk) else { continue };
        let name = sentence.proper_name(noun).filter(|name| !sentence.lower(name).starts_with("imo"));
        let Some(name) = name else { continue };
        let has_ship_word = |at: usize| {
            sentence.noun(at).is_some_and(|noun| {
                sentence.units_of(noun).iter().any(|unit| memory.is_ship(&singular(&sentence.lower(&unit.tokens))))
            })
        };
        let flag: Option<Side> = memory.flag(&sentence.lower(&name));
        let is_ship = has_ship_word(chunk) || flag.is_some() || sentence.apposition(chunk).is_some_and(has_ship_word);
        if is_ship && !ships.iter().any(|ship| ship.name == name) {
            let imo = imo_behind(sentence, name.end);
            ships.push(NamedShip { name, flag, imo });
        }
    }
    ships
}

/// The IMO number shortly behind a name.
fn imo_behind(sentence: &Parsed<'_>, from: usize) -> Option<Range<usize>> {
    let word = |at: usize| sentence.tokens.get(at).filter(|_| at < sentence.range.end);
    let imo = (from..from + NUMBER_REACH).find(|at| word(*at).is_some_and(|token| token.lower.starts_with("imo")))?;
    let is_number = |at: &usize| {
        word(*at).is_some_and(|token| {
            token.kind == TokenKind::Number && token.lower.len() == 7 && token.lower.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let number = (imo + 1..imo + 1 + NUMBER_REACH).find(is_number)?;
    Some(number..number + 1)
}
