//! Goods that the text of a paper names, compared with the goods of an act: by the words that name them, by HS heading, and by the
//! lists of the rulebook that tell kinds of arms apart.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::{HsCode, Item, Transaction, Truth, Words};
use crate::rulebook::{Condition, ConditionKind, DefinitionId, GoodsBasis, GoodsCatalogue, GoodsListId, Rule, Rulebook};

use super::description::DescriptionWords;
use super::goods::match_goods;
use super::goods_description::codes_of_goods;
use super::goods_reason::GoodsReason;
use super::naming::{Head, Naming, NamingKind};
use super::paper_scope::{is_telling, telling_words};
use super::{EvalContext, TransactionMemo};

/// The goods that a part of a text names, between commas: `steel nails`.
pub(super) struct PaperGoods {
    item: Item,
    words: DescriptionWords,
    /// The words that name goods.
    named: FxHashSet<String>,
    /// Which kinds of goods they are.
    kinds: Vec<KindOfGoods>,
    /// The words that can tell the goods from others, without what they are for: `equipment for rifle ranges` are no rifles.
    telling: FxHashSet<String>,
    /// The headings of the goods, or their chapters where it says no more.
    headings: BTreeSet<String>,
    /// Each of its phrases names goods that are known. If not, what is not understood may be the goods of the act.
    is_understood: bool,
    /// How its headings lie to those of the items, by their positions.
    compared: RefCell<FxHashMap<usize, Headings>>,
    /// Whether it may be of lists of goods.
    lists: RefCell<FxHashMap<GoodsListId, ListOfPaper>>,
}

/// Whether what a paper covers is in a list of goods.
#[derive(Clone, Copy)]
struct ListOfPaper {
    truth: Truth,
    /// A word of the list names it.
    is_named: bool,
}

impl PaperGoods {
    /// Reads a part of the text of a paper.
    pub(super) fn new(text: &str, rulebook: &Rulebook) -> Self {
        let item = Item { description: Some(text.into()), ..Item::default() };
        let words = DescriptionWords::of_item(&item, &Transaction::default());
        let naming = words.naming(&rulebook.goods, text);
        Self {
            is_understood: naming.kind == NamingKind::Named
                && naming.phrases.iter().all(|phrase| phrase.head.as_ref().is_some_and(|head| !head.is_loose)),
            named: heads(naming, words.words()).into_iter().collect(),
            kinds: kinds(naming, words.words()),
            telling: telling_words(text.split(" for ").next().unwrap_or_default()),
            headings: headings_of_codes(&codes_named(naming, &rulebook.goods)),
            compared: RefCell::default(),
            lists: RefCell::default(),
            item,
            words,
        }
    }

    /// True if it names goods that are known, and nothing that is not understood.
    pub(super) fn is_understood(&self) -> bool {
        self.is_understood
    }

    /// True if the goods of an item are surely others.
    pub(super) fn are_others<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> bool {
        self.is_understood && self.headings_of(index, context, memo) == Headings::Others
    }

    /// Whether the goods are those of an item. Leave for hand pumps may be none for electric pumps.
    pub(super) fn cover_item<'a>(
        &self,
        index: usize,
        rule: &Rule,
        context: &EvalContext<'a>,
        memo: &TransactionMemo<'a>,
    ) -> Truth {
        let truth = self.cover_goods_of(index, rule, context, memo);
        if truth == Truth::True && self.are_of_another_kind(index, context, memo) { Truth::Unknown } else { truth }
    }

    /// True if words before the noun tell the goods from those of an item, and the item's words tell them from these.
    fn are_of_another_kind<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> bool {
        let Some((item, described)) = memo.described_item(index) else { return false };
        let text = item.description.as_deref().unwrap_or_default();
        let of_item = kinds(described.naming(&context.rulebook.goods, text), described.words());
        // `steel frames for greenhouses` are greenhouse frames.
        let (own_words, words) = (self.words.words(), described.words());
        let differ =
            |own: &KindOfGoods, other: &KindOfGoods| own.is_told_by_more_than(words) && other.is_told_by_more_than(own_words);
        let pairs = self.kinds.iter().flat_map(|own| of_item.iter().map(move |other| (own, other)));
        let mut of_one_noun = pairs.filter(|(own, other)| own.noun == other.noun).peekable();
        of_one_noun.peek().is_some() && of_one_noun.all(|(own, other)| differ(own, other))
    }

    fn cover_goods_of<'a>(&self, index: usize, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let goods = &context.rulebook.goods;
        let Some((_, described)) = memo.described_item(index) else { return Truth::Unknown };
        if heads_of_item(index, context, memo).iter().any(|head| self.names_as_goods(head)) {
            return Truth::True;
        }
        let shares_a_word = described.words().iter().any(|word| self.telling.contains(word));
        let headings = self.headings_of(index, context, memo);
        match headings {
            Headings::Others if self.is_understood => {
                // Agricultural machinery may include tractors.
                return match self.is_general() {
                    true if shares_a_word => Truth::True,
                    true => Truth::Unknown,
                    false => Truth::False,
                };
            }
            _ if shares_a_word => return Truth::True,
            Headings::Wider | Headings::Same if self.is_general() || self.is_for_a_whole() => return Truth::True,
            Headings::Wider => return self.is_wider_than(index, context, memo),
            // Ambulances and limousines are of one heading, and so are cartridges and missiles.
            Headings::Same => return self.is_wider_than(index, context, memo).min(Truth::Unknown),
            Headings::Overlap | Headings::Others | Headings::Unknown => {}
        }
        if !self.is_understood {
            return Truth::Unknown;
        }
        let lists = goods_lists_of(rule, context.rulebook).into_iter();
        let lists: Vec<GoodsListId> = lists
            .filter(|list| memo.match_goods(index, *list).is_some_and(|(_, matched)| matched.truth == Truth::True))
            .collect();
        let in_list = |list: &GoodsListId| self.in_list(*list, context);
        // A list of a chapter holds too many kinds of goods to say that they are the same.
        let is_narrow = |list: &GoodsListId| goods.get(*list).is_some_and(|list| list.basis == GoodsBasis::Description);
        let is_word_of_lists = headings == Headings::Unknown && self.headings.is_empty();
        // Two kinds of arms are in one list, and leave for the one is none for the other: a general word for all of them is.
        if is_word_of_lists && lists.iter().any(|list| is_narrow(list) && in_list(list).is_named) {
            self.is_wider_than(index, context, memo)
        } else if !self.is_general() && !lists.is_empty() && lists.iter().all(|list| in_list(list).truth == Truth::False) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// True if the last word of what names the goods is for goods of many kinds.
    pub(super) fn is_general(&self) -> bool {
        const GENERAL: [&str; 12] = [
            "machinery",
            "machine",
            "equipment",
            "vehicle",
            "tool",
            "apparatus",
            "appliance",
            "instrument",
            "material",
            "product",
            "reagent",
            "goods",
        ];
        self.ends_in(&GENERAL)
    }

    /// True if it is for a whole of which goods of its headings are parts: a cold chain.
    fn is_for_a_whole(&self) -> bool {
        self.ends_in(&["chain", "system", "plant", "installation", "supplies"])
    }

    fn ends_in(&self, words: &[&str]) -> bool {
        let is_last = |head: &String| {
            let last = head.rsplit(' ').next().unwrap_or_default();
            words.iter().any(|word| Words::new(word).iter().eq([last]))
        };
        self.named.iter().any(is_last)
    }

    /// True if the text names the goods that bear a name: `rifles` names assault rifles.
    pub(super) fn names_as_goods(&self, head: &str) -> bool {
        let starts = std::iter::once(0).chain(head.match_indices(' ').map(|(at, _)| at + 1));
        starts.filter_map(|at| head.get(at..)).any(|end| self.named.contains(end))
    }

    /// Whether every list of goods by their description that has what the text names has an item, too: `small arms` are wider than
    /// rifles, and armoured vehicles are not.
    fn is_wider_than<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let goods = &context.rulebook.goods;
        let is_by_description = |list: &GoodsListId| goods.get(*list).is_some_and(|list| list.basis == GoodsBasis::Description);
        let lists = self.words.lists(goods).iter().copied().filter(is_by_description);
        let of_paper = lists.filter(|list| self.in_list(*list, context).truth == Truth::True);
        Truth::all(of_paper.map(|list| memo.match_goods(index, list).map_or(Truth::Unknown, |(_, matched)| matched.truth)))
    }

    fn in_list(&self, list: GoodsListId, context: &EvalContext<'_>) -> ListOfPaper {
        *self.lists.borrow_mut().entry(list).or_insert_with(|| {
            let matched = match_goods(&context.rulebook.goods, list, &self.item, &self.words, context.date());
            let is_named = matches!(matched.why, GoodsReason::Term { .. } | GoodsReason::Named { .. });
            ListOfPaper { truth: matched.truth, is_named }
        })
    }

    /// How the headings of the text lie to those of an item, by its position.
    fn headings_of<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Headings {
        *self.compared.borrow_mut().entry(index).or_insert_with(|| {
            let goods = &context.rulebook.goods;
            let Some((item, described)) = memo.described_item(index) else { return Headings::Unknown };
            let text = item.description.as_deref().unwrap_or_default();
            let of_item = match item.hs.is() {
                Some(codes) if !codes.is_empty() => headings_of_codes(codes),
                _ => headings_of_codes(&codes_named(described.naming(goods, text), goods)),
            };
            Headings::compare(&self.headings, &of_item)
        })
    }
}

/// How the headings of the goods that a paper names lie to those of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headings {
    /// One of the two is not known by its codes.
    Unknown,
    /// The item's are among the paper's, and these are more.
    Wider,
    /// They are the same.
    Same,
    /// Some of the item's may be the paper's.
    Overlap,
    /// None is.
    Others,
}

impl Headings {
    fn compare(paper: &BTreeSet<String>, item: &BTreeSet<String>) -> Self {
        if paper.is_empty() || item.is_empty() {
            return Self::Unknown;
        }
        let is_covered = |own: &String| paper.iter().any(|wide| own.starts_with(wide));
        let may_be = |own: &String| paper.iter().any(|other| own.starts_with(other) || other.starts_with(own));
        if item == paper {
            Self::Same
        } else if item.iter().all(is_covered) {
            Self::Wider
        } else if item.iter().any(may_be) {
            Self::Overlap
        } else {
            Self::Others
        }
    }
}

/// The headings of HS codes; of a code of a chapter, the chapter.
fn headings_of_codes(codes: &[HsCode]) -> BTreeSet<String> {
    codes.iter().map(|code| code.digits().chars().take(4).collect()).collect()
}

/// The codes of the goods that a description names; none if some of its phrases names goods without codes.
fn codes_named(naming: &Naming, goods: &GoodsCatalogue) -> Vec<HsCode> {
    let of_phrase = |head: &Head| {
        let named = head.word.and_then(|id| goods.named_goods(id))?;
        let codes = codes_of_goods(head, named.codes);
        (!codes.is_empty() && !head.is_distant).then(|| codes.into_owned())
    };
    let all: Option<Vec<Vec<HsCode>>> = naming.phrases.iter().map(|phrase| of_phrase(phrase.head.as_ref()?)).collect();
    all.unwrap_or_default().concat()
}

/// The words that name goods in the description of an item.
pub(super) fn heads_of_item<'a>(index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Vec<String> {
    let Some((item, described)) = memo.described_item(index) else { return Vec::new() };
    let text = item.description.as_deref().unwrap_or_default();
    heads(described.naming(&context.rulebook.goods, text), described.words())
}

/// A kind of goods, as words tell it: `electric water pumps`.
struct KindOfGoods {
    /// The last word that names the goods.
    noun: String,
    /// The words before it.
    told_by: FxHashSet<String>,
}

impl KindOfGoods {
    /// True if it is told by a word that another description does not have.
    fn is_told_by_more_than(&self, words: &Words) -> bool {
        self.told_by.iter().any(|word| !words.iter().any(|other| other == word))
    }
}

/// The kinds of goods that a description names.
fn kinds(naming: &Naming, words: &Words) -> Vec<KindOfGoods> {
    let heads = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()).filter(|head| !head.is_distant);
    let kind = |head: &Head| {
        let noun = head.place.end.checked_sub(1)?;
        let before = words.iter().take(noun).skip(head.core.start);
        Some(KindOfGoods {
            noun: words.iter().nth(noun)?.to_owned(),
            told_by: before.filter(|word| is_telling(word)).map(str::to_owned).collect(),
        })
    };
    heads.filter_map(kind).collect()
}

/// The words that name goods in a description, not what these are for.
fn heads(naming: &Naming, words: &Words) -> Vec<String> {
    let heads = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()).filter(|head| !head.is_distant);
    let places = heads.map(|head| head.place.clone());
    let in_words = places.map(|place| words.iter().skip(place.start).take(place.len()).collect::<Vec<_>>().join(" "));
    in_words.filter(|head| !head.is_empty()).collect()
}

/// The lists of goods that the condition of a rule names, through definitions too.
fn goods_lists_of(rule: &Rule, rulebook: &Rulebook) -> Vec<GoodsListId> {
    let (mut lists, mut definitions) = (Vec::new(), Vec::new());
    collect(&rule.when, &mut lists, &mut definitions);
    let mut next = 0;
    while let Some(id) = definitions.get(next).copied() {
        next += 1;
        if let Some(definition) = rulebook.definition(id) {
            collect(&definition.when, &mut lists, &mut definitions);
        }
    }
    lists
}

fn collect(condition: &Condition, lists: &mut Vec<GoodsListId>, definitions: &mut Vec<DefinitionId>) {
    condition.walk(&mut |c| match &c.kind {
        ConditionKind::Goods(ids) => ids.iter().for_each(|id| {
            if !lists.contains(id) {
                lists.push(*id);
            }
        }),
        ConditionKind::Is(id) if !definitions.contains(id) => definitions.push(*id),
        _ => {}
    });
}
