//! Matching of items with lists of goods, by their HS codes and by the words that describe them.

use smallvec::{SmallVec, smallvec};

use crate::facts::{Item, Period, Truth};
use crate::rulebook::{GoodsBasis, GoodsCatalogue, GoodsList, GoodsListId, LawAsOf};

use super::UnknownCause;
use super::description::DescriptionWords;
use super::goods_description::Description;
use super::goods_reason::GoodsReason;
use super::naming::NamingKind;

/// Whether an item is in a list of goods, and what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl<'a> GoodsMatch<'a> {
    pub(super) fn new(truth: Truth, decided_by: GoodsFact, why: GoodsReason<'a>) -> Self {
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
    let far = !lapsed && list.outside.is_empty() && goods.rules_out(id, codes, words.lists(goods));
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
    let description = Description::new(goods, &parts, words, text, list, basis);
    let term = description.by_terms();
    // Where the papers say something else than what was found, the code on them excludes nothing.
    let code = code.filter(|(code_match, _)| *code_match != CodeMatch::Outside || !is_declared_otherwise(item));
    match (code, term) {
        // Goods that only their neighbours in a list make sure are not those of another code.
        (Some((CodeMatch::Outside, _)), Some(term)) if term.is_sure && !term.is_by_neighbours => {
            let truth = if basis == GoodsBasis::Hs { Truth::Unknown } else { term.in_force };
            GoodsMatch { disagree: true, ..GoodsMatch::new(truth, GoodsFact::Description, term.reason(list)) }
        }
        (Some((CodeMatch::Outside, _)), Some(term))
            if basis == GoodsBasis::Description && term.is_head && shares_chapter(&parts, item) =>
        {
            term.matched(list)
        }
        (Some((CodeMatch::Outside, _)), Some(term)) if term.is_toy => term.matched(list),
        (Some(outside @ (CodeMatch::Outside, _)), _) => GoodsMatch::by_code(outside),
        (_, Some(term)) if term.is_sure => term.matched(list),
        // The code covers goods too that the list expressly does not mean.
        (Some((CodeMatch::Inside, why)), term)
            if basis == GoodsBasis::Description && term.is_none_or(|term| !term.is_head) && description.is_denied() =>
        {
            if term.is_none() && description.has_code_of(item) {
                GoodsMatch::new(Truth::False, GoodsFact::Description, GoodsReason::SomethingElse { list })
            } else {
                GoodsMatch::new(Truth::Unknown, GoodsFact::Code, why.of_some_goods())
            }
        }
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

/// A list, or one that it includes, that is in force.
pub(super) struct Part<'a> {
    pub(super) id: GoodsListId,
    pub(super) list: &'a GoodsList,
    /// True if the part is certainly in force and the item certainly not excluded from it.
    pub(super) in_force: Truth,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
        let terms = goods.lists().iter().filter_map(|l| l.sure.first());
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
