//! Under whose flags ships sail, as a text has said it.

use std::ops::Range;

use super::event::{How, Side};
use super::memory::{Memory, singular};
use super::sentence::Parsed;
use super::units::Unit;

/// How many tokens may stand between `flag` or `registered` and the State.
const FLAG_REACH: usize = 8;

impl Memory {
    /// The flag of a ship of a name.
    pub(super) fn flag(&self, name: &str) -> Option<Side> {
        self.by_noun.get(&ship_key(name)).cloned()
    }

    /// Keeps the ships of a sentence whose State it names: `a North Korean tanker`, `registered in Belize`.
    pub(super) fn learn_ships(&mut self, sentence: &Parsed<'_>, number: usize) {
        let mut flags_at = None;
        let mut ship_name: Option<Range<usize>> = None;
        for chunk in 0..sentence.chunks.len() {
            if let Some(group) = sentence.group(chunk) {
                let words = sentence.lower(&group.tokens);
                if ["flag", "register", "fly", "flies", "flew", "flown"].iter().any(|flag| words.contains(flag)) {
                    flags_at = Some(group.tokens.end);
                }
            }
            let Some(noun) = sentence.noun(chunk) else { continue };
            let units = sentence.units_of(noun);
            let lower = |unit: &Unit| singular(&sentence.lower(&unit.tokens));
            let is_ship = units.iter().any(|unit| self.is_ship(&lower(unit)));
            let near_flag = flags_at.is_some_and(|at| noun.tokens.start < at + FLAG_REACH);
            let named = sentence.names_in(noun).into_iter().next();
            let name = sentence.proper_name(noun).filter(|name| !sentence.lower(name).starts_with("imo"));
            ship_name = name.or(ship_name.take());
            // `the Mongolia-flagged Ever Dawn`
            let is_flagged = units.iter().any(|unit| {
                sentence
                    .tokens
                    .get(unit.tokens.start)
                    .is_some_and(|token| token.is_joined && matches!(token.lower.as_str(), "flagged" | "registered"))
            });
            let own = named.filter(|_| is_ship || near_flag || is_flagged).map(|found| Side {
                country: found.country,
                tokens: found.tokens,
                how: How::Named,
            });
            let key = |name: &Range<usize>| ship_key(&sentence.lower(name));
            let known = || {
                let side = self.by_noun.get(&key(&sentence.proper_name(noun)?))?;
                Some(Side { how: How::Inferred, ..side.clone() })
            };
            let known = if own.is_some() { own } else { known() };
            if let Some(side) = known {
                if let Some(name) = &ship_name {
                    self.by_noun.insert(key(name), side.clone());
                }
                self.ships.push((number, side));
                flags_at = None;
            }
            // `the Togo-flagged freighter` has said it.
            let has_said = sentence.names_in(noun).into_iter().next().is_some();
            if !has_said && units.iter().any(|unit| sentence.lower(&unit.tokens).contains("flag")) {
                flags_at = Some(noun.tokens.end);
            }
        }
    }
}

/// Under which the State of a ship of a name is kept.
fn ship_key(name: &str) -> String {
    format!("ship {name}")
}
