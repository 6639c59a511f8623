//! Conditions: what a rule asks of the facts, with names resolved.
//!
//! A condition is evaluated against a record: the transaction, or a record inside it such as a party or an item. Facts
//! are named by their row in the record's table ([`crate::facts::Table`]).

use crate::document::Span;
use crate::facts::{FieldRole, HsRange, Period, Range, Table, Term, Unit, Words};

use super::{DefinitionId, DesignationListId, GoodsListId, QuotaId};

/// A condition and its place in a rule file.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The place in the rule file.
    pub span: Span,
    /// The condition as reports show it: `from.country: KP`.
    pub text: String,
    /// The condition as the file has it, where that differs: `from.country: target`.
    pub as_written: Option<Box<str>>,
    /// The test.
    pub kind: ConditionKind,
}

/// The test that a condition makes on the record that it is evaluated against.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// The facts show that this holds: false where they leave it open.
    Shown(Box<Condition>),
    /// One and the same element of a list of records satisfies all of the condition.
    Some {
        /// The row of the list.
        row: usize,
        /// The condition on the element.
        of: Box<Condition>,
    },
    /// Some evidence source of the transaction satisfies the condition.
    SomeSource(Box<Condition>),
    /// The record in a row satisfies the condition.
    Inside {
        /// The row of the record.
        row: usize,
        /// The condition on that record.
        of: Box<Condition>,
    },
    /// Some party that the row names, or that is reached from there, satisfies the condition.
    Linked {
        /// The row that names parties.
        row: usize,
        /// The condition on the party.
        of: Box<Condition>,
    },
    /// The transaction, or one that it is related to, satisfies the condition. Items are not bound in it.
    Concerns(Box<Condition>),
    /// A fact matches.
    Fact {
        /// The row of the fact.
        row: usize,
        /// The values that match.
        matcher: Matcher,
    },
    /// The record's own date is within bounds. A lead in days before the transaction can replace the date.
    Dated(DateBounds),
    /// A definition holds.
    Is(DefinitionId),
    /// The item belongs to one of these lists of goods.
    Goods(Vec<GoodsListId>),
    /// The party, vessel or aircraft is on one of these lists of designated persons.
    Designated {
        /// The lists.
        lists: Vec<DesignationListId>,
        /// The measures of which the listing must bring one; none where every listing will do.
        measures: Vec<String>,
    },
    /// The transaction fits into what is left of a quota.
    Quota(QuotaId),
}

/// The values of a fact that satisfy a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Matcher {
    /// One of these terms, or a narrower term.
    Terms(Vec<Term>),
    /// A text equal to one of these, both folded.
    TextIs(Vec<Words>),
    /// A text that contains one of these as whole words, both folded.
    TextContains(Vec<Words>),
    /// A name that [is one of these](crate::rulebook::NameWords::calls), alone or with words that stand beside names of groups.
    TextCalled(Vec<Words>),
    /// A name that says by one of these nouns [what it is the name of](crate::rulebook::NameWords::calls).
    TextIsA(Vec<Words>),
    /// An HS code within one of these ranges.
    Hs(Vec<HsRange>),
    /// A number within all of these bounds.
    Number(Vec<NumberBound>),
    /// A date within bounds.
    Date(DateBounds),
    /// This answer to a yes-or-no question.
    YesNo(bool),
    /// Any value if true, no value if false: whether the fact is reported.
    Given(bool),
}

impl Matcher {
    /// The words that a matcher looks for in a text.
    pub fn sought_words(&self) -> Option<&[Words]> {
        match self {
            Self::TextIs(words) | Self::TextContains(words) | Self::TextCalled(words) | Self::TextIsA(words) => Some(words),
            _ => None,
        }
    }
}

/// One bound of a number: `over`, `at_least`, `under` or `at_most`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberBound {
    /// True for an upper bound.
    pub is_upper: bool,
    /// True if the limit itself is out of bounds.
    pub exclusive: bool,
    /// The limit.
    pub limit: Range,
    /// The limit's unit; `None` for a plain number.
    pub unit: Option<Unit>,
}

/// Bounds of a date, all of which must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateBounds {
    /// The bounds.
    pub bounds: Vec<DateBound>,
}

/// One bound of a date: the relation that it must have to another date, which may first be moved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateBound {
    /// The required relation.
    pub relation: DateRelation,
    /// The other date.
    pub operand: DateOperand,
    /// By how much the other date is moved: earlier for `before`, later for the other relations.
    pub offset: DayOffset,
}

/// A number of days between two dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct DayOffset {
    /// The number of days.
    pub days: i64,
    /// True if Saturdays and Sundays do not count.
    pub are_working: bool,
}

impl DayOffset {
    /// The fewest and the most days of the calendar that the offset can span.
    pub fn calendar_days(self) -> (i64, i64) {
        let weekends = if self.are_working { self.days.saturating_add(4).div_euclid(5).saturating_mul(2) } else { 0 };
        (self.days, self.days.saturating_add(weekends))
    }
}

/// The relation of a date to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRelation {
    /// Earlier.
    Before,
    /// The same day or later.
    From,
    /// The same day or earlier.
    Until,
    /// Later.
    After,
}

/// The other date in a comparison of dates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateOperand {
    /// A date of the calendar.
    Fixed(Period),
    /// Another date of the transaction: the rows that lead to it, and its name in the rule language.
    Fact(Vec<usize>, String),
}

impl DateRelation {
    /// The day of a longer period that is the bound: `before: 2017-08` is before its first day, `until: 2017-08` up to its last.
    pub(in crate::rulebook) fn bounding_day(self, period: Period) -> Period {
        Period::day(match self {
            DateRelation::Before | DateRelation::From => period.from,
            DateRelation::Until | DateRelation::After => period.to,
        })
    }
}

impl Condition {
    pub(in crate::rulebook) fn new(span: Span, text: impl Into<String>, kind: ConditionKind) -> Self {
        Self { span, text: text.into(), as_written: None, kind }
    }

    /// The condition as the file has it, the same in every regime that shares it.
    pub fn written(&self) -> &str {
        self.as_written.as_deref().unwrap_or(&self.text)
    }

    /// Calls `visit` for this condition and for every condition inside it, outer ones first. Definitions are not entered.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Condition)) {
        visit(self);
        match &self.kind {
            ConditionKind::All(all) | ConditionKind::Any(all) => all.iter().for_each(|c| c.walk(visit)),
            ConditionKind::Not(of) | ConditionKind::Shown(of) | ConditionKind::SomeSource(of) => of.walk(visit),
            ConditionKind::Some { of, .. } | ConditionKind::Inside { of, .. } | ConditionKind::Linked { of, .. } => {
                of.walk(visit)
            }
            ConditionKind::Concerns(of) => of.walk(visit),
            ConditionKind::Fact { .. }
            | ConditionKind::Dated(_)
            | ConditionKind::Is(_)
            | ConditionKind::Goods(_)
            | ConditionKind::Designated { .. }
            | ConditionKind::Quota(_) => {}
        }
    }

    /// True if the condition asks for some item of the transaction, other than through a definition. A rule with such a
    /// condition has a finding for each item.
    pub fn opens_items(&self, table: &Table) -> bool {
        match &self.kind {
            ConditionKind::All(all) | ConditionKind::Any(all) => all.iter().any(|c| c.opens_items(table)),
            ConditionKind::Not(of) | ConditionKind::Shown(of) => of.opens_items(table),
            ConditionKind::Some { row, .. } => table.with_role(FieldRole::Items) == Some(*row),
            _ => false,
        }
    }
}
