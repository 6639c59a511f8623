//! What a permission or notice covers, compared with the act that it is to excuse.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use crate::facts::{CodedTerm, Scheme, Term, Transaction, Truth, Words};
use crate::rulebook::{Rule, Rulebook, Vocabulary, WordMeaning};

use super::paper_exclusions::without_exclusions;
use super::paper_goods::{PaperGoods, heads_of_item};
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
        let excluded = covered.excludes_item(index, rule, context, memo);
        let of_item = || covered.covers_item(index, rule, context, memo);
        let is_of_others = || covered.is_of_others(index, context, memo);
        let included = match undertaking {
            Undertaking { truth: Truth::False, .. } => of_item(),
            Undertaking { truth: Truth::True, is_whole } if is_of_others() || !is_whole => of_item().max(Truth::Unknown),
            Undertaking { truth, .. } => truth,
        };
        // A visit to see pumps is no gift of pumps.
        let most = if covered.names_another_act(context) { Truth::Unknown } else { Truth::True };
        included.min(!excluded).min(most)
    }))
}

/// The text of what a paper covers, read once for all items and rules that it is compared with.
pub(super) struct Covered {
    /// The goods that it names, one by one.
    goods: Vec<PaperGoods>,
    /// The goods that it leaves out: `everything except vehicles`.
    excluded: Vec<PaperGoods>,
    /// It names more goods than are read.
    has_more_goods: bool,
    /// The acts that it is leave for, where it says so: `a visit of experts`.
    acts: Vec<Term>,
    /// The words that can tell one undertaking from another.
    telling: FxHashSet<String>,
    /// When, and how much, the text allows.
    pub(super) limits: PaperLimits,
    /// Whom and what places it names.
    names: NamesInPaper,
    are_names_of_act: OnceCell<Truth>,
    undertaking: OnceCell<Undertaking>,
}

/// Whether a text names the undertaking that an act is part of.
#[derive(Clone, Copy)]
struct Undertaking {
    truth: Truth,
    /// Nothing else is named besides.
    is_whole: bool,
}

impl Covered {
    /// Reads the text of a paper.
    pub(super) fn new(text: &str, rulebook: &Rulebook) -> Self {
        /// So many goods of a text are told apart; of a longer list the rest is unknown.
        const MOST_GOODS: usize = 32;
        let (granted, left_out) = without_exclusions(text);
        let pieces = pieces_of(&granted);
        let goods_of = |pieces: &[&str]| pieces.iter().take(MOST_GOODS).map(|piece| PaperGoods::new(piece, rulebook)).collect();
        let excluded = pieces_of(&left_out);
        // Rifles and training: the one is told beside the other.
        let acts: Vec<Vec<Term>> = pieces.iter().map(|piece| acts_of(piece, &rulebook.vocabulary)).collect();
        Self {
            goods: goods_of(&pieces),
            excluded: goods_of(&excluded),
            has_more_goods: pieces.len() > MOST_GOODS || excluded.len() > MOST_GOODS,
            acts: if acts.iter().all(|of_piece| !of_piece.is_empty()) { acts.concat() } else { Vec::new() },
            telling: telling_words(&granted),
            limits: PaperLimits::new(text, &rulebook.vocabulary),
            names: NamesInPaper::find(text, &rulebook.vocabulary),
            are_names_of_act: OnceCell::new(),
            undertaking: OnceCell::new(),
        }
    }

    /// True if every act that the text is leave for is another than the reported one: a visit, and not a gift.
    fn names_another_act(&self, context: &EvalContext<'_>) -> bool {
        let vocabulary = &context.rulebook.vocabulary;
        let done = context.transaction.activity.is().unwrap_or_default();
        let is_done = |act: &Term| {
            done.iter().any(|done| match done {
                CodedTerm::Term(term) => vocabulary.is_a(*term, *act) || vocabulary.is_a(*act, *term),
                CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => false,
            })
        };
        !self.acts.is_empty() && !self.acts.iter().any(is_done)
    }

    /// Whether an item is one of the goods that the text leaves out.
    fn excludes_item<'a>(&self, index: usize, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        Truth::any(self.excluded.iter().map(|goods| goods.cover_item(index, rule, context, memo)))
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
        // `water pumps` names goods, and no undertaking.
        let names_more_than_goods = !self.goods.iter().all(PaperGoods::is_understood);
        if subject.is_some_and(|text| self.shares_a_word_with(text)) || names_more_than_goods && goods.any(several) {
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
        // Where goods move, they tell what it is that is covered.
        let is_journey = transaction.items.known().is_empty();
        of_act.extend(self.telling.iter().filter(|word| is_journey && is_word_for(word, activities, rulebook)).cloned());
        let sides = [transaction.from.get(), transaction.to.get()].into_iter().flatten();
        let sides = sides.flat_map(|side| [side.place.as_deref(), side.party.as_deref()]).flatten();
        let parties = transaction.parties.known().iter().filter_map(|party| party.name.as_deref());
        let vessels = transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref());
        let names: Vec<String> = sides.chain(parties).chain(vessels).flat_map(|text| self.shared_with(text)).collect();
        if !names.is_empty() {
            let named: FxHashSet<&String> = names.iter().chain(&of_act).collect();
            return Undertaking { truth: Truth::True, is_whole: self.telling.iter().all(|word| named.contains(word)) };
        }
        // Of a journey the persons and places tell enough.
        let is_told_by_names = is_journey && !self.names.is_empty();
        let truth = match of_act.is_empty() && !is_told_by_names {
            true => Truth::False,
            false if self.names_of_act(transaction, rulebook) != Truth::True => Truth::Unknown,
            false => Truth::True,
        };
        Undertaking { truth, is_whole: true }
    }

    /// Whether some of the goods that the text names are those of an item.
    fn covers_item<'a>(&self, index: usize, rule: &Rule, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
        let of_goods = self.goods.iter().map(|goods| goods.cover_item(index, rule, context, memo));
        let truth = Truth::any(of_goods).max(if self.has_more_goods { Truth::Unknown } else { Truth::False });
        // Of pumps and jeeps in one item, leave for pumps covers a part.
        if truth == Truth::True && self.names_a_part_of(index, context, memo) { Truth::Unknown } else { truth }
    }

    /// True if the text names some of the goods that the description of an item names, and not all of them.
    fn names_a_part_of<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> bool {
        let named = heads_of_item(index, context, memo);
        let is_covered = |head: &String| self.goods.iter().any(|goods| goods.names_as_goods(head) || goods.is_general());
        !self.has_more_goods && named.iter().any(is_covered) && !named.iter().all(is_covered)
    }

    /// True if the goods of an item are surely none of those that the text names.
    fn is_of_others<'a>(&self, index: usize, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> bool {
        !self.goods.is_empty() && self.goods.iter().all(|goods| goods.are_others(index, context, memo))
    }
}

/// The goods that a text names, one by one.
fn pieces_of(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = text.split([',', ';']).flat_map(|piece| piece.split(" and ")).map(str::trim).collect();
    pieces.retain(|piece| !piece.is_empty());
    let mut known = FxHashSet::default();
    pieces.retain(|piece| known.insert(*piece));
    pieces
}

/// The act that a part of a text is leave for, or those that it can be, if nothing moves by it: of `a visit of experts` the visit,
/// which has a word such as *of* behind it. In `training rifles` the word tells the goods.
fn acts_of(piece: &str, vocabulary: &Vocabulary) -> Vec<Term> {
    const BEHIND: [&str; 8] = ["of", "by", "to", "in", "for", "from", "at", "on"];
    let words: Vec<&str> = piece.split_whitespace().filter(|word| !["the", "a", "an", "The", "A", "An"].contains(word)).collect();
    let end = words.iter().position(|word| BEHIND.contains(word)).filter(|end| (1..=3).contains(end));
    let word = end.and_then(|end| words.get(end - 1));
    let named: Vec<Term> = match word.and_then(|word| vocabulary.meaning(&[Scheme::Activity], word)) {
        Some(WordMeaning::Term(term)) => vec![term],
        Some(WordMeaning::Several { terms, .. }) => terms.iter().copied().collect(),
        None => word.and_then(|word| vocabulary.term(Scheme::Activity, word)).into_iter().collect(),
    };
    let known = vocabulary.known_terms();
    let moves_nothing = |term: &Term| {
        [known.hosts, known.enforcement, known.meeting, known.training]
            .into_iter()
            .flatten()
            .any(|broader| vocabulary.is_a(*term, broader))
    };
    if named.iter().all(moves_nothing) { named } else { Vec::new() }
}

/// True if a word names one of some activities: `trip` and `visit` are travel.
fn is_word_for(word: &str, activities: &[CodedTerm], rulebook: &Rulebook) -> bool {
    let vocabulary = &rulebook.vocabulary;
    let Some(named) = vocabulary.term_meant(Scheme::Activity, word) else { return false };
    activities.iter().any(|activity| matches!(activity, CodedTerm::Term(term) if vocabulary.is_a(*term, named)))
}

/// The words of a text that can tell one undertaking or kind of goods from another.
pub(super) fn telling_words(text: &str) -> FxHashSet<String> {
    Words::new(text).iter().filter(|word| is_telling(word)).map(str::to_owned).collect()
}

/// True for a word that can tell one undertaking or kind of goods from another.
pub(super) fn is_telling(word: &str) -> bool {
    const COMMON: &str = "the and for with from other aid assistance relief humanitarian medical livelihood commercial goods equipment \
        item part material shipment delivery supply sale export import transfer exemption approval activity support project \
        programme program company trading trade service";
    word.chars().count() >= 3
        && !word.starts_with(|c: char| c.is_numeric())
        && !COMMON.split_whitespace().any(|common| common == word)
}
