//! Mutants of a condition: copies that are altered in one place each, at any depth.

use crate::document::Span;
use crate::facts::{EvidenceSource, FieldRole, Party, Table, Words};
use crate::rulebook::{Condition, ConditionKind, DateBounds, DateOperand, Matcher};

use super::mutant::Mutant;

/// Every mutant of a condition on a record of `table`. A definition that it uses is not altered.
pub(super) fn condition_mutants(condition: &Condition, table: &'static Table) -> Vec<Mutant<Condition>> {
    let at = condition.span;
    let with = |kind: ConditionKind| Condition { kind, ..condition.clone() };
    // Mutants of the only condition inside, put back into this one.
    let inside = |inner: &Condition, table, wrap: &dyn Fn(Box<Condition>) -> ConditionKind| -> Vec<Mutant<Condition>> {
        condition_mutants(inner, table).into_iter().map(|m| m.map(|c| with(wrap(Box::new(c))))).collect()
    };
    let mut found = Vec::new();
    match &condition.kind {
        ConditionKind::All(children) => found.extend(child_mutants(children, table, &|c| with(ConditionKind::All(c)))),
        ConditionKind::Any(children) => found.extend(child_mutants(children, table, &|c| with(ConditionKind::Any(c)))),
        ConditionKind::Not(of) => {
            found.push(Mutant::new(format!("drops `not` before `{}`", of.written()), at, (**of).clone()));
            found.extend(inside(of, table, &ConditionKind::Not));
        }
        ConditionKind::Shown(of) => {
            found.push(Mutant::new(format!("drops `shown` before `{}`", of.written()), at, (**of).clone()));
            found.extend(inside(of, table, &ConditionKind::Shown));
        }
        ConditionKind::SomeSource(of) => found.extend(inside(of, EvidenceSource::TABLE, &ConditionKind::SomeSource)),
        ConditionKind::Linked { row, of } => {
            found.extend(inside(of, Party::TABLE, &|of| ConditionKind::Linked { row: *row, of }));
        }
        ConditionKind::Concerns(of) => {
            found.push(Mutant::new(format!("drops `concerns` around `{}`", of.written()), at, (**of).clone()));
            found.extend(inside(of, table, &ConditionKind::Concerns));
        }
        ConditionKind::Some { row, of } => {
            found.extend(inside(of, table_of_row(table, *row), &|of| ConditionKind::Some { row: *row, of }));
        }
        ConditionKind::Inside { row, of } => {
            let sides = [FieldRole::ProvidingSide, FieldRole::ReceivingSide].map(|role| table.with_role(role));
            let opposite = match sides {
                [Some(from), to] if from == *row => to,
                [from, Some(to)] if to == *row => from,
                _ => None,
            };
            if let Some(opposite) = opposite {
                let altered = with(ConditionKind::Inside { row: opposite, of: of.clone() });
                found.push(Mutant::new(format!("swaps from and to in `{}`", condition.written()), at, altered));
            }
            found.extend(inside(of, table_of_row(table, *row), &|of| ConditionKind::Inside { row: *row, of }));
        }
        // What `target` and `regime` stand for is an element of the regime.
        ConditionKind::Fact { .. } | ConditionKind::Designated { .. } if condition.as_written.is_some() => {}
        // `side` stands for the roles that the vocabulary puts on a side; which these are is no element of the condition.
        ConditionKind::Fact { matcher: Matcher::Terms(_), .. } if is_side(&condition.text) => {}
        ConditionKind::Fact { row, matcher: Matcher::TextContains(words) } => {
            let wrap = |words| with(ConditionKind::Fact { row: *row, matcher: Matcher::TextContains(words) });
            found.extend(lost_words(words, at, &wrap));
        }
        ConditionKind::Fact { row, matcher: Matcher::TextIs(words) } => {
            let wrap = |words| with(ConditionKind::Fact { row: *row, matcher: Matcher::TextIs(words) });
            found.extend(lost_words(words, at, &wrap));
        }
        ConditionKind::Fact { row, matcher: Matcher::TextCalled(words) } => {
            let wrap = |words| with(ConditionKind::Fact { row: *row, matcher: Matcher::TextCalled(words) });
            found.extend(lost_words(words, at, &wrap));
        }
        ConditionKind::Fact { row, matcher: Matcher::TextIsA(words) } => {
            let wrap = |words| with(ConditionKind::Fact { row: *row, matcher: Matcher::TextIsA(words) });
            found.extend(lost_words(words, at, &wrap));
        }
        ConditionKind::Fact { row, matcher } => {
            let altered = |(what, matcher)| {
                let altered = with(ConditionKind::Fact { row: *row, matcher });
                Mutant::new(format!("{what} in `{}`", condition.written()), at, altered)
            };
            found.extend(matcher_mutants(matcher).into_iter().map(altered));
        }
        ConditionKind::Dated(bounds) => {
            let altered = |(what, bounds)| {
                Mutant::new(format!("{what} in `{}`", condition.written()), at, with(ConditionKind::Dated(bounds)))
            };
            found.extend(date_mutants(bounds).into_iter().map(altered));
        }
        ConditionKind::Goods(lists) => {
            found.extend(list_mutants(lists, condition.written(), at, &|lists| with(ConditionKind::Goods(lists))));
        }
        ConditionKind::Designated { lists, measures } => {
            let wrap = |lists| with(ConditionKind::Designated { lists, measures: measures.clone() });
            found.extend(list_mutants(lists, condition.written(), at, &wrap));
            let wrap = |measures| with(ConditionKind::Designated { lists: lists.clone(), measures });
            found.extend(list_mutants(measures, condition.written(), at, &wrap));
        }
        ConditionKind::Is(_) | ConditionKind::Quota(_) => {}
    }
    found
}

/// Mutants of several conditions under one `all` or `any`: without one of them, or with one of them altered.
fn child_mutants(
    children: &[Condition],
    table: &'static Table,
    join: &dyn Fn(Vec<Condition>) -> Condition,
) -> Vec<Mutant<Condition>> {
    let mut found = Vec::new();
    // A condition on a part of a country is written once and read as two.
    let are_written = children.iter().any(|child| children.iter().any(|other| child.span != other.span));
    for (i, child) in children.iter().enumerate() {
        if are_written {
            let mut fewer = children.to_vec();
            fewer.remove(i);
            found.push(Mutant::new(format!("drops `{}`", child.written()), child.span, join(fewer)));
        }
        for mutant in condition_mutants(child, table) {
            found.push(mutant.map(|child| {
                let mut children = children.to_vec();
                if let Some(slot) = children.get_mut(i) {
                    *slot = child;
                }
                join(children)
            }));
        }
    }
    found
}

fn table_of_row(table: &'static Table, row: usize) -> &'static Table {
    table.record_table(row).unwrap_or(table)
}

/// Mutants of a condition on several lists: without one of them.
fn list_mutants<T: Clone>(lists: &[T], text: &str, at: Span, wrap: &dyn Fn(Vec<T>) -> Condition) -> Vec<Mutant<Condition>> {
    let mutant = |(i, lists)| Mutant::new(format!("drops value {} of `{text}`", i + 1), at, wrap(lists));
    without_one(lists).into_iter().map(mutant).collect()
}

/// Mutants of a list of words for one thing: without one of them.
fn lost_words(words: &[Words], at: Span, wrap: &dyn Fn(Vec<Words>) -> Condition) -> Vec<Mutant<Condition>> {
    let lost = |(i, left): (usize, Vec<Words>)| {
        let word = words.get(i)?.without_outer_gaps().replace(Words::GAP, " ");
        Some(Mutant::without_word(&word, at, wrap(left)))
    };
    without_one(words).into_iter().filter_map(lost).collect()
}

/// True if a condition asks on which side a party's role puts it.
fn is_side(text: &str) -> bool {
    text.split(':').next().is_some_and(|path| path.rsplit('.').next() == Some("side"))
}

/// The list without each of its elements in turn, with the position of the one left out; none for a single element.
fn without_one<T: Clone>(list: &[T]) -> Vec<(usize, Vec<T>)> {
    if list.len() < 2 {
        return Vec::new();
    }
    let without = |i: usize| list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, x)| x.clone()).collect();
    (0..list.len()).map(|i| (i, without(i))).collect()
}

fn matcher_mutants(matcher: &Matcher) -> Vec<(String, Matcher)> {
    fn dropped<T: Clone>(list: &[T], wrap: fn(Vec<T>) -> Matcher) -> Vec<(String, Matcher)> {
        without_one(list).into_iter().map(|(i, list)| (format!("drops value {}", i + 1), wrap(list))).collect()
    }
    match matcher {
        Matcher::Terms(terms) => dropped(terms, Matcher::Terms),
        // A list of words is one element; what the loss of a single word does is counted apart.
        Matcher::TextIs(_) | Matcher::TextContains(_) | Matcher::TextCalled(_) | Matcher::TextIsA(_) => Vec::new(),
        Matcher::Hs(ranges) => dropped(ranges, Matcher::Hs),
        Matcher::Number(bounds) => {
            let mut found = dropped(bounds, Matcher::Number);
            for i in 0..bounds.len() {
                let mut altered = bounds.clone();
                if let Some(bound) = altered.get_mut(i) {
                    bound.exclusive = !bound.exclusive;
                }
                found.push(("takes the bound itself the other way".to_owned(), Matcher::Number(altered)));
            }
            found
        }
        Matcher::Date(bounds) => date_mutants(bounds).into_iter().map(|(what, b)| (what, Matcher::Date(b))).collect(),
        Matcher::YesNo(wanted) => vec![("turns the answer round".to_owned(), Matcher::YesNo(!wanted))],
        Matcher::Given(wanted) => vec![("turns `given` round".to_owned(), Matcher::Given(!wanted))],
    }
}

fn date_mutants(dates: &DateBounds) -> Vec<(String, DateBounds)> {
    let mut found = Vec::new();
    let moved = dates.bounds.iter().enumerate().filter(|(_, bound)| bound.offset.days != 0);
    for (i, _) in moved {
        for (what, more) in [("asks for a day more", 1), ("asks for a day less", -1)] {
            let mut altered = dates.clone();
            if let Some(bound) = altered.bounds.get_mut(i) {
                bound.offset.days = bound.offset.days.saturating_add(more);
            }
            found.push((what.to_owned(), altered));
        }
    }
    for (i, bound) in dates.bounds.iter().enumerate() {
        let DateOperand::Fixed(period) = bound.operand else { continue };
        for (direction, days) in [("earlier", -1), ("later", 1)] {
            let mut altered = dates.clone();
            if let Some(bound) = altered.bounds.get_mut(i) {
                bound.operand = DateOperand::Fixed(period.shifted(days));
            }
            found.push((format!("moves a date a day {direction}"), altered));
        }
    }
    found
}
