//! What only looks like goods, or is printed with their name: `missile-shaped balloons`, `toy missiles`, `tents of meeting book`.

use std::ops::Range;

use crate::facts::HsCode;
use crate::rulebook::WordClass;

use super::{Head, Known, OF, Reader};

impl Reader<'_> {
    /// True if a noun only tells the look or taste of what follows.
    pub(super) fn is_likeness(&self, place: &Range<usize>) -> bool {
        let behind = place.end + 1;
        self.has_class(place.end, WordClass::Likeness)
            && behind < self.tokens.len()
            && !self.has_class(behind, WordClass::Preposition)
    }

    /// The word of the lexicon for a toy in a phrase that names a toy of something: `toy missiles`, `misiles de juguete`.
    pub(super) fn toy_in(&self, phrase: &Range<usize>) -> Option<&Known> {
        let is_preposition = |at: &usize| self.has_class(*at, WordClass::Preposition);
        let end = phrase.clone().find(is_preposition).unwrap_or(phrase.end);
        // A box for toys may contain something else.
        let is_box = [WordClass::Container, WordClass::Measure].iter().any(|class| self.has_class(end.wrapping_sub(1), *class));
        let is_toy = |at: usize| self.has_class(at, WordClass::Plaything);
        let names_more = |at: &usize| self.known_in(&(at + 1..end)).next().is_some();
        let mut places = (phrase.start..end).filter(|at| (end == phrase.end || !is_box) && names_more(at));
        let behind = || (OF.contains(&self.word(end)) && is_toy(end + 1)).then_some(end + 1);
        let at = places.find(|at| is_toy(*at)).or_else(behind)?;
        self.known.iter().find(|known| known.place.end == at + 1 && known.word.is_some())
    }

    /// The head of a phrase that names a toy.
    pub(super) fn as_toy(&self, toy: &Known, phrase: &Range<usize>) -> Head {
        Head {
            place: toy.place.clone(),
            core: toy.place.start..phrase.end,
            word: toy.word,
            is_word: true,
            of_parts: false,
            is_loose: false,
            is_distant: false,
            is_sure: false,
            is_term: false,
            is_part: false,
            is_formed: false,
            is_toy: true,
            is_measure: false,
            is_prepared: false,
            carrier: 0..0,
            first: true,
        }
    }

    /// True if a preposition at a place says what something is made of: `spoons of plastic`, `lighters made of plastic`.
    pub(super) fn is_of_material(&self, preposition: usize) -> bool {
        let behind = (preposition..self.tokens.len()).find(|at| !self.has_class(*at, WordClass::Preposition));
        let is_of = |at: usize| OF.contains(&self.word(at.wrapping_sub(1)));
        behind.is_some_and(|at| at > preposition && is_of(at) && self.has_class(at, WordClass::Material))
    }

    /// Where the words begin that end a phrase with printed matter named after something: `statue of liberty postcards`.
    pub(super) fn print_at_end(&self, phrase: &Range<usize>) -> Option<usize> {
        let is_free = |at: &usize| !self.is_in_known.get(*at).is_some_and(|is_known| *is_known);
        let of = phrase.clone().rev().filter(is_free).find(|at| OF.contains(&self.word(*at)))?;
        let core = of + 1..phrase.end;
        let printed = self.known_in(&core).find(|known| known.place.end == phrase.end && known.word.is_some())?;
        let codes = self.goods.named_goods(printed.word?)?.codes;
        let is_print = |code: &HsCode| code.chapter() == 49;
        let has_name = printed.place.start > core.start && !self.has_class(printed.place.start - 1, WordClass::Link);
        (has_name && !codes.is_empty() && codes.iter().all(is_print) && of > phrase.start).then_some(core.start)
    }
}
