//! What ships, lorries and other carriers hold, and what lies hidden among other goods: `a truck of squid`, `a lorry full of crabs`,
//! `furniture with shotguns behind it`.

use std::ops::Range;

use crate::facts::HsCode;
use crate::rulebook::{TermKind, WordClass};

use super::{Known, OF, Reader};

/// Words behind a carrier that show a load, whatever it is: `full of`, `laden with`.
const FULL: [&str; 12] =
    ["full", "loaded", "laden", "filled", "packed", "stuffed", "crammed", "carrying", "груженый", "chargé", "cargado", "محملة"];

/// Words before what hides something: `with rifles behind it`.
const BEFORE_COVER: [&str; 9] = ["behind", "beneath", "underneath", "under", "inside", "in", "within", "among", "below"];
const COVER: [&str; 3] = ["it", "them", "which"];

/// What is named behind a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aboard {
    /// No goods, or what belongs to the carrier: `trucks of Japanese make`, `pick-ups with machine guns`.
    Nothing,
    /// Its load: `a truck of squid`.
    Load,
    /// Its load, what it is made of or what it is fitted with: `fishing boats with nets`, `ships of steel`.
    Perhaps,
}

impl Reader<'_> {
    /// True if a known noun ends with a word for a carrier.
    pub(super) fn is_carrier(&self, known: &Known) -> bool {
        self.has_class(known.place.end.wrapping_sub(1), WordClass::Carrier)
    }

    /// What is named behind a preposition that follows a carrier.
    pub(super) fn aboard(&self, preposition: usize) -> Aboard {
        let is_full = FULL.contains(&self.word(preposition.wrapping_sub(1)));
        let is_of = OF.contains(&self.word(preposition));
        let mut start = preposition + 1;
        loop {
            let core = start..self.core_end(start);
            let Some(known) = self.substance_in(&core) else {
                // `a tanker with 3,000 t of diesel`.
                if OF.contains(&self.word(core.end)) {
                    start = core.end + 1;
                    continue;
                }
                return Aboard::Nothing;
            };
            let codes = known_goods(self, known).unwrap_or_default();
            let is_any = |may_be: fn(&HsCode) -> bool| codes.iter().any(may_be);
            return match known.term {
                _ if is_full => Aboard::Load,
                _ if is_of && self.has_class(core.start, WordClass::Material) => Aboard::Nothing,
                // `trucks of the army`.
                Some((TermKind::Ambiguous, _)) if codes.is_empty() => Aboard::Perhaps,
                Some((_, list))
                    if codes.is_empty() && !is_of && self.goods.get(list).is_some_and(|l| l.has_codes_of(84..=93)) =>
                {
                    Aboard::Nothing
                }
                // `pick-ups with machine guns` are named by their guns too.
                _ if !is_of && is_any(is_arms) => Aboard::Nothing,
                _ if is_of && is_any(may_be_hull) => Aboard::Perhaps,
                _ if !is_of && is_any(may_be_fitted) => Aboard::Perhaps,
                _ => Aboard::Load,
            };
        }
    }

    /// True if *with* at that place begins a phrase: what is named behind it stands beside what is before.
    pub(super) fn opens_load(&self, at: usize) -> bool {
        const WITH: [&str; 7] = ["with", "с", "со", "avec", "con", "مع", "با"];
        let is_known = |at: usize| self.is_in_known.get(at).is_some_and(|is_known| *is_known);
        if at == 0 || is_known(at) {
            return false;
        }
        let is_of = OF.contains(&self.word(at));
        let is_with = WITH.contains(&self.word(at));
        if !is_of && !is_with {
            return false;
        }
        let before = (0..at).rev().find(|at| !self.has_class(*at, WordClass::Adjective)).unwrap_or(at);
        if self.has_class(before, WordClass::Carrier) && is_known(before) {
            return self.aboard(at) == Aboard::Perhaps;
        }
        // `sugar cargo with grenades`, `furniture with shotguns behind it`.
        let is_cargo = self.has_class(at - 1, WordClass::Measure)
            && !self.has_class(at - 1, WordClass::Container)
            && is_known(at.wrapping_sub(2));
        let behind = at + 1..self.core_end(at + 1);
        is_with
            && ((is_cargo || self.is_covered(at)) && self.substance_in(&behind).is_some()
                || self.may_come_with_arms(before, &behind))
    }

    /// True if arms are named behind *with*, and what stands before does not only show them: `rice with rifles`, not `shirts with
    /// tanks`.
    fn may_come_with_arms(&self, before: usize, behind: &Range<usize>) -> bool {
        let Some(arms) = self.substance_in(behind) else { return false };
        let is_term_of_arms =
            matches!(arms.term, Some((TermKind::Sure, list)) if self.goods.get(list).is_some_and(|l| l.has_codes_of(93..=93)));
        let are_arms = is_term_of_arms || known_goods(self, arms).unwrap_or_default().iter().any(is_arms);
        let known = || self.known.iter().find(|known| known.place.contains(&before));
        // A container holds what stands behind; of arms and vehicles it is a part, which the list of arms names.
        let is_told_apart = |code: &HsCode| is_shown_on(code) || is_arms(code) || matches!(code.chapter(), 86..=89);
        let is_of_arms = |known: &Known| matches!(known.term, Some((_, list)) if self.goods.get(list).is_some_and(|l| l.has_codes_of(93..=93)));
        let stands_alone =
            |known: &Known| !is_of_arms(known) && !known_goods(self, known).unwrap_or_default().iter().any(is_told_apart);
        are_arms && !self.has_class(before, WordClass::Container) && known().is_some_and(stands_alone)
    }

    /// True if what a phrase names that *with* at that place begins only may be a load.
    pub(super) fn may_be_fitted_at(&self, at: usize) -> bool {
        let before = (0..at).rev().find(|at| !self.has_class(*at, WordClass::Adjective)).unwrap_or(at);
        let is_cargo = self.has_class(before, WordClass::Measure) || self.is_covered(at);
        self.has_class(before, WordClass::Carrier)
            || !is_cargo && self.may_come_with_arms(before, &(at + 1..self.core_end(at + 1)))
    }

    /// True if what follows is said to lie behind or in what stands before: `with shotguns behind it`.
    fn is_covered(&self, with: usize) -> bool {
        (with + 2..(with + 8).min(self.tokens.len()))
            .any(|at| BEFORE_COVER.contains(&self.word(at)) && COVER.contains(&self.word(at + 1)))
    }

    /// Where the load begins that follows a carrier or container as a genitive does: `грузовик кальмаров`.
    pub(super) fn genitive_load(&self, known: &Known, core: &Range<usize>) -> Option<usize> {
        let last = known.place.end.wrapping_sub(1);
        if !self.has_class(last, WordClass::Carrier) && !self.has_class(last, WordClass::Container) {
            return None;
        }
        let load = self.known_in(&(known.place.end..core.end)).next()?;
        let is_beside = (known.place.end..load.place.start).all(|at| self.has_class(at, WordClass::Adjective));
        let is_carrier = |code: &HsCode| matches!(code.chapter(), 86..=89);
        let is_load = match known_goods(self, load) {
            Some(codes) => !codes.iter().any(is_carrier) && !self.has_class(load.place.start, WordClass::Material),
            None => load.term.is_some_and(|(kind, _)| kind == TermKind::Sure),
        };
        (is_beside && is_load).then_some(load.place.start)
    }

    /// Where the words without a preposition end that start at a place.
    fn core_end(&self, start: usize) -> usize {
        let ends = |at: &usize| {
            (self.has_class(*at, WordClass::Preposition) || self.has_class(*at, WordClass::Connective))
                && !self.is_in_known.get(*at).is_some_and(|is_known| *is_known)
        };
        (start..self.tokens.len()).find(ends).unwrap_or(self.tokens.len())
    }

    /// The known noun that names the goods of a place, one of the lexicon before others.
    fn substance_in(&self, core: &Range<usize>) -> Option<&Known> {
        self.head_of(core, false).filter(|known| {
            let is_other = known.term.is_some_and(|(kind, _)| kind == TermKind::Other);
            !is_other
        })
    }
}

/// The codes of a word of the lexicon.
fn known_goods<'k>(reader: &'k Reader<'_>, known: &Known) -> Option<&'k [HsCode]> {
    known.word.and_then(|id| reader.goods.named_goods(id)).map(|named| named.codes)
}

/// True for codes of what hulls and bodies are made of.
fn may_be_hull(code: &HsCode) -> bool {
    let burns = ["4401", "4402"].iter().any(|heading| code.digits().starts_with(heading));
    matches!(code.chapter(), 39 | 40 | 44 | 68 | 70 | 72..=76) && !burns
}

/// True for what may show a picture: prints, clothes, tableware, toys, art.
fn is_shown_on(code: &HsCode) -> bool {
    matches!(code.chapter(), 48 | 49 | 58..=63 | 69 | 95 | 97)
}

fn is_arms(code: &HsCode) -> bool {
    code.chapter() == 93
}

/// True for codes of what a carrier can be fitted with.
fn may_be_fitted(code: &HsCode) -> bool {
    matches!(code.chapter(), 39 | 40 | 42 | 56 | 59 | 63 | 70 | 73 | 82..=94)
}
