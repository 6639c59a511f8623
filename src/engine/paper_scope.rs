//! What a permission or notice covers, compared with the act that it is to excuse.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::{CodedTerm, HsCode, Item, Scheme, Transaction, Truth, Words};
use crate::rulebook::{Condition, ConditionKind, DefinitionId, GoodsBasis, GoodsCatalogue, GoodsListId, Rule, Rulebook};

use super::description::DescriptionWords;
use super::goods::match_goods;
use super::goods_description::codes_of_goods;
use super::goods_reason::GoodsReason;
use super::naming::{Head, Naming, NamingKind};
use super::paper_limits::PaperLimits;
use super::paper_names::NamesInPaper;
use super::{EvalContext, TransactionMemo};

/// Whether a permission or notice that covers what the text says is about an act: about the item that the rule is evaluated on,
/// or about every item where it is evaluated on the whole act. Unknown if the text is not understood, and where leave for other goods
/// names somebody or some place of the act.
pub(super) fn covers_act<'a>(covered: &Covered, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
    let undertaking = covered.names_undertaking_of(context.transaction, context.rulebook);
    let items = context.transaction.items.known().len();
    if items == 0 {
        return if undertaking.truth == Truth::False { Truth::Unknown } else { undertaking.truth };
    }
    let concerned = context.item.map_or(0..items, |bound| bound..(bound + 1).min(items));
    Truth::all(concerned.map(|index| {
        let of_item = || covered.covers_item(index, rule, context, memo);
        let is_of_others = || covered.headings_of(index, context, memo) == Headings::Others;
        match undertaking {
            Undertaking { truth: Truth::False, .. } => of_item(),
            Undertaking { truth: Truth::True, is_whole } if is_of_others() || !is_whole => of_item().max(Truth::Unknown),
            Undertaking { truth, .. } => truth,
        }
    }))
}

/// The text of what a paper covers, read once for all items and rules that it is compared with.
pub(super) struct Covered {
    item: Item,
    words: DescriptionWords,
    /// The words that can tell one undertaking from another.
    telling: FxHashSet<String>,
    /// The words that name goods.
    goods_named: FxHashSet<String>,
    /// The headings of the goods that it names, or their chapters where it says no more.
    headings: BTreeSet<String>,
    /// Each of its phrases names goods that are known. If not, what is not understood may be the goods of the act.
    is_understood: bool,
    /// When, and how much, the text allows.
    pub(super) limits: PaperLimits,
    /// Whom and what places it names.
    names: NamesInPaper,
    are_names_of_act: OnceCell<Truth>,
    undertaking: OnceCell<Undertaking>,
    /// How its headings lie to those of the items, by their positions.
    compared: RefCell<FxHashMap<usize, Headings>>,
    /// Whether it may be of lists of goods.
    lists: RefCell<FxHashMap<GoodsListId, ListOfPaper>>,
}

/// Whether a text names the undertaking that an act is part of.
#[derive(Clone, Copy)]
struct Undertaking {
    truth: Truth,
    /// Nothing else is named besides.
    is_whole: bool,
}

/// Whether what a paper covers is in a list of goods.
#[derive(Clone, Copy)]
struct ListOfPaper {
    truth: Truth,
    /// A word of the list names it.
    is_named: bool,
}

impl Covered {
    /// Reads the text of a paper.
    pub(super) fn new(text: &str, rulebook: &Rulebook) -> Self {
        let item = Item { description: Some(text.into()), ..Item::default() };
        let words = DescriptionWords::of_item(&item, &Transaction::default());
        let naming = words.naming(&rulebook.goods, text);
        let is_understood = naming.kind == NamingKind::Named && naming.phrases.iter().all(|phrase| phrase.head.is_some());
        let goods_named = heads(naming, words.words()).into_iter().collect();
        let headings = headings_of_codes(&codes_named(naming, &rulebook.goods));
        let telling = words.words().iter().filter(|word| is_telling(word)).map(str::to_owned).collect();
        let limits = PaperLimits::new(text, &rulebook.vocabulary);
        let names = NamesInPaper::find(text, &rulebook.vocabulary);
        Self {
            item,
            words,
            telling,
            goods_named,
            headings,
            is_understood,
            limits,
            names,
            are_names_of_act: OnceCell::new(),
            undertaking: OnceCell::new(),
            compared: RefCell::default(),
            lists: RefCell::default(),
        }
    }

    /// The telling words that the text has in common with another, each as often as it stands there.
    fn shared_with(&self, text: &str) -> Vec<String> {
        let other = Words::new(text);
        other.iter().filter(|word| self.telling.contains(*word)).map(str::to_owned).collect()
    }

    fn shares_a_word_with(&self, text: &str) -> bool {
        !self.shared_with(text).is_empty()
    }

    /// Whether the text names what the report says of the undertaking as a whole: what is done, for what, by whom and where. Unknown if
    /// it names the act alone, and somebody or some place besides of whom the report does not speak.
    fn names_undertaking_of(&self, transaction: &Transaction, rulebook: &Rulebook) -> Undertaking {
        *self.undertaking.get_or_init(|| self.find_undertaking(transaction, rulebook))
    }

    /// Whether all whom and what places the text names have a part in the act.
    pub(super) fn names_of_act(&self, transaction: &Transaction, rulebook: &Rulebook) -> Truth {
        *self.are_names_of_act.get_or_init(|| self.names.are_of(transaction, &rulebook.vocabulary))
    }

    fn find_undertaking(&self, transaction: &Transaction, rulebook: &Rulebook) -> Undertaking {
        let subject = transaction.subject.get().and_then(|subject| subject.description.as_deref());
        // Goods that bear several words of an undertaking are of it, and so is what goes with them.
        let mut goods = transaction.items.known().iter().filter_map(|item| item.description.as_deref());
        let several = |text| self.shared_with(text).into_iter().collect::<FxHashSet<_>>().len() > 1;
        if subject.is_some_and(|text| self.shares_a_word_with(text)) || goods.any(several) {
            return Undertaking { truth: Truth::True, is_whole: true };
        }
        let coded = [&transaction.activity, &transaction.purpose, &transaction.field].into_iter();
        let coded = coded.flat_map(|fact| fact.is().unwrap_or_default()).filter_map(|term| match term {
            CodedTerm::Term(term) => Some(rulebook.vocabulary.id(*term)),
            CodedTerm::Unlisted(word) => Some(word.as_str()),
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => None,
        });
        let mut of_act: Vec<String> = coded.flat_map(|text| self.shared_with(text)).collect();
        let activities = transaction.activity.is().unwrap_or_default();
        of_act.extend(self.telling.iter().filter(|word| self.is_word_for(word, activities, rulebook)).cloned());
        let sides = [transaction.from.get(), transaction.to.get()].into_iter().flatten();
        let sides = sides.flat_map(|side| [side.place.as_deref(), side.party.as_deref()]).flatten();
        let parties = transaction.parties.known().iter().filter_map(|party| party.name.as_deref());
        let vessels = transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref());
        let names: Vec<String> = sides.chain(parties).chain(vessels).flat_map(|text| self.shared_with(text)).collect();
        if !names.is_empty() {
            let named: FxHashSet<&String> = names.iter().chain(&of_act).collect();
            return Undertaking { truth: Truth::True, is_whole: self.telling.iter().all(|word| named.contains(word)) };
        }
        let truth = match of_act.is_empty() {
            true => Truth::False,
            false if self.names_of_act(transaction, rulebook) != Truth::True => Truth::Unknown,
            false => Truth::True,
        };
        Undertaking { truth, is_whole: true }
    }

    /// True if a word names one of some activities: `trip` and `visit` are travel.
    fn is_word_for(&self, word: &str, activities: &[CodedTerm], rulebook: &Rulebook) -> bool {
        let vocabulary = &rulebook.vocabulary;
        let Some(named) = vocabulary.term_meant(Scheme::Activity, word) else { return false };
        activities.iter().any(|activity| matches!(activity, CodedTerm::Term(term) if vocabulary.is_a(*term, named)))
    }

    fn covers_item<'a>(&self, index: usize, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let goods = &context.rulebook.goods;
        let Some((item, described)) = memo.described_item(index) else { return Truth::Unknown };
        let text = item.description.as_deref().unwrap_or_default();
        if heads(described.naming(goods, text), described.words()).iter().any(|head| self.names_as_goods(head)) {
            return Truth::True;
        }
        let headings = self.headings_of(index, context, memo);
        match headings {
            Headings::Others if self.is_understood => {
                /// Goods of more headings are named by a general word: agricultural machinery may include tractors.
                const FEW: usize = 8;
                return if self.headings.len() > FEW { Truth::Unknown } else { Truth::False };
            }
            Headings::Wider => return Truth::True,
            _ if self.shares_a_word_with(text) => return Truth::True,
            // Ambulances and limousines are of one heading.
            Headings::Same => return Truth::Unknown,
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
        let is_general = headings == Headings::Unknown && self.headings.is_empty();
        // Two kinds of arms are in one list, and leave for the one is none for the other: a general word for all of them is.
        if is_general && lists.iter().any(|list| is_narrow(list) && in_list(list).is_named) {
            self.is_wider_than(index, context, memo)
        } else if !lists.is_empty() && lists.iter().all(|list| in_list(list).truth == Truth::False) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// True if the text names the goods that bear a name: `rifles` names assault rifles.
    fn names_as_goods(&self, head: &str) -> bool {
        let starts = std::iter::once(0).chain(head.match_indices(' ').map(|(at, _)| at + 1));
        starts.filter_map(|at| head.get(at..)).any(|end| self.goods_named.contains(end))
    }

    /// Whether every list of goods that has what the text names has an item, too: `small arms` are wider than rifles, and armoured
    /// vehicles are not.
    fn is_wider_than<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let goods = &context.rulebook.goods;
        let of_paper = self.words.lists(goods).iter().copied().filter(|list| self.in_list(*list, context).truth == Truth::True);
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

/// The words that name goods in a description.
fn heads(naming: &Naming, words: &Words) -> Vec<String> {
    let places = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()).map(|head| head.place.clone());
    let in_words = places.map(|place| words.iter().skip(place.start).take(place.len()).collect::<Vec<_>>().join(" "));
    in_words.filter(|head| !head.is_empty()).collect()
}

/// True for a word that can tell one undertaking or kind of goods from another.
fn is_telling(word: &str) -> bool {
    const COMMON: &str = "the and for with from other aid assistance relief humanitarian medical livelihood commercial goods equipment \
        item part material shipment delivery supply sale export import transfer exemption approval activity support project \
        programme program company trading trade service";
    word.chars().count() >= 3
        && !word.starts_with(|c: char| c.is_numeric())
        && !COMMON.split_whitespace().any(|common| common == word)
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
