//! What must stand in a transaction for a condition to be other than false.
//!
//! A *guard* of a condition is a set of marks: if a transaction bears none of them, the condition is false in every
//! world. It is read off the condition:
//!
//! - a fact that must be one of some terms: one of them or a narrower one must be told, or nothing be told;
//! - *all*: it is enough to guard one of the parts, so the parts can be guarded one by one ([`guards`]);
//! - *any*: the marks of all parts together, and none if one part has no guard;
//! - *shown*: only what can make the condition true counts, and what is not told cannot;
//! - *some element*: the marks of the element, anywhere in the list, or the list not told;
//! - *not*, numbers, texts and dates: no guard, they may be other than false of anything.
//!
//! Every step may add marks that are not needed; none leaves out one that is. So a rule that the guards rule out is
//! false, and a rule that they let pass is asked.

use std::collections::BTreeSet;

use crate::facts::{Space, Term};
use crate::rulebook::{GoodsId, Matcher, Vocabulary};

use super::program::{Ask, NodeId, Program};

/// Rows from the transaction to a fact; through a list, to that fact of every element.
pub(super) type Path = Vec<usize>;

/// Something that a transaction can bear.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mark {
    /// A fact is this term, or may be.
    Is(Path, Term),
    /// A fact is not told, or only what it is not.
    Untold(Path),
    /// A list has an element.
    Listed(Path),
    /// An item may be in a list of goods.
    Goods(GoodsId),
}

/// Marks of which a transaction must bear one; `None` guards nothing.
pub(super) type Guard = Option<BTreeSet<Mark>>;

/// Reads guards off conditions.
pub(super) struct Guards<'p, 'a> {
    pub(super) program: &'p Program<'a>,
    pub(super) vocabulary: &'p Vocabulary,
    /// The terms of the spaces that conditions ask, to find the narrower ones.
    pub(super) terms: &'p [Term],
}

/// More marks than this rule out next to nothing and cost memory.
const MOST_MARKS: usize = 400;

impl Guards<'_, '_> {
    /// Guards of a condition of which each must be met.
    pub(super) fn guards(&self, node: NodeId) -> Vec<BTreeSet<Mark>> {
        let mut found = Vec::new();
        self.parts(node, &mut found);
        found
    }

    fn parts(&self, node: NodeId, found: &mut Vec<BTreeSet<Mark>>) {
        match self.program.node(node).map(|n| &n.ask) {
            Some(Ask::All(nodes)) => nodes.iter().for_each(|n| self.parts(*n, found)),
            Some(Ask::Shown(of)) => match self.program.node(*of).map(|n| &n.ask) {
                Some(Ask::All(nodes)) => found.extend(nodes.iter().filter_map(|n| self.guard(*n, &[], true))),
                _ => found.extend(self.guard(*of, &[], true)),
            },
            _ => found.extend(self.guard(node, &[], false)),
        }
    }

    /// The guard of a condition on the record at the end of a path; `shown` if only its truth counts.
    fn guard(&self, node: NodeId, path: &[usize], shown: bool) -> Guard {
        let marks = match &self.program.node(node)?.ask {
            Ask::All(nodes) => {
                let parts = nodes.iter().filter_map(|n| self.guard(*n, path, shown));
                return parts.min_by_key(|marks| marks.iter().map(|m| weight(m, self.vocabulary)).sum::<usize>());
            }
            Ask::Any(nodes) => {
                let mut marks = BTreeSet::new();
                for node in nodes {
                    marks.extend(self.guard(*node, path, shown)?);
                }
                marks
            }
            Ask::Shown(of) => self.guard(*of, path, true)?,
            Ask::Inside { row, of, .. } => self.guard(*of, &step(path, *row), shown)?,
            Ask::Some { row, of, .. } => {
                let list = step(path, *row);
                let mut marks = self.guard(*of, &list, shown).unwrap_or_else(|| BTreeSet::from([Mark::Listed(list.clone())]));
                if !shown {
                    marks.insert(Mark::Untold(list));
                }
                marks
            }
            Ask::Fact { row, matcher: Matcher::Terms(sought) } => {
                let path = step(path, *row);
                let meant = |t: &&Term| sought.iter().any(|s| self.vocabulary.is_a(**t, *s));
                let mut marks: BTreeSet<Mark> = self.terms.iter().filter(meant).map(|t| Mark::Is(path.clone(), *t)).collect();
                if !shown {
                    marks.insert(Mark::Untold(path));
                }
                marks
            }
            Ask::Goods(lists) => lists.iter().map(|id| Mark::Goods(*id)).collect(),
            Ask::Not(_) | Ask::SomeSource(_) | Ask::Fact { .. } | Ask::Dated(_) | Ask::Designated { .. } | Ask::Quota(_) => {
                return None;
            }
        };
        (marks.len() <= MOST_MARKS).then_some(marks)
    }
}

fn step(path: &[usize], row: usize) -> Path {
    path.iter().copied().chain([row]).collect()
}

/// How much a mark lets pass, roughly: what most reports leave out passes nearly everything.
pub(super) fn weight(mark: &Mark, vocabulary: &Vocabulary) -> usize {
    match mark {
        Mark::Is(_, term) if vocabulary.is_in(*term, Space::Country) => 1,
        Mark::Is(..) => 3,
        Mark::Goods(_) => 4,
        Mark::Untold(path) if path.len() == 1 => 12,
        Mark::Untold(_) => 20,
        Mark::Listed(_) => 40,
    }
}
