//! Items of one transaction of which every rule says the same.
//!
//! A transaction can have thousands of items, and of most of them the rules find the same: nothing known is named, or the same
//! goods are. The first items of a kind are evaluated each by itself; one more stands for all that follow, so that the effort and
//! the report grow with the kinds of items and not with their number.
//!
//! Items are alike if their facts are equal, and what was derived of them. Facts that no rule to be evaluated asks for may differ,
//! and so may descriptions, as far as nothing tells them apart: no rule finds the one in a list of goods, or a word in it, and
//! not the other.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::facts::{Derivation, FactPath, FieldRole, FieldSet, Item, PathSegment, Record, Slot, Table, Terms, Transaction};
use crate::rulebook::{Condition, ConditionKind, DefinitionId, GoodsListId, Matcher, Raising, Rule, Rulebook};

use super::compare::{Comparison, compare_fact};
use super::goods::GoodsMatch;
use super::{EvalContext, TransactionMemo};

/// So many items of a kind are evaluated each by itself.
pub(super) const MOST_ALIKE: usize = 16;

/// The items of a transaction on which rules are evaluated, each for itself or for others that are alike.
pub(super) struct AlikeItems<'a> {
    items: Vec<(usize, Arc<[usize]>)>,
    /// The rules that tell even equal items apart: a total of a quota is another one after each.
    apart: HashSet<&'a str>,
}

impl<'a> AlikeItems<'a> {
    /// Finds the items that are alike to all of some rules.
    pub(super) fn new(context: &EvalContext<'a>, rules: &[&'a Rule], memo: &TransactionMemo<'a>) -> Self {
        let items = context.transaction.items.known();
        if items.len() <= MOST_ALIKE || !rules.iter().any(|rule| rule.binds_item) {
            return Self { items: (0..items.len()).map(|item| (item, Arc::default())).collect(), apart: HashSet::new() };
        }
        let mut tests = ItemTests::default();
        let mut apart = HashSet::new();
        for rule in rules.iter().filter(|rule| rule.binds_item) {
            if tests.add_rule(rule, context.rulebook) {
                apart.insert(rule.id.as_str());
            }
        }
        Self { items: grouped(context, &tests, memo), apart }
    }

    /// The contexts in which a rule is evaluated, each with the items that it stands for beside its own.
    pub(super) fn contexts_of(
        &self,
        rule: &Rule,
        context: &EvalContext<'a>,
    ) -> impl Iterator<Item = (EvalContext<'a>, Arc<[usize]>)> {
        let (whole, binds_item) = (*context, rule.binds_item && !self.items.is_empty());
        let is_apart = self.apart.contains(rule.id.as_str());
        let own = self.items.iter().filter(move |_| binds_item).flat_map(move |(item, others)| {
            let others_apart = others.iter().filter(move |_| is_apart).map(|other| (*other, Arc::default()));
            let others = if is_apart { Arc::default() } else { Arc::clone(others) };
            std::iter::once((*item, others)).chain(others_apart)
        });
        let own = own.map(move |(item, others)| (whole.with_item(item), others));
        (!binds_item).then(|| (whole, Arc::default())).into_iter().chain(own)
    }
}

/// The items in groups of those that are alike; of each the first ones apart.
fn grouped<'a>(context: &EvalContext<'a>, tests: &ItemTests<'a>, memo: &TransactionMemo<'a>) -> Vec<(usize, Arc<[usize]>)> {
    let transaction = context.transaction;
    let items = transaction.items.known();
    // A paper can cover one item and not another by any word of their descriptions.
    let has_papers = !(transaction.authorisations.known().is_empty()
        && transaction.notifications.known().is_empty()
        && transaction.determinations.known().is_empty());
    let derived = derived_by_item(context, items.len());
    let mut equal: HashMap<(&Item, &[DerivedOfItem<'a>]), usize> = HashMap::new();
    let mut alike: HashMap<ItemKind<'a>, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for ((index, item), derived) in items.iter().enumerate().zip(&derived) {
        let group = *equal.entry((item, derived)).or_insert_with(|| {
            let next = groups.len();
            let is_own_kind = has_papers || item.declared_as.is_some();
            let group =
                if is_own_kind { next } else { *alike.entry(tests.kind(index, item, derived, context, memo)).or_insert(next) };
            if group == next {
                groups.push(Vec::new());
            }
            group
        });
        groups.get_mut(group).into_iter().for_each(|group| group.push(index));
    }
    let apart_and_last = groups.into_iter().flat_map(|group| {
        let (apart, others) = group.split_at_checked(MOST_ALIKE).unwrap_or((&group, &[]));
        let last = others.split_first().map(|(last, others)| (*last, Arc::from(others)));
        apart.iter().map(|item| (*item, Arc::default())).chain(last).collect::<Vec<_>>()
    });
    let mut all: Vec<(usize, Arc<[usize]>)> = apart_and_last.collect();
    all.sort_by_key(|(item, _)| *item);
    all
}

/// What tells items apart, but for those whose facts and derived facts are equal anyway.
#[derive(PartialEq, Eq, Hash)]
struct ItemKind<'a> {
    /// The item without its description, and without what no rule asks for.
    facts: Item,
    is_described: bool,
    texts: Vec<Comparison>,
    goods: Vec<Option<GoodsMatch<'a>>>,
    derived: Vec<DerivedOfItem<'a>>,
}

/// A fact that was derived of an item: the paths to it and to what it follows from, as far as they lead on from the item.
#[derive(Clone, PartialEq, Eq, Hash)]
struct DerivedOfItem<'a> {
    fact: &'a [PathSegment],
    from: &'a [PathSegment],
    how: &'a Derivation,
    before: &'a Terms,
}

/// The derived facts of each of so many items.
fn derived_by_item<'a>(context: &EvalContext<'a>, items: usize) -> Vec<Vec<DerivedOfItem<'a>>> {
    let mut by_item = vec![Vec::new(); items];
    for fact in context.reported.derived(context.index) {
        if let Some((item, inside)) = inside_item(&fact.path)
            && let Some(of_item) = by_item.get_mut(item)
        {
            let from =
                inside_item(&fact.from).filter(|(from, _)| *from == item).map_or(fact.from.segments(), |(_, inside)| inside);
            of_item.push(DerivedOfItem { fact: inside, from, how: &fact.how, before: &fact.before });
        }
    }
    by_item
}

/// The item that a path leads into, and the rest of the path.
fn inside_item(path: &FactPath) -> Option<(usize, &[PathSegment])> {
    match path.segments() {
        [PathSegment::Key("items"), PathSegment::Index(item), inside @ ..] => Some((*item, inside)),
        _ => None,
    }
}

/// A path that leads into an item, leading into another one of them; any other path as it is.
pub(super) fn path_in_other_item(path: &FactPath, item: usize, other: usize) -> FactPath {
    match inside_item(path) {
        Some((own, inside)) if own == item => {
            let other = FactPath::root().key("items").then(PathSegment::Index(other));
            inside.iter().fold(other, |path, segment| path.then(*segment))
        }
        _ => path.clone(),
    }
}

/// The row of the description of an item.
fn description() -> Option<usize> {
    Item::TABLE.position("description")
}

/// The tests that rules make on an item.
#[derive(Default)]
struct ItemTests<'a> {
    /// The facts that are tested, but for the description.
    rows: FieldSet,
    lists: BTreeSet<GoodsListId>,
    texts: Vec<&'a Matcher>,
    /// The definitions that were entered, each with the table of the records that it is about.
    entered: HashMap<(DefinitionId, *const Table), bool>,
}

impl<'a> ItemTests<'a> {
    /// Adds the tests of a rule; true if it depends on the total of a quota.
    fn add_rule(&mut self, rule: &'a Rule, rulebook: &'a Rulebook) -> bool {
        let raising = rule.exceptions.iter().filter_map(|exception| match &exception.raising {
            Raising::By(condition) => Some(&**condition),
            _ => None,
        });
        let nexus = rulebook.regime(rule.regime).and_then(|regime| regime.nexus.as_ref());
        let conditions = rule.conditions().into_iter().chain(raising).chain(nexus);
        // Each of them is to be entered.
        conditions.filter(|condition| self.add(condition, Transaction::TABLE, rulebook)).count() > 0
    }

    /// Adds the tests of a condition on a record of a table; true if it depends on the total of a quota.
    fn add(&mut self, condition: &'a Condition, table: &'static Table, rulebook: &'a Rulebook) -> bool {
        match &condition.kind {
            ConditionKind::All(all) | ConditionKind::Any(all) => {
                all.iter().filter(|condition| self.add(condition, table, rulebook)).count() > 0
            }
            ConditionKind::Not(of) | ConditionKind::Shown(of) | ConditionKind::Concerns(of) => self.add(of, table, rulebook),
            // Whichever records these are, they are no items.
            ConditionKind::SomeSource(of) => self.add(of, Transaction::TABLE, rulebook),
            ConditionKind::Linked { row, of } => {
                self.add_row(*row, table);
                self.add(of, Transaction::TABLE, rulebook)
            }
            ConditionKind::Some { row, of } | ConditionKind::Inside { row, of } => {
                self.add(of, table.record_table(*row).unwrap_or(table), rulebook)
            }
            ConditionKind::Is(id) => {
                let key = (*id, std::ptr::from_ref(table));
                if let Some(known) = self.entered.get(&key) {
                    return *known;
                }
                // Definitions do not name themselves.
                let is = rulebook.definition(*id).is_some_and(|definition| self.add(&definition.when, table, rulebook));
                self.entered.insert(key, is);
                is
            }
            ConditionKind::Goods(lists) => {
                self.lists.extend(lists);
                false
            }
            ConditionKind::Fact { row, matcher } => {
                if table == Item::TABLE && description() == Some(*row) {
                    self.texts.push(matcher);
                } else {
                    self.add_row(*row, table);
                }
                false
            }
            ConditionKind::Quota(_) => true,
            ConditionKind::Dated(_) | ConditionKind::Designated { .. } => {
                [FieldRole::MadeOn, FieldRole::Lead, FieldRole::Listings]
                    .into_iter()
                    .filter_map(|role| table.with_role(role))
                    .for_each(|row| self.add_row(row, table));
                false
            }
        }
    }

    fn add_row(&mut self, row: usize, table: &'static Table) {
        if table == Item::TABLE {
            self.rows = self.rows.and(FieldSet::only(row));
        }
    }

    /// An item with the facts that can make a difference.
    fn facts(&self, item: &Item) -> Item {
        let mut facts = Item { description: None, ..item.clone() };
        // The codes and the evidence count whether or not a condition names them.
        let roles = [FieldRole::Evidence, FieldRole::Sources].into_iter().filter_map(|role| Item::TABLE.with_role(role));
        let kept = roles.chain(Item::TABLE.position("hs")).fold(self.rows, |rows, row| rows.and(FieldSet::only(row)));
        for row in (0..Item::TABLE.fields.len()).filter(|row| !kept.contains(*row)) {
            facts.slot(row).into_iter().for_each(Slot::clear);
        }
        facts
    }

    fn kind(
        &self,
        index: usize,
        item: &Item,
        derived: &[DerivedOfItem<'a>],
        context: &EvalContext<'a>,
        memo: &TransactionMemo<'a>,
    ) -> ItemKind<'a> {
        let description = description().unwrap_or_default();
        let text = |matcher: &&Matcher| compare_fact(item, description, matcher, &context.rulebook.vocabulary);
        ItemKind {
            facts: self.facts(item),
            is_described: item.description.is_some(),
            texts: self.texts.iter().map(text).collect(),
            goods: self.lists.iter().map(|list| memo.match_goods(index, *list).map(|(_, matched)| matched)).collect(),
            derived: derived.to_vec(),
        }
    }
}
