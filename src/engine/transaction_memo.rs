//! A cache of what the rules find out about one transaction.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::facts::{
    Amount, DerivedFact, FactValue, FieldRole, FieldSet, Item, PathSegment, Record, ReportedIncident, Transaction, Truth, Words,
};
use crate::rulebook::{Condition, ConditionKind, DefinitionId, GoodsListId, Matcher, RegimeId, Rulebook};

use super::compare::Comparison;
use super::description::DescriptionWords;
use super::goods::{GoodsMatch, match_goods};
use super::inference::related::has_related;
use super::paper_scope::Covered;
use super::proof::ProofBuilder;
use super::{EvalContext, ItemTotal, Proof};

/// A cache for one transaction: the words of its items' descriptions, and the lists of goods that the items are in. Many rules
/// need the same lists.
pub struct TransactionMemo<'a> {
    rulebook: &'a Rulebook,
    transaction: &'a Transaction,
    /// What is known of the items, once one is asked for: a memo for a condition on a named party needs none.
    items: OnceCell<Vec<ItemMemo<'a>>>,
    /// The proofs of conditions on the transaction that rules share, or that are the same for each item.
    shared: RefCell<FxHashMap<SharedKey<'a>, Rc<Proof<'a>>>>,
    /// Whether definitions are on items.
    on_items: RefCell<FxHashMap<DefinitionId, bool>>,
    /// Whether there is a link to the target of a regime, by the item that is bound.
    nexus: RefCell<FxHashMap<(RegimeId, Option<usize>), Truth>>,
    /// The truths of conditions on parties at the ends of links.
    links: RefCell<FxHashMap<LinkKey<'a>, [Truth; 3]>>,
    /// What papers cover, by the places of their texts.
    covered: RefCell<FxHashMap<*const u8, Rc<Covered>>>,
    /// The words of the texts that conditions look into.
    words: RefCell<HashMap<&'a str, Rc<Words>>>,
    /// What matchers find in long texts, by the text and the place of the matcher.
    long_texts: RefCell<FxHashMap<CompactString, FxHashMap<*const Matcher, Comparison>>>,
    /// The derived facts by their paths.
    derived: OnceCell<FxHashMap<&'a [PathSegment], &'a DerivedFact>>,
    reported: &'a ReportedIncident,
    index: usize,
    /// The quantity and the value that are reported beyond those of the items.
    beyond_items: [OnceCell<Option<Amount>>; 2],
    /// The buffers in which proofs are built, one for each of those that are built inside each other.
    builders: RefCell<Vec<ProofBuilder<'a>>>,
    /// Whether proofs are shared; see [`shares_proofs`](Self::shares_proofs).
    shares_proofs: OnceCell<bool>,
}

/// A condition on the transaction, and how it is evaluated.
#[derive(Clone, Copy)]
pub(super) struct SharedKey<'a> {
    pub(super) condition: &'a Condition,
    /// The bound item, if the condition is on items.
    pub(super) item: Option<usize>,
    pub(super) ambiguous_is_true: bool,
    pub(super) asks: Option<FieldSet>,
    pub(super) is_related: bool,
}

impl SharedKey<'_> {
    fn all(&self) -> impl Hash + Eq {
        (std::ptr::from_ref(self.condition), self.item, self.ambiguous_is_true, self.asks, self.is_related)
    }
}

impl PartialEq for SharedKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl Eq for SharedKey<'_> {}

impl Hash for SharedKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.all().hash(state);
    }
}

/// A condition on a party, how it is evaluated, and the party: its transaction and position.
pub(super) type LinkKey<'a> = (*const Condition, bool, Option<FieldSet>, LinkEnd<'a>);

/// The party at the end of a link.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LinkEnd<'a> {
    /// A party of the incident, by its transaction and its position there.
    Party(usize, usize),
    /// Only a name.
    Name(&'a str),
}

/// What is known of one item. Each has its own list of matches, so that none is looked for among those of other items.
#[derive(Default)]
struct ItemMemo<'a> {
    description: OnceCell<DescriptionWords>,
    /// The lists that it was matched with, and the matches in the same order: the search for a list looks at nothing else.
    matches: RefCell<(Vec<GoodsListId>, Vec<GoodsMatch<'a>>)>,
}

impl ItemMemo<'_> {
    fn description(&self, item: &Item, transaction: &Transaction) -> &DescriptionWords {
        self.description.get_or_init(|| DescriptionWords::of_item(item, transaction))
    }
}

impl<'a> TransactionMemo<'a> {
    /// An empty memo for the transaction of `context`.
    pub fn new(context: &EvalContext<'a>) -> Self {
        let (rulebook, transaction) = (context.rulebook, context.transaction);
        Self {
            rulebook,
            transaction,
            items: OnceCell::new(),
            shared: RefCell::default(),
            on_items: RefCell::default(),
            nexus: RefCell::default(),
            long_texts: RefCell::default(),
            links: RefCell::default(),
            covered: RefCell::default(),
            words: RefCell::default(),
            derived: OnceCell::new(),
            reported: context.reported,
            index: context.index,
            beyond_items: Default::default(),
            builders: RefCell::default(),
            shares_proofs: OnceCell::new(),
        }
    }

    /// A memo for conditions on a party of which only the name is known: nothing of it was derived.
    pub(super) fn of_named_party(context: &EvalContext<'a>) -> Self {
        Self { derived: OnceCell::from(FxHashMap::default()), ..Self::new(context) }
    }

    /// An item by its position, and whether it is in a list as that stood on the date of the transaction. `None` if there is
    /// no such item.
    pub(super) fn match_goods(&self, index: usize, list: GoodsListId) -> Option<(&'a Item, GoodsMatch<'a>)> {
        let (item, memo) = self.item(index)?;
        let known = || {
            let (lists, matches) = &*memo.matches.borrow();
            matches.get(lists.iter().position(|known| *known == list)?).copied()
        };
        let find = || {
            let words = memo.description(item, self.transaction);
            let matched = match_goods(&self.rulebook.goods, list, item, words, self.transaction.date);
            let (lists, matches) = &mut *memo.matches.borrow_mut();
            lists.push(list);
            matches.push(matched);
            matched
        };
        Some((item, known().unwrap_or_else(find)))
    }

    /// An item by its position, with the words of its description.
    pub(super) fn described_item(&self, index: usize) -> Option<(&'a Item, &DescriptionWords)> {
        let (item, memo) = self.item(index)?;
        Some((item, memo.description(item, self.transaction)))
    }

    fn item(&self, index: usize) -> Option<(&'a Item, &ItemMemo<'a>)> {
        let items = self.transaction.items.known();
        let memos = self.items.get_or_init(|| items.iter().map(|_| ItemMemo::default()).collect());
        Some((items.get(index)?, memos.get(index)?))
    }

    /// What a paper of the transaction covers, by the text that says it.
    pub(super) fn covered(&self, text: &'a str) -> Rc<Covered> {
        let mut all = self.covered.borrow_mut();
        Rc::clone(all.entry(text.as_ptr()).or_insert_with(|| Rc::new(Covered::new(text, self.rulebook))))
    }

    /// The words of a text.
    pub(super) fn words(&self, text: &'a str) -> Rc<Words> {
        Rc::clone(self.words.borrow_mut().entry(text).or_insert_with(|| Rc::new(Words::new(text))))
    }

    /// The quantity, or the value if `is_money`, that is reported of the transaction beyond what its items come to.
    pub(super) fn beyond_items(&self, is_money: bool) -> Option<Amount> {
        let [quantity, value] = &self.beyond_items;
        let find = || ItemTotal::new(self.transaction, is_money, &self.rulebook.vocabulary)?.beyond_items();
        *(if is_money { value } else { quantity }).get_or_init(find)
    }

    /// How the fact at a path was derived; `None` if it was reported.
    pub(super) fn derivation(&self, path: &[PathSegment]) -> Option<&'a DerivedFact> {
        // Of several derivations of one fact the first is told.
        let by_path = || self.reported.derived(self.index).rev().map(|fact| (fact.path.segments(), fact)).collect();
        let derived = self.derived.get_or_init(by_path);
        if derived.is_empty() { None } else { derived.get(path).copied() }
    }

    /// True if a proof for all rules costs less than one for each: where lists are long, or other transactions are looked at.
    pub(super) fn shares_proofs(&self, context: &EvalContext<'_>) -> bool {
        const FEW: usize = 8;
        let records = |row| match self.transaction.value(row) {
            FactValue::Many(Some(records)) => records.len(),
            _ => 0,
        };
        let all = || (0..Transaction::TABLE.fields.len()).map(records).sum::<usize>();
        *self.shares_proofs.get_or_init(|| all() > FEW || has_related(context))
    }

    /// The proof of a condition on the transaction.
    pub(super) fn shared(&self, key: SharedKey<'a>, prove: impl FnOnce() -> Proof<'a>) -> Rc<Proof<'a>> {
        let known = self.shared.borrow().get(&key).map(Rc::clone);
        known.unwrap_or_else(|| {
            let proof = Rc::new(prove());
            self.shared.borrow_mut().insert(key, Rc::clone(&proof));
            proof
        })
    }

    /// True if a condition on the transaction is on items of it, so that it depends on the one that is bound.
    pub(super) fn is_on_items(&self, condition: &Condition) -> bool {
        let items = Transaction::TABLE.with_role(FieldRole::Items);
        let mut is = false;
        condition.walk(&mut |part| {
            is |= match &part.kind {
                ConditionKind::Some { row, .. } => items == Some(*row),
                ConditionKind::Is(id) => self.is_definition_on_items(*id),
                // A total is another one after each item.
                ConditionKind::Quota(_) => true,
                _ => false,
            }
        });
        is
    }

    fn is_definition_on_items(&self, id: DefinitionId) -> bool {
        if let Some(known) = self.on_items.borrow().get(&id) {
            return *known;
        }
        let is = self.rulebook.definition(id).is_some_and(|definition| self.is_on_items(&definition.when));
        self.on_items.borrow_mut().insert(id, is);
        is
    }

    /// What a matcher finds in a text; of a long one it is remembered, since many rules look for the same words in a name.
    pub(super) fn text_compared(&self, text: &str, matcher: &'a Matcher, compare: impl FnOnce() -> Comparison) -> Comparison {
        const LONG: usize = 256;
        if text.len() < LONG {
            return compare();
        }
        let matcher: *const Matcher = matcher;
        let known = self.long_texts.borrow().get(text).and_then(|found| found.get(&matcher).copied());
        known.unwrap_or_else(|| {
            let found = compare();
            self.long_texts.borrow_mut().entry(text.into()).or_default().insert(matcher, found);
            found
        })
    }

    /// Whether there is a link to the target of a regime.
    pub(super) fn nexus(&self, regime: RegimeId, item: Option<usize>, find: impl FnOnce() -> Truth) -> Truth {
        let known = self.nexus.borrow().get(&(regime, item)).copied();
        known.unwrap_or_else(|| {
            let nexus = find();
            self.nexus.borrow_mut().insert((regime, item), nexus);
            nexus
        })
    }

    /// The truths of a condition on the party at the end of a link; as proofs of links are compared.
    pub(super) fn link(&self, key: LinkKey<'a>, prove: impl FnOnce() -> [Truth; 3]) -> [Truth; 3] {
        let known = self.links.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let truths = prove();
            self.links.borrow_mut().insert(key, truths);
            truths
        })
    }

    /// Builds a proof. `build` adds one root with all below it, and returns its truth.
    pub(super) fn proof(&self, build: impl FnOnce(&mut ProofBuilder<'a>) -> Truth) -> Proof<'a> {
        let mut builder = self.builders.borrow_mut().pop().unwrap_or_else(ProofBuilder::with_capacity);
        let truth = build(&mut builder);
        let proof = builder.finish(truth);
        self.builders.borrow_mut().push(builder);
        proof
    }
}
