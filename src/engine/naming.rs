//! What a description of goods names: its phrases, and the head of each.
//!
//! `truck tarpaulins` is a tarpaulin, `parts of tractors` are parts, `posters of missiles` are posters. The head of a phrase is the
//! last known noun before a preposition in English and the like, the first noun in Russian, where genitives follow, and the last
//! one in Korean and Chinese. Known are the words of the lexicon and the terms of all lists.

use std::ops::Range;

use crate::facts::Words;
use crate::rulebook::{FoundTerms, GoodsCatalogue, GoodsList, GoodsListId, LexiconWordId, TermKind, Token, WordClass};

use super::word_layout::Layout;

use loads::Aboard;

mod likenesses;
mod loads;
mod packing;

/// *Of* in English, French and Spanish, Arabic, Persian: what is measured, or has the parts, stands behind it.
const OF: [&str; 4] = ["of", "de", "من", "از"];

/// Words behind a container before what it contains.
const CONTAINING: [&str; 12] = ["of", "containing", "holding", "with", "с", "со", "de", "avec", "con", "من", "مع", "از"];

/// What a description names.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// Its phrases, in order.
    pub(super) phrases: Vec<NamedPhrase>,
    pub(super) kind: NamingKind,
}

/// How much of a description is known.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamingKind {
    /// It consists of numbers, of words that link others and of vague ones, such as `spare parts`.
    #[default]
    Vague,
    /// No phrase has a known head, and some word is not vague.
    Unrecognised,
    /// Some phrase has a known head.
    Named,
}

/// A phrase of a description.
#[derive(Debug)]
pub(super) struct NamedPhrase {
    /// Its place: a range of positions in the words of the description, as all places here.
    pub(super) place: Range<usize>,
    /// What it names, if that is known.
    pub(super) head: Option<Head>,
}

/// The head of a phrase.
#[derive(Debug)]
pub(super) struct Head {
    /// Its place.
    pub(super) place: Range<usize>,
    /// The place of the words around it, up to a preposition.
    pub(super) core: Range<usize>,
    /// The word of the lexicon that it is.
    pub(super) word: Option<LexiconWordId>,
    /// The word of the lexicon is all of the head, not the end of a longer term.
    pub(super) is_word: bool,
    /// The phrase names parts of it: `tractor parts`, `engine of a tank`.
    pub(super) of_parts: bool,
    /// Other words stand beside it that may change what it means: `coal zorbles`, `plastic nails`.
    pub(super) is_loose: bool,
    /// Only what it is for or of is known: `equipment for tanks`, `zorbles of tanks`.
    pub(super) is_distant: bool,
    /// A sure term of some list is this head, or ends it.
    pub(super) is_sure: bool,
    /// A term of some list is this head, or ends it.
    pub(super) is_term: bool,
    /// It ends with a word for parts, such as `engine`.
    is_part: bool,
    /// A word for a form of it stands beside it: `monazite sand`.
    is_formed: bool,
    /// It is a toy of something: `toy missiles`.
    pub(super) is_toy: bool,
    /// It only measures or contains: `LPG cylinders`.
    pub(super) is_measure: bool,
    /// It is fresh food that is prepared: `canned peaches`.
    pub(super) is_prepared: bool,
    /// The carrier that holds it: of `a truck of squid` the truck.
    pub(super) carrier: Range<usize>,
    /// Genitives follow it, so that what stands before it is not named.
    first: bool,
}

impl Head {
    /// True if the phrase names parts of what a term names that stands before the head: `tank engine`.
    pub(super) fn governs_as_parts(&self, term: &Range<usize>) -> bool {
        self.is_part && term.end <= self.place.start
    }

    /// True if a term stands beside the head, with no preposition between them.
    pub(super) fn is_beside(&self, term: &Range<usize>) -> bool {
        self.core.start <= term.start && term.end <= self.core.end
    }

    /// True if a term at that place is the head, ends it or holds it.
    pub(super) fn is_at(&self, term: &Range<usize>) -> bool {
        let is_form = self.is_formed && (term.start >= self.place.end || term.end <= self.place.start);
        self.is_beside(term) && !is_form && if self.first { term.start <= self.place.start } else { term.end >= self.place.end }
    }
}

/// A known noun in a description.
struct Known {
    place: Range<usize>,
    word: Option<LexiconWordId>,
    /// The kind of term that it is, and of which list.
    term: Option<(TermKind, GoodsListId)>,
}

impl Known {
    /// True if it is a head, or ends it; where genitives follow, begins it.
    fn ends_head(&self, head: &Range<usize>, first: bool) -> bool {
        let is_inside = head.start <= self.place.start && self.place.end <= head.end;
        is_inside && if first { self.place.start == head.start } else { self.place.end == head.end }
    }
}

/// Reads descriptions by the terms that were found in them.
struct Reader<'a> {
    goods: &'a GoodsCatalogue,
    words: &'a Words,
    tokens: &'a [Token],
    /// In order of their starts.
    known: Vec<Known>,
    /// For each word, whether a known noun has it, and whether one goes on from the word before to it.
    is_in_known: Vec<bool>,
    continues_known: Vec<bool>,
}

impl Naming {
    /// Reads the words of a description, with its text, the bytes of this at which they start ([`Words::replace`]), and the terms
    /// that are in it.
    pub(super) fn new(goods: &GoodsCatalogue, words: &Words, (text, starts): (&str, &[usize]), terms: &FoundTerms) -> Self {
        let layout = Layout::new(text, starts, terms.tokens.len());
        let reader = Reader::new(goods, words, terms, &layout);
        let count = reader.tokens.len();
        let mut phrases = Vec::new();
        let mut start = 0;
        while start < count {
            let end = (start + 1..count).find(|at| reader.is_break(*at, &layout)).unwrap_or(count);
            phrases.push(NamedPhrase { place: start..end, head: reader.head(start..end) });
            start = end;
        }
        let kind = if phrases.iter().any(|phrase| phrase.head.is_some()) {
            NamingKind::Named
        } else if (0..count).all(|at| reader.is_vague(at)) {
            NamingKind::Vague
        } else {
            NamingKind::Unrecognised
        };
        Self { phrases, kind }
    }

    /// The position of the phrase around a place.
    pub(super) fn phrase_at(&self, place: &Range<usize>) -> Option<usize> {
        let position = self.phrases.partition_point(|phrase| phrase.place.end <= place.start);
        (position < self.phrases.len()).then_some(position)
    }
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7af}').contains(&c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

impl<'a> Reader<'a> {
    fn new(goods: &'a GoodsCatalogue, words: &'a Words, terms: &'a FoundTerms, layout: &Layout) -> Self {
        let count = terms.tokens.len();
        let mut reader = Self {
            goods,
            words,
            tokens: &terms.tokens,
            known: Vec::new(),
            is_in_known: vec![false; count],
            continues_known: vec![false; count],
        };
        for (place, id) in &terms.lexicon {
            if reader.tells_enough(place, layout) {
                reader.known.push(Known { place: place.clone(), word: Some(*id), term: None });
            }
        }
        let of_lists = terms.listed.iter().map(|(phrase, place)| (place.clone(), (phrase.kind, phrase.list)));
        reader.known.extend(of_lists.map(|(place, term)| Known { place, word: None, term: Some(term) }));
        // `goods` may be in one list, and names nothing for the others.
        let is_vague = |known: &Known| {
            let is_sure = known.term.is_some_and(|(kind, _)| kind != TermKind::Ambiguous);
            !is_sure && known.place.clone().all(|at| reader.has_class(at, WordClass::Vague))
        };
        let is_named = |known: &Known| !is_vague(known) && !reader.is_likeness(&known.place);
        let named: Vec<bool> = reader.known.iter().map(is_named).collect();
        let mut named = named.into_iter();
        reader.known.retain(|_| named.next().unwrap_or(true));
        reader.known.sort_by_key(|known| (known.place.start, known.place.end));
        let mut end = 0;
        for known in &reader.known {
            // What of it is before `end` is in the noun that ends there, which begins no later.
            for at in known.place.start.max(end)..known.place.end {
                reader.is_in_known.get_mut(at).into_iter().for_each(|slot| *slot = true);
            }
            for at in (known.place.start + 1).max(end)..known.place.end {
                reader.continues_known.get_mut(at).into_iter().for_each(|slot| *slot = true);
            }
            end = end.max(known.place.end);
        }
        reader
    }

    /// False for a syllable or character inside a longer word: 게 (crab) is no part of 게임기, 鱼 (fish) none of 鱼雷.
    fn tells_enough(&self, place: &Range<usize>, layout: &Layout) -> bool {
        const PARTICLES: &str = "을를이가의은는도와과";
        if place.len() != 1 {
            return true;
        }
        let at = place.start;
        let next = self.word(at + 1);
        match self.word(at).chars().next() {
            Some(only) if is_hangul(only) => {
                let is_particle = PARTICLES.contains(next) && !layout.is_joined(at + 2);
                !layout.is_joined(at) && (!layout.is_joined(at + 1) || is_particle)
            }
            Some(only) if is_han(only) => !(layout.is_joined(at + 1) && next.starts_with(is_han)),
            _ => true,
        }
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.words.as_str().get(token.start + 1..token.end)).unwrap_or_default()
    }

    fn has_class(&self, at: usize, class: WordClass) -> bool {
        self.tokens.get(at).is_some_and(|token| token.classes.contains(class))
    }

    /// Phrases begin behind a comma, a slash, an *and*, unless a known noun goes across.
    fn is_break(&self, at: usize, layout: &Layout) -> bool {
        let is_separated = layout.is_separated(at);
        (is_separated
            || self.has_class(at, WordClass::Connective)
            || self.has_class(at.wrapping_sub(1), WordClass::Connective)
            || self.opens_load(at))
            && !self.continues_known.get(at).is_some_and(|continues| *continues)
    }

    fn is_vague(&self, at: usize) -> bool {
        const SAY_NOTHING: [WordClass; 6] = [
            WordClass::Number,
            WordClass::Link,
            WordClass::Connective,
            WordClass::Measure,
            WordClass::Container,
            WordClass::Vague,
        ];
        SAY_NOTHING.iter().any(|class| self.has_class(at, *class))
    }

    /// A word for parts. In Korean and Chinese only at the end of a phrase.
    fn names_part(&self, at: usize, core: &Range<usize>) -> bool {
        self.has_class(at, WordClass::Part) && (at + 1 == core.end || !self.word(at).starts_with(|c| is_hangul(c) || is_han(c)))
    }

    /// The known nouns inside of a place.
    fn known_in<'s>(&'s self, place: &Range<usize>) -> impl Iterator<Item = &'s Known> + use<'s, 'a> {
        let first = self.known.partition_point(|known| known.place.start < place.start);
        let from = self.known.get(first..).unwrap_or_default();
        let end = place.end;
        from.iter().take_while(move |known| known.place.start < end).filter(move |known| known.place.end <= end)
    }

    fn head(&self, phrase: Range<usize>) -> Option<Head> {
        let is_preposition = |at: &usize| {
            self.has_class(*at, WordClass::Preposition) && !self.is_in_known.get(*at).is_some_and(|is_known| *is_known)
        };
        let first = phrase.clone().any(|at| self.word(at).starts_with(|c| ('\u{400}'..='\u{52f}').contains(&c)));
        let (mut of_parts, mut is_distant, mut carrier) = (false, false, 0..0);
        let mut start = phrase.start;
        // `together with rifles`: what is joined begins behind the preposition.
        if start > 0 && self.has_class(start - 1, WordClass::Connective) && is_preposition(&start) {
            start += 1;
        }
        if start > 0 && start == phrase.start && self.opens_load(start) {
            is_distant = self.may_be_fitted_at(start);
            start += 1;
        }
        if let Some(toy) = self.toy_in(&phrase) {
            return Some(self.as_toy(toy, &phrase));
        }
        if let Some(print) = self.print_at_end(&phrase) {
            start = print;
        }
        loop {
            let core = start..(start..phrase.end).find(is_preposition).unwrap_or(phrase.end);
            let is_behind = |words: &[&str]| core.end < phrase.end && words.contains(&self.word(core.end));
            let is_container = |known: &Known| {
                [known.place.end, core.end].into_iter().any(|end| self.has_class(end.wrapping_sub(1), WordClass::Container))
            };
            let is_full =
                is_behind(&CONTAINING) && self.head_of(&core, first).map_or_else(|| self.is_packing(&core), is_container);
            let is_laden = is_behind(&CONTAINING)
                && self.head_of(&core, first).is_some_and(|known| self.is_carrier(known))
                && self.aboard(core.end) == Aboard::Load;
            let is_followed_by_of = is_behind(&OF) || is_full || is_laden;
            let next = (core.end + 1).min(phrase.end)..phrase.end;
            let names_parts = core.clone().any(|at| self.names_part(at, &core) && !self.has_class(at, WordClass::Measure));
            let last = self.head_of(&core, first).filter(|known| !self.is_of_packing(known, &core));
            let found = last.map(|known| self.formed(known, &core, first));
            if last.is_some_and(is_container) && self.is_packed(start, &phrase) {
                return None;
            }
            let is_one_word = |known: &Known| known.place.len() == 1 && self.has_class(known.place.start, WordClass::Measure);
            let is_measure = |known: &Known| is_one_word(known) || is_container(known);
            match found {
                // `грузовик кальмаров`: the load stands behind without a preposition.
                Some(known) if first && self.genitive_load(known, &core).is_some() => {
                    start = self.genitive_load(known, &core).unwrap_or(core.end);
                    carrier = core.start..start;
                }
                Some(known)
                    if !((is_laden || is_measure(known)) && is_followed_by_of && self.known_in(&next).next().is_some()) =>
                {
                    let trails =
                        |at: usize| !self.is_vague(at) && !self.has_class(at, WordClass::Adjective) && self.word(at).is_ascii();
                    let is_material = |at: usize| self.has_class(at, WordClass::Material);
                    let place = known.place.clone();
                    let ends = |k: &Known, kinds: &[TermKind]| {
                        k.ends_head(&place, first) && k.term.is_some_and(|(kind, _)| kinds.contains(&kind))
                    };
                    return Some(Head {
                        word: known.word.or_else(|| self.word_at(&core, &place, first)),
                        is_word: known.word.is_some(),
                        of_parts: of_parts
                            || self.ends_in_part(&place)
                            || (names_parts && self.parts_stand_by(&core, &place, first)),
                        is_loose: is_distant
                            || (!first && (place.end..core.end).any(trails))
                            || (core.start..place.start).any(is_material)
                            || self.is_of_material(core.end),
                        is_distant,
                        is_sure: self.known_in(&core).any(|k| ends(k, &[TermKind::Sure])),
                        is_term: self.known_in(&core).any(|k| ends(k, &[TermKind::Sure, TermKind::Ambiguous])),
                        is_part: self.has_class(place.end.wrapping_sub(1), WordClass::Part),
                        is_formed: last.is_some_and(|last| last.place != place),
                        is_toy: false,
                        is_measure: is_measure(known),
                        is_prepared: core.clone().any(|at| self.has_class(at, WordClass::Preparation) && !place.contains(&at)),
                        carrier,
                        first,
                        place,
                        core,
                    });
                }
                _ if next.is_empty() => return None,
                _ => {
                    let is_vague = core.clone().all(|at| self.is_vague(at)) || self.is_packing(&core);
                    of_parts |= names_parts;
                    is_distant |= !(names_parts || (is_followed_by_of && (is_vague || found.is_some())));
                    if !is_vague && !names_parts && !is_followed_by_of && found.is_none() {
                        return None;
                    }
                    if is_laden && found.is_some() {
                        carrier = core;
                    }
                    start = next.start;
                }
            }
        }
    }

    /// The known noun that is the head of words without a preposition: the longest of the last, or of the first.
    fn head_of(&self, core: &Range<usize>, first: bool) -> Option<&Known> {
        let known = self.known_in(core);
        // Of equal places the word of the lexicon.
        if first {
            known.min_by_key(|k| (k.place.start, std::cmp::Reverse(k.place.end), k.word.is_none()))
        } else {
            known.max_by_key(|k| (k.place.end, std::cmp::Reverse(k.place.start), k.word.is_some()))
        }
    }

    /// What a head is a form of, if it is only that and this stands beside it: of `monazite sand` the monazite; else the head.
    fn formed<'s>(&'s self, head: &'s Known, core: &Range<usize>, first: bool) -> &'s Known {
        let is_form = head.place.len() == 1 && self.has_class(head.place.start, WordClass::Form);
        let is_beside = |known: &&Known| {
            if first { known.place.start == head.place.end } else { known.place.end == head.place.start }
        };
        let beside = self.known_in(core).filter(|_| is_form).filter(is_beside);
        beside.max_by_key(|known| (known.place.len(), known.word.is_some())).unwrap_or(head)
    }

    /// The word of the lexicon with which a longer term ends, or begins where genitives follow. Sure terms say more closely what it
    /// is. A term for other goods than those of a list names none of the list either: `toy rocket`.
    fn word_at(&self, core: &Range<usize>, head: &Range<usize>, first: bool) -> Option<LexiconWordId> {
        let terms = || self.known_in(core).filter(|k| k.place == *head).filter_map(|k| k.term);
        if terms().any(|(kind, _)| kind == TermKind::Sure) {
            return None;
        }
        let at = |k: &&Known| if first { k.place.start == head.start } else { k.place.end == head.end };
        let word = self.known_in(core).filter(at).filter(|k| k.word.is_some()).max_by_key(|k| k.place.len())?.word?;
        let codes = self.goods.named_goods(word)?.codes;
        let may_have = |list: &GoodsList| !list.has_codes() || codes.iter().any(|code| list.has_chapter_of(code));
        let is_denied = |(kind, list)| kind == TermKind::Other && self.goods.get(list).is_some_and(may_have);
        (!terms().any(is_denied)).then_some(word)
    }

    /// True if a word for parts stands beside the head, on the side where it governs it.
    fn parts_stand_by(&self, core: &Range<usize>, head: &Range<usize>, first: bool) -> bool {
        let side = if first { core.start..head.start } else { head.end..core.end };
        let last = core.end.wrapping_sub(1);
        side.into_iter().any(|at| self.names_part(at, core))
            || (!first && self.word(last).starts_with(|c| is_hangul(c) || is_han(c)) && self.names_part(last, core))
    }

    /// True if the word of the lexicon itself names parts: `tractor part`.
    fn ends_in_part(&self, head: &Range<usize>) -> bool {
        let last = head.end.wrapping_sub(1);
        self.has_class(last, WordClass::Part) && self.has_class(last, WordClass::Vague)
    }
}

#[cfg(test)]
mod tests;
