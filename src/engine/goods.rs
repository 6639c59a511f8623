//! Matching of items with lists of goods, by their HS codes and by the words that describe them.

use std::fmt;
use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use crate::facts::{HsCode, Item, Period, Truth};
use crate::rulebook::{GoodsBasis, GoodsCatalogue, GoodsList, GoodsListId, LawAsOf, LexiconWord, Phrase};

use super::UnknownCause;
use super::description::DescriptionWords;
use super::naming::{Head, NamingKind};

/// Whether an item is in a list of goods, and what decided it.
#[derive(Debug, Clone, Copy)]
pub struct GoodsMatch<'a> {
    /// Whether the item is in the list.
    pub truth: Truth,
    /// Why `truth` is unknown; `None` if it is not.
    pub cause: Option<UnknownCause>,
    /// The fact that decided the match.
    pub decided_by: GoodsFact,
    /// The code or term that decided the match.
    pub why: GoodsReason<'a>,
    /// True if the code is outside the list but the description has a term of the list, which is a red flag.
    pub disagree: bool,
}

/// The fact of an item that decides whether it is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoodsFact {
    /// The HS codes of the item.
    Code,
    /// The description of the item.
    Description,
}

impl GoodsFact {
    /// The key of the fact in an item.
    pub fn key(self) -> &'static str {
        match self {
            GoodsFact::Code => "hs",
            GoodsFact::Description => "description",
        }
    }
}

/// What decided whether an item is in a list.
#[derive(Debug, Clone, Copy)]
pub enum GoodsReason<'a> {
    /// No part of the list is in force on the date, or the item is excluded from all of them.
    NothingLeft {
        /// The list's id.
        list: &'a str,
    },
    /// A code of the item is in the list, or may be.
    Code {
        /// The item's code.
        code: HsCode,
        /// How it compares with the codes of the list.
        code_match: CodeMatch,
        /// The list's id.
        list: &'a str,
    },
    /// No code of the item is in the list.
    CodesOutside {
        /// The item's codes.
        codes: &'a [HsCode],
    },
    /// The item has neither a description nor a code.
    NotReported,
    /// A term of the list is in the description.
    Term {
        /// The term as the list has it.
        term: &'a str,
        /// The list's id.
        list: &'a str,
        /// True if the term means only goods of the list.
        surely: bool,
    },
    /// A word of the lexicon names the goods, and its codes are in the list, or may be.
    Named {
        /// The word.
        word: &'a LexiconWord,
        /// Goods of each of its codes, or parts of them, are in the list.
        surely: bool,
        /// The list's id.
        list: &'a str,
    },
    /// The description is too vague to say.
    Vague {
        /// The list's id.
        list: &'a str,
    },
    /// The description names nothing that is known.
    Unrecognised {
        /// The list's id.
        list: &'a str,
    },
    /// The description is specific and has no term of the list.
    SomethingElse {
        /// The list's id.
        list: &'a str,
    },
}

impl fmt::Display for GoodsReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoodsReason::NothingLeft { list } => write!(f, "nothing of `{list}` is in force or left"),
            GoodsReason::Code { code, code_match: CodeMatch::Inside, list } => write!(f, "HS {code} is in `{list}`"),
            GoodsReason::Code { code, code_match: CodeMatch::Partly, list } => {
                write!(f, "only some goods under HS {code} are in `{list}`")
            }
            GoodsReason::Code { code, list, .. } => write!(f, "HS {code} is too coarse to tell for `{list}`"),
            GoodsReason::CodesOutside { codes } => {
                let shown: Vec<String> = codes.iter().map(ToString::to_string).collect();
                write!(f, "HS {} is outside the list", shown.join(", "))
            }
            GoodsReason::NotReported => f.write_str("neither described nor coded"),
            GoodsReason::Term { term, list, surely: true } => write!(f, "`{term}` is a term of `{list}`"),
            GoodsReason::Term { term, list, surely: false } => write!(f, "`{term}` may or may not mean `{list}`"),
            GoodsReason::Named { word, surely, list } => {
                let is_in = if *surely { "" } else { "of which some goods may be " };
                write!(f, "`{}` is HS {}, {is_in}in `{list}`", word.written, Alternatives(&word.codes))
            }
            GoodsReason::Unrecognised { list } => write!(f, "the description names nothing that is known, so it may be `{list}`"),
            GoodsReason::Vague { list } => write!(f, "the description does not tell whether it is `{list}`"),
            GoodsReason::SomethingElse { list } => write!(f, "described as something else than `{list}`"),
        }
    }
}

/// Codes with *or* between them, of many the first.
struct Alternatives<'c>(&'c [HsCode]);

impl fmt::Display for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 3;
        let shown: Vec<String> = self.0.iter().take(SHOWN).map(ToString::to_string).collect();
        match (self.0.len().checked_sub(SHOWN), shown.split_last()) {
            (Some(more), _) if more > 0 => write!(f, "{} or {more} more", shown.join(", ")),
            (_, Some((last, before))) if !before.is_empty() => write!(f, "{} or {last}", before.join(", ")),
            _ => f.write_str(&shown.join(", ")),
        }
    }
}

impl<'a> GoodsMatch<'a> {
    fn new(truth: Truth, decided_by: GoodsFact, why: GoodsReason<'a>) -> Self {
        let cause = (truth == Truth::Unknown).then_some(UnknownCause::Imprecise);
        Self { truth, cause, decided_by, why, disagree: false }
    }

    /// A match that is decided by a code alone.
    fn by_code((code_match, why): (CodeMatch, GoodsReason<'a>)) -> Self {
        let truth = match code_match {
            CodeMatch::Inside => Truth::True,
            CodeMatch::Outside => Truth::False,
            CodeMatch::Partly | CodeMatch::Coarse => Truth::Unknown,
        };
        Self::new(truth, GoodsFact::Code, why)
    }
}

/// Matches an item, whose description is given as `words`, with a list as it stood on a date.
pub(super) fn match_goods<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    words: &DescriptionWords,
    date: Option<Period>,
) -> GoodsMatch<'a> {
    quick_reject(goods, id, item, words, date).unwrap_or_else(|| classify(goods, id, item, words, date))
}

/// Matches an item that is certainly outside the list, with the same result as [`classify`]; `None` if `classify` has to be
/// called. The item's codes are in no chapter of the list, and no term of the list or of what it includes can be in the
/// description. This is so for nearly all lists, and then it does not matter which parts of the list are in force.
fn quick_reject<'a>(
    goods: &GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    words: &DescriptionWords,
    date: Option<Period>,
) -> Option<GoodsMatch<'a>> {
    let list = goods.get(id)?;
    let codes = item.hs.is().filter(|codes| !codes.is_empty() && !is_declared_otherwise(item))?;
    let lapsed = list.in_force.on(date, LawAsOf::default()) == Truth::False;
    let far = !lapsed && list.outside.is_empty() && goods.rules_out(id, codes, words.candidate_lists(goods));
    far.then(|| GoodsMatch::by_code((CodeMatch::Outside, GoodsReason::CodesOutside { codes })))
}

/// Matches an item with every part of a list that is in force.
fn classify<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    words: &DescriptionWords,
    date: Option<Period>,
) -> GoodsMatch<'a> {
    let parts = parts_in_force(goods, id, item, words, date);
    let list = goods.get(id).map_or("?", |l| l.id.as_str());
    if parts.is_empty() {
        return GoodsMatch::new(Truth::False, GoodsFact::Description, GoodsReason::NothingLeft { list });
    }
    let code = match_codes(&parts, item);
    if item.description.is_none() {
        return code.map_or_else(
            || GoodsMatch {
                cause: Some(UnknownCause::NotReported),
                ..GoodsMatch::new(Truth::Unknown, GoodsFact::Description, GoodsReason::NotReported)
            },
            GoodsMatch::by_code,
        );
    }
    let text = item.description.as_deref().unwrap_or_default();
    let basis = goods.get(id).map(|l| l.basis).unwrap_or_default();
    let description = Description { goods, parts: &parts, words, text, list, basis };
    let term = description.by_terms();
    // Where the papers say something else than what was found, the code on them excludes nothing.
    let code = code.filter(|(code_match, _)| *code_match != CodeMatch::Outside || !is_declared_otherwise(item));
    match (code, term) {
        (Some((CodeMatch::Outside, _)), Some(term)) if term.is_sure => {
            let truth = if basis == GoodsBasis::Hs { Truth::Unknown } else { term.in_force };
            GoodsMatch { disagree: true, ..GoodsMatch::new(truth, GoodsFact::Description, term.reason(list)) }
        }
        (Some((CodeMatch::Outside, _)), Some(term))
            if basis == GoodsBasis::Description && term.is_head && shares_chapter(&parts, item) =>
        {
            term.matched(list)
        }
        (Some(outside @ (CodeMatch::Outside, _)), _) => GoodsMatch::by_code(outside),
        (_, Some(term)) if term.is_sure => term.matched(list),
        (Some(decided @ (CodeMatch::Inside | CodeMatch::Coarse, _)), _) => GoodsMatch::by_code(decided),
        (Some((CodeMatch::Partly, _)), Some(term)) => term.matched(list),
        (Some((CodeMatch::Partly, why)), None) => match words.naming(goods, text).kind {
            NamingKind::Named => GoodsMatch::new(Truth::False, GoodsFact::Description, GoodsReason::SomethingElse { list }),
            _ => GoodsMatch::new(Truth::Unknown, GoodsFact::Code, why),
        },
        (None, term) => {
            let named = description.by_lexicon();
            match term {
                Some(term) if named.truth != Truth::True => term.matched(list),
                _ => named,
            }
        }
    }
}

/// True if a code of the item is in a chapter of the list: only then can an ambiguous term beside it mean goods of the list.
fn shares_chapter(parts: &[Part<'_>], item: &Item) -> bool {
    item.hs.is().unwrap_or_default().iter().any(|code| parts.iter().any(|part| part.list.has_chapter_of(code)))
}

/// True if the item is declared as something else than it is described as.
pub(super) fn is_declared_otherwise(item: &Item) -> bool {
    match (&item.declared_as, &item.description) {
        (Some(declared), Some(described)) => declared != described,
        _ => false,
    }
}

/// A description and the parts of a list that it is matched with.
struct Description<'d, 'a> {
    goods: &'a GoodsCatalogue,
    parts: &'d [Part<'a>],
    words: &'d DescriptionWords,
    text: &'d str,
    list: &'a str,
    basis: GoodsBasis,
}

/// A term of a list in a description.
#[derive(Clone, Copy)]
struct TermMatch<'a> {
    phrase: &'a Phrase,
    in_force: Truth,
    /// It names what the description names, and means nothing but goods of the list.
    is_sure: bool,
    /// It names what the description names.
    is_head: bool,
}

impl<'a> TermMatch<'a> {
    fn reason(&self, list: &'a str) -> GoodsReason<'a> {
        GoodsReason::Term { term: &self.phrase.written, list, surely: self.is_sure }
    }

    fn matched(&self, list: &'a str) -> GoodsMatch<'a> {
        let truth = if self.is_sure { self.in_force } else { Truth::Unknown };
        GoodsMatch::new(truth, GoodsFact::Description, self.reason(list))
    }
}

/// What a term does in its phrase.
#[derive(Clone, Copy, PartialEq)]
enum TermPlace {
    /// It is what the phrase names, or the phrase names parts of it.
    Head,
    /// It only says more about what the phrase names, which may be goods of the list.
    Modifier,
    /// What the phrase names is something else.
    Elsewhere,
}

impl<'a> Description<'_, 'a> {
    /// The most telling term of the list: a sure one that the description names, then an ambiguous one, then any that may be
    /// meant. Of equal ones the first.
    fn by_terms(&self) -> Option<TermMatch<'a>> {
        let near = || self.parts.iter().filter(|part| self.words.may_have_term(self.goods, part.id));
        let mut best: Option<TermMatch<'a>> = None;
        for are_sure in [true, false] {
            for part in near() {
                let phrases = if are_sure { &part.list.sure } else { &part.list.ambiguous };
                for (phrase, place) in self.words.find(phrases, part.list) {
                    let is_head = match self.place_of(&place) {
                        TermPlace::Head => true,
                        TermPlace::Modifier => false,
                        TermPlace::Elsewhere => continue,
                    };
                    let found = TermMatch { phrase, in_force: part.in_force, is_sure: are_sure && is_head, is_head };
                    if found.is_sure {
                        return Some(found);
                    }
                    if best.is_none_or(|best| found.is_head && !best.is_head) {
                        best = Some(found);
                    }
                }
            }
        }
        best
    }

    fn place_of(&self, term: &Range<usize>) -> TermPlace {
        let naming = self.words.naming(self.goods, self.text);
        let Some(head) = naming.phrase_at(term).and_then(|phrase| phrase.head.as_ref()) else { return TermPlace::Modifier };
        let word = head.word.and_then(|id| self.goods.lexicon().get(id));
        let codes = word.map(|word| word.codes.as_slice()).unwrap_or_default();
        let is_outside = || !codes.is_empty() && self.compare(codes, false) == (Truth::False, false);
        if head.is_at(term) && head.is_distant {
            return TermPlace::Modifier;
        }
        if head.is_at(term) {
            // A longer word says more closely what it is: `water tank`.
            let is_longer = head.is_word && head.place != *term && head.place.start <= term.start && term.end <= head.place.end;
            return if is_longer && self.basis == GoodsBasis::Hs && is_outside() {
                TermPlace::Elsewhere
            } else {
                TermPlace::Head
            };
        }
        if head.governs_as_parts(term) {
            return TermPlace::Head;
        }
        let (mut has_codes, mut of_devices) = (false, false);
        for part in self.parts.iter().filter(|part| part.list.has_codes()) {
            has_codes = true;
            of_devices |= part.list.has_codes_of(84..=93);
        }
        match codes {
            [] if head.is_beside(term) && self.decides(head) => TermPlace::Head,
            // Another list says surely what it is.
            [] if head.is_sure && self.basis == GoodsBasis::Hs => TermPlace::Elsewhere,
            // Propellant for Scud missiles: what a list names is made for what another names.
            [] if head.is_term && of_devices && !head.is_beside(term) => TermPlace::Head,
            [] => TermPlace::Modifier,
            // A type of the goods: `Scud missiles`, `P-750 aircraft`.
            _ if head.is_beside(term) && (!is_outside() || (!has_codes && codes.iter().any(may_be_component))) => TermPlace::Head,
            _ if !is_outside() => TermPlace::Modifier,
            _ if self.basis == GoodsBasis::Description && (of_devices || !has_codes) && codes.iter().any(may_be_component) => {
                TermPlace::Head
            }
            _ => TermPlace::Elsewhere,
        }
    }

    /// True if a term of the list is the head of a phrase, so that the list's own words decide it.
    fn decides(&self, head: &Head) -> bool {
        let near = self.parts.iter().filter(|part| self.words.may_have_term(self.goods, part.id));
        let mut terms =
            near.flat_map(|part| [&part.list.sure, &part.list.ambiguous].map(|terms| self.words.find(terms, part.list)));
        terms.any(|found| found.iter().any(|(_, place)| head.is_at(place) && !head.is_distant))
    }

    /// What the words of the lexicon say of the list, or that the description says nothing.
    fn by_lexicon(&self) -> GoodsMatch<'a> {
        let by = |truth, why| GoodsMatch::new(truth, GoodsFact::Description, why);
        let list = self.list;
        let naming = self.words.naming(self.goods, self.text);
        match naming.kind {
            NamingKind::Vague => return by(Truth::Unknown, GoodsReason::Vague { list }),
            NamingKind::Unrecognised => return by(Truth::Unknown, GoodsReason::Unrecognised { list }),
            NamingKind::Named => {}
        }
        let mut best = by(Truth::False, GoodsReason::SomethingElse { list });
        for head in naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()) {
            let Some(word) = head.word.and_then(|id| self.goods.lexicon().get(id)) else { continue };
            if self.decides(head) || self.parts.iter().any(|part| self.words.is_hidden(part.list, &head.place)) {
                continue;
            }
            let (truth, touches) = match head.of_parts {
                true => self.compare(&chapters_of_parts(&word.codes), head.is_term),
                false => self.compare(&word.codes, head.is_term),
            };
            let truth = match truth {
                Truth::True if !head.is_loose => Truth::True,
                Truth::False if !touches => continue,
                _ => Truth::Unknown,
            };
            if truth > best.truth {
                best = by(truth, GoodsReason::Named { word, surely: truth == Truth::True, list });
            }
        }
        best
    }

    /// Whether goods of all codes are in the list, and whether those of some may be. What a term of another list
    /// names is not among the goods that this one takes from the same heading: diesel is no aviation fuel.
    fn compare(&self, codes: &[HsCode], is_named_elsewhere: bool) -> (Truth, bool) {
        let mut all = Truth::True;
        let (mut some_inside, mut some_may_be, mut all_may_be) = (false, false, !codes.is_empty());
        for code in codes {
            let (mut inside, mut within_some, mut may_be) = (Truth::False, false, false);
            for part in self.parts.iter().filter(|part| part.list.has_chapter_of(code)) {
                let within = Truth::any(part.list.hs.iter().map(|r| r.contains(code)));
                let partly = Truth::any(part.list.hs_partly.iter().map(|r| r.contains(code)));
                within_some |= within == Truth::True || (within == Truth::Unknown && !is_named_elsewhere);
                may_be |= within == Truth::True || ((within, partly) != (Truth::False, Truth::False) && !is_named_elsewhere);
                inside = Truth::any([inside, Truth::all([within, part.in_force])]);
            }
            some_inside |= within_some;
            all_may_be &= may_be;
            some_may_be |= may_be;
            all = Truth::all([all, inside]);
        }
        // Where the list rests on words, a word for many goods of which few may be in it says nothing of it.
        let touches = match self.basis {
            GoodsBasis::Hs => some_may_be,
            GoodsBasis::Description => some_inside || all_may_be,
        };
        (all, touches)
    }
}

/// The chapters in which parts of goods are: their own; of machines, vehicles and instruments those of machines too, for motors and
/// electrical equipment.
pub(super) fn chapters_of_parts(codes: &[HsCode]) -> SmallVec<[HsCode; 4]> {
    let chapter = |code: &HsCode| code.digits().get(..2)?.parse().ok();
    let mut chapters: SmallVec<[HsCode; 4]> = codes.iter().filter_map(chapter).collect();
    if codes.iter().any(|code| matches!(code.chapter(), 84..=90)) {
        chapters.extend(["84", "85"].iter().filter_map(|chapter| chapter.parse().ok()));
    }
    chapters.sort_unstable();
    chapters.dedup();
    chapters
}

/// True for codes of chapters whose goods can be made for something else: minerals, chemicals, plastics, metals, machinery,
/// vehicles, instruments, arms.
fn may_be_component(code: &HsCode) -> bool {
    matches!(code.chapter(), 25..=29 | 36 | 38..=40 | 68..=76 | 78..=93)
}

/// A list, or one that it includes, that is in force.
struct Part<'a> {
    id: GoodsListId,
    list: &'a GoodsList,
    /// True if the part is certainly in force and the item certainly not excluded from it.
    in_force: Truth,
}

/// Holds the parts of the longest built-in lists without an allocation.
type PartsBuffer<T> = SmallVec<[T; 32]>;

/// The list and all that it includes, as far as they are in force on the date.
fn parts_in_force<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &Item,
    words: &DescriptionWords,
    date: Option<Period>,
) -> PartsBuffer<Part<'a>> {
    let mut parts = PartsBuffer::new();
    let mut seen: PartsBuffer<GoodsListId> = smallvec![id];
    let mut open: PartsBuffer<(GoodsListId, Truth)> = smallvec![(id, Truth::True)];
    while let Some((id, above)) = open.pop() {
        let Some(list) = goods.get(id) else { continue };
        let dated = list.in_force.on(date, LawAsOf::default());
        // Whether the item is in an excluded list matters only where this one is in force.
        let excluded = || Truth::any(list.outside.iter().map(|o| match_goods(goods, *o, item, words, date).truth));
        let in_force = if dated == Truth::False { dated } else { Truth::all([above, dated, !excluded()]) };
        if in_force == Truth::False {
            continue;
        }
        parts.push(Part { id, list, in_force });
        for included in list.includes.iter().rev() {
            if !seen.contains(included) {
                seen.push(*included);
                open.push((*included, in_force));
            }
        }
    }
    parts
}

/// How a code compares with the codes of a list, from the weakest to the strongest match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeMatch {
    /// The code is under none of them.
    Outside,
    /// The code is under one of which only some goods belong to the list.
    Partly,
    /// The code has too few digits to decide.
    Coarse,
    /// The code is under one of them.
    Inside,
}

/// The strongest match of the item's codes with those of the parts; `None` if the item has no code.
fn match_codes<'a>(parts: &[Part<'a>], item: &'a Item) -> Option<(CodeMatch, GoodsReason<'a>)> {
    let codes = item.hs.is().filter(|codes| !codes.is_empty())?;
    let mut best = (CodeMatch::Outside, GoodsReason::CodesOutside { codes });
    for code in codes {
        for Part { list, in_force, .. } in parts.iter().filter(|part| part.list.has_chapter_of(code)) {
            let inside = Truth::any(list.hs.iter().map(|r| r.contains(code)));
            let partly = Truth::any(list.hs_partly.iter().map(|r| r.contains(code)));
            let code_match = match (Truth::all([inside, *in_force]), partly) {
                (Truth::True, _) => CodeMatch::Inside,
                (_, Truth::True) => CodeMatch::Partly,
                (Truth::Unknown, _) | (_, Truth::Unknown) => CodeMatch::Coarse,
                (Truth::False, Truth::False) => continue,
            };
            if code_match > best.0 {
                best = (code_match, GoodsReason::Code { code: *code, code_match, list: &list.id });
            }
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::{classify, quick_reject};
    use crate::engine::description::DescriptionWords;
    use crate::facts::{Coded, Item, Period};
    use crate::rulebook::{RuleFiles, Rulebook};

    /// Items with the codes and terms of the built-in rulebook, each with every list, on days on which lists begin and before.
    #[test]
    fn a_quick_reject_gives_what_classify_gives() {
        let rulebook = Rulebook::load_without_tests(RuleFiles::built_in()).unwrap();
        let goods = &rulebook.goods;
        let codes = goods.lists().iter().filter_map(|l| l.hs.first().or(l.hs_partly.first()));
        let codes: Vec<_> = codes.flat_map(|range| [range.to_string(), range.to_string().chars().take(2).collect()]).collect();
        let terms = goods.lists().iter().filter_map(|l| l.sure.phrases().first());
        let terms: Vec<_> = terms.map(|term| term.written.as_str()).chain(["spare parts", "рис", "猫", "soya beans"]).collect();
        let days = ["2005", "2006-10-14", "2016-03-01", "2016-03-02", "2024-05-01"].map(|day| day.parse::<Period>().unwrap());
        let (mut rejected, mut classified) = (0, 0);
        for (turn, (code, term)) in codes.iter().zip(terms.iter().cycle()).enumerate() {
            let hs = code.parse().map_or(Coded::UNKNOWN, Coded::one);
            let item = Item { hs, description: (turn % 5 != 0).then(|| (*term).into()), ..Item::default() };
            let words = DescriptionWords::new(item.description.as_deref().unwrap_or_default());
            for id in goods.list_ids() {
                for date in days.iter().copied().map(Some).chain([None]) {
                    let expected = classify(goods, id, &item, &words, date);
                    match quick_reject(goods, id, &item, &words, date) {
                        Some(matched) => {
                            assert_eq!(format!("{matched:?}"), format!("{expected:?}"), "{code} {term} {id:?} {date:?}");
                            rejected += 1;
                        }
                        None => classified += 1,
                    }
                }
            }
        }
        assert!(rejected > 1000 && classified > 1000, "{rejected} {classified}");
    }
}
