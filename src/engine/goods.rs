//! Whether an item is in a list of goods: by its code and by the words that describe it.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use crate::facts::{HsCode, Item, Period, Truth, Words};
use crate::rulebook::{GoodsCatalogue, GoodsList, GoodsListId, Phrase, PhraseIndex};

use super::UnknownCause;

/// What came of it, and why.
#[derive(Debug, Clone, Copy)]
pub struct GoodsMatch<'a> {
    /// Whether the item is in the list.
    pub truth: Truth,
    /// Why it is open.
    pub cause: Option<UnknownCause>,
    /// The key of the fact that decided.
    pub by: &'static str,
    /// Which code, which term.
    pub why: GoodsReason<'a>,
    /// The code says no and the words say yes: a red flag.
    pub disagree: bool,
}

/// What decided whether an item is in a list, to be put into words where somebody reads them.
#[derive(Debug, Clone, Copy)]
pub enum GoodsReason<'a> {
    /// Nothing of the list is in force on the date, or left.
    NothingLeft {
        /// The list's id.
        list: &'a str,
    },
    /// A code stands in the list, or in a part of it.
    Code {
        /// The item's code.
        code: HsCode,
        /// How it stands to the codes of the list.
        stands: CodeMatch,
        /// The list's id.
        list: &'a str,
    },
    /// No code stands in the list.
    CodesOutside {
        /// The item's codes.
        codes: &'a [HsCode],
    },
    /// There is neither a description nor a code.
    NotReported,
    /// A term of the list stands in the description.
    Term {
        /// The term as the list has it.
        term: &'a str,
        /// The list's id.
        list: &'a str,
        /// It means nothing else.
        surely: bool,
    },
    /// The description does not tell what it is.
    Vague {
        /// The list's id.
        list: &'a str,
    },
    /// The description tells that it is something else.
    SomethingElse {
        /// The list's id.
        list: &'a str,
    },
}

impl fmt::Display for GoodsReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoodsReason::NothingLeft { list } => write!(f, "nothing of `{list}` is in force or left"),
            GoodsReason::Code { code, stands: CodeMatch::Inside, list } => write!(f, "HS {code} is in `{list}`"),
            GoodsReason::Code { code, stands: CodeMatch::Partly, list } => {
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
            GoodsReason::Vague { list } => write!(f, "the description does not tell whether it is `{list}`"),
            GoodsReason::SomethingElse { list } => write!(f, "described as something else than `{list}`"),
        }
    }
}

impl<'a> GoodsMatch<'a> {
    fn new(truth: Truth, by: &'static str, why: GoodsReason<'a>) -> Self {
        let cause = (truth == Truth::Unknown).then_some(UnknownCause::Imprecise);
        Self { truth, cause, by, why, disagree: false }
    }

    /// By its code alone.
    fn by_code((stands, why): (CodeMatch, GoodsReason<'a>)) -> Self {
        let truth = match stands {
            CodeMatch::Inside => Truth::True,
            CodeMatch::Outside => Truth::False,
            CodeMatch::Partly | CodeMatch::Coarse => Truth::Unknown,
        };
        Self::new(truth, "hs", why)
    }
}

/// Judges an item, its description split into words, against a list as it stood on a date.
pub(super) fn match_goods<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    described: &Described,
    date: Option<Period>,
) -> GoodsMatch<'a> {
    far_off(goods, id, item, described, date).unwrap_or_else(|| judge_closely(goods, id, item, described, date))
}

/// The judgement of an item whose codes are of no chapter of the list and in whose description no term of it can stand, of
/// what the list includes neither: nearly all lists are so far off, and then it does not matter which parts of the list are
/// in force, but that something is.
fn far_off<'a>(
    goods: &GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    described: &Described,
    date: Option<Period>,
) -> Option<GoodsMatch<'a>> {
    let list = goods.get(id)?;
    let codes = item.hs.is().filter(|codes| !codes.is_empty())?;
    let lapsed = date.is_some_and(|date| date.within(list.in_force.from, list.in_force.to) == Truth::False);
    let far = !lapsed && list.outside.is_empty() && goods.rules_out(id, codes, described.near(goods));
    far.then(|| GoodsMatch::by_code((CodeMatch::Outside, GoodsReason::CodesOutside { codes })))
}

fn judge_closely<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &'a Item,
    described: &Described,
    date: Option<Period>,
) -> GoodsMatch<'a> {
    let parts = parts_in_force(goods, id, item, described, date);
    let list = goods.get(id).map_or("?", |l| l.id.as_str());
    if parts.is_empty() {
        return GoodsMatch::new(Truth::False, "description", GoodsReason::NothingLeft { list });
    }
    let code = code_stands(&parts, item);
    if item.description.is_none() {
        return code.map_or_else(
            || GoodsMatch {
                cause: Some(UnknownCause::NotReported),
                ..GoodsMatch::new(Truth::Unknown, "description", GoodsReason::NotReported)
            },
            GoodsMatch::by_code,
        );
    }
    let near = || parts.iter().filter(|p| described.is_near(goods, p.id));
    if let Some((phrase, in_force)) = near().find_map(|p| Some((described.find(&p.list.sure, p.list)?, p.in_force))) {
        let why = GoodsReason::Term { term: &phrase.written, list, surely: true };
        let disagree = matches!(code, Some((CodeMatch::Outside, _)));
        return GoodsMatch { disagree, ..GoodsMatch::new(in_force, "description", why) };
    }
    let code = match code {
        Some((CodeMatch::Partly, why)) => Some(why),
        Some(decided) => return GoodsMatch::by_code(decided),
        None => None,
    };
    if let Some(phrase) = near().find_map(|p| described.find(&p.list.ambiguous, p.list)) {
        let why = GoodsReason::Term { term: &phrase.written, list, surely: false };
        return GoodsMatch::new(Truth::Unknown, "description", why);
    }
    if described.is_vague(goods) || !described.is_readable(&parts) {
        return match code {
            Some(why) => GoodsMatch::new(Truth::Unknown, "hs", why),
            None => GoodsMatch::new(Truth::Unknown, "description", GoodsReason::Vague { list }),
        };
    }
    GoodsMatch::new(Truth::False, "description", GoodsReason::SomethingElse { list })
}

/// A list or one that it includes, as far as it is in force.
struct Part<'a> {
    id: GoodsListId,
    list: &'a GoodsList,
    /// How surely it is in force, and the item not left out of it.
    in_force: Truth,
}

/// The parts of the longest lists of the law have room in it: an item is judged without asking for memory.
type Few<T> = SmallVec<[T; 32]>;

/// The list and all it includes, as far as they are in force on the date.
fn parts_in_force<'a>(
    goods: &'a GoodsCatalogue,
    id: GoodsListId,
    item: &Item,
    described: &Described,
    date: Option<Period>,
) -> Few<Part<'a>> {
    let mut parts = Few::new();
    let mut seen: Few<GoodsListId> = smallvec![id];
    let mut open: Few<(GoodsListId, Truth)> = smallvec![(id, Truth::True)];
    while let Some((id, above)) = open.pop() {
        let Some(list) = goods.get(id) else { continue };
        let dated = match date {
            Some(date) => date.within(list.in_force.from, list.in_force.to),
            None if list.in_force == Default::default() => Truth::True,
            None => Truth::Unknown,
        };
        // Whether it is in another list is asked only where this one is in force.
        let excluded = || Truth::any(list.outside.iter().map(|o| match_goods(goods, *o, item, described, date).truth));
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

/// How an item's code stands to the codes of a list. The order is from least to most telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeMatch {
    /// Under none of them.
    Outside,
    /// Under one of which only some goods belong to the list.
    Partly,
    /// Too short to tell.
    Coarse,
    /// Under one of them.
    Inside,
}

/// How the item's codes stand to the codes of the parts; `None` if it has no code.
fn code_stands<'a>(parts: &[Part<'a>], item: &'a Item) -> Option<(CodeMatch, GoodsReason<'a>)> {
    let codes = item.hs.is().filter(|codes| !codes.is_empty())?;
    let mut best = (CodeMatch::Outside, GoodsReason::CodesOutside { codes });
    for code in codes {
        for Part { list, in_force, .. } in parts.iter().filter(|part| part.list.has_chapter_of(code)) {
            let inside = Truth::any(list.hs.iter().map(|r| r.contains(code)));
            let partly = Truth::any(list.hs_partly.iter().map(|r| r.contains(code)));
            let stands = match (Truth::all([inside, *in_force]), partly) {
                (Truth::True, _) => CodeMatch::Inside,
                (_, Truth::True) => CodeMatch::Partly,
                (Truth::Unknown, _) | (_, Truth::Unknown) => CodeMatch::Coarse,
                (Truth::False, Truth::False) => continue,
            };
            if stands > best.0 {
                best = (stands, GoodsReason::Code { code: *code, stands, list: &list.id });
            }
        }
    }
    Some(best)
}

/// A description as words.
#[derive(Debug, Default)]
pub(super) struct Described {
    words: Words,
    near: OnceCell<Vec<GoodsListId>>,
}

impl Described {
    pub(super) fn of(text: &str) -> Self {
        Self { words: Words::new(text), near: OnceCell::new() }
    }

    /// Reads another description into the same place.
    pub(super) fn read(&mut self, text: &str) {
        self.words.read(text);
        self.near = OnceCell::new();
    }

    /// The words.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// True if there is a word in Latin letters, which every list can read, or none that is letters at all.
    pub(super) fn is_latin(&self) -> bool {
        let mut scripts = self.words.iter().filter_map(Script::of).peekable();
        scripts.peek().is_none() || scripts.any(|s| s == Script::Latin)
    }

    /// The lists of which a term may stand in it, in order.
    fn near(&self, goods: &GoodsCatalogue) -> &[GoodsListId] {
        self.near.get_or_init(|| goods.candidates(&self.words))
    }

    /// False if no term of a list stands in it.
    fn is_near(&self, goods: &GoodsCatalogue, list: GoodsListId) -> bool {
        self.near(goods).binary_search(&list).is_ok()
    }

    /// The first of the phrases that stands in the text and is not hidden by a longer term of something else.
    fn find<'p>(&self, phrases: &'p PhraseIndex, list: &GoodsList) -> Option<&'p Phrase> {
        let found = phrases.find(&self.words);
        if found.is_empty() {
            return None;
        }
        let hiding = list.not_terms.find(&self.words);
        let hidden = |place: &Range<usize>| hiding.iter().any(|(_, n)| n.start <= place.start && place.end <= n.end);
        found.into_iter().find(|(_, place)| !hidden(place)).map(|(phrase, _)| phrase)
    }

    /// True if nothing is left once the words that describe nothing are taken away.
    pub(super) fn is_vague(&self, goods: &GoodsCatalogue) -> bool {
        const LINKS: [&str; 10] = ["of", "and", "for", "the", "a", "with", "и", "для", "с", "in"];
        let vague = goods.vague().find(&self.words);
        let says_nothing = |(start, word): (usize, &str)| {
            word.chars().all(char::is_numeric) || LINKS.contains(&word) || vague.iter().any(|(_, place)| place.contains(&start))
        };
        self.words.places().all(says_nothing)
    }

    /// False if every word is in a script in which the lists have no term at all: then silence means nothing.
    fn is_readable(&self, parts: &[Part<'_>]) -> bool {
        if self.is_latin() {
            return true;
        }
        let scripts: HashSet<Script> = self.words.iter().filter_map(Script::of).collect();
        let mut terms = parts.iter().flat_map(|p| p.list.sure.phrases().iter().chain(p.list.ambiguous.phrases()));
        terms.any(|p| p.words().filter_map(Script::of).any(|s| scripts.contains(&s)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Script {
    Latin,
    Cyrillic,
    Hangul,
    Han,
    Other,
}

impl Script {
    fn of(word: &str) -> Option<Self> {
        let c = word.chars().next()?;
        Some(match c {
            _ if c.is_numeric() => return None,
            '\u{0}'..='\u{24f}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{ac00}'..='\u{d7af}' => Script::Hangul,
            '\u{3400}'..='\u{9fff}' => Script::Han,
            _ => Script::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Described, far_off, judge_closely};
    use crate::facts::{Coded, Item, Period};
    use crate::rulebook::{RuleFiles, Rulebook};

    /// Items by the codes and terms of the law, each against every list, on days on which lists begin and before.
    #[test]
    fn what_is_far_off_is_judged_as_it_is_closely() {
        let rulebook = Rulebook::load_without_tests(RuleFiles::built_in()).unwrap();
        let goods = &rulebook.goods;
        let codes = goods.lists().iter().filter_map(|l| l.hs.first().or(l.hs_partly.first()));
        let codes: Vec<_> = codes.flat_map(|range| [range.to_string(), range.to_string().chars().take(2).collect()]).collect();
        let terms = goods.lists().iter().filter_map(|l| l.sure.phrases().first());
        let terms: Vec<_> = terms.map(|term| term.written.as_str()).chain(["spare parts", "рис", "猫", "soya beans"]).collect();
        let days = ["2005", "2006-10-14", "2016-03-01", "2016-03-02", "2024-05-01"].map(|day| day.parse::<Period>().unwrap());
        let (mut far, mut close) = (0, 0);
        for (turn, (code, term)) in codes.iter().zip(terms.iter().cycle()).enumerate() {
            let hs = code.parse().map_or(Coded::UNKNOWN, Coded::one);
            let item = Item { hs, description: (turn % 5 != 0).then(|| (*term).into()), ..Item::default() };
            let described = Described::of(item.description.as_deref().unwrap_or_default());
            for id in goods.list_ids() {
                for date in days.iter().copied().map(Some).chain([None]) {
                    let closely = judge_closely(goods, id, &item, &described, date);
                    match far_off(goods, id, &item, &described, date) {
                        Some(judged) => {
                            assert_eq!(format!("{judged:?}"), format!("{closely:?}"), "{code} {term} {id:?} {date:?}");
                            far += 1;
                        }
                        None => close += 1,
                    }
                }
            }
        }
        assert!(far > 1000 && close > 1000, "{far} {close}");
    }
}
