//! Conditions as written, names resolved.
//!
//! A mapping is *all*, a list of values is *any*. A key names a fact of the record in scope; its value says what the
//! fact must be. The fact tables of [`crate::facts`] decide which keys there are and what each can be compared with.

use crate::document::Span;
use crate::facts::{FieldRole, HsRange, Period, Range, Table, Term, Unit, Words};

use super::{DefinitionId, DesignationListId, GoodsListId, QuotaId};

/// A condition and where it is written.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Where it stands in the rule file.
    pub span: Span,
    /// How it is shown: `from.country: KP`.
    pub text: String,
    /// What is asked.
    pub kind: ConditionKind,
}

/// What a condition asks of the record in scope.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// All of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// Not it.
    Not(Box<Condition>),
    /// The facts show it: what they leave open counts as not so.
    Shown(Box<Condition>),
    /// Some element of a list satisfies it, all of it the same element.
    Some {
        /// The list's row in the table of the record in scope.
        row: usize,
        /// What is asked of the element.
        of: Box<Condition>,
    },
    /// Some source of the transaction satisfies it.
    SomeSource(Box<Condition>),
    /// The single record in a row satisfies it.
    Inside {
        /// The record's row.
        row: usize,
        /// What is asked of it.
        of: Box<Condition>,
    },
    /// A fact is as asked.
    Fact {
        /// The fact's row.
        row: usize,
        /// What it must be.
        matcher: Matcher,
    },
    /// The record's own date, or the lead that stands for it, is as asked.
    Dated(DateBounds),
    /// A definition holds.
    Is(DefinitionId),
    /// The item in scope is in one of these lists of goods.
    Goods(Vec<GoodsListId>),
    /// The party, vessel or aircraft in scope is on one of these lists of designated persons.
    Designated(Vec<DesignationListId>),
    /// The quota still leaves room for the transaction.
    Quota(QuotaId),
}

/// What a fact must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Matcher {
    /// One of these terms or narrower.
    Terms(Vec<Term>),
    /// A text that is one of these, folded.
    TextIs(Vec<Words>),
    /// A text that has one of these in it as whole words, folded.
    TextContains(Vec<Words>),
    /// A code inside one of these ranges.
    Hs(Vec<HsRange>),
    /// A number inside bounds.
    Number(Vec<NumberBound>),
    /// A date inside bounds.
    Date(DateBounds),
    /// Yes or no.
    YesNo(bool),
    /// The report tells it, or does not.
    Given(bool),
}

/// One bound of a number: `over`, `at_least`, `under`, `at_most`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberBound {
    /// True for an upper bound.
    pub is_upper: bool,
    /// The bound itself is excluded.
    pub exclusive: bool,
    /// The bound.
    pub limit: Range,
    /// Its unit; plain numbers have none.
    pub unit: Option<Unit>,
}

/// Bounds of a date, all of them to hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateBounds {
    /// The bounds.
    pub bounds: Vec<(DateRelation, DateOperand)>,
    /// Moves each bound outward from the other date: earlier for `before`, later for the others.
    pub days: i64,
}

/// How a date stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRelation {
    /// Earlier.
    Before,
    /// On it or later.
    From,
    /// On it or earlier.
    Until,
    /// Later.
    After,
}

/// What a date is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateOperand {
    /// A date of the calendar.
    Fixed(Period),
    /// Another date of the transaction: the rows that lead to it, and its name.
    Fact(Vec<usize>, String),
}

impl DateRelation {
    /// The day that a rule means by a longer period: `before: 2017-08` is before its first day, `until: 2017-08` up to its last.
    pub(super) fn edge_of(self, period: Period) -> Period {
        Period::day(match self {
            DateRelation::Before | DateRelation::From => period.from,
            DateRelation::Until | DateRelation::After => period.to,
        })
    }
}

impl Condition {
    /// Calls `visit` for this condition and every one below it, definitions not followed.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Condition)) {
        visit(self);
        match &self.kind {
            ConditionKind::All(all) | ConditionKind::Any(all) => all.iter().for_each(|c| c.walk(visit)),
            ConditionKind::Not(of) | ConditionKind::Shown(of) | ConditionKind::SomeSource(of) => of.walk(visit),
            ConditionKind::Some { of, .. } | ConditionKind::Inside { of, .. } => of.walk(visit),
            ConditionKind::Fact { .. }
            | ConditionKind::Dated(_)
            | ConditionKind::Is(_)
            | ConditionKind::Goods(_)
            | ConditionKind::Designated(_)
            | ConditionKind::Quota(_) => {}
        }
    }

    /// True if it opens the transaction's items by itself (definitions do not count): a rule then binds the item.
    pub fn opens_items(&self, table: &Table) -> bool {
        let items = table.with_role(FieldRole::Items);
        let mut opens = false;
        self.walk(&mut |c| opens |= matches!(c.kind, ConditionKind::Some { row, .. } if Some(row) == items));
        opens
    }
}
