//! What must stand in a transaction for a condition to be other than false.
//!
//! A *guard* of a condition is a set of marks: if a transaction bears none of them, the condition is false in every
//! world. It is read off the condition:
//!
//! - a fact that must be one of some terms: one of them or a narrower one must be told, or nothing be told;
//! - *all*: it is enough to guard one of the parts, so each of their guards is one;
//! - *any*: the marks of a guard of every part together, and none if one part has no guard;
//! - *shown*: only what can make the condition true counts, and what is not told cannot;
//! - a code inside some ranges, a text with some phrase in it: a code that touches one of the ranges, one of the phrases,
//!   or nothing told;
//! - *some element*: the marks of the element, anywhere in the list, or the list not told;
//! - *not*, also *not shown*, numbers, dates and texts that must be something as a whole: no guard, they may be other than false of anything.
//!
//! Every step may add marks that are not needed; none leaves out one that is. So a rule that the guards rule out is
//! false, and a rule that they let pass is asked.

use std::collections::BTreeSet;

use crate::facts::{FactKind, Field, HsRange, Scheme, Term, Transaction, Words};
use crate::rulebook::{GoodsListId, Matcher, Vocabulary};

use super::condition_graph::{Ask, ConditionGraph, NodeId};

/// Rows from the transaction to a fact; through a list, to that fact of every element.
pub(super) type Path = Vec<usize>;

/// Something that a transaction can bear.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Feature {
    /// A fact is this term, or may be.
    Is(Path, Term),
    /// A fact is not told, or only what it is not.
    Untold(Path),
    /// A list has an element.
    Listed(Path),
    /// A code is in this range, or too coarse to tell.
    Code(Path, HsRange),
    /// These words stand in a text.
    Words(Path, Words),
    /// An item may be in a list of goods.
    Goods(GoodsListId),
}

/// Marks of which a transaction must bear one.
pub(super) type Necessary = BTreeSet<Feature>;

/// Reads guards off conditions.
pub(super) struct NecessaryFeatures<'p, 'a> {
    pub(super) program: &'p ConditionGraph<'a>,
    pub(super) vocabulary: &'p Vocabulary,
    /// How many guards of a condition are wanted.
    pub(super) most: usize,
}

/// More marks than this rule out next to nothing and cost memory.
const MOST_MARKS: usize = 400;

/// So many States let little pass.
const FEW_MARKS: usize = 12;

impl NecessaryFeatures<'_, '_> {
    /// Guards of a condition on a transaction, of which each must be met, those that let least pass first.
    pub(super) fn guards(&self, node: NodeId) -> Vec<Necessary> {
        self.of(node, &[], false)
    }

    /// Guards of a condition on a transaction, *not shown* taken for what it denies, that let little pass and cost little.
    /// Empty if there is none.
    pub(super) fn selective(&self, node: NodeId) -> Vec<Necessary> {
        let mut guards = match self.program.node(node).map(|n| &n.ask) {
            Some(Ask::NotShown(of)) => self.of(*of, &[], true),
            _ => self.of(node, &[], false),
        };
        let cheap = |mark: &Feature| matches!(mark, Feature::Is(_, term) if self.vocabulary.is_in(*term, Scheme::Country));
        guards.retain(|marks| marks.len() <= FEW_MARKS && marks.iter().all(cheap));
        guards
    }

    /// Guards of a condition on the record at the end of a path; `shown` if only its truth counts.
    fn of(&self, node: NodeId, path: &[usize], shown: bool) -> Vec<Necessary> {
        let Some(node) = self.program.node(node) else { return Vec::new() };
        let mut guards: Vec<Necessary> = match &node.ask {
            Ask::All(nodes) => nodes.iter().flat_map(|n| self.of(*n, path, shown)).collect(),
            Ask::Any(nodes) => self.of_any(&nodes.iter().map(|n| self.of(*n, path, shown)).collect::<Vec<_>>()),
            Ask::Shown(of) => self.of(*of, path, true),
            Ask::Inside { row, of, .. } => self.of(*of, &step(path, *row), shown),
            Ask::Some { row, of, .. } => {
                let list = step(path, *row);
                let mut guards = self.of(*of, &list, shown);
                if guards.is_empty() {
                    guards.push(BTreeSet::from([Feature::Listed(list.clone())]));
                }
                if !shown {
                    guards.iter_mut().for_each(|marks| _ = marks.insert(Feature::Untold(list.clone())));
                }
                guards
            }
            Ask::Terms { row, meant, .. } => {
                let path = step(path, *row);
                let terms = meant.iter().filter_map(|number| u16::try_from(number).ok()).map(Term);
                let mut marks: Necessary = terms.map(|term| Feature::Is(path.clone(), term)).collect();
                if !shown {
                    marks.insert(Feature::Untold(path));
                }
                vec![marks]
            }
            Ask::Fact { row, matcher } => self.of_fact(&step(path, *row), matcher, shown).into_iter().collect(),
            Ask::Goods(lists) => vec![lists.iter().map(|id| Feature::Goods(*id)).collect()],
            Ask::Not(_) | Ask::NotShown(_) | Ask::SomeSource(_) | Ask::Dated(_) | Ask::Designated { .. } | Ask::Quota(_) => {
                Vec::new()
            }
        };
        guards.retain(|marks| marks.len() <= MOST_MARKS);
        self.best(guards)
    }

    fn of_fact(&self, path: &[usize], matcher: &Matcher, shown: bool) -> Option<Necessary> {
        let mut marks: Necessary = match (matcher, kind_at(path)?) {
            (Matcher::Hs(ranges), FactKind::Hs) => ranges.iter().map(|range| Feature::Code(path.to_vec(), *range)).collect(),
            (Matcher::TextContains(sought), kind) if kind.is_text() => {
                sought.iter().map(|words| Feature::Words(path.to_vec(), words.clone())).collect()
            }
            _ => return None,
        };
        if !shown {
            marks.insert(Feature::Untold(path.to_vec()));
        }
        Some(marks)
    }

    /// Whichever part holds, its own guards are met: a guard of each part, together, are a guard. A part without any
    /// leaves nothing to guard.
    fn of_any(&self, parts: &[Vec<Necessary>]) -> Vec<Necessary> {
        parts.iter().fold(vec![Necessary::new()], |so_far, part| {
            let together = |a: &Necessary| part.iter().map(|b| a.union(b).cloned().collect()).collect::<Vec<Necessary>>();
            self.best(so_far.iter().flat_map(together).collect())
        })
    }

    /// The guards that let least pass, first. One that holds all the marks of another lets pass more than that one.
    fn best(&self, mut guards: Vec<Necessary>) -> Vec<Necessary> {
        guards.sort_by_cached_key(|marks| marks.iter().map(|m| weight(m, self.vocabulary)).sum::<usize>());
        let mut best: Vec<Necessary> = Vec::new();
        for guard in guards {
            if best.len() < self.most && !best.iter().any(|b| b.is_subset(&guard)) {
                best.push(guard);
            }
        }
        best
    }
}

fn step(path: &[usize], row: usize) -> Path {
    path.iter().copied().chain([row]).collect()
}

/// How much a mark lets pass, roughly: what most reports leave out passes nearly everything.
fn weight(mark: &Feature, vocabulary: &Vocabulary) -> usize {
    match mark {
        Feature::Is(_, term) if vocabulary.is_in(*term, Scheme::Country) => 1,
        Feature::Is(..) => 3,
        Feature::Code(..) => 2,
        Feature::Words(..) | Feature::Goods(_) => 4,
        Feature::Untold(path) if is_usual(path) => 4,
        Feature::Listed(path) if !is_usual(path) => 12,
        Feature::Untold(_) | Feature::Listed(_) => 60,
    }
}

/// True for the facts that nearly all reports tell.
fn is_usual(path: &[usize]) -> bool {
    const USUAL: [&[&str]; 10] = [
        &["activity"],
        &["from"],
        &["from", "country"],
        &["to"],
        &["to", "country"],
        &["items"],
        &["items", "description"],
        &["items", "hs"],
        &["parties"],
        &["parties", "role"],
    ];
    let keys: Vec<&str> = fields_on(path).map(|field| field.key).collect();
    USUAL.contains(&keys.as_slice())
}

/// The kind of fact at the end of a path.
pub(super) fn kind_at(path: &[usize]) -> Option<FactKind> {
    fields_on(path).last().map(|field| field.kind)
}

/// The fields that a path goes through.
fn fields_on(path: &[usize]) -> impl Iterator<Item = &'static Field> {
    let mut table = Transaction::TABLE;
    path.iter().map_while(move |row| {
        let field = table.fields.get(*row)?;
        table = field.kind.record_table().unwrap_or(table);
        Some(field)
    })
}
