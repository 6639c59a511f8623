//! What a permission or notice covers, compared with the act that it is to excuse.

use crate::facts::{CodedTerm, HsCode, Item, Transaction, Truth, Words};
use crate::rulebook::{Condition, ConditionKind, DefinitionId, GoodsBasis, GoodsCatalogue, GoodsListId, Rule, Rulebook};

use super::description::DescriptionWords;
use super::goods::match_goods;
use super::goods_description::codes_of_goods;
use super::goods_reason::GoodsReason;
use super::naming::{Head, Naming, NamingKind};
use super::paper_limits::names_another;
use super::{EvalContext, TransactionMemo};

/// Whether a permission or notice that covers what the text says is about an act: about the item that the rule is evaluated on,
/// or about every item where it is evaluated on the whole act. Unknown if the text is not understood.
pub(super) fn covers_act<'a>(covers: &str, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
    let covered = Covered::new(covers, context.rulebook);
    let undertaking = covered.names_undertaking_of(covers, context.transaction, context.rulebook);
    if undertaking != Truth::False {
        return undertaking;
    }
    let items = context.transaction.items.known().len();
    if items == 0 {
        return Truth::Unknown;
    }
    let concerned = context.item.map_or(0..items, |bound| bound..(bound + 1).min(items));
    Truth::all(concerned.map(|index| covered.covers_item(index, rule, context, memo)))
}

/// The text of what a paper covers.
struct Covered {
    item: Item,
    words: DescriptionWords,
    goods_named: Vec<String>,
    /// The codes of the goods that it names.
    codes: Vec<HsCode>,
    /// Each of its phrases names goods that are known. If not, what is not understood may be the goods of the act.
    is_understood: bool,
}

impl Covered {
    fn new(text: &str, rulebook: &Rulebook) -> Self {
        let item = Item { description: Some(text.into()), ..Item::default() };
        let words = DescriptionWords::of_item(&item, &Transaction::default());
        let naming = words.naming(&rulebook.goods, text);
        let is_understood = naming.kind == NamingKind::Named && naming.phrases.iter().all(|phrase| phrase.head.is_some());
        let goods_named = heads(naming, words.words());
        let codes = codes_named(naming, &rulebook.goods);
        Self { item, words, goods_named, codes, is_understood }
    }

    /// True if the text has a telling word of another.
    fn shares_a_word_with(&self, text: &str) -> bool {
        self.shared_words(text) > 0
    }

    /// The number of telling words that the text has in common with another.
    fn shared_words(&self, text: &str) -> usize {
        let other = Words::new(text);
        self.words.words().iter().filter(|word| is_telling(word) && other.iter().any(|own| own == *word)).count()
    }

    /// True if the text names what the report says of the undertaking as a whole: what is done, for what, by whom and where. Unknown if
    /// it names the act alone, and somebody or some place besides of whom the report does not speak.
    fn names_undertaking_of(&self, covers: &str, transaction: &Transaction, rulebook: &Rulebook) -> Truth {
        let coded = [&transaction.activity, &transaction.purpose, &transaction.field].into_iter();
        let coded = coded.flat_map(|fact| fact.is().unwrap_or_default()).filter_map(|term| match term {
            CodedTerm::Term(term) => Some(rulebook.vocabulary.id(*term)),
            CodedTerm::Unlisted(word) => Some(word.as_str()),
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => None,
        });
        let subject = transaction.subject.get().and_then(|subject| subject.description.as_deref());
        let sides = [transaction.from.get(), transaction.to.get()].into_iter().flatten();
        let sides = sides.flat_map(|side| [side.place.as_deref(), side.party.as_deref()]).flatten();
        let parties = transaction.parties.known().iter().filter_map(|party| party.name.as_deref());
        let vessels = transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref());
        let mut named = subject.into_iter().chain(sides).chain(parties).chain(vessels);
        // Goods that bear several words of an undertaking are of it, and so is what goes with them.
        let mut goods = transaction.items.known().iter().filter_map(|item| item.description.as_deref());
        if named.any(|text| self.shares_a_word_with(text)) || goods.any(|text| self.shared_words(text) > 1) {
            return Truth::True;
        }
        let mut coded = coded;
        match coded.any(|text| self.shares_a_word_with(text)) {
            true if names_another(covers, transaction, rulebook) => Truth::Unknown,
            is_named => is_named.into(),
        }
    }

    fn covers_item<'a>(&self, index: usize, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let goods = &context.rulebook.goods;
        let Some(item) = context.transaction.items.known().get(index) else { return Truth::Unknown };
        let text = item.description.as_deref().unwrap_or_default();
        if self.shares_a_word_with(text) {
            return Truth::True;
        }
        let described = DescriptionWords::of_item(item, context.transaction);
        let of_item = heads(described.naming(goods, text), described.words());
        if self.goods_named.iter().any(|head| of_item.contains(head)) {
            return Truth::True;
        }
        if !self.is_understood {
            return Truth::Unknown;
        }
        let codes = match item.hs.is() {
            Some(codes) if !codes.is_empty() => codes.to_vec(),
            _ => codes_named(described.naming(goods, text), goods),
        };
        let is_general = match Headings::compare(&self.codes, &codes) {
            Headings::Others => return Truth::False,
            Headings::Covered => return Truth::True,
            Headings::Overlap => false,
            Headings::Unknown => self.codes.is_empty(),
        };
        let lists = goods_lists_of(rule, context.rulebook).into_iter();
        let lists: Vec<GoodsListId> = lists
            .filter(|list| memo.match_goods(index, *list).is_some_and(|(_, matched)| matched.truth == Truth::True))
            .collect();
        let in_list = |list: &GoodsListId| match_goods(goods, *list, &self.item, &self.words, context.date());
        // A list of a chapter holds too many kinds of goods to say that they are the same.
        let is_narrow = |list: &GoodsListId| goods.get(*list).is_some_and(|list| list.basis == GoodsBasis::Description);
        let may_be_named = |list: &GoodsListId| matches!(in_list(list).why, GoodsReason::Term { .. } | GoodsReason::Named { .. });
        // Two kinds of arms are in one list, and leave for the one is none for the other: a general word for all of them is.
        if is_general && lists.iter().any(|list| is_narrow(list) && may_be_named(list)) {
            Truth::True
        } else if !lists.is_empty() && lists.iter().all(|list| in_list(list).truth == Truth::False) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

/// How the headings of the goods that a paper names lie to those of an item.
enum Headings {
    /// One of the two is not known by its codes.
    Unknown,
    /// The item's are among the paper's, or narrower.
    Covered,
    /// Some of the item's may be the paper's.
    Overlap,
    /// None is.
    Others,
}

impl Headings {
    fn compare(paper: &[HsCode], item: &[HsCode]) -> Self {
        if paper.is_empty() || item.is_empty() {
            return Self::Unknown;
        }
        let heading = |code: &HsCode| code.digits().chars().take(4).collect::<String>();
        let of_paper: Vec<String> = paper.iter().map(heading).collect();
        let of_item: Vec<String> = item.iter().map(heading).collect();
        let is_covered = |own: &String| of_paper.iter().any(|wide| own.starts_with(wide));
        let may_be = |own: &String| of_paper.iter().any(|other| own.starts_with(other) || other.starts_with(own));
        if of_item.iter().all(is_covered) {
            Self::Covered
        } else if of_item.iter().any(may_be) {
            Self::Overlap
        } else {
            Self::Others
        }
    }
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
    let places = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()).map(|head| &head.place);
    let in_words = places.map(|place| {
        let inside = words.places().filter(|(start, _)| place.contains(start)).map(|(_, word)| word);
        inside.collect::<Vec<_>>().join(" ")
    });
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
